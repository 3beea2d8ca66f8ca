"""Compact phrases: the words of an argument, its preposition, its conjuncts and members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.rules import Rules
from kg.extract.sentence import Parse, Word
from kg.extract.tokens import case_of, deps, is_name, is_place, is_share, is_time
from kg.lang.lexicon import lexicon
from kg.types import Argument, Role

__all__ = [
    "QUOTES",
    "argument",
    "clause_argument",
    "conjuncts",
    "members",
    "name_in",
    "phrase_tokens",
    "spread",
    "whole_argument",
    "words_of",
]

_LONGEST: Final = 14  # words; longer phrases lose their trailing modifiers
# What a compact phrase leaves out: clauses, appositions and what coordinates its head.
_LEFT_OUT: Final = frozenset(
    "case cc conj appos acl parataxis advcl mark cop nsubj csubj aux ccomp xcomp dislocated "
    "vocative discourse expl obj iobj obl punct".split()
)
_NOT_WHOLE: Final = frozenset(
    "case cop nsubj mark punct cc conj parataxis aux advmod appos".split()
)
_INSIDE_LEFT_OUT: Final = frozenset("appos parataxis acl advcl ccomp discourse vocative".split())
QUOTES: Final = frozenset((*'"“”«»„', "``", "''"))


def words_of(parse: Parse, tokens: Iterable[int]) -> str:
    """The tokens' words as the text has them; one space where something is left out between."""
    out: list[str] = []
    last: int | None = None
    for i in tokens:
        if last is not None:
            out.append(parse[last].space if i == last + 1 else " ")
        out.append(parse[i].text)
        last = i
    return "".join(out)


def _trim(parse: Parse, tokens: list[int], *, clause: bool = False) -> tuple[int, ...]:
    """Without punctuation or a preposition at the borders, and without half a pair of quotes.

    A clause keeps the preposition it begins with.
    """
    while tokens and _droppable(parse[tokens[0]], first=not clause):
        tokens = tokens[1:]
    while tokens and _droppable(parse[tokens[-1]]):
        tokens = tokens[:-1]
    marks = [i for i in tokens if parse[i].text in QUOTES]
    if len(marks) % 2:
        after = tokens[-1] + 1
        if after < len(parse) and parse[after].text in QUOTES:
            return (*tokens, after)  # an “index filing system”
        tokens = [i for i in tokens if i not in marks]  # it begins or ends elsewhere
    return tuple(tokens)


def _droppable(token: Word, *, first: bool = False) -> bool:
    if token.is_punct or token.is_space:
        return token.text not in ("%", "‰")
    return first and (token.pos == "CCONJ" or (token.dep == "case" and token.pos == "ADP"))


def name_in(head: Word) -> Word | None:
    """The name that a phrase's head gives a role to: *la premier* → *Sanae Takaichi*."""
    if is_name(head):
        return head
    if head.relation == "appos" and is_name(head.head) and head.head.i < head.i:
        return head.head
    for c in deps(head, "appos", "flat", "nmod"):
        if is_name(c) and not deps(c, "case") and c.i > head.i:
            return c
    return None


def _entity_tokens(head: Word) -> list[int]:
    """The tokens of the named entity round a name's head, without titles before it."""
    parse = head.parse
    first, last = head.i, head.i + 1
    while first > 0 and parse[first].inside and parse[first - 1].entity == head.entity:
        first -= 1
    while last < len(parse) and parse[last].inside and parse[last].entity == head.entity:
        last += 1
    tokens = [i for i in range(first, last) if not deps(parse[i], "cop")]
    while len(tokens) > 1 and tokens[0] < head.i and parse[tokens[0]].dep == "nmod:desc":
        tokens = tokens[1:]
    while len(tokens) > 1 and parse[tokens[-1]].lemma in ("'s", "’s", "'"):
        tokens = tokens[:-1]
    return tokens


