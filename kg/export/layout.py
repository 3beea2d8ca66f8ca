"""Where the nodes of the page stand: the same graph gives the same whole pixels on every machine.

networkx's spring and Kamada-Kawai layouts sum in an order that depends on the processor (BLAS,
einsum), and their rounding differences grow until the picture differs; the page is compared byte
for byte. So this uses Python floats with ``+ - * /``, square roots and ``fsum`` only, whose results
IEEE 754 fixes (the built-in ``sum`` rounds differently from Python 3.12 on).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import fsum, sqrt

import networkx as nx

__all__ = ["Box", "positions"]

Box = tuple[float, float]
"""Room that a node and its label take: width, height in pixels."""
Point = tuple[float, float]

_UNIT = 140.0
"""Pixels between a node and its only neighbour."""
_CORE = 400
"""Nodes of a component placed by stress, in quadratic time; the rest stand beside these."""
_GAP = 50.0
_ASPECT = 1.15
_ROUNDS = 80


def positions(boxes: Mapping[int, Box], edges: Sequence[tuple[int, int]]) -> dict[int, Point]:
    """Positions in whole pixels around (0, 0), nodes in the order of ``boxes``, best first.

    Each connected component is laid out by stress (SGD; Zheng, Pawar & Goodman 2018,
    https://arxiv.org/abs/1710.04626), freed of overlaps, turned to lie flat, and set on shelves.
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(boxes)
    graph.add_edges_from((a, b) for a, b in edges if a != b)
    rank = {node: place for place, node in enumerate(boxes)}
    components = [sorted(part, key=rank.__getitem__) for part in nx.connected_components(graph)]
    components.sort(key=lambda part: (-len(part), rank[part[0]]))
    placed = [_component(graph, part, boxes) for part in components]
    return {node: point for part in _shelves(placed, boxes) for node, point in part.items()}


def _component(
    graph: nx.Graph[int], nodes: Sequence[int], boxes: Mapping[int, Box]
) -> dict[int, Point]:
    core = _core(graph, nodes)
    points = _stress(graph.subgraph(core), core)
    for node in _by_distance(graph, nodes, points):
        points[node] = _beside(node, graph, points)
    flat = _lie_flat({node: points[node] for node in nodes})
    return _without_overlaps(flat, boxes)


def _core(graph: nx.Graph[int], nodes: Sequence[int]) -> list[int]:
    """The best nodes that hang together: a breadth-first walk from the first, best first."""
    if len(nodes) <= _CORE:
        return list(nodes)
    rank = {node: place for place, node in enumerate(nodes)}
    seen, layer = {nodes[0]}, [nodes[0]]
    walk: list[int] = []
    while layer:
        walk.extend(layer)
        reached = {other for node in layer for other in graph[node]} - seen
        seen |= reached
        layer = sorted(reached, key=rank.__getitem__)
    return walk[:_CORE]


def _by_distance(
    graph: nx.Graph[int], nodes: Sequence[int], points: Mapping[int, Point]
) -> Iterator[int]:
    """The nodes without a place, so that each has a placed neighbour when its turn comes."""
    waiting = [node for node in nodes if node not in points]
    done = set(points)
    while waiting:
        ready = [node for node in waiting if any(other in done for other in graph[node])]
        yield from ready
        done.update(ready)
        waiting = [node for node in waiting if node not in done]


def _beside(node: int, graph: nx.Graph[int], points: Mapping[int, Point]) -> Point:
    """A spot near the first placed neighbour, away from the middle; overlaps are freed later."""
    anchor = min(other for other in graph[node] if other in points)
    x, y = points[anchor]
    turn = random.Random(node)  # noqa: S311 - a picture, no secret
    return x * 1.2 + (turn.random() - 0.5) * _UNIT, y * 1.2 + (turn.random() - 0.5) * _UNIT


def _stress(graph: nx.Graph[int], nodes: Sequence[int]) -> dict[int, Point]:
    """Distances on the plane as near as can be to distances in the graph."""
    for a, b in graph.edges:
        # Hubs stand further apart from each other than from their leaves, so groups show.
        graph.edges[a, b]["length"] = 0.75 + 0.25 * sqrt(min(graph.degree[a], graph.degree[b]))
    lengths = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    index = {node: place for place, node in enumerate(nodes)}
    pairs = [(index[a], index[b], lengths[a][b]) for a, b in combinations(nodes, 2)]
    turn = random.Random(1)  # noqa: S311
    xs = [turn.random() for _ in nodes]
    ys = [turn.random() for _ in nodes]
    longest = max((far for _, _, far in pairs), default=0.0)
    step = longest * longest
    while step > 0.05:
        turn.shuffle(pairs)
        for a, b, far in pairs:
            dx, dy = xs[a] - xs[b], ys[a] - ys[b]
            now = sqrt(dx * dx + dy * dy) or 1e-9
            share = min(1.0, step / (far * far)) * (now - far) / (2 * now)
            xs[a] -= share * dx
            ys[a] -= share * dy
            xs[b] += share * dx
            ys[b] += share * dy
        step *= 0.7
    return {node: (xs[i] * _UNIT, ys[i] * _UNIT) for i, node in enumerate(nodes)}


def _lie_flat(points: Mapping[int, Point]) -> dict[int, Point]:
    """Centred, the longest axis turned horizontal: screens are wide (a phone swaps the axes)."""
    count = len(points)
    mx = fsum(x for x, _ in points.values()) / count
    my = fsum(y for _, y in points.values()) / count
    xx = fsum((x - mx) * (x - mx) for x, _ in points.values())
    yy = fsum((y - my) * (y - my) for _, y in points.values())
    xy = fsum((x - mx) * (y - my) for x, y in points.values())
    # Unit eigenvector of the larger eigenvalue of [[xx, xy], [xy, yy]].
    larger = (xx + yy) / 2 + sqrt((xx - yy) * (xx - yy) / 4 + xy * xy)
    ax, ay = (xy, larger - xx) if abs(larger - xx) > abs(larger - yy) else (larger - yy, xy)
    norm = sqrt(ax * ax + ay * ay)
    ax, ay = (ax / norm, ay / norm) if norm else (1.0, 0.0)
    return {
        node: ((x - mx) * ax + (y - my) * ay, (y - my) * ax - (x - mx) * ay)
        for node, (x, y) in points.items()
    }


def _without_overlaps(points: Mapping[int, Point], boxes: Mapping[int, Box]) -> dict[int, Point]:
    """Nodes too near pushed apart along the line between them, as discs of their boxes' area.

    Pushing boxes along the axis that needs least stacks crowds in columns.
    """
    radius = {node: sqrt(width * height) / 2 for node, (width, height) in boxes.items()}
    reach = 2 * max(radius[node] for node in points)
    moved = dict(points)
    for _ in range(_ROUNDS):
        clean = True
        for a, b in _near(moved, reach):
            (ax, ay), (bx, by) = moved[a], moved[b]
            dx, dy = (ax - bx, ay - by) if moved[a] != moved[b] else (1.0, 0.0)
            now = sqrt(dx * dx + dy * dy)
            lack = radius[a] + radius[b] - now
            if lack <= 1:
                continue
            clean = False
            share = lack / (2 * now)
            moved[a] = (ax + share * dx, ay + share * dy)
            moved[b] = (bx - share * dx, by - share * dy)
        if clean:
            break
    return moved


def _near(points: Mapping[int, Point], reach: float) -> list[tuple[int, int]]:
    """Pairs in the same or adjacent cells of a grid."""
    cells: dict[tuple[int, int], list[int]] = {}
    for node, (x, y) in points.items():
        cells.setdefault((int(x // reach), int(y // reach)), []).append(node)
    pairs: list[tuple[int, int]] = []
    for (column, row), here in cells.items():
        pairs.extend(combinations(here, 2))
        for ahead in ((1, -1), (1, 0), (1, 1), (0, 1)):
            there = cells.get((column + ahead[0], row + ahead[1]), ())
            pairs.extend((a, b) for a in here for b in there)
    return pairs


def _shelves(
    parts: Sequence[Mapping[int, Point]], boxes: Mapping[int, Box]
) -> Iterator[dict[int, Point]]:
    """The components side by side on shelves, tallest first, around (0, 0).

    Of several widths of the shelves, the one whose picture fills a screen best.
    """
    frames = [_frame(part, boxes) for part in parts]
    sizes = [(right - left + _GAP, low - top + _GAP) for left, top, right, low in frames]
    widest = max((width for width, _ in sizes), default=0.0)
    square = sqrt(fsum(width * height for width, height in sizes))
    tries = [_pack(sizes, max(widest, square * share / 4)) for share in range(3, 13)]
    corners, width, height = min(tries, key=lambda t: max(t[1] / _ASPECT, t[2]))
    for part, frame, (x, y) in zip(parts, frames, corners, strict=True):
        dx = x - frame[0] - (width - _GAP) / 2
        dy = y - frame[1] - (height - _GAP) / 2
        yield {node: (round(px + dx), round(py + dy)) for node, (px, py) in part.items()}


def _pack(sizes: Sequence[Box], limit: float) -> tuple[list[Point], float, float]:
    """The upper left corner of each box on shelves no wider than ``limit``; width and height."""
    corners = [(0.0, 0.0)] * len(sizes)
    x = y = shelf = broad = 0.0
    for i in sorted(range(len(sizes)), key=lambda i: (-sizes[i][1], i)):
        width, height = sizes[i]
        if x > 0 and x + width > limit:
            x, y, shelf = 0.0, y + shelf, 0.0
        corners[i] = (x, y)
        x += width
        shelf = max(shelf, height)
        broad = max(broad, x)
    return corners, broad, y + shelf


def _frame(
    part: Mapping[int, Point], boxes: Mapping[int, Box]
) -> tuple[float, float, float, float]:
    return (
        min(x - boxes[node][0] / 2 for node, (x, _) in part.items()),
        min(y - boxes[node][1] / 2 for node, (_, y) in part.items()),
        max(x + boxes[node][0] / 2 for node, (x, _) in part.items()),
        max(y + boxes[node][1] / 2 for node, (_, y) in part.items()),
    )
