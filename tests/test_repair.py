"""Trees that a small parser gets wrong, and what they are mended to."""

from __future__ import annotations

import pytest
from parses import document, parse, triples

from kg.extract import Profile, _sentence, extract
from kg.extract.clauses import Clauses
from kg.extract.names import retype_examples
from kg.extract.repair import repair
from kg.extract.rules import rules
from kg.extract.sentence import Parse
from kg.extract.tree import Tree
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
    retype_examples(Parse(Tree(doc)), "en")
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


# -- trees with crossing edges ------------------------------------------------------------------

CROSSING = """
Which which DET 2 det
deal deal NOUN 7 obj
did do AUX 5 aux VerbForm=Fin
France France PROPN 5 nsubj _ B-LOC
want want VERB 0 root VerbForm=Inf
to to PART 7 mark
sign sign VERB 5 xcomp VerbForm=Inf
yesterday yesterday NOUN 5 obl
with with ADP 10 case
Kenya Kenya PROPN 2 nmod _ B-LOC
? ? PUNCT 5 punct
"""


def test_the_words_of_a_phrase_with_a_gap_stay_in_order() -> None:
    """*Which deal … with Kenya* is one phrase, the verb between its two parts."""
    deal = Parse(Tree(parse(CROSSING)))[1]
    assert [word.text for word in deal.subtree] == ["Which", "deal", "with", "Kenya"]


def test_a_phrase_with_a_gap_begins_where_the_part_round_its_head_does() -> None:
    sign, kenya = (Parse(Tree(parse(CROSSING)))[i] for i in (6, 9))
    assert sign.begin == 5  # to sign, not: Which
    assert kenya.begin == 8


@pytest.mark.parametrize("name", ["graph", "benchie", "carb"])
def test_no_profile_takes_words_from_the_gap_of_a_phrase(name: Profile) -> None:
    sent = repair(parse(CROSSING), "en").sentences[0]
    for fact in _sentence(sent, Clauses(rules("en")), rules("en"), None, name):
        phrase = fact.object
        if phrase is not None and "deal" in phrase.text:
            assert "France" not in phrase.text
            assert "want" not in phrase.text
        assert list(fact.subject.tokens) == sorted(fact.subject.tokens)


def test_a_tree_with_crossing_edges_is_written_back_as_it_is() -> None:
    doc = parse(CROSSING)
    before = [(t.dep_, t.head.i) for t in doc]
    tree = Tree(doc)
    tree.tag(0, "DET", "which")
    tree.write()
    assert [(t.dep_, t.head.i) for t in doc] == before


def test_a_bound_read_as_a_preposition_leaves_the_amount_an_object() -> None:
    """*up* taken for the verb's particle and *to* for a preposition of what is counted."""
    found = facts(
        """
Seeds seed NOUN 2 nsubj
contain contain VERB 0 root VerbForm=Fin|Tense=Pres
up up ADP 2 compound:prt
to to ADP 8 case
48 48 NUM 6 nummod
% % SYM 8 compound
oil oil NOUN 8 compound
content content NOUN 2 obl
. . PUNCT 2 punct
""",
        "en",
    )
    assert ("Seeds", "contain", "up to 48 % oil content") in triples(found)


def test_an_amount_is_the_subject_though_its_bound_was_read_as_one() -> None:
    doc = parse("""
Fewer few ADJ 5 nsubj
than than ADP 4 case
100 100 NUM 4 nummod
tigers tiger NOUN 1 obl
survive survive VERB 0 root VerbForm=Fin
. . PUNCT 5 punct
""")
    repair(doc, "en")
    assert (doc[3].dep_, doc[3].head.text) == ("nsubj", "survive")
    assert (doc[0].dep_, doc[0].head.text) == ("advmod", "tigers")


def test_a_preposition_before_a_bound_is_the_amounts() -> None:
    doc = parse("""
That that PRON 2 nsubj
amounts amount VERB 0 root VerbForm=Fin
to to ADP 4 case
more more ADJ 6 advmod
than than ADP 4 fixed
$ $ SYM 2 obl
350 350 NUM 8 nummod
billion billion NUM 6 nummod
. . PUNCT 2 punct
""")
    repair(doc, "en")
    assert (doc[5].dep_, doc[2].head.text) == ("obl", "$")


