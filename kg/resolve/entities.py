"""The graph's entities: type, labels per language, aliases, links and a readable id."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.lang.gazetteer import Place, gazetteer
from kg.resolve.corrections import Corrections
from kg.resolve.facts import LocalEntity
from kg.resolve.merge import Member, Merged
from kg.resolve.words import fold, words
from kg.types import Entity, EntityType

__all__ = ["Identified", "identify"]

_GEONAMES: Final = "https://sws.geonames.org/{}/"
_UNFIT: Final = re.compile(r"[^\w-]+")
_LONGEST_ID: Final = 60
_ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Identified:
    """The entities by id, and the id of every local entity."""

    entities: Mapping[str, Entity]
    ids: Mapping[Member, str]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A set of local entities before it has its id."""

    root: Member
    key: str
    type: EntityType
    labels: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, str], ...]
    links: tuple[str, ...]
    named: bool
    weight: int


def identify(merged: Merged, corrections: Corrections) -> Identified:
    """An Entity for each set, its id from its English label (``Sanae_Takaichi``).

    Where labels collide the named, more often mentioned one keeps the plain id; the others carry a
    hash of their key. The result depends on the sets alone.
    """
    drafts = _with_groups(
        merged, [_draft(merged, root, members, corrections) for root, members in merged.sets()]
    )
    ids: dict[Member, str] = {}
    taken: set[str] = set()
    for draft in sorted(drafts, key=lambda d: (not d.named, -d.weight, d.key, d.root)):
        base = _local_name(_label(draft.labels))
        name = base if fold(base) not in taken else f"{base}_{_digest(draft.key)}"
        while fold(name) in taken:
            name = f"{name}_"
        taken.add(fold(name))
        ids[draft.root] = name
    every = {m: ids[merged.find(m)] for m in merged.entities}
    members = _members(merged, every)
    entities = {
        ids[d.root]: Entity(
            id=ids[d.root],
            type=d.type,
            labels=d.labels,
            aliases=d.aliases,
            links=d.links,
            members=members.get(ids[d.root], ()),
        )
        for d in drafts
    }
    return Identified(entities, every)


def _draft(
    merged: Merged, root: Member, members: Sequence[Member], corrections: Corrections
) -> _Draft:
    local = [merged.entities[m] for m in members]
    place = _place(local)
    labels = _labels(local, place)
    said = {(e.language, name) for e in local for name, _ in e.names}
    known = {fold(text) for _, text in said} | {fold(text) for _, text in labels}
    for alias, name in corrections.aliases.items():
        if fold(name.replace("_", " ")) in known:
            said.add((local[0].language, alias))
    aliases = sorted(pair for pair in said if pair not in labels)
    key = next((e.key for e in local if e.key and e.key != "group"), "") or "/".join(root)
    return _Draft(
        root=root,
        key=key,
        type=_type(local),
        labels=labels,
        aliases=tuple(aliases),
        links=(_GEONAMES.format(place.geonames),) if place and place.geonames else (),
        named=any(e.named for e in local),
        weight=sum(count for e in local for _, count in e.names),
    )


def _with_groups(merged: Merged, drafts: Sequence[_Draft]) -> list[_Draft]:
    """Drafts in which a group is called by its members: ``Japan and United States``."""
    by_root = {d.root: d for d in drafts}
    members = {
        merged.find((document, local)): sorted({merged.find((document, m)) for m in entity.members})
        for (document, local), entity in merged.entities.items()
        if entity.members
    }
    return [
        replace(d, labels=_joined([by_root[m] for m in members[d.root]]), aliases=())
        if d.root in members
        else d
        for d in drafts
    ]


def _joined(members: Sequence[_Draft]) -> tuple[tuple[str, str], ...]:
    spoken = sorted({language for m in members for language, _ in m.labels})
    labels = []
    for language in spoken:
        names = sorted(dict(m.labels).get(language) or _label(m.labels) for m in members)
        joint = f" {words(language).conjunction or '+'} "
        labels.append((language, ", ".join(names[:-1]) + joint + names[-1]))
    return tuple(labels)


def _type(local: Iterable[LocalEntity]) -> EntityType:
    votes = Counter(e.type for e in local if not (e.named and e.key.startswith("name:")))
    votes = votes or Counter(e.type for e in local)
    return min(votes, key=lambda t: (-votes[t], t))


def _place(local: Iterable[LocalEntity]) -> Place | None:
    """The gazetteer's place, found again by its key or one of its names."""
    for entity in local:
        kind, _, rest = entity.key.partition(":")
        if kind == "country":
            return gazetteer().country(rest)
        if kind in ("city", "region"):
            for name, _ in entity.names:
                place = gazetteer().place(name, entity.language)
                if place and place.kind == kind:
                    return place
    return None


def _labels(local: Sequence[LocalEntity], place: Place | None) -> tuple[tuple[str, str], ...]:
    """One label a language: the gazetteer's or institution's, else the best wording."""
    if place:
        return tuple(sorted((lang, text) for lang, text in place.labels))
    institution = next((e.key for e in local if e.key.startswith("institution:")), "")
    wordings: dict[str, Counter[str]] = defaultdict(Counter)
    leading: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in local:
        for rank, (name, count) in enumerate(entity.names):
            wordings[entity.language][name] += count
            if rank == 0:
                leading[entity.language][name] += count
    in_full = any(e.named and e.key.partition(":")[0] in ("person", "organization") for e in local)
    named = any(e.named for e in local)
    labels = {
        language: _best(leading[language], wordings[language], in_full, named)
        for language in sorted(wordings)
    }
    if institution:
        labels[_ENGLISH] = institution.partition(":")[2]
    return tuple(sorted(labels.items()))


def _best(leading: Counter[str], all_: Counter[str], in_full: bool, named: bool) -> str:
    """The fullest name of people and firms, else the commonest; the description that says most."""

    def rank(text: str) -> tuple[int, int, int, str]:
        size = len(text.split())
        if in_full:
            return (-size, -all_[text], 0, text)
        if named:
            return (-all_[text], -size, 0, text)
        return (-size, -all_[text], len(text), text)

    return min(leading, key=rank)


def _label(labels: Sequence[tuple[str, str]]) -> str:
    if not labels:
        return "group"
    return dict(labels).get(_ENGLISH) or labels[0][1]


def _members(merged: Merged, ids: Mapping[Member, str]) -> dict[str, tuple[str, ...]]:
    return {
        ids[document, local]: tuple(sorted({ids[document, m] for m in entity.members}))
        for (document, local), entity in merged.entities.items()
        if entity.members
    }


def _local_name(label: str) -> str:
    """A label as a local name: ``Stati Uniti`` → ``Stati_Uniti``."""
    name = _UNFIT.sub("_", label).strip("_-")
    if len(name) > _LONGEST_ID:
        name = name[:_LONGEST_ID].rsplit("_", 1)[0]
    return name or "thing"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:8]
