"""The graph that triples show: those of a CONSTRUCT, or of a Turtle file."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple

from kg.errors import KGError, StoreError
from kg.export.part import closed
from kg.store.load import graph_names, load
from kg.store.render import plain_form
from kg.store.values import as_literal, literal_value
from kg.types import Entity, EntityType, GraphData, Modality, Property, Statement, Value
from kg.vocab import (
    CLASSES,
    DEFAULT_BASE,
    KG,
    PLAN,
    RDF,
    RDFS,
    REL,
    SKOS,
    VAL,
    Names,
    Namespace,
    digest,
    vocabulary,
)

__all__ = ["of_triples", "read_graph"]

Node = NamedNode | BlankNode | Triple
Term = Node | Literal

_EMPTY: Final = GraphData((), (), (), ())
_TYPES: Final[Mapping[Term, EntityType]] = {node: kind for kind, node in CLASSES.items()}
_LABELS: Final = (SKOS["prefLabel"], RDFS["label"])
_ENTITY: Final = re.compile(r"(.*[/#])entity/[^/]+", re.DOTALL)
_SAYS_NOTHING: Final = (
    "http://www.w3.org/",  # rdf, rdfs, owl, skos, oa, prov, xsd
    "http://purl.org/dc/",
    "https://schema.org/",
    KG.iri,
)
"""Beginnings of properties that describe and do not relate things of the news."""


def read_graph(path: Path) -> tuple[GraphData, str]:
    """The data and the base IRI of a Turtle file: a whole graph, or triples of one.

    Raises ``StoreError`` where the file is no Turtle or holds nothing to show.
    """
    store = Store()
    try:
        store.bulk_load(path=str(path), format=RdfFormat.TURTLE)
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{path}: not readable as Turtle ({error})") from error
    try:
        if next(store.quads_for_pattern(None, RDF["type"], KG["Graph"]), None):
            return load(store), graph_names(store).base
        triples = sorted((quad.triple for quad in store), key=str)
        names = _names(triples)
        return of_triples(triples, names), names.base
    except KGError as error:
        raise StoreError(f"{path}: {error}") from error


def of_triples(triples: Iterable[Triple], names: Names, data: GraphData = _EMPTY) -> GraphData:
    """What triples say: statements of the graph they name or stand for, else bare statements.

    ``data`` is the graph they were asked of, which knows the sentences and labels; without it,
    what the triples themselves tell must do.

    Raises ``KGError`` where they name no entity and no statement.
    """
    part = _Part(names, data, list(triples)).data()
    if not part.entities:
        raise KGError("these triples name no entity or statement of the graph")
    return part


@dataclass(frozen=True, slots=True)
class _Part:
    """Reads triples beside the graph that they come from."""

    names: Names
    known: GraphData
    triples: list[Triple]

    def data(self) -> GraphData:
        statements = {item.id: item for item in self._named()}
        for item in self._plain():
            statements.setdefault(item.id, item)
        for item in self._described(statements):
            statements.setdefault(item.id, item)
        kept = tuple(statements[identifier] for identifier in sorted(statements))
        entities = {entity.id: entity for entity in self._entities(kept)}
        relations = {item.id: item for item in self.known.properties}
        for item in kept:
            relations.setdefault(item.relation, self._property(item.relation))
        whole = replace(
            self.known,
            entities=tuple(entities[identifier] for identifier in sorted(entities)),
            properties=tuple(relations[identifier] for identifier in sorted(relations)),
        )
        nodes = {self._id(term) for triple in self.triples for term in _ends(triple)}
        return closed(whole, kept, also={*filter(None, nodes)} & entities.keys())

    def _named(self) -> Iterator[Statement]:
        """Statements of the graph whose own IRI stands in a triple."""
        wanted = {term for triple in self.triples for term in _ends(triple)}
        for item in self.known.statements:
            if self.names.statement(item.id) in wanted:
                yield item

    def _plain(self) -> Iterator[Statement]:
        """What stands behind plain triples; bare statements where the graph does not know them."""
        known = self._by_triple()
        for triple in self.triples:
            relation, modality = _relation(triple.predicate)
            subject = self._id(triple.subject)
            if relation is None or subject is None:
                continue
            found = known.get((triple.predicate, subject, triple.object))
            if found:
                yield from found
                continue
            target = self._target(triple.object)
            if target is not None:
                yield _bare(subject, relation, target, modality=modality)

    def _by_triple(self) -> Mapping[tuple[NamedNode, str, Term], list[Statement]]:
        known: dict[tuple[NamedNode, str, Term], list[Statement]] = defaultdict(list)
        for item in self.known.statements:
            form = plain_form(item)
            if form is None or item.object is None:
                continue
            term = (
                self.names.entity(item.object)
                if isinstance(item.object, str)
                else as_literal(item.object)
            )
            known[form[item.relation], item.subject, term].append(item)
        return known

    def _described(self, found: Mapping[str, Statement]) -> Iterator[Statement]:
        """Statements that only the triples describe: ``?st kg:subject … ; kg:predicate …``."""
        facts: dict[Term, dict[NamedNode, Term]] = defaultdict(dict)
        for triple in self.triples:
            if triple.predicate.value.startswith(KG.iri):
                facts[triple.subject].setdefault(triple.predicate, triple.object)
        plain = {(item.subject, item.relation, item.object) for item in found.values()}
        for node, said in facts.items():
            identifier = self.names.identifier(node) if isinstance(node, NamedNode) else None
            subject = self._id(said.get(KG["subject"]))
            predicate = said.get(KG["predicate"])
            target = self._target(said.get(KG["object"]) or said.get(KG["objectValue"]))
            if subject is None or not isinstance(predicate, NamedNode) or identifier in found:
                continue
            relation = REL.name(predicate) or _last(predicate)
            if (subject, relation, target) in plain:
                continue
            modality = said.get(KG["modality"])
            word = KG.name(modality) if isinstance(modality, NamedNode) else None
            yield replace(
                _bare(subject, relation, target, modality=_MODALITIES.get(word or "", "asserted")),
                id=identifier or digest(str(node)),
                negated=said.get(KG["polarity"]) == KG["negative"],
            )

    # -- things --

    def _entities(self, statements: Iterable[Statement]) -> Iterator[Entity]:
        """Those the graph knows, and those of which only the triples tell."""
        yield from self.known.entities
        known = {entity.id for entity in self.known.entities}
        labels: dict[str, list[tuple[str, str]]] = defaultdict(list)
        aliases: dict[str, list[tuple[str, str]]] = defaultdict(list)
        types: dict[str, EntityType] = {}
        for triple in self.triples:
            identifier = self._id(triple.subject)
            if identifier is None:
                continue
            if isinstance(triple.object, Literal):
                pair = (triple.object.language or "", triple.object.value)
                if triple.predicate in _LABELS:
                    labels[identifier].append(pair)
                elif triple.predicate == SKOS["altLabel"]:
                    aliases[identifier].append(pair)
            elif triple.predicate == RDF["type"] and triple.object in _TYPES:
                types[identifier] = _TYPES[triple.object]
        told = {slot for item in statements for slot in (item.subject, item.object)}
        for identifier in ({slot for slot in told if isinstance(slot, str)} | types.keys()) - known:
            name = unquote(identifier.rstrip("/#").rpartition("/")[2]).replace("_", " ")
            given = tuple(sorted(dict(labels[identifier]).items())) or (("", name),)
            yield Entity(
                identifier,
                types.get(identifier, "concept"),
                given,
                tuple(sorted(set(aliases[identifier]))),
            )

    def _property(self, identifier: str) -> Property:
        labels: dict[str, str] = {}
        for triple in self.triples:
            if triple.predicate in _LABELS and isinstance(triple.object, Literal):
                subject = triple.subject
                if isinstance(subject, NamedNode) and (REL.name(subject) or _last(subject)) == (
                    identifier
                ):
                    labels[triple.object.language or ""] = triple.object.value
        return Property(identifier, tuple(sorted(labels.items())))

    def _target(self, term: Term | None) -> str | Value | None:
        return literal_value(term) if isinstance(term, Literal) else self._id(term)

    def _id(self, term: Term | None) -> str | None:
        """An entity's id; the whole IRI for a thing of another graph; None for what is no thing."""
        if not isinstance(term, NamedNode):
            return None
        if term.value.startswith(self.names.entity("").value):
            return self.names.identifier(term)
        ours = term.value.startswith((self.names.base, *(n.iri for n in (KG, REL, PLAN, VAL))))
        return None if ours or term in _VOCABULARY or term in _TYPES else term.value


