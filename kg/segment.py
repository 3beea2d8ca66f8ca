"""Sentence boundaries that punctuation decides, set before the parser decides on the others."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.lang import table

__all__ = ["BOUNDARIES", "Boundaries", "make_boundaries"]

BOUNDARIES: Final = "kg_boundaries"
"""The component's name in a pipeline."""

_STOPS: Final = frozenset(["!", "?", "!!", "??", "?!", "!?", "!!!", "???", "."])
_DOTS: Final = frozenset(["...", "…", "..", "...."])
_CLOSING: Final = frozenset([")", "]", "}", "»", "”", "’"])
_STRAIGHT: Final = frozenset(['"', "'"])


class Boundaries:
    """Marks the tokens that begin a sentence, those that do not, and leaves the rest to the parser.

    A sentence begins after a full stop, a question or exclamation mark and what closes with it,
    where a capital, a digit or an opening mark follows: *… in Italia." Il presidente*. None begins
    where no space precedes, or at what closes. Elsewhere the parser decides: after dots,
    abbreviations and initials (*J. Smith*), at a number in a list (*2. Il trattato*), before a
    lower-case word, and where a heading ran in. (Forbidding the lower-case words cost 4 points of
    sentence F on ISDT dev, and 1 on English.)
    """

    def __init__(self, abbreviations: Collection[str] = ()) -> None:
        self.abbreviations = frozenset(abbreviations)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``is_sent_start`` of each token: True, False or None."""
        after = "word"  # what the tokens before this one end with: a stop, dots, or a word
        broken = False  # a blank line precedes
        for token in doc:
            if token.is_space:
                token.is_sent_start = token.i == 0
                broken = broken or token.text.count("\n") > 1
                continue
            token.is_sent_start = self._starts(token, after) if not broken else True
            broken = False
            after = self._ends(token, after)
        return doc

    def _starts(self, token: Token, after: str) -> bool | None:
        if token.i == 0:
            return True
        if _closes(token) or token.text in _STOPS or token.text in _DOTS:
            return False
        if not token.nbor(-1).whitespace_ and not token.nbor(-1).is_space:
            return False  # no sentence begins without a space: amazon.it, 3.5, don't
        begins = token.text[0]
        if after == "stop" and not begins.islower() and begins not in ",;:":
            return True
        return None

    def _ends(self, token: Token, after: str) -> str:
        if token.text in _STOPS:
            return "dots" if token.text == "." and self._abbreviated(token) else "stop"
        if token.text in _DOTS or token.text.endswith("."):
            return "dots"
        return after if _closes(token) else "word"

    def _abbreviated(self, stop: Token) -> bool:
        """*dott .*, or *J .*: a word that a full stop does not end a sentence after."""
        if stop.i == 0 or stop.nbor(-1).whitespace_:
            return False
        word = stop.nbor(-1)
        initial = len(word) == 1 and word.is_upper
        numbered = word.is_digit and bool(word.is_sent_start)
        return initial or numbered or word.lower_ in self.abbreviations


def _closes(token: Token) -> bool:
    """Whether a token closes a quotation or bracket; a straight quote does so before a space."""
    if token.text in _STRAIGHT:
        return token.i > 0 and not token.nbor(-1).whitespace_
    return token.text in _CLOSING


@Language.factory(BOUNDARIES, assigns=["token.is_sent_start"])
def make_boundaries(nlp: Language, name: str) -> Boundaries:  # noqa: ARG001 - spaCy passes both
    """The component, with the abbreviations of the pipeline's language (segment.toml)."""
    return Boundaries(table(nlp.lang, "segment").get("abbreviations", ()))
