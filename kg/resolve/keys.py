"""What an entity is recognised by across documents and languages, and the labels it offers."""

from __future__ import annotations

from typing import Final, Literal

from kg.lang.lexicon import lexicon
from kg.resolve.clusters import PLACES, Cluster
from kg.resolve.linker import Linker
from kg.resolve.words import Words, fold

__all__ = ["key_of", "name_key", "names_of"]

_IN_FULL: Final = frozenset(("person", "organization"))
"""Types whose shorter names are parts of the fullest one."""
_LONGEST_LABEL: Final = 80
_LOCAL: Final = frozenset(("agreement", "event", "person", "organization", "place", "city"))
"""Types whose descriptions mean one particular thing (*the minister*): never the same elsewhere."""
_PARTICULAR: Final = frozenset(
    ("noun.artifact", "noun.act", "noun.event", "noun.communication", "noun.object", "noun.animal")
)


def key_of(cluster: Cluster, linker: Linker) -> str:
    """A key that clusters share only if they are the same thing; empty if that is not certain."""
    if cluster.place:
        place = cluster.place
        known = place.geonames or dict(place.labels).get("en", "")
        return f"{place.kind}:{place.code}" + ("" if place.kind == "country" else f":{known}")
    if cluster.institution:
        return f"institution:{cluster.institution}"
    if cluster.names:
        return name_key(cluster, linker.words)
    if cluster.members:
        return "group"
    return _description_key(cluster, linker)


def name_key(cluster: Cluster, words: Words) -> str:
    """``person:donald trump``, ``organization:toyota``; ``name:…`` where the type is not known."""
    best = names_of(cluster, words)[0][0]
    parts = fold(best).split()
    if cluster.type == "organization":
        while len(parts) > 1 and parts[-1].strip(",") in words.legal_forms:
            parts.pop()
    if cluster.type == "person" and len(parts) > 2:
        parts = [p for p in parts if len(p.rstrip(".")) != 1] or parts
    kind = "place" if cluster.type in PLACES else cluster.type or "name"  # not in the gazetteer
    return f"{kind}:{' '.join(parts).strip(',')}"


def names_of(cluster: Cluster, words: Words) -> tuple[tuple[str, int], ...]:
    """Wordings fit for a label, the best first.

    Persons by their fullest name, other names by how often they stand; descriptions by how much
    they say (*new* says nothing), up to a length that still reads as a label.
    """
    if cluster.names:
        full = cluster.type in _IN_FULL
        ranked = sorted(
            cluster.names.items(),
            key=lambda x: (-len(x[0].split()) if full else 0, -x[1], -len(x[0]), x[0]),
        )
        return tuple(ranked)

    def rank(said: tuple[str, int]) -> tuple[bool, int, int, int, bool, str]:
        text, count = said
        telling = [w for w in text.split() if fold(w) not in words.neutral]
        size = len(text.split())
        return len(text) > _LONGEST_LABEL, -len(telling), size, -count, text[0].isupper(), text

    return tuple(sorted(cluster.labels.items(), key=rank))


def _description_key(cluster: Cluster, linker: Linker) -> str:
    """A description's head and modifiers in English, unless it means one particular thing."""
    if not cluster.lemma or cluster.possessed:
        return ""
    if cluster.roles and not cluster.modifiers - {r for r, _ in cluster.roles}:
        role, country = min(cluster.roles)
        if len(cluster.mentions) == 1 and cluster.mentions[0].head in linker.predicative:
            return f"role:{role}:{country}"
    if cluster.type in _LOCAL or cluster.kind:
        return ""
    language = linker.words.language
    sense = lexicon().supersense(cluster.lemma, "n", language)
    if not cluster.modifiers and cluster.number != "p" and sense in _PARTICULAR:
        return ""
    label = names_of(cluster, linker.words)[0][0] if cluster.labels else cluster.lemma
    whole = lexicon().english(label.lower(), "n", language)
    if whole is None and cluster.number == "p" and linker.words.head_last:
        # "rare earths" is a word as "rare earth"
        whole = lexicon().english(
            " ".join((*label.lower().split()[:-1], cluster.lemma)), "n", language
        )
    if whole:
        return f"{_class(cluster)}:{fold(whole)}"
    head = _english(cluster.lemma, ("n",), language)
    parts = sorted(_english(m, ("a", "n", "v"), language) for m in cluster.modifiers)
    return f"{_class(cluster)}:{'|'.join((head, *parts))}"


def _class(cluster: Cluster) -> str:
    return "group" if cluster.type == "group" else "concept"


def _english(lemma: str, parts_of_speech: tuple[Literal["n", "v", "a"], ...], language: str) -> str:
    for pos in parts_of_speech:
        found = lexicon().concept(lemma, pos, language)
        if found:
            return fold(found)
    return f"{language}.{fold(lemma)}" if language != "en" else fold(lemma)
