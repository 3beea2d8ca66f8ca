"""Reported speech: who says what stands in quotation marks."""

from __future__ import annotations

from typing import Final

from kg.extract.repair.agreement import is_finite
from kg.extract.repair.roles import is_role_noun
from kg.extract.rules import Rules
from kg.extract.tree import Tree, base

__all__ = ["clauses_after_quotes", "contrasts_after_quotes", "inverted_speech"]

_CLOSING: Final = frozenset('”»"')
_COMMA: Final = frozenset(",")


def inverted_speech(tree: Tree, sent: range, table: Rules) -> int:
    """*“…” ha dichiarato Trump*, *…, ha detto la polizia*: who stands behind the verb says it."""
    made = 0
    for verb in tree.tagged(sent, "VERB"):
        if tree.lemma[verb].lower() not in table.reporting_verbs or tree.children(
            verb, "nsubj", "ccomp"
        ):
            continue
        objects = [k for k in tree.children(verb, "obj") if 0 < k - verb <= 4]
        if not objects or not is_finite(tree, verb) or not _can_speak(tree, objects[0], table):
            continue
        joined = base(tree.dep[verb]) in ("conj", "parataxis") and not tree.children(verb, "cc")
        if _after(tree, verb, sent, _CLOSING) or (joined and _after(tree, verb, sent, _COMMA)):
            tree.dep[objects[0]] = "nsubj"
            if joined:
                tree.dep[verb] = "parataxis"
            tree.changed = True
            made += 1
    return made


def _can_speak(tree: Tree, i: int, table: Rules) -> bool:
    named = tree.ent[i] in ("PER", "ORG") or tree.pos[i] == "PROPN"
    return named or is_role_noun(tree, i, table)


def _after(tree: Tree, verb: int, sent: range, marks: frozenset[str]) -> bool:
    """True if one of the marks stands before the verb group, commas and stops aside."""
    at = min([verb, *tree.children(verb, "aux")]) - 1
    while at > sent.start and tree.words[at] in (",", ".") and tree.words[at] not in marks:
        at -= 1
    return at >= sent.start and tree.words[at] in marks


def clauses_after_quotes(tree: Tree, sent: range, table: Rules) -> int:
    """What follows a quotation goes on with its speaker.

    *ha sottolineato che … “…” e ha promesso …*.
    """
    made = 0
    for i in tree.tagged(sent, "VERB"):
        head = tree.head[i]
        if base(tree.dep[i]) not in ("ccomp", "conj") or not tree.children(i, "cc"):
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


def contrasts_after_quotes(tree: Tree, sent: range, table: Rules) -> int:
    """*warned it could “…,” while the EU called it …*: after the quotation somebody else speaks."""
    made = 0
    for i in tree.tagged(sent, "VERB"):
        said = tree.head[i]
        speaker = tree.head[said]
        marks = tree.children(i, "mark") if base(tree.dep[i]) == "advcl" and said < i else []
        if not marks or tree.lower[marks[0]] not in table.contrast_marks:
            continue
        if base(tree.dep[said]) != "ccomp" or tree.lemma[speaker] not in table.reporting_verbs:
            continue
        if tree.children(i, "nsubj") and _after(tree, marks[0], sent, _CLOSING):
            made += tree.attach(i, speaker, "advcl")
    return made
