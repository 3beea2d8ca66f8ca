"""Clauses: auxiliaries, coordinated verbs, main clauses read as relative ones."""

from __future__ import annotations

from typing import Final

from kg.extract.repair.agreement import agrees, is_finite
from kg.extract.rules import Rules
from kg.extract.tree import Tree, base

__all__ = [
    "copulas_before_participles",
    "free_participles",
    "relatives_without_pronoun",
]

# What the parser makes of a subject whose verb it took for a relative clause.
_MISREAD: Final = frozenset({"obl", "obj", "nmod", "cc", "nsubj", "ROOT", "dep"})


def copulas_before_participles(tree: Tree, sent: range, table: Rules) -> int:
    """*è nata*, *was signed*: a form of *be* on a participle that is a verb is an auxiliary."""
    made = 0
    for i in tree.heads_of(sent, "cop"):
        if tree.pos[i] != "VERB" or not tree.has(i, "VerbForm=Part"):
            continue
        for k in tree.children(i, "cop"):
            if k < i:
                tree.dep[k] = "aux:pass" if tree.children(i, "nsubj:pass", "obl:agent") else "aux"
                tree.changed = True
                made += 1
    return made


def relatives_without_pronoun(tree: Tree, sent: range, table: Rules) -> int:
    """A relative clause without its pronoun, where the language needs one, is a main clause.

    *hanno confermato che dieci conglomerati, …, investiranno* (acl:relcl of ``conglomerati``): the
    noun is its subject.
    """
    if not table.pro_drop:
        return 0
    made = 0
    for verb in tree.tagged(sent, "VERB"):
        noun = tree.head[verb]
        if not _lacks_pronoun(tree, verb, table) or not agrees(tree, noun, verb):
            continue
        above = _governor(tree, noun, sent, table)
        marks = [k for k in range(above + 1, noun) if tree.lower[k] in table.clause_marks]
        said = tree.pos[above] == "VERB" and bool(marks)
        if base(tree.dep[noun]) not in _MISREAD or not (said or above == noun):
            continue
        tree.promote(verb)
        tree.dep[noun] = "nsubj"
        if said:
            tree.attach(verb, above, "ccomp")
            for k in marks:
                if tree.head[k] != verb:
                    tree.attach(k, verb, "mark")
        made += 1
    return made


def _lacks_pronoun(tree: Tree, verb: int, table: Rules) -> bool:
    """True for a finite clause after its noun with neither relative pronoun nor subject."""
    noun = tree.head[verb]
    if base(tree.dep[verb]) != "acl" or tree.pos[verb] != "VERB" or noun >= verb:
        return False
    if not is_finite(tree, verb) or tree.children(verb, "nsubj", "mark"):
        return False
    return not any(
        tree.lemma[k].lower() in table.relative_pronouns and tree.dep[k] != "fixed"
        for k in range(noun + 1, verb)
    )


def _governor(tree: Tree, noun: int, sent: range, table: Rules) -> int:
    """What the noun hangs from; for a conjunction, the verb of saying before it."""
    above = tree.head[noun]
    if tree.lower[above] not in table.clause_marks or above <= sent.start:
        return above
    left = [k for k in range(sent.start, above) if tree.lemma[k].lower() in table.reporting_verbs]
    return left[-1] if left and tree.pos[left[-1]] == "VERB" else above


def free_participles(tree: Tree, sent: range, table: Rules) -> int:
    """*marks an agreement since taking office, solidifying her role*: a clause of the main verb.

    After a comma and without a coordinator, the second was read as a conjunct of the first.
    """
    made = 0
    for i in tree.tagged(sent, "VERB"):
        first = tree.head[i]
        if tree.dep[i] != "conj" or not (_is_ongoing(tree, i) and _is_ongoing(tree, first)):
            continue
        left = min([i, *tree.children(i)])
        comma = left if tree.words[left] == "," else left - 1
        series = any(tree.children(k, "cc") for k in tree.children(first, "conj"))
        if tree.words[comma] != "," or series or tree.children(i, "nsubj", "aux", "mark"):
            continue
        at = tree.head[first]
        while tree.head[at] != at and not (tree.pos[at] == "VERB" and is_finite(tree, at)):
            at = tree.head[at]
        if tree.pos[at] == "VERB" and at < first:
            made += tree.attach(i, at, "advcl")
    return made


def _is_ongoing(tree: Tree, i: int) -> bool:
    present = tree.has(i, "VerbForm=Part") and tree.has(i, "Tense=Pres")
    return tree.has(i, "VerbForm=Ger") or present
