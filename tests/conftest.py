"""One browser for all tests of the page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import GRAPH, Reader, browser_and_driver
from selenium import webdriver
from selenium.webdriver.remote.webdriver import WebDriver

from kg.export.page import write_page


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(GRAPH, path, title="Acme & friends")
    return path


@pytest.fixture
def reader(chromium: WebDriver, page: Path) -> Reader:
    return Reader(chromium, page)
