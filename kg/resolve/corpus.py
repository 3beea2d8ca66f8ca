"""All documents' facts as one graph: entities merged across documents and languages."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from kg.resolve.corrections import Corrections
from kg.resolve.entities import identify
from kg.resolve.facts import DocumentFacts
from kg.resolve.merge import Member, merge
from kg.resolve.properties import build_properties
from kg.resolve.statements import build_statements
from kg.types import Entity, GraphData, Statement

__all__ = ["in_order", "resolve_corpus", "resolve_identities"]


def resolve_corpus(
    facts: Iterable[DocumentFacts], corrections: Corrections | None = None
) -> GraphData:
    """The graph of the documents. The result does not depend on their order or grouping.

    The same document given twice counts once.
    """
    return resolve_identities(facts, corrections)[0]


def resolve_identities(
    facts: Iterable[DocumentFacts], corrections: Corrections | None = None
) -> tuple[GraphData, Mapping[Member, str]]:
    """The graph of the documents, and the entity's id for every local entity of theirs."""
    with _no_collection():
        return _resolved(in_order(facts), corrections or Corrections())


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the collector of cycles: there are none, and it looks at every object each time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _resolved(
    ordered: list[DocumentFacts], corrections: Corrections
) -> tuple[GraphData, Mapping[Member, str]]:
    identified = identify(merge(ordered, corrections), corrections)
    statements = build_statements(ordered, identified.ids, corrections)
    used = _used(statements, identified.entities)
    data = GraphData(
        documents=tuple(f.document for f in ordered),
        entities=tuple(identified.entities[i] for i in sorted(used)),
        properties=build_properties(ordered, statements, corrections),
        statements=statements,
    )
    return data, identified.ids


def in_order(facts: Iterable[DocumentFacts]) -> list[DocumentFacts]:
    """The facts of each text once, by id."""
    by_id = {f.document.id: f for f in sorted(facts, key=lambda f: f.document.source, reverse=True)}
    return [by_id[key] for key in sorted(by_id)]


def _used(statements: Iterable[Statement], entities: Mapping[str, Entity]) -> set[str]:
    """Ids of the entities that statements and groups need."""
    used: set[str] = set()
    for s in statements:
        slots = (s.subject, s.object, *(q.value for q in s.qualifiers))
        used.update(slot for slot in slots if isinstance(slot, str))
        used.update(e.attributed_to for e in s.evidence if e.attributed_to)
    for entity in sorted(used):
        used.update(entities[entity].members)
    return used
