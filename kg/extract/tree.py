"""A document's dependency trees as plain lists that can be repaired, then written back."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
from spacy.attrs import DEP, ENT_TYPE, HEAD, LEMMA, POS
from spacy.tokens import Doc

__all__ = ["NOMINAL", "Tree", "base"]

_READ: Final = [LEMMA, POS, DEP, ENT_TYPE, HEAD]
NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})


@cache
def base(dep: str) -> str:
    """A relation without its subtype: ``nsubj:pass`` → ``nsubj``."""
    return dep.partition(":")[0]


class Tree:
    """Heads, relations, parts of speech and lemmas of a Doc; indices are the Doc's tokens."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words = [t.text for t in doc]
        self.lower = [w.lower() for w in self.words]
        # one array instead of a Token object a token and attribute
        text = doc.vocab.strings
        rows = doc.to_array(_READ)
        self.lemma, self.pos, self.dep, self.ent = (
            [text[int(key)] for key in rows[:, column]] for column in range(4)
        )
        offsets = rows[:, 4].astype("int64")
        self.head = [i + int(offset) for i, offset in enumerate(offsets)]
        self._children: list[list[int]] | None = None
        self._features: dict[int, frozenset[str]] = {}
        self.changed = False

    def sentences(self) -> Iterator[range]:
        """Token ranges of the sentences that were parsed (gaps are left out)."""
        for sent in self.doc.sents:
            if self.pos[sent.start]:
                yield range(sent.start, sent.end)

    def children(self, i: int, *deps: str) -> list[int]:
        """Dependents of ``i`` in their order; with ``deps``, those whose relation is among them."""
        if self._children is None:
            self._children = [[] for _ in self.words]
            for k, h in enumerate(self.head):
                if h != k:
                    self._children[h].append(k)
        found = self._children[i]
        if not found:
            return []
        if not deps:
            return list(found)
        return [k for k in found if self.dep[k] in deps or base(self.dep[k]) in deps]

    def has(self, i: int, feature: str) -> bool:
        """True if the token's morphology holds ``Name=Value``."""
        features = self._features.get(i)
        if features is None:
            features = self._features[i] = frozenset(str(self.doc[i].morph).split("|"))
        return feature in features

    def dominates(self, above: int, below: int) -> bool:
        """True if ``above`` is ``below`` or one of its ancestors."""
        at = below
        while at != above:
            if self.head[at] == at:
                return False
            at = self.head[at]
        return True

    def attach(self, i: int, head: int, dep: str) -> bool:
        """Hang ``i`` under ``head``; nothing is done (False) where that would make a cycle."""
        if i == head or self.dominates(i, head):
            return False
        self._move(i, head)
        self.dep[i] = dep
        return True

    def make_root(self, i: int) -> None:
        """Let ``i`` head its sentence; what headed it is left for the caller to hang somewhere."""
        self._move(i, i)
        self.dep[i] = "ROOT"

    def _move(self, i: int, head: int) -> None:
        if self._children is not None:
            if self.head[i] != i:
                self._children[self.head[i]].remove(i)
            if head != i:
                insort(self._children[head], i)
        self.head[i] = head
        self.changed = True

    def promote(self, i: int) -> None:
        """Let ``i`` take its head's place in the tree, and the head hang under ``i``."""
        old = self.head[i]
        above, dep = self.head[old], self.dep[old]
        if above == old:
            self.make_root(i)
        else:
            self._move(i, above)
            self.dep[i] = dep
        self._move(old, i)

    def tag(self, i: int, pos: str, lemma: str | None = None) -> None:
        """Correct a part of speech, and the lemma with it."""
        self.pos[i] = pos
        if lemma is not None:
            self.lemma[i] = lemma
        self.changed = True

    def write(self) -> None:
        """Put the repaired trees into the Doc."""
        if not self.changed:
            return
        strings = self.doc.vocab.strings
        rows = np.zeros((len(self.words), 4), dtype="uint64")
        for i in range(len(self.words)):
            rows[i, 0] = np.array(self.head[i] - i, dtype="int64").astype("uint64")
            rows[i, 1] = strings.add(self.dep[i])
            rows[i, 2] = strings[self.pos[i]] if self.pos[i] else 0
            rows[i, 3] = strings.add(self.lemma[i])
        self.doc.from_array([HEAD, DEP, POS, LEMMA], rows)  # type: ignore[arg-type]
