"""Whose something is that somebody praises or blames: *thanking her for her efforts*."""

from __future__ import annotations

from typing import Final

from kg.resolve.clusters import Cluster
from kg.resolve.linker import Linker
from kg.resolve.mentions import Mention
from kg.resolve.reading import Token

__all__ = ["judges"]

_OWNERS: Final = frozenset(("det:poss", "nmod:poss"))
_JUDGED: Final = frozenset(("obj", "obl"))
_BELOW: Final = frozenset(("advcl", "xcomp", "conj", "acl", "ccomp"))
_HERS: Final = 2.0
"""What a subject weighs more than others (`kg.resolve.pronouns`): it is taken from who judges."""


def judges(linker: Linker, mention: Mention) -> tuple[Cluster | None, float]:
    """Who judges what a possessive belongs to, and what that costs him as its owner.

    With verbs of judgement (Levin 1993, "English Verb Classes and Alternations", class 33) it is
    somebody else's (0: he is out); what one acknowledges may be one's own or another's.
    """
    token = linker.doc[mention.head] if mention.form == "pronoun" else None
    if token is None or token.dep_ not in _OWNERS or token.head.dep_ not in _JUDGED:
        return None, 0.0
    if not mention.features.number:
        return None, 0.0  # *i propri sforzi*, of any number, are the subject's own
    verb = token.head.head
    lemma, words = verb.lemma_.lower(), linker.words
    if lemma not in words.judging and lemma not in words.acknowledging:
        return None, 0.0
    subject = _subject(linker, mention, verb)
    return subject, _HERS if lemma in words.acknowledging else 0.0


def _subject(linker: Linker, mention: Mention, verb: Token) -> Cluster | None:
    """The subject of a verb, or of the verb it depends on where it has none of its own."""
    subjects = {
        last.governor: cluster for last, cluster in linker.recent(mention, 0) if last.subject
    }
    while verb.i not in subjects:
        if verb.dep_ not in _BELOW or verb.head.i == verb.i:
            return None
        verb = verb.head
    return subjects[verb.i]
