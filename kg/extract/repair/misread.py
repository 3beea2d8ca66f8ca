"""Words whose part of speech was misread, and what was made of them."""

from __future__ import annotations

from typing import Final

from kg.extract.repair.agreement import SUBJECTS
from kg.extract.rules import Rules
from kg.extract.tree import NOMINAL, Tree, base
from kg.lang.lexicon import lexicon

__all__ = [
    "clauses_of_adjectives",
    "hyphenated",
    "nouns_after_to",
    "verbs_after_their_nouns",
]

_CLAUSES: Final = frozenset({"acl", "advcl", "xcomp"})
_HYPHENS: Final = frozenset("-‐‑")
_WITHIN: Final = frozenset({"acl", "amod", "conj", "nmod", "obl", "compound", "flat", "appos"})
_HEADS: Final = frozenset({"ROOT", "ccomp", "conj", "dep", "parataxis"})


def nouns_after_to(tree: Tree, sent: range, table: Rules) -> int:
    """*from smartphones to fighter jets*: after *to* a noun that no dictionary has as a verb.

    The parser made a clause of it, with the head of the phrase as the verb's object.
    """
    words, made = lexicon(), 0
    for i in tree.tagged(sent, "VERB"):
        if i == sent.start or tree.lower[i - 1] not in table.infinitive_marks:
            continue
        if words.is_lemma(tree.lemma[i], "v", table.language):
            continue
        if words.is_lemma(tree.lower[i], "n", table.language):
            made += _give_way(tree, i, i - 1, "NOUN", "compound")
    return made


def clauses_of_adjectives(tree: Tree, sent: range, table: Rules) -> int:
    """*tariffs on select American exports*: an adjective between preposition and noun is no clause.

    The noun, read as the adjective's object, takes its place.
    """
    made = 0
    for i in tree.tagged(sent, "ADJ"):
        marks = tree.children(i, "mark")
        if marks and marks[-1] == i - 1 and tree.pos[i - 1] == "ADP":
            made += _give_way(tree, i, i - 1, "ADJ", "amod")
    return made


def _give_way(tree: Tree, i: int, mark: int, pos: str, dep: str) -> int:
    """The object of the clause that ``i`` heads becomes a phrase with ``mark`` as preposition."""
    objects = tree.children(i, "obj")
    if base(tree.dep[i]) not in _CLAUSES or len(objects) != 1 or objects[0] < i:
        return 0
    noun, above = objects[0], tree.head[i]
    if any(tree.pos[k] not in ("ADJ", "NOUN", "PROPN") for k in range(i + 1, noun)):
        return 0
    nominal = tree.pos[above] in NOMINAL
    if not tree.attach(noun, above, "nmod" if nominal else "obl"):
        return 0
    for k in tree.children(i):
        tree.attach(k, noun, tree.dep[k])
    tree.tag(i, pos, tree.lower[i])
    tree.attach(i, noun, dep)
    tree.tag(mark, "ADP")
    tree.attach(mark, noun, "case")
    return 1


def verbs_after_their_nouns(tree: Tree, sent: range, table: Rules) -> int:
    """*shares in firms linked to mining surged*: what takes no object is no passive participle.

    It was read as one of the noun before it, which left its clause without a verb.
    """
    made = 0
    for verb in tree.tagged(sent, "VERB") if not table.pro_drop else ():
        if tree.dep[verb] != "acl" or tree.lemma[verb] not in table.intransitive:
            continue
        past = tree.has(verb, "VerbForm=Part") or tree.has(verb, "VerbForm=Fin")
        if not past or tree.has(verb, "Tense=Pres") or tree.children(verb, "mark", *SUBJECTS):
            continue
        top = tree.head[verb]
        while base(tree.dep[top]) in _WITHIN and tree.head[top] < top:
            top = tree.head[top]
        bare = tree.pos[top] in ("NOUN", "PROPN") and not tree.children(top, "case", "cop", "nsubj")
        if not bare or tree.dep[top] not in _HEADS:
            continue
        above, dep = tree.head[top], tree.dep[top]
        if above == top:
            tree.make_root(verb)
        else:
            tree.attach(verb, above, dep)
        made += tree.attach(top, verb, "nsubj")
        for k in tree.children(top, "punct", "cc", "mark"):
            if k < top or k > verb:
                tree.attach(k, verb, tree.dep[k])
    return made


def hyphenated(tree: Tree, sent: range, table: Rules) -> int:
    """*counter-measures*, *editor-in-chief*: parts that hang alike outside are one phrase.

    Its head is the last part, or the first where a preposition stands between.
    """
    made, i = 0, sent.start
    if not any(tree.words[k] in _HYPHENS for k in sent):
        return 0
    while i < sent.stop:
        parts = [i]
        while parts[-1] + 2 < sent.stop and _joins(tree, parts[-1] + 1):
            parts.append(parts[-1] + 2)
        i = parts[-1] + 1
        if len(parts) < 2:
            continue
        whole = range(parts[0], parts[-1] + 1)
        tops = [k for k in parts if tree.head[k] not in whole or tree.head[k] == k]
        if len(tops) < 2 or any(tree.dep[k] != tree.dep[tops[0]] for k in tops):
            continue
        top = tops[0] if any(tree.lower[k] in table.inner for k in parts[1:-1]) else tops[-1]
        for k in whole:
            if k in tops and k != top:
                made += tree.attach(k, top, "compound")
            elif k not in parts:
                tree.tag(k, "PUNCT", tree.words[k])
                tree.attach(k, top, "punct")
    return made


def _joins(tree: Tree, i: int) -> bool:
    return tree.words[i] in _HYPHENS and not (tree.spaces[i - 1] or tree.spaces[i])
