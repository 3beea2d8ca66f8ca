"""What a sentence says: clauses, factuality, attribution, facts of nouns, on hand-made parses."""

from __future__ import annotations

import pytest
from parses import document, parse, triples

from kg.extract import Profile, _sentence, extract
from kg.extract.clauses import Clauses
from kg.extract.factuality import factuality
from kg.extract.names import mend_names
from kg.extract.repair import repair
from kg.extract.rules import rules
from kg.extract.sentence import Parse
from kg.extract.tree import Tree
from kg.types import Extraction


def facts(rows: str, language: str = "en") -> list[Extraction]:
    doc = parse(rows)
    return extract(document(doc, language), doc)


def test_active_clause_with_object_and_place() -> None:
    found = facts("""
Toyota toyota PROPN 2 nsubj _ B-ORG
built build VERB 0 root VerbForm=Fin
plants plant NOUN 2 obj
in in ADP 5 case
Texas Texas PROPN 2 obl _ B-LOC
. . PUNCT 2 punct
""")
    assert triples(found) == [("Toyota", "build", "plants")]
    (place,) = found[0].arguments
    assert (place.role, place.case, place.text) == ("place", "in", "Texas")


def test_passive_with_agent_is_turned_active() -> None:
    found = facts(
        """
L’ il DET 2 det
accordo accordo NOUN 5 nsubj:pass
è essere AUX 5 aux _
stato essere AUX 5 aux:pass
firmato firmare VERB 0 root VerbForm=Part
da da ADP 7 case
Macron Macron PROPN 5 obl:agent _ B-PER
. . PUNCT 5 punct
""",
        "it",
    )
    assert triples(found) == [("Macron", "firmare", "L’accordo")]


def test_passive_without_agent_keeps_its_voice() -> None:
    (fact,) = facts("""
Lithium lithium NOUN 3 nsubj:pass
is be AUX 3 aux:pass VerbForm=Fin
used use VERB 0 root VerbForm=Part
in in ADP 5 case
batteries battery NOUN 3 obl
. . PUNCT 3 punct
""")
    assert (fact.subject.text, fact.relation.lemma, fact.relation.case) == ("Lithium", "use", "in")
    assert fact.relation.passive
    assert fact.relation.text == "is used in"


def test_coordination_is_spread_and_a_comma_alone_coordinates_nothing() -> None:
    found = facts("""
France France PROPN 4 nsubj _ B-LOC
and and CCONJ 3 cc
Italy Italy PROPN 1 conj _ B-LOC
sell sell VERB 0 root VerbForm=Fin
wine wine NOUN 4 obj
and and CCONJ 7 cc
cheese cheese NOUN 5 conj
. . PUNCT 4 punct
""")
    assert triples(found) == [
        ("France", "sell", "wine"),
        ("France", "sell", "cheese"),
        ("Italy", "sell", "wine"),
        ("Italy", "sell", "cheese"),
    ]


def test_control_verb_says_plan_and_shares_its_subject() -> None:
    (fact,) = facts(
        """
Il il DET 2 det
governo governo NOUN 3 nsubj
intende intendere VERB 0 root VerbForm=Fin
ridurre ridurre VERB 3 xcomp VerbForm=Inf
le il DET 6 det
tasse tassa NOUN 4 obj
. . PUNCT 3 punct
""",
        "it",
    )
    assert triples([fact]) == [("Il governo", "ridurre", "le tasse")]
    assert fact.modality == "planned"
    assert fact.relation.text == "intende ridurre"


def test_relative_pronoun_stands_for_its_noun() -> None:
    found = facts("""
The the DET 2 det
company company NOUN 7 nsubj
that that PRON 4 nsubj PronType=Rel
makes make VERB 2 acl:relcl VerbForm=Fin
chips chip NOUN 4 obj
will will AUX 7 aux VerbForm=Fin
hire hire VERB 0 root VerbForm=Inf
engineers engineer NOUN 7 obj
. . PUNCT 7 punct
""")
    assert triples(found) == [
        ("The company", "make", "chips"),
        ("The company", "hire", "engineers"),
    ]
    assert [f.modality for f in found] == ["asserted", "planned"]


