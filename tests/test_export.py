"""Exports as tables and networks: the lines of statements.jsonl, CSV, GraphML, GEXF."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import graphs
import networkx as nx
import pytest

from kg.export.graph import write_cytoscape, write_gexf, write_graphml
from kg.export.neo4j import NODES, RELATIONSHIPS, write_neo4j
from kg.export.tables import COLUMNS, rows, write_csv, write_statements
from kg.types import Entity, GraphData, Statement, Value


@pytest.fixture(scope="module")
def table() -> list[dict[str, Any]]:
    return list(rows(graphs.news()))


def row(table: list[dict[str, Any]], statement: Statement) -> dict[str, Any]:
    return next(item for item in table if item["id"] == statement.id)


def test_a_line_for_each_statement_and_evidence(table: list[dict[str, Any]]) -> None:
    assert len(table) == sum(len(item.evidence) for item in graphs.STATEMENTS)
    places = [(item["source"], item["begin"], item["end"]) for item in table]
    assert places == sorted(places)


def test_a_line_says_everything(table: list[dict[str, Any]]) -> None:
    line = row(table, graphs.SIGNED)
    begin, end = line["begin"], line["end"]
    assert graphs.ROMA[begin:end] == line["sentence"]
    assert line == {
        "id": graphs.SIGNED.id,
        "source": "roma.txt",
        "begin": begin,
        "end": end,
        "sentence": line["sentence"],
        "subject": {
            "iri": "https://kg.example/entity/Sanae_Takaichi",
            "label": "Sanae Takaichi",
            "text": "Sanae Takaichi",
            "type": "person",
        },
        "relation": {
            "iri": "https://kg.example/relation/sign",
            "label": "sign",
            "text": "ha firmato",
            "type": "relation",
        },
        "object": {
            "iri": "https://kg.example/entity/Agreement_of_Tokyo",
            "label": "agreement",
            "text": "un accordo",
            "type": "agreement",
        },
        "qualifiers": [
            {
                "name": "accompaniment",
                "iri": "https://kg.example/entity/United_States",
                "label": "United States",
                "type": "country",
            },
            {
                "name": "place",
                "iri": "https://kg.example/entity/Tokyo",
                "label": "Tokyo",
                "type": "city",
            },
            {
                "name": "time",
                "value": "2025-10-28",
                "datatype": "http://www.w3.org/2001/XMLSchema#date",
                "kind": "date",
                "comparator": "eq",
            },
        ],
        "negated": False,
        "modality": "asserted",
        "attributed_to": None,
        "confidence": 0.9,
        "sources": 1,
        "title": "Accordo a Tokyo",
        "published": "2025-10-28",
        "spans": line["spans"],
    }
    words = {name: graphs.ROMA[slice(*span)] for name, span in line["spans"].items()}
    assert words == {
        "subject": "Sanae Takaichi",
        "relation": "ha firmato",
        "object": "un accordo",
    }


def test_a_value_as_object(table: list[dict[str, Any]]) -> None:
    assert row(table, graphs.OPENED)["object"] == {
        "value": "17",
        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
        "kind": "quantity",
        "comparator": "eq",
        "unit": "mine",
        "text": "17 mines",
    }


def test_no_object_a_speaker_and_a_negation(table: list[dict[str, Any]]) -> None:
    assert row(table, graphs.RESIGNED)["object"] is None
    assert row(table, graphs.AFFECTED)["attributed_to"] == {
        "iri": "https://kg.example/entity/Donald_Trump",
        "label": "Donald Trump",
    }
    assert row(table, graphs.NOT_SIGNED)["negated"] is True
    assert row(table, graphs.ROLE)["spans"]["relation"] is None


def test_jsonl_is_one_object_a_line_and_the_same_each_time(
    tmp_path: Path, table: list[dict[str, Any]]
) -> None:
    write_statements(graphs.news(), tmp_path / "a.jsonl")
    data = replace(graphs.news(), statements=graphs.news().statements[::-1])
    write_statements(data, tmp_path / "b.jsonl")
    content = (tmp_path / "a.jsonl").read_bytes()
    assert content == (tmp_path / "b.jsonl").read_bytes()
    lines = content.decode().split("\n")[:-1]
    assert [json.loads(line)["id"] for line in lines] == [item["id"] for item in table]
    assert "L’accordo" in content.decode()


def test_the_base_and_the_folder(tmp_path: Path) -> None:
    documents = tuple(replace(d, source=f"/home/anna/{d.source}") for d in graphs.DOCUMENTS)
    data = replace(graphs.news(), documents=documents)
    write_statements(data, tmp_path / "a.jsonl", "https://news.example/")
    text = (tmp_path / "a.jsonl").read_text("utf-8")
    assert "anna" not in text
    assert "https://news.example/entity/Toyota" in text
    assert "https://kg.example/entity/" not in text


def test_a_lone_surrogate_does_not_stop_a_table(tmp_path: Path) -> None:
    evidence = replace(graphs.SIGNED.evidence[0], quote="a\ud800b")
    data = replace(graphs.news(), statements=(replace(graphs.SIGNED, evidence=(evidence,)),))
    write_statements(data, tmp_path / "a.jsonl")
    assert json.loads((tmp_path / "a.jsonl").read_text("utf-8"))["sentence"] == "a?b"


def test_csv_shows_what_people_read(tmp_path: Path) -> None:
    write_csv(graphs.news(), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert list(found[0]) == list(COLUMNS)
    line = next(item for item in found if item["id"] == graphs.OPENED.id)
    assert line["object"] == "17 mine"
    assert line["qualifiers"] == (
        'manner: with "care" \\ <b>; other: P6M; time: 2026-03; time: ≤ 2027'
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+39 06", "-2+3", "@SUM(A1)", "\t=1", " =1", "\uff1d1", "-"]
)
def test_no_cell_of_a_csv_is_a_formula(text: str, tmp_path: Path) -> None:
    entity = replace(graphs.ENTITIES[-1], id="Toyota", labels=(("en", text),))
    others = tuple(e for e in graphs.ENTITIES if e.id != "Toyota")
    write_csv(replace(graphs.news(), entities=(entity, *others)), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert f"'{text}" in cells
    assert not any(cell.lstrip()[:1] in tuple("=+-@\uff1d") for cell in cells if cell)


def test_numbers_in_a_csv_stay_numbers_and_accents_are_marked(tmp_path: Path) -> None:
    cold = replace(graphs.OPENED, object=Value("number", "-5.5", "decimal"))
    write_csv(replace(graphs.news(), statements=(cold,)), tmp_path / "a.csv")
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith("\ufeff".encode())
    assert b",-5.5," in content


def read_cytoscape(path: Path) -> Any:
    found = json.loads(path.read_text("utf-8"))
    for node in found["elements"]["nodes"]:
        node["data"]["value"] = node["data"]["id"]  # networkx wants it
    for edge in found["elements"]["edges"]:
        edge["data"]["key"] = edge["data"]["id"]
    return nx.cytoscape_graph({**found, "multigraph": True, "directed": True})


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (write_graphml, nx.read_graphml),
        (write_gexf, nx.read_gexf),
        (write_cytoscape, read_cytoscape),
    ],
    ids=["graphml", "gexf", "cytoscape"],
)
class TestNetworks:
    """What GraphML and GEXF have in common."""

    def test_nodes_edges_and_attributes(self, write: Any, read: Any, tmp_path: Path) -> None:
        write(graphs.news(), tmp_path / "graph")
        graph = read(tmp_path / "graph")
        assert graph.nodes["Toyota"]["label"] == "Toyota"
        assert graph.nodes["Toyota"]["type"] == "organization"
        assert graph.nodes["United_States"]["label_en"] == "United States"
        assert graph.nodes["United_States"]["label_it"] == "Stati Uniti"
        assert graph.nodes["United_States"]["aliases"] == "U.S.; USA"
        assert len(graph) == len(graphs.ENTITIES)
        assert graph.number_of_edges() == sum(isinstance(s.object, str) for s in graphs.STATEMENTS)
        edges = graph.get_edge_data("Toyota", "United_States")
        (edge,) = edges.values()
        assert edge["relation"] == "invest_in"
        assert edge["modality"] == "planned"
        assert edge["negated"] is False
        assert edge["amount"] == "10000000000 USD"
        assert (edge["label_en"], edge["label_it"]) == ("invest in", "investire in")

    def test_the_same_bytes_and_no_date(self, write: Any, read: Any, tmp_path: Path) -> None:
        data = graphs.news()
        write(data, tmp_path / "a")
        write(replace(data, entities=data.entities[::-1]), tmp_path / "b")
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
        assert "lastmodified" not in (tmp_path / "a").read_text("utf-8")

    def test_what_xml_forbids_is_replaced(self, write: Any, read: Any, tmp_path: Path) -> None:
        entity = Entity("a", "person", (("en", 'a\x00\x0b<b>&"\ud800]]>'),))
        write(GraphData((), (entity,), (), ()), tmp_path / "graph")
        label = read(tmp_path / "graph").nodes["a"]["label"]
        assert label == 'a\ufffd\ufffd<b>&"\ufffd]]>'

    def test_an_empty_graph(self, write: Any, read: Any, tmp_path: Path) -> None:
        write(GraphData((), (), (), ()), tmp_path / "graph")
        assert len(read(tmp_path / "graph")) == 0


class TestNeo4j:
    """The CSV of neo4j-admin's import."""

    @pytest.fixture
    def tables(self, tmp_path: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
        write_neo4j(graphs.news(), tmp_path)
        found = []
        for name in (NODES, RELATIONSHIPS):
            with (tmp_path / name).open(encoding="utf-8", newline="") as file:
                found.append(list(csv.DictReader(file)))
        return found[0], found[1]

    def test_an_entity_is_a_node_with_its_names(self, tables: Any) -> None:
        nodes = {row["iri:ID"]: row for row in tables[0]}
        assert len(nodes) == len(tables[0])
        assert nodes["https://kg.example/entity/United_States"] == {
            "iri:ID": "https://kg.example/entity/United_States",
            "name": "United States",
            "name_en": "United States",
            "name_it": "Stati Uniti",
            "aliases:string[]": "U.S.\x1fUSA",
            "same_as:string[]": "https://sws.geonames.org/6252001/",
            ":LABEL": "Entity\x1fCountry",
        }

    def test_a_statement_is_a_relationship_between_nodes_that_are_there(self, tables: Any) -> None:
        nodes = {row["iri:ID"] for row in tables[0]}
        rows = {row["id"]: row for row in tables[1]}
        assert rows.keys() == {s.id for s in graphs.STATEMENTS if s.object is not None}
        assert {row[":START_ID"] for row in tables[1]} <= nodes
        assert {row[":END_ID"] for row in tables[1]} <= nodes
        invested = rows[graphs.INVESTED.id]
        assert invested[":TYPE"] == "INVEST_IN"
        assert invested["modality"] == "planned"
        assert invested["amount"] == "10000000000 USD"
        assert len(invested["quotes:string[]"].split("\x1f")) == 2
        assert rows[graphs.NOT_SIGNED.id]["negated:boolean"] == "true"

    def test_no_line_breaks_and_no_control_characters(self, tmp_path: Path) -> None:
        entity = Entity("a", "person", (("en", 'a\x00\n"b"\x1f,c;'),))
        write_neo4j(GraphData((), (entity,), (), ()), tmp_path)
        lines = (tmp_path / NODES).read_text("utf-8").splitlines()
        assert len(lines) == 2
        assert '"a\ufffd ""b"" ,c;"' in lines[1].replace("\x1f", " ", 1)
