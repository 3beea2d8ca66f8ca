"""``kg build``, ``kg add`` and ``kg remove``: articles into a graph and out of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import Output, fail, progress, tell

if TYPE_CHECKING:
    from kg.pipeline import BuildResult, Progress

__all__ = ["register"]

_CONFLICTS = 5
"""Lines of the summary that conflicts between sources may take."""

Paths = Annotated[
    list[str],
    typer.Argument(help="Files, folders, patterns (txt, html, pdf, jsonl); - is standard input."),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="Processes; the result is the same.")
]
Cached = Annotated[
    bool, typer.Option("--cache/--no-cache", help="Use and keep what unchanged articles gave.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("build", epilog="Example: [bold]kg build seeds -o output[/bold]")(_build)
    app.command("add", epilog="Example: [bold]kg add today.html[/bold]")(_add)
    app.command("remove", epilog="Example: [bold]kg remove today.html[/bold]")(_remove)


def _build(
    paths: Paths,
    output: Output = Path("output"),
    *,
    jobs: Jobs = 1,
    base: Annotated[
        str | None,
        typer.Option(help="IRI that those of entities, statements, documents begin with."),
    ] = None,
    pipeline: Annotated[
        list[str] | None,
        typer.Option(metavar="LANG=NAME", help="An installed spaCy pipeline for a language."),
    ] = None,
    corrections: Annotated[
        Path | None,
        typer.Option(
            help="TOML file: same and different entities, aliases, relations, rejections."
        ),
    ] = None,
    cache: Cached = True,
) -> None:
    """Build a graph from articles: graph.ttl, graph.html, statements.jsonl and the store."""
    from kg.pipeline import build
    from kg.vocab import DEFAULT_BASE

    pipelines = _pipelines(pipeline or [])
    _run(
        lambda report: build(
            paths,
            output,
            jobs=jobs,
            base=base or DEFAULT_BASE,
            pipelines=pipelines,
            corrections=corrections,
            use_cache=cache,
            progress=report,
        ),
        output,
    )


def _add(
    paths: Paths, output: Output = Path("output"), *, jobs: Jobs = 1, cache: Cached = True
) -> None:
    """Add articles to a graph; it ends as a build of all its articles would."""
    from kg.pipeline import add

    _run(
        lambda report: add(paths, output, jobs=jobs, use_cache=cache, progress=report),
        output,
    )


def _remove(
    documents: Annotated[list[str], typer.Argument(help="Ids or files of documents in the graph.")],
    output: Output = Path("output"),
) -> None:
    """Remove documents from a graph, with all that only they say."""
    from kg.pipeline import remove

    _run(lambda report: remove(documents, output, progress=report), output)


def _pipelines(options: list[str]) -> dict[str, str]:
    """``en=en_core_web_trf`` as a mapping from language to pipeline."""
    pairs = [option.partition("=") for option in options]
    for language, _, name in pairs:
        if not (language and name):
            raise typer.BadParameter("give a language and a pipeline, as en=en_core_web_trf")
    return {language: name for language, _, name in pairs}


def _run(work: Callable[[Progress | None], BuildResult], output: Path) -> None:
    """Do the work under a progress line, then say what it came to."""
    begin = time.perf_counter()
    try:
        with progress() as report:
            result = work(report)
    except KeyboardInterrupt:
        tell("kg: interrupted; finished articles are cached: the same command again goes on")
        raise typer.Exit(130) from None
    for failure in result.failures:
        tell(f"not read: {failure.source}: {failure.reason}")
    for source, first in result.repeated:
        tell(f"same text: {source} = {first}")
    for conflict in result.conflicts[:_CONFLICTS]:
        tell(f"sources disagree: {conflict}")
    if more := result.conflicts[_CONFLICTS:]:
        tell(f"… and {len(more)} more: kg query contradictions, kg query disagreements")
    if not result.documents:
        fail("no file could be read; nothing was written")
    counts = (
        _count(result.documents, "document", "documents"),
        _count(result.entities, "entity", "entities"),
        _count(result.statements, "statement", "statements"),
    )
    tell(f"{', '.join(counts)} in {output} ({time.perf_counter() - begin:.1f} s)")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
