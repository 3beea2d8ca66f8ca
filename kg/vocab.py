"""The names of the graph: namespaces, classes and properties, and how things get their IRIs.

The terms themselves, with labels and comments in English and Italian, are declared in
``vocab.ttl`` next to this file, which goes into every graph.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import StoreError
from kg.types import EntityType, ValueKind

__all__ = [
    "CLASSES",
    "DATATYPES",
    "DCTERMS",
    "DEFAULT_BASE",
    "DISPLAY_LANGUAGE",
    "KG",
    "OA",
    "OWL",
    "PLAN",
    "PROV",
    "QUALIFIERS",
    "RDF",
    "RDFS",
    "REL",
    "SCHEMA",
    "SKOS",
    "VAL",
    "XSD",
    "Names",
    "Namespace",
    "base_of",
    "digest",
    "display_label",
    "labels",
    "prefixes",
    "relation",
    "vocabulary",
]

DEFAULT_BASE: Final = "https://kg.example/"
DISPLAY_LANGUAGE: Final = "en"
"""The language that what is shown without asking is in; relations are named in it, too."""


class Namespace:
    """The beginning that some IRIs share; indexing it with a local name gives the IRI's node.

    >>> KG["subject"]
    <NamedNode value=https://kg.example/vocab#subject>
    """

    __slots__ = ("_nodes", "iri")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._nodes: dict[str, NamedNode] = {}

    def __getitem__(self, name: str) -> NamedNode:
        node = self._nodes.get(name)
        if node is None:
            node = self._nodes[name] = NamedNode(self.iri + name)
        return node

    def name(self, node: NamedNode) -> str | None:
        """The local name of a node of this namespace, None for another's."""
        return node.value[len(self.iri) :] if node.value.startswith(self.iri) else None


# Fixed, whatever the base: queries, shapes and other people's scripts work on every graph.
KG: Final = Namespace("https://kg.example/vocab#")
REL: Final = Namespace("https://kg.example/relation/")
PLAN: Final = Namespace("https://kg.example/plan/")
VAL: Final = Namespace("https://kg.example/literal/")

DCTERMS: Final = Namespace("http://purl.org/dc/terms/")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
OWL: Final = Namespace("http://www.w3.org/2002/07/owl#")
PROV: Final = Namespace("http://www.w3.org/ns/prov#")
RDF: Final = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA: Final = Namespace("https://schema.org/")
SKOS: Final = Namespace("http://www.w3.org/2004/02/skos/core#")
XSD: Final = Namespace("http://www.w3.org/2001/XMLSchema#")

CLASSES: Final[Mapping[EntityType, NamedNode]] = {
    "person": SCHEMA["Person"],
    "organization": SCHEMA["Organization"],
    "country": SCHEMA["Country"],
    "city": SCHEMA["City"],
    "place": SCHEMA["Place"],
    "event": SCHEMA["Event"],
    "agreement": KG["Agreement"],
    "work": SCHEMA["CreativeWork"],
    "product": SCHEMA["Product"],
    "award": KG["Award"],
    "group": KG["Group"],
    "concept": SKOS["Concept"],
}
"""The class of each type of entity; no two types share one, so that a type can be read back."""

QUALIFIERS: Final = (
    "time",
    "place",
    "amount",
    "of",
    "purpose",
    "recipient",
    "instrument",
    "cause",
    "manner",
    "accompaniment",
    "topic",
    "source",
    "as",
    "other",
)
"""Names of qualifiers; each is a property of ``kg:``."""

DATATYPES: Final[Mapping[str, ValueKind]] = {
    "date": "date",
    "dateTime": "date",
    "gMonthDay": "date",
    "gYear": "date",
    "gYearMonth": "date",
    "time": "date",
    "string": "text",
}
"""XSD datatypes (local names) of values that are plain literals; all others are nodes."""

