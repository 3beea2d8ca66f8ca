"""Parts of a graph: around an entity, of a document, of a CONSTRUCT; shown in a browser or not."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from pages import GRAPH
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import KGError, StoreError
from kg.export.construct import read_graph
from kg.export.part import around, from_document
from kg.export.view import Page, part_of
from kg.query import Limits, serialize
from kg.store import KnowledgeGraph
from kg.types import GraphData, Statement


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.from_data(GRAPH)


def said(data: GraphData) -> set[str]:
    return {
        f"{s.subject} {s.relation} {s.object if isinstance(s.object, str) else '…'}"
        for s in data.statements
    }


def names(data: GraphData) -> set[str]:
    return {entity.id for entity in data.entities}


# -- around, from ----------------------------------------------------------------------------


def test_one_step_around_an_entity_is_what_it_takes_part_in():
    part = around(GRAPH, "Bolt", 1)
    assert said(part) == {"Acme own Bolt"}
    assert names(part) == {"Acme", "Bolt"}
    assert [p.id for p in part.properties] == ["own"]
    assert [d.id for d in part.documents] == ["en1"]


def test_two_steps_bring_the_neighbours_neighbours_and_the_values_between():
    part = around(GRAPH, "Bolt", 2)
    assert said(part) == said(GRAPH)
    assert names(part) == names(GRAPH)  # Rome qualifies a statement


def test_around_an_entity_that_nothing_is_said_of():
    assert names(around(GRAPH, "Rome", 3)) == {"Rome"}


@pytest.mark.parametrize("name", ["it1", "articoli/uno.txt", "uno.txt", "acme arriva in francia"])
def test_a_document_keeps_only_its_own_evidence(name: str):
    part = from_document(GRAPH, name)
    assert said(part) == {"Acme invest_in France", "Acme own …"}
    assert {e.document for s in part.statements for e in s.evidence} == {"it1"}
    assert "Ada_Verdi" not in names(part)


def test_a_document_nobody_knows_is_one_clear_line():
    with pytest.raises(KGError, match=r"nothing\.txt: no document of the graph"):
        from_document(GRAPH, "nothing.txt")


# -- CONSTRUCT -------------------------------------------------------------------------------


def test_plain_triples_bring_the_statements_behind_them_with_their_sentences(graph: KnowledgeGraph):
    part = part_of(graph, query="CONSTRUCT { ?a rel:lead ?b } { ?a rel:lead ?b }")
    assert said(part) == {"Ada_Verdi lead Acme"}
    assert part.statements[0].evidence[0].quote == "Ada Verdi leads Acme."


def test_planned_and_literal_triples_too(graph: KnowledgeGraph):
    query = (
        "CONSTRUCT { ?a ?p ?b } { ?a ?p ?b FILTER(STRSTARTS(STR(?p), STR(plan:)) || ?p = val:own) }"
    )
    assert said(part_of(graph, query=query)) == {"Acme invest_in France", "Acme own …"}


def test_statements_named_by_their_iri(graph: KnowledgeGraph):
    query = "CONSTRUCT { ?s kg:polarity kg:negative } { ?s kg:polarity kg:negative }"
    part = part_of(graph, query=query)
    assert said(part) == {"Acme own Bolt"}
    assert part.statements[0].negated


def test_triples_of_ones_own_become_arrows(graph: KnowledgeGraph):
    query = (
        "CONSTRUCT { ?a <http://mine.example/tradesWith> ?b }"
        " { ?s kg:subject ?a ; kg:object ?b . ?b a schema:Country }"
    )
    part = part_of(graph, query=query)
    assert said(part) == {"Acme tradesWith France"}
    assert part.statements[0].evidence == ()
    assert {e.labels[0][1] for e in part.entities} == {"Acme", "France"}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "CONSTRUCT or DESCRIBE"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(false) }", "name no entity or statement"),
    ],
)
def test_what_is_no_part_is_refused(graph: KnowledgeGraph, query: str, message: str):
    with pytest.raises(KGError, match=message):
        part_of(graph, query=query)


def test_the_filters_work_together(graph: KnowledgeGraph):
    part = part_of(graph, document="en1", entity="Francia", steps=1)
    assert said(part) == {"Acme invest_in France", "France thank Acme", "Acme thank France"}


# -- Turtle files ----------------------------------------------------------------------------


def test_a_whole_graph_is_read_as_it_was_written(graph: KnowledgeGraph, tmp_path: Path):
    path = tmp_path / "graph.ttl"
    path.write_text(graph.to_turtle(), "utf-8")
    data, base = read_graph(path)
    assert (said(data), base) == (said(GRAPH), graph.base)


def test_saved_triples_show_what_they_tell(graph: KnowledgeGraph, tmp_path: Path):
    query = (
        "CONSTRUCT { ?a rel:lead ?b . ?a plan:invest_in ?c . ?x skos:prefLabel ?l . ?x a ?t }"
        " { { ?a rel:lead ?b } UNION { ?a plan:invest_in ?c } UNION"
        " { ?x skos:prefLabel ?l ; a ?t FILTER(?t != skos:Concept) } }"
    )
    path = tmp_path / "part.ttl"
    path.write_bytes(serialize(graph, query, "ttl", limits=Limits(60)))
    data, _ = read_graph(path)
    assert said(data) == {"Ada_Verdi lead Acme", "Acme invest_in France"}
    planned = {s.relation: s.modality for s in data.statements}
    assert planned == {"lead": "asserted", "invest_in": "planned"}
    assert {(e.id, e.type) for e in data.entities} >= {
        ("France", "country"),
        ("Acme", "organization"),
    }
    assert dict(next(e for e in data.entities if e.id == "France").labels)["it"] == "Francia"


def test_statements_that_only_the_file_describes(graph: KnowledgeGraph, tmp_path: Path):
    query = "CONSTRUCT { ?s ?p ?o } { ?s a kg:Statement ; kg:polarity kg:negative ; ?p ?o }"
    path = tmp_path / "part.ttl"
    path.write_bytes(serialize(graph, query, "ttl", limits=Limits(60)))
    (found,) = read_graph(path)[0].statements
    assert isinstance(found, Statement)
    assert (found.subject, found.relation, found.object, found.negated) == (
        "Acme",
        "own",
        "Bolt",
        True,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no turtle", "not readable as Turtle"),
        ("<http://a.example/> a <http://www.w3.org/2002/07/owl#Ontology> .", "name no entity"),
    ],
)
def test_other_files_are_one_clear_line(tmp_path: Path, text: str, message: str):
    path = tmp_path / "x.ttl"
    path.write_text(text)
    with pytest.raises(StoreError, match=rf"x\.ttl: .*{message}"):
        read_graph(path)


# -- shown -----------------------------------------------------------------------------------


def test_view_writes_the_page_of_a_part(graph: KnowledgeGraph, tmp_path: Path):
    source, page = tmp_path / "graph.ttl", tmp_path / "page.html"
    source.write_text(graph.to_turtle(), "utf-8")
    done = CliRunner().invoke(app, ["view", str(source), "--around", "bolt", "--to", str(page)])
    assert done.exit_code == 0, done.output
    text = page.read_text("utf-8")
    assert "Acme does not own Bolt." in text
    assert "Ada Verdi leads Acme." not in text


def test_show_opens_the_browser(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch):
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) is None)
    page = graph.show(around="Bolt")
    assert opened == [page.path.as_uri()]
    assert "Acme does not own Bolt." in page.path.read_text("utf-8")


def test_in_a_notebook_the_page_is_the_value_of_the_cell(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
):
    shell = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setitem(sys.modules, "IPython", shell)
    monkeypatch.setattr("webbrowser.open", lambda url: pytest.fail(url))
    frame = graph.show()._repr_html_()
    assert frame.startswith("<iframe srcdoc=")
    assert "allow-same-origin" not in frame
    assert frame.count("<") == 2  # the page is text in an attribute, no markup of the notebook's


def test_a_frame_without_an_address_of_its_own_works(
    chromium, tmp_path: Path, graph: KnowledgeGraph
):
    from kg.export.page import write_page

    write_page(GRAPH, tmp_path / "graph.html")
    host = tmp_path / "notebook.html"
    host.write_text(
        f"<!DOCTYPE html><title>n</title>{Page(tmp_path / 'graph.html')._repr_html_()}", "utf-8"
    )
    chromium.get(host.as_uri())
    chromium.switch_to.frame(0)
    chromium.execute_script("pick({ node: placeOf.get('France') })")
    assert chromium.find_element("css selector", "#panel h2").text == "France"
    chromium.execute_script("pick({ node: placeOf.get('Acme') })")
    assert chromium.find_element("css selector", "#panel h2").text == "Acme"
    chromium.switch_to.default_content()
