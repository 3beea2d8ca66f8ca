"""Does merging across documents cost in proportion to them? Ten times the documents, the time.

    python tests/benchmarks/resolution.py [DOCUMENTS]

Makes synthetic facts (people, firms, countries, described agreements with their signers, common
nouns; names as frequent as rank allows, Zipf) of DOCUMENTS articles (2,000: 100,000 mentions) and
of a tenth of them, and prints the processor time that merging takes for each, done as a build does
it: the facts are read from the spool, the graph is passed on piece by piece. Both are merged by
turns, as a machine may be slower at one time than at another, and the median of the ratios counts.
The exit code is 1 where ten times the documents take more than eleven times as long.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory

from kg.dataset import Local, without_collector
from kg.resolve import DocumentFacts, LocalEntity, LocalMention, LocalRelation, LocalStatement
from kg.resolve.corpus import resolve
from kg.resolve.corrections import Corrections
from kg.spool import Spool
from kg.types import Block, Document, Evidence, Qualifier, Value

MENTIONS = 50
"""A document."""
STATEMENTS = 25
LIMIT = 11.0
ROUNDS = 5
TIMES = 3
"""The tenth is merged, before the whole and after it."""
CODES = (
    "IT US JP CN FR DE GB ES BR IN RU CA AU MX KR ZA EG TR PL SE NO FI GR PT AT CH BE NL IE".split()
)
SYLLABLES = [a + b for a in "b c d f g l m n p r s t v z".split() for b in "aeiou"]
RELATIONS = [
    f"{verb}_{case}"
    for verb in "meet sign visit invest sell buy".split()
    for case in "in with of".split()
]


class Names:
    """Names drawn by Zipf's law, always the same for a seed."""

    def __init__(self, count: int, words: int, seed: int) -> None:
        draw = random.Random(seed)
        self.names = [
            " ".join("".join(draw.choices(SYLLABLES, k=3)).title() for _ in range(words))
            for _ in range(count)
        ]
        self.weights = list(accumulate(1 / rank for rank in range(1, count + 1)))

    def draw(self, by: random.Random) -> str:
        return by.choices(self.names, cum_weights=self.weights)[0]


def corpus(size: int) -> Iterator[DocumentFacts]:
    """So many documents; the more, the more different names they have, as in real news."""
    people = Names(size * 4, 2, 1)
    firms = Names(size * 2, 1, 2)
    nouns = Names(5_000, 2, 3)
    words = Names(20_000, 1, 4)
    for number in range(size):
        yield document(number, people, firms, nouns, words)


def document(number: int, people: Names, firms: Names, nouns: Names, words: Names) -> DocumentFacts:
    draw = random.Random(number)
    entities: list[LocalEntity] = []

    def add(type_: str, key: str, name: str, *, kind: str = "") -> str:
        local = f"e{len(entities)}"
        spoken = MENTIONS // 25
        mentions = tuple(LocalMention(i, i + 1, i, "same name" if i else "") for i in range(spoken))
        named = type_ != "concept" and not kind
        entities.append(
            LocalEntity(local, type_, key, "en", ((name, spoken),), named, kind, mentions=mentions)  # type: ignore[arg-type]
        )
        return local

    for name in [people.draw(draw) for _ in range(8)]:
        add("person", f"person:{name.lower()}", name)
    for name in [people.draw(draw).split()[1] for _ in range(2)]:
        add("person", f"person:{name.lower()}", name)
    for name in [firms.draw(draw) for _ in range(5)]:
        add(
            *(
                ("organization", f"organization:{name.lower()}")
                if draw.random() < 0.8
                else ("concept", f"name:{name.lower()}")
            ),
            name,
        )
    for code in draw.sample(CODES, 3):
        add("country", f"country:{code}", code)
    for name in [nouns.draw(draw) for _ in range(5)]:
        add("concept", f"concept:{name.lower()}", name)
    deals = [add("agreement", "", "agreement", kind="agreement") for _ in range(2)]
    statements = [
        said(
            number,
            draw,
            f"e{draw.randrange(8)}",
            draw.choice(RELATIONS),
            draw.choice(deals) if draw.random() < 0.2 else f"e{draw.randrange(len(entities))}",
        )
        for _ in range(STATEMENTS)
    ]
    text = " ".join(words.draw(draw) for _ in range(300))
    published = f"20{draw.randrange(10, 26)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
    about = Document(f"{number:08x}", f"{number}.txt", text, "en", published=published,
                     blocks=(Block(0, len(text), "paragraph"),))  # fmt: skip
    return DocumentFacts(about, tuple(entities), tuple(statements))


def said(
    number: int, draw: random.Random, subject: str, relation: str, object_: str
) -> LocalStatement:
    day = f"20{draw.randrange(10, 26)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
    when = (Qualifier("time", Value("date", day, "date")),) if draw.random() < 0.3 else ()
    begin = draw.randrange(1000)
    evidence = Evidence(
        f"{number:08x}", begin, begin + 9, "w", relation, subject, object_, confidence=0.8
    )
    return LocalStatement(
        subject,
        LocalRelation(relation, relation, relation, "en"),
        object_,
        when,
        False,
        "asserted",
        evidence,
    )


def spooled(size: int, folder: Path) -> Spool:
    """So many documents as a build's first pass leaves them."""
    spool = Spool(folder / f"{size}")
    for facts in corpus(size):
        spool.put_line(facts.document, facts.to_json())
    return spool


def merged(spool: Spool) -> tuple[float, int, int]:
    """Processor time, entities and statements."""
    begin = time.process_time()
    with without_collector(), TemporaryDirectory() as folder:
        found = resolve(Local(lambda: spool, Path(folder)), Corrections())
        statements, entities = found.statements.total(one), found.entities.total(one)
    return time.process_time() - begin, entities, statements


def one(_: object) -> int:
    return 1


def main() -> int:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    ratios = []
    with TemporaryDirectory() as folder:
        small, large = spooled(size // 10, Path(folder)), spooled(size, Path(folder))
        merged(small)  # tables that are read once
        for _ in range(ROUNDS):
            before = [merged(small)[0] for _ in range(TIMES)]
            long, entities, statements = merged(large)
            short = mean(before + [merged(small)[0] for _ in range(TIMES)])
            ratios.append(long / short)
            print(
                f"{size:,} documents, {size * MENTIONS:,} mentions: {entities:,} entities, "
                f"{statements:,} statements in {long:.2f} s; a tenth of them {short:.2f} s, "
                f"{ratios[-1]:.1f} times",
                flush=True,
            )
    ratio = median(ratios)
    print(f"10 times the documents, {ratio:.1f} times the time (limit {LIMIT:.0f})")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
