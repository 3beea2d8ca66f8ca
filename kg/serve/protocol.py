"""The query operation of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import IO, Final
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.errors import FormatError, QueryError, RefusedError
from kg.query import prepare
from kg.query.process import Job, Limits
from kg.serve.description import describe_service
from kg.serve.negotiation import preferred, wanted
from kg.serve.pool import Pool, Reply
from kg.serve.source import Source
from kg.vocab import prefixes

__all__ = ["answer_query", "respond"]

_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_DATASET: Final = ("default-graph-uri", "named-graph-uri")
_PIECE: Final = 2**16
_VARY: Final = {"Vary": "Accept"}


async def answer_query(request: Request, source: Source, pool: Pool, limits: Limits) -> Response:
    """The answer to a request at the endpoint; the service's description where it asks nothing."""
    parameters = await _parameters(request, limits)
    _refuse_others(parameters)
    queries = [value for name, value in parameters if name == "query"]
    accept = request.headers.get("accept")
    snapshot = source.snapshot()
    if not queries and request.method != "POST":
        form = preferred(accept, ("ttl", "jsonld", "rdfxml", "nt"))
        return describe_service(snapshot, str(request.url.replace(query="")), form or "ttl")
    if len(queries) != 1:
        problem = "no query" if not queries else "several queries"
        raise QueryError(f"{problem} in the request; the parameter `query` must stand once")
    formats = wanted(accept)
    if not formats:
        raise FormatError(f"nothing that is accepted can be sent ({accept})")
    sparql = prepare(snapshot.graph, queries[0], None, limits)
    job = Job(sparql, prefixes(snapshot.graph.names), formats)
    reply = await pool.ask(snapshot, job)
    return respond(reply, formats[reply.kind], request.method)


def respond(reply: Reply, media_type: str, method: str = "GET") -> Response:
    """A reply as a response, in pieces."""
    headers = {**_VARY, "Content-Length": str(reply.size)}
    if method == "HEAD" or reply.size <= _PIECE:
        with reply.body as body:
            return Response(body.read(_PIECE), media_type=media_type, headers=headers)
    return StreamingResponse(_pieces(reply.body), media_type=media_type, headers=headers)


def _pieces(body: IO[bytes]) -> Iterator[bytes]:
    with body:
        while piece := body.read(_PIECE):
            yield piece


async def _parameters(request: Request, limits: Limits) -> list[tuple[str, str]]:
    """Parameters of the request, wherever the protocol has them stand, in their order."""
    in_address = _decoded(request.url.query)
    if request.method != "POST":
        return in_address
    media_type, _, more = request.headers.get("content-type", "").partition(";")
    media_type = media_type.strip().lower()
    if media_type == _UPDATE:
        raise RefusedError("updates are refused: the graph is read only")
    if media_type not in {_FORM, _DIRECT}:
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"POST takes {_FORM} or {_DIRECT}, not {media_type!r}",
        )
    charset = more.partition("charset=")[2].split(";")[0].strip(' "').lower()
    if charset not in {"", "utf-8", "utf8"}:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "queries are in UTF-8")
    body = await _body(request, limits)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise QueryError("the query is not UTF-8") from None
    return _decoded(text) if media_type == _FORM else [*in_address, ("query", text)]


async def _body(request: Request, limits: Limits) -> bytes:
    """The body, of at most twelve bytes a character: what UTF-8, percent-encoded, can take."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > 12 * limits.query:
            raise HTTPException(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"a query has at most {limits.query} characters",
            )
    return bytes(body)


def _decoded(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError:
        raise QueryError("the query is not UTF-8") from None
    except ValueError as error:
        raise QueryError(f"the parameters cannot be read ({error})") from None


def _refuse_others(parameters: list[tuple[str, str]]) -> None:
    names = {name for name, _ in parameters}
    if "update" in names:
        raise RefusedError("updates are refused: the graph is read only")
    for name in _DATASET:
        if name in names:
            raise QueryError(f"{name}: this service has one graph, and no other can be chosen")
