"""What one token of a tree says: its dependents, features, preposition, and what it names."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.rules import Rules
from kg.extract.tree import base

__all__ = [
    "case_of",
    "deps",
    "feature",
    "finite",
    "is_name",
    "is_place",
    "is_share",
    "is_time",
]


def deps(token: Token, *names: str) -> list[Token]:
    """Dependents whose relation, with or without its subtype, is among ``names``."""
    return [c for c in token.children if c.dep_ in names or base(c.dep_) in names]


def feature(token: Token, name: str, value: str) -> bool:
    """True if a token's morphology has a feature's value."""
    return value in token.morph.get(name, [])


def finite(p: Token) -> bool:
    """True for a predicate with tense: its own, or that of an auxiliary or copula."""
    return any(feature(v, "VerbForm", "Fin") for v in (*deps(p, "aux", "cop"), p))


def case_of(token: Token) -> str:
    """The preposition of a phrase as lemmas (``in``, ``di``, ``because of``), empty without one."""
    parts: list[Token] = []
    for c in deps(token, "case"):
        if c.pos_ in ("PART", "DET") or c.lemma_ in ("'s", "’s"):
            continue
        parts += [c, *deps(c, "fixed")]
    return " ".join(c.lemma_.lower() for c in sorted(parts, key=lambda t: t.i))


def is_name(token: Token) -> bool:
    """True for (a part of) the name of a person."""
    return token.ent_type_ == "PER"


def is_place(token: Token) -> bool:
    """True for (a part of) the name of a place."""
    return token.ent_type_ == "LOC"


def is_time(token: Token, table: Rules) -> bool:
    """True where a phrase tells when: *in 2022*, *nei prossimi anni*, *Monday*."""
    if token.lemma_.lower() in table.time_nouns or token.lower_ in table.time_nouns:
        return True
    if token.pos_ == "NUM" and token.is_digit:
        year = len(token.text) == 4 and token.text[0] in "12"
        return year or any(c.lower_ in table.time_nouns for c in token.children)
    return False


def is_share(head: Token, table: Rules) -> bool:
    """True for a percentage, whose whole is an argument of its own: *70% of the market*."""
    return head.lower_ in table.percent_words
