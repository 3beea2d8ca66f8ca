"""The command line as people and scripts meet it: output, messages, exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg import cli
from kg.cli import app
from kg.pipeline import BuildResult

COMMANDS = (
    "build add remove query explain stats sample export view check diff serve extract train".split()
)
ARTICLE = (
    "Acme Wins Contract\n\nRome, 3 March 2024 - Acme signed an agreement with Italy. "
    "Maria Rossi, the chief executive of Acme, thanked the minister.\n"
)
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(kg.__file__).parents[1])}
"""For processes of their own: the same package, from any folder."""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``kg`` in this process, in a folder of the test's own: exit code, output, messages."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return run


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a graph of one article."""
    folder = tmp_path_factory.mktemp("graph")
    (folder / "a.txt").write_text(ARTICLE)
    kg.build([folder / "a.txt"], folder / "output", use_cache=False)
    return str(folder / "output")


def lines(text: str) -> list[str]:
    return text.splitlines()


# -- usage -----------------------------------------------------------------------------------


def test_help_lists_the_commands() -> None:
    result = CliRunner().invoke(app, ["--help"])
    assert result.exit_code == 0
    assert all(re.search(rf"^\W*{name}\b", result.output, re.MULTILINE) for name in COMMANDS)


@pytest.mark.parametrize("command", [*COMMANDS[:-1], "train lexicon"])
def test_help_of_each_command_shows_an_example(command: str) -> None:
    result = CliRunner().invoke(app, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert f"Example: kg {command}" in result.output


def test_spark_is_an_extra(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.spark.find_spec", lambda name: None if name == "pyspark" else name)
    code, out, err = run("build", "x", "--engine", "spark")
    assert (code, out) == (1, "")
    assert err == "kg: Spark needs pyspark, which is not here: pip install 'kg-news[spark]'\n"


def test_a_graph_in_parts_is_not_loaded(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """There may be an older one in the output folder."""
    found = BuildResult(9, 8, 7, parts="hdfs://host/graph")
    monkeypatch.setattr("kg.spark.build_on_spark", lambda *_, **__: found)
    code, out, err = run("build", "x", "--engine", "spark", "--store", "http://127.0.0.1:9")
    assert (code, out) == (1, "")
    assert "9 documents, 8 entities, 7 statements in hdfs://host/graph" in err
    assert "not loaded: the graph is in parts" in err


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"kg-news {kg.__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build"],
        ["build", "x", "--jobs", "0"],
        ["build", "x", "--master", "spark://host:7077"],
        ["build", "x", "--pipeline", "english"],
        ["query", "x", "--format", "yaml"],
        ["export", "yaml"],
        ["remove"],
        ["remove", "a.txt", "--entity", "Maria Rossi"],
        ["sample", "0"],
    ],
)
def test_wrong_usage_is_exit_code_two(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "Usage: kg" in err


def test_the_command_starts_at_once() -> None:
    begin = time.perf_counter()
    command = [sys.executable, "-m", "kg", "--help"]
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
    assert time.perf_counter() - begin < 5  # 0.15 s where nothing else runs


# -- build, add, remove ----------------------------------------------------------------------


def test_build_says_what_came_out_on_standard_error(run: Run) -> None:
    Path("a.txt").write_text(ARTICLE)
    Path("b.txt").write_text(ARTICLE)
    Path("empty.txt").write_text("")
    code, out, err = run("build", "a.txt", "b.txt", "empty.txt")
    assert (code, out) == (0, "")
    failed, same, summary = lines(err)
    assert failed.startswith("not read: empty.txt: ")
    assert same == "same text: b.txt = a.txt"
    assert re.fullmatch(r"1 document, \d+ entities, \d+ statements in output \(.* s\)", summary)


def test_add_and_remove(run: Run) -> None:
    Path("a.txt").write_text(ARTICLE)
    Path("b.txt").write_text("Acme opened a plant in Turin.\n")
    assert run("build", "a.txt")[0] == 0
    turtle = Path("output/graph.ttl").read_bytes()
    assert "2 documents" in run("add", "b.txt")[2]
    assert Path("output/graph.ttl").read_bytes() != turtle
    assert "1 document," in run("remove", "b.txt")[2]
    assert Path("output/graph.ttl").read_bytes() == turtle
    assert run("add", "a.txt")[2].startswith("nothing new: 1 document,")


def test_a_person_is_removed_and_what_is_left_to_do_is_said(run: Run) -> None:
    Path("a.txt").write_text(f"{ARTICLE}\nAnna Rossi thanked Italy.\n")
    assert run("build", "a.txt")[0] == 0
    assert run("export", "csv")[0] == 0
    code, out, err = run("remove", "--entity", "maria rossi")
    assert (code, out) == (0, "")
    first, *more, summary = lines(err)
    assert re.fullmatch(
        r"Maria Rossi: \d+ statements? gone, passages of 1 document blacked out", first
    )
    assert "exported before, not touched: output/export.csv" in more
    assert "1 document," in summary
    assert "left as it is: a.txt (a person was taken out of this text)" in run("add", "a.txt")[2]
    code, _, err = run("remove", "--entity", "Maria Rossi")
    assert (code, len(lines(err))) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("missing.txt", None, "no such file"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("binary.txt", bytes(range(256)) * 50, "not text|binary"),
        ("page.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "article"),
        ("broken.pdf", b"%PDF-1.7 nothing", "PDF|pdf"),
        ("photo.png", b"\x89PNG\r\n\x1a\n", r"\.png"),
        ("large.txt", b"word " * 10_000_000, "MB|large"),
        (
            "german.txt",
            "Die Bundesregierung hat am Dienstag in Berlin ein neues Gesetz über die Förderung "
            "erneuerbarer Energien beschlossen, wie das Ministerium mitteilte.".encode(),
            "no pipeline for language 'de'",
        ),
    ],
)
def test_bad_input_is_one_clear_line_each(
    run: Run, name: str, content: bytes | None, reason: str
) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    code, out, err = run("build", name)
    assert (code, out) == (1, "")
    assert name in err
    assert re.search(reason, err)
    assert "Traceback" not in err
    assert len(lines(err)) <= 2
    assert not Path("output").exists()


def test_a_wrong_encoding_is_guessed_and_read(run: Run) -> None:
    text = (
        "Il ministro è arrivato a Torino. Acme ha firmato un accordo perché la città lo voleva già."
    )
    Path("a.txt").write_bytes(text.encode("cp1252"))
    code, _, err = run("build", "a.txt")
    assert code == 0
    assert "a.txt: not UTF-8; read as cp1252" in lines(err)
    (row, *_) = Path("output/statements.jsonl").read_text("utf-8").splitlines()
    assert json.loads(row)["sentence"] in text


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    code, _, err = run("build", "-")
    assert (code, lines(err)[-1][:11]) == (0, "1 document,")


def test_names_of_strangers_do_not_steer_the_terminal(run: Run) -> None:
    Path("a\x1b[31m\nb.txt").write_text("")
    code, _, err = run("build", ".")
    assert code == 1
    assert "\x1b" not in err


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_cleanly(tmp_path: Path, jobs: str) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for number in range(300):
        (news / f"{number:03}.txt").write_text(f"Acme opened {number + 2} plants in Turin.\n" * 20)
    build = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", "news", "--jobs", jobs],
        cwd=tmp_path,
        env={**ENVIRONMENT, "KG_CACHE": str(tmp_path / "cache")},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not any((tmp_path / "cache").glob("facts/*/[!.]*")):
        assert build.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(build.pid, signal.SIGINT)  # a terminal's Ctrl-C reaches the workers too
    _, err = build.communicate(timeout=60)
    assert build.returncode == 130
    assert len(lines(err)) == 1
    assert "interrupted" in err
    assert list((tmp_path / "cache").glob("facts/*/[!.]*"))
    assert not (tmp_path / "output").exists()


# -- questions -------------------------------------------------------------------------------


def test_query_by_name_by_file_and_as_text(run: Run, graph: str) -> None:
    code, out, _ = run("query")
    assert code == 0
    names = [line.split()[0] for line in lines(out) if not line.startswith(" ")]
    assert len(names) >= 30
    assert all(run("query", name, "-o", graph)[0] == 0 for name in ("bilingual", "roles", "plans"))
    sparql = "SELECT ?who { ?who rel:sign ?what }"
    Path("mine.rq").write_text(sparql)
    assert "Acme" in run("query", sparql, "-o", graph)[1]
    assert run("query", "mine.rq", "-o", graph) == run("query", sparql, "-o", graph)


def test_a_parameter_of_a_named_query(run: Run, graph: str) -> None:
    every = run("query", "who-signed", "-o", graph, "--format", "csv")[1]
    assert run("query", "who-signed", "-o", graph, "--format", "csv", "--set", "entity=acme") == (
        *(0, every, ""),
    )
    assert "--set entity=…  (entity)" in run("query")[1]
    assert run("query", "who-signed", "-o", graph, "--set", "entity")[0] == 2
    code, out, err = run("query", "evidence", "-o", graph)
    assert (code, out, len(lines(err))) == (1, "", 1)
    assert "--set entity=" in err
    code, out, err = run("query", "who-signed", "-o", graph, "--set", "entity=Nobody")
    assert (code, out, len(lines(err))) == (1, "", 1)
    assert "no entity is called 'Nobody'" in err


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_formats_of_answers(run: Run, graph: str, form: str) -> None:
    sparql = "SELECT ?label { ?who rel:sign ?what ; kg:label ?label }"
    _, out, _ = run("query", sparql, "-o", graph, "--format", form)
    answers = {
        "csv": lambda: next(csv.DictReader(io.StringIO(out)))["label"],
        "tsv": lambda: lines(out)[1].strip('"'),
        "json": lambda: json.loads(out)["results"]["bindings"][0]["label"]["value"],
    }
    assert answers[form]() == "Acme"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x { ?x", "not valid SPARQL"),
        ("broken.rq", "not valid SPARQL"),
        ("missing.rq", "missing.rq"),
        ("sharez", "did you mean shares"),
        ("DELETE WHERE { ?s ?p ?o }", "not allowed"),
        ("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }", "SERVICE is not allowed"),
    ],
)
def test_bad_queries_are_one_clear_line(run: Run, graph: str, query: str, message: str) -> None:
    Path("broken.rq").write_text("SELECT ?x WHERE { ?x rel:sign }")
    code, out, err = run("query", query, "-o", graph)
    assert (code, out, len(lines(err))) == (1, "", 1)
    assert message in err


