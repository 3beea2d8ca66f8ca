"""What a format's reader gives: an article's text with what the format itself says about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Chunk", "Draft", "Hint", "ReadFailure"]

Hint = Literal["", "title", "heading", "paragraph", "list_item", "quote"]


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """An input that gives no document: ``source`` as given, ``reason`` one line for people."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of text that stands by itself: a line, a hard-wrapped paragraph, an HTML element.

    ``begin`` and ``end`` are offsets in the text, without white space at the borders and without
    the bullet of a list item, which is ``marker``. ``indent`` counts the blanks before the chunk on
    its line. ``hint`` is the kind where the format tells it; "" leaves it to the text's structure.
    """

    begin: int
    end: int
    marker: str = ""
    indent: int = 0
    hint: Hint = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before its blocks are told apart. ``chunks`` is None where only text is known.

    ``date`` is what the format gives as the day of publication, as it is written there.
    """

    source: str
    text: str
    chunks: tuple[Chunk, ...] | None = None
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
