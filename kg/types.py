"""The words of the project: what a stage takes and what it gives, as frozen plain data.

Offsets are code points of ``Document.text``, zero-based, end exclusive. Token indices are
positions in the document's spaCy ``Doc``.
"""

from __future__ import annotations

from typing import Literal

from kg.dataset.records import Record

BlockKind = Literal["title", "heading", "paragraph", "list_item", "quote", "boilerplate"]
Modality = Literal["asserted", "planned", "possible", "hypothetical"]
Comparator = Literal["eq", "gt", "ge", "lt", "le", "about", "between"]
EntityType = Literal[
    "person",
    "organization",
    "country",
    "city",
    "place",
    "event",
    "agreement",
    "work",
    "product",
    "award",
    "group",
    "concept",
]
ValueKind = Literal["date", "money", "percent", "quantity", "number", "duration", "text"]
Role = Literal[
    "subject",
    "object",
    "indirect_object",
    "oblique",
    "predicative",
    "complement",
    "time",
    "place",
    "adverbial",
]


# -- read ------------------------------------------------------------------------------------


class Block(Record, frozen=True):
    """A stretch of a document: ``text[begin:end]`` holds no leading or trailing white space.

    ``parent`` is the index in ``Document.blocks`` of the line that introduces a list item.
    """

    begin: int
    end: int
    kind: BlockKind
    parent: int | None = None


class Document(Record, frozen=True):
    """One article. ``id`` is a hash of the text, ``source`` the path (or URL) as given."""

    id: str
    source: str
    text: str
    language: str
    title: str | None = None
    published: str | None = None
    """ISO 8601 date (``2025-10-28``), only where the text or its metadata give one."""
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    blocks: tuple[Block, ...] = ()


# -- extract ---------------------------------------------------------------------------------


class Argument(Record, frozen=True):
    """One argument of a predicate.

    ``tokens`` are ascending indices in the Doc and need not be contiguous (a relative clause in the
    middle is left out); they hold no preposition, which is ``case`` (its lemma: ``in``, ``di``).
    A null subject has no tokens, an empty text, and ``head`` is its verb.
    """

    role: Role
    tokens: tuple[int, ...]
    head: int
    text: str
    case: str = ""
    clause: bool = False
    """True where the argument is a clause (what somebody said), not a noun phrase."""


class Relation(Record, frozen=True):
    """What an extraction's predicate says: its words, and the lemmas that identify its meaning.

    ``hanno investito in`` is ``lemma="investire", case="in"``; ``served as Prime Minister of`` is
    ``lemma="serve", noun="prime minister", case="of"``; a title or apposition is ``lemma="be"``
    (``essere`` in Italian) with ``noun`` empty, the role standing as the object. ``passive`` marks
    a passive whose agent is not said: the subject is the verb's object (``be used in``).
    """

    tokens: tuple[int, ...]
    text: str
    lemma: str
    case: str = ""
    noun: str = ""
    passive: bool = False


class Attribution(Record, frozen=True):
    """Who says so: the speaker (None where nobody is named) and the reporting verb."""

    speaker: Argument | None
    verb: int
    lemma: str
    text: str
    denied: bool = False


class Extraction(Record, frozen=True):
    """What one sentence says, in its own words. ``sentence`` is its token range."""

    sentence: tuple[int, int]
    subject: Argument
    relation: Relation
    object: Argument | None
    arguments: tuple[Argument, ...] = ()
    negated: bool = False
    modality: Modality = "asserted"
    attribution: Attribution | None = None
    confidence: float = 1.0
    rule: str = ""


# -- resolve ---------------------------------------------------------------------------------


class Value(Record, frozen=True):
    """A literal. ``lexical`` is the XSD lexical form, ``datatype`` the XSD local name.

    Money is a decimal amount with an ISO 4217 ``unit``; a percentage a decimal with unit ``%``; a
    quantity a decimal with its unit's English lemma (``tree``, ``month``); a date ``date``,
    ``gYearMonth``, ``gYear``, ``dateTime`` or (a time of day) ``time``; text a ``string`` with its
    ``language``. With the comparator ``between`` the value lies in a range, from ``lexical`` to
    ``upper``, both included (*5 to 10 million*, *the 1960s*).
    """

    kind: ValueKind
    lexical: str
    datatype: str
    comparator: Comparator = "eq"
    unit: str = ""
    language: str = ""
    upper: str = ""


class Qualifier(Record, frozen=True):
    """A further argument of a statement; ``name`` is a property of the vocabulary.

    Names: ``time place amount of purpose recipient instrument cause manner accompaniment topic
    source as other``. ``value`` is an entity's id or a Value.
    """

    name: str
    value: str | Value


class Entity(Record, frozen=True):
    """A thing the graph knows. ``id`` is the local name of its IRI (``Sanae_Takaichi``).

    ``labels`` and ``aliases`` are sorted ``(language, text)`` pairs, one preferred label a
    language.
    ``links`` are IRIs of the same thing elsewhere, only where certain.
    """

    id: str
    type: EntityType
    labels: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    """Ids of a group's members (``both countries``)."""


class Property(Record, frozen=True):
    """A relation of the graph; ``id`` (``invest_in``) is the local name under rel:, plan: and val:.

    ``broader`` is the id of the property this one specialises.
    """

    id: str
    labels: tuple[tuple[str, str], ...]
    broader: str | None = None


class Evidence(Record, frozen=True):
    """The words a statement rests on. Spans are ``(begin, end)``; an implicit slot has None."""

    document: str
    begin: int
    end: int
    quote: str
    relation_text: str
    subject_text: str
    object_text: str
    subject_span: tuple[int, int] | None = None
    relation_span: tuple[int, int] | None = None
    object_span: tuple[int, int] | None = None
    attributed_to: str | None = None
    """Id of the entity that says so."""
    reporting_verb: str | None = None
    confidence: float = 1.0
    rule: str = ""


class Statement(Record, frozen=True):
    """A fact of the graph. ``id`` is a hash of everything but confidence and evidence."""

    id: str
    subject: str
    relation: str
    object: str | Value | None
    qualifiers: tuple[Qualifier, ...]
    negated: bool
    modality: Modality
    confidence: float
    evidence: tuple[Evidence, ...]
    less_specific_than: tuple[str, ...] = ()
    sources: int = 1
    """Documents that state it, those that copy one another (agency copy) counted once."""

    def entities(self) -> set[str]:
        """Ids of the entities it names, and of those who say so."""
        slots = (self.subject, self.object, *(q.value for q in self.qualifiers))
        speakers = (evidence.attributed_to for evidence in self.evidence)
        return {slot for slot in (*slots, *speakers) if isinstance(slot, str)}


class GraphData(Record, frozen=True):
    """Everything a graph holds, each part sorted by id."""

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    properties: tuple[Property, ...]
    statements: tuple[Statement, ...]
    provenance: tuple[tuple[str, str], ...] = ()
    """What made it: tool version, pipeline hashes, configuration; no clock time."""
