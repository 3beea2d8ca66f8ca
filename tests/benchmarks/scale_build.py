"""What ``scale.py`` measures, each in a process of its own: the build, and ``nlp.pipe`` alone.

    python tests/benchmarks/scale_build.py build CORPUS OUTPUT JOBS
    python tests/benchmarks/scale_build.py pipe CORPUS FIRST STEP LAST

``build`` does what ``kg build CORPUS -o OUTPUT --jobs JOBS --no-cache`` does. It says where it is,
on standard output, a JSON object a line: at each change of stage and every so many documents the
seconds since the process began, its own processor time and its own memory. ``pipe`` reads every
STEP-th of the first LAST documents from FIRST on, and says how long the shipped pipelines took.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import defaultdict
from itertools import islice
from pathlib import Path
from typing import Any

_BEGIN = time.perf_counter()
_EVERY = 500
_STATUS = Path("/proc/self/status")
_FIELDS = {"VmHWM": "peak", "VmRSS": "resident", "RssAnon": "anonymous"}


def memory(status: Path) -> dict[str, int]:
    """Bytes a process has resident: the most it ever had, now, and now without mapped files.

    They are of its own pages: its children's are not among them. Empty where it has ended.
    """
    found = {}
    for line in status.read_text().splitlines():
        name, _, value = line.partition(":")
        if name in _FIELDS:
            found[_FIELDS[name]] = int(value.split()[0]) * 1024
    return found


def say(**what: Any) -> None:
    own = {"seconds": time.perf_counter() - _BEGIN, "processor": time.process_time()}
    print(json.dumps(what | own | memory(_STATUS)), flush=True)


def build(corpus: str, output: str, jobs: str) -> None:
    from kg.pipeline import build
    from kg.workers import Limits

    stage = ""

    def note(name: str, documents: int) -> None:
        nonlocal stage
        if name != stage or documents % _EVERY == 0:
            say(stage=name, done=documents)
        stage = name

    say(stage="imported", done=0)
    result = build(
        [corpus], output, jobs=int(jobs), limits=Limits(), use_cache=False, progress=note
    )
    children = resource.getrusage(resource.RUSAGE_CHILDREN)  # all have ended
    say(
        stage="end",
        documents=result.documents,
        entities=result.entities,
        statements=result.statements,
        failures=len(result.failures),
        reasons=[f"{f.source}: {f.reason}" for f in result.failures[:5]],
        repeated=len(result.repeated),
        workers=children.ru_utime + children.ru_stime,
        largest_child=children.ru_maxrss * 1024,
    )


def pipe(corpus: str, first: str, step: str, last: str) -> None:
    from kg.annotate import load_pipeline, plain
    from kg.read import read
    from kg.types import Document

    texts: dict[str, list[str]] = defaultdict(list)
    words = 0
    for document in islice(read([corpus]), int(first), int(last), int(step)):
        if isinstance(document, Document):
            words += len(document.text.split())
            texts[document.language] += (
                plain(document.text[b.begin : b.end])
                for b in document.blocks
                if b.kind != "boilerplate"
            )
    for language in texts:  # loads what is loaded late
        list(load_pipeline(language).pipe(texts[language][:5]))
    print("ready", flush=True)
    sys.stdin.readline()  # all processes begin together
    begin, processor = time.perf_counter(), time.process_time()
    tokens = sum(len(doc) for x, found in texts.items() for doc in load_pipeline(x).pipe(found))
    seconds, processor = time.perf_counter() - begin, time.process_time() - processor
    print(
        json.dumps({"words": words, "tokens": tokens, "seconds": seconds, "processor": processor})
    )


if __name__ == "__main__":
    if sys.argv[1] == "build":
        build(*sys.argv[2:])
    else:
        pipe(*sys.argv[2:])
