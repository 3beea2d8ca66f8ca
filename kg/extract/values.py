"""Values in text: dates, money, percentages, durations and counts as typed literals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

from kg.extract.counts import counts
from kg.extract.dates import calendar
from kg.extract.numerals import alternatives, numerals, plain
from kg.lang import table
from kg.types import Comparator, Value, ValueKind

__all__ = ["find_values", "parse_value"]

Found = tuple[int, int, Value]

_SIGNS: Final = {  # the currency that a sign stands for where nothing is said
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB",
    "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS", "A$": "AUD", "AU$": "AUD", "C$": "CAD",
    "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "R$": "BRL", "CN¥": "CNY", "NT$": "TWD", "S$": "SGD",
}  # fmt: skip
_LOOK_BACK: Final = 40  # characters before a number in which a comparator is looked for
_MINUS: Final = "-−"


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number and what it measures; ``weak`` where only its context makes it a value."""

    end: int
    kind: ValueKind
    amount: Decimal
    unit: str = ""
    weak: bool = False

    def value(self, comparator: Comparator = "eq") -> Value:
        return Value(self.kind, plain(self.amount), "decimal", comparator, self.unit)


def find_values(text: str, language: str, *, reference: str | None = None) -> list[Found]:
    """The values in a text, ``(begin, end, value)``, in order and not overlapping.

    ``reference`` is the day of publication (ISO 8601) that relative dates count from; without it
    they are left out. A comparator before the number (``more than``, ``entro il``) is part of the
    span. Both ends of a range are values, the first ``ge`` and the second ``le``.
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
        signs = alternatives(_SIGNS)
        codes = alternatives(_currency_codes())
        self._begin = re.compile(
            rf"(?<![\w$€£¥])(?<!\w[-–/.:,_])(?:[{_MINUS}]?(?:{signs}|\d|(?:{codes})\s?\d)"
            rf"|(?i:{self._numbers.words}|(?:{alternatives(values['numerals']['one'])})\s"
            rf"|(?:{self._calendar.beginnings})(?!\w)))"
        )
        self._sign = re.compile(rf"(?P<sign>{signs}|(?:{codes})(?=\s?\d))\s?")
        magnitudes = values["magnitudes"]
        self._magnitudes: Mapping[str, int] = {**magnitudes, **values["magnitude_letters"]}
        self._magnitude = re.compile(
            rf"[\s-]?(?P<word>{alternatives(magnitudes)})(?!\w)", re.IGNORECASE
        )
        self._letter = re.compile(rf"\s?(?P<word>{alternatives(values['magnitude_letters'])})(?!\w)")
        self._percent = re.compile(rf"[\s-]?(?:{alternatives(values['percent']['signs'])})(?!\w)")
        names = {w.lower(): code for code, words in values["money"]["names"].items() for w in words}
        self._currencies: Mapping[str, str] = {**names, **_currency_names(language)}
        of = rf"(?:(?:{alternatives(values['money']['of'])})\s*)?" if values["money"]["of"] else ""
        self._money = re.compile(
            rf"[\s-]*{of}(?:(?P<name>(?i:{alternatives(self._currencies)}))(?!\w)"
            rf"|(?P<code>{codes})(?!\w)|(?P<sign>{signs}))"
        )
        self._time = {w: unit for unit, words in values["units"]["time"].items() for w in words}
        self._duration = re.compile(rf"[\s-]+(?P<unit>{alternatives(self._time)})(?![\w-])", re.I)
        self._measures = {w: u for u, words in values["units"]["measure"].items() for w in words}
        self._measure = re.compile(rf"[\s-]?(?P<unit>{alternatives(self._measures)})(?!\w)")
        self._before = _Comparators(values["comparators"])
        self._before_date = _Comparators(values["comparators_date"])
        after = values["comparators_after"]
        self._after = {w: kind for kind, words in after.items() for w in words}
        self._comparator_after = re.compile(rf"\s+(?P<word>{alternatives(self._after)})(?!\w)", re.I)
        ranges = values["ranges"]
        self._from = re.compile(rf"(?<!\w)(?:{alternatives(ranges['before'])})\s*$", re.IGNORECASE)
        self._to = re.compile(rf"\s*(?:{alternatives(ranges['between'])})\s*", re.IGNORECASE)
        self._to_alone = re.compile(rf"\s*(?:{alternatives(ranges['alone'])})\s*", re.IGNORECASE)
        articles = alternatives(values["comparators"]["articles"])
        self._article = re.compile(rf"(?:{articles})(?:\s+|(?<=['’]))", re.IGNORECASE)

    # -- whole texts -------------------------------------------------------------------------

    def parse(self, text: str, reference: date | None) -> Value | None:
        """The value that covers the text, but for an article or preposition before it."""
        begin = self._begin.search(text)
        if begin is None:
            return None
        for at, end, value in self._at(text, begin.start(), reference, whole=True):
            if end == len(text) and self._is_lead(text[:at]):
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
            return dated[0]
        number = self._numbers.match(text, at)
        return number.end if number else at + 1

    def _at(self, text: str, at: int, reference: date | None, *, whole: bool) -> Iterator[Found]:
        """The value at an offset, or the two of a range."""
        dated = self._calendar.match(text, at, reference)
        if dated:
            end, value = dated
            if value:
                yield self._compared(text, at, end, value, self._before_date)
            return
        ranged = None if whole else self._range(text, at)
        if ranged:
            yield from ranged
            return
        year = self._year(text, at)
        if year:
            yield self._compared(text, at, *year, self._before_date)
            return
        amount = self._amount(text, at, whole=whole)
        if amount is None:
            return
        found = self._compared(text, at, amount.end, amount.value(), self._before)
        end, after = self._comparator_behind(text, amount.end)
        if after:
            found = (found[0], end, replace(found[2], comparator=after))
        if whole or not amount.weak or found[2].comparator != "eq":
            yield found

    def _compared(
        self, text: str, at: int, end: int, value: Value, comparators: _Comparators
    ) -> Found:
        begin, comparator = comparators.before(text, at)
        return (begin, end, replace(value, comparator=comparator)) if begin < at else (at, end, value)

    def _comparator_behind(self, text: str, at: int) -> tuple[int, Comparator | None]:
        found = self._comparator_after.match(text, at)
        return (found.end(), self._after[found["word"].lower()]) if found else (at, None)

    def _range(self, text: str, at: int) -> list[Found] | None:
        """``between 5 and 10 million``, ``5-10%``, ``dal 2020 al 2025``: both bounds."""
        first = self._amount(text, at, whole=True) or None
        if first is None or (first.kind in ("number", "quantity") and "\n" in text[at : first.end]):
            return None
        introduced = self._from.search(text, max(0, at - _LOOK_BACK), at)
        number = self._numbers.match(text, at)
        stem = first if first.kind in ("money", "percent", "duration") or not number else None
        end = stem.end if stem else number.end if number else at
        if number and not stem and first.amount != number.amount:
            end = first.end
        to = (self._to if introduced else self._to_alone).match(text, end)
        if not to or not to[0].strip():
            return None
        years = self._calendar.year(text[:end], at), self._calendar.year(text, to.end())
        if years[0] and years[1] and years[0][1].lexical < years[1][1].lexical:
            return [
                (at, end, replace(years[0][1], comparator="ge")),
                (to.end(), years[1][0], replace(years[1][1], comparator="le")),
            ]
        second = self._amount(text, to.end(), whole=False)
        if second is None or second.kind == "number":
            return None
        if stem is None:
            scale = second.amount
            bare = self._numbers.match(text, to.end())
            factor = scale / bare.amount if bare and bare.amount else Decimal(1)
            amount = first.amount * factor if number and first.amount == number.amount else first.amount
            stem = replace(second, end=end, amount=amount)
        if stem.unit != second.unit or not stem.amount < second.amount:
            return None
        return [(at, end, stem.value("ge")), (to.end(), second.end, second.value("le"))]

    def _year(self, text: str, at: int) -> tuple[int, Value] | None:
        """A year: four digits that nothing shows to be an amount."""
        year = self._calendar.year(text, at)
        if year is None:
            return None
        amount = self._amount(text, at, whole=False)
        if amount and amount.kind != "number":
            preceded = self._before_date.before(text, at)[0] < at or self._before_date.ends(text, at)
            counted = amount.kind in ("quantity", "duration")
            if not counted or (not preceded and int(year[1].lexical) % 100 == 0):
                return None
            if not preceded and not _MODERN[0] <= int(year[1].lexical) <= _MODERN[1]:
                return None
        return year

    def _amount(self, text: str, at: int, *, whole: bool) -> _Amount | None:
        """The number at an offset with its magnitude, currency or unit."""
        start = at
        negative = text[at : at + 1] in tuple(_MINUS)
        at += negative
        sign = self._sign.match(text, at)
        number = self._numbers.match(text, sign.end() if sign else at)
        if number is None or (number.digits and text[number.end : number.end + 1] in _NOT_AFTER):
            return None
        amount, end = number.amount, number.end
        while scale := self._magnitude.match(text, end):
            amount, end = amount * self._magnitudes[scale["word"].lower()], scale.end()
        if sign and end == number.end and (scale := self._letter.match(text, end)):
            amount, end = amount * self._magnitudes[scale["word"]], scale.end()
        amount = -amount if negative else amount
        if sign:
            code = _SIGNS.get(sign["sign"], sign["sign"])
            return None if _glued(text, end) else _Amount(end, "money", amount, code)
        found = self._measured(text, end, amount, article=number.article)
        if found or number.article:
            return found
        if _glued(text, end) or _leading_zero(number.digits):
            return None
        counted = self._counts.after(text, end)
        definite = not whole and self._counts.is_definite(text, start)
        if counted:
            return None if definite else _Amount(counted[0], "quantity", amount, counted[1])
        plain_number = end == number.end and number.digits.isdigit()
        weak = plain_number or not number.digits or definite
        return _Amount(end, "number", amount, weak=weak)

    def _measured(self, text: str, at: int, amount: Decimal, *, article: bool) -> _Amount | None:
        """An amount in percent, a currency, a unit of time or of measure."""
        if duration := self._duration.match(text, at):
            unit = self._time[duration["unit"].lower()]
            return _Amount(duration.end(), "duration", amount, unit)
        if article:
            return None
        if percent := self._percent.match(text, at):
            return _Amount(percent.end(), "percent", amount, "%")
        if money := self._money.match(text, at):
            name = money["name"]
            code = self._currencies[" ".join(name.lower().split())] if name else money["code"]
            return _Amount(money.end(), "money", amount, code or _SIGNS[money["sign"]])
        if measure := self._measure.match(text, at):
            unit = self._measures[" ".join(measure["unit"].replace("’", "'").split())]
            return _Amount(measure.end(), "quantity", amount, unit)
        return None


class _Comparators:
    """The words that stand before a value and bound it."""

    def __init__(self, own: Mapping[str, Any]) -> None:
        kinds = {k: words for k, words in own.items() if k != "articles"}
        self._kinds: dict[str, Comparator] = {w: k for k, words in kinds.items() for w in words}  # type: ignore[misc]
        self._pattern = re.compile(
            rf"(?<!\w)(?P<word>{alternatives(self._kinds)})(?:\s+|(?<=['’]))"
            rf"(?:(?:{alternatives(own['articles'])})(?:\s+|(?<=['’])))?$",
            re.IGNORECASE,
        )

    def before(self, text: str, at: int) -> tuple[int, Comparator]:
        """Where the words before an offset begin, and what they say; ``at`` if they say nothing."""
        found = self._pattern.search(text[:at], max(0, at - _LOOK_BACK))
        kind = self._kind(found) if found else "eq"
        return (found.start(), kind) if found and kind != "eq" else (at, "eq")

    def ends(self, text: str, at: int) -> bool:
        """Whether any of the words stands before an offset."""
        return self._pattern.search(text[:at], max(0, at - _LOOK_BACK)) is not None

    def says_nothing(self, text: str) -> bool:
        found = self._pattern.fullmatch(text) or self._pattern.fullmatch(text + " ")
        return found is not None and self._kind(found) == "eq"

    def _kind(self, found: re.Match[str]) -> Comparator:
        return self._kinds[" ".join(found["word"].lower().replace("’", "'").split())]


_MODERN: Final = (1900, 2100)
_NOT_AFTER: Final = frozenset(":°º/")


def _glued(text: str, end: int) -> bool:
    """Whether a number is part of a longer token: 67/D, 3D, 19th, 24-hour, 10:30."""
    rest = text[end : end + 2]
    if not rest:
        return False
    return rest[0].isalnum() or rest[0] in "_°º" or (rest[0] in "-/:'’" and rest[1:].isalnum())


def _leading_zero(digits: str) -> bool:
    return len(digits) > 1 and digits[0] == "0" and digits[1].isdigit()


@cache
def _grammar(language: str) -> _Grammar | None:
    values = table(language, "values")
    return _Grammar(language, values) if values else None


def _cldr() -> list[list[str]]:
    path = files("kg.lang") / "data" / "cldr" / "currencies.tsv"
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


@cache
def _currency_codes() -> frozenset[str]:
    """ISO 4217 codes; the few that are words in capitals (ALL, TOP) are left out."""
    return frozenset(code for code, *_ in _cldr()) - {"ALL", "TOP", "TRY", "MOP", "LAK", "XXX", "ANG"}


def _currency_names(language: str) -> dict[str, str]:
    """Full names of currencies in CLDR, in lower case; old currencies give way to their heirs."""
    names = {}
    for code, kind, name in _cldr():
        if kind == language and " " in name and "(" not in name:
            names[name.lower()] = code
    return names
