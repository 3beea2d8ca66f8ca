"""One sentence or two of each construction that extraction knows, on parses written by hand."""

from __future__ import annotations

import pytest
from parses import document, parse, triples

from kg.extract import Profile, _sentence, extract
from kg.extract.clauses import Clauses
from kg.extract.quotations import quotations
from kg.extract.repair import repair
from kg.extract.rules import rules
from kg.types import Extraction


def facts(rows: str, language: str = "en") -> list[Extraction]:
    doc = parse(rows)
    return extract(document(doc, language), doc)


def said(rows: str, profile: Profile) -> list[tuple[str, str, str]]:
    sent = repair(parse(rows), "en").sentences[0]
    found = _sentence(sent, Clauses(rules("en")), rules("en"), None, profile)
    return [(f.subject.text, f.relation.text, f.object.text if f.object else "") for f in found]


# -- comparison and measure ---------------------------------------------------------------------


def test_what_is_compared_is_led_to_by_the_comparative() -> None:
    found = facts("""
Exports export NOUN 2 nsubj
grew grow VERB 0 root VerbForm=Fin
faster fast ADV 2 advmod Degree=Cmp
than than ADP 5 case
imports import NOUN 3 obl
. . PUNCT 2 punct
""")
    assert triples(found) == [("Exports", "grow faster than", "imports")]


def test_a_comparison_after_the_verb_is_no_object() -> None:
    found = facts(
        """
Le il DET 2 det
esportazioni esportazione NOUN 3 nsubj
crescono crescere VERB 0 root VerbForm=Fin
più più ADV 3 advmod
delle di ADP 6 case
importazioni importazione NOUN 3 obj
. . PUNCT 3 punct
""",
        "it",
    )
    assert triples(found) == [("Le esportazioni", "crescere più di", "importazioni")]


def test_a_quality_in_the_comparative_stays_one() -> None:
    found = facts("""
Wages wage NOUN 3 nsubj
are be AUX 3 cop VerbForm=Fin
lower low ADJ 0 root Degree=Cmp
than than ADP 5 case
rents rent NOUN 3 obl
. . PUNCT 3 punct
""")
    assert triples(found) == [("Wages", "be lower than", "rents")]


def test_worth_has_an_object() -> None:
    found = facts("""
Gold gold NOUN 3 nsubj
is be AUX 3 cop VerbForm=Fin
worth worth ADJ 0 root
billions billion NOUN 3 obj
. . PUNCT 3 punct
""")
    assert triples(found) == [("Gold", "be worth", "billions")]


def test_a_day_right_after_the_verb_is_when_not_what() -> None:
    found = facts(
        """
Rossi Rossi PROPN 3 nsubj _ B-PER
ha avere AUX 3 aux VerbForm=Fin
firmato firmare VERB 0 root VerbForm=Part
lunedì lunedì NOUN 3 obj
a a ADP 6 case
Roma Roma PROPN 3 obl _ B-LOC
. . PUNCT 3 punct
""",
        "it",
    )
    assert triples(found) == [("Rossi", "firmare a", "Roma")]
    assert [(a.role, a.text) for a in found[0].arguments] == [("time", "lunedì")]


# -- there is, si, clitics ----------------------------------------------------------------------


def test_what_there_is_somewhere_is_there() -> None:
    english = facts("""
There there PRON 2 expl
are be VERB 0 root VerbForm=Fin
workers worker NOUN 2 nsubj
in in ADP 6 case
the the DET 6 det
plant plant NOUN 3 nmod
. . PUNCT 2 punct
""")
    italian = facts(
        """
Ci ci PRON 2 expl
sono essere VERB 0 root VerbForm=Fin
operai operaio NOUN 2 nsubj
in in ADP 5 case
fabbrica fabbrica NOUN 2 obl
. . PUNCT 2 punct
""",
        "it",
    )
    assert triples(english) == [("workers", "be in", "the plant")]
    assert triples(italian) == [("operai", "essere in", "fabbrica")]


