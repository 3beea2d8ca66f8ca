"""Clauses rendered as extractions: the profile ``graph`` (binary, compact, one fold)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from kg.extract.arguments import (
    MOST_PAIRS,
    other_arguments,
    pairs,
    slot_argument,
    slot_arguments,
)
from kg.extract.clauses import Clause
from kg.extract.copulas import copula, linking, naming
from kg.extract.facts import Facts
from kg.extract.factuality import control
from kg.extract.phrases import argument, clause_argument, words_of
from kg.extract.relations import clause_relation, copula_relation, with_case
from kg.extract.rules import Rules
from kg.extract.tokens import case_of, deps, is_time
from kg.extract.values import parse_value
from kg.types import Argument, Extraction, Relation

__all__ = ["render"]

_REMEMBERED: Final = 1 << 12


def render(clause: Clause, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """The binary facts of a clause, its other arguments as qualifiers."""
    subjects = slot_arguments(clause.subjects, table)
    if not subjects:
        return
    if _only_governs(clause, table):
        return
    if clause.copular:
        yield from copula(clause, subjects, facts, table)
    elif _links(clause, table):
        yield from linking(clause, subjects, facts, table)
    elif _existential(clause, table):
        yield from _exists(clause, subjects, facts, table)
    else:
        yield from _verbal(clause, subjects, facts, table)


def _links(clause: Clause, table: Rules) -> bool:
    """*became president*: a verb like *be* with what its subject is."""
    links = clause.predicate.lemma in table.copulas
    return links and bool(clause.predicatives) and not clause.objects


def _only_governs(clause: Clause, table: Rules) -> bool:
    """*si impegna a investire*: the infinitive says it all, the verb above adds nothing."""
    p = clause.predicate
    known = table.planned_verbs | table.possible_verbs | table.negating_verbs
    if p.lemma not in known or clause.objects or clause.complement is not None:
        return False
    return any(c.pos == "VERB" for c in deps(p, "xcomp")) or any(
        control(c, table) for c in deps(p, "advcl")
    )


def _existential(clause: Clause, table: Rules) -> bool:
    """*there is*, *c'è*: says of nothing that it exists."""
    return any(c.dep == "expl" and c.lower in table.existential for c in clause.predicate.children)


def _exists(
    clause: Clause, subjects: list[Argument], facts: Facts, table: Rules
) -> Iterator[Extraction]:
    """*There are 300 workers in the plant*: they are in it; that something exists says nothing."""
    parse = clause.predicate.parse
    words = clause_relation(clause)
    relation = copula_relation(table, words.tokens, words.text)
    found = [(s, slot.head, slot.case) for s in subjects for slot in clause.obliques]
    found += [(s, c, case_of(c)) for s in subjects for c in deps(parse[s.head], "nmod")]
    for s, place, case in found:
        if case in table.place_cases and not is_time(place, table):
            o = argument(place, "place", table, case=case)
            inside = {*o.tokens, *(c.i for c in deps(place, "case", "det"))}
            tokens = tuple(i for i in s.tokens if i not in inside)
            who = replace(s, tokens=tokens, text=words_of(parse, tokens))
            yield facts.extraction(who, with_case(relation, o, parse), o)


def _verbal(
    clause: Clause, subjects: list[Argument], facts: Facts, table: Rules
) -> Iterator[Extraction]:
    """With objects, with what is said, with obliques, or with nothing but the subject."""
    others = other_arguments(clause, table)
    relation = clause_relation(clause)
    if clause.passive and clause.predicatives and not clause.objects:
        for s, o in pairs(subjects, slot_arguments(clause.predicatives, table)):
            yield facts.extraction(s, relation, replace(o, case=""), tuple(others))
    elif clause.objects:
        yield from _transitive(clause, subjects, relation, others, facts, table)
    elif clause.complement is not None and clause.complement.pos != "ADP":
        said = clause_argument(clause.complement, "complement", table)
        if said.tokens:
            for s in subjects[:MOST_PAIRS]:
                yield facts.extraction(s, relation, said, tuple(others))
    elif any(_weighty(a) for a in others):
        yield from _oblique(clause, subjects, relation, others, facts, table)
    elif (others and not clause.governors) or clause.predicate.dep in ("ROOT", "ccomp"):
        rule = f"{facts.rule}-intransitive"
        for s in subjects[:MOST_PAIRS]:
            yield facts.extraction(s, relation, None, tuple(others), rule=rule)


