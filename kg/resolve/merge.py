"""Which nodes are one thing: rules over small blocks of nodes that share a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from kg.dataset import Dataset, Edge, Key, components
from kg.resolve.corrections import Corrections
from kg.resolve.nodes import Link, Nodes, Sets, Sighting, key_of_node, linked
from kg.resolve.words import fold

__all__ = ["link_names", "roots", "rule_of_key"]

_RULES: Final = {
    "country": "same country",
    "city": "same city",
    "region": "same region",
    "institution": "same institution",
    "concept": "same words or their translation",
    "group": "same words or their translation",
    "role": "same role",
}
"""What a key's first part says of those who share it; all others are names."""
_VARIANT, _UNTYPED, _MIDDLE, _SURNAME, _CORRECTION = range(5)


def rule_of_key(key: str) -> str:
    """The rule by which local entities with this key are one thing."""
    return _RULES.get(key.partition(":")[0], "same name")


class _Row(NamedTuple):
    """A node in a block of those that a rule compares; ``rank`` sorts them there."""

    block: tuple[str, str]
    rank: int
    node: str


def link_names(
    sightings: Dataset[Sighting], nodes: Nodes, corrections: Corrections
) -> Dataset[Link]:
    """What names tell of nodes: same name, a middle name more, a surname, a person's correction."""
    rows = sightings.flat_map(_Rows(nodes, corrections))
    return rows.group(_block, _rank, _links)


class _Rows:
    """The blocks that an entity's node is compared in."""

    def __init__(self, nodes: Nodes, corrections: Corrections) -> None:
        self._constrained = nodes.constrained
        groups = [*corrections.same, *((a, b) for a, b in sorted(corrections.aliases.items()))]
        self._groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, group in enumerate(groups):
            for place, name in enumerate(group):
                self._groups[fold(name.replace("_", " "))].append((number, place))

    def __call__(self, seen: Sighting) -> Iterator[_Row]:
        entity, node = seen.entity, seen.node
        kind, _, name = entity.key.partition(":")
        if kind == "name" or (entity.named and name):
            yield _Row(("name", name), int(kind == "name"), node)
        if kind == "person" and entity.named:
            yield _Row(("surname", name.split()[-1] if name else ""), int(" " not in name), node)
        if self._constrained and (key := key_of_node(node)) != node:
            yield _Row(("variant", key), 0, key)
            yield _Row(("variant", key), 1, node)
        if self._groups:
            for name in {fold(name) for name, _ in entity.names}:
                for number, place in self._groups.get(name, ()):
                    yield _Row(("correction", f"{number:09}"), place, node)


def _block(row: _Row) -> tuple[str, str]:
    return row.block


def _rank(row: _Row) -> Key:
    return row.rank, row.node


def _links(block: tuple[str, str], rows: Iterator[_Row]) -> Iterator[Link]:
    found = dict.fromkeys((row.rank, row.node) for row in rows)  # each once, in order
    yield from _RULES_OF[block[0]](found)


def _variants(rows: Iterable[tuple[int, str]]) -> Iterator[Link]:
    """A key's entities that bear no name which is kept apart go with those that bear one."""
    yield from linked(_VARIANT, (node for _, node in rows), "same name")


def _untyped(rows: Iterable[tuple[int, str]]) -> Iterator[Link]:
    """``name:toyota`` joins ``organization:toyota`` if no other type has the name."""
    typed = [node for untyped, node in rows if not untyped]
    if len({key_of_node(node) for node in typed}) != 1:
        return
    for untyped, node in rows:
        if untyped:
            yield Link(_UNTYPED, typed[0], node, "same name, one type")


def _people(rows: Iterable[tuple[int, str]]) -> Iterator[Link]:
    """Those of one last name.

    *Ann Lee* and *Ann Marie Lee*, where no other name has more between the same two; a surname
    alone joins the one person of the corpus who bears it.
    """
    people: dict[str, str] = {}
    sets = Sets()
    for alone, node in rows:
        if not alone:
            people.setdefault(key_of_node(node).partition(":")[2], node)
    for link in _middle_names(people):
        if sets.join(link.first, link.second):
            yield link
    bearers = sorted({sets.find(node) for node in people.values()})
    if len(bearers) == 1:
        for alone, node in rows:
            if alone:
                yield Link(_SURNAME, bearers[0], node, "surname of one person only")


def _middle_names(people: Mapping[str, str]) -> Iterator[Link]:
    longer: dict[str, list[str]] = defaultdict(list)
    for name in people:
        first, *middle, last = name.split()
        if middle:
            longer[f"{first} {last}"].append(name)
    for short, names in sorted(longer.items()):
        if short in people and len(names) == 1:
            yield Link(_MIDDLE, people[short], people[names[0]], "a middle name more")


def _corrected(rows: Iterable[tuple[int, str]]) -> Iterator[Link]:
    """Entities that a person says are the same."""
    yield from linked(_CORRECTION, (node for _, node in rows), "correction")


_RULES_OF: Final = {
    "variant": _variants,
    "name": _untyped,
    "surname": _people,
    "correction": _corrected,
}


# -- nodes joined by links -----------------------------------------------------------------------


def roots(links: Dataset[Link], nodes: Nodes) -> Dataset[Edge]:
    """For nodes that are one thing with a smaller one: the node, and the smallest of them."""
    found = components(links.flat_map(_edge))
    if not nodes.constrained:
        return found
    rows = links.flat_map(_by_first).union(found.flat_map(_by_node))
    placed = rows.group(_first, _second, _with_root)
    return placed.group(_first, _second, _joined_with_care).keep()


def _edge(link: Link) -> Iterator[Edge]:
    yield link.first, link.second


_Placed = tuple[str, Link | str]


def _by_first(link: Link) -> Iterator[_Placed]:
    yield link.first, link


def _by_node(edge: Edge) -> Iterator[_Placed]:
    yield edge


def _first(row: _Placed) -> str:
    return row[0]


def _second(row: _Placed) -> Key:
    return (0, row[1]) if isinstance(row[1], str) else (1, *row[1])


def _with_root(node: str, rows: Iterator[_Placed]) -> Iterator[_Placed]:
    """Links by the smallest node that is joined with theirs."""
    root = node
    for _, link in rows:
        if isinstance(link, str):
            root = link
        else:
            yield root, link


def _joined_with_care(_: Key, rows: Iterator[_Placed]) -> Iterator[Edge]:
    """The sets of a component whose parts a correction may keep apart."""
    sets = Sets()
    for _, link in rows:
        if isinstance(link, Link):
            sets.join(link.first, link.second)
    yield from sets.nodes()
