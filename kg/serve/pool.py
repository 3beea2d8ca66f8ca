"""Worker processes that answer queries: limited, killable, and never all held by slow ones.

A query begins in one of a few quick slots. One that takes longer than ``PATIENCE`` has to leave it:
its process steps back (``nice``) and goes on among the slow ones, of which there are a few too; a
further one is stopped, with the request to come back later. So a slot is free again within
``PATIENCE``, whatever is asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import IO, Final, cast

from kg.errors import BusyError, QueryError
from kg.query.formats import Kind
from kg.query.process import COMMAND, FRAME, Job, Limits, refusal
from kg.serve.source import Snapshot

__all__ = ["PATIENCE", "Pool", "Reply"]

PATIENCE: Final = 1.0
"""Seconds after which a query is a slow one."""
_WAITING: Final = 1000
"""Queries that may wait for a slot."""
_IN_MEMORY: Final = 2**20
"""Bytes of an answer that are kept in memory; a larger one goes to a temporary file."""
_STEP_BACK: Final = 10
"""What is added to the niceness of a slow query's process."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its kind, its bytes in a file that is at its beginning, and their number."""

    kind: Kind
    body: IO[bytes]
    size: int


class Pool:
    """Runs queries in worker processes, at most ``quick`` and ``slow`` ones at a time."""

    def __init__(self, limits: Limits, quick: int, slow: int) -> None:
        self._limits = limits
        self._slots = asyncio.Semaphore(quick)
        self._slow_slots = slow
        self._waiting = 0
        self._idle: list[_Worker] = []
        self._ending: set[asyncio.Task[int]] = set()

    async def ask(self, snapshot: Snapshot, job: Job) -> Reply:
        """The answer of a job on a graph.

        Raises ``QueryError`` as ``kg.query.run``, and ``BusyError`` where there is no room.
        """
        await self._enter()
        quick, worker, reusable = True, None, False
        try:
            worker = await self._worker(snapshot)
            answer = asyncio.ensure_future(worker.answer(job, self._limits))
            try:
                done, _ = await asyncio.wait({answer}, timeout=PATIENCE)
                if not done:
                    if not self._slow_slots:
                        raise BusyError("too many slow queries are running; try again later")
                    worker.step_back()
                    self._slots.release()
                    quick = False
                    self._slow_slots -= 1
                    try:
                        rest = max(self._limits.seconds - PATIENCE, 0)
                        done, _ = await asyncio.wait({answer}, timeout=rest)
                    finally:
                        self._slow_slots += 1
                if not done:
                    raise refusal(job, self._limits, "slow")
                reply = answer.result()
                reusable = quick and worker.reusable
            finally:
                answer.cancel()
        finally:
            if quick:
                self._slots.release()
            if worker is not None:
                self._leave(worker, reusable=reusable)
        if isinstance(reply, QueryError):
            raise reply
        return reply

    def close(self) -> None:
        """Ends the workers."""
        while self._idle:
            self._end(self._idle.pop())

    async def _enter(self) -> None:
        if self._waiting >= _WAITING:
            raise BusyError("too many queries are waiting; try again later")
        self._waiting += 1
        try:
            await asyncio.wait_for(self._slots.acquire(), self._limits.seconds)
        except TimeoutError:
            raise BusyError("too many queries are running; try again later") from None
        finally:
            self._waiting -= 1

    async def _worker(self, snapshot: Snapshot) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.snapshot is snapshot and worker.alive:
                return worker
            self._end(worker)
        process = await asyncio.create_subprocess_exec(
            *COMMAND, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
        )
        worker = _Worker(process, snapshot)
        worker.set_up(self._limits)
        return worker

    def _leave(self, worker: _Worker, *, reusable: bool) -> None:
        if reusable and worker.alive:
            self._idle.append(worker)
        else:
            self._end(worker)

    def _end(self, worker: _Worker) -> None:
        task = asyncio.ensure_future(worker.end())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


class _Worker:
    """One worker process, and the graph it has opened: its lock holds as long as this does."""

    def __init__(self, process: Process, snapshot: Snapshot) -> None:
        self._process = process
        self.snapshot = snapshot
        self.reusable = True

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    def set_up(self, limits: Limits) -> None:
        setup = {"rdf": str(self.snapshot.rdf), "dump": None, "memory": limits.memory}
        self._send(json.dumps(setup).encode() + b"\n")

    async def answer(self, job: Job, limits: Limits) -> Reply | QueryError:
        """The answer, or what went wrong."""
        kind: Kind | None = None
        body = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the reply's reader closes it
        size = 0
        self._send(job.line(limits))
        async for letter, data in self._frames():
            if letter == b"K":
                kind = cast("Kind", data.decode())
            elif letter == b"D":
                body.write(data)
                size += len(data)
            elif letter == b"E" and kind is not None:
                body.seek(0)
                return Reply(kind, cast("IO[bytes]", body), size)
            else:
                problem = json.loads(data)
                self.reusable = problem["kind"] != "failed"
                body.close()
                return refusal(job, limits, **problem)
        self.reusable = False
        body.close()
        return refusal(job, limits, "killed")

    async def _frames(self) -> AsyncIterator[tuple[bytes, bytes]]:
        """Frames as they come; ends where the process does."""
        stream = self._process.stdout
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while stream is not None:
                head = await stream.readexactly(FRAME)
                yield head[:1], await stream.readexactly(int.from_bytes(head[1:], "big"))

    def _send(self, data: bytes) -> None:
        stream = self._process.stdin
        if stream is not None:
            with contextlib.suppress(ConnectionError):
                stream.write(data)

    def step_back(self) -> None:
        """Leaves the processor to others where they need it."""
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                niceness = os.getpriority(os.PRIO_PROCESS, self._process.pid)
                os.setpriority(os.PRIO_PROCESS, self._process.pid, niceness + _STEP_BACK)

    async def end(self) -> int:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        return await self._process.wait()