def test_the_name_before_a_relative_pronoun_is_what_it_stands_for() -> None:
    found = facts("""
It it PRON 2 nsubj
reduces reduce VERB 0 root VerbForm=Fin
reliance reliance NOUN 2 obj
on on ADP 5 case
China China PROPN 3 nmod _ B-LOC
, , PUNCT 8 punct
which which PRON 8 nsubj PronType=Rel
dominates dominate VERB 3 acl:relcl VerbForm=Fin
the the DET 10 det
market market NOUN 8 obj
. . PUNCT 2 punct
""")
    assert ("China", "dominate", "the market") in triples(found)


def test_null_subject_is_marked_and_left_to_resolution() -> None:
    (fact,) = facts(
        """
Ha avere AUX 2 aux VerbForm=Fin
firmato firmare VERB 0 root VerbForm=Part
il il DET 4 det
decreto decreto NOUN 2 obj
. . PUNCT 2 punct
""",
        "it",
    )
    assert fact.subject.tokens == ()
    assert fact.subject.text == ""
    assert fact.subject.head == 1


def test_copula_folds_a_quality_with_its_complement() -> None:
    (fact,) = facts("""
Copper copper NOUN 3 nsubj
is be AUX 3 cop VerbForm=Fin
essential essential ADJ 0 root
for for ADP 5 case
cables cable NOUN 3 obl
. . PUNCT 3 punct
""")
    assert triples([fact]) == [("Copper", "be essential for", "cables")]


def test_there_is_says_nothing() -> None:
    assert (
        facts("""
There there PRON 2 expl
is be AUX 0 root VerbForm=Fin
hope hope NOUN 2 nsubj
. . PUNCT 2 punct
""")
        == []
    )


@pytest.mark.parametrize("language", ["en", "it"])
def test_title_before_a_name(language: str) -> None:
    english = """
US US PROPN 2 compound _ B-LOC
President President PROPN 3 nmod:desc
Jimmy Jimmy PROPN 5 nsubj _ B-PER
Carter Carter PROPN 3 flat _ I-PER
visited visit VERB 0 root VerbForm=Fin
Rome Rome PROPN 5 obj _ B-LOC
. . PUNCT 5 punct
"""
    italian = """
Il il DET 2 det
presidente presidente NOUN 6 nsubj
francese francese ADJ 2 amod
Emmanuel Emmanuel PROPN 2 nmod _ B-PER
Macron Macron PROPN 4 flat _ I-PER
visita visitare VERB 0 root VerbForm=Fin
Roma Roma PROPN 6 obj _ B-LOC
. . PUNCT 6 punct
"""
    found = facts(english if language == "en" else italian, language)
    expected = {
        "en": {("Jimmy Carter", "be president of", "US"), ("Jimmy Carter", "visit", "Rome")},
        "it": {
            ("Emmanuel Macron", "essere presidente di", "francese"),
            ("Emmanuel Macron", "visitare", "Roma"),
        },
    }
    assert set(triples(found)) == expected[language]


def test_apposition_says_what_something_is() -> None:
    found = facts("""
Rome Rome PROPN 6 nsubj _ B-LOC
, , PUNCT 4 punct
the the DET 4 det
capital capital NOUN 1 appos
, , PUNCT 4 punct
grows grow VERB 0 root VerbForm=Fin
quickly quickly ADV 6 advmod
. . PUNCT 6 punct
""")
    assert ("Rome", "be", "the capital") in triples(found)


def test_nominalisation_has_agent_place_and_amount() -> None:
    (fact,) = facts(
        """
Un uno DET 2 det
impegno impegno NOUN 0 root
di di ADP 4 case
Stellantis Stellantis PROPN 2 nmod _ B-ORG
per per ADP 7 case
10 10 NUM 7 nummod
miliardi miliardo NOUN 2 nmod
in in ADP 9 case
Messico Messico PROPN 2 nmod _ B-LOC
. . PUNCT 2 punct
""",
        "it",
    )
    assert (fact.subject.text, fact.relation.case, fact.object and fact.object.text) == (
        "Stellantis",
        "in",
        "Messico",
    )
    assert fact.modality == "planned"
    assert [(a.case, a.text) for a in fact.arguments] == [("per", "10 miliardi")]


def test_agreement_between_two_parties_is_reciprocal() -> None:
    found = facts("""
The the DET 2 det
agreement agreement NOUN 7 nsubj
between between ADP 4 case
Kenya Kenya PROPN 2 nmod _ B-LOC
and and CCONJ 6 cc
Ghana Ghana PROPN 4 conj _ B-LOC
covers cover VERB 0 root VerbForm=Fin
trade trade NOUN 7 obj
. . PUNCT 7 punct
""")
    assert ("Kenya", "agree with", "Ghana") in triples(found)


