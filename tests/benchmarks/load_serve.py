"""Fifty clients at once for a minute: is every answer of ``kg serve`` right, and how quick is it?

    python tests/benchmarks/load_serve.py FOLDER [--clients N] [--seconds N] [--heavy N]

FOLDER holds the output of a build (a graph is made there where there is none). The server is a
process of its own, as people start it. Each client asks, one after the other, questions whose
answers were found beforehand through Oxigraph itself, and pages of entities; a few more ask queries
that never end. Ends with exit code 1 where an answer was wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlsplit

from pyoxigraph import QueryResultsFormat
from synthetic import output_of

from kg.store import KnowledgeGraph
from kg.vocab import prefixes

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HOST, PORT = "127.0.0.1", 8791


def questions(graph: KnowledgeGraph) -> list[tuple[str, str, bytes]]:
    """Requests: the target, the type that is accepted, and the right answer, or a part of it."""
    names = prefixes(graph.names)
    found = []
    things = [
        row[0].value
        for row in graph.query("SELECT ?e { ?e skos:prefLabel ?l } ORDER BY ?e LIMIT 200").rows
    ]
    texts = [f"SELECT ?p ?o {{ <{iri}> ?p ?o }}" for iri in things]
    texts += [
        f"SELECT ?s ?what {{ ?s kg:subject <{iri}> ; kg:object/kg:label ?what }}" for iri in things
    ]
    texts += ["SELECT (COUNT(*) AS ?n) { ?s a kg:Statement }", "ASK { ?s a kg:Nothing }"]
    for text in texts:
        answer = graph.store.query(text, prefixes=names)
        body = answer.serialize(format=QueryResultsFormat.JSON)
        found.append((f"/sparql?query={quote(text)}", "application/sparql-results+json", body))
    for iri in things:
        label = next(iter(graph.query(f"SELECT ?l {{ <{iri}> kg:label ?l }}").rows))[0].value
        found.append((urlsplit(iri).path, "text/html", f"<h1>{label}</h1>".encode()))
    return found


async def ask(target: str, accept: str) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection(HOST, PORT)
    head = f"GET {target} HTTP/1.1\r\nHost: {HOST}\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode())
    data = await reader.read()
    writer.close()
    first, _, body = data.partition(b"\r\n\r\n")
    return int(first.split(b" ", 2)[1]), body


async def client(number: int, asked: list, until: float, seen: Counter, times: list) -> None:
    draw = random.Random(number)
    while time.monotonic() < until:
        target, accept, right = draw.choice(asked)
        begin = time.monotonic()
        status, body = await ask(target, accept)
        times.append(time.monotonic() - begin)
        if status == 503:
            seen["come back later"] += 1
        elif status == 200 and (body == right or (accept == "text/html" and right in body)):
            seen["right"] += 1
        else:
            seen["WRONG"] += 1
            say(f"{status} {target}\n{body[:300]!r}")


async def heavy(until: float, seen: Counter) -> None:
    while time.monotonic() < until:
        status, _ = await ask(f"/sparql?query={quote(ENDLESS)}", "*/*")
        seen[f"heavy: {status}"] += 1
        if status not in {422, 503}:
            seen["WRONG"] += 1
        await asyncio.sleep(0.5)


async def load(asked: list, options: argparse.Namespace) -> tuple[Counter, list[float]]:
    seen: Counter = Counter()
    times: list[float] = []
    until = time.monotonic() + options.seconds
    clients = [client(number, asked, until, seen, times) for number in range(options.clients)]
    await asyncio.gather(*clients, *(heavy(until, seen) for _ in range(options.heavy)))
    return seen, times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--heavy", type=int, default=3)
    parser.add_argument("--triples", type=int, default=100_000)
    options = parser.parse_args()
    output = output_of(options.folder, options.triples)
    graph = KnowledgeGraph.open(output)
    asked = questions(graph)
    command = [sys.executable, "-m", "kg", "serve", "-o", str(output), "--port", str(PORT)]
    with subprocess.Popen(command) as server:
        try:
            wait_for_server()
            seen, times = asyncio.run(load(asked, options))
        finally:
            server.terminate()
    cuts = quantiles(times, n=100)
    say(
        f"{options.clients} clients and {options.heavy} with endless queries, {options.seconds:g} s"
    )
    say(json.dumps(seen, sort_keys=True))
    say(f"{len(times) / options.seconds:.0f} answers a second; seconds an answer took: ")
    say(f"half {cuts[49]:.3f}, 95% {cuts[94]:.3f}, 99% {cuts[98]:.3f}, all {max(times):.3f}")
    sys.exit(1 if seen["WRONG"] or not seen["right"] else 0)


def wait_for_server() -> None:
    for _ in range(600):
        try:
            if asyncio.run(ask("/health", "*/*"))[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
