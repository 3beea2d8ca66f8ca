"""What one word of a tree says: its dependents, features, preposition, and what it names."""

from __future__ import annotations

from kg.extract.rules import Rules
from kg.extract.sentence import Word

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


def deps(word: Word, *names: str) -> list[Word]:
    """Dependents whose relation, with or without its subtype, is among ``names``."""
    found = []
    for c in word.children:
        if c.relation in names or c.dep in names:
            found.append(c)  # noqa: PERF401 - asked a hundred times a word; a comprehension is slower
    return found


def feature(word: Word, name: str, value: str) -> bool:
    """True if a word's morphology has a feature's value."""
    return f"{name}={value}" in word.features


def finite(p: Word) -> bool:
    """True for a predicate with tense: its own, or that of an auxiliary or copula."""
    return any(feature(v, "VerbForm", "Fin") for v in (*deps(p, "aux", "cop"), p))


def case_of(word: Word) -> str:
    """The preposition of a phrase as lemmas (``in``, ``di``, ``because of``), empty without one."""
    if word.case is None:
        parts: list[Word] = []
        for c in deps(word, "case"):
            if c.pos in ("PART", "DET") or c.lemma in ("'s", "’s"):
                continue
            parts += [c, *deps(c, "fixed")]
        word.case = " ".join(c.lemma for c in sorted(parts, key=lambda t: t.i))
    return word.case


def is_name(word: Word) -> bool:
    """True for (a part of) the name of a person."""
    return word.entity == "PER"


def is_place(word: Word) -> bool:
    """True for (a part of) the name of a place."""
    return word.entity == "LOC"


def is_time(word: Word, table: Rules) -> bool:
    """True where a phrase tells when: *in 2022*, *nei prossimi anni*, *Monday*."""
    if word.lemma in table.time_nouns or word.lower in table.time_nouns:
        return True
    if word.pos == "NUM" and word.text.isdigit():
        year = len(word.text) == 4 and word.text[0] in "12"
        return year or any(c.lower in table.time_nouns for c in word.children)
    return False


def is_share(head: Word, table: Rules) -> bool:
    """True for a percentage, whose whole is an argument of its own: *70% of the market*."""
    return head.lower in table.percent_words
