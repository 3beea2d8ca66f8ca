"""A chunk with its words, and what can be told from these alone: prose, headline, quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.read.draft import Chunk
from kg.read.lines import is_finished

__all__ = ["Line", "fold", "line_of"]

_HEADLINE_WORDS: Final = 30
_HEADING_WORDS: Final = 14
_HEADLINE_LENGTH: Final = 300
_KICKER_WORDS: Final = 2
_PROSE_WORDS: Final = 5
_LONG_WORDS: Final = 25
_QUOTED: Final = re.compile(r"“[^“”]+”[.,]?|«[^«»]+»[.,]?|\"[^\"]+\"[.,]?|„[^„“”]+[“”][.,]?")
_INNER_STOP: Final = re.compile(r"[^\W\d_]{4}([.!?])[\"”’»)]?\s+(?=[A-ZÀ-Þ«“\"])")
_PLAIN: Final = str.maketrans("’‘“”«»–—\u00a0", '\'\'""""-- ')


@dataclass(frozen=True, slots=True)
class Line:
    """A chunk, its text, and the text folded for comparison with others."""

    chunk: Chunk
    text: str
    folded: str
    words: int

    @property
    def is_item(self) -> bool:
        """An item of a list, by its bullet or because the format says so."""
        return bool(self.chunk.marker) or self.chunk.hint == "list_item"

    @property
    def is_prose(self) -> bool:
        """A sentence, or too long to be anything else."""
        if self.chunk.hint in ("title", "heading"):
            return False
        finished = is_finished(self.text) and not self.text.endswith(":")
        return self.words >= (_PROSE_WORDS if finished else _LONG_WORDS)

    @property
    def is_headline(self) -> bool:
        """Short enough for a title, and not ending like a sentence (a question may be one)."""
        ending = self.text.rstrip("\"'”’»)]›").endswith(("?", "!"))
        stops = _INNER_STOP.findall(self.text)
        return (
            self.words <= _HEADLINE_WORDS
            and len(self.text) <= _HEADLINE_LENGTH
            and (ending or not is_finished(self.text))
            and not ("." in stops or len(stops) > 1)
        )

    @property
    def is_kicker(self) -> bool:
        """A word or two in capitals, such as stand over a title: "ECONOMIA", "BREAKING NEWS"."""
        return self.words <= _KICKER_WORDS and self.text.isupper()

    @property
    def is_heading(self) -> bool:
        """Short enough for a heading between paragraphs, and not ending like a sentence."""
        short = self.words <= _HEADING_WORDS and len(self.text) <= _HEADLINE_LENGTH
        return short and not is_finished(self.text)

    @property
    def is_quote(self) -> bool:
        """A quotation from end to end: who says it stands elsewhere."""
        return bool(_QUOTED.fullmatch(self.text)) and is_finished(self.text)


def fold(text: str) -> str:
    """Text for comparison: case, quotation marks, dashes and white space do not matter."""
    return " ".join(text.translate(_PLAIN).casefold().split()).rstrip(".")


def line_of(text: str, chunk: Chunk) -> Line:
    """A chunk of a text as a line."""
    words = text[chunk.begin : chunk.end]
    return Line(chunk, words, fold(words), len(words.split()))
