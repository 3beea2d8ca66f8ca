"""One document's extractions as facts: mentions linked, slots filled, everything plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from spacy.tokens import Doc

from kg.resolve.clusters import PLACES, Cluster
from kg.resolve.coreference import resolve_mentions
from kg.resolve.facts import DocumentFacts, LocalEntity, LocalMention, LocalStatement
from kg.resolve.keys import key_of, names_of
from kg.resolve.kinds import kind_of
from kg.resolve.linker import Linker
from kg.resolve.mentions import collect_mentions, mention_key
from kg.resolve.names import find_names
from kg.resolve.reading import Reading
from kg.resolve.relations import relation_of
from kg.resolve.roles import with_owner
from kg.resolve.slots import Slots, qualifier_name
from kg.resolve.voices import Voices
from kg.resolve.words import words
from kg.types import Argument, Block, Document, Evidence, Extraction, Qualifier, Value

__all__ = ["link_document", "resolve_document"]

_CERTAINTY: Final = {"name": 1.0, "nominal": 0.95, "pronoun": 0.85, "null": 0.6}
"""How often a mention of a form means what it was resolved to (read in unseen Wikinews)."""
_GOVERNMENT: Final = "government of a capital that acts"
_LONG_WORD: Final = 4
"""Letters of words that headings in capitals capitalise (*of*, *the* stay small)."""


def resolve_document(
    document: Document, doc: Doc, extractions: Sequence[Extraction]
) -> DocumentFacts:
    """The entities and statements of a document.

    A fact whose subject, object or only argument refers to nothing known is left out.
    """
    linker = link_document(document, doc, extractions)
    slots = Slots(document, linker, extractions)
    registry = _Registry(document, linker)
    statements = [
        statement
        for extraction in (slots.amount_aside(slots.parted(e)) for e in extractions)
        if (statement := _statement(document, linker.doc, extraction, slots, registry)) is not None
    ]
    return DocumentFacts(document, tuple(registry.entities()), tuple(statements))


def link_document(document: Document, doc: Doc, extractions: Sequence[Extraction]) -> Linker:
    """The mentions of a document in clusters of one thing each."""
    table = words(document.language)
    silent = _headings(document, doc)
    reading = Reading(doc)
    names = find_names(reading, table, silent)
    mentions = collect_mentions(reading, extractions, names, table, silent)
    return resolve_mentions(
        reading, mentions, extractions, table, Voices(doc, mentions, extractions)
    )


def _headings(document: Document, doc: Doc) -> frozenset[int]:
    """Tokens of titles and headings in which every word may be capitalised.

    A heading stays if it is written like a sentence, or is all a name that the text has too.
    """
    owners = doc.user_data.get("blocks")
    if owners is None:
        return frozenset()
    body = "\n".join(document.text[b.begin : b.end] for b in document.blocks if not _heads(b))
    found = {
        i
        for i, block in enumerate(document.blocks)
        if _heads(block) and _all_capitals(document.text[block.begin : block.end], body)
    }
    return frozenset(i for i, block in enumerate(owners) if block in found)


def _heads(block: Block) -> bool:
    return block.kind in ("title", "heading")


def _all_capitals(heading: str, body: str) -> bool:
    words = [w for w in heading.split()[1:] if len(w) >= _LONG_WORD]
    plain = [w for w in words if w[0].islower()]
    return 2 * len(plain) <= len(words) and heading not in body


class _Registry:
    """Local ids for the clusters that statements use, in the order of their use."""

    def __init__(self, document: Document, linker: Linker) -> None:
        self._document = document
        self._linker = linker
        self._ids: dict[int, str] = {}
        self._clusters: list[Cluster] = []

    def id_of(self, cluster: Cluster) -> str:
        known = self._ids.get(id(cluster))
        if known is None:
            known = self._ids[id(cluster)] = f"e{len(self._clusters)}"
            self._clusters.append(cluster)
        return known

    def entities(self) -> Iterator[LocalEntity]:
        """The clusters used, with the members and participants they bring along."""
        at = 0
        while at < len(self._clusters):
            cluster = self._clusters[at]
            inner = [c for h in sorted(cluster.inner) if (c := self._linker.of.get(h))]
            participants = dict.fromkeys(
                self.id_of(c) for c in inner if c is not cluster and c.named
            )
            yield LocalEntity(
                id=self.id_of(cluster),
                type=kind_of(cluster, self._linker.doc, self._document.language),
                key=key_of(cluster, self._linker),
                language=self._document.language,
                names=names_of(cluster, self._linker.words),
                named=cluster.named,
                kind=cluster.kind.name if cluster.kind else "",
                members=tuple(self.id_of(member) for member in cluster.members),
                participants=tuple(participants),
                mentions=tuple(_mentions(cluster, self._linker)),
            )
            at += 1


def _mentions(cluster: Cluster, linker: Linker) -> Iterator[LocalMention]:
    """Where a cluster is spoken of; a capital that acts is its government's mention."""
    acting = {h for h, c in linker.stands_for.items() if c is cluster}
    own = {m.head for m in cluster.mentions if linker.stands_for.get(m.head, cluster) is cluster}
    spoken = sorted((linker.mentions.by_head[h] for h in own | acting), key=lambda m: m.position)
    for mention in spoken:
        begin, end = _span(linker.doc, range(mention.position, mention.end))
        rule = _GOVERNMENT if mention.head in acting else linker.rules[mention.head]
        head = mention.head if mention.head >= 0 else mention.end - 1
        yield LocalMention(begin, end, linker.doc[head].idx, rule)


