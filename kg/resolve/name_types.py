"""What names are of: persons, organizations, places, and the groups that a dash joins."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import Final

from kg.lang.gazetteer import gazetteer
from kg.resolve.clusters import PLACES
from kg.resolve.reading import Reading
from kg.resolve.titles import Name
from kg.resolve.words import Words, fold, shared
from kg.types import EntityType

__all__ = ["agreed", "capitals", "typed"]

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
_DASH: Final = re.compile("[-–—/]")
_MAJORITY: Final = 2 / 3


def typed(doc: Reading, name: Name, words: Words) -> Name:
    """A name with the type that its words or the recogniser give it."""
    if name.place:
        return name
    if states := _states(name, words):
        return replace(name, type="group", states=states)
    known = shared().institutions.get(fold(name.text))
    if known:
        return replace(name, type=shared().institution_types.get(known, "organization"))
    parts = [fold(t.text) for t in doc[name.begin : name.end]]
    if parts[-1] in words.legal_forms and len(parts) > 1:
        return replace(name, type="organization")
    labels = Counter(t.ent_type_ for t in doc[name.begin : name.end] if t.ent_type_)
    label = _LABELS.get(min(labels, key=lambda x: (-labels[x], x))) if labels else None
    if label != "person" or len(parts) > 2:
        for part in (parts[0], parts[-1]):
            if part in words.name_types and (len(parts) > 1 or label is None):
                return replace(name, type=words.name_types[part])
    return replace(name, type=name.type or label)


def _states(name: Name, words: Words) -> tuple[str, ...]:
    """The countries of a pair in one token, by their names or capitals: *Usa-Cina*, *Roma–Parigi*.

    Tokenizers that split at dashes make two names of them.
    """
    parts = _DASH.split(name.text)
    if name.end - name.begin > 1 or len(parts) == 1:
        return ()
    places = [gazetteer().place(part, words.language) for part in parts if part[:1].isupper()]
    codes = [p.code if p.kind == "country" else p.capital_of for p in places if p is not None]
    found = tuple(code for code in codes if code)
    return found if len(set(found)) == len(parts) else ()


def agreed(names: list[Name]) -> list[Name]:
    """Names with the type that most mentions of the same wording have, where they clearly agree."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for name in names:
        if name.type:
            votes[fold(name.text)][name.type] += 3 if name.titles else 1
    order = {t: i for i, t in enumerate(dict.fromkeys(n.type for n in names if n.type))}
    people = {fold(n.text).split()[-1] for n in names if n.type == "person" and n.end - n.begin > 1}
    titled = {fold(n.text) for n in names if n.titles}
    places = {fold(n.text): n.place for n in names if n.place}

    def settled(name: Name) -> Name:
        if name.place or name.titles or name.states:
            return name
        key = fold(name.text)
        counts = votes[key]
        if counts:
            best = min(counts, key=lambda t: (-counts[t], order[t]))
            someone = "person" in counts and (key in people or key in titled)
            if counts[best] >= _MAJORITY * counts.total() or not someone:
                return replace(name, type=best, place=places.get(key) if best in PLACES else None)
        if name.type is None and key in people:
            return replace(name, type="person")
        return name

    return [settled(name) for name in names]


def capitals(names: list[Name], words: Words) -> list[Name]:
    """Names with the capitals among them that the recogniser took for a person.

    Only a word without titles that no full name has (*George Washington*), that is no first name
    (*Sofia*), where the text speaks of the capital's country, too.
    """
    countries = {n.place.code for n in names if n.place}
    people = {
        part
        for n in names
        if n.type == "person" and (n.titles or " " in n.text)
        for part in fold(n.text).split()
    }

    def found(name: Name) -> Name:
        key = fold(name.text)
        if name.type != "person" or name.titles or key in people or key in words.first_names:
            return name
        place = gazetteer().place(name.text, words.language)
        if place is None or place.capital_of not in countries:
            return name
        return replace(name, type="city", place=replace(place, ambiguous=False))

    return [found(name) for name in names]
