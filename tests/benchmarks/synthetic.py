"""A graph of any size, the same every time: what a large build would hold, without the reading."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from kg.store import KnowledgeGraph
from kg.types import (
    Block,
    Document,
    Entity,
    Evidence,
    GraphData,
    Property,
    Qualifier,
    Statement,
    Value,
)

TYPES = ("person", "organization", "country", "city", "concept", "agreement", "event")
RELATIONS = (
    *("sign", "invest_in", "meet", "visit", "praise", "control", "open", "be", "nominate", "join"),
    *(f"relate_{number}" for number in range(90)),
)
MODALITIES = ("asserted", "asserted", "asserted", "asserted", "planned", "possible")
PER_STATEMENT = 45.8
"""Triples that a statement brings with its evidence, passages, entities and documents."""


def synthetic(statements: int) -> GraphData:
    """A graph of so many statements; one million triples are about 21,800."""
    draw = random.Random(0)
    documents = [_document(number) for number in range(max(1, statements // 25))]
    entities = [_entity(number, draw) for number in range(max(8, statements // 4))]
    names = [entity.id for entity in entities]
    return GraphData(
        documents=tuple(documents),
        entities=tuple(entities),
        properties=tuple(
            Property(name, (("en", name.replace("_", " ")), ("it", f"it {name}")))
            for name in RELATIONS
        ),
        statements=tuple(_statements(statements, names, documents, draw)),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _document(number: int) -> Document:
    text = f"Article {number}. " + "Somebody did something somewhere. " * 40
    return Document(
        id=_digest(text),
        source=f"{number:06}.txt",
        text=text,
        language="en" if number % 2 else "it",
        published=f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
        blocks=(Block(0, len(text) - 1, "paragraph"),),
    )


def _entity(number: int, draw: random.Random) -> Entity:
    name = f"Thing {number}"
    return Entity(
        name.replace(" ", "_"),
        draw.choice(TYPES),  # type: ignore[arg-type]
        (("en", name), ("it", f"Cosa {number}")),
        (("en", f"T. {number}"),),
    )


def _statements(
    count: int, names: list[str], documents: list[Document], draw: random.Random
) -> Iterator[Statement]:
    for number in range(count):
        # A few entities are in everything, as in the news.
        subject, target = (names[int(len(names) * draw.random() ** 3)] for _ in range(2))
        evidence = tuple(
            _evidence(draw.choice(documents), draw) for _ in range(1 + (number % 5 == 0))
        )
        qualifiers = []
        if number % 3 == 0:
            day = f"2025-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
            qualifiers.append(Qualifier("time", Value("date", day, "date")))
        if number % 7 == 0:
            amount = str(draw.randint(1, 999) * 1_000_000)
            qualifiers.append(Qualifier("amount", Value("money", amount, "decimal", unit="USD")))
        yield Statement(
            id=_digest(f"statement {number}"),
            subject=subject,
            relation=draw.choice(RELATIONS),
            object=target,
            qualifiers=tuple(qualifiers),
            negated=number % 20 == 0,
            modality=draw.choice(MODALITIES),  # type: ignore[arg-type]
            confidence=round(draw.random(), 3),
            evidence=evidence,
        )


def _evidence(document: Document, draw: random.Random) -> Evidence:
    begin = draw.randrange(len(document.text) - 60)
    return Evidence(
        document=document.id,
        begin=begin,
        end=begin + 50,
        quote=document.text[begin : begin + 50],
        relation_text="did",
        subject_text="Somebody",
        object_text="something",
        subject_span=(begin, begin + 8),
        relation_span=(begin + 9, begin + 12),
        object_span=(begin + 13, begin + 22),
        confidence=round(draw.random(), 2),
        rule="clause",
    )


def output_of(folder: Path, triples: int) -> Path:
    """An output folder with a store of about so many triples; made where it is not there."""
    if not (folder / "store" / "current").is_file():
        data = synthetic(round(triples / PER_STATEMENT))
        KnowledgeGraph.from_data(data, path=folder / "store")
    return folder
