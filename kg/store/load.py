"""RDF → statements: the inverse of ``render``, over any store that holds one of our graphs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import cast, get_args

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import StoreError
from kg.store.order import normalised
from kg.store.terms import Term
from kg.store.values import literal_value, node_value
from kg.types import (
    Block,
    BlockKind,
    Document,
    Entity,
    Evidence,
    GraphData,
    Modality,
    Property,
    Qualifier,
    Statement,
    Value,
)
from kg.vocab import (
    CLASSES,
    DCTERMS,
    KG,
    OA,
    OWL,
    QUALIFIERS,
    RDF,
    RDFS,
    REL,
    SCHEMA,
    SKOS,
    Names,
    base_of,
)

__all__ = ["graph_names", "load"]

_TYPES = {node: kind for kind, node in CLASSES.items()}

Facts = Mapping[NamedNode, list[Term]]


def graph_names(store: Store) -> Names:
    """The names of the one graph that a store holds.

    Raises ``StoreError`` where it holds none, or several.
    """
    found = sorted(
        quad.subject.value
        for quad in store.quads_for_pattern(None, RDF["type"], KG["Graph"])
        if isinstance(quad.subject, NamedNode)
    )
    if len(found) != 1:
        problem = "several graphs" if found else "no graph made by kg"
        raise StoreError(f"{problem} in this RDF (kg:Graph stands {len(found)} times, not once)")
    return base_of(NamedNode(found[0]))


def load(store: Store) -> GraphData:
    """The data that a store's triples were rendered from.

    A document's ``source`` comes back as its file name: the graph does not keep folders.
    Raises ``StoreError`` where the triples are not a graph of ours.
    """
    reader = _Reader(store, graph_names(store))
    try:
        return normalised(reader.data())
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise StoreError(
            f"a broken graph: {type(error).__name__} {error}; build it again"
        ) from error


class _Reader:
    """Reads one graph; positions of passages and values are read once and shared."""

    def __init__(self, store: Store, names: Names) -> None:
        self._store = store
        self._names = names
        self._spans: dict[NamedNode, tuple[int, int]] = {}
        self._values: dict[NamedNode, Value | None] = {}

    def data(self) -> GraphData:
        return GraphData(
            documents=tuple(self._documents()),
            entities=tuple(self._entities()),
            properties=tuple(self._properties()),
            statements=tuple(self._statements()),
            provenance=tuple(self._provenance()),
        )

    def _described(self, kind: NamedNode) -> Iterator[tuple[str, Facts]]:
        for quad in self._store.quads_for_pattern(None, RDF["type"], kind):
            if isinstance(quad.subject, NamedNode):
                identifier = self._names.identifier(quad.subject)
                if identifier is not None:
                    yield identifier, self._facts(quad.subject)

    def _facts(self, subject: NamedNode) -> Facts:
        facts: dict[NamedNode, list[Term]] = defaultdict(list)
        for quad in self._store.quads_for_pattern(subject, None, None):
            if isinstance(quad.object, NamedNode | Literal):
                facts[quad.predicate].append(quad.object)
        return facts

    # -- documents and provenance --

    def _documents(self) -> Iterator[Document]:
        for identifier, facts in self._described(SCHEMA["NewsArticle"]):
            yield Document(
                id=identifier,
                source=_text(facts, KG["fileName"]) or "",
                text=_text(facts, SCHEMA["articleBody"]) or "",
                language=_text(facts, DCTERMS["language"]) or "",
                title=_text(facts, SCHEMA["headline"]),
                published=_text(facts, SCHEMA["datePublished"]),
                publisher=_text(facts, SCHEMA["publisher"]),
                author=_text(facts, SCHEMA["author"]),
                url=_text(facts, SCHEMA["url"]),
                blocks=tuple(_blocks(_text(facts, KG["blocks"]) or "")),
            )

    def _provenance(self) -> Iterator[tuple[str, str]]:
        for _, facts in self._described(SCHEMA["PropertyValue"]):
            yield _text(facts, SCHEMA["name"]) or "", _text(facts, SCHEMA["value"]) or ""

    # -- entities and relations --

    def _entities(self) -> Iterator[Entity]:
        beginning = self._names.entity("").value
        for node, kind in _TYPES.items():
            for quad in self._store.quads_for_pattern(None, RDF["type"], node):
                subject = quad.subject
                if isinstance(subject, NamedNode) and subject.value.startswith(beginning):
                    facts = self._facts(subject)
                    yield Entity(
                        id=self._id(subject),
                        type=kind,
                        labels=_labels(facts, SKOS["prefLabel"]),
                        aliases=_labels(facts, SKOS["altLabel"]),
                        links=tuple(term.value for term in facts.get(OWL["sameAs"], ())),
                        members=self._ids(facts, KG["member"]),
                    )

    def _properties(self) -> Iterator[Property]:
        for quad in self._store.quads_for_pattern(None, RDF["type"], OWL["ObjectProperty"]):
            subject = quad.subject
            identifier = REL.name(subject) if isinstance(subject, NamedNode) else None
            if identifier is None or not isinstance(subject, NamedNode):
                continue
            facts = self._facts(subject)
            broader = _node(facts, RDFS["subPropertyOf"])
            yield Property(
                id=identifier,
                labels=_labels(facts, RDFS["label"]),
                broader=None if broader is None else REL.name(broader),
            )

    # -- statements --

    def _statements(self) -> Iterator[Statement]:
        for identifier, facts in self._described(KG["Statement"]):
            evidence = (self._evidence(node) for node in _nodes(facts, KG["evidence"]))
            yield Statement(
                id=identifier,
                subject=self._ids(facts, KG["subject"])[0],
                relation=REL.name(_required(facts, KG["predicate"])) or "",
                object=self._object(facts),
                qualifiers=tuple(self._qualifiers(facts)),
                negated=_required(facts, KG["polarity"]) == KG["negative"],
                modality=_modality(_required(facts, KG["modality"])),
                confidence=_number(facts),
                evidence=tuple(evidence),
                less_specific_than=self._ids(facts, KG["lessSpecificThan"]),
                sources=int(facts[KG["sources"]][0].value),
            )

    def _object(self, facts: Facts) -> str | Value | None:
        for property_ in (KG["object"], KG["objectValue"]):
            for term in facts.get(property_, ()):
                return self._argument(term)
        return None

    def _qualifiers(self, facts: Facts) -> Iterator[Qualifier]:
        for name in QUALIFIERS:
            for term in facts.get(KG[name], ()):
                yield Qualifier(name, self._argument(term))

    def _argument(self, term: Term) -> str | Value:
        if isinstance(term, Literal):
            return literal_value(term)
        if term not in self._values:
            is_value = term.value.startswith(self._names.value("").value)
            self._values[term] = node_value(self._facts(term)) if is_value else None
        return self._values[term] or self._id(term)

    def _evidence(self, node: NamedNode) -> Evidence:
        facts = self._facts(node)
        begin, end, quote = self._passage(_nodes(facts, OA["hasSelector"]))
        speaker = _node(facts, KG["attributedTo"])
        return Evidence(
            document=self._id(_required(facts, OA["hasSource"])),
            begin=begin,
            end=end,
            quote=quote,
            relation_text=_text(facts, KG["wording"]) or "",
            subject_text=_text(facts, KG["subjectText"]) or "",
            object_text=_text(facts, KG["objectText"]) or "",
            subject_span=self._span(_node(facts, KG["subjectSelector"])),
            relation_span=self._span(_node(facts, KG["relationSelector"])),
            object_span=self._span(_node(facts, KG["objectSelector"])),
            attributed_to=None if speaker is None else self._id(speaker),
            reporting_verb=_text(facts, KG["reportingVerb"]),
            confidence=_number(facts),
            rule=_text(facts, KG["rule"]) or "",
        )

    def _passage(self, selectors: list[NamedNode]) -> tuple[int, int, str]:
        span: tuple[int, int] | None = None
        quote = ""
        for selector in selectors:
            facts = self._facts(selector)
            quote = _text(facts, OA["exact"]) or quote
            if OA["start"] in facts:
                span = self._span(selector)
        if span is None:
            raise ValueError("evidence without a position")
        return *span, quote

    def _span(self, node: NamedNode | None) -> tuple[int, int] | None:
        if node is None:
            return None
        if node not in self._spans:
            facts = self._facts(node)
            begin, end = (facts[OA[name]][0].value for name in ("start", "end"))
            self._spans[node] = int(begin), int(end)
        return self._spans[node]

    # -- ids --

    def _ids(self, facts: Facts, property_: NamedNode) -> tuple[str, ...]:
        return tuple(self._id(node) for node in _nodes(facts, property_))

    def _id(self, node: NamedNode) -> str:
        identifier = self._names.identifier(node)
        if identifier is None:
            raise ValueError(f"{node.value} is outside {self._names.base}")
        return identifier


def _blocks(text: str) -> Iterator[Block]:
    for line in text.splitlines():
        kind, begin, end, *parent = line.split(" ")
        if kind not in get_args(BlockKind):
            raise ValueError(f"no kind of block is called {kind!r}")
        yield Block(
            begin=int(begin),
            end=int(end),
            kind=cast("BlockKind", kind),
            parent=int(parent[0]) if parent else None,
        )


def _modality(node: NamedNode) -> Modality:
    name = KG.name(node)
    if name not in get_args(Modality):
        raise ValueError(f"no modality is called {name!r}")
    return cast("Modality", name)


def _labels(facts: Facts, property_: NamedNode) -> tuple[tuple[str, str], ...]:
    return tuple(
        (term.language or "", term.value)
        for term in facts.get(property_, ())
        if isinstance(term, Literal)
    )


def _number(facts: Facts) -> float:
    return float(facts[KG["confidence"]][0].value)


def _text(facts: Facts, property_: NamedNode) -> str | None:
    for term in facts.get(property_, ()):
        return term.value
    return None


def _nodes(facts: Facts, property_: NamedNode) -> list[NamedNode]:
    return [term for term in facts.get(property_, ()) if isinstance(term, NamedNode)]


def _node(facts: Facts, property_: NamedNode) -> NamedNode | None:
    return next(iter(_nodes(facts, property_)), None)


def _required(facts: Facts, property_: NamedNode) -> NamedNode:
    node = _node(facts, property_)
    if node is None:
        raise ValueError(f"{property_.value} is missing")
    return node
