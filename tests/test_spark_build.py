"""A build on a real cluster: the graph of one machine, whatever happens to workers and articles."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from clusters import Cluster, cluster, environment, need_spark

need_spark()

from pyarrow.parquet import read_table

import kg
from kg.errors import KGError
from kg.spark import build_on_spark
from kg.spark.session import spark_session

SEEDS = Path(__file__).parents[1] / "seeds"
FILES = ("graph.ttl", "graph.html", "statements.jsonl")
SABOTAGE = """
import os, signal
import kg.workers.facts as facts

extract = facts.extract

def sabotaged(document, doc):
    if "SEGFAULT" in document.text:
        os.kill(os.getpid(), signal.SIGSEGV)
    return extract(document, doc)

facts.extract = sabotaged
"""
"""Imported as Python starts, by Spark's workers and by ours."""


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "sitecustomize.py").write_text(SABOTAGE)
    path = os.pathsep.join((str(folder), environment()["PYTHONPATH"]))
    with cluster(folder, workers=2, PYTHONPATH=path) as found:
        yield found


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles") / "news"
    shutil.copytree(SEEDS, folder)
    return folder


@pytest.fixture(scope="module")
def here(news: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one machine makes of the seeds."""
    output = tmp_path_factory.mktemp("here")
    kg.build([news], output)
    return output


def test_a_cluster_that_loses_a_worker_makes_the_same_graph(
    spark: Cluster, news: Path, here: Path, tmp_path: Path
) -> None:
    """One of the articles crashes its process, too, and one is there twice."""
    output, log = tmp_path / "output", tmp_path / "log"
    first = min(news.iterdir())
    shutil.copy(first, news / "zz_again.txt")
    (news / "poison.txt").write_text("Acme met SEGFAULT in Turin on Monday, the company said.")
    command = [sys.executable, "-m", "kg", "build", "--engine", "spark", "--master", spark.url,
               "-o", str(output), str(news)]  # fmt: skip
    with log.open("w") as file:
        build = subprocess.Popen(command, env=environment(), stdout=file, stderr=file)
    try:
        while len([*output.glob(".kg-*/checkpoints/*/rdd-*")]) < 2:  # all is read, some is merged
            assert build.poll() is None, log.read_text()
            time.sleep(0.05)
        spark.kill("worker-1")
        assert build.wait(400) == 0, log.read_text()
    finally:
        build.kill()
    said = log.read_text()
    assert "poison.txt: set aside: its process crashed (SIGSEGV)" in said
    assert "zz_again.txt" in said
    for name in FILES:
        assert (output / name).read_bytes() == (here / name).read_bytes(), name
    assert triples(output) == sorted(exported(here, tmp_path).split("\n"))
    assert not [*output.glob(".kg-*")]  # nothing is left of what was being made
    rows = read_table(output / "statements.parquet").to_pylist()
    lines = (here / "statements.jsonl").read_text("utf-8").splitlines()
    places = sorted((row["source"], row["begin"], row["id"]) for row in rows)
    assert places == sorted(
        (row["source"], row["begin"], row["id"]) for row in map(json.loads, lines)
    )
    assert {row["subject"]["iri"] for row in rows} == {
        json.loads(line)["subject"]["iri"] for line in lines
    }


def triples(output: Path) -> list[str]:
    """The lines of N-Triples in all parts."""
    parts = sorted((output / "triples").glob("part-*.nt"))
    return sorted("".join(part.read_text("utf-8") for part in parts).split("\n"))


def exported(output: Path, folder: Path) -> str:
    from kg.export.rdf import write_rdf

    write_rdf(kg.open(output), folder / "here.nt", "ntriples")
    return (folder / "here.nt").read_text("utf-8")


def test_a_graph_too_large_for_one_machine_stays_in_parts(
    spark: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    (tmp_path / "a.txt").write_text("Acme signed an agreement with Toyota in Turin.")
    parts = tmp_path / "parts"
    result = build_on_spark(
        [tmp_path / "a.txt"],
        tmp_path / "output",
        master=spark.url,
        parts=parts.as_uri(),
        most_statements=0,
    )
    assert result.documents == 1
    assert result.statements > 0
    assert result.parts == parts.as_uri()
    assert any("/relation/sign>" in line for line in triples(parts))
    assert {path.name for path in parts.iterdir()} == {"triples", "statements.parquet"}
    assert not (tmp_path / "output" / "graph.ttl").exists()


def test_why_there_is_no_session_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"spark://127.0.0.1:{free.getsockname()[1]}"
        with (
            pytest.raises(KGError, match=r"no master answers \(connection refused\)"),
            spark_session(address),
        ):
            pass  # fmt: skip
    with pytest.raises(KGError, match="no address of a master"), spark_session("spark://a:b"):
        pass
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(KGError, match="needs Java 17 or later"), spark_session("local[1]"):
        pass
