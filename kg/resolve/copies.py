"""Articles that copy one another, such as agency copy: they are one source of what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from rensa import RMinHash, RMinHashLSH

from kg.types import Document

__all__ = ["independent_sources"]

_WORD: Final = re.compile(r"\w+")
_SIZE: Final = 5
"""Words in a shingle: long enough that quoting a sentence shares few of them."""
_PERMUTATIONS: Final = 126
_BANDS: Final = 42
"""Of 3 values each: two texts that share a third of their shingles meet in one with .79, those
that share half with .996 probability (1 - (1 - s³)⁴²)."""
_SEED: Final = 1
_RESEMBLANCE: Final = 0.5
_CONTAINMENT: Final = 0.75
"""Shingles that two texts share, of all that either has, or of the shorter's: copy with a few
changed words, and copy with paragraphs added or cut."""
_LEAST: Final = 20
"""Shingles below which sharing them shows nothing."""


def independent_sources(documents: Iterable[Document]) -> Mapping[str, str]:
    """For each document's id the id of the first of those that copy one another.

    Candidates by MinHash with locality-sensitive hashing over shingles of words (Broder 1997, "On
    the resemblance and containment of documents"), so that not every pair is compared; then the
    shingles themselves decide. Boilerplate does not count.
    """
    shingles = {d.id: _shingles(d) for d in sorted(documents, key=lambda d: d.id)}
    names = [name for name, found in shingles.items() if len(found) >= _LEAST]
    index = RMinHashLSH(_RESEMBLANCE, _PERMUTATIONS, _BANDS)
    first = {name: name for name in shingles}
    for number, name in enumerate(names):
        sketch = RMinHash(_PERMUTATIONS, _SEED)
        sketch.update(sorted(shingles[name]))
        for other in sorted(index.query(sketch)):
            root = _root(first, names[other])
            if root != _root(first, name) and _copies(shingles[name], shingles[names[other]]):
                one, two = sorted((root, _root(first, name)))
                first[two] = one
        index.insert(number, sketch)
    return {name: _root(first, name) for name in shingles}


def _shingles(document: Document) -> frozenset[str]:
    kept = [b for b in document.blocks if b.kind != "boilerplate"]
    parts = [document.text[b.begin : b.end] for b in kept] or [document.text]
    words = _WORD.findall(" ".join(parts).casefold())
    return frozenset(" ".join(words[i : i + _SIZE]) for i in range(len(words) - _SIZE + 1))


def _copies(first: frozenset[str], second: frozenset[str]) -> bool:
    common = len(first & second)
    both = len(first) + len(second) - common
    shorter = min(len(first), len(second))
    return common >= _RESEMBLANCE * both or common >= _CONTAINMENT * shorter


def _root(first: Mapping[str, str], name: str) -> str:
    while first[name] != name:
        name = first[name]
    return name
