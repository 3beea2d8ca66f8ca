"""A worker process as its parent sees it: it answers, or it died and another takes its place."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Final

from kg.errors import KGError
from kg.read import ReadFailure
from kg.resolve import DocumentFacts
from kg.types import Document
from kg.workers.facts import Settings

__all__ = ["Death", "Outcome", "Worker"]

_KILL: Final = 9
"""SIGKILL, which Windows has no name for."""
_COMMAND: Final = (sys.executable, "-P", "-m", "kg.workers.child")

Outcome = DocumentFacts | ReadFailure


@dataclass(frozen=True, slots=True)
class Death:
    """A worker ended before it answered."""

    reason: str


class Worker:
    """A process that answers one document after the other, started when it is needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._messages: IO[bytes] | None = None
        self._stopped = False

    def facts(self, document: Document) -> Outcome | Death:
        """A document's facts, why it has none, or how the process died.

        Raises:
            KGError: the process cannot be started.
        """
        process = self._running()
        limits = self._settings.limits
        seconds = limits.seconds_for(document)
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            answer = _ask(process, DocumentFacts(document).to_json())
        finally:
            timer.cancel()
        kind, rest = answer[:1], answer[1:]
        if kind == b"F":
            return replace(DocumentFacts.from_json(rest.decode()), document=document)
        if kind == b"E":
            return ReadFailure(document.source, json.loads(rest))
        code = process.wait()
        if late.is_set():
            reason = f"set aside: it took more than {seconds:.0f} seconds"
            return ReadFailure(document.source, reason)
        if kind == b"M":
            reason = f"set aside: it took more than {limits.memory / 2**30:.3g} GiB of memory"
            return ReadFailure(document.source, reason)
        return Death(_how(code))

    def last_try(self, document: Document) -> Outcome:
        """A document's facts, or why it has none, the death of the process being such a reason.

        Raises:
            KGError: the process cannot be started.
        """
        found = self.facts(document)
        if isinstance(found, Death):
            return ReadFailure(document.source, f"set aside: {found.reason}")
        return found

    def stop(self) -> None:
        """End the process, whatever it does; any thread may call it."""
        self._stopped = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Give back what the process held."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout, self._messages):
                if stream is not None:
                    with contextlib.suppress(OSError):  # what was not sent is lost with it
                        stream.close()
            self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()
        assert self._process is not None  # noqa: S101
        return self._process

    def _start(self) -> None:
        """Start a process and wait until it is ready for documents."""
        paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        self._messages = tempfile.TemporaryFile()  # noqa: SIM115 - close() does
        self._process = process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._messages,
            env={**os.environ, "PYTHONPATH": paths},
        )
        if self._stopped:
            process.kill()
        cache = self._settings.cache
        setup = {
            "pipelines": dict(self._settings.pipelines),
            "cache": None if cache is None else str(cache),
            "limits": asdict(self._settings.limits),
        }
        if _ask(process, json.dumps(setup)) != b"R":
            process.kill()
            code = process.wait()
            self._messages.seek(0)
            said = self._messages.read().decode(errors="replace").strip().splitlines()
            raise KGError(f"a worker process cannot start: {said[-1] if said else _how(code)}")


def _ask(process: subprocess.Popen[bytes], line: str) -> bytes:
    """The line that answers a line; empty where the process ended before it was whole."""
    assert process.stdin is not None  # noqa: S101 - pipes were asked for
    assert process.stdout is not None  # noqa: S101
    try:
        process.stdin.write(line.encode() + b"\n")
        process.stdin.flush()
        answer = process.stdout.readline()
    except (OSError, ValueError):  # it has ended, or was stopped by another thread
        return b""
    return answer.removesuffix(b"\n") if answer.endswith(b"\n") else b""


def _how(code: int) -> str:
    """How a process ended, from its exit code."""
    if code >= 0:
        return f"its process ended by itself (exit code {code})"
    if -code == _KILL:
        return "its process was killed, perhaps for want of memory"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    return f"its process crashed ({name})"
