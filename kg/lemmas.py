"""Lemmas of verbs that exist: what the lemmatizer invents is replaced by a known infinitive."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.tokens import Doc

from kg.lang.lexicon import lexicon

__all__ = ["VERB_LEMMAS", "VerbLemmas", "make_verb_lemmas"]

VERB_LEMMAS: Final = "kg_verb_lemmas"
"""The component's name in a pipeline."""

_CONTEXT: Final = 4  # letters of the common stem that a rule may look at
_OFTEN: Final = 4  # occurrences that make a treebank's lemma one, where the lexicon has none
_SHARE: Final = 0.005  # of a treebank's verbs, that must end alike for others to be made so
_VERBS: Final = frozenset(["VERB", "AUX"])

Rules = dict[str, list[str]]
"""Endings of the lemma by ending of the form, the likeliest first: avano → [are]."""


class VerbLemmas:
    """Repairs lemmas of verbs that are in no lexicon: *trovavare* of *trovavano* → *trovare*.

    The rules are endings of forms with the endings of their lemmas, learned from a treebank; the
    longest ending that leads to a known verb wins. Where none does, the lemma stays.
    """

    def __init__(self, known: Callable[[str], bool]) -> None:
        self._known = known
        self.rules: Rules = {}
        self.exceptions: dict[str, str] = {}
        self.lemmas: frozenset[str] = frozenset()
        self.shapes: frozenset[str] = frozenset()

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of verbs."""
        for token in doc:
            if token.pos_ in _VERBS and not self.exists(token.lemma_.lower()):
                token.lemma_ = self.lemma(token.lower_) or token.lemma_
        return doc

    def exists(self, lemma: str) -> bool:
        """Whether the lexicon or the treebank has the verb."""
        return lemma in self.lemmas or self._known(lemma)

    def lemma(self, form: str) -> str | None:
        """The likeliest known verb of a form in lower case, None if no rule leads to one."""
        if form in self.exceptions:
            return self.exceptions[form]
        for begin in range(1, len(form) + 1):
            for ending in self.rules.get(form[begin:], ()):
                lemma = form[:begin] + ending
                if lemma[-2:] in self.shapes and self.exists(lemma):
                    return lemma
        return None

    def learn(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Learn from forms and lemmas of verbs in lower case, as often as they occur.

        A rare lemma is a misprint unless the lexicon has it, and so is one that does not end as
        verbs do (infinitives, in many languages).
        """
        counts = Counter(pairs)
        occurrences: Counter[str] = Counter()
        for (_, lemma), count in counts.items():
            occurrences[lemma] += count
        shapes = Counter(w[-2:] for w, n in occurrences.items() if n >= _OFTEN or self._known(w))
        self.shapes = frozenset(s for s, n in shapes.items() if n >= _SHARE * shapes.total())
        self.lemmas = frozenset(
            w
            for w, n in occurrences.items()
            if n >= _OFTEN and w[-2:] in self.shapes and w.isalpha() and not self._known(w)
        )
        endings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        good = {pair: n for pair, n in sorted(counts.items()) if self.exists(pair[1])}
        for form, lemma in good:
            stem = _common(form, lemma)
            for kept in range(max(1, stem - _CONTEXT), stem + 1):
                endings[form[kept:]][lemma[kept:]] += 1
        self.rules = {
            ending: [e for e, _ in sorted(found.items(), key=lambda x: (-x[1], x[0]))]
            for ending, found in sorted(endings.items())
            if found.total() > 1
        }
        best: dict[str, tuple[int, str]] = {}
        for (form, lemma), count in good.items():
            best[form] = max(best.get(form, (0, "")), (count, lemma))
        self.exceptions = {}
        self.exceptions = {f: w for f, (_, w) in sorted(best.items()) if self.lemma(f) != w}

    def to_bytes(self, **_: Any) -> bytes:  # noqa: ANN401 - spaCy's protocol
        """The rules."""
        data: bytes = srsly.msgpack_dumps(self._state())
        return data

    def from_bytes(self, data: bytes, **_: Any) -> VerbLemmas:  # noqa: ANN401
        """Take over rules."""
        return self._take(srsly.msgpack_loads(data))

    def to_disk(self, path: Path, **_: Any) -> None:  # noqa: ANN401
        """Write the rules to the folder ``path``."""
        Path(path).mkdir(parents=True, exist_ok=True)
        srsly.write_json(Path(path) / "rules.json", self._state(), indent=0)

    def from_disk(self, path: Path, **_: Any) -> VerbLemmas:  # noqa: ANN401
        """Read the rules from the folder ``path``."""
        return self._take(srsly.read_json(Path(path) / "rules.json"))

    def _state(self) -> dict[str, Any]:
        return {
            "rules": self.rules,
            "exceptions": self.exceptions,
            "lemmas": sorted(self.lemmas),
            "shapes": sorted(self.shapes),
        }

    def _take(self, state: Mapping[str, Any]) -> VerbLemmas:
        self.rules, self.exceptions = dict(state["rules"]), dict(state["exceptions"])
        self.lemmas, self.shapes = frozenset(state["lemmas"]), frozenset(state["shapes"])
        return self


def _common(form: str, lemma: str) -> int:
    """Length of the common beginning of two words."""
    length = 0
    for a, b in zip(form, lemma, strict=False):
        if a != b:
            break
        length += 1
    return length


@Language.factory(VERB_LEMMAS, assigns=["token.lemma"], requires=["token.pos", "token.lemma"])
def make_verb_lemmas(nlp: Language, name: str) -> VerbLemmas:  # noqa: ARG001 - spaCy passes both
    """The component, with the lexicon's verbs of the pipeline's language."""
    language = str(nlp.lang)
    return VerbLemmas(lambda lemma: lexicon().is_lemma(lemma, "v", language))
