"""What one document says, as plain data: what is spooled, cached and merged across documents."""

from __future__ import annotations

from typing import Final

import msgspec

from kg.dataset.records import Record
from kg.types import Document, EntityType, Evidence, Modality, Qualifier, Value

__all__ = ["DocumentFacts", "LocalEntity", "LocalMention", "LocalRelation", "LocalStatement"]

_VERSION: Final = 4


class LocalMention(Record, frozen=True):
    """Where a thing is spoken of: ``text[begin:end]`` of the document.

    A silent subject has the words of its verb.
    """

    begin: int
    end: int
    head: int
    """Offset of its head word, the one that the others belong to."""
    rule: str
    """The rule that joined it to the mentions before; empty for the first of its name."""


class LocalEntity(Record, frozen=True):
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


class LocalRelation(Record, frozen=True):
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


class LocalStatement(Record, frozen=True):
    """A statement whose entity ids are local to the document; it rests on one piece of evidence."""

    subject: str
    relation: LocalRelation
    object: str | Value | None
    qualifiers: tuple[Qualifier, ...]
    negated: bool
    modality: Modality
    evidence: Evidence


class DocumentFacts(Record, frozen=True):
    """A document with its entities and statements."""

    document: Document
    entities: tuple[LocalEntity, ...] = ()
    statements: tuple[LocalStatement, ...] = ()
    version: int = _VERSION

    def to_json(self) -> str:
        """One line of JSON; the same facts give the same bytes."""
        return _ENCODER.encode(self).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> DocumentFacts:
        """The facts ``to_json`` wrote.

        Raises:
            ValueError: the text is not JSON, or not of this version, or damaged.
        """
        try:
            facts = _DECODER.decode(text)
        except msgspec.MsgspecError as error:
            raise ValueError(f"damaged document facts: {error}") from error
        if facts.version != _VERSION:
            raise ValueError(f"not document facts of version {_VERSION}")
        return facts


_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(DocumentFacts)
