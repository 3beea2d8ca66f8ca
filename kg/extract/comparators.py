"""Words that bound a value: more than, at least, almeno, entro il."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from kg.extract.numerals import alternatives
from kg.types import Comparator

__all__ = ["LOOK_BACK", "Comparators"]

LOOK_BACK: Final = 40  # characters before a value in which such words are looked for


class Comparators:
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
        found = self._pattern.search(text, max(0, at - LOOK_BACK), at)
        kind = self._kind(found) if found else "eq"
        return (found.start(), kind) if found and kind != "eq" else (at, "eq")

    def ends(self, text: str, at: int) -> bool:
        """Whether any of the words stands before an offset."""
        return self._pattern.search(text, max(0, at - LOOK_BACK), at) is not None

    def says_nothing(self, text: str) -> bool:
        """Whether a text is a word that may precede a value and does not bound it (``nel``)."""
        found = self._pattern.fullmatch(text) or self._pattern.fullmatch(text + " ")
        return found is not None and self._kind(found) == "eq"

    def _kind(self, found: re.Match[str]) -> Comparator:
        return self._kinds[" ".join(found["word"].lower().replace("’", "'").split())]
