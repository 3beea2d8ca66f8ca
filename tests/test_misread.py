"""Words, conjuncts and second subjects that a parser takes for something else."""

from __future__ import annotations

import pytest
from parses import document, parse, triples
from spacy.tokens import Doc

from kg.extract import extract
from kg.extract.repair import repair


def mended(rows: str, language: str = "en") -> Doc:
    doc = parse(rows)
    repair(doc, language)
    return doc


def facts(rows: str, language: str = "en") -> list[tuple[str, ...]]:
    doc = parse(rows)
    return triples(extract(document(doc, language), doc))


def edge(doc: Doc, word: str) -> tuple[str, str, str]:
    token = next(t for t in doc if t.text == word)
    return token.pos_, token.dep_, token.head.text


def test_a_noun_that_is_never_a_verb_is_none_after_to() -> None:
    doc = mended("""
Fans fan NOUN 2 nsubj
moved move VERB 0 root VerbForm=Fin
from from ADP 4 case
radio radio NOUN 2 obl
to to PART 6 mark
stadium stadium VERB 2 advcl VerbForm=Inf
concerts concert NOUN 6 obj
""")
    assert edge(doc, "concerts") == ("NOUN", "obl", "moved")
    assert edge(doc, "stadium") == ("NOUN", "compound", "concerts")
    assert edge(doc, "to") == ("ADP", "case", "concerts")


def test_a_verb_after_to_stays_one() -> None:
    doc = mended("""
Fans fan NOUN 2 nsubj
want want VERB 0 root VerbForm=Fin
to to PART 4 mark
record record VERB 2 xcomp VerbForm=Inf
concerts concert NOUN 4 obj
""")
    assert edge(doc, "record") == ("VERB", "xcomp", "want")


def test_an_adjective_between_preposition_and_noun_is_no_clause() -> None:
    doc = mended("""
Taxes tax NOUN 0 root
on on ADP 3 mark
select select ADJ 1 acl
French french ADJ 5 amod
wines wine NOUN 3 obj
""")
    assert edge(doc, "wines") == ("NOUN", "nmod", "Taxes")
    assert edge(doc, "select") == ("ADJ", "amod", "wines")
    assert edge(doc, "on") == ("ADP", "case", "wines")


SHARES = """
Shares share NOUN 0 root
in in ADP 3 case
firms firm NOUN 1 nmod
linked link VERB 3 acl VerbForm=Part|Tense=Past
to to ADP 6 case
mining mining NOUN 4 obl
{word} {lemma} VERB 6 acl VerbForm=Part|Tense=Past
in in ADP 9 case
Oslo Oslo PROPN 7 obl _ B-LOC
. . PUNCT 1 punct
"""


def test_what_takes_no_object_is_no_participle_of_the_noun_before() -> None:
    doc = mended(SHARES.format(word="soared", lemma="soar"))
    assert edge(doc, "soared") == ("VERB", "ROOT", "soared")
    assert edge(doc, "Shares") == ("NOUN", "nsubj", "soared")
    assert edge(doc, ".") == ("PUNCT", "punct", "soared")
    doc = mended(SHARES.format(word="sold", lemma="sell"))
    assert edge(doc, "sold") == ("VERB", "acl", "mining")


def test_a_free_participle_after_a_comma_goes_on_with_the_main_verb() -> None:
    rows = """
The the DET 2 det
vote vote NOUN 3 nsubj
marks mark VERB 0 root VerbForm=Fin
a a DET 5 det
turn turn NOUN 3 obj
since since SCONJ 7 mark
taking take VERB 5 acl VerbForm=Ger
office office NOUN 7 obj
{joint}
cementing cement VERB 7 conj VerbForm=Ger
her her PRON 12 nmod:poss Poss=Yes
role role NOUN 10 obj
. . PUNCT 3 punct
"""
    assert edge(mended(rows.format(joint=", , PUNCT 10 punct")), "cementing")[1:] == (
        "advcl",
        "marks",
    )
    assert edge(mended(rows.format(joint="and and CCONJ 10 cc")), "cementing")[1:] == (
        "conj",
        "taking",
    )


