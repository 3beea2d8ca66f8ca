"""The clause inside an event noun: *Trump's visit to Japan*, *agreement between A and B*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from kg.extract.clauses import role_of
from kg.extract.facts import Facts
from kg.extract.phrases import argument, conjuncts, is_adjunct, spread
from kg.extract.roles import is_demonym
from kg.extract.rules import Rules
from kg.extract.sentence import Word
from kg.extract.tokens import case_of, deps
from kg.lang.lexicon import lexicon
from kg.types import Argument, Extraction, Relation

__all__ = ["nominalisation"]


def nominalisation(noun: Word, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """The clause inside an event noun with a named agent.

    *l'impegno di Toyota per 10 miliardi di dollari negli Stati Uniti* → Toyota | impegnare in |
    Stati Uniti (amount); *agreement between A and B on C* → A | agree with | B (on C);
    *Trump's visit to Japan* → Trump | visit to | Japan.
    """
    if not any(c.relation in ("nmod", "amod") for c in noun.children):
        return
    words, lemma = lexicon(), noun.lemma
    verb = words.verb_of(lemma, table.language)
    if verb is None or words.supersense(lemma, "n", table.language) == "noun.person":
        return
    yield from _reciprocal(noun, verb, facts, table)
    agents = _agents(noun, table)
    arguments = _arguments(noun, agents, table) if agents else []
    objects = [a for a in arguments if a.role != "time" and not _is_amount(noun.parse[a.head])]
    if not objects:
        return
    first = objects[0]
    same = [a for a in objects if a.case == first.case]
    rest = tuple(a for a in arguments if a not in same)
    # the deed of a noun of intention has not happened yet
    modality = "planned" if lemma in table.planned else facts.modality
    inner = replace(facts.by("noun", "nominalisation"), modality=modality)
    case = "" if first.case in table.possessor_cases else first.case
    relation = Relation((noun.i,), f"{noun.text} {first.case}".strip(), verb, case)
    for agent, o in product(agents, same):
        yield inner.extraction(agent, relation, o, rest)


def _arguments(noun: Word, agents: list[Argument], table: Rules) -> list[Argument]:
    """A noun's other phrases, with places and times that the parser hung on one of them."""
    used = {a.head for a in agents}
    phrases = [
        c for c in deps(noun, "nmod") if c.i not in used and case_of(c) and c.dep != "nmod:poss"
    ]
    phrases += [d for c in phrases for d in deps(c, "nmod") if is_adjunct(d, table)]
    found = [argument(t, role_of(t, case_of(t), table), table) for c in phrases for t in spread(c)]
    return [a for a in found if a.tokens]


def _reciprocal(noun: Word, verb: str, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """*agreement between Kenya and Ghana*: two named parties do it with each other."""
    for c in deps(noun, "nmod"):
        if case_of(c) not in table.reciprocal_cases:
            continue
        partner = min(table.partner_cases)
        relation = Relation((noun.i,), f"{noun.text} {partner}", verb, partner)
        mutual = facts.by("noun", "reciprocal-noun")
        parties = [p for p in conjuncts(c) if p.pos == "PROPN" or p.entity]
        if len(parties) != 2:
            continue
        a, b = (argument(p, "subject", table, case="") for p in parties)
        others = tuple(
            argument(k, "oblique", table)
            for k in deps(noun, "nmod")
            if k != c and case_of(k) not in table.possessor_cases
        )
        yield mutual.extraction(a, relation, replace(b, role="object", case=partner), others)


def _agents(noun: Word, table: Rules) -> list[Argument]:
    """Named agents: *Japan's*, *di Toyota*, *by China*, *Japanese* (a demonym)."""
    cases = table.possessor_cases | table.agent_cases | table.source_cases
    for c in noun.children:
        named = c.entity != "" and c.pos in ("PROPN", "NOUN", "X")
        possessive = c.dep == "nmod:poss" and (named or c.pos == "PROPN")
        genitive = c.relation == "nmod" and named and case_of(c) in cases
        if possessive or genitive:
            return [argument(p, "subject", table, case="") for p in conjuncts(c)]
        if c.relation == "amod" and is_demonym(c, table):
            return [Argument("subject", (c.i,), c.i, c.text)]
    return []


def _is_amount(token: Word) -> bool:
    return bool(deps(token, "nummod")) or token.pos == "NUM"
