"""The command ``kg``; what its commands need is imported when they run, so that it starts at once.

Exit codes: 0 (files that could not be read are listed), 1 (nothing could be done; one line on
standard error says why), 2 (the command line was wrong), 130 (interrupted).
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg._version import __version__
from kg.cli import ask, build, check, diff, evaluate, export, extract, load, serve, stats, train
from kg.cli.console import fail, show_warnings
from kg.errors import KGError

__all__ = ["app", "main"]

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: [bold]kg build seeds && kg view[/bold]",
)


def _version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg-news {__version__}")
        raise typer.Exit


@app.callback()
def _kg(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """A knowledge graph from Italian and English news: every fact with the words that state it."""


for module in (build, ask, stats, check, diff, export, load, serve, extract, evaluate, train):
    module.register(app)


def main() -> None:
    """Run the command line; what people cause is one line on standard error, never a traceback."""
    show_warnings()
    try:
        app(prog_name="kg")
    except KGError as error:
        fail(str(error))
    except BrokenPipeError:  # kg query … | head
        sys.stderr.close()
        sys.exit(1)
