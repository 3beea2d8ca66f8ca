"""Why what is one entity is one: every wording with the rule that joined it."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.dataset import Local
from kg.resolve.corpus import in_order, outlined
from kg.resolve.corrections import Corrections
from kg.resolve.drafts import Placed
from kg.resolve.entities import identify
from kg.resolve.facts import DocumentFacts
from kg.resolve.merge import rule_of_key
from kg.resolve.nodes import Link, Member, Nodes

__all__ = ["Joined", "Spoken", "explain_merges"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A wording of a document for an entity, and the rule that joined it to those before.

    ``begin`` is the offset of the first place in the document; the rule is empty where the
    wording is what the entity was first called there.
    """

    text: str
    begin: int
    rule: str
    times: int


@dataclass(frozen=True, slots=True)
class Joined:
    """What one document says of an entity, and how that came to others' (``to``: their name)."""

    source: str
    name: str
    rule: str
    """Empty for the first document, to which the others came."""
    to: str
    spoken: tuple[Spoken, ...]


class _Tie(NamedTuple):
    """Another local entity that is the same thing, and the rule that says so."""

    other: Member
    rule: str


def explain_merges(
    facts: Iterable[DocumentFacts], corrections: Corrections | None = None
) -> Mapping[str, tuple[Joined, ...]]:
    """For the id of every entity, as `resolve_corpus` gives them, what was joined in it and why."""
    corrections = corrections or Corrections()
    ordered = in_order(facts)
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        placed, links = outlined(Local(lambda: ordered, Path(folder)), corrections)
        rows, ids = list(placed), {}
        for known in identify(placed, corrections).assigned:
            ids[known.document, known.local] = known.id
        ties = _ties(rows, links, Nodes(corrections))
    by_document = {f.document.id: f for f in ordered}
    things: dict[str, list[Member]] = defaultdict(list)
    for row in rows:
        things[row.thing].append((row.document, row.local))
    return {
        ids[members[0]]: tuple(_joined(sorted(members), ties, by_document))
        for members in things.values()
    }


def _ties(
    rows: Iterable[Placed], links: Iterable[Link], nodes: Nodes
) -> Mapping[Member, list[_Tie]]:
    """What joins local entities: to the first of their node or group, and those by links."""
    first: dict[str, Member] = {}
    ties: dict[Member, list[_Tie]] = defaultdict(list)

    def tie(one: Member, other: Member, rule: str) -> None:
        ties[one].append(_Tie(other, rule))
        ties[other].append(_Tie(one, rule))

    for row in sorted(rows, key=lambda row: (row.document, row.local)):
        member = row.document, row.local
        for name, rule in (
            (nodes.of(row.document, row.entity), rule_of_key(row.entity.key)),
            (row.thing if row.members else "", "group of the same members"),
        ):
            if name and first.setdefault(name, member) != member:
                tie(first[name], member, rule)
    for link in sorted(links):
        if link.first in first and link.second in first:
            tie(first[link.first], first[link.second], link.rule)
    return ties


def _joined(
    members: list[Member],
    ties: Mapping[Member, list[_Tie]],
    by_document: Mapping[str, DocumentFacts],
) -> Iterator[Joined]:
    """The members from the first on, each after the one that it was joined to."""
    seen = {members[0]}
    waiting: list[tuple[Member, Member | None, str]] = [(members[0], None, "")]
    for member, other, rule in waiting:
        facts = by_document[member[0]]
        entity = next(e for e in facts.entities if e.id == member[1])
        text = facts.document.text
        spoken: dict[tuple[str, str], list[int]] = defaultdict(list)
        for m in entity.mentions:
            spoken[" ".join(text[m.begin : m.end].split()), m.rule].append(m.begin)
        yield Joined(
            source=facts.document.source,
            name=_name(member, by_document),
            rule=rule,
            to=_name(other, by_document) if other else "",
            spoken=tuple(Spoken(t, b[0], rule, len(b)) for (t, rule), b in spoken.items()),
        )
        for further, why in ties.get(member, ()):
            if further not in seen:
                seen.add(further)
                waiting.append((further, member, why))


def _name(member: Member, by_document: Mapping[str, DocumentFacts]) -> str:
    facts = by_document[member[0]]
    entity = next(e for e in facts.entities if e.id == member[1])
    return entity.names[0][0] if entity.names else entity.key or entity.type
