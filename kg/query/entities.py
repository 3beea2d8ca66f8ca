"""Finds an entity by what people type: an id, an IRI, a label, another name."""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import KGError
from kg.vocab import OWL, SKOS, Names

__all__ = ["Named", "entity_with_id", "find_entity", "named_entities"]


class Named(Protocol):
    """What has an id and names, as an ``Entity`` does."""

    @property
    def id(self) -> str: ...  # noqa: D102 - as of Entity
    @property
    def labels(self) -> Iterable[tuple[str, str]]: ...  # noqa: D102
    @property
    def aliases(self) -> Iterable[tuple[str, str]]: ...  # noqa: D102
    @property
    def links(self) -> Iterable[str]: ...  # noqa: D102


Thing = TypeVar("Thing", bound=Named)


@dataclass(slots=True)
class _Entity:
    id: str
    labels: list[tuple[str, str]] = field(default_factory=list)
    aliases: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def named_entities(store: Store, names: Names) -> list[Named]:
    """The entities of a store with their names, by id: much quicker than reading the graph."""
    found: dict[str, _Entity] = defaultdict(lambda: _Entity(""))
    beginning = names.entity("").value
    for name, slot in (("prefLabel", "labels"), ("altLabel", "aliases")):
        for quad in store.quads_for_pattern(None, SKOS[name], None):
            subject, term = quad.subject, quad.object
            if isinstance(subject, NamedNode) and isinstance(term, Literal):
                getattr(found[subject.value], slot).append((term.language or "", term.value))
    for quad in store.quads_for_pattern(None, OWL["sameAs"], None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            found[quad.subject.value].links.append(quad.object.value)
    for iri, entity in found.items():
        entity.id = unquote(iri.removeprefix(beginning))
    return sorted(
        (entity for iri, entity in found.items() if iri.startswith(beginning)),
        key=lambda entity: entity.id,
    )


def entity_with_id(store: Store, names: Names, name: str) -> str | None:
    """The id of the entity with just this one, given as id, IRI or CURIE, spaces for ``_``.

    No two ids differ in nothing but case, so `find_entity` would find no other, but it reads the
    names of all entities, which takes a minute where they are a million.
    """
    end = name.strip("<>").rpartition("/")[2].rpartition(":")[2]
    for key in dict.fromkeys((name, unquote(end))):
        id_ = key.strip().replace(" ", "_")
        iri = names.entity(id_) if id_ else None
        if iri and next(store.quads_for_pattern(iri, SKOS["prefLabel"], None), None) is not None:
            return id_
    return None


def find_entity(entities: Iterable[Thing], name: str) -> Thing:
    """The entity of this id, IRI, label or other name, in this order.

    Upper and lower case are the same, and accents where nothing else fits. Raises ``KGError`` where
    there is none, or several, with those it might be.
    """
    entities = tuple(entities)
    for fold in (_fold, _fold_accents):
        keys = _keys(name, fold)
        for names in (_ids, _labels, _aliases):
            found = [entity for entity in entities if keys & set(map(fold, names(entity)))]
            if len(found) == 1:
                return found[0]
            if found:
                choices = ", ".join(entity.id for entity in found)
                problem = f"{name!r} is the name of several entities: {choices}"
                raise KGError(f"{problem}; give one of these")
    raise KGError(f"no entity is called {name!r}{_suggestion(entities, name)}")


def _keys(name: str, fold: Callable[[str], str]) -> set[str]:
    """What a name may stand for: itself, or the id at the end of an IRI or a CURIE."""
    keys = {fold(name)}
    for sign in ("/", ":"):
        if sign in name:
            keys.add(fold(unquote(name.strip("<>").rpartition(sign)[2])))
    return keys


def _ids(entity: Named) -> Iterable[str]:
    return (entity.id, *entity.links)


def _labels(entity: Named) -> Iterable[str]:
    return (text for _, text in entity.labels)


def _aliases(entity: Named) -> Iterable[str]:
    return (text for _, text in entity.aliases)


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


def _fold_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", _fold(text))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _suggestion(entities: Iterable[Named], name: str) -> str:
    names: dict[str, str] = {}
    for entity in entities:
        for text in (*_labels(entity), *_aliases(entity)):
            names.setdefault(_fold(text), text)
    key = _fold(name)
    near = difflib.get_close_matches(key, names, n=3, cutoff=0.6)
    near += [text for text in sorted(names) if key and key in text and text not in near][:3]
    if not near:
        return "; `kg query most-connected` lists some"
    return f"; did you mean {', '.join(names[text] for text in near[:3])}?"
