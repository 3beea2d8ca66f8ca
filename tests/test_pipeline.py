"""Articles in, a graph on disk out: whole or not at all, the same whatever the way to it."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

import kg
from kg.errors import KGError, PipelineError, ReadError, StoreError
from kg.pipeline import add, build, build_graph, remove
from kg.store import KnowledgeGraph
from kg.workers import facts as workers

FILES = ("graph.ttl", "graph.html", "statements.jsonl")
ARTICLES = {
    "a_en.txt": "Acme Wins Contract\n\nRome, 3 March 2024 - Acme signed an agreement with Italy in "
    "Rome. Maria Rossi, the chief executive of Acme, thanked the minister.\n",
    "b_it.txt": "Accordo a Roma\n\nRoma, 3 marzo 2024 - Acme ha firmato un accordo con l'Italia. "
    "Maria Rossi è l'amministratrice delegata di Acme.\n",
    "c_en.txt": "Plant in Turin\n\nAcme will build a plant in Turin. The company invested $10 "
    "million in Italy in 2023.\n",
}


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests that do not look into it."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: Path) -> None:
    """Articles in ``news`` below a current folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_CACHE", str(kept))
    Path("news").mkdir()
    for name, text in ARTICLES.items():
        Path("news", name).write_text(text, "utf-8")


def outputs(folder: str = "output") -> dict[str, bytes]:
    return {name: Path(folder, name).read_bytes() for name in FILES}


def everything(folder: Path) -> dict[Path, bytes | None]:
    return {p: p.read_bytes() if p.is_file() else None for p in sorted(folder.rglob("*"))}


# -- build -----------------------------------------------------------------------------------


def test_a_build_writes_the_files_and_the_store() -> None:
    result = build(["news"])
    assert (result.documents, result.failures, result.repeated) == (3, (), ())
    assert result.statements > 3
    assert sorted(p.name for p in Path("output").iterdir()) == sorted((*FILES, "store"))
    graph = KnowledgeGraph.open("output")
    assert len(graph.statements) == result.statements
    assert {d.language for d in graph.documents} == {"en", "it"}


def test_every_piece_of_evidence_is_in_its_article() -> None:
    build(["news"])
    rows = [
        json.loads(line) for line in Path("output/statements.jsonl").read_text("utf-8").splitlines()
    ]
    assert {row["source"] for row in rows} == set(ARTICLES)
    assert all(ARTICLES[r["source"]][r["begin"] : r["end"]] == r["sentence"] for r in rows)


def test_two_languages_meet_in_one_entity() -> None:
    graph = build_graph(["news"])
    (rossi,) = (e for e in graph.entities if ("en", "Maria Rossi") in e.labels)
    assert ("it", "Maria Rossi") in rossi.labels
    languages = {document.id: document.language for document in graph.documents}
    sources = {
        languages[evidence.document]
        for statement in graph.statements
        for evidence in statement.evidence
        if statement.subject == rossi.id
    }
    assert sources == {"en", "it"}


def test_the_order_of_paths_and_the_cache_change_no_byte() -> None:
    build(["news"])
    expected = outputs()
    build(["news/c_en.txt", "news/b_it.txt", "news/a_en.txt"], "other")
    assert outputs("other") == expected
    build(["news"], "uncached", use_cache=False)
    assert outputs("uncached") == expected


def test_the_number_of_processes_changes_no_byte() -> None:
    for number in range(6):  # more than one chunk
        Path(f"news/d{number}.txt").write_text(f"Acme opened {number + 2} offices in Paris.\n")
    build(["news"], "one", use_cache=False)
    build(["news"], "two", jobs=2, use_cache=False)
    assert outputs("one") == outputs("two")


def test_the_base_moves_the_entities() -> None:
    build(["news"], base="https://news.example/")
    turtle = Path("output/graph.ttl").read_text("utf-8")
    assert "https://news.example/" in turtle
    add(["news/c_en.txt"])
    assert Path("output/graph.ttl").read_text("utf-8") == turtle


def test_what_made_the_graph_is_in_it() -> None:
    graph = build_graph(["news"])
    names = dict(graph.data.provenance)
    assert names["tool"] == f"kg-news {kg.__version__}"
    assert names["pipeline it"].startswith("shipped ")


def test_a_repeated_text_is_one_document() -> None:
    shutil.copy("news/a_en.txt", "news/z.txt")
    result = build(["news"])
    assert result.documents == 3
    assert result.repeated == (("news/z.txt", "news/a_en.txt"),)
    assert {d.source for d in KnowledgeGraph.open("output").documents} == set(ARTICLES)


