"""The whole way: articles in, a knowledge graph on disk out; documents added to it and removed."""

from __future__ import annotations

import logging
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from kg.analyze import find_entity, show_label
from kg.annotate import load_pipeline
from kg.cache import Cache, default_folder
from kg.collect import Collected, Progress, collect, drop, drop_former
from kg.conflicts import find_conflicts
from kg.dataset import Local, without_collector
from kg.erase import Subject, erase_all, erase_corrections
from kg.errors import ReadError, StoreError
from kg.publish import Published, provenance_of, publish
from kg.read import ReadFailure
from kg.resolve import Corrections, resolve_identities
from kg.resolve.corpus import resolve
from kg.store import STORE_FOLDER, KnowledgeGraph
from kg.store.disk import former_folders
from kg.types import Entity, GraphData
from kg.vocab import DEFAULT_BASE, RDF, Names
from kg.workers import KINDS, Limits
from kg.workspace import (
    Configuration,
    Workspace,
    new_workspace,
    revision,
)

__all__ = [
    "BuildResult",
    "Erasure",
    "Progress",
    "add",
    "build",
    "build_graph",
    "remove",
    "remove_entity",
]

_LOG: Final = logging.getLogger("kg")
_HELPERS: Final = 3
"""Processes that help to write: more wait for this one."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What taking a person out came to."""

    entity: str
    """The name they had."""
    statements: int
    """Statements of documents that are gone, each with its quotation."""
    documents: int
    """Documents in which passages were blacked out."""
    similar: tuple[str, ...]
    """Names of entities that are still there and have one of the person's names in theirs."""
    derived: tuple[str, ...]
    """Words of the texts that begin with one of the person's names; they stay."""
    held: tuple[Path, ...]
    """Former states on disk that another process is still reading."""


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
    withheld: tuple[str, ...] = ()
    """Sources of articles left as they are in the graph, since a person was taken out of them."""
    changed: bool = True
    """False where the graph said all of it before, and was left as it was."""
    erasure: Erasure | None = None
    conflicts: tuple[str, ...] = ()
    """What the sources disagree on, a line each."""
    unfinished: tuple[str, ...] = ()
    """Named queries for what sources disagree on that took too long to wait for."""
    parts: str | None = None
    """Where the graph is, in parts, if it was too large for the files of one machine."""


