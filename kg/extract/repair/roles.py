"""Nouns for what people are, as the repairs ask for them."""

from __future__ import annotations

from kg.extract.names import is_role
from kg.extract.rules import Rules
from kg.extract.tree import Tree
from kg.lang.lexicon import lexicon

__all__ = ["is_person_noun", "is_role_noun"]


def is_role_noun(tree: Tree, i: int, table: Rules) -> bool:
    """True for a noun that says what people are or do: *president*, *ministra*."""
    return is_role(tree.pos[i], tree.lemma[i].lower(), tree.lower[i], table.language)


def is_person_noun(tree: Tree, i: int, table: Rules) -> bool:
    """True for a role noun whose first sense is a person: *leader*, not *arrival*."""
    if not is_role_noun(tree, i, table):
        return False
    supersense = lexicon().supersense(tree.lemma[i].lower(), "n", table.language)
    return supersense in ("noun.person", "noun.group", "")
