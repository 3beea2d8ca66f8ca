"""Statements as flat rows: JSON lines and CSV, one statement and one piece of evidence a line."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path, PurePath
from typing import Any, Final, NamedTuple

from kg.store.order import evidence_key, normalised
from kg.store.terms import clean
from kg.store.values import signs
from kg.types import (
    Document,
    Entity,
    EntityType,
    Evidence,
    GraphData,
    Property,
    Statement,
    Value,
)
from kg.vocab import DEFAULT_BASE, REL, XSD, Names, display_label, relation

__all__ = [
    "COLUMNS",
    "Shown",
    "json_line",
    "relation_labels",
    "row",
    "row_key",
    "rows",
    "shown_as",
    "write_csv",
    "write_lines",
    "write_statements",
]

COLUMNS: Final = (
    "id",
    "source",
    "begin",
    "end",
    "subject",
    "relation",
    "object",
    "qualifiers",
    "negated",
    "modality",
    "attributed_to",
    "confidence",
    "sources",
    "sentence",
    "title",
    "published",
)
"""Columns of the CSV table."""

_FORMULA: Final = re.compile(r"\s*[=+\-@\uff0b\uff0d\uff1d\uff20]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")

Row = dict[str, Any]


def write_statements(data: GraphData, path: str | Path, base: str = DEFAULT_BASE) -> None:
    """Writes ``statements.jsonl`` (DESIGN.md §7), sorted by file name, document and place in it."""
    write_lines(map(json_line, rows(data, base)), path)


def write_lines(lines: Iterable[str], path: str | Path) -> None:
    """Writes lines of JSON; what UTF-8 cannot hold becomes question marks."""
    with Path(path).open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def json_line(row: Row) -> str:
    """A row as a line of ``statements.jsonl``, without its end."""
    return json.dumps(row, ensure_ascii=False)


def write_csv(data: GraphData, path: str | Path, base: str = DEFAULT_BASE) -> None:
    """Writes the same rows with a column each for what people read, entities by their label.

    It is for spreadsheets: a mark at its beginning says that it is UTF-8, and no text begins as a
    formula does (an apostrophe stands before it: https://owasp.org/www-community/attacks/CSV_Injection).
    """
    with Path(path).open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows(data, base):
            writer.writerow(_flat(row))


def rows(data: GraphData, base: str = DEFAULT_BASE) -> Iterator[Row]:
    """The rows of ``statements.jsonl``; offsets are code points of the document's text."""
    data, names = normalised(data), Names(base)
    documents = {item.id: item for item in data.documents}
    shown = {item.id: shown_as(item) for item in data.entities}
    relations = relation_labels(data.properties)
    pairs = [
        (row_key(documents.get(evidence.document), statement.id, evidence), statement, evidence)
        for statement in data.statements
        for evidence in statement.evidence
    ]
    for _, statement, evidence in sorted(pairs, key=itemgetter(0)):
        document = documents.get(evidence.document)
        yield row(statement, evidence, document, shown, relations, names)


class Shown(NamedTuple):
    """What a row says of an entity."""

    type: EntityType
    label: str


def shown_as(entity: Entity) -> Shown:
    """What a row says of an entity."""
    return Shown(entity.type, display_label(entity.labels) or entity.id)


def relation_labels(properties: Iterable[Property]) -> dict[str, str]:
    """What a row calls each relation that has a label."""
    return {item.id: label for item in properties if (label := display_label(item.labels))}


def row_key(
    document: Document | None, statement: str, evidence: Evidence
) -> tuple[str, tuple[object, ...], str]:
    """Sorts rows by file name, document and place in it."""
    return _source(document), evidence_key(evidence), statement


def row(
    statement: Statement,
    evidence: Evidence,
    document: Document | None,
    shown: Mapping[str, Shown],
    relations: Mapping[str, str],
    names: Names,
) -> Row:
    """The row of a statement for a piece of its evidence.

    Args:
        statement: what is said; the evidence in it is not looked at.
        evidence: where.
        document: the one that says it; None where it is not in the graph.
        shown: at least the entities in the statement, and who says it, by id.
        relations: labels of relations by id; one without is called by its id.
        names: mint the IRIs.
    """

    def reference(identifier: str) -> Row:
        known = shown.get(identifier)
        return {
            "iri": names.entity(identifier).value,
            "label": known.label if known else identifier,
        }

    def argument(target: str | Value) -> Row:
        if isinstance(target, Value):
            return _value(target)
        known = shown.get(target)
        return {**reference(target), "type": known.type if known else None}

    name, target, speaker = statement.relation, statement.object, evidence.attributed_to
    label = relations.get(name) or name.replace("_", " ")
    about = relation(REL, name).value
    return {
        "id": statement.id,
        "source": _source(document),
        "begin": evidence.begin,
        "end": evidence.end,
        "sentence": evidence.quote,
        "subject": {**argument(statement.subject), "text": evidence.subject_text},
        "relation": {
            "iri": about,
            "label": label,
            "text": evidence.relation_text,
            "type": "relation",
        },
        "object": None if target is None else {**argument(target), "text": evidence.object_text},
        "qualifiers": [
            {"name": item.name, **argument(item.value)} for item in statement.qualifiers
        ],
        "negated": statement.negated,
        "modality": statement.modality,
        "attributed_to": None if speaker is None else reference(speaker),
        "confidence": evidence.confidence,
        "sources": statement.sources,
        "title": document.title if document else None,
        "published": document.published if document else None,
        "spans": {
            "subject": evidence.subject_span,
            "relation": evidence.relation_span,
            "object": evidence.object_span,
        },
    }


def _source(document: Document | None) -> str:
    return PurePath(document.source).name if document else ""


def _value(value: Value) -> Row:
    row = {
        "value": value.lexical,
        "datatype": XSD[value.datatype].value,
        "kind": value.kind,
        "comparator": value.comparator,
    }
    if value.upper:
        row["upper"] = value.upper
    if value.unit:
        row["unit"] = value.unit
    if value.language:
        row["language"] = value.language
    return row


def _flat(row: Row) -> Row:
    qualifiers = "; ".join(f"{item['name']}: {_cell(item)}" for item in row["qualifiers"])
    flat = {name: row[name] for name in COLUMNS}
    for name in ("subject", "relation", "object", "attributed_to"):
        flat[name] = _cell(row[name])
    return {name: _safe(cell) for name, cell in {**flat, "qualifiers": qualifiers}.items()}


def _safe(cell: object) -> object:
    """A cell that a spreadsheet shows and never computes."""
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _cell(item: Mapping[str, Any] | None) -> str:
    """What stands in a cell for an entity, a relation or a value."""
    if item is None:
        return ""
    if "value" not in item:
        return str(item["label"])
    sign = "" if item["comparator"] == "eq" else signs()[item["comparator"]]
    if "upper" in item:
        return f"{item['value']}{sign}{item['upper']} {item.get('unit', '')}".strip()
    return " ".join(part for part in (sign, item["value"], item.get("unit", "")) if part)
