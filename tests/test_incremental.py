"""A graph that changes: nothing twice, lines that go, IRIs that move, kills, readers, erasure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from kg import pipeline
from kg.cache import Cache
from kg.errors import KGError, StoreError
from kg.pipeline import add, build, remove, remove_entity
from kg.store import KnowledgeGraph

FILES = ("graph.ttl", "graph.html", "statements.jsonl")
ARTICLES = {
    "a.txt": "Acme signed an agreement with Italy in Rome. Maria Rossi, the chief executive of "
    "Acme, thanked the minister.\n",
    "b.txt": "Acme will build a plant in Turin.\n",
    "c.txt": "Rossi visited Turin. Bolt bought Acme.\n",
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


def everything(folder: str = "output") -> dict[Path, bytes | None]:
    return {p: p.read_bytes() if p.is_file() else None for p in sorted(Path(folder).rglob("*"))}


# -- nothing twice ---------------------------------------------------------------------------


def test_adding_what_is_there_changes_nothing() -> None:
    build(["news"])
    before = everything()
    result = add(["news/a.txt", "news"])
    assert not result.changed
    assert result.documents == 3
    assert everything() == before


def test_an_article_that_is_there_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    build(["news/a.txt"])
    seen: list[str] = []

    def facts(documents: object, *_: object) -> object:
        seen.extend(document.source for document in documents)  # type: ignore[attr-defined]
        return iter(())

    monkeypatch.setattr("kg.collect.document_facts", facts)
    add(["news"])
    assert seen == ["news/b.txt", "news/c.txt"]


# -- files of articles -----------------------------------------------------------------------


def lines(*texts: str) -> None:
    rows = (text if text.startswith("{") else json.dumps({"text": text}) for text in texts)
    Path("all.jsonl").write_text("".join(f"{row}\n" for row in rows), "utf-8")


def sources() -> set[str]:
    return {document.source for document in KnowledgeGraph.open("output").documents}


def test_articles_of_lines_that_are_gone_go() -> None:
    a, b, c = ARTICLES.values()
    lines(a, b, c)
    build(["all.jsonl"])
    lines(c, a)
    add(["all.jsonl"])
    assert sources() == {"all.jsonl#1", "all.jsonl#2"}
    build(["all.jsonl"], "fresh")
    assert outputs() == outputs("fresh")


def test_a_line_that_cannot_be_read_keeps_what_it_held() -> None:
    a, b, c = ARTICLES.values()
    lines(a, b, c)
    build(["all.jsonl", "news/c.txt"])
    lines(a, "{broken")
    result = add(["all.jsonl"])
    assert [failure.source for failure in result.failures] == ["all.jsonl#2"]
    assert sources() == {"all.jsonl#1", "all.jsonl#2", "c.txt"}


def test_a_file_that_cannot_be_read_keeps_all() -> None:
    lines(*ARTICLES.values())
    build(["all.jsonl"])
    before = everything()
    Path("all.jsonl").write_text("")
    assert add(["all.jsonl", "news/a.txt"]).failures
    remove(["news/a.txt"])
    assert outputs() == {name: before[Path("output", name)] for name in FILES}


@pytest.mark.parametrize("name", ["all.jsonl", "./all.jsonl", "all.jsonl#2"])
def test_a_file_of_articles_is_removed_as_one_or_by_the_line(name: str) -> None:
    a, b, _ = ARTICLES.values()
    lines(a, b)
    build(["all.jsonl", "news/c.txt"])
    remove([name])
    assert sources() == ({"c.txt"} if "#" not in name else {"c.txt", "all.jsonl#1"})


# -- IRIs that change ------------------------------------------------------------------------


def redirects() -> dict[str, str]:
    path = Path("output/redirects.tsv")
    rows = path.read_text("utf-8").splitlines() if path.exists() else []
    return dict(row.split("\t") for row in rows)


def iri(path: str) -> str:
    return f"https://kg.example/{path}"


def test_an_iri_that_changed_leads_to_the_new_one() -> None:
    build(["news/c.txt"])
    assert redirects() == {}
    (statement,) = (s for s in KnowledgeGraph.open("output").statements if s.subject == "Rossi")
    add(["news/a.txt"])
    moved = redirects()
    assert moved[iri("entity/Rossi")] == iri("entity/Maria_Rossi")
    graph = KnowledgeGraph.open("output")
    target = moved[iri(f"statement/{statement.id}")]
    (now,) = (s for s in graph.statements if iri(f"statement/{s.id}") == target)
    assert now.subject == "Maria_Rossi"
    assert [e.quote for e in now.evidence] == [e.quote for e in statement.evidence]


def test_redirects_lead_straight_to_what_is_there_or_are_gone() -> None:
    build(["news/c.txt"])
    add(["news/a.txt"])
    Path("news/d.txt").write_text("Maria Bianca Rossi left Acme.\n", "utf-8")
    add(["news"])
    there = {iri(f"entity/{entity.id}") for entity in KnowledgeGraph.open("output").entities}
    assert {new for old, new in redirects().items() if "/entity/" in old} <= there
    remove(["news/a.txt", "news/d.txt"])  # what justified the merge
    assert redirects().get(iri("entity/Maria_Rossi")) == iri("entity/Rossi")
    assert iri("entity/Rossi") not in redirects()
    build(["news/b.txt", "news/c.txt"], "fresh")
    assert outputs() == outputs("fresh")


def test_a_build_begins_anew() -> None:
    build(["news/c.txt"])
    add(["news/a.txt"])
    assert redirects()
    build(["news"])
    assert not Path("output/redirects.tsv").exists()


# -- interrupted, and side by side -----------------------------------------------------------


def test_files_that_did_not_get_to_their_place_get_there_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build(["news"], "fresh")
    build(["news/a.txt", "news/b.txt"])
    before = outputs()

    def killed(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kg.publish.put_in_place", killed)
        with pytest.raises(KeyboardInterrupt):
            add(["news/c.txt"])
    assert outputs() == before
    assert len(KnowledgeGraph.open("output").documents) == 3
    assert not add(["news/c.txt"]).changed
    assert outputs() == outputs("fresh")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
def test_killed_at_any_moment_a_graph_is_before_or_after() -> None:
    """``kill -9`` at twenty random moments of an addition or a removal."""
    done = run("kill", 20)
    assert done.returncode == 0, done.stderr
    states = json.loads(done.stdout)
    assert len(states) == 20
    assert set(states) == {"before", "after"}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for the writer in /proc")
def test_readers_see_a_whole_graph_while_another_process_changes_it() -> None:
    done = run("read", 4)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["reads"] > 4
    assert set(seen["states"]) <= set(seen["allowed"])


def run(what: str, times: int) -> subprocess.CompletedProcess[str]:
    script = Path(__file__).with_name("interruptions.py")
    root = str(Path(pipeline.__file__).parents[1])
    env = {**os.environ, "PYTHONPATH": root, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, str(script), what, str(times)]
    return subprocess.run(command, capture_output=True, text=True, env=env, timeout=120)


@pytest.mark.parametrize("change", [add, remove])
def test_a_second_writer_is_told_so(change: object) -> None:
    build(["news/a.txt"])
    before = outputs()
    Path("output/.new").mkdir()
    with FileLock("output/.new/lock"), pytest.raises(StoreError, match="another build") as error:
        change(["news/a.txt"])  # type: ignore[operator]
    assert "\n" not in str(error.value)
    assert outputs() == before


# -- personal data ---------------------------------------------------------------------------


def holders(name: bytes, *folders: str) -> set[str]:
    """Files in which a name stands."""
    files = (path for folder in folders for path in Path(folder).rglob("*") if path.is_file())
    return {path.name for path in files if name in path.read_bytes()}


def test_a_person_is_out_of_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    Path("mine.toml").write_text('same = [["Maria Rossi", "M. R."]]\n[aliases]\nACM = "Acme"\n')
    build(["news/c.txt"], corrections="mine.toml")
    add(["news"])
    assert "Rossi" in Path("output/redirects.tsv").read_text()
    former = KnowledgeGraph.open("output").statements
    result = remove_entity("maria rossi")
    assert result.erasure is not None
    assert result.erasure.entity == "Maria Rossi"
    assert result.erasure.documents == 2
    assert holders(b"Rossi", "output") == set()
    for kind in ("docs", "facts"):
        texts: list[bytes] = []
        Cache(kind, tmp_path / "cache").forget(lambda payload: bool(texts.append(payload)))  # noqa: B023
        assert texts
        assert not any(b"Rossi" in text for text in texts)
    assert "ACM" in next(Path("output/store").glob("*/documents/corrections.toml")).read_text()
    graph = KnowledgeGraph.open("output")
    assert len(graph.statements) < len(former)
    assert {"Acme", "Turin"} <= {entity.id for entity in graph.entities}
    for statement in graph.statements:
        for evidence in statement.evidence:
            (text,) = (d.text for d in graph.documents if d.id == evidence.document)
            assert text[evidence.begin : evidence.end] == evidence.quote


def test_the_same_article_brings_nobody_back_but_a_new_one_does() -> None:
    build(["news"])
    remove_entity("Maria Rossi")
    before = everything()
    result = add(["news"])
    assert result.withheld == ("news/a.txt", "news/c.txt")
    assert not result.changed
    assert everything() == before
    Path("news/a.txt").write_text("Maria Rossi left Acme.\n", "utf-8")
    assert add(["news"]).changed
    assert holders(b"Rossi", "output")


def test_other_people_of_the_name_are_told() -> None:
    Path("news/d.txt").write_text("Anna Rossi bought Bolt. The rossiani met.\n", "utf-8")
    build(["news"])
    erasure = remove_entity("Maria Rossi").erasure
    assert erasure is not None
    assert "Anna Rossi" in erasure.similar
    assert erasure.derived == ("rossiani",)
    assert erasure.held == ()


def test_who_is_not_there_cannot_be_taken_out() -> None:
    build(["news"])
    before = everything()
    with pytest.raises(KGError, match="no entity is called 'Mario Bianchi'"):
        remove_entity("Mario Bianchi")
    assert everything() == before