def phrase_tokens(head: Word, table: Rules) -> tuple[int, ...]:
    """The words of a compact noun phrase: no clause, apposition, conjunct or preposition."""
    known = head.parse.phrases
    if head.i not in known:
        known[head.i] = _phrase_tokens(head, table)
    return known[head.i]


def _phrase_tokens(head: Word, table: Rules) -> tuple[int, ...]:
    parse = head.parse
    if is_name(head):
        return _trim(parse, _entity_tokens(head))
    tokens = {head.i}
    tails: list[Word] = []
    begin = _after_copula(head)
    for c in head.children:
        if c.i < begin or _left_out(head, c, table):
            continue
        if _is_tail(head, c):
            tails.append(c)
        else:
            tokens.update(_inside(c, table))
    for top in sorted(tails, key=lambda t: t.i):
        tail = next((v for v in _shorter(top, table) if len(tokens) + len(v) <= _LONGEST), None)
        if tail is None:
            break
        tokens.update(tail)
    return _trim(parse, _with_inner_punctuation(parse, tokens))


def _after_copula(head: Word) -> int:
    """Where a predicate nominal begins: *before the war, he was | a lawyer*; else the text's."""
    return next((c.i for c in deps(head, "cop") if c.i < head.i), 0)


def _is_tail(head: Word, c: Word) -> bool:
    """True for a modifier with a preposition after the head, the first to go from a long phrase."""
    return c.relation == "nmod" and c.i > head.i and bool(case_of(c))


def _left_out(head: Word, c: Word, table: Rules) -> bool:
    """True for a dependent that is no part of its head's compact phrase."""
    relation = c.relation
    if relation in _LEFT_OUT:
        return True
    if _is_tail(head, c):
        case = case_of(c)
        if case in table.member_cases | table.predicative_cases or is_adjunct(c, table):
            return True
        if head.pos == "PROPN" and head.entity and case not in table.possessor_cases:
            return not (c.inside and c.entity == head.entity)  # Kenya (on trade)
        if is_share(head, table) and case in table.possessor_cases:
            return True
        # con l'obiettivo di …: a clause of its own
        return case not in table.possessor_cases and bool(deps(c, "acl"))
    if relation == "amod":
        return c.i > head.i and _after_comma(head, c)
    if relation == "advmod":
        return head.pos in ("NOUN", "PROPN") and c.lower not in table.bounds
    return False


def _with_inner_punctuation(parse: Parse, tokens: set[int]) -> list[int]:
    """The tokens with the hyphens, quotation marks and commas that stand between two of them."""
    inner = range(min(tokens) + 1, max(tokens))
    between = {
        i
        for i in inner
        if parse[i].is_punct and i - 1 in tokens and i + 1 in tokens and parse[i].text not in "()[]"
    }
    return sorted(tokens | between)


def _shorter(top: Word, table: Rules) -> Iterator[set[int]]:
    """A modifier's words: all, without what is coordinated with it, its bare phrase."""
    yield set(_inside(top, table))
    yield set(_inside(top, table, "conj", "cc"))
    yield {top.i, *(c.i for c in deps(top, "case", "det", "amod", "compound", "flat"))}


def _after_comma(head: Word, c: Word) -> bool:
    """True for an adjective set off by commas: *il suo governo, seppur giovane, …*."""
    return any(t.text == "," for t in head.parse[head.i + 1 : c.i] if t.head == head or t.head == c)


def is_adjunct(modifier: Word, table: Rules) -> bool:
    """True for a place or time that the parser hung on a noun: *signed an agreement in Tokyo*."""
    case = case_of(modifier)
    if is_time(modifier, table) and case in table.time_cases and case not in table.possessor_cases:
        return True
    if is_name(modifier.head) and case and modifier.i > modifier.head.i:
        return True  # nominate X for the prize: a name takes no complement
    if modifier.entity and case in table.recipient_cases and modifier.head.relation == "obj":
        # gift trees to the US, but not: exports to Japan
        return lexicon().verb_of(modifier.head.lemma, table.language) is None
    return is_place(modifier) and case in table.place_cases and case not in table.possessor_cases


