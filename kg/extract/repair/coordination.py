"""Coordination: what is joined with what."""

from __future__ import annotations

from typing import Final

from kg.extract.repair.agreement import FINITE, SUBJECTS, agrees, is_finite, number_of
from kg.extract.repair.roles import is_role_noun
from kg.extract.rules import Rules
from kg.extract.tree import Tree, base

__all__ = [
    "conjunctions_of_modifiers",
    "conjuncts_before_verbs",
    "conjuncts_of_governors",
    "conjuncts_of_objects",
    "infinitive_conjuncts",
    "main_verbs_after_relatives",
    "modifiers_read_as_heads",
    "noun_conjuncts",
    "owners_read_as_conjuncts",
    "stray_finite_conjuncts",
]


_BEFORE_NOUNS: Final = frozenset(("nmod:poss", "amod", "nummod", "compound", "nmod:desc", "det"))
_NAMING: Final = ("nmod:desc", "appos", "flat")
_NOMINAL: Final = ("NOUN", "PROPN")


def conjunctions_of_modifiers(tree: Tree, sent: range, table: Rules) -> int:
    """The conjunction before a noun is not its owner's: *Rossi and Lyon's new mayor, Ann Berg*.

    What was read as a title or apposition of what stands before a conjunction is its conjunct.
    """
    made = 0
    for i in tree.tagged(sent, "CCONJ"):
        top = tree.head[i]
        if tree.dep[i] != "cc" or top < i or tree.dep[top] not in _BEFORE_NOUNS:
            continue
        if tree.dep[top] == "compound" and tree.pos[top] != "PROPN":
            continue  # trade and defense cooperation
        while tree.dep[top] in _BEFORE_NOUNS and tree.head[top] > top:
            top = tree.head[top]
        first = tree.head[top]
        if first > i or tree.pos[top] not in _NOMINAL or tree.pos[first] not in _NOMINAL:
            continue
        if tree.dep[top] not in ("conj", *_NAMING) or tree.children(top, "cc"):
            continue
        if tree.attach(i, top, "cc"):
            tree.dep[top] = "conj"
            made += 1
    return made


def owners_read_as_conjuncts(tree: Tree, sent: range, table: Rules) -> int:
    """*Rossi and Lyon's new mayor met*: who is joined with Rossi is the mayor, not Lyon.

    What is owned was read as one more conjunct, or as a second subject.
    """
    made = 0
    for owner in tree.tagged(sent, "PROPN", "NOUN"):
        first = tree.head[owner]
        while base(tree.dep[first]) == "flat":
            first = tree.head[first]
        if tree.dep[owner] != "conj" or _clitic(tree, first, table) is not None:
            continue
        clitic = _clitic(tree, owner, table)
        if clitic is None or clitic + 1 not in sent:
            continue
        owned = clitic + 1
        while tree.dep[owned] in _BEFORE_NOUNS and tree.head[owned] > owned:
            owned = tree.head[owned]
        if tree.pos[owned] not in _NOMINAL or not _parallel(tree, first, owned):
            continue
        made += tree.attach(owned, first, "conj")
        for joint in tree.children(owner, "cc"):
            tree.attach(joint, owned, "cc")
        tree.attach(owner, owned, "nmod:poss")
    return made


def _clitic(tree: Tree, owner: int, table: Rules) -> int | None:
    """The word that makes an owner of a noun."""
    cases = tree.children(owner, "case")
    return next((k for k in cases if tree.lemma[k] in table.possessive_clitics), None)


def _parallel(tree: Tree, first: int, second: int) -> bool:
    """Whether two nouns could be conjuncts as they were read."""
    if tree.head[second] == first:
        return tree.dep[second] == "conj"
    return tree.dep[first] in SUBJECTS and tree.dep[first] == tree.dep[second]


