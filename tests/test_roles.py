"""Whose a role is that a sentence says somebody has, on parses written by hand."""

from __future__ import annotations

import pytest
from resolving import arg, doc_of, fact, resolved

from kg.types import Extraction, Relation

BEN = "Ben/PROPN/nsubj/3/B-PER Cole/PROPN/flat/1/I-PER won/VERB/root/0//win"
THE_PRESIDENT = "the/DET/det/5 president/NOUN/root/0///Number=Sing"
OF_FRANCE = "of/ADP/case/7 France/PROPN/nmod/5/B-LOC"
HIS_SISTER = (
    "his/PRON/nmod:poss/5///Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs"
    " sister/NOUN/root/0///Number=Sing"
)
CLOSE_FRIEND = (
    "a/DET/det/6 close/ADJ/amod/6 friend/NOUN/root/0///Number=Sing of/ADP/case/8"
    " Ben/PROPN/nmod/6/B-PER Cole/PROPN/flat/8/I-PER"
)
MOST_POPULAR = (  # a description of somebody
    "the/DET/det/8 most/ADV/advmod/6 popular/ADJ/amod/8 young/ADJ/amod/8"
    " president/NOUN/root/0///Number=Sing of/ADP/case/10 France/PROPN/nmod/8/B-LOC"
)


def told(role: str, *before: str) -> tuple[str, ...]:
    """What the graph has of *Ada Hill is* and a role."""
    tokens = [token.split("/") for token in role.split()]
    head = 4 + next(i for i, token in enumerate(tokens) if token[2] == "root")
    ada = f"Ada/PROPN/nsubj/{head}/B-PER Hill/PROPN/flat/1/I-PER is/AUX/cop/{head}//be"
    doc = doc_of(*before, f"{ada} {role}")
    is_ = arg(doc, " ".join(token[0] for token in tokens), "predicative")
    (row,) = resolved(doc, fact(doc, arg(doc, "Ada Hill", "subject"), "is", is_))
    return row


@pytest.mark.parametrize(
    ("role", "relation", "owner"),
    [
        (f"{THE_PRESIDENT} {OF_FRANCE}", "be_president_of", "country:FR"),
        (
            "France/PROPN/nmod:poss/6/B-LOC 's/PART/case/4 president/NOUN/root/0///Number=Sing",
            "be_president_of",
            "country:FR",
        ),
        (
            CLOSE_FRIEND,
            "be_close_friend_of",
            "Ben Cole",
        ),
    ],
)
def test_a_role_is_told_of_whom_it_is_of(role: str, relation: str, owner: str) -> None:
    assert told(role) == ("Ada Hill", relation, owner)


def test_a_possessive_stands_for_whose_role_it_is() -> None:
    assert told(HIS_SISTER, BEN) == ("Ada Hill", "be_sister_of", "Ben Cole")


def test_a_possessive_of_nobody_known_tells_a_role_only() -> None:
    assert told(HIS_SISTER) == ("Ada Hill", "be", "sister")


KIN = (
    "{} la/DET/det/{}///Definite=Def|Number=Sing|PronType=Art"
    " moglie/NOUN/{}/{}///Gender=Fem|Number=Sing Sara/PROPN/appos/{}/B-PER"
)
WITH = "Ugo/PROPN/nsubj/2/B-PER parte/VERB/root/0//partire " + KIN.format(
    "con/ADP/case/5", 5, "obl", 2, 5
)
AND = f"Ugo/PROPN/nsubj/6/B-PER {KIN.format('e/CCONJ/cc/4', 4, 'conj', 1, 4)} partono/VERB/root/0"
NEIGHBOUR = (
    "Ugo/PROPN/nsubj/2/B-PER parte/VERB/root/0//partire con/ADP/case/4 medico/NOUN/obl/2 "
) + KIN.format("di/ADP/case/7", 7, "nmod", 4, 7)


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        (WITH, ("Sara", "be_wife_of", "Ugo")),
        (AND, ("Sara", "be_wife_of", "Ugo")),
        (NEIGHBOUR, ("Sara", "be", "moglie")),  # the wife of his doctor
    ],
)
def test_a_relative_with_the_article_alone_is_the_subject_s(
    sentence: str, row: tuple[str, ...]
) -> None:
    doc = doc_of(sentence)
    wife = arg(doc, "la moglie", "predicative")
    title = Extraction(
        (0, len(doc)), arg(doc, "Sara", "subject"), Relation((), "è", "essere"), wife, rule="title"
    )
    assert resolved(doc, title, language="it") == [row]


@pytest.mark.parametrize(
    "role",
    [
        f"the/DET/det/5 pride/NOUN/root/0///Number=Sing {OF_FRANCE}",  # no role
        f"{THE_PRESIDENT} of/ADP/case/8 the/DET/det/8 club/NOUN/nmod/5///Number=Sing",  # no name
        f"{THE_PRESIDENT} in/ADP/case/7 France/PROPN/nmod/5/B-LOC",  # not of it
        f"{THE_PRESIDENT} {OF_FRANCE} and/CCONJ/cc/9 Spain/PROPN/conj/7/B-LOC",  # of two
        MOST_POPULAR,
    ],
)
def test_what_is_no_role_of_one_thing_is_told_whole(role: str) -> None:
    subject, relation, _ = told(role)
    assert (subject, relation) == ("Ada Hill", "be")
