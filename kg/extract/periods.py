"""Stretches of time: weeks, quarters, seasons, decades and centuries, by their first and last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from kg.extract.numerals import alternatives
from kg.types import Value

__all__ = [
    "Dated",
    "Moment",
    "Periods",
    "day_of",
    "months_from",
    "nearby",
    "span_of",
    "stretch",
    "year_of",
]

_MONTHS_A_YEAR: Final = 12
_DAYS_A_WEEK: Final = 7
_SATURDAY: Final = 6
_QUARTER: Final = 3
_DECADE: Final = 10
_CENTURY: Final = 100
_THIS_CENTURY: Final = 30  # '90s are of the last century; '20s could be of either
_LAST_CENTURY: Final = 40
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Moment:
    """What relative dates count from: the day of publication, and whether a sentence looks ahead.

    *On Monday* is the last Monday, but the next one in *will meet on Monday*.
    """

    day: date | None = None
    future: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it ends; no value where it cannot be told.

    ``edge`` says that its end (*the end of 2026*) is meant; ``ago`` that it is told by how long ago
    it was, so that *more than* means before it; ``ranged`` that both ends are said.
    """

    end: int
    value: Value | None
    edge: str = ""
    ago: bool = False
    ranged: bool = False


def stretch(first: str, last: str, datatype: str) -> Value:
    """A stretch of time; one date where the first and the last are the same."""
    if first == last:
        return Value("date", first, datatype)
    return Value("date", first, datatype, "between", upper=last)


def year_of(year: int) -> Value | None:
    """A year, if XML Schema and the calendar know it."""
    return Value("date", f"{year:04}", "gYear") if 0 < year <= date.max.year else None


def day_of(year: int, month: int, day: int) -> Value | None:
    """A day, None where there is none such."""
    try:
        return Value("date", date(year, month, day).isoformat(), "date")
    except ValueError:
        return None


def months_from(year: int, month: int, size: int) -> Value | None:
    """``size`` months from a month of a year on (1–12; beyond it the years go on)."""
    first, last = ((year * _MONTHS_A_YEAR + month - 1 + n) for n in (0, size - 1))
    if first < _MONTHS_A_YEAR or last >= (date.max.year + 1) * _MONTHS_A_YEAR:
        return None
    lexical = [f"{y:04}-{m + 1:02}" for y, m in (divmod(n, _MONTHS_A_YEAR) for n in (first, last))]
    return stretch(lexical[0], lexical[1], "gYearMonth")


def years_from(year: int, size: int) -> Value | None:
    """``size`` years from a year on."""
    first, last = year_of(year), year_of(year + size - 1)
    return stretch(first.lexical, last.lexical, "gYear") if first and last else None


def days_from(day: date, size: int) -> Value:
    """``size`` days from a day on."""
    return stretch(day.isoformat(), (day + timedelta(days=size - 1)).isoformat(), "date")


