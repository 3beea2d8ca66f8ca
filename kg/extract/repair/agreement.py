"""Tense, number and agreement of the words in a tree, as the repairs of clauses ask for them."""

from __future__ import annotations

from typing import Final

from kg.extract.tree import Tree

__all__ = ["FINITE", "SUBJECTS", "agrees", "is_finite", "number_of"]

FINITE: Final = "VerbForm=Fin"
SUBJECTS: Final = ("nsubj", "csubj", "expl:impers")
"""Relations of a verb that has a subject, or needs none."""


def is_finite(tree: Tree, verb: int) -> bool:
    """True for a verb with tense: its own, or that of an auxiliary or copula."""
    return any(tree.has(k, FINITE) for k in (*tree.children(verb, "aux", "cop"), verb))


def agrees(tree: Tree, noun: int, verb: int) -> bool:
    """True where a noun phrase can be the verb's subject by its number, as far as known."""
    finite = [k for k in (*tree.children(verb, "aux"), verb) if tree.has(k, FINITE)]
    plural = any(tree.has(k, "Number=Plur") for k in finite)
    singular = any(tree.has(k, "Number=Sing") for k in finite)
    if tree.children(noun, "conj") or tree.has(noun, "Number=Plur"):
        return plural or not singular
    return singular or not plural


def number_of(tree: Tree, i: int) -> str | None:
    """``Sing`` or ``Plur`` of a noun, or of a verb's finite form; None if unknown."""
    for k in (*tree.children(i, "aux"), i):
        for value in ("Sing", "Plur"):
            if tree.has(k, f"Number={value}") and (tree.pos[i] != "VERB" or tree.has(k, FINITE)):
                return value
    return None
