"""What a thing is that nothing but its noun tells: *the manuscript*, *Kermie, a toy*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, cast

from spacy.tokens import Doc, Token

from kg.lang import table
from kg.lang.gazetteer import gazetteer
from kg.lang.lexicon import lexicon
from kg.resolve.clusters import Cluster
from kg.types import EntityType

__all__ = ["kind_of"]

_ENGLISH: Final = "en"
_SENSES: Final[Mapping[str, EntityType]] = {
    "noun.person": "person",
    "noun.location": "place",
    "noun.event": "event",
}
"""WordNet's lexicographer files that are a type of ours."""
_TITLES: Final = frozenset(("compound", "nmod:desc", "appos", "nmod", "flat"))
_NOUNS: Final = frozenset(("NOUN",))


def kind_of(cluster: Cluster, doc: Doc, language: str) -> EntityType:
    """A cluster's type: its own, else what its noun means, or the nouns said of its name.

    A noun for persons that is known to be a concept is a role that somebody has.
    """
    if cluster.type is not None and cluster.type != "concept":
        return cluster.type
    if cluster.named:
        said = (kind_of_noun(word.lemma_, language) for word in _said_of(cluster, doc))
        found = next((kind for kind in said if kind not in (None, "person", "group")), None)
        return found or "concept"
    kind = kind_of_noun(cluster.lemma, language) if cluster.lemma else None
    plural = cluster.number == "p"
    if kind is None and plural and _is_people(cluster, language):
        return "group"
    if kind == "person" and (plural or cluster.type == "concept"):
        return "group" if plural and cluster.type is None else "concept"
    return kind or "concept"


def _is_people(cluster: Cluster, language: str) -> bool:
    """*Arabs*, *gli italiani*: a people's name in the plural."""
    return any(gazetteer().demonym(text, language) is not None for text in cluster.labels)


def _said_of(cluster: Cluster, doc: Doc) -> Iterator[Token]:
    """Nouns before a name or in apposition to it, and what it is said to be."""
    for mention in cluster.mentions:
        if mention.form != "name" or mention.head < 0:
            continue
        name = doc[mention.head]
        yield from (
            c for c in name.children if c.pos_ in _NOUNS and c.dep_ in ("appos", "nmod:desc")
        )
        before = doc[mention.position - 1] if mention.position else None
        close = before is not None and before.pos_ in _NOUNS and before.sent == name.sent
        if before is not None and close and (before == name.head or before.head == name):
            yield before
        above = name.head
        if name.dep_ in _TITLES and above.pos_ in _NOUNS and above.i < name.i and above != before:
            yield from (above,) if name.dep_ == "appos" else ()
        if name.dep_ == "nsubj" and above.pos_ in _NOUNS:
            yield from (above for c in above.children if c.dep_ == "cop")


@cache
def kind_of_noun(lemma: str, language: str) -> EntityType | None:
    """The type of what a noun means in its main sense, None where it is none of ours."""
    words = lexicon()
    lemma = lemma.lower()
    english = words.english(lemma, "n", language) or ""
    listed = _listed().get(english)
    if listed:
        return listed
    if english in _plain():
        return None
    return _SENSES.get(words.supersense(lemma, "n", language))


@cache
def _listed() -> Mapping[str, EntityType]:
    nouns = table(_ENGLISH, "types")["nouns"]
    return {noun: cast("EntityType", kind) for kind, group in nouns.items() for noun in group}


@cache
def _plain() -> frozenset[str]:
    return frozenset(table(_ENGLISH, "types")["plain"]["nouns"])
