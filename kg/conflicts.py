"""What sources disagree on, found by the queries that ship, one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from kg.errors import QueryError
from kg.store import KnowledgeGraph

__all__ = ["Conflicts", "find_conflicts"]

_SECONDS: Final = 30.0
"""For each query of a large graph; a build does not wait longer for its summary."""
_LARGE: Final = 20_000
"""Statements above which a query gets a process of its own, which can be stopped."""


class Conflicts(NamedTuple):
    """What the sources of a graph disagree on, as far as it was found out in time."""

    lines: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    """Names of the queries that took too long; they tell more when run by themselves."""


def find_conflicts(graph: KnowledgeGraph, statements: int) -> Conflicts:
    """The conflicts between the statements of a graph (so many), each once."""
    timeout = _SECONDS if statements > _LARGE else None
    found: dict[str, None] = {}
    unfinished = []
    for name, line in _LINES.items():
        try:
            rows = graph.query(name, timeout=timeout)
        except QueryError:
            unfinished.append(name)
        else:
            said = ({key: str(value or "") for key, value in row.items()} for row in rows)
            found.update(dict.fromkeys(map(line, said)))
    return Conflicts(tuple(found), tuple(unfinished))


def _contradiction(row: dict[str, str]) -> str:
    fact = f"{row['who']} — {row['relation']} — {row['what']}"
    return f"{fact}: affirmed in {row['affirmed']}, denied in {row['denied']}"


def _disagreement(row: dict[str, str]) -> str:
    what = " — ".join(filter(None, (row["who"], row["relation"], row["what"])))
    values = f"{row['value']} in {row['source']}, {row['otherValue']} in {row['otherSource']}"
    return f"{what}: {values}"


_LINES: Final[Mapping[str, Callable[[dict[str, str]], str]]] = {
    "contradictions": _contradiction,
    "disagreements": _disagreement,
}
"""Named queries: what one source affirms and another denies, and values that differ."""
