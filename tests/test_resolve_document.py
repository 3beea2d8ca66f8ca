"""Coreference and slots inside one document, on parses written by hand."""

from __future__ import annotations

import pytest
from resolving import arg, doc_of, document_of, fact, label, resolved
from spacy.tokens import Doc

from kg.resolve import resolve_document
from kg.resolve.reading import Reading
from kg.resolve.relations import relation_of
from kg.resolve.words import words
from kg.types import Attribution, Qualifier, Relation, Value

SIGNED = (
    "Prime/ADJ/amod/2 Minister/PROPN/compound/3 Sanae/PROPN/nsubj/5/B-PER"
    " Takaichi/PROPN/flat/3/I-PER signed/VERB/root/0//sign an/DET/det/7///Definite=Ind|PronType=Art"
    " agreement/NOUN/obj/5///Number=Sing ./PUNCT/punct/5"
)


def names(*rows: tuple[str, ...]) -> list[str]:
    return [row[0] for row in rows]


# -- names -----------------------------------------------------------------------------------


def test_a_capital_taken_for_a_person_is_the_city_where_its_country_is_spoken_of() -> None:
    doc = doc_of(
        "China/PROPN/nsubj/2/B-LOC smiled/VERB/root/0//smile",
        "They/PRON/nsubj/2 counter/VERB/root/0//counter Beijing/PROPN/nmod:poss/5/B-PER"
        " 's/PART/case/3 influence/NOUN/obj/2",
        "Beijing/PROPN/nsubj/2/B-PER slept/VERB/root/0//sleep",
    )
    rows = resolved(doc, fact(doc, arg(doc, "Beijing", "subject", nth=1), "slept"))
    assert rows[0][0].startswith(("city:CN", "country:CN"))


@pytest.mark.parametrize(
    "before",
    [
        "France/PROPN/nsubj/2/B-LOC smiled/VERB/root/0//smile",  # another country's
        "G./PROPN/nsubj/3/B-PER Washington/PROPN/flat/1/I-PER ran/VERB/root/0 America/PROPN/obj/3",
    ],
)
def test_a_person_called_like_a_capital_stays_one(before: str) -> None:
    doc = doc_of(before, "Washington/PROPN/nsubj/2/B-PER slept/VERB/root/0//sleep")
    nth = before.count("Washington")
    rows = resolved(doc, fact(doc, arg(doc, "Washington", "subject", nth=nth), "slept"))
    assert rows[0][0] in ("Washington", "G. Washington")


ADA = "Ada/PROPN/nsubj/3/B-PER Hill/PROPN/flat/1/I-PER won/VERB/root/0//win"
SHERRI = "Sherri/PROPN/nsubj/3/B-PER Hill/PROPN/flat/1/I-PER cheered/VERB/root/0//cheer"
RAIN = "It/PRON/expl/2 rained/VERB/root/0//rain"
HILL = "Hill/PROPN/nsubj/2/B-PER slept/VERB/root/0//sleep"


@pytest.mark.parametrize(
    ("sentences", "who"),
    [
        ((ADA, ADA, SHERRI, RAIN, RAIN, HILL), "Ada Hill"),  # the text is about her
        ((ADA, ADA, RAIN, SHERRI, HILL), "Sherri Hill"),  # just named, and Ada is not
        ((ADA, SHERRI, RAIN, RAIN, HILL), "Hill"),  # one like the other
    ],
)
def test_a_surname_is_the_texts_subject_unless_another_was_just_named(
    sentences: tuple[str, ...], who: str
) -> None:
    doc = doc_of(*sentences)
    hill = arg(doc, "Hill", "subject", nth=sum("Hill/" in s for s in sentences) - 1)
    assert resolved(doc, fact(doc, hill, "slept")) == [(who, "sleep", "")]


def test_a_persons_name_goes_without_middle_name_and_origin() -> None:
    doc = doc_of(
        "Ada/PROPN/nsubj/6/B-PER May/PROPN/flat/1/I-PER King/PROPN/flat/1/I-PER of/ADP/case/5/I-PER"
        " Kent/PROPN/nmod/1/I-PER won/VERB/root/0//win",
        "Ada/PROPN/nsubj/3/B-PER King/PROPN/flat/1/I-PER slept/VERB/root/0//sleep",
    )
    rows = resolved(doc, fact(doc, arg(doc, "Ada King", "subject"), "slept"))
    assert rows == [("Ada May King of Kent", "sleep", "")]


