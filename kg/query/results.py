"""Answers of queries as rows, and as a table for people."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.query.process import Answer

__all__ = ["Result", "Term", "table"]

Term = NamedNode | BlankNode | Literal | Triple

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
            return cls(variables, tuple(map(tuple, answer)), prefixes=prefixes)
        if isinstance(answer, QueryBoolean):
            return cls((), (), boolean=bool(answer), prefixes=prefixes)
        triples = tuple(answer)
        return cls(_TRIPLE, tuple(map(tuple, triples)), triples=triples, prefixes=prefixes)

    @classmethod
    def read(cls, answer: Answer, prefixes: Mapping[str, str]) -> Result:
        """What a worker answered, in JSON or N-Triples."""
        if answer.kind != "graph":
            results = parse_query_results(answer.body, format=QueryResultsFormat.JSON)
            return cls.of(results, prefixes)
        triples = tuple(quad.triple for quad in parse(answer.body, RdfFormat.N_TRIPLES))
        return cls(_TRIPLE, tuple(map(tuple, triples)), triples=triples, prefixes=prefixes)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        for row in self.rows:
            yield {
                name: None if term is None else _plain(term)
                for name, term in zip(self.variables, row, strict=True)
            }


_TRIPLE: Final = ("subject", "predicate", "object")


def table(result: Result) -> str:
    """The answer as lines of text for a terminal; ASK gives yes or no."""
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
