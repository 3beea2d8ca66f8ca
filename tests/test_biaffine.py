"""The parser: gradients of its encoder and scores, the best tree, the component in a pipeline."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Model, fix_random_seed

from kg.annotate import load_pipeline, reads_alike
from kg.biaffine import PARSER, best_tree, biaffine, is_exact, lstm_encoder
from kg.biaffine.component import _loss
from kg.biaffine.lstm import Packing
from kg.biaffine.model import Batch
from kg.biaffine.product import add_product
from kg.biaffine.product import product as product_of

STEP = 4e-3


@pytest.fixture
def random() -> np.random.Generator:
    fix_random_seed(7)  # Thinc's own choices of weights
    return np.random.default_rng(7)


def numbers(random: np.random.Generator, *shape: int) -> np.ndarray:
    return random.standard_normal(shape).astype("f")


def slope(values: np.ndarray, at: int, loss: Callable[[], float]) -> float:
    """The loss's slope along one of the values, from two points."""
    flat = values.reshape(-1)
    kept = flat[at]
    flat[at] = kept + STEP
    above = loss()
    flat[at] = kept - STEP
    below = loss()
    flat[at] = kept
    return float(above - below) / (2 * STEP)


class TestEncoder:
    def test_a_sequence_is_read_alike_whatever_is_beside_it(
        self, random: np.random.Generator
    ) -> None:
        model = lstm_encoder(8, 2)
        rows = [numbers(random, n, 6) for n in (5, 3, 7, 1)]
        model.initialize(X=rows)
        for alone, together in zip(rows, model.predict(rows), strict=True):
            np.testing.assert_allclose(model.predict([alone])[0], together, atol=1e-5)

    @pytest.mark.parametrize("changed", [0, 4])
    def test_every_token_sees_the_whole_sequence(
        self, random: np.random.Generator, changed: int
    ) -> None:
        model = lstm_encoder(8, 1)
        rows = numbers(random, 5, 6)
        model.initialize(X=[rows])
        before = model.predict([rows])[0]
        rows[changed] += 1
        assert (np.abs(model.predict([rows])[0] - before).max(axis=1) > 1e-4).all()

    def test_gradients_are_those_of_the_forward_pass(self, random: np.random.Generator) -> None:
        model = lstm_encoder(8, 2)
        rows = [numbers(random, n, 6) for n in (5, 3, 7, 1)]
        model.initialize(X=rows)
        found, backprop = model.begin_update(rows)
        weights = [numbers(random, *f.shape) for f in found]

        def loss() -> float:
            return float(
                sum((y * w).sum() for y, w in zip(model.predict(rows), weights, strict=True))
            )

        gradients = backprop(weights)
        for name in model.param_names:
            values, gradient = model.get_param(name), model.get_grad(name)
            for at in random.integers(0, values.size, 5):
                expected = slope(values, at, loss)
                assert gradient.reshape(-1)[at] == pytest.approx(expected, rel=0.02, abs=0.02)
        for at in range(4):
            expected = slope(rows[2], at, loss)
            assert gradients[2].reshape(-1)[at] == pytest.approx(expected, rel=0.02, abs=0.02)

    def test_long_documents_are_read_in_parts_with_what_is_around_them(
        self, random: np.random.Generator
    ) -> None:
        model = lstm_encoder(4, 1)
        rows = numbers(random, 512 * 15, 3)
        model.initialize(X=[rows[:4]])
        [whole] = model.predict([rows])
        [part] = model.predict([rows[512 - 64 : 512 * 2]])
        np.testing.assert_allclose(whole[512 : 1024 - 64], part[64:512], atol=1e-3)

    def test_nothing_to_read(self, random: np.random.Generator) -> None:
        model = lstm_encoder(4, 1)
        model.initialize(X=[numbers(random, 2, 3)])
        assert [len(y) for y in model.predict([numbers(random, 0, 3)])] == [0]
        assert model.predict([]) == []


