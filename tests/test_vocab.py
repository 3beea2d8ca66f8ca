"""The vocabulary: every term declared in two languages, names that every format can carry."""

from __future__ import annotations

from typing import get_args

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from kg import vocab
from kg.errors import StoreError
from kg.types import Comparator, EntityType, Modality
from kg.vocab import KG, OWL, RDF, RDFS, REL, SCHEMA, Names, vocabulary

KINDS = {"Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual"}


def objects(subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {t.object for t in vocabulary() if t.subject == subject and t.predicate == predicate}


def terms() -> list[NamedNode]:
    return sorted({t.subject for t in vocabulary()}, key=str)  # type: ignore[type-var]


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.value.rpartition("/")[2])
def test_every_term_has_a_label_in_both_languages(term: NamedNode) -> None:
    languages = [o.language for o in objects(term, RDFS["label"]) if isinstance(o, Literal)]
    assert sorted(map(str, languages)) == ["en", "it"]


@pytest.mark.parametrize(
    "term", [t for t in terms() if KG.name(t)], ids=lambda term: term.value.rpartition("#")[2]
)
def test_every_term_of_ours_is_explained_in_both_languages(term: NamedNode) -> None:
    languages = [o.language for o in objects(term, RDFS["comment"]) if isinstance(o, Literal)]
    assert sorted(map(str, languages)) == ["en", "it"]


def test_no_term_is_of_two_kinds() -> None:
    for term in terms():
        kinds = {OWL.name(kind) for kind in objects(term, RDF["type"])} & KINDS  # type: ignore[arg-type]
        assert len(kinds) <= 1, term


def test_nothing_is_a_blank_node() -> None:
    assert not any(isinstance(t.subject, BlankNode | None) for t in vocabulary())
    assert not any(isinstance(t.object, BlankNode) for t in vocabulary())


def test_every_type_of_entity_has_a_class_of_its_own() -> None:
    assert set(vocab.CLASSES) == set(get_args(EntityType))
    assert len(set(vocab.CLASSES.values())) == len(vocab.CLASSES)
    assert set(vocab.CLASSES.values()) <= set(terms())


def test_every_modality_comparator_and_qualifier_is_declared() -> None:
    names = {*get_args(Modality), *get_args(Comparator), "positive", "negative", *vocab.QUALIFIERS}
    assert {KG[name] for name in names} <= set(terms())
    for name in vocab.QUALIFIERS:
        assert objects(KG[name], RDFS["subPropertyOf"]) == {KG["qualifier"]}


def test_schema_org_is_https() -> None:
    assert SCHEMA.iri == "https://schema.org/"
    assert not any("http://schema.org" in str(triple) for triple in vocabulary())


def test_ids_become_iris_and_ids_again() -> None:
    names = Names("https://news.example/g/")
    for identifier in ("Sanae_Takaichi", "Città della Pieve", 'a"b<c>d%20', "\U0001f600/#?"):
        node = names.entity(identifier)
        assert node.value.startswith("https://news.example/g/entity/")
        assert node.value.isascii()
        assert names.identifier(node) == identifier


def test_the_base_of_a_graph_is_found_again_from_its_node() -> None:
    names = Names("urn:example:graph#")
    assert vocab.base_of(names.graph) == names


@pytest.mark.parametrize(
    "base", ["", "kg", "https://", "https://kg.example", "https://k g/", "a>/"]
)
def test_a_base_that_is_no_absolute_iri_is_refused(base: str) -> None:
    with pytest.raises(StoreError, match="base IRI"):
        Names(base)


@pytest.mark.parametrize("name", ["", "2_go", "è", "a b", "a%20b", "a>", "a.b", "a/b"])
def test_a_relation_that_other_tools_would_choke_on_is_refused(name: str) -> None:
    with pytest.raises(StoreError, match="no property name"):
        vocab.relation(REL, name)


def test_the_base_does_not_move_the_vocabulary() -> None:
    here, there = vocab.prefixes(Names()), vocab.prefixes(Names("https://news.example/"))
    moved = {prefix for prefix in here if here[prefix] != there[prefix]}
    assert moved == {"build", "doc", "e", "ev", "sel", "st", "value"}


def test_digests_tell_parts_apart() -> None:
    assert vocab.digest("ab", "c") != vocab.digest("a", "bc")
    assert len(vocab.digest("")) == 32
