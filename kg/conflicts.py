"""What sources disagree on, found by the queries that ship, one line each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.errors import QueryError
from kg.store import KnowledgeGraph

__all__ = ["QUERIES", "find_conflicts"]

QUERIES: Final = ("contradictions", "disagreements")
"""Named queries: what one source affirms and another denies, and values that differ."""
_SECONDS: Final = 30.0
"""For each query of a large graph; a build does not wait longer for its summary."""
_LARGE: Final = 20_000
"""Statements above which a query gets a process of its own, which can be stopped."""


def find_conflicts(graph: KnowledgeGraph, statements: int) -> tuple[str, ...]:
    """The conflicts between the statements of a graph (so many), each once.

    A query that takes too long tells nothing; it can be run by itself with more time.
    """
    timeout = _SECONDS if statements > _LARGE else None
    found = (*_contradictions(graph, timeout), *_disagreements(graph, timeout))
    return tuple(dict.fromkeys(found))


def _contradictions(graph: KnowledgeGraph, timeout: float | None) -> Iterator[str]:
    for row in _rows(graph, "contradictions", timeout):
        fact = f"{row['who']} — {row['relation']} — {row['what']}"
        yield f"{fact}: affirmed in {row['affirmed']}, denied in {row['denied']}"


def _disagreements(graph: KnowledgeGraph, timeout: float | None) -> Iterator[str]:
    for row in _rows(graph, "disagreements", timeout):
        what = " — ".join(filter(None, (row["who"], row["relation"], row["what"])))
        values = f"{row['value']} in {row['source']}, {row['otherValue']} in {row['otherSource']}"
        yield f"{what}: {values}"


def _rows(graph: KnowledgeGraph, name: str, timeout: float | None) -> list[dict[str, str]]:
    try:
        return [
            {key: str(value or "") for key, value in row.items()}
            for row in graph.query(name, timeout=timeout)
        ]
    except QueryError:
        return []
