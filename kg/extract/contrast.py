"""Which of a clause's arguments its negation is about: *not the law but the decree*."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.factuality import is_not_only
from kg.extract.rules import Rules
from kg.extract.sentence import Parse, Word
from kg.extract.tokens import deps, feature
from kg.types import Argument, Extraction

__all__ = ["contrasted", "is_denied"]


def contrasted(fact: Extraction, parse: Parse, table: Rules) -> Extraction:
    """A fact denied for an argument that is denied, and asserted for one set against it.

    *They wanted not a law but a decree*: the law is denied; *they did not sign the law but the
    decree*: the decree is not; *in Texas, not in Ohio*: nothing is told of Ohio. (Constituent
    negation and its correction: Horn 1989, "A Natural History of Negation", ch. 6.)
    """
    arguments = tuple(a for a in fact.arguments if not _denied(a, parse, table))
    if len(arguments) != len(fact.arguments):
        fact = replace(fact, arguments=arguments)
    slots = [a for a in (fact.subject, fact.object) if a is not None and a.tokens and not a.clause]
    if any(_upheld(parse[a.head], table) for a in slots):
        return replace(fact, negated=False) if fact.negated else fact
    if not fact.negated and any(_denied(a, parse, table) for a in slots):
        return replace(fact, negated=True)
    return fact


def is_denied(word: Word, table: Rules) -> bool:
    """Whether a noun is negated itself: *not a law*, *neither France nor Italy*."""
    if deps(word, "cop"):
        return False  # then it is the clause that is negated
    return any(_denies(c, word, table) for c in word.children)


def _denied(argument: Argument, parse: Parse, table: Rules) -> bool:
    return bool(argument.tokens) and not argument.clause and is_denied(parse[argument.head], table)


def _denies(negation: Word, word: Word, table: Rules) -> bool:
    if negation.lemma not in table.noun_negations or negation.i > word.i:
        return False
    following = word.parse[negation.i + 1]
    # not all of them did it: some did
    return not feature(following, "PronType", "Tot") and not is_not_only(negation, table)


def _upheld(word: Word, table: Rules) -> bool:
    """Whether a conjunct is what holds instead of the one before it."""
    if word.relation != "conj" or not any(c.lemma in table.contrasting for c in deps(word, "cc")):
        return False
    first = word.head
    negations = (
        c
        for c in (*first.children, *first.head.children)
        if c.lemma in table.negations or c.lower in table.negations
    )
    return any(not is_not_only(c, table) for c in negations)
