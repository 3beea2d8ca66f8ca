"""How many words a second the pipelines that ship read, beside stock components of spaCy.

    OPENBLAS_NUM_THREADS=1 python tests/benchmarks/pipeline_speed.py PATH…

Both run in turn over the same texts; rates are words of a second of processor time, the best of
three rounds. The stock pipeline is ``spacy.blank`` with a tok2vec of width 96 that a tagger, a
morphologizer, a lemmatizer and a transition-based parser listen to, and a recogniser with a tok2vec
of its own; it is not trained, which changes what it says but hardly how long it takes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from time import process_time
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from kg.annotate import load_pipeline
from kg.read import read
from kg.types import Document

WIDTH = 96
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH}
ENCODER = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": WIDTH,
    "depth": 4,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("paths", nargs="+", metavar="PATH")
    documents = [d for d in read(arguments.parse_args().paths) if isinstance(d, Document)]
    for language in ("en", "it"):
        texts = [
            d.text[b.begin : b.end] for d in documents if d.language == language for b in d.blocks
        ]
        ours, stock = load_pipeline(language), stock_pipeline(language, texts[:50])
        rounds = [(rate(ours, texts), rate(stock, texts)) for _ in range(3)]
        fastest, beside = (max(r[i] for r in rounds) for i in (0, 1))
        print(
            f"{language}: {fastest:,.0f} words a second, stock components {beside:,.0f}, "
            f"ratio {fastest / beside:.2f}"
        )


def rate(nlp: Language, texts: Sequence[str]) -> float:
    begin = process_time()
    words = sum(map(len, nlp.pipe(texts)))
    return words / (process_time() - begin)


def stock_pipeline(language: str, texts: Sequence[str]) -> Language:
    """spaCy's components as its small pipelines have them, with labels for a parser's work."""
    nlp = spacy.blank(language)
    nlp.add_pipe("tok2vec", config={"model": ENCODER})
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER}
    for name in ("tagger", "morphologizer", "trainable_lemmatizer"):
        nlp.add_pipe(name, config={"model": tagger})
    nlp.add_pipe("parser", config={"model": transitions("parser", 8, LISTENER)})
    nlp.add_pipe("ner", config={"model": transitions("ner", 3, ENCODER)})
    trained = load_pipeline(language)
    examples = [Example(nlp.make_doc(d.text), tagged(d)) for d in trained.pipe(texts)]
    nlp.initialize(lambda: examples)
    return nlp


def transitions(state: str, pieces: int, encoder: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": min(pieces, 3),
        "use_upper": state == "ner",
        "tok2vec": encoder,
    }


def tagged(doc: Doc) -> Doc:
    for token in doc:
        token.tag_ = token.pos_
    return doc


if __name__ == "__main__":
    main()