def test_after_a_quotation_while_begins_what_others_say() -> None:
    rows = """
Papers paper NOUN 2 nsubj
warned warn VERB 0 root VerbForm=Fin
it it PRON 6 nsubj
could could AUX 6 aux VerbForm=Fin
“ “ PUNCT 6 punct
hurt hurt VERB 2 ccomp VerbForm=Inf
trade trade NOUN 6 obj
, , PUNCT 11 punct
{quote} {quote} PUNCT 6 punct
while while SCONJ 12 mark
Oslo Oslo PROPN 12 nsubj _ B-LOC
praised praise VERB 6 advcl VerbForm=Fin
it it PRON 12 obj
. . PUNCT 2 punct
"""
    assert edge(mended(rows.format(quote="”")), "praised") == ("VERB", "advcl", "warned")
    assert edge(mended(rows.format(quote="–")), "praised") == ("VERB", "advcl", "hurt")


def test_what_a_noun_asks_for_is_no_phrase_of_the_verb() -> None:
    rows = """
Kenya Kenya PROPN 2 nsubj _ B-LOC
secured secure VERB 0 root VerbForm=Fin
{noun} {noun} NOUN 2 obj
to to ADP 5 case
ports port NOUN 2 obl
. . PUNCT 2 punct
"""
    assert edge(mended(rows.format(noun="access")), "ports") == ("NOUN", "nmod", "access")
    assert edge(mended(rows.format(noun="money")), "ports") == ("NOUN", "obl", "secured")


def test_modifiers_across_a_dash_come_back_to_the_first_subject() -> None:
    doc = mended("""
Wild wild ADJ 6 amod
bees bee NOUN 8 nsubj:pass
— — PUNCT 6 punct
17 17 NUM 6 nummod
native native ADJ 6 amod
species species NOUN 8 nsubj:pass
are be AUX 8 aux:pass VerbForm=Fin
protected protect VERB 0 root VerbForm=Part|Tense=Past
by by ADP 10 case
law law NOUN 8 obl:agent
""")
    assert edge(doc, "Wild") == ("ADJ", "amod", "bees")
    assert edge(doc, "species") == ("NOUN", "appos", "bees")


@pytest.mark.parametrize(
    ("verb", "subject"), [("marking", "a treaty"), ("ending", "Kenya")], ids=["event", "agent"]
)
def test_what_marks_a_turn_is_the_deed_not_who_did_it(verb: str, subject: str) -> None:
    found = facts(f"""
Kenya Kenya PROPN 2 nsubj _ B-LOC
signed sign VERB 0 root VerbForm=Fin
a a DET 4 det
treaty treaty NOUN 2 obj
, , PUNCT 6 punct
{verb} {verb[:-3]} VERB 2 advcl VerbForm=Ger
a a DET 8 det
war war NOUN 6 obj
. . PUNCT 2 punct
""")
    assert (subject, verb[:-3], "a war") in found


def test_a_name_after_a_preposition_is_not_named_by_the_noun_before() -> None:
    doc = mended("""
She she PRON 4 nsubj
is be AUX 4 cop VerbForm=Fin
a a DET 4 det
partner partner NOUN 0 root
to to ADP 6 case
Keller Keller PROPN 4 nmod _ B-PER
. . PUNCT 4 punct
""")
    assert edge(doc, "Keller") == ("PROPN", "nmod", "partner")


def test_parts_joined_by_hyphens_are_one_phrase() -> None:
    rows = """
Ann Ann PROPN 0 root _ B-PER
, , PUNCT 5 punct
former former ADJ 4 amod
editor editor NOUN 1 appos
- - NOUN 1 appos
{inner} {inner} NOUN 1 appos
- - PUNCT 1 appos
chief chief NOUN 1 appos
. . PUNCT 1 punct
"""
    for inner, head in (("in", "editor"), ("vice", "chief")):
        doc = parse(rows.format(inner=inner))
        glued = Doc(
            doc.vocab,
            words=[t.text for t in doc],
            spaces=[t.text not in ("editor", "-", inner) for t in doc],
            lemmas=[t.lemma_ for t in doc],
            pos=[t.pos_ for t in doc],
            heads=[t.head.i for t in doc],
            deps=[t.dep_ for t in doc],
            ents=[t.ent_iob_ + "-" + t.ent_type_ if t.ent_type_ else "O" for t in doc],
        )
        repair(glued, "en")
        assert [t.text for t in glued if t.dep_ == "appos"] == [head]
        repair(doc, "en")  # with spaces round the hyphens they stay apart
        assert len([t for t in doc if t.dep_ == "appos"]) > 1


