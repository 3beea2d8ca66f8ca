"""The values of a sentence by their tokens, found once for all repairs that ask."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from kg.extract.tree import Tree
from kg.extract.values import find_values
from kg.types import Value

__all__ = ["values_in"]

_ANY_DAY: Final = "2000-06-15"
"""Where values stand does not depend on what dates count from."""
_REMEMBERED: Final = 64  # the repairs of a sentence follow each other


def values_in(tree: Tree, sent: range, language: str) -> list[tuple[list[int], Value]]:
    """Each value of a sentence with its tokens, in their order."""
    span = tree.doc[sent.start : sent.stop]
    first = span.start_char
    found = []
    for begin, end, value in _found(span.text, language):
        inside = [i for i in sent if begin <= tree.doc[i].idx - first < end]
        if inside and tree.pos[inside[-1]] not in ("AUX", "VERB"):  # il 10 ha ripreso: no hectares
            found.append((inside, value))
    return found


@lru_cache(maxsize=_REMEMBERED)
def _found(text: str, language: str) -> tuple[tuple[int, int, Value], ...]:
    return tuple(find_values(text, language, reference=_ANY_DAY))
