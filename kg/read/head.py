"""What stands over and under an article: its day of publication, its author."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from kg.read.dates import dateline, written_dates
from kg.read.furniture import furniture
from kg.read.line import Line

__all__ = ["Imprint", "imprint"]

# A standfirst, often a sentence, stands between a title and its byline.
_NEAR: Final = 3
_FARTHEST: Final = 10
_DATELINES: Final = 3
_LONGEST: Final = 25
_TIME: Final = re.compile(
    r"\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\b|\b\d{1,2} ?(?=[ap]\.?m\b)", re.IGNORECASE
)
_SEPARATOR: Final = re.compile(r"[|•·/–—;()\[\]]|(?<=\s)-|-(?=\s)|\n")
_WORD: Final = re.compile(r"[^\W\d_][\w.]*")


@dataclass(frozen=True, slots=True)
class Imprint:
    """``published`` is an ISO date; ``lines`` are those that hold nothing but date and byline."""

    published: str | None
    author: str | None
    lines: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Stamp:
    date: str | None
    author: str | None
    updated: bool = False


def imprint(lines: Sequence[Line], ignored: AbstractSet[int], language: str) -> Imprint:
    """Date and author from the lines above the body, the datelines of its first paragraphs, or
    the lines below it, in this order. ``ignored`` lines are looked at by nobody.

    A date in the body is none: "finalized on October 28, 2025".
    """
    prose = [i for i, line in enumerate(lines) if line.is_prose and i not in ignored]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), len(lines))
    head = range(min(first + _NEAR, _FARTHEST, len(lines)))
    foot = range(max(last + 1, head.stop), len(lines))
    stamps = {
        i: stamp
        for i in (*head, *foot)
        if i not in ignored
        and not lines[i].is_item
        and (stamp := _stamp(lines[i].text, language, bare=i == 0))
    }
    return Imprint(
        _published([stamps[i] for i in head if i in stamps])
        or next(filter(None, (dateline(lines[i].text, language) for i in prose[:_DATELINES])), None)
        or _published([stamps[i] for i in foot if i in stamps]),
        next((stamp.author for stamp in stamps.values() if stamp.author), None),
        frozenset(stamps),
    )


def _published(stamps: Sequence[_Stamp]) -> str | None:
    """The first date that does not call itself an update, else the first."""
    dated = sorted((stamp for stamp in stamps if stamp.date), key=lambda stamp: stamp.updated)
    return dated[0].date if dated else None


def _stamp(text: str, language: str, *, bare: bool) -> _Stamp | None:
    """A line that holds a date or a byline and nothing else, e.g. "By Jane Doe | 28 Oct 2025".

    ``bare`` asks for no name beside the date unless "by" says what it is: a first line may be a
    title.
    """
    if len(text.split()) > _LONGEST or len(text) > 10 * _LONGEST:
        return None
    known = furniture()
    author = known.author(text)
    if author is not None and not bare:
        return _Stamp(None, author or None)
    dates = list(written_dates(text, language))
    if not dates and not known.relative.search(text):
        return None
    rest = text
    for begin, end, _ in reversed(dates):
        rest = rest[:begin] + "|" + rest[end:]
    rest = _TIME.sub(" ", known.relative.sub("|", rest))
    parts = [part.strip(" ,:.") for part in _SEPARATOR.split(rest)]
    named = [known.author(part) for part in parts]
    if not all(
        name is not None or _says_when(part) or (not bare and known.is_name(part))
        for part, name in zip(parts, named, strict=True)
    ):
        return None
    said = {word.casefold() for word in _WORD.findall(text)}
    updated = bool(said & known.updated) and not said & known.published
    return _Stamp(dates[0][2] if dates else None, next(filter(None, named), None), updated)


def _says_when(part: str) -> bool:
    known = furniture()
    words = {word.casefold().rstrip(".") for word in _WORD.findall(part)}
    return words <= known.weekdays | known.published | known.updated | known.date_words
