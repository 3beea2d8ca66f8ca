"""What the yardsticks share: what a system said, precision and recall, and files of gold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import KGError

__all__ = ["GoldError", "Said", "Scores", "harmonic", "read_gold"]


class GoldError(KGError):
    """A file of gold is missing or not in its format."""


@dataclass(frozen=True, slots=True)
class Said:
    """An extraction as a yardstick sees it: subject, relation, object, further arguments."""

    slots: tuple[str, ...]
    """At least three; an object that is not there is empty."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision and recall, between 0 and 1, over a corpus."""

    precision: float
    recall: float
    facts: int
    """Facts of the gold."""
    extractions: int
    auc: float | None = None
    """Area under the curve of precision and recall, where the yardstick has one."""

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return harmonic(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """F1; 0 where both are."""
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def read_gold(path: Path) -> str:
    """The text of a file of gold.

    Raises:
        GoldError: there is no such file, or it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise GoldError(f"{path}: {reason}; --data is the folder of oie/ and gold/") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8 text ({error.reason})") from error
