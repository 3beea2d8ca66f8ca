"""The page: one HTML file that shows the graph and its evidence, offline, in any browser.

pyvis gives the network's data and the vis-network library that ships inside it; the template,
script and style are ours (``page_assets``), because pyvis's own load a CDN and run titles as HTML.
Data reaches the page only as JSON in an inert ``<script>``, and the screen only as text nodes.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from pyvis.network import Network

from kg.export.page_drawing import SHAPES, draw
from kg.export.page_facts import facts
from kg.types import GraphData
from kg.vocab import CLASSES, DEFAULT_BASE

__all__ = ["page", "write_page"]

_ASSETS = files("kg.export") / "page_assets"
_SCRIPTS = (
    "model",
    "format",
    "filter",
    "state",
    "layout",
    "scope",
    "marks",
    "labels",
    "canvas",
    "sparql",
    "statement",
    "panel",
    "search",
    "facets",
    "table",
    "download",
    "main",
)
"""Parts of the one script, in their order: each uses those before it."""

_DUMPED: Final[dict[str, Any]] = {
    "sort_keys": True,
    "ensure_ascii": False,
    "separators": (",", ":"),
}


def write_page(
    data: GraphData,
    path: Path,
    *,
    base: str = DEFAULT_BASE,
    title: str = "Knowledge graph",
    limit: int = 150,
) -> None:
    """Write the graph as one HTML file that needs nothing else and sends nothing anywhere.

    ``base`` begins the IRIs in the SPARQL that the page offers. ``limit`` is the number of nodes
    shown at first, the best connected; the reader brings in the others by search, filter or
    double click. The same data gives the same bytes.
    """
    with path.open("wb") as file:  # a piece at a time: all of it at once takes memory twice
        for piece in _pieces(data, base, title, limit):
            file.write(piece.encode("utf-8", "replace"))


def page(
    data: GraphData, *, base: str = DEFAULT_BASE, title: str = "Knowledge graph", limit: int = 150
) -> str:
    """The HTML that :func:`write_page` writes."""
    return "".join(_pieces(data, base, title, limit))


def _pieces(data: GraphData, base: str, title: str, limit: int) -> Iterator[str]:
    drawing = draw(data, limit)
    network = Network(directed=True, cdn_resources="in_line")
    # Set at once: add_node and add_edge look through all the others each time.
    network.nodes, network.edges = drawing.nodes, drawing.edges
    network.templateEnv = _environment()
    nodes, edges, *_ = network.get_network_data()
    library = _vis_network()
    script = "".join(_asset(f"{name}.js") for name in _SCRIPTS)
    style = _asset("page.css")
    template = network.templateEnv.get_template("page.html.j2")
    yield from template.generate(
        title=title,
        policy=_policy(scripts=(library, script), styles=(style,)),
        library=Markup(library),  # noqa: S704 - ours and pyvis's files, never data
        script=Markup(script),  # noqa: S704
        style=Markup(style),  # noqa: S704
        strings=json.loads(_asset("strings.json")),
        payload=_json_pieces(
            {
                **facts(data, drawing.order),
                "base": base,
                "shapes": SHAPES,
                "classes": {kind: str(node) for kind, node in CLASSES.items()},
                "limit": limit,
                "nodes": nodes,
                "edges": edges,
            }
        ),
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.export", "page_assets"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.policies["json.dumps_kwargs"] = _DUMPED
    return environment


def _json_pieces(payload: Mapping[str, Any]) -> Iterator[Markup]:
    """As the filter ``tojson`` writes an object, an item of its lists at a time.

    One character beyond Unicode's first plane has Python keep a text in four bytes each.
    """
    for number, (name, value) in enumerate(sorted(payload.items())):
        begin = "," if number else "{"
        yield Markup(f"{begin}{_json(name)}:")  # noqa: S704 - names of ours
        if not isinstance(value, list):
            yield _json(value)
            continue
        yield Markup("[")
        for place, item in enumerate(value):
            if place:
                yield Markup(",")
            yield _json(item)
        yield Markup("]")
    yield Markup("}")


def _json(value: object) -> Markup:
    return htmlsafe_json_dumps(value, **_DUMPED)


# -- what the browser may run ----------------------------------------------------------------


def _policy(*, scripts: Iterable[str], styles: Iterable[str]) -> str:
    """A Content Security Policy that allows these texts and nothing else, no request included."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_hash_source, scripts)),
            "style-src " + " ".join(map(_hash_source, styles)),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash_source(text: str) -> str:
    """https://www.w3.org/TR/CSP3/#grammardef-hash-source of an inline element's text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


def _asset(name: str) -> str:
    return _text(_ASSETS / name)


def _text(file: Traversable) -> str:
    # HTML parsers turn CRLF into LF before they hash.
    return file.read_text("utf-8").replace("\r\n", "\n")


def _vis_network() -> str:
    """The newest vis-network in pyvis, without the pointer to a source map nobody has."""
    versions = [
        folder
        for folder in (files("pyvis") / "templates" / "lib").iterdir()
        if folder.name.startswith("vis-")
    ]
    newest = max(versions, key=lambda folder: [int(n) for n in re.findall(r"\d+", folder.name)])
    source = _text(newest / "vis-network.min.js")
    return re.sub(r"^//# sourceMappingURL=.*$", "", source, flags=re.MULTILINE).strip()
