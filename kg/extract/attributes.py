"""Values that belong to a thing: *the fine of £1,250*, *a 51% stake*, *la legge del 19.2.2004*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from kg.extract.facts import Facts
from kg.extract.phrases import argument, words_of
from kg.extract.relations import copula_relation
from kg.extract.rules import Rules
from kg.extract.sentence import Parse, Word
from kg.extract.tokens import case_of, deps, is_time
from kg.extract.values import find_values
from kg.types import Argument, Extraction, Value

__all__ = ["valued"]

_KINDS: Final = frozenset(("money", "percent", "date"))
"""What is told of a thing; how many there are of something is an amount of it."""
_ANY_DAY: Final = "2000-06-15"
"""Whether words are a date does not depend on what it counts from."""
_REMEMBERED: Final = 1 << 12
_NUMBERS: Final = ("NUM", "SYM")


def valued(noun: Word, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """What a thing costs, how great a share or of which date it is.

    *The fine of £1,250 was paid* → fine | be of | £1,250; *a 51% stake* → stake | be of | 51%; *the
    riot of January 6* → riot | be of | --01-06.
    """
    if noun.entity or noun.lemma in table.partitives or is_time(noun, table) or deps(noun, "cop"):
        return
    for c in deps(noun, "nmod", "compound", "nummod"):
        if c.dep == "nmod:poss" or not any(map(_is_number, c.subtree)):
            continue
        case = case_of(c) or next((t.lemma for t in c.subtree if t.dep == "case"), "")
        if not case and c.i > noun.i and c.relation != "nummod":
            continue
        led = {k.i for k in deps(c, "case")} or {t.i for t in c.subtree if t.lemma == case}
        tokens = tuple(sorted(t.i for t in c.subtree if t.i not in led))
        text = words_of(noun.parse, tokens)
        found = _value(text, table)
        if found is None or found[2].kind not in _KINDS or _loose_date(found[2], case, table):
            continue
        kept = _between(c.parse, tokens, *found[:2])
        case = case or min(table.possessor_cases)
        subject = argument(noun, "subject", table, case="")
        inside = {*tokens, *led}
        rest = tuple(i for i in subject.tokens if i not in inside)
        if not rest or noun.i not in rest:
            continue
        relation = copula_relation(table)
        relation = replace(relation, text=f"{relation.text} {case}", case=case)
        yield facts.by("noun", "value").extraction(
            subject, relation, Argument("object", kept, kept[-1], words_of(c.parse, kept), case)
        )


def _loose_date(value: Value, case: str, table: Rules) -> bool:
    """A date that is not the noun's: *won a prize in 2003*, *the 2026 election* (its name)."""
    if value.kind != "date":
        return False
    return case not in table.possessor_cases if case else value.comparator == "eq"


def _is_number(word: Word) -> bool:
    return word.pos in _NUMBERS or word.text[:1].isdigit()


def _between(parse: Parse, tokens: tuple[int, ...], begin: int, end: int) -> tuple[int, ...]:
    """The words that stand in a part of their text: *2024* of *the year 2024*."""
    at = [len(words_of(parse, tokens[: n + 1])) for n in range(len(tokens))]
    return tuple(i for i, last in zip(tokens, at, strict=True) if begin < last <= end)


def _value(text: str, table: Rules) -> tuple[int, int, Value] | None:
    """The value that words are, with its place, also beside a word for a time: *the year 2024*."""
    found = _found(text, table.language)
    if len(found) != 1:
        return None
    begin, end, _ = found[0]
    rest = f"{text[:begin]} {text[end:]}".lower().split()
    return found[0] if all(w in table.time_nouns for w in rest) else None


@lru_cache(maxsize=_REMEMBERED)
def _found(text: str, language: str) -> tuple[tuple[int, int, Value], ...]:
    return tuple(find_values(text, language, reference=_ANY_DAY))
