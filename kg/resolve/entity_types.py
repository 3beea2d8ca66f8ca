"""The type an entity is given out with: where its cluster only knows a concept, its noun's."""

from __future__ import annotations

from collections import Counter
from typing import Final

from kg.lang.noun_types import noun_type
from kg.resolve.clusters import Cluster
from kg.resolve.linker import Linker
from kg.resolve.mentions import Mention
from kg.resolve.words import fold
from kg.types import EntityType

__all__ = ["type_of"]

_NOUNS: Final = frozenset(("NOUN", "PROPN"))


def type_of(cluster: Cluster, linker: Linker) -> EntityType:
    """The type of a cluster, made more exact by nouns after linking is done.

    A name without a type has that of what it is said to be (*X, a village*), of a noun in it
    (*piazza Navona*) or of a description that picked it up; a description has its noun's. Keys and
    linking do not see it: who is what is decided there by closer evidence.
    """
    if cluster.type and cluster.type != "concept":
        return cluster.type
    if cluster.members:
        return "group"
    found = _said(cluster, linker) if cluster.named else _described(cluster, linker)
    return found or "concept"


def _said(cluster: Cluster, linker: Linker) -> EntityType | None:
    described = [h for h, c in linker.described.items() if c is cluster]
    votes = Counter(
        found
        for head in sorted(described)
        if (mention := linker.mentions.by_head.get(head))
        and (found := _of_mention(mention, linker))
    )
    if votes:
        return min(votes, key=lambda name: (-votes[name], name))
    descriptions = (m for m in cluster.mentions if m.form == "nominal")
    found = next((t for m in descriptions if (t := _of_mention(m, linker))), None)
    return found or next((t for m in cluster.mentions if (t := _in_name(m, linker))), None)


def _in_name(mention: Mention, linker: Linker) -> EntityType | None:
    """By a common noun that opens or, in English, ends a name: *piazza*, *museo*; *Bridge*."""
    words = fold(mention.text).split()
    if mention.form != "name" or len(words) < 2:
        return None
    language = linker.words.language
    found = noun_type(words[-1] if language == "en" else words[0], language)
    return None if found == "person" else found  # "Gentile", "Baker"


def _described(cluster: Cluster, linker: Linker) -> EntityType | None:
    """By the nouns of descriptions, the first that tells; a predicate's person is a quality."""
    for mention in cluster.mentions:
        found = _of_mention(mention, linker)
        if found == "person" and mention.head in linker.predicative:
            return None
        if found:
            return found
    return None


def _of_mention(mention: Mention, linker: Linker) -> EntityType | None:
    if mention.form != "nominal" or mention.head < 0:
        return None
    token = linker.doc[mention.head]
    if token.pos_ not in _NOUNS:
        return None
    if mention.kind:
        return mention.kind.type
    found = noun_type(fold(token.lemma_), linker.words.language) or noun_type(
        token.lemma_.lower(), linker.words.language
    )
    return "group" if found == "person" and mention.features.number == "p" else found