def test_a_server_that_is_not_there_is_one_line(run: Run, graph: str) -> None:
    with pytest.MonkeyPatch.context() as quick:
        quick.setattr("kg.export.sparql._PAUSE", 0.0)
        code, out, err = run("load", "http://127.0.0.1:9", "-o", graph)
    assert (code, out, len(lines(err))) == (1, "", 1)
    assert "does not answer" in err


@pytest.mark.parametrize("command", [["query", "roles"], ["stats"], ["explain", "x"], ["view"]])
def test_without_a_graph_one_line_says_what_to_do(run: Run, command: list[str]) -> None:
    code, out, err = run(*command)
    assert (code, out, len(lines(err))) == (1, "", 1)
    assert "kg build" in err


@pytest.mark.parametrize("name", ["Acme", "acme", "https://kg.example/entity/Acme"])
def test_explain_shows_the_sentences_behind_an_entity(run: Run, graph: str, name: str) -> None:
    code, out, _ = run("explain", name, "-o", graph)
    assert code == 0
    assert lines(out)[0].startswith("Acme (")
    assert "Acme — sign — " in out
    assert "“Acme signed an agreement with Italy.”  a.txt:" in out  # the dateline is no part of it


def test_explain_suggests_names(run: Run, graph: str) -> None:
    code, out, err = run("explain", "Rossi", "-o", graph)
    assert (code, out) in {(0, out), (1, "")}
    assert "Maria Rossi" in out + err
    assert run("explain", "Nobody", "-o", graph)[0] == 1


