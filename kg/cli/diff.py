"""``kg diff``: what tells two graphs apart."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import open_graph, printable, tell

__all__ = ["register"]

_Graph = Annotated[Path, typer.Argument(help="A graph's folder, or its Turtle file.")]


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("diff", epilog="Example: [bold]kg diff yesterday output[/bold]")(_diff)


def _diff(first: _Graph, second: _Graph) -> None:
    """Show what only one of two graphs has (- +), or both have but not alike (~), a line each.

    Exit code 0 where they are the same, 1 where not.
    """
    from kg.analyze.difference import difference

    changes = list(difference(open_graph(first).data, open_graph(second).data))
    for change in changes:
        typer.echo(f"{change.sign} {change.kind}: {printable(change.text)}")
    if not changes:
        tell(f"{first} and {second} say the same")
        return
    counts = Counter((change.kind, change.sign) for change in changes)
    parts = (f"{kind} {sign}{counts[kind, sign]}" for kind, sign in sorted(counts))
    tell(f"differences: {', '.join(parts)}")
    sys.exit(1)
