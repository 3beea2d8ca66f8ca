"""Statements as flat rows: JSON lines and CSV, one statement and one piece of evidence a line."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any, Final

from kg.store.order import evidence_key, normalised
from kg.store.terms import clean
from kg.store.values import signs
from kg.types import Document, Entity, Evidence, GraphData, Property, Statement, Value
from kg.vocab import DEFAULT_BASE, REL, XSD, Names, display_label, relation

__all__ = ["COLUMNS", "rows", "write_csv", "write_statements"]

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
    with Path(path).open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(data, base))


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
    view = _View(normalised(data), Names(base))
    pairs = [(item, evidence) for item in view.data.statements for evidence in item.evidence]
    for statement, evidence in sorted(pairs, key=lambda pair: view.place(*pair)):
        yield view.row(statement, evidence)


class _View:
    """Looks up what a row says of entities, relations and documents."""

    def __init__(self, data: GraphData, names: Names) -> None:
        self.data = data
        self._names = names
        self._documents = {item.id: item for item in data.documents}
        self._entities = {item.id: item for item in data.entities}
        self._properties = {item.id: item for item in data.properties}

    def place(self, statement: Statement, evidence: Evidence) -> tuple[object, ...]:
        return (self._source(evidence), *evidence_key(evidence), statement.id)

    def row(self, statement: Statement, evidence: Evidence) -> Row:
        document = self._documents.get(evidence.document)
        speaker = evidence.attributed_to
        return {
            "id": statement.id,
            "source": self._source(evidence),
            "begin": evidence.begin,
            "end": evidence.end,
            "sentence": evidence.quote,
            "subject": self._slot(statement.subject, evidence.subject_text),
            "relation": self._relation(statement.relation, evidence.relation_text),
            "object": self._slot(statement.object, evidence.object_text),
            "qualifiers": [
                {"name": item.name, **self._argument(item.value)} for item in statement.qualifiers
            ],
            "negated": statement.negated,
            "modality": statement.modality,
            "attributed_to": None if speaker is None else self._reference(speaker),
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

    def _source(self, evidence: Evidence) -> str:
        document: Document | None = self._documents.get(evidence.document)
        return PurePath(document.source).name if document else ""

    def _slot(self, target: str | Value | None, text: str) -> Row | None:
        return None if target is None else {**self._argument(target), "text": text}

    def _argument(self, target: str | Value) -> Row:
        if isinstance(target, str):
            entity = self._entities.get(target)
            return {**self._reference(target), "type": entity.type if entity else None}
        return _value(target)

    def _reference(self, identifier: str) -> Row:
        node = self._names.entity(identifier)
        return {"iri": node.value, "label": _label(self._entities.get(identifier), identifier)}

    def _relation(self, identifier: str, text: str) -> Row:
        label = _label(self._properties.get(identifier), identifier.replace("_", " "))
        iri = relation(REL, identifier).value
        return {"iri": iri, "label": label, "text": text, "type": "relation"}


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


def _label(item: Entity | Property | None, default: str) -> str:
    return (display_label(item.labels) if item else None) or default


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
