"""Titles of persons: *la premier giapponese Sanae Takaichi*, *the president of France, X*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.lang.gazetteer import Place, gazetteer
from kg.resolve.reading import Reading, Token
from kg.resolve.words import Words, fold
from kg.types import EntityType

__all__ = [
    "LONGEST_PLACE",
    "PLACE_LABELS",
    "Name",
    "Title",
    "country_of",
    "marks",
    "place_at",
    "role_size",
    "with_titles",
]

LONGEST_PLACE: Final = 6
"""Words in the longest place name looked up (``Repubblica Democratica del Congo``)."""
PLACE_LABELS: Final = frozenset(("LOC", "GPE"))


@dataclass(frozen=True, slots=True)
class Title:
    """What stands before or beside a person's name: ``Japanese Prime Minister``, ``Ms``."""

    begin: int
    end: int
    role: str = ""
    """English name of the role."""
    country: str = ""
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name at tokens ``begin:end``; ``type`` is empty where nothing tells it."""

    begin: int
    end: int
    text: str
    type: EntityType | None = None
    place: Place | None = None
    titles: tuple[Title, ...] = ()
    states: tuple[str, ...] = ()
    """Codes of the countries that a dash joins in it: *the Washington–Tokyo axis*."""


def marks(token: Token, feature: str) -> Sequence[str]:
    """The values of a morphological feature, empty where the token has none."""
    return token.morph.get(feature, ())


def country_of(doc: Reading, index: int, words: Words) -> str:
    """The country (ISO 3166-1 alpha-2) a token names or is an adjective of; empty if none.

    ``US``, ``giapponese``, ``Japan``; the first token of a longer name counts for the whole.
    """
    token = doc[index]
    if token.is_punct or token.is_space:
        return ""
    code = gazetteer().demonym(token.text, words.language)
    if code:
        return code
    if not token.text[0].isupper():
        return ""
    for size in range(min(LONGEST_PLACE, len(doc) - index), 0, -1):
        place = place_at(doc, index, index + size, words)
        if place and place.kind == "country":
            return place.code
    return ""


def place_at(doc: Reading, begin: int, end: int, words: Words) -> Place | None:
    """The place a span names; one that may be something else only if the recogniser agrees."""
    place = gazetteer().place(doc.text(begin, end), words.language)
    if place is None or not place.ambiguous:
        return place
    label = doc[begin].ent_type_
    return replace(place, ambiguous=False) if label in PLACE_LABELS else None


def role_size(doc: Reading, begin: int, end: int, words: Words) -> int:
    """How many tokens from ``begin`` name a role (``Prime Minister``: 2); 0 if none do."""
    for size in range(min(words.role_length, end - begin), 0, -1):
        if fold(doc.text(begin, begin + size)) in words.roles:
            return size
    return 0


def with_titles(doc: Reading, name: Name, words: Words) -> Name:
    """A name with the titles before it; a title or honorific makes it a person's.

    ``la premier Sanae Takaichi``, ``US President Donald Trump``, ``il presidente degli Stati
    Uniti, Donald Trump``, ``Ms Takaichi``.
    """
    if name.place and not (name.begin and fold(doc[name.begin - 1].text) in words.honorifics):
        return name
    if (
        name.type in ("organization", "event", "award", "agreement", "work")
        or not doc[name.begin].text[0].isupper()
    ):
        return name
    titles = tuple(_titles_before(doc, name, words))
    if not titles:
        return name
    return replace(name, type="person", place=None, titles=titles)


def _titles_before(doc: Reading, name: Name, words: Words) -> Iterator[Title]:
    floor = name.begin and doc[name.begin - 1].sent.start
    at = name.begin
    while at > floor and fold(doc[at - 1].text) in words.honorifics and doc[at - 1].pos_ != "ADP":
        yield Title(at - 1, at, gender=words.honorifics[fold(doc[at - 1].text)])
        at -= 1
    while (title := _role_before(doc, floor, at, words)) is not None:
        yield title
        at = title.begin


def _role_before(doc: Reading, floor: int, at: int, words: Words) -> Title | None:
    """The role that ends at ``at``, or before a comma there, with its country."""
    end = at - 1 if at - 1 > floor and doc[at - 1].text == "," else at
    apart = end < at
    role_end, country = _country_phrase(doc, floor, end, words)
    begin = _role_begin(doc, floor, role_end, words)
    if begin is None or (apart and not _definite(doc, begin, floor, words)):
        return None
    role = words.roles[fold(doc.text(begin, role_end))]
    gender = _role_gender(doc, begin, role_end, floor, words)
    left = begin
    while left > floor and (
        fold(doc[left - 1].text) in words.role_prefixes
        or doc[left - 1].text in words.role_joins
        or country_of(doc, left - 1, words)
        or doc[left - 1].ent_type_ in PLACE_LABELS
    ):
        country = country or country_of(doc, left - 1, words)
        left -= 1
    return Title(left, end, role, country, gender)


def _country_phrase(doc: Reading, floor: int, end: int, words: Words) -> tuple[int, str]:
    """Where a role before ``end`` ends, and its country: ``presidente [degli Stati Uniti]``."""
    at = end - 1
    if at >= floor and country_of(doc, at, words) and doc[at].pos_ == "ADJ":
        return at, country_of(doc, at, words)
    for begin in range(max(floor, end - LONGEST_PLACE), end):
        place = place_at(doc, begin, end, words)
        if place and doc[begin].text[0].isupper() and begin > floor:
            join = begin - 1
            while join > floor and doc[join].pos_ == "DET":
                join -= 1
            if doc[join].lemma_.lower() in words.role_joins or doc[join].text in words.role_joins:
                return join, place.code if place.kind == "country" else ""
    return end, ""


def _role_begin(doc: Reading, floor: int, end: int, words: Words) -> int | None:
    for size in range(min(words.role_length, end - floor), 0, -1):
        if fold(doc.text(end - size, end)) in words.roles:
            return end - size
    return None


def _definite(doc: Reading, begin: int, floor: int, words: Words) -> bool:
    """Whether the role's phrase opens with a definite article, country or possessor.

    A comma after an indefinite role (``met a minister, Rossi``) or in a list joins nothing.
    """
    window = doc[max(floor, begin - 5) : begin]
    return any(
        "Def" in marks(t, "Definite") or t.text in words.role_joins or country_of(doc, t.i, words)
        for t in window
    )


def _role_gender(doc: Reading, begin: int, end: int, floor: int, words: Words) -> str:
    """The gender that a role's noun, article or adjective shows (``la premier``, ``the queen``).

    A masculine article shows nothing: women are called *il ministro* too.
    """
    nouns = [words.genders.get(fold(t.text), "") for t in doc[begin:end]]
    shown = [t for t in doc[max(begin - 1, floor) : end] if t.pos_ in ("DET", "ADJ", "ADP")]
    feminine = any("Fem" in marks(t, "Gender") for t in shown)
    return next((g for g in nouns if g), "f" if feminine else "")
