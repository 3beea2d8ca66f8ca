"""The graph as RDF/XML, streamed: https://www.w3.org/TR/rdf-syntax-grammar/."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from kg.errors import KGError
from kg.store.arrange import arranged
from kg.store.described import Described
from kg.store.terms import clean
from kg.vocab import Names, prefixes

__all__ = ["rdfxml"]

_LOCAL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*>?\Z")
"""The end of an IRI that can be an element's name (NCName, as far as ASCII goes)."""

_ESCAPED: Final = {"\r": "&#xD;"}
"""A bare carriage return is a line feed to parsers of XML."""


def rdfxml(found: Iterable[Described], names: Names) -> Iterator[str]:
    """A graph as pieces of RDF/XML, from what it says, no subject twice.

    Raises ``KGError`` where the graph has a property that RDF/XML cannot name; ours have none.
    """
    shown = prefixes(names)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for prefix, iri in sorted(shown.items()):
        yield f"\n    xmlns:{prefix}={quoteattr(iri)}"
    yield ">\n"
    for section in arranged(found, names, _Writer(shown).block):
        yield from section.blocks
    yield "</rdf:RDF>\n"


class _Writer:
    def __init__(self, shown: Mapping[str, str]) -> None:
        self._prefixes = {iri: prefix for prefix, iri in shown.items()}
        self._elements: dict[str, tuple[str, str]] = {}

    def block(self, described: Described) -> str:
        lines = [f"<rdf:Description {_reference(described.subject, 'rdf:about')}>"]
        for name, objects in described.facts:
            element, declared = self._element(name)
            lines += (self._property(element, declared, term) for term in objects)
        return "\n".join((*lines, "</rdf:Description>\n"))

    def _property(self, element: str, declared: str, term: str) -> str:
        if term[0] != '"':
            return f"  <{element}{declared} {_reference(term, 'rdf:resource')}/>"
        quoted, sign, rest = term.rpartition('"')
        text = escape(clean(json.loads(quoted + sign)), _ESCAPED)
        if rest[:1] == "@":
            declared += f" xml:lang={quoteattr(rest[1:])}"
        elif rest:
            declared += f" rdf:datatype={quoteattr(rest[3:-1])}"
        return f"  <{element}{declared}>{text}</{element}>"

    def _element(self, name: str) -> tuple[str, str]:
        """The element of a property, with the declaration of its namespace if it needs one."""
        known = self._elements.get(name)
        if known is None:
            local = _LOCAL.search(name)
            if local is None:
                raise KGError(f"RDF/XML cannot name the property {name}; choose another format")
            iri, end = name[1 : local.start()], name[local.start() : -1]
            prefix = self._prefixes.get(iri)
            declared = "" if prefix else f" xmlns:p={quoteattr(iri)}"
            known = self._elements[name] = (f"{prefix or 'p'}:{end}", declared)
        return known


def _reference(term: str, attribute: str) -> str:
    if term[0] == "<":
        return f"{attribute}={quoteattr(term[1:-1])}"
    return f"rdf:nodeID={quoteattr(term[2:])}"
