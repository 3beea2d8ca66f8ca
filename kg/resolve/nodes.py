"""What is one thing by its key alone: the nodes that merging joins, and what it joins them by.

A node is a key that local entities of any document share, or a single local entity that has none.
Where a person's corrections keep names apart, the entities that bear one of them are a node of
their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kg.resolve.corrections import Corrections
from kg.resolve.facts import LocalEntity
from kg.resolve.outline import Outline
from kg.resolve.words import fold

__all__ = ["Link", "Member", "Nodes", "Sets", "Sighting", "member_of"]

Member = tuple[str, str]
"""Document id and local entity id."""

_ALONE: Final = "@"
"""Begins the node of a local entity without a key; no key begins so."""
_MARK: Final = "\x1f"
"""Stands before what keeps a node apart from others: no name holds it."""


class Sighting(NamedTuple):
    """A local entity, without its mentions, and the node it is of."""

    document: str
    local: str
    node: str
    entity: LocalEntity


class Link(NamedTuple):
    """Two nodes that are one thing, and the rule that says so; of lower rank comes first."""

    rank: int
    first: str
    second: str
    rule: str


class Nodes:
    """The nodes of documents' entities under a person's corrections."""

    def __init__(self, corrections: Corrections) -> None:
        self._apart = [
            frozenset(fold(name.replace("_", " ")) for name in group)
            for group in corrections.different
        ]

    @property
    def constrained(self) -> bool:
        """Whether anything is kept apart."""
        return bool(self._apart)

    def of(self, document: str, entity: LocalEntity) -> str:
        """The node of a document's entity."""
        key = entity.key
        node = key if key and key != "group" else f"{_ALONE}{document}/{entity.id}"
        if not self._apart:
            return node
        names = {fold(name) for name, _ in entity.names}
        marks = (
            f"{_MARK}{number}:{name}"
            for number, group in enumerate(self._apart)
            for name in sorted(names & group)
        )
        return node + "".join(marks)

    def sightings(self, outline: Outline) -> Iterator[Sighting]:
        """The entities of a document."""
        document = outline.document
        for entity in outline.entities:
            yield Sighting(document, entity.id, self.of(document, entity), entity)


def key_of_node(node: str) -> str:
    """What a node is called without what keeps it apart."""
    return node.partition(_MARK)[0]


def member_of(node: str) -> Member | None:
    """The one local entity of a node without a key; None for a node with one."""
    if not node.startswith(_ALONE):
        return None
    document, _, local = key_of_node(node)[1:].partition("/")
    return document, local


class Sets:
    """Sets of nodes that are one thing, each called by its smallest; a few thousand at most."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._marks: dict[str, dict[str, frozenset[str]]] = {}

    def find(self, node: str) -> str:
        """The smallest node of a node's set."""
        while (parent := self._parent.get(node, node)) != node:
            node = parent
        return node

    def join(self, first: str, second: str) -> bool:
        """Joins two sets unless a correction keeps them apart; whether that changed anything."""
        one, two = sorted((self.find(first), self.find(second)))
        if one == two:
            return False
        mine, theirs = self._marks_of(one), self._marks_of(two)
        if any(mine[group] != theirs[group] for group in mine.keys() & theirs.keys()):
            return False
        self._parent[two] = one
        self._marks[one] = {**mine, **theirs}
        return True

    def nodes(self) -> Iterator[tuple[str, str]]:
        """Each node that is not the smallest of its set, and the smallest."""
        for node in sorted(self._parent):
            yield node, self.find(node)

    def _marks_of(self, root: str) -> dict[str, frozenset[str]]:
        """By the number of a correction, the names of it that a set bears."""
        if root not in self._marks:
            found: dict[str, set[str]] = {}
            for mark in root.split(_MARK)[1:]:
                group, _, name = mark.partition(":")
                found.setdefault(group, set()).add(name)
            self._marks[root] = {group: frozenset(names) for group, names in found.items()}
        return self._marks[root]


def linked(rank: int, nodes: Iterable[str], rule: str) -> Iterator[Link]:
    """Links of the first of some nodes to each of the others."""
    first = ""
    for node in nodes:
        if not first:
            first = node
        elif node != first:
            yield Link(rank, first, node, rule)
