"""The engine of a cluster: the records of a dataset lie in the partitions of a Spark RDD.

What is done within a partition is what one machine does with all records: the steps, the sorting
on disk and the merging are :class:`kg.dataset.Local`'s. Only what moves records is here.
"""

from __future__ import annotations

import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, TypeVar

from pyspark import RDD, StorageLevel

from kg.dataset import Dataset, Key, Local, Part
from kg.dataset.sorting import external_sort

__all__ = ["SparkDataset", "place_of"]

T = TypeVar("T")
K = TypeVar("K", bound=Key)
U = TypeVar("U")
V = TypeVar("V")

_second: Final = itemgetter(1)
_ROW, _RECORD = 0, 1


class SparkDataset(Dataset[T]):
    """Records on a cluster (see :class:`kg.dataset.types.Dataset`).

    Args:
        rdd: the records.
        partitions: in how many parts they lie once they have been moved.
    """

    def __init__(self, rdd: RDD[T], partitions: int) -> None:
        self.rdd = rdd
        self._partitions = partitions
        self._at_home: RDD[Any] | None = None

    def __iter__(self) -> Iterator[T]:
        """The records, a partition at a time."""
        return iter(self.rdd.toLocalIterator())

    def flat_map(self, step: Callable[[T], Iterable[U]]) -> SparkDataset[U]:
        """What a step makes of each record."""
        return self._new(self.rdd.flatMap(step))

    def group(
        self,
        key: Callable[[T], K],
        order: Callable[[T], Key],
        step: Callable[[K, Iterator[T]], Iterable[U]],
    ) -> SparkDataset[U]:
        """What a step makes of all records of a key; within a partition in the order of the keys.

        A key's records are sorted on disk and stream through the step.
        """

        def grouped(records: Iterable[tuple[int, T]]) -> Iterator[U]:
            return iter(_local(map(_second, records)).group(key, order, step))

        return self._new(self._moved(self.rdd, key).mapPartitions(grouped))

    def union(self, other: Dataset[V]) -> SparkDataset[T | V]:
        """The records of both."""
        return self._new(self.rdd.union(_spark(other).rdd))

    def attach(
        self,
        rows: Dataset[U],
        key: Callable[[T], str],
        row_key: Callable[[U], str],
        step: Callable[[T, list[U]], Iterable[V]],
        *,
        in_order: bool = False,  # noqa: ARG002 - on one machine
    ) -> SparkDataset[V]:
        """What a step makes of each record with its rows, which come in no certain order.

        The records are moved to where their keys belong the first time, and stay there: further
        rows come to them.
        """

        def attached(both: Iterable[tuple[int, tuple[int, Any]]]) -> Iterator[V]:
            of_rows, of_records = _parted(map(_second, both))
            rows_here: Local[U] = _local(of_rows)  # sorted before the first record is read
            records: Local[T] = _local(map(_second, external_sort(of_records, key, _folder())))
            return iter(records.attach(rows_here, key, row_key, step))

        if self._at_home is None:
            self._at_home = self._moved(self.rdd, key, _RECORD)
        moved = self._moved(_spark(rows).rdd, row_key, _ROW)
        # Alike partitioned, they are united where they lie: a part is its rows, then its records.
        return self._new(moved.union(self._at_home).mapPartitions(attached))

    def keep(self) -> SparkDataset[T]:
        """The same records, worked out once, at first use, and kept where a lost worker is not.

        What it was made from is forgotten then; steps that are repeated would else grow for ever.
        """
        kept = self.rdd.mapPartitions(iter, preservesPartitioning=True)
        kept.persist(StorageLevel.DISK_ONLY)  # so that they are not worked out again to be kept
        kept.checkpoint()
        return self._new(kept)

    def split(
        self, step: Callable[[T], Iterable[Part]], parts: int
    ) -> tuple[SparkDataset[Any], ...]:
        """What a step makes of each record, in several datasets; all are worked out together."""
        kept = self.flat_map(step).keep()
        return tuple(kept.flat_map(partial(_of_part, number)) for number in range(parts))

    def total(self, measure: Callable[[T], int]) -> int:
        """The sum of a measure over all records."""
        return int(self.rdd.map(measure).sum())

    def _new(self, rdd: RDD[U]) -> SparkDataset[U]:
        return SparkDataset(rdd, self._partitions)

    def _moved(self, rdd: RDD[Any], key: Callable[[Any], Key], tag: int | None = None) -> RDD[Any]:
        """The records, each behind the number of the partition that its key belongs to."""

        def placed(records: Iterable[Any]) -> Iterator[tuple[int, Any]]:
            for record in records:
                yield place_of(key(record)), record if tag is None else (tag, record)

        return rdd.mapPartitions(placed).partitionBy(self._partitions, _itself)


def place_of(key: Key) -> int:
    """Where a key belongs: the same number in every process, whatever its seed for hashes."""
    return zlib.crc32(repr(key).encode("utf-8", "surrogatepass"))


def _itself(place: int) -> int:
    return place


def _of_part(number: int, record: Part) -> Iterator[Any]:
    if record[0] == number:
        yield record[1]


def _spark(dataset: Dataset[U]) -> SparkDataset[U]:
    assert isinstance(dataset, SparkDataset)  # noqa: S101 - one engine runs all steps
    return dataset


def _local(records: Iterable[T]) -> Local[T]:
    """The records of a partition, to be read once."""
    return Local(lambda: records, _folder())


def _folder() -> Path:
    """Where a worker puts temporary files: nameless ones, gone with the process."""
    return Path(os.environ.get("SPARK_LOCAL_DIRS", tempfile.gettempdir()).split(",")[0])


def _parted(tagged: Iterator[tuple[int, Any]]) -> tuple[Iterator[Any], Iterator[Any]]:
    """Rows, and the records behind them; the rows are to be read first, to their end."""
    first_record: list[Any] = []

    def rows() -> Iterator[Any]:
        for tag, item in tagged:
            if tag == _RECORD:
                first_record.append(item)
                return
            yield item

    def records() -> Iterator[Any]:
        yield from chain(first_record, map(_second, tagged))

    return rows(), records()
