"""Arguments as what fills a statement's slots: an entity, a literal value, or nothing usable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.lang.gazetteer import gazetteer
from kg.lang.lexicon import lexicon
from kg.resolve.clusters import AGENTS, PLACES, Cluster
from kg.resolve.linker import Linker
from kg.resolve.literals import Literals
from kg.resolve.mentions import Mention, mention_key
from kg.resolve.metonymy import acts, stand_in
from kg.types import Argument, Document, Extraction, Value

__all__ = ["Slot", "Slots", "qualifier_name"]

Slot = Cluster | Value | None
"""None: the argument refers to nothing that is known."""

_NOUNS: Final = frozenset(("NOUN", "PROPN", "PRON", "NUM", "SYM", "X"))
_AMOUNTS: Final = frozenset(("money", "percent", "quantity", "number"))
_BY_ROLE: Final = {"indirect_object": "recipient", "predicative": "as"}
_PAYING: Final = "verb.possession"
_GOALS: Final = frozenset(("oblique", "place", "indirect_object"))
_TIMES: Final = frozenset(("date", "duration"))
_NEVER_NAMES: Final = frozenset(("date", "money", "percent", "duration"))


class Slots:
    """Fills slots for the extractions of one document."""

    def __init__(
        self, document: Document, linker: Linker, extractions: Sequence[Extraction]
    ) -> None:
        self.document = document
        self.doc = linker.doc
        self.linker = linker
        self.literals = Literals(document, linker.doc)
        self._acting = frozenset(e.subject.head for e in extractions if acts(linker, e))

    def subject(self, extraction: Extraction) -> Slot:
        """The subject: always an entity; a capital that acts is its country's government."""
        if self._quality(extraction.subject):
            return None
        found = self._named_apart(extraction) or self._entity(extraction.subject, extraction)
        if found is None or extraction.subject.head not in self._acting:
            return found
        return stand_in(self.linker, found, extraction.subject)

    def _named_apart(self, extraction: Extraction) -> Cluster | None:
        """A silent subject's name in the same clause, which the parse set apart from the verb.

        ``Trump, dal canto suo, ha definito…``: a name of somebody before the verb, without a
        preposition, is its subject.
        """
        subject = extraction.subject
        if subject.tokens:
            return None
        for argument in extraction.arguments:
            before = argument.tokens and max(argument.tokens) < subject.head
            if before and not argument.case and self._named(argument):
                found = self._entity(argument, extraction)
                if found and found.type in AGENTS:
                    return found
        return None

    def speaker(self, extraction: Extraction) -> Cluster | None:
        """Who says so, if it is known."""
        attribution = extraction.attribution
        if attribution is None or attribution.speaker is None:
            return None
        found = self._entity(attribution.speaker, None)
        return stand_in(self.linker, found, attribution.speaker) if found else None

    def other(self, argument: Argument, extraction: Extraction) -> Slot:
        """An object or further argument: a value if all of it is one, else an entity or text."""
        if argument.clause:
            return self._text(argument)
        if not argument.tokens:
            return self._entity(argument, extraction)
        mention = self.linker.mentions.by_head.get(argument.head)
        if mention is not None and mention.form == "pronoun" and len(argument.tokens) > 2:
            return self._text(argument)  # una delle più grandi leader: its words say more
        named = self._named(argument)
        if not named or mention is None or mention.form != "pronoun":
            value = self.literals.of(argument)
            if (
                named
                and value is not None
                and (value.kind in _NEVER_NAMES or _measured(argument, value))
            ):
                return value  # the recogniser takes Thursday, EUR and GW for names
        if not named and (mention is None or mention.form == "nominal"):
            counted = value is not None and value.kind == "quantity"
            if value is not None and not (counted and argument.role == "predicative"):
                return value  # but: rare earths are *17 minerals*, which is what they are
            head = self.doc[argument.head]
            if head.pos_ not in _NOUNS or argument.role in ("time", "adverbial"):
                return self._text(argument)
        return self._entity(argument, extraction)

    def parted(self, extraction: Extraction) -> Extraction:
        """``produce 300 million bottles of wine``: an amount, and what it is of as an argument."""
        target = extraction.object
        extra: list[Argument] = []
        if target is not None and (parts := self.literals.parted(target)):
            target, attribute = parts
            extra.append(attribute)
        arguments: list[Argument] = []
        for argument in extraction.arguments:
            parts = self.literals.parted(argument)
            arguments += parts or [argument]
        if len(arguments) + len(extra) == len(extraction.arguments):
            return extraction
        return replace(extraction, object=target, arguments=(*arguments, *extra))

    def amount_aside(self, extraction: Extraction) -> Extraction:
        """``invest 10 billion in Italy`` as ``invest in Italy``, with the amount as a qualifier.

        Only for verbs of giving and paying, and where what it goes to has a name.
        """
        target, relation = extraction.object, extraction.relation
        lemma = relation.lemma.split()[0] if relation.lemma else ""
        paid = lexicon().supersense(lemma, "v", self.document.language) == _PAYING
        if not paid or target is None or relation.case or relation.noun or target.clause:
            return extraction
        value = self.other(target, extraction)
        if not isinstance(value, Value) or value.kind not in _AMOUNTS:
            return extraction
        for i, argument in enumerate(extraction.arguments):
            named = argument.role in _GOALS and argument.case and self._named(argument)
            if named:
                rest = (*extraction.arguments[:i], target, *extraction.arguments[i + 1 :])
                new = replace(relation, case=argument.case)
                return replace(extraction, relation=new, object=argument, arguments=rest)
        return extraction

    # -- entities --------------------------------------------------------------------------

    def _entity(self, argument: Argument, extraction: Extraction | None) -> Cluster | None:
        owner = self._owner(argument)
        if owner is not None and (country := self._title_country(argument, owner)):
            return country
        if owner is not None:
            return self.linker.stands_for.get(owner) or self.linker.of.get(owner)
        alone = len(argument.tokens) == 1 and argument.role != "predicative"
        if alone and (country := self._nationality(argument.head)):
            return country
        mention = self.linker.mentions.by_head.get(mention_key(argument))
        if mention and mention.form == "pronoun" and mention.features.person in (1, 2):
            return self._first_person(mention, extraction)
        return self.linker.of.get(mention_key(argument))

    def _title_country(self, argument: Argument, owner: int) -> Cluster | None:
        """The country within a title: ``US`` in *US President X*, ``giapponese``."""
        name = self.linker.mentions.by_head[owner].name
        if name is None or any(name.begin <= i < name.end for i in argument.tokens):
            return None
        language = self.document.language
        place = gazetteer().place(argument.text, language)
        if place is not None and place.kind == "country":
            return self.linker.country(place.code)
        code = gazetteer().demonym(argument.text, language) if len(argument.tokens) == 1 else None
        return self.linker.country(code) if code else None

    def _nationality(self, head: int) -> Cluster | None:
        """The country of an adjective that is an argument: ``Japanese [investment]``."""
        token = self.doc[head]
        if token.pos_ not in ("ADJ", "PROPN") or token.dep_ not in ("amod", "compound", "nmod"):
            return None
        code = gazetteer().demonym(token.text, self.document.language)
        return self.linker.country(code) if code else None

    def _owner(self, argument: Argument) -> int | None:
        """The head of the name an argument is: names win over the titles around them."""
        owner = self.linker.mentions.owner.get(argument.head)
        if owner is None or not argument.tokens:
            return None
        name = self.linker.mentions.by_head[owner].name
        whole = name is not None and any(name.begin <= i < name.end for i in argument.tokens)
        if not whole and (
            argument.role == "predicative" or argument.head in self.linker.predicative
        ):
            return None  # the title says what somebody is
        return owner

    def _named(self, argument: Argument) -> bool:
        return self._owner(argument) is not None

    def _first_person(self, mention: Mention, extraction: Extraction | None) -> Cluster | None:
        """``I`` in what somebody says is the speaker; who ``we`` and ``you`` are is not known."""
        if extraction is None or mention.features.person != 1 or mention.features.number != "s":
            return None
        return self.speaker(extraction)

    def _quality(self, argument: Argument) -> bool:
        """Whether a subject is a bare adjective that the parse took for a noun (``capace``)."""
        if not argument.tokens or self.doc[argument.head].pos_ not in ("ADJ", "ADV"):
            return False
        determined = any(self.doc[i].pos_ in ("DET", "NUM") for i in argument.tokens)
        known = self._named(argument) or self._nationality(argument.head) is not None
        return not determined and not known

    # -- literals --------------------------------------------------------------------------

    def _text(self, argument: Argument) -> Value | None:
        text = " ".join(argument.text.split())
        return Value("text", text, "string", language=self.document.language) if text else None


def _measured(argument: Argument, value: Value) -> bool:
    """Whether words taken for a name are a number in digits with its unit: *2,5 GW*."""
    return value.kind == "quantity" and any(c.isdigit() for c in argument.text)


def qualifier_name(argument: Argument, slot: Cluster | Value, linker: Linker) -> str:
    """The property a further argument stands under: by its role, its preposition and what it is."""
    if argument.role == "time" or (isinstance(slot, Value) and slot.kind in _TIMES):
        return "time"
    if isinstance(slot, Value) and slot.kind in _AMOUNTS:
        return "amount"
    if argument.role in _BY_ROLE:
        return _BY_ROLE[argument.role]
    place = isinstance(slot, Cluster) and slot.type in PLACES
    row = linker.words.qualifiers.get(argument.case, {})
    default = row.get("default", "other")
    if argument.role == "place":
        return "place" if place else "other"
    if argument.clause:
        return "purpose" if default in ("purpose", "recipient") else "other"
    if argument.role == "adverbial" and not argument.case:
        return "manner"
    if place and "place" in row:
        return row["place"]
    return default
