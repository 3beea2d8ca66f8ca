"""The build on a cluster of Apache Spark: the same steps and the same graph, other plumbing.

https://spark.apache.org/docs/latest/api/python/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import KGError

if TYPE_CHECKING:
    from kg.pipeline import BuildResult, Progress
    from kg.workers import Limits

__all__ = ["MOST_STATEMENTS", "build_on_spark"]

MOST_STATEMENTS: Final = 200_000
"""Statements of a graph that one machine still makes its files of."""

_EXTRA: Final = ("pandas", "py4j", "pyarrow", "pyspark")


def build_on_spark(
    paths: Iterable[str | Path],
    output: str | Path = "output",
    *,
    master: str,
    parts: str | None = None,
    most_statements: int = MOST_STATEMENTS,
    limits: Limits | None = None,
    base: str | None = None,
    pipelines: Mapping[str, str] | None = None,
    corrections: str | Path | None = None,
    progress: Progress | None = None,
) -> BuildResult:
    """Build a graph on a Spark cluster; it is the one that :func:`kg.pipeline.build` makes.

    Args:
        paths: files, folders, patterns; URLs of them, as far as Spark has their file systems;
            Parquet with a column ``text``, too. What is on disk has to be there for all workers.
        output: gets the files that `kg.pipeline.build` makes, where the graph is not too large.
            Where it is, what is there stays.
        master: ``spark://host:7077``, ``local[4]``, ``yarn``, ``k8s://…``.
        parts: folder or URL that all workers reach; gets ``triples/`` (N-Triples) and
            ``statements.parquet/``, for a time also what is being made. By default the output.
        most_statements: a graph of more is too large for the files of one machine.
        limits: what one document may take.
        base: IRI that those of entities, statements and documents begin with.
        pipelines: installed spaCy pipelines to use in place of those that ship, by language.
        corrections: file in which the user names same entities, relations, rejected statements.
        progress: told how far the build is.

    Raises:
        ReadError: none of the paths exists.
        PipelineError: a pipeline is not installed.
        CorrectionsError: the corrections cannot be read.
        StoreError: the base is no IRI, or the folder cannot be written or is being written.
        KGError: Spark is not installed, cannot start, or fails.
    """
    for name in _EXTRA:
        if find_spec(name) is None:
            raise KGError(f"Spark needs {name}, which is not here: pip install 'kg-news[spark]'")
    from kg.spark.build import Order, build

    order = Order(
        paths=tuple(paths),
        output=Path(output),
        master=master,
        parts=parts or str(output),
        most=most_statements,
        limits=limits,
        base=base,
        pipelines=pipelines or {},
        corrections=corrections,
    )
    return build(order, progress)
