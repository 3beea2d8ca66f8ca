"""What Spark reads becomes articles: files, lines of JSON and rows of Parquet, wherever they lie.

Spark's readers give bytes; what these are is decided by :mod:`kg.read`, as on one machine.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as everyone calls it

from kg.errors import ReadError
from kg.read import FORMATS, MAX_BYTES, ReadFailure, read_bytes, read_line, reader_of
from kg.read.jsonl import read_jsonl
from kg.read.sources import STDIN, shown, sources
from kg.read.text import too_large
from kg.types import Document

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SCHEMA", "Articles", "articles", "documents"]

SCHEMA: Final = "path string, block long, number long, content binary"
"""Of what is read: the file's address; of a line the place of its part in the file, or else its
number from 1; its bytes."""

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LOCAL: Final = re.compile(r"file:/+")
_PARQUET: Final = ".parquet"
_FIELDS: Final = ("text", "title", "date", "url", "author", "publisher", "language")
_TEXTUAL: Final = ("string", "date", "timestamp", "timestamp_ntz")
_GLOB: Final = re.compile(r"[\\*?\[\]{}]")
_FILLED: Final = r"[^ \t\r\n\uFEFF]"


@dataclass(frozen=True, slots=True)
class Articles:
    """What there is to read."""

    rows: DataFrame | None
    """By ``SCHEMA``; None where no file can be read."""
    names: Mapping[str, str]
    """What a file is called in the graph, by its address."""
    starts: Mapping[tuple[str, int], int]
    """How many lines of a file of articles are before a part of it."""
    failures: tuple[ReadFailure, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """A file as Spark takes it (``path``), as it is called here, and its length in bytes."""

    path: str
    source: str
    size: int


def articles(spark: SparkSession, paths: Iterable[str | Path]) -> Articles:
    """The articles of files, folders and patterns, and of URLs of these.

    What lies on disk is found from here, and has to be there for all workers under the same path;
    of what lies elsewhere (``hdfs://…``, ``s3a://…``) Spark knows how to get it.

    Raises:
        ReadError: nothing of what ``paths`` name is there.
    """
    failures: list[ReadFailure] = []
    readers: dict[str, list[_File]] = {"file": [], "line": [], "row": []}
    for file in _found(spark, [str(path) for path in paths], failures):
        try:
            readers[_reader(file)].append(file)
        except ReadError as error:
            failures.append(ReadFailure(file.source, str(error)))
    names = {_address(file.path): file.source for files in readers.values() for file in files}
    lines = _lines(spark, readers["line"]) if readers["line"] else None
    starts = _starts(lines, names, failures) if lines is not None else {}
    parts = [
        _files(spark, readers["file"]) if readers["file"] else None,
        lines,
        _rows(spark, readers["row"], failures) if readers["row"] else None,
    ]
    rows: DataFrame | None = None
    for part in parts:
        if part is not None:
            rows = part if rows is None else rows.unionByName(part)
    return Articles(rows, names, starts, tuple(failures))


def documents(
    batches: Iterable[pd.DataFrame], names: Mapping[str, str], starts: Mapping[tuple[str, int], int]
) -> Iterator[Document | ReadFailure]:
    """The documents of a partition of what was read, in its order."""
    seen: Counter[tuple[str, int]] = Counter()
    for batch in batches:
        columns = (batch[name] for name in ("path", "block", "number", "content"))
        for path, block, number, content in zip(*columns, strict=True):
            address = _address_of(path)
            source, data = names[address], bytes(content)
            if block >= 0:
                seen[address, block] += 1
                number = starts[address, block] + seen[address, block]  # noqa: PLW2901
            if number > 0:
                yield from read_line(data, source, int(number))
            else:
                yield from read_bytes(data, source)


# -- what there is -------------------------------------------------------------------------------


def _found(spark: SparkSession, paths: list[str], failures: list[ReadFailure]) -> list[_File]:
    if STDIN in paths:
        raise ReadError("workers cannot read standard input; give files")
    local = [path for path in paths if not _URL.match(path)]
    remote = dict.fromkeys(path for path in paths if _URL.match(path))
    there = [file for url in remote for file in _listed(spark, url, failures)]
    if remote and not there and not local:
        raise ReadError("; ".join(f"{failure.source}: {failure.reason}" for failure in failures))
    for source in _local(local, others=bool(there)):
        file = source if isinstance(source, ReadFailure) else _on_disk(source)
        if isinstance(file, ReadFailure):
            failures.append(file)
        else:
            there.append(file)
    return there


def _local(paths: list[str], *, others: bool) -> list[str | ReadFailure]:
    """The files on disk; that there are none is an error where there are no others."""
    try:
        return sources(paths, {*FORMATS, _PARQUET}) if paths or not others else []
    except ReadError:
        if not others:
            raise
        return [ReadFailure(path, "no file to read") for path in paths]


def _on_disk(source: str) -> _File | ReadFailure:
    """A file, where it can be opened here."""
    try:
        with Path(source).open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
    except OSError as error:
        return ReadFailure(shown(source), (error.strerror or str(error)).lower())
    path = os.path.abspath(source)  # noqa: PTH100 - a link stays one, as its name counts
    if shown(path) != path:
        return ReadFailure(shown(source), "its name is no UTF-8, which Spark cannot open")
    return _File(f"file://{path}", shown(source), size)


def _listed(spark: SparkSession, url: str, failures: list[ReadFailure]) -> list[_File]:
    """The files under a URL; a pattern is Spark's."""
    try:
        reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
        found = reader.load(url).select("path", "length").collect()
    except AnalysisException:
        failures.append(ReadFailure(url, "no such file or folder"))
        return []
    known = {*FORMATS, _PARQUET, ""} if len(found) == 1 else {*FORMATS, _PARQUET}
    return [
        _File(row.path, row.path, row.length)
        for row in sorted(found, key=lambda row: str(row.path))
        if Path(row.path).suffix.lower() in known
    ]


def _reader(file: _File) -> str:
    """Which of Spark's readers a file is for.

    Raises:
        ReadError: none, or it is empty, or too large for one article.
    """
    if not file.size:
        raise ReadError("empty file")
    if Path(file.source).suffix.lower() == _PARQUET:
        return "row"
    if reader_of(file.source) is read_jsonl:
        return "line"
    if file.size > MAX_BYTES:
        raise too_large(MAX_BYTES)
    return "file"


def _address(path: str) -> str:
    """A path as one string, however many strokes it begins with."""
    return _LOCAL.sub("file:///", path, count=1)


def _address_of(row_path: str) -> str:
    """The address of the file that a row is of, which Spark tells with its letters encoded."""
    return _address(unquote(row_path))


# -- Spark's readers -----------------------------------------------------------------------------


def _paths(files: Iterable[_File]) -> list[str]:
    """Paths in which nothing is a pattern."""
    return [_GLOB.sub(r"\\\g<0>", file.path) for file in files]


def _read(path: Column, block: Column, number: Column, content: Column) -> list[Column]:
    return [
        path.alias("path"), block.cast("long").alias("block"),
        number.cast("long").alias("number"), content.alias("content"),
    ]  # fmt: skip


def _files(spark: SparkSession, files: list[_File]) -> DataFrame:
    found = spark.read.format("binaryFile").load(_paths(files))
    none = F.lit(-1)
    return found.select(*_read(F.col("_metadata.file_path"), none, none, F.col("content")))


def _lines(spark: SparkSession, files: list[_File]) -> DataFrame:
    """Lines as bytes: they need not be UTF-8. Only a line feed ends one, as on one machine."""
    found = spark.read.option("lineSep", "\n").text(_paths(files))
    return found.select(
        *_read(
            F.col("_metadata.file_path"),
            F.col("_metadata.file_block_start"),
            F.lit(-1),
            F.col("value").cast("binary"),
        )
    )


def _starts(
    lines: DataFrame, names: Mapping[str, str], failures: list[ReadFailure]
) -> dict[tuple[str, int], int]:
    """How many lines are before each part of a file; files that hold no article are failures."""
    filled = F.col("content").cast("string").rlike(_FILLED)
    parts = lines.groupBy("path", "block").agg(
        F.count("*").alias("lines"), F.sum(F.when(filled, 1).otherwise(0)).alias("filled")
    )
    starts: dict[tuple[str, int], int] = {}
    before: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for row in sorted(parts.collect(), key=lambda row: (row.path, row.block)):
        address = _address_of(row.path)
        starts[address, row.block] = before[address]
        before[address] += row.lines
        articles[address] += row.filled
    for address, source in names.items():
        if not articles[address] and _of_lines(source):
            failures.append(ReadFailure(source, "empty file"))
    return starts


def _of_lines(source: str) -> bool:
    """Whether a file is one of lines."""
    return Path(source).suffix.lower() in FORMATS and reader_of(source) is read_jsonl


def _rows(spark: SparkSession, files: list[_File], failures: list[ReadFailure]) -> DataFrame | None:
    """Rows of Parquet as lines of JSON, which have the same fields."""
    found = spark.read.option("mergeSchema", "true").parquet(*_paths(files))
    types: dict[str, Any] = dict(found.dtypes)
    fields = [name for name in _FIELDS if types.get(name) in _TEXTUAL]
    if "text" not in fields:
        failures.extend(ReadFailure(file.source, 'no column "text"') for file in files)
        return None
    line = F.to_json(F.struct(*(F.col(name).cast("string").alias(name) for name in fields)))
    number = F.col("_metadata.row_index") + 1
    return found.select(
        *_read(F.col("_metadata.file_path"), F.lit(-1), number, line.cast("binary"))
    )
