"""SHACL validation of a graph against the shapes that ship."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import rdflib
from rdflib.namespace import RDF, SH

from kg.errors import KGError

__all__ = ["Problem", "validate"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A node that breaks a shape: the node, the property (or ``-``), and what is wrong."""

    node: str
    path: str
    message: str


def validate(turtle: Path) -> list[Problem]:
    """The problems of a graph in a Turtle file, sorted; none where it conforms.

    Validation is pySHACL's (https://www.w3.org/TR/shacl/); the shapes are ``kg/shapes.ttl``.

    Raises:
        KGError: pySHACL is not installed, or the file is no Turtle.
    """
    if find_spec("pyshacl") is None:
        raise KGError("checking needs pySHACL: pip install 'kg-news[check]'")
    import pyshacl

    graph = rdflib.Graph()
    try:
        graph.parse(turtle, format="turtle")
    except OSError as error:
        raise KGError(f"{turtle}: cannot be read ({error.strerror})") from error
    except Exception as error:  # rdflib raises what its parser raises
        raise KGError(f"{turtle}: not valid Turtle ({str(error).splitlines()[0]})") from error
    shapes = rdflib.Graph()
    shapes.parse(data=(files("kg") / "shapes.ttl").read_text("utf-8"), format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    return sorted(_problems(report), key=lambda p: (p.node, p.path, p.message))


def _problems(report: rdflib.Graph) -> Iterator[Problem]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        yield Problem(
            node=str(report.value(result, SH.focusNode)),
            path=str(report.value(result, SH.resultPath) or "-"),
            message=str(report.value(result, SH.resultMessage) or ""),
        )
