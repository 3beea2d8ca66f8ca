"""The graph's statements: the same fact from many places is one statement with many evidences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from kg.dataset import Dataset, Key, Part
from kg.resolve.claims import Claim, Core, canonical, statement_id
from kg.resolve.corrections import Corrections
from kg.types import Evidence, Statement

__all__ = ["build_statements"]

_place = attrgetter("document", "begin", "end")
_wording = attrgetter("quote", "relation_text", "subject_text", "object_text", "confidence", "rule")


class _Said(NamedTuple):
    """A claim with the id of its statement."""

    id: str
    claim: Claim


def build_statements(
    claims: Dataset[Claim], corrections: Corrections
) -> tuple[Dataset[Statement], Dataset[str], Dataset[str]]:
    """All statements, those of one subject, relation and object next to each other.

    And the ids of the entities that they need, and the relations, each once or more.
    """
    said = claims.flat_map(partial(_said, corrections.reject))
    statements, entities, relations = said.group(_fact, _order, _statements).split(_with_needs, 3)
    return statements, entities, relations


def _with_needs(s: Statement) -> Iterator[Part]:
    yield 0, s
    for entity in s.entities():
        yield 1, entity
    yield 2, s.relation


def _said(rejected: frozenset[str], claim: Claim) -> Iterator[_Said]:
    name = statement_id(*claim.core)
    if name not in rejected and claim.core.object != claim.core.subject:
        yield _Said(name, claim)


def _fact(said: _Said) -> Key:
    """What a statement says but for its qualifiers."""
    core = said.claim.core
    target = tuple(canonical(core.object) or ())
    return core.subject, core.relation, target, core.negated, core.modality


def _order(said: _Said) -> Key:
    return said.id, _evidence_order(said.claim.evidence)


def _evidence_order(e: Evidence) -> Key:
    """Sorts evidence by document, then as the text runs."""
    spans = e.subject_span or (), e.relation_span or (), e.object_span or ()
    return _place(e), spans, _wording(e), e.attributed_to or "", e.reporting_verb or ""


def _statements(_: Key, said: Iterator[_Said]) -> Iterator[Statement]:
    """The statements of one fact; of those with qualifiers fewer ones say less."""
    found = [(name, *_each_once(claims)) for name, claims in groupby(said, lambda s: s.id)]
    for name, core, claims in found:
        mine = set(core.qualifiers)
        fuller = [other for other, c, _ in found if mine < set(c.qualifiers)] if found[1:] else ()
        yield Statement(
            name,
            *core,
            confidence=_combined(claims),
            evidence=tuple(c.evidence for c in claims),
            less_specific_than=tuple(fuller),
            sources=len({c.origin for c in claims}),
        )


def _each_once(said: Iterable[_Said]) -> tuple[Core, Sequence[Claim]]:
    """What a statement says, and a claim for each piece of its evidence."""
    claims = {s.claim.evidence: s.claim for s in said}
    return next(iter(claims.values())).core, tuple(claims.values())


def _combined(claims: Iterable[Claim]) -> float:
    """Noisy-or over sources; one that repeats itself counts once, by its best evidence."""
    best: dict[str, float] = {}
    for claim in claims:
        best[claim.origin] = max(best.get(claim.origin, 0.0), claim.evidence.confidence)
    doubt = 1.0
    for document in sorted(best):
        doubt *= 1.0 - best[document]
    return round(1.0 - doubt, 3)
