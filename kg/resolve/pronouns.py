"""Whom a pronoun or a silent subject stands for, where that is clear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.lang.lexicon import lexicon
from kg.resolve.clusters import AGENTS, Cluster
from kg.resolve.linker import Linker
from kg.resolve.mentions import Mention
from kg.resolve.owners import judges

__all__ = ["referent"]

_WINDOW: Final = {"pronoun": 2, "null": 1}
"""Sentences back in which a pronoun or silent subject looks."""
_MARGIN: Final = 0.25
"""By how much the best candidate must beat the second."""
_CLAUSAL: Final = frozenset(("csubj", "csubj:pass"))
_JUDGED: Final = frozenset(("cop", "aux:pass"))
_SUBORDINATE: Final = frozenset(("ccomp", "xcomp", "acl"))
_ACTING: Final = frozenset(("verb.communication", "verb.cognition", "verb.emotion"))
_TIME: Final = "noun.time"
_NOUNS: Final = frozenset(("NOUN", "PROPN"))


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    last: Mention
    cluster: Cluster


def referent(linker: Linker, mention: Mention) -> tuple[Cluster | None, str]:
    """The one cluster a pronoun clearly stands for, and the rule's name.

    Subjects come before others, near before far; two candidates of about the same weight mean none.
    """
    if mention.reflexive:
        return _own_subject(linker, mention)
    if _impersonal(linker, mention):
        return None, ""
    speaker = linker.speaker_at(mention)  # who speaks of "him" speaks of somebody else
    window = _WINDOW.get(mention.form, 1)
    judged, own = judges(linker, mention)
    candidates = [
        _Candidate(_score(last, cluster, mention) - own * (cluster is judged), last, cluster)
        for last, cluster in linker.recent(mention, window)
        if cluster is not speaker
        and (own or cluster is not judged)
        and not _spoken_of(linker, cluster, mention)
        and _possible(linker, last, cluster, mention)
    ]
    candidates.sort(key=lambda c: (-c.score, -c.last.position))
    if not candidates:
        return None, ""
    best, *others = candidates
    if others and best.score - others[0].score < _MARGIN:
        return None, ""
    rivals = any(c.cluster.type == "person" for c in others)
    guessed = best.cluster.type == "person" and not best.cluster.gender
    if mention.features.gender and guessed and rivals:
        return None, ""  # she may be either of two people of unknown gender
    return best.cluster, "silent subject" if mention.form == "null" else "pronoun"


def _spoken_of(linker: Linker, cluster: Cluster, mention: Mention) -> bool:
    """Whether a speaker names or describes it, so is not it: *“Lee was great”, she said*."""
    said = linker.voices.said_by(mention.head)
    return bool(said) and any(
        m.form in ("name", "nominal") and linker.voices.at(m.position) in said
        for m in cluster.mentions
    )


def _own_subject(linker: Linker, mention: Mention) -> tuple[Cluster | None, str]:
    """The subject of the clause a reflexive pronoun stands in: *Lee called herself a poet*."""
    found = [
        c
        for last, c in linker.recent(mention, 0)
        if last.subject and last.governor == mention.governor and c.agrees(mention.features)
    ]
    return (found[0], "reflexive") if found else (None, "")


def _impersonal(linker: Linker, mention: Mention) -> bool:
    """Whether it stands for nobody or a clause: ``it seems``, ``lo ha detto``."""
    verb = linker.doc[mention.governor]
    if mention.features.human is True:
        return False
    if mention.subject:
        below = {child.dep_ for child in verb.children}
        judged = bool(below & _JUDGED) and bool(below & _SUBORDINATE)
        clausal = judged or bool(below & _CLAUSAL)
        return clausal or verb.lemma_.lower() in linker.words.impersonal
    vague = mention.form == "pronoun" and mention.features.human is None
    return vague and mention.features.number == "s" and _acts(linker, mention)


def _possible(linker: Linker, last: Mention, cluster: Cluster, mention: Mention) -> bool:
    if cluster.type is None or not cluster.agrees(mention.features):
        return False
    if last.compound or (last.governor == mention.governor and last.governor >= 0):
        return False
    if mention.subject and cluster.type not in AGENTS and _acts(linker, mention):
        return False
    if last.form == "nominal" and linker.doc[last.head].pos_ not in _NOUNS:
        return False
    if mention.form == "null" and not (last.subject or _set_apart(last, mention)):
        return False
    return _salient(linker, cluster, last, mention)


def _score(last: Mention, cluster: Cluster, mention: Mention) -> float:
    """Weights as in centering: subjects, names, frequent things first, and near before far."""
    score = -1.5 * (mention.sentence - last.sentence) + 0.5 * cluster.named
    score += 0.25 * min(len(cluster.mentions), 4)
    if last.subject:
        score += 2.0
    elif _set_apart(last, mention):
        score += 1.5
    if cluster.gender and cluster.gender == mention.features.gender:
        score += 1.0
    return score


def _set_apart(last: Mention, mention: Mention) -> bool:
    """Whether a name before a verb may be its subject that the parser hung elsewhere."""
    return last.bare and mention.form == "null" and last.sentence == mention.sentence


def _salient(linker: Linker, cluster: Cluster, last: Mention, pronoun: Mention) -> bool:
    """Whether a thing is prominent enough to be taken up by a word that says so little."""
    if pronoun.form == "null":
        return cluster.type in AGENTS or cluster.kind is not None
    language = linker.words.language
    if cluster.lemma and lexicon().supersense(cluster.lemma, "n", language) == _TIME:
        return False
    copula = any(c.dep_ == "cop" for c in linker.doc[pronoun.governor].children)
    if not (pronoun.features.human is False and pronoun.subject and copula):
        return True
    # "it was a hard day": often nothing that was spoken of
    known = cluster.named or cluster.kind or cluster.members or len(cluster.mentions) > 1
    return bool(known) and last.subject


def _acts(linker: Linker, mention: Mention) -> bool:
    """Whether the predicate is one of saying, thinking or feeling."""
    verb = linker.doc[mention.governor].lemma_.lower()
    return lexicon().supersense(verb, "v", linker.words.language) in _ACTING
