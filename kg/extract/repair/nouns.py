"""Noun phrases: appositions, examples, numbers, modifiers and verbs read as heads."""

from __future__ import annotations

from typing import Final

from kg.extract.repair.roles import is_role_noun
from kg.extract.rules import Rules
from kg.extract.tree import NOMINAL, Tree, base

__all__ = [
    "bare_modifiers",
    "comparatives",
    "complements",
    "examples",
    "nearest_examples",
    "participles_after_nouns",
    "second_objects",
    "verbs_with_articles",
]

_SET_OFF: Final = frozenset({",", "–", "—", "-"})
_TIMELIKE: Final = frozenset({"obl:tmod", "obl:agent"})


def second_objects(tree: Tree, sent: range, table: Rules) -> int:
    """A second object is an apposition after a comma, and a predicative after a verb of naming.

    *ha incontrato la premier, la prima donna …*; *considera il Giappone un alleato*.
    """
    made = 0
    for i in tree.heads_of(sent, "obj"):
        objects = tree.children(i, "obj") if tree.pos[i] == "VERB" else []
        if len(objects) < 2:
            continue
        first, second = objects[0], objects[1]
        left = min([second, *tree.children(second)])
        if tree.words[left - 1] == "," or tree.words[left] == ",":
            made += tree.attach(second, first, "appos")
        elif tree.lemma[i] in table.naming:
            made += tree.attach(second, i, "xcomp")
    return made


def bare_modifiers(tree: Tree, sent: range, table: Rules) -> int:
    """A noun phrase after a comma without preposition is an apposition of what stands before it.

    *imposte dalla Cina, principale produttore mondiale* (obl); *la premier, prima donna* (nmod).
    """
    made = 0
    for i in tree.tagged(sent, "NOUN"):
        if base(tree.dep[i]) not in ("obl", "nmod", "conj") or tree.dep[i] in _TIMELIKE:
            continue
        cases = tree.children(i, "case")
        if cases == [i - 1] and tree.lower[i - 1] in table.ordinals:
            tree.tag(i - 1, "ADJ")  # prima donna a guidare: first, not before
        if any(tree.pos[k] != "ADJ" for k in cases) or tree.children(i, "cc", "nummod"):
            continue
        left = min([i, *tree.children(i)])
        if tree.words[left] == ",":
            left += 1
        comma = left - 1
        if comma <= sent.start or tree.words[comma] not in _SET_OFF or _in_list(tree, i):
            continue
        before = _top_nominal(tree, comma - 1, sent)
        if before is None or before == i:
            continue
        named = tree.ent[before] or is_role_noun(tree, before, table)
        if not named and (tree.words[comma] == "," or not tree.children(i, "det")):
            continue
        for k in cases:
            tree.dep[k] = "amod"
        made += tree.attach(i, before, "appos")
    return made


def _in_list(tree: Tree, i: int) -> bool:
    """True for a member of an enumeration: a coordinator follows, or it has conjuncts."""
    if tree.children(i, "conj"):
        return True
    siblings = tree.children(tree.head[i], "conj")
    return any(k > i and tree.children(k, "cc") for k in siblings) and base(tree.dep[i]) == "conj"


def _top_nominal(tree: Tree, at: int, sent: range) -> int | None:
    """The head of the noun phrase that ends at ``at``."""
    if tree.pos[at] not in NOMINAL and tree.pos[at] != "ADJ":
        return None
    top = at
    while (
        tree.head[top] != top
        and base(tree.dep[top]) in ("flat", "amod", "compound", "appos")
        and tree.head[top] in sent
    ):
        top = tree.head[top]
    return top if tree.pos[top] in NOMINAL else None


def examples(tree: Tree, sent: range, table: Rules) -> int:
    """*investimenti, tra cui un impegno …*: what follows *tra cui* are examples of the noun before.

    The two words become one preposition of the example.
    """
    made = 0
    for i in tree.tagged(sent, "ADP"):
        if not sent.start < i < sent.stop - 1:
            continue
        if f"{tree.lower[i]} {tree.lower[i + 1]}" not in table.member_cases:
            continue
        example = next(
            (
                k
                for k in range(i + 2, min(i + 8, sent.stop))
                if tree.pos[k] in ("NOUN", "PROPN") or tree.pos[k] == "VERB"
            ),
            None,
        )
        before = next(
            (k for k in range(i - 1, sent.start - 1, -1) if tree.pos[k] in ("NOUN", "PROPN")), None
        )
        if example is None or before is None or tree.dominates(example, before):
            continue
        while (
            base(tree.dep[before]) in ("nmod", "flat", "compound")
            and tree.head[before] < i
            and tree.head[before] in sent
        ):
            if tree.pos[tree.head[before]] not in NOMINAL:
                break
            before = tree.head[before]
        if tree.attach(example, before, "nmod"):
            if tree.pos[example] == "VERB":
                tree.tag(example, "NOUN")
            tree.attach(i, example, "case")
            tree.attach(i + 1, i, "fixed")
            made += 1
    return made


def nearest_examples(tree: Tree, sent: range, table: Rules) -> int:
    """*accordi con Paesi terzi come India*: without a comma, examples are of the noun before."""
    made = 0
    for i in sent:
        cases = tree.children(i, "case") if base(tree.dep[i]) == "nmod" else []
        if not cases or tree.lower[cases[0]] not in table.member_cases:
            continue
        at = cases[0] - 1
        while at > sent.start and tree.pos[at] == "ADJ":
            at -= 1
        near = tree.pos[at] in ("NOUN", "PROPN") and at != tree.head[i] and at != i
        if near and not tree.dominates(i, at):
            made += tree.attach(i, at, "nmod")
    return made


