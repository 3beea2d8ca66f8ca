"""The engine of one machine: records stream, and what does not fit into memory waits on disk."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final, TypeVar, cast

from kg.dataset.sorting import external_sort, read_records, write_records
from kg.dataset.types import Dataset, Key, Part

__all__ = ["Local"]

_FEW: Final = 512
"""Records of a dataset that stay in memory."""
_NONE: Final = (None, iter(()))
_key = itemgetter(0)
_record = itemgetter(1)


def _group_key(pair: tuple[tuple[Any, Any], object]) -> Any:  # noqa: ANN401 - any key
    return pair[0][0]


def _whole(record: object) -> Iterator[Part]:
    yield 0, record


T = TypeVar("T")
K = TypeVar("K", bound=Key)
U = TypeVar("U")
V = TypeVar("V")


class Local(Dataset[T]):
    """Records of one machine (see :class:`kg.dataset.types.Dataset`).

    Args:
        records: gives an iterator over the records each time it is called.
        folder: for temporary files; whoever makes the folder removes it.
    """

    def __init__(self, records: Callable[[], Iterable[T]], folder: Path) -> None:
        self._records = records
        self._folder = folder

    def __iter__(self) -> Iterator[T]:
        return iter(self._records())

    def flat_map(self, step: Callable[[T], Iterable[U]]) -> Local[U]:
        """What a step makes of each record."""
        return self._new(lambda: chain.from_iterable(map(step, self)))

    def group(
        self,
        key: Callable[[T], K],
        order: Callable[[T], Key],
        step: Callable[[K, Iterator[T]], Iterable[U]],
    ) -> Local[U]:
        """What a step makes of all records of a key, in the order of the keys."""

        def grouped() -> Iterator[U]:
            found = external_sort(self, lambda r: (key(r), order(r)), self._folder)
            for name, pairs in groupby(found, _group_key):
                yield from step(name, map(_record, pairs))

        return self._new(grouped)

    def union(self, other: Dataset[V]) -> Local[T | V]:
        """The records of both."""
        return self._new(lambda: cast("Iterable[T | V]", chain(self, other)))

    def attach(
        self,
        rows: Dataset[U],
        key: Callable[[T], str],
        row_key: Callable[[U], str],
        step: Callable[[T, list[U]], Iterable[V]],
        *,
        in_order: bool = False,
    ) -> Local[V]:
        """What a step makes of each record, which come sorted by key, with its rows."""

        def attached() -> Iterator[V]:
            if in_order:
                pairs: Iterable[tuple[str, U]] = ((row_key(row), row) for row in rows)
            else:
                pairs = external_sort(rows, row_key, self._folder)
            found = groupby(pairs, _key)
            name, group = next(found, _NONE)
            for record in self:
                wanted = key(record)
                while name is not None and name < wanted:
                    name, group = next(found, _NONE)
                yield from step(record, [row for _, row in group] if name == wanted else [])

        return self._new(attached)

    def keep(self) -> Local[T]:
        """The same records, worked out at first use and kept on disk."""
        (kept,) = self.split(_whole, 1)
        return kept

    def split(self, step: Callable[[T], Iterable[Part]], parts: int) -> tuple[Local[Any], ...]:
        """What a step makes of each record, in several datasets, worked out at first use."""
        kept = _Kept(lambda: chain.from_iterable(map(step, self)), self._folder, parts)
        return tuple(self._new(partial(kept.part, number)) for number in range(parts))

    def total(self, measure: Callable[[T], int]) -> int:
        """The sum of a measure over all records."""
        return sum(map(measure, self))

    def _new(self, records: Callable[[], Iterable[Any]]) -> Local[Any]:
        return Local(records, self._folder)


class _Kept:
    """Records that are written at first use and read from then on; a few stay in memory."""

    def __init__(self, records: Callable[[], Iterable[Part]], folder: Path, parts: int) -> None:
        self._records: Callable[[], Iterable[Part]] | None = records
        self._folder = folder
        self._few: list[list[Any]] = [[] for _ in range(parts)]
        self._paths: dict[int, Path] = {}

    def part(self, number: int) -> Iterator[Any]:
        """The records with a number."""
        if self._records is not None:
            self._write(self._records())
            self._records = None  # what it was made from need not stay
        if (path := self._paths.get(number)) is not None:
            with path.open("rb") as file:
                yield from read_records(file)
        yield from self._few[number]

    def _write(self, records: Iterable[Part]) -> None:
        """Frames of records go to a file for each part; what fills none stays in memory."""
        with ExitStack() as stack:
            files: dict[int, IO[bytes]] = {}
            for number, record in records:
                few = self._few[number]
                few.append(record)
                if len(few) >= _FEW:
                    if number not in files:
                        descriptor, name = tempfile.mkstemp(dir=self._folder)
                        files[number] = stack.enter_context(open(descriptor, "wb"))  # noqa: PTH123
                        self._paths[number] = Path(name)
                    write_records(few, files[number])
                    few.clear()
