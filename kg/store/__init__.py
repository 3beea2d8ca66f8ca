"""The graph as an object: statements ↔ RDF, in memory or on disk, with what people do with it.

Its methods import what comes after the store (query, analyze, export) when they are called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, Store

from kg.errors import StoreError
from kg.store.described import Described, described, dumped
from kg.store.disk import Generation, new_generation, open_current, write
from kg.store.load import graph_names, load
from kg.store.order import normalised
from kg.store.render import descriptions, quads
from kg.store.turtle import turtle
from kg.types import Document, Entity, GraphData, Statement
from kg.vocab import DEFAULT_BASE, Names, prefixes

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Graph

    from kg.export.view import Page
    from kg.query import Result

__all__ = ["KnowledgeGraph"]

STORE_FOLDER: Final = "store"
"""Where a build keeps the store, inside its output folder."""


class KnowledgeGraph:
    """A knowledge graph: facts, and the words in the news that each of them rests on.

    >>> graph = KnowledgeGraph.open("output")
    >>> graph.query("SELECT ?who { ?who rel:sign ?what }").rows
    """

    def __init__(
        self, store: Store, *, data: GraphData | None = None, generation: Generation | None = None
    ) -> None:
        self.store = store
        """The Oxigraph store; one on disk is read-only."""
        self.names = graph_names(store)
        self._data = data
        self._generation = generation

    @classmethod
    def from_data(
        cls,
        data: GraphData,
        base: str = DEFAULT_BASE,
        path: str | Path | None = None,
    ) -> KnowledgeGraph:
        """A graph of this data: in memory, or in a new generation of the store folder ``path``.

        Raises ``StoreError`` for a base that is no IRI or a folder that cannot be written.
        """
        names = Names(base)
        data = normalised(data)
        if path is not None:
            with new_generation(Path(path)) as generation:
                write(generation, map(described, descriptions(data, names)))
            return cls._from_folder(Path(path), data)
        store = Store()
        store.bulk_extend(quads(descriptions(data, names)))
        return cls(store, data=data)

    @classmethod
    def open(cls, path: str | Path) -> KnowledgeGraph:
        """The graph of an output folder, a store folder or a Turtle file.

        Raises ``StoreError`` where there is none.
        """
        path = Path(path)
        if path.is_file():
            return cls.from_turtle(path)
        inner = path / STORE_FOLDER
        return cls._from_folder(inner if inner.is_dir() else path)

    @classmethod
    def from_turtle(cls, path: str | Path) -> KnowledgeGraph:
        """The graph of a ``graph.ttl``, in memory. Raises ``StoreError`` where it is not one."""
        store = Store()
        try:
            store.bulk_load(path=str(path), format=RdfFormat.TURTLE)
        except (OSError, SyntaxError) as error:
            raise StoreError(f"{path}: not readable as Turtle ({error})") from error
        try:
            return cls(store)
        except StoreError as error:
            raise StoreError(f"{path}: {error}") from error

    @classmethod
    def _from_folder(cls, folder: Path, data: GraphData | None = None) -> KnowledgeGraph:
        generation = open_current(folder)
        return cls(generation.store, data=data, generation=generation)

    # -- what it holds --

    @cached_property
    def data(self) -> GraphData:
        """Everything the graph holds, each part sorted by id."""
        return load(self.store) if self._data is None else self._data

    @property
    def documents(self) -> tuple[Document, ...]:
        """The articles it was read from, by id."""
        return self.data.documents

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The things it knows, by id."""
        return self.data.entities

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The facts, by id."""
        return self.data.statements

    @property
    def base(self) -> str:
        """The IRI that those of entities, statements and documents begin with."""
        return self.names.base

    @property
    def path(self) -> Path | None:
        """The Oxigraph directory on disk, None in memory."""
        return None if self._generation is None else self._generation.path / "rdf"

    @cached_property
    def rdf(self) -> Graph:
        """The triples as an rdflib graph, a view of the store; ``query`` is many times faster."""
        from oxrdflib import OxigraphStore
        from rdflib import Graph
        from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

        graph = Graph(store=OxigraphStore(store=self.store), identifier=DATASET_DEFAULT_GRAPH_ID)
        for prefix, iri in prefixes(self.names).items():
            graph.bind(prefix, iri)
        return graph

    def __len__(self) -> int:
        return len(self.statements)

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.base} in {self.path or 'memory'}>"

    # -- what one does with it --

    def query(
        self,
        query: str | Path,
        *,
        timeout: float | None = None,
        parameters: Mapping[str, str | Sequence[str]] | None = None,
    ) -> Result:
        """Answers a SPARQL query, a named one, or one in a ``.rq`` file.

        ``timeout`` is in seconds; ``parameters`` are values for the query's parameters, as people
        type them. Raises ``QueryError`` where the query is malformed, is not allowed or takes too
        long.
        """
        from kg.query import asked, run

        with asked(query) as sparql:
            return run(self, sparql, timeout=timeout, parameters=parameters)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Entities as nodes, statements between them as edges."""
        from kg.analyze import to_networkx

        return to_networkx(self.data)

    def to_turtle(self) -> str:
        """The whole graph as Turtle: the same graph gives the same text."""
        return "".join(turtle(self.described(), self.names))

    def described(self) -> Iterator[Described]:
        """All that the graph says, subject by subject."""
        return dumped(self.store, grouped=self.path is not None)

    def show(
        self,
        *,
        around: str | None = None,
        steps: int = 1,
        document: str | None = None,
        query: str | None = None,
    ) -> Page:
        """Shows the graph's page, or that of a part of it: in a notebook, else in the browser.

        ``around`` is an entity (name, id or IRI) and ``steps`` how many statements away from it
        the others may be; ``document`` the id, file name or title of an article; ``query`` a
        CONSTRUCT. The page stays in a temporary file. Raises ``KGError`` for a name nobody has.
        """
        from kg.export.view import part_of, show_page

        part = part_of(self, query=query, document=document, entity=around, steps=steps)
        return show_page(part, self.base)