def test_a_known_surname_after_a_title_is_no_firm() -> None:
    doc = doc_of(
        SIGNED,
        "President/PROPN/compound/2 Takaichi/PROPN/nsubj/3/B-ORG slept/VERB/root/0//sleep",
        "President/PROPN/compound/2 Toyota/PROPN/nsubj/3/B-ORG slept/VERB/root/0//sleep",
    )
    takaichi = arg(doc, "Takaichi", "subject", nth=1)
    assert resolved(doc, fact(doc, takaichi, "slept")) == [("Sanae Takaichi", "sleep", "")]
    found = resolve_document(
        document_of(doc), doc, [fact(doc, arg(doc, "Toyota", "subject"), "slept")]
    )
    assert [e.type for e in found.entities] == ["organization"]


def test_a_plural_compound_is_the_concept_of_its_singular() -> None:
    doc = doc_of(
        "Rare/ADJ/amod/2//rare earths/NOUN/nsubj/3//earth/Number=Plur matter/VERB/root/0//matter"
    )
    found = resolve_document(
        document_of(doc), doc, [fact(doc, arg(doc, "Rare earths", "subject"), "matter")]
    )
    assert [e.key for e in found.entities] == ["concept:rare earth"]


@pytest.mark.parametrize("wording", ["Takaichi", "Ms Takaichi", "Prime Minister Takaichi"])
def test_a_surname_with_or_without_title_is_the_person_named_in_full(wording: str) -> None:
    titles = "".join(f"{w}/PROPN/compound/{len(wording.split())} " for w in wording.split()[:-1])
    n = len(wording.split())
    second = f"{titles}Takaichi/PROPN/nsubj/{n + 1}/B-PER left/VERB/root/0//leave"
    doc = doc_of(SIGNED, second)
    rows = resolved(doc, fact(doc, arg(doc, "Takaichi", "subject", nth=1), "left"))
    assert rows == [("Sanae Takaichi", "leave", "")]


def test_two_people_with_one_surname_are_not_mixed_up() -> None:
    doc = doc_of(
        "Mary/PROPN/nsubj/3/B-PER Smith/PROPN/flat/1/I-PER left/VERB/root/0//leave",
        "John/PROPN/nsubj/3/B-PER Smith/PROPN/flat/1/I-PER stayed/VERB/root/0//stay",
        "Smith/PROPN/nsubj/2/B-PER spoke/VERB/root/0//speak",
        "Mrs/PROPN/compound/2 Smith/PROPN/nsubj/3/B-PER slept/VERB/root/0//sleep",
    )
    rows = resolved(
        doc,
        fact(doc, arg(doc, "Smith", "subject", nth=2), "spoke"),
        fact(doc, arg(doc, "Smith", "subject", nth=3), "slept"),
    )
    assert names(*rows) == ["Smith", "Mary Smith"]


def test_a_surname_is_the_one_introduced_though_a_relative_comes_later() -> None:
    doc = doc_of(
        "Ada/PROPN/nsubj/3/B-PER Hill/PROPN/flat/1/I-PER left/VERB/root/0//leave",
        "Hill/PROPN/nsubj/2/B-PER met/VERB/root/0//meet Sherri/PROPN/obj/2/B-PER"
        " Hill/PROPN/flat/3/I-PER",
        "Hill/PROPN/nsubj/2/B-PER spoke/VERB/root/0//speak",
    )
    rows = resolved(
        doc,
        fact(doc, arg(doc, "Hill", "subject", nth=1), "met", arg(doc, "Sherri Hill", "object")),
        fact(doc, arg(doc, "Hill", "subject", nth=3), "spoke"),
    )
    assert [(s, o) for s, _, o in rows] == [("Ada Hill", "Sherri Hill"), ("Ada Hill", "")]


def test_a_firm_and_its_founder_share_no_node() -> None:
    doc = doc_of(
        "Henry/PROPN/nsubj/3/B-PER Ford/PROPN/flat/1/I-PER founded/VERB/root/0//found"
        " Ford/PROPN/obj/3/B-ORG",
        "Ford/PROPN/nsubj/2/B-ORG grew/VERB/root/0//grow",
    )
    rows = resolved(
        doc,
        fact(doc, arg(doc, "Henry Ford", "subject"), "founded", arg(doc, "Ford", "object", nth=1)),
        fact(doc, arg(doc, "Ford", "subject", nth=2), "grew"),
    )
    assert [(s, o) for s, _, o in rows] == [("Henry Ford", "Ford"), ("Ford", "")]


