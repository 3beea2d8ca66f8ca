"""A part of a graph, as a graph of its own: around an entity, from a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from kg.errors import KGError
from kg.types import Document, GraphData, Statement

__all__ = ["around", "closed", "from_document"]


def around(data: GraphData, entity: str, steps: int = 1) -> GraphData:
    """What is said among the entities at most so many statements away from one, given by its id."""
    near: dict[str, set[str]] = defaultdict(set)
    for statement in data.statements:
        if isinstance(statement.object, str):
            near[statement.subject].add(statement.object)
            near[statement.object].add(statement.subject)
    inner, reached = set[str](), {entity}
    for _ in range(steps):
        inner = set(reached)
        reached = reached.union(*(near[node] for node in inner))
    return closed(
        data,
        [
            statement
            for statement in data.statements
            if statement.subject in reached
            and (
                statement.object in reached
                if isinstance(statement.object, str)
                else statement.subject in inner
            )
        ],
        also={entity},
    )


def from_document(data: GraphData, name: str) -> GraphData:
    """What one document says, and no other's evidence.

    ``name`` is its id, path, file name or title. Raises ``KGError`` where none or several have it.
    """
    document = _document(data.documents, name)
    statements = [
        replace(statement, evidence=evidence)
        for statement in data.statements
        if (evidence := tuple(e for e in statement.evidence if e.document == document.id))
    ]
    return closed(data, statements)


def _document(documents: Sequence[Document], name: str) -> Document:
    ways: Sequence[Callable[[Document], bool]] = (
        lambda d: d.id == name,
        lambda d: d.source == name,
        lambda d: PurePath(d.source).name == PurePath(name).name,
        lambda d: (d.title or "").casefold() == name.casefold(),
    )
    for fits in ways:
        found = [document for document in documents if fits(document)]
        if len(found) == 1:
            return found[0]
        if found:
            raise KGError(f"{name}: which of {', '.join(sorted(d.id for d in found))}?")
    some = ", ".join(sorted(d.source for d in documents)[:3]) or "none"
    raise KGError(f"{name}: no document of the graph has this id, file name or title ({some} …)")


def closed(data: GraphData, statements: Iterable[Statement], also: Iterable[str] = ()) -> GraphData:
    """These statements with the entities, relations and documents that they name; and ``also``."""
    kept = tuple(statements)
    relations = {statement.relation for statement in kept}
    entities = {*also}
    documents: set[str] = set()
    for statement in kept:
        entities |= statement.entities()
        documents.update(e.document for e in statement.evidence)
    entities.update(m for e in data.entities if e.id in entities for m in e.members)
    return GraphData(
        documents=tuple(d for d in data.documents if d.id in documents),
        entities=tuple(e for e in data.entities if e.id in entities),
        properties=tuple(p for p in data.properties if p.id in relations),
        statements=kept,
        provenance=data.provenance,
    )
