"""Answers of queries, and how they are printed: table, csv, tsv, json, ttl."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from kg.errors import QueryError

__all__ = ["FORMATS", "Result", "Term", "render"]

Term = NamedNode | BlankNode | Literal | Triple

_XSD_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_CELL: Final = 60
"""Characters after which a cell of a table goes on in the next line."""

# Control characters, and those that turn the direction of text, could forge a terminal's lines.
_INVISIBLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Result:
    """What a query gave. Iterating gives a row at a time, as text by variable (None: unbound).

    ``boolean`` is set for ASK, ``triples`` for CONSTRUCT and DESCRIBE, whose rows are the triples.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    boolean: bool | None = None
    triples: tuple[Triple, ...] | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, answer: QuerySolutions | QueryBoolean | QueryTriples, prefixes: Mapping[str, str]
    ) -> Result:
        """The whole answer, read to its end."""
        if isinstance(answer, QuerySolutions):
            variables = tuple(variable.value for variable in answer.variables)
            rows = (tuple(row[name] for name in variables) for row in answer)
            return cls(variables, tuple(rows), prefixes=prefixes)
        if isinstance(answer, QueryBoolean):
            return cls((), (), boolean=bool(answer), prefixes=prefixes)
        return cls.of_triples(answer, prefixes)

    @classmethod
    def of_triples(cls, answer: Iterable[Triple], prefixes: Mapping[str, str]) -> Result:
        """The triples of a CONSTRUCT, sorted and without doubles."""
        triples = tuple(sorted(set(answer), key=str))
        rows = tuple((item.subject, item.predicate, item.object) for item in triples)
        return cls(("subject", "predicate", "object"), rows, triples=triples, prefixes=prefixes)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        for row in self.rows:
            yield {
                name: None if term is None else _plain(term)
                for name, term in zip(self.variables, row, strict=True)
            }


def render(result: Result, form: str = "table") -> str:
    """The answer as text in one of ``FORMATS``. Raises ``QueryError`` where it has no such form."""
    if form not in FORMATS:
        raise QueryError(f"no format is called {form!r}; there are {', '.join(FORMATS)}")
    return FORMATS[form](result)


def _table(result: Result) -> str:
    if result.boolean is not None:
        return "yes\n" if result.boolean else "no\n"
    curies = sorted(((iri, name) for name, iri in result.prefixes.items()), reverse=True)
    cells = [
        [textwrap.wrap(_cell(term, curies), _CELL) or [""] for term in row] for row in result.rows
    ]
    columns = [[[name]] + [row[i] for row in cells] for i, name in enumerate(result.variables)]
    widths = [max(len(line) for cell in column for line in cell) for column in columns]
    lines = [_line(result.variables, widths), _line(["─" * width for width in widths], widths)]
    for row in cells:
        lines += (_line(line, widths) for line in zip_longest(*row, fillvalue=""))
    return "".join(f"{line}\n" for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _cell(term: Term | None, curies: Sequence[tuple[str, str]]) -> str:
    if term is None:
        return ""
    text = _plain(term)
    if isinstance(term, NamedNode):
        for iri, prefix in curies:
            if text.startswith(iri):
                text = f"{prefix}:{text[len(iri) :]}"
                break
    return _INVISIBLE.sub(" ", text)


def _plain(term: Term) -> str:
    return str(term) if isinstance(term, Triple) else term.value


def _csv(result: Result) -> str:
    """https://www.w3.org/TR/sparql11-results-csv-tsv/#csv."""
    if result.boolean is not None:
        return f"{str(result.boolean).lower()}\r\n"
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(result.variables)
    writer.writerows(["" if term is None else _plain(term) for term in row] for row in result.rows)
    return text.getvalue()


def _tsv(result: Result) -> str:
    """https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv."""
    if result.boolean is not None:
        return f"{str(result.boolean).lower()}\n"
    lines = ["\t".join(f"?{name}" for name in result.variables)]
    # Terms in the syntax of N-Triples hold no tab or line end; pyoxigraph leaves the tab alone.
    for row in result.rows:
        cells = ["" if term is None else str(term).replace("\t", "\\t") for term in row]
        lines.append("\t".join(cells))
    return "".join(f"{line}\n" for line in lines)


def _json(result: Result) -> str:
    """https://www.w3.org/TR/sparql11-results-json/."""
    if result.boolean is not None:
        answer: dict[str, Any] = {"head": {}, "boolean": result.boolean}
    else:
        bindings = [
            {
                name: _json_term(term)
                for name, term in zip(result.variables, row, strict=True)
                if term is not None
            }
            for row in result.rows
        ]
        answer = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    answer = {"type": "literal", "value": term.value}
    if term.language:
        answer["xml:lang"] = term.language
    elif term.datatype.value != _XSD_STRING:
        answer["datatype"] = term.datatype.value
    return answer


def _ttl(result: Result) -> str:
    if result.triples is None:
        raise QueryError("ttl needs a query that gives triples: CONSTRUCT or DESCRIBE")
    turtle = serialize(result.triples, format=RdfFormat.TURTLE, prefixes=dict(result.prefixes))
    lines = (turtle or b"").decode("utf-8").splitlines(keepends=True)
    # pyoxigraph writes the prefixes in no order.
    declared = sorted(line for line in lines if line.startswith("@prefix "))
    return "".join([*declared, *(line for line in lines if not line.startswith("@prefix "))])


FORMATS: Final[Mapping[str, Callable[[Result], str]]] = {
    "table": _table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "ttl": _ttl,
}
"""The formats an answer can be printed in."""