@pytest.mark.parametrize("language", ["en", "it"])
def test_where_products_are_exact_scores_are_the_same_in_any_company(language: str) -> None:
    if not reads_alike(language):
        pytest.skip("this processor's products of matrices depend on the number of rows")
    nlp = load_pipeline(language)
    texts = ["Rome", "Toyota invests.", "The plant in Turin makes 300 cars a day. " * 9, "No."]
    texts += [f"A {'very ' * n}long day" for n in range(20)]

    def scores(together: list[str]) -> list[bytes]:
        docs = list(nlp.pipe(together))
        found = nlp.get_pipe("parser").model.predict(Batch(docs, [[len(d)] for d in docs]))  # type: ignore[attr-defined]
        ends = np.cumsum([len(doc) for doc in docs])
        rows = np.split(found.labels, ends[:-1])
        return [a.tobytes() + b.tobytes() for a, b in zip(found.arcs, rows, strict=True)]

    assert scores(texts) == [score for text in texts for score in scores([text])]


def test_products_that_depend_on_the_number_of_rows_are_noticed(
    monkeypatch: pytest.MonkeyPatch, random: np.random.Generator
) -> None:
    model = lstm_encoder(8, 2)
    model.initialize(X=[numbers(random, 5, 6)])

    def rounded(x: np.ndarray, matrix: np.ndarray) -> np.ndarray:
        return np.asarray(x @ matrix) + np.float32(len(x) < 30)

    monkeypatch.setattr("kg.biaffine.product.product", rounded)
    assert not is_exact(model)


@pytest.mark.parametrize("by_numpy", [True, False])
@pytest.mark.parametrize("rows", [0, 1, 2, 40])
def test_products_by_either_library(
    monkeypatch: pytest.MonkeyPatch, random: np.random.Generator, by_numpy: bool, rows: int
) -> None:
    monkeypatch.setattr("kg.biaffine.product._by_numpy", lambda _: by_numpy)
    x, matrix, before = numbers(random, rows, 6), numbers(random, 6, 5), numbers(random, rows, 5)
    np.testing.assert_allclose(product_of(x, matrix), x @ matrix, rtol=1e-5, atol=1e-6)
    total = before.copy()
    add_product(total, x, matrix)
    np.testing.assert_allclose(total, before + x @ matrix, rtol=1e-5, atol=1e-6)


def test_sequences_are_lined_up_by_time() -> None:
    """*ab*, *c*, *def*: first d, a, c, then e, b, then f."""
    packing = Packing.of([2, 1, 3])
    assert ["abcdef"[i] for i in packing.order] == ["d", "a", "c", "e", "b", "f"]
    assert packing.starts == (0, 3, 5, 6)
    assert packing.owner.tolist() == [2, 0, 1, 2, 0, 2]


class TestBestTree:
    def test_the_best_heads_where_they_form_a_tree(self) -> None:
        scores = np.asarray([[0, 0, 5, 0], [5, 0, 0, 0], [0, 0, 5, 0]], dtype="f")
        assert best_tree(scores).tolist() == [2, 0, 2]

    def test_a_circle_is_broken_where_it_costs_least(self) -> None:
        scores = np.asarray([[1, -9, 5], [4, 5, -9]], dtype="f")
        assert best_tree(scores).tolist() == [2, 0]

    def test_one_root(self) -> None:
        scores = np.asarray([[5, -9, 4], [5, 1, -9]], dtype="f")
        assert best_tree(scores).tolist() == [2, 0]

    def test_no_tree_is_better(self, random: np.random.Generator) -> None:
        for _ in range(150):
            size = int(random.integers(1, 6))
            scores = numbers(random, size, size + 1)
            found = best_tree(scores).tolist()
            assert is_tree(found)
            best = max(
                total(scores, h) for h in product(range(size + 1), repeat=size) if is_tree(h)
            )
            assert total(scores, found) == pytest.approx(best, abs=1e-5)


def is_tree(heads: Any) -> bool:
    if list(heads).count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word and word not in seen:
            seen.add(word)
            word = heads[word - 1]
        if word:
            return False
    return True


def total(scores: np.ndarray, heads: Any) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


