"""What a resolved graph becomes, of any size and on any engine: triples, rows, marks.

Pure functions on datasets; whoever calls them writes what comes out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from kg.dataset import Dataset, Key
from kg.export.tables import Shown, json_line, relation_labels, row, row_key, shown_as
from kg.redirects import Identity, entity_mark, evidence_mark
from kg.resolve.corpus import Resolved
from kg.resolve.entities import Assigned
from kg.store.described import Described, described, merged
from kg.store.pieces import Article, Piece
from kg.store.render import (
    describe_entity,
    describe_graph,
    describe_mentioned,
    plain_relation,
)
from kg.types import Document, Entity, Evidence, Statement
from kg.vocab import Names

__all__ = ["Told", "describe", "identities", "lines", "tell"]


class Told(NamedTuple):
    """A statement as a document makes it, with what a row says of its entities."""

    statement: Statement
    """Without its evidence."""
    evidence: Evidence
    shown: tuple[tuple[str, Shown], ...]


class _Needed(NamedTuple):
    """That a statement names an entity; and, once that is known, what a row says of it."""

    entity: str
    statement: str
    shown: Shown | None = None


class _Known(NamedTuple):
    """An entity and what a row says of it."""

    entity: str
    shown: Shown


def tell(found: Resolved) -> Dataset[Told]:
    """Each piece of evidence with what it is for; on one machine by document, as its text runs."""
    known: Dataset[_Known | _Needed] = found.entities.flat_map(_known).union(
        found.statements.flat_map(_needed)
    )
    needed = known.group(_entity, _known_first, _looked_up)
    told = found.statements.union(needed).group(_statement, _statement_first, _told)
    return told.group(_document, _place, _each).keep()


def describe(
    found: Resolved, told: Dataset[Told], provenance: tuple[tuple[str, str], ...], names: Names
) -> tuple[Iterator[Described], Dataset[Piece]]:
    """All that the graph says: of itself and its relations, and of all else; no subject twice.

    Args:
        found: the graph.
        told: what :func:`tell` gives of it.
        provenance: what made the graph, by name.
        names: mint the IRIs.

    Returns:
        What it says of itself, and pieces for :func:`kg.store.pieces.describe_piece`.
    """
    forms = set(found.statements.flat_map(_form).group(_self, _self, _first))
    own = describe_graph(found.properties, forms, provenance, names)
    things = found.entities.flat_map(partial(_thing, names))
    mentioned = found.statements.flat_map(partial(_mentioned, names))
    shared = things.union(mentioned).group(_subject, _nothing, _merged)
    articles = found.documents.attach(told, _id, _document, _article, in_order=True)
    pieces: Dataset[Piece] = shared.union(found.statements).union(articles)
    return map(described, own), pieces


def lines(found: Resolved, told: Dataset[Told], names: Names) -> Dataset[tuple[Key, str]]:
    """The lines of ``statements.jsonl``, without their ends, with what to sort them by."""
    labels = relation_labels(found.properties)
    step = partial(_rows, labels, names)
    return found.documents.attach(told, _id, _document, step, in_order=True)


def identities(found: Resolved, names: Names) -> Dataset[Identity]:
    """The marks of all that is said, each with its IRI; one may come twice, for two statements."""
    used: Dataset[Entity | Assigned] = found.entities.union(found.assigned)
    entities = used.group(_thing_id, _thing_first, partial(_marked, names))
    return entities.union(found.statements.flat_map(partial(_evidence_marks, names)))


# -- what a row says of the entities of a statement ----------------------------------------------


def _known(entity: Entity) -> Iterator[_Known]:
    yield _Known(entity.id, shown_as(entity))


def _needed(statement: Statement) -> Iterator[_Needed]:
    for entity in statement.entities():
        yield _Needed(entity, statement.id)


def _entity(item: _Known | _Needed) -> Key:
    return item.entity


def _known_first(item: _Known | _Needed) -> Key:
    return item.statement if isinstance(item, _Needed) else ""


def _looked_up(_: Key, items: Iterator[_Known | _Needed]) -> Iterator[_Needed]:
    shown = None
    for item in items:
        if isinstance(item, _Needed):
            yield item._replace(shown=shown)
        else:
            shown = item.shown


def _statement(item: Statement | _Needed) -> Key:
    return item.id if isinstance(item, Statement) else item.statement


def _statement_first(item: Statement | _Needed) -> Key:
    return "" if isinstance(item, Statement) else item.entity


def _told(_: Key, items: Iterator[Statement | _Needed]) -> Iterator[Told]:
    shown: dict[str, Shown] = {}
    statements: list[Statement] = []
    for item in items:
        if isinstance(item, Statement):
            statements.append(item)
        elif item.shown is not None:
            shown[item.entity] = item.shown
    for statement in statements:
        alone = replace(statement, evidence=())
        slots = alone.entities()
        for evidence in statement.evidence:
            names = sorted(slots | {evidence.attributed_to or alone.subject})
            named = tuple((name, shown[name]) for name in names if name in shown)
            yield Told(alone, evidence, named)


def _document(told: Told) -> str:
    return told.evidence.document


def _place(told: Told) -> Key:
    return row_key(None, told.statement.id, told.evidence)


# -- the graph's triples -------------------------------------------------------------------------


def _form(statement: Statement) -> Iterator[tuple[str, str]]:
    form = plain_relation(statement)
    if form is not None:
        yield form


def _thing(names: Names, entity: Entity) -> Iterator[Described]:
    yield described(describe_entity(entity, names))


def _mentioned(names: Names, statement: Statement) -> Iterator[Described]:
    return map(described, describe_mentioned(statement, names))


def _article(document: Document, told: list[Told]) -> Iterator[Article]:
    yield Article(document, tuple((t.statement.id, t.evidence) for t in told))


def _subject(said: Described) -> str:
    return said.subject


def _nothing(_: object) -> Key:
    return 0


def _merged(subject: str, parts: Iterator[Described]) -> Iterator[Described]:
    yield merged(subject, parts)


def _rows(
    labels: Mapping[str, str], names: Names, document: Document, told: list[Told]
) -> Iterator[tuple[Key, str]]:
    for statement, evidence, shown in told:
        made = row(statement, evidence, document, dict(shown), labels, names)
        yield row_key(document, statement.id, evidence), json_line(made)


# -- marks ---------------------------------------------------------------------------------------


def _thing_id(item: Entity | Assigned) -> Key:
    return item.id


def _thing_first(item: Entity | Assigned) -> Key:
    return () if isinstance(item, Entity) else (item.document, item.local)


def _marked(names: Names, _: Key, items: Iterator[Entity | Assigned]) -> Iterator[Identity]:
    """The entities of documents that are things of the graph."""
    there = False
    for item in items:
        if isinstance(item, Entity):
            there = True
        elif there:
            yield entity_mark(item.document, item.local), names.entity(item.id).value
        else:
            return


def _evidence_marks(names: Names, statement: Statement) -> Iterator[Identity]:
    iri = names.statement(statement.id).value
    for evidence in statement.evidence:
        yield evidence_mark(evidence), iri


def _id(document: Document) -> str:
    return document.id


def _self(item: tuple[str, str]) -> Key:
    return item


def _first(_: Key, items: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    yield next(items)


def _each(_: Key, items: Iterator[Told]) -> Iterator[Told]:
    return items
