"""Numbers in digits and in words, as exact decimals, by the tables of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final

from kg.lang import table
from kg.types import Comparator

__all__ = ["Number", "Numerals", "alternatives", "numerals", "plain"]

_SPACES: Final = "\u00a0\u202f\u2009"  # that group digits: 10 000
_THOUSAND: Final = 1000
_MILLION: Final = 1_000_000
_WORDS: Final = 12  # words after the first in a number
_LONGEST: Final = 40  # digits; longer ones are no amounts


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    ``digits`` is empty for a number in words, whose last word of magnitude is worth ``scale``;
    ``article`` is true where the word may as well be an article (``un``). A word that says no exact
    number has a comparator: *hundreds* are at least a hundred, *una ventina* is about twenty.
    """

    end: int
    amount: Decimal
    digits: str = ""
    grouped: bool = False
    scale: int = 1
    article: bool = False
    comparator: Comparator = "eq"


class Numerals:
    """The numbers of a language."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        own = values["numerals"]
        self._decimal, self._group = values["decimal"], values["group"]
        group, point = re.escape(self._group), re.escape(self._decimal)
        self._digits = re.compile(
            rf"(?P<grouped>\d{{1,3}}(?:[{group}{_SPACES}]\d{{3}})+(?!\d)(?:{point}\d+)?)(?![.,]?\d)"
            rf"|\d+(?:[.,]\d+)?(?![.,]?\d)",
            re.ASCII,
        )
        self._values: dict[str, int] = {**own["words"], **own.get("parts", {}), **own["scales"]}
        self._scales = frozenset(own["scales"])
        self._and = frozenset(own["and"])
        one, bare = alternatives(own["one"]), alternatives(own["bare"])
        first = alternatives([*own["words"], *own.get("parts", {})])
        every = alternatives(self._values)
        scale = alternatives(own["scales"])
        behind = "|".join(rf"(?<={word})" for word in own["scales"])  # a hundred and five
        between = rf"(?:(?:{behind})\s+(?:{alternatives(own['and'])})\s+|[\s-]+)"
        if own["compound"]:
            units = [p for p in own.get("parts", {}) if own["parts"][p] == 1]
            head = rf"(?!(?:{alternatives(units)})\b)(?:{first}|{bare})(?:{every}){{0,{_WORDS}}}"
            words = rf"{head}(?:\s+(?:{scale})){{0,{_WORDS}}}"
        else:
            words = rf"(?:{first})(?:{between}(?:{every})){{0,{_WORDS}}}"
        scaled = rf"(?:{one})\s*(?:{scale})(?:{between}(?:{every})){{0,{_WORDS}}}"
        self.words = rf"(?:{words}|{scaled})(?!\w)"
        self._words = re.compile(self.words, re.IGNORECASE)
        self._one = re.compile(rf"(?:{one})(?!\w)", re.IGNORECASE)
        self._ones = frozenset(own["one"])
        self._indefinite: Mapping[str, int] = own["indefinite"]
        self._approximate: Mapping[str, int] = own["approximate"]
        of = alternatives(own["of"])
        many = alternatives(self._indefinite)
        self._loose = re.compile(
            rf"(?:(?P<many>(?:{many})(?:\s+(?:{of})\s+(?:{many}))*)"
            rf"|(?P<about>{alternatives(self._approximate)}))(?!\w)",
            re.IGNORECASE,
        )
        half = alternatives(own["half_of"])
        self._half = re.compile(rf"(?:{half})(?=\s+\w|['’]\w)", re.IGNORECASE)
        #: How a number without an exact value may begin.
        self.loose = [*self._indefinite, *self._approximate, *own["half_of"]]

    def match(self, text: str, at: int) -> Number | None:
        """The number that begins at an offset."""
        digits = self._digits.match(text, at)
        if digits:
            grouped = digits["grouped"] is not None
            amount = self._in_digits(digits[0], grouped=grouped)
            return None if amount is None else Number(digits.end(), amount, digits[0], grouped)
        loose = self._loose.match(text, at)
        if loose:
            return self._in_loose_words(loose)
        if half := self._half.match(text, at):
            return Number(half.end(), Decimal("0.5"), article=True)
        words = self._words.match(text, at)
        if words:
            return Number(
                words.end(), Decimal(self._in_words(words[0])), scale=self._scale(words[0])
            )
        one = self._one.match(text, at)
        return Number(one.end(), Decimal(1), article=True) if one else None

    def _in_loose_words(self, found: re.Match[str]) -> Number:
        """``hundreds of thousands`` (at least so many), ``una ventina`` (about so many)."""
        if found["about"]:
            amount = self._approximate[" ".join(found["about"].lower().replace("’", "'").split())]
            return Number(found.end(), Decimal(amount), scale=_MILLION, comparator="about")
        amount = 1
        for word in found["many"].lower().split():
            amount *= self._indefinite.get(word, 1)
        return Number(found.end(), Decimal(amount), scale=_MILLION, comparator="ge")

    def _in_digits(self, digits: str, *, grouped: bool) -> Decimal | None:
        if len(digits) > _LONGEST:
            return None
        if grouped:
            digits = re.sub(rf"[{re.escape(self._group)}{_SPACES}]", "", digits)
            digits = digits.replace(self._decimal, ".")
        try:
            return Decimal(digits.replace(",", "."))
        except InvalidOperation:
            return None

    def _in_words(self, words: str) -> int:
        """The sum of the words' values: scales multiply what stands before them."""
        total = current = 0
        for word in re.split(r"[\s'’-]+", words.lower()):
            if word in self._and or not word:
                continue
            for part in [word] if word in self._ones else self._parts(word):
                value = 1 if part in self._ones else self._values[part]
                if part not in self._scales:
                    current += value
                elif value < _THOUSAND:
                    current = (current or 1) * value
                else:
                    # A greater scale multiplies all before it: duecentomila miliardi.
                    before = total + current if 0 < total < value else current
                    total = (total if before == current else 0) + (before or 1) * value
                    current = 0
        return total + current

    def _scale(self, words: str) -> int:
        """What the last word of magnitude is worth, in millions and above."""
        last = re.split(r"[\s-]+", words.lower())[-1]
        return self._values[last] if last in self._scales and self._values[last] >= _MILLION else 1

    def _parts(self, word: str) -> list[str]:
        """A word cut into words of the table: duecento → due, cento."""
        if word in self._values:
            return [word]
        for size in range(len(word) - 1, 0, -1):
            if word[:size] in self._values:
                rest = self._parts(word[size:])
                if rest:
                    return [word[:size], *rest]
        return []


@cache
def numerals(language: str) -> Numerals:
    """The numbers of a language that has a ``values.toml``."""
    return Numerals(table(language, "values"))


def plain(amount: Decimal) -> str:
    """The canonical lexical form of an xsd:decimal: no exponent, no trailing zeros."""
    text = format(amount, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for one of the words, the longest first; no word never matches."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return (
        "(?!)"
        if not ordered
        else "|".join(
            re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in ordered
        )
    )
