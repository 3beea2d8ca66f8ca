"""Answers one query in a process of its own, which can be limited and killed.

Reads a job as JSON from standard input and writes the answer to standard output: SPARQL results
in JSON, or triples as N-Triples. Exit codes: 0 answered, 3 refused, with one line of JSON on
standard error (``kind``: syntax, failed, large). It imports nothing of kg, to start quickly.
"""

from __future__ import annotations

import json
import sys
from typing import IO, Any

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store


class _TooLarge(Exception):  # noqa: N818 - a signal within this file
    pass


class _Capped:
    """A binary file that takes so many bytes and no more."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self._file = file
        self._left = left

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _TooLarge
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the time limit of the parent remains
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _store(job: dict[str, Any]) -> Store:
    if job["rdf"] is not None:
        return Store.read_only(job["rdf"])
    store = Store()
    store.bulk_load(path=job["dump"], format=RdfFormat.N_QUADS)
    return store


def _answer(job: dict[str, Any]) -> None:
    answer = _store(job).query(job["query"], prefixes=job["prefixes"])
    out: Any = _Capped(sys.stdout.buffer, job["bytes"])
    if isinstance(answer, QueryTriples):
        answer.serialize(out, format=RdfFormat.N_TRIPLES)
    else:
        answer.serialize(out, format=QueryResultsFormat.JSON)
    out.flush()


def main() -> int:
    """Does the job on standard input."""
    job = json.load(sys.stdin)
    _limit(job["seconds"], job["memory"])
    try:
        _answer(job)
    except SyntaxError as error:
        problem = {"kind": "syntax", "message": str(error)}
    except _TooLarge:
        problem = {"kind": "large", "message": ""}
    except (MemoryError, OSError, RuntimeError, ValueError) as error:
        problem = {"kind": "failed", "message": str(error)}
    else:
        return 0
    sys.stderr.write(json.dumps(problem) + "\n")
    return 3


if __name__ == "__main__":
    sys.exit(main())
