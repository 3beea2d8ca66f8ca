"""What is said again in the same words: *iodine deficiency … iodine deficiency*, *the mine*."""

from __future__ import annotations

from typing import Final

from kg.lang.lexicon import lexicon
from kg.resolve.clusters import Cluster
from kg.resolve.linker import Linker
from kg.resolve.mentions import Mention

__all__ = ["Wording", "same_words", "wording_of"]

Wording = tuple[str, frozenset[str], str, str, str, int]
"""Lemma, modifiers, role, country, number and possessor's cluster: alike in what is said again."""

_PASSING: Final = frozenset(("noun.time",))
"""Supersenses whose nouns mean something else each time (*the day*, *two years*)."""
_NOUNS: Final = frozenset(("NOUN", "PROPN"))


def same_words(linker: Linker, mention: Mention) -> Cluster | None:
    """The cluster that was called by the very same words, unless these bring up something new.

    The string match of Raghunathan et al. (2010) on lemmas: *a mine … a mine* are two, *iodine …
    iodine* and *their child … their child* are one if *their* is.
    """
    wording = wording_of(linker, mention)
    if wording is None or mention.indefinite or mention.modifiers & linker.words.contrast:
        return None
    return linker.called(wording)


def wording_of(linker: Linker, mention: Mention) -> Wording | None:
    """What a description is recognised by when it comes again; None where it never is."""
    if mention.form != "nominal" or mention.group or not mention.lemma:
        return None
    if linker.doc[mention.head].pos_ not in _NOUNS or not any(map(str.isalpha, mention.lemma)):
        return None
    if lexicon().supersense(mention.lemma, "n", linker.words.language) in _PASSING:
        return None
    owner = linker.owner(mention)
    if mention.possessed and owner is None:
        return None
    number = "p" if mention.features.number == "p" else ""
    modifiers = mention.modifiers - linker.words.neutral
    return mention.lemma, modifiers, mention.role, mention.country, number, id(owner)