def test_a_foundation_is_not_the_firm_it_is_called_after() -> None:
    doc = doc_of(
        "Ford/PROPN/nsubj/3/B-ORG Foundation/PROPN/flat/1/I-ORG paid/VERB/root/0//pay",
        "Ford/PROPN/nsubj/2/B-ORG grew/VERB/root/0//grow",
        "Ford/PROPN/nsubj/3/B-ORG Inc./PROPN/flat/1/I-ORG sold/VERB/root/0//sell",
    )
    rows = resolved(
        doc,
        fact(doc, arg(doc, "Ford Foundation", "subject"), "paid"),
        fact(doc, arg(doc, "Ford", "subject", nth=1), "grew"),
        fact(doc, arg(doc, "Ford Inc.", "subject"), "sold"),
    )
    assert names(*rows) == ["Ford Foundation", "Ford Inc.", "Ford Inc."]


def test_washington_is_a_government_a_city_or_a_person() -> None:
    doc = doc_of(
        "Washington/PROPN/nsubj/2/B-LOC announced/VERB/root/0//announce tariffs/NOUN/obj/2",
        "It/PRON/expl/2 rained/VERB/root/0//rain in/ADP/case/4 Washington/PROPN/obl/2/B-LOC",
        "Denzel/PROPN/nsubj/3/B-PER Washington/PROPN/flat/1/I-PER smiled/VERB/root/0//smile",
    )
    rows = resolved(
        doc,
        fact(doc, arg(doc, "Washington", "subject"), "announced", arg(doc, "tariffs", "object")),
        fact(doc, arg(doc, "Denzel Washington", "subject"), "smiled"),
        fact(doc, arg(doc, "Washington", "subject", nth=1), "rained"),
    )
    assert names(*rows)[0] == "country:US"
    assert names(*rows)[1] == "Denzel Washington"
    assert names(*rows)[2].startswith("city:US")


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("Washington–Tokyo", {"country:US", "country:JP"}),
        ("Usa-Cina", {"country:US", "country:CN"}),
        ("Guinea-Bissau", set()),
        ("Podgorica-Kolasin", set()),
    ],
)
def test_states_that_a_dash_joins_are_a_group_of_them(name: str, states: set[str]) -> None:
    doc = doc_of(f"Vertice/NOUN/nsubj/3 {name}/PROPN/nmod/1/B-PER fallisce/VERB/root/0//fallire")
    done = resolve_document(
        document_of(doc, "it"), doc, [fact(doc, arg(doc, name, "subject"), "fallisce")]
    )
    found = {e.id: e for e in done.entities}
    subject = found[done.statements[0].subject]
    assert {found[member].key for member in subject.members} == states
    assert (subject.type == "group") == bool(states)


def test_a_capital_acts_as_its_country_in_the_whole_sentence() -> None:
    doc = doc_of(
        "Tokyo/PROPN/nsubj/2/B-LOC promised/VERB/root/0//promise to/PART/mark/4"
        " dig/VERB/xcomp/2//dig mines/NOUN/obj/4"
    )
    tokyo = arg(doc, "Tokyo", "subject")
    rows = resolved(
        doc, fact(doc, tokyo, "promised"), fact(doc, tokyo, "dig", arg(doc, "mines", "object"))
    )
    assert names(*rows) == ["country:JP", "country:JP"]


def test_institutions_are_known_by_acronym_and_in_either_language() -> None:
    doc = doc_of(
        "L'/DET/det/2 Unione/PROPN/nsubj/4/B-ORG Europea/PROPN/flat/2/I-ORG"
        " tace/VERB/root/0//tacere",
        "La/DET/det/2 UE/PROPN/nsubj/3/B-ORG decide/VERB/root/0//decidere",
    )
    done = resolve_document(
        document_of(doc, "it"),
        doc,
        [
            fact(doc, arg(doc, "L' Unione Europea", "subject"), "tace"),
            fact(doc, arg(doc, "La UE", "subject"), "decide"),
        ],
    )
    assert [e.key for e in done.entities] == ["institution:European Union"]


# -- descriptions ------------------------------------------------------------------------------

