"""JSON Lines: one article a line, ``{"text": …, "title": …, "date": …, "url": …}``."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from kg.errors import ReadError
from kg.read.decode import clean, decode, one_line
from kg.read.draft import Draft, ReadFailure

__all__ = ["read_article", "read_jsonl"]

_log = logging.getLogger(__name__)
_BLANKS: Final = b"\xef\xbb\xbf \t\r\n"


def read_jsonl(source: str, stream: BinaryIO, max_bytes: int) -> Iterator[Draft | ReadFailure]:
    """The articles of a file, each with the source ``path#line``, the first line being 1.

    ``text`` is needed; ``title``, ``date``, ``url``, ``author``, ``publisher`` and ``language`` are
    taken where they are strings. A line that is no article is a failure, and the next one is read.
    ``max_bytes`` is the longest line.

    Raises:
        ReadError: no line holds anything.
    """
    empty = True
    for number, line in enumerate(_lines(stream, max_bytes), 1):
        article = read_article(source, number, line, max_bytes)
        if article is not None:
            empty = False
            yield article
    if empty:
        raise ReadError("empty file")


def read_article(
    source: str, number: int, line: bytes | None, max_bytes: int
) -> Draft | ReadFailure | None:
    """The article of a line of a file, or why it is none; None where the line is blank.

    ``line`` is None where it is longer than ``max_bytes``.
    """
    place = f"{source}#{number}"
    try:
        if line is None:
            raise ReadError(f"line {number} is longer than {max_bytes / 1_000_000:g} MB")
        return _article(place, number, line) if line.strip(_BLANKS) else None
    except ReadError as error:
        return ReadFailure(place, str(error))


def _lines(stream: BinaryIO, max_bytes: int) -> Iterator[bytes | None]:
    """The lines of a stream, None for one that is too long."""
    while line := stream.readline(max_bytes + 1):
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(max_bytes)
        yield None


def _article(place: str, number: int, line: bytes) -> Draft:
    try:
        record = json.loads(decode(line, place).strip())
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", None) or "its numbers or brackets run too deep"
        raise ReadError(f"line {number} is no JSON: {reason}") from None
    except ReadError as error:
        raise ReadError(f"line {number}: {error}") from None
    if not isinstance(record, dict):
        raise ReadError(f'line {number} is no JSON object such as {{"text": …}}')
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ReadError(f'line {number} has no "text"')
    return Draft(
        place, clean(text), title=_said(record, "title"), date=_said(record, "date"),
        publisher=_said(record, "publisher"), author=_said(record, "author"),
        url=_said(record, "url"), language=_said(record, "language"),
    )  # fmt: skip


def _said(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        _log.debug("%r is no string and is left out: %r", key, value)
        return None
    return one_line(value) or None if value else None
