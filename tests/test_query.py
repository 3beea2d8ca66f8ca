"""Queries: what is allowed, limits, names and files, formats."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import graphs
import pytest
import rdflib
from pyoxigraph import Literal, QueryResultsFormat, parse_query_results

from kg.errors import LimitError, QueryError, RefusedError
from kg.query import (
    FORMATS,
    MEDIA_TYPES,
    Limits,
    Result,
    named_queries,
    read_query,
    run,
    serialize,
    table,
)
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
    with pytest.raises(RefusedError, match="line 2: FROM is not allowed"):
        check(f"SELECT *\n{clause} {{ ?s ?p ?o }}")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * FROM:y { ?s ?p ?o }",
        "SELECT * FROM:y#<\n{ ?s ?p ?o }",
        "SELECT * FROM x:y FROM NAMED # why not\n :z WHERE {}",
        "SELECT (1<(2) AS ?x) FROM <http://x.example/> {}",
        "SELECT*FROM<http://x.example/>{}",
        "SELECT (EXISTS { ?a ?b ?c } AS ?x) FROM <a:b> {}",
        "DESCRIBE <http://x.example/>FROM <http://y.example/>",
        "DESCRIBE <http://x.example/> FROM:y LIMIT 3",
        "CONSTRUCT FROM <a:b> WHERE { ?s ?p ?o }",
        "ASK FROM <a:b> { ?x ?y ?z FILTER (?c<'>') }",
    ],
)
def test_no_spelling_of_from_slips_through(sparql: str) -> None:
    with pytest.raises(RefusedError, match="FROM is not allowed"):
        check(sparql)


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
        here, there = run(graph, sparql), run(graph, sparql, timeout=30)
        assert (there.variables, there.boolean) == (here.variables, here.boolean)
        assert sorted(map(str, there.rows)) == sorted(map(str, here.rows))


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_a_query_that_takes_too_long_is_stopped(on_disk: KnowledgeGraph) -> None:
    with pytest.raises(LimitError, match=r"more than 0\.5 s"):
        on_disk.query(ENDLESS, timeout=0.5)


def test_an_answer_that_is_too_large_is_refused(on_disk: KnowledgeGraph) -> None:
    with pytest.raises(LimitError, match="larger than 1 MiB"):
        run(on_disk, "SELECT * { ?a ?b ?c . ?d ?e ?f }", limits=Limits(30, answer=2**20))


def test_a_query_that_takes_too_much_memory_is_stopped(on_disk: KnowledgeGraph) -> None:
    sparql = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f"
    with pytest.raises(LimitError, match="more memory or time"):
        run(on_disk, sparql, limits=Limits(60, memory=400 * 2**20))


def test_memory_that_the_threads_of_a_store_only_set_aside_does_not_count(
    on_disk: KnowledgeGraph,
) -> None:
    limits = Limits(60, memory=256 * 2**20)  # what kg serve allows at least
    for _ in range(3):
        assert run(on_disk, "ASK { ?s ?p ?o }", limits=limits).boolean


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


def written(graph: KnowledgeGraph, sparql: str, form: str) -> str:
    return serialize(graph, sparql, form, limits=Limits(60)).decode()


def test_a_table_is_for_people(graph: KnowledgeGraph) -> None:
    assert table(run(graph, LABELS)).splitlines() == [
        "s                label",
        "───────────────  ─────────────",
        "e:China          China",
        "e:Japan          Japan",
        "e:United_States  United States",
    ]
    assert table(run(graph, "ASK { ?s ?p ?o }")) == "yes\n"
    assert table(run(graph, "SELECT ?nothing { ?nothing a kg:Nothing }")) == "nothing\n───────\n"
    assert "rare_earth" in table(run(graph, read_query("facts")))


def test_long_cells_go_on_below_and_control_characters_do_not_reach_the_terminal() -> None:
    term = Literal("\x1b[31mred\u202e " + "word " * 20)
    text = table(Result(("a", "b"), ((term, Literal("x")),)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert [len(line) <= 70 for line in text.splitlines()] == [True] * 4


ODD = """SELECT ?s ?label ?none { ?s skos:prefLabel ?label
         FILTER (STRSTARTS(?label, "A ") || STRSTARTS(?label, "Citt")) } ORDER BY ?label"""


def test_csv_and_tsv_follow_their_standard(on_disk: KnowledgeGraph) -> None:
    """https://www.w3.org/TR/sparql11-results-csv-tsv/"""
    text = written(on_disk, ODD, "csv")
    assert text.endswith("\r\n")
    assert list(csv.reader(io.StringIO(text)))[1][1:] == ['A "Quoted" <b>firm</b> \\', ""]
    assert written(on_disk, ODD, "tsv").splitlines()[2] == (
        '<https://kg.example/entity/Citt%C3%A0_della_Pieve>\t"Città della Pieve"@it\t'
    )
    tab = 'SELECT ?x { BIND ("a\\tb\\nc" AS ?x) }'
    assert written(on_disk, tab, "tsv").splitlines() == ["?x", '"a\\tb\\nc"']


def test_json_and_xml_follow_their_standards(on_disk: KnowledgeGraph) -> None:
    answer = json.loads(written(on_disk, ODD, "json"))
    assert answer["head"]["vars"] == ["s", "label", "none"]
    assert answer["results"]["bindings"][1]["label"] == {
        "type": "literal",
        "value": "Città della Pieve",
        "xml:lang": "it",
    }
    assert json.loads(written(on_disk, "ASK {}", "json"))["boolean"] is True
    rows = run(on_disk, ODD).rows
    for form in ("json", "xml"):
        text = written(on_disk, ODD, form)
        kind = QueryResultsFormat.from_media_type(MEDIA_TYPES[form])
        assert Result.of(parse_query_results(text.encode(), format=kind), {}).rows == rows


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own use
@pytest.mark.parametrize("form", FORMATS["graph"])
def test_triples_have_the_formats_of_rdf(form: str, on_disk: KnowledgeGraph) -> None:
    text = written(on_disk, read_query("facts"), form)
    again = rdflib.Graph().parse(data=text, format=MEDIA_TYPES[form])
    assert len(again) == len(run(on_disk, read_query("facts")))


def test_turtle_has_the_prefixes_of_the_graph_in_their_order(on_disk: KnowledgeGraph) -> None:
    text = written(on_disk, read_query("facts"), "ttl")
    assert "e:China rel:control e:rare_earth" in text
    heads = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert heads
    assert heads == sorted(heads)
    assert text == written(on_disk, read_query("facts"), "ttl")


@pytest.mark.parametrize(
    ("sparql", "form", "message"),
    [
        (LABELS, "ttl", "CONSTRUCT"),
        (LABELS, "nt", "CONSTRUCT"),
        ("ASK {}", "csv", "yes or no"),
        ("CONSTRUCT WHERE { ?s a ?o }", "json", "SELECT"),
        (LABELS, "xlsx", "json, xml, csv, tsv, ttl, jsonld, rdfxml, nt"),
    ],
)
def test_a_format_that_does_not_fit_is_an_error(
    sparql: str, form: str, message: str, on_disk: KnowledgeGraph
) -> None:
    with pytest.raises(QueryError, match=message):
        written(on_disk, sparql, form)


def test_rows_are_text_by_variable(graph: KnowledgeGraph) -> None:
    rows = list(graph.query("SELECT ?a ?b { BIND (1 AS ?a) }"))
    assert rows == [{"a": "1", "b": None}]


def test_a_mistake_in_a_file_names_the_file(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT { broken", encoding="utf-8")
    with pytest.raises(QueryError, match=r"mine\.rq: line 1"):
        graph.query(path)
