"""The chunks of a plain text: one a line, or one a paragraph where lines were wrapped by width."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.read.draft import Chunk

__all__ = ["FINAL", "chunks_of", "is_finished", "join_lines", "unwrapped"]

FINAL: Final = ".!?…;:,–—-‐"
"""What ends a sentence or leaves it hanging; a headline ends in none of these but "?" and "!"."""
_CLOSING: Final = "\"'”’»)]›"
_NOTES: Final = re.compile(r"(?:\s*\[\d+\])+\s*$")
"""An encyclopaedia's reference marks."""
_ENDING: Final = 100
_STOPS: Final = (".", "!", "?", "…", ":", ";")

_LINE: Final = re.compile(r"[^\n]+")
# A bullet needs a blank after it, so that "-- think again." and "*sigh*" are none; nor is "2013".
_BULLETS: Final = "•◦▪▫‣·●○■□◆◇►▶▸➤➢→✓✔✅★*"
_MARKER: Final = re.compile(
    rf"(?P<marker>[{_BULLETS}–—-]|\(?\d{{1,2}}[.)]|\(?[a-z]\))[ \u00a0]+(?=\S)"
)
_BLANKS: Final = re.compile(r"\s*")
_NARROWEST: Final = 35
_WIDEST: Final = 132
_FULL: Final = 0.6
_LOOSE: Final = 0.85
# A paragraph longer than this is cut at a blank: parsers have limits, and no reporter writes so.
_LONGEST: Final = 50_000


def unwrapped(text: str, chunks: Sequence[Chunk]) -> str:
    """The text with a blank for each line end within a chunk: offsets stay, sentences are whole."""
    parts: list[str] = []
    at = 0
    for chunk in chunks:
        parts += (text[at : chunk.begin], text[chunk.begin : chunk.end].replace("\n", " "))
        at = chunk.end
    return "".join([*parts, text[at:]])


def chunks_of(text: str) -> tuple[Chunk, ...]:
    """The chunks of a text, in order, covering all of it but white space and bullets."""
    lines = [chunk for match in _LINE.finditer(text) for chunk in _line(match)]
    width = _wrapped_at(text, lines)
    if width is not None:
        lines = list(_joined(text, lines, width))
    return tuple(piece for chunk in lines for piece in _cut(text, chunk))


def join_lines(lines: Sequence[str]) -> list[str]:
    """Paragraphs from lines known to be wrapped (a PDF's), words cut at line ends made whole.

    Paragraphs end at empty lines, and at lines that had room for the next line's first word.
    """
    text = "\n".join(lines)
    chunks = [chunk for match in _LINE.finditer(text) for chunk in _line(match)]
    width = _usual_width(chunks) or 0
    return [
        (chunk.marker + " " if chunk.marker else "") + _unhyphenated(text[chunk.begin : chunk.end])
        for chunk in _joined(text, chunks, width)
    ]


def is_finished(text: str) -> bool:
    """Whether a line ends like a sentence (or a part of one), not like a headline.

    >>> is_finished("He said: “It is over.”"), is_finished("A new “golden age”")
    (True, False)
    """
    return _NOTES.sub("", text[-_ENDING:]).rstrip(_CLOSING + " ").endswith(tuple(FINAL))


def _line(match: re.Match[str]) -> Iterator[Chunk]:
    line = match.group()
    body = line.lstrip()
    if not body:
        return
    indent = len(line) - len(body)
    begin, end = match.start() + indent, match.start() + len(line.rstrip())
    bullet = _MARKER.match(body.rstrip())
    if bullet:
        yield Chunk(begin + bullet.end(), end, marker=bullet["marker"], indent=indent)
    else:
        yield Chunk(begin, end, indent=indent)


def _adjacent(text: str, first: Chunk, second: Chunk) -> bool:
    """Whether the second is the very next line and begins no list item.

    A dash or number may open a line by chance, in the midst of a sentence.
    """
    by_chance = not (first.marker or second.marker in _BULLETS or _stops(text, first))
    return (not second.marker or by_chance) and text.count("\n", first.end, second.begin) == 1


def _stops(text: str, line: Chunk) -> bool:
    return text[line.begin : line.end].rstrip(_CLOSING).endswith(_STOPS)


def _room(text: str, first: Chunk, second: Chunk) -> int:
    """The length that the first line would have with the second line's first word."""
    words = text[second.begin : second.end].split(None, 1)
    return _length(first) + 1 + len(words[0])


def _length(line: Chunk) -> int:
    bullet = len(line.marker) + 1 if line.marker else 0
    return line.indent + bullet + line.end - line.begin


def _usual_width(lines: Sequence[Chunk]) -> int | None:
    """The width that all but the longest tenth of the lines keep to."""
    lengths = sorted(_length(line) for line in lines)
    return lengths[(len(lengths) * 9) // 10] if lengths else None


def _wrapped_at(text: str, lines: Sequence[Chunk]) -> int | None:
    """The width at which the lines of the document were wrapped, None where they were not.

    In wrapped text a line breaks in mid-sentence, and where the next word found no room.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if _adjacent(text, a, b)]
    width = _usual_width([first for first, _ in pairs])
    if (
        width is None
        or not _NARROWEST <= width <= _WIDEST
        or max(map(_length, lines)) > 2 * _WIDEST
    ):
        return None
    full = sum(_room(text, a, b) > width * _LOOSE for a, b in pairs)
    hanging = sum(not _stops(text, a) for a, _ in pairs)
    running = sum(_runs_on(text, a, b) for a, b in pairs)
    enough = _FULL * len(pairs)
    return width if full >= enough and hanging >= enough and running > 0 else None


def _runs_on(text: str, first: Chunk, second: Chunk) -> bool:
    """Whether a sentence goes on over the line end: nothing closes it and no capital opens one."""
    return not _stops(text, first) and text[second.begin].islower()


def _joined(text: str, lines: Sequence[Chunk], width: int) -> Iterator[Chunk]:
    """Chunks from wrapped lines: a line with room for the next one's first word ends its chunk."""
    current: Chunk | None = None
    last: Chunk | None = None
    for line in lines:
        if current is None or last is None:
            current = line
        elif _adjacent(text, last, line) and (
            _room(text, last, line) > width * _LOOSE or _runs_on(text, last, line)
        ):
            current = Chunk(current.begin, line.end, current.marker, current.indent)
        else:
            yield current
            current = line
        last = line
    if current is not None:
        yield current


def _unhyphenated(text: str) -> str:
    """A paragraph's lines as one; "inter-" and "nazionale" become one word."""
    return re.sub(r"(?<=[^\W\d_])[-\u2010]\n\s*(?=[a-zà-ÿ])", "", text).replace("\n", " ")


def _cut(text: str, chunk: Chunk) -> Iterator[Chunk]:
    begin = chunk.begin
    while chunk.end - begin > _LONGEST:
        at = text.rfind(" ", begin + _LONGEST // 2, begin + _LONGEST)
        at = at if at > 0 else begin + _LONGEST
        piece = text[begin:at].rstrip()
        yield Chunk(begin, begin + len(piece), chunk.marker, chunk.indent, chunk.hint)
        begin = _BLANKS.match(text, at, chunk.end).end()  # type: ignore[union-attr]
    yield Chunk(begin, chunk.end, chunk.marker, chunk.indent, chunk.hint)
