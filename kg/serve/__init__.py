"""The graph over HTTP: a SPARQL endpoint, the page, and every thing at the path of its IRI."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KGError
from kg.query.process import Job, Limits
from kg.serve.pool import Pool
from kg.serve.problems import failed, kg_error
from kg.serve.protocol import answer_query
from kg.serve.resources import show_resource
from kg.serve.source import Source

__all__ = ["Settings", "application"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a graph is served. ``origins`` are those whose pages may read the answers (CORS)."""

    limits: Limits = field(default_factory=lambda: Limits(20, memory=2 * 2**30, answer=32 * 2**20))
    slots: int = 8
    """Queries that run at a time; see ``kg.serve.pool``."""
    slow: int = 4
    """Slow queries that run besides while others wait."""
    origins: Sequence[str] = ()


def application(path: str | Path, settings: Settings | None = None) -> Starlette:
    """The ASGI application that serves the graph of an output folder or of a Turtle file.

    Raises ``StoreError`` where there is none.
    """
    settings = settings or Settings()
    source = Source(Path(path))
    limits = settings.limits
    pool = Pool(limits, settings.slots, settings.slow)

    async def page(_request: Request) -> Response:
        found = source.page
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, "no page here; `kg build` makes one")
        return FileResponse(found, media_type="text/html", headers={"Cache-Control": "no-cache"})

    async def sparql(request: Request) -> Response:
        return await answer_query(request, source, pool, limits)

    async def health(_request: Request) -> Response:
        """Whether queries are answered; raises what a query would."""
        snapshot = source.snapshot()
        formats: Mapping[Any, str] = {"boolean": "application/sparql-results+json"}
        (await pool.ask(snapshot, Job("ASK {}", {}, formats))).body.close()
        return JSONResponse({"status": "ok", "triples": len(snapshot.graph.store)})

    async def resource(request: Request) -> Response:
        return await show_resource(request, source, pool)

    @asynccontextmanager
    async def lifespan(_application: Starlette) -> AsyncIterator[None]:
        yield
        await pool.close()
        source.close()

    middleware = [Middleware(_Headers)]
    if settings.origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=list(settings.origins),
                allow_methods=["GET", "POST"],
                allow_headers=["Accept", "Content-Type"],
            )
        )
    return Starlette(
        routes=[
            Route("/", page),
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/sparql/", sparql, methods=["GET", "POST"]),
            Route("/health", health),
            Route("/{path:path}", resource),
        ],
        middleware=middleware,
        exception_handlers={KGError: kg_error, HTTPException: failed, Exception: failed},
        lifespan=lifespan,
    )


class _Headers:
    """Adds what keeps browsers from guessing types and telling others where they were."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                ]
            await send(message)

        await self._app(scope, receive, send_with_headers)