def test_si_before_a_thing_is_a_passive() -> None:
    (fact,) = facts(
        """
Si si PRON 2 expl
vendono vendere VERB 0 root VerbForm=Fin
case casa NOUN 2 nsubj
a a ADP 5 case
Milano Milano PROPN 2 obl _ B-LOC
. . PUNCT 2 punct
""",
        "it",
    )
    assert triples([fact]) == [("case", "vendere a", "Milano")]
    assert fact.relation.passive


def test_si_before_a_person_is_no_passive() -> None:
    found = facts(
        """
Si si PRON 2 expl
trasferisce trasferire VERB 0 root VerbForm=Fin
Rossi Rossi PROPN 2 nsubj _ B-PER
a a ADP 5 case
Milano Milano PROPN 2 obl _ B-LOC
. . PUNCT 2 punct
""",
        "it",
    )
    assert [f.relation.passive for f in found] == [False]


def test_a_pronoun_on_the_verb_stands_for_what_agrees_with_it() -> None:
    found = facts(
        """
Rossi Rossi PROPN 2 nsubj _ B-PER
legge leggere VERB 0 root VerbForm=Fin
la il DET 4 det
proposta proposta NOUN 2 obj Gender=Fem|Number=Sing
e e CCONJ 6 cc
intende intendere VERB 2 conj VerbForm=Fin
approvarla approvare VERB 6 xcomp VerbForm=Inf|Clitic=Yes
. . PUNCT 2 punct
""",
        "it",
    )
    assert ("Rossi", "approvare", "la proposta") in triples(found)


def test_ne_is_nobody_s_recipient() -> None:
    found = facts(
        """
Eni Eni PROPN 3 nsubj _ B-ORG
ne ne PRON 3 iobj
parla parlare VERB 0 root VerbForm=Fin
a a ADP 5 case
Roma Roma PROPN 3 obl _ B-LOC
. . PUNCT 3 punct
""",
        "it",
    )
    assert triples(found) == [("Eni", "parlare a", "Roma")]


# -- control ------------------------------------------------------------------------------------


def test_who_is_ordered_does_it() -> None:
    italian = facts(
        """
Rossi Rossi PROPN 3 nsubj _ B-PER
ha avere AUX 3 aux VerbForm=Fin
ordinato ordinare VERB 0 root VerbForm=Part
a a ADP 5 case
Bianchi Bianchi PROPN 3 obl _ B-PER
di di ADP 7 mark
lasciare lasciare VERB 3 xcomp VerbForm=Inf
Roma Roma PROPN 7 obj _ B-LOC
. . PUNCT 3 punct
""",
        "it",
    )
    passive = facts("""
Smith Smith PROPN 3 nsubj:pass _ B-PER
was be AUX 3 aux:pass VerbForm=Fin
ordered order VERB 0 root VerbForm=Part
by by ADP 5 case
Jones Jones PROPN 3 obl:agent _ B-PER
to to PART 7 mark
leave leave VERB 5 acl VerbForm=Inf
Rome Rome PROPN 7 obj _ B-LOC
. . PUNCT 3 punct
""")
    assert triples(italian) == [("Bianchi", "lasciare", "Roma")]
    assert ("Smith", "leave", "Rome") in triples(passive)


def test_volere_is_a_plan() -> None:
    (fact,) = facts(
        """
Parigi Parigi PROPN 3 nsubj _ B-LOC
vuole volere AUX 3 aux VerbForm=Fin
costruire costruire VERB 0 root VerbForm=Inf
navi nave NOUN 3 obj
. . PUNCT 3 punct
""",
        "it",
    )
    assert fact.modality == "planned"


def test_what_somebody_is_elected_is_the_object_of_the_passive() -> None:
    found = facts(
        """
Anna Anna PROPN 4 nsubj:pass _ B-PER
è essere AUX 4 aux VerbForm=Fin
stata essere AUX 4 aux:pass VerbForm=Part
eletta eleggere VERB 0 root VerbForm=Part
presidente presidente NOUN 4 nsubj
. . PUNCT 4 punct
""",
        "it",
    )
    assert triples(found) == [("Anna", "eleggere", "presidente")]


# -- nouns --------------------------------------------------------------------------------------


