"""Coreference within a document: ordered sieves, each only where it is nearly certain.

Names come first over the whole document, then descriptions, pronouns and silent subjects from left
to right (after Raghunathan et al. 2010, "A Multi-Pass Sieve for Coreference Resolution"). What no
sieve links stays by itself; a pronoun that none links refers to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from spacy.tokens import Doc

from kg.lang.gazetteer import gazetteer
from kg.lang.lexicon import lexicon
from kg.resolve.clusters import AGENTS, Cluster
from kg.resolve.groups import group_members
from kg.resolve.mentions import Mention, Mentions
from kg.resolve.words import Words, fold, shared
from kg.types import Extraction

__all__ = ["Linker", "resolve_mentions"]


_PRONOUN_WINDOW: Final = 2
"""Sentences back in which a pronoun looks for what it stands for."""
_DESCRIPTION_WINDOW: Final = 6
_MARGIN: Final = 0.75
"""By how much the best candidate of a pronoun must beat the second."""
_ACTING: Final = frozenset(("verb.communication", "verb.cognition", "verb.emotion"))


class Linker:
    """The clusters of one document while its mentions are read from left to right."""

    def __init__(self, doc: Doc, mentions: Mentions, words: Words) -> None:
        self.doc = doc
        self.mentions = mentions
        self.words = words
        self.clusters: list[Cluster] = []
        self.of: dict[int, Cluster] = {}
        """Head of a mention → its cluster; a pronoun that refers to nothing known is missing."""

        self.predicative: frozenset[int] = frozenset()
        """Heads of what says what something is: it describes and does not refer."""

    def country(self, code: str) -> Cluster:
        """The cluster of a country, a new one where the document only implies it."""
        place = gazetteer().country(code)
        for cluster in self.clusters:
            if cluster.place == place:
                return cluster
        cluster = Cluster("country", place=place)
        self.clusters.append(cluster)
        return cluster

    def put(self, mention: Mention, cluster: Cluster | None, reason: str = "") -> Cluster:
        """A mention into a cluster, or into a new one."""
        if cluster is None:
            cluster = Cluster(mention.type)
            self.clusters.append(cluster)
            cluster.modifiers = mention.modifiers
            cluster.inner = frozenset(mention.inner)
            reason = ""
        cluster.add(mention, reason)
        self.of[mention.head] = cluster
        return cluster

    def recent(self, mention: Mention, window: int) -> list[tuple[Mention, Cluster]]:
        """Clusters with their last mention before ``mention``, the nearest first."""
        found = []
        for cluster in self.clusters:
            last = cluster.before(mention)
            if last and mention.sentence - last.sentence <= window:
                found.append((last, cluster))
        return sorted(found, key=lambda x: (-x[0].position, x[0].head))


def resolve_mentions(
    doc: Doc, mentions: Mentions, extractions: Sequence[Extraction], words: Words
) -> Linker:
    """Every mention that refers, with the cluster of what it refers to (``Linker.of``)."""
    linker = Linker(doc, mentions, words)
    named = [m for m in mentions.ordered if m.form == "name"]
    for mention in sorted(named, key=lambda m: (-len(m.text.split()), m.position)):
        cluster, reason = _same_name(linker, mention)
        cluster = linker.put(mention, cluster, reason)
        cluster.place = mention.name.place if mention.name else None
        cluster.institution = shared().institutions.get(fold(mention.text), cluster.institution)
    _roles_from_facts(linker, extractions)
    linker.predicative = _predicative_heads(extractions)
    partners = _partners(extractions, mentions)
    for mention in mentions.ordered:
        if mention.form == "name":
            continue
        if mention.form == "nominal":
            cluster, reason = _described(linker, mention)
            if mention.group and cluster is None:
                continue
            cluster = linker.put(mention, cluster, reason)
            if mention.head in linker.predicative and cluster.type == "person":
                cluster.type = "concept"  # a role or quality, not somebody
            cluster.partners |= partners.get(mention.head, set())
        elif mention.features.person == 3:
            cluster, reason = _pronoun(linker, mention)
            if cluster is not None:
                linker.put(mention, cluster, reason)
    return linker


# -- names -----------------------------------------------------------------------------------


def _same_name(linker: Linker, mention: Mention) -> tuple[Cluster | None, str]:
    """The cluster a name belongs to: the same wording, place or institution, or a longer name."""
    name = mention.name
    if name and name.place:
        place = name.place
        return next((c for c in linker.clusters if c.place == place), None), "same place"
    institution = shared().institutions.get(fold(mention.text), "")
    if institution:
        same = [c for c in linker.clusters if c.institution == institution]
        return (same[0] if same else None), "same institution"
    sieves: tuple[tuple[str, Callable[[Cluster, Mention], bool]], ...] = (
        ("same name", _exact),
        ("part of a person's name", _part_of_person),
        ("short form of an organization", _short_form),
        ("acronym", _acronym),
    )
    for reason, sieve in sieves:
        found = [c for c in linker.clusters if c.names and sieve(c, mention)]
        if len(found) == 1:
            return found[0], reason
        if len(found) > 1:
            return None, ""
    return None, ""


def _exact(cluster: Cluster, mention: Mention) -> bool:
    if cluster.type and mention.type and cluster.type != mention.type:
        return False
    return fold(mention.text) in {fold(n) for n in cluster.names} and _gender_fits(cluster, mention)


def _gender_fits(cluster: Cluster, mention: Mention) -> bool:
    wanted = mention.features.gender
    return not wanted or not cluster.gender or wanted == cluster.gender


def _part_of_person(cluster: Cluster, mention: Mention) -> bool:
    """``Takaichi`` and ``Sanae Takaichi``; ``Donald`` too, but not a middle name."""
    if cluster.type != "person" or mention.type not in ("person", None):
        return False
    if not _gender_fits(cluster, mention):
        return False
    parts = fold(mention.text).split()
    for full in (fold(n).split() for n in cluster.names):
        if len(parts) < len(full) and (full[-len(parts) :] == parts or full[: len(parts)] == parts):
            return True
        if len(parts) > 1 and len(full) > len(parts) and [full[0], full[-1]] == parts:
            return True
    return False


def _short_form(cluster: Cluster, mention: Mention) -> bool:
    """``Toyota`` and ``Toyota Motor Corporation``."""
    if cluster.type != "organization" or mention.type not in ("organization", None):
        return False
    parts = fold(mention.text).split()
    return any(fold(n).split()[: len(parts)] == parts for n in cluster.names)


def _acronym(cluster: Cluster, mention: Mention) -> bool:
    """``ECB`` and ``European Central Bank``."""
    letters = mention.text.replace(".", "")
    if not (2 <= len(letters) <= 6 and letters.isupper()) or cluster.type in ("person", "country"):
        return False
    return any(
        "".join(w[0] for w in n.split() if w[0].isupper()) == letters and len(n.split()) > 1
        for n in cluster.names
    )


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


# -- descriptions -----------------------------------------------------------------------------


def _predicative_heads(extractions: Sequence[Extraction]) -> frozenset[int]:
    """Heads that say what something is; they describe and do not refer."""
    return frozenset(
        a.head
        for e in extractions
        for a in (e.object, *e.arguments)
        if a is not None and (a.role == "predicative" or a.case in ("as", "come"))
    )


def _partners(extractions: Sequence[Extraction], mentions: Mentions) -> dict[int, set[int]]:
    """For each described object, the names that are subjects of the predicates it belongs to."""
    found: dict[int, set[int]] = {}
    for extraction in extractions:
        subject = mentions.owner.get(extraction.subject.head)
        if extraction.object and subject is not None:
            found.setdefault(extraction.object.head, set()).add(subject)
    return found


def _described(
    linker: Linker,
    mention: Mention,
) -> tuple[Cluster | None, str]:
    if mention.group:
        members = group_members(linker.doc, linker.mentions, linker.of, linker.country, mention)
        if not members:
            return None, ""
        return _group_cluster(linker, members), "group of the last pair"
    if mention.head in linker.predicative or not (mention.definite or mention.demonstrative):
        return None, ""
    for reason, sieve in (
        ("role", _by_role),
        ("type", _by_type),
        ("same kind", _by_kind),
        ("same head", _by_head),
    ):
        found = sieve(linker, mention)
        if found is not None:
            return found, reason
    return None, ""


def _group_cluster(linker: Linker, members: tuple[Cluster, ...]) -> Cluster:
    for cluster in linker.clusters:
        if cluster.members and set(map(id, cluster.members)) == set(map(id, members)):
            return cluster
    cluster = Cluster("group", members=members, number="p")
    linker.clusters.append(cluster)
    return cluster


def _by_role(linker: Linker, mention: Mention) -> Cluster | None:
    """``la premier giapponese``, ``the president``: the one person known to hold the role."""
    if not mention.role or mention.features.number == "p" or mention.possessed:
        return None
    if mention.modifiers - {mention.role} and not mention.country:
        return None
    held = [
        (last, c)
        for last, c in linker.recent(mention, len(linker.doc))
        if c.type == "person"
        and c.plays(mention.role, mention.country)
        and _gender_fits(c, mention)
    ]
    exact = [
        (m, c) for m, c in held if not mention.country or (mention.role, mention.country) in c.roles
    ]
    held = exact or held
    if len(held) == 1:
        return held[0][1]
    near = [c for last, c in held if mention.sentence - last.sentence <= 1]
    return near[0] if len(near) == 1 else None


def _by_type(linker: Linker, mention: Mention) -> Cluster | None:
    """``the company``, ``il Paese``: what was last named of the type, if nothing competes there."""
    wanted = linker.words.anaphors.get(mention.lemma)
    if wanted is None or mention.modifiers or mention.possessed or mention.inner:
        return None
    if mention.features.number == "p":
        return None
    near = [
        (last, c)
        for last, c in linker.recent(mention, _PRONOUN_WINDOW)
        if c.type == wanted and c.named and last.governor != mention.governor
    ]
    if not near:
        return None
    last = near[0][0].sentence
    rivals = [c for m, c in near if m.sentence == last]
    subjects = [c for m, c in near if m.sentence == last and m.subject]
    if len(rivals) == 1 or wanted == "country":
        return rivals[0]
    return subjects[0] if len(subjects) == 1 else None


def _by_kind(linker: Linker, mention: Mention) -> Cluster | None:
    """``questo patto``, ``the deal``: the agreement spoken of, if not described as another."""
    if mention.kind is None or mention.possessed or mention.features.number == "p":
        return None
    fitting = [
        c
        for last, c in linker.recent(mention, len(linker.doc))
        if c.kind == mention.kind
        and not c.named
        and c.number != "p"
        and _compatible(linker, c, mention)
    ]
    if len(fitting) == 1:
        return fitting[0]
    near = [
        c
        for last, c in linker.recent(mention, _DESCRIPTION_WINDOW)
        if c in fitting and len(c.mentions) > 1
    ]
    return near[0] if len(near) == 1 else None


def _by_head(linker: Linker, mention: Mention) -> Cluster | None:
    """``the mine`` after ``a rare earth mine``: the same noun, nothing new said of it."""
    if mention.features.number == "p" or mention.possessed or not mention.lemma:
        return None
    for _, cluster in linker.recent(mention, _DESCRIPTION_WINDOW):
        if cluster.lemma != mention.lemma or cluster.named or cluster.number == "p":
            continue
        return cluster if _compatible(linker, cluster, mention) else None
    return None


def _compatible(linker: Linker, cluster: Cluster, mention: Mention) -> bool:
    """Whether a description may be of a cluster: its names are known there, its adjectives too."""
    names = {id(linker.of[h]) for h in mention.inner if h in linker.of}
    known = {id(linker.of[h]) for h in (cluster.inner | cluster.partners) if h in linker.of}
    if not names <= known:
        return False
    spoken = {w for h in mention.inner for w in fold(linker.doc[h].lemma_).split()}
    inside = {
        fold(linker.doc[i].lemma_)
        for i, head in linker.mentions.owner.items()
        if head in mention.inner
    }
    extra = mention.modifiers - spoken - inside - cluster.modifiers
    return not extra or bool(names)


# -- pronouns and silent subjects ----------------------------------------------------------------


def _pronoun(linker: Linker, mention: Mention) -> tuple[Cluster | None, str]:
    """The one cluster a pronoun or silent subject clearly stands for.

    Subjects before others, near before far; two candidates of about the same weight mean none.
    """
    acting = mention.subject and _acts(linker, mention)
    scored: list[tuple[float, int, Cluster]] = []
    for last, cluster in linker.recent(mention, _PRONOUN_WINDOW):
        if not cluster.agrees(mention.features) or cluster.type is None:
            continue
        if last.governor == mention.governor and last.governor >= 0:
            continue
        if acting and cluster.type not in AGENTS:
            continue
        if not _salient(cluster, last, mention):
            continue
        distance = mention.sentence - last.sentence
        score = -1.5 * distance + 2.0 * last.subject + 0.5 * cluster.named
        score += 0.25 * min(len(cluster.mentions), 4)
        if cluster.gender and cluster.gender == mention.features.gender:
            score += 1.0
        scored.append((score, last.position, cluster))
    if not scored:
        return None, ""
    scored.sort(key=lambda x: (-x[0], -x[1]))
    best = scored[0]
    if len(scored) > 1 and best[0] - scored[1][0] < _MARGIN:
        return None, ""
    people = [s for s in scored if s[2].type == "person"]
    if mention.features.gender and best[2].type == "person" and not best[2].gender and people[1:]:
        return None, ""  # she may be either of two people of unknown gender
    return scored[0][2], "silent subject" if mention.form == "null" else "pronoun"


def _salient(cluster: Cluster, last: Mention, pronoun: Mention) -> bool:
    """Whether a thing is prominent enough to be taken up by a word that says so little."""
    if cluster.named or cluster.kind or cluster.members or cluster.type in AGENTS:
        return True
    return pronoun.form != "null" and last.subject and len(cluster.mentions) > 1


def _acts(linker: Linker, mention: Mention) -> bool:
    """Whether the predicate is one of saying, thinking or feeling."""
    verb = linker.doc[mention.governor].lemma_.lower()
    return lexicon().supersense(verb, "v", linker.words.language) in _ACTING
