"""The store: graphs in memory, on disk in generations, from Turtle; readers beside a writer."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import graphs
import pytest
import rdflib
from pyoxigraph import Store

from kg.errors import StoreError
from kg.store import KnowledgeGraph, disk, process
from kg.types import GraphData
from kg.vocab import KG, Names

SELECT = "SELECT ?s { ?s a kg:Statement }"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "output" / "store"


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def test_a_graph_in_memory_holds_its_data() -> None:
    graph = KnowledgeGraph.from_data(graphs.news())
    assert graph.data == graphs.news()
    assert len(graph) == len(graphs.STATEMENTS)
    assert [item.id for item in graph.entities] == sorted(item.id for item in graphs.ENTITIES)
    assert {item.source for item in graph.documents} == set(graphs.BY_NAME)
    assert graph.path is None


def test_a_graph_on_disk_is_the_same_when_opened(folder: Path) -> None:
    written = KnowledgeGraph.from_data(graphs.news(), path=folder)
    opened = KnowledgeGraph.open(folder)
    assert opened.data == written.data == graphs.news()
    assert opened.to_turtle() == KnowledgeGraph.from_data(graphs.news()).to_turtle()
    assert opened.path == folder / "000001" / "rdf"


def test_an_output_folder_and_a_turtle_file_can_be_opened_too(folder: Path) -> None:
    graph = KnowledgeGraph.from_data(graphs.news(), path=folder)
    assert KnowledgeGraph.open(folder.parent).data == graph.data
    (folder.parent / "graph.ttl").write_text(graph.to_turtle(), "utf-8")
    assert KnowledgeGraph.open(folder.parent / "graph.ttl").data == graph.data


def test_the_base_is_found_again(folder: Path) -> None:
    KnowledgeGraph.from_data(graphs.news(), "https://news.example/", folder)
    assert KnowledgeGraph.open(folder).base == "https://news.example/"


def test_an_empty_graph_is_a_graph(folder: Path) -> None:
    KnowledgeGraph.from_data(GraphData((), (), (), ()), path=folder)
    assert KnowledgeGraph.open(folder).data == GraphData((), (), (), ())


def test_a_build_replaces_the_graph_and_removes_the_old_one(folder: Path) -> None:
    KnowledgeGraph.from_data(graphs.news(), path=folder)
    fewer = replace(graphs.news(), statements=graphs.news().statements[:1])
    KnowledgeGraph.from_data(fewer, path=folder)
    assert len(KnowledgeGraph.open(folder)) == 1
    assert generations(folder) == ["000002"]


@pytest.mark.skipif(sys.platform == "win32", reason="locks are the system's there")
def test_a_graph_that_is_being_read_stays_until_nobody_reads_it(folder: Path) -> None:
    reader = KnowledgeGraph.from_data(graphs.news(), path=folder)
    fewer = replace(graphs.news(), statements=graphs.news().statements[:1])
    KnowledgeGraph.from_data(fewer, path=folder)
    assert generations(folder) == ["000001", "000002"]
    assert len(reader.query(SELECT)) == len(graphs.STATEMENTS)
    del reader
    KnowledgeGraph.from_data(fewer, path=folder)
    assert generations(folder) == ["000003"]


def test_a_build_that_was_killed_leaves_the_old_graph(folder: Path) -> None:
    KnowledgeGraph.from_data(graphs.news(), path=folder)
    unfinished = folder / "000002" / "rdf"
    unfinished.mkdir(parents=True)
    assert len(KnowledgeGraph.open(folder)) == len(graphs.STATEMENTS)
    KnowledgeGraph.from_data(graphs.news(), path=folder)
    assert generations(folder) == ["000003"]


def test_nothing_foreign_in_the_folder_is_touched(folder: Path) -> None:
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "a.json").write_text("{}")
    (folder / "000000.txt").write_text("mine")
    for _ in range(2):
        KnowledgeGraph.from_data(graphs.news(), path=folder)
    assert (folder / "documents" / "a.json").read_text() == "{}"
    assert (folder / "000000.txt").read_text() == "mine"


def test_another_process_reads_beside_us(folder: Path) -> None:
    ours = KnowledgeGraph.from_data(graphs.news(), path=folder)
    code = (
        "import sys; from kg.store import KnowledgeGraph;"
        "print(len(KnowledgeGraph.open(sys.argv[1]).query('SELECT ?s { ?s a kg:Statement }')))"
    )
    root = Path(__file__).parents[1]
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(root)}
    )
    assert done.stdout.strip() == str(len(ours.query(SELECT))), done.stderr


def test_a_graph_on_disk_cannot_be_written(folder: Path) -> None:
    graph = KnowledgeGraph.from_data(graphs.news(), path=folder)
    with pytest.raises(RuntimeError, match="only possible on read-write"):
        graph.store.clear()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no graph here"),
        ("../../etc", "names no generation"),
        ("000009", "is not there"),
    ],
)
def test_a_folder_without_a_graph_is_one_clear_line(
    folder: Path, content: str | None, message: str
) -> None:
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "current").write_text(content)
    with pytest.raises(StoreError, match=message) as error:
        KnowledgeGraph.open(folder)
    assert "\n" not in str(error.value)


def test_a_broken_directory_is_one_clear_line(folder: Path) -> None:
    KnowledgeGraph.from_data(graphs.news(), path=folder)
    for file in (folder / "000001" / "rdf").iterdir():
        file.write_bytes(b"")
    with pytest.raises(StoreError, match="cannot be read"):
        KnowledgeGraph.open(folder)


def test_a_folder_that_is_a_file_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        KnowledgeGraph.from_data(graphs.news(), path=tmp_path / "store")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<a:b> <a:b", "not readable as Turtle"),
        ("<a:b> <a:b> <a:b> .", "no graph made by kg"),
        ("<a:a/graph> a <{0}> . <a:b/graph> a <{0}> .".format(KG["Graph"].value), "several graphs"),
    ],
)
def test_turtle_that_is_not_a_graph_of_ours(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(text)
    with pytest.raises(StoreError, match=f"a.ttl: .*{message}"):
        KnowledgeGraph.from_turtle(tmp_path / "a.ttl")


def test_a_missing_turtle_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no\.ttl"):
        KnowledgeGraph.from_turtle(tmp_path / "no.ttl")


def test_a_graph_with_a_part_missing_is_an_error(tmp_path: Path) -> None:
    graph = KnowledgeGraph.from_data(graphs.news())
    text = graph.to_turtle().replace("    kg:modality kg:asserted ;\n", "")
    (tmp_path / "a.ttl").write_text(text, "utf-8")
    with pytest.raises(StoreError, match="modality is missing"):
        _ = KnowledgeGraph.from_turtle(tmp_path / "a.ttl").data


def test_rdflib_sees_the_same_graph() -> None:
    graph = KnowledgeGraph.from_data(graphs.news())
    assert len(graph.rdf) == len(graph.store)
    label = rdflib.URIRef(KG["label"].value)
    toyota = rdflib.URIRef(Names().entity("Toyota").value)
    assert str(graph.rdf.value(toyota, label)) == "Toyota"
    assert graph.rdf.qname(toyota) == "e:Toyota"


def test_a_graph_made_elsewhere_can_be_wrapped() -> None:
    store = Store()
    store.bulk_extend(KnowledgeGraph.from_data(graphs.news()).store)
    assert KnowledgeGraph(store).data == graphs.news()


def test_networkx_and_query_are_at_hand() -> None:
    graph = KnowledgeGraph.from_data(graphs.news())
    assert "Toyota" in graph.to_networkx()
    assert next(iter(graph.query("roles")))["person"] == "Sanae Takaichi"


# -- what takes more than one batch is loaded by a process of its own --------------------------

TRIPLE = b"<http://a> <http://b> <http://c> .\n"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_BATCH", 50)


@pytest.mark.usefixtures("small")
def test_a_large_graph_on_disk_is_the_same_too(folder: Path) -> None:
    written = KnowledgeGraph.from_data(graphs.news(), path=folder)
    assert written.data == graphs.news()
    assert written.to_turtle() == KnowledgeGraph.from_data(graphs.news()).to_turtle()


@pytest.mark.usefixtures("small")
def test_a_large_graph_that_cannot_be_written_leaves_the_old_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    KnowledgeGraph.from_data(graphs.news(), path=folder)
    fails = "import sys; sys.stdin.buffer.read(99); sys.exit('No space left on device')"
    monkeypatch.setattr(process, "_COMMAND", (sys.executable, "-c", fails))
    with pytest.raises(StoreError, match=r"cannot be written \(No space left on device\)"):
        KnowledgeGraph.from_data(graphs.news(), path=folder)
    dies = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    monkeypatch.setattr(process, "_COMMAND", (sys.executable, "-c", dies))
    with pytest.raises(StoreError, match=r"cannot be written \(.*killed by signal 9\)"):
        KnowledgeGraph.from_data(graphs.news(), path=folder)
    assert generations(folder) == ["000001"]
    assert KnowledgeGraph.open(folder).data == graphs.news()


def test_a_loader_ends_without_a_store_where_its_writer_has_gone(tmp_path: Path) -> None:
    sent = len(TRIPLE).to_bytes(8, "big") + TRIPLE
    command = [*process._COMMAND, str(tmp_path / "rdf")]
    gone = subprocess.run(command, input=sent, capture_output=True, check=False)
    assert gone.returncode == 1
    assert b"has ended" in gone.stderr
    done = subprocess.run(command, input=sent + bytes(8), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(Store.read_only(str(tmp_path / "rdf"))) == 1


def test_what_is_empty_ends_nothing(tmp_path: Path) -> None:
    with process.Loader(tmp_path / "rdf") as loader:
        for batch in (TRIPLE, b"", TRIPLE, b"", TRIPLE.replace(b"a", b"d")):
            loader.put(batch)
        loader.finish()
    assert len(Store.read_only(str(tmp_path / "rdf"))) == 2


def test_no_loader_stays_behind(tmp_path: Path) -> None:
    with process.Loader(tmp_path / "rdf") as loader:
        for batch in (TRIPLE, b"", TRIPLE):
            loader.put(batch)
        assert loader._process is not None
        assert loader._process.poll() is None
    assert loader._process.poll() is not None
