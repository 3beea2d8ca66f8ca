"""A SPARQL 1.1 server as a client sees it: queries, updates and named graphs over HTTP.

https://www.w3.org/TR/sparql11-protocol/, https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from kg.errors import StoreError

__all__ = ["Server"]

_TRIES: Final = 5
_PAUSE: Final = 0.5
"""Seconds before the second try; each further one waits twice as long."""
_TIMEOUT: Final = urllib3.Timeout(connect=10, read=600)
_AGAIN: Final = frozenset({429, 502, 503, 504})
"""Answers of servers that are busy or about to start."""
_DENIED: Final = frozenset({401, 403})


class _Paths(NamedTuple):
    """Where below its address a kind of server answers."""

    query: str
    update: str
    graphs: str


_KINDS: Final = (
    _Paths("/query", "/update", "/store"),  # Oxigraph
    _Paths("/query", "/update", "/data"),  # a dataset of Apache Jena Fuseki
    _Paths("", "/statements", "/rdf-graphs/service"),  # a repository of RDF4J or GraphDB
)


class _Answer(NamedTuple):
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answered. What can be sent again without harm is, where no answer came."""

    url: str
    paths: _Paths
    _pool: urllib3.PoolManager = field(repr=False)

    @classmethod
    def at(cls, url: str, probe: str) -> Server:
        """The server with this address; of what kind it is shows when nothing is added to a graph.

        Args:
            url: its address.
            probe: IRI of a graph that may be written.

        Raises:
            StoreError: the address is none, or nothing that is known answers there.
        """
        address = _checked(url)
        pool = urllib3.PoolManager(headers=_credentials(), timeout=_TIMEOUT, retries=False)
        for paths in _KINDS:
            server = cls(address, paths, pool)
            asked = server._send(paths.query, b"ASK {}", "application/sparql-query")
            if asked.status in _DENIED:
                raise server._refused(asked)
            if asked.status != 200:
                continue
            added = server._send(_graph(paths, probe), b"", "application/n-triples")
            if added.status in _DENIED:
                raise server._refused(added)
            if added.status // 100 == 2:
                return server
        raise StoreError(
            f"{address}: no SPARQL server that takes graphs answers here (the address of an "
            "Oxigraph server, a Fuseki dataset, or an RDF4J or GraphDB repository is needed)"
        )

    def post(self, graph: str, triples: bytes) -> None:
        """Add N-Triples without blank nodes to a named graph."""
        self._sure(_graph(self.paths, graph), triples, "application/n-triples")

    def update(self, update: str, tries: int = _TRIES) -> None:
        """Run an update; with several tries one that does the same when it is run twice."""
        self._sure(self.paths.update, update.encode(), "application/sparql-update", tries)

    def select(self, query: str) -> list[dict[str, str]]:
        """The rows of a SELECT: the text of what each variable is bound to."""
        body = self._sure(self.paths.query, query.encode(), "application/sparql-query")
        try:
            rows = json.loads(body)["results"]["bindings"]
            return [{name: term["value"] for name, term in row.items()} for row in rows]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(f"{self.url}: no SPARQL results in its answer") from error

    def pause(self, attempt: int) -> float:
        """Seconds to wait after a try, counted from 0."""
        return float(_PAUSE * 2**attempt)

    def _sure(self, path: str, body: bytes, media_type: str, tries: int = _TRIES) -> bytes:
        """The body of a good answer."""
        answer = self._send(path, body, media_type, tries)
        if answer.status // 100 != 2:
            raise self._refused(answer)
        return answer.body

    def _send(self, path: str, body: bytes, media_type: str, tries: int = _TRIES) -> _Answer:
        headers = {
            **self._pool.headers,
            "Content-Type": media_type,
            "Accept": "application/sparql-results+json, */*;q=0.1",
        }
        problem = ""
        for attempt in range(tries):
            if attempt:
                time.sleep(self.pause(attempt - 1))
            try:
                response = self._pool.request(
                    "POST", f"{self.url}{path}", body=body, headers=headers, redirect=False
                )
            except HTTPError as error:
                problem = _reason(error)
                continue
            if response.status not in _AGAIN:
                return _Answer(response.status, response.data)
            problem = f"it answers {response.status}"
        raise StoreError(f"{self.url}: the server does not answer ({problem})")

    def _refused(self, answer: _Answer) -> StoreError:
        if answer.status in _DENIED:
            return StoreError(
                f"{self.url}: not allowed ({answer.status}); set KG_STORE_USER and "
                "KG_STORE_PASSWORD, or KG_STORE_TOKEN"
            )
        said = " ".join(answer.body[:200].decode(errors="replace").split())
        return StoreError(f"{self.url}: the server refuses ({answer.status} {said})".rstrip())


def _checked(url: str) -> str:
    """An address without what does not belong there."""
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        raise StoreError(
            "no passwords in addresses, which others see; "
            "set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN"
        )
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise StoreError(f"{url!r} is not the address of a server (http://… or https://…)")
    return url.rstrip("/")


def _credentials() -> Mapping[str, str]:
    """Who we are, from the environment."""
    if token := os.environ.get("KG_STORE_TOKEN"):
        return {"Authorization": f"Bearer {token}"}
    user, password = os.environ.get("KG_STORE_USER"), os.environ.get("KG_STORE_PASSWORD")
    if user is not None and password is not None:
        return urllib3.make_headers(basic_auth=f"{user}:{password}")
    return {}


def _graph(paths: _Paths, name: str) -> str:
    return f"{paths.graphs}?graph={quote(name, safe='')}"


def _reason(error: HTTPError) -> str:
    """What a failed request came to, without addresses in memory."""
    said = str(error).rpartition(": ")[2].strip("()'\" ")
    return said or type(error).__name__
