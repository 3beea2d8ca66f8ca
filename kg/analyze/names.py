"""Names for people: what to show for things."""

from __future__ import annotations

from collections.abc import Mapping

from kg.store.values import wording
from kg.types import Entity, Property, Value
from kg.vocab import display_label

__all__ = ["show_label", "show_value"]


def show_label(item: Entity | Property) -> str:
    """The one name to show: English where there is one, else the first of the others."""
    return display_label(item.labels) or item.id


def show_value(target: str | Value | None, entities: Mapping[str, Entity]) -> str:
    """An entity's label, or a value written out."""
    if target is None:
        return ""
    if isinstance(target, Value):
        return wording(target)
    return show_label(entities[target]) if target in entities else target
