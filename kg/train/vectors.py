"""Static vectors of subwords (floret) from all raw text at hand, test parts left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kg.errors import KGError
from kg.train.sources import Sources

__all__ = ["raw_text", "train_vectors"]

_PIECE: Final = re.compile(r"\w+['’]?|[^\w\s]")


def raw_text(sources: Sources) -> Iterator[str]:
    """Sentences of all training and development files, tokens apart by spaces, each file once."""
    seen = {s.file for s in sources.sources if s.use == "test" and not s.sentences}
    for source in sources.sources:
        if source.file in seen:
            continue
        seen.add(source.file)
        path = sources.data / source.file
        texts = _conllu_texts(path) if source.kind == "trees" else _iob_texts(path)
        for text in texts:
            yield " ".join(_PIECE.findall(text))


def _conllu_texts(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# text = "):
                yield line.removeprefix("# text = ").strip()


def _iob_texts(path: Path) -> Iterator[str]:
    words: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                words.append(line.split("\t")[0])
            elif words:
                yield " ".join(words)
                words = []


def train_vectors(sources: Sources, folder: Path, settings: dict[str, Any]) -> Path:
    """Train floret vectors; returns the file for ``spacy.Vectors``' floret mode.

    Deterministic with one thread.

    Raises:
        KGError: floret is not installed (``pip install kg-news[train]``).
    """
    try:
        import floret
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
