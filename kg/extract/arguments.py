"""The slots of a clause as arguments, with the examples that are named after a noun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import Final

from kg.extract.clauses import Clause
from kg.extract.phrases import argument, clause_argument, members
from kg.extract.rules import Rules
from kg.extract.subjects import Slot
from kg.extract.tokens import case_of, deps
from kg.types import Argument

__all__ = ["MOST_PAIRS", "other_arguments", "pairs", "slot_argument", "slot_arguments"]

MOST_PAIRS: Final = 16
"""Subjects × objects of one predicate; more is an enumeration that the parser misread."""


def slot_argument(slot: Slot, table: Rules) -> Argument:
    """A slot as an argument; a subject that is not said has no words."""
    if slot.null:
        return Argument(slot.role, (), slot.head.i, "")
    return argument(slot.head, slot.role, table, case=slot.case)


def slot_arguments(slots: Iterable[Slot], table: Rules) -> list[Argument]:
    """Slots and the examples named after them as arguments."""
    return [slot_argument(s, table) for slot in slots for s in _with_members(slot, table)]


def _with_members(slot: Slot, table: Rules) -> list[Slot]:
    if slot.null:
        return [slot]
    named = slot.head.head.lemma in table.naming
    examples = [
        m
        for m in members(slot.head, table)
        if not (named and case_of(m) in table.predicative_cases)  # hailed the deal as a win
    ]
    return [slot, *(Slot(m, slot.role, slot.case) for m in examples)]


def other_arguments(clause: Clause, table: Rules) -> list[Argument]:
    """A clause's obliques and purposes."""
    found = slot_arguments(clause.obliques, table)
    for purpose in clause.purpose:
        mark = deps(purpose, "mark")[0]
        found.append(clause_argument(purpose, "adverbial", table, case=mark.lemma))
    return [a for a in found if a.tokens]


def pairs(
    subjects: Iterable[Argument], objects: Iterable[Argument]
) -> Iterator[tuple[Argument, Argument]]:
    """Every subject with every object but itself, up to `MOST_PAIRS`."""
    for s, o in islice(product(subjects, objects), MOST_PAIRS):
        if s.head != o.head or not s.tokens:
            yield s, o
