"""The graph that is served: that of a folder as it is now, whoever builds or adds meanwhile."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from kg.errors import KGError
from kg.store import KnowledgeGraph

__all__ = ["Snapshot", "Source"]

_LOG = logging.getLogger("kg.serve")

_SIGNS: Final = ("store/current", "redirects.tsv")
"""Files of an output folder that are replaced where the graph changes."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """One state of a graph: as long as this object lives, its files stay."""

    graph: KnowledgeGraph
    rdf: Path
    """The Oxigraph directory."""
    redirects: Mapping[str, str]
    """IRIs that things had before, and those they have now."""
    copy: tempfile.TemporaryDirectory[str] | None = None
    """Where the graph had to be put because it was not on disk as a store."""


class Source:
    """The graph of an output folder, or of a Turtle file.

    Raises ``StoreError`` where there is none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sign = self._signs()
        self._snapshot = self._open()

    def snapshot(self) -> Snapshot:
        """The graph as it is now; the former state where the present one cannot be opened."""
        sign = self._signs()
        if sign != self._sign:
            self._sign = sign
            try:
                self._snapshot = self._open()
            except KGError as error:
                _LOG.warning("%s; the former graph is served", error)
        return self._snapshot

    def close(self) -> None:
        """Removes what was put on disk to be served."""
        if self._snapshot.copy is not None:
            self._snapshot.copy.cleanup()

    @property
    def page(self) -> Path | None:
        """The graph's page, where there is one."""
        page = self.path / "graph.html"
        return page if page.is_file() else None

    def _open(self) -> Snapshot:
        graph = KnowledgeGraph.open(self.path)
        redirects = dict(_redirects(self.path / _SIGNS[1]))
        if graph.path is not None:
            return Snapshot(graph, graph.path, redirects)
        copy = tempfile.TemporaryDirectory(prefix="kg-serve-")
        rdf = Path(copy.name) / "rdf"
        store = Store(rdf)
        store.bulk_extend(graph.store)
        store.flush()
        del store  # closes it: readers must not meet the writer
        return Snapshot(graph, rdf, redirects, copy)

    def _signs(self) -> tuple[tuple[int, int, int] | None, ...]:
        return tuple(_stamp(self.path / name) for name in _SIGNS)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _redirects(path: Path) -> Iterator[tuple[str, str]]:
    """Lines of an old IRI, a tab and a new IRI."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return
    for line in lines:
        old, tab, new = line.partition("\t")
        if tab:
            yield old, new.strip()