def test_a_phrase_with_a_preposition_is_no_subject() -> None:
    rows = """
{case} {case} ADP 3 case
the the DET 3 det
ferry ferry NOUN 6 nsubj
, , PUNCT 3 punct
Ann Ann PROPN 6 nsubj _ B-PER
slept sleep VERB 0 root VerbForm=Fin
. . PUNCT 6 punct
"""
    doc = mended(rows.format(case="aboard"))
    assert edge(doc, "ferry") == ("NOUN", "obl", "slept")
    assert edge(doc, "Ann") == ("PROPN", "nsubj", "slept")
    assert edge(mended(rows.format(case="between")), "ferry")[1] == "nsubj"


def test_before_a_participle_a_phrase_with_a_preposition_belongs_to_the_verb_above() -> None:
    doc = mended("""
They they PRON 2 nsubj
hid hide VERB 0 root VerbForm=Fin
in in ADP 4 case
Oslo Oslo PROPN 5 nsubj _ B-LOC
fearing fear VERB 2 advcl VerbForm=Ger
arrest arrest NOUN 5 obj
""")
    assert edge(doc, "Oslo") == ("PROPN", "obl", "hid")


def test_a_noun_right_before_a_name_is_its_title_not_a_second_subject() -> None:
    doc = mended("""
his his PRON 2 nmod:poss
Scots Scots PROPN 4 nsubj
Keller Keller PROPN 4 nsubj _ B-PER
won win VERB 0 root VerbForm=Fin
. . PUNCT 4 punct
""")
    assert edge(doc, "Scots") == ("PROPN", "compound", "Keller")


def test_after_a_comma_only_a_noun_for_persons_is_a_role() -> None:
    doc = mended("""
After after ADP 3 case
its its PRON 3 nmod:poss
arrival arrival NOUN 6 obl
, , PUNCT 3 punct
Keller Keller PROPN 6 nsubj _ B-PER
left leave VERB 0 root VerbForm=Fin
. . PUNCT 6 punct
""")
    assert edge(doc, "Keller")[1] == "nsubj"


def test_the_role_of_one_person_is_not_the_next_ones() -> None:
    doc = mended("""
For for ADP 2 case
Hill Hill PROPN 9 obl _ B-PER
, , PUNCT 5 punct
an a DET 5 det
instructor instructor NOUN 2 appos
, , PUNCT 2 punct
Keller Keller PROPN 9 nsubj _ B-PER
also also ADV 9 advmod
won win VERB 0 root VerbForm=Fin
. . PUNCT 9 punct
""")
    assert edge(doc, "Keller") == ("PROPN", "nsubj", "won")
    assert edge(doc, "instructor") == ("NOUN", "appos", "Hill")


def test_nobody_is_two_daughters() -> None:
    rows = """
They they PRON 2 nsubj
met meet VERB 0 root VerbForm=Fin
{number}
daughters daughter NOUN 2 obj
, , PUNCT 6 punct
Ada Ada PROPN 4 appos _ B-PER
. . PUNCT 2 punct
"""
    assert not [f for f in facts(rows.format(number="two two NUM 4 nummod")) if f[0] == "Ada"]
    assert [f for f in facts(rows.format(number="their their PRON 4 nmod:poss")) if f[0] == "Ada"]


def test_who_calls_themselves_something_is_it() -> None:
    found = facts("""
Farmers farmer NOUN 2 nsubj
call call VERB 0 root VerbForm=Fin
themselves themselves PRON 2 obj Reflex=Yes
guardians guardian NOUN 2 xcomp
. . PUNCT 2 punct
""")
    assert ("Farmers", "be", "guardians") in found


def test_examples_are_no_partner_of_a_light_verb() -> None:
    found = facts("""
Countries country NOUN 6 nsubj
, , PUNCT 5 punct
including include ADP 5 case
warm warm ADJ 5 amod
islands island NOUN 6 obl
have have VERB 0 root VerbForm=Fin
rules rule NOUN 6 obj
. . PUNCT 6 punct
""")
    assert ("Countries", "have", "rules") in found


# -- Italian ------------------------------------------------------------------------------------


def test_an_adjective_read_as_a_verb_gives_its_phrases_to_the_verb() -> None:
    rows = """
Qualcuno qualcuno PRON 2 nsubj
colpì colpire VERB 0 root VerbForm=Fin
il il DET 4 det
partito partito NOUN 2 obj
{word} {lemma} VERB 4 acl VerbForm=Part
con con ADP 7 case
sassi sasso NOUN 5 obl
. . PUNCT 2 punct
"""
    doc = mended(rows.format(word="repubblicano", lemma="repubblicare"), "it")
    assert edge(doc, "repubblicano") == ("ADJ", "amod", "partito")
    assert edge(doc, "sassi") == ("NOUN", "obl", "colpì")
    doc = mended(rows.format(word="fondato", lemma="fondare"), "it")
    assert edge(doc, "sassi") == ("NOUN", "obl", "fondato")


