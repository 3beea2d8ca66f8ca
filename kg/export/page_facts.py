"""What the page tells: entities, statements and their sentences, by place in lists, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.types import Document, Entity, Evidence, GraphData, Statement, Value

__all__ = ["Json", "facts", "value_fields"]

Json = dict[str, Any]


def facts(data: GraphData, order: Sequence[Entity]) -> Json:
    """Everything the panel shows; each sentence once, however many statements rest on it.

    Entities stand in the given order, which is that of their nodes.
    """
    entity = {item.id: i for i, item in enumerate(order)}
    relation = {item.id: i for i, item in enumerate(data.properties)}
    document = {item.id: i for i, item in enumerate(data.documents)}
    statement = {item.id: i for i, item in enumerate(data.statements)}
    sentences: dict[tuple[int, int, int, str], int] = {}
    statements = [
        _full(
            id=item.id,
            s=entity[item.subject],
            r=relation[item.relation],
            o=_slot(item.object, entity),
            q=[[q.name, _slot(q.value, entity)] for q in item.qualifiers],
            n=item.negated or None,
            m=item.modality if item.modality != "asserted" else "",
            c=round(item.confidence, 2),
            l=[statement[other] for other in item.less_specific_than if other in statement],
            e=[_evidence(e, document, entity, sentences) for e in item.evidence],
            w=_wording(item),
            i=_independent(item),
        )
        for item in data.statements
    ]
    return {
        "documents": [_document(item) for item in data.documents],
        "entities": list(_entities(order, entity)),
        "relations": [{"id": item.id, "labels": item.labels} for item in data.properties],
        "sentences": list(sentences),
        "statements": statements,
    }


def _entities(order: Sequence[Entity], place: Mapping[str, int]) -> Iterator[Json]:
    for item in order:
        yield _full(
            id=item.id,
            type=item.type,
            labels=item.labels,
            aliases=item.aliases,
            links=item.links,
            members=[place[member] for member in item.members],
        )


def _document(item: Document) -> Json:
    return {"id": item.id, "source": item.source, "language": item.language} | _full(
        title=item.title,
        published=item.published,
        publisher=item.publisher,
        author=item.author,
        url=item.url,
    )


def _evidence(
    item: Evidence,
    document: Mapping[str, int],
    entity: Mapping[str, int],
    sentences: dict[tuple[int, int, int, str], int],
) -> Json:
    sentence = (document[item.document], item.begin, item.end, item.quote)
    return _full(
        t=sentences.setdefault(sentence, len(sentences)),
        s=item.subject_span,
        r=item.relation_span,
        o=item.object_span,
        a=None if item.attributed_to is None else entity[item.attributed_to],
        v=item.reporting_verb,
    )


def _independent(item: Statement) -> int | None:
    """The count of independent sources, where copies make it less than that of the documents."""
    return item.sources if item.sources < len({e.document for e in item.evidence}) else None


def _wording(item: Statement) -> str:
    """How a sentence puts a counted thing: ``250 cherry trees`` reads better than ``250 tree``."""
    counted = isinstance(item.object, Value) and item.object.kind == "quantity"
    return next((e.object_text for e in item.evidence if counted and e.object_text), "")


def _slot(item: str | Value | None, entity: Mapping[str, int]) -> int | Json | None:
    if item is None:
        return None
    return entity[item] if isinstance(item, str) else value_fields(item)


def value_fields(value: Value) -> Json:
    """A literal for the page, without what goes without saying."""
    return {"kind": value.kind, "lexical": value.lexical} | _full(
        comparator=value.comparator if value.comparator != "eq" else "",
        upper=value.upper,
        unit=value.unit,
        language=value.language,
    )


def _full(**fields: Any) -> Json:  # noqa: ANN401 - whatever JSON can hold
    """The fields that hold something; 0 is a place in a list and holds something."""
    return {
        name: item for name, item in fields.items() if item is not None and item not in ("", [], ())
    }
