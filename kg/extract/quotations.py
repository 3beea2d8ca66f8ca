"""Quotations in a text, also those of several sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.attrs import ORTH
from spacy.tokens import Doc

from kg.types import Attribution, Extraction

__all__ = ["Quotation", "quotations", "with_speakers"]

Quotation = tuple[tuple[int, int], ...]
"""Token ranges between the marks, one a paragraph."""

_PAIRS: Final = {"“": "”", "«": "»", "„": "“", '"': '"', "``": "''"}


def quotations(doc: Doc) -> Iterator[Quotation]:
    """The quotations of a document in order, by double quotation marks.

    A quotation that its paragraph does not close goes on in the next one if that opens with a mark
    again, as typesetters do; else it ends with its paragraph. Quotations inside others belong to
    the outer one. A mark that ends its paragraph opens nothing.
    """
    marks = _marks(doc)
    return (ranges for ranges in _marked(doc, marks) if ranges) if any(marks) else iter(())


def _marked(doc: Doc, words: Sequence[str]) -> Iterator[Quotation]:
    """What stands between marks, as `quotations` reads them; empty after a mark left alone."""
    blocks = doc.user_data.get("blocks")
    ranges: list[tuple[int, int]] = []
    closing, begin = "", 0
    for i, word in enumerate(words):
        new_block = blocks is not None and i > 0 and blocks[i] != blocks[i - 1]
        if closing and new_block:
            if begin < i:
                ranges.append((begin, i))
            begin = len(doc)
        if closing and begin == len(doc):  # between paragraphs: it goes on or has ended
            if doc[i].is_space or (blocks is not None and blocks[i] < 0):
                continue
            if _PAIRS.get(word) == closing:
                begin = i + 1
                continue
            yield tuple(ranges)
            ranges, closing = [], ""
        if closing and word == closing:
            ranges.append((begin, i))
            yield tuple(ranges)
            ranges, closing = [], ""
        elif not closing and word in _PAIRS:
            closing, begin = _PAIRS[word], i + 1
    if closing:
        yield tuple(ranges if begin >= len(doc) else [*ranges, (begin, len(doc))])


def _marks(doc: Doc) -> list[str]:
    """Each token that is a quotation mark, and nothing for the others."""
    strings = doc.vocab.strings
    marks = {strings[mark]: mark for mark in (*_PAIRS, *_PAIRS.values())}
    return [marks.get(int(key), "") for key in doc.to_array([ORTH]).ravel().tolist()]


def with_speakers(doc: Doc, facts: Sequence[Extraction]) -> list[Extraction]:
    """Facts in the same order, those inside a quotation with its speaker.

    *“We will build. The plants open in May,” she said*: whoever says one sentence says all. A
    quotation without a speaker that begins the sentence after one with a speaker goes on with it:
    *“We will build,” she said. “The plants open in May.”*
    """
    found = list(quotations(doc))
    of = {t: n for n, ranges in enumerate(found) for r in ranges for t in range(*r)}
    speakers: dict[int, Attribution] = {}
    for fact in facts:
        said, number = fact.attribution, _quotation(fact, of)
        if said and said.speaker and number is not None and of.get(said.verb) != number:
            speakers.setdefault(number, said)
    for number, ranges in enumerate(found):
        before = speakers.get(number - 1)
        if number not in speakers and before is not None and _goes_on(doc, found, number, ranges):
            speakers[number] = before
    return [
        _spoken(fact, speakers.get(n) if n is not None else None)
        for fact, n in ((fact, _quotation(fact, of)) for fact in facts)
    ]


def _spoken(fact: Extraction, speaker: Attribution | None) -> Extraction:
    said = fact.attribution or speaker
    return fact if said is fact.attribution else replace(fact, attribution=said)


def _quotation(fact: Extraction, of: dict[int, int]) -> int | None:
    """The number of the quotation that a fact's predicate stands in."""
    tokens = fact.relation.tokens or fact.subject.tokens
    return of.get(min(tokens)) if tokens else None


def _goes_on(doc: Doc, found: Sequence[Quotation], number: int, ranges: Quotation) -> bool:
    """Whether a quotation opens the sentence after the one that the last quotation ended in."""
    opens, closed = ranges[0][0] - 1, found[number - 1][-1][1]
    if opens != doc[opens].sent.start or closed >= len(doc):
        return False
    between = doc[doc[closed].sent.end : opens]
    return all(token.is_space for token in between) and not any("\n\n" in t.text for t in between)
