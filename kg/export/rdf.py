"""The graph in the formats of RDF: Turtle for people and version control, others for tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Protocol

from pyoxigraph import Store

from kg.errors import KGError
from kg.export.jsonld import jsonld
from kg.export.rdfxml import rdfxml
from kg.store import KnowledgeGraph
from kg.store.arrange import Described, arranged
from kg.store.turtle import turtle
from kg.vocab import Names

__all__ = ["FORMATS", "write_rdf", "write_turtle"]


class _Writer(Protocol):
    """Gives the pieces of a file; ``grouped`` as for ``arranged``."""

    def __call__(self, store: Store, names: Names, *, grouped: bool) -> Iterator[str]: ...


def ntriples(store: Store, names: Names, *, grouped: bool = False) -> Iterator[str]:
    """The default graph of a store as N-Triples, in the order of the Turtle."""
    for section in arranged(store, names, _lines, grouped=grouped):
        yield from section.blocks


def _lines(described: Described) -> str:
    return "".join(
        f"{described.subject} {name} {term} .\n"
        for name, objects in described.facts
        for term in objects
    )


FORMATS: Final[Mapping[str, _Writer]] = {
    "jsonld": jsonld,
    "ntriples": ntriples,
    "rdfxml": rdfxml,
    "trig": turtle,  # what is in no named graph is written in TriG as in Turtle
    "turtle": turtle,
}
"""The formats of ``write_rdf``; all of them stream, and equal graphs give equal bytes."""


def write_turtle(store: Store, names: Names, path: str | Path, *, grouped: bool = False) -> None:
    """Writes the graph in a store as Turtle; ``grouped`` as for ``arranged``."""
    _write(turtle(store, names, grouped=grouped), path)


def write_rdf(graph: KnowledgeGraph, path: str | Path, form: str) -> None:
    """Writes the whole graph in a format of ``FORMATS``. Raises ``KGError`` for any other."""
    if form not in FORMATS:
        raise KGError(f"no RDF format is called {form!r}; there are {', '.join(sorted(FORMATS))}")
    _write(FORMATS[form](graph.store, graph.names, grouped=graph.path is not None), path)


def _write(pieces: Iterator[str], path: str | Path) -> None:
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
