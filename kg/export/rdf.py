"""The graph in the formats of RDF: Turtle for people and version control, others for tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Triple, serialize

from kg.errors import KGError
from kg.store.order import normalised
from kg.store.render import sections
from kg.store.turtle import turtle
from kg.types import GraphData
from kg.vocab import DEFAULT_BASE, Names, prefixes

__all__ = ["FORMATS", "write_rdf", "write_turtle"]

FORMATS: Final[Mapping[str, RdfFormat]] = {
    "jsonld": RdfFormat.JSON_LD,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
}
"""Formats of ``write_rdf`` besides ``turtle``."""


def write_turtle(data: GraphData, path: str | Path, base: str = DEFAULT_BASE) -> None:
    """Writes the whole graph as Turtle; equal graphs give equal bytes."""
    names = Names(base)
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(turtle(sections(normalised(data), names), prefixes(names)))


def write_rdf(data: GraphData, path: str | Path, form: str, base: str = DEFAULT_BASE) -> None:
    """Writes the whole graph in a format of ``FORMATS``, or as ``turtle``.

    Raises ``KGError`` for any other.
    """
    if form == "turtle":
        write_turtle(data, path, base)
        return
    if form not in FORMATS:
        raise KGError(f"no RDF format is called {form!r}; there are {', '.join(sorted(FORMATS))}")
    names = Names(base)
    with Path(path).open("wb") as file:
        serialize(_triples(data, names), file, FORMATS[form], prefixes=prefixes(names))


def _triples(data: GraphData, names: Names) -> Iterator[Triple]:
    for section in sections(normalised(data), names):
        for description in section.descriptions:
            yield from description.triples()
