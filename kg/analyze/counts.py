"""What a graph holds, counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.store.render import is_attributed, plain_form
from kg.types import GraphData, Modality, Value

__all__ = ["Corroborated", "Stats", "corroborated", "stats"]


@dataclass(frozen=True, slots=True)
class Stats:
    """What a graph holds, counted. Tables are sorted, the largest count first."""

    documents: int
    entities: int
    relations: int
    statements: int
    evidence: int
    plain: int
    """Statements that stand as a plain triple."""
    negated: int
    attributed: int
    """Statements nobody makes in their own voice."""
    qualified: int
    shared: int
    """Statements that several documents make."""
    languages: tuple[tuple[str, int], ...]
    types: tuple[tuple[str, int], ...]
    modalities: tuple[tuple[str, int], ...]
    frequent_relations: tuple[tuple[str, int], ...]
    rules: tuple[tuple[str, int], ...]


def stats(data: GraphData) -> Stats:
    """Counts over the whole graph."""
    evidence = [item for statement in data.statements for item in statement.evidence]
    return Stats(
        documents=len(data.documents),
        entities=len(data.entities),
        relations=len({statement.relation for statement in data.statements}),
        statements=len(data.statements),
        evidence=len(evidence),
        plain=sum(plain_form(statement) is not None for statement in data.statements),
        negated=sum(statement.negated for statement in data.statements),
        attributed=sum(all(map(is_attributed, item.evidence)) for item in data.statements),
        qualified=sum(bool(statement.qualifiers) for statement in data.statements),
        shared=sum(len({e.document for e in item.evidence}) > 1 for item in data.statements),
        languages=_table(document.language for document in data.documents),
        types=_table(entity.type for entity in data.entities),
        modalities=_table(statement.modality for statement in data.statements),
        frequent_relations=_table(statement.relation for statement in data.statements)[:20],
        rules=_table(item.rule for item in evidence),
    )


def _table(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class Corroborated:
    """A fact and how many documents state it: asserted or planned, whatever the qualifiers.

    ``confidence`` is that of the best statement of it.
    """

    subject: str
    relation: str
    object: str | Value
    modality: Modality
    documents: int
    confidence: float


def corroborated(data: GraphData, count: int = 10) -> tuple[Corroborated, ...]:
    """The facts that the most documents state, at least two; the surest first among equals."""
    documents: dict[tuple[str, str, str | Value, Modality], set[str]] = defaultdict(set)
    confidence: dict[tuple[str, str, str | Value, Modality], float] = defaultdict(float)
    for statement in data.statements:
        if statement.object is not None and plain_form(statement) is not None:
            fact = statement.subject, statement.relation, statement.object, statement.modality
            documents[fact] |= {evidence.document for evidence in statement.evidence}
            confidence[fact] = max(confidence[fact], statement.confidence)
    facts = [
        Corroborated(*fact, documents=len(found), confidence=confidence[fact])
        for fact, found in documents.items()
        if len(found) > 1
    ]
    facts.sort(key=lambda fact: (-fact.documents, -fact.confidence, repr(fact)))
    return tuple(facts[:count])
