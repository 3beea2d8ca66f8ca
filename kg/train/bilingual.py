"""Translations from English that are certain: where wordnets agree, with treebanks to choose."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.lang.lexicon import Lexicon, Pos
from kg.train.tables import write_meta, write_table

__all__ = ["write_back"]

_AGREEMENT: Final = 2
"""Wordnets that must give a word for a sense before it is taken for a translation back."""
_TAGS: Final[Mapping[str, Pos]] = {"NOUN": "n", "VERB": "v", "ADJ": "a"}


def write_back(output: Path, language: str, tables: Iterable[Path], treebanks: Path) -> None:
    """``lemma pos word`` under ``output/bilingual``: what `Lexicon.back` looks up.

    A word is certain that as many wordnets as any, and at least two, give for the sense an English
    lemma mostly stands in, and that translates back to it. Of several the one is taken that the
    training parts of the language's treebanks have most often; one that they never have is left
    out.
    """
    counts = _lemma_counts(treebanks)
    rows = []
    for lemma, pos, words in _counterparts(output, language, tables):
        best = max(words, key=lambda word: (counts[word, pos], word))
        if counts[best, pos]:
            rows.append((lemma, pos, best))
    write_table(output / "bilingual" / f"{language}.tsv.gz", sorted(rows))
    write_meta(
        output / "bilingual",
        source="WordNet 3.0, MultiWordNet, ItalWordNet and Wiktionary as beside it; of words that"
        " they give alike, the one with most lemmas in the UD treebanks",
        url="https://wordnet.princeton.edu/",
        licence="CC BY-SA 3.0",
    )


def _counterparts(
    output: Path, language: str, tables: Iterable[Path]
) -> Iterator[tuple[str, Pos, list[str]]]:
    lexicon = Lexicon(output)
    inverses = [_inverse(path) for path in tables]
    for word, pos in _keys(output / "wordnet" / "senses.tsv.gz"):
        synset = lexicon.main_synset(word, pos)
        agreed: Counter[str] = Counter()
        for inverse in inverses if synset else ():
            agreed.update(inverse.get((pos, synset), ()))
        most = max(agreed.values(), default=0)
        best = sorted(
            lemma
            for lemma, count in agreed.items()
            if count == most and lexicon.is_certain(lemma, pos, language, word)
        )
        if most >= _AGREEMENT and best:
            yield word, pos, best


def _inverse(path: Path) -> Mapping[tuple[Pos, str], list[str]]:
    """The lemmas of each synset of a wordnet."""
    inverse: dict[tuple[Pos, str], list[str]] = defaultdict(list)
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        lemma, pos, synsets = line.split("\t")
        for synset in synsets.split():
            inverse[_pos(pos), synset].append(lemma)
    return inverse


def _keys(path: Path) -> Iterator[tuple[str, Pos]]:
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        lemma, pos, _ = line.split("\t")
        yield lemma, _pos(pos)


def _pos(tag: str) -> Pos:
    return "v" if tag == "v" else "a" if tag == "a" else "n"


def _lemma_counts(folder: Path) -> Counter[tuple[str, Pos]]:
    """How often the training parts of a language's treebanks have a lemma."""
    counts: Counter[tuple[str, Pos]] = Counter()
    for path in sorted(folder.glob("*-train*.conllu")):
        for line in path.read_text("utf-8").splitlines():
            row = line.split("\t")
            if len(row) > 3 and row[3] in _TAGS:
                counts[row[2].lower(), _TAGS[row[3]]] += 1
    return counts
