"""The graph as CSV for Neo4j's bulk import, entities as nodes and statements as relationships.

``neo4j-admin database import full --array-delimiter=U+001F --nodes=nodes.csv
--relationships=relationships.csv neo4j`` reads them; the header fields are those of
https://neo4j.com/docs/operations-manual/current/import/#import-tool-header-format.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kg.analyze import show_label, show_value
from kg.store.order import normalised
from kg.store.render import plain_form
from kg.store.terms import clean
from kg.store.values import value_node, wording
from kg.types import Entity, GraphData, Statement, Value
from kg.vocab import DEFAULT_BASE, QUALIFIERS, Names

__all__ = ["NODES", "RELATIONSHIPS", "write_neo4j"]

NODES: Final = "nodes.csv"
RELATIONSHIPS: Final = "relationships.csv"

_BETWEEN: Final = "\x1f"
"""Between the elements of an array: texts may hold any sign that can be seen."""


def write_neo4j(data: GraphData, folder: str | Path, base: str = DEFAULT_BASE) -> None:
    """Writes ``nodes.csv`` and ``relationships.csv`` into a folder.

    Names are in a column for each language (``name_en``, ``name_it``). All statements are there
    but those without an object; ``plain`` tells those that the RDF has as a plain triple.
    """
    data, names = normalised(data), Names(base)
    languages = sorted({language for entity in data.entities for language, _ in entity.labels})
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / NODES, _node_header(languages), _nodes(data, names, languages))
    _write(folder / RELATIONSHIPS, _RELATIONSHIP, _relationships(data, names))


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_cell(cell) for cell in row] for row in rows)


def _cell(text: str) -> str:
    """One line without what no format can hold; the separator of arrays stays."""
    return _BETWEEN.join(" ".join(clean(part).split()) for part in text.split(_BETWEEN))


def _array(texts: Iterable[str]) -> str:
    return _BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts)


# -- nodes -----------------------------------------------------------------------------------


def _node_header(languages: Sequence[str]) -> tuple[str, ...]:
    named = (f"name_{language}" for language in languages)
    return ("iri:ID", "name", *named, "aliases:string[]", "same_as:string[]", ":LABEL")


def _nodes(data: GraphData, names: Names, languages: Sequence[str]) -> Iterator[Sequence[str]]:
    for entity in data.entities:
        labels = dict(entity.labels)
        yield (
            names.entity(entity.id).value,
            show_label(entity),
            *(labels.get(language, "") for language in languages),
            _array(dict.fromkeys(text for _, text in entity.aliases)),
            _array(entity.links),
            _array(("Entity", entity.type.capitalize())),
        )
    values = {
        value_node(s.object, names).value: s.object
        for s in data.statements
        if isinstance(s.object, Value)
    }
    for iri in sorted(values):
        value = values[iri]
        unnamed = ("" for _ in languages)
        yield iri, wording(value), *unnamed, "", "", _array(("Value", value.kind.capitalize()))


# -- relationships ---------------------------------------------------------------------------

_RELATIONSHIP: Final = (
    ":START_ID",
    "id",
    "name",
    "negated:boolean",
    "modality",
    "plain:boolean",
    "confidence:double",
    *QUALIFIERS,
    "attributed_to:string[]",
    "quotes:string[]",
    "sources:string[]",
    ":END_ID",
    ":TYPE",
)


def _relationships(data: GraphData, names: Names) -> Iterator[Sequence[str]]:
    entities = {entity.id: entity for entity in data.entities}
    labels = {item.id: show_label(item) for item in data.properties}
    files = {document.id: Path(document.source).name for document in data.documents}
    for statement in data.statements:
        if statement.object is None:
            continue
        speakers = (e.attributed_to for e in statement.evidence if e.attributed_to)
        yield (
            names.entity(statement.subject).value,
            statement.id,
            labels.get(statement.relation, statement.relation),
            _boolean(statement.negated),
            statement.modality,
            _boolean(plain_form(statement) is not None),
            repr(statement.confidence),
            *_qualifiers(statement, entities),
            _array(dict.fromkeys(show_value(speaker, entities) for speaker in speakers)),
            _array(evidence.quote for evidence in statement.evidence),
            _array(files.get(evidence.document, "") for evidence in statement.evidence),
            _end(statement.object, names),
            statement.relation.upper(),
        )


def _end(target: str | Value, names: Names) -> str:
    node = value_node(target, names) if isinstance(target, Value) else names.entity(target)
    return node.value


def _qualifiers(statement: Statement, entities: Mapping[str, Entity]) -> Iterator[str]:
    for name in QUALIFIERS:
        values = (q.value for q in statement.qualifiers if q.name == name)
        yield "; ".join(show_value(value, entities) for value in values)


def _boolean(value: bool) -> str:
    return "true" if value else "false"