def test_a_coordinated_noun_that_is_no_verb_is_none() -> None:
    doc = mended(
        """
Ha avere AUX 2 aux VerbForm=Fin
visto vedere VERB 0 root VerbForm=Part
Rossi Rossi PROPN 2 obj _ B-PER
e e CCONJ 5 cc
consorte consortare VERB 3 conj
a a ADP 7 case
Roma Roma PROPN 5 obl _ B-LOC
. . PUNCT 2 punct
""",
        "it",
    )
    assert edge(doc, "consorte") == ("NOUN", "conj", "Rossi")
    assert edge(doc, "Roma") == ("PROPN", "obl", "visto")


def test_what_something_becomes_is_no_second_subject() -> None:
    doc = mended(
        """
Acme Acme PROPN 3 nsubj _ B-ORG
è essere AUX 3 aux VerbForm=Fin
diventata diventare VERB 0 root VerbForm=Part
la il DET 5 det
banca banca NOUN 3 nsubj
del del ADP 7 case
paese paese NOUN 5 nmod
. . PUNCT 3 punct
""",
        "it",
    )
    assert edge(doc, "banca") == ("NOUN", "xcomp", "diventata")


def test_a_conjunct_without_preposition_joins_the_object_over_an_amount() -> None:
    doc = mended(
        """
Riceverà ricevere VERB 0 root VerbForm=Fin
un un DET 3 det
dono dono NOUN 1 obj
da da ADP 6 case
un un DET 6 det
miliardo miliardo NOUN 3 nmod
e e CCONJ 9 cc
un un DET 9 det
posto posto NOUN 6 conj
. . PUNCT 1 punct
""",
        "it",
    )
    assert edge(doc, "posto") == ("NOUN", "conj", "dono")


@pytest.mark.parametrize(("number", "head"), [("Sing", "deciso"), ("Plur", "valgono")])
def test_a_coordinated_verb_goes_with_the_subject_of_its_number(number: str, head: str) -> None:
    doc = mended(
        f"""
Rossi Rossi PROPN 3 nsubj _ B-PER
ha avere AUX 3 aux VerbForm=Fin|Number=Sing
deciso decidere VERB 0 root VerbForm=Part
che che SCONJ 7 mark
le il DET 6 det
regole regola NOUN 7 nsubj Number=Plur
valgono valere VERB 3 ccomp VerbForm=Fin|Number=Plur
e e CCONJ 9 cc
aiuta aiutare VERB 7 conj VerbForm=Fin|Number={number}
Verdi Verdi PROPN 9 obj _ B-PER
. . PUNCT 3 punct
""",
        "it",
    )
    assert edge(doc, "aiuta") == ("VERB", "conj", head)


def test_a_person_in_apposition_to_a_meeting_is_the_subject() -> None:
    doc = mended(
        """
Durante durante ADP 3 case
l' il DET 3 det
incontro incontro NOUN 9 obl
, , PUNCT 6 punct
il il DET 6 det
ministro ministro NOUN 3 appos Number=Sing
ieri ieri ADV 9 advmod
ha avere AUX 9 aux VerbForm=Fin|Number=Sing
firmato firmare VERB 0 root VerbForm=Part
tutto tutto PRON 9 obj
. . PUNCT 9 punct
""",
        "it",
    )
    assert edge(doc, "ministro") == ("NOUN", "nsubj", "firmato")


def test_two_people_before_a_plural_verb_are_its_subject() -> None:
    doc = mended(
        """
Durante durante ADP 3 case
l' il DET 3 det
incontro incontro NOUN 10 obl
, , PUNCT 6 punct
il il DET 6 det
Giappone Giappone PROPN 3 appos _ B-LOC
e e CCONJ 8 cc
Cuba Cuba PROPN 6 conj _ B-LOC
hanno avere AUX 10 aux VerbForm=Fin|Number=Plur
firmato firmare VERB 0 root VerbForm=Part
patti patto NOUN 10 obj
. . PUNCT 10 punct
""",
        "it",
    )
    assert edge(doc, "Giappone") == ("PROPN", "nsubj", "firmato")


