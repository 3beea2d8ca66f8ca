"""Noun phrases taken for subjects that are none, and the other way round."""

from __future__ import annotations

from kg.extract.repair.agreement import FINITE, SUBJECTS, is_finite
from kg.extract.rules import Rules
from kg.extract.tree import Tree, base

__all__ = ["compound_subjects", "second_subjects", "subjects_with_prepositions"]


def compound_subjects(tree: Tree, sent: range, table: Rules) -> int:
    """*The deal marks …*: a noun with its own determiner before a finite verb is its subject."""
    made = 0
    for i in sent:
        verb = tree.head[i]
        if (
            i > verb
            or tree.pos[verb] != "VERB"
            or base(tree.dep[i]) not in ("compound", "nmod", "dep")
        ):
            continue
        if tree.children(i, "case") or tree.children(verb, *SUBJECTS) or not tree.has(verb, FINITE):
            continue
        for k in list(tree.children(verb)):
            if k < i and base(tree.dep[k]) in ("det", "amod", "nmod", "compound"):
                tree.attach(k, i, tree.dep[k])
        made += tree.attach(i, verb, "nsubj")
    return made


def second_subjects(tree: Tree, sent: range, table: Rules) -> int:
    """A second subject after a dash or comma is an apposition: *Rare earths—17 minerals …—have*."""
    made = 0
    for verb in tree.heads_of(sent, "nsubj"):
        subjects = tree.children(verb, "nsubj")
        if len(subjects) == 2:
            made += _second_subject(tree, verb, subjects[0], subjects[1], table)
    return made


def _second_subject(tree: Tree, verb: int, first: int, second: int, table: Rules) -> int:
    lemma = tree.lemma[verb].lower()
    passive = bool(tree.children(verb, "aux:pass"))
    called = lemma in table.copulas or (lemma in table.naming and passive)
    if called and first < verb < second:
        return _relabel(tree, second, "xcomp")  # è stata eletta presidente
    if tree.lemma[first].lower() in table.time_nouns:
        return _relabel(tree, first, "obl")  # il mese scorso qualcuno ha attaccato
    if tree.pos[first] == "PRON" or tree.pos[second] not in ("NOUN", "PROPN") or second > verb:
        return 0
    if second == first + 1 and tree.pos[second] == "PROPN":
        return int(tree.attach(first, second, "compound"))  # his fellow Scots Paul Menzies …
    if tree.ent[first] == tree.ent[second] == "PER":
        return _relabel(tree, first, "dep")  # after Francesco died, Lisa left: two people
    for k in tree.children(second, "amod", "compound", "det", "punct"):
        if k < first:
            tree.attach(k, first, tree.dep[k])  # Rare earths—17 minerals
    left = min([second, *tree.children(second)])
    if tree.words[left] in ",–—-":
        left += 1
    apposed = tree.words[left - 1] in ",–—-"
    return int(apposed and tree.attach(second, first, "appos"))


def _relabel(tree: Tree, i: int, dep: str) -> int:
    tree.dep[i] = dep
    tree.changed = True
    return 1


def subjects_with_prepositions(tree: Tree, sent: range, table: Rules) -> int:
    """*On board the ship, Paris says*: a phrase with a preposition is no subject.

    *found themselves in Russia fleeing …*: before a participle it belongs to the verb above.
    """
    made = 0
    for i in sent if not table.pro_drop else ():
        verb = tree.head[i]
        if tree.dep[i] not in SUBJECTS or i > verb or tree.pos[i] not in ("NOUN", "PROPN"):
            continue
        cases = [k for k in tree.children(i, "case") if k < i and tree.pos[k] == "ADP"]
        if not cases or tree.pos[verb] != "VERB":
            continue
        if tree.lower[cases[0]] in table.subject_cases | table.bounds:
            continue
        above = tree.head[verb]
        outer = not is_finite(tree, verb) and above < i and tree.pos[above] == "VERB"
        made += tree.attach(i, above if outer else verb, "obl")
    return made
