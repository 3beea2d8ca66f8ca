"""Which mentions are one entity, across documents and languages, measured on clusters by hand.

``gold/entities.json`` names things with the wordings each has in each document: names (every place
where one stands), and what stands in a numbered sentence: a capital that means its government, a
description, a pronoun, a silent subject. One of ours is the same mention if its head word is in the
gold's. B³ is over the gold's mentions that our graph has; how many there are of things of which the
graph says nothing is counted apart. Adjectives of nationality are no mentions, for they are no
node's, nor are appositions, which the graph has as statements.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

from kg.evaluate.clusters import Tally, b_cubed
from kg.evaluate.scores import GoldError, read_gold
from kg.read import ReadFailure, read
from kg.resolve import DocumentFacts, Member, in_order, resolve_identities
from kg.workers import Settings, document_facts

__all__ = ["EntityGold", "EntityScores", "read_entities"]

Row = Mapping[str, Any]
Span = tuple[int, int]

_SAID_OF: Final = frozenset({"apposition"})
"""Kinds of mentions that our graph has as statements of what something is."""
_NOT_CONTENT: Final = frozenset({"boilerplate", "title-repeated"})


@dataclass(frozen=True, slots=True)
class EntityScores:
    """B³ over the gold's mentions that our graph has, and how many these are."""

    tally: Tally
    mentions: int
    found: int


@dataclass(frozen=True, slots=True)
class _Mention:
    """A wording of the gold; ``sentence`` is None where it stands for every place."""

    document: str
    text: str
    sentence: int | None
    entity: str


@dataclass(frozen=True, slots=True)
class EntityGold:
    """Wordings of entities, and the sentences of the documents by file name."""

    mentions: Sequence[_Mention]
    sentences: Mapping[str, Mapping[int, tuple[str, str]]]
    """Kind and text by number."""

    def evaluate(self, seeds: str | Path) -> EntityScores:
        """Resolve the documents, as the code does now, and compare.

        Raises:
            ReadError: there are no documents to read.
            GoldError: a document of the gold is not among them.
        """
        documents = [d for d in read([seeds]) if not isinstance(d, ReadFailure)]
        found = document_facts(documents, Settings())
        return self.score([f.facts for f in found if not isinstance(f, ReadFailure)])

    def score(self, facts: Sequence[DocumentFacts]) -> EntityScores:
        """Compare what documents say with the gold.

        Raises:
            GoldError: a document of the gold is not among them.
        """
        ordered = in_order(facts)
        _, ids = resolve_identities(ordered)
        by_name = {PurePath(f.document.source).name: f for f in ordered}
        gold: dict[str, set[tuple[str, Span]]] = defaultdict(set)
        said: dict[object, set[tuple[str, Span]]] = defaultdict(set)
        total = known = 0
        for name in sorted(self.sentences):
            if name not in by_name:
                raise GoldError(f"{name}: has gold but is not among the documents; see --seeds")
            places = self._places(name, by_name[name].document.text)
            total += len(places)
            for span, entity in sorted(places.items()):
                found = _entity_at(by_name[name], ids, span)
                if found is not None:
                    known += 1
                    gold[entity].add((name, span))
                    said[found].add((name, span))
        return EntityScores(b_cubed(list(gold.values()), list(said.values())), total, known)

    def _places(self, name: str, text: str) -> dict[Span, str]:
        """Where the entities stand; of overlapping wordings the longest, the numbered first."""
        found: dict[Span, str] = {}
        taken = [False] * len(text)
        spans = self._sentences(name, text)
        ranked = sorted(
            (m for m in self.mentions if m.document == name),
            key=lambda m: (m.sentence is None, -len(m.text), m.text),
        )
        for mention in ranked:
            if mention.sentence is not None and mention.sentence not in spans:
                continue
            wanted = [spans[mention.sentence]] if mention.sentence is not None else spans.values()
            for begin, end in wanted:
                for match in re.finditer(
                    rf"(?<!\w){re.escape(mention.text)}(?!\w)", text[begin:end]
                ):
                    span = begin + match.start(), begin + match.end()
                    if not any(taken[slice(*span)]):
                        taken[slice(*span)] = [True] * len(match.group())
                        found[span] = mention.entity
                        if mention.sentence is not None:
                            break
        return found

    def _sentences(self, name: str, text: str) -> dict[int, Span]:
        """The spans of a document's content by the number of the sentence."""
        found: dict[int, Span] = {}
        at = 0
        for number, (kind, sentence) in sorted(self.sentences[name].items()):
            begin = text.find(sentence, at)
            if begin >= 0:
                at = begin + len(sentence)
                if kind not in _NOT_CONTENT:
                    found[number] = begin, at
        return found


def _entity_at(facts: DocumentFacts, ids: Mapping[Member, str], span: Span) -> object | None:
    """The entity of the mention whose head is in a span; None where there is none.

    Of several the one that begins first has the others inside (*an agreement on [supplies]*).
    """
    best: tuple[bool, float, object] | None = None
    for entity in facts.entities:
        for mention in entity.mentions:
            if not span[0] <= mention.head < span[1]:
                continue
            common = min(span[1], mention.end) - max(span[0], mention.begin)
            whole = max(span[1], mention.end) - min(span[0], mention.begin)
            rank = mention.begin <= span[0] < mention.end, common / whole
            if best is None or rank > best[:2]:
                best = (*rank, ids[facts.document.id, entity.id])
    return best[2] if best else None


def read_entities(data: Path) -> EntityGold:
    """The gold in a folder of data.

    Raises:
        GoldError: a file is missing, or not in its format.
    """
    folder = data / "gold"
    contents = [read_gold(folder / name) for name in ("entities.json", "sentences.json")]
    try:
        mentions = tuple(m for row in json.loads(contents[0]) for m in _mentions(row))
        sentences = {
            name: {int(row["n"]): (row["kind"], row["text"]) for row in rows}
            for name, rows in json.loads(contents[1]).items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise GoldError(f"{folder}: not in the format of the gold ({reason})") from error
    return EntityGold(mentions, sentences)


def _mentions(row: Row) -> Iterator[_Mention]:
    for alias in row["aliases"]:
        yield _Mention(alias["doc"], alias["string"], None, row["id"])
    for other in (*row["mentions"], *row["coref"]):
        if other["kind"] in _SAID_OF:
            continue
        yield _Mention(other["doc"], other["string"], other["sentence_no"], row["id"])