def verbs_with_articles(tree: Tree, sent: range, table: Rules) -> int:
    """What has an article of its own is a noun: *il cessate il fuoco*."""
    made = 0
    for i in tree.tagged(sent, "VERB"):
        if i == sent.start or tree.pos[i - 1] != "DET" or tree.head[i - 1] != i:
            continue
        if tree.children(i, "nsubj", "aux", "cop") or base(tree.dep[i]) in ("amod", "acl"):
            continue
        tree.tag(i, "NOUN")
        if base(tree.dep[i]) in ("acl", "ccomp", "xcomp", "advcl"):
            tree.dep[i] = "nmod" if tree.children(i, "case") else "obj"
        made += 1
    return made


def comparatives(tree: Tree, sent: range, table: Rules) -> int:
    """*oltre il 70%*, *più di 400 miliardi*, *over 90%*: the bound belongs to the number.

    Where the verb has no object, the number is it, not an oblique with a preposition.
    """
    made = 0
    numbered = {i for i in tree.heads_of(sent, "nummod") if tree.pos[i] in ("NOUN", "PROPN")}
    for i in sorted({*numbered, *tree.tagged(sent, "NUM", "SYM")}):
        left = min([i, *tree.children(i)])
        bounds = [k for k in tree.children(i, "case") if tree.lower[k] in table.bounds]
        if (
            not bounds
            and left - 1 >= sent.start
            and tree.lower[left] in table.bound_links
            and tree.lower[left - 1] in table.bounds
        ):
            _free_of_bound(tree, i, left - 1)
            tree.attach(left - 1, i, "advmod")
            tree.attach(left, left - 1, "fixed")
            bounds = [left - 1]
        elif (
            left - 1 >= sent.start
            and tree.lower[left - 1] in table.bounds
            and tree.lower[left] not in table.bound_links
        ):
            tree.attach(left - 1, i, "advmod")
            bounds = [left - 1]
        if not bounds:
            continue
        for k in bounds:
            tree.dep[k] = "advmod"
        verb = tree.head[i]
        active = tree.pos[verb] == "VERB" and not tree.children(verb, "nsubj:pass", "aux:pass")
        if base(tree.dep[i]) == "obl" and active and not tree.children(i, "case"):
            if i < verb and _acts(tree, i, table):
                tree.dep[i] = "nsubj"
            elif not tree.children(verb, "obj"):
                tree.dep[i] = "obj"
        tree.changed = True
        made += 1
    return made


def _acts(tree: Tree, i: int, table: Rules) -> bool:
    """True for nouns of people and firms: *oltre dieci banche investiranno*."""
    return is_role_noun(tree, i, table) or tree.lemma[i].lower() in table.firm_nouns


def _free_of_bound(tree: Tree, i: int, bound: int) -> None:
    """*Più di 5 milioni hanno votato*, where the number hangs under *più*: it takes its place."""
    verb = tree.head[bound]
    if tree.head[i] == bound and tree.pos[verb] == "VERB":
        subject = i < verb and not tree.children(verb, "nsubj")
        tree.attach(i, verb, "nsubj" if subject else "obj")


def participles_after_nouns(tree: Tree, sent: range, table: Rules) -> int:
    """A participle right after a noun phrase belongs to the noun it agrees with.

    *le famiglie dei cittadini giapponesi rapiti dalla Corea*: ``rapiti`` goes to ``cittadini``;
    *due bambini di 3 anni travolti*: an age is passed over.
    """
    made = 0
    for i in tree.tagged(sent, "VERB"):
        if not tree.has(i, "VerbForm=Part") or base(tree.dep[i]) not in ("acl", "advcl"):
            continue
        if tree.children(i, "aux", "nsubj", "mark") or not table.pro_drop or i == sent.start:
            continue
        wanted = [
            f for f in ("Gender=Masc", "Gender=Fem", "Number=Sing", "Number=Plur") if tree.has(i, f)
        ]
        if len(wanted) < 2:
            continue
        for k in range(i - 1, max(sent.start, i - 6) - 1, -1):
            if tree.pos[k] not in ("NOUN", "ADJ", "ADP", "DET", "PROPN", "NUM"):
                break
            if tree.lemma[k].lower() in table.time_nouns and tree.children(k, "nummod"):
                continue
            if tree.pos[k] == "NOUN" and all(tree.has(k, f) for f in wanted):
                if tree.head[i] != k:
                    made += tree.attach(i, k, "acl")
                break
    return made


def complements(tree: Tree, sent: range, table: Rules) -> int:
    """*ensuring access to minerals*: a phrase that the object asks for is no phrase of the verb."""
    made = 0
    for i in sent:
        verb = tree.head[i]
        cases = tree.children(i, "case")
        if tree.dep[i] != "obl" or tree.pos[verb] != "VERB" or not cases:
            continue
        noun = cases[0] - 1
        wanted = table.noun_complements.get(tree.lemma[noun].lower(), ()) if noun > verb else ()
        if tree.pos[noun] == "NOUN" and tree.dep[noun] == "obj" and tree.head[noun] == verb:
            made += tree.lower[cases[0]] in wanted and tree.attach(i, noun, "nmod")
    return made
