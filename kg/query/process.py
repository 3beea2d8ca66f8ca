"""Runs a query in a killable child process with limits: time, memory, size of the answer."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from pyoxigraph import RdfFormat, Store

from kg.errors import FormatError, LimitError, QueryError
from kg.query.check import syntax_error
from kg.query.formats import Kind

__all__ = ["COMMAND", "FRAME", "Answer", "Job", "Limits", "ask_child", "frames", "refusal"]

COMMAND: Final = (sys.executable, "-P", str(Path(__file__).with_name("worker.py")))
"""Starts a worker: see ``worker.py`` for what it reads and writes."""
FRAME: Final = 5
"""Bytes before those of a frame: its letter and its length."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take.

    ``memory`` is bytes of writable memory, ``answer`` bytes, ``query`` characters of SPARQL.
    """

    seconds: float
    memory: int = 4 * 2**30
    answer: int = 64 * 2**20
    query: int = 32 * 2**10


@dataclass(frozen=True, slots=True)
class Job:
    """A query for a worker, and the media type that an answer of each kind shall have."""

    sparql: str
    prefixes: Mapping[str, str]
    formats: Mapping[Kind, str]

    def line(self, limits: Limits) -> bytes:
        """The job as the worker reads it."""
        job = {
            "query": self.sparql,
            "prefixes": dict(self.prefixes),
            "formats": dict(self.formats),
            "seconds": limits.seconds,
            "bytes": limits.answer,
        }
        return json.dumps(job).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as bytes of the media type that was asked for."""

    kind: Kind
    body: bytes


def ask_child(store: Store, rdf: Path | None, job: Job, limits: Limits) -> Answer:
    """The answer over the Oxigraph directory ``rdf``, or a snapshot of ``store`` where it is None.

    Raises ``QueryError`` where the query is no SPARQL or fails, and ``LimitError`` where it exceeds
    a limit.
    """
    with _source(store, rdf) as source:
        setup = json.dumps({**source, "memory": limits.memory}).encode() + b"\n"
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and file, no shell
                COMMAND,
                input=setup + job.line(limits),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise refusal(job, limits, "slow") from error
    kind: Kind | None = None
    body = bytearray()
    for letter, data in frames(done.stdout):
        if letter == b"K":
            kind = cast("Kind", data.decode())
        elif letter == b"D":
            body += data
        elif letter == b"F":
            raise refusal(job, limits, **json.loads(data))
        elif kind is not None:
            return Answer(kind, bytes(body))
    raise refusal(job, limits, "killed")  # out of memory or stack


def frames(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The complete frames that a worker wrote: the letter and what follows."""
    begin = 0
    while begin + FRAME <= len(data):
        size = int.from_bytes(data[begin + 1 : begin + FRAME], "big")
        end = begin + FRAME + size
        if end > len(data):
            return
        yield data[begin : begin + 1], data[begin + FRAME : end]
        begin = end


def refusal(job: Job, limits: Limits, kind: str, message: str = "") -> QueryError:
    """What went wrong in a worker, in one line for people."""
    if kind == "syntax":
        return syntax_error(job.sparql, message, job.prefixes)
    if kind == "format":
        return FormatError(_NO_FORMAT[message])
    if kind == "failed":
        return QueryError(f"the query failed: {' '.join(message.split())}")
    if kind == "large":
        size = limits.answer / 2**20
        return LimitError(f"the answer is larger than {size:g} MiB; add a LIMIT")
    if kind == "slow":
        seconds = f"{limits.seconds:g} s"
        return LimitError(f"the query took more than {seconds} and was stopped; narrow it down")
    return LimitError("the query took more memory or time than allowed; narrow it down")


_NO_FORMAT: Final[Mapping[str, str]] = {
    "solutions": "this format needs triples, and SELECT gives a table; use CONSTRUCT or DESCRIBE",
    "boolean": "this format does not hold yes or no, which ASK gives",
    "graph": "this format holds a table, and CONSTRUCT and DESCRIBE give triples; use SELECT",
}


@contextmanager
def _source(store: Store, rdf: Path | None) -> Iterator[dict[str, Any]]:
    """Where the child finds the graph: on disk as it is, in memory as a dump."""
    if rdf is not None:
        yield {"rdf": str(rdf), "dump": None}
        return
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        dump = Path(folder) / "graph.nq"
        store.dump(str(dump), format=RdfFormat.N_QUADS)
        yield {"rdf": None, "dump": str(dump)}
