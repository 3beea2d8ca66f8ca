"""From what sentences say to what the graph knows: coreference, entities, relations, statements."""

from __future__ import annotations

from kg.resolve.corpus import resolve_corpus
from kg.resolve.corrections import Corrections, CorrectionsError, load_corrections
from kg.resolve.document import link_document, resolve_document
from kg.resolve.explain import Joined, Spoken, explain_merges
from kg.resolve.facts import DocumentFacts, LocalEntity, LocalMention, LocalRelation, LocalStatement

__all__ = [
    "Corrections",
    "CorrectionsError",
    "DocumentFacts",
    "Joined",
    "LocalEntity",
    "LocalMention",
    "LocalRelation",
    "LocalStatement",
    "Spoken",
    "explain_merges",
    "link_document",
    "load_corrections",
    "resolve_corpus",
    "resolve_document",
]
