"""From what sentences say to what the graph knows: coreference, entities, relations, statements."""

from __future__ import annotations

from kg.resolve.corpus import in_order, resolve_corpus, resolve_identities
from kg.resolve.corrections import (
    Corrections,
    CorrectionsError,
    dump_corrections,
    load_corrections,
)
from kg.resolve.document import link_document, resolve_document
from kg.resolve.explain import Joined, Spoken, explain_merges
from kg.resolve.facts import DocumentFacts, LocalEntity, LocalMention, LocalRelation, LocalStatement
from kg.resolve.nodes import Member

__all__ = [
    "Corrections",
    "CorrectionsError",
    "DocumentFacts",
    "Joined",
    "LocalEntity",
    "LocalMention",
    "LocalRelation",
    "LocalStatement",
    "Member",
    "Spoken",
    "dump_corrections",
    "explain_merges",
    "in_order",
    "link_document",
    "load_corrections",
    "resolve_corpus",
    "resolve_document",
    "resolve_identities",
]