def test_prima_before_a_noun_is_no_preposition() -> None:
    doc = mended(
        """
Rossi Rossi PROPN 7 nsubj _ B-PER
, , PUNCT 4 punct
prima prima ADP 4 case
donna donna NOUN 7 obl
in in ADP 6 case
lista lista NOUN 4 nmod
parla parlare VERB 0 root VerbForm=Fin
. . PUNCT 7 punct
""",
        "it",
    )
    assert edge(doc, "donna") == ("NOUN", "appos", "Rossi")
    assert edge(doc, "prima") == ("ADJ", "amod", "donna")


def test_of_two_people_before_a_verb_the_nearer_is_its_subject() -> None:
    doc = mended("""
After after ADP 2 case
Hill Hill PROPN 5 nsubj _ B-PER
, , PUNCT 4 punct
Keller Keller PROPN 5 nsubj _ B-PER
left leave VERB 0 root VerbForm=Fin
. . PUNCT 5 punct
""")
    assert edge(doc, "Keller") == ("PROPN", "nsubj", "left")
    assert edge(doc, "Hill")[1] != "nsubj"
    doc = mended(
        """
Hill Hill PROPN 4 nsubj _ B-PER
, , PUNCT 3 punct
Keller Keller PROPN 4 nsubj _ B-PER
parte partire VERB 0 root VerbForm=Fin
""",
        "it",
    )
    assert edge(doc, "Keller") == ("PROPN", "nsubj", "parte")
    assert edge(doc, "Hill")[1] == "dep"


HIT = """
Morto morire VERB 0 root VerbForm=Part|Gender=Masc|Number=Sing
{article} uno DET 3 det
{noun} {lemma} NOUN 1 nsubj {morph}
di di ADP 6 case
3 3 NUM 6 nummod
{unit} NOUN 3 nmod Gender=Masc|Number=Plur
travolt{end} travolgere VERB 6 acl VerbForm=Part|{morph}
da da ADP 9 case
treno treno NOUN 7 obl
"""


@pytest.mark.parametrize(
    ("noun", "end", "morph"),
    [
        ("bambino", "o", "Gender=Masc|Number=Sing"),  # anni, plural, cannot be meant
        ("bambini", "i", "Gender=Masc|Number=Plur"),  # anni agrees, but is an age
    ],
)
def test_a_participle_after_an_age_belongs_to_the_person(noun: str, end: str, morph: str) -> None:
    rows = HIT.format(
        article="un", noun=noun, lemma="bambino", unit="anni anno", end=end, morph=morph
    )
    assert edge(mended(rows, "it"), "travolt" + end) == ("VERB", "acl", noun)


def test_a_participle_stays_with_a_counted_noun_that_is_no_time() -> None:
    rows = HIT.format(
        article="dei",
        noun="gruppi",
        lemma="gruppo",
        unit="uomini uomo",
        end="i",
        morph="Gender=Masc|Number=Plur",
    )
    assert edge(mended(rows, "it"), "travolti") == ("VERB", "acl", "uomini")


def test_a_capital_on_a_verb_that_does_not_exist_is_a_name() -> None:
    doc = mended(
        """
Ha avere AUX 2 aux VerbForm=Fin
parlato parlare VERB 0 root VerbForm=Part
lodando lodare VERB 2 advcl VerbForm=Ger
Takemichi takemichire VERB 3 xcomp
per per ADP 7 case
il il DET 7 det
coraggio coraggio NOUN 4 obl
. . PUNCT 2 punct
""",
        "it",
    )
    assert edge(doc, "Takemichi") == ("PROPN", "obj", "lodando")
    assert edge(doc, "coraggio") == ("NOUN", "obl", "lodando")


@pytest.mark.parametrize(
    ("noun", "relation"), [("banca", "nsubj"), ("pane", "obj")], ids=["firm", "thing"]
)
def test_more_than_so_many_firms_before_a_verb_are_its_subject(noun: str, relation: str) -> None:
    doc = mended(
        f"""
oltre oltre ADP 3 case
dieci dieci NUM 3 nummod
cose {noun} NOUN 4 obl Number=Plur
comprano comprare VERB 0 root VerbForm=Fin|Number=Plur
più più ADV 7 advmod
di di ADP 7 case
dollari dollaro NOUN 4 obl
. . PUNCT 4 punct
""",
        "it",
    )
    assert edge(doc, "cose")[1] == relation
