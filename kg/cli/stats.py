"""``kg stats``: what a graph holds and how it hangs together, as a report for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli.console import Output, open_graph, printable

if TYPE_CHECKING:
    from rich.console import Console

    from kg.analyze import Stats, Structure
    from kg.types import GraphData

__all__ = ["register"]

_MEMBERS: Final = 6
"""Members of a community that are named."""

Row = Sequence[str | int | float]


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("stats", epilog="Example: [bold]kg stats --top 20[/bold]")(_stats)


def _stats(
    output: Output = Path("output"),
    *,
    top: Annotated[int, typer.Option(min=1, help="Lines of each list.")] = 10,
) -> None:
    """Show what is in the graph: counts, central entities, communities, bridges, shared facts."""
    from rich.console import Console

    from kg.analyze import stats, structure

    graph = open_graph(output)
    data = graph.data
    console = Console(highlight=False)
    counts = stats(data)
    _table(console, "The graph", ("", ""), _counts(counts, len(graph.store)))
    _table(console, "Entities by type", ("type", "entities"), counts.types)
    _table(console, "Relations", ("relation", "statements"), counts.frequent_relations[:top])
    found = structure(data)
    _central(console, data, found, top)
    _structure(console, data, found, top)
    _corroborated(console, data, top)


def _counts(counts: Stats, triples: int) -> Iterable[Row]:
    yield "documents", counts.documents
    yield from ((f"  {name}", count) for name, count in counts.languages)
    yield "entities", counts.entities
    yield "relations", counts.relations
    yield "statements", counts.statements
    yield from ((f"  {name}", count) for name, count in counts.modalities)
    yield "  denied", counts.negated
    yield "  only reported", counts.attributed
    yield "  plain triples", counts.plain
    yield "  of several documents", counts.shared
    yield "pieces of evidence", counts.evidence
    yield "triples", triples


def _central(console: Console, data: GraphData, shape: Structure, top: int) -> None:
    from kg.analyze import measures, show_label

    found = measures(data)
    between = dict(shape.betweenness)
    best = sorted(data.entities, key=lambda e: (-round(found[e.id].pagerank, 12), e.id))[:top]
    rows = [
        (
            show_label(entity),
            entity.type,
            found[entity.id].degree,
            f"{found[entity.id].pagerank:.4f}",
            f"{between.get(entity.id, 0):.4f}",
        )
        for entity in best
    ]
    columns = ("entity", "type", "neighbours", "PageRank", "betweenness")
    _table(console, "Central entities", columns, rows)


def _structure(console: Console, data: GraphData, found: Structure, top: int) -> None:
    from kg.analyze import show_label

    names = {entity.id: show_label(entity) for entity in data.entities}
    linked = sum(map(len, found.components))
    alone = len(data.entities) - linked
    rows: list[Row] = [
        (len(members), ", ".join(names[member] for member in members[:_MEMBERS]))
        for members in found.communities[:top]
    ]
    _table(console, "Communities", ("entities", "the best connected"), rows)
    sizes = [len(members) for members in found.components]
    largest = sizes[0] if sizes else 0
    share = largest / linked if linked else 0
    rows = [
        ("connected components", len(sizes)),
        ("entities in the largest", f"{largest} ({share:.0%} of those linked)"),
        ("entities without a plain triple to another", alone),
    ]
    _table(console, "Components", ("", ""), rows)
    rows = [(names[item.one], names[item.other], item.cut) for item in found.bridges[:top]]
    _table(console, f"Bridges ({len(found.bridges)})", ("from", "to", "cut off without it"), rows)


def _corroborated(console: Console, data: GraphData, top: int) -> None:
    from kg.analyze import corroborated, show_label, show_value

    entities = {entity.id: entity for entity in data.entities}
    relations = {item.id: show_label(item) for item in data.properties}
    rows = [
        (
            fact.documents,
            show_value(fact.subject, entities),
            relations.get(fact.relation, fact.relation),
            show_value(fact.object, entities),
            "" if fact.modality == "asserted" else fact.modality,
            f"{fact.confidence:.2f}",
        )
        for fact in corroborated(data, top)
    ]
    columns = ("documents", "subject", "relation", "object", "", "confidence")
    _table(console, "Most corroborated facts", columns, rows)


def _table(console: Console, title: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """A table under a heading; numbers stand to the right. Names are text, never markup."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    rows = list(rows)
    if not rows:
        return
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_header=any(columns),
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    for i, name in enumerate(columns):
        numeric = all(_is_number(row[i]) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(str(cell))) for cell in row))
    console.print(table)


def _is_number(cell: str | float) -> bool:
    return not isinstance(cell, str) or cell.replace(".", "", 1).isdigit()
