"""Treebanks as spaCy documents: repaired, grouped into documents, with variants of headlines."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from kg.train.augment import vary
from kg.train.conllu import Sentence, Tokens, Word, read_conllu
from kg.train.repairs import REPAIRS, Context, auxiliaries, normalise
from kg.train.sources import Source, Sources

__all__ = [
    "TREE",
    "Options",
    "agreement",
    "best_tokens",
    "group",
    "sentences",
    "to_doc",
    "tree_docs",
    "write_docs",
]

_SIZES: Final = (1, 2, 3, 5, 8, 10)
TREE: Final = ("ORTH", "SPACY", "POS", "TAG", "LEMMA", "MORPH", "HEAD", "DEP", "SENT_START")
_HEADLINE: Final = 25  # words: longer sentences are no headlines
_SAMPLE: Final = 500  # sentences whose tokens are compared with spaCy's


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are made: chances that a document gets a variant beside it, by its name."""

    seed: int = 0
    whole: Mapping[str, float] = field(default_factory=lambda: {"marks": 0.08, "lower": 0.02})
    headline: Mapping[str, float] = field(
        default_factory=lambda: {"capitals": 0.04, "title": 0.06, "bare": 0.08}
    )


@cache
def _labels() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("labels.toml").read_text("utf-8"))


def best_tokens(sources: Sources) -> tuple[Tokens, float]:
    """Which way to treat multiword tokens agrees better with spaCy's tokenizer, and its F."""
    nlp = spacy.blank(sources.language)
    files_ = [s for s in sources.of("trees", "train") if "respace" not in s.repairs]
    ways: tuple[Tokens, Tokens] = ("split", "merged")
    scores = {
        way: sum(
            agreement(nlp, islice(read_conllu(sources.data / s.file, way), _SAMPLE)) for s in files_
        )
        / len(files_)
        for way in ways
    }
    best = max(ways, key=lambda way: scores[way])
    return best, scores[best]


def agreement(nlp: Language, trees: Iterable[Sentence]) -> float:
    """F of spaCy's tokens for the raw text against the treebank's, by character spans."""
    same = ours = theirs = 0
    for tree in trees:
        gold = to_doc(nlp.vocab, [tree.words])
        spans = {(t.idx, t.idx + len(t)) for t in gold}
        found = {(t.idx, t.idx + len(t)) for t in nlp.make_doc(gold.text)}
        same += len(spans & found)
        ours += len(found)
        theirs += len(spans)
    return 2 * same / (ours + theirs) if ours + theirs else 0.0


def sentences(sources: Sources, source: Source, tokens: Tokens, context: Context) -> list[Sentence]:
    """A source's sentences with its repairs and the project's labels."""
    found = [s for s in read_conllu(sources.data / source.file, tokens) if source.takes(s.document)]
    for sentence in found:
        for repair in source.repairs:
            REPAIRS[repair](sentence.words, context)
        normalise(sentence, _labels())
    return found


def repair_context(sources: Sources, tokens: Tokens) -> Context:
    """What repairs go by: the language's words, and what treebanks without that repair say."""
    context = Context(sources.words)
    passive = sources.words.get("passive", ())
    if not passive:
        return context
    clean = [s for s in sources.of("trees", "train") if not s.alone and "passives" not in s.repairs]
    counted = (t for s in clean for t in sentences(sources, s, tokens, context))
    return Context(sources.words, auxiliaries(counted, passive[0]))


def tree_docs(
    sources: Sources, use: str, tokens: Tokens, options: Options, vocab: Vocab
) -> Iterator[Doc]:
    """Documents of 1 to 10 sentences (tweets: one), shuffled; for training, with variants."""
    random = Random(options.seed)  # noqa: S311
    context = repair_context(sources, tokens)
    groups: list[list[list[Word]]] = []
    for source in sources.of("trees", use):  # type: ignore[arg-type]
        for _ in range(source.times if use == "train" else 1):
            words = [s.words for s in sentences(sources, source, tokens, context)]
            groups += group(words, random, _SIZES if not source.alone else (1,))
    if use == "train":
        groups += list(variants(groups, options, random))
        random.shuffle(groups)
    return (to_doc(vocab, g) for g in groups)


def group(
    items: Sequence[list[Word]], random: Random, sizes: Sequence[int]
) -> Iterator[list[list[Word]]]:
    """Consecutive items, as many a group as chance has it."""
    at = 0
    while at < len(items):
        size = random.choice(sizes)
        yield list(items[at : at + size])
        at += size


def variants(
    groups: Iterable[list[list[Word]]], options: Options, random: Random
) -> Iterator[list[list[Word]]]:
    """Some of the groups in other typography, and some first sentences as headlines."""
    for each in groups:
        for name, chance in options.whole.items():
            if random.random() < chance:
                changed = [vary(words, name, random) or words for words in each]
                if changed != each:
                    yield changed
        for name, chance in options.headline.items():
            if random.random() < chance and len(each[0]) <= _HEADLINE:
                headline = vary(each[0], name, random)
                if headline:
                    yield [headline]


def to_doc(vocab: Vocab, sentences_: Sequence[Sequence[Word]]) -> Doc:
    """A Doc of the sentences, a space between two of them."""
    words = [w for s in sentences_ for w in s]
    spaces = [w.space or i == len(s) - 1 for s in sentences_ for i, w in enumerate(s)]
    spaces[-1] = False
    heads: list[int] = []
    for sentence in sentences_:
        begin = len(heads)
        heads += (begin + w.head for w in sentence)
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=spaces,
        pos=[w.upos for w in words],
        tags=[w.upos if w.xpos == "_" else w.xpos for w in words],
        lemmas=[w.lemma for w in words],
        morphs=["|".join(f"{k}={v}" for k, v in sorted(w.feats.items())) for w in words],
        heads=heads,
        deps=[w.dep for w in words],
    )


def write_docs(path: Path, docs: Iterable[Doc], attrs: Sequence[str]) -> int:
    """Write a DocBin; returns the number of tokens."""
    found = DocBin(attrs=attrs, store_user_data=False)
    tokens = 0
    for doc in docs:
        found.add(doc)
        tokens += len(doc)
    path.parent.mkdir(parents=True, exist_ok=True)
    found.to_disk(path)
    return tokens
