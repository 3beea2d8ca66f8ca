"""The clause inside an event noun: *Trump's visit to Japan*, *agreement between A and B*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from kg.extract.clauses import role_of
from kg.extract.facts import Facts
from kg.extract.names import is_role_noun
from kg.extract.phrases import argument, conjuncts, is_adjunct, spread, words_of
from kg.extract.roles import is_demonym
from kg.extract.rules import Rules
from kg.extract.sentence import Parse, Word
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
    phrases = _phrases(noun, table)
    agent = _agent(noun, phrases, table)
    if agent is None:
        return
    hung = {t.i for c, _ in phrases if agent.is_ancestor(c) for t in c.subtree}
    agents = [
        _without(argument(p, "subject", table, case=""), hung, noun.parse) for p in conjuncts(agent)
    ]
    if agent.pos == "ADJ":
        agents = [Argument("subject", (agent.i,), agent.i, agent.text)]
    arguments = [
        argument(t, role_of(t, case, table), table, case=case)
        for c, case in phrases
        if c is not agent
        for t in spread(c)
    ]
    arguments = [a for a in arguments if a.tokens]
    # whom or what the deed befalls comes before where it is done
    objects = [a for a in arguments if a.role != "time" and not _is_amount(noun.parse[a.head])]
    objects.sort(key=lambda a: a.case not in table.possessor_cases)
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
    for subject, o in product(agents, same):
        yield inner.extraction(subject, relation, o, rest)


def _without(a: Argument, hung: set[int], parse: Parse) -> Argument:
    """*the Pope*, where the parser hung *to Iraq* on him."""
    tokens = tuple(i for i in a.tokens if i not in hung)
    return replace(a, tokens=tokens, text=words_of(parse, tokens))


_Phrase = tuple[Word, str]
"""The head of a noun's phrase, and its preposition."""


def _phrases(noun: Word, table: Rules) -> list[_Phrase]:
    """A noun's phrases, with those that the parser hung on one of them.

    *the acquisition of Nokia by Microsoft*, where a name takes no complement; *da parte di
    Microsoft*, of which *parte* is a part of the preposition.
    """
    found: list[_Phrase] = []
    for c in deps(noun, "nmod"):
        if c.dep == "nmod:poss" or not case_of(c):
            continue
        inner = [k for k in deps(c, "nmod") if case_of(k) and k.i > c.i]
        instead = table.preposition_nouns.get(c.lemma)
        if instead and inner:
            found.append((inner[0], instead))
            continue
        found.append((c, case_of(c)))
        for k in inner:
            mine = c.pos == "PROPN" and case_of(k) not in table.possessor_cases
            instead = table.preposition_nouns.get(k.lemma)
            within = [d for d in deps(k, "nmod") if case_of(d)] if instead else []
            if within and instead in table.agent_cases:
                found.append((within[0], instead))
            elif mine or is_adjunct(k, table):
                found.append((k, case_of(k)))
    return found


def _agent(noun: Word, phrases: list[_Phrase], table: Rules) -> Word | None:
    """Who does a noun's deed: *by China*, *Japan's*, *Japanese*, *di Toyota*.

    Of a deed that befalls what stands in the genitive (*the acquisition of Nokia*) only the first
    three.
    """
    by = next((c for c, case in phrases if case in table.agent_cases and _can_act(c, table)), None)
    if by is not None:
        return by
    for c in noun.children:
        if c.dep == "nmod:poss" and (c.pos == "PROPN" or (c.pos == "NOUN" and _can_act(c, table))):
            return c
        if c.relation == "amod" and is_demonym(c, table):
            return c
    cases = table.source_cases
    if noun.lemma not in table.object_genitives:
        cases |= table.possessor_cases
    return next((c for c, case in phrases if case in cases and _can_act(c, table)), None)


def _can_act(c: Word, table: Rules) -> bool:
    """True for names, and for nouns of what people are: *the visit of the minister to Iraq*."""
    named = c.entity != "" and c.pos in ("PROPN", "NOUN", "X")
    return named or c.pos == "PROPN" or is_role_noun(c, table.language)


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
        hung = [k for p in parties for k in deps(p, "nmod") if not k.entity]  # … and Ghana on trade
        others = tuple(
            argument(k, "oblique", table)
            for k in (*deps(noun, "nmod"), *hung)
            if k != c and case_of(k) not in table.possessor_cases
        )
        yield mutual.extraction(a, relation, replace(b, role="object", case=partner), others)


def _is_amount(token: Word) -> bool:
    return bool(deps(token, "nummod")) or token.pos == "NUM"
