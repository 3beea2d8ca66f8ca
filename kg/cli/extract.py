"""``kg extract``: sentences in, what they say out, in their own words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import ReadError

if TYPE_CHECKING:
    from kg.types import Argument, Attribution, Extraction

__all__ = ["register"]

_SAMPLE = 50
"""Lines that tell the language where no option does."""


class _Format(StrEnum):
    JSONL = "jsonl"
    TSV = "tsv"


class _Profile(StrEnum):
    GRAPH = "graph"
    BENCHIE = "benchie"
    CARB = "carb"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "extract", epilog="Example: [bold]kg extract --lang en --format tsv sentences.txt[/bold]"
    )(_extract)


def _extract(
    file: Annotated[Path, typer.Argument(help="One sentence a line; - is standard input.")],
    *,
    lang: Annotated[
        str | None, typer.Option(help="Language (en, it); by default what the text seems to be.")
    ] = None,
    form: Annotated[_Format, typer.Option("--format", help="Of the output.")] = _Format.JSONL,
    profile: Annotated[
        _Profile,
        typer.Option(help="Facts as a build has them, or as a benchmark wants them."),
    ] = _Profile.GRAPH,
    pretokenized: Annotated[
        bool, typer.Option("--pretokenized", help="Tokens are cut at spaces and nowhere else.")
    ] = False,
) -> None:
    """Print the extractions of sentences, one a line, in the sentences' own words."""
    from kg.extract import extract_sentences

    lines = _lines(file)
    if lang is None:
        first = list(islice(lines, _SAMPLE))
        lang, lines = _language(first), chain(first, lines)
    write = _jsonl if form is _Format.JSONL else _tsv
    found = extract_sentences(lines, lang, pretokenized=pretokenized, profile=profile.value)
    for number, _, extractions in found:
        for extraction in extractions:
            typer.echo(write(number, extraction))


def _lines(file: Path) -> Iterator[str]:
    """The lines of a file in UTF-8, a byte order mark aside."""
    try:
        if str(file) == "-":
            yield from (line.decode("utf-8-sig") for line in sys.stdin.buffer)
        else:
            with file.open("rb") as stream:
                yield from (line.decode("utf-8-sig") for line in stream)
    except OSError as error:
        raise ReadError(f"{file}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{file}: not UTF-8 text ({error.reason})") from error


def _language(lines: Iterable[str]) -> str:
    from kg.read.language import detect_language

    language = detect_language("\n".join(lines))
    if language is None:
        raise ReadError("no words to tell the language by; say which with --lang")
    return language


def _jsonl(number: int, extraction: Extraction) -> str:
    row: dict[str, Any] = {
        "line": number,
        "subject": extraction.subject.text,
        "relation": extraction.relation.text,
        "object": extraction.object.text if extraction.object else None,
        "arguments": [_argument(argument) for argument in extraction.arguments],
        "confidence": round(extraction.confidence, 3),
        "negated": extraction.negated,
        "modality": extraction.modality,
        "attribution": _attribution(extraction.attribution),
    }
    return json.dumps(row, ensure_ascii=False)


def _argument(argument: Argument) -> dict[str, str]:
    return {"role": argument.role, "case": argument.case, "text": argument.text}


def _attribution(attribution: Attribution | None) -> dict[str, str | None] | None:
    if attribution is None:
        return None
    speaker = attribution.speaker.text if attribution.speaker else None
    return {"speaker": speaker, "verb": attribution.text}


def _tsv(number: int, extraction: Extraction) -> str:
    object_ = extraction.object.text if extraction.object else ""
    words = (extraction.subject.text, extraction.relation.text, object_)
    cells = (" ".join(text.split()) for text in words)
    return "\t".join([str(number), *cells, f"{extraction.confidence:.3f}"])
