"""How the page bears many nodes: its size, the time to build it, to open it and to draw it again.

    python tests/benchmarks/page_scale.py [NODES ...]

by default 100 1000 5000 20000. Times are milliseconds on this machine; those marked ``cpu`` are
processor time, which a busy machine does not stretch. ``usable`` is from the start of the
navigation to the end of the page's script and one frame more: drawn, the panel filled, search,
filters and table ready (``cpu``: of the page's main thread). ``redraw``, ``choose``, ``filter``,
``search`` and ``table`` are processor time, medians of five.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from pages import Reader, browser
from selenium.webdriver.remote.webdriver import WebDriver

from kg.export.page import write_page
from kg.types import Document, Entity, EntityType, Evidence, GraphData, Property, Statement

TYPES: tuple[EntityType, ...] = ("person", "organization", "country", "city", "event", "concept")
STATUSES = (("asserted", False),) * 8 + (("planned", False), ("asserted", True))
WORK = {
    "redraw": "network.redraw()",
    "choose": "pick({ node: I % 50 })",
    "filter": "change({ only: { ...state.only, relation: new Set([I % 20]) } })",
    "search": "box.value = `name ${I}`; offer()",
    "table": "change({ ...noFilters(), view: 'table', sort: I % 2 ? 'object' : 'subject' })",
}


def graph(nodes: int) -> GraphData:
    """As news gives it: a few hubs and many leaves, 1.3 statements a node, 20 a document."""
    draw = random.Random(nodes)
    entities = tuple(
        Entity(
            f"E{i:06}",
            TYPES[draw.randrange(len(TYPES))],
            (("en", f"Name {i} of a thing"), ("it", f"Nome {i} di una cosa")),
            (("en", f"N. {i}"),) if i % 3 == 0 else (),
        )
        for i in range(nodes)
    )
    properties = tuple(Property(f"relate_{i}", (("en", f"relate {i}"),)) for i in range(100))
    count = nodes * 13 // 10
    words = "It was reported on Monday that the first of them {} the second, as had been expected."
    documents = tuple(
        Document(
            f"d{i:06}",
            f"news/{i}.txt",
            "",
            "it" if i % 2 else "en",
            title=f"The title of article number {i}",
            published=f"2025-{i % 12 + 1:02}-{i % 28 + 1:02}",
        )
        for i in range(count // 20 + 1)
    )
    statements = []
    for i in range(count):
        # Each new node hangs on an older one, the oldest most often.
        end = i % nodes
        begin = min(int(draw.paretovariate(0.6)) - 1, max(end - 1, 0)) if end else nodes - 1
        quote = words.format(f"relate {i % 100}")
        place = (i % 20) * 100
        evidence = Evidence(
            documents[i // 20].id, place, place + len(quote), quote, "relate", "first", "second",
            (place + 34, place + 39), (place + 48, place + 54), (place + 59, place + 65),
        )  # fmt: skip
        modality, negated = STATUSES[i % 10]
        statements.append(
            Statement(
                f"{i:032x}",
                f"E{begin:06}",
                f"relate_{i % 100}",
                f"E{end:06}",
                (),
                negated,
                modality,
                0.5,
                (evidence,),
            )
        )
    return GraphData(documents, entities, properties, tuple(statements))


def measure(nodes: int, folder: Path) -> dict[str, float]:
    """The figures for a graph of so many nodes: megabytes and milliseconds."""
    data = graph(nodes)
    path = folder / f"{nodes}.html"
    begun, begun_cpu = time.perf_counter(), time.process_time()
    write_page(data, path)
    figures = {
        "MB": path.stat().st_size / 1e6,
        "build": (time.perf_counter() - begun) * 1000,
        "build cpu": (time.process_time() - begun_cpu) * 1000,
    }
    with browser() as driver:
        driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        reader = Reader(driver, path)
        figures["usable"] = driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => done(readyAt))"
        )
        figures["usable cpu"] = thread_time(driver)
        for name, script in WORK.items():
            figures[name] = median(cost(reader, script, i) for i in range(5))
        figures["heap MB"] = reader.run("return performance.memory.usedJSHeapSize") / 1e6
    return figures


def cost(reader: Reader, script: str, i: int) -> float:
    """Processor time of the page's main thread for a script and the layout it asks for."""
    before = thread_time(reader.driver)
    reader.run(f"const I = arguments[0]; {script}; document.body.offsetHeight;", i)
    return thread_time(reader.driver) - before


def thread_time(driver: WebDriver) -> float:
    """Milliseconds that the page's main thread has worked since the page was opened."""
    metrics = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return 1000 * next(item["value"] for item in metrics if item["name"] == "TaskDuration")


def main() -> None:
    """Print a table, a row for each number of nodes."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [100, 1000, 5000, 20000]
    with tempfile.TemporaryDirectory() as folder:
        for i, nodes in enumerate(sizes):
            figures = measure(nodes, Path(folder))
            if i == 0:
                print("nodes", *(f"{name:>8}" for name in figures), sep="\t")
            print(nodes, *(f"{figure:8.1f}" for figure in figures.values()), sep="\t", flush=True)


if __name__ == "__main__":
    main()
