"""Noun phrases: their words, a compact label, and what agreement needs to know of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from kg.resolve.reading import Reading, Token
from kg.resolve.titles import marks
from kg.resolve.words import Words, fold

__all__ = [
    "EDGES",
    "GENDERS",
    "NUMBERS",
    "gender_of_noun",
    "is_possessive",
    "label_of",
    "modifiers_of",
    "number_of",
    "phrase_of",
    "role_of",
]

_PHRASE: Final = frozenset(
    "det det:predet det:poss amod compound nummod nmod nmod:poss".split()
    + "flat flat:name case nmod:desc fixed advmod".split()
)
_CONTENT: Final = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "VERB", "X"))
GENDERS: Final[dict[str, Literal["m", "f", ""]]] = {"Masc": "m", "Fem": "f"}
NUMBERS: Final[dict[str, Literal["s", "p", ""]]] = {"Sing": "s", "Plur": "p"}
_DOUBLE: Final = '"“”«»'
EDGES: Final = " \t\n,;:.!?\"'“”«»‘’()[]–—-"
"""What a label is stripped of at both ends."""


def label_of(doc: Reading, tokens: Sequence[int], words: Words) -> str:
    """A compact label: no leading article, demonstrative or possessive, no quotes at the edges.

    ``la dipendenza dalla Cina`` → ``dipendenza dalla Cina``; ``its supply chains`` → ``supply
    chains``. Words of the source, joined as they stand in it.
    """
    kept = list(tokens)
    while len(kept) > 1 and _drops(doc[kept[0]], words):
        kept.pop(0)
    while len(kept) > 1 and doc[kept[-1]].pos_ == "PART":
        kept.pop()
    parts: list[str] = []
    for i, at in enumerate(kept):
        if doc[at].is_space or (is_possessive(doc[at], words) and doc[at].pos_ != "PART"):
            continue
        parts.append(doc[at].text)
        follows = i + 1 < len(kept)
        if follows and (doc[at].whitespace_ or kept[i + 1] != at + 1):
            parts.append(" ")
    text = " ".join("".join(parts).split())
    if sum(text.count(mark) for mark in _DOUBLE) % 2:  # half a pair of quotation marks
        text = "".join(c for c in text if c not in _DOUBLE)
    return text.strip(EDGES) if not text.endswith(".") or text.count(".") < 2 else text


def _drops(token: Token, words: Words) -> bool:
    clitic = token.pos_ == "PRON" and fold(token.text) in words.pronouns
    determiner = (token.pos_ == "DET" or clitic) and "Neg" not in marks(token, "PronType")
    return (
        determiner
        or token.is_punct
        or token.pos_ in ("CCONJ", "ADP")
        or is_possessive(token, words)
    )


def is_possessive(token: Token, words: Words) -> bool:
    """Whether a token is a possessive pronoun or adjective (``her``, ``suoi``)."""
    return fold(token.text) in words.possessives and token.pos_ in ("DET", "PRON", "ADJ")


def phrase_of(token: Token) -> Iterator[int]:
    """A noun with its determiners, adjectives and prepositional attributes, in any order."""
    yield token.i
    for child in token.children:
        if child.dep_ in _PHRASE and not child.is_punct:
            yield from phrase_of(child)


def role_of(
    doc: Reading, head: int, tokens: Sequence[int], words: Words
) -> tuple[str, frozenset[int]]:
    """The role a description names, and its tokens: ``the Japanese [prime minister]``."""
    best: tuple[str, frozenset[int]] = ("", frozenset())
    longest = 0
    for begin in range(max(min(tokens), head - words.role_length), head + 1):
        for end in range(head + 1, min(head + 1 + words.role_length, max(tokens) + 2)):
            role = words.roles.get(fold(doc.text(begin, end)))
            if role and end - begin > longest:
                best, longest = (role, frozenset(range(begin, end))), end - begin
    if best[0] or not (lemma := words.roles.get(fold(doc[head].lemma_))):
        return best
    return lemma, frozenset((head,))


def modifiers_of(
    doc: Reading, head: int, tokens: Sequence[int], role: frozenset[int], words: Words
) -> Iterator[str]:
    """Lemmas of the content words beside the head and its role."""
    for i in tokens:
        token = doc[i]
        if i == head or i in role or token.pos_ not in _CONTENT or is_possessive(token, words):
            continue
        yield fold(token.lemma_)


def number_of(token: Token) -> Literal["s", "p", ""]:
    """Singular or plural, empty where the form does not show it."""
    return NUMBERS.get(next(iter(marks(token, "Number")), ""), "")


def gender_of_noun(token: Token, words: Words) -> Literal["m", "f", ""]:
    """The article's gender before the noun's: ``la premier``; a noun for men or women decides."""
    listed = words.genders.get(fold(token.lemma_))
    if listed in ("m", "f"):
        return "m" if listed == "m" else "f"
    for child in token.children:
        if child.dep_ in ("det", "case") and (mark := next(iter(marks(child, "Gender")), "")):
            return GENDERS.get(mark, "")
    return GENDERS.get(next(iter(marks(token, "Gender")), ""), "")
