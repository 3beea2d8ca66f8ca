"""Extraction measured on the development sets of BenchIE, CaRB and PUD."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.evaluate import benchie, carb
from kg.evaluate.calibration import Calibration, calibrate
from kg.evaluate.scores import Said, Scores
from kg.extract import Profile, extract_sentences
from kg.types import Extraction

__all__ = ["ExtractionReport", "ExtractionSets", "read_sets"]

_BENCHIE: Final = "oie/benchie/dev.txt"
_CARB: Final = "oie/carb/dev.tsv"
_PUD: Final = (("en", "oie/pud-dev/pud_oie.en.txt"), ("it", "oie/pud-dev/pud_oie.it.txt"))
"""The same sentences in two languages, as running text: words are compared, not tokens."""


@dataclass(frozen=True, slots=True)
class ExtractionReport:
    """Scores by the name of the set; the calibration is that on BenchIE."""

    scores: Mapping[str, Scores]
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class ExtractionSets:
    """The gold of every set."""

    facts: list[benchie.Sentence]
    tuples: list[carb.Sentence]
    parallel: Mapping[str, list[benchie.Sentence]]
    """The sentences of PUD, by language."""

    def evaluate(self) -> ExtractionReport:
        """Extract from the sentences of every set and compare."""
        said = _extracted((s.text for s in self.facts), "en", "benchie", pretokenized=True)
        scores, judged = benchie.score(self.facts, said)
        named = {"BenchIE en": scores}
        said = _extracted((s.text for s in self.tuples), "en", "carb", pretokenized=True)
        named["CaRB en"] = carb.score(self.tuples, said)
        for language, sentences in self.parallel.items():
            said = _extracted((s.text for s in sentences), language, "benchie")
            named[f"PUD {language}"], _ = benchie.score(sentences, said, benchie.loose)
        return ExtractionReport(named, calibrate(judged))


def read_sets(data: Path) -> ExtractionSets:
    """The gold in a folder of data.

    Raises:
        GoldError: a file is missing, or not in its format.
    """
    pud = {language: benchie.read(data / file) for language, file in _PUD}
    return ExtractionSets(benchie.read(data / _BENCHIE), carb.read(data / _CARB), pud)


def _extracted(
    texts: Iterable[str], language: str, profile: Profile, *, pretokenized: bool = False
) -> list[list[Said]]:
    """What is extracted from each sentence."""
    lines = list(texts)
    found: list[list[Said]] = [[] for _ in lines]
    extracted = extract_sentences(lines, language, pretokenized=pretokenized, profile=profile)
    for number, _, extractions in extracted:
        found[number - 1] = [_said(extraction, profile) for extraction in extractions]
    return found


def _said(extraction: Extraction, profile: Profile) -> Said:
    """The words of an extraction; further arguments are for the yardstick that asks for them."""
    object_ = extraction.object.text if extraction.object else ""
    further = extraction.arguments if profile == "carb" else ()
    slots = (extraction.subject.text, extraction.relation.text, object_, *(a.text for a in further))
    confidence = round(extraction.confidence, 3)  # as `kg extract` prints it
    return Said(tuple(slot.strip() for slot in slots), confidence)
