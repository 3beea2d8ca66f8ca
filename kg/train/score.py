"""How well a pipeline does from raw text: tokens, tags, lemmas, trees and entities by their spans.

A word counts as found where a token has the same characters of the text; tags, lemmas and links
are F1 over words (as in the CoNLL 2018 shared task, punctuation included).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.train.conllu import Tokens
from kg.train.corpus import repair_context, sentences, to_doc
from kg.train.entities import read_iob, selected, to_entity_doc
from kg.train.repairs import Context, respace
from kg.train.sources import Sources

__all__ = ["RELATIONS", "Scores", "evaluate", "score_entities", "score_trees"]

RELATIONS: Final = ("nsubj", "obj", "nsubj:pass", "obl", "conj", "appos", "acl:relcl")
_DOCUMENT: Final = 10  # sentences

Span = tuple[int, int]
Scores = dict[str, float]


def evaluate(
    nlp: Language, sources: Sources, tokens: Tokens, plain: Callable[[str], str] = str
) -> dict[str, Scores]:
    """The scores for every test set by its name, in percent.

    ``plain`` is done to each text before the pipeline and must keep its length.
    """
    blank = spacy.blank(sources.language)
    context = repair_context(sources, tokens)
    scores: dict[str, Scores] = {}
    for source in sources.of("trees", "test"):
        trees = [s.words for s in sentences(sources, source, tokens, context)]
        parts = (trees[i : i + _DOCUMENT] for i in range(0, len(trees), _DOCUMENT))
        docs = [to_doc(blank.vocab, part) for part in parts]
        scores[source.name or source.file] = score_trees(_both(nlp, docs, plain))
    if "ner" not in nlp.pipe_names:
        return scores
    for source in sources.of("entities", "test"):
        found = selected(source, list(read_iob(sources.data / source.file)))
        for words in found:
            respace(words, Context(sources.words))
        parts = (found[i : i + _DOCUMENT] for i in range(0, len(found), _DOCUMENT))
        docs = [to_entity_doc(blank.vocab, part) for part in parts]
        scores[source.name or source.file] = score_entities(
            _both(nlp, docs, plain), ignore=source.lacks
        )
    return scores


def _both(
    nlp: Language, docs: Iterable[Doc], plain: Callable[[str], str]
) -> Iterator[tuple[Doc, Doc]]:
    """Gold documents with what the pipeline makes of their text."""
    docs = list(docs)
    yield from zip(docs, nlp.pipe(plain(doc.text) for doc in docs), strict=True)


def score_trees(pairs: Iterable[tuple[Doc, Doc]]) -> Scores:
    """F1 in percent for pairs of gold and predicted Docs over the same text."""
    counts: dict[str, Counter[str]] = {"gold": Counter(), "found": Counter(), "same": Counter()}
    for gold, found in pairs:
        ours, theirs = set(_facts(found)), set(_facts(gold))
        verbs = {t.idx: t for t in gold if t.pos_ == "VERB"}
        counts["gold"].update(kind for kind, *_ in theirs)
        counts["found"].update(kind for kind, *_ in ours)
        counts["same"].update(kind for kind, *_ in theirs & ours)
        for token in found:
            verb = verbs.get(token.idx)
            if verb is not None and len(verb) == len(token):
                counts["found"]["lemma of verbs"] += 1
                counts["gold"]["lemma of verbs"] += 1
                counts["same"]["lemma of verbs"] += verb.lemma_.lower() == token.lemma_.lower()
    kinds = ("tokens", "UPOS", "lemma", "lemma of verbs", "UAS", "LAS", "LAS-base", "sentences")
    return {kind: _f(counts, kind) for kind in (*kinds, *RELATIONS)}


def score_entities(pairs: Iterable[tuple[Doc, Doc]], ignore: Collection[str] = ()) -> Scores:
    """F1 in percent over entities, all and by label; ``ignore`` names labels to leave out."""
    counts: dict[str, Counter[str]] = {"gold": Counter(), "found": Counter(), "same": Counter()}
    for gold, found in pairs:
        theirs, ours = _entities(gold, ignore), _entities(found, ignore)
        for name, entities in (("gold", theirs), ("found", ours), ("same", theirs & ours)):
            counts[name].update(label for _, label in entities)
            counts[name]["all"] += len(entities)
    return {kind: _f(counts, kind) for kind in ("all", *sorted(set(counts["gold"]) - {"all"}))}


def _entities(doc: Doc, ignore: Collection[str]) -> set[tuple[Span, str]]:
    return {
        ((ent.start_char, ent.end_char), ent.label_) for ent in doc.ents if ent.label_ not in ignore
    }


def _facts(doc: Doc) -> Iterator[tuple[str, *tuple[object, ...]]]:
    """Everything that is right or wrong about a Doc, each with its spans."""
    for token in doc:
        if token.is_space:
            continue
        span, head, dep = _span(token), _span(token.head), token.dep_
        yield "tokens", span
        yield "UPOS", span, token.pos_
        yield "lemma", span, token.lemma_.lower()
        yield "UAS", span, head
        yield "LAS", span, head, dep
        yield "LAS-base", span, head, dep.partition(":")[0]
        if dep in RELATIONS:
            yield dep, span, head
    for sent in doc.sents:
        words = [t for t in sent if not t.is_space]
        if words:
            yield "sentences", words[0].idx, words[-1].idx + len(words[-1])


def _span(token: Token) -> Span:
    return token.idx, token.idx + len(token)


def _f(counts: Mapping[str, Counter[str]], kind: str) -> float:
    total = counts["gold"][kind] + counts["found"][kind]
    return round(200 * counts["same"][kind] / total, 1) if total else 0.0