def build(
    paths: Iterable[str | Path],
    output: str | Path = "output",
    *,
    jobs: int = 0,
    limits: Limits | None = None,
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
        jobs: worker processes, which a document may crash without ending the build; with 0 the
            work is done in this process. The bytes that come out do not depend on it.
        limits: what one document may take in a worker process.
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
    configuration = configured(base, pipelines)
    with new_workspace(Path(output), configuration) as workspace:
        if corrections is not None:
            workspace.keep_corrections(corrections)
        collected = collect(paths, workspace, jobs, use_cache, progress, limits)
        if not collected.documents:
            return BuildResult(failures=collected.failures)
        collected = collected.report()
        published = _publish(workspace, progress, jobs=jobs)
    return result_of(published, collected)


def add(
    paths: Iterable[str | Path],
    output: str | Path = "output",
    *,
    jobs: int = 0,
    limits: Limits | None = None,
    use_cache: bool = True,
    progress: Progress | None = None,
) -> BuildResult:
    """Add articles to the graph in a folder; it ends as a build of all its articles would.

    An article is known by its text: one that is there already changes nothing. A file that was
    changed since takes the place of what it held before, and so do the lines of a file of articles
    (one that cannot be read any more keeps the article it held). The addition as a whole is one
    transaction: whatever interrupts it, the graph is as before or as after.

    Raises:
        ReadError: none of the paths exists.
        StoreError: there is no graph in the folder, or another build is writing it.
    """
    with revision(Path(output)) as workspace:
        collected = collect(paths, workspace, jobs, use_cache, progress, limits)
        if not collected.documents:
            return BuildResult(failures=collected.failures)
        drop_former(workspace.spool, collected)
        collected = collected.report()
        changed = workspace.changed
        published = _publish(workspace, progress, jobs=jobs) if changed else _published(output)
    return result_of(published, collected, changed=changed)


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
            drop(workspace.spool, name)
        if not workspace.spool.ids():
            raise StoreError(f"{output}: no document would stay; delete the folder instead")
        published = _publish(workspace, progress)
    return result_of(published, Collected())


def remove_entity(
    name: str, output: str | Path = "output", *, progress: Progress | None = None
) -> BuildResult:
    """Take a person (or another entity) out of the graph in a folder: erasure of personal data.

    Gone are every statement and quotation of theirs, in which they are named, or which rests on a
    passage that names them; the texts kept with the graph are blacked out there, as are their
    further mentions, titles, authors, addresses and files' names. The cache forgets these articles,
    redirects and kept corrections forget the name. The articles themselves are not touched, nor is
    what was exported. An article that lost passages is known by its text as it was: adding it again
    brings nothing back, while a new text, or a new build, does.

    Raises:
        KGError: no entity is called so, or several are.
        StoreError: as :func:`remove`.
    """
    with revision(Path(output)) as workspace:
        (data, ids), spool = _merge(workspace), workspace.spool
        entity = find_entity(data.entities, name)
        own: dict[str, set[str]] = defaultdict(set)
        for (document, local), identifier in ids.items():
            if identifier == entity.id:
                own[document].add(local)
        subject = Subject.of(
            e for f in spool.all() for e in f.entities if e.id in own[f.document.id]
        )
        documents, statements = erase_all(spool, subject, own)
        if (corrections := workspace.corrections()) is not None:
            workspace.rewrite_corrections(erase_corrections(corrections, subject))
        _forget(documents)
        published = _publish(workspace, progress, unwanted=subject)
        graph = published.graph
    erasure = Erasure(
        entity=show_label(entity),
        statements=statements,
        documents=len(documents),
        similar=tuple(show_label(e) for e in graph.entities if _resembles(e, subject)),
        derived=tuple(sorted({w for d in graph.documents for w in subject.derived(d.text)})),
        held=tuple(former_folders(Path(output) / STORE_FOLDER)),
    )
    return replace(result_of(published, Collected()), erasure=erasure)


def build_graph(
    paths: Iterable[str | Path],
    output: str | Path | None = None,
    *,
    jobs: int = 0,
    limits: Limits | None = None,
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
    configuration = configured(base, pipelines)
    with ExitStack() as stack:
        folder = output or stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-"))
        workspace = stack.enter_context(new_workspace(Path(folder), configuration))
        if corrections is not None:
            workspace.keep_corrections(corrections)
        collected = collect(paths, workspace, jobs, use_cache, None, limits)
        for failure in collected.failures:
            _LOG.warning("%s: %s", failure.source, failure.reason)
        if not collected.documents:
            raise ReadError("none of the files could be read; the log `kg` says why of each")
        if output is not None:
            return _publish(workspace, None, jobs=jobs).graph
        return KnowledgeGraph.from_data(_merge(workspace)[0], base=base)


def configured(base: str, pipelines: Mapping[str, str] | None) -> Configuration:
    """The configuration; a base that is no IRI or a pipeline that is not there ends it at once."""
    Names(base)
    for language, name in (pipelines or {}).items():
        load_pipeline(language, name)
    return Configuration(base, dict(pipelines or {}))


def _forget(texts: Mapping[str, str]) -> None:
    """Have the cache forget documents: their facts name their id, their parses hold their text."""
    marks = [mark.encode() for document in texts.items() for mark in document]
    for kind in KINDS:
        Cache(kind, default_folder()).forget(lambda payload: any(m in payload for m in marks))


def _resembles(entity: Entity, subject: Subject) -> bool:
    """Whether an entity is called like the subject."""
    return any(subject.resembles(text) for _, text in (*entity.labels, *entity.aliases))


# -- the second pass: all of them together ---------------------------------------------------


def _merge(workspace: Workspace) -> tuple[GraphData, Mapping[tuple[str, str], str]]:
    """All documents' facts as one graph, with what made it; and each local entity's id in it."""
    data, ids = resolve_identities(workspace.spool, workspace.corrections())
    provenance = provenance_of(data.documents, workspace.configuration)
    return replace(data, provenance=provenance), ids


def _publish(
    workspace: Workspace,
    progress: Progress | None,
    unwanted: Subject | None = None,
    jobs: int = 0,
) -> Published:
    """Merge the documents of a workspace and put the graph of them in place."""
    report = progress or (lambda *_: None)
    count = len(workspace.spool.ids())
    report("merging", count)
    with without_collector(), workspace.temporary() as folder:
        documents = Local(lambda: workspace.spool, folder)
        found = resolve(documents, workspace.corrections() or Corrections())
        report("writing", count)
        return publish(workspace, found, folder, unwanted, min(max(jobs - 1, 0), _HELPERS))


def _published(output: str | Path) -> Published:
    """The graph that is there."""
    graph = KnowledgeGraph.open(output)
    folders = Counter(
        quad.subject.value.removeprefix(graph.base).partition("/")[0]
        for quad in graph.store.quads_for_pattern(None, RDF["type"], None)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(graph.base)
    )
    return Published(graph, folders["document"], folders["entity"], folders["statement"])


def result_of(published: Published, collected: Collected, *, changed: bool = True) -> BuildResult:
    conflicts = find_conflicts(published.graph, published.statements)
    return BuildResult(
        documents=published.documents,
        entities=published.entities,
        statements=published.statements,
        failures=collected.failures,
        repeated=collected.repeated,
        withheld=collected.withheld,
        changed=changed,
        conflicts=conflicts.lines,
        unfinished=conflicts.unfinished,
    )
