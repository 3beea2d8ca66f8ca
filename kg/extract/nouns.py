"""Facts that nouns carry: titles and roles, appositions, nominalisations with their arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from spacy.tokens import Token

from kg.extract.clauses import Clauses
from kg.extract.names import is_role_noun
from kg.extract.phrases import (
    argument,
    case_of,
    conjuncts,
    deps,
    is_adjunct,
    is_name,
    name_in,
    phrase_tokens,
    words_of,
)
from kg.extract.render import Facts, copula_relation
from kg.extract.rules import Rules
from kg.extract.tree import base
from kg.lang.lexicon import lexicon
from kg.types import Argument, Extraction, Relation, Role

__all__ = ["appositions", "nominalisation", "titles"]

_EVENTIVE = frozenset(
    {
        "noun.act",
        "noun.event",
        "noun.communication",
        "noun.possession",
        "noun.state",
        "noun.cognition",
        "noun.group",
        "noun.process",
        "noun.attribute",
        "noun.motive",
        "noun.feeling",
    }
)


def _role_noun(token: Token, language: str) -> bool:
    return not is_name(token) and is_role_noun(token, language)


# -- titles and roles ------------------------------------------------------------------------


def titles(name: Token, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """What a person is by the title before the name, or the role the name stands in apposition to.

    *US President Donald Trump* → Donald Trump | be president of | US;
    *la premier giapponese Sanae Takaichi* → Sanae Takaichi | essere premier di | giapponese.
    """
    found: list[Token] = []
    found += [
        c
        for c in deps(name, "nmod:desc", "compound", "appos", "nmod")
        if c.i < name.i and _role_noun(c, table.language)
    ]
    if (
        not case_of(name)
        and base(name.dep_) in ("appos", "flat", "nmod")
        and name.head.i < name.i
        and _role_noun(name.head, table.language)
    ):
        found.append(name.head)
    person = argument(name, "subject", table, case="")
    for role in found:
        yield from role_facts(role, person, facts, table, rule="title", name=name)


def role_facts(
    role: Token, person: Argument, facts: Facts, table: Rules, rule: str, name: Token | None = None
) -> Iterator[Extraction]:
    """``person`` is ``role``; folded where a country, organisation or name says of what."""
    doc = role.doc
    target = _role_of(role, table)
    before = _before_role(role, name) if name is not None and name.i > role.i else []
    if target is None:
        target = next(
            (t for t in before if t.ent_type_ in ("LOC", "ORG") or _is_demonym(t, table)), None
        )
    words = _role_words(role, target, set(person.tokens), table)
    if words and before:
        drop = {t.i for t in target.subtree} if target is not None else set()
        more = {t.i for t in before if t.pos_ in ("ADJ", "PROPN", "NOUN") and t.i not in drop}
        words = tuple(sorted(set(words) | more))
    if not words:
        return
    relation = copula_relation((), table.is_, table)
    if target is None:
        object_ = Argument("predicative", words, role.i, words_of(doc, words))
        yield facts.extraction(person, relation, object_, rule=rule)
        return
    noun = words_of(doc, words)
    preposition = sorted(table.possessor_cases)[0]
    folded = replace(
        relation,
        tokens=words,
        text=f"{noun} {preposition}",
        noun=" ".join(_lemma(doc[i]) if i == role.i else doc[i].lower_ for i in words),
        case=preposition,
    )
    if target.pos_ == "ADJ":
        tokens: tuple[int, ...] = (target.i,)
        object_ = Argument("oblique", tokens, target.i, target.text, preposition)
    else:
        object_ = argument(target, "oblique", table, case=preposition)
    yield facts.extraction(person, folded, object_, rule=rule)


def _before_role(role: Token, name: Token) -> list[Token]:
    """Words right before a title that the parser hung on the name: *Japanese Prime* Minister X."""
    found: list[Token] = []
    at = role.left_edge.i
    while (
        at > 0
        and role.doc[at - 1].head == name
        and base(role.doc[at - 1].dep_) in ("amod", "compound", "nmod")
    ):
        at -= 1
        if role.doc[at].pos_ not in ("ADJ", "PROPN", "NOUN"):
            break
        found.append(role.doc[at])
    return found


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _role_of(role: Token, table: Rules) -> Token | None:
    """The country, organisation or name that a role belongs to: *US*, *Japan's*, *degli Stati Uniti*."""
    for c in role.children:
        relation = base(c.dep_)
        named = c.ent_type_ in ("LOC", "ORG") and c.pos_ == "PROPN"
        if relation == "amod" and c.i - role.i in (-1, 1, -2, 2) and _is_demonym(c, table):
            return c
        if relation in ("compound", "nmod") and (
            named or (c.dep_ == "nmod:poss" and c.pos_ == "PROPN")
        ):
            if not case_of(c) or case_of(c) in table.possessor_cases:
                return c
        if (
            relation == "nmod"
            and case_of(c) in table.possessor_cases
            and c.pos_ in ("NOUN", "PROPN")
            and not is_name(c)
        ):
            return c
    return None


def _is_demonym(token: Token, table: Rules) -> bool:
    from kg.lang.gazetteer import gazetteer

    return gazetteer().demonym(token.text, table.language) is not None