def test_how_much_a_noun_is_is_no_object_of_the_verb() -> None:
    """*raffiche fino a 160 km*: the amount follows its noun."""
    doc = parse("""
Il il DET 2 det
vento vento NOUN 4 nsubj
ha avere AUX 4 aux
soffiato soffiare VERB 0 root VerbForm=Part|Tense=Past
con con ADP 6 case
raffiche raffica NOUN 4 obl
fino fino ADV 10 advmod
a a ADP 7 fixed
160 160 NUM 10 nummod
km chilometro NOUN 4 obl
. . PUNCT 4 punct
""")
    repair(doc, "it")
    assert doc[9].dep_ != "obj"


def test_a_verb_after_a_day_of_the_month_is_no_unit() -> None:
    """*il 10 ha ripreso a nevicare*: ``ha`` also stands for hectares."""
    doc = parse("""
La il DET 2 det
sera sera NOUN 6 obl
del di ADP 4 case
10 10 NUM 2 nmod
ha avere AUX 6 aux
ripreso riprendere VERB 0 root VerbForm=Part|Tense=Past
. . PUNCT 6 punct
""")
    repair(doc, "it")
    assert (doc[3].dep_, doc[3].head.text) == ("nmod", "sera")


@pytest.mark.parametrize(
    ("verb", "noun", "head"), [("ridurre", "tassi", "ridurre"), ("ricevere", "multa", "multa")]
)
def test_by_how_much_is_said_of_verbs_of_change(verb: str, noun: str, head: str) -> None:
    """*ridurre i tassi di 25 euro*, but *ricevere una multa di 25 euro*."""
    article = "i il DET 3 det Definite=Def" if noun == "tassi" else "una uno DET 3 det Definite=Ind"
    doc = parse(f"""
{verb} {verb} VERB 0 root VerbForm=Inf
{article}
{noun} {noun} NOUN 1 obj
di di ADP 6 case
25 25 NUM 6 nummod
euro euro NOUN 3 nmod
""")
    repair(doc, "it")
    assert doc[5].head.text == head


def test_who_acts_in_numbers_is_the_subject_beside_an_object() -> None:
    """*Oltre dieci banche investiranno più di 400 milioni*."""
    doc = parse("""
Oltre oltre ADP 3 case
dieci dieci NUM 3 nummod
banche banca NOUN 4 obl
investiranno investire VERB 0 root VerbForm=Fin
più più ADV 4 advmod
di di ADP 8 case
400 400 NUM 8 nummod
milioni milione NOUN 4 obl
. . PUNCT 4 punct
""")
    repair(doc, "it")
    assert (doc[2].dep_, doc[7].dep_) == ("nsubj", "obj")


def test_figures_taken_for_a_name_count_what_follows() -> None:
    """*una multa di 1.500,50 euro*: the parser took the figures for a name."""
    doc = parse("""
La il DET 2 det Definite=Def
multa multa NOUN 6 nsubj
di di ADP 5 case
1.500,50 1.500,50 PROPN 2 nmod
euro euro NOUN 2 nmod
sale salire VERB 0 root VerbForm=Fin
""")
    repair(doc, "it")
    assert (doc[3].pos_, doc[3].dep_, doc[3].head.text) == ("NUM", "nummod", "euro")


def test_a_conjunction_before_an_owner_joins_what_is_owned() -> None:
    found = facts(
        """
Rossi Rossi PROPN 10 nsubj _ B-PER
and and CCONJ 3 cc
Lyon Lyon PROPN 6 nmod:poss _ B-LOC
's 's PART 3 case
new new ADJ 6 amod
mayor mayor NOUN 1 conj
, , PUNCT 8 punct
Berg Berg PROPN 6 appos _ B-PER
, , PUNCT 8 punct
opened open VERB 0 root VerbForm=Fin
the the DET 12 det
plant plant NOUN 10 obj
. . PUNCT 10 punct
""",
        "en",
    )
    assert ("Rossi", "open", "the plant") in triples(found)
    assert ("Berg", "open", "the plant") in triples(found)


