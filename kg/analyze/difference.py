"""What tells two graphs apart, thing by thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import PurePath
from typing import Any, Final, TypeVar

from kg.analyze.names import show_label, show_value
from kg.types import Document, Entity, GraphData, Property, Statement

__all__ = ["Change", "difference"]

_MANY: Final = ("evidence", "blocks")
"""Fields of which it says enough how many things are in them."""
_SHORT: Final = 80
"""Characters of two values that are shown in full."""

T = TypeVar("T", Document, Entity, Property, Statement)


@dataclass(frozen=True, slots=True)
class Change:
    """A thing that only the first graph has (``-``), only the second (``+``), or both (``~``).

    What both have is not alike in the fields that the text names. ``kind`` is ``document``,
    ``entity``, ``relation``, ``statement`` or ``setting``.
    """

    sign: str
    kind: str
    text: str


def difference(first: GraphData, second: GraphData) -> Iterator[Change]:
    """The changes that lead from one graph to another, part by part, each by id."""
    yield from _settings(dict(first.provenance), dict(second.provenance))
    here, there = _Words(first), _Words(second)
    yield from _compared("document", first.documents, second.documents, here, there)
    yield from _compared("entity", first.entities, second.entities, here, there)
    yield from _compared("relation", first.properties, second.properties, here, there)
    yield from _compared("statement", first.statements, second.statements, here, there)


def _settings(first: Mapping[str, str], second: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted(first.keys() | second.keys()):
        one, other = first.get(name), second.get(name)
        if one is None or other is None:
            yield Change("+" if one is None else "-", "setting", f"{name} {other or one}")
        elif one != other:
            yield Change("~", "setting", f"{name} {one} → {other}")


def _compared(
    kind: str, first: Sequence[T], second: Sequence[T], here: _Words, there: _Words
) -> Iterator[Change]:
    one, other = ({item.id: item for item in items} for items in (first, second))
    for identifier in sorted(one.keys() | other.keys()):
        a, b = one.get(identifier), other.get(identifier)
        if a is None and b is not None:
            yield Change("+", kind, there.of(b))
        elif b is None and a is not None:
            yield Change("-", kind, here.of(a))
        elif a is not None and b is not None and a != b:
            yield Change("~", kind, f"{there.of(b)}: {_fields(a, b)}")


def _fields(a: T, b: T) -> str:
    """What differs: the names of the fields, with the values where these are short."""
    parts: list[str] = []
    for field in fields(a):
        name = field.name
        before: Any = getattr(a, name)
        after: Any = getattr(b, name)
        if before == after:
            continue
        if isinstance(before, str | float) and len(f"{before}{after}") < _SHORT:
            parts.append(f"{name} {before} → {after}")
        elif not isinstance(before, tuple) or not isinstance(after, tuple):
            parts.append(name)
        elif name in _MANY:
            parts.append(f"{name} {len(before)} → {len(after)}")
        else:
            parts.append(_parts(name, {*map(str, before)}, {*map(str, after)}))
    return ", ".join(parts)


def _parts(name: str, before: set[str], after: set[str]) -> str:
    """What went and what came in a field of many."""
    gone = (f"-{part}" for part in sorted(before - after))
    new = (f"+{part}" for part in sorted(after - before))
    return " ".join((name, *gone, *new))


class _Words:
    """Things of one graph in a line each."""

    def __init__(self, data: GraphData) -> None:
        self._entities = {entity.id: entity for entity in data.entities}
        self._relations = {item.id: item for item in data.properties}

    def of(self, item: Document | Entity | Property | Statement) -> str:
        if isinstance(item, Document):
            return f"{PurePath(item.source).name} ({item.language}, {item.id})"
        if isinstance(item, Statement):
            return self._statement(item)
        kind = f", {item.type}" if isinstance(item, Entity) else ""
        return f"{show_label(item)} ({item.id}{kind})"

    def _statement(self, statement: Statement) -> str:
        relation = self._relations.get(statement.relation)
        parts = [
            show_value(statement.subject, self._entities),
            show_label(relation) if relation else statement.relation,
            show_value(statement.object, self._entities),
        ]
        notes: list[str] = [statement.modality] if statement.modality != "asserted" else []
        notes += ["not"] if statement.negated else []
        notes += [f"{q.name}: {show_value(q.value, self._entities)}" for q in statement.qualifiers]
        more = f"  [{'; '.join(notes)}]" if notes else ""
        return " — ".join(filter(None, parts)) + more