PREMIER = (
    "La/DET/det/2///Gender=Fem|Definite=Def|PronType=Art premier/NOUN/nsubj/6"
    " giapponese/ADJ/amod/2 Sanae/PROPN/nmod/2/B-PER Takaichi/PROPN/flat/4/I-PER"
    " parla/VERB/root/0//parlare"
)


def test_a_role_with_its_country_is_its_holder() -> None:
    doc = doc_of(
        PREMIER,
        "Trump/PROPN/nsubj/2/B-PER elogia/VERB/root/0//elogiare"
        " la/DET/det/4///Gender=Fem|Definite=Def|PronType=Art premier/NOUN/obj/2///Number=Sing"
        " giapponese/ADJ/amod/4",
    )
    praise = fact(
        doc,
        arg(doc, "Trump", "subject"),
        "elogia",
        arg(doc, "la premier giapponese", "object"),
    )
    assert resolved(doc, praise, language="it")[0][2] == "Sanae Takaichi"


def test_a_role_of_another_country_is_somebody_else() -> None:
    doc = doc_of(
        PREMIER,
        "La/DET/det/2///Gender=Fem|Definite=Def|PronType=Art premier/NOUN/nsubj/4///Number=Sing"
        " britannica/ADJ/amod/2 tace/VERB/root/0//tacere",
    )
    rows = resolved(
        doc, fact(doc, arg(doc, "La premier britannica", "subject"), "tace"), language="it"
    )
    assert rows[0][0] == "premier britannica"


def test_names_win_over_their_titles() -> None:
    doc = doc_of(PREMIER)
    whole = arg(doc, "La premier giapponese Sanae Takaichi", "subject")
    assert names(*resolved(doc, fact(doc, whole, "parla"), language="it")) == ["Sanae Takaichi"]


def test_what_somebody_is_does_not_become_that_somebody() -> None:
    doc = doc_of(
        "Sanae/PROPN/nsubj/5/B-PER Takaichi/PROPN/flat/1/I-PER is/AUX/cop/5//be the/DET/det/5"
        " premier/NOUN/root/0///Number=Sing"
    )
    rows = resolved(
        doc,
        fact(
            doc, arg(doc, "Sanae Takaichi", "subject"), "is", arg(doc, "the premier", "predicative")
        ),
    )
    assert rows == [("Sanae Takaichi", "be", "premier")]


def deal(wording: str) -> Doc:
    return doc_of(SIGNED, wording)


def test_the_deal_is_the_agreement() -> None:
    doc = deal(
        "The/DET/det/2///Definite=Def|PronType=Art deal/NOUN/nsubj/3///Number=Sing"
        " works/VERB/root/0//work"
    )
    signed = fact(
        doc, arg(doc, "Sanae Takaichi", "subject"), "signed", arg(doc, "an agreement", "object")
    )
    done = resolve_document(
        document_of(doc), doc, [signed, fact(doc, arg(doc, "The deal", "subject"), "works")]
    )
    assert [e.names[0][0] for e in done.entities] == ["Sanae Takaichi", "agreement"]
    assert done.statements[1].subject == done.statements[0].object
    assert [m.rule for m in done.entities[1].mentions] == ["", "same kind"]
    spoken = [done.document.text[m.begin : m.end] for m in done.entities[1].mentions]
    assert spoken == ["an agreement", "The deal"]


@pytest.mark.parametrize(
    "wording",
    [
        (
            "A/DET/det/2///Definite=Ind|PronType=Art deal/NOUN/nsubj/3///Number=Sing"
            " works/VERB/root/0//work"
        ),
        (
            "The/DET/det/2///Definite=Def|PronType=Art deal/NOUN/nsubj/5///Number=Sing"
            " in/ADP/case/4 Gaza/PROPN/nmod/2/B-LOC works/VERB/root/0//work"
        ),
        (
            "The/DET/det/3///Definite=Def|PronType=Art previous/ADJ/amod/3"
            " deal/NOUN/nsubj/4///Number=Sing works/VERB/root/0//work"
        ),
    ],
    ids=["indefinite", "another place", "contrasted"],
)
def test_another_deal_stays_apart(wording: str) -> None:
    doc = deal(wording)
    end = len(doc) - 1
    start = next(i for i in range(8, end) if doc[i].pos_ == "DET")
    words = " ".join(t.text for t in doc[start:end])
    signed = fact(
        doc, arg(doc, "Sanae Takaichi", "subject"), "signed", arg(doc, "an agreement", "object")
    )
    rows = resolved(doc, signed, fact(doc, arg(doc, words, "subject"), "works"))
    assert rows[1][0] != rows[0][2]


