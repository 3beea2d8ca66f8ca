"""The best tree for a table of scores: every word has one head, one word has none, no circles."""

from __future__ import annotations

import numpy as np

__all__ = ["best_tree"]

_NEVER = -1e12
_FINE = 1e6


def best_tree(scores: np.ndarray) -> np.ndarray:
    """Heads of the highest sum of scores that form a tree with one root.

    ``scores[i, j]`` is that of the head j for word i, where j = 0 is the root and word j - 1 else.
    Returns an index of ``scores``' columns a word.

    Nearly always the best heads are a tree by themselves; else the algorithm of Chu and Liu (1965)
    and Edmonds (1967) finds it.
    """
    scores = scores.astype("float64")
    size = len(scores)
    scores[np.arange(size), np.arange(1, size + 1)] = _NEVER  # no word is its own head
    heads: np.ndarray = scores.argmax(axis=1)
    if (heads == 0).sum() == 1 and _cycle(heads) is None:
        return heads
    # As few roots as can be, that is one: among trees with one root, the fine takes nothing.
    scores[:, 0] -= _FINE
    return _arborescence(scores)


def _cycle(heads: np.ndarray) -> list[int] | None:
    """Words in a circle (0-based), None where there is none."""
    state = np.zeros(len(heads), dtype="int8")  # 1: on the way, 2: leads to the root
    for word in range(len(heads)):
        at, way = word, []
        while at >= 0 and not state[at]:
            state[at] = 1
            way.append(at)
            at = int(heads[at]) - 1
        if at >= 0 and state[at] == 1:
            return way[way.index(at) :]
        state[way] = 2
    return None


def _arborescence(scores: np.ndarray) -> np.ndarray:
    """The heads of the best tree, circles contracted one by one."""
    heads: np.ndarray = scores.argmax(axis=1)
    circle = _cycle(heads)
    if circle is None:
        return heads
    inside = np.zeros(len(scores), dtype=bool)
    inside[circle] = True
    outer = np.flatnonzero(~inside)  # words that stay; the circle becomes the last one
    ring = np.asarray(circle)
    columns = np.concatenate([[0], outer + 1])
    own = scores[ring, heads[ring]]
    entering = scores[np.ix_(ring, columns)] - own[:, None]  # a head from outside for one of them
    leaving = scores[np.ix_(outer, ring + 1)]
    small = np.full((len(outer) + 1, len(outer) + 2), _NEVER)
    small[:-1, :-1] = scores[np.ix_(outer, columns)]
    small[:-1, -1] = leaving.max(axis=1) if len(outer) else []
    small[-1, :-1] = entering.max(axis=0)
    found = _arborescence(small)
    result = heads.copy()
    for row, word in enumerate(outer):
        head = int(found[row])
        last = head == len(outer) + 1
        result[word] = ring[leaving[row].argmax()] + 1 if last else columns[head]
    broken = int(found[-1])
    result[ring[entering[:, broken].argmax()]] = columns[broken]
    return result
