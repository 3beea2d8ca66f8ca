"""Whether a statement's words and the gold's name the same thing or the same relation."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

__all__ = ["Row", "alike", "folded", "same_relation", "texts"]

Row = Mapping[str, Any]
"""A line of statements.jsonl or of the gold, or a part of it."""

_ALIKE: Final = 0.6
"""Share of content words (Dice) from which two names are the same."""


def texts(node: Row | None) -> list[str]:
    """What a slot of a row goes by: its label, its wording, its value, the end of its IRI."""
    if node is None:
        return []
    parts = [str(node[key]) for key in ("label", "text", "value", "iri") if node.get(key)]
    return [part.rsplit("/", 1)[-1] if part.startswith("http") else part for part in parts]


def same_relation(wanted: Collection[str], node: Row) -> bool:
    """Whether a relation has a content word of an accepted one, or is a copula like it."""
    words = [word for relation in wanted for word in relation.split()]
    stems = {_stem(w) for w in words if w not in _table("function_words")} or set(map(_stem, words))
    copular = any(relation.split()[0] in _table("copulas") for relation in wanted)
    for text in map(folded, texts(node)):
        said = set(text.split())
        if text in wanted or not stems.isdisjoint(map(_stem, said - _table("function_words"))):
            return True
        if copular and not said.isdisjoint(_table("copular_words")):
            return True
    return False


def alike(one: str, other: str) -> bool:
    """Whether two names share most of their content words."""
    ours, theirs = _content(one), _content(other)
    if not (ours and theirs):
        return False
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) >= _ALIKE


def _content(text: str) -> set[str]:
    words = text.split()
    return {w for w in words if w.isdigit() or (len(w) > 1 and w not in _table("function_words"))}


def _stem(word: str) -> str:
    """A word without its ending, so that forms of it meet."""
    return word[: max(4, len(word) - 3)] if len(word) > 5 else word


def folded(text: str) -> str:
    """The words of a text without case, accents and punctuation."""
    text = unicodedata.normalize("NFKD", text).lower()
    plain = "".join(c for c in text if not unicodedata.combining(c)).replace("_", " ")
    return " ".join(re.findall(r"[a-z0-9%$€]+", plain))


@cache
def _table(name: str) -> frozenset[str]:
    """Words of facts.toml."""
    table = tomllib.loads(files("kg.evaluate").joinpath("facts.toml").read_text("utf-8"))
    return frozenset(table[name].split())
