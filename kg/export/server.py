"""The graph into a SPARQL 1.1 server: in batches, once each, seen by readers all at once.

Batches go by the Graph Store Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/) into a
graph of their own, named after what is loaded; a last SPARQL Update moves it to where readers look.
The graph has no blank nodes, so that a batch which is sent twice is the same set of triples. Each
batch ends with a triple that counts it: a load that was cut off goes on behind the last one.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Final

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from kg.errors import StoreError
from kg.export.sparql import Server
from kg.store import KnowledgeGraph
from kg.vocab import XSD, digest

__all__ = ["Loaded", "load_into"]

_BATCH: Final = 4 * 2**20
"""Bytes of N-Triples in a batch, about."""
_IN_MEMORY: Final = 2**26
_COUNTED: Final = NamedNode("urn:kg-news:loaded")
"""From a graph that is being loaded to the number of each batch in it; gone when all are there."""
_LOADING: Final = "/loading/"
_TRIES: Final = 5

Report = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load came to."""

    graph: str
    """IRI of the named graph that holds it now, and nothing else."""
    triples: int
    batches: int
    kept: int
    """Batches that were there already, from a load that was cut off."""


def load_into(
    graph: KnowledgeGraph, url: str, *, name: str | None = None, report: Report | None = None
) -> Loaded:
    """Load a graph into a server, in place of what the named graph held before.

    Args:
        graph: what to load.
        url: the server's address: that of an Oxigraph server, of a dataset of Apache Jena Fuseki,
            or of a repository of RDF4J or GraphDB. What proves who you are is in the environment:
            ``KG_STORE_USER`` and ``KG_STORE_PASSWORD``, or ``KG_STORE_TOKEN``.
        name: IRI of the named graph; by default that of the graph itself.
        report: told ``loading`` and the batches so far.

    Raises:
        StoreError: the server does not answer, refuses or loses something; the same call goes on
            where it was.
    """
    target = _node(name or graph.names.graph.value)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as triples:
        content = _dump(graph.store, triples)
        staging = NamedNode(f"{target.value}{_LOADING}{digest(content, str(_BATCH))}")
        server = Server.at(url, probe=staging.value)
        load = _Load(server, target, staging)
        known = load.known()
        total = sent = number = 0
        for number, (batch, size) in enumerate(_batches(triples)):
            total += size
            if number not in known:
                server.post(staging.value, batch + load.mark(number))
                sent += 1
            if report:
                report("loading", number + 1)
        load.show(total, batches=number + 1)
    return Loaded(target.value, total, number + 1, number + 1 - sent)


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise StoreError(f"{iri!r} is not an IRI ({error})") from error


def _dump(store: Store, file: IO[bytes]) -> str:
    """Write the triples as N-Triples; gives a hash of them, in their order."""
    store.dump(file, RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    file.seek(0)
    whole = hashlib.sha256()
    while piece := file.read(2**20):
        whole.update(piece)
    file.seek(0)
    return whole.hexdigest()


def _batches(triples: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Some triples after the other, with their number."""
    while lines := triples.readlines(_BATCH):
        yield b"".join(lines), len(lines)


class _Load:
    """A graph on its way: the named graph it waits in, and the one it is for."""

    def __init__(self, server: Server, target: NamedNode, staging: NamedNode) -> None:
        self._server = server
        self._target = target
        self._staging = staging

    def mark(self, number: int) -> bytes:
        """The triple that counts a batch, in the batch itself: they arrive together."""
        return f'{self._staging} {_COUNTED} "{number}"^^{XSD["integer"]} .\n'.encode()

    def known(self) -> frozenset[int]:
        """The batches that are there."""
        rows = self._server.select(
            f"SELECT ?n {{ GRAPH {self._staging} {{ {self._staging} {_COUNTED} ?n }} }}"
        )
        return frozenset(int(row["n"]) for row in rows)

    def show(self, triples: int, batches: int) -> None:
        """Let readers see the whole; what other loads left behind goes.

        The move is not simply sent again where no answer came: had it been done, there would be
        nothing to move. Whether it was is asked.
        """
        count, wanted = self._count(self._staging), triples + batches
        if count != wanted:
            self._server.update(f"DROP SILENT GRAPH {self._staging}")
            raise StoreError(
                f"{self._server.url}: {count} of {wanted} triples arrived; load it again"
            )
        others = "".join(f" ;\nDROP SILENT GRAPH {graph}" for graph in self._others())
        uncount = f"DELETE WHERE {{ GRAPH {self._staging} {{ {self._staging} {_COUNTED} ?n }} }}"
        move = f"{uncount} ;\nMOVE GRAPH {self._staging} TO GRAPH {self._target}{others}"
        for attempt in range(_TRIES):
            try:
                self._server.update(move, tries=1)
            except StoreError:
                time.sleep(self._server.pause(attempt))
                if self._count(self._staging) == 0:
                    break  # done, though no answer came
                if attempt == _TRIES - 1:
                    raise
            else:
                return
        if self._count(self._target) != triples:
            raise StoreError(f"{self._server.url}: another load came between; load it again")

    def _count(self, graph: NamedNode) -> int:
        (row,) = self._server.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
        return int(row["n"])

    def _others(self) -> list[NamedNode]:
        """Graphs that loads of other content for this place left unfinished."""
        beginning = f"{self._target.value}{_LOADING}"
        rows = self._server.select(
            f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?g {_COUNTED} ?n }} "
            f'FILTER(STRSTARTS(STR(?g), "{beginning}")) }}'
        )
        found = {NamedNode(row["g"]) for row in rows}
        return sorted(found - {self._staging}, key=str)
