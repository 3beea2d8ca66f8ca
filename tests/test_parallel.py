"""A step taken in other processes gives what it gives here, in the same order."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial

import pytest

from kg.dataset import in_processes
from kg.errors import KGError, StoreError
from kg.store.pieces import Piece, render
from kg.types import Statement
from kg.vocab import Names

VALUES = [f"{'x' * (1 + n * 997 % 40_000)}{n}" for n in range(60)]


def statement(name: str, relation: str = "meet") -> Statement:
    return Statement(name, "Ada", relation, "Bob", (), False, "asserted", 0.5, ())


@pytest.mark.parametrize("processes", [0, 1, 3])
def test_answers_come_in_the_order_of_what_was_asked(processes: int) -> None:
    assert list(in_processes(str.swapcase, VALUES, processes)) == [v.swapcase() for v in VALUES]


def test_nothing_to_do() -> None:
    assert list(in_processes(str.upper, [], 2)) == []


def test_few_are_read_ahead() -> None:
    read = 0

    def values() -> Iterator[str]:
        nonlocal read
        for value in VALUES:
            read += 1
            yield value

    answers = in_processes(str.upper, values(), 1)
    next(answers)
    assert read <= 6
    answers.close()


def test_text_is_the_same_wherever_it_is_made() -> None:
    names = Names()
    frames: list[list[Piece]] = [[statement(f"s{n}"), statement(f"t{n}")] for n in range(20)]
    step = partial(render, names)
    assert list(in_processes(step, frames, 2)) == list(map(step, frames))


def test_an_error_of_ours_is_raised_here() -> None:
    frames: list[list[Piece]] = [[statement("s")], [statement("t", "no name")]]
    answers = in_processes(partial(render, Names()), frames, 1)
    assert b"statement/s" in next(answers).triples
    with pytest.raises(StoreError, match="no property name"):
        next(answers)


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_a_process_that_is_killed_ends_it() -> None:
    with pytest.raises(KGError, match=r"makes a part of the graph ended \(killed by signal 9\)"):
        list(in_processes(signal.raise_signal, [signal.SIGKILL], 1))


def test_one_that_fails_says_why() -> None:
    with pytest.raises(KGError, match=r"ended \(ValueError: invalid literal"):
        list(in_processes(int, ["1", "one"], 1))
