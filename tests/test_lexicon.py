"""What the lexicon says of words that news is made of."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import KGError
from kg.lang.lexicon import lexicon
from kg.train.lexicon import WORDNETS, derive, write_english, write_wordnet


@pytest.mark.parametrize(
    ("italian", "english"),
    [
        ("firmare", "sign"),
        ("siglare", "initial"),
        ("incontrare", "meet"),
        ("investire", "invest"),
        ("annunciare", "announce"),
        ("imporre", "impose"),
        ("rafforzare", "strengthen"),
        ("ridurre", "reduce"),
        ("prevedere", "foresee"),
        ("dichiarare", "declare"),
        ("sottolineare", "underline"),
        ("promettere", "promise"),
        ("lodare", "praise"),
        ("elogiare", "praise"),
        ("definire", "define"),
        ("governare", "govern"),
        ("dire", "say"),
        # from the wordnets alone
        ("comprare", "buy"),
        ("uccidere", "kill"),
        ("votare", "vote"),
        ("costruire", "build"),
        ("tradurre", "translate"),
    ],
)
def test_verbs_of_news_come_out_right(italian: str, english: str) -> None:
    assert lexicon().english(italian, "v", "it") == english


@pytest.mark.parametrize(
    ("italian", "english"),
    [
        ("accordo", "agreement"),
        ("impegno", "commitment"),
        ("terra rara", "rare earth"),
        ("premier", "prime minister"),
        ("guerra", "war"),
        ("elezione", "election"),
        ("banca", "bank"),
    ],
)
def test_nouns_of_news_come_out_right(italian: str, english: str) -> None:
    assert lexicon().english(italian, "n", "it") == english


def test_an_english_word_is_its_own_equivalent_if_it_is_known() -> None:
    assert lexicon().english("agreement", "n", "en") == "agreement"
    assert lexicon().english("Rare Earth", "n", "en") == "rare earth"
    assert lexicon().english("xyzzy", "n", "en") is None
    assert lexicon().english("xyzzy", "v", "it") is None
    assert lexicon().english("Abkommen", "n", "de") is None


def test_words_of_one_meaning_share_a_concept_across_languages() -> None:
    of = lexicon().concept
    words = (("firmare", "it"), ("siglare", "it"), ("sign", "en"), ("initial", "en"))
    assert {of(word, "v", language) for word, language in words} == {"sign"}
    assert of("lodare", "v", "it") == of("elogiare", "v", "it") == of("hail", "v", "en") == "praise"
    assert of("accordo", "n", "it") == of("patto", "n", "it") == of("deal", "n", "en")


def test_words_of_near_meanings_do_not() -> None:
    verbs = ("say", "announce", "declare", "affirm", "meet", "sign", "invest", "impose", "support")
    assert len({lexicon().concept(verb, "v", "en") for verb in verbs}) == len(verbs)


def test_a_guess_is_no_concept() -> None:
    """``disperdere`` is to disperse or to waste: it has an English name, but no concept."""
    assert lexicon().english("disperdere", "v", "it") is not None
    assert lexicon().concept("disperdere", "v", "it") is None


def test_concept_classes_do_not_overlap() -> None:
    concepts = lexicon()._concepts
    for (pos, member), name in concepts.items():
        assert (pos, name) not in concepts, f"{member} leads to {name}, which leads further"
        assert lexicon().is_lemma(name, pos, "en"), name  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lemma", "language", "supersense"),
    [
        ("president", "en", "noun.person"),
        ("presidente", "it", "noun.person"),
        ("premier", "it", "noun.person"),
        ("government", "en", "noun.group"),
        ("governo", "it", "noun.group"),
        ("agreement", "en", "noun.communication"),
        ("city", "en", "noun.location"),
        ("month", "en", "noun.time"),
        ("mese", "it", "noun.time"),
        ("summit", "en", "noun.event"),
        ("vertice", "it", "noun.event"),
        ("persona", "it", "noun.person"),
        ("xyzzy", "en", ""),
    ],
)
def test_supersenses(lemma: str, language: str, supersense: str) -> None:
    assert lexicon().supersense(lemma, "n", language) == supersense


def test_all_supersenses_come_by_frequency() -> None:
    senses = lexicon().supersenses("sign", "v", "en")
    assert senses[0] == "verb.communication"
    assert len(senses) == len(set(senses)) > 1
    assert lexicon().supersenses("xyzzy", "n", "it") == ()


@pytest.mark.parametrize(
    ("noun", "language", "verb"),
    [
        ("agreement", "en", "agree"),
        ("commitment", "en", "commit"),
        ("investment", "en", "invest"),
        ("signing", "en", "sign"),
        ("meeting", "en", "meet"),
        ("visit", "en", "visit"),
        ("decision", "en", "decide"),
        ("approval", "en", "approve"),
        ("denial", "en", "deny"),
        ("expansion", "en", "expand"),
        ("impegno", "it", "impegnare"),
        ("accordo", "it", "accordare"),
        ("visita", "it", "visitare"),
        ("acquisto", "it", "acquistare"),
        ("costruzione", "it", "costruire"),
        ("riduzione", "it", "ridurre"),
        ("sostegno", "it", "sostenere"),
        ("rafforzamento", "it", "rafforzare"),
        ("elezione", "it", "eleggere"),
        ("importazione", "it", "importare"),
    ],
)
def test_a_noun_of_doing_has_its_verb(noun: str, language: str, verb: str) -> None:
    assert lexicon().verb_of(noun, language) == verb


@pytest.mark.parametrize(
    ("noun", "language"),
    [
        ("president", "en"),
        ("leader", "en"),
        ("city", "en"),
        ("letter", "en"),
        ("environment", "en"),
        ("governo", "it"),
        ("presidente", "it"),
        ("articolo", "it"),
        ("partito", "it"),
        ("xyzzy", "it"),
    ],
)
def test_other_nouns_have_none(noun: str, language: str) -> None:
    assert lexicon().verb_of(noun, language) is None


def test_lemmas_are_known_by_part_of_speech() -> None:
    is_lemma = lexicon().is_lemma
    assert is_lemma("investire", "v", "it")
    assert not is_lemma("investire", "n", "it")
    assert is_lemma("cherry tree", "n", "en")
    assert not is_lemma("cherry tree", "n", "de")


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(KGError, match=r"eng-wordnet30\.tab: not found"):
        derive(tmp_path, tmp_path / "out")


ENGLISH = """# WordNet 3.0\tsynset\tlemma\tsense rank\ttag count\tlexicographer file\thypernyms
00974385-v\tannounce\t1\t74\tverb.communication\t00831669-v
00965889-v\tannounce\t2\t13\tverb.communication\t01009258-v
00001740-n\tentity\t1\t11\tnoun.Tops\t
"""


def _lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().splitlines()


def test_the_english_table_lists_a_lemmas_senses_by_rank(tmp_path: Path) -> None:
    source = tmp_path / "eng.tab"
    source.write_text(ENGLISH, "utf-8")
    assert write_english(source, tmp_path) == {"00974385-v", "00965889-v", "00001740-n"}
    assert _lines(tmp_path / "senses.tsv.gz") == [
        "announce\tv\tede31:1:74 ebd01:1:13",
        "entity\tn\t6cc:0:11",
    ]
    assert (tmp_path / "files.tsv").read_text("utf-8") == "noun.Tops\nverb.communication\n"


def test_synsets_that_lie_elsewhere_in_the_english_copy_are_found(tmp_path: Path) -> None:
    source = tmp_path / "ita.tab"
    source.write_text(
        "# MultiWordNet\tita\n00974367-v\tita:lemma\tannunciare\n00001740-n\tita:lemma\tGAP!\n",
        "utf-8",
    )
    write_wordnet(source, WORDNETS[0], {"00974385-v", "00001740-n"}, tmp_path)
    assert _lines(tmp_path / "lemmas.tsv.gz") == ["annunciare\tv\tede31"]


def test_a_synset_that_is_nowhere_is_an_error(tmp_path: Path) -> None:
    source = tmp_path / "ita.tab"
    source.write_text("99999999-v\tita:lemma\tannunciare\n", "utf-8")
    with pytest.raises(KGError, match="is not in WordNet"):
        write_wordnet(source, WORDNETS[0], {"00974385-v"}, tmp_path)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    source = tmp_path / "eng.tab"
    source.write_text("00974385-v\tannounce\n", "utf-8")
    with pytest.raises(KGError, match="line 1"):
        write_english(source, tmp_path)
