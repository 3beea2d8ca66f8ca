"""Nouns for what people are, as the repairs ask for them."""

from __future__ import annotations

from kg.extract.names import is_role
from kg.extract.rules import Rules
from kg.extract.tree import Tree

__all__ = ["is_role_noun"]


def is_role_noun(tree: Tree, i: int, table: Rules) -> bool:
    """True for a noun that says what people are or do: *president*, *ministra*."""
    return is_role(tree.pos[i], tree.lemma[i].lower(), tree.lower[i], table.language)
