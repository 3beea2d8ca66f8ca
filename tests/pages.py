"""A small graph for the page, and somebody who reads the page in a real browser."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

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
    more = {"sources": len({e.document for e in evidence})} | more
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


@contextmanager
def browser() -> Iterator[WebDriver]:
    """A headless Chromium that notes what it logs and requests."""
    found = browser_and_driver()
    if found is None:
        raise RuntimeError("no Chromium with chromedriver is installed")
    options = webdriver.ChromeOptions()
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-extensions",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--window-size=1400,900",
        "--lang=en",
    ):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.binary_location = found[0]
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(found[1]))
    try:
        yield driver
    finally:
        driver.quit()


_OPEN: dict[str | None, tuple[Path, str, int, bool]] = {}
"""What each browser has open: parsing the page anew for every test takes most of their time."""
_AGAIN = """
    history.pushState(null, "", arguments[0] || "#");
    language = pickLanguage();
    pathFrom = undefined;
    hovered = {};
    box.value = "";
    shut();
    document.activeElement.blur();
    setMoving(false);
    spotsFor = tableFor = "";
    for (const facet of CHOICES) [sought[facet], unfolded[facet]] = ["", false];
    state = firstState();
    showFilters(isWide());
    drawWords();
    followAddress();
"""


class Reader:
    """Somebody with the page open, as it is when it has just been opened at ``fragment``.

    ``fresh`` asks for a load of its own, for what is to be seen while the page loads.
    """

    def __init__(
        self,
        driver: WebDriver,
        path: Path,
        *,
        language: str = "en",
        width: int = 1400,
        dark: bool = False,
        fragment: str = "",
        fresh: bool = False,
    ) -> None:
        self.driver = driver
        self.path = path
        settings = (path, language, width, dark)
        if not fresh and _OPEN.get(driver.session_id) == settings:
            self.run(_AGAIN, fragment)
            return
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
        _OPEN[driver.session_id] = settings

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
        place = self.run("return stage.getBoundingClientRect()")
        where = {"x": round(place["x"] + at["x"]), "y": round(place["y"] + at["y"])}
        self._mouse("mouseMoved", **where)
        # The count is given: by the clock, a busy machine takes two clicks for single ones.
        for count in (1, 2) if double else (1,):
            for kind in ("mousePressed", "mouseReleased"):
                self._mouse(kind, **where, button="left", clickCount=count)

    def _mouse(self, kind: str, **event: Any) -> None:
        self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, **event})

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
        WebDriverWait(self.driver, 30).until(
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
