"""Verbs' lemmas that exist: what the lemmatizer invents, and what is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.lemmas import VerbLemmas

KNOWN = frozenset("trovare cantare parlare vincere spingere dire firmare vedere".split())
PAIRS = [
    ("cantavano", "cantare"),
    ("parlavano", "parlare"),
    ("cantò", "cantare"),
    ("parlò", "parlare"),
    ("spinse", "spingere"),
    ("disse", "dire"),
    ("vista", "vedere"),
    *[("twittavano", "twittare")] * 4,
    ("vitavano", "vitaree"),
]


@pytest.fixture
def repair() -> VerbLemmas:
    found = VerbLemmas(lambda lemma: lemma in KNOWN)
    found.learn(PAIRS)
    return found


def after(repair: VerbLemmas, form: str, lemma: str, pos: str = "VERB") -> str:
    doc = Doc(spacy.blank("it").vocab, words=[form], lemmas=[lemma], pos=[pos])
    return repair(doc)[0].lemma_


def test_an_invented_verb_becomes_the_known_one(repair: VerbLemmas) -> None:
    assert after(repair, "trovavano", "trovavare") == "trovare"
    assert after(repair, "Firmò", "firmò") == "firmare"


def test_irregular_forms_of_the_treebank(repair: VerbLemmas) -> None:
    assert after(repair, "disse", "dissere") == "dire"
    assert after(repair, "vista", "vistare") == "vedere"


def test_a_known_lemma_stays(repair: VerbLemmas) -> None:
    assert after(repair, "vincono", "vincere") == "vincere"


def test_a_frequent_lemma_of_the_treebank_exists_and_a_misprint_does_not(
    repair: VerbLemmas,
) -> None:
    assert repair.exists("twittare")
    assert not repair.exists("vitaree")


def test_where_no_rule_leads_to_a_verb_the_lemma_stays(repair: VerbLemmas) -> None:
    assert after(repair, "xyzavano", "xyzavare") == "xyzavare"


def test_nouns_are_left_alone(repair: VerbLemmas) -> None:
    assert after(repair, "trovavano", "trovavare", "NOUN") == "trovavare"


def test_on_disk_and_back(repair: VerbLemmas, tmp_path: Path) -> None:
    repair.to_disk(tmp_path / "c")
    blank = VerbLemmas(lambda lemma: lemma in KNOWN)
    assert blank.from_disk(tmp_path / "c").lemma("trovavano") == "trovare"
    assert VerbLemmas(lambda _: False).from_bytes(repair.to_bytes()).rules == repair.rules
