"""Static vectors of subwords (floret) from all raw text at hand, test parts left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kg.errors import KGError
from kg.train.entities import read_iob, selected
from kg.train.sources import Source, Sources

__all__ = ["raw_text", "train_vectors"]

_PIECE: Final = re.compile(r"\w+['’]?|[^\w\s]")


def raw_text(sources: Sources) -> Iterator[str]:
    """The sentences of all training files, tokens apart by spaces."""
    for source in sources.sources:
        if source.use == "train":
            path = sources.data / source.file
            texts = (
                _conllu_texts(path, source) if source.kind == "trees" else _iob_texts(path, source)
            )
            for text in texts:
                yield " ".join(_PIECE.findall(text))


def _conllu_texts(path: Path, source: Source) -> Iterator[str]:
    document = ""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                document = line.partition("=")[2].strip()
            elif line.startswith("# text = ") and source.takes(document):
                yield line.removeprefix("# text = ").strip()


def _iob_texts(path: Path, source: Source) -> Iterator[str]:
    found = selected(source, list(read_iob(path)))
    return (" ".join(word.form for word in words) for words in found)


def train_vectors(sources: Sources, folder: Path, settings: dict[str, Any]) -> Path:
    """Train floret vectors; returns the file for ``spacy.Vectors``' floret mode.

    Deterministic with one thread.

    Raises:
        KGError: floret is not installed (``pip install kg-news[train]``).
    """
    try:
        import floret  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError as error:
        raise KGError("kg train needs floret: pip install kg-news[train]") from error
    folder.mkdir(parents=True, exist_ok=True)
    text, target = folder / "raw.txt", folder / "vectors.floret"
    with text.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{line}\n" for line in raw_text(sources))
    model = floret.train_unsupervised(
        str(text), mode="floret", model="cbow", hashCount=2, thread=1, verbose=0, **settings
    )
    model.save_floret_vectors(str(target))
    return target
