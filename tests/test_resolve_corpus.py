"""Entities, relations and statements of many documents as one graph."""

from __future__ import annotations

import itertools
import re

import pytest
from resolving import entity, facts, said

from kg.resolve import Corrections, DocumentFacts, LocalEntity, resolve_corpus
from kg.resolve.statements import statement_id
from kg.types import GraphData, Qualifier, Value

DAY = Qualifier("time", Value("date", "2025-10-28", "date"))
JAPAN = entity("j", "Japan", "country", key="country:JP")


def labels(data: GraphData) -> list[str]:
    return [dict(e.labels).get("en") or e.labels[0][1] for e in data.entities]


def met(document: str, first: LocalEntity, second: LocalEntity, **about: str) -> DocumentFacts:
    return facts(
        document, [first, second], [said(first.id, "meet", second.id, document=document)], **about
    )


# -- entities --------------------------------------------------------------------------------


def test_a_country_is_one_entity_in_both_languages() -> None:
    italian = entity("g", "Giappone", "country", key="country:JP", language="it")
    data = resolve_corpus(
        [
            met("a", entity("x", "Ann Lee"), JAPAN),
            met("b", entity("x", "Ann Lee"), italian, language="it"),
        ]
    )
    [japan] = [e for e in data.entities if e.type == "country"]
    assert japan.id == "Japan"
    assert japan.labels == (("en", "Japan"), ("it", "Giappone"))
    assert japan.links == ("https://sws.geonames.org/1861060/",)


def test_a_surname_joins_the_only_person_who_bears_it() -> None:
    data = resolve_corpus(
        [met("a", entity("x", "Ann Lee"), JAPAN), met("b", entity("x", "Lee"), JAPAN)]
    )
    assert labels(data) == ["Ann Lee", "Japan"]
    assert data.entities[0].aliases == (("en", "Lee"),)


def test_a_surname_two_people_bear_stays_alone() -> None:
    data = resolve_corpus(
        [
            met("a", entity("x", "Ann Lee"), JAPAN),
            met("b", entity("x", "Bob Lee"), JAPAN),
            met("c", entity("x", "Lee"), JAPAN),
        ]
    )
    assert labels(data) == ["Ann Lee", "Bob Lee", "Japan", "Lee"]


def test_a_middle_name_more_is_the_same_person_unless_two_names_have_more() -> None:
    one = met("a", entity("x", "Ann Lee"), JAPAN), met("b", entity("x", "Ann Marie Lee"), JAPAN)
    surname = met("c", entity("x", "Lee"), JAPAN)
    assert labels(resolve_corpus([*one, surname])) == ["Ann Marie Lee", "Japan"]
    other = met("d", entity("x", "Ann Rose Lee"), JAPAN)
    assert labels(resolve_corpus([*one, other])) == [
        *("Ann Lee", "Ann Marie Lee", "Ann Rose Lee", "Japan"),
    ]


def test_a_person_a_city_and_a_firm_of_one_name_stay_apart() -> None:
    city = entity("c", "Washington", "city", key="city:US:4140963")
    firm = entity("f", "Ford", "organization")
    data = resolve_corpus(
        [
            met("a", entity("x", "Denzel Washington"), city),
            met("b", entity("x", "Henry Ford"), firm),
        ]
    )
    assert labels(data) == ["Denzel Washington", "Ford", "Henry Ford", "Washington"]


def test_a_name_of_unknown_type_joins_the_only_typed_one() -> None:
    data = resolve_corpus(
        [
            met("a", entity("x", "Toyota", "organization"), JAPAN),
            met("b", entity("x", "Toyota", "concept", key="name:toyota"), JAPAN),
        ]
    )
    assert [(e.id, e.type) for e in data.entities] == [
        ("Japan", "country"),
        ("Toyota", "organization"),
    ]


