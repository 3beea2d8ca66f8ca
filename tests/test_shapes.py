"""The SHACL shapes that ship: our graphs conform to them, broken ones do not."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import graphs
import pytest
import rdflib

from kg.analyze.validation import validate
from kg.errors import KGError
from kg.store import KnowledgeGraph

pyshacl = pytest.importorskip("pyshacl")

TURTLE = KnowledgeGraph.from_data(graphs.news()).to_turtle()


def violations(turtle: str) -> str:
    shapes = rdflib.Graph().parse(str(files("kg") / "shapes.ttl"))
    conforms, _, report = pyshacl.validate(rdflib.Graph().parse(data=turtle), shacl_graph=shapes)
    return "" if conforms else str(report)


def test_a_graph_of_ours_conforms() -> None:
    assert violations(TURTLE) == ""


@pytest.mark.parametrize(
    ("old", "new", "shape"),
    [
        ("kg:modality kg:planned", "kg:modality kg:doubtful", "kg:doubtful"),
        ("kg:polarity kg:negative ;", "", "kg:polarity"),
        ("kg:confidence 0.91", "kg:confidence 1.91", "kg:confidence"),
        ("kg:predicate rel:praise", "kg:predicate rel:pr%C3%A0ise", "kg:predicate"),
        ("schema:currency", "schema:price", "schema:currency"),
        ('kg:fileName "', 'kg:fileName "/home/anna/', "kg:fileName"),
        ("oa:end 101", "oa:end 1", "oa:start"),
        ('e:Tokyo a schema:City ;\n    kg:label "Tokyo" ;', "e:Tokyo a schema:City ;", "kg:label"),
    ],
)
def test_a_broken_graph_does_not(old: str, new: str, shape: str) -> None:
    assert old in TURTLE
    assert shape in violations(TURTLE.replace(old, new))


def test_check_tells_what_is_wrong_with_which_node(tmp_path: Path) -> None:
    good, bad, none = tmp_path / "good.ttl", tmp_path / "bad.ttl", tmp_path / "none.ttl"
    good.write_text(TURTLE, encoding="utf-8")
    bad.write_text(TURTLE.replace("kg:confidence 0.91", "kg:confidence 1.91"), encoding="utf-8")
    none.write_text("no Turtle", encoding="utf-8")
    assert validate(good) == []
    problems = validate(bad)
    assert problems
    assert "confidence" in {p.path.rpartition("#")[2] for p in problems}
    with pytest.raises(KGError, match=r"none\.ttl: not valid Turtle"):
        validate(none)
