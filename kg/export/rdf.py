"""The graph in the formats of RDF: Turtle for people and version control, others for tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Protocol

from kg.errors import KGError
from kg.export.jsonld import jsonld
from kg.export.rdfxml import rdfxml
from kg.store import KnowledgeGraph
from kg.store.arrange import Blocks, arranged
from kg.store.described import Described, triple_lines
from kg.store.turtle import turtle, turtle_of
from kg.vocab import Names

__all__ = ["FORMATS", "write_rdf", "write_turtle"]


class _Writer(Protocol):
    """Gives the pieces of a file."""

    def __call__(self, found: Iterable[Described], names: Names) -> Iterator[str]: ...


def ntriples(found: Iterable[Described], names: Names) -> Iterator[str]:
    """A graph as N-Triples, in the order of the Turtle."""
    for section in arranged(found, names, triple_lines):
        yield from section.blocks


FORMATS: Final[Mapping[str, _Writer]] = {
    "jsonld": jsonld,
    "ntriples": ntriples,
    "rdfxml": rdfxml,
    "trig": turtle,  # what is in no named graph is written in TriG as in Turtle
    "turtle": turtle,
}
"""The formats of ``write_rdf``; all of them stream, and equal graphs give equal bytes."""


def write_turtle(found: Iterable[Blocks], names: Names, path: str | Path) -> None:
    """Writes a graph as Turtle, from blocks of it, no subject twice."""
    _write(turtle_of(found, names), path)


def write_rdf(graph: KnowledgeGraph, path: str | Path, form: str) -> None:
    """Writes the whole graph in a format of ``FORMATS``. Raises ``KGError`` for any other."""
    if form not in FORMATS:
        raise KGError(f"no RDF format is called {form!r}; there are {', '.join(sorted(FORMATS))}")
    _write(FORMATS[form](graph.described(), graph.names), path)


def _write(pieces: Iterator[str], path: str | Path) -> None:
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
