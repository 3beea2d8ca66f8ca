"""Amounts whose bound the parser took for something else: *fewer than 100 tigers survive*."""

from __future__ import annotations

from typing import Final

from kg.extract.repair.values import values_in
from kg.extract.rules import Rules
from kg.extract.tree import Tree, base
from kg.lang.lexicon import lexicon
from kg.types import Value

__all__ = ["bounded_amounts", "measures_of_change"]

_KINDS: Final = frozenset(("money", "percent", "quantity", "duration", "number"))
_COUNTED: Final = frozenset(("NOUN", "PROPN", "SYM", "NUM"))
_FREE: Final = frozenset(("obl", "nmod", "advmod", "xcomp", "dep", "advcl"))
_BOUNDS: Final = frozenset(("ADJ", "ADV", "PRON", "DET"))
_LOOSE: Final = frozenset(("advmod", "mark", "case", "fixed", "compound"))
_MODIFYING: Final = frozenset(("amod", "compound", "nummod"))
_KEPT: Final = frozenset(("VERB", "AUX", "DET", "NUM", "NOUN"))
_NAMES: Final = frozenset(("PROPN", "X"))
_SUBJECT: Final = "nsubj"
_PASSIVE: Final = "nsubj:pass"
_CHANGE: Final = "verb.change"


def bounded_amounts(tree: Tree, sent: range, table: Rules) -> int:
    """What bounds an amount belongs to it, and the amount to its verb.

    *They offered up to €20 million* has an object, *fewer than 100 tigers survive* a subject, *i
    colloqui sono durati sei ore* one subject and not two.
    """
    made = 0
    if not _counts(tree, sent):
        return 0
    for inside, value in values_in(tree, sent, table.language):
        if value.kind not in _KINDS:
            continue
        main = next((i for i in inside if _heads(tree, i, inside)), -1)
        if main >= 0:
            made += _gather(tree, inside, main)
            noun = tree.head[main]
            counts = noun > main and base(tree.dep[main]) in _MODIFYING
            if counts and tree.pos[noun] in _COUNTED:  # up to 48% oil content
                main = noun
            made += _place(tree, inside, main, value, table)
    return made


def measures_of_change(tree: Tree, sent: range, table: Rules) -> int:
    """By how much something changes is said of the change: *cut rates | by 25 basis points*.

    Where the preposition has other uses (*una multa di 100 euro*), only with verbs of change.
    """
    made = 0
    if not _counts(tree, sent):
        return 0
    for inside, value in values_in(tree, sent, table.language):
        main = next((i for i in inside if _heads(tree, i, inside)), -1)
        if main < 0 or value.kind not in ("money", "percent", "quantity"):
            continue
        noun = tree.head[main]
        verb = tree.head[noun]
        cases = [tree.lemma[k].lower() for k in tree.children(main, "case") if k < main]
        if base(tree.dep[main]) != "nmod" or tree.pos[verb] != "VERB" or len(cases) != 1:
            continue
        if base(tree.dep[noun]) not in ("obj", "nsubj") or noun > main:
            continue
        sure = cases[0] in table.measure_cases
        change = (
            tree.lemma[verb] in table.change_verbs
            or lexicon().supersense(tree.lemma[verb], "v", table.language) == _CHANGE
        )
        if sure or (cases[0] in table.change_cases and change and _definite(tree, noun)):
            made += tree.attach(main, verb, "obl")
    return made


def _counts(tree: Tree, sent: range) -> bool:
    """Whether a sentence has a number at all: looking for values costs more than this."""
    return bool(tree.tagged(sent, "NUM", "SYM")) or any(tree.words[i][0].isdigit() for i in sent)


def _definite(tree: Tree, noun: int) -> bool:
    return any(tree.has(k, "Definite=Def") for k in tree.children(noun, "det"))


