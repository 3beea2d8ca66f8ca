"""A worker process: documents come in on standard input, their facts go out on standard output.

The first line that comes in is JSON with the settings, each further one documents, as facts that
say nothing yet, with tabs between them. A line goes out once it is ready (``R``), then one for each
document in turn: ``F`` and its facts, ``E`` and why there are none (a JSON string), or ``M``, after
which it ends: too little memory, and what is left is in pieces. It may crash or be killed at any
time.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from kg.read import ReadFailure
from kg.resolve import DocumentFacts
from kg.workers.facts import Limits, Settings, facts_together

try:
    import resource
except ImportError:  # Windows: the time limit of the parent remains
    resource = None  # type: ignore[assignment]

__all__ = ["main"]

_STATUS: Final = Path("/proc/self/status")
_COLLECTED: Final = (50_000, 20, 20)
"""When cycles are looked for: most of what a document leaves behind is in none."""
_SLACK: Final = 60
"""Seconds of processor time above twice a document's limit: for when the parent is gone."""


def main() -> None:
    """Work until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, who ends this process
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    settings = _settings(sys.stdin.buffer.readline())
    _limit_memory(settings.limits.memory)
    _send(out, "R")
    for line in sys.stdin.buffer:
        try:
            for answer in _answers(line.decode(), settings):
                _send(out, answer)
            if not gc.get_freeze_count():
                gc.freeze()  # pipelines and tables stay: there is nothing to collect in them
                gc.set_threshold(*_COLLECTED)
        except MemoryError:
            _send(out, "M")
            return


def _settings(line: bytes) -> Settings:
    setup = json.loads(line)
    cache = setup["cache"]
    limits = Limits(**setup["limits"])
    return Settings(setup["pipelines"], None if cache is None else Path(cache), limits)


def _answers(line: str, settings: Settings) -> Iterator[str]:
    documents = [DocumentFacts.from_json(text).document for text in line.split("\t")]
    _limit_time(max(map(settings.limits.seconds_for, documents)))
    for found in facts_together(documents, settings):
        if isinstance(found, ReadFailure):
            yield f"E{json.dumps(found.reason)}"
        else:
            yield f"F{found.to_json()}"


def _send(out: BinaryIO, text: str) -> None:
    out.write(text.encode() + b"\n")
    out.flush()


def _limit_memory(above: int) -> None:
    """Let this process have so many bytes of data above what its libraries took."""
    if resource is None or not _STATUS.is_file():
        return
    fields = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
    taken = int(fields["VmData"].split()[0]) * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = taken + above
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = int(time.process_time() + 2 * seconds) + _SLACK
        if hard == resource.RLIM_INFINITY or soft < hard:
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    main()
