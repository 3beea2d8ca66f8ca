"""The whole way: articles in, a knowledge graph on disk out; documents added to it and removed."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kg._version import __version__
from kg.annotate import load_pipeline, pipeline_hash
from kg.cache import Cache, default_folder
from kg.conflicts import find_conflicts
from kg.errors import ReadError, StoreError
from kg.export.page import write_page
from kg.export.rdf import write_turtle
from kg.export.tables import write_statements
from kg.read import ReadFailure, read
from kg.resolve import resolve_corpus
from kg.spool import Spool
from kg.store import STORE_FOLDER, KnowledgeGraph
from kg.types import Document, GraphData
from kg.vocab import DEFAULT_BASE, Names
from kg.workers import KINDS, Settings, document_facts
from kg.workspace import Configuration, Workspace, new_workspace, revision

__all__ = ["BuildResult", "Progress", "add", "build", "build_graph", "remove"]

Progress = Callable[[str, int], None]
"""Called with a stage (``reading``, ``merging``, ``writing``) and the documents so far."""

_LOG: Final = logging.getLogger("kg")


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build, an addition or a removal came to."""

    documents: int = 0
    """Documents in the graph; 0 where no file could be read and nothing was written."""
    entities: int = 0
    statements: int = 0
    failures: tuple[ReadFailure, ...] = ()
    """Files that gave no document, with one line of reason each."""
    repeated: tuple[tuple[str, str], ...] = ()
    """Sources whose text is another's, with the one that stands for it."""
    conflicts: tuple[str, ...] = ()
    """What the sources disagree on, a line each."""


def build(
    paths: Iterable[str | Path],
    output: str | Path = "output",
    *,
    jobs: int = 1,
    base: str = DEFAULT_BASE,
    pipelines: Mapping[str, str] | None = None,
    corrections: str | Path | None = None,
    use_cache: bool = True,
    progress: Progress | None = None,
) -> BuildResult:
    """Build a graph from articles into a folder, in place of the one that was there.

    Args:
        paths: files, folders, glob patterns, ``-`` for standard input.
        output: gets ``graph.ttl``, ``graph.html``, ``statements.jsonl`` and ``store/``; what else
            is in it stays. Nothing is replaced before everything is made.
        jobs: processes; the bytes that come out do not depend on it.
        base: IRI that those of entities, statements and documents begin with.
        pipelines: installed spaCy pipelines to use in place of those that ship, by language.
        corrections: file in which the user names same entities, relations, rejected statements.
        use_cache: keep what documents gave, and use what was kept.
        progress: told how far the build is.

    Raises:
        ReadError: none of the paths exists.
        PipelineError: a pipeline is not installed.
        CorrectionsError: the corrections cannot be read.
        StoreError: the base is no IRI, or the folder cannot be written or is being written.
    """
    configuration = _configuration(base, pipelines)
    with new_workspace(Path(output), configuration) as workspace:
        if corrections is not None:
            workspace.keep_corrections(corrections)
        collected = _collect(paths, workspace, jobs, use_cache, progress)
        if not collected.documents:
            return BuildResult(failures=collected.failures)
        graph = _publish(workspace, progress)
    return _result(graph, collected)


def add(
    paths: Iterable[str | Path],
    output: str | Path = "output",
    *,
    jobs: int = 1,
    use_cache: bool = True,
    progress: Progress | None = None,
) -> BuildResult:
    """Add articles to the graph in a folder; it ends as a build of all its articles would.

    A file that was changed since takes the place of what it held before.

    Raises:
        ReadError: none of the paths exists.
        StoreError: there is no graph in the folder, or another build is writing it.
    """
    with revision(Path(output)) as workspace:
        collected = _collect(paths, workspace, jobs, use_cache, progress)
        if not collected.documents:
            return BuildResult(failures=collected.failures)
        _drop_former(workspace.spool, collected.documents)
        graph = _publish(workspace, progress)
    return _result(graph, collected)


def remove(
    names: Iterable[str], output: str | Path = "output", *, progress: Progress | None = None
) -> BuildResult:
    """Remove documents from the graph in a folder, each by its id, its source or its file's name.

    Raises:
        StoreError: there is no graph in the folder, a name is not that of a document in it, no
            document would stay, or another build is writing it.
    """
    with revision(Path(output)) as workspace:
        for name in names:
            _drop(workspace.spool, name)
        if not workspace.spool.ids():
            raise StoreError(f"{output}: no document would stay; delete the folder instead")
        graph = _publish(workspace, progress)
    return _result(graph, _Collected())


def build_graph(
    paths: Iterable[str | Path],
    output: str | Path | None = None,
    *,
    jobs: int = 1,
    base: str = DEFAULT_BASE,
    pipelines: Mapping[str, str] | None = None,
    corrections: str | Path | None = None,
    use_cache: bool = True,
) -> KnowledgeGraph:
    """A graph from articles, in memory; with ``output`` in that folder, as :func:`build`.

    Files that cannot be read are left out, with a warning in the log ``kg``.

    Raises:
        ReadError: no file could be read.
        PipelineError: a pipeline is not installed.
        CorrectionsError: the corrections cannot be read.
        StoreError: the base is no IRI, or the folder cannot be written or is being written.

    >>> graph = build_graph(["seeds"])  # doctest: +SKIP
    >>> graph.query("roles").rows  # doctest: +SKIP
    """
    configuration = _configuration(base, pipelines)
    with ExitStack() as stack:
        folder = output or stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-"))
        workspace = stack.enter_context(new_workspace(Path(folder), configuration))
        if corrections is not None:
            workspace.keep_corrections(corrections)
        collected = _collect(paths, workspace, jobs, use_cache, None)
        for failure in collected.failures:
            _LOG.warning("%s: %s", failure.source, failure.reason)
        if not collected.documents:
            raise ReadError("none of the files could be read; the log `kg` says why of each")
        if output is not None:
            return _publish(workspace, None)
        return KnowledgeGraph.from_data(_merge(workspace), base=base)


