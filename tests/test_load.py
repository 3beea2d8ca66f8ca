"""The graph in a real SPARQL server: whole, at once, once, and after the server died."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import graphs
import pytest
import urllib3

from kg.errors import StoreError
from kg.export import server as loading
from kg.export import sparql
from kg.export.server import load_into
from kg.store import KnowledgeGraph

OXIGRAPH = shutil.which("oxigraph") or shutil.which("oxigraph", path=Path(sys.executable).parent)
pytestmark = pytest.mark.skipif(OXIGRAPH is None, reason="no Oxigraph server installed")


class Oxigraph:
    """A server with a folder of its own, that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.url = f"http://{self.address}"
        self.folder = folder
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [str(OXIGRAPH), "serve", "-l", str(self.folder), "-b", self.address],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                urllib3.request("GET", self.url, retries=False, timeout=1)
            except urllib3.exceptions.HTTPError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def triples(self, name: str) -> set[str]:
        answer = urllib3.request(
            "GET",
            f"{self.url}/store",
            fields={"graph": name},
            headers={"Accept": "application/n-triples"},
        )
        return {line for line in answer.data.decode().splitlines() if line}

    def graphs(self) -> list[str]:
        query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
        answer = urllib3.request(
            "GET", f"{self.url}/query", fields={"query": query}, headers={"Accept": "text/csv"}
        )
        return answer.data.decode().split()[1:]


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[Oxigraph]:
    server = Oxigraph(tmp_path / "server")
    yield server
    server.kill()


@pytest.fixture(autouse=True)
def _small_and_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_BATCH", 4096)
    monkeypatch.setattr(sparql, "_PAUSE", 0.01)
    for name in ("KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def news() -> KnowledgeGraph:
    return KnowledgeGraph.from_data(graphs.news())


def lines(graph: KnowledgeGraph) -> set[str]:
    return {f"{quad.triple} ." for quad in graph.store}


def test_all_triples_arrive_in_one_named_graph(oxigraph: Oxigraph, news: KnowledgeGraph) -> None:
    done = load_into(news, oxigraph.url)
    assert done.batches > 2
    assert (done.triples, done.kept) == (len(news.store), 0)
    assert oxigraph.triples(done.graph) == lines(news)
    assert oxigraph.graphs() == [done.graph]


def test_a_new_build_replaces_the_old_one(oxigraph: Oxigraph, news: KnowledgeGraph) -> None:
    old = load_into(news, oxigraph.url)
    less = graphs.news()
    fewer = KnowledgeGraph.from_data(replace(less, statements=less.statements[:2]))
    new = load_into(fewer, oxigraph.url)
    assert new.graph == old.graph
    assert oxigraph.triples(new.graph) == lines(fewer)
    assert oxigraph.graphs() == [new.graph]
    again = load_into(fewer, oxigraph.url)
    assert oxigraph.triples(again.graph) == lines(fewer)


def test_another_named_graph_stays_as_it_is(oxigraph: Oxigraph, news: KnowledgeGraph) -> None:
    load_into(news, oxigraph.url, name="https://example.org/one")
    load_into(news, oxigraph.url, name="https://example.org/two")
    assert oxigraph.graphs() == ["https://example.org/one", "https://example.org/two"]


def test_a_server_that_dies_is_reported_and_the_load_goes_on(
    oxigraph: Oxigraph, news: KnowledgeGraph
) -> None:
    before = KnowledgeGraph.from_data(replace(graphs.news(), statements=()))
    seen = load_into(before, oxigraph.url)

    def die_after_two(_: str, batches: int) -> None:
        if batches == 2:
            oxigraph.kill()

    with pytest.raises(StoreError, match="does not answer"):
        load_into(news, oxigraph.url, report=die_after_two)
    oxigraph.start()
    assert oxigraph.triples(seen.graph) == lines(before)  # readers still have the old graph
    done = load_into(news, oxigraph.url)
    assert done.kept == 2
    assert oxigraph.triples(done.graph) == lines(news)
    assert oxigraph.graphs() == [done.graph]


def test_what_a_load_of_other_content_left_goes(oxigraph: Oxigraph, news: KnowledgeGraph) -> None:
    def stop(_: str, batches: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_into(news, oxigraph.url, report=stop)
    assert len(oxigraph.graphs()) == 1
    other = KnowledgeGraph.from_data(replace(graphs.news(), statements=()))
    done = load_into(other, oxigraph.url)
    assert oxigraph.graphs() == [done.graph]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://127.0.0.1:9", "does not answer"),
        ("http://me:secret@127.0.0.1:9", "no passwords in addresses"),
        ("output", "not the address of a server"),
    ],
)
def test_an_address_that_cannot_be_used(url: str, message: str, news: KnowledgeGraph) -> None:
    with pytest.raises(StoreError, match=message) as raised:
        load_into(news, url)
    assert "secret" not in str(raised.value)


@pytest.fixture
def guard() -> Iterator[tuple[str, list[str | None]]]:
    """A server that refuses everybody and notes who they say they are."""
    seen: list[str | None] = []

    class Refuse(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.headers["Authorization"])
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(401)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    httpd = HTTPServer(("127.0.0.1", 0), Refuse)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}", seen
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def test_who_one_is_comes_from_the_environment(
    guard: tuple[str, list[str | None]], news: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, seen = guard
    with pytest.raises(StoreError, match="KG_STORE_USER"):
        load_into(news, url)
    monkeypatch.setenv("KG_STORE_USER", "ada")
    monkeypatch.setenv("KG_STORE_PASSWORD", "secret")
    with pytest.raises(StoreError, match="not allowed") as raised:
        load_into(news, url)
    assert "secret" not in str(raised.value)
    monkeypatch.setenv("KG_STORE_TOKEN", "t0ken")
    with pytest.raises(StoreError, match="not allowed"):
        load_into(news, url)
    assert seen == [None, "Basic YWRhOnNlY3JldA==", "Bearer t0ken"]
