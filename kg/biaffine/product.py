"""Products whose rows do not depend on each other, so that texts may be read together.

A product of matrices is the same for a row whatever rows are beside it, in mathematics. The
libraries that compute it take other ways for few rows than for many, and round differently: then
a text's parse could depend on its company. Where a library always takes the same way is measured:
of NumPy's it depends on the processor (true of OpenBLAS' code for AVX-512, not of that for AVX2);
BLIS, which Thinc uses, does it always (0.3.31 and 1.3.4, tried as six processors).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, Final

import numpy as np
from blis.py import gemm
from thinc.api import Model

__all__ = ["add_product", "is_exact", "product", "turned"]

_OWN: Final = frozenset(("biaffine", "lstm_encoder"))
"""Models that multiply by `product`; the others do by Thinc's ``gemm``."""
_NO_FACTORS: Final = ("E", "b")
"""How parameters are called that nothing is multiplied by: embeddings and biases."""
_STRAIGHT: Final = "arcs"
"""The only matrix that rows are multiplied by as it is, and not turned."""
_PARTS: Final = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144)
"""Rows that are multiplied by themselves, to be compared with all of them together."""


def product(x: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """``x @ matrix`` by a way that does not hang on the number of rows, if a library has one.

    ``matrix`` must be in C order: one that is only turned about is read by other code.
    """
    if _by_numpy(matrix.shape):
        return _numpy(x, matrix)
    return np.asarray(gemm(np.ascontiguousarray(x), matrix))


def add_product(to: np.ndarray, x: np.ndarray, matrix: np.ndarray) -> None:
    """Adds ``x @ matrix`` to rows, by such a way; all are in C order."""
    if _by_numpy(matrix.shape):
        to += _numpy(x, matrix)
    else:
        gemm(x, matrix, out=to, beta=1.0)


@cache
def _by_numpy(shape: tuple[int, ...]) -> bool:
    """Whether NumPy, the faster one, does it; else BLIS."""
    return _independent(_numpy, np.random.default_rng(1).standard_normal(shape).astype("f"))


def _numpy(x: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """One row alone goes another way in NumPy, as a vector, so it gets company."""
    if len(x) == 1:
        return np.asarray((np.concatenate([x, x]) @ matrix)[:1])
    return np.asarray(x @ matrix)


def turned(matrix: np.ndarray) -> np.ndarray:
    """A transposed copy, in C order."""
    return np.ascontiguousarray(matrix.T)


def is_exact(model: Model[Any, Any]) -> bool:
    """Whether rows are independent to the last bit in all products with a model's weights."""
    ops: Any = model.ops

    def thinc(x: np.ndarray, matrix: np.ndarray) -> np.ndarray:
        return np.asarray(ops.gemm(x, turned(matrix), trans2=True))

    seen: set[tuple[bool, tuple[int, ...]]] = set()
    for node in model.walk():
        own = node.name in _OWN
        for name in node.param_names:
            weights = np.asarray(node.get_param(name))
            known = (own, weights.shape) in seen
            if known or weights.ndim == 1 or name.startswith(_NO_FACTORS):
                continue
            seen.add((own, weights.shape))
            rows = weights[0] if own and weights.ndim > 2 else weights  # one of two directions
            matrix = rows.reshape(-1, rows.shape[-1])
            if not _independent(
                product if own else thinc, matrix if name == _STRAIGHT else turned(matrix)
            ):
                return False
    return True


def _independent(multiply: Callable[[np.ndarray, np.ndarray], np.ndarray], by: np.ndarray) -> bool:
    random = np.random.default_rng(0)
    rows = random.standard_normal((sum(_PARTS), len(by))).astype("f")
    whole = multiply(rows, by)
    parts = pairwise(accumulate(_PARTS, initial=0))
    return all(np.array_equal(multiply(rows[b:e], by), whole[b:e]) for b, e in parts)
