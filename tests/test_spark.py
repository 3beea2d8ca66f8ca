"""On Spark the same steps give the same records, and the same articles the same graph."""

from __future__ import annotations

import json
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from clusters import environment, need_spark

need_spark()

import pyarrow as pa
from pyarrow.parquet import write_table

from kg.dataset import Dataset, Local, components
from kg.errors import ReadError
from kg.read import ReadFailure, read
from kg.spark.dataset import SparkDataset, place_of
from kg.spark.read import articles, documents
from kg.spark.session import spark_session

Make = Callable[[Sequence[Any]], Dataset[Any]]
Row = tuple[str, int]

# Small splits, so that a file of articles is read in several parts.
_SMALL_PARTS = (
    "--conf spark.sql.files.maxPartitionBytes=3000 --conf spark.sql.files.openCostInBytes=1 "
)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        patch.setenv("PYSPARK_SUBMIT_ARGS", _SMALL_PARTS + os.environ["PYSPARK_SUBMIT_ARGS"])
        with spark_session("local[2]") as session:
            session.sparkContext.setCheckpointDir(str(tmp_path_factory.mktemp("checkpoints")))
            yield session


@pytest.fixture
def engines(spark: Any, tmp_path: Path) -> tuple[Make, Make]:
    """One machine's engine, and the cluster's."""

    def on_spark(records: Sequence[Any]) -> SparkDataset[Any]:
        return SparkDataset(spark.sparkContext.parallelize(records, 3), 2)

    return lambda records: Local(lambda: records, tmp_path), on_spark


# -- datasets ------------------------------------------------------------------------------------


def name_of(row: Row) -> str:
    return row[0]


def number_of(row: Row) -> int:
    return row[1]


def both(row: Row) -> tuple[str, int]:
    return row


def smallest_two(name: str, rows: Iterator[Row]) -> Iterator[object]:
    """Reads no more than it needs."""
    yield name, next(rows)[1], next(rows, None)


def in_sequence(name: str, rows: Iterator[Row]) -> Iterator[object]:
    yield name, tuple(number for _, number in rows)


def doubled(row: Row) -> Iterator[Row]:
    yield row
    yield f"{row[0]}'", row[1] + 1


def with_rows(record: Row, rows: list[Row]) -> Iterator[object]:
    yield record, tuple(sorted(rows))


def odd_apart(row: Row) -> Iterator[tuple[int, object]]:
    yield row[1] % 2, row
    yield 2, row[0]