def test_the_mine_is_the_only_mine_spoken_of() -> None:
    opened = (
        "Xi/PROPN/nsubj/2/B-PER opened/VERB/root/0//open a/DET/det/5///Definite=Ind|PronType=Art"
        " deep/ADJ/amod/5 mine/NOUN/obj/2///Number=Sing"
    )
    closed = (
        "The/DET/det/2///Definite=Def|PronType=Art mine/NOUN/nsubj/3///Number=Sing"
        " closed/VERB/root/0//close"
    )
    doc = doc_of(opened, closed)
    mine = fact(doc, arg(doc, "The mine", "subject"), "closed")
    first = fact(doc, arg(doc, "Xi", "subject"), "opened", arg(doc, "a deep mine", "object"))
    assert resolved(doc, first, mine)[1][0] == "deep mine"
    two = doc_of(opened, opened.replace("deep", "big"), closed)
    assert resolved(two, fact(two, arg(two, "The mine", "subject"), "closed"))[0][0] == "mine"


def test_both_countries_are_the_coordinated_pair() -> None:
    doc = doc_of(
        "China/PROPN/nsubj/2/B-LOC watched/VERB/root/0//watch Japan/PROPN/obj/2/B-LOC"
        " and/CCONJ/cc/5 Italy/PROPN/conj/3/B-LOC",
        "Both/DET/det/2 countries/NOUN/nsubj/3//country/Number=Plur agreed/VERB/root/0//agree",
    )
    rows = resolved(doc, fact(doc, arg(doc, "Both countries", "subject"), "agreed"))
    assert names(*rows) == ["country:JP + country:IT"]


def test_i_due_leader_are_the_two_people_of_the_sentence_before() -> None:
    doc = doc_of(
        "Trump/PROPN/nsubj/2/B-PER incontra/VERB/root/0//incontrare Takaichi/PROPN/obj/2/B-PER",
        "I/DET/det/3///Definite=Def|PronType=Art due/NUM/nummod/3"
        " leader/NOUN/nsubj/4///Number=Plur parlano/VERB/root/0//parlare",
    )
    rows = resolved(doc, fact(doc, arg(doc, "I due leader", "subject"), "parlano"), language="it")
    assert names(*rows) == ["Trump + Takaichi"]


def test_both_countries_without_a_clear_pair_say_nothing() -> None:
    doc = doc_of(
        "China/PROPN/nsubj/2/B-LOC told/VERB/root/0//tell Japan/PROPN/obj/2/B-LOC about/ADP/case/5"
        " Italy/PROPN/obl/2/B-LOC",
        "Both/DET/det/2 countries/NOUN/nsubj/3//country/Number=Plur agreed/VERB/root/0//agree",
    )
    assert resolved(doc, fact(doc, arg(doc, "Both countries", "subject"), "agreed")) == []


def test_il_paese_is_the_country_named_last() -> None:
    doc = doc_of(
        "La/DET/det/2 Cina/PROPN/nsubj/3/B-LOC considera/VERB/root/0//considerare"
        " il/DET/det/5 Giappone/PROPN/obj/3/B-LOC",
        "Trump/PROPN/nsubj/2/B-PER sostiene/VERB/root/0//sostenere"
        " il/DET/det/4///Definite=Def|PronType=Art Paese/PROPN/obj/2//Paese/Number=Sing",
    )
    help_ = fact(doc, arg(doc, "Trump", "subject"), "sostiene", arg(doc, "il Paese", "object"))
    assert resolved(doc, help_, language="it")[0][2] == "country:JP"


# -- pronouns and silent subjects ----------------------------------------------------------------


def test_she_is_the_woman_and_not_the_nearer_man() -> None:
    doc = doc_of(
        "Mary/PROPN/nsubj/3/B-PER Jones/PROPN/flat/1/I-PER met/VERB/root/0//meet"
        " Donald/PROPN/obj/3/B-PER Brown/PROPN/flat/4/I-PER",
        "She/PRON/nsubj/2///Number=Sing left/VERB/root/0//leave",
    )
    assert names(*resolved(doc, fact(doc, arg(doc, "She", "subject"), "left"))) == ["Mary Jones"]