def span_of(day: date, steps: int, unit: str) -> Value | None:
    """The day, week, weekend, month, quarter, year, decade or century that is some steps away."""
    try:
        if unit == "day":
            return days_from(day + timedelta(days=steps), 1)
        if unit in ("week", "weekend"):
            monday = day + timedelta(days=_DAYS_A_WEEK * steps - day.isoweekday() + 1)
            if unit == "week":
                return days_from(monday, _DAYS_A_WEEK)
            return days_from(monday + timedelta(days=_SATURDAY - 1), 2)
    except OverflowError:
        return None
    if unit == "month":
        return months_from(day.year, day.month + steps, 1)
    if unit == "quarter":
        quarter = (day.month - 1) // _QUARTER + steps
        return months_from(day.year, quarter * _QUARTER + 1, _QUARTER)
    if unit == "year":
        return year_of(day.year + steps)
    if unit == "decade":
        return years_from(day.year // _DECADE * _DECADE + steps * _DECADE, _DECADE)
    return None


def nearby(month: int, size: int, moment: Moment, lean: int | None = None) -> Value | None:
    """Months that come every year: those begun last, or where the text looks ahead those to come.

    ``lean`` decides instead of the sentence: −1 last, 0 this year's, 1 next.
    """
    if moment.day is None:
        return None
    year, now = moment.day.year, moment.day.month
    if lean == 0:
        return months_from(year, month, size)
    if lean is None:
        lean = 1 if moment.future else -1
        begun = month <= now
        over = month + size - 1 < now
        year += (over if lean > 0 else 0) - (not begun if lean < 0 else 0)
    else:
        year += (month <= now if lean > 0 else 0) - (month >= now if lean < 0 else 0)
    return months_from(year, month, size)


class Periods:
    """Quarters, seasons, decades and centuries of a language."""

    def __init__(self, own: Mapping[str, Any]) -> None:
        ordinals: Mapping[str, int] = own["ordinals"]
        self._ordinals = {word.lower(): n for word, n in ordinals.items()}
        ending = alternatives(own["ordinal_endings"])
        ordinal = rf"(?:(?i:{alternatives(ordinals)})|\d{{1,2}}(?:{ending})|[IVX]+(?!\w))"
        link = rf"(?:\s*(?:{alternatives(own['links'])})\s*|\s+)"
        year = r"(?P<year>\d{4})(?!\w|[.,]\d)"
        self._sizes: Mapping[str, int] = own["sizes"]
        self._yearless = frozenset(own["yearless"])
        this_year = alternatives(own["this_year"])
        self._part = re.compile(
            rf"(?:(?P<ordinal>{ordinal})[\s-]+(?P<unit>{alternatives(self._sizes)})|Q(?P<q>[1-4]))"
            rf"(?!\w)(?:{link}(?:{year}|(?P<this>{this_year})(?!\w)))?"
        )
        self._seasons: Mapping[str, int] = own["seasons"]
        self._season = re.compile(rf"(?i:(?P<season>{alternatives(self._seasons)})){link}{year}")
        joint = rf"\s+(?:{alternatives(own['joints'])})\s*"
        self._decades = {word.lower(): n for word, n in own["decades"].items()}
        decade = rf"['’]?\d{{4}}|['’]?\d0|{alternatives(own['decades'])}"
        before, plural = own["decade_before"], own["decade_plural"]
        self._decade = re.compile(
            rf"{before}(?P<first>{decade}){plural}(?:{joint}(?:{before})?(?P<last>{decade}){plural})?(?!\w)"
        )
        centuries = alternatives(own["centuries"])
        self._century = re.compile(
            rf"(?P<first>{ordinal})(?:{joint}(?P<last>{ordinal}))?[\s-]+(?:{centuries})(?!\w)"
        )
        self._named: Mapping[str, int] = own["named_centuries"]
        self._century_name = re.compile(
            rf"(?<=['’\s])(?P<first>{alternatives(self._named)})"
            rf"(?:{joint}(?P<last>{alternatives(self._named)}))?(?!\w|\s+\w+[io]\b)"
        )
        #: How a period may begin, as words.
        self.beginnings = [*ordinals, *self._seasons, *own["decades"], *own["decade_begins"]]
        self.beginnings += [*self._named]
        #: The same, as regular expressions.
        self.patterns = r"Q[1-4]|[IVX]+(?=\s)"

    def match(self, text: str, at: int, moment: Moment) -> Dated | None:
        """The end of the period that begins at an offset, and its value where it can be told."""
        return (
            self._match_part(text, at, moment)
            or self._match_season(text, at)
            or self._match_decade(text, at)
            or self._match_century(text, at)
        )

    def season(self, word: str) -> int | None:
        """The month a season begins with (in the north, by the meteorological calendar)."""
        return self._seasons.get(word.lower())

    def seasons(self) -> Iterable[str]:
        """The words for seasons."""
        return self._seasons

    def _match_part(self, text: str, at: int, moment: Moment) -> Dated | None:
        """``the third quarter of 2024``, ``Q1 2025``, ``primo semestre 2023``."""
        found = self._part.match(text, at)
        if not found:
            return None
        size = _QUARTER if found["q"] else self._sizes[found["unit"].lower()]
        number = int(found["q"]) if found["q"] else self._ordinal(found["ordinal"])
        if number is None or number * size > _MONTHS_A_YEAR:
            return None
        month = (number - 1) * size + 1
        if found["year"]:
            return Dated(found.end(), months_from(int(found["year"]), month, size))
        if found["this"]:
            return Dated(found.end(), nearby(month, size, moment, 0))
        if found["q"] or found["unit"].lower() in self._yearless:
            return Dated(found.end(), nearby(month, size, moment))
        return None

    def _match_season(self, text: str, at: int) -> Dated | None:
        found = self._season.match(text, at)
        if not found:
            return None
        month = self._seasons[found["season"].lower()]
        return Dated(found.end(), months_from(int(found["year"]), month, _QUARTER))

    def _match_decade(self, text: str, at: int) -> Dated | None:
        """``the 1960s and 1970s``, ``anni '80``, ``anni Sessanta e Settanta``."""
        found = self._decade.match(text, at)
        if not found:
            return None
        first = self._decade_year(found["first"])
        last = self._decade_year(found["last"]) if found["last"] else first
        if first is None or last is None or last < first:
            return Dated(found.end(), None)
        value = years_from(first, last - first + _DECADE)
        return Dated(found.end(), value, ranged=found["last"] is not None)

    def _decade_year(self, word: str) -> int | None:
        digits = word.lstrip("'’")
        number = self._decades[word.lower()] if not digits.isdigit() else int(digits)
        if number >= _CENTURY:
            return number if number % _DECADE == 0 else None
        named = not digits.isdigit()
        if number < _LAST_CENTURY - _DECADE and not named:
            return None
        return 1900 + number

    def _match_century(self, text: str, at: int) -> Dated | None:
        """``the 18th and 19th centuries``, ``XIX secolo``, ``nell'Ottocento``."""
        found = self._century.match(text, at)
        if found:
            first = self._ordinal(found["first"])
            last = self._ordinal(found["last"]) if found["last"] else first
        else:
            found = self._century_name.match(text, at)
            if not found:
                return None
            first = self._named[found["first"]]
            last = self._named[found["last"]] if found["last"] else first
        if not first or not last or last < first:
            return None
        value = years_from((first - 1) * _CENTURY + 1, (last - first + 1) * _CENTURY)
        return Dated(found.end(), value, ranged=found["last"] is not None)

    def _ordinal(self, word: str) -> int | None:
        known = self._ordinals.get(" ".join(word.lower().replace("-", " ").split()))
        if known:
            return known
        digits = re.match(r"\d+", word)
        return int(digits[0]) if digits else _roman(word)


def _roman(word: str) -> int | None:
    """What a Roman numeral up to XXXIX is worth, None where it is written otherwise."""
    total = 0
    for i, letter in enumerate(word):
        value = _ROMAN.get(letter, 0)
        following = _ROMAN.get(word[i + 1], 0) if i + 1 < len(word) else 0
        total += -value if value < following else value
    return total if word and _written(total) == word else None


def _written(number: int) -> str:
    steps = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, letters in steps:
        while number >= value:
            text, number = text + letters, number - value
    return text
