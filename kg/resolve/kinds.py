"""What a thing is that nothing but its noun tells: *the manuscript*, *Kermie, a toy*."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.lang.gazetteer import gazetteer
from kg.lang.noun_types import noun_type
from kg.resolve.clusters import Cluster
from kg.resolve.reading import Reading, Token
from kg.types import EntityType

__all__ = ["kind_of"]

_NOUN: Final = "NOUN"


def kind_of(cluster: Cluster, doc: Reading, language: str) -> EntityType:
    """A cluster's type: its own, else what its noun means, or the nouns said of its name.

    A noun for persons that is known to be a concept is a role that somebody has.
    """
    if cluster.type is not None and cluster.type != "concept":
        return cluster.type
    if cluster.named:
        said = (noun_type(word.lemma_.lower(), language) for word in _said_of(cluster, doc))
        found = next((kind for kind in said if kind not in (None, "person", "group")), None)
        return found or "concept"
    kind = noun_type(cluster.lemma, language) if cluster.lemma else None
    plural = cluster.number == "p"
    if kind is None and plural and _is_people(cluster, language):
        return "group"
    if kind == "person" and (plural or cluster.type == "concept"):
        return "group" if plural and cluster.type is None else "concept"
    return kind or "concept"


def _is_people(cluster: Cluster, language: str) -> bool:
    """*Arabs*, *gli italiani*: a people's name in the plural."""
    return any(gazetteer().demonym(text, language) is not None for text in cluster.labels)


def _said_of(cluster: Cluster, doc: Reading) -> Iterator[Token]:
    """Nouns before a name or in apposition to it, and what it is said to be."""
    for mention in cluster.mentions:
        if mention.form != "name" or mention.head < 0:
            continue
        name = doc[mention.head]
        yield from (
            c for c in name.children if c.pos_ == _NOUN and c.dep_ in ("appos", "nmod:desc")
        )
        before = doc[mention.position - 1] if mention.position else None
        close = before is not None and before.pos_ == _NOUN and before.sent == name.sent
        if before is not None and close and (before == name.head or before.head == name):
            yield before
        above = name.head
        if name.dep_ == "appos" and above.pos_ == _NOUN and above.i < name.i and above != before:
            yield above
        if name.dep_ == "nsubj" and above.pos_ == _NOUN:
            yield from (above for c in above.children if c.dep_ == "cop")
