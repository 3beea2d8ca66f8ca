"""All documents' facts as one graph: entities merged across documents and languages.

The steps are pure functions on :class:`kg.dataset.Dataset`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kg.dataset import Dataset, Edge, Key, Local, Part, without_collector
from kg.resolve.claims import Claim, by_office, claims_of, in_office
from kg.resolve.copies import copies, sketches
from kg.resolve.corrections import Corrections
from kg.resolve.drafts import Placed
from kg.resolve.entities import Assigned, identify
from kg.resolve.events import Described, described, link_events
from kg.resolve.facts import DocumentFacts
from kg.resolve.merge import link_names, roots
from kg.resolve.nodes import Link, Member, Nodes, Sighting, member_of
from kg.resolve.outline import Outline, outline
from kg.resolve.properties import build_properties, called
from kg.resolve.statements import build_statements
from kg.types import Document, Entity, GraphData, Property, Statement

__all__ = ["Resolved", "in_order", "resolve", "resolve_corpus", "resolve_identities"]


class Resolved(NamedTuple):
    """A graph too large for memory, but for its relations."""

    documents: Dataset[Document]
    """The articles, on one machine sorted by id."""
    entities: Dataset[Entity]
    """Those that statements and groups need, each once."""
    properties: tuple[Property, ...]
    statements: Dataset[Statement]
    assigned: Dataset[Assigned]
    """The ids of all local entities, by document on one machine; some are of no entity above."""


class _Renamed(NamedTuple):
    """That a document's entity is one thing with others, and the smallest node of these."""

    document: str
    local: str
    root: str


class _Origin(NamedTuple):
    """That a document is a copy of an earlier one."""

    document: str
    origin: str


def resolve(documents: Dataset[DocumentFacts], corrections: Corrections) -> Resolved:
    """The graph of documents. The result does not depend on their order.

    Args:
        documents: each text once; on one machine sorted by id.
        corrections: what a person knows better.
    """
    nodes = Nodes(corrections)
    first = partial(_first_pass, nodes, corrections)
    outlines, sightings, bands, calls, articles = documents.split(first, 5)
    placed, _ = place(outlines, sightings, nodes, corrections)
    identified = identify(placed, corrections)
    origins = copies(documents, bands).flat_map(_origin)
    told: Dataset[Assigned | _Origin] = identified.assigned.union(origins)
    rows = told.group(_document, _local, _each).keep()
    found = documents.attach(rows, _id, _document, _claims, in_order=True)
    titles, others = found.split(by_office, 2)
    claims = in_office(titles, others, corrections)
    statements, needed, used = build_statements(claims, corrections)
    return Resolved(
        articles,
        _used(identified.entities, needed),
        build_properties(calls, used),
        statements,
        rows.flat_map(_assigned),
    )


def _first_pass(nodes: Nodes, corrections: Corrections, facts: DocumentFacts) -> Iterator[Part]:
    """All that a document tells before it is known what its entities are."""
    about = outline(facts)
    yield 0, about
    every = bool(corrections.same or corrections.aliases or corrections.different)
    for sighting in nodes.sightings(about):
        if every or sighting.entity.named or sighting.entity.key.startswith("name:"):
            yield 1, sighting  # only a person's corrections join descriptions by their words
    for sketch in sketches(facts.document):
        yield 2, sketch
    for item in called(facts, corrections):
        yield 3, item
    yield 4, facts.document


def place(
    outlines: Dataset[Outline],
    sightings: Dataset[Sighting],
    nodes: Nodes,
    corrections: Corrections,
) -> tuple[Dataset[Placed], Dataset[Link]]:
    """Every local entity with the thing it is, and what made things of several nodes."""
    names = link_names(sightings, nodes, corrections).keep()
    renamed = _renamed(sightings, roots(names, nodes))
    events = outlines.attach(renamed, _outlined, _document, partial(_described, nodes))
    links: Dataset[Link] = names.union(link_events(events)).keep()
    renamed = _renamed(sightings, roots(links, nodes))
    return outlines.attach(renamed, _outlined, _document, partial(_placed, nodes)), links


def outlined(
    documents: Dataset[DocumentFacts], corrections: Corrections
) -> tuple[Dataset[Placed], Dataset[Link]]:
    """As :func:`place`, from documents."""
    nodes = Nodes(corrections)
    outlines, sightings, *_ = documents.split(partial(_first_pass, nodes, corrections), 5)
    return place(outlines, sightings, nodes, corrections)


def _outlined(outline: Outline) -> str:
    return outline.document


def _id(facts: DocumentFacts) -> str:
    return facts.document.id


def _document(row: _Renamed | Assigned | _Origin) -> str:
    return row.document


def _local(row: Assigned | _Origin) -> Key:
    return row.local if isinstance(row, Assigned) else ""


def _each(_: Key, rows: Iterator[Assigned | _Origin]) -> Iterator[Assigned | _Origin]:
    return rows


def _assigned(row: Assigned | _Origin) -> Iterator[Assigned]:
    if isinstance(row, Assigned):
        yield row


# -- local entities by what they are joined with -------------------------------------------------


