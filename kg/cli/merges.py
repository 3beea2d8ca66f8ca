"""``kg explain --merges``: what was taken for one entity, and by which rule."""

from __future__ import annotations

from pathlib import Path

import typer

from kg.cli.console import fail, printable

__all__ = ["show_merges"]


def show_merges(entity: str, output: Path) -> None:
    """Print an entity's wordings, document by document, each with the rule that joined it."""
    from kg.resolve import explain_merges
    from kg.workspace import kept_facts

    facts, corrections = kept_facts(output)
    joined = explain_merges(facts, corrections).get(entity)
    if joined is None:
        fail(f"{output}: made by another version of kg; build the graph again")
    for part in joined:
        why = f" = {part.to}: {part.rule}" if part.rule else ""
        typer.echo(f"\n{printable(part.source)}: {printable(part.name)}{printable(why)}")
        for said in part.spoken:
            times = f" ×{said.times}" if said.times > 1 else ""
            rule = said.rule or "first"
            typer.echo(f"    {said.begin:>6}  {printable(said.text)}{times}  ({rule})")
