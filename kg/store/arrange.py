"""A graph in one order, part by part and subject by subject, for whatever writes it.

Equal graphs come out equal, from wherever they come. One pass over what they say gives each
subject's block of text. The blocks wait in temporary files, and so does what sorts them, as far as
it does not fit into memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, Final, NamedTuple
from urllib.parse import unquote

from kg.dataset import external_sort
from kg.store.described import Described
from kg.vocab import OA, PLAN, PROV, REL, SCHEMA, VAL, Names, vocabulary

__all__ = ["Blocks", "Places", "Section", "arranged", "in_sections", "placed"]

_IN_MEMORY: Final = 1 << 22
"""Bytes from which on a temporary file is one on disk."""

_TITLES: Final = (
    "Vocabulary",
    "Relations",
    "How the graph was made",
    "Documents",
    "Entities",
    "Statements",
    "Evidence",
    "Passages",
    "Values",
    "Further",
)
_KINDS: Final = {
    "build": 2,
    "document": 3,
    "entity": 4,
    "statement": 5,
    "evidence": 6,
    "selector": 7,
    "value": 8,
}
"""The part that the things of a kind stand in, by the folder of their IRIs."""

_SELECTOR: Final = str(OA["hasSelector"])
_ACTIVITY: Final = str(PROV["Activity"])
_NAME: Final = str(SCHEMA["name"])

Key = tuple[int | str, ...]


class Blocks(NamedTuple):
    """Blocks of text of some subjects, one behind the other."""

    text: bytes
    places: Sequence[tuple[int, Key, int]]
    """Of each its part, what sorts it there, and its length in bytes."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the graph under a heading, a block of text for each of its subjects."""

    title: str
    blocks: Iterator[str]


def arranged(
    found: Iterable[Described], names: Names, block: Callable[[Described], str]
) -> Iterator[Section]:
    """A graph as blocks of text; each section is read before the next.

    Args:
        found: all that the graph says, no subject twice.
        names: tell what is an entity, a statement …
        block: writes what is said of one subject.
    """
    place_of = Places(names)
    return in_sections(placed((described,), place_of, block) for described in found)


def placed(
    found: Iterable[Described], place_of: Places, block: Callable[[Described], str]
) -> Blocks:
    """What is said of some subjects as blocks of text."""
    texts: list[bytes] = []
    places: list[tuple[int, Key, int]] = []
    for described in found:
        texts.append(block(described).encode())
        places.append((*place_of(described), len(texts[-1])))
    return Blocks(b"".join(texts), places)


def in_sections(found: Iterable[Blocks]) -> Iterator[Section]:
    """Blocks in the order of the whole; each section is read before the next."""
    with (
        tempfile.SpooledTemporaryFile(_IN_MEMORY) as blocks,
        tempfile.TemporaryDirectory(prefix="kg-") as folder,
    ):
        index = external_sort(_written(found, blocks), _place, Path(folder))
        for part, entries in groupby(index, key=lambda entry: entry[0][0]):
            yield Section(_TITLES[part], _read(blocks, entries))


_Entry = tuple[int, Key, int, int]
"""The part and the key of a block of text, where it begins, and its length in bytes."""


def _written(found: Iterable[Blocks], file: IO[bytes]) -> Iterator[_Entry]:
    at = 0
    for blocks in found:
        file.write(blocks.text)
        for part, key, length in blocks.places:
            yield part, key, at, length
            at += length


def _place(entry: _Entry) -> tuple[int, Key]:
    return entry[:2]


def _read(file: IO[bytes], entries: Iterable[tuple[object, _Entry]]) -> Iterator[str]:
    for _, (_, _, at, length) in entries:
        file.seek(at)
        yield file.read(length).decode()


# -- where a subject stands in the whole -----------------------------------------------------


class Places:
    """Where subjects stand in the whole."""

    def __init__(self, names: Names) -> None:
        self._graph = str(names.graph)
        self._vocabulary = {str(triple.subject) for triple in vocabulary()}
        self._kinds = {f"<{names.base}{kind}/": part for kind, part in _KINDS.items()}
        self._relations = [f"<{namespace.iri}" for namespace in (REL, PLAN, VAL)]

    def __call__(self, described: Described) -> tuple[int, Key]:
        """The part that a subject stands in, and what sorts it there."""
        subject = described.subject
        cut = subject.rfind("/") + 1
        part = self._kinds.get(subject[:cut])
        if part is None:
            return self._other(subject)
        name = subject[cut:-1]
        if part == _KINDS["entity"]:
            return part, (unquote(name), subject)
        if part == _KINDS["selector"]:
            return part, (*_span(name), subject)
        if part == _KINDS["evidence"]:
            return part, (*_first_span(described), subject)
        if part == _KINDS["build"]:
            return part, (*_setting(described), subject)
        return part, (subject,)

    def _other(self, subject: str) -> tuple[int, Key]:
        if subject == self._graph:
            return _KINDS["build"], (0, "", subject)
        if subject in self._vocabulary:
            return 0, (subject,)
        for number, namespace in enumerate(self._relations):
            if subject.startswith(namespace):
                return 1, (number, subject)
        return len(_TITLES) - 1, (subject,)


def _span(name: str) -> tuple[str, int, int]:
    """Document, begin and end in the name of a passage; passages called otherwise come last."""
    document, begin, end, *_ = (*name.split("_"), "", "")
    if begin.isdecimal() and end.isdecimal():
        return document, int(begin), int(end)
    return "~", 0, 0


def _first_span(described: Described) -> tuple[str, int, int]:
    """Evidence stands as the text runs."""
    for name, objects in described.facts:
        if name == _SELECTOR:
            return min(_span(node[node.rfind("/") + 1 : -1]) for node in objects)
    return "~", 0, 0


def _setting(described: Described) -> tuple[int, str]:
    """The activity that made the graph, then its settings by name."""
    if any(_ACTIVITY in objects for _, objects in described.facts):
        return 1, ""
    return 2, next((objects[0] for name, objects in described.facts if name == _NAME), "")
