"""Numbers with what they measure: money, percentages, durations, measures, counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, Final

from kg.extract.comparators import LOOK_BACK
from kg.extract.counts import counts
from kg.extract.numerals import Number, alternatives, numerals, plain
from kg.lang import table
from kg.lang.currencies import SIGNS, currency_codes, currency_names
from kg.types import Comparator, Value, ValueKind

__all__ = ["Amount", "Amounts", "amounts"]

_MINUS: Final = "-−"
_GREATEST: Final = 10**18  # beyond it no magnitude is read
_NOT_AFTER: Final = frozenset(":°º/")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what it measures; ``weak`` where only its context makes it a value."""

    end: int
    kind: ValueKind
    amount: Decimal
    unit: str = ""
    weak: bool = False
    comparator: Comparator = "eq"

    def value(self) -> Value:
        """The literal."""
        return Value(self.kind, plain(self.amount), "decimal", self.comparator, self.unit)

    def up_to(self, last: Amount) -> Value:
        """The range from this amount to another of the same unit, which it is less than."""
        first, upper = plain(self.amount), plain(last.amount)
        return Value(last.kind, first, "decimal", "between", last.unit, upper=upper)


class Amounts:
    """The amounts of a language."""

    def __init__(self, language: str, values: Mapping[str, Any]) -> None:
        self._numbers = numerals(language)
        self._counts = counts(language)
        signs, codes = alternatives(SIGNS), alternatives(currency_codes())
        #: How an amount may begin, as a case-sensitive regular expression.
        self.beginnings = rf"[{_MINUS}]?(?:{signs}|\d|(?:{codes})\s?\d)"
        self._sign = re.compile(rf"(?P<sign>{signs}|(?:{codes})(?=\s?\d))\s?")
        letters = values["magnitude_letters"]
        self._magnitudes: Mapping[str, int] = {**values["magnitudes"], **letters}
        self._magnitude = _words(values["magnitudes"], before=r"[\s-]?", flags=re.IGNORECASE)
        self._letter = _words(letters, before=r"\s?")
        self._half = _words(values["numerals"]["half"], before=r"\s+", flags=re.IGNORECASE)
        self._percent = _words(values["percent"]["signs"], before=r"[\s-]?")
        money = values["money"]
        self._currencies = {**_by_word(money["names"]), **currency_names(language)}
        of = rf"(?:(?:{alternatives(money['of'])})\s*)?"
        self._money = re.compile(
            rf"[\s-]*{of}(?:(?P<name>(?i:{alternatives(self._currencies)}))(?!\w)"
            rf"|(?P<code>{codes})(?!\w)|(?P<sign>{signs}))"
        )
        self._large = _by_word(money["large"])
        self._large_money = _words(self._large, before=r"\s+", flags=re.IGNORECASE)
        self._time = _by_word(values["units"]["time"])
        ago = alternatives(values["dates"]["ago"])
        self._duration = re.compile(
            rf"[\s'’-]+(?P<word>{alternatives(self._time)})(?![\w-])(?P<ago>\s+(?:{ago})(?!\w))?",
            re.IGNORECASE,
        )
        measures = values["units"]["measure"]
        self._measures = {word: unit for unit, words in measures.items() for word in words}
        leading = {
            word: unit for unit, words in values["units"]["before"].items() for word in words
        }
        self._leading = leading
        self._lead = re.compile(rf"(?<!\w)(?P<word>{alternatives(leading)})\s+$", re.IGNORECASE)
        self._measure = _words(self._measures, before=r"[\s-]?")
        of_measure = rf"\s+(?:{alternatives(values['counts']['of'])})\s+"
        self._of_measure = _words(self._measures, before=of_measure)

    def after_sign(self, text: str, at: int) -> int:
        """The offset behind the sign or code of a currency."""
        sign = self._sign.match(text, at)
        return sign.end() if sign else at

    def currency(self, text: str, at: int) -> str | None:
        """The code of the currency whose sign or code stands at an offset."""
        sign = self._sign.match(text, at)
        return SIGNS.get(sign["sign"], sign["sign"]) if sign else None

    def read(self, text: str, at: int, *, whole: bool) -> Amount | None:
        """The number at an offset with its magnitude, currency or unit."""
        amount = self._read(text, at, whole=whole)
        if amount is None:
            return None
        number = self._numbers.match(text, at)
        return replace(amount, comparator=number.comparator) if number else amount

    def _read(self, text: str, at: int, *, whole: bool) -> Amount | None:
        start = at
        negative = text[at : at + 1] in tuple(_MINUS)
        at += negative
        sign = self._sign.match(text, at)
        number = self._numbers.match(text, sign.end() if sign else at)
        if number is None or (number.digits and text[number.end : number.end + 1] in _NOT_AFTER):
            return None
        amount, end = self._magnified(text, number, signed=sign is not None)
        amount = -amount if negative else amount
        if sign:
            code = SIGNS.get(sign["sign"], sign["sign"])
            return None if _glued(text, end) else Amount(end, "money", amount, code)
        since = self._duration.match(text, end)
        if since and since["ago"]:
            return None  # a point in time that no date can name: 1.3 billion years ago
        large = end > number.end or number.scale > 1
        article = number.article and end == number.end
        found = self._measured(text, end, amount, article=article, large=large)
        if found or article:
            return found
        if _glued(text, end) or _leading_zero(number.digits):
            return None
        if lead := self._lead.search(text, max(0, start - LOOK_BACK), start):
            unit = self._leading[" ".join(lead["word"].lower().split())]
            return Amount(end, "quantity", amount, unit)
        counted = self._counts.after(text, end, large=large, whole=whole)
        definite = not whole and self._counts.is_definite(text, start)
        if counted:
            return None if definite else Amount(counted[0], "quantity", amount, counted[1])
        weak = definite or not (large or number.grouped)
        return Amount(end, "number", amount, weak=weak)

    def _magnified(self, text: str, number: Number, *, signed: bool) -> tuple[Decimal, int]:
        """A number times the words or letters of magnitude behind it, and their end."""
        amount, end, scale = number.amount, number.end, number.scale
        while amount < _GREATEST and (word := self._magnitude.match(text, end)):
            scale = self._magnitudes[word["word"].lower()]
            amount, end = amount * scale, word.end()
        letter = self._letter.match(text, end) if end == number.end else None
        if letter and (signed or self._money.match(text, letter.end())):
            scale = self._magnitudes[letter["word"]]
            amount, end = amount * scale, letter.end()
        if half := self._half.match(text, end):
            amount, end = amount + Decimal(scale) / 2, half.end()
            if scale == 1 and (word := self._magnitude.match(text, end)):  # one and a half million
                amount, end = amount * self._magnitudes[word["word"].lower()], word.end()
        return amount, end

    def _measured(
        self, text: str, at: int, amount: Decimal, *, article: bool, large: bool
    ) -> Amount | None:
        """An amount in percent, a currency, a unit of time or of measure."""
        if duration := self._duration.match(text, at):
            unit, end = self._time[duration["word"].lower()], duration.end()
            if half := self._half.match(text, end):
                amount, end = amount + Decimal("0.5"), half.end()
            return Amount(end, "duration", amount, unit, weak=article and amount == 1)
        if article:
            return None
        if percent := self._percent.match(text, at):
            return Amount(percent.end(), "percent", amount, "%")
        if large and (sum_ := self._large_money.match(text, at)):
            code = self._large[sum_["word"].lower()]
            return Amount(sum_.end(), "money", amount, code)
        if money := self._money.match(text, at):
            name = money["name"]
            code = self._currencies[" ".join(name.lower().split())] if name else money["code"]
            return Amount(money.end(), "money", amount, code or SIGNS[money["sign"]])
        measure = self._measure.match(text, at)
        if measure := measure or (self._of_measure.match(text, at) if large else None):
            unit = self._measures[" ".join(measure["word"].replace("’", "'").split())]
            return Amount(measure.end(), "quantity", amount, unit)
        return None


@cache
def amounts(language: str) -> Amounts:
    """The amounts of a language that has a ``values.toml``."""
    return Amounts(language, table(language, "values"))


def _words(
    words: Mapping[str, Any] | list[str], *, before: str, flags: re.RegexFlag = re.NOFLAG
) -> re.Pattern[str]:
    """One of the words behind something, as a whole word."""
    return re.compile(rf"{before}(?P<word>{alternatives(words)})(?!\w)", flags)


def _by_word(words: Mapping[str, list[str]]) -> dict[str, str]:
    return {word.lower(): name for name, group in words.items() for word in group}


def _glued(text: str, end: int) -> bool:
    """Whether a number is part of a longer token: 67/D, 3D, 19th, 24-hour, 10:30."""
    rest = text[end : end + 2]
    if not rest:
        return False
    return rest[0].isalnum() or rest[0] in "_°º" or (rest[0] in "-/:'’" and rest[1:].isalnum())


def _leading_zero(digits: str) -> bool:
    return len(digits) > 1 and digits[0] == "0" and digits[1].isdigit()
