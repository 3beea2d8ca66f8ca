"""Answers queries in a process of its own, which can be limited and killed.

The first line of standard input is JSON that says which store to open and how much memory to use;
each further line is a query. For each, frames come out on standard output: a letter, four bytes of
length (big-endian) and so many bytes: ``K`` the kind of the answer, ``D`` a piece of it, and at
last ``E`` (empty: done) or ``F`` (JSON: why not). It imports nothing of kg, to start quickly.
"""

from __future__ import annotations

import json
import sys
import time
from typing import IO, Any

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

try:
    import resource
except ImportError:  # Windows: the time limit of the parent remains
    resource = None  # type: ignore[assignment]

_PIECE = 2**16


class _Refusal(Exception):  # noqa: N818 - a signal within this file
    """Why there is no answer: a kind and a message."""


class _Frames:
    """A binary file that takes so many bytes of an answer and no more, and frames them."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self._file = file
        self._left = left
        self._piece = bytearray()

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _Refusal("large", "")
        self._piece += data
        if len(self._piece) >= _PIECE:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._piece:
            self.send(b"D", self._piece)
            self._piece.clear()

    def send(self, letter: bytes, data: bytes | bytearray) -> None:
        self._file.write(letter + len(data).to_bytes(4, "big"))
        self._file.write(data)
        self._file.flush()


def _store(setup: dict[str, Any]) -> Store:
    if resource is not None:
        # Not of the address space: each thread of RocksDB sets 128 MiB of it aside for a moment,
        # and the process aborts where several do so at once and it gets none.
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        memory = setup["memory"]
        soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if setup["rdf"] is not None:
        return Store.read_only(setup["rdf"])
    store = Store()
    store.bulk_load(path=setup["dump"], format=RdfFormat.N_QUADS)
    return store


def _limit_time(seconds: float) -> None:
    """The parent kills what takes too long; this is for when the parent is gone."""
    if resource is not None:
        soft = int(time.process_time() + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _answer(store: Store, job: dict[str, Any], out: _Frames) -> None:
    answer = store.query(job["query"], prefixes=job["prefixes"])
    if isinstance(answer, QueryTriples):
        kind = "graph"
    else:
        kind = "boolean" if isinstance(answer, QueryBoolean) else "solutions"
    media_type = job["formats"].get(kind)
    if media_type is None:
        raise _Refusal("format", kind)
    out.send(b"K", kind.encode())
    if not isinstance(answer, QueryTriples):
        results = QueryResultsFormat.from_media_type(media_type)
        answer.serialize(out, format=results)  # type: ignore[arg-type]
        return
    form = RdfFormat.from_media_type(media_type)
    if form == RdfFormat.TURTLE:
        ordered = _Ordered(out)
        serialize(answer, ordered, format=form, prefixes=job["prefixes"])  # type: ignore[arg-type]
        ordered.finish()
    elif form == RdfFormat.JSON_LD:
        expanded = json.loads(answer.serialize(format=form))  # type: ignore[arg-type]
        out.write(json.dumps(_compact(expanded, job["prefixes"]), ensure_ascii=False).encode())
    else:
        answer.serialize(out, format=form)  # type: ignore[arg-type]


def _compact(nodes: list[dict[str, Any]], prefixes: dict[str, str]) -> dict[str, Any]:
    """JSON-LD in which the graph's prefixes shorten IRIs (https://www.w3.org/TR/json-ld11/)."""
    used: dict[str, str] = {}

    def name(iri: str) -> str:
        for prefix, beginning in prefixes.items():
            local = iri.removeprefix(beginning)
            if local != iri and not local.startswith("//"):
                used[prefix] = beginning
                return f"{prefix}:{local}"
        return iri

    def value(item: str | dict[str, Any]) -> object:
        if isinstance(item, str):
            return name(item)  # of @type
        if item.keys() == {"@value"}:
            return item["@value"]
        return {key: name(x) if key in ("@id", "@type") else x for key, x in item.items()}

    def node(item: dict[str, Any]) -> dict[str, Any]:
        short: dict[str, Any] = {}
        for key, found in item.items():
            values = [name(found)] if key == "@id" else [value(x) for x in found]
            short[key if key.startswith("@") else name(key)] = (
                values[0] if len(values) == 1 else values
            )
        return short

    graph = [node(item) for item in nodes]
    return {"@context": dict(sorted(used.items())), "@graph": graph}


class _Ordered:
    """Passes Turtle on with its prefixes in order: pyoxigraph's is another one each time."""

    def __init__(self, out: _Frames) -> None:
        self._out = out
        self._head: bytearray | None = bytearray()

    def write(self, data: bytes) -> int:
        if self._head is None:
            return self._out.write(data)
        self._head += data
        if len(self._head) > _PIECE:
            self.finish()
        return len(data)

    def flush(self) -> None:
        pass

    def finish(self) -> None:
        if self._head is not None:
            lines = self._head.split(b"\n")
            self._head = None
            count = 0
            while lines[count].startswith(b"@prefix "):
                count += 1
            self._out.write(b"\n".join([*sorted(lines[:count]), *lines[count:]]))


def _try(store: Store | Exception, job: dict[str, Any], out: _Frames) -> dict[str, str] | None:
    """Answers; gives what went wrong, if anything did."""
    try:
        if isinstance(store, Exception):
            raise store
        _answer(store, job, out)
        out.flush()
    except _Refusal as refusal:
        kind, message = refusal.args
        return {"kind": kind, "message": message}
    except SyntaxError as error:
        return {"kind": "syntax", "message": str(error)}
    except (MemoryError, OSError, RuntimeError, ValueError) as error:
        return {"kind": "failed", "message": str(error)}
    return None


def main() -> None:
    """Does the jobs on standard input until it ends."""
    setup = json.loads(sys.stdin.readline())
    store: Store | Exception
    try:
        store = _store(setup)
    except (MemoryError, OSError, RuntimeError, ValueError) as error:
        store = error
    for line in sys.stdin:
        job = json.loads(line)
        _limit_time(job["seconds"])
        out = _Frames(sys.stdout.buffer, job["bytes"])
        problem = _try(store, job, out)
        if problem is None:
            out.send(b"E", b"")
        else:
            out.send(b"F", json.dumps(problem).encode())


if __name__ == "__main__":
    main()
