"""Statements → RDF: what the graph says, by pure functions of one thing each (DESIGN.md §6).

Every node has an IRI minted from its content, so that the same data gives the same triples.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import PurePath

from pyoxigraph import Literal, NamedNode, Quad

from kg.store.evidence import describe_evidence, evidence_node
from kg.store.terms import Description, Term, decimal, integer, literal, optional, typed
from kg.store.values import as_literal, describe_value, is_literal, value_node
from kg.types import Document, Entity, Evidence, GraphData, Property, Statement, Value
from kg.vocab import (
    CLASSES,
    DCTERMS,
    KG,
    OWL,
    PLAN,
    PROV,
    RDF,
    RDFS,
    REL,
    SCHEMA,
    SKOS,
    VAL,
    Names,
    Namespace,
    digest,
    display_label,
    labels,
    relation,
    vocabulary,
)

__all__ = [
    "describe_document",
    "describe_entity",
    "describe_graph",
    "describe_mentioned",
    "describe_statement",
    "descriptions",
    "is_attributed",
    "plain_form",
    "plain_relation",
    "quads",
]


def is_attributed(evidence: Evidence) -> bool:
    """True where the passage reports what somebody says, named or not."""
    return evidence.attributed_to is not None or evidence.reporting_verb is not None


def plain_form(statement: Statement) -> Namespace | None:
    """Where a statement also stands as a plain triple: ``rel:``, ``plan:``, ``val:`` or nowhere.

    Only what is positive and said by at least one source in its own voice does; what is possible
    or hypothetical never.
    """
    if statement.negated or statement.object is None:
        return None
    if all(is_attributed(evidence) for evidence in statement.evidence):
        return None
    literal_object = isinstance(statement.object, Value)
    if statement.modality == "asserted":
        return VAL if literal_object else REL
    if statement.modality == "planned" and not literal_object:
        return PLAN
    return None


def plain_relation(statement: Statement) -> tuple[str, str] | None:
    """The IRI of ``plan:`` or ``val:`` and the relation that a statement uses of it, if it does."""
    form = plain_form(statement)
    return None if form is None or form is REL else (form.iri, statement.relation)


def descriptions(data: GraphData, names: Names) -> Iterator[Description]:
    """The whole graph; what is said of one subject may come in several parts."""
    forms = {form for item in data.statements if (form := plain_relation(item))}
    yield from describe_graph(data.properties, forms, data.provenance, names)
    yield from (describe_document(document, names) for document in data.documents)
    yield from (describe_entity(entity, names) for entity in data.entities)
    told: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for statement in data.statements:
        yield describe_statement(statement, names)
        yield from describe_mentioned(statement, names)
        for evidence in statement.evidence:
            told[evidence.document].append((statement.id, evidence))
    documents = {document.id: document for document in data.documents}
    for identifier, found in told.items():
        yield from describe_evidence(documents.get(identifier), found, names)


def quads(found: Iterable[Description]) -> Iterator[Quad]:
    """Descriptions for a store's default graph."""
    for description in found:
        for triple in description.triples():
            yield Quad(triple.subject, triple.predicate, triple.object)


def describe_graph(
    properties: Iterable[Property],
    forms: Collection[tuple[str, str]],
    provenance: Sequence[tuple[str, str]],
    names: Names,
) -> Iterator[Description]:
    """The vocabulary, the relations and what made the graph.

    Args:
        properties: the relations.
        forms: what :func:`plain_relation` gives for the statements.
        provenance: what made the graph, by name.
        names: mint the IRIs.
    """
    yield from _vocabulary()
    yield from _relations(properties, forms)
    yield from _provenance(provenance, names)


# -- vocabulary and relations ----------------------------------------------------------------


