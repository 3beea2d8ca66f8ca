"""Dates in text, absolute and relative to the day of publication, by the tables of a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from kg.extract.numerals import Numerals, alternatives, numerals
from kg.lang import table
from kg.types import Value

__all__ = ["Calendar", "calendar"]

_FIRST_YEAR: Final = 1000
_LAST_YEAR: Final = 2200
_ISO: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?\S*)?(?![\d-])", re.ASCII
)
_NUMERIC: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![./-]?\d)", re.ASCII)
_MONTHS_A_YEAR: Final = 12


class Calendar:
    """The dates of a language."""

    def __init__(self, values: Mapping[str, Any], numbers: Numerals) -> None:
        own = values["dates"]
        flags = re.NOFLAG if own["cased"] else re.IGNORECASE
        self._months = {name.lower(): number for name, number in own["months"].items()}
        self._weekdays = {name.lower(): number for name, number in own["weekdays"].items()}
        self._order = values["date_order"]
        self._numbers = numbers
        month = rf"(?P<month>{alternatives(own['months'])})\b\.?"
        weekday = rf"(?:{alternatives(own['weekdays'])})"
        lead = rf"(?:{weekday},?\s+)?(?:(?:{alternatives(own['articles'])})\s*)?"
        ending = rf"(?:{alternatives(own['day_endings'])})?"
        day = rf"(?P<day>\d{{1,2}}){ending}(?![\d%])"
        joint = rf"(?:\s*(?:{alternatives(own['between'])})\s*|\s+)"
        year = r"(?P<year>\d{4})(?![\d%]|[.,]\d)"
        self._forms = [
            re.compile(form, flags)
            for form in (
                rf"{lead}{day}{joint}{month}(?:{joint}{year})?(?!\w)",
                rf"{lead}{month}\s+{day}(?:{joint}{year})?(?!\w)",
                rf"{month}{joint}{year}(?!\w)",
            )
        ]
        self._relative = {_spaced(phrase): move for phrase, move in values["relative"].items()}
        self._phrase = re.compile(rf"(?:{alternatives(values['relative'])})(?!\w)", re.IGNORECASE)
        near = values["relative_weekdays"]
        self._near = dict(near.items())
        self._weekday = re.compile(
            rf"(?:(?P<before>{alternatives(near)})\s+)?(?P<weekday>{alternatives(own['weekdays'])})"
            rf"(?:\s+(?P<after>{alternatives(near)}))?(?!\w)",
            flags,
        )
        self._units = {
            word: unit for unit, words in values["units"]["time"].items() for word in words
        }
        self._ago = re.compile(
            rf"\s+(?P<unit>{alternatives(self._units)})\s+"
            rf"(?:{alternatives(values['relative_ago']['words'])})(?!\w)",
            re.IGNORECASE,
        )
        #: How a date may begin, apart from digits.
        self.beginnings = alternatives(
            [*own["months"], *own["weekdays"], *values["relative"], *near]
        )

    def match(self, text: str, at: int, reference: date | None) -> tuple[int, Value | None] | None:
        """The end of the date that begins at an offset, and its value where it can be told.

        A date without a year is the one nearest to the day of publication, if that is known.
        """
        return (
            self._match_numeric(text, at)
            or self._match_written(text, at, reference)
            or self._match_relative(text, at, reference)
        )

    def year(self, text: str, at: int) -> tuple[int, Value] | None:
        """A year of four digits that stands alone."""
        year = _YEAR.match(text, at)
        if not year or not _FIRST_YEAR <= int(year[0]) <= _LAST_YEAR:
            return None
        return year.end(), Value("date", year[0], "gYear")

    def _match_numeric(self, text: str, at: int) -> tuple[int, Value | None] | None:
        iso = _ISO.match(text, at)
        if iso:
            return iso.end(), _day(int(iso[1]), int(iso[2]), int(iso[3]))
        numeric = _NUMERIC.match(text, at)
        if not numeric:
            return None
        first, second, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
        if len(numeric[4]) == 2:
            return numeric.end(), None
        if self._order == "dmy" or first > _MONTHS_A_YEAR:
            return numeric.end(), _day(year, second, first)
        if self._order == "mdy" or second > _MONTHS_A_YEAR:
            return numeric.end(), _day(year, first, second)
        return numeric.end(), None

    def _match_written(
        self, text: str, at: int, reference: date | None
    ) -> tuple[int, Value | None] | None:
        for form in self._forms:
            found = form.match(text, at)
            if not found:
                continue
            parts = found.groupdict()
            month = self._months[parts["month"].lower()]
            if "day" not in parts:
                return found.end(), Value("date", f"{parts['year']}-{month:02}", "gYearMonth")
            number = int(parts["day"])
            if parts["year"]:
                return found.end(), _day(int(parts["year"]), month, number)
            return found.end(), _nearest(month, number, reference)
        return None

    def _match_relative(
        self, text: str, at: int, reference: date | None
    ) -> tuple[int, Value | None] | None:
        phrase = self._phrase.match(text, at)
        if phrase:
            steps, unit = self._relative[_spaced(phrase[0])]
            return phrase.end(), _moved(reference, steps, unit)
        weekday = self._weekday.match(text, at)
        if weekday:
            word = weekday["before"] or weekday["after"]
            return weekday.end(), (
                self._nearby(weekday["weekday"], self._near[word.lower()], reference)
                if word
                else None
            )
        number = self._numbers.match(text, at)
        ago = number and self._ago.match(text, number.end)
        if number and ago:
            unit = self._units[ago["unit"].lower()]
            whole = number.amount == int(number.amount) and number.amount < _LAST_YEAR
            return ago.end(), _moved(reference, -int(number.amount), unit) if whole else None
        return None

    def _nearby(self, weekday: str, sign: int, reference: date | None) -> Value | None:
        """The last or next day of a name, before or after the day of publication."""
        if reference is None:
            return None
        distance = (self._weekdays[weekday.lower()] - reference.isoweekday()) * sign % 7 or 7
        return _moved(reference, sign * distance, "day")


_YEAR: Final = re.compile(r"\d{4}(?![\w%°º]|[.,:/]\d|[-–]\w)", re.ASCII)


@cache
def calendar(language: str) -> Calendar:
    """The dates of a language that has a ``values.toml``."""
    return Calendar(table(language, "values"), numerals(language))


def _spaced(phrase: str) -> str:
    return " ".join(phrase.lower().replace("’", "'").split())


def _day(year: int, month: int, day: int) -> Value | None:
    try:
        return Value("date", date(year, month, day).isoformat(), "date")
    except ValueError:
        return None


def _nearest(month: int, day: int, reference: date | None) -> Value | None:
    """The day of a month in the year that brings it nearest to the day of publication."""
    if reference is None:
        return None
    near = []
    for year in (reference.year - 1, reference.year, reference.year + 1):
        value = _day(year, month, day)
        if value:
            near.append((abs(date.fromisoformat(value.lexical) - reference), value))
    return min(near, key=lambda item: item[0])[1] if near else None


def _moved(reference: date | None, steps: int, unit: str) -> Value | None:
    """The day, month or year some steps away from the day of publication."""
    if reference is None:
        return None
    try:
        if unit == "day":
            return Value("date", (reference + timedelta(days=steps)).isoformat(), "date")
        if unit == "month":
            months = reference.year * _MONTHS_A_YEAR + reference.month - 1 + steps
            year, month = divmod(months, _MONTHS_A_YEAR)
            return Value("date", f"{year:04}-{month + 1:02}", "gYearMonth") if year > 0 else None
        if unit == "year":
            year = reference.year + steps
            return Value("date", f"{year:04}", "gYear") if year > 0 else None
    except OverflowError:
        return None
    return None
