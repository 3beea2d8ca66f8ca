"""The graph's statements: the same fact from many places is one statement with many evidences."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final, NamedTuple

from kg.resolve.copies import independent_sources
from kg.resolve.corrections import Corrections
from kg.resolve.facts import DocumentFacts
from kg.resolve.merge import Member
from kg.types import Evidence, Modality, Qualifier, Statement, Value

_BE: Final = "be"

__all__ = ["build_statements", "statement_id"]


def statement_id(
    subject: str,
    relation: str,
    object_: str | Value | None,
    qualifiers: Sequence[Qualifier],
    negated: bool,
    modality: str,
) -> str:
    """The first 32 hex digits of the SHA-256 of a statement's canonical form.

    The form is the JSON array ``[subject, relation, object, negated, modality, qualifiers]`` in
    UTF-8 without spaces; an entity is ``["e", id]``, a value ``["v", kind, lexical, datatype,
    comparator, unit, language]`` (a range has its upper end as well), no object ``null``;
    qualifiers are sorted ``[name, slot]``.
    """
    form = [
        subject,
        relation,
        _canonical(object_),
        negated,
        modality,
        sorted([q.name, _canonical(q.value)] for q in qualifiers),
    ]
    text = json.dumps(form, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class _Core(NamedTuple):
    """What a statement says; equal ones are one statement."""

    subject: str
    relation: str
    object: str | Value | None
    qualifiers: tuple[Qualifier, ...]
    negated: bool
    modality: Modality


def build_statements(
    facts: Sequence[DocumentFacts], ids: Mapping[Member, str], corrections: Corrections
) -> tuple[Statement, ...]:
    """All statements, sorted by id; what merging made empty (``A meets A``) is left out."""
    evidence: dict[str, set[Evidence]] = defaultdict(set)
    cores: dict[str, _Core] = {}
    offices = _offices(facts, ids)
    sources = independent_sources(f.document for f in facts)
    for f in facts:
        for local in f.statements:
            subject = ids[f.document.id, local.subject]
            target = _global(f, local.object, ids)
            if target == subject:
                continue
            qualifiers = _qualifiers(f, local.qualifiers, ids)
            relation = local.relation.id
            if (office := offices.get((subject, relation, target))) is not None:
                relation, target = office
            relation = corrections.relations.get(relation, relation)
            key = statement_id(subject, relation, target, qualifiers, local.negated, local.modality)
            if key in corrections.reject:
                continue
            speaker = local.evidence.attributed_to
            evidence[key].add(
                replace(local.evidence, attributed_to=ids[f.document.id, speaker])
                if speaker is not None
                else local.evidence
            )
            cores[key] = _Core(subject, relation, target, qualifiers, local.negated, local.modality)
    fuller = _fuller(cores)
    return tuple(
        Statement(
            key,
            *cores[key],
            confidence=_combined(evidence[key], sources),
            evidence=_sorted(evidence[key]),
            less_specific_than=fuller.get(key, ()),
            sources=len({sources[e.document] for e in evidence[key]}),
        )
        for key in sorted(cores)
    )


def _offices(
    facts: Sequence[DocumentFacts], ids: Mapping[Member, str]
) -> dict[tuple[str, str, str | Value | None], tuple[str, str]]:
    """A title alone means the one office its bearer is known to hold.

    (A, ``be``, ``Prime_Minister``) → (``be_prime_minister_of``, ``Japan``), where some document
    says of what A is prime minister, and no other says anything else.
    """
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    bare: set[tuple[str, str, str]] = set()
    for f in facts:
        for local in f.statements:
            subject, relation = ids[f.document.id, local.subject], local.relation.id
            if not isinstance(local.object, str) or local.negated:
                continue
            target = ids[f.document.id, local.object]
            if relation == _BE:
                bare.add((subject, relation, target))
            elif relation.startswith(f"{_BE}_") and relation.endswith("_of"):
                held[subject, relation].add(target)
    found: dict[tuple[str, str, str | Value | None], tuple[str, str]] = {}
    for subject, relation, title in sorted(bare):
        office = f"{_BE}_{title.lower()}_of"
        of = held.get((subject, office), set())
        if len(of) == 1:
            found[subject, relation, title] = (office, min(of))
    return found


def _canonical(slot: str | Value | None) -> list[str] | None:
    if slot is None:
        return None
    if isinstance(slot, str):
        return ["e", slot]
    said = [slot.kind, slot.lexical, slot.datatype, slot.comparator, slot.unit, slot.language]
    return ["v", *said, slot.upper] if slot.upper else ["v", *said]


def _global(
    facts: DocumentFacts, slot: str | Value | None, ids: Mapping[Member, str]
) -> str | Value | None:
    return ids[facts.document.id, slot] if isinstance(slot, str) else slot


def _qualifiers(
    facts: DocumentFacts, qualifiers: Iterable[Qualifier], ids: Mapping[Member, str]
) -> tuple[Qualifier, ...]:
    filled = {
        Qualifier(q.name, ids[facts.document.id, q.value] if isinstance(q.value, str) else q.value)
        for q in qualifiers
    }
    return tuple(sorted(filled, key=lambda q: (q.name, _canonical(q.value) or [])))


def _combined(evidence: Iterable[Evidence], sources: Mapping[str, str]) -> float:
    """Noisy-or over sources; one that repeats itself counts once, by its best evidence."""
    best: dict[str, float] = {}
    for e in evidence:
        source = sources[e.document]
        best[source] = max(best.get(source, 0.0), e.confidence)
    doubt = 1.0
    for document in sorted(best):
        doubt *= 1.0 - best[document]
    return round(1.0 - doubt, 3)


def _sorted(evidence: AbstractSet[Evidence]) -> tuple[Evidence, ...]:
    if len(evidence) == 1:
        return tuple(evidence)
    return tuple(sorted(evidence, key=_evidence_order))


def _evidence_order(e: Evidence) -> tuple[str, ...]:
    places = (e.begin, e.end, *(e.subject_span or ()), *(e.relation_span or ()))
    return (e.document, *(f"{n:012d}" for n in places), repr(e))


def _fuller(cores: Mapping[str, _Core]) -> dict[str, tuple[str, ...]]:
    """For the id of a statement those of the ones that say the same and more."""
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for key in sorted(cores):
        core = cores[key]
        target = tuple(_canonical(core.object) or ())
        alike[core.subject, core.relation, target, core.negated, core.modality].append(key)
    return {
        key: tuple(o for o in group if set(cores[key].qualifiers) < set(cores[o].qualifiers))
        for group in alike.values()
        if len(group) > 1
        for key in group
    }