def test_a_pronoun_between_two_equal_candidates_says_nothing() -> None:
    doc = doc_of(
        "Xi/PROPN/nsubj/2/B-PER met/VERB/root/0//meet Li/PROPN/obj/2/B-PER",
        "She/PRON/nsubj/2///Number=Sing left/VERB/root/0//leave",
    )
    assert resolved(doc, fact(doc, arg(doc, "She", "subject"), "left")) == []


def test_it_is_never_a_person() -> None:
    doc = doc_of(
        "Mary/PROPN/nsubj/3/B-PER Jones/PROPN/flat/1/I-PER slept/VERB/root/0//sleep",
        "It/PRON/nsubj/2///Number=Sing broke/VERB/root/0//break",
    )
    assert resolved(doc, fact(doc, arg(doc, "It", "subject"), "broke")) == []


def test_a_silent_subject_continues_the_subject_before() -> None:
    doc = doc_of(
        PREMIER,
        "Ha/AUX/aux/2//avere/VerbForm=Fin|Number=Sing|Person=3"
        " annunciato/VERB/root/0//annunciare/Gender=Masc|Number=Sing|VerbForm=Part"
        " dazi/NOUN/obj/2//dazio/Number=Plur",
    )
    silent = arg(doc, "", "subject", nth=7)
    rows = resolved(doc, fact(doc, silent, "annunciato", arg(doc, "dazi", "object")), language="it")
    assert names(*rows) == ["Sanae Takaichi"]


def test_a_silent_plural_is_not_one_person() -> None:
    doc = doc_of(
        PREMIER,
        "Hanno/AUX/aux/2//avere/VerbForm=Fin|Number=Plur|Person=3"
        " deciso/VERB/root/0//decidere/Gender=Masc|Number=Sing|VerbForm=Part",
    )
    assert resolved(doc, fact(doc, arg(doc, "", "subject", nth=7), "deciso"), language="it") == []


def test_a_silent_subject_is_not_its_own_predicate() -> None:
    doc = doc_of(
        PREMIER,
        "È/AUX/cop/2//essere/VerbForm=Fin|Number=Sing|Person=3"
        " pronta/ADJ/root/0//pronto/Gender=Fem|Number=Sing",
    )
    ready = fact(doc, arg(doc, "", "subject", nth=7), "È", arg(doc, "pronta", "predicative"))
    assert resolved(doc, ready, language="it") == [("Sanae Takaichi", "be", "pronta")]


def test_impersonal_verbs_have_no_subject_to_find() -> None:
    doc = doc_of(
        PREMIER, "Sembra/VERB/root/0//sembrare/VerbForm=Fin|Number=Sing|Person=3 vero/ADJ/xcomp/1"
    )
    said = fact(doc, arg(doc, "", "subject", nth=6), "Sembra", arg(doc, "vero", "predicative"))
    assert resolved(doc, said, language="it") == []


def test_i_in_a_quotation_is_the_speaker() -> None:
    doc = doc_of(
        "I/PRON/nsubj/2 won/VERB/root/0//win ,/PUNCT/punct/2 Trump/PROPN/nsubj/5/B-PER"
        " said/VERB/parataxis/2//say"
    )
    speech = Attribution(arg(doc, "Trump", "subject"), 4, "say", "said")
    won = fact(doc, arg(doc, "I", "subject"), "won", attribution=speech)
    done = resolve_document(document_of(doc), doc, [won])
    [statement] = done.statements
    assert [label(done, e) for e in done.entities] == ["Trump"]
    assert statement.evidence.attributed_to == statement.subject
    assert statement.evidence.reporting_verb == "say"


def test_who_says_something_is_nobody_named_in_it() -> None:
    """*Lee met Ray. She said: “Lee won”*: it was Ray who said so."""
    doc = doc_of(
        "Ann/PROPN/nsubj/3/B-PER Lee/PROPN/flat/1/I-PER met/VERB/root/0//meet"
        " Eve/PROPN/obj/3/B-PER Ray/PROPN/flat/4/I-PER",
        "She/PRON/nsubj/2///Gender=Fem|Person=3 said/VERB/root/0//say “/PUNCT/punct/5"
        " Lee/PROPN/nsubj/5/B-PER won/VERB/ccomp/2//win ”/PUNCT/punct/5",
    )
    speech = Attribution(arg(doc, "She", "subject"), 6, "say", "said")
    won = fact(doc, arg(doc, "Lee", "subject", nth=1), "won", attribution=speech)
    done = resolve_document(document_of(doc), doc, [won])
    labels = {e.id: label(done, e) for e in done.entities}
    [statement] = done.statements
    assert labels[statement.subject] == "Ann Lee"
    assert labels[statement.evidence.attributed_to or ""] == "Eve Ray"


