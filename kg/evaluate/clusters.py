"""How well clusters of mentions agree with a gold's: MUC, B³, CEAFe and their mean.

A clustering is a list of sets, no mention in two of them. Scores of several documents are added up
before they are divided, as the reference scorer does (Pradhan et al. 2014, "Scoring Coreference
Partitions of Predicted Mentions: A Reference Implementation").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import networkx as nx

from kg.evaluate.scores import harmonic

__all__ = ["METRICS", "Clustering", "Tally", "b_cubed", "ceaf_e", "conll_f1", "muc", "score"]

Clustering = Sequence[AbstractSet[Hashable]]


@dataclass(frozen=True, slots=True)
class Tally:
    """What precision and recall are shares of, so that documents can be added up."""

    found: float = 0.0
    """Recall's numerator."""
    wanted: float = 0.0
    right: float = 0.0
    """Precision's numerator."""
    said: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.found + other.found,
            self.wanted + other.wanted,
            self.right + other.right,
            self.said + other.said,
        )

    @property
    def recall(self) -> float:
        """Between 0 and 1; 0 where nothing is wanted."""
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        """Between 0 and 1; 0 where nothing is said."""
        return self.right / self.said if self.said else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return harmonic(self.precision, self.recall)


def muc(gold: Clustering, said: Clustering) -> Tally:
    """Links (Vilain et al. 1995): how few links mend the one clustering to the other.

    A cluster of n mentions has n - 1 links, so singletons count for nothing.
    """
    found, wanted = _links(gold, said)
    right, told = _links(said, gold)
    return Tally(found, wanted, right, told)


def _links(clusters: Clustering, other: Clustering) -> tuple[float, float]:
    owner = _owner(other)
    kept = total = 0
    for cluster in clusters:
        parts = {owner[m] for m in cluster if m in owner}
        alone = sum(m not in owner for m in cluster)
        kept += len(cluster) - len(parts) - alone
        total += len(cluster) - 1
    return kept, total


def b_cubed(gold: Clustering, said: Clustering) -> Tally:
    """Mentions (B³, Bagga and Baldwin 1998): for each, the share of its cluster that is right.

    A mention that only one side has counts as wrong there.
    """
    found, wanted = _shares(gold, said)
    right, told = _shares(said, gold)
    return Tally(found, wanted, right, told)


def _shares(clusters: Clustering, other: Clustering) -> tuple[float, float]:
    owner = _owner(other)
    share = 0.0
    for cluster in clusters:
        overlaps = Counter(owner[m] for m in cluster if m in owner)
        share += sum(n * n for n in overlaps.values()) / len(cluster)
    return share, sum(map(len, clusters))


def ceaf_e(gold: Clustering, said: Clustering) -> Tally:
    """Entities (CEAFe, Luo 2005, similarity φ4): each cluster with at most one of the other side.

    The pairs are those of the greatest total similarity, 2 |A ∩ B| / (|A| + |B|).
    """
    owner = _owner(said)
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for number, cluster in enumerate(gold):
        for other, common in sorted(Counter(owner[m] for m in cluster if m in owner).items()):
            weight = 2 * common / (len(cluster) + len(said[other]))
            graph.add_edge(("gold", number), ("said", other), weight=weight)
    best = 0.0
    for part in nx.connected_components(graph):
        pairs = nx.max_weight_matching(graph.subgraph(part))
        best += sum(sorted(graph.edges[pair]["weight"] for pair in pairs))
    return Tally(best, len(gold), best, len(said))


def _owner(clusters: Clustering) -> dict[Hashable, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


METRICS: Final[Mapping[str, Callable[[Clustering, Clustering], Tally]]] = {
    "MUC": muc,
    "B3": b_cubed,
    "CEAFe": ceaf_e,
}
"""The metrics whose mean F1 is the CoNLL score."""


def score(documents: Iterable[tuple[Clustering, Clustering]]) -> dict[str, Tally]:
    """Every metric over pairs of gold and what was said, a pair a document."""
    totals: dict[str, Tally] = defaultdict(Tally)
    for gold, said in documents:
        for name, metric in METRICS.items():
            totals[name] += metric(gold, said)
    return {name: totals[name] for name in METRICS}


def conll_f1(scores: Mapping[str, Tally]) -> float:
    """The mean F1 of MUC, B³ and CEAFe (CoNLL-2012 shared task, Pradhan et al. 2012)."""
    return sum(scores[name].f1 for name in METRICS) / len(METRICS)
