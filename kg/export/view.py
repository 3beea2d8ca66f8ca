"""A graph's page to look at: of the whole or of a part, in the browser or in a notebook."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import escape

from kg.analyze import find_entity
from kg.errors import QueryError
from kg.export.construct import of_triples
from kg.export.page import write_page
from kg.export.part import around, from_document
from kg.types import GraphData

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph

__all__ = ["Page", "part_of", "show_page"]

_HEIGHT = 680
"""Pixels of the page in a notebook."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in a file; a notebook shows it where it is the value of a cell."""

    path: Path

    def _repr_html_(self) -> str:
        """The page in a frame that may run its own script and reach nothing of the notebook."""
        return (
            f'<iframe srcdoc="{escape(self.path.read_text("utf-8"))}"'
            ' sandbox="allow-scripts allow-downloads allow-popups"'
            f' width="100%" height="{_HEIGHT}" style="border: 0"></iframe>'
        )


def part_of(
    graph: KnowledgeGraph,
    *,
    query: str | None = None,
    document: str | None = None,
    entity: str | None = None,
    steps: int = 1,
) -> GraphData:
    """The part of a graph that a CONSTRUCT gives, a document says and is near an entity.

    Raises ``KGError`` where the query is no CONSTRUCT or DESCRIBE, or a name is nobody's.
    """
    data = graph.data
    if query is not None:
        result = graph.query(query)
        if result.triples is None:
            raise QueryError("a CONSTRUCT or DESCRIBE is needed here: it says which part to show")
        data = of_triples(result.triples, graph.names, data)
    if document is not None:
        data = from_document(data, document)
    if entity is not None:
        data = around(data, find_entity(data.entities, entity).id, steps)
    return data


def show_page(data: GraphData, base: str) -> Page:
    """The page of a graph in a temporary file, opened in the browser unless in a notebook."""
    page = Page(Path(tempfile.mkdtemp(prefix="kg-")) / "graph.html")
    write_page(data, page.path, base=base)
    if not _in_notebook():
        webbrowser.open(page.path.as_uri())
    return page


def _in_notebook() -> bool:
    """Whether a Jupyter kernel runs this, which shows what a cell gives."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(shell, "kernel")
