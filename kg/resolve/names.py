"""Names in a document: the recogniser's, repaired with the gazetteer, titles and capitals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.lang.gazetteer import Place, gazetteer
from kg.resolve.words import Words, fold, shared
from kg.types import EntityType

__all__ = ["Name", "Title", "country_of", "find_names", "marks"]

_LABELS: Final[dict[str, EntityType]] = {
    "PER": "person",
    "PERSON": "person",
    "ORG": "organization",
    "LOC": "place",
    "GPE": "place",
    "FAC": "place",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "PRODUCT": "product",
}
_LONGEST_PLACE: Final = 6
"""Words in the longest place name looked up (``Repubblica Democratica del Congo``)."""
_MAJORITY: Final = 2 / 3
_PERSON_LABELS: Final = frozenset(("PER", "PERSON"))
_PLACE_LABELS: Final = frozenset(("LOC", "GPE"))


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


def find_names(doc: Doc, words: Words, silent: frozenset[int] = frozenset()) -> list[Name]:
    """All names in document order, not overlapping, titles taken off and kept beside them.

    ``silent`` tokens are left out: in a heading every word may be capitalised.
    """
    spans = (name for name in _spans(doc, words) if name.begin not in silent)
    names = [_typed(doc, name, words) for name in spans]
    names = [_with_titles(doc, name, words) for name in names]
    return _agreed(names)


def marks(token: Token, feature: str) -> list[str]:
    """The values of a morphological feature, empty where the token has none."""
    return list(token.morph.get(feature, []))


def country_of(doc: Doc, index: int, words: Words) -> str:
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
    for size in range(min(_LONGEST_PLACE, len(doc) - index), 0, -1):
        place = _place(doc, index, index + size, words)
        if place and place.kind == "country":
            return place.code
    return ""


# -- spans -----------------------------------------------------------------------------------


def _spans(doc: Doc, words: Words) -> Iterator[Name]:
    """Places and institutions by their full names first, then runs of name-like tokens."""
    at = 0
    while at < len(doc):
        known = _known(doc, at, words)
        if known:
            yield known
            at = known.end
        elif _like_a_name(doc[at]):
            end = _run_end(doc, at, words)
            yield from _trimmed(doc, at, end, words)
            at = max(end, at + 1)
        else:
            at += 1


def _known(doc: Doc, begin: int, words: Words) -> Name | None:
    """The longest place, seat of government or institution that starts here."""
    first = doc[begin]
    if not first.text[:1].isupper() or first.is_punct:
        return None
    for size in range(min(_LONGEST_PLACE, len(doc) - begin), 0, -1):
        span = doc[begin : begin + size]
        if span[-1].is_space or span[-1].is_punct or span[-1].pos_ in ("ADP", "DET"):
            continue
        text = span.text
        if fold(text) in shared().institutions and (size > 1 or first.text.isupper()):
            return Name(begin, begin + size, text, "organization")
        if fold(text) in shared().seats:
            return Name(begin, begin + size, text, "place")
        if size == 1 and (first.pos_ not in ("PROPN", "NOUN", "X") and not first.ent_type_):
            continue
        place = _place(doc, begin, begin + size, words)
        if place and not _part_of_name(doc, begin, begin + size, place):
            return Name(begin, begin + size, text, _place_type(place), place)
    return None


def _place(doc: Doc, begin: int, end: int, words: Words) -> Place | None:
    """The place a span names; one that may be something else only if the recogniser agrees."""
    place = gazetteer().place(doc[begin:end].text, words.language)
    if place is None or not place.ambiguous:
        return place
    label = doc[begin].ent_type_
    return replace(place, ambiguous=False) if label in _PLACE_LABELS else None


def _part_of_name(doc: Doc, begin: int, end: int, place: Place) -> bool:
    """Whether a place's name is part of a longer one, or a city's that somebody or a firm has too.

    ``George Washington``, ``Paris Hilton``, ``Bank of Japan`` (an organization's span covers it),
    ``Toyota``.
    """
    before = doc[begin - 1] if begin else None
    after = doc[end] if end < len(doc) else None
    label = doc[begin].ent_type_
    if label and label not in ("LOC", "GPE", "MISC", "FAC"):
        joined = doc[begin].ent_iob_ == "I" or (after is not None and after.ent_iob_ == "I")
        return joined or place.kind != "country"
    return (
        before is not None
        and before.ent_type_ in _PERSON_LABELS
        and not before.is_punct
        and doc[begin].ent_type_ == ""
    )


def _place_type(place: Place) -> EntityType:
    return place.kind if place.kind in ("country", "city") else "place"


def _like_a_name(token: Token) -> bool:
    if token.is_space or token.is_punct or not any(c.isalnum() for c in token.text):
        return False
    if token.ent_type_ and token.ent_iob_ == "B":
        return any(c.isupper() or c.isdigit() for c in token.text)
    return token.pos_ == "PROPN" and token.text[:1].isupper()


def _run_end(doc: Doc, begin: int, words: Words) -> int:
    """The end of the name that starts at ``begin``: its entity, and proper nouns that follow."""
    end = begin + 1
    while end < len(doc):
        token, last = doc[end], doc[end - 1]
        if token.sent.start == end or token.is_space:
            break
        if token.ent_iob_ == "I" and token.ent_type_:
            end += 1
            continue
        if token.is_punct or token.ent_iob_ == "B":
            break
        capital = token.pos_ == "PROPN" and token.text[:1].isupper()
        if not capital or gazetteer().demonym(last.text, words.language):
            break
        if _known(doc, end, words) and doc[begin].ent_type_ not in _PERSON_LABELS:
            break
        end += 1
    return end


def _trimmed(doc: Doc, begin: int, end: int, words: Words) -> Iterator[Name]:
    """A run without articles, titles and country adjectives at its start, if anything is left."""
    while begin < end and (size := _prefix(doc, begin, end, words)):
        begin += size
    while end > begin and (doc[end - 1].is_punct or doc[end - 1].pos_ in ("PART", "ADP", "DET")):
        end -= 1
    if begin >= end or _role_size(doc, begin, end, words) == end - begin:
        return
    if end - begin == 1 and _common(doc[begin], words):
        return
    yield Name(begin, end, doc[begin:end].text)


def _common(token: Token, words: Words) -> bool:
    """Whether a capitalised word is no name by itself: ``il Paese``, ``Italians``."""
    forms = {fold(token.text), fold(token.lemma_)}
    listed = any(f in words.anaphors or f in words.kinds or f in words.group_nouns for f in forms)
    return listed or gazetteer().demonym(token.text, words.language) is not None


def _prefix(doc: Doc, begin: int, end: int, words: Words) -> int:
    """How many tokens at the start of a run belong before the name in it."""
    size = _role_size(doc, begin, end, words)
    if size and begin + size < end:
        return size
    first = doc[begin]
    if first.pos_ in ("DET", "ADP") or first.is_punct:
        return 1
    honorific = fold(first.text) in words.honorifics
    nationality = gazetteer().demonym(first.text, words.language)
    return int(begin + 1 < end and (honorific or nationality is not None))


# -- types -----------------------------------------------------------------------------------


def _typed(doc: Doc, name: Name, words: Words) -> Name:
    """A name with the type that its words or the recogniser give it."""
    if name.place:
        return name
    known = shared().institutions.get(fold(name.text))
    if known:
        return replace(name, type=shared().institution_types.get(known, "organization"))
    parts = [fold(t.text) for t in doc[name.begin : name.end]]
    if parts[-1] in words.legal_forms and len(parts) > 1:
        return replace(name, type="organization")
    labels = Counter(t.ent_type_ for t in doc[name.begin : name.end] if t.ent_type_)
    label = _LABELS.get(min(labels, key=lambda x: (-labels[x], x))) if labels else None
    if label != "person":
        for part in (parts[0], parts[-1]):
            if part in words.name_types and (len(parts) > 1 or label is None):
                return replace(name, type=words.name_types[part])
    return replace(name, type=name.type or label)


def _agreed(names: list[Name]) -> list[Name]:
    """Names with the type that most mentions of the same wording have, where they clearly agree."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for name in names:
        if name.type:
            votes[fold(name.text)][name.type] += 3 if name.titles else 1
    people = {fold(n.text).split()[-1] for n in names if n.type == "person" and n.end - n.begin > 1}

    def settled(name: Name) -> Name:
        if name.place or name.titles:
            return name
        key = fold(name.text)
        counts = votes[key]
        if counts:
            best = min(counts, key=lambda t: (-counts[t], t))
            if counts[best] >= _MAJORITY * counts.total():
                return replace(name, type=best)
        if name.type is None and key in people:
            return replace(name, type="person")
        return name

    return [settled(name) for name in names]


# -- titles ----------------------------------------------------------------------------------


def _role_size(doc: Doc, begin: int, end: int, words: Words) -> int:
    """How many tokens from ``begin`` name a role (``Prime Minister``: 2); 0 if none do."""
    for size in range(min(words.role_length, end - begin), 0, -1):
        if fold(doc[begin : begin + size].text) in words.roles:
            return size
    return 0


def _with_titles(doc: Doc, name: Name, words: Words) -> Name:
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


def _titles_before(doc: Doc, name: Name, words: Words) -> Iterator[Title]:
    floor = name.begin and doc[name.begin - 1].sent.start
    at = name.begin
    while at > floor and fold(doc[at - 1].text) in words.honorifics and doc[at - 1].pos_ != "ADP":
        yield Title(at - 1, at, gender=words.honorifics[fold(doc[at - 1].text)])
        at -= 1
    while (title := _role_before(doc, floor, at, words)) is not None:
        yield title
        at = title.begin


def _role_before(doc: Doc, floor: int, at: int, words: Words) -> Title | None:
    """The role that ends at ``at``, or before a comma there, with its country."""
    end = at - 1 if at - 1 > floor and doc[at - 1].text == "," else at
    apart = end < at
    role_end, country = _country_phrase(doc, floor, end, words)
    begin = _role_begin(doc, floor, role_end, words)
    if begin is None or (apart and not _definite(doc, begin, floor, words)):
        return None
    role = words.roles[fold(doc[begin:role_end].text)]
    gender = _role_gender(doc, begin, role_end, floor, words)
    left = begin
    while left > floor and (
        fold(doc[left - 1].text) in words.role_prefixes
        or doc[left - 1].text in words.role_joins
        or country_of(doc, left - 1, words)
        or doc[left - 1].ent_type_ in _PLACE_LABELS
    ):
        country = country or country_of(doc, left - 1, words)
        left -= 1
    return Title(left, end, role, country, gender)


def _country_phrase(doc: Doc, floor: int, end: int, words: Words) -> tuple[int, str]:
    """Where a role before ``end`` ends, and its country: ``presidente [degli Stati Uniti]``."""
    at = end - 1
    if at >= floor and country_of(doc, at, words) and doc[at].pos_ == "ADJ":
        return at, country_of(doc, at, words)
    for begin in range(max(floor, end - _LONGEST_PLACE), end):
        place = _place(doc, begin, end, words)
        if place and doc[begin].text[0].isupper() and begin > floor:
            join = begin - 1
            while join > floor and doc[join].pos_ == "DET":
                join -= 1
            if doc[join].lemma_.lower() in words.role_joins or doc[join].text in words.role_joins:
                return join, place.code if place.kind == "country" else ""
    return end, ""


def _role_begin(doc: Doc, floor: int, end: int, words: Words) -> int | None:
    for size in range(min(words.role_length, end - floor), 0, -1):
        if fold(doc[end - size : end].text) in words.roles:
            return end - size
    return None


def _definite(doc: Doc, begin: int, floor: int, words: Words) -> bool:
    """Whether the role's phrase opens with a definite article, country or possessor.

    A comma after an indefinite role (``met a minister, Rossi``) or in a list joins nothing.
    """
    window = doc[max(floor, begin - 5) : begin]
    return any(
        "Def" in marks(t, "Definite") or t.text in words.role_joins or country_of(doc, t.i, words)
        for t in window
    )


def _role_gender(doc: Doc, begin: int, end: int, floor: int, words: Words) -> str:
    """The gender that a role's noun, article or adjective shows (``la premier``, ``the queen``).

    A masculine article shows nothing: women are called *il ministro* too.
    """
    nouns = [words.genders.get(fold(t.text), "") for t in doc[begin:end]]
    shown = [t for t in doc[max(begin - 1, floor) : end] if t.pos_ in ("DET", "ADJ", "ADP")]
    feminine = any("Fem" in marks(t, "Gender") for t in shown)
    return next((g for g in nouns if g), "f" if feminine else "")
