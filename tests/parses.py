"""Parses written by hand: a word a line, ``word lemma POS head relation [features] [entity]``.

Heads count from 1 within the sentence, 0 is the root; ``_`` stands for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy import blank
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.types import Block, Document, Extraction

_NO_SPACE_BEFORE = frozenset(",.;:!?)”’'s")
_NO_SPACE_AFTER = frozenset("(“")


def parse(rows: str, vocab: Vocab | None = None) -> Doc:
    """A Doc from the rows of one or more sentences; an empty line ends a sentence."""
    sentences = [
        [line.split() for line in block.strip().splitlines()]
        for block in rows.strip().split("\n\n")
    ]
    words, lemmas, pos, heads, deps, morphs, ents, starts = [], [], [], [], [], [], [], []
    for sentence in sentences:
        first = len(words)
        for number, row in enumerate(sentence):
            word, lemma, tag, head, dep, *rest = row
            features = rest[0] if rest and rest[0] != "_" else ""
            entity = rest[1] if len(rest) > 1 else "O"
            words.append(word)
            lemmas.append(lemma)
            pos.append(tag)
            heads.append(first + int(head) - 1 if head != "0" else first + number)
            deps.append(dep if head != "0" else "ROOT")
            morphs.append(features)
            ents.append(entity)
            starts.append(number == 0)
    spaces = [
        not (following and (following in _NO_SPACE_BEFORE or following.startswith("’s")))
        and word not in _NO_SPACE_AFTER
        and not (word.endswith("’") and len(word) < 6)
        for word, following in zip(words, [*words[1:], ""], strict=True)
    ]
    doc = Doc(
        vocab or blank("xx").vocab,
        words=words,
        spaces=spaces,
        lemmas=lemmas,
        pos=pos,
        heads=heads,
        deps=deps,
        morphs=morphs,
        ents=ents,
    )
    doc.user_data["blocks"] = [0] * len(doc)
    return doc


def document(doc: Doc, language: str) -> Document:
    """The document of a Doc, all of it one paragraph."""
    return Document(
        "d", "d.txt", doc.text, language, blocks=(Block(0, len(doc.text), "paragraph"),)
    )


def triples(facts: list[Extraction]) -> list[tuple[str, str, str]]:
    """(subject, lemma with noun and preposition, object) of each extraction, in order."""
    return list(_triples(facts))


def _triples(facts: list[Extraction]) -> Iterator[tuple[str, str, str]]:
    for f in facts:
        relation = " ".join(p for p in (f.relation.lemma, f.relation.noun, f.relation.case) if p)
        yield f.subject.text, relation, f.object.text if f.object else ""