def noun_conjuncts(tree: Tree, sent: range, table: Rules) -> int:
    """A noun coordinated with a verb goes on with the noun before it: *in missili, navi, droni*."""
    made = 0
    for i in tree.tagged(sent, "NOUN", "PROPN"):
        head = tree.head[i]
        if tree.dep[i] != "conj" or tree.pos[head] != "VERB" or head > i:
            continue
        if tree.children(i, "nsubj", "cop", "obj", "case"):
            continue
        before = [
            k
            for k in tree.children(head, "obl", "obj", "nsubj")
            if head < k < i and tree.pos[k] in ("NOUN", "PROPN")
        ]
        if before:
            made += tree.attach(i, before[-1], "conj")
    return made


def modifiers_read_as_heads(tree: Tree, sent: range, table: Rules) -> int:
    """*a trade and rare earths agreement*: two modifiers of one noun, read as two nouns.

    The first has the article, the last is a bare singular with modifiers of its own.
    """
    made = 0
    for i in tree.heads_of(sent, "conj"):
        if tree.pos[i] != "NOUN" or not tree.has(i, "Number=Sing"):
            continue
        last = (tree.children(i, "conj") or [i])[-1]
        if (
            last == i
            or tree.pos[last] != "NOUN"
            or tree.children(last, "det", "case")
            or not tree.children(last, "compound")
        ):
            continue
        articles = tree.children(i, "det")
        if (
            not articles
            or not tree.has(articles[0], "Definite=Ind")
            or not tree.has(last, "Number=Sing")
        ):
            continue
        if is_role_noun(tree, last, table):
            continue
        tree.promote(last)
        tree.dep[i] = "compound"
        for k in tree.children(last, "cc"):
            tree.attach(k, i, "cc")  # trade and rare earths agreement
        for k in list(tree.children(i)):
            if base(tree.dep[k]) in ("det", "case", "amod", "punct", "nmod", "appos", "acl"):
                tree.attach(k, last, tree.dep[k])
        made += 1
    return made


def stray_finite_conjuncts(tree: Tree, sent: range, table: Rules) -> int:
    """A finite verb coordinated with a noun belongs to the finite verb before it.

    *marks a step in relations and highlights …* (``highlights`` conj of ``relations``).
    """
    made = 0
    for i in tree.tagged(sent, "VERB"):
        head = tree.head[i]
        if base(tree.dep[i]) != "conj" or not tree.has(i, FINITE):
            continue
        if (
            tree.pos[head] not in ("NOUN", "PROPN")
            or tree.children(head, "cop")
            or tree.children(i, *SUBJECTS)
        ):
            continue
        at = head
        while tree.head[at] != at and not (tree.pos[at] == "VERB" and tree.has(at, FINITE)):
            at = tree.head[at]
        if tree.pos[at] == "VERB" and at != i:
            made += tree.attach(i, at, "conj")
    return made


def conjuncts_of_governors(tree: Tree, sent: range, table: Rules) -> int:
    """*ha deliberato che le spese erano legittime e lo ha assolto*: by its number who decided does.

    The verb was read as one more of what is said, whose subject has the other number.
    """
    made = 0
    for i in tree.tagged(sent, "VERB") if table.pro_drop else ():
        said = tree.head[i]
        above = tree.head[said]
        if tree.dep[i] != "conj" or base(tree.dep[said]) != "ccomp" or not is_finite(tree, i):
            continue
        if tree.children(i, "mark", *SUBJECTS) or not tree.children(said, "nsubj"):
            continue
        numbers = [number_of(tree, k) for k in (i, said, above)]
        if None not in numbers and numbers[0] != numbers[1] and numbers[0] == numbers[2]:
            made += tree.attach(i, above, "conj")
    return made