_UNRESERVED = re.compile(r"[A-Za-z0-9_.~-]*")
"""What ``quote`` leaves as it is, as most names are."""
_PROPERTY_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Names:
    """The names that ``--base`` moves: entities, statements, evidence, documents and values.

    Raises ``StoreError`` for a base that is no absolute IRI ending in ``/`` or ``#``.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        problem = _base_problem(self.base)
        if problem:
            raise StoreError(f"base IRI {self.base!r} {problem}; one like {DEFAULT_BASE} is needed")

    @property
    def graph(self) -> NamedNode:
        """The graph as a whole; ``base_of`` finds the base again from it."""
        return NamedNode(self.base + "graph")

    def entity(self, identifier: str) -> NamedNode:
        """The node of an entity."""
        return self._node("entity/", identifier)

    def statement(self, identifier: str) -> NamedNode:
        """The node of a statement."""
        return self._node("statement/", identifier)

    def evidence(self, identifier: str) -> NamedNode:
        """The node of a piece of evidence."""
        return self._node("evidence/", identifier)

    def document(self, identifier: str) -> NamedNode:
        """The node of a document."""
        return self._node("document/", identifier)

    def value(self, identifier: str) -> NamedNode:
        """The node of a value."""
        return self._node("value/", identifier)

    def selector(self, identifier: str) -> NamedNode:
        """A stretch of a document's text."""
        return self._node("selector/", identifier)

    def build(self, identifier: str) -> NamedNode:
        """The activity that made the graph, or one of its settings."""
        return self._node("build/", identifier)

    def identifier(self, node: NamedNode) -> str | None:
        """What a node of one of these kinds was minted from, None for any other node."""
        if not node.value.startswith(self.base):
            return None
        _, slash, name = node.value[len(self.base) :].partition("/")
        return unquote(name) if slash else None

    def _node(self, kind: str, identifier: str) -> NamedNode:
        if not _UNRESERVED.fullmatch(identifier):
            identifier = quote(identifier, safe="")
        return NamedNode(self.base + kind + identifier)


def base_of(graph: NamedNode) -> Names:
    """The names of a graph that says it is ``graph``."""
    return Names(graph.value.removesuffix("graph"))


def relation(namespace: Namespace, identifier: str) -> NamedNode:
    """A property in ``rel:``, ``plan:`` or ``val:``.

    Raises ``StoreError`` for an id that is no name in RDF/XML: other tools fail on percent signs
    and leading digits in the names of properties.
    """
    if not _PROPERTY_ID.fullmatch(identifier):
        raise StoreError(f"relation {identifier!r} is no property name ({_PROPERTY_ID.pattern})")
    return namespace[identifier]


def display_label(labels: Iterable[tuple[str, str]]) -> str | None:
    """The one of ``(language, text)`` labels to show: ``DISPLAY_LANGUAGE``'s, else the first."""
    known = dict(sorted(labels, reverse=True))
    return known.get(DISPLAY_LANGUAGE) or next(reversed(known.values()), None)


def prefixes(names: Names) -> dict[str, str]:
    """Every prefix of a graph, sorted; queries need not declare them."""
    return {
        "build": f"{names.base}build/",
        "dcterms": DCTERMS.iri,
        "doc": f"{names.base}document/",
        "e": f"{names.base}entity/",
        "ev": f"{names.base}evidence/",
        "kg": KG.iri,
        "oa": OA.iri,
        "owl": OWL.iri,
        "plan": PLAN.iri,
        "prov": PROV.iri,
        "rdf": RDF.iri,
        "rdfs": RDFS.iri,
        "rel": REL.iri,
        "schema": SCHEMA.iri,
        "sel": f"{names.base}selector/",
        "skos": SKOS.iri,
        "st": f"{names.base}statement/",
        "val": VAL.iri,
        "value": f"{names.base}value/",
        "xsd": XSD.iri,
    }


def digest(*parts: str) -> str:
    """128 bits of SHA-256 over the parts, as 32 hexadecimal digits."""
    framed = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(framed.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@cache
def vocabulary() -> tuple[Triple, ...]:
    """The triples of ``vocab.ttl``, in its order."""
    return tuple(_read_vocabulary())


@cache
def labels(name: str) -> Mapping[str, str]:
    """The labels of a term of ``kg:``, by language."""
    return {
        triple.object.language or "": triple.object.value
        for triple in vocabulary()
        if triple.subject == KG[name]
        and triple.predicate == RDFS["label"]
        and isinstance(triple.object, Literal)
    }


def _read_vocabulary() -> Iterator[Triple]:
    source = files("kg") / "vocab.ttl"
    for quad in parse(source.read_bytes(), RdfFormat.TURTLE):
        yield quad.triple


def _base_problem(base: str) -> str:
    try:
        NamedNode(base)
    except ValueError as error:
        return f"is not an IRI ({error})"
    if not base.endswith(("/", "#")):
        return "does not end in / or #"
    parts = urlsplit(base)
    if parts.scheme in {"http", "https"} and not parts.netloc:
        return "has no host"
    return ""
