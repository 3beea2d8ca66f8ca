"""Arguments as what fills a statement's slots: an entity, a literal value, or nothing usable."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc

from kg.extract.values import parse_value
from kg.lang.gazetteer import gazetteer
from kg.lang.lexicon import lexicon
from kg.resolve.clusters import Cluster
from kg.resolve.coreference import Linker
from kg.resolve.mentions import Mention
from kg.resolve.words import fold, shared
from kg.types import Argument, Document, Extraction, Value

__all__ = ["Slot", "Slots", "qualifier_name"]

Slot = Cluster | Value | None
"""None: the argument refers to nothing that is known."""

_PLACES: Final = frozenset(("place", "city", "country"))
_NOUNS: Final = frozenset(("NOUN", "PROPN", "PRON", "NUM", "SYM", "X"))
_AMOUNTS: Final = frozenset(("money", "percent", "quantity", "number"))
_TIMES: Final = frozenset(("date", "duration"))


class Slots:
    """Fills slots for the extractions of one document."""

    def __init__(self, document: Document, doc: Doc, linker: Linker) -> None:
        self.document = document
        self.doc = doc
        self.linker = linker

    def subject(self, extraction: Extraction) -> Slot:
        """The subject: always an entity; a capital that acts is its country's government."""
        found = self._entity(extraction.subject, extraction)
        return self._government(found, extraction.relation.lemma) if found else None

    def speaker(self, extraction: Extraction) -> Cluster | None:
        """Who says so, if it is known."""
        attribution = extraction.attribution
        if attribution is None or attribution.speaker is None:
            return None
        found = self._entity(attribution.speaker, None)
        return self._government(found, attribution.lemma) if found else None

    def other(self, argument: Argument, extraction: Extraction) -> Slot:
        """An object or further argument: a value if all of it is one, else an entity or text."""
        if argument.clause:
            return self._text(argument)
        if not argument.tokens:
            return self._entity(argument, extraction)
        mention = self.linker.mentions.by_head.get(argument.head)
        if not self._named(argument) and (mention is None or mention.form == "nominal"):
            value = parse_value(
                argument.text, self.document.language, reference=self.document.published
            )
            if value is not None:
                return value
            head = self.doc[argument.head]
            if head.pos_ not in _NOUNS or argument.role in ("time", "adverbial"):
                return self._text(argument)
        return self._entity(argument, extraction)

    # -- entities --------------------------------------------------------------------------

    def _entity(self, argument: Argument, extraction: Extraction | None) -> Cluster | None:
        owner = self._owner(argument)
        if owner is not None:
            return self.linker.of.get(owner)
        mention = self.linker.mentions.by_head.get(argument.head)
        if mention and mention.form == "pronoun" and mention.features.person == 1:
            return self._first_person(mention, extraction)
        return self.linker.of.get(argument.head)

    def _owner(self, argument: Argument) -> int | None:
        """The head of the name an argument is: names win over the titles around them."""
        owner = self.linker.mentions.owner.get(argument.head)
        if owner is None or not argument.tokens:
            return owner
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
        """``I`` in what somebody says is the speaker; ``we`` is not known."""
        if extraction is None or mention.features.number != "s":
            return None
        return self.speaker(extraction)

    def _government(self, cluster: Cluster, lemma: str) -> Cluster:
        """The country, where its capital does what a government does (``Washington considera``)."""
        seat = next((c for n in cluster.names if (c := shared().seats.get(fold(n)))), None)
        capital = cluster.place.capital_of if cluster.place and cluster.type == "city" else None
        code = seat or capital
        if not code:
            return cluster
        language = self.document.language
        english = lexicon().english(lemma, "v", language) or ""
        acts = lexicon().supersense(lemma, "v", language) in shared().metonymic
        if not acts or english in shared().not_metonymic:
            return cluster
        return self.linker.country(gazetteer().country(code).code)

    # -- literals --------------------------------------------------------------------------

    def _text(self, argument: Argument) -> Value | None:
        text = " ".join(argument.text.split())
        return Value("text", text, "string", language=self.document.language) if text else None


def qualifier_name(argument: Argument, slot: Cluster | Value, linker: Linker) -> str:
    """The property a further argument stands under: by its role, its preposition and what it is."""
    language = linker.words.language
    if isinstance(slot, Value) and slot.kind in _TIMES:
        return "time"
    if argument.role == "time":
        return "time"
    if isinstance(slot, Value) and slot.kind in _AMOUNTS:
        return "amount"
    if argument.role == "indirect_object":
        return "recipient"
    if argument.role == "predicative":
        return "as"
    place = isinstance(slot, Cluster) and slot.type in _PLACES
    if argument.role == "place":
        return "place" if place else "other"
    row = linker.words.qualifiers.get(argument.case, {})
    if argument.clause:
        return "purpose" if row.get("default") in ("purpose", "recipient") else "other"
    if argument.role == "adverbial" and not argument.case:
        return "manner"
    if place and "place" in row:
        return row["place"]
    default = row.get("default", "other")
    if default == "place_or_other":
        lemma = slot.lemma if isinstance(slot, Cluster) else ""
        located = lexicon().supersense(lemma, "n", language) == "noun.location" if lemma else False
        return "place" if located else "other"
    return default
