"""Who is meant by *both countries*, *i due leader*, *the two companies*."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final

from kg.resolve.clusters import Cluster
from kg.resolve.mentions import Mention, Mentions
from kg.resolve.reading import Reading
from kg.types import EntityType

__all__ = ["Countries", "group_members"]

Countries = Callable[[str], Cluster]
"""From a country's code (ISO 3166-1 alpha-2) to its cluster in the document."""

_ANY: Final[tuple[EntityType, ...]] = ("person", "country", "organization")


def group_members(
    doc: Reading,
    mentions: Mentions,
    of: Mapping[int, Cluster],
    countries: Countries,
    mention: Mention,
) -> tuple[Cluster, ...]:
    """The members of the group a mention speaks of, in order of mention; empty if not clear.

    Going back sentence by sentence: things of the type that are coordinated there (``Washington
    and Tokyo``), or else exactly as many as are asked for and no more.
    """
    if mention.group is None:
        return ()
    size, wanted = mention.group.size, mention.group.type
    by_sentence: dict[int, list[Mention]] = {}
    for other in mentions.ordered:
        if other.form == "name" and other.position < mention.position:
            by_sentence.setdefault(other.sentence, []).append(other)
    for sentence in sorted(by_sentence, reverse=True):
        for type_ in (wanted,) if wanted else _ANY:
            pairs = [
                (m, c) for m in by_sentence[sentence] if (c := _as_type(of, countries, m, type_))
            ]
            if members := _members(doc, pairs, size):
                return members
    return ()


def _members(doc: Reading, pairs: list[tuple[Mention, Cluster]], size: int) -> tuple[Cluster, ...]:
    """Coordinated ones, the last first; else all of the sentence if they are as many as asked."""
    for start in range(len(pairs) - size, -1, -1):
        run = pairs[start : start + size]
        joined = all(_coordinated(doc, a, b) for (a, _), (b, _) in pairwise(run))
        members = tuple(dict.fromkeys(c for _, c in run))
        if joined and len(members) == size:
            return members
    distinct = tuple(dict.fromkeys(c for _, c in pairs))
    return distinct if len(distinct) == size else ()


def _as_type(
    of: Mapping[int, Cluster], countries: Countries, mention: Mention, wanted: EntityType
) -> Cluster | None:
    """The cluster of a name; for a city or an office holder the country it stands for."""
    cluster = of.get(mention.head)
    if cluster is None or cluster.type == wanted:
        return cluster
    if wanted != "country":
        return None
    code = cluster.country or (cluster.place.code if cluster.place else "")
    return countries(code) if code else None


def _coordinated(doc: Reading, first: Mention, second: Mention) -> bool:
    """Whether nothing but a conjunction, a hyphen or titles stands between two names."""
    if first.name is None or second.name is None:
        return False
    begin = max(first.name.end, max((t.end for t in first.name.titles), default=0))
    between = doc[begin : max(begin, second.position)]
    joins = [t for t in between if t.pos_ == "CCONJ" or t.text in "-–—/"]
    return bool(joins) and all(
        t.pos_ in ("CCONJ", "DET", "ADP") or t.is_punct or t.text in "-–—/" for t in between
    )
