"""A pipeline to ship: its parts put together, unneeded strings dropped, and meta.json completed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language

from kg._version import __version__
from kg.lemmas import VERB_LEMMAS, VerbLemmas
from kg.segment import BOUNDARIES
from kg.train.score import Scores
from kg.train.sources import Source, Sources

__all__ = ["assemble", "describe", "license_of"]

_LEMMATIZER = "trainable_lemmatizer"


def assemble(
    trained: Path,
    ner: Path | None,
    output: Path,
    *,
    boundaries: bool = False,
    verbs: Iterable[tuple[str, str]] = (),
) -> Language:
    """Write what was trained to ``output`` as a pipeline to ship, and load it from there.

    The recogniser of ``ner`` stands in place of the one that was trained beside the trees;
    ``boundaries`` puts the rules for sentence boundaries (kg.segment) first; from
    ``verbs``, forms and lemmas of a treebank, the repair of verbs' lemmas (kg.lemmas) is learned.
    """
    nlp = spacy.load(trained)
    if ner is not None:
        nlp.remove_pipe("ner")
        nlp.add_pipe("ner", source=spacy.load(ner), before="parser")
    if boundaries:
        nlp.add_pipe(BOUNDARIES, first=True)
    pairs = list(verbs)
    if pairs:
        repair = nlp.add_pipe(VERB_LEMMAS, after=_LEMMATIZER)
        cast("VerbLemmas", repair).learn(pairs)
    for section in ("paths", "corpora"):  # where this machine keeps its files is nobody's concern
        nlp.config[section] = dict.fromkeys(nlp.config[section]) if section == "paths" else {}
    nlp.config["initialize"] = {**nlp.config["initialize"], "before_init": None}
    output.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(output)
    strings = sorted(_strings(nlp, output))
    (output / "vocab" / "strings.json").write_text(
        json.dumps(strings, ensure_ascii=False) + "\n", "utf-8"
    )
    return spacy.load(output)


def _strings(nlp: Language, folder: Path) -> Iterator[str]:
    """The strings that the components refer to by hash: the lemmatizer's trees, and all labels.

    The other strings of a trained pipeline are the words it met in training: a third of a megabyte
    and more that nothing needs, since words are hashed anew.
    """
    found: set[str] = set()
    for name, pipe in nlp.pipeline:
        if name != _LEMMATIZER:
            found.update(getattr(pipe, "labels", ()))
    trees = folder / _LEMMATIZER / "trees"
    if trees.is_file():
        for tree in srsly.msgpack_loads(trees.read_bytes())["trees"]:
            found.update(nlp.vocab.strings[h] for h in _hashes(tree))
    yield from found


def _hashes(tree: Mapping[str, Any]) -> Iterator[int]:
    for key in ("orig", "subst"):
        if key in tree:
            yield tree[key]


def license_of(sources: Sources) -> str:
    """The licence the weights inherit: share-alike, and non-commercial if any training set is."""
    used = [s.licence for s in sources.sources if s.use == "train"]
    if not all(used):
        return ""
    paid = any("NC" in s.licence and not _freed(s) for s in sources.sources if s.use == "train")
    return "CC BY-NC-SA 4.0" if paid else "CC BY-SA 4.0"


def _freed(source: Source) -> bool:
    return isinstance(source.free, tuple) or bool(source.free_sentences)


def describe(
    output: Path, sources: Sources, scores: Mapping[str, Scores], training: Mapping[str, object]
) -> None:
    """Complete ``meta.json``: sources, scores from raw text for every test set, how it was made.

    What spaCy's own scorers found on the development parts stays under ``development``.
    """
    path = output / "meta.json"
    meta = json.loads(path.read_text("utf-8"))
    found = meta["performance"].items()
    meta.update(
        development={k: round(100 * v, 1) for k, v in found if isinstance(v, float) and v <= 1},
        name="news_free" if training.get("free") else "news",
        version=__version__,
        description="UPOS, features, lemmas, UD trees, sentences and names in news, for kg",
        author="The kg authors",
        license=license_of(sources),
        performance={name: dict(each) for name, each in scores.items()},
        sources=[
            {
                "file": s.file,
                "use": s.use,
                "repository": s.repository,
                "commit": s.commit,
                "licence": s.licence,
                "sha256": s.sha256,
                **({"sentences": list(s.sentences)} if s.sentences else {}),
            }
            for s in sources.sources
        ],
        training=dict(sorted(training.items())),
    )
    path.write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", "utf-8")
