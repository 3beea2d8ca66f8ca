"""Which names are places, which words nationalities."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from kg.lang.gazetteer import fold, gazetteer, languages
from kg.lang.lexicon import Lexicon


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United States", "US"),
        ("the United States", "US"),
        ("US", "US"),
        ("U.S.", "US"),
        ("Usa", "US"),
        ("Stati Uniti", "US"),
        ("gli Stati Uniti d’America", "US"),
        ("UK", "GB"),
        ("Great Britain", "GB"),
        ("Regno Unito", "GB"),
        ("Giappone", "JP"),
        ("CINA", "CN"),
        ("Corea del Nord", "KP"),
        ("Côte d’Ivoire", "CI"),
        ("Costa d'Avorio", "CI"),
        ("Olanda", "NL"),
        ("the Netherlands", "NL"),
        ("Türkiye", "TR"),
    ],
)
def test_a_country_is_known_by_all_its_names(name: str, code: str) -> None:
    place = gazetteer().place(name)
    assert place is not None
    assert (place.kind, place.code) == ("country", code)
    assert place == gazetteer().country(code)


def test_a_country_has_a_label_a_language_and_its_geonames_id() -> None:
    place = gazetteer().country("US")
    assert place.labels == (("en", "United States"), ("it", "Stati Uniti"))
    assert place.geonames == 6252001
    assert place.label("it") == "Stati Uniti"
    assert place.label("de") == "United States"


@pytest.mark.parametrize("word", ["us", "it", "in", "and", "me", "Trump", "", "the", "la"])
def test_an_abbreviation_counts_only_as_it_is_written(word: str) -> None:
    assert gazetteer().place(word) is None


@pytest.mark.parametrize(
    ("italian", "english", "code"),
    [
        ("Londra", "London", "GB"),
        ("Pechino", "Beijing", "CN"),
        ("Mosca", "Moscow", "RU"),
        ("Parigi", "Paris", "FR"),
        ("L’Avana", "Havana", "CU"),
        ("Il Cairo", "Cairo", "EG"),
        ("Roma", "Rome", "IT"),
    ],
)
def test_a_capital_is_the_same_place_in_both_languages(
    italian: str, english: str, code: str
) -> None:
    place = gazetteer().place(italian, "it")
    assert place is not None
    assert (place.kind, place.capital_of, place.label("en")) == ("city", code, english)
    same = gazetteer().place(english, "en")
    assert same is not None
    assert same.geonames == place.geonames is not None


def test_cities_without_a_capitals_rank_are_known_too() -> None:
    munich = gazetteer().place("Monaco di Baviera", "it")
    assert munich is not None
    assert (munich.code, munich.label("en"), munich.capital_of) == ("DE", "Munich", None)
    new_york = gazetteer().place("New York", "en")
    assert new_york is not None
    assert (new_york.kind, new_york.code) == ("city", "US")
    nara = gazetteer().place("Nara", "it")
    assert nara is not None
    assert nara.code == "JP"


@pytest.mark.parametrize(
    ("italian", "english", "code"),
    [
        ("Medio Oriente", "Middle East", ""),
        ("Asia", "Asia", ""),
        ("Indo-Pacifico", "Indo-Pacific", ""),
        ("Lombardia", "Lombardy", "IT"),
        ("Scozia", "Scotland", "GB"),
        ("Cisgiordania", "West Bank", "PS"),
        ("California", "California", "US"),
    ],
)
def test_regions_are_joined_across_languages(italian: str, english: str, code: str) -> None:
    place = gazetteer().place(italian, "it")
    assert place is not None
    assert (place.kind, place.code, place.label("en")) == ("region", code, english)
    assert gazetteer().place(english, "en") == place


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Turkey", "en"),
        ("Georgia", "en"),
        ("Jordan", "en"),
        ("Chad", "en"),
        ("Nice", "en"),
        ("Reading", "en"),
        ("Mobile", "en"),
        ("Lincoln", "en"),
        ("Cambridge", "en"),
        ("Lima", "it"),
        ("Potenza", "it"),
        ("Monaco", "it"),
    ],
)
def test_a_name_that_is_also_something_else_is_ambiguous(name: str, language: str) -> None:
    place = gazetteer().place(name, language)
    assert place is not None
    assert place.ambiguous


@pytest.mark.parametrize("name", ["Japan", "Italia", "Tokyo", "Londra", "Middle East", "US"])
def test_a_name_that_is_only_a_place_is_not(name: str) -> None:
    place = gazetteer().place(name)
    assert place is not None
    assert not place.ambiguous


@pytest.mark.parametrize(
    ("word", "language", "code"),
    [
        ("giapponese", "it", "JP"),
        ("giapponesi", "it", "JP"),
        ("nipponici", "it", "JP"),
        ("statunitense", "it", "US"),
        ("americane", "it", "US"),
        ("tedesche", "it", "DE"),
        ("greci", "it", "GR"),
        ("belgi", "it", "BE"),
        ("Japanese", "en", "JP"),
        ("Americans", "en", "US"),
        ("British", "en", "GB"),
        ("Dutch", "en", "NL"),
        ("Swedes", "en", "SE"),
    ],
)
def test_nationalities_are_known_in_every_form(word: str, language: str, code: str) -> None:
    assert gazetteer().demonym(word, language) == code


def test_a_word_of_another_language_is_no_nationality() -> None:
    assert gazetteer().demonym("giapponese", "en") is None
    assert gazetteer().demonym("table", "en") is None
    assert gazetteer().demonym("Japanese", "xx") is None


def test_every_state_has_a_nationality_in_every_language() -> None:
    """Sovereign states, of which the United Nations count 193 members."""
    for language in languages():
        known = set(gazetteer()._demonyms[language].values())
        assert len(known) > 190
        assert known <= set(gazetteer()._countries)


def test_folding_forgets_what_does_not_tell_places_apart() -> None:
    assert fold("Côte d’Ivoire") == fold("COTE D'IVOIRE") == "cote d'ivoire"
    assert fold("Asia–Pacific") == fold("Asia Pacific")


def test_every_shipped_table_names_its_source_and_licence() -> None:
    folders = [f for f in (files("kg.lang") / "data").iterdir() if f.is_dir()]
    assert len(folders) >= 7
    for folder in folders:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        assert meta["licence"]
        assert meta["source"]
        assert meta["command"]


def test_a_lexicon_reads_nothing_before_it_is_asked() -> None:
    assert Lexicon(files("kg.lang") / "nowhere")
