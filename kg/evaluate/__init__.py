"""The yardsticks: how good extraction and the graph are, on gold that is not part of the package.

>>> from pathlib import Path
>>> sets = read_sets(Path("../shared/data"))  # doctest: +SKIP
>>> sets.evaluate().scores["BenchIE en"].f1  # doctest: +SKIP
"""

from __future__ import annotations

from kg.evaluate.calibration import Bin, Calibration, calibrate
from kg.evaluate.clusters import Tally, conll_f1
from kg.evaluate.coreference import CoreferenceGold, CoreferenceScores, read_coreference
from kg.evaluate.entities import EntityGold, EntityScores, read_entities
from kg.evaluate.extraction import ExtractionReport, ExtractionSets, read_sets
from kg.evaluate.facts import FactGold, FactScores, evaluate_facts, read_facts
from kg.evaluate.pipelines import evaluate_pipelines
from kg.evaluate.scores import GoldError, Said, Scores

__all__ = [
    "Bin",
    "Calibration",
    "CoreferenceGold",
    "CoreferenceScores",
    "EntityGold",
    "EntityScores",
    "ExtractionReport",
    "ExtractionSets",
    "FactGold",
    "FactScores",
    "GoldError",
    "Said",
    "Scores",
    "Tally",
    "calibrate",
    "conll_f1",
    "evaluate_facts",
    "evaluate_pipelines",
    "read_coreference",
    "read_entities",
    "read_facts",
    "read_sets",
]
