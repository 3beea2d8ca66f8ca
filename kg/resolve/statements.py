"""The graph's statements: the same fact from many places is one statement with many evidences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter

from kg.dataset import Dataset, Key, Part
from kg.resolve.claims import Claim, canonical, statement_id
from kg.resolve.corrections import Corrections
from kg.types import Statement

__all__ = ["build_statements"]

_statement = attrgetter("statement")


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


def _said(rejected: frozenset[str], claim: Claim) -> Iterator[Claim]:
    core = claim.core
    name = statement_id(*core)
    if name not in rejected and claim.object != claim.subject:
        yield Claim(*core, claim.evidence, claim.origin, name)


def _fact(said: Claim) -> Key:
    """What a statement says but for its qualifiers."""
    target = tuple(canonical(said.object) or ())
    return said.subject, said.relation, target, said.negated, said.modality


def _order(said: Claim) -> Key:
    """Sorts evidence by document, then as the text runs."""
    e = said.evidence
    return (
        said.statement,
        e.document,
        e.begin,
        e.end,
        e.subject_span or (),
        e.relation_span or (),
        e.object_span or (),
        e.quote,
        e.relation_text,
        e.subject_text,
        e.object_text,
        e.confidence,
        e.rule,
        e.attributed_to or "",
        e.reporting_verb or "",
    )


def _statements(_: Key, said: Iterator[Claim]) -> Iterator[Statement]:
    """The statements of one fact; of those with qualifiers fewer ones say less."""
    found = [(name, _each_once(claims)) for name, claims in groupby(said, _statement)]
    for name, claims in found:
        core = claims[0].core
        mine = set(claims[0].qualifiers)
        fuller = [other for other, c in found if mine < set(c[0].qualifiers)] if found[1:] else ()
        yield Statement(
            name,
            *core,
            confidence=_combined(claims),
            evidence=tuple(c.evidence for c in claims),
            less_specific_than=tuple(fuller),
            sources=len({c.origin for c in claims}),
        )


def _each_once(said: Iterable[Claim]) -> Sequence[Claim]:
    """One for each piece of evidence."""
    return tuple({s.evidence: s for s in said}.values())


def _combined(claims: Iterable[Claim]) -> float:
    """Noisy-or over sources; one that repeats itself counts once, by its best evidence."""
    best: dict[str, float] = {}
    for claim in claims:
        best[claim.origin] = max(best.get(claim.origin, 0.0), claim.evidence.confidence)
    doubt = 1.0
    for document in sorted(best):
        doubt *= 1.0 - best[document]
    return round(1.0 - doubt, 3)