# -- slots -----------------------------------------------------------------------------------


def test_labels_drop_articles_and_possessives() -> None:
    doc = doc_of(
        "Trump/PROPN/nsubj/2/B-PER loda/VERB/root/0//lodare i/DET/det/5///PronType=Art"
        " suoi/DET/det:poss/5///Poss=Yes|PronType=Prs sforzi/NOUN/obj/2//sforzo/Number=Plur"
        " diplomatici/ADJ/amod/5//diplomatico"
    )
    praise = fact(
        doc, arg(doc, "Trump", "subject"), "loda", arg(doc, "i suoi sforzi diplomatici", "object")
    )
    assert resolved(doc, praise, language="it")[0][2] == "sforzi diplomatici"


def test_an_amount_steps_aside_for_what_it_is_invested_in() -> None:
    doc = doc_of(
        "Toyota/PROPN/nsubj/2/B-ORG investe/VERB/root/0//investire"
        " 10/NUM/nummod/4 miliardi/NOUN/obj/2//miliardo di/ADP/case/6 dollari/NOUN/nmod/4//dollaro"
        " in/ADP/case/8 Italia/PROPN/obl/2/B-LOC nel/ADP/case/10 2026/NUM/obl/2"
    )
    done = resolve_document(
        document_of(doc, "it"),
        doc,
        [
            fact(
                doc,
                arg(doc, "Toyota", "subject"),
                "investe",
                arg(doc, "10 miliardi di dollari", "object"),
                arg(doc, "Italia", "oblique", case="in"),
                arg(doc, "2026", "time", case="in"),
            )
        ],
    )
    [statement] = done.statements
    assert statement.relation.id == "invest_in"
    assert label(done, done.entities[1]) == "country:IT"
    amount, year = statement.qualifiers
    assert (amount.name, year.name) == ("amount", "time")
    assert not isinstance(amount.value, str)
    assert (amount.value.lexical, amount.value.unit) == ("10000000000", "USD")
    assert done.entities[0].type == "organization"


def test_an_unresolved_demonstrative_gives_no_node() -> None:
    doc = doc_of(
        "This/DET/det/2///PronType=Dem framework/NOUN/nsubj/3///Number=Sing"
        " helps/VERB/root/0//help Japan/PROPN/obj/3/B-LOC"
    )
    helps = fact(doc, arg(doc, "This framework", "subject"), "helps", arg(doc, "Japan", "object"))
    assert resolved(doc, helps) == []


def test_evidence_points_into_the_text() -> None:
    doc = doc_of(SIGNED)
    signed = fact(
        doc, arg(doc, "Sanae Takaichi", "subject"), "signed", arg(doc, "an agreement", "object")
    )
    [statement] = resolve_document(document_of(doc), doc, [signed]).statements
    evidence = statement.evidence
    assert doc.text[slice(*(evidence.subject_span or ()))] == "Sanae Takaichi"
    assert doc.text[slice(*(evidence.relation_span or ()))] == "signed"
    assert doc.text[slice(*(evidence.object_span or ()))] == "an agreement"
    assert doc.text[evidence.begin : evidence.end] == evidence.quote == doc.text.strip()


@pytest.mark.parametrize(
    ("sentence", "verb", "case", "language", "wanted"),
    [
        ("Lui/PRON/nsubj/2 investe/VERB/root/0//investire", "investe", "in", "it", "invest_in"),
        ("He/PRON/nsubj/2 invests/VERB/root/0//invest", "invests", "in", "en", "invest_in"),
        ("Lui/PRON/nsubj/2 firma/VERB/root/0//firmare", "firma", "", "it", "sign"),
        ("Lui/PRON/nsubj/2 dipende/VERB/root/0//dipendere", "dipende", "da", "it", "depend_on"),
        ("Lui/PRON/nsubj/2 xyzza/VERB/root/0//xyzzare", "xyzza", "", "it", "it_xyzzare"),
    ],
)
def test_relations_are_called_the_same_in_both_languages(
    sentence: str, verb: str, case: str, language: str, wanted: str
) -> None:
    doc = doc_of(sentence.replace("Lui/PRON/nsubj/2", "Rossi/PROPN/nsubj/2/B-PER")
                 .replace("He/PRON/nsubj/2", "Rossi/PROPN/nsubj/2/B-PER"))  # fmt: skip
    rows = resolved(
        doc, fact(doc, arg(doc, "Rossi", "subject"), verb, case=case), language=language
    )
    assert rows[0][1] == wanted


