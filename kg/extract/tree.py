"""A document's dependency trees as plain lists that can be repaired, then written back."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from typing import Final

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, SPACY
from spacy.strings import StringStore
from spacy.tokens import Doc

__all__ = ["NOMINAL", "Tree", "base"]

_READ: Final = [LEMMA, POS, DEP, HEAD, MORPH, SPACY, ORTH]
_REMEMBERED: Final = 1 << 16  # words and other strings
_INSIDE: Final = 1  # spaCy's number for the IOB tag I
NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})


@cache
def base(dep: str) -> str:
    """A relation without its subtype: ``nsubj:pass`` → ``nsubj``."""
    return dep.partition(":")[0]


@lru_cache(maxsize=_REMEMBERED)
def _text(strings: StringStore, key: int) -> str:
    return strings[key]


@cache
def _features(morph: str) -> frozenset[str]:
    """``Name=Value`` of each feature and value: ``A=1,2|B=3`` has three."""
    pairs = (feature.split("=") for feature in morph.split("|") if "=" in feature)
    return frozenset(f"{name}={value}" for name, values in pairs for value in values.split(","))


class Tree:
    """Heads, relations, parts of speech and lemmas of a Doc; indices are the Doc's tokens."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        # arrays instead of a Token object a token and attribute
        self._rows = doc.to_array(_READ)
        columns = self._rows.T.tolist()
        text = partial(_text, doc.vocab.strings)
        lemma, pos, dep, morph, words = (list(map(text, columns[at])) for at in (0, 1, 2, 4, 6))
        self.lemma, self.pos, self.dep, self.words = lemma, pos, dep, words
        self.lower = [w.lower() for w in words]
        self.features = [_features(m) for m in morph]
        self.head: list[int] = (self._rows[:, 3].astype("int64") + np.arange(len(doc))).tolist()
        self.spaces = [" " if space else "" for space in columns[5]]
        self.bounds = [(s.start, s.end) for s in doc.sents]
        self.read_entities()
        self._as_read = (lemma.copy(), pos.copy(), dep.copy())
        self._children: list[list[int]] | None = None
        self._tagged: dict[tuple[int, tuple[str, ...]], list[int]] = {}
        self.changed = False

    def read_entities(self) -> None:
        """Read the Doc's named entities, anew where they have been mended."""
        types, tags = self.doc.to_array([ENT_TYPE, ENT_IOB]).T.tolist()
        self.ent = [_text(self.doc.vocab.strings, key) for key in types]
        self.inside = [tag == _INSIDE for tag in tags]

    def sentences(self) -> Iterator[range]:
        """Token ranges of the sentences that were parsed (gaps are left out)."""
        for begin, end in self.bounds:
            if self.pos[begin]:
                yield range(begin, end)

    def tagged(self, sent: range, *pos: str) -> list[int]:
        """The words of a sentence with one of these parts of speech."""
        key = sent.start, pos
        found = self._tagged.get(key)
        if found is None:
            found = self._tagged[key] = [i for i in sent if self.pos[i] in pos]
        return found

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
        dep = self.dep
        return [k for k in found if dep[k] in deps or base(dep[k]) in deps]

    def heads_of(self, sent: range, dep: str) -> list[int]:
        """The words of a sentence that have a dependent of a relation, whatever its subtype."""
        deps, head = self.dep, self.head
        return sorted({head[i] for i in sent if base(deps[i]) == dep})

    def has(self, i: int, feature: str) -> bool:
        """True if the token's morphology holds ``Name=Value``."""
        return feature in self.features[i]

    def dominates(self, above: int, below: int) -> bool:
        """True if ``above`` is ``below`` or one of its ancestors."""
        at = below
        while at != above:
            if self.head[at] == at:
                return False
            at = self.head[at]
        return True

    def end(self, i: int) -> int:
        """The last word of what hangs under ``i``."""
        return max((i, *map(self.end, self.children(i))))

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
        if pos != self.pos[i]:
            self.pos[i] = pos
            self._tagged.clear()
        if lemma is not None:
            self.lemma[i] = lemma
        self.changed = True

    def write(self) -> None:
        """Put the repaired trees into the Doc."""
        if not self.changed:
            return
        strings = self.doc.vocab.strings
        rows = self._rows[:, :4].copy()
        texts = (self.lemma, self.pos, self.dep)
        for column, (old, new) in enumerate(zip(self._as_read, texts, strict=True)):
            for i, (before, after) in enumerate(zip(old, new, strict=True)):
                if before != after:
                    rows[i, column] = strings.add(after)
        offsets = np.array(self.head, dtype="int64") - np.arange(len(self.head))
        rows[:, 3] = offsets.astype("uint64")
        self.doc.from_array([LEMMA, POS, DEP, HEAD], rows)  # type: ignore[arg-type]