def _statement(
    document: Document, doc: Reading, extraction: Extraction, slots: Slots, registry: _Registry
) -> LocalStatement | None:
    subject = slots.subject(extraction)
    if not isinstance(subject, Cluster):
        return None
    extraction = with_owner(extraction, slots.linker, subject)
    target = slots.other(extraction.object, extraction) if extraction.object else None
    if extraction.object is not None and target is None:
        return None
    if target is subject or _pointless(extraction.subject, slots, subject):
        return None
    if isinstance(target, Cluster) and _pointless(extraction.object, slots, target):
        return None
    further = [
        (argument, slot)
        for argument in extraction.arguments
        if (slot := slots.other(argument, extraction)) is not None and slot is not subject
    ]
    place = isinstance(target, Cluster) and target.type in PLACES
    speaker = slots.speaker(extraction)
    return LocalStatement(
        subject=registry.id_of(subject),
        relation=relation_of(extraction.relation, doc, slots.linker.words, place=place),
        object=registry.id_of(target) if isinstance(target, Cluster) else target,
        qualifiers=tuple(sorted(_all_qualifiers(extraction, further, slots, registry), key=_order)),
        negated=extraction.negated != _denied(extraction),
        modality=extraction.modality,
        evidence=_evidence(
            document, doc, extraction, slots, registry.id_of(speaker) if speaker else None
        ),
    )


def _denied(extraction: Extraction) -> bool:
    """Whether the speaker says that it is not so: *denied having met X*."""
    return extraction.attribution is not None and extraction.attribution.denied


def _pointless(argument: Argument | None, slots: Slots, cluster: Cluster) -> bool:
    """Whether all that is known of a thing is a demonstrative: ``this framework``, ``the move``."""
    mention = slots.linker.mentions.by_head.get(mention_key(argument)) if argument else None
    alone = len(cluster.mentions) == 1 and not cluster.named and not cluster.members
    return (
        bool(
            alone
            and mention
            and mention.demonstrative
            and not mention.modifiers
            and not mention.inner
        )
        and cluster.number != "p"
    )


def _all_qualifiers(
    extraction: Extraction,
    further: Sequence[tuple[Argument, Cluster | Value]],
    slots: Slots,
    registry: _Registry,
) -> set[Qualifier]:
    """The further arguments, how many the subject is, and dates that the parse left aside."""
    found = set(_qualifiers(further, slots, registry))
    found.update(Qualifier("time", value) for value in slots.literals.times(extraction))
    if counted := slots.literals.counted(extraction.subject):
        found.add(Qualifier("amount", counted))
    return found


def _qualifiers(
    further: Sequence[tuple[Argument, Cluster | Value]], slots: Slots, registry: _Registry
) -> Iterator[Qualifier]:
    for argument, slot in further:
        value = slot if isinstance(slot, Value) else registry.id_of(slot)
        yield Qualifier(qualifier_name(argument, slot, slots.linker), value)


def _order(qualifier: Qualifier) -> tuple[str, str]:
    value = qualifier.value
    return qualifier.name, value if isinstance(value, str) else repr(value)


# -- evidence --------------------------------------------------------------------------------


def _evidence(
    document: Document, doc: Reading, extraction: Extraction, slots: Slots, speaker: str | None
) -> Evidence:
    begin, end = _trimmed(document.text, *_span(doc, range(*extraction.sentence)))
    target = extraction.object
    certainty = 1.0
    for argument in (extraction.subject, target):
        mention = slots.linker.mentions.by_head.get(mention_key(argument)) if argument else None
        if mention and not (argument and argument.clause):
            certainty *= _CERTAINTY[mention.form]
    attribution = extraction.attribution
    return Evidence(
        document=document.id,
        begin=begin,
        end=end,
        quote=document.text[begin:end],
        relation_text=extraction.relation.text,
        subject_text=extraction.subject.text,
        object_text=target.text if target else "",
        subject_span=_span_or_none(doc, extraction.subject.tokens),
        relation_span=_span_or_none(doc, extraction.relation.tokens),
        object_span=_span_or_none(doc, target.tokens if target else ()),
        attributed_to=speaker,
        reporting_verb=attribution.lemma if attribution else None,
        confidence=round(extraction.confidence * certainty, 3),
        rule=extraction.rule,
    )


def _span(doc: Reading, tokens: Sequence[int]) -> tuple[int, int]:
    first, last = doc[min(tokens)], doc[max(tokens)]
    return first.idx, last.idx + len(last.text)


def _span_or_none(doc: Reading, tokens: Sequence[int]) -> tuple[int, int] | None:
    return _span(doc, tokens) if tokens else None


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin, end
