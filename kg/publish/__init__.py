"""A resolved graph, of any engine, written as the next state of a folder: a piece at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote

from kg._version import __version__
from kg.annotate import pipeline_hash
from kg.dataset import external_sort, frames, in_processes
from kg.erase import Subject
from kg.export.excerpt import excerpt
from kg.export.page import write_page
from kg.export.rdf import write_turtle
from kg.export.tables import write_lines
from kg.publish.streams import describe, identities, lines, tell
from kg.redirects import Identity
from kg.resolve.corpus import Resolved
from kg.store import STORE_FOLDER, KnowledgeGraph
from kg.store.disk import loaded, loading, new_generation
from kg.store.pieces import render
from kg.types import Document
from kg.vocab import Names
from kg.workspace import Configuration, Workspace, put_in_place, waiting_files

__all__ = ["Published", "provenance_of", "publish"]

_TITLE: Final = "Knowledge graph"
_MUCH: Final = 5_000
"""Statements from which on it is quicker to start another process."""
_FRAME: Final = 16
"""Pieces that another process takes at a time."""


class Published(NamedTuple):
    """A graph on disk and what is in it."""

    graph: KnowledgeGraph
    documents: int
    entities: int
    statements: int


def publish(
    workspace: Workspace,
    found: Resolved,
    folder: Path,
    unwanted: Subject | None = None,
    processes: int = 0,
) -> Published:
    """Make everything of the next state beside the former one, then put it in its place.

    The store, and what the documents say, change together, in one step; the files follow. Where
    they could not, the next change completes this one.

    Args:
        workspace: has the documents.
        found: the graph of them.
        folder: for temporary files.
        unwanted: nothing may lead to a thing of this name from elsewhere.
        processes: how many beside this one may help where there is much to write.

    Raises:
        StoreError: the folder of the graph cannot be written.
    """
    counts = [part.total(_one) for part in (found.documents, found.entities, found.statements)]
    names = Names(workspace.configuration.base)
    provenance = provenance_of(found.documents, workspace.configuration)
    told = tell(found)
    with new_generation(workspace.output / STORE_FOLDER) as generation:
        files = waiting_files(generation)
        with loading(generation) as loader:
            pieces = frames(chain(*describe(found, told, provenance, names)), _FRAME)
            helpers = processes if counts[2] >= _MUCH else 0
            rendered = in_processes(partial(render, names), pieces, helpers)
            write_turtle(loaded(loader, rendered), names, files / "graph.ttl")
            rows = external_sort(lines(found, told, names), itemgetter(0), folder)
            write_lines((line for _, (_, line) in rows), files / "statements.jsonl")
            _write_page(found, counts[2], files / "graph.html", names)
        redirects = workspace.redirects(_each_once(identities(found, names), folder))
        if unwanted is not None:
            redirects = {a: b for a, b in redirects.items() if not unwanted.named_in(unquote(a))}
        workspace.hand_over(generation, redirects)
    put_in_place(workspace.output)
    return Published(KnowledgeGraph.open(workspace.output), *counts)


def provenance_of(
    documents: Iterable[Document], configuration: Configuration
) -> tuple[tuple[str, str], ...]:
    """What made the graph, by name; nothing in which two equal builds differ."""
    found = [("tool", f"kg-news {__version__}")]
    for language in {document.language for document in documents}:
        name = configuration.pipelines.get(language)
        found.append(
            (f"pipeline {language}", f"{name or 'shipped'} {pipeline_hash(language, name)}")
        )
    return tuple(sorted(found))


def _write_page(found: Resolved, statements: int, path: Path, names: Names) -> None:
    part = excerpt(found)
    kept = len(part.statements)
    title = _TITLE if kept == statements else f"{_TITLE}: {kept:,} of {statements:,} statements"
    write_page(part, path, base=names.base, title=title)


def _each_once(marks: Iterable[Identity], folder: Path) -> Iterator[Identity]:
    """Marks in their order; of several IRIs for one the last."""
    for mark, same in groupby(external_sort(marks, tuple, folder), lambda pair: pair[0][0]):
        *_, (_, iri) = (identity for _, identity in same)
        yield mark, iri


def _one(_: object) -> int:
    return 1
