"""Runs a query in a killable child process with limits: time, memory, size of the answer."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import QueryResultsFormat, RdfFormat, Store, parse, parse_query_results

from kg.errors import QueryError
from kg.query.check import syntax_error
from kg.query.results import Result

__all__ = ["Limits", "run_in_child"]

_WORKER = Path(__file__).with_name("worker.py")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take.

    ``memory`` is bytes of address space, ``answer`` bytes, ``query`` characters of SPARQL.
    """

    seconds: float
    memory: int = 4 * 2**30
    answer: int = 64 * 2**20
    query: int = 32 * 2**10


def run_in_child(
    store: Store, rdf: Path | None, sparql: str, prefixes: Mapping[str, str], limits: Limits
) -> Result:
    """The answer over the Oxigraph directory ``rdf``, or a snapshot of ``store`` where it is None.

    Raises ``QueryError`` where the query is no SPARQL, fails, or exceeds a limit.
    """
    job = {
        "query": sparql,
        "prefixes": dict(prefixes),
        "seconds": math.ceil(limits.seconds) + 1,
        "memory": limits.memory,
        "bytes": limits.answer,
    }
    with _source(store, rdf) as source:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and file, no shell
                [sys.executable, "-P", str(_WORKER)],
                input=json.dumps({**job, **source}).encode(),
                capture_output=True,
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise QueryError(
                f"the query took more than {limits.seconds:g} s and was stopped; narrow it down"
            ) from error
    if done.returncode != 0:
        raise _problem(job, done, limits)
    return _read(done.stdout, prefixes)


def _read(answer: bytes, prefixes: Mapping[str, str]) -> Result:
    if answer.startswith(b"{"):
        return Result.of(parse_query_results(answer, format=QueryResultsFormat.JSON), prefixes)
    quads = parse(answer, RdfFormat.N_TRIPLES)
    return Result.of_triples((quad.triple for quad in quads), prefixes)


def _problem(
    job: Mapping[str, Any], done: subprocess.CompletedProcess[bytes], limits: Limits
) -> QueryError:
    try:
        problem = json.loads(done.stderr.decode().splitlines()[-1])
        kind, message = problem["kind"], problem["message"]
    except (IndexError, KeyError, TypeError, ValueError):  # killed: out of memory or stack
        kind, message = "killed", ""
    if kind == "syntax":
        return syntax_error(job["query"], message, job["prefixes"])
    if kind == "large":
        size = limits.answer // 2**20
        return QueryError(f"the answer is larger than {size} MiB; add a LIMIT")
    if kind == "failed":
        return QueryError(f"the query failed: {' '.join(message.split())}")
    return QueryError("the query took more memory or time than allowed; narrow it down")


@contextmanager
def _source(store: Store, rdf: Path | None) -> Iterator[dict[str, str | None]]:
    """Where the child finds the graph: on disk as it is, in memory as a dump."""
    if rdf is not None:
        yield {"rdf": str(rdf), "dump": None}
        return
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        dump = Path(folder) / "graph.nq"
        store.dump(str(dump), format=RdfFormat.N_QUADS)
        yield {"rdf": None, "dump": str(dump)}
