"""The graph's statements: the same fact from many places is one statement with many evidences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from kg.dataset import Dataset, Key, Part
from kg.resolve.claims import Claim, Witness, canonical, statement_id
from kg.resolve.corrections import Corrections
from kg.types import Evidence, Statement

__all__ = ["Told", "told"]


class Told(NamedTuple):
    """A statement, and who is witness to it, in the order of its evidence."""

    statement: Statement
    witnesses: tuple[Witness, ...]


class _Said(NamedTuple):
    """A claim with the id of its statement."""

    id: str
    claim: Claim


def told(
    claims: Dataset[Claim], corrections: Corrections
) -> tuple[Dataset[Told], Dataset[str], Dataset[str]]:
    """All statements, those of one subject, relation and object next to each other.

    And the ids of the entities that they need, and the relations, each once or more.
    """
    said = claims.flat_map(partial(_said, corrections.reject))
    return said.group(_fact, _order, _statements).split(_with_needs, 3)  # type: ignore[return-value]


def _with_needs(item: Told) -> Iterator[Part]:
    s = item.statement
    yield 0, item
    slots = (s.subject, s.object, *(q.value for q in s.qualifiers))
    for slot in {slot for slot in slots if isinstance(slot, str)}:
        yield 1, slot
    for speaker in {e.attributed_to for e in s.evidence if e.attributed_to}:
        yield 1, speaker
    yield 2, s.relation


def _said(rejected: frozenset[str], claim: Claim) -> Iterator[_Said]:
    name = statement_id(
        claim.subject,
        claim.relation,
        claim.object,
        claim.qualifiers,
        claim.negated,
        claim.modality,
    )
    if name not in rejected and claim.object != claim.subject:
        yield _Said(name, claim)


def _fact(said: _Said) -> Key:
    """What a statement says but for its qualifiers."""
    claim = said.claim
    target = json.dumps(canonical(claim.object), ensure_ascii=False)
    return claim.subject, claim.relation, target, claim.negated, claim.modality


def _order(said: _Said) -> Key:
    return said.id, *evidence_order(said.claim.witness.evidence)


def evidence_order(e: Evidence) -> tuple[str, ...]:
    """Sorts evidence by document, then as the text runs."""
    places = (e.begin, e.end, *(e.subject_span or ()), *(e.relation_span or ()))
    return (e.document, *(f"{n:012d}" for n in places), repr(e))


def _statements(_: Key, said: Iterator[_Said]) -> Iterator[Told]:
    """The statements of one fact; of those with qualifiers fewer ones say less."""
    found = [(name, *_evidence(claims)) for name, claims in groupby(said, lambda s: s.id)]
    for name, claim, witnesses in found:
        mine = set(claim.qualifiers)
        fuller = [other for other, c, _ in found if mine < set(c.qualifiers)] if found[1:] else ()
        yield Told(
            Statement(
                name,
                claim.subject,
                claim.relation,
                claim.object,
                claim.qualifiers,
                claim.negated,
                claim.modality,
                confidence=_combined(witnesses),
                evidence=tuple(w.evidence for w in witnesses),
                less_specific_than=tuple(fuller),
                sources=len({w.origin for w in witnesses}),
            ),
            tuple(witnesses),
        )


def _evidence(said: Iterable[_Said]) -> tuple[Claim, Sequence[Witness]]:
    """The claim, and its witnesses, each once."""
    claims = [s.claim for s in said]
    return claims[0], tuple({c.witness.evidence: c.witness for c in claims}.values())


def _combined(witnesses: Iterable[Witness]) -> float:
    """Noisy-or over sources; one that repeats itself counts once, by its best evidence."""
    best: dict[str, float] = {}
    for w in witnesses:
        best[w.origin] = max(best.get(w.origin, 0.0), w.evidence.confidence)
    doubt = 1.0
    for document in sorted(best):
        doubt *= 1.0 - best[document]
    return round(1.0 - doubt, 3)
