"""What a number counts: the noun after it, as its English lemma (250 cherry trees)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from kg.extract.numerals import alternatives
from kg.lang import table
from kg.lang.gazetteer import gazetteer
from kg.lang.lexicon import lexicon

__all__ = ["Counts", "counts"]

_WORD: Final = re.compile(r"\s+([^\W\d_]+(?:-[^\W\d_]+)*)")
_GLUED: Final = re.compile(_WORD.pattern.replace("+", "*", 1))  # behind an apostrophe: d'anni
_FOLLOWING: Final = 3  # adjectives behind a noun, at most
_LAST: Final = re.compile(r"(?:^|(?<=[\s(\"“«'’]))([^\s(\"“«]+['’]|[^\s(\"“«'’]+)\s*$")


class Counts:
    """The counted nouns of a language."""

    def __init__(self, language: str, own: Mapping[str, Any]) -> None:
        self._language = language
        self._definite = frozenset(own["definite"])
        self._more = frozenset(own["more"])
        self._not_units = frozenset(own["not_units"])
        self._skip: int = own["skip"]
        self._adjectives_follow: bool = own["adjectives_follow"]
        of = alternatives(own["of"])
        self._of = re.compile(rf"\s+(?:{of})(?=\s|(?<=['’]))(?=\s*\w)", re.IGNORECASE)
        self._invariable = re.compile(own["invariable"])
        self._irregular: Mapping[str, str] = own["irregular"]
        self._plurals: Mapping[str, list[str]] = own["plurals"]

    def after(
        self, text: str, at: int, *, large: bool = False, whole: bool = False
    ) -> tuple[int, str] | None:
        """The end of the noun that follows a number at an offset, and its English lemma.

        ``large`` numbers may have a preposition before it (``un milione di persone``); where the
        ``whole`` phrase is wanted, the adjectives that follow the noun belong to it.
        """
        of = self._of.match(text, at) if large else None
        words = list(self._words(text, of.end() if of else at, glued=bool(of)))
        for i, (word, end) in enumerate(words):
            noun = self._singular(word)
            if not noun or (i + 1 < len(words) and self._yields(word, words[i + 1][0])):
                continue
            if whole and self._adjectives_follow:
                return self._adjectives_end(text, end), self._unit(
                    [*(w for w, _ in words[:i]), noun]
                )
            return end, self._unit([*(w for w, _ in words[:i]), noun])
        return None

    def _yields(self, word: str, following: str) -> bool:
        """Whether a word that could be the noun is the adjective of the next (grandi gruppi)."""
        return (
            self._is_adjective(word)
            and self._singular(following) is not None
            and not self._is_adjective(following)
        )

    def _adjectives_end(self, text: str, at: int) -> int:
        for _ in range(_FOLLOWING):
            found = _WORD.match(text, at)
            if not found or not self._is_adjective(found[1]):
                break
            at = found.end()
        return at

    def is_definite(self, text: str, at: int) -> bool:
        """Whether the word before an offset makes a number say which ones, not how many."""
        before = _LAST.search(text, max(0, at - 24), at)
        if before and before[1].lower() in self._more:
            before = _LAST.search(text, max(0, at - 24), before.start(1))
        return before is not None and before[1].lower().replace("’", "'") in self._definite

    def _words(self, text: str, at: int, *, glued: bool) -> Iterator[tuple[str, int]]:
        """The next words, as long as they can belong to a counted noun."""
        for _ in range(self._skip + 1):
            found = (_GLUED if glued else _WORD).match(text, at)
            glued = False
            if not found or found[1].lower() in self._not_units:
                return
            if not found[1].islower() and not gazetteer().demonym(found[1], self._language):
                return
            yield found[1], found.end()
            if not self._singular(found[1]) and not self._modifies(found[1]):
                return
            at = found.end()

    def _singular(self, word: str) -> str | None:
        """The lemma of a noun in the plural."""
        word = word.lower()
        if word in self._irregular:
            return self._irregular[word]
        if self._invariable.search(word) and lexicon().is_lemma(word, "n", self._language):
            return word
        return next(
            (n for n in self._lemmas(word) if lexicon().is_lemma(n, "n", self._language)), None
        )

    def _lemmas(self, word: str) -> Iterator[str]:
        """What a word would be in the singular, by every ending that fits."""
        for ending, singulars in self._plurals.items():
            if word.endswith(ending) and len(word) > len(ending) + 1:
                stem = word.removesuffix(ending)
                yield from (stem + singular for singular in singulars)

    def _is_adjective(self, word: str) -> bool:
        forms = (word.lower(), *self._lemmas(word.lower()))
        return any(lexicon().is_lemma(form, "a", self._language) for form in forms)

    def _modifies(self, word: str) -> bool:
        word = word.lower()
        return lexicon().is_lemma(word, "n", self._language) or self._is_adjective(word)

    def _unit(self, words: list[str]) -> str:
        """The English lemma of the longest known phrase at the end of the words."""
        for begin in range(len(words)):
            phrase = " ".join(words[begin:]).lower()
            english = lexicon().english(phrase, "n", self._language)
            if english:
                return english
        return words[-1].lower()


@cache
def counts(language: str) -> Counts:
    """The counted nouns of a language that has a ``values.toml``."""
    return Counts(language, table(language, "values")["counts"])
