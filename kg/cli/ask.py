"""``kg query``, ``kg explain``, ``kg sample``: what a graph says, on whose word."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import Output, open_graph, printable
from kg.cli.merges import show_merges

if TYPE_CHECKING:
    from kg.analyze import Passage

__all__ = ["register"]


class _Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TTL = "ttl"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"
    NT = "nt"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "query", epilog="Example: [bold]kg query who-signed --set entity='United States'[/bold]"
    )(_query)
    app.command("explain", epilog="Example: [bold]kg explain 'United States'[/bold]")(_explain)
    app.command("sample", epilog="Example: [bold]kg sample 20 --seed 7[/bold]")(_sample)


def _query(
    query: Annotated[
        str | None, typer.Argument(help="A .rq file, a query's name, or SPARQL; none: the names.")
    ] = None,
    output: Output = Path("output"),
    *,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="NAME=VALUE", help="A parameter's value; several: any of them."
        ),
    ] = None,
    form: Annotated[
        _Format,
        typer.Option(
            "--format",
            help="Of the answer: csv, tsv, json and xml for SELECT, ttl, jsonld, rdfxml and nt for "
            "CONSTRUCT and DESCRIBE.",
        ),
    ] = _Format.TABLE,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds a query may take.")] = 60.0,
) -> None:
    """Ask the graph a SPARQL query; prefixes are declared already."""
    from kg.query import Limits, asked, serialize, table

    parameters = _parameters(values or ())
    if query is None:
        _list_queries()
        return
    graph = open_graph(output)
    if form is _Format.TABLE:
        typer.echo(table(graph.query(query, timeout=timeout, parameters=parameters)), nl=False)
        return
    limits = Limits(timeout, answer=2**30)
    with asked(query) as sparql:
        answer = serialize(graph, sparql, form.value, limits=limits, parameters=parameters)
    sys.stdout.buffer.write(answer)
    if not answer.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def _parameters(values: Sequence[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for text in values:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise typer.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--set")
        found[name.strip().lstrip("$?")].append(value.strip())
    return found


def _list_queries() -> None:
    from kg.query import named_queries

    width = max(map(len, named_queries()))
    for name, named in named_queries().items():
        typer.echo(f"{name:{width}}  {named.description}")
        for parameter in named.parameters:
            needed = ", needed" if parameter.required else ""
            typer.echo(
                f"{'':{width}}    --set {parameter.name}=…  "
                f"({parameter.kind}{needed}) {parameter.description}"
            )


def _explain(
    entity: Annotated[str, typer.Argument(help="A name, an id or an IRI.")],
    output: Output = Path("output"),
    *,
    merges: Annotated[
        bool, typer.Option("--merges", help="Show what was taken for it, by which rule.")
    ] = False,
) -> None:
    """Show what the graph says about an entity, and the sentences that say it."""
    from kg.analyze import explain

    graph = open_graph(output)
    explanation = explain(graph.data, entity)
    found = explanation.entity
    names = dict.fromkeys(text for _, text in (*found.labels, *found.aliases))
    iri = graph.names.entity(found.id).value
    typer.echo(printable(f"{', '.join(names) or found.id} ({found.type})  {iri}"))
    if merges:
        show_merges(found.id, output)
        return
    for passage in explanation.passages:
        _show(passage)


def _sample(
    count: Annotated[int, typer.Argument(min=1, metavar="N", help="How many statements.")],
    output: Output = Path("output"),
    *,
    seed: Annotated[int, typer.Option(help="Another number draws others.")] = 0,
) -> None:
    """Draw statements at random, each with its sentence: for judging how many are right."""
    from kg.analyze import sample

    for passage in sample(open_graph(output).data, count, seed):
        _show(passage)


def _show(passage: Passage) -> None:
    """A statement in a line of words, and its sentence in the next."""
    statement, evidence = passage.statement, passage.evidence
    marks: list[str] = [statement.modality] if statement.modality != "asserted" else []
    marks += ["not"] if statement.negated else []
    marks += [f"{name}: {words}" for name, words in passage.qualifiers]
    marks += [f"says {passage.speaker}"] if passage.speaker else []
    fact = " — ".join(filter(None, (passage.subject, passage.relation, passage.object)))
    notes = f"  [{'; '.join(marks)}]" if marks else ""
    typer.echo(f"\n{printable(fact)}{printable(notes)}  {evidence.confidence:.2f}")
    place = f"{passage.document.source}:{evidence.begin}-{evidence.end}"
    typer.echo(f"    “{printable(' '.join(evidence.quote.split()))}”  {printable(place)}")