def _weighty(a: Argument) -> bool:
    """True for an argument that can be the object of a relation with its preposition."""
    return a.role in ("oblique", "place", "indirect_object") and not a.clause


def _transitive(
    clause: Clause,
    subjects: list[Argument],
    relation: Relation,
    others: list[Argument],
    facts: Facts,
    table: Rules,
) -> Iterator[Extraction]:
    light = clause.predicate.lemma in table.light
    rest = tuple(others + [slot_argument(s, table) for s in clause.predicatives])
    for s, o in pairs(subjects, slot_arguments(clause.objects, table)):
        folded = _fold(clause, s, o, rest, facts, table) if light else None
        yield folded or facts.extraction(s, relation, o, rest)
    yield from naming(clause, facts, table)


def _oblique(
    clause: Clause,
    subjects: list[Argument],
    relation: Relation,
    others: list[Argument],
    facts: Facts,
    table: Rules,
) -> Iterator[Extraction]:
    """*invested in | Texas*: arguments of the same role are objects of relations of their own.

    What says when or why (*after the war*) only where there is nothing else.
    """
    parse = clause.predicate.parse
    weighty = [a for a in others if _weighty(a)]
    objects = [a for a in weighty if a.case not in table.adjunct_cases] or weighty
    for s, o in pairs(subjects, objects):
        rest = tuple(a for a in others if a.role != o.role or a.clause or a not in objects)
        yield facts.extraction(s, with_case(relation, o, parse), o, rest)


def _fold(
    clause: Clause,
    s: Argument,
    o: Argument,
    others: tuple[Argument, ...],
    facts: Facts,
    table: Rules,
) -> Extraction | None:
    """A light verb's object goes into the relation: *had | an impact on | prices*."""
    parse = clause.predicate.parse
    noun = parse[o.head]
    if noun.pos != "NOUN" or _is_amount(o.text, table.language):
        return None
    target, edge = _complement_of_noun(o, others, clause, table)
    if target is None:
        return None
    if noun.lemma in table.partitives and target.case in table.possessor_cases:
        return None  # have | a lot of work
    head_words = [i for i in o.tokens if i not in target.tokens and i < edge]
    verb = clause_relation(clause)
    tokens = tuple(sorted({*verb.tokens, *head_words}))
    relation = Relation(
        tokens=tokens,
        text=f"{words_of(parse, tokens)} {target.case}",
        lemma=verb.lemma,
        case=target.case,
        noun=noun.lemma,
        passive=verb.passive,
    )
    rest = tuple(a for a in others if a.head != target.head)
    return facts.extraction(s, relation, target, rest, rule="light-verb")


@lru_cache(maxsize=_REMEMBERED)
def _is_amount(text: str, language: str) -> bool:
    """*paid | 5 million pounds | for the painting*: money is what is paid, no act."""
    value = parse_value(text, language)
    return value is not None and value.kind in ("money", "percent")


def _complement_of_noun(
    o: Argument, others: tuple[Argument, ...], clause: Clause, table: Rules
) -> tuple[Argument | None, int]:
    """What a light verb's noun is about, and the token where the noun's own words end.

    A named partner of the verb comes first (*made a deal with | Ghana*), then the noun's modifier
    (*an impact on | prices*), then any other phrase of the verb.
    """
    parse = clause.predicate.parse
    apart = table.member_cases | table.adjunct_cases
    outer = [
        a
        for a in others
        if a.role in ("oblique", "indirect_object")
        and not a.clause
        and a.case
        and a.case not in apart
    ]
    partner = next(
        (a for a in outer if parse[a.head].entity or a.case in table.partner_cases), None
    )
    if partner is not None:
        return partner, len(parse)
    noun = parse[o.head]
    for c in deps(noun, "nmod"):
        if c.i > noun.i and case_of(c) and case_of(c) not in apart:
            return argument(c, "oblique", table), c.begin
    return (outer[0] if outer else None), len(parse)
