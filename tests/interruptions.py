"""Changes a graph while it is killed or read; test_incremental.py runs this by itself.

All work is done in forks of this process, which itself touches no store: the libraries are loaded
once, and a fork has no threads to miss. ``kill N`` prints the state after each of N kills,
``read N`` what a reader saw during N changes.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kg.pipeline import add, build, build_graph, remove
from kg.store import KnowledgeGraph

FILES = ("graph.ttl", "graph.html", "statements.jsonl")
SMALL, LARGE = ["news/a.txt", "news/b.txt"], "news/c.txt"


def change(forward: bool) -> None:
    if forward:
        add([LARGE])
    else:
        remove([LARGE])


def child(work: Callable[[], object]) -> int:
    """Starts a process that does the work; it leaves with 1 where that fails."""
    number = os.fork()
    if not number:
        try:
            work()
            os._exit(0)
        except BaseException as error:  # noqa: BLE001 - to the parent as an exit code
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            sys.stderr.flush()
            os._exit(1)
    return number


def done(work: Callable[[], object]) -> None:
    """Does the work in a process of its own."""
    assert os.waitpid(child(work), 0)[1] == 0


def outputs(folder: str) -> dict[str, bytes]:
    return {name: Path(folder, name).read_bytes() for name in FILES}


def kill(times: int) -> list[str]:
    """Kills a change at random moments, checks what is left, and does it to the end."""
    rng = random.Random(7)
    build_graph([*SMALL, LARGE])  # in memory: forks find all tables read
    done(lambda: build(SMALL, "small"))
    done(lambda: build([*SMALL, LARGE], "large"))
    begin = time.perf_counter()
    done(lambda: build([*SMALL, LARGE], "timed"))
    duration = time.perf_counter() - begin
    states = []
    for attempt in range(times):
        forward = attempt % 2 == 0
        before, after = ("small", "large") if forward else ("large", "small")
        shutil.rmtree("output", ignore_errors=True)
        shutil.copytree(before, "output")
        number = child(lambda: change(forward))  # noqa: B023 - it is done before the next
        time.sleep(rng.uniform(0, 1.3 * duration))
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        done(lambda: mend(before, after, forward))  # noqa: B023
        states.append(Path("state").read_text())
    return states


def mend(before: str, after: str, forward: bool) -> None:
    """Checks a graph whose change was killed, and makes the change."""
    found = KnowledgeGraph.open("output").to_turtle().encode()
    state = {outputs(before)["graph.ttl"]: "before", outputs(after)["graph.ttl"]: "after"}[found]
    for name, content in outputs("output").items():
        assert content in (outputs(before)[name], outputs(after)[name]), name
    if state == "before" or forward:  # what is gone cannot be removed again
        change(forward)
        assert outputs("output") == outputs(after)
        assert not Path("output/.new").exists()
    assert KnowledgeGraph.open("output").to_turtle().encode() == outputs(after)["graph.ttl"]
    Path("state").write_text(state)


def read(times: int) -> dict[str, object]:
    """Reads a graph without a pause while another process adds and removes."""
    done(lambda: build([*SMALL, LARGE], "large"))
    done(lambda: build(SMALL, "output"))
    writer = child(lambda: [change(n % 2 == 0) for n in range(times)])
    done(lambda: look(writer))
    assert os.waitpid(writer, 0)[1] == 0
    return json.loads(Path("seen").read_text())  # type: ignore[no-any-return]


def look(writer: int) -> None:
    """Reads until a writer is gone."""
    allowed = [triples("large"), triples("output")]
    states = []
    while Path(f"/proc/{writer}/stat").read_text().split()[2] != "Z":
        states.append(triples("output"))
    seen = {"reads": len(states), "allowed": allowed, "states": sorted(set(states))}
    Path("seen").write_text(json.dumps(seen))


def triples(folder: str) -> int:
    """How many triples are read, one by one, in the graph of a folder."""
    return sum(1 for _ in KnowledgeGraph.open(folder).store)


if __name__ == "__main__":
    json.dump({"kill": kill, "read": read}[sys.argv[1]](int(sys.argv[2])), sys.stdout)
