"""The encoder: a bidirectional LSTM over the tokens of each document, as a Tok2Vec's ``encode``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from spacy.util import registry
from thinc.api import Model, glorot_uniform_init

from kg.biaffine.lstm import Packing, backward, forward

__all__ = ["lstm_encoder"]

Arrays = list[np.ndarray]
_WINDOW: Final = 512  # tokens: a longer document is read in parts
_AROUND: Final = (
    64  # tokens read with a part on either side, so that it does not begin from nothing
)
_TOGETHER: Final = 5_000  # tokens read at a time: what stays in a processor's cache
_NAMES: Final = ("input", "bias", "recurrent")


@registry.architectures("kg.LSTMEncoder.v1")  # type: ignore[untyped-decorator]
def lstm_encoder(width: int, depth: int, nI: int | None = None) -> Model[Any, Any]:  # noqa: N803 - Thinc's name
    """Bidirectional LSTMs, one above the other, each but the first added to what it reads.

    Args:
        width: of the output, both directions together; even.
        depth: layers.
        nI: width of the input, None if it is to be inferred.

    What a layer reads is dropped out by column, for a document at a time (Gal and Ghahramani,
    "A theoretically grounded application of dropout in recurrent neural networks", 2016), at the
    rate in ``dropout_rate``, which spaCy sets. Long documents are read in parts of 512 tokens.
    """
    return Model(
        "lstm_encoder",
        _forward,
        init=_init,
        dims={"nO": width, "nI": nI},
        params={f"{name}{i}": None for i in range(depth) for name in _NAMES},
        attrs={"dropout_rate": 0.0, "depth": depth},
    )


def _init(model: Model[Any, Any], X: Arrays | None = None, Y: Any = None) -> None:  # noqa: ANN401, ARG001, N803
    if X is not None and model.has_dim("nI") is None:
        model.set_dim("nI", X[0].shape[1])
    width, half = model.get_dim("nI"), model.get_dim("nO") // 2
    xp = model.ops.xp
    for i in range(model.attrs["depth"]):
        for name, read in (("input", width), ("recurrent", half)):
            gates = [glorot_uniform_init(model.ops, (half, read)) for _ in range(8)]
            model.set_param(f"{name}{i}", xp.stack(gates).reshape((2, 4 * half, read)))
        bias = model.ops.alloc2f(2, 4 * half)
        bias[:, :half] = 1  # the forget gate's (Jozefowicz et al., 2015)
        model.set_param(f"bias{i}", bias)
        width = 2 * half


def _forward(
    model: Model[Any, Any],
    X: Arrays,  # noqa: N803
    is_train: bool,
) -> tuple[Arrays, Callable[[Arrays], Arrays]]:
    sizes = [len(x) for x in X]
    if not is_train:
        return list(_predict(model, X)), lambda _: []
    rows = model.ops.xp.concatenate(X)
    pieces = [end - begin for size in sizes for begin, end in _parts(size)]
    found, back = _run(model, rows, pieces, model.attrs["dropout_rate"])

    def backprop(dY: Arrays) -> Arrays:  # noqa: N803
        return _split(back(model.ops.xp.concatenate(dY)), sizes)

    return _split(found, sizes), backprop


def _predict(model: Model[Any, Any], X: Arrays) -> Iterator[np.ndarray]:  # noqa: N803
    """The output for each document, some of their parts at a time."""
    parts = [
        (i, begin, end, max(begin - _AROUND, 0), min(end + _AROUND, len(x)))
        for i, x in enumerate(X)
        for begin, end in _parts(len(x))
    ]
    out = [np.empty((len(x), model.get_dim("nO")), dtype="f") for x in X]
    while parts:
        size, count = 0, 0
        for _, _, _, low, high in parts:
            size += high - low
            if count and size > _TOGETHER:
                break
            count += 1
        taken, parts = parts[:count], parts[count:]
        read = np.concatenate([X[i][low:high] for i, _, _, low, high in taken])
        rows = _run(model, read, [high - low for *_, low, high in taken], 0.0)[0]
        for i, begin, end, low, high in taken:
            out[i][begin:end] = rows[begin - low : end - low]
            rows = rows[high - low :]
    yield from out


def _parts(size: int) -> Iterator[tuple[int, int]]:
    """Where the parts of a document begin and end."""
    for begin in range(0, size, _WINDOW):
        yield begin, min(begin + _WINDOW, size)


def _run(
    model: Model[Any, Any], rows: np.ndarray, lengths: Sequence[int], rate: float
) -> tuple[np.ndarray, Callable[[np.ndarray], np.ndarray]]:
    """The output for sequences one after another, and the backward pass."""
    ops: Any = model.ops
    depth: int = model.attrs["depth"]
    packing = Packing.of(lengths)
    half = model.get_dim("nO") // 2
    read = rows[packing.order]
    passed: list[tuple[Any, Any, Any]] = []
    for i in range(depth):
        mask = None
        if rate > 0:
            mask = ops.get_dropout_mask((len(lengths), read.shape[1]), rate)[packing.owner]
        seen = read if mask is None else read * mask
        out = np.empty((len(seen), 2 * half), dtype="f")
        states = []
        for d in range(2):
            weights, bias, recurrent = (_param(model, f"{name}{i}")[d] for name in _NAMES)
            out[:, d * half : (d + 1) * half], state = forward(
                seen, weights, bias, recurrent, packing, reverse=d == 1
            )
            states.append(state)
        passed.append((mask, seen, states))
        read = out + read if i else out

    def backprop(d_out: np.ndarray) -> np.ndarray:
        flow = d_out[packing.order]
        for i in reversed(range(depth)):
            mask, seen, states = passed[i]
            down = np.zeros_like(seen)
            grads = {name: np.empty_like(_param(model, f"{name}{i}")) for name in _NAMES}
            for d in range(2):
                d_read, *found = backward(
                    np.ascontiguousarray(flow[:, d * half : (d + 1) * half]),
                    seen,
                    _param(model, f"input{i}")[d],
                    _param(model, f"recurrent{i}")[d],
                    states[d],
                    packing,
                    reverse=d == 1,
                )
                down += d_read
                for name, gradient in zip(_NAMES, found, strict=True):
                    grads[name][d] = gradient
            for name, gradient in grads.items():
                model.inc_grad(f"{name}{i}", gradient)  # type: ignore[arg-type]
            if mask is not None:
                down *= mask
            flow = flow + down if i else down
        return np.asarray(flow[packing.back])

    return read[packing.back], backprop


def _param(model: Model[Any, Any], name: str) -> np.ndarray:
    return np.asarray(model.get_param(name))


def _split(rows: np.ndarray, lengths: Sequence[int]) -> Arrays:
    return np.split(rows, np.cumsum(lengths)[:-1]) if len(lengths) else []
