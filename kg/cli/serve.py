"""``kg serve``: the graph over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import Output, fail, tell

__all__ = ["register"]

_MIB = 2**20


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("serve", epilog="Example: [bold]kg serve -o output --port 8000[/bold]")(_serve)


def _serve(
    output: Output = Path("output"),
    *,
    host: Annotated[
        str, typer.Option(help="Address to listen at; 0.0.0.0 lets other machines in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 8000,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds a query may take.")] = 20.0,
    memory: Annotated[int, typer.Option(min=256, help="MiB of memory a query may use.")] = 2048,
    answer: Annotated[int, typer.Option(min=1, help="MiB an answer may be large.")] = 32,
    slots: Annotated[int, typer.Option(min=1, help="Queries that run at a time.")] = 8,
    slow: Annotated[
        int, typer.Option(min=0, help="Slow queries that run besides while others wait.")
    ] = 4,
    cors: Annotated[
        list[str] | None,
        typer.Option(help="A site whose pages may read the answers, * for all; by default none."),
    ] = None,
) -> None:
    """Serve the graph over HTTP: /sparql, the page, each entity at its IRI's path, /health.

    Read only. Whoever builds or adds meanwhile: the server follows.
    """
    import uvicorn

    from kg.query import Limits
    from kg.serve import Settings, application

    limits = Limits(timeout, memory=memory * _MIB, answer=answer * _MIB)
    settings = Settings(limits, slots, slow, tuple(cors or ()))
    app = application(output, settings)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=3,
        )
    )
    shown = f"[{host}]" if ":" in host else host
    tell(f"serving {output} at http://{shown}:{port}/ and /sparql; Ctrl-C ends it")
    try:
        server.run()
    except SystemExit:  # uvicorn's, where it could not begin: its log said why
        fail(f"cannot listen at {shown}:{port}; is the port taken? another: --port")
