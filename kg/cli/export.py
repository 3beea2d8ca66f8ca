"""``kg export`` and ``kg view``: the graph for other programs, and its page in the browser."""

from __future__ import annotations

import shutil
import webbrowser
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import Output, fail, open_graph, tell

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph

__all__ = ["register"]


class _Format(StrEnum):
    """Formats by name; a file gets the name's suffix in ``_SUFFIXES``."""

    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"
    TRIG = "trig"
    CSV = "csv"
    JSONL = "jsonl"
    GRAPHML = "graphml"
    GEXF = "gexf"
    NEO4J = "neo4j"
    CYTOSCAPE = "cytoscape"
    HTML = "html"


_SUFFIXES: Mapping[_Format, str] = {
    _Format.TURTLE: "ttl",
    _Format.NTRIPLES: "nt",
    _Format.RDFXML: "rdf",
    _Format.CYTOSCAPE: "cyjs",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("export", epilog="Example: [bold]kg export graphml --to news.graphml[/bold]")(
        _export
    )
    app.command("view", epilog="Example: [bold]kg view --around 'United States' --steps 2[/bold]")(
        _view
    )


def _export(
    form: Annotated[_Format, typer.Argument(metavar="FORMAT", help=", ".join(_Format))],
    output: Output = Path("output"),
    *,
    to: Annotated[
        Path | None,
        typer.Option(
            help="File to write (neo4j: a folder); by default export.* in the graph's folder."
        ),
    ] = None,
) -> None:
    """Write the graph in another format: RDF, tables, for Gephi, Cytoscape or Neo4j, the page."""
    graph = open_graph(output)
    target = to or output / f"export.{_SUFFIXES.get(form, form.value)}"
    beside = target.with_name(f".{target.name}.new")
    try:
        _writer(form)(graph, beside)
        _put(beside, target)
    except OSError as error:
        fail(f"{target}: cannot be written ({error.strerror or error})")
    finally:
        if beside.is_dir():
            shutil.rmtree(beside, ignore_errors=True)
        with suppress(OSError):
            beside.unlink()
    tell(f"{form.value} in {target}")


def _put(beside: Path, target: Path) -> None:
    """Put a file, or the files of a folder, in place; what else is in the folder stays."""
    if not beside.is_dir():
        beside.replace(target)
        return
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(beside.iterdir()):
        path.replace(target / path.name)


def _writer(form: _Format) -> Callable[[KnowledgeGraph, Path], None]:
    """What writes a format."""
    from kg.export.graph import write_cytoscape, write_gexf, write_graphml
    from kg.export.neo4j import write_neo4j
    from kg.export.page import write_page
    from kg.export.rdf import write_rdf
    from kg.export.tables import write_csv, write_statements

    others: Mapping[_Format, Callable[[KnowledgeGraph, Path], None]] = {
        _Format.CSV: lambda graph, path: write_csv(graph.data, path, graph.base),
        _Format.JSONL: lambda graph, path: write_statements(graph.data, path, graph.base),
        _Format.GRAPHML: lambda graph, path: write_graphml(graph.data, path),
        _Format.GEXF: lambda graph, path: write_gexf(graph.data, path),
        _Format.NEO4J: lambda graph, path: write_neo4j(graph.data, path, graph.base),
        _Format.CYTOSCAPE: lambda graph, path: write_cytoscape(graph.data, path),
        _Format.HTML: lambda graph, path: write_page(graph.data, path, base=graph.base),
    }
    return others.get(form, lambda graph, path: write_rdf(graph, path, form.value))


def _view(
    graph: Annotated[
        Path | None,
        typer.Argument(help="A Turtle file of kg, or triples of one; else the graph's folder."),
    ] = None,
    output: Output = Path("output"),
    *,
    around: Annotated[
        str | None, typer.Option(metavar="ENTITY", help="Only what is near this entity.")
    ] = None,
    steps: Annotated[int, typer.Option(min=1, help="How near: statements away from it.")] = 1,
    document: Annotated[
        str | None, typer.Option("--from", metavar="DOC", help="Only what this document says.")
    ] = None,
    query: Annotated[
        str | None, typer.Option(help="Only what a CONSTRUCT gives: SPARQL, or a .rq file.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the page here; open no browser.")
    ] = None,
) -> None:
    """Open the graph's page in the browser: of the whole graph, or of a part of it."""
    whole = around is None and document is None and query is None
    if graph is None and whole and to is None:
        _open_built(output / "graph.html")
        return
    from kg.export.page import write_page
    from kg.export.view import part_of, show_page

    opened = open_graph(output) if graph is None else _open_any(graph)
    data = part_of(opened, query=query, document=document, entity=around, steps=steps)
    if to is None:
        tell(f"the page is in {show_page(data, opened.base).path}")
        return
    try:
        write_page(data, to, base=opened.base)
    except OSError as error:
        fail(f"{to}: cannot be written ({error.strerror or error})")
    tell(f"page in {to}")


def _open_built(page: Path) -> None:
    if not page.is_file():
        fail(f"{page}: no page here; make one with `kg build`")
    if not webbrowser.open(page.resolve().as_uri()):
        tell(f"no browser found; open {page.resolve()}")


def _open_any(path: Path) -> KnowledgeGraph:
    """The graph in a Turtle file, be it triples of one only, or in a folder."""
    from kg.export.construct import read_graph
    from kg.store import KnowledgeGraph

    if not path.is_file():
        return open_graph(path)
    return KnowledgeGraph.from_data(*read_graph(path))
