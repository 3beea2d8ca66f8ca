"""The page for everybody: WCAG 2.2 AA by axe-core, and all of it without a mouse."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pages import Reader
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(reader: Reader) -> list[str]:
    """What axe-core holds against the page as it stands, the place of each."""
    reader.run(AXE)
    found: list[dict[str, Any]] = reader.driver.execute_async_script(
        "const done = arguments[1];"
        "axe.run({ runOnly: arguments[0] }).then(({ violations }) => done(violations))",
        TAGS,
    )
    return [
        f"{item['id']} ({item['impact']}): {node['target']} {node['failureSummary']}"
        for item in found
        for node in item["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1400, 400], ids=["wide", "narrow"])
def test_axe_finds_nothing(chromium: WebDriver, page: Path, *, width: int, dark: bool):
    found = {}
    for state in (
        "",
        "#node=Acme&hide=Bolt&document=en1",
        "#edge=00000000000000000000000000000003",
        "#path=Ada_Verdi&path=Bolt",
        "#view=table&statement=00000000000000000000000000000002&sort=-object",
    ):
        reader = Reader(chromium, page, width=width, dark=dark, fragment=state)
        reader.run("openAll(true); showFilters(true)")
        found[state] = violations(reader)
    reader = Reader(chromium, page, width=width, dark=dark)
    reader.press("/", *"a")
    found["search"] = violations(reader)
    assert not {state: items for state, items in found.items() if items}


def test_the_drawing_is_walked_with_the_arrow_keys(chromium: WebDriver, page: Path):
    reader = Reader(chromium, page)
    reader.run("stage.focus()")
    reader.press(Keys.ARROW_RIGHT)
    assert reader.all("#panel h2") == ["Acme"]  # the best connected comes first
    around = reader.run("""
        const places = network.getPositions();
        const { x, y } = places[state.node];
        return [...shownIds].filter((node) => isEntity(node) && node !== state.node).map((node) =>
          [Math.abs(places[node].x - x) > Math.abs(places[node].y - y)
            ? (places[node].x > x ? "ARROW_RIGHT" : "ARROW_LEFT")
            : (places[node].y > y ? "ARROW_DOWN" : "ARROW_UP"), nodeName(node)]);
    """)
    way, _ = around[0]
    reader.press(getattr(Keys, way))
    assert reader.all("#panel h2")[0] in {name for towards, name in around if towards == way}
    assert reader.run("return document.activeElement.id") == "graph"
    assert reader.run("return document.getElementById('announce').textContent")
    reader.press("f")
    assert reader.all(".chip")
    reader.press("p")
    assert reader.run("return state.pinned.size") == 1
    reader.press("h")
    assert reader.run("return state.hidden.size") == 1


def test_the_tab_key_reaches_every_part(chromium: WebDriver, page: Path):
    reader = Reader(chromium, page)
    reached = set()
    for _ in range(80):
        reader.press(Keys.TAB)
        reached.add(
            reader.run("""
            const at = document.activeElement;
            return at.closest("header, #filters, #bar, #canvas, #panel")?.id
              || at.closest("header")?.tagName || at.tagName;
        """)
        )
    assert {"HEADER", "filters", "bar", "canvas", "panel"} <= reached


def test_every_button_is_large_enough_to_hit(chromium: WebDriver, page: Path):
    reader = Reader(chromium, page, width=400, fragment="#node=Acme")
    small = reader.run("""
        const small = ({ width, height }) => width < 24 || height < 24;
        return [...document.querySelectorAll("button:not(.entity)")]
          .filter((it) => it.offsetParent && small(it.getBoundingClientRect()))
          .map((it) => it.textContent || it.id);
    """)
    assert small == []


def test_reduced_motion_and_colours_follow_the_system(chromium: WebDriver, page: Path):
    paper = "return getComputedStyle(document.body).backgroundColor"
    assert Reader(chromium, page).run(paper) != Reader(chromium, page, dark=True).run(paper)
    reader = Reader(chromium, page)
    reader.run("network.moveTo({ scale: 0.2 }); pick({ node: placeOf.get('Bolt') })")
    assert reader.run("return inView([placeOf.get('Bolt')])")  # there at once, without a flight
    assert reader.driver.find_element(By.ID, "panel").text


def test_axe_would_find_something(chromium: WebDriver, page: Path):
    reader = Reader(chromium, page, fresh=True)
    reader.run(
        "for (const name of ['aria-label', 'title']) stage.nextElementSibling"
        ".firstElementChild.removeAttribute(name)"
    )
    assert any("button-name" in item for item in violations(reader))
