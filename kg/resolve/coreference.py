"""Coreference within a document: ordered sieves, each only where it is nearly certain.

Names come first over the whole document, then descriptions, pronouns and silent subjects from left
to right (after Raghunathan et al. 2010, "A Multi-Pass Sieve for Coreference Resolution"). What no
sieve links stays by itself; a pronoun that none links refers to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.resolve.aliases import bearer
from kg.resolve.clusters import Cluster
from kg.resolve.descriptions import antecedent
from kg.resolve.linker import Linker
from kg.resolve.mentions import Mention, Mentions, mention_key
from kg.resolve.metonymy import note_partners
from kg.resolve.naming import link_name
from kg.resolve.pronouns import referent
from kg.resolve.reading import Reading
from kg.resolve.repetition import same_words, wording_of
from kg.resolve.voices import Voices
from kg.resolve.words import Features, Words
from kg.types import Extraction

__all__ = ["resolve_mentions"]


def resolve_mentions(
    doc: Reading,
    mentions: Mentions,
    extractions: Sequence[Extraction],
    words: Words,
    voices: Voices,
) -> Linker:
    """Every mention that refers, with the cluster of what it refers to (``Linker.of``)."""
    linker = Linker(doc, mentions, words, voices)
    named = [m for m in mentions.ordered if m.form == "name"]
    known_as = {m.head: before for m in named if (before := bearer(linker, m)) is not None}
    # longer names before parts of them, and those said to be another's before their like
    for mention in sorted(
        named, key=lambda m: (-len(m.text.split()), m.head not in known_as, m.position)
    ):
        _link_name(linker, mention, known_as)
    _roles_from_facts(linker, extractions)
    note_partners(linker)
    linker.predicative = _predicative_heads(extractions, words)
    partners = _partners(extractions, mentions)
    spoken: dict[tuple[int, Features], Cluster] = {}
    for mention in mentions.ordered:
        if mention.form == "nominal":
            _link_description(linker, mention, partners.get(mention.head, set()))
        elif mention.form != "name" and mention.features.person == 3:
            cluster, reason = referent(linker, mention)
            if cluster is not None:
                linker.put(mention, cluster, reason)
        elif mention.form == "pronoun" and mention.features.person in (1, 2):
            _link_speaker(linker, mention, spoken)
    _describe(linker, extractions)
    return linker


def _link_name(linker: Linker, mention: Mention, known_as: Mapping[int, Mention]) -> None:
    """Links a name once, after the name that it is said to be another of."""
    if mention.head in linker.of:
        return
    before = known_as.get(mention.head)
    if before is not None:
        _link_name(linker, before, known_as)
    link_name(linker, mention, before)


def _link_speaker(
    linker: Linker, mention: Mention, spoken: dict[tuple[int, Features], Cluster]
) -> None:
    """*I* in a quotation is its speaker; elsewhere, and *we*, the same as before in that voice."""
    key = linker.voices.at(mention.head), mention.features
    cluster = spoken.get(key)
    if cluster is None and mention.features.person == 1 and mention.features.number == "s":
        cluster = linker.speaker_at(mention)
    if cluster is None:
        cluster = Cluster(None, number=mention.features.number)
    spoken[key] = linker.put(mention, cluster, "speaker")


def _describe(linker: Linker, extractions: Sequence[Extraction]) -> None:
    """What copulas and appositions say that something is: *Lee, a physicist, became head of it*."""
    for extraction in extractions:
        target = extraction.object
        if target is None or target.clause or extraction.negated:
            continue
        if target.role == "predicative" or "appos" in extraction.rule:
            _note(linker, mention_key(extraction.subject), target.head)


def _note(linker: Linker, subject: int, description: int) -> None:
    owner = linker.mentions.owner
    cluster = linker.of.get(owner.get(subject, subject))
    if cluster is not None and linker.of.get(description) is not cluster:
        linker.described.setdefault(description, cluster)


def _link_description(linker: Linker, mention: Mention, partners: set[int]) -> None:
    cluster, reason = antecedent(linker, mention)
    if mention.group and cluster is None:
        return
    if cluster is None and mention.head not in linker.predicative:
        cluster, reason = same_words(linker, mention), "same words"
    cluster = linker.put(mention, cluster, reason)
    if (wording := wording_of(linker, mention)) is not None:
        linker.call(wording, cluster)
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
