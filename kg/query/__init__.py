"""Questions to a graph: SPARQL through Oxigraph, read-only, with the prefixes declared."""

from __future__ import annotations

from kg.errors import QueryError
from kg.query.check import check, syntax_error
from kg.query.named import NamedQuery, named_queries, read_query
from kg.query.process import Limits, run_in_child
from kg.query.results import FORMATS, Result, render
from kg.store import KnowledgeGraph
from kg.vocab import prefixes

__all__ = [
    "FORMATS",
    "Limits",
    "NamedQuery",
    "Result",
    "named_queries",
    "read_query",
    "render",
    "run",
]


def run(
    graph: KnowledgeGraph,
    sparql: str,
    *,
    timeout: float | None = None,
    limits: Limits | None = None,
) -> Result:
    """The answer to a SELECT, ASK, CONSTRUCT or DESCRIBE.

    With a ``timeout`` (seconds) or ``limits`` the query runs in a child process, which is killed
    when it exceeds them: what strangers send needs that, since Oxigraph itself has no limits.
    Raises ``QueryError`` for anything that is not a query, is not allowed, fails or exceeds them.
    """
    names = prefixes(graph.names)
    if limits is None and timeout is not None:
        limits = Limits(timeout)
    if limits is not None and len(sparql) > limits.query:
        raise QueryError(f"the query is longer than {limits.query} characters")
    check(sparql)
    if limits is not None:
        return run_in_child(graph.store, graph.path, sparql, names, limits)
    try:
        return Result.of(graph.store.query(sparql, prefixes=names), names)
    except SyntaxError as error:
        raise syntax_error(sparql, str(error), names) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}") from error