def test_by_says_who_does_a_noun_s_deed_and_of_to_whom() -> None:
    english = facts("""
The the DET 2 det
invasion invasion NOUN 7 nsubj
of of ADP 4 case
Kuwait Kuwait PROPN 2 nmod _ B-LOC
by by ADP 6 case
Iraq Iraq PROPN 2 nmod _ B-LOC
raised raise VERB 0 root VerbForm=Fin
prices price NOUN 7 obj
. . PUNCT 7 punct
""")
    italian = facts(
        """
L’ il DET 2 det
acquisto acquisto NOUN 0 root
di di ADP 4 case
Nokia Nokia PROPN 2 nmod _ B-ORG
da da ADP 6 case
parte parte NOUN 2 nmod
di di ADP 8 case
Microsoft Microsoft PROPN 6 nmod _ B-ORG
. . PUNCT 2 punct
""",
        "it",
    )
    assert ("Iraq", "invade", "Kuwait") in triples(english)
    assert triples(italian) == [("Microsoft", "acquistare", "Nokia")]


def test_the_genitive_of_a_purchase_is_no_buyer() -> None:
    found = facts("""
The the DET 2 det
purchase purchase NOUN 7 nsubj
of of ADP 4 case
Nokia Nokia PROPN 2 nmod _ B-ORG
in in ADP 6 case
Finland Finland PROPN 2 nmod _ B-LOC
raised raise VERB 0 root VerbForm=Fin
prices price NOUN 7 obj
. . PUNCT 7 punct
""")
    assert not any(subject == "Nokia" for subject, _, _ in triples(found))


def test_a_name_takes_no_complement_of_the_noun_above_it() -> None:
    found = facts("""
The the DET 2 det
agreement agreement NOUN 9 nsubj
between between ADP 4 case
Kenya Kenya PROPN 2 nmod _ B-LOC
and and CCONJ 6 cc
Ghana Ghana PROPN 4 conj _ B-LOC
on on ADP 8 case
trade trade NOUN 4 nmod
covers cover VERB 0 root VerbForm=Fin
fish fish NOUN 9 obj
. . PUNCT 9 punct
""")
    mutual = next(f for f in found if f.rule == "reciprocal-noun")
    assert triples([mutual]) == [("Kenya", "agree with", "Ghana")]
    assert [a.text for a in mutual.arguments] == ["trade"]


def test_a_person_is_what_the_apposition_says() -> None:
    found = facts("""
Angela Angela PROPN 9 nsubj _ B-PER
Merkel Merkel PROPN 1 flat _ I-PER
, , PUNCT 6 punct
former former ADJ 6 amod
German german ADJ 6 amod
chancellor chancellor NOUN 1 appos
, , PUNCT 6 punct
has have AUX 9 aux VerbForm=Fin
praised praise VERB 0 root VerbForm=Part
Kenya Kenya PROPN 9 obj _ B-LOC
. . PUNCT 9 punct
""")
    assert ("Angela Merkel", "be former chancellor of", "German") in triples(found)


# -- factuality and speech ----------------------------------------------------------------------


@pytest.mark.parametrize("relation", ["ccomp", "xcomp"])
def test_what_a_source_denies_is_negated_and_the_source_s(relation: str) -> None:
    inner = facts(f"""
Apple Apple PROPN 2 nsubj _ B-ORG
denied deny VERB 0 root VerbForm=Fin
selling sell VERB 2 {relation} VerbForm=Ger
data data NOUN 3 obj
. . PUNCT 2 punct
""")[-1]
    assert triples([inner]) == [("Apple", "sell", "data")]
    assert inner.negated
    assert inner.attribution is not None
    assert inner.attribution.denied


def test_whether_leaves_it_open() -> None:
    inner = facts("""
Judges judge NOUN 2 nsubj
decide decide VERB 0 root VerbForm=Fin
whether whether SCONJ 5 mark
Iran Iran PROPN 5 nsubj _ B-LOC
sold sell VERB 2 ccomp VerbForm=Fin
oil oil NOUN 5 obj
. . PUNCT 2 punct
""")[-1]
    assert (inner.relation.lemma, inner.modality) == ("sell", "hypothetical")


