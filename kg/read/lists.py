"""List items and the lines that introduce them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from kg.read.draft import Chunk
from kg.read.furniture import furniture
from kg.read.line import Line

__all__ = ["parents", "real_items"]

# Marks that also open a line of dialogue, a date or a numbered heading.
_DOUBTFUL: Final = re.compile(r"[–—-]|\(?\w{1,2}[.)]")
_NUMBER: Final = re.compile(r"\d+")


def real_items(text: str, chunks: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """The chunks, where a mark that makes no list is part of its line again.

    A dash or number makes a list where another follows, or where a line ending in a colon stands
    before it; numbers must count. An advertisement between them does not matter.
    """
    if not any(_DOUBTFUL.fullmatch(chunk.marker) for chunk in chunks):
        return tuple(chunks)
    known = furniture()
    shown = [c for c in chunks if c.marker or not known.is_boilerplate(text[c.begin : c.end])]
    beside = {
        chunk: (before, after)
        for before, chunk, after in zip([None, *shown], shown, [*shown[1:], None], strict=False)
    }
    return tuple(
        _unmarked(text, chunk)
        if _DOUBTFUL.fullmatch(chunk.marker) and not _is_item(text, chunk, *beside[chunk])
        else chunk
        for chunk in chunks
    )


def _is_item(text: str, chunk: Chunk, before: Chunk | None, after: Chunk | None) -> bool:
    if before and not before.marker and text[before.begin : before.end].endswith(":"):
        return True
    return bool((before and _follows(before, chunk)) or (after and _follows(chunk, after)))


def _follows(first: Chunk, second: Chunk) -> bool:
    """Whether the second is the next item of the first one's list."""
    numbers = [_NUMBER.search(chunk.marker) for chunk in (first, second)]
    if numbers[0] and numbers[1]:
        return int(numbers[1].group()) == int(numbers[0].group()) + 1
    if first.marker.strip("()").rstrip(".)").isalpha() and second.marker:
        return ord(second.marker.strip("().")[0]) == ord(first.marker.strip("().")[0]) + 1
    return first.marker == second.marker


def _unmarked(text: str, chunk: Chunk) -> Chunk:
    return replace(chunk, begin=text.rindex(chunk.marker, 0, chunk.begin), marker="")


def parents(lines: Sequence[Line], items: Sequence[bool]) -> dict[int, int]:
    """The introducing line of each item that has one; blank lines between do not matter.

    It ends in a colon, or in a word that leaves it open ("The deal will"). An item that ends so
    introduces the items below it that are indented more or marked otherwise.
    """
    found: dict[int, int] = {}
    for is_list, group in groupby(range(len(lines)), key=items.__getitem__):
        if is_list:
            run = list(group)
            intro = run[0] - 1 if run[0] and _opens(lines[run[0] - 1].text) else None
            found.update(_nested(lines, run, intro))
    return found


def _nested(
    lines: Sequence[Line], run: Sequence[int], intro: int | None
) -> Iterator[tuple[int, int]]:
    outer: tuple[int, str] | None = None
    parent = intro
    for i in run:
        shape = (lines[i].chunk.indent, lines[i].chunk.marker)
        before = lines[i - 1]
        if i != run[0] and outer is None and _opens(before.text) and _deeper(before.chunk, shape):
            outer, parent = (before.chunk.indent, before.chunk.marker), i - 1
        elif outer is not None and not _deeper(Chunk(0, 0, outer[1], outer[0]), shape):
            outer, parent = None, intro
        if parent is not None:
            yield i, parent


def _deeper(outer: Chunk, shape: tuple[int, str]) -> bool:
    indent, marker = shape
    if indent != outer.indent:
        return indent > outer.indent
    return bool(_NUMBER.search(marker)) != bool(_NUMBER.search(outer.marker)) or (
        marker != outer.marker and not _NUMBER.search(marker)
    )


def _opens(text: str) -> bool:
    if text.endswith(":"):
        return True
    return text.rsplit(maxsplit=1)[-1].casefold() in furniture().opening
