"""A person taken out of what documents say: their statements, the quotations, their names.

What is read from a document stays as it would be had the passages that speak of the person been
blacked out in the article: characters are replaced one for one, so that every offset still holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final
from urllib.parse import unquote

from kg.read import text_id
from kg.resolve import Corrections, DocumentFacts, LocalEntity, LocalStatement
from kg.spool import Spool
from kg.types import Document

__all__ = ["Subject", "erase", "erase_all", "erase_corrections", "is_erased"]

BLACK: Final = "\N{FULL BLOCK}"
"""Stands for each character that is gone."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom to take out (the *data subject*): the names they have in the whole graph."""

    names: frozenset[str]

    @classmethod
    def of(cls, entities: Iterable[LocalEntity]) -> Subject:
        """The subject that documents speak of as these; what only describes them is no name."""
        return cls(frozenset(name for e in entities if e.named for name, _ in e.names))

    @property
    def full(self) -> frozenset[str]:
        """Names of several words, which mean nobody else; a surname alone may."""
        return frozenset(name for name in self.names if len(name.split()) > 1)

    def named_in(self, text: str) -> bool:
        """Whether a text has one of the names in it, whoever is meant."""
        return any(_within(name, text) for name in self.names)

    @property
    def surnames(self) -> frozenset[str]:
        """The last words of the names, which others may bear too."""
        return frozenset(name.split()[-1] for name in self.names if name.split())

    def resembles(self, text: str) -> bool:
        """Whether a name has one of the surnames in it: a namesake, or the same person again."""
        return any(_within(surname, text) for surname in self.surnames)

    def derived(self, text: str) -> set[str]:
        """Longer words that begin with a surname, as an adjective made of it does."""
        found = "|".join(sorted(re.escape(surname) for surname in self.surnames))
        return {*re.findall(rf"(?i:\b(?:{found})\w+)", text)} if found else set()


def is_erased(document: Document) -> bool:
    """Whether passages of a document were blacked out: its text is not the one its id is of."""
    return document.id != text_id(document.text)


def erase(
    facts: DocumentFacts, subject: Subject, own: Collection[str]
) -> tuple[DocumentFacts, tuple[LocalStatement, ...]] | None:
    """A document's facts without a person, and the statements that went; None where all stays.

    Gone are the statements in which the person, or a thing named after them, has any part, and all
    others that rest on a passage which names the person or states something of them. These passages
    are blacked out in the text, and every further mention of the name.

    Args:
        facts: of one document.
        subject: the person.
        own: local ids of the person in this document.
    """
    names = _Names(facts, subject, own)
    out = names.things()
    mentions = list(names.mentions(facts.document.text))
    gone = [s for s in facts.statements if _slots(s) & out]
    gone_spans = _spans(gone)
    while more := [
        s for s in facts.statements if s not in gone and _overlaps(s, [*gone_spans, *mentions])
    ]:
        gone += more
        gone_spans |= _spans(more)
    document = _blacken(facts.document, sorted({*gone_spans, *mentions}), names)
    if not gone and not out and document == facts.document:
        return None
    kept = tuple(s for s in facts.statements if s not in gone)
    return replace(
        facts, document=document, entities=tuple(_used(facts.entities, kept, out)), statements=kept
    ), tuple(s for s in facts.statements if s in gone)


def erase_all(
    spool: Spool, subject: Subject, own: Mapping[str, Collection[str]]
) -> tuple[dict[str, str], int]:
    """Take a person out of all documents of a spool.

    Returns the former texts of the documents that changed, by id, and how many statements went.
    """
    texts: dict[str, str] = {}
    gone = 0
    for facts in list(spool.all()):
        document = facts.document
        erased = erase(facts, subject, own.get(document.id, ()))
        if erased is not None:
            gone += len(erased[1]) if document.id not in texts else 0
            texts[document.id] = document.text
            spool.drop(document.id, document.source)
            spool.put(erased[0])
    return texts, gone


