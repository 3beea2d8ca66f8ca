"""The graph under a reader's eyes: networkx view, measures, counts, explanations, samples."""

from __future__ import annotations

from kg.analyze.counts import Stats, stats
from kg.analyze.measures import Measures, measures
from kg.analyze.names import find_entity, show_label, show_value
from kg.analyze.network import to_networkx
from kg.analyze.passages import Explanation, Passage, explain, sample

__all__ = [
    "Explanation",
    "Measures",
    "Passage",
    "Stats",
    "explain",
    "find_entity",
    "measures",
    "sample",
    "show_label",
    "show_value",
    "stats",
    "to_networkx",
]
