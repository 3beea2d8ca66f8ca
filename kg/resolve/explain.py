"""Why what is one entity is one: every wording with the rule that joined it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.resolve.corpus import in_order
from kg.resolve.corrections import Corrections
from kg.resolve.entities import identify
from kg.resolve.facts import DocumentFacts
from kg.resolve.merge import Link, Member, merge

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


def explain_merges(
    facts: Iterable[DocumentFacts], corrections: Corrections | None = None
) -> Mapping[str, tuple[Joined, ...]]:
    """For the id of every entity, as `resolve_corpus` gives them, what was joined in it and why."""
    corrections = corrections or Corrections()
    ordered = in_order(facts)
    merged = merge(ordered, corrections)
    ids = identify(merged, corrections).ids
    links: dict[Member, list[Link]] = defaultdict(list)
    for link in merged.links:
        links[link.first].append(link)
        links[link.second].append(link)
    by_document = {f.document.id: f for f in ordered}
    return {
        ids[root]: tuple(_joined(members, links, by_document)) for root, members in merged.sets()
    }


def _joined(
    members: list[Member],
    links: Mapping[Member, list[Link]],
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
        for link in links[member]:
            further = link.second if link.first == member else link.first
            if further not in seen:
                seen.add(further)
                waiting.append((further, member, link.rule))


def _name(member: Member, by_document: Mapping[str, DocumentFacts]) -> str:
    facts = by_document[member[0]]
    entity = next(e for e in facts.entities if e.id == member[1])
    return entity.names[0][0] if entity.names else entity.key or entity.type