def _role_words(role: Token, target: Token | None, out: set[int], table: Rules) -> tuple[int, ...]:
    """The role without what it belongs to: *prima ministra*, *Prime Minister*, *president*."""
    drop = out | ({t.i for t in target.subtree} if target is not None else set())
    name = name_in(role)
    if name is not None:
        drop |= {t.i for t in name.subtree}
    if is_name(role):
        words = {role.i, *(c.i for c in deps(role, "amod", "compound"))}
    else:
        words = set(phrase_tokens(role, table))
    # newly elected prime minister: what happened to the role is no part of it
    aside = {i for i in words if role.doc[i].pos_ in ("DET", "VERB", "ADV", "PUNCT")}
    return tuple(sorted(words - drop - aside))


def appositions(head: Token, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """*China, principal producer of rare earths* → China | be | principal producer of rare earths."""
    for c in deps(head, "appos"):
        if is_name(c) or c.i < head.i or c.pos_ not in ("NOUN", "PROPN", "NUM"):
            continue
        if not head.ent_type_ and name_in(head) is None and not _set_off(c, table):
            continue
        subject = argument(head, "subject", table, case="")
        for role in conjuncts(c):
            if _role_noun(role, table.language):
                yield from role_facts(role, subject, facts, table, rule="apposition")
            elif case_of(role) == "":
                object_ = argument(role, "predicative", table)
                if object_.tokens and object_.head != subject.head:
                    yield facts.extraction(
                        subject, copula_relation((), table.is_, table), object_, rule="apposition"
                    )


def _set_off(c: Token, table: Rules) -> bool:
    """True for an apposition of a common noun that is no member of an enumeration."""
    if deps(c, "cc", "conj") or len(deps(c.head, "appos")) > 1 or c.pos_ == "PROPN":
        return False
    return bool(deps(c, "det", "nummod")) or is_role_noun(c, table.language)


# -- nominalisations -------------------------------------------------------------------------


def nominalisation(
    noun: Token, clauses: Clauses, facts: Facts, table: Rules
) -> Iterator[Extraction]:
    """The clause inside an event noun with a named agent.

    *l'impegno di Toyota per 10 miliardi di dollari negli Stati Uniti* → Toyota | impegnare in | Stati
    Uniti (amount); *agreement between A and B on C* → A | agree with | B (on C);
    *Trump's visit to Japan* → Trump | visit to | Japan.
    """
    words = lexicon()
    language = table.language
    verb = words.verb_of(noun.lemma_.lower(), language)
    if verb is None or words.supersense(noun.lemma_.lower(), "n", language) == "noun.person":
        return
    yield from _reciprocal(noun, verb, facts, table)
    agents = _agents(noun, table)
    if not agents:
        return
    used = {a.head for a in agents}
    others = [
        c for c in deps(noun, "nmod") if c.i not in used and case_of(c) and c.dep_ != "nmod:poss"
    ]
    others += [d for c in others for d in deps(c, "nmod") if is_adjunct(d, table)]
    arguments = [
        argument(t, _role(t, clauses, table), table) for c in others for t in clauses.spread(c)
    ]
    arguments = [a for a in arguments if a.tokens]
    amounts = [a for a in arguments if _is_amount(noun.doc[a.head])]
    objects = [a for a in arguments if a not in amounts and a.role != "time"]
    first = objects[0] if objects else None
    if first is None:
        return
    same = [a for a in objects if a.case == first.case]
    rest = tuple(a for a in arguments if a not in same)
    # the deed of a noun of intention has not happened yet
    planned = noun.lemma_.lower() in table.planned
    inner = Facts(
        facts.sentence,
        facts.negated,
        "planned" if planned else facts.modality,
        facts.attribution,
        facts.confidence,
        "nominalisation",
    )
    case = "" if first.case in table.possessor_cases else first.case
    for agent, o in product(agents, same):
        relation = Relation((noun.i,), f"{noun.text} {first.case}".strip(), verb, case)
        yield inner.extraction(agent, relation, o, rest)


def _role(token: Token, clauses: Clauses, table: Rules) -> Role:
    return clauses.role(token, case_of(token))


def _reciprocal(noun: Token, verb: str, facts: Facts, table: Rules) -> Iterator[Extraction]:
    for c in deps(noun, "nmod"):
        if case_of(c) not in table.reciprocal_cases:
            continue
        parties = [p for p in conjuncts(c) if p.pos_ == "PROPN" or p.ent_type_]
        partner = sorted(table.partner_cases)[0]
        if len(parties) == 2:
            a, b = (argument(p, "subject", table, case="") for p in parties)
            relation = Relation((noun.i,), f"{noun.text} {partner}", verb, partner)
            others = tuple(
                argument(k, "oblique", table)
                for k in deps(noun, "nmod")
                if k != c and case_of(k) not in table.possessor_cases
            )
            yield facts.extraction(
                a, relation, replace(b, role="object", case=partner), others, rule="reciprocal-noun"
            )


def _agents(noun: Token, table: Rules) -> list[Argument]:
    """Named agents: *Japan's*, *di Toyota*, *by China*, *Japanese* (a demonym)."""
    for c in noun.children:
        case = case_of(c)
        named = c.ent_type_ != "" and c.pos_ in ("PROPN", "NOUN", "X")
        possessive = c.dep_ == "nmod:poss" and (named or c.pos_ == "PROPN")
        genitive = (
            base(c.dep_) == "nmod" and named and case in table.possessor_cases | table.agent_cases
        )
        if possessive or genitive:
            return [argument(p, "subject", table, case="") for p in conjuncts(c)]
        if base(c.dep_) == "amod" and _is_demonym(c, table):
            return [Argument("subject", (c.i,), c.i, c.text)]
    return []


def _is_amount(token: Token) -> bool:
    return bool(deps(token, "nummod")) or token.pos_ == "NUM"
