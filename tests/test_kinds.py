"""The types of things that only a noun tells, in both languages."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from resolving import arg, doc_of, document_of, fact

from kg.lang.noun_types import noun_type
from kg.resolve import resolve_document
from kg.types import EntityType


@pytest.mark.parametrize(
    ("english", "italian", "kind"),
    [
        ("manuscript", "manoscritto", "work"),
        ("album", "album", "work"),
        ("village", "villaggio", "place"),
        ("mosque", "moschea", "place"),
        ("murder", "omicidio", "event"),
        ("tournament", "torneo", "event"),
        ("camera", "macchina fotografica", "product"),
        ("truck", "camion", "product"),
        ("committee", "comitato", "organization"),
        ("treaty", "trattato", "agreement"),
        ("medal", "medaglia", "award"),
        ("writer", "scrittore", "person"),
        ("crowd", "folla", "group"),
        ("reason", "ragione", None),
        ("role", "ruolo", None),
        ("result", "risultato", None),
    ],
)
def test_a_noun_s_main_sense_is_its_type(
    english: str, italian: str, kind: EntityType | None
) -> None:
    assert noun_type(english, "en") == kind
    assert noun_type(italian, "it") == kind


def test_no_noun_of_the_table_is_of_two_types_and_each_is_a_word() -> None:
    table = tomllib.loads(files("kg.lang").joinpath("en/types.toml").read_text("utf-8"))
    nouns = [noun for kind in table["nouns"].values() for noun in kind]
    assert len(nouns) == len({*nouns})
    assert not {*nouns} & {*table["plain"]["nouns"]}


def kinds(*sentences: str, subject: str, verb: str) -> list[str]:
    doc = doc_of(*sentences)
    found = resolve_document(document_of(doc), doc, [fact(doc, arg(doc, subject, "subject"), verb)])
    return [entity.type for entity in found.entities]


@pytest.mark.parametrize(
    ("noun", "number", "kind"),
    [("brother", "Sing", "person"), ("drivers", "Plur", "group"), ("villages", "Plur", "place")],
)
def test_a_described_thing_has_the_type_of_its_noun(noun: str, number: str, kind: str) -> None:
    lemma = noun.removesuffix("s") if number == "Plur" else noun
    sentence = (
        f"Some/DET/det/2///Definite=Ind|PronType=Art {noun}/NOUN/nsubj/3//{lemma}/Number={number}"
        " slept/VERB/root/0//sleep"
    )
    assert kinds(sentence, subject=noun, verb="slept") == [kind]


def test_a_name_of_no_known_type_has_that_of_the_noun_said_of_it() -> None:
    named = "The/DET/det/2 ship/NOUN/nsubj/4//ship Zephyra/PROPN/appos/2/B-MISC sank/VERB/root/0"
    assert kinds(named, subject="Zephyra", verb="sank") == ["product"]
    copula = (
        "Zephyra/PROPN/nsubj/4/B-MISC is/AUX/cop/4//be a/DET/det/4 novel/NOUN/root/0//novel",
        "Zephyra/PROPN/nsubj/2/B-MISC sold/VERB/root/0//sell",
    )
    assert kinds(*copula, subject="Zephyra", verb="sold") == ["work"]
    bare = "Zephyra/PROPN/nsubj/2/B-MISC sank/VERB/root/0//sink"
    assert kinds(bare, subject="Zephyra", verb="sank") == ["concept"]


def test_a_name_the_recogniser_typed_keeps_its_type() -> None:
    named = "The/DET/det/2 ship/NOUN/nsubj/4//ship Zephyra/PROPN/appos/2/B-ORG sank/VERB/root/0"
    assert kinds(named, subject="Zephyra", verb="sank") == ["organization"]
