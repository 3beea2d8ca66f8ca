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
        lemma = tree.lemma[verb].lower()
        called = lemma in table.naming and bool(tree.children(verb, "aux:pass"))
        called = called or lemma in table.copulas
        if len(subjects) == 2 and called and subjects[0] < verb < subjects[1]:
            tree.dep[subjects[1]] = "xcomp"  # è stata eletta presidente
            tree.changed = True
            made += 1
            continue
        if len(subjects) == 2 and tree.lemma[subjects[0]].lower() in table.time_nouns:
            tree.dep[subjects[0]] = "obl"  # il mese scorso qualcuno ha attaccato
            tree.changed = True
            made += 1
            continue
        if (
            len(subjects) != 2
            or tree.pos[subjects[0]] == "PRON"
            or tree.pos[subjects[1]] not in ("NOUN", "PROPN")
        ):
            continue
        first, second = subjects
        if second == first + 1 and tree.pos[second] == "PROPN" and second < verb:
            made += tree.attach(first, second, "compound")  # his fellow Scots Paul Menzies …
            continue
        for k in tree.children(second, "amod", "compound", "det", "punct"):
            if k < first:
                tree.attach(k, first, tree.dep[k])  # Rare earths—17 minerals
        left = min([second, *tree.children(second)])
        if tree.words[left] in ",–—-":
            left += 1
        if tree.words[left - 1] in ",–—-" and second < verb:
            made += tree.attach(second, first, "appos")
    return made


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