# -- factuality and attribution -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "language", "expected"),
    [
        (
            (
                "He he PRON 4 nsubj\n"
                "did do AUX 4 aux VerbForm=Fin\n"
                "not not PART 4 advmod Polarity=Neg\n"
                "sign sign VERB 0 root"
            ),
            "en",
            (True, "asserted"),
        ),
        (
            "Rates rate NOUN 3 nsubj\nmay may AUX 3 aux VerbForm=Fin\nrise rise VERB 0 root",
            "en",
            (False, "possible"),
        ),
        (
            "Rates rate NOUN 3 nsubj\nwill will AUX 3 aux VerbForm=Fin\nrise rise VERB 0 root",
            "en",
            (False, "planned"),
        ),
        (
            "Rates rate NOUN 2 nsubj\nrose rise VERB 0 root VerbForm=Fin\n? ? PUNCT 2 punct",
            "en",
            (False, "hypothetical"),
        ),
        (
            "Toyota toyota PROPN 2 nsubj\ninvestirà investire VERB 0 root VerbForm=Fin|Tense=Fut",
            "it",
            (False, "planned"),
        ),
        (
            (
                "Nessuno nessuno PRON 3 nsubj\n"
                "ha avere AUX 3 aux VerbForm=Fin\n"
                "firmato firmare VERB 0 root"
            ),
            "it",
            (True, "asserted"),
        ),
        (
            "Potrebbe potere AUX 2 aux VerbForm=Fin|Mood=Cnd\nfirmare firmare VERB 0 root",
            "it",
            (False, "possible"),
        ),
        (
            "Non non ADV 3 advmod\nsolo solo ADV 1 advmod\nvende vendere VERB 0 root VerbForm=Fin",
            "it",
            (False, "asserted"),
        ),
    ],
)
def test_factuality_of_a_predicate(rows: str, language: str, expected: tuple[bool, str]) -> None:
    doc = parse(rows)
    root = next(word for word in Parse(Tree(doc)) if word.dep == "ROOT")
    assert factuality(root, rules(language)) == expected


def test_a_condition_makes_both_clauses_hypothetical() -> None:
    found = facts("""
If if SCONJ 3 mark
banks bank NOUN 3 nsubj
cut cut VERB 7 advcl VerbForm=Fin
rates rate NOUN 3 obj
, , PUNCT 3 punct
firms firm NOUN 7 nsubj
hire hire VERB 0 root VerbForm=Fin
workers worker NOUN 7 obj
. . PUNCT 7 punct
""")
    assert {f.modality for f in found} == {"hypothetical"}
    assert len(found) == 2


def test_reported_speech_has_its_speaker() -> None:
    said, inner = facts("""
Analysts analyst NOUN 2 nsubj
say say VERB 0 root VerbForm=Fin
prices price NOUN 4 nsubj
hit hit VERB 2 ccomp VerbForm=Fin
records record NOUN 4 obj
. . PUNCT 2 punct
""")
    assert triples([said]) == [("Analysts", "say", "prices hit records")]
    assert said.attribution is None
    assert inner.attribution is not None
    assert inner.attribution.speaker is not None
    assert inner.attribution.speaker.text == "Analysts"


def test_what_somebody_is_called_is_the_caller_s_word() -> None:
    found = facts("""
Macron Macron PROPN 2 nsubj _ B-PER
called call VERB 0 root VerbForm=Fin
Kenya Kenya PROPN 2 obj _ B-LOC
a a DET 5 det
partner partner NOUN 2 xcomp
. . PUNCT 2 punct
""")
    assert triples(found) == [("Macron", "call", "Kenya"), ("Kenya", "be", "a partner")]
    assert found[1].attribution is not None
    assert found[1].attribution.lemma == "call"


def test_an_order_to_the_reader_says_nothing() -> None:
    assert (
        facts("""
Read read VERB 0 root VerbForm=Inf
more more ADJ 1 obj
about about ADP 4 case
Kenya Kenya PROPN 1 obl _ B-LOC
""")
        == []
    )


# -- repairs ------------------------------------------------------------------------------------


