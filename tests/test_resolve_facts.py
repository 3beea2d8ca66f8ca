"""Facts of a document as JSON."""

from __future__ import annotations

import pytest
from resolving import entity, facts, said

from kg.resolve import DocumentFacts
from kg.types import Block, Document, Qualifier, Value

MONEY = Value("money", "10000000000", "decimal", "ge", "USD")


def example() -> DocumentFacts:
    rows = [
        said("x", "invest_in", "j", Qualifier("amount", MONEY), document="a", speaker="x"),
        said("x", "say", Value("text", "perché è così", "string", language="it"), document="a"),
        said("x", "win", None, document="a"),
    ]
    made = facts("a", [entity("x", "Zoë Lee"), entity("j", "Japan", "country")], rows)
    about = Document(
        "a", "a.txt", "words", "it", published="2025-10-28", blocks=(Block(0, 5, "title"),)
    )
    return DocumentFacts(about, made.entities, made.statements)


def test_what_is_written_is_read_again() -> None:
    assert DocumentFacts.from_json(example().to_json()) == example()


def test_the_same_facts_give_the_same_bytes() -> None:
    again = DocumentFacts.from_json(example().to_json())
    assert again.to_json() == example().to_json()


@pytest.mark.parametrize("text", ["[]", "{}", '{"version": 1}', "{", '{"version": 999}'])
def test_what_is_not_facts_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"document facts|Expecting"):
        DocumentFacts.from_json(text)
