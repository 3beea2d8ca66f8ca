"""The graph's entities, each with a readable id, and the ids of what documents speak of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, NamedTuple

from kg.dataset import Dataset, Key, Part
from kg.resolve.corrections import Corrections
from kg.resolve.drafts import Draft, Labels, Placed, Seen, draft, joined_labels, label_of
from kg.resolve.words import fold
from kg.types import Entity

__all__ = ["Assigned", "Identified", "identify"]

_UNFIT: Final = re.compile(r"[^\w-]+")
_LONGEST_ID: Final = 60
_MARKED: Final = re.compile(r".*_[0-9a-f]{8}_*")
"""What an id that tells two of one label apart looks like."""


class Assigned(NamedTuple):
    """The id of a document's entity."""

    document: str
    local: str
    id: str


class Identified(NamedTuple):
    """The entities, and the ids of local entities."""

    entities: Dataset[Entity]
    assigned: Dataset[Assigned]


class _Called(NamedTuple):
    """What a thing is called, or (``of``) what a group is whose member is called so."""

    thing: str
    id: str = ""
    labels: Labels = ()
    of: str = ""


class _Rank(NamedTuple):
    """What decides who of those with one label has it as an id."""

    base: str
    descriptive: bool
    weight: int
    key: str
    root: tuple[str, str]
    thing: str


def identify(placed: Dataset[Placed], corrections: Corrections) -> Identified:
    """An Entity for each thing, its id from its English label (``Sanae_Takaichi``).

    Where labels collide the named, more often mentioned one keeps the plain id; the others carry a
    hash of their key. The result depends on the things alone.
    """
    told = placed.group(_thing, _place, partial(draft, corrections))
    seen, drafts = told.split(_apart, 2)
    memberships = drafts.flat_map(_memberships).keep()
    labels = drafts.attach(memberships, _thing, _thing, _tell_labels)
    drafts = drafts.attach(labels, _thing, _of, _with_labels).keep()
    ids = drafts.flat_map(_ranked).group(_folded, _order, _named).group(_thing, _id, _each).keep()
    members = ids.attach(memberships, _thing, _thing, _tell_id).keep()
    entities = drafts.attach(ids.union(members), _thing, _of, _entity)
    assigned = ids.attach(seen, _thing, _thing, _assigned, in_order=True)
    return Identified(entities, assigned)


def _thing(row: Placed | Draft | Seen | _Called | _Rank) -> str:
    return row.thing


def _of(row: _Called) -> str:
    return row.of or row.thing


def _place(row: Placed) -> Key:
    return row.document, row.local


def _apart(row: Seen | Draft) -> Iterator[Part]:
    yield int(isinstance(row, Draft)), row


# -- groups are called by their members ----------------------------------------------------------


def _memberships(item: Draft) -> Iterator[_Called]:
    """What waits for the names of a group's members."""
    for member in item.members:
        yield _Called(member, of=item.thing)


def _tell_labels(item: Draft, groups: list[_Called]) -> Iterator[_Called]:
    for group in groups:
        yield _Called(item.thing, labels=item.labels, of=group.of)


def _with_labels(item: Draft, members: list[_Called]) -> Iterator[Draft]:
    if not members:
        yield item
        return
    yield item._replace(labels=joined_labels(member.labels for member in members), aliases=())


# -- ids -----------------------------------------------------------------------------------------


def _ranked(item: Draft) -> Iterator[_Rank]:
    base = _local_name(label_of(item.labels))
    yield _Rank(base, not item.named, -item.weight, item.key, item.root, item.thing)


def _folded(row: _Rank) -> str:
    return fold(row.base)


def _order(row: _Rank) -> Key:
    return row.descriptive, row.weight, row.key, row.root


def _named(_: Key, rows: Iterable[_Rank]) -> Iterator[_Called]:
    """The first of a label has it as its id, unless it looks like that of another who has not."""
    taken: set[str] = set()
    for row in rows:
        plain = not taken and not _MARKED.fullmatch(row.base)
        name = row.base if plain else f"{row.base}_{_digest(row.key)}"
        while fold(name) in taken:
            name = f"{name}_"
        taken.add(fold(name))
        yield _Called(row.thing, name)


def _id(row: _Called) -> str:
    return row.id


def _each(_: Key, rows: Iterator[_Called]) -> Iterator[_Called]:
    return rows


def _tell_id(item: _Called, groups: list[_Called]) -> Iterator[_Called]:
    for group in groups:
        yield _Called(item.thing, item.id, of=group.of)


def _entity(item: Draft, names: list[_Called]) -> Iterator[Entity]:
    (own,) = (name.id for name in names if not name.of)
    members = sorted({name.id for name in names if name.of})
    yield Entity(own, item.type, item.labels, item.aliases, item.links, tuple(members))


def _assigned(item: _Called, seen: list[Seen]) -> Iterator[Assigned]:
    for row in seen:
        yield Assigned(row.document, row.local, item.id)


def _local_name(label: str) -> str:
    """A label as a local name: ``Stati Uniti`` → ``Stati_Uniti``."""
    name = _UNFIT.sub("_", label).strip("_-")
    if len(name) > _LONGEST_ID:
        name = name[:_LONGEST_ID].rsplit("_", 1)[0]
    return name or "thing"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:8]
