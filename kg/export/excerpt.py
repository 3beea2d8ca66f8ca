"""As much of a graph as a page can show: all of it, or what its best connected things say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from heapq import nlargest
from typing import Final, NamedTuple

from kg.dataset import Dataset, Key
from kg.resolve.corpus import Resolved
from kg.types import Entity, GraphData, Statement

__all__ = ["LIMIT", "excerpt"]

LIMIT: Final = 15_000
"""Pieces of evidence that a browser still shows at once: a page of 10 MB."""
_ENTITIES: Final = 0.25
"""Entities whose statements about each other are chosen from, for each piece of evidence."""
_EVIDENCE: Final = 3
"""Pieces of evidence of each statement in an excerpt."""


class _Linked(NamedTuple):
    """In how many statements an entity is the subject or the object."""

    statements: int
    entity: str


class _Ranked(NamedTuple):
    """A statement with what the page shows of its evidence, and nothing outside the page."""

    support: Key
    statement: Statement

    @classmethod
    def of(cls, statement: Statement) -> _Ranked:
        support = statement.sources, len(statement.evidence), statement.id
        short = replace(statement, evidence=statement.evidence[:_EVIDENCE], less_specific_than=())
        return cls(support, short)


def excerpt(found: Resolved, limit: int = LIMIT) -> GraphData:
    """The graph without its texts, for a page.

    Where it has more evidence than the limit: of the statements that the entities in most
    statements make about each other, or with a value, the ones with most sources.

    Args:
        found: the graph.
        limit: how many pieces of evidence the page may have.
    """
    whole = found.statements.total(_pieces) <= limit
    if whole:
        kept = list(found.statements)
        entities: Iterable[Entity] = found.entities
    else:
        linked = found.statements.flat_map(_ends).group(_self, _self, _counted)
        best = frozenset(item.entity for item in nlargest(round(limit * _ENTITIES), linked))
        among = (_Ranked.of(s) for s in found.statements if _is_among(best, s))
        kept = [item.statement for item in _first(limit, nlargest(limit, among, key=_support))]
        entities = _with_members(found.entities, set[str]().union(*(s.entities() for s in kept)))
    documents = {e.document for s in kept for e in s.evidence}
    return GraphData(
        documents=tuple(
            replace(d, text="", blocks=()) for d in found.documents if whole or d.id in documents
        ),
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        properties=found.properties,
        statements=tuple(sorted(kept, key=lambda s: s.id)),
    )


def _ends(statement: Statement) -> Iterator[str]:
    yield statement.subject
    if isinstance(statement.object, str):
        yield statement.object


def _self(name: str) -> str:
    return name


def _counted(name: str, found: Iterator[str]) -> Iterator[_Linked]:
    yield _Linked(sum(1 for _ in found), name)


def _is_among(entities: frozenset[str], statement: Statement) -> bool:
    return all(name in entities for name in _ends(statement))


def _pieces(statement: Statement) -> int:
    return len(statement.evidence)


def _support(item: _Ranked) -> Key:
    return item.support


def _first(limit: int, items: Iterable[_Ranked]) -> Iterator[_Ranked]:
    """As many as have no more than so many pieces of evidence between them."""
    total = 0
    for item in items:
        total += len(item.statement.evidence)
        if total > limit:
            return
        yield item


def _with_members(entities: Dataset[Entity], names: set[str]) -> list[Entity]:
    """The entities of these names; groups keep those members that are among them."""
    return [
        replace(entity, members=tuple(m for m in entity.members if m in names))
        for entity in entities
        if entity.id in names
    ]
