"""What several documents tell of one agreement or event.

Two descriptions of one kind are of one thing if the same relation ties them to the same two or
more named things (*Trump and Takaichi signed an agreement*), and no date speaks against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from kg.dataset import Dataset, Key
from kg.resolve.nodes import Link, Nodes
from kg.resolve.outline import Outline

__all__ = ["Described", "described", "link_events"]

_SAME_NEWS: Final = 7
"""Days between publications within which alike descriptions may be of one event."""
_RANK: Final = 9
"""After all links by name."""


class Described(NamedTuple):
    """A described thing that a relation ties to named ones."""

    kind: str
    relation: str
    named: tuple[str, ...]
    """Their nodes, sorted."""
    document: str
    node: str
    dates: frozenset[str]
    published: str


def described(document: Outline, nodes: Nodes, renamed: Mapping[str, str]) -> Iterator[Described]:
    """What a document describes by two named things or more; groups count as their members.

    Args:
        document: its outline.
        nodes: give the nodes of its entities.
        renamed: for local entities whose node is one thing with a smaller one, that one.
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    local = {e.id: e for e in document.entities}

    def node_of(name: str) -> str:
        return renamed.get(name) or nodes.of(document.document, local[name])

    for tie in document.ties:
        subject = local[tie.subject]
        for name in subject.members or ((subject.id,) if subject.named else ()):
            found[tie.thing, tie.relation].add(node_of(name))
    for entity in document.entities:
        for name in entity.participants:
            found[entity.id, ""].add(node_of(name))
    dates: dict[str, set[str]] = defaultdict(set)
    for name, day in document.dates:
        dates[name].add(day)
    for (name, relation), named in sorted(found.items()):
        entity = local[name]
        if len(named) >= 2 and entity.kind and not entity.named and not entity.key:
            yield Described(
                entity.kind,
                relation,
                tuple(sorted(named)),
                document.document,
                nodes.of(document.document, entity),
                frozenset(dates[name]),
                document.published,
            )


def link_events(found: Dataset[Described]) -> Dataset[Link]:
    """Descriptions of different documents that are of one thing."""
    return found.group(_block, _order, _same)


def _block(item: Described) -> Key:
    return item.kind, item.relation, item.named


def _order(item: Described) -> Key:
    return item.document, item.node


def _same(_: Key, items: Iterator[Described]) -> Iterator[Link]:
    kept: list[Described] = []
    for item in items:
        for other in kept:
            if other.document != item.document and _same_time(item, other):
                yield Link(_RANK, other.node, item.node, "same participants, same time")
                break
        else:
            kept.append(item)


def _same_time(first: Described, second: Described) -> bool:
    """Whether nothing dated speaks against it: dates agree, or the news is of the same days."""
    mine, theirs = first.dates, second.dates
    if mine and theirs:
        return any(a.startswith(b) or b.startswith(a) for a in mine for b in theirs)
    a, b = first.published, second.published
    return not (a and b) or _days_apart(a, b) <= _SAME_NEWS


def _days_apart(first: str, second: str) -> int:
    try:
        return abs((date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])).days)
    except ValueError:
        return 0
