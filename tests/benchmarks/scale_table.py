"""What ``scale.py`` measured, as a table in Markdown."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

__all__ = ["table"]

Result = Mapping[str, Any]
Row = tuple[str, Callable[[Result], str]]


def table(results: Sequence[Result]) -> str:
    """A column a size; what was not measured is left empty."""
    rows: list[list[str]] = []
    for name, value in _rows(results):
        rows.append([name, *(_or_empty(value, result) for result in results)])
    for name in ("seconds", "parent", "workers", "merging", "writing"):
        cells = [_slope(one, two, name) for one, two in pairwise(results)]
        if any(cells):
            rows.append([f"power of the words with which time grows: {_SLOPES[name]}", "", *cells])
    peaks = [result["peak"] for result in results if "peak" in result]
    if len(peaks) > 1:
        ratio = f"{peaks[-1] / peaks[0]:.2f}"
        rows.append(["peak memory, largest size to smallest", *[""] * (len(results) - 1), ratio])
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|".join(["", " --- ", *[" ---: "] * len(results), ""]), *body])


_SLOPES: Final = {
    "seconds": "clock",
    "parent": "processor, main process",
    "workers": "processor, workers",
    "merging": "clock, merging",
    "writing": "clock, writing",
}


def _rows(results: Sequence[Result]) -> Iterator[Row]:
    yield "documents asked for", lambda r: f"{r['asked']:,}"
    for name in ("documents", "sentences", "words", "entities", "statements", "triples"):
        yield name, lambda r, name=name: f"{r[name]:,}"  # type: ignore[misc]
    yield "not read; same text", lambda r: f"{r['failures']:,}; {r['repeated']:,}"
    yield "seconds", lambda r: f"{r['seconds']:,.1f}"
    yield "words a second", lambda r: f"{r['words'] / r['seconds']:,.0f}"
    yield "documents a core-hour", lambda r: f"{r['documents'] / _core_seconds(r) * 3600:,.0f}"
    for stage in dict.fromkeys(s for r in results for s in r.get("stages", ())):
        yield (
            f"{stage}: seconds, share",
            lambda r, s=stage: f"{r['stages'][s]:,.1f}, {r['stages'][s] / r['seconds']:.0%}",  # type: ignore[misc]
        )
    yield "processor, main process: seconds", lambda r: f"{r['parent']:,.1f}"
    yield "processor, workers: seconds", lambda r: f"{r['workers']:,.1f}"
    yield "peak memory of the main process", lambda r: _mega(r["peak"])
    yield "of it its own, no mapped files (sampled)", lambda r: _mega(r["anonymous"])
    yield "peak memory of the largest worker", lambda r: _mega(r["worker"])
    yield "disk, output and temporary files at most", lambda r: _mega(r["folders"])
    for part in dict.fromkeys(p for r in results for p in r.get("disk", ())):
        yield f"output: {part}", lambda r, p=part: _mega(r["disk"][p])  # type: ignore[misc]
    yield "triples a statement", lambda r: f"{r['triples'] / r['statements']:.1f}"
    yield "statements a sentence", lambda r: f"{r['statements'] / r['sentences']:.2f}"
    yield "bytes a triple: store", lambda r: f"{r['disk']['store, RDF'] / r['triples']:.0f}"
    yield "bytes a triple: graph.ttl", lambda r: f"{r['disk']['graph.ttl'] / r['triples']:.0f}"
    yield "bytes a statement, all", lambda r: f"{r['disk']['all'] / r['statements']:,.0f}"
    yield "nlp.pipe alone: words a second", lambda r: f"{_rate(r['bare']):,.0f}"
    yield "build to nlp.pipe, by the clock", lambda r: f"{_rate(r) / _rate(r['bare']):.2f}"
    yield "build to nlp.pipe, by processor time", lambda r: f"{_processor_ratio(r):.2f}"


def _or_empty(value: Callable[[Result], str], result: Result) -> str:
    try:
        return value(result)
    except (KeyError, ZeroDivisionError):
        return ""


def _mega(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def _core_seconds(result: Result) -> float:
    return float(result["parent"] + result["workers"])


def _rate(result: Result) -> float:
    return float(result["words"] / result["seconds"])


def _processor_ratio(result: Result) -> float:
    """Words a second of processor time, the build's to the pipelines' alone."""
    bare = result["bare"]
    alone = bare["words"] / bare["processor"]
    return float(result["words"] / _core_seconds(result) / alone)


def _slope(one: Result, two: Result, name: str) -> str:
    """The power of the words with which something grows: 1 is in proportion."""
    times = [{**r.get("stages", {}), **r}.get(name, 0.0) for r in (one, two)]
    if not all(times):
        return ""
    return f"{math.log(times[1] / times[0]) / math.log(two['words'] / one['words']):.2f}"
