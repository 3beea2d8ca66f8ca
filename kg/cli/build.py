"""``kg build``, ``kg add`` and ``kg remove``: articles into a graph and out of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.cli.console import Output, fail, progress, tell
from kg.cli.load import Address, load

if TYPE_CHECKING:
    from kg.pipeline import BuildResult, Erasure, Progress
    from kg.workers import Limits

__all__ = ["register"]

_CONFLICTS = 5
"""Lines of the summary that conflicts between sources may take."""

Paths = Annotated[
    list[str],
    typer.Argument(help="Files, folders, patterns (txt, html, pdf, jsonl); - is standard input."),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="Worker processes; the result is the same.")
]
Seconds = Annotated[
    float | None,
    typer.Option(min=1, help="Set aside an article that takes longer; by default by its length."),
]
Memory = Annotated[
    float, typer.Option(min=0.1, help="Set aside an article that takes more GiB of memory.")
]
Engine = Annotated[
    Literal["local", "spark"],
    typer.Option(help="What does the work: this machine, or a cluster of Apache Spark."),
]
Master = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Spark's master: spark://host:7077, yarn, local[4] …"),
]
Parts = Annotated[
    str | None,
    typer.Option(
        metavar="FOLDER|URL",
        help="For Spark: where all its workers can write; gets N-Triples and Parquet.",
    ),
]
Cached = Annotated[
    bool, typer.Option("--cache/--no-cache", help="Use and keep what unchanged articles gave.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("build", epilog="Example: [bold]kg build seeds -o output[/bold]")(_build)
    app.command("add", epilog="Example: [bold]kg add today.html[/bold]")(_add)
    app.command(
        "remove",
        epilog="Example: [bold]kg remove today.html[/bold]; for personal data: "
        "[bold]kg remove --entity 'Maria Rossi'[/bold]",
    )(_remove)


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
    max_seconds: Seconds = None,
    max_memory: Memory = 4.0,
    cache: Cached = True,
    store: Address = None,
    engine: Engine = "local",
    master: Master = None,
    parts: Parts = None,
) -> None:
    """Build a graph from articles: graph.ttl, graph.html, statements.jsonl and the store."""
    from kg.vocab import DEFAULT_BASE

    if engine == "local" and (master or parts):
        raise typer.BadParameter("--master and --parts are for --engine spark")
    pipelines = _pipelines(pipeline or [])
    limits = _limits(max_seconds, max_memory)

    def here(report: Progress | None) -> BuildResult:
        from kg.pipeline import build

        return build(
            paths,
            output,
            jobs=jobs,
            base=base or DEFAULT_BASE,
            pipelines=pipelines,
            corrections=corrections,
            use_cache=cache,
            limits=limits,
            progress=report,
        )

    def on_spark(report: Progress | None) -> BuildResult:
        from kg.spark import build_on_spark

        return build_on_spark(
            paths,
            output,
            master=master or "local[*]",
            parts=parts,
            base=base or DEFAULT_BASE,
            pipelines=pipelines,
            corrections=corrections,
            limits=limits,
            progress=report,
        )

    result = _run(here if engine == "local" else on_spark, output)
    if store is not None and result.parts is not None:
        fail(f"not loaded: the graph is in parts; give {result.parts} to the server's own loader")
    if store is not None:
        load(output, store)


def _add(
    paths: Paths,
    output: Output = Path("output"),
    *,
    jobs: Jobs = 1,
    max_seconds: Seconds = None,
    max_memory: Memory = 4.0,
    cache: Cached = True,
    store: Address = None,
) -> None:
    """Add articles to a graph; it ends as a build of all its articles would."""
    from kg.pipeline import add

    _run(
        lambda report: add(
            paths,
            output,
            jobs=jobs,
            use_cache=cache,
            limits=_limits(max_seconds, max_memory),
            progress=report,
        ),
        output,
    )
    if store is not None:
        load(output, store)


def _remove(
    documents: Annotated[
        list[str] | None, typer.Argument(help="Ids or files of documents in the graph.")
    ] = None,
    output: Output = Path("output"),
    *,
    entity: Annotated[
        str | None,
        typer.Option(help="Take out this person instead: statements, quotations, every mention."),
    ] = None,
) -> None:
    """Remove documents from a graph, with all that only they say; or a person from all documents.

    --entity is for personal data: passages that name the person are blacked out in the texts kept
    with the graph, what rests on them is gone. Your articles and what you exported stay as they
    are.
    """
    from kg.pipeline import remove, remove_entity

    if (entity is None) == (not documents):
        raise typer.BadParameter("name documents, or a person with --entity")
    if entity is not None:
        _run(lambda report: remove_entity(entity, output, progress=report), output)
    else:
        _run(lambda report: remove(documents or [], output, progress=report), output)


def _limits(seconds: float | None, gibibytes: float) -> Limits:
    """What one article may take."""
    from kg.workers import Limits

    return Limits(seconds, int(gibibytes * 2**30))


def _pipelines(options: list[str]) -> dict[str, str]:
    """``en=en_core_web_trf`` as a mapping from language to pipeline."""
    pairs = [option.partition("=") for option in options]
    for language, _, name in pairs:
        if not (language and name):
            raise typer.BadParameter("give a language and a pipeline, as en=en_core_web_trf")
    return {language: name for language, _, name in pairs}


def _run(work: Callable[[Progress | None], BuildResult], output: Path) -> BuildResult:
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
    for source in result.withheld:
        tell(f"left as it is: {source} (a person was taken out of this text)")
    if result.erasure is not None:
        _show_erasure(result.erasure, output)
    for conflict in result.conflicts[:_CONFLICTS]:
        tell(f"sources disagree: {conflict}")
    if more := result.conflicts[_CONFLICTS:]:
        tell(f"… and {len(more)} more: kg query contradictions, kg query disagreements")
    for name in result.unfinished:
        tell(f"not all that sources disagree on was looked for: kg query {name} --timeout 3600")
    if not result.documents:
        fail("no file could be read; nothing was written")
    counts = (
        _count(result.documents, "document", "documents"),
        _count(result.entities, "entity", "entities"),
        _count(result.statements, "statement", "statements"),
    )
    unchanged = "" if result.changed else "nothing new: "
    place = result.parts or output
    tell(f"{unchanged}{', '.join(counts)} in {place} ({time.perf_counter() - begin:.1f} s)")
    return result


def _show_erasure(erasure: Erasure, output: Path) -> None:
    """What went, and what the person who asked has to see to."""
    statements = _count(erasure.statements, "statement", "statements")
    documents = _count(erasure.documents, "document", "documents")
    tell(f"{erasure.entity}: {statements} gone, passages of {documents} blacked out")
    if erasure.similar:
        tell(f"still there, with such a name: {', '.join(erasure.similar)}")
    if erasure.derived:
        tell(f"words made of the name, or like it, that stay: {', '.join(erasure.derived)}")
    for folder in erasure.held:
        tell(f"still read by another process: {folder}; the next change removes it")
    for path in sorted(output.glob("export.*")):
        tell(f"exported before, not touched: {path}")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
