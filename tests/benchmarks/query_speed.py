"""How much slower than bare pyoxigraph ``kg query`` is: six kinds of query, one million triples.

    python tests/benchmarks/query_speed.py FOLDER [--triples N] [--rounds N]

The graph is made in FOLDER the first time. Three comparisons, the best of the rounds each, in
processor seconds (of the process and its children), so that a busy machine matters less:

* ``rows``: ``graph.query`` in Python against a list of what ``Store.query`` gives;
* ``bytes``: an answer in SPARQL JSON, in the worker process that ``kg query`` and ``kg serve`` use,
  against a bare Python process that opens the store and serializes;
* ``kg``: the command against the same bare process, with all of its start.

``start`` asks nothing: what it takes is a part of all the others. Only the ratios of one run mean
anything.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import QueryBoolean, Store
from synthetic import output_of

from kg.query import Limits, serialize
from kg.store import KnowledgeGraph
from kg.vocab import prefixes

QUERIES = {
    "lookup": "SELECT ?p ?o { e:Thing_7 ?p ?o }",
    "star": """SELECT ?who ?relation ?what ?sentence ?source {
        ?s kg:subject e:Thing_3 ; kg:subject/kg:label ?who ; kg:predicate/kg:label ?relation ;
           kg:object/kg:label ?what ; kg:evidence ?e .
        ?e oa:hasSource/kg:fileName ?source ; oa:hasSelector/oa:exact ?sentence }""",
    "path": """SELECT (COUNT(DISTINCT ?x) AS ?n) { e:Thing_0 (rel:sign|rel:meet|rel:visit|rel:be|
        rel:open|rel:join|rel:praise|rel:control|rel:nominate|rel:relate_1|rel:relate_2)+ ?x }""",
    "filter": 'SELECT ?e ?l { ?e skos:altLabel ?l . FILTER (CONTAINS(LCASE(?l), "99")) }',
    "aggregate": """SELECT ?relation (COUNT(*) AS ?n) (AVG(?c) AS ?mean) {
        ?s a kg:Statement ; kg:predicate ?relation ; kg:confidence ?c }
        GROUP BY ?relation ORDER BY DESC(?n) ?relation""",
    "100k rows": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 100000",
}
BARE = """
import json, sys
from pyoxigraph import QueryResultsFormat, Store
rdf, query, prefixes = json.loads(sys.argv[1])
answer = Store.read_only(rdf).query(query, prefixes=prefixes)
answer.serialize(sys.stdout.buffer, format=QueryResultsFormat.JSON)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    output = output_of(options.folder, options.triples)
    graph = KnowledgeGraph.open(output)
    say(f"{len(graph.store):,} triples; best of {options.rounds}; processor s: ours, bare, ratio")
    for name, sparql in {"start": "ASK {}", **QUERIES}.items():
        line = [f"{name:10}"]
        for kind, ours, bare in comparisons(graph, output, sparql):
            mine, theirs = best(ours, bare, options.rounds)
            line.append(f"{kind} {mine:.4f} {theirs:.4f} {mine / theirs:5.2f}x")
        say("   ".join(line))


def comparisons(
    graph: KnowledgeGraph, output: Path, sparql: str
) -> list[tuple[str, Callable[[], object], Callable[[], object]]]:
    store: Store = graph.store
    names = prefixes(graph.names)
    job = json.dumps([str(graph.path), sparql, names])
    bare = [sys.executable, "-P", "-c", BARE, job]
    command = [sys.executable, "-m", "kg", "query", sparql, "-o", str(output), "--format", "json"]
    return [
        (
            "rows",
            lambda: graph.query(sparql),
            lambda: bare_rows(store, sparql, names),
        ),
        (
            "bytes",
            lambda: serialize(graph, sparql, "json", limits=Limits(60)),
            lambda: subprocess.run(bare, check=True, capture_output=True).stdout,
        ),
        (
            "kg",
            lambda: subprocess.run(command, check=True, capture_output=True).stdout,
            lambda: subprocess.run(bare, check=True, capture_output=True).stdout,
        ),
    ]


def bare_rows(store: Store, sparql: str, names: dict[str, str]) -> object:
    answer = store.query(sparql, prefixes=names)
    return bool(answer) if isinstance(answer, QueryBoolean) else [tuple(row) for row in answer]


def best(
    ours: Callable[[], object], bare: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """The shortest times, taken in turns so that a busy machine hits both."""
    times: dict[Callable[[], object], list[float]] = {ours: [], bare: []}
    for _ in range(rounds):
        for function, found in times.items():
            begin = spent()
            function()
            found.append(spent() - begin)
    return min(times[ours]), min(times[bare])


def spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
