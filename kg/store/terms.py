"""Terms of the graph: literals that every format can carry, and what is said of one subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from kg.vocab import XSD

__all__ = [
    "Description",
    "Term",
    "clean",
    "decimal",
    "integer",
    "literal",
    "optional",
    "typed",
]

Term = NamedNode | Literal

# https://www.w3.org/TR/xml/#charsets: what no XML document may hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def clean(text: str) -> str:
    """The text with each character that XML forbids replaced by U+FFFD, so that offsets hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def literal(text: str, language: str = "") -> Literal:
    """A string, tagged with its language where that is a well-formed tag."""
    if _LANGUAGE.fullmatch(language):
        return Literal(clean(text), language=language)
    return Literal(clean(text))


def optional(text: str | None, language: str = "") -> list[Term]:
    """The literal of a text that may be missing."""
    return [] if text is None else [literal(text, language)]


def typed(lexical: str, datatype: str) -> Literal:
    """A literal of an XSD datatype (its local name)."""
    return Literal(clean(lexical), datatype=XSD[datatype])


def decimal(number: float) -> Literal:
    """An ``xsd:decimal`` of exactly this number, without an exponent."""
    return typed(f"{Decimal(repr(number)).normalize():f}", "decimal")


def integer(number: int) -> Literal:
    """An ``xsd:integer``."""
    return typed(str(number), "integer")


@dataclass(frozen=True, slots=True)
class Description:
    """What the graph says of one subject."""

    subject: NamedNode
    facts: tuple[tuple[NamedNode, tuple[Term, ...]], ...]

    @classmethod
    def of(
        cls, subject: NamedNode, facts: Iterable[tuple[NamedNode, Iterable[Term]]]
    ) -> Description:
        """A description without empty properties and doubled objects."""
        kept: list[tuple[NamedNode, tuple[Term, ...]]] = []
        for name, objects in facts:
            found = tuple(objects)
            if len(found) > 1:  # else there is nothing to compare
                found = tuple(dict.fromkeys(found))
            if found:
                kept.append((name, found))
        return cls(subject, tuple(kept))

    def triples(self) -> Iterator[Triple]:
        """The same as triples."""
        for name, objects in self.facts:
            for term in objects:
                yield Triple(self.subject, name, term)
