"""Trees that a small parser gets wrong, and what they are mended to."""

from __future__ import annotations

from parses import document, parse, triples

from kg.extract import extract
from kg.extract.names import retype_examples
from kg.extract.repair import repair
from kg.types import Extraction


def facts(rows: str, language: str) -> list[Extraction]:
    doc = parse(rows)
    return extract(document(doc, language), doc)


def test_the_main_clause_goes_on_after_a_relative_one() -> None:
    found = facts(
        """
Rossi Rossi PROPN 0 root _ B-PER
, , PUNCT 4 punct
che che PRON 4 nsubj PronType=Rel
scrive scrivere VERB 1 acl:relcl VerbForm=Fin
libri libro NOUN 4 obj
, , PUNCT 4 punct
guida guidare VERB 4 advcl VerbForm=Fin
la il DET 9 det
squadra squadra NOUN 7 obj
. . PUNCT 1 punct
""",
        "it",
    )
    assert triples(found) == [("Rossi", "scrivere", "libri"), ("Rossi", "guidare", "la squadra")]


def test_a_conjunct_with_an_article_but_no_preposition_joins_the_object() -> None:
    doc = parse("""
Riceve ricevere VERB 0 root VerbForm=Fin
un uno DET 3 det
premio premio NOUN 1 obj
da da ADP 6 case
un uno DET 6 det
ente ente NOUN 1 obl
e e CCONJ 9 cc
un uno DET 9 det
posto posto NOUN 6 conj
. . PUNCT 1 punct
""")
    repair(doc, "it")
    assert doc[8].head.text == "premio"


def test_a_noun_before_the_copula_is_the_subject_not_one_more_conjunct() -> None:
    found = facts(
        """
La il DET 2 det
Cina Cina PROPN 3 nsubj _ B-LOC
controlla controllare VERB 0 root VerbForm=Fin
il il DET 5 det
mercato mercato NOUN 3 obj
e e CCONJ 8 cc
il il DET 8 det
prezzo prezzo NOUN 5 conj
è essere AUX 10 cop VerbForm=Fin
alto alto ADJ 3 parataxis
. . PUNCT 3 punct
""",
        "it",
    )
    assert triples(found) == [
        ("La Cina", "controllare", "il mercato"),
        ("il prezzo", "essere", "alto"),
    ]


def test_a_percentage_and_its_whole_are_two_arguments() -> None:
    (fact,) = facts(
        """
Chile Chile PROPN 2 nsubj _ B-LOC
holds hold VERB 0 root VerbForm=Fin
over over ADV 5 advmod
20 20 NUM 5 nummod
% % SYM 2 obj
of of ADP 8 case
the the DET 8 det
market market NOUN 5 nmod
. . PUNCT 2 punct
""",
        "en",
    )
    assert triples([fact]) == [("Chile", "hold", "over 20 %")]
    assert [(a.case, a.text) for a in fact.arguments] == [("of", "the market")]


def test_a_participle_read_as_a_noun_after_its_auxiliary() -> None:
    doc = parse("""
Gli il DET 2 det
alpinisti alpinista NOUN 4 nsubj
sono essere AUX 4 cop VerbForm=Fin
partiti partito NOUN 0 root
ieri ieri ADV 4 advmod
. . PUNCT 4 punct
""")
    repair(doc, "it")
    assert (doc[3].pos_, doc[3].lemma_, doc[2].dep_) == ("VERB", "partire", "aux")


def test_a_past_tense_has_its_infinitive() -> None:
    doc = parse("""
La il DET 2 det
ditta ditta NOUN 3 nsubj
crebbe crebbere VERB 0 root VerbForm=Fin|Mood=Cnd
""")
    repair(doc, "it")
    assert doc[2].lemma_ == "crescere"


def test_names_given_as_examples_of_firms_are_organizations() -> None:
    doc = parse("""
Carmakers carmaker NOUN 6 nsubj
such such ADJ 4 case
as as ADP 2 fixed
Ford Ford PROPN 1 nmod _ B-PER
will will AUX 6 aux VerbForm=Fin
invest invest VERB 0 root
. . PUNCT 6 punct
""")
    retype_examples(doc, [t.lemma_ for t in doc], "en")
    assert [(e.text, e.label_) for e in doc.ents] == [("Ford", "ORG")]


def test_who_a_free_relative_stands_for_is_not_known() -> None:
    assert (
        facts(
            """
Chi chi PRON 2 nsubj PronType=Rel
controlla controllare VERB 5 csubj VerbForm=Fin
le il DET 4 det
miniere miniera NOUN 2 obj
vince vincere VERB 0 root VerbForm=Fin
la il DET 7 det
gara gara NOUN 5 obj
. . PUNCT 5 punct
""",
            "it",
        )
        == []
    )


def test_a_date_without_a_preposition_is_no_object_and_no_subject() -> None:
    found = facts(
        """
La il DET 2 det
polizia polizia NOUN 4 nsubj
ha avere AUX 4 aux VerbForm=Fin
arrestato arrestare VERB 0 root VerbForm=Part
il il DET 7 det
sospettato sospettato NOUN 7 amod
sabato sabato NOUN 4 obj
scorso scorso ADJ 7 amod
. . PUNCT 4 punct
""",
        "it",
    )
    assert triples(found) == [("La polizia", "arrestare", "il sospettato")]
    assert [(a.role, a.text) for a in found[0].arguments] == [("time", "sabato scorso")]
    found = facts(
        """
The the DET 2 det
deal deal NOUN 4 nsubj:pass
was be AUX 4 aux:pass VerbForm=Fin
signed sign VERB 0 root VerbForm=Part
three three NUM 6 nummod
days day NOUN 7 obl
ago ago ADV 4 advmod
. . PUNCT 4 punct
""",
        "en",
    )
    assert [(a.role, a.text) for a in found[0].arguments] == [("time", "three days")]


def test_a_date_that_is_the_only_subject_stays_one() -> None:
    found = facts(
        """
Monday Monday PROPN 3 nsubj
was be AUX 3 cop VerbForm=Fin
quiet quiet ADJ 0 root
. . PUNCT 3 punct
""",
        "en",
    )
    assert triples(found) == [("Monday", "be", "quiet")]


def test_function_words_of_more_than_one_word_are_found_in_the_tables() -> None:
    [fact] = facts(
        """
Toyota Toyota PROPN 4 nsubj _ B-ORG
no no ADV 3 advmod
longer longer ADV 4 advmod
supports support VERB 0 root VerbForm=Fin
teams team NOUN 4 obj
. . PUNCT 4 punct
""",
        "en",
    )
    assert fact.negated
    [fact] = facts(
        """
No no DET 2 det
one one PRON 3 nsubj
knows know VERB 0 root VerbForm=Fin
reasons reason NOUN 3 obj
. . PUNCT 3 punct
""",
        "en",
    )
    assert fact.negated
    found = facts(
        """
Roma Roma PROPN 2 nsubj _ B-LOC
paga pagare VERB 0 root VerbForm=Fin
debiti debito NOUN 2 obj
a a ADP 5 case
meno meno ADV 2 advmod
che che SCONJ 8 mark
Parigi Parigi PROPN 8 nsubj _ B-LOC
firmi firmare VERB 2 ccomp VerbForm=Fin
accordi accordo NOUN 8 obj
. . PUNCT 2 punct
""",
        "it",
    )
    assert [f.modality for f in found if f.relation.lemma == "firmare"] == ["hypothetical"]
