"""Places that stand for who governs there: *Washington announced*, *talks with Beijing*."""

from __future__ import annotations

from typing import Final

from kg.lang.lexicon import lexicon
from kg.resolve.clusters import Cluster
from kg.resolve.linker import Linker
from kg.resolve.mentions import mention_key
from kg.resolve.reading import Token
from kg.resolve.words import fold, shared
from kg.types import Argument, Extraction

__all__ = ["acts", "note_partners", "stand_in"]

_NOUNS: Final = frozenset(("NOUN", "PROPN"))
_JOINED: Final = frozenset(("conj", "flat", "appos"))
_OF_NOUNS: Final = frozenset(("nmod", "nmod:poss", "obl", "compound"))


def stand_in(linker: Linker, cluster: Cluster, argument: Argument) -> Cluster:
    """Who acts under a place's name: the country of its capital, a firm taken for a place."""
    government = _government(linker, cluster)
    if government is not None:
        mention = linker.mentions.owner.get(argument.head, mention_key(argument))
        if linker.of.get(mention) is cluster:
            linker.stands_for[mention] = government
        return government
    if cluster.type == "place" and cluster.place is None and cluster.named:
        cluster.type = "organization"  # no gazetteer knows it, and it does what firms do
    return cluster


def _government(linker: Linker, cluster: Cluster) -> Cluster | None:
    """The country or institution that has its seat at a place."""
    names = sorted(map(fold, cluster.names))
    institution = next((i for n in names if (i := shared().seats_of_institutions.get(n))), "")
    if institution:
        return linker.institution(institution) or linker.found_institution(institution)
    seat = next((c for n in names if (c := shared().seats.get(n))), None)
    capital = cluster.place.capital_of if cluster.place and cluster.type == "city" else None
    code = seat or capital
    return linker.country(code) if code else None


def acts(linker: Linker, extraction: Extraction) -> bool:
    """Whether the relation, or a verb above it (*commits to develop*), is a government's."""
    relation = extraction.relation
    tokens = (linker.doc[i] for i in relation.tokens)
    above = (t.lemma_.lower() for t in tokens if t.pos_ == "VERB")
    return any(_governs(linker, lemma) for lemma in dict.fromkeys((relation.lemma, *above)))


def _governs(linker: Linker, lemma: str) -> bool:
    """Whether governments and firms do it, and places do not (``Washington considera``)."""
    language = linker.words.language
    english = lexicon().english(lemma, "v", language) or ""
    active = lexicon().supersense(lemma, "v", language) in shared().metonymic
    return active and english not in shared().not_metonymic


def note_partners(linker: Linker) -> None:
    """Capitals that a noun makes a party: *la partnership tra Washington e Tokyo*.

    A preposition of place (*talks in Beijing*) leaves the city what it is.
    """
    for mention in linker.mentions.ordered:
        cluster = linker.of.get(mention.head)
        if mention.form != "name" or cluster is None or cluster.type not in ("city", "place"):
            continue
        token = linker.doc[mention.head]
        while token.dep_ in _JOINED and token.head != token and token.head.pos_ in _NOUNS:
            token = token.head
        if _party(linker, token) and (government := _government(linker, cluster)):
            linker.stands_for[mention.head] = government


def _party(linker: Linker, token: Token) -> bool:
    if token.dep_ not in _OF_NOUNS or token.head.pos_ not in _NOUNS:
        return False
    cases = [c.lemma_.lower() for c in token.children if c.dep_ == "case"]
    if any("place" in linker.words.qualifiers.get(case, {}).values() for case in cases):
        return False
    noun = lexicon().english(token.head.lemma_.lower(), "n", linker.words.language)
    return (noun or token.head.lemma_.lower()) in shared().party_nouns
