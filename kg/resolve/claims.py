"""What one document claims, in the graph's terms: local ids become those of the graph."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

from kg.dataset import Dataset, Key, Part
from kg.resolve.corrections import Corrections
from kg.resolve.facts import DocumentFacts
from kg.types import Evidence, Modality, Qualifier, Value

__all__ = [
    "Claim",
    "Core",
    "Held",
    "by_office",
    "canonical",
    "claims_of",
    "in_office",
    "statement_id",
]

_BE: Final = "be"
Core = tuple[str, str, str | Value | None, tuple[Qualifier, ...], bool, Modality]
"""Subject, relation, object, qualifiers, whether it is negated, modality."""


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
        canonical(object_),
        negated,
        modality,
        sorted([q.name, canonical(q.value)] for q in qualifiers),
    ]
    text = json.dumps(form, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def canonical(slot: str | Value | None) -> list[str] | None:
    """A slot's part of a statement's canonical form."""
    if slot is None:
        return None
    if isinstance(slot, str):
        return ["e", slot]
    said = [slot.kind, slot.lexical, slot.datatype, slot.comparator, slot.unit, slot.language]
    return ["v", *said, slot.upper] if slot.upper else ["v", *said]


class Claim(NamedTuple):
    """A statement as one passage makes it; those with equal cores are of one statement."""

    subject: str
    relation: str
    object: str | Value | None
    qualifiers: tuple[Qualifier, ...]
    negated: bool
    modality: Modality
    evidence: Evidence
    origin: str
    """Id of the first of the documents that copy one another, the passage's among them."""
    statement: str = ""
    """Id of its statement, once it is known."""

    @property
    def core(self) -> Core:
        """What the statement says."""
        return self[:6]


def claims_of(facts: DocumentFacts, ids: Mapping[str, str], origin: str) -> Iterator[Claim]:
    """A document's claims; what merging made empty (``A meets A``) is left out.

    Args:
        facts: the document.
        ids: the graph's ids by local ones.
        origin: id of the first of the documents that copy one another.
    """
    for local in facts.statements:
        subject = ids[local.subject]
        target = ids[local.object] if isinstance(local.object, str) else local.object
        if target == subject:
            continue
        evidence = local.evidence
        if evidence.attributed_to is not None:
            evidence = replace(evidence, attributed_to=ids[evidence.attributed_to])
        qualifiers = _qualifiers(local.qualifiers, ids)
        yield Claim(
            subject,
            local.relation.id,
            target,
            qualifiers,
            local.negated,
            local.modality,
            evidence,
            origin,
        )


def _qualifiers(qualifiers: Iterable[Qualifier], ids: Mapping[str, str]) -> tuple[Qualifier, ...]:
    filled = {
        Qualifier(q.name, ids[q.value] if isinstance(q.value, str) else q.value) for q in qualifiers
    }
    return tuple(sorted(filled, key=lambda q: (q.name, canonical(q.value) or [])))


# -- offices -------------------------------------------------------------------------------------


class Held(NamedTuple):
    """That somebody holds an office somewhere: (A, ``be_prime_minister_of``, ``Japan``)."""

    subject: str
    office: str
    of: str


def in_office(
    titles: Dataset[Claim | Held], others: Dataset[Claim], corrections: Corrections
) -> Dataset[Claim]:
    """A title alone means the one office its bearer is known to hold.

    (A, ``be``, ``Prime_Minister``) → (A, ``be_prime_minister_of``, ``Japan``), where some document
    says of what A is prime minister, and no other says anything else. A person's corrections of
    relations come after it.
    """
    told = titles.group(_office, _rank, _in_office).union(others)
    return told.flat_map(partial(_corrected, corrections.relations))


def by_office(claim: Claim) -> Iterator[Part]:
    """Titles, and offices that are held, are 0; claims that are what they are, 1."""
    office, of = claim.relation, claim.object
    if office == _BE and isinstance(of, str):
        yield 0, claim
        return
    yield 1, claim
    held = office.startswith(f"{_BE}_") and office.endswith("_of") and not claim.negated
    if held and isinstance(of, str):
        yield 0, Held(claim.subject, office, of)


def _office(row: Claim | Held) -> tuple[str, str]:
    if isinstance(row, Held):
        return row.subject, row.office
    return row.subject, f"{_BE}_{str(row.object).lower()}_of"


def _rank(row: Claim | Held) -> Key:
    if isinstance(row, Held):
        return 0, row.of
    evidence = row.evidence  # in any order, but always in the same
    return 1 + row.negated, evidence.document, evidence.begin, evidence.end


def _in_office(office: tuple[str, str], rows: Iterator[Claim | Held]) -> Iterator[Claim]:
    held: set[str] = set()
    affirmed = False
    for row in rows:
        if isinstance(row, Held):
            held.add(row.of)
            continue
        affirmed = affirmed or not row.negated
        if affirmed and len(held) == 1:
            yield row._replace(relation=office[1], object=min(held))
        else:
            yield row


def _corrected(relations: Mapping[str, str], claim: Claim) -> Iterator[Claim]:
    name = relations.get(claim.relation)
    yield claim if name is None else claim._replace(relation=name)