def infinitive_conjuncts(tree: Tree, sent: range, table: Rules) -> int:
    """*seeks to diversify …, reduce … and establish*: bare infinitives follow the infinitive."""
    made = 0
    for i in tree.tagged(sent, "VERB"):
        head = tree.head[i]
        if tree.dep[i] != "conj" or tree.children(i, "aux", "cop", *SUBJECTS):
            continue
        infinitives = [k for k in tree.children(head, "xcomp") if head < k < i]
        bare = tree.has(i, "VerbForm=Inf") or tree.lower[i] == tree.lemma[i]
        if infinitives and bare and tree.has(head, FINITE) and tree.lower[head] != tree.lemma[head]:
            made += tree.attach(i, infinitives[-1], "conj")
    return made


def conjuncts_before_verbs(tree: Tree, sent: range, table: Rules) -> int:
    """A noun coordinated with an earlier one right before a verb without subject is its subject.

    *La Cina detiene il 70% del mercato e il controllo della filiera è …*: ``controllo`` was read
    as one more part of the market.
    """
    made = 0
    for verb in sent:
        if base(tree.dep[verb]) not in ("conj", "parataxis", "ccomp"):
            continue
        group = tree.children(verb, "cop") or (tree.children(verb, "aux") or [verb])
        nominal = bool(tree.children(verb, "cop"))
        if not (nominal or tree.pos[verb] == "VERB") or tree.children(verb, *SUBJECTS):
            continue
        if not is_finite(tree, verb):
            continue
        top = group[0] - 1
        if top < sent.start or tree.head[verb] >= top:
            continue
        while base(tree.dep[top]) in ("nmod", "amod", "flat", "compound") and tree.head[top] < top:
            top = tree.head[top]
        joint = [k for k in tree.children(top, "cc") if k < top]
        own = tree.children(top, "det") and not tree.children(top, "case")
        if base(tree.dep[top]) == "conj" and tree.pos[top] in ("NOUN", "PROPN") and joint and own:
            made += tree.attach(top, verb, "nsubj")
            tree.attach(joint[0], verb, "cc")
    return made


def conjuncts_of_objects(tree: Tree, sent: range, table: Rules) -> int:
    """*ha un debito da un miliardo e un posto*: without preposition it joins the object.

    In languages that repeat the preposition before each article, one without goes further back.
    """
    made = 0
    for i in tree.tagged(sent, "NOUN") if table.pro_drop else ():
        first = tree.head[i]
        if base(tree.dep[i]) != "conj" or tree.children(i, "case"):
            continue
        if not tree.children(i, "det") or not tree.children(first, "case", "det"):
            continue
        above = tree.head[first]
        if base(tree.dep[first]) == "nmod" and tree.dep[above] == "obj":
            above = tree.head[above]  # un investimento da un miliardo e un posto
        objects = tree.children(above, "obj") if tree.pos[above] == "VERB" else []
        before = bool(objects) and objects[0] < first and bool(tree.children(objects[0], "det"))
        if before and tree.children(first, "case") and tree.children(first, "det"):
            made += tree.attach(i, objects[0], "conj")
    return made


def main_verbs_after_relatives(tree: Tree, sent: range, table: Rules) -> int:
    """*X, che ha scritto libri, parteciperà …*: after the relative clause goes on the main clause.

    The parser made ``X`` the root and hung ``parteciperà`` under ``scritto``.
    """
    made = 0
    for verb in tree.tagged(sent, "VERB"):
        relative = tree.head[verb]
        noun = tree.head[relative]
        if base(tree.dep[verb]) not in ("advcl", "conj", "parataxis", "ccomp"):
            continue
        if tree.dep[relative] != "acl:relcl" or tree.head[noun] != noun:
            continue
        if tree.children(verb, "mark", "cc", *SUBJECTS) or not is_finite(tree, verb):
            continue
        group = min([verb, *tree.children(verb, "aux", "expl", "advmod")])
        if tree.words[group - 1] == "," and noun < relative < verb and agrees(tree, noun, verb):
            tree.make_root(verb)
            made += tree.attach(noun, verb, "nsubj")
    return made