def _heads(tree: Tree, i: int, inside: list[int]) -> bool:
    """Whether a token is what an amount is counted in: no other word of it stands above."""
    if tree.pos[i] not in _COUNTED or _figure(tree, i):
        return False
    above = tree.head[i]
    while above in inside:
        if tree.pos[above] in _COUNTED or tree.head[above] == above:
            return False
        above = tree.head[above]
    return True


def _figure(tree: Tree, i: int) -> bool:
    """Whether figures were taken for a name."""
    return tree.pos[i] in _NAMES and tree.words[i][0].isdigit()


def _gather(tree: Tree, inside: list[int], main: int) -> int:
    """The words of the amount that hang elsewhere go under its head: *[up] to €20 million*."""
    made = _lift(tree, inside, main)
    # within ten years, from ten to 32 pages, ranging from one to four hours
    led = tree.pos[inside[0]] in ("ADP", "VERB")
    for i in inside:
        if i < main and _figure(tree, i):
            tree.tag(i, "NUM")  # 1.500,50 euro, taken for a name
            made += tree.head[i] != main and tree.attach(i, main, "nummod")
        if i >= main or tree.pos[i] in _KEPT:
            continue
        stray = tree.head[i] not in inside and base(tree.dep[i]) in _LOOSE
        if stray or (tree.head[i] == main and tree.dep[i] == "case" and not led):
            bound = i - 1 in inside and tree.pos[i] == "ADP" and tree.pos[i - 1] in ("ADV", "ADJ")
            made += tree.attach(i, i - 1, "fixed") if bound else tree.attach(i, main, "advmod")
    return made


def _lift(tree: Tree, inside: list[int], main: int) -> int:
    """The amount takes the place of its bound, and a preposition: *fewer than 100 tigers*."""
    made = 0
    top = tree.head[main]
    after_noun = tree.dep[top] == "amod" and tree.head[top] < top  # damages as high as $10 billion
    if top in inside and top < main and tree.pos[top] in _BOUNDS and not after_noun:
        while tree.head[top] in inside and tree.head[top] != top:
            top = tree.head[top]
        before = [k for k in tree.children(top, "case") if k not in inside]
        if tree.attach(main, tree.head[top], tree.dep[top]):
            made += tree.attach(top, main, "advmod")
            for k in before:  # con meno di 200.000 abitanti
                tree.attach(k, main, "case")
    for i in inside:
        if i < main and tree.pos[i] in _BOUNDS and tree.dominates(main, i):
            # amounts to more than $350 billion
            for k in tree.children(i, "case"):
                made += k not in inside and tree.attach(k, main, "case")
    return made


def _place(tree: Tree, inside: list[int], main: int, value: Value, table: Rules) -> int:
    """Without a preposition before it an amount is its verb's subject or object."""
    verb, dep = tree.head[main], tree.dep[main]
    if verb == main or tree.pos[verb] != "VERB" or tree.children(main, "case"):
        return 0
    between = range(min(verb, main) + 1, max(verb, main))
    if any(tree.pos[i] == "PUNCT" and i not in inside for i in between):
        return 0
    if verb < main and tree.pos[inside[0] - 1] in ("NOUN", "PROPN"):
        return 0  # raffiche fino a 160 km/h: how much the noun is
    rivals = [k for k in tree.children(verb, _SUBJECT) if k != main]
    if base(dep) == _SUBJECT:
        if not rivals or main < verb or min(rivals) > main:
            return 0
    elif base(dep) not in _FREE or (value.comparator == "eq" and dep != "nmod"):
        return 0
    passive = bool(tree.children(verb, "aux:pass"))
    happens = any(tree.lemma[k] == table.be for k in tree.children(verb, "aux"))
    if main < verb or (happens and not rivals):
        if rivals or tree.children(verb, "expl"):
            return 0
        return tree.attach(main, verb, _PASSIVE if passive else _SUBJECT)
    free = not tree.children(verb, "obj") and value.kind != "duration" and not passive
    new = "obj" if free else "obl"
    return int(new != dep and tree.attach(main, verb, new))
