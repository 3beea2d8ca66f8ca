"""The things of the graph at the paths of their IRIs, as a page or in a format of RDF."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kg.errors import FormatError
from kg.query import FORMATS, MEDIA_TYPES, prepare
from kg.query.process import Job
from kg.serve.negotiation import preferred
from kg.serve.pool import Pool
from kg.serve.protocol import respond
from kg.serve.source import Snapshot, Source
from kg.vocab import DEFAULT_BASE, KG, RDF, Names, prefixes

__all__ = ["address_of", "iri_of", "show_resource"]

_ASSETS: Final = files("kg.serve") / "assets"
_MOST: Final = 500
"""Values and statements on a page; the queries ask for one more, to know that there are more."""
_SHOWN: Final = {"ttl": "Turtle", "jsonld": "JSON-LD", "rdfxml": "RDF/XML", "nt": "N-Triples"}

Row = Mapping[str, Mapping[str, str]]
"""A row of SPARQL results in JSON."""


async def show_resource(request: Request, source: Source, pool: Pool) -> Response:
    """What the graph says of the thing whose IRI's path is the request's.

    A thing that has another IRI now is redirected to it; one that is not there is not found.
    """
    snapshot = source.snapshot()
    names = snapshot.graph.names
    iri = iri_of(_path(request), names)
    chosen = request.query_params.get("format")
    forms = (*FORMATS["graph"], "html")
    form = chosen if chosen in forms else preferred(request.headers.get("accept"), forms)
    if form is None:
        raise FormatError(f"this is there as {', '.join((*_SHOWN.values(), 'HTML'))}")
    about = await _rows(snapshot, pool, "about", iri)
    if not about:
        return _moved(snapshot, iri)
    if form != "html":
        job = _job(snapshot, "describe", iri, {"graph": MEDIA_TYPES[form]})
        return respond(await pool.ask(snapshot, job), MEDIA_TYPES[form], request.method)
    is_entity = iri.startswith(names.entity("").value)
    said = await _rows(snapshot, pool, "statements", iri) if is_entity else []
    return _page(iri, names, about, said)


def iri_of(path: str, names: Names) -> str:
    """The IRI that a path of this server stands for; the path is percent-encoded as it came.

    >>> iri_of("/entity/Citt%c3%a0", Names("https://kg.example/"))
    'https://kg.example/entity/Citt%C3%A0'
    """
    clean = "/".join(quote(unquote(part), safe="") for part in path.split("/"))
    if names.base.endswith("#"):  # what follows the sign never reaches a server
        return names.base + clean.lstrip("/")
    parts = urlsplit(names.base)
    return f"{parts.scheme}://{parts.netloc}{clean}"


def address_of(iri: str, names: Names) -> str:
    """Where a page links to for an IRI: here, elsewhere on the web, or nowhere (empty)."""
    origin = iri_of("", names)
    if iri.startswith(origin) and not iri.startswith(KG.iri):
        return "/" + iri.removeprefix(origin).lstrip("/")
    if iri.startswith(DEFAULT_BASE):  # a relation or a term of the vocabulary: nowhere on the web
        return ""
    return iri if iri.startswith(("http://", "https://")) else ""


def _path(request: Request) -> str:
    raw: bytes = request.scope.get("raw_path") or quote(request.url.path).encode()
    return raw.partition(b"?")[0].decode("ascii", "replace")


def _moved(snapshot: Snapshot, iri: str) -> Response:
    """A redirect where the thing has another IRI now; a later build may give the old one back."""
    new = snapshot.redirects.get(iri)
    address = "" if new is None else address_of(new, snapshot.graph.names)
    if not address:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"nothing in the graph is called {iri}")
    # A thing of this graph has moved; what is elsewhere is another thing, which tells of it.
    here = address.startswith("/")
    status = HTTPStatus.MOVED_PERMANENTLY if here else HTTPStatus.SEE_OTHER
    return RedirectResponse(address, status, headers={"Cache-Control": "no-cache"})


# -- queries ---------------------------------------------------------------------------------


def _job(snapshot: Snapshot, query: str, iri: str, formats: Mapping[Any, str]) -> Job:
    sparql = prepare(snapshot.graph, _text(f"{query}.rq"), {"thing": f"<{iri}>"}, None)
    return Job(sparql, prefixes(snapshot.graph.names), formats)


async def _rows(snapshot: Snapshot, pool: Pool, query: str, iri: str) -> Sequence[Row]:
    formats = {"solutions": MEDIA_TYPES["json"]}
    reply = await pool.ask(snapshot, _job(snapshot, query, iri, formats))
    with reply.body as body:
        rows: Sequence[Row] = json.load(body)["results"]["bindings"]
    return rows


# -- the page --------------------------------------------------------------------------------


def _page(iri: str, names: Names, about: Sequence[Row], said: Sequence[Row]) -> Response:
    labels = [
        row["value"]["value"] for row in about if row["property"]["value"] == KG["label"].value
    ]
    title = labels[0] if labels else _short(iri, names)
    html = (
        _environment()
        .get_template("resource.html.j2")
        .render(
            title=title,
            iri=iri,
            style=Markup(_text("resource.css")),  # noqa: S704 - ours, never data
            formats={name: (MEDIA_TYPES[form], f"?format={form}") for form, name in _SHOWN.items()},
            properties=_properties(about[:_MOST], names),
            more_properties=len(about) > _MOST,
            statements=[_statement(row, names) for row in said[:_MOST]],
            more_statements=len(said) > _MOST,
            most=_MOST,
        )
    )
    return HTMLResponse(
        html,
        headers={"Vary": "Accept", "Content-Security-Policy": _policy()},
    )


def _properties(about: Sequence[Row], names: Names) -> list[tuple[str, list[Mapping[str, str]]]]:
    """Properties by name with their values, the type first."""
    found: dict[str, dict[tuple[str, str], Mapping[str, str]]] = defaultdict(dict)
    for row in sorted(about, key=lambda row: row["property"]["value"] != RDF["type"].value):
        iri = row["property"]["value"]
        if iri != KG["label"].value:
            name = "type" if iri == RDF["type"].value else _label(row, "name") or _short(iri, names)
            value = row["value"]
            key = value["value"], value.get("xml:lang", "")
            found[name].setdefault(key, _value(value, _label(row, "label"), names))
    return [(name, list(values.values())) for name, values in found.items()]


def _statement(row: Row, names: Names) -> Mapping[str, Any]:
    marks = [row["modality"]["value"]] if row["modality"]["value"] != "asserted" else []
    marks += ["not"] if row["polarity"]["value"] == "negative" else []
    marks += [f"says {_label(row, 'speaker')}"] if "speaker" in row else []
    target = row.get("object") or row.get("value")
    return {
        "subject": _value(row["subject"], _label(row, "who"), names),
        "relation": _label(row, "relation"),
        "object": _value(target, _label(row, "what"), names) if target else None,
        "address": address_of(row["statement"]["value"], names),
        "marks": marks,
        "sentence": _label(row, "sentence"),
        "source": _label(row, "source"),
        "document": address_of(row["document"]["value"], names),
    }


def _value(term: Mapping[str, str], label: str, names: Names) -> Mapping[str, str]:
    if term["type"] == "uri":
        iri = term["value"]
        return {"text": label or _short(iri, names), "address": address_of(iri, names)}
    return {"text": term["value"], "language": term.get("xml:lang", "")}


def _label(row: Row, name: str) -> str:
    return row[name]["value"] if name in row else ""


def _short(iri: str, names: Names) -> str:
    """An IRI with a prefix of the graph where it has one."""
    for prefix, beginning in prefixes(names).items():
        if iri.startswith(beginning):
            return f"{prefix}:{unquote(iri.removeprefix(beginning))}"
    return iri


def _policy() -> str:
    digest = b64encode(sha256(_text("resource.css").encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _text(name: str) -> str:
    return (_ASSETS / name).read_text("utf-8").replace("\r\n", "\n")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kg.serve", "assets"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
