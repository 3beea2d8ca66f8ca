"""What people and things are by a title or an apposition: *US President Donald Trump*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.contrast import is_denied
from kg.extract.facts import Facts
from kg.extract.names import is_office, is_role_noun
from kg.extract.phrases import argument, conjuncts, name_in, phrase_tokens, words_of
from kg.extract.relations import copula_relation
from kg.extract.rules import Rules
from kg.extract.sentence import Word
from kg.extract.tokens import case_of, deps, is_name
from kg.lang.gazetteer import gazetteer
from kg.types import Argument, Extraction, Relation

__all__ = ["appositions", "is_demonym", "titles"]

_ASIDE: Final = frozenset(("DET", "VERB", "ADV", "PUNCT"))


def titles(name: Word, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """What a person is by the title before the name, or the role the name is in apposition to.

    *US President Donald Trump* → Donald Trump | be president of | US;
    *la premier giapponese Sanae Takaichi* → Sanae Takaichi | essere premier di | giapponese.
    """
    found = [
        c
        for c in deps(name, "nmod:desc", "compound", "appos", "nmod")
        if c.i < name.i and _role_noun(c, table)
    ]
    if (
        not case_of(name)
        and name.relation in ("appos", "flat", "nmod")
        and name.head.i < name.i
        and _role_noun(name.head, table)
    ):
        found.append(name.head)
    if not found:
        return
    person = argument(name, "subject", table, case="")
    titled = facts.by("title")
    for role in found:
        before = _before_role(role, name) if name.i > role.i else []
        yield from _role_facts(role, person, before, titled, table)


def appositions(head: Word, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """*China, producer of rare earths* → China | be | producer of rare earths."""
    found = deps(head, "appos")
    apposed = facts.by("apposition") if found else facts
    for c in found:
        if is_name(c) or c.i < head.i or c.pos not in ("NOUN", "PROPN") or is_denied(c, table):
            continue
        if not head.entity and name_in(head) is None and not _set_off(c, table):
            continue
        if c.i + 1 < len(c.parse) and c.parse[c.i + 1].text == ":":
            continue  # Bernoulli (German pronunciation: …)
        subject = argument(head, "subject", table, case="")
        for role in conjuncts(c):
            if _role_noun(role, table):
                yield from _role_facts(role, subject, [], apposed, table)
            elif case_of(role) == "":
                words = phrase_tokens(role, table)
                object_ = Argument("predicative", words, role.i, words_of(role.parse, words))
                if object_.tokens and object_.head != subject.head:
                    yield apposed.extraction(subject, copula_relation(table), object_)


def _role_noun(token: Word, table: Rules) -> bool:
    return not is_name(token) and is_role_noun(token, table.language)


def _set_off(c: Word, table: Rules) -> bool:
    """True for an apposition of a common noun that is no member of an enumeration."""
    if deps(c, "cc", "conj") or len(deps(c.head, "appos")) > 1 or c.pos == "PROPN":
        return False
    return bool(deps(c, "det", "nummod")) or is_role_noun(c, table.language)


def _role_facts(
    role: Word, person: Argument, before: list[Word], facts: Facts, table: Rules
) -> Iterator[Extraction]:
    """``person`` is ``role``; folded where a country, organisation or name says of what.

    ``before`` are words of the role that the parser hung on the name.
    """
    if deps(role, "nummod"):
        return  # their two daughters, Ada and Eve: neither is two daughters
    target = _role_of(role, table)
    if target is None:
        office = is_office(role, table.language)
        target = next(
            (t for t in before if t.entity in ("LOC", "ORG") or (office and is_demonym(t, table))),
            None,
        )
    words = _role_words(role, target, before, set(person.tokens), table)
    if not words:
        return
    if target is None:
        object_ = Argument("predicative", words, role.i, words_of(role.parse, words))
        yield facts.extraction(person, copula_relation(table), object_)
        return
    relation = _role_relation(role, words, table)
    if target.pos == "ADJ":
        object_ = Argument("oblique", (target.i,), target.i, target.text, relation.case)
    else:
        object_ = argument(target, "oblique", table, case=relation.case)
    yield facts.extraction(person, relation, object_)


def _role_relation(role: Word, words: tuple[int, ...], table: Rules) -> Relation:
    """*be president of*: the role between the copula, which is not said, and what it belongs to."""
    parse, preposition = role.parse, min(table.possessor_cases)
    kept = tuple(i for i in words if i not in _beside(role, table))
    return replace(
        copula_relation(table, kept, f"{words_of(parse, kept)} {preposition}"),
        noun=" ".join(parse[i].lemma for i in kept),
        case=preposition,
    )


def _beside(role: Word, table: Rules) -> set[int]:
    """What is said beside a role: *[his] teammate*, *a proponent [during that phase]*."""
    own = {c.i for c in role.children if c.pos == "PRON"}
    phrases = [
        c
        for c in deps(role, "nmod")
        if c.i > role.i and case_of(c) and case_of(c) not in table.possessor_cases
    ]
    return own | {t.i for c in phrases for t in c.subtree}


def _before_role(role: Word, name: Word) -> list[Word]:
    """Words right before a title that the parser hung on the name: *Japanese Prime* Minister X."""
    found: list[Word] = []
    if deps(role, "cc"):
        return found  # actor and director X
    for at in range(role.begin - 1, -1, -1):
        word = role.parse[at]
        owner = word.head
        if word.dep in ("case", "flat") and owner.head == name and owner.dep == "nmod:poss":
            continue  # New Zealand's Prime Minister X
        if word.head != name or word.relation not in ("amod", "compound", "nmod"):
            break
        if word.pos not in ("ADJ", "PROPN", "NOUN"):
            break
        found.append(word)
    return found


def _role_of(role: Word, table: Rules) -> Word | None:
    """The country, organisation or name of a role: *US*, *Japan's*, *degli Stati Uniti*."""
    return next((c for c in role.children if _owns_role(c, role, table)), None)


