"""Products whose rows do not depend on each other, so that texts may be read together.

A product of matrices is the same for a row whatever rows are beside it, in mathematics. The
libraries that compute it take other ways for few rows than for many, and round differently: then
a text's parse could depend on its company. Where a library always takes the same way is measured.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate, pairwise
from typing import Any, Final

import numpy as np
from thinc.api import Model

__all__ = ["is_exact", "product", "turned"]

_OWN: Final = frozenset(("biaffine", "lstm_encoder"))
"""Models that multiply by `product`; the others do by Thinc's ``gemm``."""
_NO_FACTORS: Final = ("E", "b")
"""How parameters are called that nothing is multiplied by: embeddings and biases."""
_STRAIGHT: Final = "arcs"
"""The only matrix that rows are multiplied by as it is, and not turned."""
_PARTS: Final = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144)
"""Rows that are multiplied by themselves, to be compared with all of them together."""


def product(x: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """``x @ matrix`` by a way that does not hang on the number of rows, if the library has one.

    One row alone goes another way in NumPy, as a vector, so it gets company. ``matrix`` must be in
    C order: one that is only turned about is read by other code.
    """
    if len(x) == 1:
        return np.asarray((np.concatenate([x, x]) @ matrix)[:1])
    return np.asarray(x @ matrix)


def turned(matrix: np.ndarray) -> np.ndarray:
    """A transposed copy, in C order."""
    return np.ascontiguousarray(matrix.T)


def is_exact(model: Model[Any, Any]) -> bool:
    """Whether rows are independent to the last bit in all products with a model's weights.

    Depends on the processor: true of OpenBLAS' code for AVX-512, not of that for AVX2. BLIS, which
    Thinc uses, always is exact (0.3.31 and 1.3.4, tried as six processors).
    """
    ops: Any = model.ops

    def gemm(x: np.ndarray, matrix: np.ndarray) -> np.ndarray:
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
                product if own else gemm, matrix if name == _STRAIGHT else turned(matrix)
            ):
                return False
    return True


def _independent(multiply: Callable[[np.ndarray, np.ndarray], np.ndarray], by: np.ndarray) -> bool:
    random = np.random.default_rng(0)
    rows = random.standard_normal((sum(_PARTS), len(by))).astype("f")
    whole = multiply(rows, by)
    parts = pairwise(accumulate(_PARTS, initial=0))
    return all(np.array_equal(multiply(rows[b:e], by), whole[b:e]) for b, e in parts)
