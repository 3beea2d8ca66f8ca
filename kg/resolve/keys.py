"""What an entity is recognised by across documents and languages, and the labels it offers."""

from __future__ import annotations

from typing import Final, Literal

from kg.lang.lexicon import lexicon
from kg.resolve.clusters import PLACES, Cluster
from kg.resolve.genders import is_first_name
from kg.resolve.generic import is_generic, term
from kg.resolve.linker import Linker
from kg.resolve.reading import Token
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

_OF: Final = frozenset(("of", "'s"))
"""Prepositions (English, or what the tables give for them) of an owner."""


def key_of(cluster: Cluster, linker: Linker) -> str:
    """A key that clusters share only if they are the same thing; empty if that is not certain."""
    if cluster.place:
        place = cluster.place
        known = place.geonames or dict(place.labels).get("en", "")
        return f"{place.kind}:{place.code}" + ("" if place.kind == "country" else f":{known}")
    if cluster.institution:
        return f"institution:{cluster.institution}"
    if cluster.members:
        return "group"
    if cluster.names:
        return "" if _shared_name(cluster, linker.words) else name_key(cluster, linker.words)
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


def _shared_name(cluster: Cluster, words: Words) -> bool:
    """Whether many bear the one word a thing is called by: *the Academy*, *James* and no more."""
    if any(" " in name for name in cluster.names):
        return False
    if cluster.type == "person":
        return not cluster.roles and all(is_first_name(name, words) for name in cluster.names)
    return all(fold(name) in words.name_types for name in cluster.names)


def names_of(cluster: Cluster, words: Words) -> tuple[tuple[str, int], ...]:
    """Wordings fit for a label, the best first.

    Persons by their fullest name (of several full ones by that whose parts stand most often), firms
    by theirs, other names by how often they stand; descriptions by how much they say (*new* says
    nothing), up to a length that still reads as a label.
    """
    if cluster.names:
        return tuple(sorted(cluster.names.items(), key=lambda x: _name_rank(cluster, *x)))

    def rank(said: tuple[str, int]) -> tuple[bool, int, int, int, bool, str]:
        text, count = said
        telling = [w for w in text.split() if fold(w) not in words.neutral]
        size = len(text.split())
        return len(text) > _LONGEST_LABEL, -len(telling), size, -count, text[0].isupper(), text

    return tuple(sorted(cluster.labels.items(), key=rank))


def _name_rank(cluster: Cluster, name: str, count: int) -> tuple[int, int, int, int, str]:
    size = len(name.split()) if cluster.type in _IN_FULL else 0
    times = 0
    if cluster.type == "person" and len(cluster.names) > 1:
        # *Jo* and *Hill* stand for *Jo Hill*, not for the *Ann Berg* whose pen name that is
        parts = set(fold(name).split())
        times = sum(
            n for other, n in cluster.names.items() if parts.issuperset(fold(other).split())
        )
    return -times, -size, -count, -len(name), name


def _description_key(cluster: Cluster, linker: Linker) -> str:
    """A description's head and modifiers in English, unless it means one particular thing."""
    if not cluster.lemma:
        return ""
    if cluster.roles and not cluster.modifiers - {r for r, _ in cluster.roles}:
        role, country = min(cluster.roles)
        alone = len(cluster.mentions) == 1 and not cluster.possessed
        if alone and cluster.mentions[0].head in linker.predicative:
            return f"role:{role}:{country}"
    if cluster.type in _LOCAL or cluster.kind or not is_generic(cluster, linker):
        return ""
    owners = _owners(cluster, linker)
    if owners is None:
        return ""
    language = linker.words.language
    sense = lexicon().supersense(cluster.lemma, "n", language)
    said = cluster.modifiers - _words_of_names(cluster, linker)
    plain = not said and cluster.number != "p" and fold(cluster.lemma) not in linker.words.unique
    if plain and sense in _PARTICULAR:
        return ""
    label = names_of(cluster, linker.words)[0][0] if cluster.labels else cluster.lemma
    whole = None if owners else term(label, cluster.lemma, cluster.modifiers, linker.words)
    if whole:
        return f"{_class(cluster)}:{fold(whole)}"
    head = _english(cluster.lemma, ("n",), language)
    parts = sorted(_english(m, ("a", "n", "v"), language) for m in said)
    return f"{_class(cluster)}:{'|'.join((head, *parts, *owners))}"


def _owners(cluster: Cluster, linker: Linker) -> tuple[str, ...] | None:
    """Keys of the names inside a description, and of whom a possessive pronoun stands for.

    *Her role* is *Lee's role* where she is Lee; *China's dependence* is no *dependence on China*.
    None if one of them is not known outside its document.
    """
    found: set[str] = set()
    for mention in cluster.mentions:
        if mention.possessed:
            owner = linker.owner(mention)
            if owner is None or not owner.named:
                return None
            found.add(f"of {key_of(owner, linker)}")
        for head in mention.inner:
            named = linker.of.get(head)
            if named is None or not named.named:
                return None
            tie = _tie(linker.doc[head], linker.words)
            found.add(f"{tie} {key_of(named, linker)}")
    return tuple(sorted(found))


def _tie(name: Token, words: Words) -> str:
    """Whether a name owns what it belongs to, or stands to it in another way."""
    cases = [c.lemma_.lower() for c in name.children if c.dep_ == "case"]
    owns = name.dep_ != "nmod" or any(words.prepositions.get(c, c) in _OF for c in cases)
    return "of" if owns else "with"


def _words_of_names(cluster: Cluster, linker: Linker) -> set[str]:
    owner = linker.mentions.owner
    return {
        fold(linker.doc[i].lemma_)
        for m in cluster.mentions
        for i in range(m.position, m.end)
        if owner.get(i) in m.inner
    }


def _class(cluster: Cluster) -> str:
    return "group" if cluster.type == "group" else "concept"


def _english(lemma: str, parts_of_speech: tuple[Literal["n", "v", "a"], ...], language: str) -> str:
    for pos in parts_of_speech:
        found = lexicon().concept(lemma, pos, language)
        if found:
            return fold(found)
    return f"{language}.{fold(lemma)}" if language != "en" else fold(lemma)
