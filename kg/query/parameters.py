"""Parameters of queries: declared in the query's first comment, bound as RDF terms.

A query declares a parameter in its first comment, and says where its value goes::

    # Who signed what.
    # $entity (entity): only what this one signed.
    SELECT … { VALUES ?entity { UNDEF } … }

As it stands, the query asks about everything, in any SPARQL engine. What people give for a
parameter never becomes part of the query as text: it is made an IRI or a literal, and the literal's
or IRI's syntax is written by pyoxigraph in the place of ``UNDEF``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import KGError, QueryError
from kg.query.entities import entity_with_id, find_entity, named_entities
from kg.vocab import CLASSES, RDFS, REL, XSD, Names, prefixes

__all__ = ["Parameter", "bind", "declared", "terms_of"]

_DECLARATION: Final = re.compile(r"#\s*\$(\w+) \((\w+)(, required)?\): (.+)")
_PLACE: Final = re.compile(r"\bVALUES\s+[?$](\w+)\s*\{\s*UNDEF\s*\}", re.IGNORECASE)
_DATES: Final[Mapping[str, str]] = {
    r"\d{4}": "gYear",
    r"\d{4}-\d\d": "gYearMonth",
    r"\d{4}-\d\d-\d\d": "date",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query: its name, what its value is, and what it does."""

    name: str
    kind: str
    required: bool
    description: str


def declared(sparql: str) -> tuple[Parameter, ...]:
    """The parameters that a query's first comment declares."""
    found = []
    for line in sparql.lstrip("\ufeff").splitlines():
        if not line.startswith("#"):
            break
        if match := _DECLARATION.fullmatch(line.strip()):
            name, kind, required, description = match.groups()
            found.append(Parameter(name, kind, bool(required), description))
    return tuple(found)


def bind(sparql: str, values: Mapping[str, str | Sequence[str]], store: Store, names: Names) -> str:
    """The query with its parameters bound to what people typed for them.

    Several values of one parameter stand for any of them. Raises ``QueryError`` where the query has
    no such parameter, where one that it needs has no value, or where a value is none of its kind.
    """
    parameters = {item.name: item for item in declared(sparql)}
    places = {match[1] for match in _PLACE.finditer(sparql)}
    for name in values:
        if name not in places:
            raise QueryError(f"the query has no parameter {name}{_known(parameters, places)}")
    for item in parameters.values():
        if item.required and not values.get(item.name):
            raise QueryError(f"a value is needed: --set {item.name}=… ({item.description})")
    bound = {}
    for name, given in values.items():
        kind = parameters[name].kind if name in parameters else "term"
        texts = [given] if isinstance(given, str) else given
        terms = [term for text in texts for term in terms_of(kind, text, store, names)]
        bound[name] = " ".join(map(str, terms))

    def block(match: re.Match[str]) -> str:
        # A block that says nothing still costs: Oxigraph joins it as if it were a table.
        terms = bound.get(match[1])
        return f"VALUES ?{match[1]} {{ {terms} }}" if terms else ""

    return _PLACE.sub(block, sparql)


def terms_of(kind: str, text: str, store: Store, names: Names) -> Sequence[NamedNode | Literal]:
    """The RDF terms that a text stands for as the value of a parameter of this kind."""
    if kind not in _KINDS:
        raise QueryError(f"no kind of parameter is called {kind!r}; there are {', '.join(_KINDS)}")
    return _KINDS[kind](text, store, names)


def _known(parameters: Mapping[str, Parameter], places: set[str]) -> str:
    known = sorted(parameters.keys() | places)
    return (
        f"; it has {', '.join(known)}" if known else " (it would stand as VALUES ?name { UNDEF })"
    )


def _entity(text: str, store: Store, names: Names) -> list[NamedNode]:
    try:
        known = entity_with_id(store, names, text)
        return [names.entity(known or find_entity(named_entities(store, names), text).id)]
    except QueryError:
        raise
    except KGError as error:
        raise QueryError(str(error)) from error


def _relation(text: str, store: Store, _names: Names) -> list[NamedNode]:
    key = text.casefold().strip().removeprefix("rel:").removeprefix(REL.iri)
    by_id, by_label = set(), set()
    for quad in store.quads_for_pattern(None, RDFS["label"], None):
        node = quad.subject
        name = REL.name(node) if isinstance(node, NamedNode) else None
        if name is not None and isinstance(quad.object, Literal):
            if name.casefold() in {key, key.replace(" ", "_")}:
                by_id.add(name)
            if quad.object.value.casefold() == key:
                by_label.add(name)
    found = by_id or by_label
    if not found:
        raise QueryError(f"no relation is called {text!r}; `kg query relations` lists them")
    return [REL[name] for name in sorted(found)]


def _type(text: str, _store: Store, _names: Names) -> list[NamedNode]:
    classes = {str(name): node for name, node in CLASSES.items()}
    key = text.casefold().strip()
    if key not in classes:
        raise QueryError(f"no type is called {text!r}; there are {', '.join(classes)}")
    return [classes[key]]


def _text(text: str, _store: Store, _names: Names) -> list[Literal]:
    return [Literal(text)]


def _date(text: str, _store: Store, _names: Names) -> list[Literal]:
    for pattern, datatype in _DATES.items():
        if re.fullmatch(pattern, text.strip()):
            return [Literal(text.strip(), datatype=XSD[datatype])]
    raise QueryError(f"{text!r} is no date; dates are like 2025, 2025-10 or 2025-10-28")


def _number(text: str, _store: Store, _names: Names) -> list[Literal]:
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", text.strip()):
        raise QueryError(f"{text!r} is no number; numbers are like 70 or 2.5")
    return [Literal(text.strip(), datatype=XSD["decimal"])]


def _term(text: str, _store: Store, names: Names) -> list[NamedNode | Literal]:
    """What no comment declares: ``<iri>``, a name with a prefix of the graph, else a text."""
    iri = text[1:-1] if text.startswith("<") and text.endswith(">") else ""
    prefix, colon, local = text.partition(":")
    if colon and not iri and prefix in prefixes(names):
        iri = prefixes(names)[prefix] + local
    try:
        return [NamedNode(iri)] if iri else [Literal(text)]
    except ValueError as error:
        raise QueryError(f"{text!r} is no IRI ({error})") from error


_KINDS: Final[Mapping[str, Callable[[str, Store, Names], Sequence[NamedNode | Literal]]]] = {
    "entity": _entity,
    "relation": _relation,
    "type": _type,
    "text": _text,
    "date": _date,
    "number": _number,
    "term": _term,
}
