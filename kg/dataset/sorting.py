"""Sorting more than fits into memory: sorted runs in temporary files, merged as they are read.

Knuth, The Art of Computer Programming, vol. 3, 5.4 "External Sorting".
"""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final, TypeVar

__all__ = ["external_sort", "read_records", "write_records"]

T = TypeVar("T")

_RUN: Final = 2**23
"""Bytes of pickled records that are sorted in memory at a time; in memory they take some more."""
_SAMPLE: Final = 32
"""Of so many records one is pickled, for the size of all."""
_FRAME: Final = 32
"""Records pickled together: what they have in common is written once."""
_OPEN: Final = 64
"""Runs of a level that are merged into one of the next; a process may have 256 files open."""
_by_key = itemgetter(0)


def external_sort(
    records: Iterable[T], key: Callable[[T], Any], folder: Path, run: int = _RUN
) -> Iterator[tuple[Any, T]]:
    """Keys and records, sorted by the key, equal keys in the order they came in.

    Args:
        records: anything that ``pickle`` takes.
        key: what to sort by; all keys compare with each other.
        folder: gets temporary files where there are more records than fit into one run.
        run: what memory holds, in bytes of records as they are written.
    """
    waiting: list[tuple[Any, T]] = []
    levels: list[list[IO[bytes]]] = []  # the later the level, the earlier its runs came
    size = 0
    for record in records:
        if len(waiting) % _SAMPLE == 0:
            if size >= run:
                waiting.sort(key=_by_key)
                _add(levels, _written(waiting, folder), folder)
                waiting = []
                size = 0
            size += _SAMPLE * len(pickle.dumps(record, pickle.HIGHEST_PROTOCOL))
        waiting.append((key(record), record))
    waiting.sort(key=_by_key)
    if not levels:
        yield from waiting
        return
    yield from _merged([run for level in reversed(levels) for run in level], waiting)


def _add(levels: list[list[IO[bytes]]], run: IO[bytes], folder: Path) -> None:
    """Add a run; each record is written again once a level, however many come."""
    for level in levels:
        level.append(run)
        if len(level) < _OPEN:
            return
        run = _written(_merged(level), folder)
        level.clear()
    levels.append([run])


def _merged(runs: list[IO[bytes]], *rest: list[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    return heapq.merge(*map(_read, runs), *rest, key=_by_key)


def _written(pairs: Iterable[tuple[Any, Any]], folder: Path) -> IO[bytes]:
    """A nameless file with these keys and records, to be read from its beginning."""
    file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - its reader closes it
    for frame in _frames(pairs):
        keys, records = zip(*frame, strict=True)
        _dump((keys, *_packed(records)), file)
    file.seek(0)
    return file


def _read(file: IO[bytes]) -> Iterator[tuple[Any, Any]]:
    with file:
        for keys, kind, rows in _loaded(file):
            yield from zip(keys, _unpacked(kind, rows), strict=True)


def write_records(records: Iterable[Any], file: IO[bytes]) -> None:
    """Writes records so that :func:`read_records` gives them again."""
    for frame in _frames(records):
        _dump(_packed(frame), file)


def read_records(file: IO[bytes]) -> Iterator[Any]:
    """The records of a file that :func:`write_records` wrote."""
    for kind, rows in _loaded(file):
        yield from _unpacked(kind, rows)


def _frames(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    items = iter(items)
    while frame := tuple(islice(items, _FRAME)):
        yield frame


def _packed(records: tuple[Any, ...]) -> tuple[type | None, Iterable[Any]]:
    """Named tuples of one class as plain ones, which ``pickle`` takes without calling Python."""
    (kind, *others) = set(map(type, records))
    if others or kind is tuple or not issubclass(kind, tuple):
        return None, records
    return kind, tuple(map(tuple, records))


def _unpacked(kind: type | None, rows: Iterable[Any]) -> Iterable[Any]:
    return rows if kind is None else map(partial(tuple.__new__, kind), rows)


def _dump(frame: object, file: IO[bytes]) -> None:
    pickle.dump(frame, file, pickle.HIGHEST_PROTOCOL)


def _loaded(file: IO[bytes]) -> Iterator[Any]:
    while True:
        try:
            yield pickle.load(file)  # noqa: S301 - our own file, which nobody else can open
        except EOFError:
            return
