"""Whether confidence means what it says: of what has 0.8, eight in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["Bin", "Calibration", "calibrate"]

_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Extractions with a confidence from ``low`` up to the next tenth (the last one: up to 1)."""

    low: float
    number: int
    confidence: float
    """Their mean."""
    right: float
    """The share of them that is right."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Bins that are not empty, and how far confidence is from the share right, on average.

    ``error`` is the expected calibration error (Guo et al., On Calibration of Modern Neural
    Networks, ICML 2017): the bins' differences weighted by their numbers.
    """

    error: float
    bins: tuple[Bin, ...]


def calibrate(judged: Iterable[tuple[float, bool]]) -> Calibration:
    """Compare confidences with whether the extractions are right."""
    members: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, right in judged:
        members[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    bins = tuple(_bin(n / _BINS, found) for n, found in enumerate(members) if found)
    total = sum(b.number for b in bins)
    error = sum(b.number * abs(b.confidence - b.right) for b in bins)
    return Calibration(error / total if total else 0.0, bins)


def _bin(low: float, found: list[tuple[float, bool]]) -> Bin:
    number = len(found)
    confidence = sum(confidence for confidence, _ in found) / number
    return Bin(low, number, confidence, sum(right for _, right in found) / number)
