"""Clusters: the mentions of one thing in a document, and what they tell of it together."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field

from kg.lang.gazetteer import Place
from kg.resolve.mentions import Mention
from kg.resolve.words import Features, Kind, shared
from kg.types import EntityType

__all__ = ["AGENTS", "PLACES", "Cluster"]

AGENTS: frozenset[EntityType] = frozenset(("person", "organization", "country", "group"))
"""Types that say, think and decide."""
PLACES: frozenset[EntityType] = frozenset(("country", "city", "place"))
"""Types of what the gazetteer may know."""


@dataclass(slots=True, eq=False)
class Cluster:
    """Mentions that refer to one thing. Grows while a document is resolved."""

    type: EntityType | None
    mentions: list[Mention] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    """Wordings that are names, with the number of their mentions."""
    labels: dict[str, int] = field(default_factory=dict)
    """Wordings that are descriptions, with theirs."""
    place: Place | None = None
    institution: str = ""
    gender: str = ""
    number: str = ""
    kind: Kind | None = None
    lemma: str = ""
    modifiers: frozenset[str] = frozenset()
    inner: frozenset[int] = frozenset()
    roles: set[tuple[str, str]] = field(default_factory=set)
    members: tuple[Cluster, ...] = ()
    partners: set[int] = field(default_factory=set)
    """Heads of names that are arguments beside it (who signed it)."""
    possessed: bool = False
    owner: Cluster | None = None
    """Whose it is, where a pronoun says so."""

    @property
    def named(self) -> bool:
        """Whether it is known by a name, not only by descriptions."""
        return bool(self.names or self.place)

    @property
    def country(self) -> str:
        """The country it is or holds a role of."""
        if self.place and self.place.kind == "country":
            return self.place.code
        return next((c for _, c in sorted(self.roles) if c), "")

    def add(self, mention: Mention) -> None:
        """Takes a mention in; what was unknown is learnt from it."""
        insort(self.mentions, mention, key=_place)
        if mention.form == "name":
            self.names[mention.text] = self.names.get(mention.text, 0) + 1
        elif mention.form == "nominal" and mention.text:
            self.labels[mention.text] = self.labels.get(mention.text, 0) + 1
            self.lemma = self.lemma or mention.lemma
            self.possessed = self.possessed or mention.possessed
        self.type = self.type or mention.type
        self.kind = self.kind or mention.kind
        if self.type == "person" or mention.form == "nominal":
            self.gender = self.gender or mention.features.gender
        if mention.form == "nominal" and not self.number:
            self.number = mention.features.number
        if mention.role:
            self.roles.add((mention.role, mention.country))

    def before(self, mention: Mention) -> Mention | None:
        """The last of its mentions that stands before another."""
        at = bisect_left(self.mentions, (mention.position, -1), key=_place)
        return self.mentions[at - 1] if at else None

    def fits(self, mention: Mention) -> bool:
        """Whether the genders may be one person's."""
        wanted = mention.features.gender
        return not wanted or not self.gender or wanted == self.gender

    def agrees(self, wanted: Features) -> bool:
        """Whether a pronoun with these features may stand for it; unknown agrees."""
        person = self.type == "person"
        if wanted.human is not None and wanted.human != person:
            return False
        if wanted.gender and self.gender and wanted.gender != self.gender:
            return False
        plural = self.number == "p" or self.type == "group"
        if wanted.number == "s" and plural:
            return False
        return plural or wanted.number != "p"

    def plays(self, role: str, country: str) -> bool:
        """Whether it is known to hold a role (or one of the class ``role`` names) in a country."""
        wanted = shared().role_classes.get(role, frozenset()) | {role}
        return any(
            held in wanted and (not country or not of or of == country) for held, of in self.roles
        )


def _place(mention: Mention) -> tuple[int, int]:
    return mention.position, mention.head
