"""Sentence boundaries that punctuation decides."""

from __future__ import annotations

import pytest
import spacy

from kg.segment import BOUNDARIES


def starts(text: str, language: str = "it") -> dict[bool | None, list[str]]:
    nlp = spacy.blank(language)
    nlp.add_pipe(BOUNDARIES)
    found: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for token in nlp(text):
        found[token.is_sent_start].append(token.text)
    return found


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Roma firma. Parigi no! Perché? 30 anni fa.", ["Roma", "Parigi", "Perché", "30"]),
        ('Disse: "Firmo." Il presidente no.', ["Disse", "Il"]),
        ('Firma. "Sono contento", disse.', ["Firma", '"']),
        ("(Roma, 3 marzo.) Il testo.", ["(", "Il"]),
        ("«Firmo.» Il presidente no.", ["«", "Il"]),
        ("Primo titolo\n\nil testo", ["Primo", "il"]),
    ],
)
def test_begins(text: str, first: list[str]) -> None:
    assert starts(text)[True] == first


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Firma? l'Accordo", "Accordo"),
        ('Perché? ", disse.', ","),
    ],
)
def test_does_not_begin(text: str, word: str) -> None:
    assert word in starts(text)[False]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Il dott. Rossi", "Rossi"),
        ("2. Il trattato", "Il"),
        ("Dice che firma. e poi va", "e"),
        ("John F. Kennedy", "Kennedy"),
        ("Attese... Poi firmò", "Poi"),
        ("I fatti Il presidente firma", "Il"),
    ],
)
def test_is_left_to_the_parser(text: str, word: str) -> None:
    assert word in starts(text)[None]


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", '"', "…", "\u200f.", "👍 👍"])
def test_odd_texts(text: str) -> None:
    assert sum(map(len, starts(text).values())) == len(spacy.blank("it")(text))
