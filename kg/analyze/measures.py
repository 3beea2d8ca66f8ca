"""Measures of entities: neighbours, PageRank, communities."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import networkx as nx

from kg.store.render import plain_form
from kg.types import GraphData

__all__ = ["Measures", "measures"]

_DAMPING: Final = 0.85
_TOLERANCE: Final = 1e-10
_ROUNDS: Final = 200


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of one entity among the statements that stand as plain triples.

    ``degree`` counts neighbours, ``community`` is a number, 0 for the largest.
    """

    degree: int
    pagerank: float
    community: int


def measures(data: GraphData) -> dict[str, Measures]:
    """Measures of every entity, by id: the same for the same graph, whatever the machine."""
    edges: Counter[tuple[int, int]] = Counter()
    number = {entity.id: i for i, entity in enumerate(data.entities)}
    for statement in data.statements:
        target = statement.object
        if plain_form(statement) is None or not isinstance(target, str) or target not in number:
            continue
        pair = sorted((number[statement.subject], number[target]))
        if pair[0] != pair[1]:
            edges[pair[0], pair[1]] += 1
    # Numbers, not names, as nodes: networkx iterates over sets, whose order of strings varies.
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(number)))
    graph.add_weighted_edges_from((a, b, float(n)) for (a, b), n in sorted(edges.items()))
    ranks = _pagerank(graph)
    community = {node: i for i, nodes in enumerate(_communities(graph)) for node in nodes}
    return {
        entity.id: Measures(graph.degree(i), ranks[i], community[i])
        for i, entity in enumerate(data.entities)
    }


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
    """Louvain communities, the largest first; entities without neighbours stand alone."""
    found = nx.community.louvain_communities(graph, weight="weight", seed=0)
    return sorted((sorted(nodes) for nodes in found), key=lambda nodes: (-len(nodes), nodes))
