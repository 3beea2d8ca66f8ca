"""Sorting more than fits into memory: sorted runs in temporary files, merged as they are read.

Knuth, The Art of Computer Programming, vol. 3, 5.4 "External Sorting".
"""

from __future__ import annotations

import heapq
import pickle
import struct
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice, pairwise
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final, TypeVar

__all__ = ["external_sort", "frames", "read_records", "write_records"]

T = TypeVar("T")

_RUN: Final = 2**22
"""Bytes of pickled records that are sorted in memory at a time; in memory they take some more."""
_FRAME: Final = 32
"""Records pickled together: what they have in common is written once."""
_SAMPLE: Final = 32
"""Of so many frames one is pickled at least, for the size of all."""
_PARTS: Final = 16
"""What a run can be larger than wanted, as a part of it."""
_RUNS: Final = 256
"""Runs of a level that are merged into one of the next; memory holds a frame of each."""
_SIZE: Final = struct.Struct("<q")
_by_key = itemgetter(0)
_record = itemgetter(1)
Pairs = Iterable[tuple[Any, Any]]
"""Keys and records."""


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
    levels: list[_Runs] = []  # the later the level, the earlier its runs came
    size, due = 0, _FRAME
    for record in records:
        if len(waiting) == due:
            if size >= run:
                waiting.sort(key=_by_key)
                _add(levels, waiting, key, folder)
                waiting = []
                size, due = 0, _FRAME
            else:
                frame = len(_pickled([each for _, each in waiting[-_FRAME:]]))
                count = min(_SAMPLE, max(1, run // (_PARTS * frame)))
                size += frame * count
                due += _FRAME * count
        waiting.append((key(record), record))
    waiting.sort(key=_by_key)
    if not levels:
        yield from waiting
        return
    runs = chain.from_iterable(level.each(key) for level in reversed(levels))
    yield from heapq.merge(*runs, waiting, key=_by_key)


def _add(levels: list[_Runs], run: Pairs, key: Callable[[Any], Any], folder: Path) -> None:
    """Add a run; each record is written again once a level, however many come."""
    for number, level in enumerate(levels):
        level.add(run)
        if len(level) < _RUNS:
            return
        levels[number] = _Runs(folder)
        run = heapq.merge(*level.each(key), key=_by_key)
    levels.append(_Runs(folder))
    levels[-1].add(run)


class _Runs:
    """Sorted runs, one behind the other in a nameless file.

    A file for each would be more than a process may have open. Keys are made again from the
    records, which takes less time than to write and read them.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - see below
        weakref.finalize(self, self._file.close)  # when the last reader is done
        self._ends: list[int] = []

    def __len__(self) -> int:
        return len(self._ends)

    def add(self, pairs: Pairs) -> None:
        """Write one more."""
        for frame in frames(map(_record, pairs)):
            written = _pickled(frame)
            self._file.write(_SIZE.pack(len(written)) + written)
        self._ends.append(self._file.tell())

    def each(self, key: Callable[[Any], Any]) -> Iterator[Iterator[tuple[Any, Any]]]:
        """Each, from its beginning, with the records' keys; they may be read by turns."""
        for begin, end in pairwise((0, *self._ends)):
            yield ((key(record), record) for record in self._read(begin, end))

    def _read(self, at: int, end: int) -> Iterator[Any]:
        while at < end:
            self._file.seek(at)
            (size,) = _SIZE.unpack(self._file.read(_SIZE.size))
            yield from _unpickled(self._file.read(size))
            at += _SIZE.size + size


def write_records(records: Iterable[Any], file: IO[bytes]) -> None:
    """Writes records so that :func:`read_records` gives them again."""
    for frame in frames(records):
        file.write(_pickled(frame))


def read_records(file: IO[bytes]) -> Iterator[Any]:
    """The records of a file that :func:`write_records` wrote."""
    while True:
        try:
            kind, rows = pickle.load(file)  # noqa: S301 - our own file, nobody else can open it
        except EOFError:
            return
        yield from _unpacked(kind, rows)


def _pickled(records: Sequence[Any]) -> bytes:
    return pickle.dumps(_packed(records), pickle.HIGHEST_PROTOCOL)


def _unpickled(written: bytes) -> Iterable[Any]:
    return _unpacked(*pickle.loads(written))  # noqa: S301 - our own


def frames(items: Iterable[T], size: int = _FRAME) -> Iterator[tuple[T, ...]]:
    """So many at a time, and at last the rest."""
    items = iter(items)
    while frame := tuple(islice(items, size)):
        yield frame


def _packed(records: Sequence[Any]) -> tuple[type | None, Iterable[Any]]:
    """Named tuples of one class as plain ones, which ``pickle`` takes without calling Python."""
    (kind, *others) = set(map(type, records))
    if others or kind is tuple or not issubclass(kind, tuple):
        return None, records
    return kind, tuple(map(tuple, records))


def _unpacked(kind: type | None, rows: Iterable[Any]) -> Iterable[Any]:
    return rows if kind is None else map(partial(tuple.__new__, kind), rows)
