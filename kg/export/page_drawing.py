"""What the page draws: nodes and arrows as vis-network takes them, and which of them come first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt

from kg.export.layout import Box, positions
from kg.export.page_facts import Json, value_fields
from kg.types import Entity, GraphData, Statement, Value

__all__ = ["Drawing", "draw"]

_SHAPES = {
    "person": "dot",
    "group": "triangleDown",
    "organization": "square",
    "country": "hexagon",
    "city": "triangle",
    "place": "triangleDown",
    "event": "star",
    "agreement": "diamond",
    "work": "diamond",
    "product": "square",
    "award": "star",
    "concept": "dot",
    "value": "dot",
}
"""vis-network's shape for each type; with the colour in page.css it tells types apart."""
_MODALITIES = ("asserted", "planned", "possible", "hypothetical")
_SWELL = {"star": 1.35, "diamond": 1.15, "triangle": 1.1, "triangleDown": 1.1}
"""Shapes that fill less of their square are drawn larger, so that equal degrees look equal."""
_VALUE_SIZE = 4
_LINE = 18
"""Characters of a label on one line of the canvas (``LINE`` in labels.js)."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes and edges as vis-network takes them. A node's id is its entity's place in ``order``;
    value nodes come after the entities. Only nodes shown at first have ``x`` and ``y``.
    """

    order: tuple[Entity, ...]
    nodes: list[Json]
    edges: list[Json]


@dataclass(slots=True)
class _Pair:
    """The statements that one arrow stands for."""

    begin: int
    end: int
    statements: list[int] = field(default_factory=list)


def draw(data: GraphData, limit: int) -> Drawing:
    """One node an entity or measured value, one arrow for all statements from one to another."""
    order = _by_centrality(data)
    place = {entity.id: i for i, entity in enumerate(order)}
    pairs: dict[tuple[int, int], _Pair] = {}
    values: dict[tuple[int, Value], int] = {}
    for i, statement in enumerate(data.statements):
        begin = place[statement.subject]
        if isinstance(statement.object, str):
            end = place[statement.object]
        elif statement.object is not None and statement.object.kind != "text":
            end = values.setdefault((begin, statement.object), len(order) + len(values))
        else:
            continue  # said in the panel only: a sentence is no node
        pairs.setdefault((begin, end), _Pair(begin, end)).statements.append(i)
    degree = _degrees(pairs.values(), len(order) + len(values))
    nodes = [_entity_node(i, entity, degree[i]) for i, entity in enumerate(order)]
    nodes += [_value_node(i, subject, value) for (subject, value), i in values.items()]
    edges = [
        _edge(i, pair, data, twin=(pair.end, pair.begin) in pairs)
        for i, pair in enumerate(pairs.values())
    ]
    _place_first(nodes, edges, limit)
    return Drawing(order, nodes, edges)


def _by_centrality(data: GraphData) -> tuple[Entity, ...]:
    """Entities, those with most neighbours first, then those in most statements."""
    neighbours: dict[str, set[str]] = {entity.id: set() for entity in data.entities}
    mentions = dict.fromkeys(neighbours, 0)
    for statement in data.statements:
        slots = (statement.subject, statement.object)
        ends = [end for end in dict.fromkeys(slots) if isinstance(end, str)]
        for end in ends:
            neighbours[end].update(other for other in ends if other != end)
        named = [q.value for q in statement.qualifiers if isinstance(q.value, str)]
        for name in dict.fromkeys(ends + named):
            mentions[name] += 1
    return tuple(
        sorted(data.entities, key=lambda e: (-len(neighbours[e.id]), -mentions[e.id], e.id))
    )


def _degrees(pairs: Iterable[_Pair], count: int) -> list[int]:
    neighbours: list[set[int]] = [set() for _ in range(count)]
    for pair in pairs:
        neighbours[pair.begin].add(pair.end)
        neighbours[pair.end].add(pair.begin)
    return [len(others) for others in neighbours]


def _entity_node(i: int, entity: Entity, degree: int) -> Json:
    return {
        "id": i,
        "label": _default(entity.labels, entity.id),
        "group": entity.type,
        "shape": _SHAPES[entity.type],
        "size": round(min(30, 7 + 3.2 * sqrt(degree)) * _SWELL.get(_SHAPES[entity.type], 1)),
    }


def _value_node(i: int, subject: int, value: Value) -> Json:
    return {
        "id": i,
        "label": value.lexical,
        "group": "value",
        "shape": _SHAPES["value"],
        "size": _VALUE_SIZE,
        "subject": subject,
        "value": value_fields(value),
    }


def _edge(i: int, pair: _Pair, data: GraphData, *, twin: bool) -> Json:
    """One arrow, styled and labelled after the strongest of its statements."""
    ranked = sorted(pair.statements, key=lambda s: _strength(data.statements[s]))
    first = data.statements[ranked[0]]
    return {
        "id": i,
        "from": pair.begin,
        "to": pair.end,
        "label": first.relation,
        "statements": ranked,
        "modality": first.modality,
        "negated": first.negated,
        "twin": twin,
    }


def _strength(statement: Statement) -> tuple[bool, int, int, float, str]:
    return (
        statement.negated,
        _MODALITIES.index(statement.modality),
        -len(statement.evidence),
        -statement.confidence,
        statement.id,
    )


def _place_first(nodes: Sequence[Json], edges: Sequence[Json], limit: int) -> None:
    """Give ``x`` and ``y`` to the nodes shown at first; the page places the others when asked."""
    shown = {node["id"]: _box(node) for node in nodes[:limit]}
    lines = [
        (edge["from"], edge["to"])
        for edge in edges
        if edge["from"] in shown and edge["to"] in shown
    ]
    for i, (x, y) in positions(shown, lines).items():
        nodes[i]["x"], nodes[i]["y"] = x, y


def _box(node: Json) -> Box:
    letters = min(len(node["label"]), _LINE)
    lines = 1 if len(node["label"]) <= _LINE else 2
    return max(2.0 * node["size"], 7.0 * letters) + 18, 2.0 * node["size"] + 15.0 * lines + 14


def _default(labels: Sequence[tuple[str, str]], otherwise: str) -> str:
    return dict(labels).get("en") or next((text for _, text in labels), otherwise)
