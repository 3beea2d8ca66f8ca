"""``kg train``: the data that ships, made again from its sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import tell

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    train = typer.Typer(no_args_is_help=True, help="Make the data that ships from its sources.")
    train.command(
        "lexicon", epilog="Example: [bold]kg train lexicon --data wordnets -o kg/lang/data[/bold]"
    )(_lexicon)
    app.add_typer(train, name="train")


def _lexicon(
    data: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="Folder with the sources' files.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the tables.")],
) -> None:
    """Derive the lexical tables and the gazetteer (kg/lang/data) from wordnets and CLDR."""
    from kg.train.lexicon import derive

    derive(data, output)
    tell(f"tables in {output}")
