"""What type of thing a common noun names, from WordNet's hypernyms and our own table."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import KGError
from kg.lang.noun_types import noun_type
from kg.train.lexicon import write_types


@pytest.mark.parametrize(
    ("language", "type_", "nouns"),
    [
        ("en", "work", "manuscript album letter poem document song amendment"),
        ("en", "event", "arrest fall election murder journey resignation"),
        ("en", "place", "village coast gym mosque tunnel square hospital"),
        ("en", "product", "shirt camera helicopter gun"),
        ("en", "person", "writer partner"),
        ("en", "organization", "ministry committee team company"),
        ("en", "award", "medal"),
        ("it", "work", "manoscritto lettera libro decreto quadro"),
        ("it", "event", "caduta dimissioni incendio omicidio mostra processo"),
        ("it", "place", "villaggio costa palestra moschea piazza"),
        ("it", "product", "camicia elicottero nave"),
        ("it", "person", "scrittore giudice"),
        ("it", "organization", "ministero commissione squadra"),
    ],
)
def test_a_noun_tells_the_type(language: str, type_: str, nouns: str) -> None:
    assert {n: noun_type(n, language) for n in nouns.split()} == dict.fromkeys(nouns.split(), type_)


@pytest.mark.parametrize(
    ("language", "nouns"),
    [
        ("en", "voice point help hope side problem money idea zxcvb"),
        ("it", "voce punto aiuto speranza parte problema idea"),
    ],
)
def test_a_noun_of_many_or_other_senses_tells_none(language: str, nouns: str) -> None:
    assert {n for n in nouns.split() if noun_type(n, language)} == set()


SOURCE = """00000001-n\tentity\t1\t0\tnoun.Tops\t
00000002-n\tplace\t1\t0\tnoun.location\t00000001-n
00000003-n\tpoint\t1\t0\tnoun.location\t00000002-n
00000004-n\ttown\t1\t0\tnoun.location\t00000003-n 00000002-n
00000005-n\tport\t1\t0\tnoun.location\t00000002-n
00000006-v\tplace\t1\t0\tverb.contact\t
"""


def test_the_nearest_hypernym_decides_and_none_ends_the_search(tmp_path: Path) -> None:
    source = tmp_path / "eng.tab"
    source.write_text(SOURCE, "utf-8")
    write_types(source, tmp_path, {"place": ["place:1"], "none": ["point:1"]})
    lines = gzip.decompress((tmp_path / "types.tsv.gz").read_bytes()).decode().splitlines()
    assert lines == ["2\tplace", "5\tplace"]


def test_a_sense_that_wordnet_does_not_have_is_named(tmp_path: Path) -> None:
    source = tmp_path / "eng.tab"
    source.write_text(SOURCE, "utf-8")
    with pytest.raises(KGError, match="no sense place:7"):
        write_types(source, tmp_path, {"place": ["place:7"]})
