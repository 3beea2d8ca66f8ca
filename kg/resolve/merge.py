"""Which local entities of all documents are one thing: blocking keys, then careful attachments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.resolve.corrections import Corrections
from kg.resolve.facts import DocumentFacts, LocalEntity
from kg.resolve.words import fold
from kg.types import Value

__all__ = ["Link", "Member", "Merged", "merge"]

Member = tuple[str, str]
"""Document id and local entity id."""

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
_SAME_NEWS: Final = 7
"""Days between publications within which alike descriptions may be of one event."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two local entities that are one thing, and the rule that says so."""

    first: Member
    second: Member
    rule: str


class Merged:
    """Sets of local entities that are one thing, each named by its smallest member."""

    def __init__(self, entities: Mapping[Member, LocalEntity], corrections: Corrections) -> None:
        self.entities = entities
        self.links: list[Link] = []
        """What was joined, in order."""
        self._parent: dict[Member, Member] = {m: m for m in entities}
        self._members: dict[Member, list[Member]] = {m: [m] for m in entities}
        self._names = {m: {fold(n) for n, _ in e.names} for m, e in entities.items()}
        self._apart = [
            frozenset(fold(name.replace("_", " ")) for name in group)
            for group in corrections.different
        ]

    def find(self, member: Member) -> Member:
        """The representative of a member's set."""
        root = member
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[member] != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def join(self, first: Member, second: Member, rule: str) -> None:
        """Joins two sets, on the ground of a rule, unless a correction keeps them apart."""
        a, b = sorted((self.find(first), self.find(second)))
        if a == b or self._kept_apart(a, b):
            return
        self.links.append(Link(first, second, rule))
        self._parent[b] = a
        self._members[a] += self._members.pop(b)
        self._names[a] |= self._names.pop(b)

    def sets(self) -> Iterator[tuple[Member, list[Member]]]:
        """Representatives with their members, sorted."""
        for root in sorted(self._members):
            yield root, sorted(self._members[root])

    def _kept_apart(self, a: Member, b: Member) -> bool:
        for group in self._apart:
            mine, theirs = self._names[a] & group, self._names[b] & group
            if mine and theirs and mine != theirs:
                return True
        return False


def merge(facts: Sequence[DocumentFacts], corrections: Corrections) -> Merged:
    """All local entities in sets of one thing each. ``facts`` are sorted by document id."""
    found = {(f.document.id, e.id): e for f in facts for e in f.entities}
    entities = dict(sorted(found.items(), key=lambda item: item[0]))  # once, for every rule
    merged = Merged(entities, corrections)
    _by_key(merged)
    _untyped_names(merged)
    _middle_names(merged)
    _surnames(merged)
    _by_correction(merged, corrections)
    _groups(merged)
    _shared_events(merged, facts)
    return merged


def _join_all(merged: Merged, members: Iterable[Member], rule: str) -> None:
    first: Member | None = None
    for member in members:
        if first is None:
            first = member
        else:
            merged.join(first, member, rule)


def _by_key(merged: Merged) -> None:
    """Same place, institution, full name or concept."""
    blocks: dict[str, list[Member]] = defaultdict(list)
    for member, entity in merged.entities.items():
        if entity.key and entity.key != "group":
            blocks[entity.key].append(member)
    for key in sorted(blocks):
        _join_all(merged, blocks[key], _RULES.get(key.partition(":")[0], "same name"))


def _untyped_names(merged: Merged) -> None:
    """``name:toyota`` joins ``organization:toyota`` if no other type has the name."""
    typed: dict[str, dict[str, Member]] = defaultdict(dict)
    for member, entity in merged.entities.items():
        kind, _, name = entity.key.partition(":")
        if entity.named and kind != "name" and name:
            typed[name].setdefault(entity.key, member)
    for member, entity in merged.entities.items():
        kind, _, name = entity.key.partition(":")
        if kind == "name" and len(typed[name]) == 1:
            merged.join(member, next(iter(typed[name].values())), "same name, one type")


def _middle_names(merged: Merged) -> None:
    """*Ann Lee* and *Ann Marie Lee*, where no other name has more between the same two."""
    people: dict[str, Member] = {}
    for member, entity in merged.entities.items():
        kind, _, name = entity.key.partition(":")
        if kind == "person" and entity.named and " " in name:
            people.setdefault(name, member)
    longer: dict[str, list[str]] = defaultdict(list)
    for name in people:
        first, *middle, last = name.split()
        if middle:
            longer[f"{first} {last}"].append(name)
    for short, names in sorted(longer.items()):
        if short in people and len(names) == 1:
            merged.join(people[short], people[names[0]], "a middle name more")