def _inside(top: Word, table: Rules, *without: str) -> Iterator[int]:
    yield top.i
    for c in top.children:
        relation = c.relation
        if relation in without:
            continue
        if relation in _INSIDE_LEFT_OUT and not (c.dep == "acl" and c.i < top.i):
            continue
        if relation == "nmod" and case_of(c) in table.member_cases:
            continue
        yield from _inside(c, table)


def argument(head: Word, role: Role, table: Rules, *, case: str | None = None) -> Argument:
    """A noun phrase as an argument; a name stands for the phrase that gives its bearer's role."""
    name = name_in(head)
    tokens = phrase_tokens(name if name is not None else head, table)
    top = name if name is not None else head
    return Argument(
        role=role,
        tokens=tokens,
        head=top.i,
        text=words_of(head.parse, tokens),
        case=case_of(head) if case is None else case,
    )


def whole_argument(head: Word, role: Role) -> Argument:
    """A noun phrase with all its modifiers, without relative clauses, appositions and conjuncts."""
    begin = _after_copula(head)
    apart = {"advcl"} if begin else ()  # of the whole clause: are Catholic, while others …
    left_out = {
        t.i
        for c in head.children
        if c.relation in _NOT_WHOLE or c.relation in apart or c.dep == "acl:relcl" or c.i < begin
        for t in c.subtree
    }
    tokens = _trim(head.parse, [t.i for t in head.subtree if t.i not in left_out])
    return Argument(role, tokens, head.i, words_of(head.parse, tokens))


def clause_argument(
    head: Word, role: Role, table: Rules, *, case: str = "", predicate: bool = False
) -> Argument:
    """A whole clause as an argument, without its conjunction (*that*, *che*) and outer marks."""
    parse = head.parse
    skip = {c.i for c in head.children if c.dep == "mark" and c.lemma in table.clause_marks}
    skip |= {c.i for c in head.children if case and c.dep == "mark"}
    # “…”, he said: who says it is no part of what is said
    said = [c for c in deps(head, "parataxis") if c.lemma in table.reporting_verbs]
    skip |= {t.i for c in said for t in c.subtree if deps(c, "nsubj")}
    if predicate:  # the goal is to reduce …: without subject and copula
        own = deps(head, "nsubj", "cop", "aux", "parataxis", "punct", "advmod")
        skip |= {t.i for c in own for t in c.subtree if c.i < head.i or c.is_punct}
    tokens = [t.i for t in head.subtree if t.i not in skip]
    clean = _trim(parse, tokens, clause=True)
    return Argument(role, clean, head.i, words_of(parse, clean), case, clause=True)


def conjuncts(head: Word) -> list[Word]:
    """A phrase's head and what is coordinated with it, noun with noun and verb with verb."""
    found = [head]
    joined = deps(head, "conj")
    if head.pos != "VERB" and joined and not any(_joined(c) for c in joined):
        return found  # a comma alone joins no nouns
    for c in joined:
        if (c.pos == "VERB") != (head.pos == "VERB"):
            continue
        if deps(c, "nsubj", "cop") and head.pos != "VERB":
            continue
        found += conjuncts(c)
    return found


def _joined(c: Word) -> bool:
    return bool(deps(c, "cc")) or any(_joined(k) for k in deps(c, "conj"))


def spread(head: Word) -> list[Word]:
    """The conjuncts of a phrase; a name takes the place of the role before it."""
    return [name_in(t) or t for t in conjuncts(head)]


def members(head: Word, table: Rules) -> list[Word]:
    """Examples named after a noun: *tools such as tariffs*, *strumenti, tra cui dazi*."""
    found: list[Word] = []
    for c in deps(head, "nmod"):
        if case_of(c) in table.member_cases:
            found += conjuncts(c)
    return found
