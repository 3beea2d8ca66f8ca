"""Whose a role is that somebody has: *X is the president of France*, *his brother Y*."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.names import is_role
from kg.extract.rules import rules
from kg.resolve.clusters import Cluster
from kg.resolve.linker import Linker
from kg.resolve.mentions import Mention, mention_key
from kg.resolve.phrases import is_possessive
from kg.resolve.reading import Token
from kg.types import Argument, Extraction

__all__ = ["with_owner"]

_MARKED: Final = frozenset(("det", "det:poss", "punct", "case"))
"""What stands in a role's phrase and is no part of its name."""
_WORDS: Final = 3
"""Words that a role has at most: what is longer describes somebody (*hardest working man of*)."""
_SUBJECTS: Final = frozenset(("nsubj", "nsubj:pass"))
_BELOW: Final = frozenset(("advcl", "xcomp", "conj"))
"""Clauses whose subject may be that of the clause above."""
_NOUNS: Final = frozenset(("NOUN", "PROPN"))


def with_owner(extraction: Extraction, linker: Linker, subject: Cluster) -> Extraction:
    """*is | the president of France* as *is president of | France*, which a title says too.

    For persons, where the role is of one name or of whom its possessive pronoun stands for (or is
    a relative of the clause's subject: *con la moglie Y*) and nothing else is said of it. Otherwise
    the extraction as it is.
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
    owner = _owner(linker, mention, target) or _relative(linker, mention, head)
    if owner is None:
        return extraction
    key = mention_key(owner)
    cluster = linker.of.get(linker.mentions.owner.get(key, key))
    if cluster is None or cluster is subject or not (cluster.named or cluster.members):
        return extraction
    kept = _name(linker, target, owner)
    if not kept:
        return extraction
    verb = relation.text if relation.tokens else ""  # an apposition's copula is not said
    folded = replace(
        relation,
        tokens=tuple(sorted({*relation.tokens, *(t.i for t in kept)})),
        text=" ".join(part for part in (verb, *(t.text for t in kept), owner.case) if part),
        noun=" ".join(t.lemma_ for t in kept).replace(" - ", "-"),
        case=owner.case,
    )
    return replace(extraction, relation=folded, object=owner)


def _name(linker: Linker, role: Argument, owner: Argument) -> list[Token]:
    """The words that a role is called by, without whose it is; none if they say more than that."""
    head = linker.doc[role.head]
    owned = {t.i for t in linker.doc[owner.head].subtree} if owner.tokens else set()
    kept = [
        t
        for i in role.tokens
        if (t := linker.doc[i]) is head or (i not in owned and t.dep_ not in _MARKED)
    ]
    more = any(t.pos_ == "NUM" or (t.i > head.i and t.pos_ != "ADJ") for t in kept)
    return [] if more or len(kept) > _WORDS else kept


def _owner(linker: Linker, mention: Mention, role: Argument) -> Argument | None:
    """The one name or possessive in a role's phrase that says whose it is."""
    cases = rules(linker.words.language).possessor_cases
    found = [
        c
        for c in linker.doc[role.head].children
        if is_possessive(c, linker.words)
        or c.dep_ == "nmod:poss"
        or (c.dep_ == "nmod" and any(k.dep_ == "case" and k.lemma_ in cases for k in c.children))
    ]
    if len(found) != 1 or any(c.dep_ in ("conj", "acl:relcl") for c in found[0].children):
        return None
    owner = found[0]
    owned = {t.i for t in owner.subtree}
    if not owned.issuperset(mention.inner):
        return None  # of more than one thing
    inside = [i for i in role.tokens if i in owned and linker.doc[i].dep_ != "case"] or [owner.i]
    text = linker.doc.text(min(inside), max(inside) + 1)
    return Argument("oblique", tuple(inside), owner.i, text, min(cases))


def _relative(linker: Linker, mention: Mention, head: Token) -> Argument | None:
    """Whose relative *la moglie*, with the article alone, is: the subject's of its clause.

    Or that of the name it is coordinated with: *Rossi e la moglie*. Nouns of relatives need no
    possessive in such languages (Guéron 2006, "Inalienable Possession").
    """
    if head.lemma_.lower() not in linker.words.kin or not mention.definite:
        return None
    case = min(rules(linker.words.language).possessor_cases)
    token = head
    if token.dep_ == "conj" and token.head.pos_ == "PROPN":
        return _whole(token.head, case)
    while token.head is not token:
        token, below = token.head, token
        if token.pos_ == "VERB":
            subjects = [c for c in token.children if c.dep_ in _SUBJECTS and c is not below]
            if subjects:
                return _whole(subjects[0], case)
            if -1 - token.i in linker.of:
                return Argument("oblique", (), token.i, "", case)
            if below.dep_ in _SUBJECTS or token.dep_ not in _BELOW:
                return None
        elif token.pos_ not in _NOUNS or is_role(
            token.pos_, token.lemma_, token.lower_, linker.words.language
        ):
            return None  # the neighbour of the wife: whose wife is not said
    return None


def _whole(token: Token, case: str) -> Argument:
    return Argument("oblique", (token.i,), token.i, token.text, case)
