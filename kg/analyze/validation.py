"""SHACL validation of a graph against the shapes that ship."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import rdflib
from pyoxigraph import RdfFormat, parse, serialize
from rdflib.namespace import RDF, SH

from kg.errors import KGError
from kg.vocab import Names, prefixes

__all__ = ["FORMATS", "Problem", "report", "validate"]

FORMATS: Final = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
}
"""The format of a file by its suffix; files called otherwise are read as Turtle."""

_SHOWN: Final = 5
"""Nodes that are listed for one kind of problem."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A node that breaks a shape: the node, the property (or ``-``), and what is wrong."""

    node: str
    path: str
    message: str
    shape: str = ""
    """The shape, or that one of its properties belongs to."""
    value: str = ""
    """The value that is wrong, where it is one."""


def validate(source: Path) -> list[Problem]:
    """The problems of a graph, sorted; none where it conforms.

    ``source`` is a file in a format of ``FORMATS``, or a folder with a ``graph.ttl``.

    Validation is pySHACL's (https://www.w3.org/TR/shacl/); the shapes are ``kg/shapes.ttl``.

    Raises:
        KGError: pySHACL is not installed, or the file is not in its format.
    """
    if find_spec("pyshacl") is None:
        raise KGError("checking needs pySHACL: pip install 'kg-news[check]'")
    import pyshacl

    path = source / "graph.ttl" if source.is_dir() else source
    form = FORMATS.get(path.suffix.lower(), RdfFormat.TURTLE)
    try:
        triples = (quad.triple for quad in parse(path=path, format=form))
        text = serialize(triples, format=RdfFormat.N_TRIPLES)
    except OSError as error:
        raise KGError(f"{path}: cannot be read ({error.strerror})") from error
    except SyntaxError as error:
        raise KGError(f"{path}: not valid {form.name} ({error.msg})") from error
    graph = rdflib.Graph().parse(data=text, format="nt")
    shapes = rdflib.Graph()
    shapes.parse(data=(files("kg") / "shapes.ttl").read_text("utf-8"), format="turtle")
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes)
    return sorted(_problems(results, shapes), key=lambda p: (p.node, p.path, p.message))


def report(problems: Iterable[Problem]) -> Iterator[str]:
    """The problems for people: what is wrong, how often, and with which nodes."""
    kinds: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        # A message that ends in the value would be a kind of its own for each of them.
        wrong = problem.message.partition("\n")[0]
        kinds[problem.shape, problem.path, wrong].append(problem)
    for (shape, path, wrong), found in sorted(kinds.items(), key=lambda kind: -len(kind[1])):
        where = _short(path) if path != "-" else "the node itself"
        yield f"{len(found)} × {_short(shape)}, {where}: {wrong}"
        for problem in found[:_SHOWN]:
            value = f"  {_short(problem.value)}" if problem.value else ""
            yield f"    {_short(problem.node)}{value}"
        if len(found) > _SHOWN:
            yield f"    and {len(found) - _SHOWN} more"


def _short(text: str) -> str:
    """An IRI with a prefix; of a long text its beginning."""
    for prefix, iri in {"shape": "https://kg.example/shapes#", **prefixes(Names())}.items():
        if text.startswith(iri):
            return f"{prefix}:{text[len(iri) :]}"
    return text if len(text) <= 80 else f"{text[:79]}…"


def _problems(results: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Problem]:
    for result in results.subjects(RDF.type, SH.ValidationResult):
        shape = results.value(result, SH.sourceShape)
        owner = shapes.value(None, SH.property, shape) or shape
        yield Problem(
            node=str(results.value(result, SH.focusNode)),
            path=str(results.value(result, SH.resultPath) or "-"),
            message=str(results.value(result, SH.resultMessage) or ""),
            shape=str(owner or ""),
            value=str(results.value(result, SH.value) or ""),
        )