def _configuration(base: str, pipelines: Mapping[str, str] | None) -> Configuration:
    """The configuration; a base that is no IRI or a pipeline that is not there ends it at once."""
    Names(base)
    for language, name in (pipelines or {}).items():
        load_pipeline(language, name)
    return Configuration(base, dict(pipelines or {}))


# -- the first pass: every document by itself ------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Collected:
    """What reading came to."""

    documents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Ids of the documents by their source; a file of JSON lines may hold many."""
    failures: tuple[ReadFailure, ...] = ()
    repeated: tuple[tuple[str, str], ...] = ()


def _collect(
    paths: Iterable[str | Path],
    workspace: Workspace,
    jobs: int,
    use_cache: bool,
    progress: Progress | None,
) -> _Collected:
    """Put what the articles say into the spool."""
    pipelines = workspace.configuration.pipelines
    settings = Settings(pipelines, default_folder() if use_cache else None)
    spool = workspace.spool
    failures: list[ReadFailure] = []
    documents: dict[str, frozenset[str]] = {}
    found = _documents(read(paths), failures)
    for done, outcome in enumerate(document_facts(found, settings, jobs), 1):
        if isinstance(outcome, ReadFailure):
            failures.append(outcome)
        else:
            spool.put(outcome)
            source, identifier = outcome.document.source, outcome.document.id
            documents[source] = documents.get(source, frozenset()) | {identifier}
        if progress:
            progress("reading", done)
    if settings.cache:
        for kind in KINDS:
            Cache(kind, settings.cache).prune()
    failures.sort(key=lambda failure: (failure.source, failure.reason))
    return _Collected(documents, tuple(failures), tuple(_repeated(spool, documents)))


def _documents(
    items: Iterable[Document | ReadFailure], failures: list[ReadFailure]
) -> Iterator[Document]:
    """The documents among what was read; the failures are noted."""
    for item in items:
        if isinstance(item, ReadFailure):
            failures.append(item)
        else:
            yield item


def _drop_former(spool: Spool, documents: Mapping[str, frozenset[str]]) -> None:
    """Forget what the same sources held before: an edited article is not a second one."""
    former = [
        (facts.document.id, facts.document.source)
        for facts in spool.all()
        if facts.document.id not in documents.get(facts.document.source, {facts.document.id})
    ]
    for identifier, source in former:
        spool.drop(identifier, source)


def _repeated(spool: Spool, documents: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Pairs of a source and the one whose text it repeats, of the documents just read."""
    for identifier in sorted(frozenset[str]().union(*documents.values())):
        first, *others = (facts.document.source for facts in spool.get(identifier))
        yield from ((other, first) for other in others)


def _drop(spool: Spool, name: str) -> None:
    """Forget the document with an id, or all from a source: its path, or its name if one has it."""
    if name in spool.ids():
        spool.drop(name)
        return
    documents = [facts.document for facts in spool.all()]
    found = [d for d in documents if Path(d.source) == Path(name)]
    found = found or [d for d in documents if Path(d.source).name == name]
    if not found:
        raise StoreError(f"{name}: no document of the graph has this id or source")
    sources = sorted({document.source for document in found})
    if len(sources) > 1:
        raise StoreError(f"{name}: which of {', '.join(sources)}?")
    for document in found:
        spool.drop(document.id, document.source)


# -- the second pass: all of them together ---------------------------------------------------


def _merge(workspace: Workspace) -> GraphData:
    """All documents' facts as one graph, with what made it."""
    data = resolve_corpus(workspace.spool, workspace.corrections())
    return replace(data, provenance=tuple(_provenance(data, workspace.configuration)))


def _provenance(data: GraphData, configuration: Configuration) -> Iterator[tuple[str, str]]:
    """What made the graph, by name; nothing in which two equal builds differ."""
    for language in sorted({document.language for document in data.documents}):
        name = configuration.pipelines.get(language)
        yield f"pipeline {language}", f"{name or 'shipped'} {pipeline_hash(language, name)}"
    yield "tool", f"kg-news {__version__}"


def _publish(workspace: Workspace, progress: Progress | None) -> KnowledgeGraph:
    """Make every file in the workspace, then put all in place, the store last by its pointer.

    What the documents say follows the store: if anything interrupts this, the same command again
    brings everything to the same state.
    """
    report = progress or (lambda *_: None)
    report("merging", len(workspace.spool.ids()))
    data, base = _merge(workspace), workspace.configuration.base
    report("writing", len(data.documents))
    write_turtle(data, workspace.folder / "graph.ttl", base)
    write_page(data, workspace.folder / "graph.html")
    write_statements(data, workspace.folder / "statements.jsonl", base)
    for name in ("graph.ttl", "graph.html", "statements.jsonl"):
        (workspace.folder / name).replace(workspace.output / name)
    graph = KnowledgeGraph.from_data(data, base=base, path=workspace.output / STORE_FOLDER)
    workspace.publish_documents()
    return graph


def _result(graph: KnowledgeGraph, collected: _Collected) -> BuildResult:
    return BuildResult(
        documents=len(graph.documents),
        entities=len(graph.entities),
        statements=len(graph.statements),
        failures=collected.failures,
        repeated=collected.repeated,
        conflicts=find_conflicts(graph),
    )
