"""The formats of answers, by the name that people give and the media type that the web gives.

SPARQL results: https://www.w3.org/TR/sparql11-results-json/, …/rdf-sparql-XMLres/,
…/sparql11-results-csv-tsv/. Which of them fits depends on the query: SELECT gives solutions, ASK a
boolean, CONSTRUCT and DESCRIBE a graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

__all__ = ["FORMATS", "MEDIA_TYPES", "Kind"]

Kind = Literal["solutions", "boolean", "graph"]

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "nt": "application/n-triples",
}
"""The media type of each format, by its name."""

FORMATS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "solutions": ("json", "xml", "csv", "tsv"),
    "boolean": ("json", "xml"),
    "graph": ("ttl", "jsonld", "rdfxml", "nt"),
}
"""The formats that an answer of each kind has, the preferred one first."""
