"""A module imports only from those before it; no code knows the seed articles or a language."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parent
LAYERS = (  # the way of the data; what stands left may not import what stands right
    "_version types errors lang read convert annotate cache train extract resolve spool workers "
    "vocab store query analyze export pipeline serve evaluate cli"
).split(" ")
SOURCES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__main__.py")
SEED_NAMES = ("takaichi", "trump", "toyota", "softbank", "hitachi", "mitsubishi")


def layer(path: Path) -> str:
    """The module of the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imported_layers(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            base = node.module or ""
            modules = [f"kg.{a.name}" for a in node.names] if base == "kg" else [base]
        else:
            continue
        yield from (module.split(".")[1] for module in modules if module.startswith("kg."))


def strings_and_names(tree: ast.AST) -> Iterator[str]:
    """Every identifier and string of a module but its docstrings."""
    docstrings = {
        id(node.value)
        for parent in ast.walk(tree)
        for node in getattr(parent, "body", []) or []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if p.parent != PACKAGE or p.stem != "__init__"], ids=name
)
def test_a_module_imports_only_from_modules_before_it(path: Path) -> None:
    own = layer(path)
    assert own in LAYERS, f"{own} has no place in the order of the modules"
    allowed = LAYERS[: LAYERS.index(own) + 1]
    late = sorted({other for other in imported_layers(path) if other not in allowed})
    assert not late, f"{own} imports {late}, which come after it"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_code_knows_the_seed_articles(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    found = [s for s in strings_and_names(tree) if any(n in s.lower() for n in SEED_NAMES)]
    assert not found


def test_no_table_knows_the_seed_articles() -> None:
    tables = [p for p in PACKAGE.rglob("*") if p.suffix in {".toml", ".rq", ".js", ".css", ".html"}]
    assert tables
    found = [
        f"{name(path)}: {line}"
        for path in tables
        for line in path.read_text("utf-8").lower().splitlines()
        if any(n in line for n in SEED_NAMES)
    ]
    assert not found


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_code_asks_for_a_language(path: Path) -> None:
    """What differs between languages is a table under kg/lang."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Compare):
            constants = [n for n in (node.left, *node.comparators) if isinstance(n, ast.Constant)]
            assert not any(c.value in {"it", "en"} for c in constants), f"line {node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_module_says_its_job_in_its_first_line(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", ":")), docstring.splitlines()[0]


@pytest.mark.parametrize("language", ["en", "it"])
def test_languages_have_the_same_tables(language: str) -> None:
    """A further language is a folder of tables with the same names."""
    names = {
        folder.name: {p.name for p in folder.glob("*.toml")}
        for folder in (PACKAGE / "lang").iterdir()
    }
    assert names[language] == names["en"] | names["it"]


def test_importing_the_package_loads_no_stage() -> None:
    """``import kg`` and ``kg --help`` start at once."""
    code = (
        "import sys, kg.cli; print([m for m in ('spacy', 'rdflib', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_layers_are_named_once() -> None:
    assert not [a for a, b in pairwise(sorted(LAYERS)) if a == b]
