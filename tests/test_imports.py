"""A module imports only from those before it; no code knows the seed articles or a language."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.workers.facts import _ANNOTATION, _FACTS

PACKAGE = Path(kg.__file__).parent
LAYERS = (  # the way of the data; what stands left may not import what stands right
    "_version errors dataset types lang segment lemmas biaffine read convert annotate cache train "
    "extract resolve spool erase workers vocab store redirects workspace collect query conflicts "
    "analyze export publish pipeline spark serve evaluate cli"
).split(" ")
SOURCES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
SEED_NAMES = re.compile("takaichi|trump|toyota|softbank|hitachi|mitsubishi", re.IGNORECASE)


def imports(tree: ast.Module, *, late: bool) -> Iterator[str]:
    """The modules of the package that a file imports; with ``late`` those in functions too."""
    early = {id(node) for statement in tree.body for node in (statement, *_guarded(statement))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            modules = [f"kg.{a.name}" for a in node.names] if base == "kg" else [base]
        else:
            continue
        if late or id(node) in early:
            yield from (module.split(".")[1] for module in modules if module.startswith("kg."))


def _guarded(statement: ast.stmt) -> list[ast.stmt]:
    """What runs on import inside ``try``; ``if TYPE_CHECKING`` does not run."""
    return statement.body if isinstance(statement, ast.Try) else []


def code(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every identifier and string of a module but its docstrings, with its line."""
    docstrings = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield node.lineno, str(node.value)


def test_a_module_imports_only_from_modules_before_it() -> None:
    """A package's ``__init__`` may reach ahead inside its functions; the top one imports lazily."""
    wrong = []
    for name, tree in SOURCES.items():
        own = name.split("/")[0].removesuffix(".py")
        if own in {"__init__", "__main__"}:
            continue
        allowed = set(LAYERS[: LAYERS.index(own) + 1])
        found = set(imports(tree, late=not name.endswith("__init__.py")))
        wrong += [f"{name} imports kg.{other}" for other in sorted(found - allowed)]
    assert not wrong


@pytest.mark.parametrize(
    ("reached", "known"),
    [({"annotate"}, _ANNOTATION), ({"annotate", "extract", "resolve"}, _FACTS)],
)
def test_an_edit_of_what_makes_a_document_s_facts_makes_kept_ones_stale(
    reached: set[str], known: tuple[str, ...]
) -> None:
    before: set[str] = set()
    while before != reached:
        before = reached
        reached = before.union(
            *(
                imports(tree, late=True)
                for name, tree in SOURCES.items()
                if name.split("/")[0].removesuffix(".py") in before
            )
        )
    assert reached - {"dataset", "errors"} == {name.removesuffix(".py") for name in known}


def test_imports_name_their_module_in_full() -> None:
    relative = [
        name
        for name, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not relative


def test_no_code_knows_the_seed_articles() -> None:
    found = [
        f"{name}:{line}: {text}"
        for name, tree in SOURCES.items()
        for line, text in code(tree)
        if SEED_NAMES.search(text)
    ]
    assert not found


def test_no_table_knows_the_seed_articles() -> None:
    """Lists made by others (``kg/lang/data``) hold whom they hold."""
    suffixes = {".toml", ".js", ".css", ".j2", ".ttl", ".json"}
    own = [
        path
        for path in sorted(PACKAGE.rglob("*"))
        if path.suffix in suffixes
        and not {"pipelines", "data"} & {*path.relative_to(PACKAGE).parts}
    ]
    assert own
    found = [
        f"{path}: {line}"
        for path in own
        for line in path.read_text("utf-8").splitlines()
        if SEED_NAMES.search(line)
    ]
    assert not found


def test_no_code_asks_for_a_language() -> None:
    """What differs between languages is a table under kg/lang; English is what ids are made of."""
    asked = [
        f"{name}:{node.lineno}"
        for name, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        if isinstance(side, ast.Constant) and side.value == "it"
    ]
    assert not asked


def test_every_module_says_its_job_in_its_first_line() -> None:
    first = {
        name: (ast.get_docstring(tree) or "").partition("\n")[0] for name, tree in SOURCES.items()
    }
    assert not [name for name, line in first.items() if not line.endswith((".", ":"))]


@pytest.mark.parametrize("stage", ["read", "extract", "values", "resolve"])
def test_every_language_has_the_table_of_a_stage(stage: str) -> None:
    """A further language is a pipeline and a folder of tables."""
    languages = [folder.name for folder in (PACKAGE / "pipelines").iterdir()]
    assert languages
    missing = [
        code for code in languages if not (PACKAGE / "lang" / code / f"{stage}.toml").is_file()
    ]
    assert not missing


def test_starting_up_imports_no_stage() -> None:
    """``import kg`` and ``kg --help`` start at once."""
    heavy = ("spacy", "rdflib", "numpy", "pyoxigraph", "networkx")
    program = f"import sys, kg.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