def test_neither_denies_it_of_both() -> None:
    found = facts("""
Neither neither CCONJ 2 cc:preconj
France France PROPN 5 nsubj _ B-LOC
nor nor CCONJ 4 cc
Spain Spain PROPN 2 conj _ B-LOC
signed sign VERB 0 root VerbForm=Fin
pacts pact NOUN 5 obj
. . PUNCT 5 punct
""")
    assert [(f.subject.text, f.negated) for f in found] == [("France", True), ("Spain", True)]


def test_without_denies_and_plans_nothing() -> None:
    inner = facts(
        """
Rossi Rossi PROPN 2 nsubj _ B-PER
parte partire VERB 0 root VerbForm=Fin
senza senza ADP 4 mark
firmare firmare VERB 2 advcl VerbForm=Inf
accordi accordo NOUN 4 obj
. . PUNCT 2 punct
""",
        "it",
    )[-1]
    assert (inner.relation.lemma, inner.negated, inner.modality) == ("firmare", True, "asserted")


def test_according_to_names_the_source_whatever_its_lemma() -> None:
    (fact,) = facts("""
According accord VERB 3 case
to to ADP 1 fixed
Reuters Reuters PROPN 6 obl _ B-ORG
, , PUNCT 3 punct
Shell Shell PROPN 6 nsubj _ B-ORG
sold sell VERB 0 root VerbForm=Fin
ships ship NOUN 6 obj
. . PUNCT 6 punct
""")
    assert fact.attribution is not None
    assert fact.attribution.speaker is not None
    assert fact.attribution.speaker.text == "Reuters"
    assert fact.arguments == ()


QUOTED = """
Banks bank NOUN 3 nsubj
often often ADV 3 advmod
close close VERB 0 root VerbForm=Fin
branches branch NOUN 3 obj
, , PUNCT 8 punct
Mr. Mr. PROPN 7 nmod:desc
Smith Smith PROPN 8 nsubj _ B-PER
said say VERB 3 parataxis VerbForm=Fin
. . PUNCT 3 punct
"""


def test_who_stands_after_what_he_says_says_it() -> None:
    found = facts(QUOTED)
    assert triples(found) == [
        ("Banks", "close", "branches"),
        ("Smith", "say", "Banks often close branches"),
    ]
    assert found[0].attribution is not None


def test_carb_keeps_adverbs_with_the_verb_and_titles_with_the_name() -> None:
    assert said(QUOTED, "carb") == [
        ("Banks", "often close", "branches"),
        ("Mr. Smith", "said", "Banks often close branches"),
    ]


def test_that_which_points_at_something_is_a_subject() -> None:
    found = facts("""
That that PRON 2 nsubj PronType=Dem
shocked shock VERB 0 root VerbForm=Fin
Kenya Kenya PROPN 2 obj _ B-LOC
. . PUNCT 2 punct
""")
    assert triples(found) == [("That", "shock", "Kenya")]


# -- repairs ------------------------------------------------------------------------------------


def test_a_bare_name_between_an_oblique_and_its_verb_is_the_subject() -> None:
    found = facts(
        """
In in ADP 2 case
cambio cambio NOUN 4 obl
Uber Uber PROPN 2 nmod _ B-ORG
riceve ricevere VERB 0 root VerbForm=Fin
fondi fondo NOUN 4 obj
. . PUNCT 4 punct
""",
        "it",
    )
    assert [f.subject.text for f in found] == ["Uber"]


def test_no_more_is_no_amount() -> None:
    (fact,) = facts(
        """
Berlino Berlino PROPN 3 nsubj _ B-LOC
non non ADV 3 advmod Polarity=Neg
compra comprare VERB 0 root VerbForm=Fin
più più ADV 5 advmod
gas gas NOUN 3 obj
. . PUNCT 3 punct
""",
        "it",
    )
    assert triples([fact]) == [("Berlino", "comprare", "gas")]
    assert fact.negated


