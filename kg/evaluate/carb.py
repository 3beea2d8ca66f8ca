"""CaRB: n-ary tuples compared word by word, with a curve over the systems' confidence.

Bhardwaj, Aggarwal and Mausam, CaRB: A Crowdsourced Benchmark for Open IE, EMNLP-IJCNLP 2019. For
recall each gold tuple takes its best extraction; for precision each extraction at most one gold
tuple and each tuple one extraction, the best pairs first. A file of gold has one tuple a line:
sentence, relation, subject, object, further arguments, between tabs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from kg.evaluate.scores import GoldError, Said, Scores, harmonic, read_gold

__all__ = ["Overlap", "Sentence", "overlap", "read", "score"]

Slots = tuple[str, ...]
"""Subject, relation, object, further arguments."""
Overlap = tuple[float, float]
"""Precision and recall."""

# Of the benchmark's own scorer: a predicted "be" is any form of it, who says and what is said may
# change places, and the context column of some annotators is no argument.
_BE: Final = frozenset("be is am are was were been being".split())
_SAYING: Final = ("said", "told", "added", "adds", "says")
_CONTEXT: Final = "C: "


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the tuples it states."""

    text: str
    tuples: tuple[Slots, ...]


def read(path: Path) -> list[Sentence]:
    """The sentences of a file of gold, in its order.

    Raises:
        GoldError: the file is missing, or a line has no relation.
    """
    found: dict[str, list[Slots]] = {}
    for number, line in enumerate(read_gold(path).splitlines(), 1):
        fields = [field.strip() for field in line.strip().split("\t")]
        if len(fields) < 2:
            raise GoldError(f"{path}:{number}: not a line of CaRB's format (no tab)")
        text, relation, *arguments = fields
        subject, *others = [a for a in arguments if _CONTEXT not in a] or [""]
        found.setdefault(text, []).append((subject, relation, *others))
    return [Sentence(text, tuple(tuples)) for text, tuples in found.items()]


def overlap(gold: Slots, said: Slots) -> Overlap:
    """The words of a gold tuple and an extraction that are the same, as precision and recall.

    All arguments after the subject are read as one. A pair whose relations share no word has
    nothing in common, nor has an extraction without object with a tuple that has one.
    """
    subject, rest = said[0], " ".join(filter(None, said[2:]))
    straight = _overlap(gold, said[1], subject, rest)
    if rest and any(verb in gold[1] for verb in _SAYING):
        return max(straight, _overlap(gold, said[1], rest, subject))
    return straight


def _overlap(gold: Slots, relation: str, subject: str, rest: str) -> Overlap:
    if not rest and len(gold) > 2:
        return 0.0, 0.0
    ours, theirs = _words(relation), _words(gold[1])
    common = (ours & theirs).total() + (ours["be"] > theirs["be"] and not _BE.isdisjoint(theirs))
    if not common:
        return 0.0, 0.0
    said, stated = ours.total(), theirs.total()
    arguments = (gold[0], " ".join(gold[2:]))[: len(gold) - 1]
    for argument, words in zip(arguments, (subject, rest), strict=False):
        ours, theirs = _words(words), _words(argument)
        common += (ours & theirs).total()
        said += ours.total()
        stated += theirs.total()
    return common / said, common / stated


def _words(slot: str) -> Counter[str]:
    return Counter(slot.split())


def score(sentences: Sequence[Sentence], said: Iterable[Sequence[Said]]) -> Scores:
    """Precision and recall at the least confidence of best F1, and the area under the curve.

    ``said`` has the extractions of each sentence.
    """
    pairs = list(zip(sentences, said, strict=True))
    facts = sum(len(sentence.tuples) for sentence in sentences)
    points = list(_curve(pairs, facts))
    precision, recall = max(points, key=lambda point: harmonic(*point), default=(0.0, 0.0))
    number = sum(len(extractions) for _, extractions in pairs)
    return Scores(precision, recall, facts, number, auc=_area(points))


def _curve(pairs: Iterable[tuple[Sentence, Sequence[Said]]], facts: int) -> Iterator[Overlap]:
    """Precision and recall with all extractions, then with fewer and fewer, the surest last."""
    gains: defaultdict[float, list[tuple[float, float, int]]] = defaultdict(list)
    for sentence, extractions in pairs:
        before = (0.0, 0.0, 0)
        for least in sorted({e.confidence for e in extractions}, reverse=True):
            now = _matched(sentence, [e for e in extractions if e.confidence >= least])
            gains[least].append((now[0] - before[0], now[1] - before[1], now[2] - before[2]))
            before = now
    precise, recalled, number = 0.0, 0.0, 0
    points: list[Overlap] = []
    for least in sorted(gains, reverse=True):
        for gain in gains[least]:
            precise, recalled, number = precise + gain[0], recalled + gain[1], number + gain[2]
        points.append((precise / number, recalled / facts if facts else 0.0))
    yield from reversed(points)


def _matched(sentence: Sentence, said: Sequence[Said]) -> tuple[float, float, int]:
    """Sums of a sentence's precision and recall, and how many extractions they are of."""
    table = [[overlap(gold, e.slots) for e in said] for gold in sentence.tuples]
    recalled = sum(max(recall for _, recall in row) for row in table)
    return _paired([[precision for precision, _ in row] for row in table]), recalled, len(said)


def _paired(table: Sequence[Sequence[float]]) -> float:
    """The sum over pairs of rows and columns, each in one pair at most, the best pairs first."""
    cells = [(-value, i, j) for i, row in enumerate(table) for j, value in enumerate(row) if value]
    rows: set[int] = set()
    columns: set[int] = set()
    total = 0.0
    for value, i, j in sorted(cells):
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            total -= value
    return total


def _area(points: Sequence[Overlap]) -> float:
    """The area under the curve, which ends at precision 1, recall 0."""
    curve = [*points, (1.0, 0.0)]
    return sum((r1 - r0) * (p0 + p1) / 2 for (p1, r1), (p0, r0) in pairwise(curve))
