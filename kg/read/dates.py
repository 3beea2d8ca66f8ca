"""Written dates, and the day of publication that a headline's neighbour or a dateline gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Final

import dateparser

from kg.read.furniture import furniture, languages

__all__ = ["DATE", "dateline", "headline_date", "parse_date", "written_dates"]

# A day, a month and a year of four digits, in whichever order; dateparser knows the month names.
# Two-digit years are left alone: nothing in "10/11/12" says which number is which.
DATE: Final = re.compile(
    r"""
    (?<![\d/.-])
    (?: \d{4}[-/.]\d{1,2}[-/.]\d{1,2} (?:T\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?
      | \d{1,2}[-/.]\d{1,2}[-/.]\d{4}
      | \d{1,2}(?:st|nd|rd|th|°|º|\.)? [ -] (?:(?:of|de|di)[ ])? [^\W\d_]{3,12}\.? [,]? [ -] \d{4}
      | [^\W\d_]{3,12}\.? [ ] \d{1,2}(?:st|nd|rd|th)?,? [ ] \d{4}
    )
    (?!\d|[/-]\d|\.\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# dateparser is given no present day to reckon from: a date is complete, or it is none.
_SETTINGS: Final = {
    "PARSERS": ["absolute-time"],
    "REQUIRE_PARTS": ["day", "month", "year"],
    "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 - a day of the calendar, in no zone
    "RETURN_AS_TIMEZONE_AWARE": False,
}
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=$|[T ])")
_YEARS: Final = range(1600, 2200)

# "Tokyo, 28 ottobre 2025 – ", "WASHINGTON (Reuters), Oct. 28, 2025 /PRNewswire/ -- ": names and an
# agency before the date, parted from it by a mark or the name of the weekday; a dash after it.
_NAMES: Final = (
    r"\(?[A-ZÀ-Þ][\w.’'&-]*\)?(?:[ ](?:[a-z]{1,3}[ ]|[a-z]{1,5}[’'])?\(?[A-ZÀ-Þ][\w.’'&-]*\)?){0,4}"
)
_PLACES: Final = re.compile(rf"(?:(?:{_NAMES}\s?[,/–—-]\s?){{1,3}}|[A-ZÀ-Þ]{{3,}}\s|)\s*")
_AFTER: Final = re.compile(r"\s*(?:\([^)]{1,40}\)|/[^/]{1,40}/)?\s*(?:\.\s?[-–—]|[-–—]{1,2}|:)\s")
_WORD_BEFORE: Final = re.compile(r"(?P<word>[^\W\d_]+),?\s+$")
_CAPITAL: Final = re.compile(r"\s+[A-ZÀ-Þ]")
_DATELINE: Final = 90


def parse_date(text: str, language: str) -> str | None:
    """A written date as ISO 8601 (``2025-10-28``), in the order that is usual in a language.

    The words may be of any language that has a table: pages are often built from foreign parts.

    None where it is no complete date, or one of no newspaper (before 1600, after 2199). The present
    day plays no part: "3 hours ago" is None.

    >>> parse_date("28 ottobre 2025", "it"), parse_date("10/11/2025", "it")
    ('2025-10-28', '2025-11-10')
    >>> parse_date("10/11/2025", "en"), parse_date("28/10/2025", "en")
    ('2025-10-11', '2025-10-28')
    """
    iso = _ISO.match(text.strip())
    if iso:
        return _day(*map(int, iso.groups()))
    found = DATE.search(text)
    return _parsed(found.group(), language) if found else None


def written_dates(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """The complete dates written in a text: ``(begin, end, ISO date)``."""
    for match in DATE.finditer(text):
        day = _parsed(match.group(), language)
        if day:
            yield match.start(), match.end(), day


def dateline(text: str, language: str) -> str | None:
    """The date of a paragraph that opens with place and date.

    >>> dateline("Tokyo, 28 ottobre 2025 – Nel corso di un incontro", "it")
    '2025-10-28'
    >>> dateline("The agreement, finalized on October 28, 2025 - a Tuesday", "en") is None
    True
    """
    first = next(written_dates(text[:_DATELINE], language), None)
    if first is None:
        return None
    begin, end, day = first
    places = _WORD_BEFORE.sub(_without_weekday, text[:begin])
    if not places and begin and _CAPITAL.match(text, end):  # "Thursday, May 7, 2015 The minister"
        return day
    whole = places.count("(") == places.count(")") and _PLACES.fullmatch(places)
    return day if whole and _AFTER.match(text, end) else None


def headline_date(text: str, language: str) -> tuple[str, str] | None:
    """A headline without the date at its end, and the date: the weekday tells it from a mere
    mention.

    >>> headline_date("An interview with the owners Sunday, October 21, 2007", "en")
    ('An interview with the owners', '2007-10-21')
    """
    for begin, end, day in written_dates(text, language):
        before = _WORD_BEFORE.sub(_without_weekday, text[:begin])
        last_words = before.split()[-1:]
        known = furniture()
        governed = {word.casefold() for word in last_words} & (known.date_words | known.opening)
        if end == len(text) and len(before) < begin and last_words and not governed:
            return before.strip(" ,;|–—-"), day
    return None


def _without_weekday(word: re.Match[str]) -> str:
    return "" if word["word"].casefold() in furniture().weekdays else word.group()


@lru_cache(maxsize=4096)
def _parsed(text: str, language: str) -> str | None:
    iso = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T.*)?", text)
    if iso:
        return _day(*map(int, iso.groups()))
    for code in dict.fromkeys((language, *languages())):
        try:
            found = dateparser.parse(text.replace("º", "°"), languages=[code], settings=_SETTINGS)
        except ValueError:  # a language of which dateparser has no table
            continue
        if found:
            return _day(found.year, found.month, found.day)
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        known = datetime(year, month, day)  # noqa: DTZ001 - a day of the calendar, in no zone
    except ValueError:
        return None
    return known.date().isoformat() if year in _YEARS else None
