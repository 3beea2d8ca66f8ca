"""Articles to facts on a cluster: beside each of Spark's Python workers runs one of ours.

It loads the pipelines once, for as long as Spark keeps the Python worker; an article that crashes
it, hangs or swells is set aside, and Spark sees nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final

from pyspark import RDD

from kg._version import __version__
from kg.errors import KGError
from kg.read import ReadFailure
from kg.resolve import DocumentFacts
from kg.spark.read import Articles, documents
from kg.types import Document
from kg.workers import Settings
from kg.workers.process import Death, Outcome, Worker

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Row", "facts_of_articles", "facts_of_row", "failure_of_row"]

Row = tuple[str, str, str]
"""A source with its document's facts as JSON, or (the last) the reason why it has none."""

_SCHEMA: Final = "source string, facts string, reason string"
_TOGETHER: Final = 16
"""Facts that go back to Spark at a time."""
_workers: dict[str, Worker] = {}
"""Ours in this process, by its settings."""


def facts_of_articles(articles: Articles, settings: Settings) -> RDD[Row]:
    """What every article says by itself."""
    assert articles.rows is not None  # noqa: S101 - who calls sees to it
    work = _work(articles.names, articles.starts, settings)
    found = articles.rows.mapInPandas(work, _SCHEMA)
    return found.rdd.map(tuple)


def facts_of_row(row: Row) -> Iterator[DocumentFacts]:
    """The facts in a row, if it has some."""
    if row[1]:
        yield DocumentFacts.from_json(row[1])


def failure_of_row(row: Row) -> Iterator[ReadFailure]:
    """Why a row has no facts, if it has none."""
    if not row[1]:
        yield ReadFailure(row[0], row[2])


def _work(
    names: Mapping[str, str], starts: Mapping[tuple[str, int], int], settings: Settings
) -> Callable[[Iterable[pd.DataFrame]], Iterator[pd.DataFrame]]:
    wanted = __version__

    def work(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        import pandas as pd

        if wanted != __version__:
            raise KGError(f"a worker has kg-news {__version__}, while {wanted} began the build")
        found = (_row(item, settings) for item in documents(batches, names, starts))
        while rows := list(islice(found, _TOGETHER)):
            yield pd.DataFrame(rows, columns=["source", "facts", "reason"], dtype=object)

    return work


def _row(item: Document | ReadFailure, settings: Settings) -> Row:
    outcome = item if isinstance(item, ReadFailure) else _outcome(item, settings)
    if isinstance(outcome, ReadFailure):
        return outcome.source, "", outcome.reason
    return outcome.document.source, outcome.line, ""


def _outcome(document: Document, settings: Settings) -> Outcome:
    worker = _workers.setdefault(repr(settings), Worker(settings))
    (found,) = worker.facts([document])
    return worker.last_try(document) if isinstance(found, Death) else found
