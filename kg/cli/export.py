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
    app.command("view", epilog="Example: [bold]kg view -o output[/bold]")(_view)


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
        _Format.HTML: lambda graph, path: write_page(graph.data, path),
    }
    return others.get(form, lambda graph, path: write_rdf(graph, path, form.value))


def _view(output: Output = Path("output")) -> None:
    """Open the graph's page in the browser."""
    page = output / "graph.html"
    if not page.is_file():
        fail(f"{page}: no page here; make one with `kg build`")
    if not webbrowser.open(page.resolve().as_uri()):
        tell(f"no browser found; open {page.resolve()}")
