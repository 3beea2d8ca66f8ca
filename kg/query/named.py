"""The queries that ship: ``queries/*.rq``, each with a first comment that says what it answers."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from kg.errors import QueryError

__all__ = ["NamedQuery", "named_queries", "read_query"]

_SUFFIX = ".rq"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships: its file's name, what it answers, and its SPARQL."""

    name: str
    description: str
    sparql: str


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


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read ({error})") from error


def _named(path: Path) -> NamedQuery:
    sparql = path.read_text("utf-8")
    comment = []
    for line in sparql.splitlines():
        if not line.startswith("#"):
            break
        comment.append(line.lstrip("# "))
    return NamedQuery(path.stem, comment[0] if comment else "", sparql)


def _folder() -> Path:
    """``kg/queries`` in an installed package, ``queries`` beside ``kg`` in the repository."""
    package = Path(str(files("kg")))
    shipped = package / "queries"
    return shipped if shipped.is_dir() else package.parent / "queries"
