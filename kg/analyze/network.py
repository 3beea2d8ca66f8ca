"""The graph as a networkx graph: entities and the statements between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import networkx as nx

from kg.analyze.names import show_label, show_value
from kg.store.render import is_attributed, plain_form
from kg.types import Entity, GraphData, Statement

__all__ = ["to_networkx"]


def to_networkx(data: GraphData) -> nx.MultiDiGraph[str]:
    """Entities as nodes, statements between entities as edges whose keys are the statements' ids.

    All statements are there, whatever their modality; attributes tell them apart. A node's
    attributes are ``label`` and ``type``; an edge's ``relation``, ``label``, ``negated``,
    ``modality``, ``attributed`` (nobody says it in their own voice), ``plain`` (it stands as a
    plain triple), ``confidence``, ``documents`` (how many) and a label per qualifier.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    entities = {entity.id: entity for entity in data.entities}
    properties = {item.id: item for item in data.properties}
    for entity in data.entities:
        graph.add_node(entity.id, label=show_label(entity), type=entity.type)
    for statement in data.statements:
        if isinstance(statement.object, str):
            item = properties.get(statement.relation)
            attributes: dict[str, Any] = {
                "relation": statement.relation,
                "label": show_label(item) if item else statement.relation,
                "negated": statement.negated,
                "modality": statement.modality,
                "attributed": all(map(is_attributed, statement.evidence)),
                "plain": plain_form(statement) is not None,
                "confidence": statement.confidence,
                "documents": len({evidence.document for evidence in statement.evidence}),
                **_qualifiers(statement, entities),
            }
            graph.add_edge(statement.subject, statement.object, key=statement.id, **attributes)
    return graph


def _qualifiers(statement: Statement, entities: Mapping[str, Entity]) -> dict[str, str]:
    texts: dict[str, list[str]] = defaultdict(list)
    for qualifier in statement.qualifiers:
        texts[qualifier.name].append(show_value(qualifier.value, entities))
    return {name: "; ".join(found) for name, found in texts.items()}