def test_corrections_are_obeyed_and_kept() -> None:
    Path("mine.toml").write_text('[aliases]\n"The Boot" = "Italy"\n', "utf-8")
    Path("news/d.txt").write_text("Acme left The Boot in 2025.\n", "utf-8")
    build(["news"], corrections="mine.toml")
    expected = outputs()
    Path("mine.toml").unlink()
    remove(["news/d.txt"])
    add(["news/d.txt"])
    assert outputs() == expected
    Path("broken.toml").write_text("[aliases\n", "utf-8")
    with pytest.raises(KGError, match=r"broken\.toml"):
        build(["news"], corrections="broken.toml")
    assert outputs() == expected


# -- add and remove --------------------------------------------------------------------------


def test_after_additions_and_removals_the_graph_is_a_fresh_build() -> None:
    build(["news"], "fresh")
    build(["news/b_it.txt"])
    add(["news/c_en.txt", "news/a_en.txt"])
    assert outputs() == outputs("fresh")
    remove(["news/b_it.txt"])
    remove([next(d.id for d in KnowledgeGraph.open("output").documents if d.source == "c_en.txt")])
    build(["news/a_en.txt"], "one")
    assert outputs() == outputs("one")
    add(["news"])
    assert outputs() == outputs("fresh")


def test_an_edited_article_takes_the_place_of_what_it_was() -> None:
    build(["news"])
    Path("news/c_en.txt").write_text("Acme closed its plant in Turin in 2026.\n", "utf-8")
    assert add(["news/c_en.txt"]).documents == 3
    build(["news"], "fresh")
    assert outputs() == outputs("fresh")


def test_removing_one_source_of_a_text_leaves_the_other() -> None:
    shutil.copy("news/a_en.txt", "news/z.txt")
    build(["news"])
    remove(["news/a_en.txt"])
    Path("news/a_en.txt").unlink()
    build(["news"], "fresh")
    assert outputs() == outputs("fresh")


def test_a_file_is_removed_by_its_name_where_one_has_it() -> None:
    Path("more").mkdir()
    Path("more/c_en.txt").write_text("Acme closed an office in Paris.\n")
    build(["news", "more"])
    with pytest.raises(StoreError, match=r"which of more/c_en\.txt, news/c_en\.txt"):
        remove(["c_en.txt"])
    remove(["a_en.txt", "news/c_en.txt"])
    build(["news/b_it.txt", "more"], "fresh")
    assert outputs() == outputs("fresh")


@pytest.mark.parametrize("name", ["news/nothing.txt", "0" * 32, ""])
def test_what_is_not_in_the_graph_cannot_be_removed(name: str) -> None:
    build(["news"])
    before = everything(Path("output"))
    with pytest.raises(StoreError, match="no document of the graph"):
        remove([name])
    assert everything(Path("output")) == before


def test_the_last_document_stays() -> None:
    build(["news/a_en.txt"])
    with pytest.raises(StoreError, match="no document would stay"):
        remove(["news/a_en.txt"])
    assert KnowledgeGraph.open("output").documents


@pytest.mark.parametrize("change", [lambda: add(["news"]), lambda: remove(["x"])])
def test_without_a_graph_there_is_nothing_to_change(change: object) -> None:
    with pytest.raises(StoreError, match="no graph here"):
        change()  # type: ignore[operator]
    assert not Path("output").exists()


def test_a_damaged_spool_says_so() -> None:
    build(["news"])
    for path in Path("output/store").glob("*/documents/*.jsonl"):
        path.write_text("{}\n", "utf-8")
    with pytest.raises(StoreError, match="damaged"):
        add(["news/a_en.txt"])


