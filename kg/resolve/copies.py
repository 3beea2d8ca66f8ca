"""Articles that copy one another, such as agency copy: they are one source of what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from rensa import RMinHash

from kg.dataset import Dataset, Edge, Key, components
from kg.resolve.facts import DocumentFacts
from kg.types import Document

__all__ = ["Sketch", "copies", "sketches"]

_WORD: Final = re.compile(r"\w+")
_SIZE: Final = 5
"""Words in a shingle: long enough that quoting a sentence shares few of them."""
_PERMUTATIONS: Final = 126
_BAND: Final = 3
"""Values of one of 42 bands: two texts that share a third of their shingles meet in one with .79,
those that share half with .996 probability (1 - (1 - s³)⁴²)."""
_SEED: Final = 1
_RESEMBLANCE: Final = 0.5
_CONTAINMENT: Final = 0.75
"""Shingles that two texts share, of all that either has, or of the shorter's: copy with a few
changed words, and copy with paragraphs added or cut."""
_LEAST: Final = 20
"""Shingles below which sharing them shows nothing."""
_ALL_PAIRS: Final = 30
"""Documents in one band that are all compared with each other; of more, neighbours are."""


class Sketch(NamedTuple):
    """A band of a document's MinHash."""

    band: int
    """Its number, then its values, 32 bits each."""
    document: str


class _Pair(NamedTuple):
    """Two documents that may be copies, and the words of one of them once they are known."""

    first: str
    second: str
    own: str = ""
    """Of the two, the one whose words these are."""
    words: str = ""


def copies(documents: Dataset[DocumentFacts], sketches: Dataset[Sketch]) -> Dataset[Edge]:
    """For documents that copy one with a smaller id: the id, and the smallest of them.

    Candidates by MinHash with locality-sensitive hashing over shingles of words (Broder 1997, "On
    the resemblance and containment of documents"), so that not every pair is compared; then the
    shingles themselves decide. Boilerplate does not count.
    """
    met = sketches.group(_band, _document, _candidates)
    halves = met.group(_both, _both, _halves)
    found = documents.attach(halves, _id, _own, _with_words)
    return components(found.group(_both, _words, _compared))


def _id(facts: DocumentFacts) -> str:
    return facts.document.id


def _band(sketch: Sketch) -> Key:
    return sketch.band


def _document(sketch: Sketch) -> Key:
    return sketch.document


def _own(pair: _Pair) -> str:
    return pair.own


def _both(pair: _Pair) -> Key:
    return pair.first, pair.second


def _words(pair: _Pair) -> Key:
    return pair.words


def sketches(document: Document) -> Iterator[Sketch]:
    """The bands of a document's MinHash; none where it is too short to tell."""
    found = _shingles(_kept_words(document))
    if len(found) < _LEAST:
        return
    sketch = RMinHash(_PERMUTATIONS, _SEED)
    sketch.update(sorted(found))
    values = sketch.digest()
    for at in range(0, _PERMUTATIONS, _BAND):
        yield Sketch(reduce(_with_value, values[at : at + _BAND], at), document.id)


def _with_value(band: int, value: int) -> int:
    return band << 32 | value


def _candidates(_: Key, met: Iterator[Sketch]) -> Iterator[_Pair]:
    found = [sketch.document for sketch in met]
    near = combinations(found, 2) if len(found) <= _ALL_PAIRS else pairwise(found)
    for first, second in near:
        yield _Pair(first, second)


def _halves(_: Key, pairs: Iterator[_Pair]) -> Iterator[_Pair]:
    """Each pair once, for either of the two."""
    pair = next(pairs)
    yield pair._replace(own=pair.first)
    yield pair._replace(own=pair.second)


def _with_words(facts: DocumentFacts, pairs: list[_Pair]) -> Iterator[_Pair]:
    if pairs:
        words = _kept_words(facts.document)
        for pair in pairs:
            yield pair._replace(words=words)


def _compared(_: Key, pairs: Iterator[_Pair]) -> Iterator[Edge]:
    one, other = pairs
    if _copies(_shingles(one.words), _shingles(other.words)):
        yield one.first, one.second


def _kept_words(document: Document) -> str:
    """The words of a document, a space between them."""
    kept = [b for b in document.blocks if b.kind != "boilerplate"]
    parts = [document.text[b.begin : b.end] for b in kept] or [document.text]
    return " ".join(_WORD.findall(" ".join(parts).casefold()))


def _shingles(text: str) -> frozenset[str]:
    words = text.split(" ")
    return frozenset(" ".join(words[i : i + _SIZE]) for i in range(len(words) - _SIZE + 1))


def _copies(first: frozenset[str], second: frozenset[str]) -> bool:
    common = len(first & second)
    both = len(first) + len(second) - common
    shorter = min(len(first), len(second))
    return common >= _RESEMBLANCE * both or common >= _CONTAINMENT * shorter
