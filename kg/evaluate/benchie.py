"""BenchIE: facts as sets of equivalent triples, of which a system must say one to the word.

Gashteovski et al., BenchIE: A Framework for Multi-Faceted Fact-Based Open Information Extraction
Evaluation, ACL 2022 (§3, *fact synsets*). A file of gold holds

    sent_id:1<tab>He became a judge .
    1--> Cluster 1:
    He --> became --> [a] judge
    He --> became a judge --> of [the] court [of Australia]

where words in brackets may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from kg.evaluate.scores import GoldError, Said, Scores, read_gold

__all__ = ["Judged", "Sentence", "forms", "loose", "read", "score"]

Judged = tuple[float, bool]
"""The confidence of an extraction, and whether it is right."""
Triple = tuple[frozenset[str], ...]
"""The forms that each slot may have."""
Fact = tuple[Triple, ...]

_ARROW: Final = " --> "
_BRACKETS: Final = re.compile(r"[\[\]]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and all it says."""

    text: str
    facts: tuple[Fact, ...]


def read(path: Path) -> list[Sentence]:
    """The sentences of a file of gold.

    Raises:
        GoldError: the file is missing, or a line is none of the format's.
    """
    texts: list[str] = []
    found: list[list[list[Triple]]] = []
    for number, line in enumerate(map(str.strip, read_gold(path).splitlines()), 1):
        try:
            if line.startswith("sent_id:"):
                texts.append(line.split("\t")[1])
                found.append([])
            elif "Cluster" in line and _ARROW not in line:
                found[-1].append([])
            elif line:
                slots = line.split(_ARROW)[:3]
                found[-1][-1].append(tuple(frozenset(forms(slot.strip())) for slot in slots))
        except IndexError as error:
            raise GoldError(f"{path}:{number}: not a line of BenchIE's format") from error
    pairs = zip(texts, found, strict=True)
    return [Sentence(text, tuple(map(tuple, facts))) for text, facts in pairs]


def forms(slot: str) -> Iterator[str]:
    """All forms of a slot: ``[the] judge`` is *judge* and *the judge*."""
    choices: list[tuple[str, ...]] = []
    opened: list[str] = []
    for word in slot.split(" "):
        if not opened and "[" not in word:
            choices.append((word,))
            continue
        opened.append(word)
        if "]" in word:
            choices.append(("", _BRACKETS.sub("", " ".join(opened))))
            opened = []
    return (" ".join(filter(None, chosen)) for chosen in product(*choices))


def loose(slot: str) -> str:
    """A slot as its lower-cased words, for systems that cut tokens otherwise than the gold."""
    return " ".join(re.findall(r"\w+", slot.lower()))


def score(
    sentences: Sequence[Sentence],
    said: Iterable[Sequence[Said]],
    shape: Callable[[str], str] = str,
) -> tuple[Scores, list[Judged]]:
    """Precision and recall, and of each extraction whether it is right.

    A fact counts once however often it is said; a triple that is no fact's counts against
    precision. ``said`` has the extractions of each sentence; ``shape`` is done to both sides'
    slots before they are compared.
    """
    hits = 0
    judged: list[Judged] = []
    for sentence, extractions in zip(sentences, said, strict=True):
        facts = [_shaped(fact, shape) for fact in sentence.facts]
        found = [_fact_of(extraction, facts, shape) for extraction in extractions]
        hits += len({number for number in found if number is not None})
        judged += [
            (extraction.confidence, number is not None)
            for extraction, number in zip(extractions, found, strict=True)
        ]
    wrong = sum(not right for _, right in judged)
    total = sum(len(sentence.facts) for sentence in sentences)
    precision = hits / (hits + wrong) if hits + wrong else 0.0
    return Scores(precision, hits / total if total else 0.0, total, len(judged)), judged


def _shaped(fact: Fact, shape: Callable[[str], str]) -> Fact:
    return tuple(tuple(frozenset(map(shape, slot)) for slot in triple) for triple in fact)


def _fact_of(extraction: Said, facts: Sequence[Fact], shape: Callable[[str], str]) -> int | None:
    """The number of the first fact that an extraction states."""
    subject, relation, *rest = extraction.slots
    slots = tuple(map(shape, (subject, relation, " ".join(filter(None, rest)))))
    for number, fact in enumerate(facts):
        if any(len(t) == 3 and all(s in f for s, f in zip(slots, t, strict=True)) for t in fact):
            return number
    return None
