"""The graph under a reader's eyes: networkx view, measures, counts, explanations, samples."""

from __future__ import annotations

from kg.analyze.counts import Corroborated, Stats, corroborated, stats
from kg.analyze.measures import Bridge, Measures, Structure, bridges, measures, structure
from kg.analyze.names import show_label, show_value
from kg.analyze.network import to_networkx
from kg.analyze.passages import Explanation, Passage, explain, sample
from kg.query.entities import find_entity

__all__ = [
    "Bridge",
    "Corroborated",
    "Explanation",
    "Measures",
    "Passage",
    "Stats",
    "Structure",
    "bridges",
    "corroborated",
    "explain",
    "find_entity",
    "measures",
    "sample",
    "show_label",
    "show_value",
    "stats",
    "structure",
    "to_networkx",
]