_MODALITIES: Final[Mapping[str, Modality]] = {
    "asserted": "asserted",
    "planned": "planned",
    "possible": "possible",
    "hypothetical": "hypothetical",
}
_VOCABULARY: Final = frozenset(triple.subject for triple in vocabulary())


def _ends(triple: Triple) -> tuple[Term, Term]:
    return triple.subject, triple.object


def _relation(predicate: NamedNode) -> tuple[str | None, Modality]:
    """The relation that a plain triple states, None for a property that only describes."""
    spaces: Mapping[Namespace, Modality] = {REL: "asserted", VAL: "asserted", PLAN: "planned"}
    for space, modality in spaces.items():
        name = space.name(predicate)
        if name:
            return name, modality
    if predicate.value.startswith(_SAYS_NOTHING):
        return None, "asserted"
    return _last(predicate), "asserted"


def _last(node: NamedNode) -> str:
    """The last part of an IRI, for a name."""
    return re.split(r"[/#:]", node.value.rstrip("/#"))[-1] or node.value


def _bare(
    subject: str, relation: str, target: str | Value | None, *, modality: Modality
) -> Statement:
    """A statement of which no sentence is known."""
    key = target.lexical if isinstance(target, Value) else target or ""
    identifier = digest("bare", subject, relation, key, modality)
    return Statement(identifier, subject, relation, target, (), False, modality, 1.0, ())


def _names(triples: Iterable[Triple]) -> Names:
    """The names of the graph that most of the entities in triples belong to."""
    found = Counter(
        match[1]
        for triple in triples
        for term in _ends(triple)
        if isinstance(term, NamedNode) and (match := _ENTITY.fullmatch(term.value))
        if urlsplit(match[1]).scheme
    )
    return Names(min(found, key=lambda base: (-found[base], base)) if found else DEFAULT_BASE)