_Row = tuple[str, str, str]
"""A node with its smallest, or with the document and id of an entity."""


def _renamed(sightings: Dataset[Sighting], found: Dataset[Edge]) -> Dataset[_Renamed]:
    """The local entities of nodes that are one thing with a smaller one."""
    rows = found.flat_map(_by_node).union(sightings.flat_map(_by_sighting))
    keyed = rows.group(_node, _rest, _renamed_by_key)
    alone: Dataset[_Renamed] = found.flat_map(_renamed_alone)
    return keyed.union(alone).keep()


def _by_node(edge: Edge) -> Iterator[_Row]:
    if member_of(edge[0]) is None:
        yield edge[0], "", edge[1]


def _by_sighting(seen: Sighting) -> Iterator[_Row]:
    if member_of(seen.node) is None:
        yield seen.node, seen.document, seen.local


def _node(row: _Row) -> Key:
    return row[0]


def _rest(row: _Row) -> Key:
    return row[1:]


def _renamed_by_key(_: Key, rows: Iterator[_Row]) -> Iterator[_Renamed]:
    root = ""
    for _, document, local in rows:
        if not document:
            root = local
        elif not root:
            return
        else:
            yield _Renamed(document, local, root)


def _renamed_alone(edge: Edge) -> Iterator[_Renamed]:
    member = member_of(edge[0])
    if member is not None:
        yield _Renamed(*member, edge[1])


def _described(nodes: Nodes, document: Outline, renamed: list[_Renamed]) -> Iterator[Described]:
    return described(document, nodes, {row.local: row.root for row in renamed})


def _placed(nodes: Nodes, document: Outline, renamed: list[_Renamed]) -> Iterator[Placed]:
    """Groups of the same members are one thing, too."""
    root = {row.local: row.root for row in renamed}
    seen = list(nodes.sightings(document))
    things = {s.local: root.get(s.local, s.node) for s in seen}
    for s in seen:
        members = tuple(sorted({things[m] for m in s.entity.members}))
        thing = things[s.local]
        if members and s.local not in root:
            thing = "group of " + "\n".join(members)
        yield Placed(thing, s.document, s.local, s.entity, members)


# -- statements and what they need ---------------------------------------------------------------


def _origin(edge: Edge) -> Iterator[_Origin]:
    yield _Origin(*edge)


def _claims(facts: DocumentFacts, rows: list[Assigned | _Origin]) -> Iterator[Claim]:
    ids = {row.local: row.id for row in rows if isinstance(row, Assigned)}
    origins = [row.origin for row in rows if isinstance(row, _Origin)]
    return claims_of(facts, ids, origins[0] if origins else facts.document.id)


def _used(found: Dataset[Entity], slots: Dataset[str]) -> Dataset[Entity]:
    """The entities that statements and groups need, by id."""
    entities, groups = found.split(_with_groups, 2)
    needed = slots.group(_name, _name, _once).keep()
    used = groups.union(needed).group(_name, _kind, _needed)
    every = needed.union(used.flat_map(_members))
    return entities.union(every).group(_name, _kind, _needed).keep()


def _with_groups(entity: Entity) -> Iterator[Part]:
    yield 0, entity
    if entity.members:
        yield 1, entity


def _name(row: Entity | str) -> str:
    return row if isinstance(row, str) else row.id


def _kind(row: Entity | str) -> Key:
    return int(isinstance(row, Entity))


def _once(name: str, _: Iterator[str]) -> Iterator[str]:
    yield name


def _needed(_: Key, rows: Iterator[Entity | str]) -> Iterator[Entity]:
    needed = False
    for row in rows:
        if isinstance(row, str):
            needed = True
        elif needed:
            yield row


def _members(entity: Entity) -> Iterator[str]:
    yield from entity.members


# -- graphs that fit into memory -----------------------------------------------------------------


def resolve_corpus(
    facts: Iterable[DocumentFacts], corrections: Corrections | None = None
) -> GraphData:
    """The graph of the documents, in memory. The result does not depend on their order or grouping.

    The same document given twice counts once.
    """
    return resolve_identities(facts, corrections)[0]


def resolve_identities(
    facts: Iterable[DocumentFacts], corrections: Corrections | None = None
) -> tuple[GraphData, Mapping[Member, str]]:
    """The graph of the documents, and the entity's id for every local entity of theirs."""
    ordered = in_order(facts)
    with without_collector(), tempfile.TemporaryDirectory(prefix="kg-") as folder:
        found = resolve(Local(lambda: ordered, Path(folder)), corrections or Corrections())
        data = GraphData(
            documents=tuple(found.documents),
            entities=tuple(found.entities),
            properties=found.properties,
            statements=tuple(sorted(found.statements, key=lambda s: s.id)),
        )
        return data, {(row.document, row.local): row.id for row in found.assigned}


def in_order(facts: Iterable[DocumentFacts]) -> list[DocumentFacts]:
    """The facts of each text once, by id."""
    by_id = {f.document.id: f for f in sorted(facts, key=lambda f: f.document.source, reverse=True)}
    return [by_id[key] for key in sorted(by_id)]
