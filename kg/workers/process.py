"""A worker process as its parent sees it: it answers, or it died and another takes its place."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import IO, Final

from kg.dataset import environment
from kg.errors import KGError
from kg.read import ReadFailure
from kg.resolve import DocumentFacts
from kg.types import Document
from kg.workers.facts import Settings, Written

__all__ = ["Death", "Outcome", "Worker"]

_KILL: Final = 9
"""SIGKILL, which Windows has no name for."""
_COMMAND: Final = (sys.executable, "-P", "-m", "kg.workers.child")
_THREADS: Final = "OPENBLAS_NUM_THREADS"
"""What tells NumPy how many threads it may use: one, as there is a process for each job."""

Outcome = Written | ReadFailure


@dataclass(frozen=True, slots=True)
class Death:
    """A worker ended before it answered."""

    reason: str


class Worker:
    """A process that answers documents one after the other, started when it is needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._messages: IO[bytes] | None = None
        self._stopped = False

    def facts(self, documents: Sequence[Document]) -> list[Outcome | Death]:
        """The facts of each document, why it has none, or how the process died before it.

        Which of several documents took too much is not known: of these the process died, too.

        Raises:
            KGError: the process cannot be started.
        """
        process = self._running()
        seconds = max(map(self._settings.limits.seconds_for, documents))
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        found: list[Outcome | Death] = []
        try:
            _tell(process, "\t".join(DocumentFacts(document).to_json() for document in documents))
            for document in documents:
                answer = _hear(process)
                outcome = _outcome(document, answer)
                if outcome is None:
                    break
                found.append(outcome)
        finally:
            timer.cancel()
        rest = documents[len(found) :]
        if rest:
            how = _how(process.wait())
            taken = f"{seconds:.0f} seconds" if late.is_set() else ""
            if answer == b"M":
                taken = f"{self._settings.limits.memory / 2**30:.3g} GiB of memory"
            if taken and len(documents) == 1:
                reason = f"set aside: it took more than {taken}"
                return [ReadFailure(documents[0].source, reason)]
            found += [Death(how) for _ in rest]
        return found

    def last_try(self, document: Document) -> Outcome:
        """A document's facts, or why it has none, the death of the process being such a reason.

        Raises:
            KGError: the process cannot be started.
        """
        (found,) = self.facts([document])
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
        self._messages = tempfile.TemporaryFile()  # noqa: SIM115 - close() does
        self._process = process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._messages,
            env={_THREADS: "1", **environment()},
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
    _tell(process, line)
    return _hear(process)


def _tell(process: subprocess.Popen[bytes], line: str) -> None:
    """Send a line; a process that cannot be sent it is ended."""
    assert process.stdin is not None  # noqa: S101 - pipes were asked for
    try:
        process.stdin.write(line.encode() + b"\n")
        process.stdin.flush()
    except (OSError, ValueError):  # it has ended, or was stopped by another thread
        process.kill()


def _hear(process: subprocess.Popen[bytes]) -> bytes:
    """The next line; empty where the process ended before it was whole."""
    assert process.stdout is not None  # noqa: S101
    try:
        answer = process.stdout.readline()
    except (OSError, ValueError):
        return b""
    return answer.removesuffix(b"\n") if answer.endswith(b"\n") else b""


def _outcome(document: Document, answer: bytes) -> Outcome | None:
    """What an answer says of a document; None where it is no answer."""
    kind, rest = answer[:1], answer[1:]
    if kind == b"F":
        return Written(document, rest.decode())
    return ReadFailure(document.source, json.loads(rest)) if kind == b"E" else None


def _how(code: int) -> str:
    """How a process ended, from its exit code."""
    if code >= 0:
        return f"its process ended by itself (exit code {code})"
    if -code == _KILL:
        return "its process was killed, perhaps for want of memory"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    return f"its process crashed ({name})"