def test_a_name_after_a_role_is_its_apposition_and_the_coordination_the_subject() -> None:
    doc = parse("""
Il il DET 2 det
presidente presidente NOUN 9 obl
, , PUNCT 4 punct
Emmanuel Emmanuel PROPN 2 nmod _ B-PER
Macron Macron PROPN 4 flat _ I-PER
, , PUNCT 4 punct
ha avere AUX 9 aux VerbForm=Fin
subito subito ADV 9 advmod
firmato firmare VERB 0 root VerbForm=Part
. . PUNCT 9 punct
""")
    repair(doc, "it")
    assert doc[3].dep_ == "appos"
    assert doc[1].dep_ == "nsubj"


def test_a_bound_belongs_to_its_number_which_is_the_object() -> None:
    doc = parse("""
La il DET 2 det
Cina Cina PROPN 3 nsubj _ B-LOC
produce produrre VERB 0 root VerbForm=Fin
oltre oltre ADP 7 case
il il DET 7 det
70 70 NUM 7 nummod
% % SYM 3 obl
. . PUNCT 3 punct
""")
    repair(doc, "it")
    assert (doc[6].dep_, doc[3].dep_) == ("obj", "advmod")


def test_bare_infinitives_go_on_with_the_first() -> None:
    doc = parse("""
It it PRON 2 nsubj
seeks seek VERB 0 root VerbForm=Fin
to to PART 4 mark
cut cut VERB 2 xcomp VerbForm=Inf
costs cost NOUN 4 obj
and and CCONJ 7 cc
raise raise VERB 2 conj VerbForm=Inf
pay pay NOUN 7 obj
. . PUNCT 2 punct
""")
    repair(doc, "en")
    assert doc[6].head.text == "cut"


def test_two_modifiers_of_one_noun_are_no_two_objects() -> None:
    found = facts("""
They they PRON 2 nsubj
signed sign VERB 0 root VerbForm=Fin
a a DET 4 det Definite=Ind
trade trade NOUN 2 obj Number=Sing
and and CCONJ 8 cc
rare rare ADJ 8 amod
earths earth NOUN 8 compound
agreement agreement NOUN 4 conj Number=Sing
. . PUNCT 2 punct
""")
    assert triples(found) == [("They", "sign", "a trade and rare earths agreement")]


def test_a_person_found_once_is_found_everywhere() -> None:
    doc = parse("""
Sanna Sanna PROPN 3 nsubj _ B-PER
Marin Marin PROPN 1 flat _ I-PER
spoke speak VERB 0 root VerbForm=Fin
. . PUNCT 3 punct

Marin Marin PROPN 2 nsubj _ B-MISC
left leave VERB 0 root VerbForm=Fin
. . PUNCT 2 punct
""")
    mend_names(Tree(doc), "en")
    assert [(e.text, e.label_) for e in doc.ents] == [("Sanna Marin", "PER"), ("Marin", "PER")]


def test_an_invented_verb_gets_a_lemma_that_exists() -> None:
    doc = parse("""
Si si PRON 2 expl
formatasi formatadere VERB 0 root VerbForm=Part
a a ADP 4 case
Oxford Oxford PROPN 2 obl _ B-LOC
""")
    repair(doc, "it")
    assert doc[1].lemma_ == "formare"


# -- profiles -----------------------------------------------------------------------------------

SERVED = """
He he PRON 2 nsubj
served serve VERB 0 root VerbForm=Fin
as as ADP 5 case
prime prime ADJ 5 amod
minister minister NOUN 2 obl
of of ADP 7 case
Australia Australia PROPN 5 nmod _ B-LOC
in in ADP 9 case
1901 1901 NUM 2 obl
. . PUNCT 2 punct
"""


def profile(rows: str, name: Profile) -> list[tuple[str, str, str | None]]:
    doc = parse(rows)
    sent = repair(doc, "en").sentences[0]
    found = _sentence(sent, Clauses(rules("en")), rules("en"), None, name)
    return [(f.subject.text, f.relation.text, f.object and f.object.text) for f in found]


def test_benchie_folds_an_argument_into_the_relation() -> None:
    assert profile(SERVED, "benchie") == [
        ("He", "served as", "prime minister of Australia"),
        ("He", "served as prime minister of", "Australia"),
        ("He", "served in", "1901"),
    ]


