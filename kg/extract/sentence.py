"""The words of a mended parse as plain Python objects, which are read many times each.

spaCy makes a new object each time that a token is asked for; extraction asks some hundred times a
word. A `Parse` is made once a document, from the arrays of its `Tree`.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from kg.extract.tree import Tree, base

__all__ = ["Parse", "Sentence", "Word"]

_NONE: Final[list[Word]] = []  # the dependents of a word without any: one list for all


class Word:
    """A word, its place in the tree, and what the annotation says of it.

    ``lemma`` and ``lower`` are in lower case; ``dep`` is the relation to ``head`` and ``relation``
    the same without its subtype (``nsubj`` for ``nsubj:pass``); a root is its own head and ``dep``
    is then ``ROOT``. ``entity`` is the type of the named entity that the word is in, or empty;
    ``inside`` is True in an entity after its first word. ``space`` follows the word in the text.
    """

    __slots__ = (
        "_subtree",
        "case",
        "children",
        "dep",
        "entity",
        "features",
        "head",
        "i",
        "inside",
        "lemma",
        "lower",
        "parse",
        "pos",
        "relation",
        "sentence",
        "space",
        "text",
    )

    i: int
    """Index in the document."""
    text: str
    lower: str
    lemma: str
    pos: str
    dep: str
    relation: str
    head: Word
    children: list[Word]
    """Dependents in their order."""
    features: frozenset[str]
    """Morphology, ``Name=Value``."""
    entity: str
    inside: bool
    space: str
    parse: Parse
    sentence: Sentence
    case: str | None
    """What `kg.extract.tokens.case_of` found."""
    _subtree: list[Word] | None

    def __repr__(self) -> str:
        return f"<{self.text} {self.dep}>"

    @property
    def subtree(self) -> list[Word]:
        """The word and all that hangs under it, in the order of the text."""
        if self._subtree is None:
            found = [self]
            for word in found:  # grows meanwhile
                found.extend(word.children)
            found.sort(key=_place)
            self._subtree = found
        return self._subtree

    @property
    def begin(self) -> int:
        """The index of the first word of its phrase.

        Of a phrase with a gap (a tree need not be projective) it is the part round the word itself.
        """
        at = self.i
        if self.children and self.children[0].i < at:
            inside = {word.i for word in self.subtree}
            while at - 1 in inside:
                at -= 1
        return at

    def is_ancestor(self, other: Word) -> bool:
        """True if the other word hangs, however deep, under this one."""
        at = other
        while at.head is not at:
            at = at.head
            if at is self:
                return True
        return False

    @property
    def is_punct(self) -> bool:
        """True for a word of punctuation marks only."""
        return _is_punct(self.text)

    @property
    def is_space(self) -> bool:
        """True for white space."""
        return self.text.isspace()


def _place(word: Word) -> int:
    return word.i


@cache
def _is_punct(text: str) -> bool:
    return all(unicodedata.category(c)[0] == "P" for c in text)


class Sentence(list[Word]):
    """The words of a sentence; ``start`` and ``end`` are indices in the document."""

    def __init__(self, words: list[Word]) -> None:
        super().__init__(words)
        self.start = words[0].i
        self.end = words[-1].i + 1

    @property
    def root(self) -> Word:
        """The word that is its own head, the first of several."""
        return next((word for word in self if word.head is word), self[0])

    @property
    def text(self) -> str:
        """The sentence as the text has it, without the space after it."""
        words = "".join([word.text + word.space for word in self[:-1]])
        return words + self[-1].text


class Parse(list[Word]):
    """The words of a document's mended trees."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.phrases: dict[int, tuple[int, ...]] = {}
        columns = zip(
            tree.words,
            tree.lower,
            tree.lemma,
            tree.pos,
            tree.dep,
            tree.features,
            tree.ent,
            tree.inside,
            tree.spaces,
            strict=True,
        )
        for i, (text, lower, lemma, pos, dep, features, entity, inside, space) in enumerate(
            columns
        ):
            word = Word()
            word.i, word.text, word.lower, word.lemma = i, text, lower, lemma.lower()
            word.pos, word.dep, word.relation, word.features = pos, dep, base(dep), features
            word.entity, word.inside, word.space = entity, inside, space
            word.parse, word.children, word._subtree, word.case = self, _NONE, None, None
            self.append(word)
        for word, head in zip(self, tree.head, strict=True):
            word.head = above = self[head]
            if above is word:
                continue
            if above.children:
                above.children.append(word)
            else:
                above.children = [word]
        self.sentences = [Sentence(self[begin:end]) for begin, end in tree.bounds]
        for sentence in self.sentences:
            for word in sentence:
                word.sentence = sentence
