"""Whose a role is that somebody has: *X is the president of France*, *his brother Y*."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.names import is_role
from kg.extract.rules import rules
from kg.resolve.clusters import Cluster
from kg.resolve.linker import Linker
from kg.resolve.mentions import Mention
from kg.resolve.phrases import is_possessive
from kg.resolve.reading import Token
from kg.types import Argument, Extraction

__all__ = ["with_owner"]

_MARKED: Final = frozenset(("det", "det:poss", "punct", "case"))
"""What stands in a role's phrase and is no part of its name."""
_WORDS: Final = 3
"""Words that a role has at most: what is longer describes somebody (*hardest working man of*)."""


def with_owner(extraction: Extraction, linker: Linker, subject: Cluster) -> Extraction:
    """*is | the president of France* as *is president of | France*, which a title says too.

    For persons, where the role is of one name or of whom its possessive pronoun stands for, and
    nothing else is said of it. Otherwise the extraction as it is.
    """
    target, relation = extraction.object, extraction.relation
    if target is None or target.role != "predicative" or target.clause or relation.noun:
        return extraction
    mention = linker.mentions.by_head.get(target.head)
    if subject.type != "person" or relation.case or mention is None or mention.form != "nominal":
        return extraction
    head = linker.doc[target.head]
    if not is_role(head.pos_, head.lemma_, head.lower_, linker.words.language):
        return extraction
    owner = _owner(linker, mention, head)
    cluster = linker.of.get(linker.mentions.owner.get(owner.i, owner.i)) if owner else None
    if owner is None or cluster is None or cluster is subject or not _known(cluster):
        return extraction
    owned = {t.i for t in owner.subtree}
    kept = [
        t for i in target.tokens if (t := linker.doc[i]).i not in owned and t.dep_ not in _MARKED
    ]
    if not 0 < len(kept) <= _WORDS or kept[-1] is not head or any(t.pos_ == "NUM" for t in kept):
        return extraction
    case = min(rules(linker.words.language).possessor_cases)
    verb = relation.text if relation.tokens else ""  # an apposition's copula is not said
    words = " ".join(part for part in (verb, *(t.text for t in kept), case) if part)
    folded = replace(
        relation,
        tokens=tuple(sorted({*relation.tokens, *(t.i for t in kept)})),
        text=words,
        noun=" ".join(t.lemma_ for t in kept),
        case=case,
    )
    tokens = tuple(i for i in target.tokens if i in owned and linker.doc[i].dep_ != "case")
    inside = tokens or (owner.i,)
    text = linker.doc.text(min(inside), max(inside) + 1)
    return replace(
        extraction, relation=folded, object=Argument("oblique", inside, owner.i, text, case)
    )


def _owner(linker: Linker, mention: Mention, head: Token) -> Token | None:
    """The one name or possessive that says whose the role is."""
    cases = rules(linker.words.language).possessor_cases
    found = [
        c
        for c in head.children
        if is_possessive(c, linker.words)
        or c.dep_ == "nmod:poss"
        or (c.dep_ == "nmod" and any(k.dep_ == "case" and k.lemma_ in cases for k in c.children))
    ]
    if len(found) != 1 or len(mention.inner) > 1:
        return None
    owner = found[0]
    if owner.dep_ == "conj" or any(c.dep_ in ("conj", "acl:relcl") for c in owner.children):
        return None
    return owner


def _known(cluster: Cluster) -> bool:
    return cluster.named or bool(cluster.members)