def test_descriptions_of_one_document_do_not_meet_those_of_another() -> None:
    data = resolve_corpus(
        [
            met("a", entity("d", "deal", "agreement", kind="agreement"), JAPAN),
            met("b", entity("d", "deal", "agreement", kind="agreement"), JAPAN),
        ]
    )
    ids = [e.id for e in data.entities if e.type == "agreement"]
    assert len(ids) == 2
    assert "deal" in ids
    assert all(re.fullmatch(r"deal(_[0-9a-f]{8})?", i) for i in ids)


def signing(
    document: str,
    wording: str,
    *people: str,
    language: str = "en",
    day: str = "",
    published: str = "",
) -> DocumentFacts:
    """Somebody signs an agreement."""
    signers = [entity(f"p{i}", name, language=language) for i, name in enumerate(people)]
    deal = entity("d", wording, "agreement", kind="agreement", language=language)
    when = [Qualifier("time", Value("date", day, "date"))] if day else []
    return facts(
        document,
        [*signers, deal],
        [said(p.id, "sign", "d", *when, document=document) for p in signers],
        language=language,
        published=published or None,
    )


def agreements(*documents: DocumentFacts) -> int:
    return sum(e.type == "agreement" for e in resolve_corpus(documents).entities)


def test_one_agreement_told_in_two_languages_is_one() -> None:
    english = signing("a", "landmark agreement", "Ann Lee", "Bob Ray", published="2025-10-28")
    italian = signing("b", "accordo", "Ann Lee", "Bob Ray", language="it", published="2025-10-29")
    data = resolve_corpus([english, italian])
    [deal] = [e for e in data.entities if e.type == "agreement"]
    assert deal.labels == (("en", "landmark agreement"), ("it", "accordo"))
    assert [len(s.evidence) for s in data.statements] == [2, 2]


def test_agreements_stay_apart_if_signers_or_days_differ() -> None:
    first = signing("a", "deal", "Ann Lee", "Bob Ray", day="2025-10-28")
    assert agreements(first, signing("b", "deal", "Ann Lee", "Cy Fox")) == 2
    assert agreements(first, signing("b", "deal", "Ann Lee", "Bob Ray", day="2020-01-01")) == 2
    assert agreements(first, signing("b", "deal", "Ann Lee")) == 2
    assert agreements(first, signing("b", "deal", "Ann Lee", "Bob Ray", day="2025-10-28")) == 1


def test_old_news_is_not_of_the_same_agreement() -> None:
    first = signing("a", "deal", "Ann Lee", "Bob Ray", published="2025-10-28")
    assert (
        agreements(first, signing("b", "deal", "Ann Lee", "Bob Ray", published="2024-10-28")) == 2
    )


def test_a_group_is_called_by_its_members() -> None:
    us = entity("u", "US", "country", key="country:US")
    both = entity("g", "both countries", "group", key="group", members=("u", "j"))
    data = resolve_corpus([facts("a", [both, us, JAPAN], [said("g", "agree", None, document="a")])])
    [group] = [e for e in data.entities if e.type == "group"]
    assert group.members == ("Japan", "United_States")
    assert group.labels == (("en", "Japan and United States"), ("it", "Giappone e Stati Uniti"))


def test_ids_are_valid_local_names() -> None:
    odd = entity("x", "  «L'età dell’oro» — 50% / più <b>", "work", key="work:x")
    [name] = [e.id for e in resolve_corpus([met("a", odd, JAPAN)]).entities if e.type == "work"]
    assert re.fullmatch(r"\w[\w-]*", name)


# -- statements ------------------------------------------------------------------------------


def test_one_fact_of_two_sources_has_two_evidences_and_more_weight() -> None:
    ann = entity("x", "Ann Lee")
    data = resolve_corpus([met("a", ann, JAPAN), met("b", ann, JAPAN)])
    [statement] = data.statements
    assert [e.document for e in statement.evidence] == ["a", "b"]
    assert statement.confidence == pytest.approx(1 - 0.2 * 0.2)


