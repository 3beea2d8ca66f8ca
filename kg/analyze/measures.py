"""Measures of entities and of the whole: centrality, communities, components, bridges.

All are of the undirected graph whose nodes are the entities and whose edges are the pairs that a
plain triple links, weighted by the number of statements. The same graph gives the same figures,
whatever the machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import networkx as nx

from kg.store.render import plain_form
from kg.types import GraphData

__all__ = ["Bridge", "Measures", "Structure", "bridges", "measures", "structure"]

_DAMPING: Final = 0.85
_TOLERANCE: Final = 1e-10
_ROUNDS: Final = 200
_PIVOTS: Final = 100
"""Sources of shortest paths for betweenness: all nodes of a small graph, a sample of a large one
(Brandes and Pich 2007, https://doi.org/10.1142/S0218127407018403)."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of one entity among the statements that stand as plain triples.

    ``degree`` counts neighbours, ``community`` is a number, 0 for the largest.
    """

    degree: int
    pagerank: float
    community: int


@dataclass(frozen=True, slots=True)
class Structure:
    """How the graph hangs together. Entities are ids; groups are sorted, the largest first."""

    betweenness: tuple[tuple[str, float], ...]
    """The share of shortest paths that pass through an entity, from 0 to 1, the largest first."""
    communities: tuple[tuple[str, ...], ...]
    """Louvain communities, each with its best connected member (by PageRank) first."""
    components: tuple[tuple[str, ...], ...]
    bridges: tuple[Bridge, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A pair of neighbours without whose link the graph falls apart.

    ``cut`` is the number of entities on the smaller side.
    """

    one: str
    other: str
    cut: int


def measures(data: GraphData) -> dict[str, Measures]:
    """Measures of every entity, by id."""
    graph = _undirected(data)
    ranks = _pagerank(graph)
    community = {node: i for i, nodes in enumerate(_communities(graph)) for node in nodes}
    return {
        entity.id: Measures(graph.degree(i), ranks[i], community[i])
        for i, entity in enumerate(data.entities)
    }


def structure(data: GraphData) -> Structure:
    """How the graph hangs together; entities without a neighbour are left out."""
    graph = _undirected(data)
    graph.remove_nodes_from([node for node, degree in list(graph.degree()) if not degree])
    ids = [entity.id for entity in data.entities]
    ranks = _pagerank(_undirected(data))
    central = nx.betweenness_centrality(graph, k=min(_PIVOTS, len(graph)) or None, seed=0)
    ordered = sorted(central.items(), key=lambda item: (-round(item[1], 12), item[0]))
    return Structure(
        betweenness=tuple((ids[node], value) for node, value in ordered),
        communities=tuple(
            tuple(ids[node] for node in sorted(nodes, key=lambda node: (-ranks[node], node)))
            for nodes in _communities(graph)
        ),
        components=tuple(
            tuple(ids[node] for node in nodes)
            for nodes in _largest_first(nx.connected_components(graph))
        ),
        bridges=tuple(Bridge(ids[one], ids[other], cut) for one, other, cut in bridges(graph)),
    )


def bridges(graph: nx.Graph[int]) -> list[tuple[int, int, int]]:
    """The bridges of a graph with the size of the smaller side, the most dividing first."""
    cuts: list[tuple[int, int]] = list(nx.bridges(graph))  # type: ignore[arg-type]
    forest = graph.copy()
    forest.remove_edges_from(cuts)
    blocks = [frozenset(nodes) for nodes in nx.connected_components(forest)]
    block = {node: number for number, nodes in enumerate(blocks) for node in nodes}
    tree: nx.Graph[int] = nx.Graph()  # blocks without bridges, and the bridges between them
    tree.add_nodes_from(range(len(blocks)))
    tree.add_edges_from((block[one], block[other]) for one, other in cuts)
    size = {number: len(nodes) for number, nodes in enumerate(blocks)}
    below: dict[tuple[int, int], tuple[int, int]] = {}
    for part in nx.connected_components(tree):
        root = min(part)
        whole = sum(size[number] for number in part)
        for parent, child in reversed(list(nx.bfs_edges(tree, root))):
            below[parent, child] = below[child, parent] = (size[child], whole)
            size[parent] += size[child]
    found = []
    for one, other in cuts:
        side, whole = below[block[one], block[other]]
        found.append((min(one, other), max(one, other), min(side, whole - side)))
    return sorted(found, key=lambda item: (-item[2], item))


def _undirected(data: GraphData) -> nx.Graph[int]:
    """Entities by number: networkx iterates over sets, whose order of strings varies."""
    edges: Counter[tuple[int, int]] = Counter()
    number = {entity.id: i for i, entity in enumerate(data.entities)}
    for statement in data.statements:
        target = statement.object
        if plain_form(statement) is None or not isinstance(target, str) or target not in number:
            continue
        pair = sorted((number[statement.subject], number[target]))
        if pair[0] != pair[1]:
            edges[pair[0], pair[1]] += 1
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(number)))
    graph.add_weighted_edges_from((a, b, float(n)) for (a, b), n in sorted(edges.items()))
    return graph


def _pagerank(graph: nx.Graph[int]) -> list[float]:
    """PageRank by power iteration over the undirected graph (networkx's own needs SciPy)."""
    size = len(graph)
    if not size:
        return []
    ranks = [1 / size] * size
    weights = [sum(edge["weight"] for edge in graph.adj[node].values()) for node in range(size)]
    for _ in range(_ROUNDS):
        lost = sum(rank for rank, weight in zip(ranks, weights, strict=True) if not weight)
        fresh = [(1 - _DAMPING + _DAMPING * lost) / size] * size
        for node, rank in enumerate(ranks):
            for neighbour, edge in graph.adj[node].items():
                fresh[neighbour] += _DAMPING * rank * edge["weight"] / weights[node]
        change = sum(abs(a - b) for a, b in zip(ranks, fresh, strict=True))
        ranks = fresh
        if change < _TOLERANCE:
            break
    return ranks


def _communities(graph: nx.Graph[int]) -> list[list[int]]:
    """Louvain communities; entities without neighbours stand alone."""
    return _largest_first(nx.community.louvain_communities(graph, weight="weight", seed=0))


def _largest_first(groups: Iterable[Iterable[int]]) -> list[list[int]]:
    return sorted(map(sorted, groups), key=lambda nodes: (-len(nodes), nodes))
