"""Names in a document: the recogniser's, repaired with the gazetteer, titles and capitals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.lang.gazetteer import Place, gazetteer
from kg.resolve.name_types import agreed, capitals, typed
from kg.resolve.reading import Reading, Token
from kg.resolve.titles import (
    LONGEST_PLACE,
    Name,
    place_at,
    role_size,
    with_titles,
)
from kg.resolve.words import Words, fold, shared
from kg.types import EntityType

__all__ = ["find_names"]

_VERBS: Final = frozenset(("VERB", "AUX"))
_FULL_NAME: Final = 2  # words that stay of one, before letters such as FRS
_PERSON_LABELS: Final = frozenset(("PER", "PERSON"))


def find_names(doc: Reading, words: Words, silent: frozenset[int] = frozenset()) -> list[Name]:
    """All names in document order, not overlapping, titles taken off and kept beside them.

    ``silent`` tokens are left out: in a heading every word may be capitalised.
    """
    spans = (name for name in _spans(doc, words) if name.begin not in silent)
    names = [typed(doc, name, words) for name in spans]
    surnames = {fold(n.text).split()[-1] for n in names if n.type == "person" and " " in n.text}
    names = [_titled(doc, name, surnames, words) for name in names]
    return capitals(agreed(names), words)


def _titled(doc: Reading, name: Name, surnames: set[str], words: Words) -> Name:
    """A name with its titles; a known surname after one is no firm: *la premier Takaichi*."""
    if name.type == "organization" and fold(name.text) in surnames:
        someone = with_titles(doc, replace(name, type="person"), words)
        if someone.titles:
            return someone
    return with_titles(doc, name, words)


# -- spans -----------------------------------------------------------------------------------


def _spans(doc: Reading, words: Words) -> Iterator[Name]:
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


def _known(doc: Reading, begin: int, words: Words) -> Name | None:
    """The longest place, seat of government or institution that starts here."""
    first = doc[begin]
    if not first.text[:1].isupper() or first.is_punct:
        return None
    for size in range(min(LONGEST_PLACE, len(doc) - begin), 0, -1):
        last = doc[begin + size - 1]
        if last.is_space or last.is_punct or last.pos_ in ("ADP", "DET"):
            continue
        text = doc.text(begin, begin + size)
        key = fold(text)
        whole = not begin or doc[begin - 1].pos_ != "PROPN" or doc[begin - 1].is_punct
        if whole and key in shared().institutions and (size > 1 or first.text.isupper()):
            return Name(begin, begin + size, text, "organization")
        if key in shared().seats:
            return Name(begin, begin + size, text, "place")
        if size == 1 and (first.pos_ not in ("PROPN", "NOUN", "X") and not first.ent_type_):
            continue
        place = place_at(doc, begin, begin + size, words)
        if place and _goes_on(doc, begin, begin + size, words):
            return None
        if place and not _part_of_name(doc, begin, begin + size, place):
            return Name(begin, begin + size, text, _place_type(place), place)
    return None


def _part_of_name(doc: Reading, begin: int, end: int, place: Place) -> bool:
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


def _goes_on(doc: Reading, begin: int, end: int, words: Words) -> bool:
    """Whether a longer name follows from a place's: ``United States Geological Survey``."""
    if end >= len(doc) or doc[end].sent.start == end or doc[begin].ent_iob_ == "I":
        return False
    after = doc[end]
    capital = after.pos_ == "PROPN" and after.text[:1].isupper() and not after.is_punct
    own = after.ent_type_ and (after.ent_iob_ == "B" or after.ent_type_ in _PERSON_LABELS)
    title = role_size(doc, end, len(doc), words) or fold(after.text) in words.honorifics
    return capital and not own and not title


def _place_type(place: Place) -> EntityType:
    return place.kind if place.kind in ("country", "city") else "place"


def _like_a_name(token: Token) -> bool:
    if token.is_space or token.is_punct or not any(c.isalnum() for c in token.text):
        return False
    if token.ent_type_ and token.ent_iob_ == "B":
        return any(c.isupper() or c.isdigit() for c in token.text)
    return token.pos_ == "PROPN" and token.text[:1].isupper()


