"""Currencies by code, sign and name: CLDR's table and the signs that need no context."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

__all__ = ["SIGNS", "currency_codes", "currency_names"]

SIGNS: Final[Mapping[str, str]] = {  # ¥ and $ are what they mostly are where nothing else is said
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB",
    "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS", "A$": "AUD", "AU$": "AUD", "C$": "CAD",
    "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "R$": "BRL", "CN¥": "CNY", "NT$": "TWD", "S$": "SGD",
}  # fmt: skip
_WORDS: Final = frozenset({"ALL", "TOP", "TRY", "MOP", "LAK", "XXX", "ANG"})
"""Codes that are words in capitals, or no currency."""


@cache
def currency_codes() -> frozenset[str]:
    """The ISO 4217 codes that can be told from words."""
    return frozenset(code for code, _, _ in _rows()) - _WORDS


@cache
def currency_names(language: str) -> Mapping[str, str]:
    """Codes by a currency's full names in lower case, all numbers (``us dollars``)."""
    return {
        name.lower(): code
        for code, kind, name in _rows()
        if kind == language and " " in name and "(" not in name
    }


@cache
def _rows() -> list[tuple[str, str, str]]:
    path = files(__package__) / "data" / "cldr" / "currencies.tsv"
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [(code, kind, name) for code, kind, name in rows]
