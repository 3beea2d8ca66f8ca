"""The service's description (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize
from starlette.responses import Response

from kg.query import FORMATS, MEDIA_TYPES
from kg.serve.source import Snapshot
from kg.vocab import RDF, XSD, Namespace

__all__ = ["describe_service"]

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_VOID = Namespace("http://rdfs.org/ns/void#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "nt": "N-Triples",
}
"""Names in the W3C's list of formats (https://www.w3.org/ns/formats/)."""


def describe_service(snapshot: Snapshot, endpoint: str, form: str) -> Response:
    """What the endpoint at this address can do, in a format of RDF."""
    prefixes = {"sd": _SD.iri, "void": _VOID.iri, "formats": _FORMATS.iri}
    media_type = MEDIA_TYPES[form]
    rdf = RdfFormat.from_media_type(media_type)
    body = serialize(
        _triples(snapshot, endpoint),
        format=rdf or RdfFormat.TURTLE,
        prefixes=prefixes if rdf == RdfFormat.TURTLE else None,
    )
    return Response(body, media_type=media_type, headers={"Vary": "Accept"})


def _triples(snapshot: Snapshot, endpoint: str) -> Iterator[Triple]:
    service, dataset, graph = BlankNode("service"), BlankNode("dataset"), BlankNode("graph")
    triples = Literal(str(len(snapshot.graph.store)), datatype=XSD["integer"])
    yield Triple(service, RDF["type"], _SD["Service"])
    with suppress(ValueError):  # the client's Host header may make it anything
        yield Triple(service, _SD["endpoint"], NamedNode(endpoint))
    yield Triple(service, _SD["supportedLanguage"], _SD["SPARQL11Query"])
    for form in dict.fromkeys(form for forms in FORMATS.values() for form in forms):
        yield Triple(service, _SD["resultFormat"], _FORMATS[_NAMES[form]])
    yield Triple(service, _SD["defaultDataset"], dataset)
    yield Triple(dataset, RDF["type"], _SD["Dataset"])
    yield Triple(dataset, _SD["defaultGraph"], graph)
    yield Triple(graph, RDF["type"], _SD["Graph"])
    yield Triple(graph, _VOID["triples"], triples)