STEPS: dict[str, Callable[[Dataset[Row], Dataset[Row]], Iterable[Any]]] = {
    "flat_map": lambda d, _: d.flat_map(doubled),
    "group": lambda d, _: d.group(name_of, number_of, in_sequence),
    "group, not read to the end": lambda d, _: d.group(name_of, number_of, smallest_two),
    "group by a tuple": lambda d, _: d.group(both, number_of, lambda key, rows: [(key, *rows)]),
    "union": lambda d, e: d.union(e).group(name_of, number_of, in_sequence),
    "attach": lambda d, e: e.attach(d, name_of, name_of, with_rows),
    "attach twice": lambda d, e: e.attach(d, name_of, name_of, with_rows).union(
        e.attach(d.flat_map(doubled), name_of, name_of, with_rows)
    ),
    "keep": lambda d, _: d.flat_map(doubled).keep().group(name_of, number_of, in_sequence),
    "split": lambda d, _: [list(map(repr, part)) for part in [*map(sorted, d.split(odd_apart, 3))]],
    "total": lambda d, e: [d.total(number_of), e.total(number_of)],
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_gives_the_same_records(engines: tuple[Make, Make], step: str) -> None:
    chance = random.Random(step)
    rows = [(f"name {chance.randrange(20)} è\n", chance.randrange(1000)) for _ in range(200)]
    records = sorted({(f"name {number} è\n", number) for number in range(0, 30, 2)})
    one, many = (sorted(STEPS[step](make(rows), make(records)), key=repr) for make in engines)
    assert one
    assert many == one


@pytest.mark.parametrize("seed", range(2))
def test_components_of_random_graphs_are_the_same(engines: tuple[Make, Make], seed: int) -> None:
    chance = random.Random(seed)
    nodes = [f"n{number}" for number in range(60)]
    edges = [(chance.choice(nodes), chance.choice(nodes)) for _ in range(40)]
    one, many = (sorted(components(make(edges))) for make in engines)
    assert one
    assert many == one


def test_what_is_kept_is_worked_out_once(spark: Any, tmp_path: Path) -> None:
    def noted(row: int) -> Iterator[int]:
        with (tmp_path / "worked").open("a") as file:
            file.write("x")
        yield row

    kept = SparkDataset(spark.sparkContext.parallelize(range(10), 2), 2).flat_map(noted).keep()
    assert [kept.total(int), kept.total(int), sum(kept)] == [45, 45, 45]
    assert (tmp_path / "worked").read_text() == "x" * 10
    assert kept.rdd.isCheckpointed()  # what it was made from is no longer needed


def test_records_that_rows_come_to_are_moved_once(spark: Any) -> None:
    records = SparkDataset(spark.sparkContext.parallelize([("a", 1), ("b", 2)], 3), 2)
    rows = SparkDataset(spark.sparkContext.parallelize([("b", 3), ("b", 4)], 3), 2)
    found = [records.attach(rows, name_of, name_of, with_rows) for _ in range(2)]
    assert [dataset.rdd.getNumPartitions() for dataset in found] == [2, 2]
    assert sorted(found[1]) == [(("a", 1), ()), (("b", 2), (("b", 3), ("b", 4)))]


def test_a_key_belongs_to_one_place_in_every_process() -> None:
    """Python's own hash of a string differs from process to process."""
    keys = ["Toscana", 7, ("è", ("x", 1))]
    program = f"from kg.spark.dataset import place_of; print([place_of(k) for k in {keys}])"
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=environment(PYTHONHASHSEED=seed), capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert json.loads(done.stdout) == [place_of(key) for key in keys]


# -- reading -------------------------------------------------------------------------------------

ITALIAN = "Il presidente è arrivato a Roma. La città è bella perché c'è il sole."
ENGLISH = "The president arrived in Rome on Monday. The city welcomed him with flowers."


def on_spark(session: Any, paths: Sequence[str | Path]) -> list[Any]:
    """What a cluster reads, in one order."""
    import pandas as pd

    found = articles(session, paths)
    names, starts = found.names, found.starts

    def work(batches: Iterable[Any]) -> Iterator[Any]:
        for item in documents(batches, names, starts):
            yield pd.DataFrame({"item": [pickle.dumps(item)]})

    rows = found.rows.mapInPandas(work, "item binary").collect() if found.rows else []
    return sorted([*found.failures, *(pickle.loads(row.item) for row in rows)], key=repr)


def test_files_are_read_as_on_one_machine(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Odd names, other encodings, files that are empty, broken, not text or not there."""
    folder = tmp_path / "news"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "à b%20[1]#{x}.txt").write_text(ITALIAN)
    (folder / "latin.txt").write_bytes(ITALIAN.encode("cp1252"))
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(bytes(range(3)) * 50)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    page = f"<html><head><title>Rome</title></head><body><article><p>{ENGLISH}</p></article></body>"
    (folder / "page.html").write_text(page)
    (folder / ".hidden.txt").write_text(ENGLISH)
    (folder / "other.docx").write_bytes(b"PK")
    monkeypatch.chdir(tmp_path)
    paths = ["news", "nowhere.txt", "news/other.docx", "news/page.html"]
    one = sorted(read(paths), key=repr)
    assert {item.source for item in one} == {
        "news/sub/à b%20[1]#{x}.txt", "news/latin.txt", "news/empty.txt", "news/binary.txt",
        "news/broken.pdf", "news/page.html", "news/other.docx", "nowhere.txt",
    }  # fmt: skip
    assert on_spark(spark, paths) == one


def test_lines_have_the_numbers_that_they_have_on_one_machine(spark: Any, tmp_path: Path) -> None:
    """The file is cut into parts of 3 kB, which different workers read."""
    lines = [json.dumps({"text": f"{number}. {ENGLISH * 9}"}).encode() for number in range(12)]
    lines[3:3] = [b"", b"{bad", b"[]", b'{"title": "x"}', b"  \r"]
    lines.append(json.dumps({"text": ITALIAN}, ensure_ascii=False).encode("cp1252"))
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines))
    (tmp_path / "b.ndjson").write_bytes(b"\n".join(lines) + b"\n")
    (tmp_path / "blank.jsonl").write_bytes(b"\n \n")
    (tmp_path / "nothing.jsonl").touch()
    found = on_spark(spark, [tmp_path])
    assert len(articles(spark, [tmp_path]).starts) > 4
    assert found == sorted(read([tmp_path]), key=repr)
    assert sum(not isinstance(item, ReadFailure) for item in found) == 26


def test_rows_of_parquet_are_articles_as_lines_of_json_are(spark: Any, tmp_path: Path) -> None:
    rows = [
        {"text": f"{number}. {ENGLISH}", "title": "Rome", "date": f"2025-10-1{number}", "n": 1}
        for number in range(5)
    ]
    write_table(pa.Table.from_pylist(rows), tmp_path / "news.parquet", row_group_size=2)
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, rows)))
    found = on_spark(spark, [tmp_path / "news.parquet"])
    wanted = read([tmp_path / "news.jsonl"])
    assert found == sorted(
        (replace(item, source=item.source.replace(".jsonl#", ".parquet#")) for item in wanted),
        key=repr,
    )


def test_a_table_without_texts_is_a_failure(spark: Any, tmp_path: Path) -> None:
    table = pa.Table.from_pylist([{"words": ENGLISH}])
    write_table(table, tmp_path / "news.parquet")
    (failure,) = on_spark(spark, [tmp_path / "news.parquet"])
    assert failure == ReadFailure(str(tmp_path / "news.parquet"), 'no column "text"')


def test_what_has_an_address_is_found_by_spark(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "à 1.txt").write_text(ENGLISH)
    (tmp_path / "notes.csv").write_text(ENGLISH)
    (document,) = on_spark(spark, [tmp_path.as_uri()])
    assert document == replace(
        next(iter(read([tmp_path / "à 1.txt"]))), source=f"file:{tmp_path}/à 1.txt"
    )


def test_nothing_to_read_is_said(spark: Any, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"nowhere.txt: no such file or folder"):
        articles(spark, [tmp_path / "nowhere.txt"])
    with pytest.raises(ReadError, match=r"nowhere: no such file or folder"):
        articles(spark, [f"file://{tmp_path}/nowhere"])
    with pytest.raises(ReadError, match="standard input"):
        articles(spark, ["-"])