def _vocabulary() -> Iterator[Description]:
    facts: dict[NamedNode, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in vocabulary():
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            facts[triple.subject][triple.predicate].append(triple.object)
    for subject in sorted(facts, key=str):
        yield Description.of(subject, facts[subject].items())


def _relations(
    properties: Iterable[Property], forms: Collection[tuple[str, str]]
) -> Iterator[Description]:
    known = {item.id: item for item in properties}
    for item in known.values():
        yield _relation(item, REL, OWL["ObjectProperty"], item.broader)
    for form, kind in ((PLAN, OWL["ObjectProperty"]), (VAL, OWL["DatatypeProperty"])):
        used = {relation for iri, relation in forms if iri == form.iri}
        for identifier in sorted(used & known.keys()):
            item = known[identifier]
            yield _relation(item, form, kind, item.broader if item.broader in used else None)


def _relation(
    item: Property, namespace: Namespace, kind: NamedNode, broader: str | None
) -> Description:
    planned = labels("planned") if namespace is PLAN else {}
    names = [
        (language, f"{text} ({planned[language]})" if language in planned else text)
        for language, text in item.labels
    ]
    return Description.of(
        relation(namespace, item.id),
        [
            (RDF["type"], [kind]),
            (KG["label"], _shown(names)),
            (RDFS["label"], [literal(text, language) for language, text in names]),
            (RDFS["subPropertyOf"], [relation(namespace, broader)] if broader else []),
            (KG["plannedForm"], [relation(REL, item.id)] if namespace is PLAN else []),
        ],
    )


# -- provenance and documents ----------------------------------------------------------------


def _provenance(provenance: Sequence[tuple[str, str]], names: Names) -> Iterator[Description]:
    build = digest(*(part for pair in provenance for part in pair))
    yield Description.of(
        names.graph,
        [
            (RDF["type"], [KG["Graph"]]),
            (PROV["wasGeneratedBy"], [names.build(build)]),
        ],
    )
    settings = {names.build(digest(build, key, value)): (key, value) for key, value in provenance}
    yield Description.of(
        names.build(build), [(RDF["type"], [PROV["Activity"]]), (KG["setting"], settings)]
    )
    for node, (key, value) in sorted(settings.items(), key=lambda item: item[1]):
        yield Description.of(
            node,
            [
                (RDF["type"], [SCHEMA["PropertyValue"]]),
                (SCHEMA["name"], [literal(key)]),
                (SCHEMA["value"], [literal(value)]),
            ],
        )


def describe_document(document: Document, names: Names) -> Description:
    """What the graph says of an article, its text included."""
    text = partial(optional, language=document.language)
    return Description.of(
        names.document(document.id),
        [
            (RDF["type"], [SCHEMA["NewsArticle"]]),
            (SCHEMA["headline"], text(document.title)),
            (DCTERMS["language"], optional(document.language)),
            (SCHEMA["datePublished"], _date(document.published)),
            (SCHEMA["publisher"], optional(document.publisher)),
            (SCHEMA["author"], optional(document.author)),
            (SCHEMA["url"], optional(document.url)),
            (KG["fileName"], [literal(PurePath(document.source).name)]),
            (SCHEMA["articleBody"], text(document.text)),
            (KG["blocks"], [literal("\n".join(_blocks(document)))] if document.blocks else []),
        ],
    )


def _blocks(document: Document) -> Iterator[str]:
    for block in document.blocks:
        parent = "" if block.parent is None else f" {block.parent}"
        yield f"{block.kind} {block.begin} {block.end}{parent}"


def _date(text: str | None) -> list[Term]:
    if text is None:
        return []
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return [literal(text)]
    return [typed(text, "date")]


# -- entities --------------------------------------------------------------------------------


def describe_entity(entity: Entity, names: Names) -> Description:
    """What the graph says of a thing, but for its plain triples."""
    return Description.of(
        names.entity(entity.id),
        [
            (RDF["type"], [CLASSES[entity.type]]),
            (KG["label"], _shown(entity.labels)),
            (SKOS["prefLabel"], [literal(text, language) for language, text in entity.labels]),
            (SKOS["altLabel"], [literal(text, language) for language, text in entity.aliases]),
            (OWL["sameAs"], [NamedNode(link) for link in entity.links]),
            (KG["member"], [names.entity(member) for member in entity.members]),
        ],
    )


def _shown(names: Iterable[tuple[str, str]]) -> list[Term]:
    return optional(display_label(names))


# -- statements ------------------------------------------------------------------------------


def describe_mentioned(statement: Statement, names: Names) -> Iterator[Description]:
    """What a statement says of others: its plain triple, and the values that are nodes."""
    form, target = plain_form(statement), statement.object
    if form is not None and target is not None:
        term = as_literal(target) if isinstance(target, Value) else names.entity(target)
        plain = [(relation(form, statement.relation), [term])]
        yield Description.of(names.entity(statement.subject), plain)
    for value in (target, *(item.value for item in statement.qualifiers)):
        if isinstance(value, Value) and not is_literal(value):
            yield describe_value(value, names)


def describe_statement(statement: Statement, names: Names) -> Description:
    """What the graph says of a statement, but for its evidence."""
    qualifiers: dict[str, list[Term]] = defaultdict(list)
    for qualifier in statement.qualifiers:
        qualifiers[qualifier.name].append(_argument(qualifier.value, names))
    target = statement.object
    documents = [names.document(evidence.document) for evidence in statement.evidence]
    return Description.of(
        names.statement(statement.id),
        [
            (RDF["type"], [KG["Statement"]]),
            (KG["subject"], [names.entity(statement.subject)]),
            (KG["predicate"], [relation(REL, statement.relation)]),
            (KG["object"], _object_node(target, names)),
            (KG["objectValue"], [as_literal(target)] if isinstance(target, Value) else []),
            *((KG[name], qualifiers[name]) for name in sorted(qualifiers)),
            (KG["polarity"], [KG["negative" if statement.negated else "positive"]]),
            (KG["modality"], [KG[statement.modality]]),
            (KG["confidence"], [decimal(statement.confidence)]),
            (KG["sources"], [integer(statement.sources)]),
            (
                KG["lessSpecificThan"],
                [names.statement(other) for other in statement.less_specific_than],
            ),
            (PROV["wasDerivedFrom"], documents),
            (KG["evidence"], [evidence_node(statement.id, e, names) for e in statement.evidence]),
        ],
    )


def _argument(value: str | Value, names: Names) -> Term:
    if isinstance(value, str):
        return names.entity(value)
    return as_literal(value) if is_literal(value) else value_node(value, names)


def _object_node(target: str | Value | None, names: Names) -> list[Term]:
    if target is None or (isinstance(target, Value) and is_literal(target)):
        return []
    return [_argument(target, names)]
