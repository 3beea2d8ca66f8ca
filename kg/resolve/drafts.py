"""What the documents together tell of one thing: its type, labels per language, aliases, links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from kg.lang.gazetteer import Place, gazetteer
from kg.resolve.corrections import Corrections
from kg.resolve.facts import LocalEntity
from kg.resolve.nodes import Member
from kg.resolve.words import fold, words
from kg.types import EntityType

__all__ = ["Draft", "Placed", "Seen", "draft", "joined_labels", "label_of"]

_GEONAMES: Final = "https://sws.geonames.org/{}/"
_ENGLISH: Final = "en"
_IN_FULL: Final = ("person", "organization")
Labels = tuple[tuple[str, str], ...]


class Placed(NamedTuple):
    """A local entity and the thing that it is."""

    thing: str
    document: str
    local: str
    entity: LocalEntity
    members: tuple[str, ...]
    """The things that a group is of, sorted."""


class Seen(NamedTuple):
    """That a thing is a document's entity."""

    thing: str
    document: str
    local: str


class Draft(NamedTuple):
    """A thing before it has its id."""

    thing: str
    root: Member
    key: str
    type: EntityType
    labels: Labels
    aliases: Labels
    links: tuple[str, ...]
    named: bool
    weight: int
    members: tuple[str, ...]


def draft(corrections: Corrections, thing: str, placed: Iterator[Placed]) -> Iterator[Seen | Draft]:
    """Where a thing is seen, and what is told of it; ``placed`` by document."""
    first = next(placed)
    told = _Told()
    members: tuple[str, ...] = ()
    for seen in chain((first,), placed):
        yield Seen(thing, seen.document, seen.local)
        told.add(seen.entity)
        members = seen.members or members
    labels = told.labels()
    said = told.said
    known = {fold(text) for _, text in said} | {fold(text) for _, text in labels}
    for alias, name in corrections.aliases.items():
        if fold(name.replace("_", " ")) in known:
            said.add((first.entity.language, alias))
    place = told.place
    yield Draft(
        thing,
        (first.document, first.local),
        told.key or f"{first.document}/{first.local}",
        told.type(),
        labels,
        tuple(sorted(pair for pair in said if pair not in labels)),
        (_GEONAMES.format(place.geonames),) if place and place.geonames else (),
        told.named,
        told.weight,
        members,
    )


class _Told:
    """Adds up what local entities tell."""

    def __init__(self) -> None:
        self.key = ""
        self.named = False
        self.weight = 0
        self.place: Place | None = None
        self.said: set[tuple[str, str]] = set()
        self._in_full = False
        self._institution = ""
        self._types: Counter[EntityType] = Counter()
        self._untyped: Counter[EntityType] = Counter()
        self._wordings: dict[str, Counter[str]] = defaultdict(Counter)
        self._leading: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, entity: LocalEntity) -> None:
        """One more of them; the first that tells a key or a place decides it."""
        kind = entity.key.partition(":")[0]
        if entity.key != "group":
            self.key = self.key or entity.key
        self.named = self.named or entity.named
        self.place = self.place or _place(entity)
        if kind == "institution":
            self._institution = self._institution or entity.key
        self._in_full = self._in_full or (entity.named and kind in _IN_FULL)
        votes = self._untyped if entity.named and kind == "name" else self._types
        votes[entity.type] += 1
        for rank, (name, count) in enumerate(entity.names):
            self.weight += count
            self.said.add((entity.language, name))
            self._wordings[entity.language][name] += count
            if rank == 0:
                self._leading[entity.language][name] += count

    def type(self) -> EntityType:
        """The commonest type, of those that more than a name tells if there are any."""
        votes = self._types or self._untyped
        return min(votes, key=lambda t: (-votes[t], t))

    def labels(self) -> Labels:
        """One label a language: the gazetteer's or institution's, else the best wording."""
        if self.place:
            return tuple(sorted((lang, text) for lang, text in self.place.labels))
        labels = {
            language: self._best(self._leading[language], all_)
            for language, all_ in sorted(self._wordings.items())
        }
        if self._institution:
            labels[_ENGLISH] = self._institution.partition(":")[2]
        return tuple(sorted(labels.items()))

    def _best(self, leading: Counter[str], all_: Counter[str]) -> str:
        """The fullest name of people and firms, else the commonest; the fullest description."""

        def rank(text: str) -> tuple[int, int, int, str]:
            size = len(text.split())
            if self._in_full:
                return (-size, -all_[text], 0, text)
            if self.named:
                return (-all_[text], -size, 0, text)
            return (-size, -all_[text], len(text), text)

        return min(leading, key=rank)


def _place(entity: LocalEntity) -> Place | None:
    """The gazetteer's place, found again by its key or one of its names."""
    kind, _, rest = entity.key.partition(":")
    if kind == "country":
        return gazetteer().country(rest)
    if kind in ("city", "region"):
        for name, _ in entity.names:
            place = gazetteer().place(name, entity.language)
            if place and place.kind == kind:
                return place
    return None


def joined_labels(members: Iterable[Labels]) -> Labels:
    """A group is called by its members: ``Japan and United States``."""
    every = list(members)
    labels = []
    for language in sorted({language for of in every for language, _ in of}):
        names = sorted(dict(of).get(language) or label_of(of) for of in every)
        joint = f" {words(language).conjunction or '+'} "
        labels.append((language, ", ".join(names[:-1]) + joint + names[-1]))
    return tuple(labels)


def label_of(labels: Sequence[tuple[str, str]]) -> str:
    """The label that an id is made of."""
    if not labels:
        return "group"
    return dict(labels).get(_ENGLISH) or labels[0][1]
