"""Values ↔ RDF: dates and words are literals; amounts, and dates with a bound, are nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import cast, get_args

from pyoxigraph import Literal, NamedNode

from kg.store.terms import Description, Term, literal, typed
from kg.types import Comparator, Value, ValueKind
from kg.vocab import DATATYPES, DCTERMS, KG, RDF, SCHEMA, SKOS, XSD, Names, digest, vocabulary

__all__ = [
    "as_literal",
    "describe_value",
    "is_literal",
    "literal_value",
    "node_value",
    "signs",
    "value_node",
    "wording",
]

_NUMBERS = frozenset({"decimal", "integer"})


def is_literal(value: Value) -> bool:
    """True where a literal alone says all there is, so that the value can be read back from it."""
    return (
        DATATYPES.get(value.datatype) == value.kind
        and value.comparator == "eq"
        and not value.unit
        and (not value.language or value.datatype == "string")
    )


def as_literal(value: Value) -> Literal:
    """The value as one literal; an amount, or a bound, is written out (``> 70 %``)."""
    if is_literal(value):
        if value.datatype == "string":
            return literal(value.lexical, value.language)
        return typed(value.lexical, value.datatype)
    if value.comparator == "eq" and not value.unit and value.datatype in _NUMBERS:
        return typed(value.lexical, value.datatype)
    return literal(wording(value))


def literal_value(term: Literal) -> Value:
    """The value a literal stands for: the inverse of ``as_literal`` where ``is_literal``."""
    language = term.language or ""
    datatype = "string" if language else (XSD.name(term.datatype) or "string")
    kind = DATATYPES.get(datatype, "text")
    return Value(kind=kind, lexical=term.value, datatype=datatype, language=language)


def wording(value: Value) -> str:
    """The value for people, in no language: ``> 70 %``, ``≈ 10000000000 USD``, ``5–10 %``."""
    if value.upper:
        amount = f"{value.lexical}{signs()[value.comparator]}{value.upper}"
        return f"{amount} {value.unit}".strip()
    sign = "" if value.comparator == "eq" else signs()[value.comparator]
    return " ".join(part for part in (sign, value.lexical, value.unit) if part)


def value_node(value: Value, names: Names) -> NamedNode:
    """The node of a value, minted from all it says."""
    said = (
        value.kind, value.lexical, value.datatype, value.comparator, value.unit, value.language
    )  # fmt: skip
    return names.value(digest(*said, value.upper) if value.upper else digest(*said))


def describe_value(value: Value, names: Names) -> Description:
    """What the graph says of a value's node."""
    money = value.kind == "money"
    facts: list[tuple[NamedNode, Iterable[Term]]] = [
        (RDF["type"], [SCHEMA["MonetaryAmount" if money else "QuantitativeValue"]]),
        (KG["label"], [literal(wording(value))]),
        (KG["valueKind"], [literal(value.kind)]),
        (KG["comparator"], [KG[value.comparator]]),
        (KG["value"], [typed(value.lexical, value.datatype)]),
    ]
    if value.upper:
        facts.append((KG["upperValue"], [typed(value.upper, value.datatype)]))
    if value.unit:
        facts.append((SCHEMA["currency"] if money else KG["unit"], [literal(value.unit)]))
    if value.language:
        facts.append((DCTERMS["language"], [literal(value.language)]))
    return Description.of(value_node(value, names), facts)


def node_value(facts: Mapping[NamedNode, list[Term]]) -> Value | None:
    """The value that a node's triples describe: the inverse of ``describe_value``."""
    kind = _text(facts.get(KG["valueKind"]))
    if kind not in get_args(ValueKind):
        return None
    (number,) = (term for term in facts[KG["value"]] if isinstance(term, Literal))
    (comparator,) = (term for term in facts[KG["comparator"]] if isinstance(term, NamedNode))
    return Value(
        kind=cast("ValueKind", kind),
        lexical=number.value,
        datatype=XSD.name(number.datatype) or "string",
        comparator=cast("Comparator", KG.name(comparator)),
        unit=_text(facts.get(SCHEMA["currency"])) or _text(facts.get(KG["unit"])),
        language=_text(facts.get(DCTERMS["language"])),
        upper=_text(facts.get(KG["upperValue"])),
    )


def _text(terms: Iterable[Term] | None) -> str:
    return next((term.value for term in terms or () if isinstance(term, Literal)), "")


@cache
def signs() -> Mapping[str, str]:
    """The sign of each comparator: ``gt`` is ``>``."""
    return {
        KG.name(triple.subject) or "": triple.object.value
        for triple in vocabulary()
        if isinstance(triple.subject, NamedNode)
        and triple.predicate == SKOS["notation"]
        and isinstance(triple.object, Literal)
    }