def erase_corrections(corrections: Corrections, subject: Subject) -> Corrections:
    """Corrections that do not name the person."""

    def keep(name: str) -> bool:
        return not subject.named_in(name)

    def groups(found: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
        kept = (tuple(filter(keep, group)) for group in found)
        return tuple(group for group in kept if len(group) > 1)

    return replace(
        corrections,
        same=groups(corrections.same),
        different=groups(corrections.different),
        aliases={k: v for k, v in corrections.aliases.items() if keep(k) and keep(v)},
    )


class _Names:
    """The person's names in one document, and where they stand."""

    def __init__(self, facts: DocumentFacts, subject: Subject, own: Collection[str]) -> None:
        self._facts = facts
        self._own = own
        here = {name for e in facts.entities if e.id in own and e.named for name, _ in e.names}
        # Whoever is not spoken of here may share a surname with somebody who is.
        self._names = subject.full | (here | subject.names if own else set())
        self._pattern = _pattern(self._names)
        others = {
            name
            for e in facts.entities
            if e.type == "person" and e.named and e.id not in own
            for name, _ in e.names
            if name not in self._names and self._shares(name)
        }
        self._others = _pattern(others)
        """Fuller names of other people: of *Anna Rossi* the *Rossi* is hers."""

    def _shares(self, name: str) -> bool:
        """Whether a person's full name has one of the one-word names as a word of its own."""
        return not self._names.isdisjoint(name.split())

    def mentions(self, text: str) -> Iterator[Span]:
        """Where the person is named."""
        theirs = [match.span() for match in self._others.finditer(text)] if self._others else []
        for match in self._pattern.finditer(text) if self._pattern else ():
            if not any(b <= match.start() and match.end() <= e for b, e in theirs):
                yield match.span()

    def named_in(self, text: str | None) -> bool:
        """Whether a text names the person."""
        return text is not None and any(self.mentions(text))

    def named_in_path(self, text: str) -> bool:
        """Whether an address or a file's name does, its words joined by whatever signs."""
        return any(_within(name, unquote(text)) for name in self._names)

    def things(self) -> set[str]:
        """Local ids of the person, of what is named after them, and of groups they are in."""
        out = {*self._own}
        out |= {
            e.id for e in self._facts.entities if any(self.named_in(name) for name, _ in e.names)
        }
        while more := {
            e.id for e in self._facts.entities if e.id not in out and out & {*e.members}
        }:
            out |= more
        return out


def _blacken(document: Document, spans: Sequence[Span], names: _Names) -> Document:
    text = document.text
    for begin, end in spans:
        text = text[:begin] + re.sub(r"[^\n]", BLACK, text[begin:end]) + text[end:]
    title = document.title
    if title and (names.named_in(title) or (title in document.text and title not in text)):
        title = None
    return replace(
        document,
        text=text,
        title=title,
        source=_source(document, names),
        author=None if names.named_in(document.author) else document.author,
        publisher=None if names.named_in(document.publisher) else document.publisher,
        url=None if document.url and names.named_in_path(document.url) else document.url,
    )


def _source(document: Document, names: _Names) -> str:
    """A document's source; where the file is called after the person, by the document's id."""
    path = PurePath(document.source)
    if not names.named_in_path(path.name):
        return document.source
    return str(path.with_name(f"{document.id}{path.suffix}"))


def _used(
    entities: Iterable[LocalEntity], statements: Iterable[LocalStatement], out: Collection[str]
) -> Iterator[LocalEntity]:
    """The entities that statements still need, with those they are made of."""
    by_id = {e.id: e for e in entities}
    needed: dict[str, None] = {}
    waiting = [i for s in statements for i in sorted(_slots(s))]
    while waiting:
        identifier = waiting.pop()
        if identifier not in needed:
            needed[identifier] = None
            entity = by_id[identifier]
            waiting += [i for i in (*entity.members, *entity.participants) if i not in out]
    for entity in by_id.values():
        if entity.id in needed:
            participants = tuple(i for i in entity.participants if i in needed)
            yield replace(entity, participants=participants)


def _slots(statement: LocalStatement) -> set[str]:
    """Local ids of everything that has a part in a statement."""
    slots = (
        statement.subject,
        statement.object,
        statement.evidence.attributed_to,
        *(qualifier.value for qualifier in statement.qualifiers),
    )
    return {slot for slot in slots if isinstance(slot, str)}


def _spans(statements: Iterable[LocalStatement]) -> set[Span]:
    return {(s.evidence.begin, s.evidence.end) for s in statements}


def _overlaps(statement: LocalStatement, spans: Iterable[Span]) -> bool:
    evidence = statement.evidence
    return any(begin < evidence.end and evidence.begin < end for begin, end in spans)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds names as whole words, over line breaks; those of one word as written or in capitals."""
    forms = {re.sub(r"\s+", " ", name.strip()) for name in names}
    forms |= {form.upper() for form in forms}
    forms.discard("")
    if not forms:
        return None
    longest = sorted(forms, key=lambda form: (-len(form), form))
    several = (rf"(?i:{_spaced(form)})" for form in longest if " " in form)
    one = (re.escape(form) for form in longest if " " not in form)
    return re.compile(rf"(?<!\w)(?:{'|'.join((*several, *one))})(?!\w)")


def _spaced(form: str) -> str:
    return r"\s+".join(map(re.escape, form.split(" ")))


def _within(name: str, text: str) -> bool:
    return f" {_fold(name)} " in f" {_fold(text)} "


def _fold(text: str) -> str:
    """A text's words in small letters, without accents and signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", letters))
