"""Hostile text in the page: nothing of it runs, becomes markup, or forges another text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import Reader, statement
from selenium.webdriver.remote.webdriver import WebDriver

from kg.export.page import write_page
from kg.types import Document, Entity, Evidence, GraphData, Property, Qualifier, Value

FEEDS = (
    "<img src=x onerror=document.hacked=1>",
    "</script><script>document.hacked=1</script>",
    "<!--<script>",
    '"><svg onload=document.hacked=1>',
    "see href here",
    "<a href='javascript:document.hacked=1'>click</a>",
    "{{ 7 * 7 }}",
    "\u202egnp.exe\u202c\u0000\u001b[31m",
    "\u2028\u2029]]>",
    "x" * 10_000,
    "'",
    "é\u0301" * 300,
    "",
    "constructor",
)


def hostile() -> GraphData:
    text = "\n".join(feed or "-" for feed in FEEDS)
    documents = tuple(
        Document(
            f"d{i:02}",
            feed,
            text,
            feed or "en",
            title=feed,
            published=feed,
            publisher=feed,
            author=feed,
            url="javascript:document.hacked=1" if i % 2 else 'https://user@evil.example/"onclick=x',
        )
        for i, feed in enumerate(FEEDS)
    )
    links = (
        "javascript:document.hacked=1",
        "data:text/html,<script>document.hacked=1</script>",
        "http://plain.example/",
        "https://fine.example/",
        "//evil.example",
        "",
    )
    ids = ["__proto__", "constructor", *(f"E{i}" for i in range(2, len(FEEDS)))]
    entities = tuple(
        Entity(name, "person", ((feed, feed), ("en", feed)), (("it", feed),), links)
        for name, feed in zip(ids, FEEDS, strict=True)
    )
    proof = [
        Evidence(
            d.id, 0, len(text), text, feed, feed, feed, (0, 40), (-5, 3), (20, 10**7), ids[0], feed
        )
        for d, feed in zip(documents, FEEDS, strict=True)
    ]
    values = [Value("text", feed, "string", language=feed) for feed in FEEDS]
    values += [Value("date", feed, "date") for feed in FEEDS]
    values += [Value("money", feed, "decimal", unit=feed) for feed in FEEDS]
    values += [Value("duration", feed, "duration") for feed in FEEDS]
    said = [
        statement(
            i,
            ids[0],
            "toString",
            value,
            proof[i % len(proof)],
            qualifiers=(Qualifier("time", value),),
        )
        for i, value in enumerate(values)
    ]
    said += [
        statement(
            100 + i,
            name,
            "toString",
            ids[(i + 1) % len(ids)],
            proof[i],
            qualifiers=(Qualifier("as", ids[0]),),
        )
        for i, name in enumerate(ids)
    ]
    properties = (Property("toString", tuple(("en", feed) for feed in FEEDS[:2])),)
    return GraphData(documents, entities, properties, tuple(said))


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "graph.html"
    write_page(hostile(), path, title="</title><script>document.hacked=1</script>")
    return path


def test_nothing_in_the_data_runs_or_becomes_markup(chromium: WebDriver, hostile_page: Path):
    reader = Reader(chromium, hostile_page, fresh=True)
    for show in ("pick({ node: i }); openAll(true)", "pick({ edge: i % data.edges.length })"):
        reader.run(f"for (let i = 0; i < data.entities.length; i++) {{ {show}; }}")
    for feed in FEEDS:
        reader.run("box.value = arguments[0]; offer(); pick({ node: 0 })", feed)
    assert reader.run("return document.hacked") is None
    assert (
        reader.run("return document.querySelectorAll('img, iframe, object, embed, form').length")
        == 0
    )
    assert reader.run("return document.scripts.length") == 4
    assert reader.complaints() == []
    assert reader.requests() == [hostile_page.as_uri()]


def test_only_https_addresses_become_links(chromium: WebDriver, hostile_page: Path):
    reader = Reader(chromium, hostile_page)
    reader.run("pick({ node: 3 }); openAll(true)")
    addresses = set(reader.run("return Array.from(document.links, (link) => link.protocol)"))
    assert addresses == {"https:"}
    assert "javascript:document.hacked=1" in reader.panel


def test_a_long_name_is_cut_on_the_canvas_and_whole_in_the_panel(
    chromium: WebDriver, hostile_page: Path
):
    reader = Reader(chromium, hostile_page)
    place = reader.run("return data.entities.findIndex(({ id }) => id === 'E9')")
    reader.run("pick({ node: arguments[0] })", place)
    assert reader.all("#panel h2") == ["x" * 10_000]
    longest = reader.run(
        "network.redraw(); return Math.max(...labels.flatMap((l) => l.lines.map((t) => t.length)))"
    )
    assert longest <= 40


def test_marks_that_turn_text_around_are_left_out_of_names(chromium: WebDriver, hostile_page: Path):
    reader = Reader(chromium, hostile_page)
    names = reader.run("return data.entities.map((_, i) => entityName(i))")
    assert "gnp.exe[31m" in names
    assert not any(re.search("[\u0000\u202a-\u202e]", name) for name in names)


def test_a_lone_surrogate_does_not_break_the_file(chromium: WebDriver, tmp_path: Path):
    path = tmp_path / "graph.html"
    broken = GraphData((), (Entity("E", "concept", (("en", "half \ud83d emoji"),)),), (), ())
    write_page(broken, path)
    assert "half ? emoji" in Reader(chromium, path).panel
