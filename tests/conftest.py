"""One browser for all tests of the page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import GRAPH, Reader, browser, browser_and_driver
from selenium.webdriver.remote.webdriver import WebDriver

from kg.export.page import write_page


@pytest.fixture(scope="session")
def chromium() -> Iterator[WebDriver]:
    if browser_and_driver() is None:
        if "CI" in os.environ:
            pytest.fail(
                "CI needs Chromium and chromedriver: apt-get install chromium chromium-driver"
            )
        pytest.skip("no Chromium with chromedriver is installed")
    with browser() as driver:
        yield driver


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(GRAPH, path, title="Acme & friends")
    return path


@pytest.fixture
def reader(chromium: WebDriver, page: Path) -> Reader:
    return Reader(chromium, page)
