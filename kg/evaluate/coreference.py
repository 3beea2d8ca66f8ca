"""Coreference within documents measured on GUM's, from the raw text through our own parse.

The gold is CoNLL-U with ``Entity=`` in MISC (https://gucorpling.org/gum/). Mentions are matched by
their head word, as in the CorefUD shared tasks (Žabokrtský et al. 2022): a gold mention's head is
the word of its span that hangs outside of it in the treebank's tree, ours the head in our parse,
and two heads are the same if they begin at the same character. Of gold mentions with one head (*A*
and *A and B*) the shortest has it and the others cannot be found. What nobody says in words (a
silent subject) is no mention here. What a copula or an apposition says of something counts as its
mention, as in the gold; our graph keeps that as a statement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.annotate import annotate
from kg.evaluate.clusters import Clustering, Tally, conll_f1, score
from kg.evaluate.scores import GoldError, read_gold
from kg.extract import extract
from kg.resolve import link_document
from kg.resolve.linker import Linker
from kg.types import Block, Document

__all__ = ["CoreferenceGold", "CoreferenceScores", "read_coreference"]

_FILE: Final = "coref/en/gum_coref-dev.conllu"
_LANGUAGE: Final = "en"
_ENTITY: Final = re.compile(r"\((?P<open>[^()\-]+)-[^()]*(?P<one>\))?|(?P<close>[^()\-]+)\)")
_DOCUMENT: Final = "# newdoc id = "
_PARAGRAPH: Final = "# newpar"
_BLOCK: Final = "# newpar_block = "
_TEXT: Final = "# text = "


@dataclass(frozen=True, slots=True)
class CoreferenceScores:
    """Scores by metric, with the mentions that stand alone and without."""

    chains: Mapping[str, Tally]
    """Clusters of two and more mentions, the field's usual figure."""
    everything: Mapping[str, Tally]
    """Singletons too."""

    @property
    def conll(self) -> float:
        """CoNLL F1 without singletons."""
        return conll_f1(self.chains)

    @property
    def conll_with_singletons(self) -> float:
        """CoNLL F1 with singletons."""
        return conll_f1(self.everything)


@dataclass(frozen=True, slots=True)
class CoreferenceGold:
    """Documents with the clusters of their mentions, each mention the offset of its head."""

    documents: Sequence[tuple[Document, Clustering]]

    def evaluate(self) -> CoreferenceScores:
        """Resolve the documents, as the code does now, and compare."""
        pairs = [(gold, _resolved(document)) for document, gold in self.documents]
        chains = [(_chains(gold), _chains(said)) for gold, said in pairs]
        return CoreferenceScores(score(chains), score(pairs))


def read_coreference(data: Path) -> CoreferenceGold:
    """The gold in a folder of data.

    Raises:
        GoldError: the file is missing, or not in its format.
    """
    path = data / _FILE
    parts = read_gold(path).split(_DOCUMENT)[1:]
    if not parts:
        raise GoldError(f"{path}: no documents in it ({_DOCUMENT.strip()} … is missing)")
    try:
        return CoreferenceGold(tuple(_document(part) for part in parts))
    except (ValueError, IndexError, KeyError) as error:
        raise GoldError(f"{path}: not CoNLL-U with Entity= ({error})") from error


def _chains(clusters: Clustering) -> Clustering:
    return [cluster for cluster in clusters if len(cluster) > 1]


def _resolved(document: Document) -> Clustering:
    """The clusters of our mentions, by the offset of their heads."""
    ((_, doc),) = annotate([document])
    linker = link_document(document, doc, extract(document, doc))
    owner = {h: c for h, c in linker.described.items() if _alone(h, linker)}
    clusters: dict[int, set[int]] = defaultdict(set)
    for head, cluster in (linker.of | owner).items():
        if head >= 0:
            clusters[id(cluster)].add(doc[head].idx)
    return list(clusters.values())


def _alone(head: int, linker: Linker) -> bool:
    """Whether a description is all that is known of what it describes: *a poet* in *is a poet*."""
    cluster = linker.of.get(head)
    return cluster is None or len(cluster.mentions) == 1


# -- the gold --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Word:
    begin: int
    """Offset in the document."""
    head: int
    """Index of its head in the sentence, -1 for the root."""
    entities: str


def _document(part: str) -> tuple[Document, Clustering]:
    """A document's text in paragraphs, and its clusters."""
    name, _, body = part.partition("\n")
    text = ""
    blocks: list[Block] = []
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for sentence in body.strip().split("\n\n"):
        lines = sentence.split("\n")
        texts = [line.removeprefix(_TEXT) for line in lines if line.startswith(_TEXT)]
        if len(texts) != 1:
            raise ValueError(f"a sentence of {name} without {_TEXT.strip()}")
        said = texts[0]
        if any(line.startswith(_PARAGRAPH) for line in lines) or not blocks:
            kind = next((x.removeprefix(_BLOCK) for x in lines if x.startswith(_BLOCK)), "")
            text += "\n\n" if text else ""
            blocks.append(Block(len(text), 0, "heading" if _heading(kind) else "paragraph"))
        else:
            text += " "
        words = list(_words(lines, said, len(text)))
        text += said
        blocks[-1] = Block(blocks[-1].begin, len(text), blocks[-1].kind)
        for entity, begin, end in _mentions(words):
            spans[entity].append((words[_head(words, begin, end)].begin, end - begin))
    return Document(name, name, text, _LANGUAGE, blocks=tuple(blocks)), _clusters(spans)


def _heading(kind: str) -> bool:
    return kind.startswith(("head", "caption", "figure"))


def _words(lines: Sequence[str], said: str, start: int) -> Iterator[_Word]:
    """The syntactic words of a sentence that begins at offset ``start``."""
    at = 0
    for line in lines:
        row = line.split("\t")
        if len(row) < 10 or not row[0].isdigit():
            continue
        found = said.find(row[1], at)
        begin = found if found >= 0 else at
        at = begin + len(row[1]) if found >= 0 else at
        entities = next((f for f in row[9].split("|") if f.startswith("Entity=")), "")
        yield _Word(start + begin, int(row[6]) - 1, entities.removeprefix("Entity="))


def _mentions(words: Sequence[_Word]) -> Iterator[tuple[str, int, int]]:
    """Entity, first word and end of each mention of a sentence."""
    opened: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        for mark in _ENTITY.finditer(word.entities):
            if mark["one"]:
                yield mark["open"], at, at + 1
            elif mark["open"]:
                opened[mark["open"]].append(at)
            else:
                yield mark["close"], opened[mark["close"]].pop(), at + 1


def _head(words: Sequence[_Word], begin: int, end: int) -> int:
    """The first word of a span whose head is outside of it."""
    inside = range(begin, end)
    return next((i for i in inside if words[i].head not in inside), begin)


def _clusters(spans: Mapping[str, Sequence[tuple[int, int]]]) -> Clustering:
    """Mentions by their heads; of several with one head the shortest is called by it alone."""
    shortest: dict[int, int] = {}
    for mentions in spans.values():
        for head, size in mentions:
            shortest[head] = min(size, shortest.get(head, size))
    taken: set[object] = set()
    clusters = []
    for mentions in spans.values():
        cluster: set[int | tuple[int, int]] = set()
        for head, size in mentions:
            key: int | tuple[int, int] = head if size == shortest[head] else (head, size)
            if key not in taken:
                taken.add(key)
                cluster.add(key)
        if cluster:
            clusters.append(cluster)
    return clusters
