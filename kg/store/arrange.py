"""A store's triples in one order, part by part and subject by subject, for whatever writes them.

Equal graphs come out equal, from any store. Oxigraph dumps N-Triples; one pass over them gives each
subject's block of text. Both wait in temporary files, and so does what sorts the blocks, as far as
it does not fit into memory. Terms stay text all the way: objects for them would take several times
as long.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, Final, NamedTuple
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, RdfFormat, Store

from kg.dataset import external_sort
from kg.vocab import (
    DCTERMS,
    KG,
    OA,
    OWL,
    PLAN,
    PROV,
    QUALIFIERS,
    RDF,
    RDFS,
    REL,
    SCHEMA,
    SKOS,
    VAL,
    Names,
    vocabulary,
)

__all__ = ["Described", "Section", "arranged"]

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

_ORDER: Final = (
    RDF["type"],
    RDFS["subClassOf"],
    RDFS["subPropertyOf"],
    RDFS["domain"],
    RDFS["range"],
    KG["label"],
    RDFS["label"],
    RDFS["comment"],
    SCHEMA["headline"],
    DCTERMS["language"],
    SCHEMA["datePublished"],
    SCHEMA["publisher"],
    SCHEMA["author"],
    SCHEMA["url"],
    KG["fileName"],
    SCHEMA["articleBody"],
    KG["blocks"],
    SKOS["prefLabel"],
    SKOS["altLabel"],
    OWL["sameAs"],
    KG["member"],
    KG["subject"],
    KG["predicate"],
    KG["object"],
    KG["objectValue"],
    *(KG[name] for name in sorted(QUALIFIERS)),
    KG["polarity"],
    KG["modality"],
    OA["hasSource"],
    OA["hasSelector"],
    KG["attributedTo"],
    KG["reportingVerb"],
    KG["subjectText"],
    KG["subjectSelector"],
    KG["wording"],
    KG["relationSelector"],
    KG["objectText"],
    KG["objectSelector"],
    KG["confidence"],
    KG["rule"],
    KG["lessSpecificThan"],
    PROV["wasDerivedFrom"],
    KG["evidence"],
    OA["exact"],
    OA["prefix"],
    OA["suffix"],
    OA["start"],
    OA["end"],
    KG["valueKind"],
    KG["comparator"],
    KG["value"],
    SCHEMA["currency"],
    KG["unit"],
    SCHEMA["name"],
    SCHEMA["value"],
)
_RANKS: Final = {str(name): (rank, "") for rank, name in enumerate(_ORDER)}
"""Properties in reading order; others follow by their IRIs."""

_SELECTOR: Final = str(OA["hasSelector"])
_ACTIVITY: Final = str(PROV["Activity"])
_NAME: Final = str(SCHEMA["name"])

Key = tuple[int | str, ...]


class Described(NamedTuple):
    """What is said of a subject: properties in reading order, their objects sorted.

    Terms are as N-Triples writes them (https://www.w3.org/TR/n-triples/): ``<iri>``,
    ``"text"@en``, ``"1"^^<datatype>``, ``_:blank``.
    """

    subject: str
    facts: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the graph under a heading, a block of text for each of its subjects."""

    title: str
    blocks: Iterator[str]


def arranged(
    store: Store, names: Names, block: Callable[[Described], str], *, grouped: bool = False
) -> Iterator[Section]:
    """The default graph of a store, as blocks of text; each section is read before the next.

    Args:
        store: any store.
        names: tell what is an entity, a statement …
        block: writes what is said of one subject.
        grouped: the store gives a subject's triples in a row (one on disk does).
    """
    place_of = _Places(names).place_of
    with (
        tempfile.SpooledTemporaryFile(_IN_MEMORY) as triples,
        tempfile.SpooledTemporaryFile(_IN_MEMORY) as blocks,
        tempfile.TemporaryDirectory(prefix="kg-") as folder,
    ):
        store.dump(triples, RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        triples.seek(0)
        found = _described(triples) if grouped else _described_anyhow(triples)
        index = external_sort(_written(found, block, place_of, blocks), _place, Path(folder))
        for part, entries in groupby(index, key=lambda entry: entry[0][0]):
            yield Section(_TITLES[part], _read(blocks, entries))


_Entry = tuple[int, Key, int, int]
"""The part and the key of a block of text, where it begins, and its length in bytes."""


def _written(
    found: Iterable[Described],
    block: Callable[[Described], str],
    place_of: Callable[[Described], tuple[int, Key]],
    file: IO[bytes],
) -> Iterator[_Entry]:
    at = 0
    for described in found:
        text = block(described).encode()
        file.write(text)
        yield *place_of(described), at, len(text)
        at += len(text)


def _place(entry: _Entry) -> tuple[int, Key]:
    return entry[:2]


def _read(file: IO[bytes], entries: Iterable[tuple[object, _Entry]]) -> Iterator[str]:
    for _, (_, _, at, length) in entries:
        file.seek(at)
        yield file.read(length).decode()


# -- one subject after the other -------------------------------------------------------------


def _described(triples: Iterable[bytes]) -> Iterator[Described]:
    """From N-Triples in which the triples of a subject follow each other."""
    known = ""
    facts: dict[str, list[str]] = {}
    for line in triples:
        subject, name, rest = line.decode().split(" ", 2)
        if subject != known:
            if facts:
                yield Described(known, _sorted(facts))
            known, facts = subject, {}
        if name in facts:
            facts[name].append(rest[:-3])
        else:
            facts[name] = [rest[:-3]]
    if facts:
        yield Described(known, _sorted(facts))


def _described_anyhow(triples: Iterable[bytes]) -> Iterator[Described]:
    """From N-Triples in any order."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in triples:
        subject, name, rest = line.decode().split(" ", 2)
        found[subject][name].append(rest[:-3])
    for subject, facts in found.items():
        yield Described(subject, _sorted(facts))


def _sorted(facts: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    """Properties in reading order; of several objects first nodes, then literals by language."""
    for objects in facts.values():
        if len(objects) > 1:
            objects.sort(key=_object_key)
    return sorted(facts.items(), key=_rank)


def _object_key(term: str) -> tuple[bool, str, str]:
    return term[0] == '"', term.rpartition('"')[2], term


def _rank(fact: tuple[str, list[str]]) -> tuple[int, str]:
    return _RANKS.get(fact[0]) or (len(_RANKS), fact[0])


# -- where a subject stands in the whole -----------------------------------------------------


class _Places:
    """The part a subject stands in, and what sorts it there."""

    def __init__(self, names: Names) -> None:
        self._graph = str(names.graph)
        self._vocabulary = {str(triple.subject) for triple in vocabulary()}
        self._kinds = {f"<{names.base}{kind}/": part for kind, part in _KINDS.items()}
        self._relations = [f"<{namespace.iri}" for namespace in (REL, PLAN, VAL)]

    def place_of(self, described: Described) -> tuple[int, Key]:
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