class TestScores:
    def test_gradients_are_those_of_the_loss(self, random: np.random.Generator) -> None:
        """Two documents: one of two sentences, one of one; some heads and labels unknown."""
        vectors = [numbers(random, n, 8) for n in (5, 2, 6)]
        passed: list[Any] = []

        def forward(model: Any, docs: Any, is_train: bool) -> tuple[Any, Any]:
            return vectors, lambda d: passed.append(d) or docs

        model = biaffine(Model("vectors", forward, dims={"nO": 8}), 4, 3, nO=3)
        model.initialize()
        for name in model.param_names:
            model.set_param(name, model.get_param(name) + 0.5 * numbers(random, 1)[0])
            model.get_param(name)[...] += 0.5 * numbers(random, *model.get_param(name).shape)
        heads = np.asarray([2, 0, 1, 0, 1, 3, -1, 0, 3, 1, 2])
        labels = np.asarray([0, 1, 2, 1, 0, 0, -1, 1, 2, 2, 0])
        batch = Batch([None] * 3, [[3, 2], [], [6]], heads)  # type: ignore[list-item]

        def loss() -> float:
            return _loss(model.predict(batch), labels)[1]

        scores, backprop = model.begin_update(batch)
        gradients, _ = _loss(scores, labels)
        backprop(gradients)
        for name in model.param_names:
            values, gradient = model.get_param(name), model.get_grad(name)
            for at in random.integers(0, values.size, 5):
                expected = slope(values, at, loss)
                assert gradient.reshape(-1)[at] == pytest.approx(expected, rel=0.03, abs=0.03)
        for which in (0, 2):
            expected = slope(vectors[which], 3, loss)
            assert passed[0][which].reshape(-1)[3] == pytest.approx(expected, rel=0.03, abs=0.03)
        assert not passed[0][1].any()  # a document without sentences teaches nothing


SENTENCES = (
    ("Ada sees Bo .", [1, 1, 1, 1], ["nsubj", "ROOT", "obj", "punct"]),
    ("Bo sleeps .", [1, 1, 1], ["nsubj", "ROOT", "punct"]),
)


def reference(nlp: Language, *sentences: tuple[str, list[int], list[str]]) -> Doc:
    words: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    for text, own, labels in sentences:
        heads += [len(words) + h for h in own]
        words += text.split(" ")
        deps += labels
    return Doc(nlp.vocab, words=words, heads=heads, deps=deps)


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe(PARSER, name="parser")
    docs = [reference(nlp, *SENTENCES), reference(nlp, SENTENCES[1])]
    examples = [Example(Doc(nlp.vocab, words=[t.text for t in d]), d) for d in docs]
    optimizer = nlp.initialize(lambda: examples)
    losses = [nlp.update(examples, sgd=optimizer)["parser"] for _ in range(40)]
    assert losses[-1] < losses[0] / 5
    return nlp


class TestComponent:
    def test_it_finds_what_it_was_taught(self, nlp: Language) -> None:
        doc = nlp("Ada sees Bo . Bo sleeps .")
        assert [t.dep_ for t in doc] == [d for _, _, deps in SENTENCES for d in deps]
        assert [t.head.i for t in doc] == [1, 1, 1, 1, 5, 5, 5]
        assert [s.text for s in doc.sents] == ["Ada sees Bo .", "Bo sleeps ."]

    def test_it_is_the_same_after_a_round_trip(self, nlp: Language, tmp_path: Path) -> None:
        nlp.to_disk(tmp_path)
        for again in (spacy.load(tmp_path), spacy.blank("en").from_config(nlp.config)):
            if again.path is None:
                again.from_bytes(nlp.to_bytes())
            assert again("Ada sees Bo .").to_json() == nlp("Ada sees Bo .").to_json()

    def test_every_text_has_trees(self, nlp: Language) -> None:
        texts = ["", " ", "Bo", "\n\n", "Bo " * 1000, "Ada sees Bo . " * 300]
        for doc in nlp.pipe(texts):
            for sent in doc.sents:
                assert len(sent) <= 256
                assert [t.dep_ for t in sent if t.head == t] == ["ROOT"]
                assert all(t.head in sent for t in sent)

    def test_documents_without_trees_teach_nothing(self, nlp: Language) -> None:
        words = ["Ada", "sees", "Bo"]
        unknown = Example(Doc(nlp.vocab, words=words), Doc(nlp.vocab, words=words))
        assert nlp.get_pipe("parser").update([unknown]) == {"parser": 0.0}  # type: ignore[attr-defined]
