"""Other names that a text gives somebody, and letters after a name, on parses written by hand."""

from __future__ import annotations

from resolving import arg, doc_of, document_of, fact, resolved

from kg.resolve import resolve_document

KNOWN_AS = (
    "Ada/PROPN/nsubj/9/B-PER Hill/PROPN/flat/1/I-PER ,/PUNCT/punct/5 better/ADV/advmod/5"
    " known/VERB/acl/1//know as/ADP/case/7 Lena/PROPN/obl/5/B-PER Berg/PROPN/flat/7/I-PER"
    " won/VERB/root/0//win"
)
BORN = (
    "Ada/PROPN/nsubj/11/B-PER Hill/PROPN/flat/1/I-PER (/PUNCT/punct/4 born/VERB/acl/1//bear"
    " Paris/PROPN/obl/4/B-LOC )/PUNCT/punct/4 known/VERB/acl/1//know as/ADP/case/9"
    " Lena/PROPN/obl/7/B-PER Berg/PROPN/flat/9/I-PER won/VERB/root/0//win"
)
GROUPS = (
    "Ada/PROPN/nsubj/3/B-PER Hill/PROPN/flat/1/I-PER won/VERB/root/0//win groups/NOUN/obj/3"
    " known/VERB/acl/4//know as/ADP/case/7 Lena/PROPN/obl/5/B-PER Berg/PROPN/flat/7/I-PER"
)
WITH = (
    "Ada/PROPN/nsubj/6/B-PER Hill/PROPN/flat/1/I-PER with/ADP/case/4 Lena/PROPN/obl/6/B-PER"
    " Berg/PROPN/flat/4/I-PER won/VERB/root/0//win"
)


def names_of_berg(first: str) -> set[str]:
    """The names of who is called *Berg* after a sentence about *Ada Hill* and *Lena Berg*."""
    doc = doc_of(first, "Berg/PROPN/nsubj/2/B-PER slept/VERB/root/0//sleep")
    found = resolve_document(
        document_of(doc),
        doc,
        [
            fact(doc, arg(doc, "Ada Hill", "subject"), "won"),
            fact(doc, arg(doc, "Berg", "subject", nth=1), "slept"),
        ],
    )
    berg = found.statements[-1].subject
    return {name for e in found.entities if e.id == berg for name, _ in e.names}


def test_known_as_leads_to_another_name_of_the_same_person() -> None:
    assert {"Ada Hill", "Lena Berg"} <= names_of_berg(KNOWN_AS)


def test_what_stands_in_brackets_between_the_names_does_not_count() -> None:
    assert {"Ada Hill", "Lena Berg"} <= names_of_berg(BORN)


def test_the_other_name_may_stand_in_brackets() -> None:
    inside = (
        "Ada/PROPN/nsubj/7/B-PER Hill/PROPN/flat/1/I-PER (/PUNCT/punct/5 alias/ADP/case/5"
        " Lena/PROPN/appos/1/B-PER Berg/PROPN/flat/5/I-PER won/VERB/root/0//win"
    )
    assert {"Ada Hill", "Lena Berg"} <= names_of_berg(inside)


def test_of_two_full_names_the_one_that_stands_more_often_comes_first() -> None:
    doc = doc_of(KNOWN_AS, "Berg/PROPN/nsubj/2/B-PER slept/VERB/root/0//sleep")
    rows = resolved(doc, fact(doc, arg(doc, "Berg", "subject", nth=1), "slept"))
    assert rows[0][0] == "Lena Berg"


def test_what_something_else_is_known_as_is_not_the_subject_s_name() -> None:
    assert "Ada Hill" not in names_of_berg(GROUPS)


def test_who_is_with_somebody_is_somebody_else() -> None:
    assert "Ada Hill" not in names_of_berg(WITH)


def name_of(letters: str) -> str:
    """What somebody is called whose name is followed by letters."""
    doc = doc_of(
        "Ada/PROPN/nsubj/4/B-PER Hill/PROPN/flat/1/I-PER"
        f" {letters}/PROPN/flat/1/I-PER won/VERB/root/0//win"
    )
    return resolved(doc, fact(doc, arg(doc, f"Ada Hill {letters}", "subject"), "won"))[0][0]


def test_letters_of_honours_are_no_part_of_a_name() -> None:
    assert name_of("FRS") == "Ada Hill"
    assert name_of("KRUL") == "Ada Hill KRUL"
