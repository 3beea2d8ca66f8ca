"""``kg query``, ``kg explain``, ``kg stats``, ``kg sample``: what a graph says, on whose word."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.console import Output, fail, open_graph, printable
from kg.cli.merges import show_merges

if TYPE_CHECKING:
    from kg.store import KnowledgeGraph
    from kg.types import Entity, GraphData

__all__ = ["register"]

Row = Mapping[str, Any]


class _Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    TTL = "ttl"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "query", epilog="Example: [bold]kg query 'SELECT * { ?who rel:sign ?what }'[/bold]"
    )(_query)
    app.command("explain", epilog="Example: [bold]kg explain 'United States'[/bold]")(_explain)
    app.command("stats", epilog="Example: [bold]kg stats -o output[/bold]")(_stats)
    app.command("sample", epilog="Example: [bold]kg sample 20 --seed 7[/bold]")(_sample)


def _query(
    query: Annotated[
        str | None, typer.Argument(help="A .rq file, a query's name, or SPARQL; none: the names.")
    ] = None,
    output: Output = Path("output"),
    *,
    form: Annotated[_Format, typer.Option("--format", help="Of the answer.")] = _Format.TABLE,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds a query may take.")] = 60.0,
) -> None:
    """Ask the graph a SPARQL query; prefixes are declared already."""
    from kg.query import named_queries, render

    if query is None:
        width = max(map(len, named_queries()))
        for name, named in named_queries().items():
            typer.echo(f"{name:{width}}  {named.description}")
        return
    result = open_graph(output).query(query, timeout=timeout)
    typer.echo(render(result, form.value), nl=False)


def _explain(
    entity: Annotated[str, typer.Argument(help="A name, an id or an IRI.")],
    output: Output = Path("output"),
    *,
    merges: Annotated[
        bool, typer.Option("--merges", help="Show what was taken for it, by which rule.")
    ] = False,
) -> None:
    """Show what the graph says about an entity, and the sentences that say it."""
    from kg.export.tables import rows

    graph = open_graph(output)
    found = _find(graph, entity)
    iri = graph.names.entity(found.id).value
    names = dict.fromkeys(text for _, text in (*found.labels, *found.aliases))
    typer.echo(printable(f"{', '.join(names) or found.id} ({found.type})  {iri}"))
    if merges:
        show_merges(found.id, output)
        return
    for row in rows(graph.data, graph.base):
        if iri in _mentioned(row):
            _show(row)


def _find(graph: KnowledgeGraph, name: str) -> Entity:
    """The entity with an id, IRI or label; one with an alias where no label is the same."""
    entities = graph.entities
    by_label = {_fold(text): e for e in reversed(entities) for _, text in e.labels}
    by_alias = {_fold(text): e for e in reversed(entities) for _, text in e.aliases}
    by_id = {e.id: e for e in entities} | {graph.names.entity(e.id).value: e for e in entities}
    found = by_id.get(name) or by_label.get(_fold(name)) or by_alias.get(_fold(name))
    if found is None:
        near = sorted({t for e in entities for _, t in e.labels if _fold(name) in _fold(t)})
        hint = f"; there are: {', '.join(near[:5])}" if near else ""
        fail(f"no entity is called {name!r}{hint}")
    return found


def _fold(text: str) -> str:
    """A name without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _mentioned(row: Row) -> set[str]:
    """IRIs of the entities in a row's slots."""
    slots = [row["subject"], row["object"], row["attributed_to"], *row["qualifiers"]]
    return {slot["iri"] for slot in slots if slot and "iri" in slot}


def _sample(
    count: Annotated[int, typer.Argument(min=1, metavar="N", help="How many statements.")],
    output: Output = Path("output"),
    *,
    seed: Annotated[int, typer.Option(help="Another number draws others.")] = 0,
) -> None:
    """Draw statements at random, each with its sentence: for judging how many are right."""
    from kg.export.tables import rows

    graph = open_graph(output)
    drawn = list({row["id"]: row for row in rows(graph.data, graph.base)}.values())
    for row in random.Random(seed).sample(drawn, min(count, len(drawn))):  # noqa: S311 - no secret
        _show(row)


def _show(row: Row) -> None:
    """A statement in a line of words, and its sentence in the next."""
    marks = [row["modality"]] if row["modality"] != "asserted" else []
    marks += ["not"] if row["negated"] else []
    marks += [f"{q['name']}: {_words(q)}" for q in row["qualifiers"]]
    marks += [f"says {row['attributed_to']['label']}"] if row["attributed_to"] else []
    parts = (row["subject"], row["relation"], row["object"])
    fact = " — ".join(_words(part) for part in parts if part)
    notes = f"  [{'; '.join(marks)}]" if marks else ""
    typer.echo(f"\n{printable(fact)}{printable(notes)}  {row['confidence']:.2f}")
    place = f"{row['source']}:{row['begin']}-{row['end']}"
    typer.echo(f"    “{printable(' '.join(row['sentence'].split()))}”  {printable(place)}")


def _words(slot: Row) -> str:
    """A slot as a person reads it: an entity's label, a value's wording or number and unit."""
    value = " ".join(filter(None, (slot.get("value"), slot.get("unit"))))
    return str(slot.get("label") or slot.get("text") or value)


def _stats(output: Output = Path("output")) -> None:
    """Count what is in the graph."""
    graph = open_graph(output)
    for name, count in _counts(graph.data):
        typer.echo(f"{name:32} {count:>8}")
    typer.echo(f"{'triples':32} {len(graph.store):>8}")


def _counts(data: GraphData) -> Iterator[tuple[str, int]]:
    yield "documents", len(data.documents)
    yield from _parts(document.language for document in data.documents)
    yield "entities", len(data.entities)
    yield from _parts(entity.type for entity in data.entities)
    yield "relations", len(data.properties)
    yield "statements", len(data.statements)
    yield from _parts(statement.modality for statement in data.statements)
    yield from _parts("negated" for statement in data.statements if statement.negated)
    yield "pieces of evidence", sum(len(statement.evidence) for statement in data.statements)


def _parts(names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Counts of each name, indented, the most frequent first."""
    counts = Counter(names)
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        yield f"  {name}", counts[name]
