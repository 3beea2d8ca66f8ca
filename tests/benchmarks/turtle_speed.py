"""How long Turtle takes, against Oxigraph's own dump of the same store in the same run.

    python tests/benchmarks/turtle_speed.py FOLDER [TRIPLES]

makes a graph of at least so many triples (a million unless told) in FOLDER/store, where it stays
for the next run, and prints the median of three runs of each and their ratio (aim: at most 2).
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat

from kg.export.rdf import write_rdf
from kg.store import KnowledgeGraph
from kg.types import Document, Entity, Evidence, GraphData, Property, Qualifier, Statement, Value
from kg.vocab import digest

LINES = 10
"""Sentences, and so statements, of a document."""


def graph(statements: int) -> GraphData:
    """Statements between random entities, each with a sentence of its own."""
    rng = random.Random(1)
    people = max(2, statements // 4)
    documents, found = [], []
    for number in range(statements // LINES):
        facts = [
            (rng.randrange(people), rng.randrange(200), rng.randrange(people)) for _ in range(LINES)
        ]
        lines = [
            f"Entity {a} has done {r} with Entity {b} in {number}.{k}."
            for k, (a, r, b) in enumerate(facts)
        ]
        text = "\n".join(lines)
        identifier = digest(text)
        documents.append(Document(identifier, f"{number}.txt", text, "en", title=f"No. {number}"))
        found += _statements(identifier, lines, facts)
    return GraphData(
        documents=tuple(documents),
        entities=tuple(
            Entity(f"Entity_{i}", "person", (("en", f"Entity {i}"), ("it", f"Entità {i}")))
            for i in range(people)
        ),
        properties=tuple(
            Property(f"do_{i}", (("en", f"do {i}"), ("it", f"fare {i}"))) for i in range(200)
        ),
        statements=tuple(found),
        provenance=(("tool", "benchmark"),),
    )


def _statements(
    document: str, lines: list[str], facts: list[tuple[int, int, int]]
) -> Iterator[Statement]:
    begin = 0
    for line, (a, relation, b) in zip(lines, facts, strict=True):
        first, last = len(f"Entity {a}"), line.index("with") + 5
        evidence = Evidence(
            document=document,
            begin=begin,
            end=begin + len(line),
            quote=line,
            relation_text=line[first + 1 : last],
            subject_text=f"Entity {a}",
            object_text=f"Entity {b}",
            subject_span=(begin, begin + first),
            relation_span=(begin + first + 1, begin + last - 1),
            object_span=(begin + last, begin + last + len(f"Entity {b}")),
            confidence=0.9,
            rule="clause",
        )
        qualifiers = (
            Qualifier("time", Value("date", f"2025-10-{1 + a % 28:02}", "date")),
            Qualifier("amount", Value("money", str(a), "decimal", unit="USD")),
        )
        yield Statement(
            digest(document, line), f"Entity_{a}", f"do_{relation}", f"Entity_{b}", qualifiers,
            negated=False, modality="asserted", confidence=0.9, evidence=(evidence,),
        )  # fmt: skip
        begin += len(line) + 1


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main(folder: Path, triples: int) -> None:
    if not (folder / "store").is_dir():
        KnowledgeGraph.from_data(graph(triples // 43), path=folder / "store")
    opened = KnowledgeGraph.open(folder)
    ours, theirs = folder / "ours.ttl", folder / "theirs.ttl"
    runs = [
        (
            seconds(lambda: opened.store.dump(theirs, RdfFormat.TURTLE, from_graph=DefaultGraph())),
            seconds(lambda: write_rdf(opened, ours, "turtle")),
        )
        for _ in range(3)
    ]
    dump, turtle = (statistics.median(times) for times in zip(*runs, strict=True))
    sys.stdout.write(
        f"{len(opened.store):,} triples: Oxigraph's dump {dump:.2f} s, Turtle {turtle:.2f} s, "
        f"ratio {turtle / dump:.2f}\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
