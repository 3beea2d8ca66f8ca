"""One n-ary tuple a predicate, in the sentence's words: the profile ``carb``.

Bhardwaj, Aggarwal and Mausam, CaRB: A Crowdsourced Benchmark for Open IE, EMNLP-IJCNLP 2019: the
preposition of the first argument stands in the relation, all further arguments follow with theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, product
from typing import Final

from kg.extract.clauses import Clause
from kg.extract.exact import relation_of, stem_of, subjects_of, targets
from kg.extract.facts import Facts
from kg.extract.phrases import QUOTES, clause_argument, whole_argument, words_of
from kg.extract.relations import copula_relation
from kg.extract.roles import appositions, titles
from kg.extract.rules import Rules
from kg.extract.sentence import Parse, Word
from kg.extract.tokens import deps, feature, finite, is_name
from kg.types import Argument, Extraction

__all__ = ["nary"]

_MOST_TUPLES: Final = 12
_Led = tuple[tuple[str, ...], Argument]
"""What leads to an argument (the verb, a preposition), and the argument."""


def nary(clause: Clause, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """One tuple a predicate and subject: its first argument, and the others with prepositions."""
    parse = clause.predicate.parse
    subjects = [_with_quotes(_with_title(s, parse), parse) for s in subjects_of(clause, table)]
    groups = _coordinations(_nary_arguments(clause, table), parse)
    if not subjects or not groups:
        return
    groups[1:] = [[_whole(group, parse)] for group in groups[1:]]
    for chosen in islice(product(*groups), _MOST_TUPLES):
        (lead, first), *others = chosen
        further = tuple(
            replace(a, text=f"{' '.join(case)} {_with_quotes(a, parse).text}".strip())
            for (_, *case), a in others
        )
        first = _with_quotes(first, parse)
        for s in subjects:
            if s.head != first.head:
                helped = (*_auxiliary(clause, parse[s.head], table), *lead)
                yield facts.extraction(s, relation_of(clause, helped), first, further)


def implied(noun: Word, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """What a noun phrase implies: *X is* its title or apposition, *X has* what is X's."""
    found = list(appositions(noun, facts, table))
    if is_name(noun) and not (noun.dep == "flat" and is_name(noun.head)):
        found += titles(noun, facts, table)
    for fact in found:
        words = {*fact.relation.tokens, *(fact.object.tokens if fact.object else ())}
        role = tuple(sorted(words))
        what = Argument("predicative", role, role[-1], words_of(noun.parse, role))
        yield replace(fact, relation=copula_relation(table), object=what)


def _auxiliary(clause: Clause, subject: Word, table: Rules) -> tuple[str, ...]:
    """*a statue (was) made of stone*: the form of *be* that a participle of a noun implies."""
    p = clause.predicate
    if p.dep not in ("acl", "amod") or finite(p) or deps(p, "aux", "mark", "cop"):
        return ()
    above = p.head
    while above.head != above and not finite(above):
        above = above.head
    group = (above, *deps(above, "aux", "cop"))
    past = any(feature(word, "Tense", "Past") and finite(word) for word in group)
    form = table.be_forms["past" if past else "present"]
    return (form[feature(subject, "Number", "Plur")],)


def _with_quotes(argument: Argument, parse: Parse) -> Argument:
    """A phrase with the quotation marks right round it."""
    before, after = argument.tokens[0] - 1, argument.tokens[-1] + 1
    if before < 0 or after >= len(parse):
        return argument
    if parse[before].text not in QUOTES or parse[after].text not in QUOTES:
        return argument
    tokens = (before, *argument.tokens, after)
    return replace(argument, tokens=tokens, text=words_of(parse, tokens))


def _with_title(subject: Argument, parse: Parse) -> Argument:
    """*Mr. Baker*: a name with the titles before it."""
    if not is_name(parse[subject.head]):
        return subject
    first = subject.tokens[0]
    while first > parse[first].sentence.start and _is_title(parse[first - 1]):
        first -= 1
    tokens = (*range(first, subject.tokens[0]), *subject.tokens)
    return replace(subject, tokens=tokens, text=words_of(parse, tokens))


def _is_title(word: Word) -> bool:
    return word.dep in ("nmod:desc", "compound") and word.pos in ("NOUN", "PROPN")


def _adverbs(clause: Clause) -> set[int]:
    """The adverbs right before a verb or between it and its auxiliaries: *is first mentioned*."""
    p = clause.predicate
    group = stem_of(clause)
    return {c.i for c in deps(p, "advmod") if not c.children and group[0] - 1 <= c.i < p.i}


def _coordinations(arguments: Iterable[_Led], parse: Parse) -> list[list[_Led]]:
    """Arguments in groups of which a tuple takes one each: conjuncts stand for one another."""
    groups: list[list[_Led]] = []
    for lead, argument in arguments:
        head = parse[argument.head]
        conjunct = head.relation == "conj" and not argument.clause
        joined = (g for g in groups if any(a.head == head.head.i for _, a in g))
        group = next(joined, None) if conjunct else None
        if group is None:
            groups.append([(lead, argument)])
        else:
            group.append((lead, argument))
    return groups


def _whole(group: list[_Led], parse: Parse) -> _Led:
    """Coordinated phrases after the first argument as one: *unlike | Europe and the U.S.*"""
    lead, first = group[0]
    if len(group) == 1:
        return lead, first
    inside = {i for _, a in group for i in a.tokens}
    tokens = tuple(range(min(inside), max(inside) + 1))
    return lead, replace(first, tokens=tokens, text=words_of(parse, tokens))


def _nary_arguments(clause: Clause, table: Rules) -> Iterator[_Led]:
    """Prepositions and phrases of a clause's arguments, what is said and purposes last."""
    p = clause.predicate
    group = stem_of(clause)
    verb = words_of(p.parse, group)
    stem = words_of(p.parse, sorted({*group, *_adverbs(clause)}))
    said: set[int] = set()
    for target in targets(clause, table, fold=False):
        phrase = whole_argument(target.head, "object")
        if phrase.tokens and target.head.i not in said:
            said.update(phrase.tokens)
            yield (stem if target.lead[0] == verb else target.lead[0], *target.lead[1:]), phrase
    for c in deps(p, "advmod"):
        if c.i > p.i and c.i not in said and not deps(c, "case", "nmod", "obl"):
            yield (stem,), whole_argument(c, "adverbial")
    complements = [] if clause.complement is None else [clause.complement]
    for c in (*complements, *deps(p, "advcl")):
        marks = tuple(m.text for m in deps(c, "mark"))
        words = clause_argument(c, "complement", table, case=" ".join(marks) or "-")
        after = c.i > p.i or c in complements  # “…”, he said
        if words.tokens and after and (c in complements or marks or not finite(c)):
            yield (stem, *marks), words