def _run_end(doc: Reading, begin: int, words: Words) -> int:
    """The end of the name that starts at ``begin``: its entity, and proper nouns that follow."""
    end = begin + 1
    while end < len(doc):
        token, last = doc[end], doc[end - 1]
        if token.sent.start == end or token.is_space:
            break
        if token.ent_iob_ == "I" and token.ent_type_:
            if token.pos_ in _VERBS and token.text.islower():
                break  # "Eastman said": the recogniser took in the verb
            end += 1
            continue
        if joined := _joined(doc, begin, end, words):
            end = joined
            continue
        if token.is_punct or (token.ent_iob_ == "B" and not _one_person(last, token)):
            break
        capital = token.pos_ == "PROPN" and token.text[:1].isupper()
        if not capital or gazetteer().demonym(last.text, words.language):
            break
        if _known(doc, end, words) and doc[begin].ent_type_ not in _PERSON_LABELS:
            break
        end += 1
    return end


def _one_person(last: Token, token: Token) -> bool:
    """Whether the recogniser cut a name that the parse has in one: ``John`` ``Adam Smith``."""
    flat = token.dep_ == "flat" or (last.dep_ == "flat" and last.head == token)
    people = token.ent_type_ in _PERSON_LABELS and last.ent_type_ in _PERSON_LABELS
    return people and flat and token.pos_ == last.pos_ == "PROPN"


def _joined(doc: Reading, begin: int, at: int, words: Words) -> int:
    """Where ``of the Interior`` ends after ``Ministry``, or ``di Cassazione``; 0 if it does not."""
    if fold(doc[begin].text) not in words.name_types or at != begin + 1:
        return 0
    if doc[at].lemma_.lower() not in words.name_joins:
        return 0
    at += 1
    while at < len(doc) and doc[at].pos_ == "DET":
        at += 1
    named = at < len(doc) and doc[at].text[:1].isupper() and doc[at].pos_ in ("PROPN", "NOUN")
    return at + 1 if named else 0


def _trimmed(doc: Reading, begin: int, end: int, words: Words) -> Iterator[Name]:
    """A run without articles, titles and country adjectives at its start, if anything is left."""
    while begin < end and (size := _prefix(doc, begin, end, words)):
        begin += size
    for i in range(begin + 1, end - 1):
        if (
            doc[begin].ent_type_ in _PERSON_LABELS
            and doc[i].pos_ == "ADP"
            and doc[i + 1].pos_ == "DET"
        ):
            end = i  # "Raymond Wong of the Institute": the recogniser took in what follows
            break
    person = doc[begin].ent_type_ in _PERSON_LABELS
    while person and end - begin > _FULL_NAME and _after_name(doc[end - 1], words):
        end -= 1
    while end > begin and (doc[end - 1].is_punct or doc[end - 1].pos_ in ("PART", "ADP", "DET")):
        end -= 1
    if begin >= end or role_size(doc, begin, end, words) == end - begin:
        return
    if end - begin == 1 and _common(doc[begin], words):
        return
    if doc[begin].ent_type_ not in _PERSON_LABELS and _in_calendar(doc[begin:end], words):
        return
    yield Name(begin, end, doc.text(begin, end))


def _after_name(token: Token, words: Words) -> bool:
    return token.is_punct or token.text.replace(".", "") in words.post_nominals


def _common(token: Token, words: Words) -> bool:
    """Whether a capitalised word is no name by itself: ``il Paese``, ``Italians``."""
    forms = {fold(token.text), fold(token.lemma_)}
    listed = any(f in words.anaphors or f in words.kinds or f in words.group_nouns for f in forms)
    return listed or gazetteer().demonym(token.text, words.language) is not None


def _in_calendar(span: Sequence[Token], words: Words) -> bool:
    """Whether a capitalised run is only a day or month: ``Thursday``, ``September 12``."""
    named = [fold(t.text) for t in span if t.text.strip(",.").isalpha()]
    return bool(named) and all(word in words.calendar for word in named)


def _prefix(doc: Reading, begin: int, end: int, words: Words) -> int:
    """How many tokens at the start of a run belong before the name in it."""
    size = role_size(doc, begin, end, words)
    if size and begin + size < end:
        return size
    first = doc[begin]
    if first.pos_ in ("DET", "ADP") or first.is_punct:
        return 1
    honorific = fold(first.text) in words.honorifics
    nationality = gazetteer().demonym(first.text, words.language)
    return int(begin + 1 < end and (honorific or nationality is not None))
