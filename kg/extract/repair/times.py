"""Dates that the parser hung where they say nothing: as subjects, objects, attributes of nouns."""

from __future__ import annotations

from functools import cache
from typing import Final

from kg.extract.repair.values import values_in
from kg.extract.rules import Rules
from kg.extract.tree import Tree, base
from kg.lang import table as table_of

__all__ = ["bare_dates"]

_MISREAD: Final = frozenset("obj iobj nsubj nmod appos amod compound xcomp dep acl advmod".split())
_NAMED: Final = ("NOUN", "PROPN")
_NOMINAL: Final = (*_NAMED, "NUM")
_LEFT: Final = frozenset(("NOUN", "PROPN", "ADJ"))
_SUBJECT: Final = "nsubj"


def bare_dates(tree: Tree, sent: range, table: Rules) -> int:
    """A date without a preposition tells when: *ha arrestato il sospettato sabato scorso*.

    *Three days ago* and *venerdì scorso* hang under the verb; *Monday was quiet* stays.
    """
    if not any(tree.lower[i] in _words(table.language) for i in sent):
        return 0
    return sum(
        _hang(tree, sent, inside)
        for inside, value in values_in(tree, sent, table.language)
        if value.kind == "date" and value.datatype != "time"
    )


def _hang(tree: Tree, sent: range, inside: list[int]) -> int:
    nouns = [i for i in inside if tree.pos[i] in _NOMINAL]
    main = next((i for i in reversed(nouns) if tree.pos[i] in _NAMED), nouns[-1] if nouns else -1)
    tops = [i for i in inside if tree.head[i] not in inside]
    if main < 0 or len(tops) != 1 or tree.head[tops[0]] == tops[0]:
        return 0
    top = tops[0]
    led = inside[0] > sent.start and tree.pos[inside[0] - 1] in ("ADP", "SCONJ")
    if led or base(tree.dep[top]) not in _MISREAD or any(tree.children(i, "case") for i in inside):
        return 0
    verb = _verb_above(tree, top)
    if verb < 0 or (base(tree.dep[top]) == _SUBJECT and top < verb and not _other(tree, verb, top)):
        return 0
    was_subject = base(tree.dep[top]) == _SUBJECT
    _release(tree, inside, top)
    if main != top:
        tree.promote(main)
    tree.attach(main, verb, "obl")
    for i in inside:
        if i != main and tree.head[i] not in inside:
            tree.attach(i, main, tree.dep[i])
    if was_subject and not tree.children(verb, _SUBJECT):
        before = [
            k for k in tree.children(verb, "obj") if k < verb and not tree.children(k, "case")
        ]
        if len(before) == 1:
            tree.attach(before[0], verb, _SUBJECT)
    return 1


def _verb_above(tree: Tree, at: int) -> int:
    while tree.head[at] != at:
        at = tree.head[at]
        if tree.pos[at] == "VERB":
            return at
    return -1


def _other(tree: Tree, verb: int, top: int) -> bool:
    """Whether something else may be the verb's subject."""
    return any(k != top for k in tree.children(verb, _SUBJECT, "obj"))


def _release(tree: Tree, inside: list[int], top: int) -> None:
    """A noun before the date that hung under it takes its place: *il sospettato sabato*."""
    outside = [k for i in inside for k in tree.children(i) if k not in inside]
    heads = [k for k in outside if k < inside[0] and tree.pos[k] in _LEFT]
    if not heads:
        return
    noun = heads[-1]
    dep, head = tree.dep[top], tree.head[top]
    tree.attach(noun, head, dep)
    if tree.pos[noun] == "ADJ":
        tree.tag(noun, "NOUN")
    for k in outside:
        if k != noun and k < inside[0]:
            tree.attach(k, noun, tree.dep[k])


@cache
def _words(language: str) -> frozenset[str]:
    """The words that a date without a preposition is told by."""
    values = table_of(language, "values")
    if not values:
        return frozenset()
    dates, near = values["dates"], values["near"]
    phrases = [*dates["months"], *dates["short_months"], *dates["weekdays"], *dates["ago"]]
    phrases += [*values["relative"], *values["periods"]["seasons"]]
    phrases += [word for words in near["units"].values() for word in words]
    return frozenset(word.lower() for phrase in phrases for word in phrase.split()[-1:])
