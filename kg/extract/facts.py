"""What all extractions of a clause have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extract.confidence import confidence
from kg.types import Argument, Attribution, Extraction, Modality, Relation

__all__ = ["Facts"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds of every extraction of a clause; ``sentence`` is its token range."""

    sentence: tuple[int, int]
    negated: bool
    modality: Modality
    attribution: Attribution | None
    confidence: float
    rule: str

    def by(self, kind: str, rule: str = "") -> Facts:
        """The same by another rule, as sure as its ``kind`` is in a sentence of this length."""
        begin, end = self.sentence
        return replace(self, confidence=confidence(kind, end - begin), rule=rule or kind)

    def extraction(
        self,
        subject: Argument,
        relation: Relation,
        object_: Argument | None,
        arguments: tuple[Argument, ...] = (),
        rule: str | None = None,
    ) -> Extraction:
        """An extraction with these arguments."""
        return Extraction(
            self.sentence,
            subject,
            relation,
            object_,
            arguments,
            self.negated,
            self.modality,
            self.attribution,
            round(self.confidence, 3),
            rule or self.rule,
        )
