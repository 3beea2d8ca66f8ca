"""Turtle that people can read and version control can compare: sections, sorted, streamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from kg.store.render import Section
from kg.store.terms import Description, Term
from kg.vocab import RDF, XSD

__all__ = ["turtle"]

# A part of PN_LOCAL (https://www.w3.org/TR/turtle/#grammar-production-PN_LOCAL) that no parser
# gets wrong; an IRI that ends otherwise is written out.
_LOCAL = re.compile(r"(?:[A-Za-z0-9_]|%[0-9A-F]{2})(?:[A-Za-z0-9_-]|%[0-9A-F]{2})*")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.[0-9]+")
_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    ord("\t"): "\\t",
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}


def turtle(sections: Iterable[Section], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The sections as pieces of a Turtle file, a subject each."""
    for prefix, iri in sorted(prefixes.items()):
        yield f"@prefix {prefix}: <{iri}> .\n"
    writer = _Writer(prefixes)
    for section in sections:
        yield f"\n# {section.title}\n"
        for description in section.descriptions:
            yield writer.block(description)


class _Writer:
    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {iri: prefix for prefix, iri in prefixes.items()}
        self._properties: dict[NamedNode, str] = {RDF["type"]: "a"}

    def block(self, description: Description) -> str:
        lines = [
            f"{self._property(name)} {', '.join(map(self._term, objects))}"
            for name, objects in description.facts
        ]
        return f"\n{self._iri(description.subject)} " + " ;\n    ".join(lines) + " .\n"

    def _property(self, node: NamedNode) -> str:
        text = self._properties.get(node)
        if text is None:
            text = self._properties[node] = self._iri(node)
        return text

    def _term(self, term: Term) -> str:
        return self._iri(term) if isinstance(term, NamedNode) else self._literal(term)

    def _iri(self, node: NamedNode) -> str:
        cut = max(node.value.rfind("/"), node.value.rfind("#")) + 1
        prefix = self._prefixes.get(node.value[:cut])
        if prefix is not None and _LOCAL.fullmatch(node.value, cut):
            return f"{prefix}:{node.value[cut:]}"
        return f"<{node.value}>"

    def _literal(self, term: Literal) -> str:
        if term.datatype == XSD["integer"] and _INTEGER.fullmatch(term.value):
            return term.value
        if term.datatype == XSD["decimal"] and _DECIMAL.fullmatch(term.value):
            return term.value
        text = f'"{term.value.translate(_ESCAPES)}"'
        if term.language:
            return f"{text}@{term.language}"
        if term.datatype == XSD["string"]:
            return text
        return f"{text}^^{self._iri(term.datatype)}"
