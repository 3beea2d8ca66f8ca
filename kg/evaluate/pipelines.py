"""The pipelines on their test sets: tags, lemmas, trees and names from raw text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.annotate import languages, load_pipeline, plain
from kg.train.corpus import best_tokens
from kg.train.score import Scores, evaluate
from kg.train.sources import gather

__all__ = ["evaluate_pipelines"]


def evaluate_pipelines(data: Path) -> Iterator[tuple[str, Scores]]:
    """The F1 scores, in percent, of each test set's name; of the pipelines that ship.

    Texts go through the pipelines as a build's do (``kg.annotate.plain``).

    Raises:
        KGError: a file of kg/train/sources.toml is missing under ``data`` or is another.
    """
    for language in languages():
        sources = gather(language, data)
        tokens, _ = best_tokens(sources)
        yield from evaluate(load_pipeline(language), sources, tokens, plain).items()
