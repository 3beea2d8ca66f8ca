"""A long short-term memory over packed sequences, forward and backward in time (NumPy).

Hochreiter and Schmidhuber, "Long short-term memory" (1997), with forget gates. Thinc has one too,
but the gradients of its ``backprop_lstm`` (8.3) are not those of its forward pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.biaffine.product import add_product, product, turned

__all__ = ["Packing", "State", "backward", "forward"]


@dataclass(frozen=True, slots=True)
class Packing:
    """Sequences lined up by time: the first row of each, longest sequence first, then the second …

    Attributes:
        lengths: of the sequences.
        order: row of the concatenated sequences for each packed row; ``back`` is its inverse.
        owner: the sequence of each packed row.
        starts: where the rows of a time begin among the packed rows; the end at last.
    """

    lengths: tuple[int, ...]
    order: np.ndarray
    back: np.ndarray
    owner: np.ndarray
    starts: tuple[int, ...]

    @classmethod
    def of(cls, lengths: Sequence[int]) -> Packing:
        """For sequences of these lengths, one after another."""
        sizes = np.asarray(lengths, dtype="int64")
        longest = np.argsort(-sizes, kind="stable")
        firsts = (np.cumsum(sizes) - sizes)[longest]
        steps = np.arange(sizes.max(initial=0))
        reach = np.searchsorted(-sizes[longest], -steps, side="left")
        parts = [firsts[:n] + t for t, n in enumerate(reach)]
        order = np.concatenate([np.empty(0, dtype="int64"), *parts])
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        owner = np.repeat(np.arange(len(sizes)), sizes)[order]
        starts = tuple(int(n) for n in np.concatenate([[0], np.cumsum(reach)]))
        return cls(tuple(int(n) for n in lengths), order, back, owner, starts)


@dataclass(frozen=True, slots=True)
class State:
    """What the backward pass needs: gates (forget, input, output, candidate) and cells by row."""

    gates: np.ndarray
    cells: np.ndarray
    hidden: np.ndarray


def forward(
    x: np.ndarray,
    weights: np.ndarray,
    bias: np.ndarray,
    recurrent: np.ndarray,
    packing: Packing,
    *,
    reverse: bool,
) -> tuple[np.ndarray, State]:
    """Hidden states of the packed rows ``x``, and what ``backward`` needs."""
    width = recurrent.shape[1]
    gates = product(x, turned(weights))
    gates += bias
    cells = np.empty((len(x), width), dtype="f")
    hidden = np.empty((len(x), width), dtype="f")
    starts = packing.starts
    steps = range(len(starts) - 1)
    most = starts[1] if len(starts) > 1 else 0
    h, c = np.zeros((most, width), dtype="f"), np.zeros((most, width), dtype="f")
    back = turned(recurrent)
    three = 3 * width
    for t in reversed(steps) if reverse else steps:
        begin, end = starts[t], starts[t + 1]
        n = end - begin
        g = gates[begin:end]
        add_product(g, h[:n], back)
        s = g[:, :three]
        # The logistic function by the hyperbolic tangent, which cannot overflow.
        s *= np.float32(0.5)
        np.tanh(g, out=g)
        s += np.float32(1)
        s *= np.float32(0.5)
        new = cells[begin:end]
        np.multiply(g[:, :width], c[:n], out=new)
        new += g[:, width : 2 * width] * g[:, three:]
        out = hidden[begin:end]
        np.tanh(new, out=out)
        out *= g[:, 2 * width : three]
        h[:n] = out
        c[:n] = new
    return hidden, State(gates, cells, hidden)


def backward(
    d_hidden: np.ndarray,
    x: np.ndarray,
    weights: np.ndarray,
    recurrent: np.ndarray,
    state: State,
    packing: Packing,
    *,
    reverse: bool,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Gradients of the rows read, the input weights, the bias and the recurrent weights."""
    width = recurrent.shape[1]
    starts = packing.starts
    steps = range(len(starts) - 1)
    forget, enter, leave, new = (state.gates[:, i * width : (i + 1) * width] for i in range(4))
    before, has = _previous(packing, reverse=reverse)
    old_cells = np.where(has[:, None], state.cells[before], np.float32(0))
    old_hidden = np.where(has[:, None], state.hidden[before], np.float32(0))
    squashed = np.tanh(state.cells)
    by_leave = squashed * leave * (1 - leave)
    by_cell = leave * (1 - squashed * squashed)
    by_forget = old_cells * forget * (1 - forget)
    by_enter = new * enter * (1 - enter)
    by_new = enter * (1 - new * new)
    d_gates = np.empty_like(state.gates)
    most = starts[1] if len(starts) > 1 else 0
    dh, dc = np.zeros((most, width), dtype="f"), np.zeros((most, width), dtype="f")
    for t in steps if reverse else reversed(steps):
        begin, end = starts[t], starts[t + 1]
        n = end - begin
        dy = d_hidden[begin:end] + dh[:n]
        cell = dy * by_cell[begin:end]
        cell += dc[:n]
        g = d_gates[begin:end]
        np.multiply(cell, by_forget[begin:end], out=g[:, :width])
        np.multiply(cell, by_enter[begin:end], out=g[:, width : 2 * width])
        np.multiply(dy, by_leave[begin:end], out=g[:, 2 * width : 3 * width])
        np.multiply(cell, by_new[begin:end], out=g[:, 3 * width :])
        np.multiply(cell, forget[begin:end], out=dc[:n])
        np.matmul(g, recurrent, out=dh[:n])
    return (
        d_gates @ weights,
        d_gates.T @ x,
        d_gates.sum(axis=0),
        d_gates.T @ old_hidden,
    )


def _previous(packing: Packing, *, reverse: bool) -> tuple[np.ndarray, np.ndarray]:
    """The packed row of the state that each row continues, and whether there is one."""
    starts = np.asarray(packing.starts)
    size = int(starts[-1])
    counts = np.diff(starts)
    time = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(size) - starts[time]
    other = time + 1 if reverse else time - 1
    inside = (other >= 0) & (other < len(counts))
    near = np.clip(other, 0, max(len(counts) - 1, 0))
    has = inside & (place < counts[near]) if size else np.zeros(0, dtype=bool)
    return np.where(has, starts[near] + place, 0), has
