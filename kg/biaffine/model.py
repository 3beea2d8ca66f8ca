"""Scores of heads and labels for the words of sentences: the biaffine model over a tok2vec."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model, glorot_uniform_init

from kg.biaffine.product import product, turned
from kg.biaffine.trees import best_tree

__all__ = ["Batch", "Gradients", "Scores", "biaffine"]

_SLOPE = 0.1  # of the leaky rectifier


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents, the lengths of each one's sentences and, in training, the heads.

    Documents without sentences are passed over: they have no scores.

    ``heads`` are for all words one after another, as columns of the scores of their sentence (0 is
    the root); where they are unknown, -1. None: the best tree is looked for.
    """

    docs: Sequence[Doc]
    lengths: Sequence[Sequence[int]]
    heads: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """A table of head scores a sentence, (words, words + 1); heads; label scores a word."""

    arcs: list[np.ndarray]
    heads: np.ndarray
    labels: np.ndarray


@dataclass(frozen=True, slots=True)
class Gradients:
    """The loss's gradients, in the shapes of the scores."""

    arcs: list[np.ndarray]
    labels: np.ndarray


@registry.architectures("kg.Biaffine.v1")  # type: ignore[untyped-decorator]
def biaffine(
    tok2vec: Model[Any, Any],
    arc_width: int,
    label_width: int,
    nO: int | None = None,  # noqa: N803 - Thinc's name
) -> Model[Any, Any]:
    """The model; ``nO`` is the number of labels.

    A layer for dependents and one for heads read the token's vector, and a biaffine form scores
    each pair of words as an arc. The labels of the pairs that are chosen are scored by a layer
    over both words (Kiperwasser and Goldberg, "Simple and accurate dependency parsing using
    bidirectional LSTM feature representations", 2016), a tenth of the cost of a form a label.
    """
    return Model(
        "biaffine",
        _forward,
        init=_init,
        dims={"nO": nO, "nI": None, "arc": arc_width, "label": label_width},
        params=dict.fromkeys(("W", "b", "arcs", "root", "root_label", "labels", "labels_b")),
        attrs={"dropout_rate": 0.0},
        layers=[tok2vec],
        refs={"tok2vec": tok2vec},
    )


def _init(model: Model[Any, Any], X: Batch | None = None, Y: Any = None) -> None:  # noqa: ANN401, ARG001, N803
    tok2vec = model.get_ref("tok2vec")
    tok2vec.initialize(X=None if X is None else list(X.docs))
    model.set_dim("nI", tok2vec.get_dim("nO"))
    width, arc, label, count = (model.get_dim(d) for d in ("nI", "arc", "label", "nO"))
    ops: Any = model.ops
    parts = [glorot_uniform_init(ops, (n, width)) for n in (arc, arc, label, label)]
    model.set_param("W", ops.xp.concatenate(parts))
    model.set_param("b", ops.alloc1f(2 * (arc + label)))
    model.set_param("arcs", ops.alloc2f(arc + 1, arc))
    model.set_param("root", glorot_uniform_init(ops, (1, arc)).ravel())
    model.set_param("root_label", ops.alloc1f(label))
    model.set_param("labels", ops.alloc2f(count, label))
    model.set_param("labels_b", ops.alloc1f(count))