def test_a_mark_that_ends_its_paragraph_opens_no_quotation() -> None:
    doc = parse("""
France France PROPN 2 nsubj _ B-LOC
sells sell VERB 0 root VerbForm=Fin
wine wine NOUN 2 obj
" " PUNCT 2 punct

It it PRON 2 nsubj
exports export VERB 0 root VerbForm=Fin
“ “ PUNCT 4 punct
cheese cheese NOUN 2 obj
” ” PUNCT 4 punct
""")
    doc.user_data["blocks"] = [0] * 4 + [1] * 5
    assert list(quotations(doc)) == [((7, 8),)]


# -- the profile carb ---------------------------------------------------------------------------


def test_each_conjunct_of_a_predicate_is_one_without_what_stands_before_the_subject() -> None:
    rows = """
Earlier early ADV 5 advmod
she she PRON 5 nsubj
was be AUX 5 cop VerbForm=Fin|Tense=Past
a a DET 5 det
lawyer lawyer NOUN 0 root
and and CCONJ 7 cc
judge judge NOUN 5 conj
. . PUNCT 5 punct
"""
    for profile in ("carb", "benchie"):
        assert said(rows, profile) == [("she", "was", "a lawyer"), ("she", "was", "judge")]


@pytest.mark.parametrize(("tense", "be"), [("Past", "was"), ("Pres", "is")])
def test_carb_says_the_form_of_be_that_a_participle_implies(tense: str, be: str) -> None:
    found = said(
        f"""
We we PRON 2 nsubj
saw see VERB 0 root VerbForm=Fin|Tense={tense}
a a DET 4 det
bridge bridge NOUN 2 obj Number=Sing
built build VERB 4 acl VerbForm=Part|Tense=Past
by by ADP 7 case
Romans Romans PROPN 5 obl
. . PUNCT 2 punct
""",
        "carb",
    )
    assert ("a bridge", f"{be} built by", "Romans") in found


def test_carb_has_what_is_said_before_its_verb_too() -> None:
    found = said(
        """
Prices price NOUN 2 nsubj
fell fall VERB 5 ccomp VerbForm=Fin|Tense=Past
, , PUNCT 2 punct
he he PRON 5 nsubj
said say VERB 0 root VerbForm=Fin|Tense=Past
. . PUNCT 5 punct
""",
        "carb",
    )
    assert ("he", "said", "Prices fell") in found


def test_quotation_marks_round_the_end_of_a_phrase_come_in_pairs() -> None:
    rows = """
He he PRON 2 nsubj
made make VERB 0 root VerbForm=Fin
a a DET 6 det
“ “ PUNCT 6 dep
moon moon NOUN 6 compound
car car NOUN 2 obj
{closing} {closing} PUNCT 2 punct
in in ADP 9 case
Oslo Oslo PROPN 2 obl _ B-LOC
"""
    assert said(rows.format(closing="”"), "carb") == [("He", "made", "a “moon car”")]
    assert said(rows.format(closing=","), "carb") == [("He", "made", "a moon car")]


def test_coordinated_phrases_after_the_first_argument_are_one() -> None:
    doc = parse("""
They they PRON 2 nsubj
sold sell VERB 0 root VerbForm=Fin
cars car NOUN 2 obj
in in ADP 5 case
Oslo Oslo PROPN 2 obl _ B-LOC
and and CCONJ 7 cc
Rome Rome PROPN 5 conj _ B-LOC
. . PUNCT 2 punct
""")
    sent = repair(doc, "en").sentences[0]
    [fact] = _sentence(sent, Clauses(rules("en")), rules("en"), None, "carb")
    assert [a.text for a in fact.arguments] == ["in Oslo and Rome"]


@pytest.mark.parametrize(
    ("role", "fact"),
    [
        ("president", ("Ada Hill", "be president of", "French")),
        ("painter", ("Ada Hill", "be", "French painter")),  # of France nobody is the painter
    ],
)
def test_a_nationality_says_of_what_an_office_is(role: str, fact: tuple[str, str, str]) -> None:
    found = facts(f"""
French french ADJ 2 amod
{role} {role} NOUN 3 nmod:desc Number=Sing
Ada Ada PROPN 5 nsubj _ B-PER
Hill Hill PROPN 3 flat _ I-PER
slept sleep VERB 0 root VerbForm=Fin
. . PUNCT 5 punct
""")
    assert fact in triples(found)
