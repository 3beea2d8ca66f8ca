"""Values in text: dates, money, percentages, durations and counts as typed literals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final

from kg.extract.amounts import Amount, amounts
from kg.extract.comparators import LOOK_BACK, Comparators
from kg.extract.counts import counts
from kg.extract.dates import calendar
from kg.extract.numerals import Number, alternatives, numerals
from kg.extract.periods import Dated, stretch
from kg.lang import table
from kg.types import Comparator, Value

__all__ = ["find_values", "parse_value"]

Found = tuple[int, int, Value]

_CLAUSE: Final = 60  # characters before a range in which its verb is looked for
_BACK: Final[Mapping[Comparator, Comparator]] = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}
"""More than two years ago is before that day."""
_LIKELY_YEARS: Final = (1400, 2100)
"""Four digits between these are a year even where no preposition of time precedes them."""


def find_values(text: str, language: str, *, reference: str | None = None) -> list[Found]:
    """The values in a text, ``(begin, end, value)``, in order and not overlapping.

    ``reference`` is the day of publication (ISO 8601) that relative dates count from; without it
    they are left out. A comparator before the number (``more than``, ``entro il``) is part of the
    span. A range is one value (``between``).
    """
    grammar = _grammar(language)
    return list(grammar.find(text, _day(reference))) if grammar else []


def parse_value(span_text: str, language: str, *, reference: str | None = None) -> Value | None:
    """The value that a whole text is (``10 miliardi di dollari``), or None.

    An article or the preposition of a date (``nel 2026``) may precede it.
    """
    grammar = _grammar(language)
    return grammar.parse(span_text.strip(), _day(reference)) if grammar else None


def _day(reference: str | None) -> date | None:
    try:
        return date.fromisoformat(reference[:10]) if reference else None
    except ValueError:
        return None


class _Grammar:
    """The values of a language, read from left to right at the places where one may begin."""

    def __init__(self, language: str, values: Mapping[str, Any]) -> None:
        self._numbers = numerals(language)
        self._calendar = calendar(language)
        self._counts = counts(language)
        self._amounts = amounts(language)
        self._begin = re.compile(
            rf"(?<![\w$€£¥])(?<!\w[-–/.:,_])(?:{self._amounts.beginnings}"
            rf"|(?i:{self._numbers.words}|(?:{alternatives(values['numerals']['one'])})\s"
            rf"|(?:{alternatives(self._numbers.loose)})(?!\w)"
            rf"|(?:{self._calendar.beginnings})(?:(?!\w)|(?<=['’]))))"
        )
        self._before = Comparators(values["comparators"])
        self._before_date = Comparators(values["comparators_date"])
        after = values["comparators_after"]
        self._after = {word: kind for kind, words in after.items() for word in words}
        self._behind = re.compile(rf"\s+(?P<word>{alternatives(self._after)})(?!\w)", re.IGNORECASE)
        ranges = values["ranges"]
        articles = alternatives(values["comparators"]["articles"])
        between, years = alternatives(ranges["before"]), alternatives(ranges["years"])
        self._between = re.compile(
            rf"(?<!\w)(?:{between}|(?P<years>{years}))\s*(?:(?:{articles})\s*)?$", re.IGNORECASE
        )
        self._to = re.compile(rf"\s*(?:{alternatives(ranges['between'])})\s*", re.IGNORECASE)
        self._to_alone = re.compile(rf"\s*(?:{alternatives(ranges['alone'])})\s*", re.IGNORECASE)
        self._or = re.compile(rf"\s+(?:{alternatives(ranges['or'])})\s+", re.IGNORECASE)
        self._change = re.compile(rf"(?<!\w)(?:{ranges['change']})", re.IGNORECASE)
        self._article = re.compile(rf"(?:{articles})(?:\s+|(?<=['’]))", re.IGNORECASE)

    # -- whole texts -------------------------------------------------------------------------

    def parse(self, text: str, reference: date | None) -> Value | None:
        """The value that covers the text, but for an article or preposition before it."""
        begin = self._begin.search(text)
        if begin is None:
            return None
        for at, end, value in self._at(text, begin.start(), reference, whole=True):
            counted = value.kind in ("quantity", "number") and self._counts.is_definite(text, at)
            if end == len(text) and not counted and self._is_lead(text[:at]):
                return value
            return None
        return None

    def _is_lead(self, text: str) -> bool:
        """Whether words before a value add nothing to it."""
        text = text.strip()
        return not text or bool(
            self._article.fullmatch(text + " ")
            or self._article.fullmatch(text)
            or self._before_date.says_nothing(text)
        )

    # -- running text ------------------------------------------------------------------------

    def find(self, text: str, reference: date | None) -> Iterator[Found]:
        at = 0
        while begin := self._begin.search(text, at):
            start, at = begin.start(), begin.end()
            floor = 0
            for found in self._at(text, start, reference, whole=False):
                at = max(at, found[1])
                floor = found[1]
                yield found
            if not floor:
                at = max(begin.start() + 1, self._passed(text, start, reference))

    def _passed(self, text: str, at: int, reference: date | None) -> int:
        """The end of an expression that is no value of its own: a date without a year, 10:30."""
        dated = self._calendar.match(text, at, reference)
        if dated:
            return dated.end
        number = self._numbers.match(text, at)
        return number.end if number else at + 1

    def _at(self, text: str, at: int, reference: date | None, *, whole: bool) -> Iterator[Found]:
        """The value at an offset, or the two of a range."""
        dated = self._calendar.match(text, at, reference)
        if dated:
            if dated.value:
                yield self._dated(text, at, dated)
            return
        ranged = self._range(text, at)
        if ranged:
            yield ranged
            return
        year = self._year(text, at)
        if year:
            found = self._compared(text, at, *year, self._before_date)
            end, after = self._comparator_behind(text, found[1])
            if after == "about":
                found = (found[0], end, replace(found[2], comparator=after))
            yield found
            return
        amount = self._or_more(text, at) or self._amounts.read(text, at, whole=whole)
        if amount is None:
            return
        found = self._compared(text, at, amount.end, amount.value(), self._before)
        end, after = self._comparator_behind(text, amount.end)
        if after:
            found = (found[0], end, replace(found[2], comparator=after))
        if whole or not amount.weak or found[2].comparator != "eq":
            yield found

    def _dated(self, text: str, at: int, dated: Dated) -> Found:
        """A date with the word before it that bounds it."""
        value = dated.value
        assert value is not None  # noqa: S101 (the caller's)
        if dated.ranged:
            return self._opening(text, at), dated.end, value
        comparators = self._before if dated.ago else self._before_date
        begin, comparator = comparators.before(text, at)
        if begin == at:
            return at, dated.end, value
        if dated.ago:
            comparator = _BACK.get(comparator, comparator)
        if dated.edge == "end" and comparator == "lt":
            comparator = "le"  # before the end of 2026 is still in it
        if value.comparator == "between" and comparator != "about":
            bound = value.upper if comparator in ("le", "gt") else value.lexical
            value = replace(value, lexical=bound, upper="")
        elif value.comparator == "between":
            return begin, dated.end, value
        return begin, dated.end, replace(value, comparator=comparator)

    def _or_more(self, text: str, at: int) -> Amount | None:
        """``500 or more refugees``: the noun stands behind the words that bound its number."""
        number = self._numbers.match(text, at)
        behind = self._behind.match(text, number.end) if number else None
        counted = self._counts.after(text, behind.end()) if behind else None
        if number is None or behind is None or counted is None:
            return None
        comparator = self._after[" ".join(behind["word"].lower().split())]
        return Amount(counted[0], "quantity", number.amount, counted[1], comparator=comparator)

    def _compared(
        self, text: str, at: int, end: int, value: Value, comparators: Comparators
    ) -> Found:
        begin, comparator = comparators.before(text, at)
        return (
            (begin, end, replace(value, comparator=comparator)) if begin < at else (at, end, value)
        )

    def _comparator_behind(self, text: str, at: int) -> tuple[int, Comparator | None]:
        found = self._behind.match(text, at)
        if not found:
            return at, None
        return found.end(), self._after[" ".join(found["word"].lower().split())]

    def _range(self, text: str, at: int) -> Found | None:
        """``between 5 and 10 million``, ``5-10%``, ``dal 2020 al 2025``, ``two or three days``."""
        number = self._numbers.match(text, self._amounts.after_sign(text, at))
        if number is None or number.comparator != "eq":
            return None
        opened = self._between.search(text, max(0, at - LOOK_BACK), at)
        begin = self._opening(text, at)
        first = self._amounts.read(text, at, whole=True)
        if first is None or first.kind in ("number", "quantity"):
            first = None
        end = first.end if first else number.end
        to = (self._to if opened else self._to_alone).match(text, end)
        if to is None and first is None:
            to = self._or.match(text, end)
        if not to or "\n" in to[0]:
            return None
        bounds = self._calendar.year(text[at:end], 0), self._calendar.year(text, to.end())
        if bounds[0] and bounds[1] and bounds[0][1].lexical < bounds[1][1].lexical:
            first_year, last_year = bounds[0][1].lexical, bounds[1][1].lexical
            return begin, bounds[1][0], stretch(first_year, last_year, "gYear")
        second = self._amounts.read(text, to.end(), whole=opened is not None)
        if second is None or (opened and opened["years"] and self._tells_change(text, at, first)):
            return None
        code = self._amounts.currency(text, at)
        if code and second.kind == "number":
            second = replace(second, kind="money", unit=code)
        first = first or self._bound(text, number, to.end(), second)
        if first is None or first.unit != second.unit or not first.amount < second.amount:
            return None
        return begin, second.end, first.up_to(second)

    def _opening(self, text: str, at: int) -> int:
        """Where the word that opens a range begins, if one stands before an offset."""
        opened = self._between.search(text, max(0, at - LOOK_BACK), at)
        return opened.start() if opened else at

    def _tells_change(self, text: str, at: int, first: Amount | None) -> bool:
        """Whether *from X to Y* tells what became of an amount, not between what it lies."""
        before = text[max(0, at - _CLAUSE) : at]
        return first is not None or self._change.search(before) is not None

    def _bound(self, text: str, number: Number, other_at: int, other: Amount) -> Amount | None:
        """The lower end of a range, a bare number with the magnitude and unit of the upper one."""
        upper = self._numbers.match(text, other_at)
        if upper is None or not upper.amount or other.kind == "number":
            return None
        amount = number.amount * (other.amount / upper.amount)
        if upper.scale > 1:
            amount = number.amount * upper.scale
        return replace(other, end=number.end, amount=amount)

    def _year(self, text: str, at: int) -> tuple[int, Value] | None:
        """A year: four digits that nothing shows to be an amount."""
        year = self._calendar.year(text, at)
        if year is None:
            return None
        preceded = self._before_date.ends(text, at) and not self._before.ends(text, at)
        if not preceded and not _LIKELY_YEARS[0] <= int(year[1].lexical) <= _LIKELY_YEARS[1]:
            return None
        amount = self._amounts.read(text, at, whole=False)
        if amount and amount.kind != "number":
            counted = amount.kind in ("quantity", "duration")
            if not counted or (not preceded and int(year[1].lexical) % 100 == 0):
                return None
        return year


@cache
def _grammar(language: str) -> _Grammar | None:
    values = table(language, "values")
    return _Grammar(language, values) if values else None
