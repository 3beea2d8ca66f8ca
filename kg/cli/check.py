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
    app.command("check", epilog="Example: [bold]kg check output/graph.ttl[/bold]")(_check)


def _check(
    graph: Annotated[Path, typer.Argument(help="A graph in Turtle.")] = Path("output/graph.ttl"),
) -> None:
    r"""Validate a graph against the SHACL shapes (needs pip install "kg-news\[check]")."""
    from kg.analyze.validation import validate

    problems = validate(graph)
    for problem in problems:
        line = map(printable, (str(problem.node), str(problem.path), str(problem.message)))
        print("\t".join(line))  # noqa: T201 - the report
    if problems:
        tell(f"{len(problems)} problems in {graph}")
        sys.exit(1)
    tell(f"{graph} conforms")
