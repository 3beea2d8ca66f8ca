"""A knowledge graph from Italian and English news: every fact with the words that state it.

>>> import kg
>>> graph = kg.build(["seeds"])  # doctest: +SKIP
>>> graph.query("SELECT ?who ?what { ?who rel:sign ?what }").rows  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg._version import __version__

if TYPE_CHECKING:
    from kg.errors import KGError
    from kg.pipeline import BuildResult, Erasure, add, remove, remove_entity
    from kg.pipeline import build_graph as build
    from kg.store import KnowledgeGraph
    from kg.types import (
        Document,
        Entity,
        Evidence,
        Extraction,
        GraphData,
        Property,
        Qualifier,
        Statement,
        Value,
    )

    open = KnowledgeGraph.open  # noqa: A001

__all__ = [
    "BuildResult",
    "Document",
    "Entity",
    "Erasure",
    "Evidence",
    "Extraction",
    "GraphData",
    "KGError",
    "KnowledgeGraph",
    "Property",
    "Qualifier",
    "Statement",
    "Value",
    "__version__",
    "add",
    "build",
    "open",
    "remove",
    "remove_entity",
]

_HOMES = {
    "BuildResult": "kg.pipeline",
    "Erasure": "kg.pipeline",
    "KGError": "kg.errors",
    "KnowledgeGraph": "kg.store",
    "add": "kg.pipeline",
    "build": "kg.pipeline:build_graph",
    "open": "kg.store:KnowledgeGraph.open",
    "remove": "kg.pipeline",
    "remove_entity": "kg.pipeline",
}
"""Where the names live that are not in kg.types; importing the package loads none of them."""


def __getattr__(name: str) -> object:
    """A public name, from its module on first use (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, path = _HOMES.get(name, "kg.types").partition(":")
    value: object = import_module(module)
    for part in (path or name).split("."):
        value = getattr(value, part)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
