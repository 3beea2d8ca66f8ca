"""``kg train LANG``: from treebanks and entity sets to a pipeline folder that kg can ship."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from shutil import copyfile
from typing import Any, Final

import spacy
from spacy.tokens import DocBin
from spacy.training.initialize import convert_vectors
from spacy.util import get_lang_class

from kg.annotate import plain
from kg.errors import KGError
from kg.train.conllu import Tokens
from kg.train.corpus import TREE, Options, best_tokens, tree_docs, write_docs
from kg.train.entities import ENTITY, entity_docs
from kg.train.fit import fit
from kg.train.package import assemble, describe
from kg.train.score import evaluate
from kg.train.sources import Sources, gather
from kg.train.vectors import train_vectors

ENTITIES: Final = "entities.spacy"

__all__ = ["settings", "train_pipeline"]


def settings(language: str) -> dict[str, Any]:
    """The settings of a language (languages.toml): the defaults with its own on top."""
    tables = tomllib.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))
    found: dict[str, Any] = {k: dict(v) for k, v in tables["default"].items()}
    for part, values in tables.get(language, {}).items():
        found[part].update(values)
    return found


def train_pipeline(
    language: str,
    data: Path,
    output: Path,
    *,
    free: bool = False,
    seed: int = 0,
    overrides: Mapping[str, Mapping[str, Any]] | None = None,
) -> Path:
    """Train, evaluate and package a pipeline; returns its folder, ``output/pipeline``.

    Corpora, vectors and checkpoints stay in ``output/work``; finished steps are not done again.
    ``free`` takes only data without a non-commercial clause. ``overrides`` go over the settings.

    Raises:
        KGError: unknown language, or data that is missing or not as expected.
    """
    try:
        get_lang_class(language)
    except ImportError as error:
        raise KGError(f"spaCy has no tokenizer for language {language!r}") from error
    chosen = settings(language)
    for part, values in (overrides or {}).items():
        chosen[part].update(values)
    sources = gather(language, data, free=free)
    work = output / "work"
    tokens, agreed = best_tokens(sources)
    times = chosen["corpora"]["trees"]
    corpora = _corpora(sources, tokens, Options(seed=seed), times, work / "corpora")
    vectors = _vectors(sources, work, chosen["vectors"])
    common = {
        "nlp.lang": language,
        "system.seed": seed,
        "paths.vectors": str(vectors),
    }
    steps = chosen["free"] if free else {}
    entities = bool(sources.of("entities", "train"))
    everything = {f"paths.{use}": str(corpora / use) for use in ("train", "dev")}
    best = fit(
        "pipeline",
        work / "model",
        {**common, **everything, **chosen["training"], **steps},
        entities=entities,
    )
    ner = None
    if entities:
        names = {f"paths.{use}": str(corpora / use / ENTITIES) for use in ("train", "dev")}
        ner = fit("ner", work / "ner", {**common, **names, **chosen["ner"], **steps})
    target = output / "pipeline"
    nlp = assemble(
        best,
        ner,
        target,
        boundaries=chosen["package"]["boundaries"],
        verbs=_verbs(language, corpora) if chosen["package"]["verbs"] else (),
    )
    describe(
        target,
        sources,
        evaluate(nlp, sources, tokens, plain),
        {
            "command": f"kg train {language}{' --free' if free else ''} --seed {seed}",
            "free": free,
            "seed": seed,
            "tokens": tokens,
            "agreement of tokens": round(100 * agreed, 1),
            "settings": chosen,
        },
    )
    return target


def _corpora(sources: Sources, tokens: Tokens, options: Options, times: int, work: Path) -> Path:
    """Write the training and development documents, the trees ``times`` times; their folder."""
    vocab = spacy.blank(sources.language).vocab
    for use in ("train", "dev"):
        folder = work / use
        trees = folder / "trees.spacy"
        write_docs(trees, tree_docs(sources, use, tokens, options, vocab), TREE)
        if use == "train":
            for again in range(1, times):
                copyfile(trees, folder / f"trees-{again}.spacy")
        if sources.of("entities", use):
            docs = entity_docs(sources, use, options, vocab)
            write_docs(folder / ENTITIES, docs, ENTITY)
    return work


def _verbs(language: str, corpora: Path) -> Iterator[tuple[str, str]]:
    """The verbs of the training documents, and their lemmas."""
    bin_ = DocBin().from_disk(corpora / "train" / "trees.spacy")
    docs = bin_.get_docs(spacy.blank(language).vocab)
    return ((t.lower_, t.lemma_.lower()) for doc in docs for t in doc if t.pos_ in ("VERB", "AUX"))


def _vectors(sources: Sources, work: Path, values: Mapping[str, Any]) -> Path:
    """Train vectors and write them as a blank pipeline, once."""
    folder = work / "vectors"
    if not (folder / "meta.json").is_file():
        nlp = spacy.blank(sources.language)
        trained = train_vectors(sources, work, dict(values))
        convert_vectors(nlp, trained, truncate=0, prune=-1, mode="floret")
        nlp.to_disk(folder)
    return folder
