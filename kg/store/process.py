"""What becomes a store: in this process where it is small, else in one that is beside it.

RocksDB's memory grows with what is written (an index of each file, filters, what is being
compacted), and while it works the rest of the graph can be made.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Final, Self

from pyoxigraph import Store

from kg.errors import StoreError
from kg.store.worker import LENGTH, load

__all__ = ["Loader"]

_COMMAND: Final = (sys.executable, "-P", str(Path(__file__).with_name("worker.py")))
"""Starts a process: see ``worker.py`` for what it reads."""
_AHEAD: Final = 2
"""Batches that may wait for it while the next is made."""


class Loader:
    """Writes N-Triples to an Oxigraph directory that is not there yet.

    A block ends with :meth:`finish`, or nothing that it wrote can be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._first: bytes | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting: Queue[bytes | None] = Queue(_AHEAD)
        self._ended = False
        self._broken = False
        self._feeder = Thread(target=self._feed, daemon=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()  # does nothing to one that has ended by itself
            self.end()
            self._feeder.join()
            self._process.communicate()

    def put(self, batch: bytes) -> None:
        """Write so much more, some time. Raises ``StoreError`` where it cannot be written."""
        if not batch:  # it would say that nothing follows
            return
        if self._process is not None:
            self._send(batch)
        elif self._first is None:
            self._first = batch
        else:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                (*_COMMAND, str(self._path)), stdin=subprocess.PIPE, stderr=subprocess.PIPE
            )
            self._feeder.start()
            self._send(self._first)
            self._send(batch)
            self._first = None

    def end(self) -> None:
        """Say that nothing follows, so that the directory is completed meanwhile."""
        if self._process is not None and not self._ended:
            self._ended = True
            self._waiting.put(None)

    def finish(self) -> None:
        """Complete the directory and close it. Raises ``StoreError`` where that fails."""
        if self._process is None:
            try:
                load(Store(self._path), [self._first] if self._first else [])
            except (OSError, RuntimeError) as error:
                raise self._failure(str(error)) from error
            return
        self.end()
        self._feeder.join()
        said = self._process.communicate()[1]
        if self._process.returncode:
            raise self._failure(self._reason(said))

    def _send(self, batch: bytes) -> None:
        self._waiting.put(batch)
        if self._broken:
            self.finish()

    def _feed(self) -> None:
        """Give the process what waits; of what it takes no more, none may wait for ever."""
        assert self._process is not None  # noqa: S101 - this is started after it
        pipe: IO[bytes] | None = self._process.stdin
        assert pipe is not None  # noqa: S101 - a pipe was asked for
        for batch in iter(self._waiting.get, None):
            if not self._broken:
                self._write(pipe, batch)
        if not self._broken:
            self._write(pipe, b"")

    def _write(self, pipe: IO[bytes], batch: bytes) -> None:
        try:
            pipe.write(len(batch).to_bytes(LENGTH, "big"))
            pipe.write(batch)
            pipe.flush()
        except OSError:  # it has ended, and says why
            self._broken = True

    def _reason(self, said: bytes) -> str:
        lines = said.decode(errors="replace").strip().splitlines()
        code = self._process.returncode if self._process is not None else 0
        return lines[-1] if lines else f"its process was killed by signal {-code}"

    def _failure(self, reason: str) -> StoreError:
        return StoreError(f"{self._path.parent}: the graph cannot be written ({reason})")
