"""The page in a real browser: opened from disk, driven as a reader drives it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

from kg.export.page import write_page
from kg.types import (
    Document,
    Entity,
    EntityType,
    Evidence,
    GraphData,
    Modality,
    Property,
    Qualifier,
    Statement,
    Value,
)

# -- a small graph ---------------------------------------------------------------------------


def entity(name: str, kind: EntityType, en: str, it: str = "", **more: Any) -> Entity:
    labels = (("en", en), ("it", it)) if it else (("en", en),)
    return Entity(name, kind, labels, **more)


def evidence(document: Document, sentence: str, *slots: str, **more: Any) -> Evidence:
    """Where the sentence and the words of subject, relation and object stand in the document."""
    begin = document.text.index(sentence)
    spans = [None] * 3
    for i, words in enumerate(slots):
        at = begin + sentence.index(words)
        spans[i] = (at, at + len(words))
    words = (*slots, "", "", "")
    return Evidence(
        document.id,
        begin,
        begin + len(sentence),
        sentence,
        words[1],
        words[0],
        words[2],
        *spans,
        **more,
    )


def statement(
    place: int,
    subject: str,
    relation: str,
    end: str | Value | None,
    *evidence: Evidence,
    qualifiers: tuple[Qualifier, ...] = (),
    negated: bool = False,
    modality: Modality = "asserted",
    **more: Any,
) -> Statement:
    return Statement(
        f"{place:032x}",
        subject,
        relation,
        end,
        qualifiers,
        negated,
        modality,
        0.9,
        evidence,
        **more,
    )


IT = Document(
    "it1",
    "articoli/uno.txt",
    "𝕊 Roma. Acme investirà 10 miliardi di dollari in Francia. "
    "Acme possiede oltre il 70% del mercato.",
    "it",
    title="Acme arriva in Francia",
    published="2025-10-28",
)
EN = Document(
    "en1",
    "articles/two.html",
    "Ada Verdi leads Acme. Acme will invest in France, Verdi said. Acme does not own Bolt. "
    "France thanked Acme.",
    "en",
    title="Acme comes to France",
    published="2025-10-29",
    publisher="The Paper",
    url="https://news.example/two",
)
GRAPH = GraphData(
    documents=(EN, IT),
    entities=(
        entity("Acme", "organization", "Acme", aliases=(("it", "la Società Àcme"),)),
        entity("Ada_Verdi", "person", "Ada Verdi"),
        entity("Bolt", "product", "Bolt"),
        entity(
            "France", "country", "France", "Francia", links=("https://sws.geonames.org/3017382/",)
        ),
        entity("Rome", "city", "Rome", "Roma"),
    ),
    properties=(
        Property("invest_in", (("en", "invest in"), ("it", "investire in"))),
        Property("lead", (("en", "lead"), ("it", "guidare"))),
        Property("own", (("en", "own"), ("it", "possedere"))),
        Property("thank", (("en", "thank"), ("it", "ringraziare"))),
    ),
    statements=(
        statement(
            1,
            "Ada_Verdi",
            "lead",
            "Acme",
            evidence(EN, "Ada Verdi leads Acme.", "Ada Verdi", "leads", "Acme"),
        ),
        statement(
            2,
            "Acme",
            "invest_in",
            "France",
            evidence(
                EN,
                "Acme will invest in France, Verdi said.",
                "Acme",
                "will invest in",
                "France",
                attributed_to="Ada_Verdi",
                reporting_verb="said",
            ),
            evidence(
                IT,
                "Acme investirà 10 miliardi di dollari in Francia.",
                "Acme",
                "investirà",
                "Francia",
            ),
            qualifiers=(
                Qualifier("amount", Value("money", "10000000000", "decimal", unit="USD")),
                Qualifier("place", "Rome"),
            ),
            modality="planned",
        ),
        statement(
            3,
            "Acme",
            "own",
            "Bolt",
            evidence(EN, "Acme does not own Bolt.", "Acme", "own", "Bolt"),
            negated=True,
        ),
        statement(
            4,
            "Acme",
            "own",
            Value("percent", "70", "decimal", "gt", "%"),
            evidence(
                IT, "Acme possiede oltre il 70% del mercato.", "Acme", "possiede", "oltre il 70%"
            ),
        ),
        statement(
            5,
            "Acme",
            "own",
            Value("text", "the market", "string", language="en"),
            evidence(EN, "Acme does not own Bolt.", "Acme", "own"),
        ),
        statement(
            6,
            "France",
            "thank",
            "Acme",
            evidence(EN, "France thanked Acme.", "France", "thanked", "Acme"),
        ),
        statement(
            7, "Acme", "thank", "France", evidence(EN, "France thanked Acme."), modality="possible"
        ),
    ),
)


# -- a browser -------------------------------------------------------------------------------


def browser_and_driver() -> tuple[str, str] | None:
    browser = next(
        filter(
            None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))
        ),
        None,
    )
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


@pytest.fixture(scope="module")
def chromium() -> Iterator[WebDriver]:
    found = browser_and_driver()
    if found is None:
        if "CI" in os.environ:
            pytest.fail(
                "CI needs Chromium and chromedriver: apt-get install chromium chromium-driver"
            )
        pytest.skip("no Chromium with chromedriver is installed")
    options = webdriver.ChromeOptions()
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1400,900",
        "--lang=en",
    ):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.binary_location = found[0]
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(found[1]))
    yield driver
    driver.quit()


class Reader:
    """Somebody with the page open."""

    def __init__(
        self,
        driver: WebDriver,
        path: Path,
        *,
        language: str = "en",
        width: int = 1400,
        dark: bool = False,
        fragment: str = "",
    ) -> None:
        self.driver = driver
        self.path = path
        driver.get("about:blank")
        driver.get_log("browser")
        driver.get_log("performance")
        self._emulate(
            "setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
        )
        self._emulate(
            "setEmulatedMedia",
            features=[
                {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
                {"name": "prefers-reduced-motion", "value": "reduce"},
            ],
        )
        agent = driver.execute_script("return navigator.userAgent")
        self._emulate("setUserAgentOverride", userAgent=agent, acceptLanguage=language)
        driver.get(path.as_uri() + fragment)

    def _emulate(self, command: str, **settings: Any) -> None:
        self.driver.execute_cdp_cmd(f"Emulation.{command}", settings)

    def run(self, script: str, *values: Any) -> Any:
        return self.driver.execute_script(script, *values)

    @property
    def panel(self) -> str:
        return self.driver.find_element(By.ID, "panel").text

    def all(self, selector: str) -> list[str]:
        return [element.text for element in self.driver.find_elements(By.CSS_SELECTOR, selector)]

    def press(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def click(self, selector: str) -> None:
        self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def point(self, spot: dict[str, float], *, double: bool = False) -> None:
        """Click the drawing at a point of the graph, as a mouse does."""
        at = self.run("return network.canvasToDOM(arguments[0])", spot)
        canvas = self.driver.find_element(By.CSS_SELECTOR, "#graph canvas")
        x, y = at["x"] - canvas.size["width"] / 2, at["y"] - canvas.size["height"] / 2
        mouse = ActionChains(self.driver).move_to_element_with_offset(canvas, round(x), round(y))
        (mouse.double_click() if double else mouse.click()).perform()

    def click_node(self, name: str, *, double: bool = False) -> None:
        self.point(
            self.run("return network.getPosition(placeOf.get(arguments[0]))", name), double=double
        )

    def click_edge(self, begin: str, end: str) -> None:
        self.point(
            self.run(
                """
            const [begin, end] = Array.from(arguments, (name) => placeOf.get(name));
            const edge = data.edges.find(({ from, to }) => from === begin && to === end);
            return network.body.edges[edge.id].edgeType.getPoint(0.5);
        """,
                begin,
                end,
            )
        )

    def wait(self, words: str) -> None:
        """Clicks reach the page when the drawing library has told them from drags and taps."""
        WebDriverWait(self.driver, 5).until(
            lambda _: words in self.panel, f"no {words!r} in the panel"
        )

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        messages = (
            json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")
        )
        sent = (
            m["params"]["request"]["url"]
            for m in messages
            if m["method"] == "Network.requestWillBeSent"
        )
        return [url for url in sent if url != "about:blank"]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(GRAPH, path, title="Acme & friends")
    return path


@pytest.fixture
def reader(chromium: WebDriver, page: Path) -> Reader:
    return Reader(chromium, page)


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
        "from test_page import GRAPH; from kg.export.page import write_page;"
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


def test_it_opens_from_disk_without_complaint_or_request(reader: Reader, page: Path):
    assert reader.run("return document.title") == "Acme & friends"
    assert reader.run("return nodesShown.length") == 6  # five entities and one measured value
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
    assert reader.run("return labels.filter((label) => label.node !== undefined).length") == 6


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
    assert set(reader.all("#legend button")) == {
        "Organisation",
        "Person",
        "Product",
        "Country",
        "City",
        "Value",
    }
    assert reader.all("#legend div > span") == ["stated", "planned", "negated"]
    reader.click('#legend button[data-type="value"]')
    assert reader.run("return nodesShown.get({ filter: (node) => node.hidden }).length") == 1
    reader.click('#legend button[data-type="value"]')
    assert reader.run("return nodesShown.get({ filter: (node) => node.hidden }).length") == 0


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
    reader.run("go({ node: placeOf.get('Acme') }); openAll(true)")
    assert "oltre il 70%" in reader.all("mark.object")
    assert "investirà" in reader.all("mark.relation")


def test_who_says_so_stands_with_the_sentence(reader: Reader):
    reader.run("go({ node: placeOf.get('Acme') }); openAll(true)")
    assert "according to Ada Verdi (“said”)" in reader.panel
    reader.run("go({ node: placeOf.get('Ada_Verdi') })")
    assert "What it says (1)" in reader.all("#panel h3")


def test_neighbours_are_a_click_away_and_back_goes_back(reader: Reader):
    reader.click_node("France")
    reader.wait("Country")
    reader.click("#panel .statement .entity")
    assert reader.all("#panel h2") == ["Acme"]
    assert reader.run("return location.hash") == "#Acme"
    reader.driver.back()
    reader.wait("Country")
    reader.press(Keys.ESCAPE)
    assert "5 entities, 7 statements, 2 documents" in reader.panel


def test_an_address_with_a_name_opens_it(chromium: WebDriver, page: Path):
    reader = Reader(chromium, page, fragment="#Bolt")
    assert reader.all("#panel h2") == ["Bolt"]
    assert Reader(chromium, page, fragment="#__proto__").all("#panel h2") == ["Acme & friends"]


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
    reader = Reader(chromium, page, language="it-IT,en;q=0.5", fragment="#France")
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
    assert reader.all("#count") == ["showing 5 of 42"]
    assert reader.run("return isShown(placeOf.get('Hub')) && isShown(placeOf.get('Leaf_00'))")
    reader.click_node("Hub", double=True)
    WebDriverWait(chromium, 5).until(lambda _: reader.all("#count") == ["showing 17 of 42"])
    reader.click("#expand")
    assert reader.all("#count") == ["showing 29 of 42"]
    spots = reader.run(
        "return Object.values(network.getPositions()).map(({ x, y }) => `${x},${y}`)"
    )
    assert len(set(spots)) == 29


def test_search_brings_in_what_is_not_shown(chromium: WebDriver, tmp_path: Path):
    path = tmp_path / "star.html"
    write_page(star(40), path, limit=5)
    reader = Reader(chromium, path)
    reader.press("/", *"twig", Keys.ENTER)
    assert reader.all("#panel h2") == ["Twig"]
    assert reader.run("return inView([placeOf.get('Twig')])")
    assert reader.all("#count") == ["showing 6 of 42"]


def test_an_empty_graph_is_an_empty_page(chromium: WebDriver, tmp_path: Path):
    path = tmp_path / "empty.html"
    write_page(GraphData((), (), (), ()), path)
    reader = Reader(chromium, path)
    assert "0 entities" in reader.panel
    assert reader.complaints() == []


# -- hostile text ----------------------------------------------------------------------------

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
    reader = Reader(chromium, hostile_page)
    for show in ("go({ node: i }); openAll(true)", "go({ edge: i % data.edges.length })"):
        reader.run(f"for (let i = 0; i < data.entities.length; i++) {{ {show}; }}")
    for feed in FEEDS:
        reader.run("box.value = arguments[0]; offer(); go({ node: 0 })", feed)
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
    reader.run("go({ node: 3 }); openAll(true)")
    addresses = set(reader.run("return Array.from(document.links, (link) => link.protocol)"))
    assert addresses == {"https:"}
    assert "javascript:document.hacked=1" in reader.panel


def test_a_long_name_is_cut_on_the_canvas_and_whole_in_the_panel(
    chromium: WebDriver, hostile_page: Path
):
    reader = Reader(chromium, hostile_page)
    place = reader.run("return data.entities.findIndex(({ id }) => id === 'E9')")
    reader.run("go({ node: arguments[0] })", place)
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
