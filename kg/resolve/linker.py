"""The clusters of one document while it is read, indexed so that a mention meets few of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator

from kg.lang.gazetteer import Place, gazetteer
from kg.resolve.clusters import Cluster
from kg.resolve.mentions import Mention, Mentions
from kg.resolve.reading import Reading
from kg.resolve.voices import Voices
from kg.resolve.words import Words, fold

__all__ = ["Linker", "initials"]


class Linker:
    """Mentions and the clusters they were put into so far."""

    def __init__(self, doc: Reading, mentions: Mentions, words: Words, voices: Voices) -> None:
        self.doc = doc
        self.mentions = mentions
        self.words = words
        self.voices = voices
        self.of: dict[int, Cluster] = {}
        """Head of a mention → its cluster; a pronoun that refers to nothing known is missing."""
        self.rules: dict[int, str] = {}
        """Head of a mention → the rule that put it to others; empty if it began its cluster."""
        self.stands_for: dict[int, Cluster] = {}
        """Head of a place's name → the government that is meant where it acts."""
        self.predicative: frozenset[int] = frozenset()
        """Heads of what says what something is: it describes and does not refer."""
        self.people: list[Cluster] = []
        self.kinds: dict[str, list[Cluster]] = defaultdict(list)
        self.described: dict[int, Cluster] = {}
        """Head of what says what something is (*a physicist*) → the thing it is said of."""
        self._called: dict[Hashable, Cluster] = {}
        self._places: dict[Place, Cluster] = {}
        self._groups: dict[frozenset[int], Cluster] = {}
        self._institutions: dict[str, Cluster] = {}
        self._by_word: dict[str, list[Cluster]] = defaultdict(list)
        self._order = {m.head: i for i, m in enumerate(mentions.ordered)}

    # -- finding ---------------------------------------------------------------------------

    def recent(self, mention: Mention, window: int) -> Iterator[tuple[Mention, Cluster]]:
        """Clusters with their last mention before ``mention``, the nearest first.

        ``window`` is the number of sentences to go back.
        """
        seen: set[int] = set()
        ordered = self.mentions.ordered
        for i in range(self._order[mention.head] - 1, -1, -1):
            other = ordered[i]
            if mention.sentence - other.sentence > window:
                return
            cluster = self.of.get(other.head)
            if cluster is None or id(cluster) in seen or other.position >= mention.position:
                continue
            seen.add(id(cluster))
            yield other, cluster

    def sharing(self, name: str) -> list[Cluster]:
        """Named clusters that share a word (or an acronym's letters) with a name."""
        found: dict[int, Cluster] = {}
        for word in {*fold(name).split(), initials(name)} - {""}:
            for cluster in self._by_word[word]:
                found[id(cluster)] = cluster
        ranked = sorted(found.values(), key=lambda c: c.mentions[0].position)
        return [c for c in ranked if c.names]

    def speaker_at(self, mention: Mention) -> Cluster | None:
        """Who speaks the quotation that a mention stands in, if anybody known does."""
        speaker = self.voices.speaker(self.voices.at(mention.position))
        return self.of.get(speaker) if speaker is not None else None

    def at(self, place: Place) -> Cluster | None:
        """The cluster of a place, if it was spoken of."""
        return self._places.get(place)

    def institution(self, name: str) -> Cluster | None:
        """The cluster of an institution, if it was spoken of."""
        return self._institutions.get(name)

    def owner(self, mention: Mention) -> Cluster | None:
        """What the one possessive pronoun of a description stands for: *her* in *her children*."""
        if not mention.possessed:
            return None
        heads = range(mention.position, mention.head + 2)
        found = [
            self.of[h]
            for h in heads
            if h in self.of and h != mention.head and self.mentions.by_head[h].form == "pronoun"
        ]
        return found[0] if len(found) == 1 else None

    def called(self, wording: Hashable) -> Cluster | None:
        """The cluster that was last called by a wording."""
        return self._called.get(wording)

    def call(self, wording: Hashable, cluster: Cluster) -> None:
        """Remember by which wording a cluster was called."""
        self._called[wording] = cluster

    # -- adding ----------------------------------------------------------------------------

    def country(self, code: str) -> Cluster:
        """The cluster of a country, a new one where the document only implies it."""
        place = gazetteer().country(code)
        if place not in self._places:
            self._places[place] = Cluster("country", place=place)
        return self._places[place]

    def found_institution(self, name: str) -> Cluster:
        """A new cluster of an institution that the document only implies."""
        cluster = self._institutions[name] = Cluster("organization", institution=name)
        return cluster

    def group(self, members: tuple[Cluster, ...]) -> Cluster:
        """The cluster of a group, the same for the same members."""
        key = frozenset(map(id, members))
        if key not in self._groups:
            self._groups[key] = Cluster("group", members=members, number="p")
        return self._groups[key]

    def put(self, mention: Mention, cluster: Cluster | None, reason: str = "") -> Cluster:
        """A mention into a cluster, or into a new one."""
        if cluster is None:
            cluster, reason = Cluster(mention.type), ""
            cluster.modifiers = mention.modifiers
            cluster.inner = frozenset(mention.inner)
            cluster.owner = self.owner(mention)
        known_kind, was_person = cluster.kind, cluster.type == "person" and bool(cluster.mentions)
        cluster.add(mention)
        self.rules[mention.head] = reason
        if cluster.kind and known_kind is None:
            self.kinds[cluster.kind.name].append(cluster)
        if cluster.type == "person" and not was_person:
            self.people.append(cluster)
        if mention.form == "name":
            self._index(mention, cluster)
        self.of[mention.head] = cluster
        return cluster

    def _index(self, mention: Mention, cluster: Cluster) -> None:
        if cluster.place is not None:
            self._places.setdefault(cluster.place, cluster)
        if cluster.institution:
            self._institutions.setdefault(cluster.institution, cluster)
        for word in {*fold(mention.text).split(), initials(mention.text)} - {""}:
            if not any(c is cluster for c in self._by_word[word]):
                self._by_word[word].append(cluster)


def initials(name: str) -> str:
    """The letters an acronym of a name has: ``ecb`` of *European Central Bank* and of *ECB*."""
    words = name.replace(".", "").split()
    if len(words) == 1:
        return words[0].lower() if words[0].isupper() and len(words[0]) > 1 else ""
    return "".join(w[0] for w in words if w[0].isupper()).lower()
