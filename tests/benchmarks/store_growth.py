"""What a larger store takes: bytes, time and memory of loading, and how quick questions stay.

    python tests/benchmarks/store_growth.py OUTPUT FOLDER [--copies 1 10 50]

OUTPUT holds a build's graph, which is loaded as many times over into a new store in FOLDER, each
time with other statements, evidence, documents and entities: the texts stay the same length, but
nothing is shared between the copies save relations and values, so that a store of real articles,
which share what they tell of, takes rather less. Loaded as ``kg build`` does. Questions are what
kg's page of an entity asks (``star``: an entity's statements with sentence and source) of entities
drawn at random; half of their times are below the number that is given. Memory is the most that the
process ever had resident, in which a store's mapped files count.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from pyoxigraph import Quad, QuerySolution, QuerySolutions, RdfFormat, Store, parse
from scale import disk
from scale_build import memory

from kg.store import STORE_FOLDER
from kg.store.disk import open_current
from kg.vocab import DEFAULT_BASE, Names, prefixes

PARTS = ("statement", "evidence", "document", "entity", "selector")
ENTITIES = "SELECT ?e { ?e skos:prefLabel ?label } LIMIT 3000"
STAR = """SELECT ?relation ?what ?sentence ?source {
    ?s kg:subject <ENTITY> ; kg:predicate/kg:label ?relation ;
       kg:object/kg:label ?what ; kg:evidence ?e .
    ?e oa:hasSource/kg:fileName ?source ; oa:hasSelector/oa:exact ?sentence }"""
ASKED = 300
COLUMNS = (
    "triples",
    "seconds to load",
    "triples a second",
    "MB on disk",
    "bytes a triple",
    "peak MB",
    "ms a star",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 10, 50])
    options = parser.parse_args()
    text = open_current(options.output / STORE_FOLDER).store.dump(format=RdfFormat.N_QUADS)
    assert text is not None
    options.folder.mkdir(parents=True, exist_ok=True)
    print(f"| {' | '.join(COLUMNS)} |\n|{' ---: |' * len(COLUMNS)}", flush=True)
    for copies in sorted(options.copies):
        folder = options.folder / f"copies-{copies}"
        print(measured(text, copies, folder), flush=True)
        shutil.rmtree(folder)


def measured(text: bytes, copies: int, folder: Path) -> str:
    begin = time.perf_counter()
    store = Store(folder)
    store.bulk_extend(quads(text, copies))
    store.flush()
    del store
    seconds, size = time.perf_counter() - begin, disk(folder)
    peak = memory(Path(f"/proc/{os.getpid()}/status"))["peak"]
    store = Store.read_only(str(folder))
    triples = len(store)
    return (
        f"| {triples:,} | {seconds:,.0f} | {triples / seconds:,.0f} | {size / 1e6:,.0f} "
        f"| {size / triples:.1f} | {peak / 1e6:,.0f} | {1000 * star(store):.2f} |"
    )


def quads(text: bytes, copies: int) -> Iterator[Quad]:
    for number in range(copies):
        copy = text
        for part in PARTS:
            old = f"<{DEFAULT_BASE}{part}/".encode()
            copy = copy.replace(old, old + f"{number:03}-".encode())
        yield from parse(copy, format=RdfFormat.N_QUADS)


def star(store: Store) -> float:
    """Seconds that half of the questions take at most."""
    names = prefixes(Names(DEFAULT_BASE))
    entities = [row[0] for row in rows(store, ENTITIES, names)]
    times = []
    for entity in random.Random(0).choices(entities, k=ASKED):
        begin = time.perf_counter()
        rows(store, STAR.replace("<ENTITY>", str(entity)), names)
        times.append(time.perf_counter() - begin)
    return median(times)


def rows(store: Store, query: str, names: dict[str, str]) -> list[QuerySolution]:
    found = store.query(query, prefixes=names)
    assert isinstance(found, QuerySolutions)
    return list(found)


if __name__ == "__main__":
    main()
