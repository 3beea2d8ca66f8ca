"""The files a pipeline is trained on: sources.toml, or what a folder holds for another language."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from kg.errors import KGError

__all__ = ["Source", "Sources", "checksum", "gather"]

Use = Literal["train", "dev", "test"]
Kind = Literal["trees", "entities"]


@dataclass(frozen=True, slots=True)
class Source:
    """A data file, or the part of it between two sentences, and what it is used for."""

    file: str
    kind: Kind
    use: Use
    name: str = ""
    repository: str = ""
    commit: str = ""
    licence: str = ""
    sha256: str = ""
    free: bool | tuple[str, ...] = False
    """No non-commercial clause: all of the file, or documents whose names begin so."""
    free_sentences: tuple[tuple[int, int], ...] = ()
    """The same for files that do not name their documents: sentences, end excluded."""
    only_free: bool = False
    """Too unlike news to be worth having where there are other sets."""
    sentences: tuple[int, int] | None = None
    repairs: tuple[str, ...] = ()
    alone: bool = False
    """One sentence a document: a tweet is a tree without a full stop."""
    times: int = 1
    lacks: tuple[str, ...] = ()
    """Entity labels the set does not annotate: a capitalised word outside is unknown, not O."""
    unsure: tuple[str, ...] = ()
    """Entity labels too noisy to learn from: their tokens are unknown."""

    def takes(self, document: str) -> bool:
        """Whether a document of the file is used."""
        return not isinstance(self.free, tuple) or document.startswith(self.free)


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources of a language and what its repairs go by."""

    language: str
    data: Path
    sources: tuple[Source, ...]
    words: Mapping[str, Any] = field(default_factory=dict)
    evaluate: Mapping[str, Any] = field(default_factory=dict)

    def of(self, kind: Kind, use: Use) -> tuple[Source, ...]:
        """The sources of a kind for a use, in the order of the table."""
        return tuple(s for s in self.sources if s.kind == kind and s.use == use)


def gather(language: str, data: Path, *, free: bool = False) -> Sources:
    """The sources of a language under ``data``; ``free``: those without a non-commercial clause.

    A language that sources.toml does not know has ``ud/LANG/*-{train,dev,test}.conllu`` and
    ``ner/LANG/*-{train,dev,test}.iob2``. Development and test parts stay with ``free``: nothing is
    learned from them.

    Raises:
        KGError: no training file, a file is missing, or is not the one of sources.toml.
    """
    tables = tomllib.loads(files(__package__).joinpath("sources.toml").read_text("utf-8"))
    table = tables.get(language, {})
    rows = table.get("source") or list(_discover(language, data))
    known = {f.name for f in fields(Source)}
    sources = []
    for row in rows:
        source = Source(**{k: _frozen(v) for k, v in row.items() if k in known})
        if free:
            if source.use == "train" and not (source.free or source.free_sentences):
                continue
        elif source.only_free:
            continue
        else:
            source = replace(source, free=True, free_sentences=())
        _check(data / source.file, source.sha256)
        sources.append(source)
    if not any(s.kind == "trees" and s.use == "train" for s in sources):
        raise KGError(
            f"{data}: no treebank to train {language!r} on; expected ud/{language}/*-train.conllu"
        )
    return Sources(
        language, data, tuple(sources), table.get("words", {}), table.get("evaluate", {})
    )


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _discover(language: str, data: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for folder, kind, suffix in (("ud", "trees", "conllu"), ("ner", "entities", "iob2")):
        for use in ("train", "dev", "test"):
            rows += (
                {"file": path.relative_to(data).as_posix(), "kind": kind, "use": use, "free": True}
                for path in sorted((data / folder / language).glob(f"*-{use}.{suffix}"))
            )
    return rows


def _check(path: Path, sha256: str) -> None:
    if not path.is_file():
        raise KGError(f"{path}: not found; sources.toml says where it comes from")
    if sha256 and checksum(path) != sha256:
        raise KGError(f"{path}: not the file of sources.toml (another SHA-256)")


def _frozen(value: Any) -> Any:  # noqa: ANN401
    return tuple(_frozen(v) for v in value) if isinstance(value, list) else value
