"""What a description picks up: *la premier giapponese*, *the company*, *questo patto*."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.resolve.clusters import Cluster
from kg.resolve.groups import group_members
from kg.resolve.linker import Linker
from kg.resolve.mentions import Mention
from kg.resolve.words import fold

__all__ = ["antecedent"]

_NEAR: Final = 2
_FAR: Final = 12
"""Sentences back in which a type (*the company*) or a noun (*the mine*) is looked for."""
_APART: Final = 2
"""Sentences by which the last thing called by a noun must be nearer than the one before."""


def antecedent(linker: Linker, mention: Mention) -> tuple[Cluster | None, str]:
    """What a definite description was said of before, and the name of the rule that found it."""
    if mention.group:
        members = group_members(linker.doc, linker.mentions, linker.of, linker.country, mention)
        return (linker.group(members), "group of the last pair") if members else (None, "")
    if mention.head in linker.predicative:
        return None, ""
    if not (mention.definite or mention.demonstrative or mention.possessed):
        return None, ""
    for reason, sieve in _SIEVES:
        found = sieve(linker, mention)
        if found is not None:
            return found, reason
    return None, ""


def _by_role(linker: Linker, mention: Mention) -> Cluster | None:
    """``la premier giapponese``, ``the president``: the one person known to hold the role."""
    if not mention.role or mention.features.number == "p" or mention.possessed:
        return None
    if mention.modifiers - linker.words.neutral and not mention.country:
        return None
    held = [
        (last, c)
        for c in linker.people
        if c.plays(mention.role, mention.country)
        and c.fits(mention)
        and (last := c.before(mention)) is not None
    ]
    exact = [x for x in held if (mention.role, mention.country) in x[1].roles]
    held = (exact if mention.country else []) or held
    if len(held) == 1:
        return held[0][1]
    near = [c for last, c in held if mention.sentence - last.sentence <= 1]
    return near[0] if len(near) == 1 else None


def _by_type(linker: Linker, mention: Mention) -> Cluster | None:
    """``the company``, ``il Paese``: what was last named of the type, if nothing competes there."""
    wanted = linker.words.anaphors.get(mention.lemma)
    if (
        wanted is None
        or mention.modifiers - linker.words.neutral
        or mention.possessed
        or mention.inner
    ):
        return None
    if mention.features.number == "p":
        return None
    near = [
        (last, c)
        for last, c in linker.recent(mention, _NEAR)
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
        for c in linker.kinds[mention.kind.name]
        if not c.named and c.number != "p" and _compatible(linker, c, mention)
    ]
    if len(fitting) == 1:
        return fitting[0]
    near = [c for last, c in linker.recent(mention, _FAR) if c in fitting and len(c.mentions) > 1]
    return near[0] if len(near) == 1 else None


def _by_head(linker: Linker, mention: Mention) -> Cluster | None:
    """``the mine`` after ``a rare earth mine``, if no other mine was spoken of about there."""
    owner = linker.owner(mention)
    if not mention.lemma or (mention.possessed and owner is None):
        return None
    plural = mention.features.number == "p"
    alike = [
        (mention.sentence - last.sentence, c)
        for last, c in linker.recent(mention, _FAR)
        if c.lemma == mention.lemma and not c.named and (c.number == "p") == plural
    ]
    if not alike or (len(alike) > 1 and alike[1][0] - alike[0][0] < _APART):
        return None
    cluster = alike[0][1]
    other = mention.possessed and cluster.owner is not None and cluster.owner is not owner
    return cluster if not other and _compatible(linker, cluster, mention) else None


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
    extra = mention.modifiers - linker.words.neutral - spoken - inside - cluster.modifiers
    if (cluster.modifiers ^ mention.modifiers) & linker.words.contrast:
        return False
    return not extra or bool(names)


_SIEVES: Final[tuple[tuple[str, Callable[[Linker, Mention], Cluster | None]], ...]] = (
    ("role", _by_role),
    ("type", _by_type),
    ("same kind", _by_kind),
    ("same head", _by_head),
)
