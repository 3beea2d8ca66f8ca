"""A Doc's tokens as plain Python objects, read once: spaCy makes a new one at each question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from operator import attrgetter
from typing import Final

from spacy.attrs import (
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    IDX,
    IS_PUNCT,
    IS_SPACE,
    LEMMA,
    MORPH,
    ORTH,
    POS,
    SPACY,
)
from spacy.tokens import Doc

__all__ = ["Reading", "Sentence", "Token"]

_NAMES: Final = [ORTH, LEMMA, POS, DEP, ENT_TYPE, MORPH]
"""Attributes that are ids of strings."""
_NUMBERS: Final = [HEAD, IDX, ENT_IOB, SPACY, IS_PUNCT, IS_SPACE]
_IOB: Final = ("", "I", "O", "B")
_NONE: Final[list[Token]] = []  # the dependents of a token without any: one list for all
_place = attrgetter("i")


class Token:
    """A token with the attributes that spaCy's has under the same names.

    ``idx`` is the offset (code points) of its first character in the document. A root is its own
    ``head``. ``morph`` has the values of each feature.
    """

    __slots__ = (
        "children",
        "dep_",
        "ent_iob_",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_punct",
        "is_space",
        "lemma_",
        "morph",
        "pos_",
        "sent",
        "text",
        "whitespace_",
    )

    i: int
    idx: int
    text: str
    lemma_: str
    pos_: str
    dep_: str
    head: Token
    children: list[Token]
    ent_type_: str
    ent_iob_: str
    morph: Mapping[str, list[str]]
    sent: Sentence
    whitespace_: str
    is_punct: bool
    is_space: bool

    def __repr__(self) -> str:
        return f"<{self.text} {self.dep_}>"

    @property
    def lower_(self) -> str:
        """The token in lower case."""
        return self.text.lower()

    @property
    def subtree(self) -> list[Token]:
        """The token and all that hangs under it, in the order of the text."""
        found = [self]
        for token in found:  # grows meanwhile
            found.extend(token.children)
        return sorted(found, key=_place)


class Sentence:
    """A sentence; ``start`` and ``end`` are indices of tokens."""

    __slots__ = ("_reading", "end", "start")

    def __init__(self, reading: Reading, start: int, end: int) -> None:
        self._reading = reading
        self.start = start
        self.end = end

    @property
    def tokens(self) -> list[Token]:
        """Its tokens."""
        return self._reading[self.start : self.end]

    @property
    def start_char(self) -> int:
        """The offset (code points) of its first character in the document."""
        return self._reading[self.start].idx

    @property
    def text(self) -> str:
        """Its text, without the space after it."""
        return self._reading.text(self.start, self.end)


class Reading(list[Token]):
    """The tokens of a document; later changes of its Doc are not seen.

    Raises:
        ValueError: the Doc has no sentences.
    """

    def __init__(self, doc: Doc) -> None:
        super().__init__()
        names = doc.to_array(_NAMES).T.tolist()  # arrays instead of a spaCy token a question
        strings = {key: doc.vocab.strings[key] for key in {k for column in names for k in column}}
        words, *columns = [list(map(strings.__getitem__, column)) for column in names]
        numbers = doc.to_array(_NUMBERS).astype("int64").T.tolist()
        spaces = [" " if space else "" for space in numbers.pop(_NUMBERS.index(SPACY))]
        self._text = "".join([w + s for w, s in zip(words, spaces, strict=True)])
        for i, (text, space, lemma, pos, dep, entity, morph, idx, iob, punct, blank) in enumerate(
            zip(words, spaces, *columns, *numbers[1:], strict=True)
        ):
            token = Token()
            token.i, token.idx, token.text, token.lemma_ = i, idx, text, lemma
            token.pos_, token.dep_, token.children = pos, dep, _NONE
            token.ent_type_, token.ent_iob_, token.morph = entity, _IOB[iob], _features(morph)
            token.whitespace_ = space
            token.is_punct, token.is_space = bool(punct), bool(blank)
            self.append(token)
        for token, move in zip(self, numbers[0], strict=True):
            token.head = above = self[token.i + move]
            if above is token:
                continue
            if above.children:
                above.children.append(token)
            else:
                above.children = [token]
        self.sents = [Sentence(self, sent.start, sent.end) for sent in doc.sents]
        for sentence in self.sents:
            for token in sentence.tokens:
                token.sent = sentence

    def text(self, begin: int, end: int) -> str:
        """The tokens ``begin:end`` as the document has them, without the space after them."""
        if begin >= end:
            return ""
        last = self[end - 1]
        return self._text[self[begin].idx : last.idx + len(last.text)]


@cache
def _features(morph: str) -> Mapping[str, list[str]]:
    """The values of each feature: ``A=1,2|B=3``."""
    pairs = (feature.split("=") for feature in morph.split("|") if "=" in feature)
    return {name: values.split(",") for name, values in pairs}
