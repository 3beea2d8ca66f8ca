"""From what sentences say to what the graph knows: coreference, entities, relations, statements."""

from __future__ import annotations

from kg.resolve.corpus import resolve_corpus, resolve_identities
from kg.resolve.corrections import (
    Corrections,
    CorrectionsError,
    dump_corrections,
    load_corrections,
)
from kg.resolve.document import resolve_document
from kg.resolve.facts import DocumentFacts, LocalEntity, LocalRelation, LocalStatement

__all__ = [
    "Corrections",
    "CorrectionsError",
    "DocumentFacts",
    "LocalEntity",
    "LocalRelation",
    "LocalStatement",
    "dump_corrections",
    "load_corrections",
    "resolve_corpus",
    "resolve_document",
    "resolve_identities",
]
