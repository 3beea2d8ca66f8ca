"""The spaCy component: heads and labels of each sentence, given its boundaries."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import numpy as np
import srsly  # type: ignore[import-untyped]
from spacy.attrs import DEP, HEAD
from spacy.errors import Errors
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.pipeline.dep_parser import parser_score  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.training import Example, validate_examples
from spacy.vocab import Vocab
from thinc.api import Config, Model, set_dropout_rate
from thinc.optimizers import Optimizer

from kg.biaffine.model import Batch, Gradients, Scores

__all__ = ["PARSER", "BiaffineParser", "make_parser"]

PARSER: Final = "kg_parser"
"""The factory's name; in a pipeline the component is called ``parser``."""

_ROOT: Final = "ROOT"
_LONGEST: Final = 256  # tokens of a sentence
_TOGETHER: Final = 5_000  # tokens
_DEFAULT: Final = """
[model]
@architectures = "kg.Biaffine.v1"
arc_width = 128
label_width = 192

[model.tok2vec]
@architectures = "spacy.HashEmbedCNN.v2"
pretrained_vectors = null
width = 96
depth = 4
embed_size = 2000
window_size = 1
maxout_pieces = 3
subword_features = true
"""


class BiaffineParser(TrainablePipe):  # type: ignore[misc]
    """Finds the best tree of each sentence of a Doc (``Doc.sents``: boundaries are set before)."""

    def __init__(self, vocab: Vocab, model: Model[Any, Any], name: str = "parser") -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.cfg: dict[str, Any] = {"labels": []}

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of arcs, in the order of the scores' columns."""
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> list[str]:
        """What ``spacy init labels`` writes."""
        return list(self.cfg["labels"])

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,  # noqa: ARG002 - spaCy's protocol
        labels: Sequence[str] | None = None,
    ) -> None:
        """Take the labels of the examples, and make the model's weights."""
        if labels is None:
            docs = (example.reference for example in get_examples())
            labels = sorted({t.dep_ for doc in docs for t in doc if t.dep} | {_ROOT})
        self.cfg["labels"] = list(labels)
        for label in labels:
            self.vocab.strings.add(label)
        sample = [example.x for example in islice(get_examples(), 10)]
        self.model.set_dim("nO", len(labels))
        self.model.initialize(X=Batch(sample, [[len(doc)] for doc in sample]))

    def predict(self, docs: Iterable[Doc]) -> list[tuple[np.ndarray, np.ndarray]]:
        """Heads (index in the Doc) and labels (index in ``labels``) of each Doc's tokens."""
        return [found for group in _together(docs) for found in self._predict(group)]

    def _predict(self, docs: Sequence[Doc]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        lengths = [list(_lengths(doc)) for doc in docs]
        scores = self.model.predict(Batch(docs, lengths))
        root = self.cfg["labels"].index(_ROOT)
        scores.labels[scores.heads > 0, root] = -np.inf
        labels = scores.labels.argmax(axis=1)
        labels[scores.heads == 0] = root
        at = 0
        for doc, each in zip(docs, lengths, strict=True):
            part = slice(at, at + len(doc))
            starts = np.repeat(np.cumsum(each) - each, each).astype("int64")
            columns = scores.heads[part]
            heads = np.where(columns > 0, starts + columns - 1, np.arange(len(doc)))
            yield heads, labels[part]
            at += len(doc)

    def set_annotations(
        self, docs: Iterable[Doc], found: Sequence[tuple[np.ndarray, np.ndarray]]
    ) -> None:
        """Write heads and labels."""
        names = np.asarray([self.vocab.strings.add(n) for n in self.cfg["labels"]], dtype="uint64")
        for doc, (heads, labels) in zip(docs, found, strict=True):
            if len(doc):
                moves = (heads - np.arange(len(doc))).astype("int64").astype("uint64")
                doc.from_array([HEAD, DEP], np.stack([moves, names[labels]], axis=1))  # type: ignore[arg-type]

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from a batch; examples without trees count for nothing."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = list(examples)
        validate_examples(examples, "BiaffineParser.update")
        if not any(len(example.predicted) for example in examples):
            return losses
        gold = [_gold(example, self.cfg["labels"]) for example in examples]
        heads = np.concatenate([heads for _, heads, _ in gold])
        labels = np.concatenate([labels for _, _, labels in gold])
        set_dropout_rate(self.model, drop)
        batch = Batch([e.predicted for e in examples], [lengths for lengths, _, _ in gold], heads)
        scores, backprop = self.model.begin_update(batch)
        gradients, loss = _loss(scores, labels)
        backprop(gradients)
        if sgd is not None:
            self.finish_update(sgd)
        losses[self.name] += loss
        return losses

    def get_loss(self, examples: Iterable[Example], scores: Scores) -> tuple[Gradients, float]:
        """Gradients and the loss: cross entropy of heads and of labels, summed."""
        gold = [_gold(example, self.cfg["labels"]) for example in examples]
        return _loss(scores, np.concatenate([labels for _, _, labels in gold]))

    def add_label(self, label: str) -> int:
        """Labels come from the data.

        Raises:
            ValueError: always; the model's shape is fixed once it is initialized.
        """
        raise ValueError(Errors.E987.format(method="add_label", name=self.name, label=label))

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Attachment and sentences, by spaCy's own scorer for parsers, where there is gold."""
        known = [example for example in examples if example.reference.has_annotation("DEP")]
        return dict(parser_score(known, **kwargs))

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Settings and weights."""
        from spacy import util

        parts = {"cfg": lambda: srsly.json_dumps(self.cfg), "model": self.model.to_bytes}
        return util.to_bytes(parts, exclude)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "BiaffineParser":
        """Take over settings and weights."""
        from spacy import util

        def settle(text: bytes) -> None:
            self._settle(srsly.json_loads(text))

        util.from_bytes(data, {"cfg": settle, "model": self.model.from_bytes}, exclude)
        return self

    def to_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> None:  # noqa: ANN401
        """Write settings and weights to the folder ``path``."""
        from spacy import util

        parts: dict[str, Callable[[Any], Any]] = {
            "cfg": lambda p: srsly.write_json(p, self.cfg),
            "model": self.model.to_disk,
        }
        util.to_disk(path, parts, exclude)

    def from_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> "BiaffineParser":  # noqa: ANN401
        """Read settings and weights from the folder ``path``."""
        from spacy import util

        parts: dict[str, Callable[[Any], Any]] = {
            "cfg": lambda p: self._settle(srsly.read_json(p)),
            "model": self.model.from_disk,
        }
        util.from_disk(path, parts, exclude)
        return self

    def _settle(self, cfg: Mapping[str, Any]) -> None:
        self.cfg = dict(cfg)
        for label in self.cfg["labels"]:
            self.vocab.strings.add(label)
        if self.model.has_dim("nO") is None:
            self.model.set_dim("nO", len(self.cfg["labels"]))
            self.model.initialize()


def _together(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    """Documents in groups of some thousand tokens, whose scores stay in a processor's cache."""
    group: list[Doc] = []
    size = 0
    for doc in docs:
        if group and size + len(doc) > _TOGETHER:
            yield group
            group, size = [], 0
        group.append(doc)
        size += len(doc)
    if group:
        yield group


def _lengths(doc: Doc) -> Iterator[int]:
    """The lengths of a Doc's sentences; one that is too long is cut, best after punctuation.

    A table of scores is as wide as it is long: without a bound, a megabyte without a full stop
    would need a hundred gigabytes.
    """
    for sent in doc.sents:
        begin = sent.start
        while sent.end - begin > _LONGEST:
            marks = (i for i in range(begin + _LONGEST, begin + _LONGEST // 2, -1))
            end = next((i for i in marks if doc[i - 1].is_punct), begin + _LONGEST)
            yield end - begin
            begin = end
        yield sent.end - begin


def _gold(example: Example, labels: Sequence[str]) -> tuple[list[int], np.ndarray, np.ndarray]:
    """Lengths of the sentences, heads as columns (-1: unknown) and labels (-1) of an example."""
    size = len(example.predicted)
    if not size or not example.reference.has_annotation("DEP"):
        return [], np.empty(0, dtype="int64"), np.empty(0, dtype="int64")
    heads = np.full(size, -1, dtype="int64")
    kinds = np.full(size, -1, dtype="int64")
    starts = example.get_aligned_sent_starts()  # type: ignore[no-untyped-call]
    begins = [i for i, s in enumerate(starts) if s == 1 or i == 0]
    lengths = [e - b for b, e in zip(begins, [*begins[1:], size], strict=True)]
    owner = np.repeat(begins, lengths)
    ends = owner + np.repeat(lengths, lengths)
    index = {label: i for i, label in enumerate(labels)}
    aligned, deps = example.get_aligned_parse(projectivize=False)  # type: ignore[no-untyped-call]
    for i, (head, dep) in enumerate(zip(aligned, deps, strict=True)):
        if head is None or dep is None or dep not in index or not owner[i] <= head < ends[i]:
            continue
        heads[i] = 0 if head == i else head - owner[i] + 1
        kinds[i] = index[dep]
    return lengths, heads, kinds


def _loss(scores: Scores, labels: np.ndarray) -> tuple[Gradients, float]:
    loss = 0.0
    tables, at = [], 0
    for table in scores.arcs:
        heads = scores.heads[at : at + len(table)]
        at += len(table)
        gradient, lost = _cross_entropy(table, heads)
        tables.append(gradient)
        loss += lost
    gradient, lost = _cross_entropy(scores.labels, labels)
    return Gradients(tables, gradient), loss + lost


def _cross_entropy(scores: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, float]:
    """Gradient and loss of a row's softmax; rows whose truth is -1 count for nothing."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    shares = np.exp(shifted)
    shares /= shares.sum(axis=1, keepdims=True)
    known = np.flatnonzero(truth >= 0)
    loss = float(-np.log(shares[known, truth[known]] + 1e-12).sum())
    gradient = np.zeros_like(scores)
    gradient[known] = shares[known]
    gradient[known, truth[known]] -= 1
    return gradient, loss


@Language.factory(
    PARSER,
    assigns=["token.dep", "token.head", "doc.sents"],
    requires=["token.is_sent_start"],
    default_config=Config().from_str(_DEFAULT),
    default_score_weights={"dep_uas": 0.5, "dep_las": 0.5, "sents_f": 0.0},
)
def make_parser(nlp: Language, name: str, model: Model[Any, Any]) -> "BiaffineParser":
    """The component."""
    return BiaffineParser(nlp.vocab, model, name)
