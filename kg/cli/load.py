"""``kg load``: the graph into a SPARQL server, in place of what it held of it before."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import Output, open_graph, tell

__all__ = ["Address", "load", "register"]

_HELP = (
    "Address of an Oxigraph server, a Fuseki dataset, or an RDF4J or GraphDB repository; "
    "who you are is in KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN."
)
Address = Annotated[str | None, typer.Option("--store", metavar="URL", help=_HELP)]


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("load", epilog="Example: [bold]kg load http://localhost:7878[/bold]")(_load)


def _load(
    url: Annotated[str, typer.Argument(metavar="URL", help=_HELP)],
    output: Output = Path("output"),
    *,
    name: Annotated[
        str | None,
        typer.Option("--graph", metavar="IRI", help="Named graph; by default the graph's own IRI."),
    ] = None,
) -> None:
    """Load the graph into a SPARQL server: batches, then one move that readers see at once.

    A load that was cut off goes on behind its last batch.
    """
    load(output, url, name)


def load(output: Path, url: str, name: str | None = None) -> None:
    """Load the graph in a folder into a server, and say what it came to."""
    from kg.export.server import load_into

    graph = open_graph(output)
    done = load_into(graph, url, name=name)
    again = f", {done.kept:,} of {done.batches:,} batches were there already" if done.kept else ""
    tell(f"{done.triples:,} triples in <{done.graph}> at {url}{again}")
