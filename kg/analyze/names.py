"""Names for people: what to show for things, and how to find an entity by what people type."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from kg.errors import KGError
from kg.store.values import wording
from kg.types import Entity, GraphData, Property, Value
from kg.vocab import display_label

__all__ = ["find_entity", "show_label", "show_value"]


def show_label(item: Entity | Property) -> str:
    """The one name to show: English where there is one, else the first of the others."""
    return display_label(item.labels) or item.id


def find_entity(data: GraphData, name: str) -> Entity:
    """The entity of this id, IRI, label or other name; upper and lower case are the same.

    Raises ``KGError`` where there is none, or several, with those it might be.
    """
    keys = _keys(name)
    for names in (_ids, _labels, _aliases):
        found = [entity for entity in data.entities if keys & set(map(_fold, names(entity)))]
        if len(found) == 1:
            return found[0]
        if found:
            choices = ", ".join(entity.id for entity in found)
            raise KGError(f"{name!r} is the name of several entities: {choices}; give one of these")
    raise KGError(f"no entity is called {name!r}{_suggestion(data, name)}")


def _keys(name: str) -> set[str]:
    """What a name may stand for: itself, or the id at the end of an IRI or a CURIE."""
    keys = {_fold(name)}
    for sign in ("/", ":"):
        if sign in name:
            keys.add(_fold(unquote(name.strip("<>").rpartition(sign)[2])))
    return keys


def _ids(entity: Entity) -> Iterable[str]:
    return (entity.id, *entity.links)


def _labels(entity: Entity) -> Iterable[str]:
    return (text for _, text in entity.labels)


def _aliases(entity: Entity) -> Iterable[str]:
    return (text for _, text in entity.aliases)


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


def show_value(target: str | Value | None, entities: Mapping[str, Entity]) -> str:
    """An entity's label, or a value written out."""
    if target is None:
        return ""
    if isinstance(target, Value):
        return wording(target)
    return show_label(entities[target]) if target in entities else target


def _suggestion(data: GraphData, name: str) -> str:
    names: dict[str, str] = {}
    for entity in data.entities:
        for text in (*_labels(entity), *_aliases(entity)):
            names.setdefault(_fold(text), text)
    key = _fold(name)
    near = difflib.get_close_matches(key, names, n=3, cutoff=0.6)
    near += [text for text in sorted(names) if key and key in text and text not in near][:3]
    if not near:
        return "; `kg query most-connected` lists some"
    return f"; did you mean {', '.join(names[text] for text in near[:3])}?"
