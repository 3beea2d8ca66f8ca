"""What a graph says, subject by subject, in the terms of N-Triples, for whatever writes it.

Terms stay text all the way: objects for them would take several times as long.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, RdfFormat, Store

from kg.store.terms import Description
from kg.vocab import DCTERMS, KG, OA, OWL, PROV, QUALIFIERS, RDF, RDFS, SCHEMA, SKOS

__all__ = ["Described", "described", "dumped", "merged", "triple_lines"]

_IN_MEMORY: Final = 1 << 22
"""Bytes of N-Triples that need no file."""

_ORDER: Final = (
    RDF["type"],
    RDFS["subClassOf"],
    RDFS["subPropertyOf"],
    RDFS["domain"],
    RDFS["range"],
    KG["label"],
    RDFS["label"],
    RDFS["comment"],
    SCHEMA["headline"],
    DCTERMS["language"],
    SCHEMA["datePublished"],
    SCHEMA["publisher"],
    SCHEMA["author"],
    SCHEMA["url"],
    KG["fileName"],
    SCHEMA["articleBody"],
    KG["blocks"],
    SKOS["prefLabel"],
    SKOS["altLabel"],
    OWL["sameAs"],
    KG["member"],
    KG["subject"],
    KG["predicate"],
    KG["object"],
    KG["objectValue"],
    *(KG[name] for name in sorted(QUALIFIERS)),
    KG["polarity"],
    KG["modality"],
    OA["hasSource"],
    OA["hasSelector"],
    KG["attributedTo"],
    KG["reportingVerb"],
    KG["subjectText"],
    KG["subjectSelector"],
    KG["wording"],
    KG["relationSelector"],
    KG["objectText"],
    KG["objectSelector"],
    KG["confidence"],
    KG["rule"],
    KG["lessSpecificThan"],
    PROV["wasDerivedFrom"],
    KG["evidence"],
    OA["exact"],
    OA["prefix"],
    OA["suffix"],
    OA["start"],
    OA["end"],
    KG["valueKind"],
    KG["comparator"],
    KG["value"],
    SCHEMA["currency"],
    KG["unit"],
    SCHEMA["name"],
    SCHEMA["value"],
)
_RANKS: Final = {str(name): (rank, "") for rank, name in enumerate(_ORDER)}
"""Properties in reading order; others follow by their IRIs."""


class Described(NamedTuple):
    """What is said of a subject: properties in reading order, their objects sorted.

    Terms are as N-Triples writes them (https://www.w3.org/TR/n-triples/): ``<iri>``,
    ``"text"@en``, ``"1"^^<datatype>``, ``_:blank``.
    """

    subject: str
    facts: Sequence[tuple[str, Sequence[str]]]


def described(description: Description) -> Described:
    """A description in the terms of N-Triples."""
    facts = {str(name): [*map(str, objects)] for name, objects in description.facts}
    return Described(str(description.subject), _sorted(facts))


def merged(subject: str, parts: Iterable[Described]) -> Described:
    """All that is said of a subject in parts, which may repeat each other."""
    facts: dict[str, dict[str, None]] = defaultdict(dict)
    for part in parts:
        for name, objects in part.facts:
            facts[name].update(dict.fromkeys(objects))
    return Described(subject, _sorted({name: [*objects] for name, objects in facts.items()}))


def triple_lines(said: Described) -> str:
    """The lines of N-Triples."""
    return "".join(
        f"{said.subject} {name} {term} .\n" for name, objects in said.facts for term in objects
    )


def dumped(store: Store, *, grouped: bool = False) -> Iterator[Described]:
    """The default graph of a store, no subject twice.

    Args:
        store: any store.
        grouped: the store gives a subject's triples in a row (one on disk does).
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as triples:
        store.dump(triples, RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        triples.seek(0)
        yield from _in_a_row(triples) if grouped else _anyhow(triples)


def _in_a_row(triples: Iterable[bytes]) -> Iterator[Described]:
    """From N-Triples in which the triples of a subject follow each other."""
    known = ""
    facts: dict[str, list[str]] = {}
    for line in triples:
        subject, name, rest = line.decode().split(" ", 2)
        if subject != known:
            if facts:
                yield Described(known, _sorted(facts))
            known, facts = subject, {}
        if name in facts:
            facts[name].append(rest[:-3])
        else:
            facts[name] = [rest[:-3]]
    if facts:
        yield Described(known, _sorted(facts))


def _anyhow(triples: Iterable[bytes]) -> Iterator[Described]:
    """From N-Triples in any order."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in triples:
        subject, name, rest = line.decode().split(" ", 2)
        found[subject][name].append(rest[:-3])
    for subject, facts in found.items():
        yield Described(subject, _sorted(facts))


def _sorted(facts: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    """Properties in reading order; of several objects first nodes, then literals by language."""
    for objects in facts.values():
        if len(objects) > 1:
            objects.sort(key=_object_key)
    return sorted(facts.items(), key=_rank)


def _object_key(term: str) -> tuple[bool, str, str]:
    return term[0] == '"', term.rpartition('"')[2], term


def _rank(fact: tuple[str, list[str]]) -> tuple[int, str]:
    return _RANKS.get(fact[0]) or (len(_RANKS), fact[0])
