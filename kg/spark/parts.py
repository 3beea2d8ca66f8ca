"""The graph as files that all workers write together: N-Triples, and statements as Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyspark.sql import SparkSession

from kg.dataset import Dataset, Key
from kg.spark.dataset import SparkDataset
from kg.store.described import Described, triple_lines

__all__ = ["SCHEMA", "write_statements", "write_triples"]

_ARGUMENT: Final = (
    "iri STRING, label STRING, type STRING, value STRING, datatype STRING, kind STRING, "
    "comparator STRING, upper STRING, unit STRING, language STRING"
)
_SPAN: Final = "ARRAY<BIGINT>"
SCHEMA: Final = (
    "id STRING, source STRING, begin BIGINT, end BIGINT, sentence STRING, "
    f"subject STRUCT<{_ARGUMENT}, text STRING>, "
    "relation STRUCT<iri STRING, label STRING, text STRING, type STRING>, "
    f"object STRUCT<{_ARGUMENT}, text STRING>, "
    f"qualifiers ARRAY<STRUCT<name STRING, {_ARGUMENT}>>, "
    "negated BOOLEAN, modality STRING, attributed_to STRUCT<iri STRING, label STRING>, "
    "confidence DOUBLE, sources BIGINT, title STRING, published STRING, "
    f"spans STRUCT<subject {_SPAN}, relation {_SPAN}, object {_SPAN}>"
)
"""Columns of the Parquet files: the fields of ``statements.jsonl`` (DESIGN.md §7)."""


def write_triples(
    spark: SparkSession, own: Iterable[Described], others: Dataset[Described], folder: str
) -> None:
    """Write N-Triples, each triple once in all parts together.

    Args:
        spark: the session.
        own: what the graph says of itself.
        others: all else that it says.
        folder: path or URL of the folder, which must not be there.
    """
    here = SparkDataset(spark.sparkContext.parallelize([*own], 1), 1)
    assert isinstance(others, SparkDataset)  # noqa: S101 - one engine runs all steps
    others.union(here).flat_map(_lines).rdd.saveAsTextFile(folder)


def write_statements(
    spark: SparkSession, lines: Dataset[tuple[Key, str]], partitions: int, folder: str
) -> None:
    """Write the lines of ``statements.jsonl`` as Parquet, each part sorted by source and place.

    Args:
        spark: the session, whose own reader makes rows of the lines.
        lines: what :func:`kg.publish.lines` gives.
        partitions: into so many files.
        folder: path or URL of the folder, which must not be there.
    """
    assert isinstance(lines, SparkDataset)  # noqa: S101 - one engine runs all steps
    reader = spark.read.schema(SCHEMA).option("mode", "FAILFAST")
    rows = reader.json(lines.flat_map(_line).rdd)
    places = ("source", "begin", "end", "id")
    rows.coalesce(partitions).sortWithinPartitions(*places).write.parquet(folder)


def _lines(said: Described) -> Iterator[str]:
    return iter(triple_lines(said).split("\n")[:-1])


def _line(keyed: tuple[Key, str]) -> Iterator[str]:
    """A line that Java can read: what UTF-8 cannot hold becomes question marks."""
    yield keyed[1].encode("utf-8", "replace").decode()
