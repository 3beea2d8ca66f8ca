"""Reported speech: who says what stands in quotation marks."""

from __future__ import annotations

from typing import Final

from kg.extract.repair.agreement import is_finite
from kg.extract.rules import Rules
from kg.extract.tree import Tree, base

__all__ = ["clauses_after_quotes", "inverted_speech"]

_CLOSING: Final = frozenset('”»"')


def inverted_speech(tree: Tree, sent: range, table: Rules) -> int:
    """*“…” ha dichiarato Trump*: after a quotation, who stands behind the verb says it."""
    made = 0
    for verb in sent:
        if (
            tree.pos[verb] != "VERB"
            or tree.lemma[verb].lower() not in table.reporting_verbs
            or tree.children(verb, "nsubj", "ccomp")
        ):
            continue
        objects = [k for k in tree.children(verb, "obj") if 0 < k - verb <= 4]
        if (
            is_finite(tree, verb)
            and _after_quote(tree, verb, sent)
            and objects
            and (tree.ent[objects[0]] in ("PER", "ORG") or tree.pos[objects[0]] == "PROPN")
        ):
            tree.dep[objects[0]] = "nsubj"
            tree.changed = True
            made += 1
    return made


def _after_quote(tree: Tree, verb: int, sent: range) -> bool:
    at = min([verb, *tree.children(verb, "aux")]) - 1
    while at > sent.start and tree.words[at] in (",", "."):
        at -= 1
    return at >= sent.start and tree.words[at] in _CLOSING


def clauses_after_quotes(tree: Tree, sent: range, table: Rules) -> int:
    """What follows a quotation goes on with its speaker.

    *ha sottolineato che … “…” e ha promesso …*.
    """
    made = 0
    for i in sent:
        head = tree.head[i]
        if (
            base(tree.dep[i]) not in ("ccomp", "conj")
            or tree.pos[i] != "VERB"
            or not tree.children(i, "cc")
        ):
            continue
        joint = tree.children(i, "cc")[0]
        if joint <= sent.start or tree.words[joint - 1] not in _CLOSING:
            continue
        speaker = head if base(tree.dep[i]) == "ccomp" else tree.head[head]
        if tree.lemma[speaker].lower() in table.reporting_verbs and speaker != i:
            if base(tree.dep[i]) == "conj" and base(tree.dep[head]) != "ccomp":
                continue
            for k in tree.children(i, "mark"):
                tree.dep[k] = "dep"
            made += tree.attach(i, speaker, "conj")
    return made
