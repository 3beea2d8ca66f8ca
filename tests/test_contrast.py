"""What a negation denies, and what it leaves standing, on parses written by hand."""

from __future__ import annotations

import pytest
from parses import document, parse

from kg.extract import extract


def told(rows: str, language: str = "en") -> dict[tuple[str, str], bool]:
    """Whether each fact is denied, by its subject and object."""
    doc = parse(rows)
    found = extract(document(doc, language), doc)
    return {(f.subject.text, f.object.text if f.object else ""): f.negated for f in found}


def test_a_noun_that_is_denied_and_what_holds_instead() -> None:
    assert told("""
Rossi Rossi PROPN 2 nsubj _ B-PER
voleva volere VERB 0 root VerbForm=Fin
non non ADV 5 advmod
un uno DET 5 det
decreto decreto NOUN 2 obj
, , PUNCT 9 punct
bensì bensì CCONJ 9 cc
una uno DET 9 det
legge legge NOUN 5 conj
. . PUNCT 2 punct
""", "it") == {("Rossi", "un decreto"): True, ("Rossi", "una legge"): False}  # fmt: skip


def test_a_denied_clause_with_what_holds_instead() -> None:
    assert told("""
Rossi Rossi PROPN 4 nsubj _ B-PER
did do AUX 4 aux VerbForm=Fin
not not PART 4 advmod
sign sign VERB 0 root VerbForm=Inf
laws law NOUN 4 obj
but but CCONJ 7 cc
decrees decree NOUN 5 conj
. . PUNCT 4 punct
""") == {("Rossi", "laws"): True, ("Rossi", "decrees"): False}


def test_not_only_denies_nothing() -> None:
    assert told("""
Rossi Rossi PROPN 2 nsubj _ B-PER
signed sign VERB 0 root VerbForm=Fin
not not PART 5 advmod
only only ADV 5 advmod
laws law NOUN 2 obj
but but CCONJ 8 cc
also also ADV 8 advmod
decrees decree NOUN 5 conj
. . PUNCT 2 punct
""") == {("Rossi", "laws"): False, ("Rossi", "decrees"): False}


def test_what_something_is_not_and_is() -> None:
    assert told("""
Acme Acme PROPN 5 nsubj _ B-ORG
is be AUX 5 cop VerbForm=Fin
not not PART 5 advmod
a a DET 5 det
bank bank NOUN 0 root
but but CCONJ 8 cc
a a DET 8 det
broker broker NOUN 5 conj
. . PUNCT 5 punct
""") == {("Acme", "a bank"): True, ("Acme", "a broker"): False}


@pytest.mark.parametrize(("first", "second"), [("Not", "but"), ("Neither", "nor")])
def test_a_subject_that_did_not(first: str, second: str) -> None:
    found = told(f"""
{first} {first.lower()} PART 2 advmod
France France PROPN 5 nsubj _ B-LOC
{second} {second} CCONJ 4 cc
Spain Spain PROPN 2 conj _ B-LOC
signed sign VERB 0 root VerbForm=Fin
pacts pact NOUN 5 obj
. . PUNCT 5 punct
""")
    assert found == {("France", "pacts"): True, ("Spain", "pacts"): second == "nor"}


def test_an_apposition_of_what_somebody_is_not_tells_nothing() -> None:
    assert told("""
France France PROPN 6 nsubj _ B-LOC
, , PUNCT 4 punct
not not PART 4 advmod
Spain Spain PROPN 1 appos _ B-LOC
, , PUNCT 4 punct
signed sign VERB 0 root VerbForm=Fin
pacts pact NOUN 6 obj
. . PUNCT 6 punct
""") == {("France", "pacts"): False}


@pytest.mark.parametrize(
    ("determiner", "number", "denied"),
    [("Alcuni", "Plur", False), ("Nessun", "Sing", True), ("Alcuna", "Sing", True)],
)
def test_some_is_not_none(determiner: str, number: str, denied: bool) -> None:
    lemma = "nessuno" if determiner == "Nessun" else "alcuno"
    found = told(f"""
{determiner} {lemma} DET 2 det Number={number}|PronType=Ind
esperti esperto NOUN 3 nsubj Number={number}
firma firmare VERB 0 root VerbForm=Fin
accordi accordo NOUN 3 obj
. . PUNCT 3 punct
""", "it")  # fmt: skip
    assert found == {(f"{determiner} esperti", "accordi"): denied}