def _surnames(merged: Merged) -> None:
    """A surname alone joins the one person of the corpus who bears it."""
    full: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Member] = {}
    for member, entity in merged.entities.items():
        kind, _, name = entity.key.partition(":")
        if kind == "person" and entity.named and " " in name:
            full[name.split()[-1]].add(entity.key)
            first.setdefault(entity.key, member)
    bearers = {name: {merged.find(first[key]) for key in keys} for name, keys in full.items()}
    for member, entity in merged.entities.items():
        kind, _, name = entity.key.partition(":")
        if kind == "person" and entity.named and len(bearers.get(name, ())) == 1:
            merged.join(member, next(iter(bearers[name])), "surname of one person only")


def _by_correction(merged: Merged, corrections: Corrections) -> None:
    """Entities that a person says are the same."""
    groups = [*corrections.same, *((a, b) for a, b in sorted(corrections.aliases.items()))]
    if not groups:
        return
    by_name: dict[str, list[Member]] = defaultdict(list)
    for member, entity in merged.entities.items():
        for name, _ in entity.names:
            by_name[fold(name)].append(member)
    for group in groups:
        named = (m for name in group for m in by_name[fold(name.replace("_", " "))])
        _join_all(merged, named, "correction")


def _groups(merged: Merged) -> None:
    """Groups of the same members."""
    blocks: dict[tuple[Member, ...], list[Member]] = defaultdict(list)
    for (document, local), entity in merged.entities.items():
        if entity.members:
            members = tuple(sorted(merged.find((document, m)) for m in entity.members))
            blocks[members].append((document, local))
    for members in sorted(blocks):
        _join_all(merged, blocks[members], "group of the same members")


# -- events and agreements ---------------------------------------------------------------------


def _shared_events(merged: Merged, facts: Sequence[DocumentFacts]) -> None:
    """What several documents tell of one agreement or event.

    Two descriptions of one kind are of one thing if the same relation ties them to the same two or
    more named things (*Trump and Takaichi signed an agreement*), and no date speaks against it.
    """
    published = {f.document.id: f.document.published or "" for f in facts}
    ties = _ties(merged, facts)
    blocks: dict[tuple[str, str, tuple[Member, ...]], list[Member]] = defaultdict(list)
    for (member, relation), named in sorted(ties.items()):
        entity = merged.entities[member]
        if len(named) >= 2 and entity.kind and not entity.named and not entity.key:
            blocks[entity.kind, relation, tuple(sorted(named))].append(member)
    dates = _dates(facts)
    for block in sorted(blocks):
        kept: list[Member] = []
        for member in blocks[block]:
            for other in kept:
                if other[0] != member[0] and _same_time(member, other, dates, published):
                    merged.join(other, member, "same participants, same time")
                    break
            else:
                kept.append(member)


def _ties(merged: Merged, facts: Sequence[DocumentFacts]) -> dict[tuple[Member, str], set[Member]]:
    """For each described object and relation, the named subjects; groups count as their members."""
    ties: dict[tuple[Member, str], set[Member]] = defaultdict(set)
    for f in facts:
        local = {e.id: e for e in f.entities}
        for statement in f.statements:
            if not isinstance(statement.object, str) or statement.negated:
                continue
            subject = local[statement.subject]
            for name in subject.members or ((subject.id,) if subject.named else ()):
                key = ((f.document.id, statement.object), statement.relation.id)
                ties[key].add(merged.find((f.document.id, name)))
        for entity in f.entities:
            for name in entity.participants:
                ties[(f.document.id, entity.id), ""].add(merged.find((f.document.id, name)))
    return ties


def _dates(facts: Sequence[DocumentFacts]) -> dict[Member, set[str]]:
    """The dates that statements about an entity bear."""
    dates: dict[Member, set[str]] = defaultdict(set)
    for f in facts:
        for statement in f.statements:
            for qualifier in statement.qualifiers:
                value = qualifier.value
                if not isinstance(value, Value) or value.kind != "date":
                    continue
                for slot in (statement.subject, statement.object):
                    if isinstance(slot, str):
                        dates[f.document.id, slot].add(value.lexical)
    return dates


def _same_time(
    first: Member, second: Member, dates: Mapping[Member, set[str]], published: Mapping[str, str]
) -> bool:
    """Whether nothing dated speaks against it: dates agree, or the news is of the same days."""
    mine, theirs = dates.get(first, set()), dates.get(second, set())
    if mine and theirs:
        return any(a.startswith(b) or b.startswith(a) for a in mine for b in theirs)
    a, b = published.get(first[0], ""), published.get(second[0], "")
    return not (a and b) or _days_apart(a, b) <= _SAME_NEWS


def _days_apart(first: str, second: str) -> int:
    try:
        return abs((date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])).days)
    except ValueError:
        return 0