def _owns_role(c: Word, role: Word, table: Rules) -> bool:
    relation, case = c.relation, case_of(c)
    if relation == "amod":
        near = abs(c.i - role.i) <= 2 and is_office(role, table.language)
        return near and is_demonym(c, table)
    if relation not in ("compound", "nmod"):
        return False
    named = c.pos == "PROPN" and (c.entity in ("LOC", "ORG") or c.dep == "nmod:poss")
    if named and (not case or case in table.possessor_cases):
        return True
    genitive = relation == "nmod" and case in table.possessor_cases
    return genitive and c.pos in ("NOUN", "PROPN") and not is_name(c)


def is_demonym(token: Word, table: Rules) -> bool:
    """True for a word that says of which country: *Japanese*, *statunitensi*."""
    return gazetteer().demonym(token.text, table.language) is not None


def _role_words(
    role: Word, target: Word | None, before: list[Word], out: set[int], table: Rules
) -> tuple[int, ...]:
    """The role without what it belongs to: *prima ministra*, *Prime Minister*, *president*."""
    owner = {t.i for t in target.subtree} if target is not None else set()
    drop = out | owner
    name = name_in(role)
    if name is not None:
        inside = name.is_ancestor(role)  # X, the former chancellor of Y
        drop |= set(phrase_tokens(name, table)) if inside else {t.i for t in name.subtree}
    if is_name(role):
        words = {role.i, *(c.i for c in deps(role, "amod", "compound"))}
    else:
        words = set(phrase_tokens(role, table))
    # newly elected prime minister: what happened to the role is no part of it
    aside = {i for i in words if role.parse[i].pos in _ASIDE}
    words -= drop | aside
    if words:
        words |= {t.i for t in before} - owner
    return tuple(sorted(words))
