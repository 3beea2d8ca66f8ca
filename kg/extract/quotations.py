"""Quotations in a text, also those of several sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc

__all__ = ["Quotation", "quotations"]

Quotation = tuple[tuple[int, int], ...]
"""Token ranges between the marks, one a paragraph."""

_PAIRS: Final = {"“": "”", "«": "»", "„": "“", '"': '"', "``": "''"}


def quotations(doc: Doc) -> Iterator[Quotation]:
    """The quotations of a document in order, by double quotation marks.

    A quotation that its paragraph does not close goes on in the next one if that opens with a mark
    again, as typesetters do; else it ends with its paragraph. Quotations inside others belong to
    the outer one.
    """
    blocks = doc.user_data.get("blocks")
    ranges: list[tuple[int, int]] = []
    closing, begin = "", 0
    for token in doc:
        new_block = blocks is not None and token.i > 0 and blocks[token.i] != blocks[token.i - 1]
        if closing and new_block:
            if begin < token.i:
                ranges.append((begin, token.i))
            begin = len(doc)
        if closing and begin == len(doc):  # between paragraphs: it goes on or has ended
            if token.is_space or (blocks is not None and blocks[token.i] < 0):
                continue
            if token.text in _PAIRS and _PAIRS[token.text] == closing:
                begin = token.i + 1
                continue
            yield tuple(ranges)
            ranges, closing = [], ""
        if closing and token.text == closing:
            ranges.append((begin, token.i))
            yield tuple(ranges)
            ranges, closing = [], ""
        elif not closing and token.text in _PAIRS:
            closing, begin = _PAIRS[token.text], token.i + 1
    if closing:
        yield tuple(ranges if begin >= len(doc) else [*ranges, (begin, len(doc))])
