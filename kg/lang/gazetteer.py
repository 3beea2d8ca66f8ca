"""Places and nationalities by their names: countries, regions, states and large cities."""

from __future__ import annotations

import gzip
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Literal

from kg.lang import table
from kg.lang.lexicon import Pos, lexicon

__all__ = ["Gazetteer", "Place", "fold", "gazetteer"]

PlaceKind = Literal["country", "city", "region"]

_PLACES: Final = frozenset({"noun.location", "noun.object", ""})
_COMPARABLE: Final = 0.25
"""A city counts as a rival of another of its name from this share of the other's inhabitants."""
_GREAT: Final = 1_000_000
"""Inhabitants from which a city comes before a state of its name."""
_NO_TERRITORY: Final = frozenset({"EU", "EZ", "UN"})
_APOSTROPHES: Final = str.maketrans("’‘ʼ`´-–—‐", "'''''    ")


@dataclass(frozen=True, slots=True)
class Place:
    """A place. ``code`` is the ISO 3166 alpha-2 code of its country (its own, for a country).

    ``code`` is empty for a part of the world. ``geonames`` is the GeoNames id where known. A place
    is ``ambiguous`` if the name asked for is also a common word, a person's name or a second place
    of weight: a caller then needs further evidence, such as an entity label.
    """

    kind: PlaceKind
    code: str
    labels: tuple[tuple[str, str], ...]
    geonames: int | None = None
    capital_of: str | None = None
    ambiguous: bool = False

    def label(self, language: str) -> str:
        """The name in a language, else in English."""
        names = dict(self.labels)
        return names.get(language) or names["en"]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A place under one of its names; the lowest rank takes the name."""

    rank: int
    size: int
    place: Place

    def rivals(self, other: _Entry) -> bool:
        """Whether another place of the same name is too weighty to be left out of account."""
        if other.place.code == self.place.code:
            return False
        if other.rank <= _RANKS["state"]:
            return True
        return self.rank >= _RANKS["capital"] and other.size >= _COMPARABLE * self.size


_RANKS: Final = {"country": 0, "region": 1, "capital": 2, "great": 3, "state": 4, "city": 5}


class Gazetteer:
    """Lookups by name, over the shipped tables and the ``gazetteer.toml`` of every language."""

    def __init__(self, data: Traversable) -> None:
        self._countries: dict[str, Place] = dict(_countries(data))
        self._exact: dict[str, Place] = {}
        entries: dict[str, list[_Entry]] = defaultdict(list)
        for name, entry in self._entries(data):
            entries[fold(name)].append(entry)
        self._names = {name: _first(group) for name, group in entries.items()}
        for language in languages():
            for code, names in table(language, "gazetteer")["abbreviations"].items():
                self._exact.update(dict.fromkeys(names, self._countries[code]))
        for code, kind, name in _rows(data / "countries" / "countries.tsv"):
            if kind in ("iso3", "ioc"):
                self._exact.setdefault(name, replace(self._countries[code], ambiguous=True))
        self._demonyms = {language: dict(_demonyms(data, language)) for language in languages()}
        self._place = lru_cache(maxsize=1 << 16)(self._find_place)

    def place(self, name: str, language: str | None = None) -> Place | None:
        """The place of a name in any language; ``language`` says whose articles and words count.

        Case, accents, kinds of apostrophe and a leading article do not matter, except that
        abbreviations must be written as they are (``US``).
        """
        return self._place(name, language)

    def _find_place(self, name: str, language: str | None) -> Place | None:
        name = " ".join(name.split())
        if name in self._exact:
            return self._exact[name]
        spoken = (language,) if language else languages()
        for key in _without_article(fold(name), spoken):
            found = self._names.get(key)
            if found:
                return replace(found, ambiguous=found.ambiguous or _is_word(key, spoken))
        return None

    def country(self, code: str) -> Place:
        """A country by its ISO 3166 alpha-2 code.

        Raises:
            KeyError: no country has the code.
        """
        return self._countries[code]

    def demonym(self, word: str, language: str) -> str | None:
        """The country of an adjective or noun of nationality, in any form (``giapponesi``)."""
        return self._demonyms.get(language, {}).get(fold(word))

    def _entries(self, data: Traversable) -> Iterator[tuple[str, _Entry]]:
        """Every name with the place it may mean."""
        for name, code in _country_names(data):
            if code in self._countries:
                yield name, _Entry(_RANKS["country"], 0, self._countries[code])
        for names, place in _regions(data):
            rank = _RANKS["state" if place.code else "region"]
            for name in names:
                yield name, _Entry(rank, 0, place)
        yield from _cities(data)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer over the shipped tables."""
    return Gazetteer(files(__package__) / "data")


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """A name without accents, capitals, full stops, hyphens and kinds of apostrophe."""
    if name.isascii():
        return " ".join(name.translate(_APOSTROPHES).lower().replace(".", "").split())
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c) and c != ".")
    return " ".join(kept.split())


def _first(group: list[_Entry]) -> Place:
    """The weightiest of the places of a name, marked where a second one rivals it."""
    best, *others = sorted(group, key=lambda e: (e.rank, -e.size, e.place.code, e.place.labels))
    if best.place.ambiguous or not any(best.rivals(other) for other in others):
        return best.place
    return replace(best.place, ambiguous=True)


def _without_article(name: str, spoken: tuple[str, ...]) -> tuple[str, ...]:
    """A folded name, and what is left of it after an article."""
    articles = _articles(spoken)
    if not name.startswith(articles):
        return (name,)
    return (name, *sorted({name.removeprefix(a) for a in articles if name.startswith(a)}))


