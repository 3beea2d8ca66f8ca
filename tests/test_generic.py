"""Which descriptions are the same thing in every document, and which only in their own."""

from __future__ import annotations

import pytest
from resolving import arg, doc_of, document_of, fact

from kg.resolve import resolve_document

THE = "///Definite=Def|PronType=Art"


def key(sentence: str, phrase: str, *before: str, language: str = "en", nth: int = 0) -> str:
    """The key of a phrase that is the subject of *fell*, the last word of its sentence."""
    doc = doc_of(*before, sentence)
    verb = doc[len(doc) - 1].text
    found = resolve_document(
        document_of(doc, language), doc, [fact(doc, arg(doc, phrase, "subject", nth=nth), verb)]
    )
    return found.entities[0].key


def test_bare_nouns_and_what_there_is_one_of_are_the_same_everywhere() -> None:
    assert key("Water/NOUN/nsubj/2//water fell/VERB/root/0//fall", "Water") == "concept:water"
    world = f"The/DET/det/2{THE} world/NOUN/nsubj/3//world/Number=Sing fell/VERB/root/0//fall"
    assert key(world, "The world") == "concept:world"


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        (f"The/DET/det/2{THE} temperature/NOUN/nsubj/3 fell/VERB/root/0//fall", "The temperature"),
        ("A/DET/det/2///Definite=Ind|PronType=Art temperature/NOUN/nsubj/3 fell/VERB/root/0//fall",
         "A temperature"),
        ("This/DET/det/3///PronType=Dem high/ADJ/amod/3 temperature/NOUN/nsubj/4 fell/VERB/root/0",
         "This high temperature"),
        (("Four/NUM/nummod/2 temperatures/NOUN/nsubj/3//temperature/Number=Plur"
         " fell/VERB/root/0//fall"), "Four temperatures"),
        (("Several/ADJ/amod/2 temperatures/NOUN/nsubj/3//temperature/Number=Plur"
         " fell/VERB/root/0//fall"), "Several temperatures"),
        ("Problems/NOUN/nsubj/2//problem/Number=Plur fell/VERB/root/0//fall", "Problems"),
        ("People/NOUN/nsubj/2//people/Number=Plur fell/VERB/root/0//fall", "People"),
        ("temperature/NOUN/nsubj/3 rising/VERB/acl/1//rise fell/VERB/root/0//fall", "temperature"),
    ],
)  # fmt: skip
def test_particular_things_are_only_known_in_their_document(sentence: str, phrase: str) -> None:
    assert key(sentence, phrase) == ""


def test_a_clause_set_apart_by_a_comma_does_not_tell_which_are_meant() -> None:
    apart = (
        "temperature/NOUN/nsubj/5//temperature ,/PUNCT/punct/4 which/PRON/nsubj/4"
        " rises/VERB/acl:relcl/1//rise fell/VERB/root/0//fall"
    )
    assert key(apart, "temperature") == "concept:temperature"


def test_italian_kinds_have_an_article_particular_things_too() -> None:
    security = f"La/DET/det/2{THE} sicurezza/NOUN/nsubj/3 cadde/VERB/root/0//cadere"
    rights = (
        f"I/DET/det/2{THE} diritti/NOUN/nsubj/4//diritto/Number=Plur"
        " umani/ADJ/amod/2//umano contano/VERB/root/0//contare"
    )
    school = f"La/DET/det/2{THE} scuola/NOUN/nsubj/3 cadde/VERB/root/0//cadere"
    assert key(security, "La sicurezza", language="it") == "concept:security"
    assert key(rights, "I diritti umani", language="it") == "concept:human right"
    assert key(school, "La scuola", language="it") == ""


# -- whose it is ------------------------------------------------------------------------------

ANN = (
    "Ann/PROPN/nsubj/3/B-PER Lee/PROPN/flat/1/I-PER slept/VERB/root/0//sleep",
    "Bob/PROPN/nsubj/3/B-PER Ray/PROPN/flat/1/I-PER slept/VERB/root/0//sleep",
)
POSS = "///Gender={}|Number=Sing|Person=3|Poss=Yes|PronType=Prs"


@pytest.mark.parametrize(
    ("pronoun", "gender", "owner"), [("Her", "Fem", "ann lee"), ("His", "Masc", "bob ray")]
)
def test_her_role_and_his_role_are_two(pronoun: str, gender: str, owner: str) -> None:
    mine = ANN[0 if pronoun == "Her" else 1]
    role = f"{pronoun}/PRON/nmod:poss/2{POSS.format(gender)} health/NOUN/nsubj/3 fell/VERB/root/0"
    assert key(role, f"{pronoun} health", mine) == f"concept:health|of person:{owner}"


def test_whose_it_is_unknown_is_the_same_nowhere() -> None:
    role = f"Her/PRON/nmod:poss/2{POSS.format('Fem')} health/NOUN/nsubj/3 fell/VERB/root/0"
    assert key(role, "Her health") == ""


def test_a_countrys_dependence_is_not_dependence_on_it() -> None:
    own = (
        "China/PROPN/nmod:poss/3/B-LOC 's/PART/case/1//'s dependence/NOUN/nsubj/4 fell/VERB/root/0"
    )
    on = "dependence/NOUN/nsubj/4 on/ADP/case/3 China/PROPN/nmod/1/B-LOC fell/VERB/root/0"
    assert key(own, "China 's dependence") == "concept:dependence|of country:CN"
    assert key(on, "dependence on China") == "concept:dependence|with country:CN"


# -- names that many bear ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("James/PROPN/nsubj/2/B-PER fell/VERB/root/0//fall", "James", ""),
        ("Rossini/PROPN/nsubj/2/B-PER fell/VERB/root/0//fall", "Rossini", "person:rossini"),
        ("Academy/PROPN/nsubj/2/B-ORG fell/VERB/root/0//fall", "Academy", ""),
        ("Toyota/PROPN/nsubj/2/B-ORG fell/VERB/root/0//fall", "Toyota", "organization:toyota"),
    ],
)
def test_a_first_name_or_a_noun_alone_is_known_in_its_document(
    sentence: str, name: str, expected: str
) -> None:
    assert key(sentence, name) == expected


@pytest.mark.parametrize(
    ("verb", "lemma", "owner"),
    [
        ("lodò", "lodare", "concept:health|of person:bob ray"),
        ("rovinò", "rovinare", "concept:health|of person:ann lee"),
        ("riconobbe", "riconoscere", ""),
    ],
)
def test_what_one_praises_is_anothers(verb: str, lemma: str, owner: str) -> None:
    """*Lee incontrò Ray, lodando la sua salute*; what is recognized may be either's."""
    doc = doc_of(
        "Ann/PROPN/nsubj/3/B-PER Lee/PROPN/flat/1/I-PER incontrò/VERB/root/0//incontrare"
        f" Bob/PROPN/obj/3/B-PER Ray/PROPN/flat/4/I-PER {verb}/VERB/advcl/3//{lemma}"
        f" la/DET/det/9{THE} sua/DET/det:poss/9///Poss=Yes|PronType=Prs salute/NOUN/obj/6"
    )
    health = fact(doc, arg(doc, "Ann Lee", "subject"), verb, arg(doc, "la sua salute", "object"))
    found = resolve_document(document_of(doc, "it"), doc, [health]).entities
    assert [e.key for e in found if not e.key.startswith("person:")] == [owner]