def test_stats_and_sample(run: Run, graph: str) -> None:
    report = run("stats", "-o", graph)[1]
    counts = dict(re.findall(r"(?m)^ *(\S.*?) +(\d+) *$", report))
    assert counts["documents"] == "1"
    titles = ("Central entities", "Communities", "Components", "Bridges (")
    assert all(re.search(f"(?m)^{re.escape(title)}", report) for title in titles)
    assert "PageRank" in report
    assert int(counts["triples"]) > int(counts["statements"]) > 1
    drawn = run("sample", "2", "-o", graph)[1]
    assert drawn.count("a.txt:") == 2
    assert drawn == run("sample", "2", "-o", graph)[1]


@pytest.mark.parametrize(
    ("form", "suffix"),
    [
        ("turtle", "ttl"),
        ("ntriples", "nt"),
        ("rdfxml", "rdf"),
        ("jsonld", "jsonld"),
        ("trig", "trig"),
        ("csv", "csv"),
        ("jsonl", "jsonl"),
        ("graphml", "graphml"),
        ("gexf", "gexf"),
        ("cytoscape", "cyjs"),
        ("html", "html"),
    ],
)
def test_export(run: Run, graph: str, form: str, suffix: str) -> None:
    target = Path(f"graph.{suffix}")
    assert run("export", form, "-o", graph, "--to", str(target)) == (0, "", f"{form} in {target}\n")
    assert "Acme" in target.read_text("utf-8")
    assert list(Path().iterdir()) == [target]