def test_carb_has_one_tuple_a_predicate() -> None:
    doc = parse(SERVED)
    sent = repair(doc, "en").sentences[0]
    (fact,) = _sentence(sent, Clauses(rules("en")), rules("en"), None, "carb")
    assert fact.relation.text == "served as"
    assert [a.text for a in fact.arguments] == ["in 1901"]


def test_benchie_says_nothing_that_the_words_do_not() -> None:
    apposition = """
Rome Rome PROPN 6 nsubj _ B-LOC
, , PUNCT 4 punct
the the DET 4 det
capital capital NOUN 1 appos
, , PUNCT 4 punct
has have VERB 0 root VerbForm=Fin
hills hill NOUN 6 obj
. . PUNCT 6 punct
"""
    assert profile(apposition, "benchie") == [("Rome", "has", "hills")]
    assert ("Rome", "is", "the capital") in profile(apposition, "carb")


def test_of_whom_something_is_said_does_not_say_it() -> None:
    doc = parse("""
He he PRON 3 nsubj:pass
is be AUX 3 aux:pass VerbForm=Fin
said say VERB 0 root VerbForm=Part|Tense=Past
to to PART 5 mark
own own VERB 3 ccomp VerbForm=Inf
ships ship NOUN 5 obj
. . PUNCT 3 punct
""")
    [fact] = [f for f in extract(document(doc, "en"), doc) if f.relation.lemma == "own"]
    assert fact.attribution is not None
    assert fact.attribution.speaker is None


@pytest.mark.parametrize(("noun", "subject"), [("time", "We"), ("ship", "ship")])
def test_what_somebody_has_to_do_something_with_does_not_do_it(noun: str, subject: str) -> None:
    doc = parse(f"""
We we PRON 2 nsubj
have have VERB 0 root VerbForm=Fin
{noun} {noun} NOUN 2 obj
to to PART 5 mark
save save VERB 3 acl VerbForm=Inf
Venice Venice PROPN 5 obj _ B-LOC
. . PUNCT 2 punct
""")
    [fact] = [f for f in extract(document(doc, "en"), doc) if f.relation.lemma == "save"]
    assert fact.subject.text == subject


def test_what_is_done_by_using_something_is_not_what_uses_it() -> None:
    doc = parse("""
We we PRON 2 nsubj
cut cut VERB 0 root VerbForm=Fin
bread bread NOUN 2 obj
using use VERB 3 acl VerbForm=Ger
knives knife NOUN 4 obj
. . PUNCT 2 punct
""")
    assert ("We", "use", "knives") in triples(extract(document(doc, "en"), doc))


def test_who_a_source_is_the_text_says_itself() -> None:
    """*According to Lee, head of the board, firms won prizes*: only the last is hers."""
    doc = parse("""
According accord VERB 3 case
to to ADP 1 fixed
Lee Lee PROPN 10 obl _ B-PER
, , PUNCT 5 punct
head head NOUN 3 appos
of of ADP 7 case
Norway Norway PROPN 5 nmod _ B-LOC
, , PUNCT 5 punct
firms firm NOUN 10 nsubj
won win VERB 0 root VerbForm=Fin
prizes prize NOUN 10 obj
. . PUNCT 10 punct
""")
    said = {f.rule: f.attribution for f in extract(document(doc, "en"), doc)}
    assert len(said) == 2
    assert [a is None for rule, a in sorted(said.items())] == [True, False]


def test_when_or_why_makes_no_relation_beside_other_phrases() -> None:
    """*The team arrived in Rome after delays*: in Rome, and after delays is its time."""
    found = facts(
        """
teams team NOUN 2 nsubj
arrived arrive VERB 0 root VerbForm=Fin
in in ADP 4 case
Rome Rome PROPN 2 obl _ B-LOC
after after ADP 6 case
delays delay NOUN 2 obl
. . PUNCT 2 punct
"""
    )
    assert [(f.relation.case, f.object and f.object.text) for f in found] == [("in", "Rome")]
    assert "delays" in [a.text for a in found[0].arguments]


def test_how_much_of_something_is_no_part_of_a_relation() -> None:
    """*They have a lot of work* folds no *lot of* into its verb; *a copy of an act* neither."""
    found = facts(
        """
Firms firm NOUN 2 nsubj
have have VERB 0 root VerbForm=Fin
a a DET 4 det
lot lot NOUN 2 obj
of of ADP 6 case
work work NOUN 4 nmod
. . PUNCT 2 punct
"""
    )
    assert triples(found) == [("Firms", "have", "a lot of work")]


