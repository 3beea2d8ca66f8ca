"""Errors that people cause: one clear line each, printed without a traceback."""

from __future__ import annotations

__all__ = [
    "BusyError",
    "FormatError",
    "KGError",
    "LimitError",
    "PipelineError",
    "QueryError",
    "ReadError",
    "RefusedError",
    "StoreError",
]


class KGError(Exception):
    """Base class; the message says which file, what is wrong and what to do."""


class ReadError(KGError):
    """A file cannot be read as an article."""


class PipelineError(KGError):
    """No pipeline for a language, or a configured one cannot be loaded."""


class StoreError(KGError):
    """A graph on disk is missing, broken, or being written by another process."""


class QueryError(KGError):
    """A query is malformed or not allowed."""


class RefusedError(QueryError):
    """A query would do what none may: change the graph, or reach beyond it."""


class LimitError(QueryError):
    """A query takes more time or memory, or has a larger answer, than is allowed."""


class FormatError(QueryError):
    """The answer has no form of the kind that was asked for."""


class BusyError(QueryError):
    """Others' queries take all there is; later there will be room."""
