"""The page in a real browser: opened from disk, driven as a reader drives it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pages import EN, Reader, entity, evidence, statement
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

from kg.export.page import write_page
from kg.export.page_drawing import draw
from kg.types import GraphData, Property

# -- the file --------------------------------------------------------------------------------


class Inline(HTMLParser):
    """The text of the page's inline scripts and styles, and every address in an attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.addresses: list[str] = []
        self.policy = ""
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses += [
            given[name] or "" for name in ("src", "href", "action", "data") if name in given
        ]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        self._open = tag if tag in self.texts and given.get("type") != "application/json" else ""

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open].append(data)


def test_the_policy_allows_exactly_the_scripts_and_the_style_inside(page: Path):
    inline = Inline(page.read_text("utf-8"))
    assert "default-src 'none'" in inline.policy
    assert len(inline.texts["script"]) == 2
    for kind in ("script", "style"):
        hashes = {b64encode(sha256(text.encode()).digest()).decode() for text in inline.texts[kind]}
        directive = re.search(rf"{kind}-src ([^;]*)", inline.policy)
        assert directive
        assert set(directive[1].split()) == {f"'sha256-{value}'" for value in hashes}
    assert "unsafe" not in inline.policy
    assert "nonce" not in inline.policy


def test_the_file_points_nowhere(page: Path):
    html = page.read_text("utf-8")
    assert Inline(html).addresses == []
    assert "sourceMappingURL" not in html


