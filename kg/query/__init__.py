"""Questions to a graph: SPARQL through Oxigraph, read-only, with the prefixes declared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.errors import LimitError, QueryError
from kg.query.check import check, syntax_error
from kg.query.formats import FORMATS, MEDIA_TYPES, Kind
from kg.query.named import NamedQuery, asked, named_queries, read_query
from kg.query.parameters import Parameter, bind
from kg.query.process import Answer, Job, Limits, ask_child
from kg.query.results import Result, table
from kg.store import KnowledgeGraph
from kg.vocab import prefixes

__all__ = [
    "FORMATS",
    "MEDIA_TYPES",
    "Answer",
    "Limits",
    "NamedQuery",
    "Parameter",
    "Result",
    "asked",
    "named_queries",
    "prepare",
    "read_query",
    "run",
    "serialize",
    "table",
]


def run(
    graph: KnowledgeGraph,
    sparql: str,
    *,
    timeout: float | None = None,
    limits: Limits | None = None,
    parameters: Mapping[str, str | Sequence[str]] | None = None,
) -> Result:
    """The answer to a SELECT, ASK, CONSTRUCT or DESCRIBE.

    With a ``timeout`` (seconds) or ``limits`` the query runs in a child process, which is killed
    when it exceeds them: what strangers send needs that, since Oxigraph itself has no limits.
    ``parameters`` are values for the query's parameters, as people type them.
    Raises ``QueryError`` for anything that is not a query, is not allowed, fails or exceeds them.
    """
    names = prefixes(graph.names)
    if limits is None and timeout is not None:
        limits = Limits(timeout)
    sparql = prepare(graph, sparql, parameters, limits)
    if limits is not None:
        formats: dict[Kind, str] = {"solutions": "json", "boolean": "json", "graph": "nt"}
        return Result.read(_in_child(graph, sparql, formats, limits), names)
    try:
        return Result.of(graph.store.query(sparql, prefixes=names), names)
    except SyntaxError as error:
        raise syntax_error(sparql, str(error), names) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}") from error


def serialize(
    graph: KnowledgeGraph,
    sparql: str,
    form: str,
    *,
    limits: Limits,
    parameters: Mapping[str, str | Sequence[str]] | None = None,
) -> bytes:
    """The answer in one of the formats of ``MEDIA_TYPES``, as Oxigraph writes it.

    Raises ``QueryError`` as ``run``, and where the answer has no such format.
    """
    if form not in MEDIA_TYPES:
        raise QueryError(f"no format is called {form!r}; there are {', '.join(MEDIA_TYPES)}")
    sparql = prepare(graph, sparql, parameters, limits)
    formats = {kind: form for kind, forms in FORMATS.items() if form in forms}
    return _in_child(graph, sparql, formats, limits).body


def prepare(
    graph: KnowledgeGraph,
    sparql: str,
    parameters: Mapping[str, str | Sequence[str]] | None,
    limits: Limits | None,
) -> str:
    """The query as it may run: within the limit of its length, checked, its parameters bound."""
    if limits is not None and len(sparql) > limits.query:
        raise LimitError(f"the query is longer than {limits.query} characters")
    check(sparql)
    return bind(sparql, parameters or {}, graph.store, graph.names)


def _in_child(
    graph: KnowledgeGraph, sparql: str, formats: Mapping[Kind, str], limits: Limits
) -> Answer:
    types = {kind: MEDIA_TYPES[formats[kind]] for kind in FORMATS if kind in formats}
    job = Job(sparql, prefixes(graph.names), types)
    return ask_child(graph.store, graph.path, job, limits)
