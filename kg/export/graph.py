"""The graph for programs that draw and measure networks: GraphML, GEXF and Cytoscape's JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import networkx as nx

from kg.analyze import measures, to_networkx
from kg.store.order import normalised
from kg.store.terms import clean
from kg.types import GraphData

__all__ = ["write_cytoscape", "write_gexf", "write_graphml"]

_META: Final = re.compile(r"<meta\b.*?(?:/>|</meta>)\s*", re.DOTALL)


def write_graphml(data: GraphData, path: str | Path) -> None:
    """Writes entities and the statements between them as GraphML (Gephi, yEd, Cytoscape)."""
    lines = nx.generate_graphml(_clean_graph(data), named_key_ids=True)
    text = "\n".join(("<?xml version='1.0' encoding='utf-8'?>", *lines, ""))
    Path(path).write_text(text, "utf-8", newline="\n")


def write_gexf(data: GraphData, path: str | Path) -> None:
    """Writes entities and the statements between them as GEXF (Gephi), without a date."""
    text = "\n".join(nx.generate_gexf(_clean_graph(data), version="1.2draft"))
    # networkx writes today's date and its own version into <meta>.
    text = "<?xml version='1.0' encoding='utf-8'?>\n" + _META.sub("", text, count=1)
    Path(path).write_text(text + "\n", "utf-8", newline="\n")


def write_cytoscape(data: GraphData, path: str | Path) -> None:
    """Writes entities and the statements between them as JSON for Cytoscape and Cytoscape.js."""
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_cytoscape(_clean_graph(data)))


def _cytoscape(graph: nx.MultiDiGraph[str]) -> Iterator[str]:
    """https://js.cytoscape.org/#notation/elements-json, an element a line."""
    nodes = ({"id": node, "name": d.get("label", node), **d} for node, d in graph.nodes(data=True))
    edges = (
        {"id": key, "source": subject, "target": target, "interaction": d["relation"], **d}
        for subject, target, key, d in graph.edges(keys=True, data=True)
    )
    yield '{"data": {"name": "kg"}, "elements": {"nodes": ['
    yield from _elements(nodes)
    yield '], "edges": ['
    yield from _elements(edges)
    yield "]}}\n"


def _elements(found: Iterator[dict[str, Any]]) -> Iterator[str]:
    separator = "\n"
    for element in found:
        yield f"{separator}{json.dumps({'data': element}, ensure_ascii=False)}"
        separator = ",\n"


def _clean_graph(data: GraphData) -> nx.MultiDiGraph[str]:
    """The graph with the measures of its entities, every attribute something XML can hold."""
    data = normalised(data)
    found = measures(data)
    clean_graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph = to_networkx(data)
    entities = {entity.id: entity for entity in data.entities}
    relations = {item.id: dict(item.labels) for item in data.properties}
    for node, attributes in graph.nodes(data=True):
        measure = found.get(node)
        more: dict[str, Any] = {}
        if measure:
            more = {
                "degree": measure.degree,
                "pagerank": round(measure.pagerank, 10),
                "community": measure.community,
            }
        if node in entities:
            more |= _by_language(dict(entities[node].labels))
            more["aliases"] = "; ".join(dict.fromkeys(text for _, text in entities[node].aliases))
        clean_graph.add_node(clean(node), **_attributes({**attributes, **more}))
    for subject, target, key, attributes in graph.edges(keys=True, data=True):
        named = _by_language(relations.get(attributes["relation"], {}))
        clean_graph.add_edge(
            clean(subject), clean(target), key=key, **_attributes({**attributes, **named})
        )
    return clean_graph


def _by_language(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels as attributes: ``label_en``, ``label_it``."""
    return {f"label_{language}": text for language, text in labels.items()}


def _attributes(attributes: Mapping[str, Any]) -> dict[str, str | int | float | bool]:
    return {name: _scalar(value) for name, value in attributes.items() if value is not None}


def _scalar(value: object) -> str | int | float | bool:
    """Numbers and truth values as they are; the writers fail on all else but strings."""
    if isinstance(value, bool | int | float):
        return value
    return clean(str(value))
