"""A graph's statements measured against facts that people wrote down for whole documents.

``gold/facts.jsonl`` has one fact a line, with the names it may go by and how much it matters
(``salience``, 3 for what an article is about); ``gold/entities.json`` the names of entities;
``gold/sentences.json`` the sentences of each document, with their kind. A fact is found where a
statement with evidence in its sentence (or one of its context) has an accepted subject, relation
and object. Accepted names are never complete and words are compared leniently: look at what is
counted wrong and right before believing a figure.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from kg.evaluate.scores import GoldError, harmonic, read_gold
from kg.evaluate.wording import Row, alike, folded, same_relation, texts
from kg.export.tables import rows
from kg.pipeline import build_graph
from kg.types import GraphData

__all__ = ["FactGold", "FactScores", "evaluate_facts", "read_facts"]

Span = tuple[int, int]

SALIENCES: Final = (3, 2, 1)
_NOT_CONTENT: Final = frozenset({"boilerplate", "title-repeated"})
"""Kinds of sentences from which nothing should come."""


@dataclass(frozen=True, slots=True)
class FactScores:
    """How many of the facts were found, and how many of the statements are facts.

    Args:
        precision: share of the documents' statements (one a piece of evidence) that match a fact.
        recall: share of the facts found, by their least salience; the facts of one group count as
            one.
        facts: facts of the gold.
        statements: statements of the documents with gold.
        leaks: statements from sentences that are no content.
        flags: of the facts found, how many have the right value, and out of how many.
    """

    precision: float
    recall: Mapping[int, float]
    facts: int
    statements: int
    leaks: int
    flags: Mapping[str, tuple[int, int]]

    @property
    def f1(self) -> float:
        """F1 of precision and the recall of facts of salience 2 or more."""
        return harmonic(self.precision, self.recall[2])


@dataclass(frozen=True, slots=True)
class _Slot:
    """What may stand in a slot."""

    names: frozenset[str]
    optional: bool = False

    def takes(self, node: Row | None) -> bool:
        """Whether a statement's slot has one of the names."""
        said = [folded(text) for text in texts(node)]
        if not said:
            return self.optional
        return any(n in self.names or any(alike(n, m) for m in self.names) for n in said)


@dataclass(frozen=True, slots=True)
class _Fact:
    """One fact of the gold, its names folded."""

    id: str
    document: str
    sentences: tuple[int, ...]
    subject: _Slot
    relations: frozenset[str]
    object: _Slot
    negated: bool
    modality: str
    speaker: frozenset[str]
    """Names of whom it is attributed to; empty where nobody says it."""
    salience: int
    group: str

    def states(self, row: Row) -> bool:
        """Whether a row of statements.jsonl says this."""
        return (
            same_relation(self.relations, row["relation"])
            and self.subject.takes(row["subject"])
            and self.object.takes(row["object"])
        )

    def flags(self, row: Row) -> Iterator[tuple[str, bool]]:
        """Whether the row also agrees on what else there is to say."""
        yield "negated", row["negated"] == self.negated
        yield "modality", row["modality"] == self.modality
        if self.speaker:
            said = {folded(text) for text in texts(row["attributed_to"])}
            yield "attribution", not said.isdisjoint(self.speaker)


