"""The queries that ship: each has its answer on the graph made by hand, and one on the seeds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import graphs
import pytest

from kg.errors import QueryError
from kg.query import named_queries
from kg.store import KnowledgeGraph
from kg.store.order import normalised
from kg.types import Property, Qualifier

SEEDS = Path(__file__).parents[1] / "output" / "graph.ttl"
NEEDED = {
    "between": {"one": "Sanae Takaichi", "other": "Stati Uniti"},
    "evidence": {"entity": "China"},
    "neighbourhood": {"entity": "cina"},
    "paths": {"from": "Sanae Takaichi", "to": "e:China"},
}
"""Values for the parameters that a query cannot do without."""


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.from_data(graphs.news())


@pytest.fixture(scope="module")
def seeds() -> KnowledgeGraph:
    return KnowledgeGraph.open(SEEDS)


TOKYO = "Sanae Takaichi", "sign", "agreement"
TOYOTA = "Toyota", "invest in", "United States"
EXPECTED: dict[str, list[tuple[str, ...]]] = {
    "agreements": [
        ("agreement", "Sanae Takaichi", "person", "sign", "boston.txt"),
        ("agreement", "Sanae Takaichi", "person", "sign", "roma.txt"),
        ("agreement", "United States", "country", "sign", "boston.txt"),
        ("agreement", "United States", "country", "sign", "roma.txt"),
    ],
    "bilingual": [
        ("China", "Cina", "country", "3"),
        ("Sanae Takaichi", "Sanae Takaichi", "person", "3"),
        ("agreement", "accordo", "agreement", "3"),
        ("Donald Trump", "Donald Trump", "person", "2"),
        ("Toyota", "Toyota", "organization", "2"),
        ("United States", "Stati Uniti", "country", "2"),
        ("rare earth", "terre rare", "concept", "2"),
    ],
    "denied-or-uncertain": [
        ("negative", "asserted", "China", "sign", "agreement"),
        ("positive", "hypothetical", "both countries", "stop", "summit"),
        ("positive", "possible", "agreement", "affect", "China"),
    ],
    "disagreements": [
        (
            *("China", "control", "rare earth", "> 70 %", "roma.txt"),
            *("control", "> 90 %", "boston.txt"),
        ),
    ],
    "documents": [
        ("boston.txt", "en", "2025-10-29", "Deal signed in Tokyo", "6"),
        ("milano.txt", "it", "", "", "4"),
        ("odd.txt", "en", "2025", '"Quoted" <script>alert(1)</script>', "3"),
        ("roma.txt", "it", "2025-10-28", "Accordo a Tokyo", "4"),
    ],
    "evidence": [
        ("China", "control", "rare earth", "China controls over 90% of rare earths."),
        ("agreement", "affect", "China", "L’accordo potrebbe colpire la Cina."),
        ("China", "control", "rare earth", "La Cina controlla oltre il 70% delle terre rare."),
        ("China", "sign", "agreement", "La Cina non ha firmato l’accordo."),
    ],
    "how-it-was-made": [
        ("pipeline en", "0f0f"),
        ("pipeline it", "1e1e"),
        ("tool", "kg-news 0.1.0"),
    ],
    "investments": [
        (*TOYOTA, "10000000000 USD", "planned", "boston.txt"),
        (*TOYOTA, "10000000000 USD", "planned", "roma.txt"),
    ],
    "money": [
        ("5.5", "JPY", "=", 'A "Quoted" <b>firm</b> \\', "pay", "", "asserted", "odd.txt"),
        ("10000000000", "USD", "=", *TOYOTA, "planned", "boston.txt"),
        ("10000000000", "USD", "=", *TOYOTA, "planned", "roma.txt"),
    ],
    "neighbourhood": [
        ("←", "affect", "agreement", "possible", "positive"),
        ("→", "control", "rare earth", "asserted", "positive"),
        ("→", "sign", "agreement", "asserted", "negative"),
    ],
    "places": [
        ("Akasaka Palace", "Donald Trump", "praise", "Sanae Takaichi"),
        ("Tokyo", *TOKYO, "2025-10-28", "roma.txt"),
    ],
    "plans": [
        ("Sanae Takaichi", "nominate", "Donald Trump"),
        TOYOTA,
        TOYOTA,
    ],
    "roles": [("Sanae Takaichi", "Prime Minister", "1")],
    "shared-facts": [
        ("China", "control", "rare earth", "2", "boston.txt, roma.txt"),
        (*TOKYO, "2", "boston.txt, roma.txt"),
        (*TOYOTA, "2", "boston.txt, roma.txt"),
    ],
    "shares": [
        ("China", "control", "rare earth", ">", "70", "roma.txt"),
        ("China", "control", "rare earth", ">", "90", "boston.txt"),
    ],
    "timeline": [
        ("2025-10-28", "", *TOKYO, "asserted"),
        ("2025-10-28", "", *TOKYO, "asserted"),
        ("2026-03", "", 'A "Quoted" <b>firm</b> \\', "open", "17 mine"),
        ("2027", "≤", 'A "Quoted" <b>firm</b> \\', "open", "17 mine"),
    ],
    "who-said-what": [
        ("(not named)", "say", "China", "control", "rare earth", "boston.txt"),
        ("Donald Trump", "said", "United States", "praise", "Japan", "boston.txt"),
        ("Donald Trump", "ha detto", "agreement", "affect", "China", "milano.txt"),
    ],
    "who-signed": [
        (*TOKYO, "United States", "2025-10-28", "Tokyo"),
    ],
    "countries": [
        ("United States", "praise", "Japan", "asserted", "positive", "Donald Trump", "boston.txt"),
    ],
    "contradictions": [],
    "meetings": [],
    "why": [
        ("Sanae Takaichi", "nominate", "Donald Trump", "purpose", "Nobel Peace Prize", "planned"),
    ],
    "between": [
        (*TOKYO, "asserted", "positive"),
        (*TOKYO, "asserted", "positive"),
    ],
    "paths": [
        ("Sanae Takaichi", "sign", "agreement", "affect", "China"),
        ("Sanae Takaichi", "sign", "agreement", "sign", "China"),
    ],
}
FIRST = {
    "doubtful": (17, ("0.91", 'A "Quoted" <b>firm</b> \\', "open", "17 mine")),
    "entities": (19, ("agreement", "agreement", "accordo", "", "4")),
    "facts": (4, ()),
    "most-connected": (11, ("Sanae Takaichi", "person", "3", "5")),
    "relations": (10, ("https://kg.example/relation/sign", "sign", "firmare", "3")),
    "statements-by-document": (17, ("boston.txt", "22", "Sanae Takaichi", "be")),
}


def rows(graph: KnowledgeGraph, name: str, **parameters: str | list[str]) -> list[tuple[str, ...]]:
    found = graph.query(name, parameters={**NEEDED.get(name, {}), **parameters})
    return [tuple(value or "" for value in row.values()) for row in found]


def test_there_are_thirty_and_each_says_what_it_answers() -> None:
    assert len(named_queries()) >= 30
    for query in named_queries().values():
        assert query.description.endswith((".", ":")), query.name
        assert all(item.description.endswith(".") for item in query.parameters), query.name


def test_every_query_that_ships_is_tested() -> None:
    assert EXPECTED.keys() | FIRST.keys() == named_queries().keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_the_answer_of_a_query_that_ships(name: str, graph: KnowledgeGraph) -> None:
    found = [
        row[: len(wanted)] for row, wanted in zip(rows(graph, name), EXPECTED[name], strict=True)
    ]
    assert found == EXPECTED[name]


@pytest.mark.parametrize("name", FIRST)
def test_the_first_answer_of_a_long_query(name: str, graph: KnowledgeGraph) -> None:
    count, first = FIRST[name]
    found = rows(graph, name)
    assert len(found) == count
    assert found[0][: len(first)] == first


def test_facts_are_the_plain_triples(graph: KnowledgeGraph) -> None:
    assert ("https://kg.example/entity/China", "https://kg.example/relation/control") in {
        row[:2] for row in rows(graph, "facts")
    }


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_queries_that_ship_work_under_any_base(name: str, graph: KnowledgeGraph) -> None:
    moved = KnowledgeGraph.from_data(graphs.news(), "https://news.example/")
    assert len(rows(moved, name)) == len(rows(graph, name))


# -- on the seeds ----------------------------------------------------------------------------

MAY_BE_EMPTY = {"between", "contradictions", "countries", "disagreements", "paths", "who-signed"}
"""What five articles need not hold, or hold only where their parse is right."""


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_every_query_runs_on_the_seeds(name: str, seeds: KnowledgeGraph) -> None:
    found = seeds.query(name, parameters=NEEDED.get(name, {}))
    assert len(found) or name in MAY_BE_EMPTY
    assert found.variables


# -- queries whose answer needs more than the graph has --------------------------------------

DENIED = replace(
    graphs.SIGNED,
    id="d" * 32,
    negated=True,
    qualifiers=(),
    evidence=(replace(graphs.NOT_SIGNED.evidence[0], confidence=0.5),),
)
MET = replace(
    graphs.PRAISED,
    id="e" * 32,
    relation="meet_with",
    qualifiers=(graphs.OCTOBER, Qualifier("place", "Tokyo")),
)
BECAUSE = replace(
    graphs.AFFECTED, id="f" * 32, modality="asserted", qualifiers=(Qualifier("cause", "Summit"),)
)


@pytest.fixture(scope="module")
def more() -> KnowledgeGraph:
    data = graphs.news()
    data = replace(
        data,
        statements=(*data.statements, DENIED, MET, BECAUSE),
        properties=(*data.properties, Property("meet_with", (("en", "meet with"),))),
    )
    return KnowledgeGraph.from_data(normalised(data))


def test_what_one_source_affirms_and_another_denies(more: KnowledgeGraph) -> None:
    assert [(*row[:4], row[5]) for row in rows(more, "contradictions")] == [
        (*TOKYO, "boston.txt", "roma.txt"),
        (*TOKYO, "roma.txt", "roma.txt"),
    ]
    assert rows(more, "contradictions", entity="China") == []


def test_who_meets_whom_where_and_when(more: KnowledgeGraph) -> None:
    met = ("Donald Trump", "meet with", "Sanae Takaichi", "Tokyo", "2025-10-28")
    assert [row[:5] for row in rows(more, "meetings")] == [met]
    assert [row[:5] for row in rows(more, "meetings", entity="Sanae Takaichi")] == [met]
    assert rows(more, "meetings", entity="Toyota") == []


def test_why_things_are_done(more: KnowledgeGraph) -> None:
    assert [row[:5] for row in rows(more, "why", entity="China")] == [
        ("agreement", "affect", "China", "cause", "summit"),
    ]


# -- parameters ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "parameters", "count"),
    [
        ("agreements", {"entity": "Stati Uniti"}, 2),
        ("countries", {"entity": "Japan"}, 1),
        ("countries", {"entity": "China"}, 0),
        ("denied-or-uncertain", {"entity": "Summit"}, 1),
        ("disagreements", {"entity": "China"}, 1),
        ("disagreements", {"entity": "Japan"}, 0),
        ("documents", {"since": "2025-10"}, 3),  # 2025 may be October 2025
        ("documents", {"since": "2025-10-29"}, 2),
        ("documents", {"until": "2025"}, 3),
        ("documents", {"since": "2025-10-28", "until": "2025-10-28"}, 2),
        ("doubtful", {"entity": "Tokyo"}, 0),
        ("doubtful", {"entity": "rare earth"}, 2),
        ("entities", {"type": "city"}, 2),
        ("entities", {"type": ["city", "country"]}, 5),
        ("evidence", {"entity": "https://kg.example/entity/Toyota"}, 2),
        ("investments", {"entity": "Toyota"}, 2),
        ("investments", {"entity": "China"}, 0),
        ("money", {"entity": "Toyota"}, 2),
        ("most-connected", {"type": "Person"}, 2),
        ("places", {"place": "Tokyo"}, 1),
        ("plans", {"entity": "Sanae Takaichi"}, 1),
        ("relations", {"relation": "firmare"}, 1),
        ("relations", {"relation": "invest in"}, 1),
        ("roles", {"entity": "Donald Trump"}, 0),
        ("shared-facts", {"entity": "rare earth"}, 1),
        ("shares", {"entity": "Japan"}, 0),
        ("statements-by-document", {"source": "odd.txt"}, 3),
        ("timeline", {"since": "2026"}, 2),
        ("timeline", {"until": "2025-10"}, 2),
        ("timeline", {"entity": "Sanae Takaichi"}, 2),
        ("who-said-what", {"speaker": "Donald Trump"}, 2),
        ("who-said-what", {"entity": "China"}, 2),
        ("who-signed", {"entity": "Sanae Takaichi"}, 1),
        ("who-signed", {"entity": "China"}, 0),
    ],
)
def test_a_parameter_narrows_the_answer(
    name: str, parameters: dict[str, str | list[str]], count: int, graph: KnowledgeGraph
) -> None:
    assert len(rows(graph, name, **parameters)) == count


def test_every_parameter_has_its_place_in_its_query() -> None:
    for query in named_queries().values():
        for item in query.parameters:
            assert f"VALUES ?{item.name} {{ UNDEF }}" in query.sparql, query.name


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("who-signed", {"entity": "Donald Tramp"}, "did you mean Donald Trump"),
        ("who-signed", {"who": "Toyota"}, "no parameter who; it has entity"),
        ("bilingual", {"entity": "Toyota"}, "no parameter entity"),
        ("evidence", {}, r"a value is needed: --set entity=… \(the one"),
        ("paths", {"from": "China"}, "--set to="),
        ("timeline", {"since": "yesterday"}, "'yesterday' is no date"),
        ("entities", {"type": "thing"}, "no type is called 'thing'; there are person,"),
        ("relations", {"relation": "zzz"}, "no relation is called 'zzz'"),
    ],
)
def test_a_value_that_does_not_fit_is_one_clear_line(
    name: str, parameters: dict[str, str], message: str, graph: KnowledgeGraph
) -> None:
    with pytest.raises(QueryError, match=message):
        graph.query(name, parameters=parameters)


@pytest.mark.parametrize(
    "text",
    [
        '"} UNION { ?s ?p ?o } #',
        "\\",
        'a"b\\c\n\r\t',
        "\\u0022 }",
        "'''",
        '"""',
        "<x:y>",
        "é 😀 \u2028",
    ],
)
def test_what_people_type_is_a_term_and_never_part_of_the_query(
    text: str, graph: KnowledgeGraph
) -> None:
    sparql = "# $x (text): any text.\nSELECT ?x { VALUES ?x { UNDEF } }"
    assert [row["x"] for row in graph.query(sparql, parameters={"x": text})] == [text]
    assert rows(graph, "statements-by-document", source=text) == []


