"""Entity sets in IOB2 as spaCy documents; what a set does not annotate stays unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from typing import Final

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.errors import KGError
from kg.train.augment import vary
from kg.train.conllu import Word
from kg.train.corpus import Options
from kg.train.repairs import Context, respace
from kg.train.sources import Source, Sources

__all__ = ["ENTITY", "entity_docs", "forget", "read_iob", "selected", "to_entity_doc"]

ENTITY: Final = ("ORTH", "SPACY", "SENT_START", "ENT_IOB", "ENT_TYPE")
_UNKNOWN: Final = "-"
_TOGETHER: Final = 4  # sentences a document
_PENN: Final = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}
_VARIANTS: Final = {"marks": 0.1, "capitals": 0.05, "lower": 0.03}
"""Chances that a document gets a variant beside it."""


def read_iob(path: Path) -> Iterator[list[Word]]:
    """Sentences of ``token TAB tag`` lines; the tag stands in ``Word.xpos``.

    Raises:
        KGError: a line has no tag.
    """
    words: list[Word] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            form, tab, tag = line.rstrip("\n").partition("\t")
            if form and not tab:
                raise KGError(f"{path}, line {number}: expected a token, a tab and an IOB2 tag")
            if form:
                words.append(Word(_PENN.get(form, form), form, "X", tag))
            elif words:
                yield words
                words = []
    if words:
        yield words


def entity_docs(sources: Sources, use: str, options: Options, vocab: Vocab) -> Iterator[Doc]:
    """Documents of four sentences, shuffled; for training, with variants."""
    random = Random(options.seed)  # noqa: S311
    context = Context(sources.words)
    groups: list[list[list[Word]]] = []
    for source in sources.of("entities", use):  # type: ignore[arg-type]
        found = selected(source, list(read_iob(sources.data / source.file)))
        for words in found:
            respace(words, context)
            _untitle(words, frozenset(sources.words.get("titles", ())))
            forget(words, source)
        parts = [found[i : i + _TOGETHER] for i in range(0, len(found), _TOGETHER)]
        groups += parts * (source.times if use == "train" else 1)
    if use == "train":
        for part in list(groups):
            for name, chance in _VARIANTS.items():
                if random.random() < chance:
                    groups.append([vary(w, name, random) or w for w in part])
        random.shuffle(groups)
    return (to_entity_doc(vocab, part) for part in groups)


def to_entity_doc(vocab: Vocab, sentences: Sequence[Sequence[Word]]) -> Doc:
    """A Doc with the entities of the words' IOB2 tags (``-``: unknown), in ``Word.xpos``."""
    words = [w for s in sentences for w in s]
    spaces = [w.space for w in words]
    spaces[-1] = False
    doc = Doc(vocab, words=[w.form for w in words], spaces=spaces)
    entities: list[Span] = []
    begin: int | None = None
    for i, tag in enumerate([*(w.xpos for w in words), "O"]):
        if begin is not None and not tag.startswith("I-"):
            entities.append(Span(doc, begin, i, label=words[begin].xpos[2:]))
            begin = None
        if tag.startswith("B-"):
            begin = i
    missing = [doc[i : i + 1] for i, word in enumerate(words) if word.xpos == _UNKNOWN]
    doc.set_ents(entities, missing=missing, default="outside")
    begins = set(accumulate((len(s) for s in sentences), initial=0))
    for token in doc:
        token.is_sent_start = token.i in begins
    return doc


def forget(words: list[Word], source: Source) -> None:
    """Mark as unknown what a set does not annotate, and what it annotates too noisily.

    In a set without MISC, a capitalised word outside may be one, unless it begins the sentence.
    """
    unsure = False
    for i, word in enumerate(words):
        tag, label = word.xpos[:1], word.xpos[2:]
        unsure = label in source.unsure and (tag == "B" or unsure)
        if unsure or (source.lacks and i and tag == "O" and word.form[:1].isupper()):
            word.xpos = _UNKNOWN


def selected(source: Source, found: list[list[Word]]) -> list[list[Word]]:
    """The part of a file's sentences that the source stands for."""
    if source.free_sentences:
        return [w for first, last in source.free_sentences for w in found[first:last]]
    return found[slice(*source.sentences)] if source.sentences else found


def _untitle(words: list[Word], titles: frozenset[str]) -> None:
    """*Mr. Kelly*: the title is no part of the person's name."""
    for word, following in pairwise(words):
        if word.xpos == "B-PER" and following.xpos == "I-PER" and word.form.lower() in titles:
            word.xpos, following.xpos = "O", "B-PER"