# -- whole or not at all ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("kg.publish.write_page", OSError(28, "No space left on device")),
        ("kg.publish.write_lines", RuntimeError("a defect")),
        ("kg.pipeline.resolve", KeyboardInterrupt()),
    ],
)
def test_a_build_that_fails_leaves_what_was_there(
    step: str, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(["news/a_en.txt"])
    Path("output/mine.txt").write_text("notes")
    before = everything(Path("output"))

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(step, fail)
    with pytest.raises((StoreError, RuntimeError, KeyboardInterrupt)):
        build(["news"])
    assert everything(Path("output")) == before


def test_foreign_files_stay() -> None:
    Path("output/store").mkdir(parents=True)
    Path("output/mine.txt").write_text("notes")
    Path("output/store/mine.txt").write_text("notes")
    build(["news"])
    build(["news"])
    assert Path("output/mine.txt").read_text() == "notes"
    assert Path("output/store/mine.txt").read_text() == "notes"


def test_the_remains_of_a_killed_build_are_cleared() -> None:
    remains = Path("output/.new/documents")
    remains.mkdir(parents=True)
    (remains / f"{'0' * 32}.jsonl").write_text("half")
    Path("output/.new/graph.ttl").write_text("half")
    assert build(["news"]).documents == 3
    assert not Path("output/.new").exists()


def test_two_builds_do_not_write_one_folder() -> None:
    Path("output/.new").mkdir(parents=True)
    with FileLock("output/.new/lock"), pytest.raises(StoreError, match="another build"):
        build(["news"])


def test_a_folder_that_cannot_be_written() -> None:
    Path("output").write_text("a file")
    with pytest.raises(StoreError, match="output"):
        build(["news"])


# -- bad input -------------------------------------------------------------------------------


def test_files_that_cannot_be_read_are_listed_and_the_others_built() -> None:
    Path("news/empty.txt").write_text("")
    Path("news/binary.txt").write_bytes(bytes(range(256)) * 40)
    Path("news/de.txt").write_text(
        "Die Bundesregierung hat am Dienstag in Berlin ein neues Gesetz über die Förderung "
        "erneuerbarer Energien beschlossen, wie das Ministerium mitteilte.\n"
    )
    result = build(["news", "news/missing.txt"])
    assert result.documents == 3
    reasons = {failure.source: failure.reason for failure in result.failures}
    assert set(reasons) == {f"news/{n}.txt" for n in ("empty", "binary", "de", "missing")}
    assert "no pipeline for language 'de'" in reasons["news/de.txt"]
    assert all("\n" not in reason for reason in reasons.values())


def test_where_nothing_can_be_read_nothing_is_written() -> None:
    Path("empty.txt").write_text("")
    assert build(["empty.txt"]).documents == 0
    assert not Path("output").exists()
    with pytest.raises(ReadError):
        build(["nowhere"])
    assert not Path("output").exists()


def test_a_wrong_configuration_ends_at_once() -> None:
    with pytest.raises(PipelineError, match="en_core_nowhere"):
        build(["news"], pipelines={"en": "en_core_nowhere"})
    with pytest.raises(StoreError, match="no base"):
        build(["news"], base="no base")
    assert not Path("output").exists()


def test_a_defect_in_one_document_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    extract = workers.extract

    def defective(document: object, doc: object) -> object:
        if "Turin" in document.text:  # type: ignore[attr-defined]
            raise IndexError("list index out of range")
        return extract(document, doc)  # type: ignore[arg-type]

    monkeypatch.setattr(workers, "extract", defective)
    result = build(["news"], use_cache=False)
    assert result.documents == 2
    ((source, reason),) = ((f.source, f.reason) for f in result.failures)
    assert source == "news/c_en.txt"
    assert "IndexError" in reason
    assert "test_pipeline.py" in reason


# -- cache -----------------------------------------------------------------------------------


@contextlib.contextmanager
def counted(monkeypatch: pytest.MonkeyPatch, step: str) -> Iterator[list[str]]:
    """The sources of the documents that a step of the workers saw."""
    seen: list[str] = []
    original = getattr(workers, step)

    def count(documents: object, *rest: object) -> object:
        first = documents[0] if isinstance(documents, list) else documents
        seen.append(first.source)
        return original(documents, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(workers, step, count)
        yield seen


def test_an_unchanged_article_is_not_read_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    with counted(monkeypatch, "annotate") as annotated:
        build(["news"])
        assert len(annotated) == 3
        Path("news/c_en.txt").write_text("Acme closed its plant in Turin.\n")
        shutil.move("news/a_en.txt", "news/moved.txt")
        build(["news"])
    assert annotated[3:] == ["news/c_en.txt"]


def test_an_interrupted_build_goes_on_where_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))

    def interrupt(_: str, done: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(["news"], progress=interrupt)
    assert not Path("output").exists()
    with counted(monkeypatch, "annotate") as annotated:
        build(["news"])
    assert annotated == ["news/c_en.txt"]


def test_new_rules_do_not_need_new_parses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    build(["news"])
    expected = outputs()
    monkeypatch.setattr(workers, "_facts_code", lambda: "edited")
    with (
        counted(monkeypatch, "annotate") as annotated,
        counted(monkeypatch, "extract") as extracted,
    ):
        build(["news"])
    assert (annotated, len(extracted)) == ([], 3)
    assert outputs() == expected


def test_a_damaged_cache_is_made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    build(["news"])
    expected = outputs()
    for path in (tmp_path / "cache").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:40])
    build(["news"])
    assert outputs() == expected


# -- in Python -------------------------------------------------------------------------------


def test_the_package_builds_in_memory_and_opens(caplog: pytest.LogCaptureFixture) -> None:
    Path("news/empty.txt").write_text("")
    graph = kg.build(["news"])
    assert not Path("output").exists()
    assert "news/empty.txt" in caplog.text
    assert graph.to_networkx().number_of_nodes() > 3
    assert kg.build(["news"], "output").to_turtle() == graph.to_turtle()
    assert kg.open("output").statements == graph.statements
    with pytest.raises(ReadError, match="none of the files"):
        kg.build(["news/empty.txt"])


def test_public_names_exist() -> None:
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018
