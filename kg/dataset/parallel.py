"""A step taken in processes beside this one, what it gives in the order of what it took.

The pools of ``multiprocessing`` and ``concurrent.futures`` would import the script that called us
once more in each process, which must be written for that; these know only the step's module.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final, Self, TypeVar

from kg.errors import KGError

__all__ = ["environment", "in_processes"]

T = TypeVar("T")
U = TypeVar("U")

_COMMAND: Final = (sys.executable, "-P", "-m", "kg.dataset.child")
_AHEAD: Final = 4
"""What a process may have been given before its first answer is read."""


def in_processes(step: Callable[[T], U], items: Iterable[T], processes: int) -> Iterator[U]:
    """What a step makes of each item, in their order.

    Args:
        step: a function of a module, or a ``partial`` of one; its module is imported there.
        items: read as they are needed; they and what becomes of them are pickled.
        processes: how many take it by turns; with 0 this one does.

    Raises:
        KGError: the step raised it, or a process ended.
    """
    if processes < 1:
        yield from map(step, items)
        return
    with ExitStack() as stack:
        beside = [stack.enter_context(_Process()) for _ in range(processes)]
        for process in beside:
            process.ask(step)
        asked: deque[_Process] = deque()
        for number, item in enumerate(items):
            if len(asked) == _AHEAD * processes:
                yield asked.popleft().answer()
            asked.append(beside[number % processes])
            asked[-1].ask(item)
        while asked:
            yield asked.popleft().answer()


def environment() -> dict[str, str]:
    """The environment for a process of this interpreter that finds the same modules."""
    paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    return {**os.environ, "PYTHONPATH": paths}


class _Process:
    """A process and a thread that reads its answers, so that neither waits for the other."""

    def __init__(self) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed at exit
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=environment(),
        )
        self._answers: SimpleQueue[tuple[bool | None, Any]] = SimpleQueue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout, self._said):
            if stream is not None:
                with suppress(OSError):  # what was not sent is lost with it
                    stream.close()

    def ask(self, item: object) -> None:
        """Give it one more; what it says to it is an :meth:`answer`."""
        assert self._process.stdin is not None  # noqa: S101 - a pipe was asked for
        with suppress(OSError):  # it has ended: the answer will say why
            pickle.dump(item, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()

    def answer(self) -> Any:  # noqa: ANN401 - what the step gives
        """Its next answer, once it is there."""
        done, found = self._answers.get()
        if done is None:
            raise KGError(f"a process that makes a part of the graph ended ({self._how()})")
        if not done:
            raise found
        return found

    def _how(self) -> str:
        code = self._process.wait()
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").strip().splitlines()
        if lines:
            return lines[-1]
        return f"killed by signal {-code}" if code < 0 else f"exit code {code}"

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        try:
            while True:
                self._answers.put(pickle.load(self._process.stdout))  # noqa: S301 - our own
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):  # it has ended
            self._answers.put((None, None))