@dataclass(frozen=True, slots=True)
class FactGold:
    """Facts, and the sentences of their documents by file name."""

    facts: tuple[_Fact, ...]
    sentences: Mapping[str, tuple[tuple[int, str, str], ...]]
    """Number, kind and text of each sentence."""

    def score(self, data: GraphData) -> FactScores:
        """Compare a graph with the gold.

        Raises:
            GoldError: a document of the gold is not in the graph, or has other sentences.
        """
        known = {PurePath(d.source).name: d.text for d in data.documents}
        spans = {name: self._spans(name, known) for name in self.sentences}
        found: dict[str, Row] = {}
        statements = matched = leaks = 0
        for row in rows(data):
            if row["source"] not in spans:
                continue
            here = spans[row["source"]]
            near = {n for n, _, span in here if row["begin"] < span[1] and row["end"] > span[0]}
            facts = [f for f in self.facts if f.document == row["source"]]
            stated = [f for f in facts if not near.isdisjoint(f.sentences) and f.states(row)]
            for fact in stated:
                found.setdefault(fact.id, row)
            statements += 1
            matched += bool(stated)
            leaks += any(n in near and kind in _NOT_CONTENT for n, kind, _ in here)
        return FactScores(
            precision=matched / statements if statements else 0.0,
            recall={level: self._recall(found, level) for level in SALIENCES},
            facts=len(self.facts),
            statements=statements,
            leaks=leaks,
            flags=self._flags(found),
        )

    def _spans(self, name: str, known: Mapping[str, str]) -> list[tuple[int, str, Span]]:
        """Number, kind and span of each sentence of a document."""
        if name not in known:
            raise GoldError(f"{name}: has gold but is not among the documents; see --seeds")
        found: list[tuple[int, str, Span]] = []
        text, at = known[name], 0
        for number, kind, sentence in self.sentences[name]:
            begin = text.find(sentence, at)
            begin = begin if begin >= 0 else text.find(sentence)
            if begin < 0:
                raise GoldError(f"{name}: sentence {number} of the gold is not in the document")
            found.append((number, kind, (begin, begin + len(sentence))))
            at = max(at, begin)
        return found

    def _recall(self, found: Mapping[str, Row], salience: int) -> float:
        """The share found of the facts that matter so much, a group counting as one fact."""
        sizes = Counter(fact.group for fact in self.facts)
        facts = [fact for fact in self.facts if fact.salience >= salience]
        total = sum(1 / sizes[fact.group] for fact in facts)
        got = sum(1 / sizes[fact.group] for fact in facts if fact.id in found)
        return got / total if total else 0.0

    def _flags(self, found: Mapping[str, Row]) -> dict[str, tuple[int, int]]:
        """Of each flag how often it is right and how often it was looked at."""
        agreed: defaultdict[str, list[bool]] = defaultdict(list)
        for fact in self.facts:
            if fact.id in found:
                for name, right in fact.flags(found[fact.id]):
                    agreed[name].append(right)
        return {name: (sum(right), len(right)) for name, right in sorted(agreed.items())}


def evaluate_facts(gold: FactGold, seeds: str | Path) -> FactScores:
    """Build the documents' graph in memory, as the code has it now, and compare.

    Raises:
        ReadError: there are no documents to read.
        GoldError: a document of the gold is not among them, or has other sentences.
    """
    return gold.score(build_graph([seeds], use_cache=False).data)


# -- the gold --------------------------------------------------------------------------------


def read_facts(data: Path) -> FactGold:
    """The gold in a folder of data.

    Raises:
        GoldError: a file is missing, or not in its format.
    """
    folder = data / "gold"
    contents = [read_gold(folder / n) for n in ("entities.json", "facts.jsonl", "sentences.json")]
    try:
        entities = {entity["id"]: entity for entity in json.loads(contents[0])}
        facts = tuple(
            _fact(json.loads(line), entities) for line in contents[1].splitlines() if line
        )
        sentences = {
            name: tuple((row["n"], row["kind"], row["text"]) for row in found)
            for name, found in json.loads(contents[2]).items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise GoldError(f"{folder}: not in the format of the gold ({reason})") from error
    return FactGold(facts, sentences)


def _fact(row: Row, entities: Mapping[str, Row]) -> _Fact:
    context = row.get("context_sentences") or []
    relations = (row["relation_lemma"], row["relation_en"], *row["accept_relations"])
    speaker = row["attributed_to"]
    return _Fact(
        id=row["id"],
        document=row["doc"],
        sentences=(row["sentence_no"], *(_number(item) for item in context)),
        subject=_slot(row, "subject", entities),
        relations=frozenset(folded(text) for text in relations if text) - {""},
        object=_slot(row, "object", entities),
        negated=row["negated"],
        modality=row["modality"],
        speaker=_names(speaker, entities) if speaker else frozenset(),
        salience=row["salience"],
        group=row["group"] or row["id"],
    )


def _number(item: Row | int) -> int:
    return item if isinstance(item, int) else int(item["sentence_no"])


def _slot(row: Row, slot: str, entities: Mapping[str, Row]) -> _Slot:
    """The names a slot may have: those of its entity, or its text, and what else is accepted."""
    accepted = row[f"accept_{slot}s"]
    target = row[slot] or ""
    names = _names(target, entities) if row[f"{slot}_type"] == "entity" else {folded(target)}
    others = (_names(name, entities) for name in accepted if name is not None)
    return _Slot(frozenset(names).union(*others) - {""}, optional=None in accepted)


def _names(name: str, entities: Mapping[str, Row]) -> frozenset[str]:
    """Every name of an entity and of its members; of what is no entity, the name itself."""
    names: set[str] = set()
    seen: set[str] = set()
    todo = [name]
    while todo:
        identifier = todo.pop()
        if identifier in seen:
            continue
        seen.add(identifier)
        entity = entities.get(identifier, {})
        others = [*entity.get("aliases", []), *entity.get("adjectival", [])]
        names |= {identifier, *filter(None, entity.get("label", {}).values())}
        names |= {other["string"] for other in others}
        todo += entity.get("members") or []
    return frozenset(map(folded, names)) - {""}