@pytest.mark.parametrize("read_as", ["6 nsubj", "1 conj"])
def test_an_owner_is_no_conjunct(read_as: str) -> None:
    head, relation = read_as.split()
    found = facts(
        f"""
Rossi Rossi PROPN 6 nsubj _ B-PER
and and CCONJ 3 cc
Lyon Lyon PROPN 1 conj _ B-LOC
's 's PART 3 case
mayor mayor NOUN {head} {relation}
met meet VERB 0 root VerbForm=Fin
Berg Berg PROPN 6 obj _ B-PER
. . PUNCT 6 punct
""",
        "en",
    )
    assert triples(found) == [("Rossi", "meet", "Berg"), ("Lyon 's mayor", "meet", "Berg")]


def test_two_owners_share_what_they_own() -> None:
    found = facts(
        """
Rossi Rossi PROPN 6 nmod:poss _ B-PER
's 's PART 1 case
and and CCONJ 4 cc
Berg Berg PROPN 1 conj _ B-PER
's 's PART 4 case
firm firm NOUN 7 nsubj
sold sell VERB 0 root VerbForm=Fin
the the DET 9 det
plant plant NOUN 7 obj
. . PUNCT 7 punct
""",
        "en",
    )
    assert triples(found) == [("Rossi 's and Berg 's firm", "sell", "the plant")]


def test_two_titles_before_a_name_are_one_person_s() -> None:
    found = facts(
        """
L’ il DET 2 det
attore attore NOUN 7 nsubj Number=Sing
e e CCONJ 4 cc
regista regista NOUN 2 conj Number=Sing
Paolo Paolo PROPN 4 nmod _ B-PER
Verri Verri PROPN 5 flat _ I-PER
vince vincere VERB 0 root VerbForm=Fin
premi premio NOUN 7 obj
""",
        "it",
    )
    assert triples(found) == [
        ("Paolo Verri", "essere", "attore"),
        ("Paolo Verri", "essere", "regista"),
        ("Paolo Verri", "vincere", "premi"),
    ]


def test_two_roles_with_an_article_each_are_two_people() -> None:
    found = facts(
        """
L’ il DET 2 det
attore attore NOUN 8 nsubj Number=Sing
e e CCONJ 5 cc
il il DET 5 det
regista regista NOUN 2 conj Number=Sing
Paolo Paolo PROPN 5 nmod _ B-PER
Verri Verri PROPN 6 flat _ I-PER
vincono vincere VERB 0 root VerbForm=Fin
premi premio NOUN 8 obj
""",
        "it",
    )
    assert ("L’attore", "vincere", "premi") in triples(found)
    assert ("Paolo Verri", "vincere", "premi") in triples(found)
    assert ("Paolo Verri", "essere", "attore") not in triples(found)


def test_the_name_in_an_apposition_to_a_role_is_its_bearer_s() -> None:
    """*The coach of Rome, the veteran Jo Hill, left*: she is the coach, and she left."""
    found = facts(
        """
The the DET 2 det
coach coach NOUN 9 nsubj Number=Sing
of of ADP 4 case
Rome Rome PROPN 2 nmod _ B-LOC
, , PUNCT 7 punct
the the DET 7 det
veteran veteran NOUN 2 appos Number=Sing
Jo Jo PROPN 7 appos _ B-PER
left leave VERB 0 root VerbForm=Fin
Rome Rome PROPN 9 obj _ B-LOC
""",
        "en",
    )
    assert ("Jo", "leave", "Rome") in triples(found)
    assert ("Jo", "be coach of", "Rome") in triples(found)
    assert all(subject == "Jo" for subject, _, _ in triples(found))


def test_an_apposition_of_a_role_to_a_place_is_of_the_role_before_it() -> None:
    """*Il sindaco di Genova, l’avvocato Sanna, firma l’accordo*: Genoa is no lawyer."""
    found = facts(
        """
Il il DET 2 det
sindaco sindaco NOUN 9 nsubj Number=Sing
di di ADP 4 case
Genova Genova PROPN 2 nmod _ B-LOC
, , PUNCT 7 punct
l’ il DET 7 det
avvocato avvocato NOUN 4 appos Number=Sing
Sanna Sanna PROPN 7 nmod _ B-PER
firma firmare VERB 0 root VerbForm=Fin
l’ il DET 11 det
accordo accordo NOUN 9 obj
""",
        "it",
    )
    assert ("Sanna", "firmare", "l’accordo") in triples(found)
    assert {subject for subject, _, _ in triples(found)} == {"Sanna"}
