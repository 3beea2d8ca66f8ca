"""Turtle that people can read and version control can compare: sections, sorted, streamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.store.arrange import Blocks, Section, arranged, in_sections
from kg.store.described import Described
from kg.vocab import RDF, XSD, Names, prefixes

__all__ = ["TurtleWriter", "turtle", "turtle_of"]

# A part of PN_LOCAL (https://www.w3.org/TR/turtle/#grammar-production-PN_LOCAL) that no parser
# gets wrong (rdflib.js fails on percent signs); an IRI that ends otherwise is written out.
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
# A literal as N-Triples has it, where Turtle can do without the quotes.
_NUMBER = re.compile(
    rf'"(?:([+-]?[0-9]+)"\^\^<{re.escape(XSD["integer"].value)}>'
    rf'|([+-]?[0-9]*\.[0-9]+)"\^\^<{re.escape(XSD["decimal"].value)}>)'
)
_NEXT = " ;\n    "


def turtle(found: Iterable[Described], names: Names) -> Iterator[str]:
    """A graph as pieces of a Turtle file, from what it says, no subject twice."""
    return _file(names, arranged(found, names, TurtleWriter(names)))


def turtle_of(blocks: Iterable[Blocks], names: Names) -> Iterator[str]:
    """The same from the blocks that a :class:`TurtleWriter` made."""
    return _file(names, in_sections(blocks))


def _file(names: Names, sections: Iterable[Section]) -> Iterator[str]:
    for prefix, iri in sorted(prefixes(names).items()):
        yield f"@prefix {prefix}: <{iri}> .\n"
    for section in sections:
        yield f"\n# {section.title}\n"
        yield from section.blocks


class TurtleWriter:
    """Writes the terms of N-Triples as short as Turtle allows."""

    def __init__(self, names: Names) -> None:
        shown = prefixes(names)
        self._prefixes = {f"<{iri}": f"{prefix}:" for prefix, iri in shown.items()}
        self._names: dict[str, str] = {str(RDF["type"]): "a"}

    def __call__(self, described: Described) -> str:
        """What is said of a subject."""
        term, name = self._term, self._name
        facts = [
            f"{name(n)} {term(objects[0]) if len(objects) == 1 else ', '.join(map(term, objects))}"
            for n, objects in described.facts
        ]
        return f"\n{term(described.subject)} {_NEXT.join(facts)} .\n"

    def _name(self, iri: str) -> str:
        """A property or a datatype: few, and each again and again."""
        text = self._names.get(iri)
        if text is None:
            text = self._names[iri] = self._iri(iri)
        return text

    def _term(self, term: str) -> str:
        if term[-1] != ">":  # a string, with its language or none, or a blank node
            return term
        if term[0] == "<":
            return self._iri(term)
        number = _NUMBER.fullmatch(term)
        if number:
            return number[1] or number[2]
        literal, _, datatype = term.rpartition("^^")
        return f"{literal}^^{self._name(datatype)}"

    def _iri(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[:cut])
        if prefix is not None and _LOCAL.fullmatch(iri, cut, len(iri) - 1):
            return prefix + iri[cut:-1]
        return iri