def test_a_role_is_named_without_whose_and_when() -> None:
    """*his teammate of Rice*, *a proponent during that phase*: neither is part of the role."""
    found = facts(
        """
Ryan Ryan PROPN 7 nsubj _ B-PER
, , PUNCT 5 punct
his his PRON 5 nmod:poss
old old ADJ 5 amod
teammate teammate NOUN 1 appos
Norway Norway PROPN 5 compound _ B-LOC
won win VERB 0 root VerbForm=Fin
prizes prize NOUN 7 obj
"""
    )
    nouns = [f.relation.noun for f in found if f.relation.noun]
    assert nouns == ["old teammate"]


def test_a_perfect_with_a_reflexive_is_no_passive() -> None:
    """*Rossi si è scontrato con Bianchi*: he did it himself."""
    doc = parse("""
Rossi Rossi PROPN 4 nsubj:pass _ B-PER
si si PRON 4 expl
è essere AUX 4 aux:pass VerbForm=Fin
scontrato scontrare VERB 0 root VerbForm=Part|Tense=Past
con con ADP 6 case
Bianchi Bianchi PROPN 4 obl _ B-PER
""")
    [found] = extract(document(doc, "it"), doc)
    assert not found.relation.passive


def test_a_sign_is_no_relation() -> None:
    """*capsules (= nematocysts)* says nothing with a verb."""
    found = facts(
        """
capsules capsule NOUN 2 nsubj
= = VERB 0 root VerbForm=Fin
nematocysts nematocyst NOUN 2 obj
"""
    )
    assert not found


@pytest.mark.parametrize(
    ("case", "head", "said"),
    [("of", "£ £ SYM", [("be of", "£ 900")]), ("of", "pages page NOUN", [])],
)
def test_what_something_costs_is_told_of_it(
    case: str, head: str, said: list[tuple[str, str]]
) -> None:
    """*The fine of £900 hit firms*; how many there are of something is no attribute."""
    found = facts(f"""
The the DET 2 det
fine fine NOUN 6 nsubj
{case} {case} ADP 4 case
{head} 2 nmod
900 900 NUM 4 nummod
hit hit VERB 0 root VerbForm=Fin
firms firm NOUN 6 obj
""")
    values = [(f.relation, f.object) for f in found if f.rule == "value"]
    assert [(f"{r.lemma} {r.case}", o and o.text) for r, o in values] == said


@pytest.mark.parametrize(("number", "count"), [("Two", 1), ("The", 0)])
def test_how_many_there_were_is_a_fact_without_object(number: str, count: int) -> None:
    """*Two soldiers were injured* says how many; *The soldiers were injured* is left out."""
    row = f"{number} {number.lower()} {'NUM 2 nummod' if count else 'DET 2 det'}"
    found = facts(f"""
{row}
soldiers soldier NOUN 4 nsubj:pass Number=Plur
were be AUX 4 aux:pass
injured injure VERB 0 root VerbForm=Part
""")
    assert len(found) == count


def test_money_is_no_part_of_a_relation() -> None:
    """*The club paid 5 million pounds for players* pays pounds, it does not pay-pound for."""
    found = facts("""
Clubs club NOUN 2 nsubj
paid pay VERB 0 root VerbForm=Fin
5 5 NUM 4 nummod
million million NUM 5 nummod
pounds pound NOUN 2 obj
for for ADP 7 case
players player NOUN 2 obl
""")
    assert triples(found) == [("Clubs", "pay", "5 million pounds")]


def test_a_thing_has_the_whole_of_its_date() -> None:
    """*Gli attentati dell'11 settembre*; of *il bilancio dell'anno 2024* the year."""
    found = facts(
        """
Gli il DET 2 det
attentati attentato NOUN 6 nsubj
dell' di ADP 5 case
11 11 NUM 5 nummod
settembre settembre NOUN 2 nmod
cambiano cambiare VERB 0 root VerbForm=Fin
bilancio bilancio NOUN 6 obj
dell' di ADP 9 case
anno anno NOUN 7 nmod
2024 2024 NUM 9 nummod
""",
        "it",
    )
    assert [f.object and f.object.text for f in found if f.rule == "value"] == [
        "11 settembre",
        "2024",
    ]