@cache
def _articles(spoken: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(a for code in spoken for a in table(code, "gazetteer").get("articles", ()))


@cache
def _is_word(name: str, spoken: tuple[str, ...]) -> bool:
    """Whether a folded name is in use as something else than a place."""
    for language in spoken:
        if name in _listed_ambiguous(language):
            return True
        if " " in name:
            continue
        if gazetteer().demonym(name, language):
            continue
        noun = lexicon().supersense(name, "n", language)
        if noun not in _PLACES and noun != "noun.group":
            return True
        others: tuple[Pos, ...] = ("v", "a")
        if any(lexicon().frequency(name, pos, language) for pos in others):
            return True
    return False


@cache
def _listed_ambiguous(language: str) -> frozenset[str]:
    return frozenset(map(fold, table(language, "gazetteer").get("ambiguous", ())))


# -- tables ----------------------------------------------------------------------------------


@cache
def languages() -> tuple[str, ...]:
    """The languages in which places are known by name."""
    folders = (f for f in files(__package__).iterdir() if (f / "gazetteer.toml").is_file())
    return tuple(sorted(folder.name for folder in folders))


def _rows(path: Traversable) -> list[list[str]]:
    data = path.read_bytes()
    if path.name.endswith(".gz"):
        data = gzip.decompress(data)
    return [line.split("\t") for line in data.decode().split("\n") if line]


def _countries(data: Traversable) -> Iterator[tuple[str, Place]]:
    """Countries and territories by code, labelled by our tables, else by CLDR."""
    ids = {code: int(number) for code, number, _ in _rows(data / "geonames" / "countries.tsv")}
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for code, language, name in _rows(data / "cldr" / "territories.tsv"):
        labels[code][language] = name
    for language in languages():
        for code, names in table(language, "gazetteer").get("countries", {}).items():
            labels[code][language] = names[0]
    for code in sorted(labels):
        if code.isalpha() and code not in _NO_TERRITORY:
            yield code, Place("country", code, _labels(labels[code]), ids.get(code))


def _country_names(data: Traversable) -> Iterator[tuple[str, str]]:
    for code, _, name in _rows(data / "cldr" / "territories.tsv"):
        yield name, code
    for code, kind, name in _rows(data / "countries" / "countries.tsv"):
        if kind in languages():
            yield name, code
    for language in languages():
        for code, names in table(language, "gazetteer").get("countries", {}).items():
            yield from ((name, code) for name in names)


def _regions(data: Traversable) -> Iterator[tuple[list[str], Place]]:
    """Parts of the world, and regions and states of countries, with their names."""
    ids = {name: int(number) for number, name in _rows(data / "geonames" / "continents.tsv")}
    groups: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
    for code, number, name in _rows(data / "geonames" / "states.tsv"):
        ids[name] = int(number)
        groups["US", code]["en"] = [name]
    for language in languages():
        own = table(language, "gazetteer")
        for key, names in own.get("regions", {}).items():
            groups["", key][language] = names
        for country, members in own.get("subdivisions", {}).items():
            for key, names in members.items():
                groups[country, key][language] = names
    for (country, _), by_language in sorted(groups.items()):
        labels = {language: names[0] for language, names in by_language.items()}
        english = labels["en"]
        labels = dict.fromkeys(languages(), english) | labels
        place = Place("region", country, _labels(labels), ids.get(english))
        yield [name for names in by_language.values() for name in names], place


def _cities(data: Traversable) -> Iterator[tuple[str, _Entry]]:
    rows = _rows(data / "geonames" / "cities.tsv.gz")
    largest: dict[str, tuple[int, str]] = {}
    for _, name, number, size, _ in rows:
        largest[name] = max(largest.get(name, (0, "")), (int(size), number))
    exonyms = _exonyms(data)
    endings = [e for lang in languages() for e in table(lang, "gazetteer").get("city_endings", ())]
    for code, name, number, size, capital in rows:
        labels = dict.fromkeys(languages(), name)
        names = [name, *(name.removesuffix(ending) for ending in endings if name.endswith(ending))]
        if largest[name] == (int(size), number):
            for language, others in exonyms.get(name, {}).items():
                names += others
                labels[language] = others[0]
        place = Place("city", code, _labels(labels), int(number), code if capital else None)
        rank = "capital" if capital else "great" if int(size) >= _GREAT else "city"
        for other in names:
            yield other, _Entry(_RANKS[rank], int(size), place)


def _exonyms(data: Traversable) -> Mapping[str, Mapping[str, list[str]]]:
    """By GeoNames' name, a city's names in each language: our table's, else CLDR's."""
    names: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for name, language, other in _rows(data / "cldr" / "cities.tsv"):
        names[name][language] = [other]
    for language in languages():
        for name, others in table(language, "gazetteer").get("cities", {}).items():
            names[name][language] = others
    return names


def _labels(names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(names.items()))


# -- nationalities ---------------------------------------------------------------------------


def _demonyms(data: Traversable, language: str) -> Iterator[tuple[str, str]]:
    """Every form of the words for a country's people, folded, with the country's code.

    Our own table comes last and so has the last word.
    """
    own = table(language, "gazetteer")
    listed: dict[str, list[str]] = defaultdict(list)
    for code, kind, word in _rows(data / "countries" / "countries.tsv"):
        if kind == f"demonym-{language}":
            listed[code].append(word)
    for words in (listed, own.get("demonyms", {})):
        for code in sorted(words):
            for word in words[code]:
                yield from ((fold(form), code) for form in _inflected(word, own["inflection"]))


def _inflected(word: str, endings: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The forms of a word by the longest ending that the table knows."""
    ending = max((e for e in endings if word.endswith(e)), key=len)
    stem = word.removesuffix(ending)
    yield word
    yield from (stem + other for other in endings[ending])