def test_the_same_graph_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
        "from pages import GRAPH; from kg.export.page import write_page;"
        "write_page(GRAPH, Path(sys.argv[2]))"
    )
    for seed in ("0", "1"):
        command = [sys.executable, "-c", code, str(Path(__file__).parent), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes()


def test_both_languages_of_the_interface_have_the_same_strings():
    def names(table: dict[str, Any], prefix: str = "") -> Iterator[str]:
        for key, value in table.items():
            yield from names(value, f"{key}.") if isinstance(value, dict) else [prefix + key]

    source = Path(sys.modules["kg.export.page"].__file__ or "").parent / "page_assets/strings.json"
    strings = json.loads(source.read_text("utf-8"))
    assert list(names(strings["en"])) == list(names(strings["it"]))


# -- the drawing -----------------------------------------------------------------------------


def test_it_opens_from_disk_without_complaint_or_request(chromium: WebDriver, page: Path):
    reader = Reader(chromium, page, fresh=True)
    assert reader.run("return document.title") == "Acme & friends"
    assert reader.run("return nodesShown.length") == 5  # four tied entities and a measured value
    assert reader.complaints() == []
    assert reader.requests() == [page.as_uri()]


def test_something_is_drawn(reader: Reader):
    reader.run("network.redraw()")
    colours = reader.run("""
        const canvas = document.querySelector("#graph canvas");
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Set();
        for (let i = 0; i < pixels.length; i += 4) seen.add(pixels.slice(i, i + 3).join());
        return [...seen];
    """)
    assert {"213,94,0", "0,114,178", "0,158,115", "192,39,26"} <= set(colours)


def test_names_of_nodes_do_not_cover_each_other(reader: Reader):
    overlaps = reader.run("""
        network.redraw();
        const boxes = labels.map(({ box }) => box);
        return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) =>
          a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top));
    """)
    assert overlaps == []
    assert reader.run("return labels.filter((label) => label.node !== undefined).length") == 5


def test_one_arrow_for_each_direction_between_two_nodes(reader: Reader):
    names = reader.run("return edgesShown.get().map((edge) => edge.label)")
    assert sorted(names) == ["invest in +1", "lead", "own", "own", "thank"]


def test_planned_is_dashed_and_negated_red_and_struck(reader: Reader):
    looks = reader.run("""
        const look = (s) => edgesShown.get(data.edges.find((e) => e.statements[0] === s).id);
        const isRed = (edge) => edge.color.color === colors.negated;
        return [0, 1, 2].map(look).map((edge) => [Boolean(edge.dashes), isRed(edge)]);
    """)
    assert looks == [[False, False], [True, False], [False, True]]
    reader.run("network.redraw()")
    assert reader.run(
        "return labels.filter((label) => label.negated).map((label) => label.lines[0])"
    ) == ["own"]


def test_the_legend_names_the_types_there_are_and_hides_them(reader: Reader):
    kinds = reader.all('[data-section="type"] .label')
    assert set(kinds) == {"Organisation", "Person", "Product", "Country", "City", "Value"}
    assert reader.all('[data-section="status"] .label') == [
        "stated",
        "planned",
        "possible",
        "negated",
    ]
    reader.click('[data-facet="type"][data-option="value"]')
    assert reader.run("return nodesShown.length") == 4
    reader.click('[data-facet="type"][data-option="value"]')
    assert reader.run("return nodesShown.length") == 5


# -- the panel -------------------------------------------------------------------------------


def test_a_click_on_a_node_tells_what_is_known_of_it(reader: Reader):
    reader.click_node("France")
    reader.wait("Country")
    assert reader.all("#panel h2") == ["France"]
    assert "Francia it" in reader.panel
    assert "invest in" in reader.panel
    link = reader.driver.find_element(By.CSS_SELECTOR, "#panel dl a")
    assert link.get_attribute("href") == "https://sws.geonames.org/3017382/"
    assert "noopener" in (link.get_attribute("rel") or "")


def test_statements_stand_under_their_relation_with_all_that_qualifies_them(reader: Reader):
    reader.click_node("Acme")
    reader.wait("Organisation")
    assert reader.all("#panel section:first-of-type h4") == ["own", "invest in", "thank"]
    block = next(text for text in reader.all(".statement") if "invest in" in text)
    assert "planned" in block
    assert "amount: 10 billion USD" in block
    assert "place: Rome" in block
    assert "2 sources" in block
    assert any("own Bolt" in text and "negated" in text for text in reader.all(".statement"))
    assert any("own more than 70%" in text for text in reader.all(".statement"))
    assert any("own “the market”" in text for text in reader.all(".statement"))


def test_a_click_on_an_arrow_shows_the_sentences_with_the_words_marked(reader: Reader):
    reader.click_edge("Ada_Verdi", "Acme")
    reader.wait("Ada Verdi leads Acme.")
    assert reader.all("mark.subject")[1:] == ["Ada Verdi"]  # the first explains the colour
    assert reader.all("mark.relation")[1:] == ["leads"]
    assert reader.all("mark.object")[1:] == ["Acme"]
    assert "Acme comes to France" in reader.panel
    assert "The Paper" in reader.panel
    assert "October 29, 2025" in reader.panel
    assert "English" in reader.panel
    assert "articles/two.html" in reader.panel
    assert "characters 0–21" in reader.panel


def test_marks_count_code_points_not_utf16_units(reader: Reader):
    reader.run("pick({ node: placeOf.get('Acme') }); openAll(true)")
    assert "oltre il 70%" in reader.all("mark.object")
    assert "investirà" in reader.all("mark.relation")


def test_who_says_so_stands_with_the_sentence(reader: Reader):
    reader.run("pick({ node: placeOf.get('Acme') }); openAll(true)")
    assert "according to Ada Verdi (“said”)" in reader.panel
    reader.run("pick({ node: placeOf.get('Ada_Verdi') })")
    assert "What it says (1)" in reader.all("#panel h3")


def test_neighbours_are_a_click_away_and_back_goes_back(reader: Reader):
    reader.click_node("France")
    reader.wait("Country")
    reader.click("#panel .statement .entity")
    assert reader.all("#panel h2") == ["Acme"]
    assert reader.run("return location.hash") == "#node=Acme"
    reader.driver.back()
    reader.wait("Country")
    reader.press(Keys.ESCAPE)
    assert "5 entities, 7 statements, 2 documents" in reader.panel


def test_an_address_with_a_name_opens_it(chromium: WebDriver, page: Path):
    reader = Reader(chromium, page, fragment="#node=Bolt")
    assert reader.all("#panel h2") == ["Bolt"]
    assert Reader(chromium, page, fragment="#node=__proto__&edge=constructor&-type=toString").all(
        "#panel h2"
    ) == ["Acme & friends"]


# -- search ----------------------------------------------------------------------------------


def test_search_by_keyboard(reader: Reader):
    reader.press("/")
    reader.press("r", "o")
    assert [text.split("\n")[0] for text in reader.all("#suggestions li")] == ["Rome"]
    reader.press(Keys.ENTER)
    assert reader.all("#panel h2") == ["Rome"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("FRANCIA", "France"), ("acme", "Acme"), ("societa", "Acme"), ("verdi", "Ada Verdi")],
)
def test_search_knows_names_in_every_language_aliases_and_no_accents(
    reader: Reader, typed: str, found: str
):
    reader.press("/", *typed)
    assert reader.all("#suggestions li")[0].startswith(found)


def test_arrows_move_among_suggestions_and_escape_leaves(reader: Reader):
    reader.press("/", "a")
    first, second = reader.all("#suggestions li")[:2]
    assert (first.split("\n")[0], second.split("\n")[0]) == ("Acme", "Ada Verdi")
    reader.press(Keys.ARROW_DOWN)
    assert reader.all('#suggestions li[aria-selected="true"]') == [second]
    reader.press(Keys.ARROW_UP, Keys.ARROW_UP)
    assert reader.all('#suggestions li[aria-selected="true"]') == [
        reader.all("#suggestions li")[-1]
    ]
    reader.press(Keys.ESCAPE)
    assert reader.run("return [box.value, list.hidden]") == ["", True]


