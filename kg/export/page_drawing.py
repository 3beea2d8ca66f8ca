"""What the page draws: nodes and arrows as vis-network takes them, and which of them come first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import networkx as nx

from kg.export.layout import Box, positions
from kg.export.page_facts import Json, value_fields
from kg.types import Entity, GraphData, Statement, Value
from kg.vocab import display_label

__all__ = ["SHAPES", "Drawing", "draw"]

SHAPES = {
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
_PLAIN = frozenset({"concept", "value"})
"""Groups whose members have no name."""
_VALUE_SIZE = 4
_LINE = 18
"""Characters of a label on one line of the canvas (``LINE`` in labels.js)."""


_ARROWS = 1.5
"""Arrows shown at first for each node that may be: hubs that all know each other are a hairball."""
_ISLAND = 0.1
"""A component smaller than this share of the largest is shown last: it is beside the story."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes and edges as vis-network takes them. A node's id is its entity's place in ``order``;
    value nodes come after the entities. Only nodes shown at first have ``x`` and ``y``.
    """

    order: tuple[Entity, ...]
    nodes: list[Json]
    edges: list[Json]


def draw(data: GraphData, limit: int) -> Drawing:
    """One node an entity or measured value, one arrow for all statements from one to another."""
    order = _by_centrality(data)
    place = {entity.id: i for i, entity in enumerate(order)}
    pairs: dict[tuple[int, int], list[int]] = {}
    values: dict[tuple[int, Value], int] = {}
    for i, statement in enumerate(data.statements):
        begin = place[statement.subject]
        if isinstance(statement.object, str):
            end = place[statement.object]
        elif statement.object is not None and statement.object.kind != "text":
            end = values.setdefault((begin, statement.object), len(order) + len(values))
        else:
            continue  # said in the panel and the table only: a sentence is no node
        pairs.setdefault((begin, end), []).append(i)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(order) + len(values)))
    graph.add_edges_from((a, b) for a, b in pairs if a != b)
    nodes = [_node(i, entity.type, graph.degree[i]) for i, entity in enumerate(order)]
    nodes += [
        {"id": i, "group": "value", "size": _VALUE_SIZE, "value": value_fields(value)}
        for (_, value), i in values.items()
    ]
    edges = [
        {
            "id": i,
            "from": begin,
            "to": end,
            "statements": sorted(members, key=lambda s: _strength(data.statements[s])),
        }
        for i, ((begin, end), members) in enumerate(pairs.items())
    ]
    labels = [display_label(entity.labels) or entity.id for entity in order]
    labels += [value.lexical for _, value in values]
    first = _readable(graph, _first(graph, nodes, limit), _ARROWS * limit)
    boxes = {i: _box(labels[i], nodes[i]["size"]) for i in first}
    for i, (x, y) in positions(boxes, list(graph.subgraph(boxes).edges)).items():
        nodes[i]["x"], nodes[i]["y"] = x, y
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


def _node(i: int, kind: str, degree: int) -> Json:
    size = min(30, 7 + 3.2 * sqrt(degree)) * _SWELL.get(SHAPES[kind], 1)
    return {"id": i, "group": kind, "size": round(size)}


def _strength(statement: Statement) -> tuple[bool, int, int, float, str]:
    """The statement an arrow is styled and labelled after comes first."""
    return (
        statement.negated,
        _MODALITIES.index(statement.modality),
        -len(statement.evidence),
        -statement.confidence,
        statement.id,
    )


def _first(graph: nx.Graph[int], nodes: Sequence[Json], limit: int) -> list[int]:
    """The nodes shown at first, best first: those that connect others, then leaves in turn.

    Every hub gets its first leaf before any gets its second, named things before concepts; what
    hangs together in small islands comes last. What no arrow touches (a place that only qualifies
    a statement) is left to the search and the panel, unless there is nothing else.
    """
    parts = list(nx.connected_components(graph))
    least = _ISLAND * max(map(len, parts), default=0)
    island = {node: len(part) < least for part in parts for node in part}
    hubs = sorted((n for n in graph if graph.degree[n] > 1), key=lambda n: (-graph.degree[n], n))
    rank = {node: place for place, node in enumerate(hubs)}
    leaves = sorted(
        (n for n in graph if n not in rank), key=lambda n: (nodes[n]["group"] in _PLAIN, n)
    )
    turns = _turns(graph, leaves, rank)
    tied = [node for node in graph if graph.degree[node] > 0]
    return sorted(
        tied or graph,
        key=lambda n: (island[n], n not in rank, turns.get(n, (0, rank.get(n, 0))), n),
    )[:limit]


def _readable(graph: nx.Graph[int], nodes: Sequence[int], most: float) -> list[int]:
    """The first of the nodes, as many as have no more than so many edges between them."""
    kept: dict[int, None] = {}
    edges = 0
    for node in nodes:
        edges += sum(other in kept for other in graph[node])
        if edges > most:
            break
        kept[node] = None
    return list(kept)


def _turns(
    graph: nx.Graph[int], leaves: Iterable[int], rank: Mapping[int, int]
) -> dict[int, tuple[int, int]]:
    """When each leaf's turn comes among those of its hub, and the rank of that hub."""
    seen: Counter[int | None] = Counter()
    turns: dict[int, tuple[int, int]] = {}
    for leaf in leaves:
        hub = next(iter(graph[leaf]), None)
        turns[leaf] = seen[hub], rank.get(hub, len(rank)) if hub is not None else len(rank) + 1
        seen[hub] += 1
    return turns


def _box(label: str, size: int) -> Box:
    letters = min(len(label), _LINE)
    lines = 1 if len(label) <= _LINE else 2
    return max(2.0 * size, 7.0 * letters) + 18, 2.0 * size + 15.0 * lines + 14
