"""The engine of one machine: records stream, and what does not fit into memory waits on disk."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from kg.dataset.sorting import external_sort, read_records, write_records
from kg.dataset.types import Dataset, Key

__all__ = ["Local"]

T = TypeVar("T")
K = TypeVar("K", bound=Key)
U = TypeVar("U")
V = TypeVar("V")


class Local(Generic[T]):
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
            for name, records in groupby(found, key):
                yield from step(name, records)

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
    ) -> Local[V]:
        """What a step makes of each record, which come sorted by key, with its rows."""

        def attached() -> Iterator[V]:
            found = groupby(external_sort(rows, row_key, self._folder), row_key)
            name, group = next(found, (None, iter(())))
            for record in self:
                wanted = key(record)
                while name is not None and name < wanted:
                    name, group = next(found, (None, iter(())))
                yield from step(record, list(group) if name == wanted else [])

        return self._new(attached)

    def keep(self) -> Local[T]:
        """The same records, worked out at first use and kept on disk."""
        return self._new(_Kept(self._records, self._folder))

    def total(self, measure: Callable[[T], int]) -> int:
        """The sum of a measure over all records."""
        return sum(map(measure, self))

    def _new(self, records: Callable[[], Iterable[Any]]) -> Local[Any]:
        return Local(records, self._folder)


class _Kept(Generic[T]):
    """Records that are written at first use and read from then on; a few stay in memory."""

    _FEW = 4096

    def __init__(self, records: Callable[[], Iterable[T]], folder: Path) -> None:
        self._records: Callable[[], Iterable[T]] | None = records
        self._folder = folder
        self._few: list[T] = []
        self._path: Path | None = None

    def __call__(self) -> Iterator[T]:
        if self._records is not None:
            self._write(iter(self._records()))
            self._records = None  # what it was made from need not stay
        yield from self._few
        if self._path is not None:
            with self._path.open("rb") as file:
                yield from read_records(file)

    def _write(self, records: Iterator[T]) -> None:
        self._few = list(islice(records, self._FEW))
        rest = list(islice(records, 1))
        if not rest:
            return
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
            write_records(chain(rest, records), file)  # type: ignore[arg-type]
        self._path = Path(file.name)
