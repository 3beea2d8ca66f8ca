"""Clauses in the sentence's words with exact borders: the profile ``benchie``.

What counts as a fact follows the annotation guidelines of BenchIE (Gashteovski et al. 2022,
https://aclanthology.org/2022.acl-long.307/): nothing implicit, auxiliaries and negation kept, and
folded arguments: *He | served as Prime Minister of | Australia* beside *He | served as | Prime
Minister of Australia*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.clauses import Clause
from kg.extract.facts import Facts
from kg.extract.factuality import control
from kg.extract.phrases import clause_argument, conjuncts, phrase_tokens, spread, words_of
from kg.extract.relations import verb_words
from kg.extract.rules import Rules
from kg.extract.sentence import Parse, Word
from kg.extract.subjects import Slot
from kg.extract.tokens import case_of, deps, finite
from kg.types import Argument, Extraction, Relation

__all__ = [
    "Target",
    "case_words",
    "compact",
    "folded",
    "relation_of",
    "stem_of",
    "subjects_of",
    "targets",
]

_DEEPEST: Final = 3  # folds within folds: served as Prime Minister of the State of Victoria
_MOST_SUBJECTS: Final = 6


@dataclass(frozen=True, slots=True)
class Target:
    """An argument's head and the words that lead to it: the verb's, an object's, a preposition."""

    head: Word
    lead: tuple[str, ...]