def test_a_query_of_ones_own_has_parameters_too(graph: KnowledgeGraph) -> None:
    sparql = "SELECT ?label { VALUES $thing {undef} ?thing kg:label ?label }"
    for name in ("e:China", "<https://kg.example/entity/China>"):
        assert [*graph.query(sparql, parameters={"thing": name})] == [{"label": "China"}]
    assert len(graph.query(sparql)) > 10
    with pytest.raises(QueryError, match="is no IRI"):
        graph.query(sparql, parameters={"thing": "<no iri>"})


def test_a_name_of_several_entities_is_asked_back() -> None:
    data = graphs.news()
    twin = replace(data.entities[0], id="Cathay", labels=(("en", "Cina"),))
    graph = KnowledgeGraph.from_data(normalised(replace(data, entities=(*data.entities, twin))))
    with pytest.raises(QueryError, match="several entities: Cathay, China; give one of these"):
        graph.query("evidence", parameters={"entity": "cina"})


@pytest.mark.parametrize("form", ["{id}", "{spaced}", "e:{id}", "<{iri}>", "{iri}"])
def test_an_id_is_looked_up_and_not_searched(
    graph: KnowledgeGraph, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.query.parameters.named_entities", None)  # reads all of them
    iri = graph.names.entity("Sanae_Takaichi").value
    name = form.format(id="Sanae_Takaichi", spaced="Sanae Takaichi", iri=iri)
    found = graph.query("neighbourhood", parameters={"entity": name})
    assert "agreement" in {row["neighbour"] for row in found}


@pytest.mark.parametrize("name", ["sanae takaichi", "SANAE_TAKAICHI"])
def test_what_is_no_id_is_searched(graph: KnowledgeGraph, name: str) -> None:
    found = graph.query("neighbourhood", parameters={"entity": name})
    assert "agreement" in {row["neighbour"] for row in found}
