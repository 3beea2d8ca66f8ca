"""The SHACL shapes that ship: our graphs conform to them, broken ones do not."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import graphs
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg.analyze.validation import Problem, report, validate
from kg.errors import KGError
from kg.export.rdf import write_rdf
from kg.store import KnowledgeGraph
from kg.vocab import KG

pytest.importorskip("pyshacl")

TURTLE = KnowledgeGraph.from_data(graphs.news()).to_turtle()


BROKEN = [
    ("Statement", "modality", "kg:modality kg:planned", "kg:modality kg:doubtful"),
    ("Statement", "polarity", "kg:polarity kg:negative ;", ""),
    ("Statement", "evidence", "a kg:Statement ;", "a kg:Statement ; kg:evidence e:Tokyo ;"),
    ("Statement", "subject", "kg:subject e:Toyota ;", ""),
    ("Statement", "object", "kg:object e:United_States ;", "kg:object kg:Group ;"),
    ("Confidence", "confidence", "kg:confidence 0.91", "kg:confidence 1.91"),
    ("Relation", "predicate", "kg:predicate rel:praise", "kg:predicate <urn:praise>"),
    ("Relation", "predicate", 'kg:label "invest in" ;', ""),
    ("Planned", "plannedForm", "kg:plannedForm rel:nominate", "kg:plannedForm e:Tokyo"),
    ("Named", "label", 'kg:label "Tokyo" ;', ""),
    ("Named", "prefLabel", 'skos:prefLabel "Tokyo"@en,', 'skos:prefLabel "Tokio"@en, "Tokyo"@en,'),
    ("Member", "member", "kg:member e:Japan,", "kg:member kg:Group,"),
    ("Member", "attributedTo", "kg:attributedTo e:Donald_Trump", "kg:attributedTo kg:Group"),
    ("Group", "-", "e:Japan_and_United_States a kg:Group", "e:Japan_and_United_States a kg:Award"),
    ("Value", "comparator", "kg:comparator kg:gt", "kg:comparator kg:like"),
    ("Value", "valueKind", 'kg:valueKind "percent"', 'kg:valueKind "share"'),
    ("Money", "currency", 'schema:currency "USD"', 'schema:currency "dollars"'),
    ("Money", "value", "kg:value 5.5", 'kg:value "5.5"'),
    ("Evidence", "hasSource", "oa:hasSource doc:", "oa:hasSource e:"),
    ("Evidence", "hasSelector", "oa:hasSelector sel:", "oa:hasSelector e:"),
    ("Position", "start", "oa:end 101", "oa:end 1"),
    ("Quotation", "exact", "oa:exact ", "oa:exactly "),
    ("Document", "fileName", 'kg:fileName "', 'kg:fileName "/home/anna/'),
    ("Document", "language", 'dcterms:language "it" ;', ""),
    ("Graph", "wasGeneratedBy", "prov:wasGeneratedBy", "prov:wasAttributedTo"),
]
"""A shape, a property, and an edit of the Turtle after which they are broken."""

# Shapes that apply where another says sh:node: the result is of the shape that says so.
WITHIN = {
    "Confidence": {"Statement", "Evidence"},
    "Relation": {"Statement", "Planned"},
    "Member": {"Named", "Evidence"},
}


def problems(turtle: str, folder: Path) -> list[Problem]:
    (folder / "graph.ttl").write_text(turtle, "utf-8")
    return validate(folder)


def test_a_graph_of_ours_conforms(tmp_path: Path) -> None:
    assert problems(TURTLE, tmp_path) == []


def test_every_shape_is_broken_below() -> None:
    shapes = rdflib.Graph().parse(str(files("kg") / "shapes.ttl"))
    names = {str(s).rpartition("#")[2] for s in shapes.subjects(RDF.type, SH.NodeShape)}
    assert names == {shape for shape, *_ in BROKEN}


@pytest.mark.parametrize(("shape", "path", "old", "new"), BROKEN)
def test_a_broken_graph_does_not(shape: str, path: str, old: str, new: str, tmp_path: Path) -> None:
    assert old in TURTLE
    found = problems(TURTLE.replace(old, new), tmp_path)
    named = {(last(problem.shape), last(problem.path)) for problem in found}
    assert {(name, path) for name in WITHIN.get(shape, {shape})} & named, named


def last(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def test_the_report_is_for_people() -> None:
    broken = [
        Problem(f"https://kg.example/entity/{n}", KG["label"].value, "Too few", "urn:s", "x")
        for n in range(7)
    ]
    assert list(report([*broken, Problem("urn:a", "-", "Not so")])) == [
        "7 × urn:s, kg:label: Too few",
        *(f"    e:{n}  x" for n in range(5)),
        "    and 2 more",
        "1 × , the node itself: Not so",
        "    urn:a",
    ]


@pytest.mark.parametrize("form", ["ntriples", "trig", "rdfxml", "jsonld"])
def test_every_format_can_be_checked(form: str, tmp_path: Path) -> None:
    suffix = {"ntriples": "nt", "rdfxml": "rdf"}.get(form, form)
    write_rdf(KnowledgeGraph.from_data(graphs.news()), tmp_path / f"a.{suffix}", form)
    assert validate(tmp_path / f"a.{suffix}") == []


def test_check_tells_what_is_wrong_with_which_node(tmp_path: Path) -> None:
    good, bad, none = tmp_path / "good.ttl", tmp_path / "bad.ttl", tmp_path / "none.ttl"
    good.write_text(TURTLE, encoding="utf-8")
    bad.write_text(TURTLE.replace("kg:confidence 0.91", "kg:confidence 1.91"), encoding="utf-8")
    none.write_text("no Turtle", encoding="utf-8")
    assert validate(good) == []
    assert "confidence" in {p.path.rpartition("#")[2] for p in validate(bad)}
    with pytest.raises(KGError, match=r"none\.ttl: not valid Turtle"):
        validate(none)
