"""What an engine has to offer: the model of MapReduce, with sorted groups.

Dean and Ghemawat 2004, "MapReduce: Simplified Data Processing on Large Clusters".
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

__all__ = ["Dataset", "Key", "Part"]

Key = str | int | tuple[Any, ...]
"""What records are grouped and ordered by: strings, numbers, and tuples of them."""

T = TypeVar("T")
K = TypeVar("K", bound=Key)
U = TypeVar("U")
V = TypeVar("V")


Part = tuple[int, Any]
"""The number of a dataset, and a record for it."""


class Dataset(ABC, Generic[T]):
    """Records that are read once for each use; none is ever changed.

    Records, and the functions given here, are data that ``pickle`` (for a cluster, ``cloudpickle``)
    can carry to another process.
    """

    @abstractmethod
    def __iter__(self) -> Iterator[T]:
        """The records, in no certain order unless the method that made it says so."""

    @abstractmethod
    def flat_map(self, step: Callable[[T], Iterable[U]]) -> Dataset[U]:
        """What a step makes of each record; the order stays."""

    @abstractmethod
    def group(
        self,
        key: Callable[[T], K],
        order: Callable[[T], Key],
        step: Callable[[K, Iterator[T]], Iterable[U]],
    ) -> Dataset[U]:
        """What a step makes of all records of a key.

        Args:
            key: what records have in common.
            order: sorts the records of a key; records that compare equal must be equal, or else
                what comes out depends on the engine.
            step: gets a key and its records, to be read once; need not read all.

        Returns:
            On one machine in the order of the keys.
        """

    @abstractmethod
    def union(self, other: Dataset[V]) -> Dataset[T | V]:
        """The records of both."""

    @abstractmethod
    def attach(
        self,
        rows: Dataset[U],
        key: Callable[[T], str],
        row_key: Callable[[U], str],
        step: Callable[[T, list[U]], Iterable[V]],
        *,
        in_order: bool = False,
    ) -> Dataset[V]:
        """What a step makes of each record with the rows that have its key.

        A record's key is its own, and on one machine the records come sorted by it: large ones
        need not be moved. ``in_order`` says that on one machine the rows come so too.
        """

    @abstractmethod
    def split(self, step: Callable[[T], Iterable[Part]], parts: int) -> tuple[Dataset[Any], ...]:
        """What a step makes of each record, in several datasets, each with the number of its own.

        All are worked out together, at first use, and kept.
        """

    @abstractmethod
    def keep(self) -> Dataset[T]:
        """The same records, worked out once, at first use, and kept on disk."""

    @abstractmethod
    def total(self, measure: Callable[[T], int]) -> int:
        """The sum of a measure over all records."""
