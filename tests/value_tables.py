"""The tables of expressions under ``tests/values`` and what is found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.extract.values import find_values
from kg.types import Value

PUBLISHED = "2025-10-28"  # a Tuesday
_TABLES = Path(__file__).parent / "values"
_BRACKETED = re.compile(r"\[\[(.*?)\]\]")


@dataclass(frozen=True)
class Row:
    """A sentence, where its values stand (offsets, end exclusive) and what they are."""

    language: str
    sentence: str
    spans: tuple[tuple[int, int], ...]
    expected: tuple[str, ...]


def rows(language: str) -> Iterator[Row]:
    for line in (_TABLES / f"{language}.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        marked, *expected = line.split("\t")
        spans, removed = [], 0
        for found in _BRACKETED.finditer(marked):
            begin = found.start() - removed
            removed += 4
            spans.append((begin, begin + len(found[1])))
        if len(expected) == 2 and len(spans) == 1:  # both in one bracket: from 5% to 8%
            spans *= 2
        assert len(spans) <= len(expected) or not expected, line
        yield Row(
            language, marked.replace("[[", "").replace("]]", ""), tuple(spans), tuple(expected)
        )


def short(value: Value | None) -> str | None:
    """``money gt 400 USD``: everything a value says, in one line."""
    if value is None:
        return None
    comparator = "" if value.comparator in ("eq", "between") else value.comparator
    unit = value.datatype if value.kind == "date" else value.unit
    lexical = f"{value.lexical}..{value.upper}" if value.upper else value.lexical
    return " ".join(filter(None, (value.kind, comparator, lexical, unit)))


def wrong(row: Row) -> list[str] | None:
    """What was found instead, None where all is right: the values, their order and place."""
    found = find_values(row.sentence, row.language, reference=PUBLISHED)
    values = [short(v) or "" for _, _, v in found]
    if tuple(values) != row.expected:
        return values
    for (begin, end), (b, e, _) in zip(row.spans, found, strict=False):
        if e <= begin or b >= end:
            return [f"{row.sentence[b:e]!r} instead of {row.sentence[begin:end]!r}"]
    return None