def _forward(
    model: Model[Any, Any], batch: Batch, is_train: bool
) -> tuple[Scores, Callable[[Gradients], Sequence[Doc]]]:
    ops: Any = model.ops
    vectors, to_tok2vec = model.get_ref("tok2vec")(list(batch.docs), is_train)
    rate = model.attrs["dropout_rate"] if is_train else 0.0
    parsed = [i for i, each in enumerate(batch.lengths) if each]
    sizes = [len(vectors[i]) for i in parsed]
    X = np.concatenate([ops.alloc2f(0, model.get_dim("nI")), *(vectors[i] for i in parsed)])  # noqa: N806
    dropped = _Dropout(rate, sizes, ops)
    drop_in = dropped.mask(X.shape[1])
    seen = X * drop_in
    roles = product(seen, turned(_param(model, "W"))) + _param(model, "b")
    arc, label = model.get_dim("arc"), model.get_dim("label")
    slope = _slope(roles[:, : 2 * arc]) * dropped.mask(2 * arc)
    arcs = roles[:, : 2 * arc] * slope
    dependent = np.hstack([arcs[:, :arc], np.ones((len(X), 1), dtype="f")])
    head = arcs[:, arc:]
    forms = product(dependent, _param(model, "arcs"))
    lengths = [n for each in batch.lengths for n in each]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype("int64")
    sentences = list(pairwise(starts.tolist()))
    root = _param(model, "root")[None]
    tables = [forms[b:e] @ np.vstack([root, head[b:e]]).T for b, e in sentences]
    heads = batch.heads
    if heads is None:
        found = [np.empty(0, dtype="int64"), *(best_tree(table) for table in tables)]
        heads = np.concatenate(found)
    # The row of each word's head among all words; the root's vector stands after them.
    offsets = np.repeat(starts[:-1], lengths)
    rows = np.where(heads > 0, offsets + heads - 1, len(X))
    all_heads = np.vstack([roles[:, 2 * arc + label :], _param(model, "root_label")[None]])
    pairs = roles[:, 2 * arc : 2 * arc + label] + all_heads[rows]
    pair_slope = _slope(pairs) * dropped.mask(label)
    pairs *= pair_slope
    labels = product(pairs, turned(_param(model, "labels"))) + _param(model, "labels_b")

    def backprop(d: Gradients) -> Sequence[Doc]:
        d_forms, d_arcs = np.zeros_like(forms), np.zeros_like(arcs)
        d_root = np.zeros_like(root)
        for (begin, end), table in zip(sentences, d.arcs, strict=True):
            d_forms[begin:end] = table @ np.vstack([root, head[begin:end]])
            d_heads = table.T @ forms[begin:end]
            d_root += d_heads[:1]
            d_arcs[begin:end, arc:] = d_heads[1:]
        d_arcs[:, :arc] = (d_forms @ _param(model, "arcs").T)[:, :-1]
        d_pairs = (d.labels @ _param(model, "labels")) * pair_slope
        d_all = np.zeros_like(all_heads)
        np.add.at(d_all, rows, d_pairs)
        d_roles = np.hstack([d_arcs * slope, d_pairs, d_all[:-1]])
        for name, gradient in (
            ("root", d_root.ravel()),
            ("arcs", dependent.T @ d_forms),
            ("root_label", d_all[-1]),
            ("labels", d.labels.T @ pairs),
            ("labels_b", d.labels.sum(axis=0)),
            ("W", d_roles.T @ seen),
            ("b", d_roles.sum(axis=0)),
        ):
            model.inc_grad(name, gradient)  # type: ignore[arg-type]
        d_X = (d_roles @ _param(model, "W")) * drop_in  # noqa: N806
        d_vectors = [np.zeros_like(v) for v in vectors]
        at = 0
        for i, size in zip(parsed, sizes, strict=True):
            d_vectors[i] = d_X[at : at + size]
            at += size
        return to_tok2vec(d_vectors)  # type: ignore[no-any-return]

    return Scores(tables, heads, labels), backprop


@dataclass(frozen=True, slots=True)
class _Dropout:
    """Masks by column, one a document, spread over its words; 1 where nothing is dropped."""

    rate: float
    sizes: Sequence[int]
    ops: Any

    def mask(self, width: int) -> np.ndarray:
        if not self.rate:
            return np.ones((1, width), dtype="f")
        owner = np.repeat(np.arange(len(self.sizes)), self.sizes)
        drawn: np.ndarray = self.ops.get_dropout_mask((len(self.sizes), width), self.rate)
        return drawn[owner]


def _param(model: Model[Any, Any], name: str) -> np.ndarray:
    return np.asarray(model.get_param(name))


def _slope(x: np.ndarray) -> np.ndarray:
    """The leaky rectifier's: what its input is multiplied by."""
    return np.where(x > 0, np.float32(1), np.float32(_SLOPE))
