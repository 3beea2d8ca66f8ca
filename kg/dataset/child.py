"""A process that takes a step on whatever comes in: see ``parallel.py`` for who starts it.

Standard input is pickles: the step, then what it is to take. Standard output gets a pickle for
each: True and what the step gave, or False and the error of ours that it raised.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys

from kg.dataset.records import without_collector
from kg.errors import KGError

__all__ = ["main"]


def main() -> None:
    """Work until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, who ends this process
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    pipe = sys.stdin.buffer
    step = pickle.load(pipe)  # noqa: S301 - our parent wrote it
    with without_collector():
        while True:
            try:
                item = pickle.load(pipe)  # noqa: S301
            except EOFError:
                return
            try:
                answer = True, step(item)
            except KGError as error:
                answer = False, error
            pickle.dump(answer, out, pickle.HIGHEST_PROTOCOL)
            out.flush()


if __name__ == "__main__":
    main()