def folded(clause: Clause, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """One fact for each argument, and one for each phrase folded out of it."""
    subjects = subjects_of(clause, table)
    p = clause.predicate
    if not subjects or (p.dep == "acl" and deps(p, "mark") and p.head.pos in ("NOUN", "PROPN")):
        return  # the responsibility for providing …: folded into what governs it
    for said in _clauses(clause, table):
        marks = " ".join(m.text for m in deps(said.head, "mark"))
        words = clause_argument(said.head, "complement", table, case=marks)
        for s in subjects:
            if words.tokens:
                yield facts.extraction(s, relation_of(clause, said.lead), words)
    for target in targets(clause, table):
        for found in _folds(target, table, 0):
            object_ = compact(found.head, table)
            if not object_.tokens:
                continue
            for s in subjects:
                if s.head != object_.head:
                    yield facts.extraction(s, relation_of(clause, found.lead), object_)


def subjects_of(clause: Clause, table: Rules) -> list[Argument]:
    """The subjects that a clause's sentence has words for."""
    slots = (_as_it_stands(s) for s in clause.subjects[:_MOST_SUBJECTS] if not s.null)
    found = (replace(compact(s.head, table), role="subject") for s in slots)
    return [s for s in found if s.tokens]


def _as_it_stands(slot: Slot) -> Slot:
    """*His son*, where the name that follows is an apposition set off by a comma."""
    head = slot.head
    if head.relation != "appos" or slot.null:
        return slot
    between = head.parse[head.head.i + 1 : head.i]
    return replace(slot, head=head.head) if any(t.text == "," for t in between) else slot


def relation_of(clause: Clause, lead: Iterable[str]) -> Relation:
    """The relation of a clause whose words are those that lead to the object."""
    words = tuple(stem_of(clause))
    return Relation(words, " ".join(lead), clause.predicate.lemma, passive=clause.passive)


# -- arguments and what leads to them --------------------------------------------------------


def stem_of(clause: Clause) -> list[int]:
    """The verb group with its governors: *was said to have made*."""
    p = clause.predicate
    words = set(verb_words(p))
    first = p
    while clause.governors and first.relation == "conj":
        first = first.head  # able to reinforce the hotel and | defeat several attacks
    for governor in clause.governors:
        words.update(verb_words(governor))
        words.update(c.i for c in deps(first, "mark"))
    if clause.copular and p.pos not in ("ADJ", "VERB"):
        words.discard(p.i)
    return sorted(words)


def targets(clause: Clause, table: Rules, *, fold: bool = True) -> Iterator[Target]:
    """A clause's arguments; with ``fold`` its first object leads to those after it."""
    p = clause.predicate
    parse = p.parse
    stem: tuple[str, ...] = (words_of(parse, stem_of(clause)),)
    if clause.copular:
        yield from _predicates(clause, stem, table)
    for slot in clause.objects:
        yield Target(slot.head, stem)
    lead = stem
    if clause.objects and fold:
        lead = (*stem, _core(clause.objects[0].head, table))
    for slot in clause.predicatives:
        yield Target(slot.head, (*lead, *case_words(slot.head, table)))
    if clause.copular and p.pos not in ("ADJ", "VERB"):
        lead = (*stem, _core(p, table))
    for slot in clause.obliques:
        case = case_words(slot.head, table)
        yield Target(slot.head, (*lead, *case))
        if slot.head.dep == "obl:agent" and fold:  # hit by two earthquakes within ten years
            lead = (*lead, *case, _core(slot.head, table))


def _predicates(clause: Clause, stem: tuple[str, ...], table: Rules) -> Iterator[Target]:
    """What a copula's subject is: *a lawyer*, *politician*; *large*, unless *large for | a dog*."""
    p = clause.predicate
    nominal = p.pos not in ("ADJ", "VERB")
    if not nominal and clause.obliques:
        return
    copula = words_of(p.parse, tuple(i for i in stem_of(clause) if i != p.i))
    for t in conjuncts(p):
        yield Target(t, (*stem, *case_words(t, table)) if nominal else (copula,))


def _clauses(clause: Clause, table: Rules) -> Iterator[Target]:
    """Clauses as arguments: *said | it helps*, *died after | giving a speech*."""
    p = clause.predicate
    lead = [words_of(p.parse, stem_of(clause))]
    if clause.complement is not None and not clause.copular and clause.complement.pos != "ADP":
        yield Target(clause.complement, tuple(lead))
    if clause.objects:
        lead.append(_core(clause.objects[0].head, table))
    for c in deps(p, "advcl"):
        marks = [m.text for m in deps(c, "mark") if m.lower not in table.infinitive_marks]
        if marks and c.i > p.i and not finite(c) and not control(c, table):
            yield Target(c, (*lead, *marks))


def compact(head: Word, table: Rules) -> Argument:
    """A phrase as an object, without the modifiers that are folded out of it."""
    tokens = _core_tokens(head, table)
    return Argument("object", tokens, head.i, words_of(head.parse, tokens))


def _core(head: Word, table: Rules) -> str:
    """The words of a phrase's core."""
    return words_of(head.parse, _core_tokens(head, table))


def _core_tokens(head: Word, table: Rules) -> tuple[int, ...]:
    """A phrase up to the first modifier that could be the verb's: *several attacks* (on the …)."""
    cut = [
        c.begin
        for c in deps(head, "nmod")
        if c.i > head.i and case_of(c) and case_of(c) not in table.possessor_cases
    ]
    end = min(cut, default=len(head.parse))
    return tuple(i for i in phrase_tokens(head, table) if i < end)


def case_words(head: Word, table: Rules) -> tuple[str, ...]:
    """A phrase's preposition as it stands, with the noun that is part of it: *in honor of*.

    A conjunct has that of the phrase it goes on with: *in England and | Wales*.
    """
    while head.relation == "conj" and not _own_case(head.parse, head):
        head = head.head
    words = _own_case(head.parse, head)
    outer = head.head
    if outer.relation == "advmod" and outer.i < head.i and head.relation in ("nmod", "obl"):
        return (outer.text, *words)  # northeast of Tarboro
    within = head.relation == "nmod" and outer.lemma in table.preposition_nouns
    if within and _own_case(head.parse, outer):
        words = (*_own_case(head.parse, outer), outer.text, *words)
    return words


def _own_case(parse: Parse, head: Word) -> tuple[str, ...]:
    marks = sorted(
        {k.i for c in deps(head, "case") if c.i < head.i for k in (c, *deps(c, "fixed"))}
    )
    return tuple(parse[i].text for i in marks)


def _folds(target: Target, table: Rules, depth: int) -> Iterator[Target]:
    """The target, and each phrase inside it with what stands before it folded into the lead."""
    yield target
    if depth >= _DEEPEST:
        return
    head = target.head
    own = phrase_tokens(head, table)
    yield from _clausal_folds(target, table, depth)
    for c in deps(head, "nmod"):
        if c.i < head.i or not case_of(c) or case_of(c) in table.member_cases:
            continue
        if head.pos == c.pos == "PROPN":
            continue  # University of Connecticut: one name
        before = [i for i in own if i < c.begin]
        if not before:
            continue
        for inner in spread(c):
            lead = (*target.lead, words_of(head.parse, before), *case_words(c, table))
            yield from _folds(Target(inner, lead), table, depth + 1)


def _clausal_folds(target: Target, table: Rules, depth: int) -> Iterator[Target]:
    """*deals with cases involving | sanctions*, *the responsibility for providing | a garrison*."""
    parse = target.head.parse
    for verb in deps(target.head, "acl"):
        if verb.dep == "acl:relcl" or verb.pos != "VERB" or verb.i < target.head.i:
            continue
        words = sorted({*verb_words(verb), *(m.i for m in deps(verb, "mark"))})
        stem = (*target.lead, _core(target.head, table), words_of(parse, words))
        objects = [t for o in deps(verb, "obj") for t in spread(o)]
        for o in objects:
            yield from _folds(Target(o, stem), table, depth + 1)
        after = (*stem, _core(objects[0], table)) if objects else stem
        for c in deps(verb, "obl"):
            if case_of(c):
                for t in spread(c):
                    yield Target(t, (*after, *case_words(t, table)))
