"""IRIs that changed: what became of the entities and statements of a graph's former state.

An entity's IRI comes from its label, which a further article can change (``Rossi`` becomes
``Maria_Rossi``), and a statement's from its entities. What stays the same is what a document says:
a local entity, or a piece of evidence, belongs to one thing before and to one thing after.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.types import Evidence, GraphData
from kg.vocab import Names, digest

__all__ = ["REDIRECTS", "Identities", "follow", "identities", "read_redirects", "write_pairs"]

REDIRECTS: Final = "redirects.tsv"
"""Old IRI, tab, new IRI, a line each; in the folder of a graph where there are any."""

Identities = Mapping[tuple[str, str], str]
"""The IRI of each thing a document speaks of, by document id and what tells it apart there."""


def identities(data: GraphData, ids: Mapping[tuple[str, str], str], names: Names) -> Identities:
    """The IRIs of a state's entities and statements.

    Args:
        data: the graph.
        ids: entity ids by document id and local id.
        names: mint the IRIs.
    """
    used = {entity.id for entity in data.entities}
    found = {key: names.entity(ids[key]).value for key in sorted(ids) if ids[key] in used}
    for statement in data.statements:
        for evidence in statement.evidence:
            found[evidence.document, _place(evidence)] = names.statement(statement.id).value
    return found


def follow(former: Identities, present: Identities, redirects: Mapping[str, str]) -> dict[str, str]:
    """The redirects of the present state, old IRI → new IRI, each straight to what is there.

    An IRI that is gone leads to what most of its document's mentions are now called; one whose
    mentions are all gone leads nowhere.

    Args:
        former: the state that was there.
        present: the state that takes its place.
        redirects: those of the former state.
    """
    there = set(present.values())
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for key, iri in former.items():
        if iri not in there and key in present:
            votes[iri][present[key]] += 1
    moved = {iri: min(found, key=lambda i: (-found[i], i)) for iri, found in votes.items()}
    every = {old: moved.get(new, new) for old, new in redirects.items()} | moved
    return {old: every[old] for old in sorted(every) if old not in there and every[old] in there}


def read_redirects(path: Path) -> dict[str, str]:
    """Old IRI → new IRI from a file of them; none where it is not there."""
    return dict(_rows(path)) if path.is_file() else {}


def write_pairs(pairs: Mapping[str, str], path: Path) -> None:
    """Write a mapping as tab-separated lines, sorted."""
    lines = (f"{key}\t{pairs[key]}\n" for key in sorted(pairs))
    path.write_text("".join(lines), "utf-8", newline="\n")


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text("utf-8").splitlines():
        old, tab, new = line.partition("\t")
        if tab:
            yield old, new


def _place(evidence: Evidence) -> str:
    """What tells a piece of evidence apart in its document, whatever its statement is called."""
    spans = (evidence.subject_span, evidence.relation_span, evidence.object_span)
    return digest(
        repr((evidence.begin, evidence.end, *spans)),
        evidence.subject_text,
        evidence.relation_text,
        evidence.object_text,
        evidence.reporting_verb or "",
        evidence.rule,
    )
