"""What the commands share: an option, messages and progress on standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from kg.pipeline import Progress
    from kg.store import KnowledgeGraph

__all__ = ["Output", "fail", "open_graph", "printable", "progress", "show_warnings", "tell"]

Output = Annotated[
    Path, typer.Option("--output", "-o", help="Folder of the graph.", show_default=True)
]


def printable(text: str) -> str:
    """Text of strangers without what moves a terminal's cursor."""
    return "".join(c if c.isprintable() else " " for c in text)


def tell(message: str) -> None:
    """One line for people, on standard error; control characters of file names stay out."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in message)
    print(clean, file=sys.stderr)  # noqa: T201 - the command line is where printing belongs


class _Lines(logging.Handler):
    """Warnings of kg as lines on standard error; those of libraries say nothing to people."""

    def emit(self, record: logging.LogRecord) -> None:
        tell(record.getMessage())


def show_warnings() -> None:
    """Show what the stages warn of (a file in another encoding), and nothing of libraries."""
    logging.basicConfig(handlers=[logging.NullHandler()])
    logging.getLogger("kg").handlers = [_Lines(logging.WARNING)]


def fail(message: str) -> NoReturn:
    """End with exit code 1 and one line on standard error."""
    tell(f"kg: {' '.join(message.split())}")
    sys.exit(1)


def open_graph(output: Path) -> KnowledgeGraph:
    """The graph in a folder (or a Turtle file)."""
    from kg.store import KnowledgeGraph

    return KnowledgeGraph.open(output)


@contextmanager
def progress() -> Iterator[Progress | None]:
    """A line that says how far the work is, where standard error is a terminal; else None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:.0f} documents"),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda stage, done: bar.update(task, description=stage, completed=done)
