"""The queries that ship: ``queries/*.rq``, each with a first comment that says what it answers."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from kg.errors import QueryError
from kg.query.parameters import Parameter, declared

__all__ = ["NamedQuery", "asked", "named_queries", "read_query"]

_SUFFIX = ".rq"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships: its file's name, what it answers, its SPARQL and its parameters."""

    name: str
    description: str
    sparql: str
    parameters: tuple[Parameter, ...] = ()


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """The queries that ship, by name, sorted."""
    return {path.stem: _named(path) for path in sorted(_folder().glob(f"*{_SUFFIX}"))}


def read_query(query: str | Path) -> str:
    """The SPARQL of a named query, of a ``.rq`` file, or as given.

    Raises ``QueryError`` where there is no such file or name.
    """
    if isinstance(query, Path) or query.endswith(_SUFFIX):
        return _read(Path(query))
    if "{" in query or len(query.split()) > 1:
        return query
    if not query.strip():
        raise QueryError("the query is empty")
    known = named_queries()
    if query in known:
        return known[query].sparql
    near = difflib.get_close_matches(query, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
    raise QueryError(f"no query is called {query[:60]!r}; {hint}")


@contextmanager
def asked(query: str | Path) -> Iterator[str]:
    """The SPARQL of ``read_query``; what goes wrong with that of a file names the file."""
    sparql = read_query(query)
    try:
        yield sparql
    except QueryError as error:
        if isinstance(query, Path) or query.endswith(_SUFFIX):
            raise type(error)(f"{query}: {error}") from error
        raise


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read ({error})") from error


def _named(path: Path) -> NamedQuery:
    sparql = path.read_text("utf-8")
    first = sparql.partition("\n")[0]
    return NamedQuery(path.stem, first.lstrip("# "), sparql, declared(sparql))


def _folder() -> Path:
    """``kg/queries`` in an installed package, ``queries`` beside ``kg`` in the repository."""
    package = Path(str(files("kg")))
    shipped = package / "queries"
    return shipped if shipped.is_dir() else package.parent / "queries"
