"""The article of an HTML page, through trafilatura, with the structure that its markup tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

from kg.errors import ReadError
from kg.read.decode import decode, one_line
from kg.read.draft import Chunk, Draft, Hint
from kg.read.furniture import furniture
from kg.read.line import fold
from kg.read.text import whole

__all__ = ["read_html"]

_CHARSET: Final = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE
)
# The days that htmldate believes in must not depend on today; what it would find by searching the
# body's sentences is no date of publication.
_DATES: Final = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
# trafilatura's elements that stand on lines of their own, and what they say of their text.
_HINTS: Final[dict[str, Hint]] = {
    "head": "heading", "p": "", "item": "list_item", "quote": "quote", "cell": "", "row": "",
    "list": "", "table": "", "lb": "", "code": "", "ab": "", "div": "", "body": "",
}  # fmt: skip
_FEWEST_WORDS: Final = 5
_INHERITED: Final = ("quote", "list_item")


class _Element(Protocol):
    """What is used of an lxml element."""

    tag: object
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator[_Element]: ...

    def itertext(self) -> Iterator[str]: ...


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    hint: Hint
    depth: int


def read_html(source: str, stream: BinaryIO, max_bytes: int) -> Iterator[Draft]:
    """The one article of a page: its text without navigation, banners and footers.

    Raises:
        ReadError: there is none, or the file is too large.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Page

    data = whole(stream, max_bytes)
    declared = _CHARSET.search(data[:4096])
    page = decode(data, source, declared=declared[1].decode("ascii") if declared else None)
    # Recall, since what is no part of the article is marked later on, and a lost list is lost.
    found = bare_extraction(
        page,
        include_comments=False,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params=_DATES,
    )
    if not isinstance(found, Page):
        raise ReadError("no article in the HTML page")
    pieces = [piece for piece in _pieces(found.body, "", 0) if piece.text]
    if not any(_is_prose(piece) for piece in pieces):
        raise ReadError("no article in the HTML page")
    title = _said(found.title)
    text, chunks = _laid_out(pieces, title)
    yield Draft(
        source,
        text,
        chunks,
        title,
        date=_said(found.date),
        publisher=_said(found.sitename),
        author=_said(found.author),
        url=_said(found.url),
    )


def _is_prose(piece: _Piece) -> bool:
    """Whether a line may be an article's: a page of menus and notices gives lines too."""
    enough = len(piece.text.split()) >= _FEWEST_WORDS
    return enough and piece.hint != "heading" and not furniture().is_boilerplate(piece.text)


def _said(value: object) -> str | None:
    return one_line(value) or None if isinstance(value, str) else None


def _pieces(element: _Element, hint: Hint, depth: int) -> Iterator[_Piece]:
    """The lines of an element, in order; ``depth`` counts the lists around it."""
    here: Hint = _HINTS.get(str(element.tag), "") or (hint if hint in _INHERITED else "")
    inner = depth + (element.tag == "list")
    words = element.text or ""
    for child in element:
        if child.tag in _HINTS:
            yield _Piece(one_line(words), here, inner)
            words = ""
            yield from _pieces(child, here, inner)
        elif isinstance(child.tag, str):
            words += "".join(child.itertext())
        words += child.tail or ""
    yield _Piece(one_line(words), here, inner)


def _laid_out(pieces: list[_Piece], title: str | None) -> tuple[str, tuple[Chunk, ...]]:
    """The text, a line a piece, under its title."""
    if title and fold(pieces[0].text) == fold(title):
        pieces = [_Piece(pieces[0].text, "title", 0), *pieces[1:]]
    elif title:
        pieces = [_Piece(title, "title", 0), *pieces]
    chunks: list[Chunk] = []
    at = 0
    for piece in pieces:
        chunks.append(Chunk(at, at + len(piece.text), indent=piece.depth, hint=piece.hint))
        at += len(piece.text) + 1
    return "\n".join(piece.text for piece in pieces), tuple(chunks)
