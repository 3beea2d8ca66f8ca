"""Documents to facts, in this process or in several that a bad document can take down."""

from __future__ import annotations

from kg.workers.facts import KINDS, Limits, Settings, Written
from kg.workers.pool import document_facts

__all__ = ["KINDS", "Limits", "Settings", "Written", "document_facts"]
