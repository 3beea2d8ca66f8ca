"""What one document says, as plain data: what is spooled, cached and merged across documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from kg.dataset.records import record
from kg.types import Block, Document, EntityType, Evidence, Modality, Qualifier, Value

__all__ = ["DocumentFacts", "LocalEntity", "LocalMention", "LocalRelation", "LocalStatement"]

_VERSION: Final = 4


@record
@dataclass(frozen=True, slots=True)
class LocalMention:
    """Where a thing is spoken of: ``text[begin:end]`` of the document.

    A silent subject has the words of its verb.
    """

    begin: int
    end: int
    head: int
    """Offset of its head word, the one that the others belong to."""
    rule: str
    """The rule that joined it to the mentions before; empty for the first of its name."""


@record
@dataclass(frozen=True, slots=True)
class LocalEntity:
    """A thing one document speaks of, all its mentions together.

    ``id`` is unique in the document. ``key`` is what it is recognised by across documents
    (``country:JP``, ``person:sanae takaichi``, ``concept:…``); empty where it is only known inside
    its document (*the deal*).
    """

    id: str
    type: EntityType
    key: str
    language: str
    names: tuple[tuple[str, int], ...]
    """Wordings fit for a label with the number of mentions, the best first."""
    named: bool
    kind: str = ""
    """The class of a described thing (``agreement``), in which it may meet its like."""
    members: tuple[str, ...] = ()
    """Local ids of a group's members."""
    participants: tuple[str, ...] = ()
    """Local ids of the names inside its description (*the deal between A and B*)."""
    mentions: tuple[LocalMention, ...] = ()
    """Where it is spoken of, in the order of the text."""


@record
@dataclass(frozen=True, slots=True)
class LocalRelation:
    """A relation by the id it has in the graph, with its label in the document's language."""

    id: str
    label: str
    english: str
    language: str
    verb: str = ""
    """Id of the relation of the bare verb, where this one adds a noun or preposition."""
    general: tuple[str, ...] = ()
    """Ids of broader relations, where this one adds a noun: without the noun's modifiers, then of
    the verb and preposition alone."""
    elsewhere: tuple[tuple[str, str], ...] = ()
    """``(language, label)`` in languages that the document is not in, English left out."""


@record
@dataclass(frozen=True, slots=True)
class LocalStatement:
    """A statement whose entity ids are local to the document; it rests on one piece of evidence."""

    subject: str
    relation: LocalRelation
    object: str | Value | None
    qualifiers: tuple[Qualifier, ...]
    negated: bool
    modality: Modality
    evidence: Evidence


@record
@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A document with its entities and statements."""

    document: Document
    entities: tuple[LocalEntity, ...] = ()
    statements: tuple[LocalStatement, ...] = ()
    version: int = field(default=_VERSION)

    def to_json(self) -> str:
        """One line of JSON with sorted keys; the same facts give the same bytes."""
        return json.dumps(self, default=_fields, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> DocumentFacts:
        """The facts ``to_json`` wrote.

        Raises:
            ValueError: the text is not JSON, or not of this version.
        """
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("version") != _VERSION:
            raise ValueError(f"not document facts of version {_VERSION}")
        try:
            return cls(
                document=_document(data["document"]),
                entities=tuple(_entity(row) for row in data["entities"]),
                statements=tuple(_statement(row) for row in data["statements"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"damaged document facts: {error}") from error


def _fields(item: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the data classes
    """A data class as JSON has it; ``asdict`` would copy all that is in it, too."""
    return {name: getattr(item, name) for name in _NAMES[type(item)]}


_NAMES: Final = {
    kind: tuple(sorted(f.name for f in fields(kind)))
    for kind in (
        Block,
        Document,
        DocumentFacts,
        Evidence,
        LocalEntity,
        LocalMention,
        LocalRelation,
        LocalStatement,
        Qualifier,
        Value,
    )
}


def _document(row: Mapping[str, Any]) -> Document:
    blocks = tuple(Block(**block) for block in row["blocks"])
    return Document(**{**row, "blocks": blocks})


def _entity(row: Mapping[str, Any]) -> LocalEntity:
    lists = {key: tuple(row[key]) for key in ("members", "participants")}
    names = tuple((text, count) for text, count in row["names"])
    mentions = tuple(LocalMention(**mention) for mention in row["mentions"])
    return LocalEntity(**{**row, **lists, "names": names, "mentions": mentions})


def _statement(row: Mapping[str, Any]) -> LocalStatement:
    return LocalStatement(
        subject=row["subject"],
        relation=_relation(row["relation"]),
        object=_slot(row["object"]),
        qualifiers=tuple(Qualifier(q["name"], _filled(q["value"])) for q in row["qualifiers"]),
        negated=row["negated"],
        modality=row["modality"],
        evidence=_evidence(row["evidence"]),
    )


def _relation(row: Mapping[str, Any]) -> LocalRelation:
    elsewhere = tuple((language, label) for language, label in row["elsewhere"])
    return LocalRelation(**{**row, "general": tuple(row["general"]), "elsewhere": elsewhere})


def _slot(cell: str | dict[str, Any] | None) -> str | Value | None:
    return Value(**cell) if isinstance(cell, dict) else cell


def _filled(cell: str | dict[str, Any]) -> str | Value:
    return Value(**cell) if isinstance(cell, dict) else cell


def _evidence(row: Mapping[str, Any]) -> Evidence:
    spans = {
        key: tuple(row[key]) if row[key] is not None else None
        for key in ("subject_span", "relation_span", "object_span")
    }
    return Evidence(**{**row, **spans})
