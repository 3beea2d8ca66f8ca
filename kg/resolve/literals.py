"""Which value an argument is, read in its whole sentence: there stand its bound and its tense."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.values import find_values, parse_value
from kg.resolve.reading import Reading, Sentence, Token
from kg.types import Argument, Document, Extraction, Value, ValueKind

__all__ = ["Literals"]

_SAYING: Final = frozenset(("NOUN", "PROPN", "VERB", "NUM", "X", "ADJ", "PRON"))
"""Parts of speech of words that would be lost if a value did not take them in."""
_OF_NOUN: Final = frozenset(("amod", "advmod", "acl"))
_TIMES: Final[frozenset[ValueKind]] = frozenset(("date",))
_OBLIQUE: Final = ("obl", "advmod", "nmod")
_Found = tuple[int, int, Value]


class Literals:
    """The values of one document, by the arguments that they are."""

    def __init__(self, document: Document, doc: Reading) -> None:
        self._document = document
        self._doc = doc
        self._found: dict[int, list[_Found]] = {}

    def of(self, argument: Argument) -> Value | None:
        """The value that all of an argument is, None where it says more (or no value at all).

        ``more than`` and ``entro`` may stand outside the argument; *on Monday* is the last Monday
        or the next, as the sentence has it.
        """
        if not argument.tokens:
            return None
        found = self._at(argument.head)
        if found and all(self._covered(i, found) for i in argument.tokens):
            return found[2]
        language, published = self._document.language, self._document.published
        return parse_value(argument.text, language, reference=published)

    def parted(self, argument: Argument) -> tuple[Argument, Argument] | None:
        """``300 million bottles of wine`` as ``300 million bottles`` and ``wine`` (case ``of``).

        None where an argument is no value with one attribute behind a preposition.
        """
        found = self._at(argument.head) if argument.tokens and not argument.clause else None
        if found is None:
            return None
        rest = [i for i in argument.tokens if not self._covered(i, found)]
        if not rest:
            return None
        top = self._top(rest, argument.head)
        case = next((c for c in top.children if c.dep_ == "case"), None) if top else None
        if top is None or case is None:
            return None
        within = {t.i for t in top.subtree}
        inside = tuple(i for i in argument.tokens if i in within and i != case.i)
        amount = tuple(i for i in argument.tokens if i not in within)
        if not inside or not set(rest) <= within or argument.head not in amount:
            return None
        text = " ".join(self._doc[i].text for i in inside)
        attribute = Argument("oblique", inside, top.i, text, case.lemma_.lower())
        words = " ".join(self._doc[i].text for i in amount)
        return replace(argument, tokens=amount, text=words), attribute

    def counted(self, argument: Argument) -> Value | None:
        """How many a subject is: *at least 12 people* were killed."""
        if not argument.tokens:
            return None
        found = self._at(argument.head)
        return found[2] if found and found[2].kind in ("quantity", "money", "percent") else None

    def times(self, extraction: Extraction) -> Iterator[Value]:
        """Dates that depend on the predicate and that no argument holds: *sabato scorso*."""
        taken = {extraction.subject.head}
        for argument in (extraction.object, *extraction.arguments):
            taken.update(argument.tokens if argument else ())
        verbs = {i for i in extraction.relation.tokens if self._doc[i].pos_ in ("VERB", "AUX")}
        if not verbs:
            return
        sentence = self._doc[min(verbs)].sent
        for begin, end, value in self._values(sentence):
            if value.kind not in _TIMES:
                continue
            inside = [t for t in sentence.tokens if begin <= t.idx < end]
            tops = [t for t in inside if t.head not in inside]
            hangs = any(t.head.i in verbs and t.dep_.startswith(_OBLIQUE) for t in tops)
            if hangs and not any(t.i in taken for t in inside):
                yield value

    def _at(self, head: int) -> _Found | None:
        """The value that a token stands in."""
        token = self._doc[head]
        return next((f for f in self._values(token.sent) if f[0] <= token.idx < f[1]), None)

    def _covered(self, at: int, found: _Found) -> bool:
        """Whether a token stands in a value, says nothing, or only qualifies what is counted."""
        begin, end, value = found
        token = self._doc[at]
        if begin <= token.idx < end or token.pos_ not in _SAYING:
            return True
        return value.kind == "quantity" and token.pos_ == "ADJ" and token.dep_ in _OF_NOUN

    def _top(self, rest: list[int], head: int) -> Token | None:
        """The one attribute of a value that words belong to."""
        token = self._doc[rest[0]]
        while token.head.i in rest and token.head != token:
            token = token.head
        return token if token.dep_.startswith("nmod") and token.i != head else None

    def _values(self, sentence: Sentence) -> list[_Found]:
        found = self._found.get(sentence.start)
        if found is None:
            language, published = self._document.language, self._document.published
            first = sentence.start_char
            found = self._found[sentence.start] = [
                (first + begin, first + end, value)
                for begin, end, value in find_values(sentence.text, language, reference=published)
            ]
        return found
