"""Names that a text says are one thing's: *Ann Berg, better known as Lena Hill*."""

from __future__ import annotations

from typing import Final

from kg.resolve.clusters import Cluster
from kg.resolve.linker import Linker
from kg.resolve.mentions import Mention
from kg.resolve.reading import Token
from kg.resolve.words import fold

__all__ = ["bearer", "may_be_called"]

_LONGEST: Final = 6
"""Words of a phrase for *known as*."""
_BETWEEN: Final = frozenset(("ADV", "PUNCT", "AUX"))
"""What may stand between a name and the phrase: *is also known as*, *, meglio noto come*."""
_OPENING: Final = frozenset("([")
_CLOSING: Final = frozenset(")]")
_NO_VERB: Final = frozenset(("cop", "aux:pass"))


def bearer(linker: Linker, mention: Mention) -> Mention | None:
    """The name before the phrase (such as *known as*) that a name follows, if one does.

    Between them may stand what is in brackets, adverbs and *be*.
    """
    begin = _phrase_begin(linker, mention)
    if begin is None:
        return None
    depth = 0
    for at in range(begin - 1, linker.doc[mention.position].sent.start - 1, -1):
        token = linker.doc[at]
        depth = max(0, depth + (token.text in _CLOSING) - (token.text in _OPENING))
        if depth:
            continue
        if (owner := linker.mentions.owner.get(at)) is not None:
            return linker.mentions.by_head[owner]
        if not _may_stand_between(token):
            return None
    return None


def _phrase_begin(linker: Linker, mention: Mention) -> int | None:
    """Where the phrase that leads to a name begins, if one does."""
    start = linker.doc[mention.position].sent.start
    end = mention.position
    while end > start and linker.doc[end - 1].is_punct and linker.doc[end - 1].text not in ",;:)":
        end -= 1  # the quotation mark
    if end == start:
        return None
    phrases = linker.words.aliases.get(fold(linker.doc[end - 1].text), frozenset[str]())
    begins = range(max(start, end - _LONGEST), end) if phrases else ()
    return next((at for at in begins if fold(linker.doc.text(at, end)) in phrases), None)


def _may_stand_between(token: Token) -> bool:
    return token.pos_ in _BETWEEN and (token.pos_ != "AUX" or token.dep_ in _NO_VERB)


def may_be_called(cluster: Cluster, mention: Mention) -> bool:
    """Whether a name may be another of a thing that has one: their types and genders agree."""
    same = cluster.type is None or mention.type in (None, cluster.type)
    return same and cluster.place is None and cluster.named and cluster.fits(mention)
