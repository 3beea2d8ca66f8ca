"""Statements with the words behind them, for people to read and judge."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from kg.analyze.names import show_label, show_value
from kg.query.entities import find_entity
from kg.types import Document, Entity, Evidence, GraphData, Statement

__all__ = ["Explanation", "Passage", "explain", "sample"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One statement with one piece of its evidence; what stands in its slots is in words.

    ``qualifiers`` are ``(name, words)`` pairs; ``speaker`` is who says so in this passage.
    """

    statement: Statement
    evidence: Evidence
    document: Document
    subject: str
    relation: str
    object: str
    qualifiers: tuple[tuple[str, str], ...]
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """An entity and every passage that says something of it, document by document."""

    entity: Entity
    passages: tuple[Passage, ...]


def explain(data: GraphData, entity: str) -> Explanation:
    """The sentences behind an entity, found as ``find_entity`` finds it.

    Raises ``KGError`` where there is no such entity.
    """
    found = find_entity(data.entities, entity)
    view = _View(data)
    passages = (
        view.passage(statement, evidence)
        for statement in _mentioning(data, found.id)
        for evidence in statement.evidence
    )
    return Explanation(found, tuple(sorted(passages, key=_place)))


def sample(data: GraphData, number: int, seed: int = 0) -> tuple[Passage, ...]:
    """So many statements drawn at random, each with one piece of evidence: to judge precision.

    The same graph and seed give the same sample; all statements where there are no more.
    """
    drawn = random.Random(seed)  # noqa: S311 - a sample, not a secret
    candidates = [statement for statement in data.statements if statement.evidence]
    chosen = drawn.sample(candidates, min(max(number, 0), len(candidates)))
    view = _View(data)
    return tuple(view.passage(item, drawn.choice(item.evidence)) for item in chosen)


def _mentioning(data: GraphData, entity: str) -> Iterator[Statement]:
    """Statements that have the entity in a slot, a qualifier, or as the one who says so."""
    for statement in data.statements:
        qualifiers = (item.value for item in statement.qualifiers)
        speakers = (item.attributed_to for item in statement.evidence)
        if entity in (statement.subject, statement.object, *qualifiers, *speakers):
            yield statement


def _place(passage: Passage) -> tuple[str, str, int, int, str]:
    evidence = passage.evidence
    source, document = passage.document.source, passage.document.id
    return source, document, evidence.begin, evidence.end, passage.statement.id


class _View:
    """Looks up the words for what statements name by id."""

    def __init__(self, data: GraphData) -> None:
        self._documents = {item.id: item for item in data.documents}
        self._entities = {item.id: item for item in data.entities}
        self._properties = {item.id: item for item in data.properties}

    def passage(self, statement: Statement, evidence: Evidence) -> Passage:
        item = self._properties.get(statement.relation)
        speaker = evidence.attributed_to
        return Passage(
            statement=statement,
            evidence=evidence,
            document=self._documents[evidence.document],
            subject=show_value(statement.subject, self._entities),
            relation=show_label(item) if item else statement.relation,
            object=show_value(statement.object, self._entities),
            qualifiers=tuple(
                (qualifier.name, show_value(qualifier.value, self._entities))
                for qualifier in statement.qualifiers
            ),
            speaker=None if speaker is None else show_value(speaker, self._entities),
        )
