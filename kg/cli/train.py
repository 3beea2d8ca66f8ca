"""``kg train``: the data that ships, made again from its sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg.cli.console import tell

__all__ = ["register"]

_LANGUAGE = "LANG"


class _Languages(TyperGroup):
    """``kg train en`` is ``kg train LANG en``: what is no command is a language."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer's own click
        known = args[0] in self.commands or args[0].startswith("-")
        return super().resolve_command(ctx, args if known else [_LANGUAGE, *args])


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    train = typer.Typer(
        cls=_Languages, no_args_is_help=True, help="Make the data that ships from its sources."
    )
    train.command(
        "lexicon", epilog="Example: [bold]kg train lexicon --data wordnets -o kg/lang/data[/bold]"
    )(_lexicon)
    train.command(
        _LANGUAGE, epilog="Example: [bold]kg train it --data treebanks -o trained/it[/bold]"
    )(_pipeline)
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


def _pipeline(
    language: Annotated[str, typer.Argument(help="ISO 639-1 code: en, it, or another of UD's.")],
    data: Annotated[
        Path,
        typer.Option(exists=True, file_okay=False, help="Folder with ud/LANG and ner/LANG."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the pipeline.")],
    *,
    free: Annotated[
        bool, typer.Option("--free", help="Only data without a non-commercial clause.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Seed of every random choice.")] = 0,
) -> None:
    """Train a language's pipeline (tags, lemmas, trees, names), measure it and package it."""
    from kg.train.pipeline import train_pipeline

    tell(f"pipeline in {train_pipeline(language, data, output, free=free, seed=seed)}")