def test_what_a_speaker_denies_is_negated() -> None:
    doc = doc_of(
        "Toyota/PROPN/nsubj/2/B-ORG denied/VERB/ROOT/0//deny having/AUX/aux/4//have "
        "met/VERB/xcomp/2//meet Putin/PROPN/obj/4/B-PER ./PUNCT/punct/2"
    )
    speaker = arg(doc, "Toyota", "subject")
    denial = Attribution(speaker, 1, "deny", "denied", denied=True)
    found = fact(doc, speaker, "met", arg(doc, "Putin", "object"), attribution=denial)
    [statement] = resolve_document(document_of(doc), doc, [found]).statements
    assert statement.negated


def test_a_value_is_read_with_the_words_around_its_argument() -> None:
    doc = doc_of(
        "Leaders/NOUN/nsubj/3 will/AUX/aux/3 meet/VERB/ROOT/0 Putin/PROPN/obj/3/B-PER "
        "on/ADP/case/6 Thursday/PROPN/obl/3/B-MISC ./PUNCT/punct/3"
    )
    found = fact(
        doc,
        arg(doc, "Leaders", "subject"),
        "meet",
        arg(doc, "Putin", "object"),
        arg(doc, "Thursday", "time", case="on"),
    )
    document = document_of(doc, published="2025-10-28")
    [statement] = resolve_document(document, doc, [found]).statements
    assert statement.qualifiers == (Qualifier("time", Value("date", "2025-10-30", "date")),)


def test_an_amount_and_what_it_is_of_are_told_apart() -> None:
    doc = doc_of(
        "Italy/PROPN/nsubj/2/B-LOC produces/VERB/ROOT/0//produce 300/NUM/compound/4 "
        "million/NUM/nummod/5 bottles/NOUN/obj/2//bottle of/ADP/case/7 wine/NOUN/nmod/5 "
        "./PUNCT/punct/2"
    )
    found = fact(
        doc,
        arg(doc, "Italy", "subject"),
        "produces",
        arg(doc, "300 million bottles of wine", "object"),
    )
    [statement] = resolve_document(document_of(doc), doc, [found]).statements
    assert statement.object == Value("quantity", "300000000", "decimal", unit="bottle")
    assert [q.name for q in statement.qualifiers] == ["of"]


def test_how_many_the_subject_is_and_a_date_left_aside_are_qualifiers() -> None:
    doc = doc_of(
        "At/ADP/case/2 least/ADJ/advmod/4 12/NUM/nummod/4 people/NOUN/nsubj/5//person "
        "entered/VERB/ROOT/0//enter Rome/PROPN/obj/5/B-LOC last/ADJ/amod/8 "
        "Friday/PROPN/obl/5 ./PUNCT/punct/5"
    )
    found = fact(doc, arg(doc, "12 people", "subject"), "entered", arg(doc, "Rome", "object"))
    document = document_of(doc, published="2025-10-28")
    [statement] = resolve_document(document, doc, [found]).statements
    assert statement.qualifiers == (
        Qualifier("amount", Value("quantity", "12", "decimal", "ge", "person")),
        Qualifier("time", Value("date", "2025-10-24", "date")),
    )


@pytest.mark.parametrize(
    ("noun", "name", "general"),
    [
        ("professor", "be_professor_of", ("be_of",)),
        ("assistant professor", "be_assistant_professor_of", ("be_professor_of", "be_of")),
        ("former member", "be_former_member_of", ("be_of",)),
        ("current member", "be_member_of", ("be_of",)),
    ],
)
def test_a_role_with_modifiers_is_under_the_plain_one(
    noun: str, name: str, general: tuple[str, ...]
) -> None:
    """An assistant professor is a professor, a former member no member, a current one is one."""
    doc = doc_of("Lee/PROPN/nsubj/2/B-PER is/AUX/root/0//be it/PRON/obj/2")
    found = relation_of(Relation((), "is", "be", "of", noun), Reading(doc), words("en"))
    assert (found.id, found.general) == (name, general)
