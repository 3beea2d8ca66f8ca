"""Worker processes that answer queries: limited, killable, and never all held by slow ones.

A query runs in one of a few slots. While others wait for a slot, one that has had ``PATIENCE`` has
to leave it: its process steps back (``nice``) and goes on among the slow ones, of which there may
be a few too; a further one is stopped, with the request to come back later. So slots are free again
soon, whatever is asked.
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

PATIENCE: Final = 0.5
"""Seconds that a query may keep a slot that others wait for."""
_LOOK: Final = 0.1
"""Seconds between two looks at whether others wait."""
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
    """Runs queries in worker processes: ``slots`` at a time, and ``slow`` ones besides."""

    def __init__(self, limits: Limits, slots: int, slow: int) -> None:
        self._limits = limits
        self._slots = asyncio.Semaphore(slots)
        self._slow_slots = slow
        self._waiting = 0
        self._idle: list[_Worker] = []
        self._ending: set[asyncio.Task[int]] = set()

    async def ask(self, snapshot: Snapshot, job: Job) -> Reply:
        """The answer of a job on a graph.

        Raises ``QueryError`` as ``kg.query.run``, and ``BusyError`` where there is no room.
        """
        await self._enter()
        turn = _Turn()
        try:
            turn.worker = worker = await self._worker(snapshot)
            answer = asyncio.ensure_future(worker.answer(job, self._limits))
            try:
                if not await self._finished(answer, turn):
                    raise refusal(job, self._limits, "slow")
                reply = answer.result()
            except BaseException:
                answer.cancel()
                raise
            turn.reusable = worker.reusable and not turn.slow
        finally:
            self._leave(turn)
        if isinstance(reply, QueryError):
            raise reply
        return reply

    async def close(self) -> None:
        """Ends the workers that no query holds, and waits until they are gone."""
        while self._idle:
            self._end(self._idle.pop())
        await asyncio.gather(*self._ending)

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

    async def _finished(self, answer: asyncio.Future[Reply | QueryError], turn: _Turn) -> bool:
        """Waits for an answer until the time is over, and makes room for others if need be."""
        clock = asyncio.get_running_loop().time
        begin = clock()
        while (spent := clock() - begin) < self._limits.seconds:
            rest = self._limits.seconds - spent
            await asyncio.wait({answer}, timeout=rest if turn.slow else min(rest, _LOOK))
            if answer.done():
                return True
            if self._waiting and not turn.slow and clock() - begin >= PATIENCE:
                self._step_aside(turn)
        return False

    def _step_aside(self, turn: _Turn) -> None:
        if not self._slow_slots:
            raise BusyError("too many slow queries are running; try again later")
        self._slow_slots -= 1
        turn.slow = True
        self._slots.release()
        if turn.worker is not None:
            turn.worker.step_back()

    def _leave(self, turn: _Turn) -> None:
        if turn.slow:
            self._slow_slots += 1
        else:
            self._slots.release()
        if turn.worker is None:
            return
        if turn.reusable and turn.worker.alive:
            self._idle.append(turn.worker)
        else:
            self._end(turn.worker)

    def _end(self, worker: _Worker) -> None:
        task = asyncio.ensure_future(worker.end())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


@dataclass(slots=True)
class _Turn:
    """What a query holds: a slot, or a place among the slow ones, and a worker."""

    worker: _Worker | None = None
    slow: bool = False
    reusable: bool = False


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
        body = cast("IO[bytes]", tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
        try:
            found = await self._read(job, limits, body)
        except BaseException:
            body.close()
            raise
        if isinstance(found, QueryError):
            body.close()
        return found

    async def _read(self, job: Job, limits: Limits, body: IO[bytes]) -> Reply | QueryError:
        kind: Kind | None = None
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
                return Reply(kind, body, size)
            else:
                problem = json.loads(data)
                self.reusable = problem["kind"] != "failed"
                return refusal(job, limits, **problem)
        self.reusable = False
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
        if self._process.stdin is not None:
            self._process.stdin.close()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        return await self._process.wait()