def test_export_for_neo4j_is_a_folder_whose_other_files_stay(run: Run, graph: str) -> None:
    Path("import").mkdir()
    Path("import/mine.txt").write_text("notes")
    for _ in range(2):
        assert run("export", "neo4j", "-o", graph, "--to", "import")[0] == 0
    found = {path.name: path.read_text("utf-8") for path in Path("import").iterdir()}
    assert found.keys() == {"nodes.csv", "relationships.csv", "mine.txt"}
    assert "Acme" in found["nodes.csv"]
    assert list(Path().iterdir()) == [Path("import")]


def test_an_export_that_cannot_be_written(run: Run, graph: str) -> None:
    code, _, err = run("export", "csv", "-o", graph, "--to", "nowhere/graph.csv")
    assert (code, len(lines(err))) == (1, 1)


def test_view_opens_the_page(run: Run, graph: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) is None)
    assert run("view", "-o", graph)[0] == 0
    assert opened == [Path(graph, "graph.html").as_uri()]


# -- extract ---------------------------------------------------------------------------------


def test_extract_prints_a_line_of_json_an_extraction(run: Run) -> None:
    Path("s.txt").write_text("Acme signed a deal.\n\nThe minister did not resign in Rome.\n")
    code, out, err = run("extract", "s.txt", "--lang", "en")
    assert (code, err) == (0, "")
    rows = [json.loads(line) for line in lines(out)]
    assert {row["line"] for row in rows} == {1, 3}
    assert set(rows[0]) == {
        "line", "subject", "relation", "object", "arguments",
        "confidence", "negated", "modality", "attribution",
    }  # fmt: skip
    assert (rows[0]["subject"], rows[0]["relation"], rows[0]["object"]) == (
        "Acme",
        "signed",
        "a deal",
    )
    assert rows[-1]["negated"]


def test_extract_prints_tab_separated_lines(run: Run) -> None:
    Path("s.txt").write_text("Acme ha firmato un accordo.\n", "utf-8")
    _, out, _ = run("extract", "s.txt", "--format", "tsv")
    line, subject, relation, object_, confidence = lines(out)[0].split("\t")
    assert (line, subject, relation, object_) == ("1", "Acme", "ha firmato", "un accordo")
    assert 0 < float(confidence) <= 1


def test_extract_keeps_given_tokens(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Acme 's chief did n't sign the U.S.-Italy deal ."
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    _, out, _ = run("extract", "-", "--lang", "en", "--pretokenized")
    words = set(text.split())
    slots = [json.loads(line)[slot] for line in lines(out) for slot in ("subject", "object")]
    assert slots
    assert all(word in words for slot in slots if slot for word in slot.split())


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (None, [], "no such file"),
        (b"caf\xe9\n", ["--lang", "en"], "not UTF-8"),
        (b"123\n", [], "--lang"),
        (b"Guten Tag.\n", ["--lang", "de"], "no pipeline for language 'de'"),
    ],
)
def test_extract_of_bad_input(
    run: Run, content: bytes | None, options: list[str], message: str
) -> None:
    if content is not None:
        Path("s.txt").write_bytes(content)
    code, out, err = run("extract", "s.txt", *options)
    assert (code, out, len(lines(err))) == (1, "", 1)
    assert message in err


def test_train_lexicon_needs_its_data(run: Run) -> None:
    assert run("train", "lexicon", "--data", "nowhere", "-o", "tables")[0] == 2


# -- serve -----------------------------------------------------------------------------------


def test_the_help_of_serve_tells_the_limits() -> None:
    text = CliRunner().invoke(app, ["serve", "--help"]).output
    for default in ("20.0", "2048", "32", "127.0.0.1", "8000"):
        assert f"[default: {default}]" in text


def test_serve_says_where_and_ends_at_once(graph: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", "-o", graph, "--port", str(port)]
    server = subprocess.Popen(
        command, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert server.stderr is not None
    assert server.stderr.readline().startswith(f"serving {graph} at http://127.0.0.1:{port}/")
    time.sleep(1)
    server.send_signal(signal.SIGINT)
    _, err = server.communicate(timeout=30)
    assert err == ""
    assert server.returncode in {0, 130}


def test_a_port_that_is_taken_is_one_clear_line(run: Run, graph: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, out, err = run("serve", "-o", graph, "--port", str(taken.getsockname()[1]))
    assert (code, out) == (1, "")
    assert "is the port taken? another: --port" in err
    assert "Traceback" not in err


def test_serve_without_a_graph_says_what_to_do(run: Run) -> None:
    code, out, err = run("serve")
    assert (code, out, len(lines(err))) == (1, "", 1)
    assert "kg build" in err
