"""One order for everything a graph holds, so that equal graphs are equal data and equal bytes."""

from __future__ import annotations

from dataclasses import replace

from kg.types import Entity, Evidence, GraphData, Property, Qualifier, Statement, Value

__all__ = ["evidence_key", "normalised"]


def normalised(data: GraphData) -> GraphData:
    """The same data, each part sorted and without doubles."""
    return GraphData(
        documents=tuple(sorted(data.documents, key=lambda item: item.id)),
        entities=tuple(sorted(map(_entity, data.entities), key=lambda item: item.id)),
        properties=tuple(sorted(map(_property, data.properties), key=lambda item: item.id)),
        statements=tuple(sorted(map(_statement, data.statements), key=lambda item: item.id)),
        provenance=tuple(sorted(set(data.provenance))),
    )


def evidence_key(evidence: Evidence) -> tuple[object, ...]:
    """Sorts evidence by document, then as the text runs."""
    spans = (evidence.subject_span, evidence.relation_span, evidence.object_span)
    return (
        evidence.document,
        evidence.begin,
        evidence.end,
        tuple(span or (-1, -1) for span in spans),
        evidence.attributed_to or "",
        evidence.reporting_verb or "",
        evidence.rule,
        evidence.relation_text,
        evidence.subject_text,
        evidence.object_text,
        evidence.quote,
        evidence.confidence,
    )


def _entity(entity: Entity) -> Entity:
    return replace(
        entity,
        labels=tuple(sorted(set(entity.labels))),
        aliases=tuple(sorted(set(entity.aliases))),
        links=tuple(sorted(set(entity.links))),
        members=tuple(sorted(set(entity.members))),
    )


def _property(item: Property) -> Property:
    return replace(item, labels=tuple(sorted(set(item.labels))))


def _statement(statement: Statement) -> Statement:
    return replace(
        statement,
        qualifiers=tuple(sorted(set(statement.qualifiers), key=_qualifier_key)),
        evidence=tuple(sorted(set(statement.evidence), key=evidence_key)),
        less_specific_than=tuple(sorted(set(statement.less_specific_than))),
    )


def _qualifier_key(qualifier: Qualifier) -> tuple[str, ...]:
    value = qualifier.value
    if isinstance(value, Value):
        return (qualifier.name, "1", value.kind, value.lexical, value.unit, *_rest(value))
    return (qualifier.name, "0", value)


def _rest(value: Value) -> tuple[str, ...]:
    return (value.comparator, value.datatype, value.language, value.upper)
