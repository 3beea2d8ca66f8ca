"""How sure an extraction is: the share of its kind that is right on development data."""

from __future__ import annotations

from functools import cache
from typing import Final

__all__ = ["confidence"]

# Share of extractions whose words and borders are exactly those of annotators, by rule, on
# BenchIE's development sentences (`kg evaluate extraction`). Nominal rules are not in BenchIE:
# theirs are from reading a hundred facts of news nobody tuned on.
_BY_RULE: Final = {
    "clause": 0.51,
    "passive": 0.61,
    "control": 0.50,
    "relative-clause": 0.60,
    "participle": 0.35,
    "subordinate": 0.42,
    "list-item": 0.60,
    "title": 0.90,
    "apposition": 0.65,
    "noun": 0.55,
}
# The longer a sentence, the likelier its parse is wrong somewhere: (words up to, factor).
_BY_LENGTH: Final = ((11, 1.35), (23, 1.2), (35, 0.93), (47, 0.78))
_LONGEST: Final = 0.58
_LEAST, _MOST = 0.05, 0.95


@cache
def confidence(rule: str, words: int) -> float:
    """The chance that an extraction by a rule from a sentence of so many words is right."""
    factor = next((f for most, f in _BY_LENGTH if words <= most), _LONGEST)
    if rule == "title":
        factor = 1.0  # a few words side by side, whatever the sentence
    return round(min(max(_BY_RULE[rule] * factor, _LEAST), _MOST), 2)
