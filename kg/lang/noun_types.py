"""The type of thing that a common noun names: *village* is a place, *lettera* a work."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, cast, get_args

from kg.lang import table
from kg.lang.lexicon import lexicon
from kg.types import EntityType

__all__ = ["noun_type"]

_SHARE: Final = 0.6
"""The share of a noun's use that its senses of one type must have for the noun to tell the type."""
_UNTYPED: Final = "none"
_ENGLISH: Final = "en"


@cache
def noun_type(lemma: str, language: str) -> EntityType | None:
    """The type of what a noun mostly names, None where its senses do not say (*point*, *help*).

    ``lemma`` is in lower case, ``language`` a code of ISO 639-1. The senses are WordNet's, as often
    as SemCor has them; a noun of another language has those of its wordnets.
    """
    english = lexicon().english(lemma, "n", language)
    for name, code in ((lemma, language), (english, _ENGLISH)):
        if name in _listed(code):
            return _listed(code)[name]
        if name in _plain(code):
            return None
    shares: dict[str, float] = defaultdict(float)
    for synset, weight in lexicon().noun_senses(lemma, language):
        shares[_types().get(synset, _UNTYPED)] += weight
    if not shares:
        return None
    best = max(sorted(shares), key=lambda name: shares[name])
    return _known(best) if shares[best] >= _SHARE * sum(shares.values()) else None


def _known(name: str) -> EntityType | None:
    return cast("EntityType", name) if name in get_args(EntityType) else None


@cache
def _listed(language: str) -> Mapping[str | None, EntityType]:
    rows = table(language, "types").get("nouns", {})
    return {noun: cast("EntityType", name) for name, nouns in rows.items() for noun in nouns}


@cache
def _plain(language: str) -> frozenset[str | None]:
    return frozenset(table(language, "types").get("plain", {}).get("nouns", ()))


@cache
def _types() -> Mapping[str, str]:
    """The type of each of WordNet's synsets that has one (``kg train lexicon`` writes them)."""
    path = files(__package__) / "data" / "wordnet" / "types.tsv.gz"
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    return dict(cast("tuple[str, str]", tuple(line.split("\t"))) for line in lines)
