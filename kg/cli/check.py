"""``kg check``: whether a graph conforms to the shapes that ship."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import printable, tell

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("check", epilog="Example: [bold]kg check output[/bold]")(_check)


def _check(
    graph: Annotated[
        Path, typer.Argument(help="A graph's folder, or a file: ttl, nt, rdf, trig, jsonld.")
    ] = Path("output"),
) -> None:
    r"""Validate a graph against the SHACL shapes (needs pip install "kg-news\[check]")."""
    from kg.analyze.validation import report, validate

    problems = validate(graph)
    for line in report(problems):
        typer.echo(printable(line))
    if problems:
        tell(f"{len(problems)} problems in {graph}")
        sys.exit(1)
    tell(f"{graph} conforms")
