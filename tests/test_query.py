"""Queries: what is allowed, limits, formats, and the answers of every query that ships."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import graphs
import pytest
from pyoxigraph import Literal, parse_query_results

from kg.errors import QueryError
from kg.query import FORMATS, Limits, Result, named_queries, read_query, render, run
from kg.query.check import check
from kg.store import KnowledgeGraph

LABELS = "SELECT ?s ?label { ?s a schema:Country ; kg:label ?label } ORDER BY ?label"


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.from_data(graphs.news())


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return KnowledgeGraph.from_data(graphs.news(), path=tmp_path_factory.mktemp("store"))


# -- what is allowed --


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }",
        "select*{service silent<http://x.example/>{?s ?p ?o}}",
        "SELECT * { ?x ?y ?z . SERVICE ?x { ?s ?p ?o } }",
        "PREFIX x: <http://x.example/> SELECT * { SERVICE x:y { ?s ?p ?o } }",
        "SELECT * { ?a ?b trueSERVICE <http://x.example/> {} }",
        "SELECT * { SERVICE # why not\n <http://x.example/> # indeed\n { ?s ?p ?o } }",
        # Where `<` is less-than and where it begins an IRI only a parser knows:
        "SELECT * { ?a ?b ?c FILTER(?c<'>') SERVICE <http://x/> { ?d ?e ?f } FILTER(?c<'>') }",
        "SELECT * { ?a ?b ?c SERVICE ?service { ?d ?e ?f } }",
        "SELECT * { \\u0053ERVICE <http://x.example/> { ?s ?p ?o } }",
    ],
)
def test_nothing_reaches_the_network(sparql: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        check(sparql)


@pytest.mark.parametrize("clause", ["FROM <http://x.example/>", "FROM NAMED <file:///etc/passwd>"])
def test_nothing_is_loaded(clause: str) -> None:
    with pytest.raises(QueryError, match="line 2: FROM is not allowed"):
        check(f"SELECT *\n{clause} {{ ?s ?p ?o }}")


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:b> <a:b> 1 }",
        "PREFIX x: <a:b> LOAD <file:///etc/passwd>",
        "BASE <a:b> delete where { ?s ?p ?o }",
        "DROP ALL",
    ],
)
def test_nothing_is_changed(update: str, graph: KnowledgeGraph) -> None:
    before = len(graph.store)
    with pytest.raises(QueryError, match="is not allowed, only ASK, CONSTRUCT, DESCRIBE, SELECT"):
        run(graph, update)
    assert len(graph.store) == before


@pytest.mark.parametrize(
    "sparql",
    [
        'SELECT ?s { ?s ?p "SERVICE" , "FROM me", """LOAD "it" now""" } # SERVICE, FROM',
        "SELECT ?service ?from { ?service <http://x/FROM#SERVICE> ?from }",
        "PREFIX from: <a:b> SELECT ?s { ?s from:service ?load , 'it\\'s FROM' }",
        "SELECT ?s { VALUES ?services { 1 } ?s ?p ?services FILTER(?services < 2) }",
        "SELECT ?service ?my_service ?from { ?service ?my_service ?from }",
        "# INSERT nothing\nASK { ?s ?p 'é' }",
    ],
)
def test_words_are_no_keywords_in_strings_comments_and_names(
    sparql: str, graph: KnowledgeGraph
) -> None:
    run(graph, sparql)


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT * {", "line 1, column 11: not valid SPARQL here, at the end"),
        ("SELECT *\n{ ?s ?p ?o } LIMIT x", "line 2, column 20: not valid SPARQL at 'x'"),
        ("SELECT * { ?s\n\n foo:bar ?o }", "line 3: the prefix of foo:bar is not declared"),
        ("SELECT (?x AS ?x) { ?x ?y ?z }", "not valid SPARQL"),
        ("hello world", "not valid SPARQL"),
        ("SELECT * { _:b ?p ?o . }}", "not valid SPARQL here|not valid SPARQL at"),
    ],
)
def test_a_mistake_is_shown_where_it_is(sparql: str, message: str, graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=message) as error:
        run(graph, sparql)
    assert "\n" not in str(error.value)
    with pytest.raises(QueryError, match=message):
        run(graph, sparql, timeout=30)


# -- limits --


@pytest.mark.parametrize("where", ["graph", "on_disk"])
def test_a_child_process_gives_the_same_answers(where: str, request: pytest.FixtureRequest) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(where)
    for sparql in (LABELS, "ASK { ?s ?p ?o }", named_queries()["facts"].sparql):
        assert run(graph, sparql, timeout=30) == run(graph, sparql)


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_a_query_that_takes_too_long_is_stopped(on_disk: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"more than 0\.5 s"):
        on_disk.query(ENDLESS, timeout=0.5)


def test_an_answer_that_is_too_large_is_refused(on_disk: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="larger than 1 MiB"):
        run(on_disk, "SELECT * { ?a ?b ?c . ?d ?e ?f }", limits=Limits(30, answer=2**20))


def test_a_query_that_takes_too_much_memory_is_stopped(on_disk: KnowledgeGraph) -> None:
    sparql = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f"
    with pytest.raises(QueryError, match="more memory or time"):
        run(on_disk, sparql, limits=Limits(60, memory=400 * 2**20))


@pytest.mark.parametrize("sparql", ["ASK " + "{" * 20_000, "SELECT * {" + "a." * 100_000])
def test_a_query_cannot_bring_us_down(sparql: str, on_disk: KnowledgeGraph) -> None:
    with pytest.raises(QueryError):
        on_disk.query(sparql, timeout=30)


# -- names and files --


def test_a_query_is_found_by_name_in_a_file_or_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "my query.rq"
    file.write_text("\ufeffASK {}", "utf-8")
    assert read_query(str(file)) == read_query(file) == "ASK {}"
    assert read_query("roles") == named_queries()["roles"].sparql
    assert read_query(LABELS) == LABELS


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("role", "did you mean roles"),
        ("zzz", "there are agreements, "),
        (" ", "empty"),
        ("no.rq", r"no\.rq: cannot be read"),
    ],
)
def test_a_query_that_is_not_there(query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read_query(query)


# -- formats --


def test_a_table_is_for_people(graph: KnowledgeGraph) -> None:
    assert render(run(graph, LABELS)).splitlines() == [
        "s                label",
        "───────────────  ─────────────",
        "e:China          China",
        "e:Japan          Japan",
        "e:United_States  United States",
    ]
    assert render(run(graph, "ASK { ?s ?p ?o }")) == "yes\n"
    assert render(run(graph, "SELECT ?nothing { ?nothing a kg:Nothing }")) == "nothing\n───────\n"


def test_long_cells_go_on_below_and_control_characters_do_not_reach_the_terminal() -> None:
    term = Literal("\x1b[31mred\u202e " + "word " * 20)
    table = render(Result(("a", "b"), ((term, Literal("x")),)))
    assert "\x1b" not in table
    assert "\u202e" not in table
    assert [len(line) <= 70 for line in table.splitlines()] == [True] * 4


def test_csv_tsv_and_json_follow_their_standards(graph: KnowledgeGraph) -> None:
    sparql = """SELECT ?s ?label ?none { ?s skos:prefLabel ?label
                FILTER (STRSTARTS(?label, "A ") || STRSTARTS(?label, "Citt")) } ORDER BY ?label"""
    result = run(graph, sparql)
    assert list(csv.reader(io.StringIO(render(result, "csv"))))[1][1:] == [
        'A "Quoted" <b>firm</b> \\',
        "",
    ]
    assert render(result, "tsv").splitlines()[2] == (
        '<https://kg.example/entity/Citt%C3%A0_della_Pieve>\t"Città della Pieve"@it\t'
    )
    answer = json.loads(render(result, "json"))
    assert answer["head"]["vars"] == ["s", "label", "none"]
    assert answer["results"]["bindings"][1]["label"] == {
        "type": "literal",
        "value": "Città della Pieve",
        "xml:lang": "it",
    }
    again = parse_query_results(render(result, "json").encode(), format=_json())
    assert Result.of(again, {}).rows == result.rows  # type: ignore[arg-type]


def _json() -> object:
    from pyoxigraph import QueryResultsFormat

    return QueryResultsFormat.JSON


def test_turtle_needs_triples(graph: KnowledgeGraph) -> None:
    assert "e:China rel:control e:rare_earth" in render(run(graph, read_query("facts")), "ttl")
    with pytest.raises(QueryError, match="CONSTRUCT"):
        render(run(graph, LABELS), "ttl")


def test_an_unknown_format_is_an_error(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="table, csv, tsv, json, ttl"):
        render(run(graph, LABELS), "xlsx")


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "ttl"])
def test_a_construct_can_be_printed_in_every_format(form: str, graph: KnowledgeGraph) -> None:
    assert "rare_earth" in render(run(graph, read_query("facts")), form)


def test_rows_are_text_by_variable(graph: KnowledgeGraph) -> None:
    rows = list(graph.query("SELECT ?a ?b { BIND (1 AS ?a) }"))
    assert rows == [{"a": "1", "b": None}]


# -- the queries that ship --


def test_every_query_that_ships_says_what_it_answers() -> None:
    assert len(named_queries()) >= 15
    for query in named_queries().values():
        assert query.description.endswith((".", ":")), query.name


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
    "contradictions": [],
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
    "who-signed-what": [
        (*TOKYO, "United States", "2025-10-28", "Tokyo"),
    ],
}
FIRST = {
    "facts": (4, ("https://kg.example/entity/China", "https://kg.example/relation/control")),
    "most-connected": (11, ("Sanae Takaichi", "person", "3", "5")),
    "relations": (10, ("https://kg.example/relation/sign", "sign", "firmare", "3")),
    "paths": (0, ()),
    "statements-by-document": (17, ("boston.txt", "22", "Sanae Takaichi", "be")),
}


def rows(graph: KnowledgeGraph, name: str) -> list[tuple[str, ...]]:
    return [tuple(value or "" for value in row.values()) for row in graph.query(name)]


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
    assert [row[: len(first)] for row in found[:1]] == [first][:count]


def test_names_in_a_values_line_can_be_changed(graph: KnowledgeGraph) -> None:
    sparql = read_query("paths").replace('"United States"', '"China"')
    assert [tuple(row.values()) for row in run(graph, sparql)] == [
        ("Sanae Takaichi", "sign", "agreement", "affect", "China"),
        ("Sanae Takaichi", "sign", "agreement", "sign", "China"),
    ]


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_queries_that_ship_work_under_any_base(name: str, graph: KnowledgeGraph) -> None:
    moved = KnowledgeGraph.from_data(graphs.news(), "https://news.example/")
    assert len(moved.query(name)) == len(graph.query(name))


def test_a_mistake_in_a_file_names_the_file(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT { broken", encoding="utf-8")
    with pytest.raises(QueryError, match=r"mine\.rq: line 1"):
        graph.query(path)
