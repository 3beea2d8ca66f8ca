"""Errors over HTTP, as JSON that programs and people can read.

https://www.rfc-editor.org/rfc/rfc9457
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import BusyError, FormatError, KGError, LimitError, QueryError, RefusedError

__all__ = ["failed", "kg_error", "problem"]

_STATUS: Final[Mapping[type[KGError], HTTPStatus]] = {
    BusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    FormatError: HTTPStatus.NOT_ACCEPTABLE,
    LimitError: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusedError: HTTPStatus.FORBIDDEN,
    QueryError: HTTPStatus.BAD_REQUEST,
}
"""A query over a limit would be over it again: 422 says so, 503 that it is worth trying later."""
_SECONDS: Final = "2"


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A problem document: what is wrong in one line."""
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": int(status), "detail": detail}
    return Response(
        json.dumps(body, ensure_ascii=False) + "\n",
        status_code=status,
        media_type="application/problem+json",
        headers=headers,
    )


def kg_error(_request: Request, error: Exception) -> Response:
    """The problem document of an error of ours."""
    status = next(
        (status for kind, status in _STATUS.items() if isinstance(error, kind)),
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )
    headers = {"Retry-After": _SECONDS} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return problem(status, str(error), headers)


def failed(_request: Request, error: Exception) -> Response:
    """The problem document of what the framework refuses, and of what must not happen."""
    if isinstance(error, HTTPException):
        detail = "" if error.detail == HTTPStatus(error.status_code).phrase else error.detail
        return problem(error.status_code, detail, error.headers)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "the server made a mistake; see its log")
