"""The whole way on a cluster: articles in, N-Triples and Parquet out, and the usual files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from pyspark.sql import SparkSession

from kg.collect import Collected, Progress
from kg.dataset import Key, Local, without_collector
from kg.pipeline import BuildResult, configured, result_of
from kg.publish import provenance_of, publish
from kg.publish.streams import describe, lines, tell
from kg.read import ReadFailure
from kg.resolve import Corrections, DocumentFacts
from kg.resolve.corpus import Resolved, resolve
from kg.resolve.entities import Assigned
from kg.spark.dataset import SparkDataset
from kg.spark.facts import Row, facts_of_articles, facts_of_row, failure_of_row
from kg.spark.folder import Shared, shared_folder
from kg.spark.parts import write_statements, write_triples
from kg.spark.read import Articles, articles
from kg.spark.session import spark_session
from kg.store.pieces import describe_piece
from kg.types import Document
from kg.vocab import DEFAULT_BASE, Names
from kg.workers import Limits, Settings
from kg.workspace import Workspace, new_workspace

__all__ = ["STATEMENTS", "TRIPLES", "Order", "build"]

TRIPLES: Final = "triples"
STATEMENTS: Final = "statements.parquet"
"""Folders in that of the parts."""
_ARTICLES: Final = 200
"""In a part of what is merged, at least; fewer are not worth the way."""
_MOST_PARTS: Final = 8
"""For each core."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built, of what and how; see :func:`kg.spark.build_on_spark`."""

    paths: tuple[str | Path, ...]
    output: Path
    master: str
    parts: str
    most: int
    limits: Limits | None
    base: str | None
    pipelines: Mapping[str, str]
    corrections: str | Path | None


def build(order: Order, progress: Progress | None) -> BuildResult:
    """Build a graph; see :func:`kg.spark.build_on_spark`."""
    configuration = configured(order.base or DEFAULT_BASE, order.pipelines)
    with new_workspace(order.output, configuration) as workspace:
        if order.corrections is not None:
            workspace.keep_corrections(order.corrections)
        settings = Settings(order.pipelines, None, order.limits or Limits())
        with (
            spark_session(order.master) as spark,
            shared_folder(spark, order.parts) as shared,
        ):
            return _built(order, workspace, settings, spark, shared, progress)


def _built(
    order: Order,
    workspace: Workspace,
    settings: Settings,
    spark: SparkSession,
    shared: Shared,
    progress: Progress | None,
) -> BuildResult:
    report = progress or (lambda *_: None)
    report("reading", 0)
    found = articles(spark, order.paths)
    rows = _facts(spark, found, settings)
    failures = _sorted([*found.failures, *rows.flat_map(failure_of_row)])
    facts = rows.flat_map(facts_of_row)
    documents = facts.group(_facts_id, _source, _first).keep()
    number = documents.total(_one)
    if not number:
        return BuildResult(failures=failures)
    report("merging", number)
    graph = resolve(documents, workspace.corrections() or Corrections())
    entities, statements = graph.entities.total(_one), graph.statements.total(_one)
    report("writing", number)
    _write_parts(workspace, graph, spark, shared)
    repeated = tuple(sorted(facts.group(_facts_id, _source, _repeated)))
    if statements > order.most:
        _put_in_place(shared)
        return BuildResult(number, entities, statements, failures, repeated, parts=shared.folder)
    for item in facts:
        workspace.spool.put(item)
    with without_collector(), workspace.temporary() as folder:
        published = publish(workspace, _here(graph, folder), folder)
    _put_in_place(shared)
    return result_of(published, Collected({}, failures, repeated))


def _facts(spark: SparkSession, found: Articles, settings: Settings) -> SparkDataset[Row]:
    """What the articles say by themselves: the long work, done once."""
    cores = spark.sparkContext.defaultParallelism
    if found.rows is None:
        return SparkDataset(spark.sparkContext.emptyRDD(), cores)
    rows = SparkDataset(facts_of_articles(found, settings), cores).keep()
    parts = max(cores, min(_MOST_PARTS * cores, rows.total(_one) // _ARTICLES))
    return SparkDataset(rows.rdd, parts)


def _write_parts(
    workspace: Workspace, graph: Resolved, spark: SparkSession, shared: Shared
) -> None:
    """What the workers write; it is not yet in its place."""
    names = Names(workspace.configuration.base)
    each = graph.documents.flat_map(_bare).group(_language, _nothing, _first_of)
    provenance = provenance_of(each, workspace.configuration)
    told = tell(graph)
    own, pieces = describe(graph, told, provenance, names)
    others = pieces.flat_map(partial(describe_piece, names))
    write_triples(spark, own, others, shared.beside(TRIPLES))
    shared.end_parts_in(TRIPLES, ".nt")
    cores = spark.sparkContext.defaultParallelism
    write_statements(spark, lines(graph, told, names), cores, shared.beside(STATEMENTS))


def _put_in_place(shared: Shared) -> None:
    for name in (TRIPLES, STATEMENTS):
        shared.put_in_place(name)


def _here(graph: Resolved, folder: Path) -> Resolved:
    """The same graph on this machine, as resolution on one machine leaves it."""
    documents = Local(lambda: graph.documents, folder).group(_id, _id, _each_of)
    assigned = Local(lambda: graph.assigned, folder).group(_local, _nothing, _each_of)
    return Resolved(
        documents.keep(),
        Local(lambda: graph.entities, folder).keep(),
        graph.properties,
        Local(lambda: graph.statements, folder).keep(),
        assigned.keep(),
    )


def _sorted(failures: list[ReadFailure]) -> tuple[ReadFailure, ...]:
    return tuple(sorted(failures, key=lambda failure: (failure.source, failure.reason)))


def _one(_: object) -> int:
    return 1


def _nothing(_: object) -> int:
    return 0


def _facts_id(facts: DocumentFacts) -> str:
    return facts.document.id


def _source(facts: DocumentFacts) -> str:
    return facts.document.source


def _first(_: str, facts: Iterator[DocumentFacts]) -> Iterator[DocumentFacts]:
    """Of a text that several files hold, the first of these stands for it."""
    yield next(facts)


def _repeated(_: str, facts: Iterator[DocumentFacts]) -> Iterator[tuple[str, str]]:
    """Sources whose text is another's, with the one that stands for it."""
    first = next(facts).document.source
    for other in facts:
        yield other.document.source, first


def _bare(document: Document) -> Iterator[Document]:
    """Nothing but the language."""
    yield Document(id="", source="", text="", language=document.language)


def _language(document: Document) -> str:
    return document.language


def _id(document: Document) -> str:
    return document.id


def _local(row: Assigned) -> Key:
    return row.document, row.local


def _first_of(_: object, records: Iterator[T]) -> Iterator[T]:
    yield next(records)


def _each_of(_: object, records: Iterator[T]) -> Iterator[T]:
    return records
