"""Coreference within a document: ordered sieves, each only where it is nearly certain.

Names come first over the whole document, then descriptions, pronouns and silent subjects from left
to right (after Raghunathan et al. 2010, "A Multi-Pass Sieve for Coreference Resolution"). What no
sieve links stays by itself; a pronoun that none links refers to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.resolve.descriptions import antecedent
from kg.resolve.linker import Linker
from kg.resolve.mentions import Mention, Mentions
from kg.resolve.naming import link_name
from kg.resolve.pronouns import referent
from kg.resolve.words import Words
from kg.types import Extraction

__all__ = ["resolve_mentions"]


def resolve_mentions(
    doc: Doc, mentions: Mentions, extractions: Sequence[Extraction], words: Words
) -> Linker:
    """Every mention that refers, with the cluster of what it refers to (``Linker.of``)."""
    linker = Linker(doc, mentions, words)
    named = [m for m in mentions.ordered if m.form == "name"]
    for mention in sorted(named, key=lambda m: (-len(m.text.split()), m.position)):
        link_name(linker, mention)
    _roles_from_facts(linker, extractions)
    linker.predicative = _predicative_heads(extractions, words)
    partners = _partners(extractions, mentions)
    for mention in mentions.ordered:
        if mention.form == "nominal":
            _link_description(linker, mention, partners.get(mention.head, set()))
        elif mention.form != "name" and mention.features.person == 3:
            cluster, reason = referent(linker, mention)
            if cluster is not None:
                linker.put(mention, cluster, reason)
    return linker


def _link_description(linker: Linker, mention: Mention, partners: set[int]) -> None:
    cluster, reason = antecedent(linker, mention)
    if mention.group and cluster is None:
        return
    cluster = linker.put(mention, cluster, reason)
    if mention.head in linker.predicative and cluster.type == "person":
        cluster.type = "concept"  # a role or quality, not somebody
    cluster.partners |= partners


def _roles_from_facts(linker: Linker, extractions: Sequence[Extraction]) -> None:
    """Persons learn the roles that copulas, appositions and titles state of them."""
    for extraction in extractions:
        if extraction.negated or extraction.object is None:
            continue
        if extraction.object.role != "predicative" and "appos" not in extraction.rule:
            continue
        owner = linker.mentions.owner.get(extraction.subject.head, extraction.subject.head)
        cluster = linker.of.get(owner)
        described = linker.mentions.by_head.get(extraction.object.head)
        if cluster and cluster.type == "person" and described and described.role:
            cluster.roles.add((described.role, described.country))
            cluster.gender = cluster.gender or described.features.gender


def _predicative_heads(extractions: Sequence[Extraction], words: Words) -> frozenset[int]:
    """Heads that say what something is; they describe and do not refer."""
    like = {case for case, row in words.qualifiers.items() if row.get("default") == "as"}
    return frozenset(
        a.head
        for e in extractions
        for a in (e.object, *e.arguments)
        if a is not None and (a.role == "predicative" or a.case in like)
    )


def _partners(extractions: Sequence[Extraction], mentions: Mentions) -> dict[int, set[int]]:
    """For each described object, the names that are subjects of the predicates it belongs to."""
    found: dict[int, set[int]] = {}
    for extraction in extractions:
        subject = mentions.owner.get(extraction.subject.head)
        if extraction.object and subject is not None:
            found.setdefault(extraction.object.head, set()).add(subject)
    return found
