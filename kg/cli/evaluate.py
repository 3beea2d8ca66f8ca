"""``kg evaluate``: how good it is, on gold of the user's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from kg.evaluate import CoreferenceScores, ExtractionReport, FactScores, Tally

__all__ = ["register"]

Report = Mapping[str, Any]


class _What(StrEnum):
    PIPELINES = "pipelines"
    EXTRACTION = "extraction"
    FACTS = "facts"
    COREFERENCE = "coreference"
    ENTITIES = "entities"
    ALL = "all"


class _Format(StrEnum):
    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("evaluate", epilog="Example: [bold]kg evaluate extraction --data gold[/bold]")(
        _evaluate
    )


def _evaluate(
    data: Annotated[Path, typer.Option(help="Folder with ud/, ner/, oie/, coref/ and gold/.")],
    what: Annotated[_What, typer.Argument(help="What to measure.")] = _What.ALL,
    *,
    seeds: Annotated[
        str, typer.Option(help="File or folder of the documents that gold/ is about.")
    ] = "seeds",
    form: Annotated[_Format, typer.Option("--format", help="Of the figures.")] = _Format.TABLE,
) -> None:
    """Measure pipelines (treebanks), extraction, coreference (GUM), facts and entities by hand."""
    from kg.evaluate import (
        evaluate_facts,
        evaluate_pipelines,
        read_coreference,
        read_entities,
        read_facts,
        read_sets,
    )

    def wanted(part: _What) -> bool:
        return what in (part, _What.ALL)

    # All gold is read before any work is done: a file that lacks ends it at once.
    sets = read_sets(data) if wanted(_What.EXTRACTION) else None
    facts = read_facts(data) if wanted(_What.FACTS) else None
    chains = read_coreference(data) if wanted(_What.COREFERENCE) else None
    entities = read_entities(data) if wanted(_What.ENTITIES) else None
    report: dict[str, Any] = {}
    if what is _What.PIPELINES or (what is _What.ALL and (data / "ud").is_dir()):
        report |= {"pipelines": dict(evaluate_pipelines(data))}
    if sets is not None:
        report |= _extraction(sets.evaluate())
    if facts is not None:
        report |= {"facts": _facts(evaluate_facts(facts, seeds))}
    if chains is not None:
        report |= {"coreference": _coreference(chains.evaluate())}
    if entities is not None:
        scores = entities.evaluate(seeds)
        found = {"mentions": scores.mentions, "found": scores.found}
        report |= {"entities": {"B3": _shares(scores.tally), **found}}
    if form is _Format.JSON:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n\n".join("\n".join(lines) for lines in _tables(report)))


def _extraction(report: ExtractionReport) -> dict[str, Any]:
    scores = {
        name: {
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
            "auc": None if score.auc is None else round(score.auc, 4),
            "facts": score.facts,
            "extractions": score.extractions,
        }
        for name, score in report.scores.items()
    }
    bins = [
        {
            "from": found.low,
            "number": found.number,
            "confidence": round(found.confidence, 4),
            "right": round(found.right, 4),
        }
        for found in report.calibration.bins
    ]
    calibration = {"error": round(report.calibration.error, 4), "bins": bins}
    return {"extraction": scores, "calibration": calibration}


def _facts(scores: FactScores) -> dict[str, Any]:
    return {
        "precision": round(scores.precision, 4),
        "recall": {str(level): round(share, 4) for level, share in scores.recall.items()},
        "f1": round(scores.f1, 4),
        "facts": scores.facts,
        "statements": scores.statements,
        "leaks": scores.leaks,
        "flags": {name: {"right": r, "of": n} for name, (r, n) in scores.flags.items()},
    }


def _coreference(scores: CoreferenceScores) -> dict[str, Any]:
    return {
        "chains": {
            **{name: _shares(tally) for name, tally in scores.chains.items()},
            "CoNLL": {"f1": round(scores.conll, 4)},
        },
        "with singletons": {
            **{name: _shares(tally) for name, tally in scores.everything.items()},
            "CoNLL": {"f1": round(scores.conll_with_singletons, 4)},
        },
    }


def _shares(tally: Tally) -> dict[str, float]:
    shares = {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
    return {name: round(share, 4) for name, share in shares.items()}


# -- as tables -------------------------------------------------------------------------------


def _tables(report: Report) -> Iterator[list[str]]:
    if "pipelines" in report:
        for kind in ("UPOS", "all"):  # treebanks, entity sets
            yield _pipelines_table({k: v for k, v in report["pipelines"].items() if kind in v})
    if "extraction" in report:
        yield _scores_table(report["extraction"])
        yield _calibration_table(report["calibration"])
    if "facts" in report:
        yield _facts_table(report["facts"])
    for name, scores in report.get("coreference", {}).items():
        yield _clusters_table(f"coreference, {name}", scores)
    if "entities" in report:
        entities = report["entities"]
        yield [
            *_clusters_table("entities", {"B3": entities["B3"]}),
            f"mentions in the graph: {entities['found']} of {entities['mentions']}",
        ]


def _clusters_table(title: str, scores: Report) -> list[str]:
    columns = ("precision", "recall", "f1")
    rows = ([name, *map(score.get, columns)] for name, score in scores.items())
    return _aligned((title, *columns), rows)


def _pipelines_table(scores: Report) -> list[str]:
    columns = list(dict.fromkeys(kind for found in scores.values() for kind in found))
    rows = (
        [name, *(_percent(found.get(kind)) for kind in columns)] for name, found in scores.items()
    )
    return _aligned(["F1, %", *columns], rows)


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _scores_table(scores: Report) -> list[str]:
    columns = ("extraction", "precision", "recall", "f1", "auc", "facts", "extractions")
    return _aligned(
        columns, ([name, *map(score.get, columns[1:])] for name, score in scores.items())
    )


def _calibration_table(calibration: Report) -> list[str]:
    columns = ("from", "number", "confidence", "right")
    return [
        f"confidence on BenchIE: expected calibration error {calibration['error']:.3f}",
        *_aligned(columns, (map(found.get, columns) for found in calibration["bins"])),
    ]


def _facts_table(facts: Report) -> list[str]:
    flags = (f"{name} {flag['right']} of {flag['of']}" for name, flag in facts["flags"].items())
    recalled = {f"recall ≥{level}": share for level, share in facts["recall"].items()}
    figures = {"facts": "", "precision": facts["precision"], **recalled}
    figures |= {"f1": facts["f1"], "gold": facts["facts"], "statements": facts["statements"]}
    return [
        *_aligned(figures, [figures.values()]),
        f"right of those found: {', '.join(flags) or 'none found'}",
        f"statements from sentences that are no content: {facts['leaks']}",
    ]


def _aligned(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> list[str]:
    """A table's lines: words to the left, figures to the right."""
    table = [list(columns), *([_cell(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in table
    ]


def _cell(value: Any) -> str:  # noqa: ANN401 - a value of JSON
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