def test_repeating_itself_does_not_make_a_source_surer() -> None:
    rows = [said("x", "meet", "j", document="a", begin=b) for b in (0, 20)]
    [statement] = resolve_corpus([facts("a", [entity("x", "Ann Lee"), JAPAN], rows)]).statements
    assert len(statement.evidence) == 2
    assert statement.confidence == pytest.approx(0.8)


def test_who_says_less_is_linked_to_who_says_more() -> None:
    rows = [said("x", "meet", "j", document="a"), said("x", "meet", "j", DAY, document="a")]
    data = resolve_corpus([facts("a", [entity("x", "Ann Lee"), JAPAN], rows)])
    [less] = [s for s in data.statements if not s.qualifiers]
    [more] = [s for s in data.statements if s.qualifiers]
    assert less.less_specific_than == (more.id,)
    assert more.less_specific_than == ()


def test_a_statement_of_a_thing_about_itself_is_left_out() -> None:
    lee = [entity("x", "Ann Lee"), entity("y", "Ann Lee")]
    assert (
        resolve_corpus([facts("a", lee, [said("x", "meet", "y", document="a")])]).statements == ()
    )


def test_a_relation_with_preposition_is_under_its_verb_if_both_are_there() -> None:
    rows = [said("x", "invest", None, document="a"), said("x", "invest_in", "j", document="a")]
    rows = [
        type(r)(r.subject, type(r.relation)(r.relation.id, r.relation.label, r.relation.english,
                "en", "invest"), r.object, r.qualifiers, r.negated, r.modality, r.evidence)
        for r in rows
    ]  # fmt: skip
    data = resolve_corpus([facts("a", [entity("x", "Ann Lee"), JAPAN], rows)])
    assert [(p.id, p.broader) for p in data.properties] == [
        ("invest", None),
        ("invest_in", "invest"),
    ]


def test_statement_ids_are_fixed_by_the_documented_form() -> None:
    assert (
        statement_id("Toyota", "invest_in", "United_States", (DAY,), False, "asserted")
        == "6ad2e146df017c89fde7425ab713e4cf"
    )


def test_the_order_of_documents_does_not_matter() -> None:
    documents = [
        signing("a", "landmark agreement", "Ann Lee", "Bob Ray", published="2025-10-28"),
        signing("b", "accordo", "Ann Lee", "Bob Ray", language="it", published="2025-10-29"),
        met("c", entity("x", "Lee"), JAPAN),
        met("d", entity("x", "Bob Ray"), JAPAN),
    ]
    results = {repr(resolve_corpus(order)) for order in itertools.permutations(documents)}
    assert len(results) == 1


# -- corrections -----------------------------------------------------------------------------


def test_corrections_join_and_keep_apart() -> None:
    documents = [met("a", entity("x", "Ann Lee"), JAPAN), met("b", entity("x", "Lee"), JAPAN)]
    apart = resolve_corpus(documents, Corrections(different=(("Ann Lee", "Lee"),)))
    assert labels(apart) == ["Ann Lee", "Japan", "Lee"]
    by_id = resolve_corpus(documents, Corrections(different=(("Ann_Lee", "Lee"),)))
    assert labels(by_id) == ["Ann Lee", "Japan", "Lee"]
    tycoon = met("c", entity("x", "The Tycoon", "organization"), JAPAN)
    joined = resolve_corpus([documents[0], tycoon], Corrections(same=(("The Tycoon", "Ann Lee"),)))
    assert labels(joined) == ["Ann Lee", "Japan"]


def test_corrections_rename_relations_reject_statements_and_add_aliases() -> None:
    document = met("a", entity("x", "Ann Lee"), JAPAN)
    data = resolve_corpus([document], Corrections(relations={"meet": "encounter"}))
    assert [p.id for p in data.properties] == ["encounter"]
    rejected = Corrections(
        reject=frozenset(s.id for s in data.statements), relations={"meet": "encounter"}
    )
    assert resolve_corpus([document], rejected).statements == ()
    aliased = resolve_corpus([document], Corrections(aliases={"Annie": "Ann Lee"}))
    assert ("en", "Annie") in aliased.entities[0].aliases
