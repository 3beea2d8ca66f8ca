"""What of a document decides which of its entities are others': no words, no evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from kg.resolve.facts import DocumentFacts, LocalEntity
from kg.types import Value

__all__ = ["Outline", "Tie", "outline"]


class Tie(NamedTuple):
    """That a document ties a described thing to others by a relation, positively."""

    thing: str
    relation: str
    subject: str


class Outline(NamedTuple):
    """A document's entities, without their mentions, and what ties and dates them."""

    document: str
    published: str
    entities: tuple[LocalEntity, ...]
    ties: tuple[Tie, ...]
    dates: tuple[tuple[str, str], ...]
    """Local ids with a date that a statement about them bears."""


def outline(facts: DocumentFacts) -> Outline:
    """The outline of a document."""
    kinds = {e.id for e in facts.entities if e.kind and not e.named and not e.key}
    ties = (
        Tie(statement.object, statement.relation.id, statement.subject)
        for statement in facts.statements
        if isinstance(statement.object, str) and statement.object in kinds and not statement.negated
    )
    dates = (
        (slot, qualifier.value.lexical)
        for statement in facts.statements
        for qualifier in statement.qualifiers
        if isinstance(qualifier.value, Value) and qualifier.value.kind == "date"
        for slot in (statement.subject, statement.object)
        if isinstance(slot, str) and slot in kinds
    )
    return Outline(
        facts.document.id,
        facts.document.published or "",
        tuple(replace(entity, mentions=()) for entity in facts.entities),
        tuple(ties),
        tuple(dates),
    )