def test_a_name_nobody_has(reader: Reader):
    reader.press("/", *"zzz")
    assert reader.all("#suggestions li") == ["Nothing has this name"]
    reader.press(Keys.ENTER)
    assert "5 entities" in reader.panel


# -- languages, screens ----------------------------------------------------------------------


def test_italian_readers_get_italian(chromium: WebDriver, page: Path):
    reader = Reader(chromium, page, language="it-IT,en;q=0.5", fragment="#node=France")
    assert reader.run("return document.documentElement.lang") == "it"
    assert reader.all("#panel h2") == ["Francia"]
    assert "Paese" in reader.panel
    assert "importo: 10 miliardi USD" in reader.panel
    assert "28 ottobre 2025" in reader.panel
    assert "investire in" in reader.panel
    reader.click('#languages button[lang="en"]')
    assert reader.all("#panel h2") == ["France"]


def test_other_readers_get_english(chromium: WebDriver, page: Path):
    assert "Most connected" in Reader(chromium, page, language="ja").panel.replace("MOST", "Most")


def test_dark_and_light(chromium: WebDriver, page: Path):
    paper = "return colors.paper"
    assert Reader(chromium, page).run(paper) != Reader(chromium, page, dark=True).run(paper)


def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_panel_leaves_the_node_in_sight(
    chromium: WebDriver, page: Path
):
    reader = Reader(chromium, page, width=400)
    assert reader.run("return document.documentElement.scrollWidth") <= 400
    reader.press("/", *"bolt", Keys.ENTER)
    assert reader.all("#panel h2") == ["Bolt"]
    assert reader.run("return inView([placeOf.get('Bolt')])")


# -- many nodes ------------------------------------------------------------------------------


def star(leaves: int) -> GraphData:
    """A hub with so many leaves, the first of which has a leaf of its own."""
    names = ["Hub", *(f"Leaf_{i:02}" for i in range(leaves)), "Twig"]
    ends = [("Hub", name) for name in names[1:-1]] + [("Leaf_00", "Twig")]
    return GraphData(
        (EN,),
        tuple(entity(name, "concept", name.replace("_", " ")) for name in names),
        (Property("own", (("en", "own"),)),),
        tuple(
            statement(i, a, "own", b, evidence(EN, "France thanked Acme."))
            for i, (a, b) in enumerate(ends)
        ),
    )


def test_the_best_connected_come_first_and_a_double_click_brings_the_others(
    chromium: WebDriver, tmp_path: Path
):
    path = tmp_path / "star.html"
    write_page(star(40), path, limit=5)
    reader = Reader(chromium, path)
    assert reader.all("#count") == ["showing 5 of 42 entities"]
    assert reader.run("return isShown(placeOf.get('Hub')) && isShown(placeOf.get('Leaf_00'))")
    reader.click_node("Hub", double=True)
    WebDriverWait(chromium, 30).until(
        lambda _: reader.all("#count") == ["showing 17 of 42 entities"]
    )
    reader.click("#expand")
    assert reader.all("#count") == ["showing 29 of 42 entities"]
    spots = reader.run(
        "return Object.values(network.getPositions()).map(({ x, y }) => `${x},${y}`)"
    )
    assert len(set(spots)) == 29


def test_things_that_all_know_each_other_are_not_all_shown_at_first():
    names = [f"Name_{number:02}" for number in range(30)]
    data = GraphData(
        (EN,),
        tuple(entity(name, "person", name) for name in names),
        (Property("know", (("en", "know"),)),),
        tuple(
            statement(number, a, "know", b, evidence(EN, "France thanked Acme."))
            for number, (a, b) in enumerate(combinations(names, 2))
        ),
    )
    shown = [node["id"] for node in draw(data, 20).nodes if "x" in node]
    assert len(shown) == 8  # 28 arrows, where 20 nodes may have 30
    assert len([node for node in draw(star(40), 20).nodes if "x" in node]) == 20


def test_search_brings_in_what_is_not_shown(chromium: WebDriver, tmp_path: Path):
    path = tmp_path / "star.html"
    write_page(star(40), path, limit=5)
    reader = Reader(chromium, path)
    reader.press("/", *"leaf 39", Keys.ENTER)
    assert reader.all("#panel h2") == ["Leaf 39"]
    assert reader.run("return inView([placeOf.get('Leaf_39')])")
    assert reader.all("#count") == ["showing 6 of 42 entities"]


def test_an_empty_graph_is_an_empty_page(chromium: WebDriver, tmp_path: Path):
    path = tmp_path / "empty.html"
    write_page(GraphData((), (), (), ()), path)
    reader = Reader(chromium, path)
    assert "0 entities" in reader.panel
    assert reader.complaints() == []
