"""IRIs that changed: what became of the entities and statements of a graph's former state.

An entity's IRI comes from its label, which a further article can change (``Rossi`` becomes
``Maria_Rossi``), and a statement's from its entities. What stays the same is what a document says:
a local entity, or a piece of evidence, belongs to one thing before and to one thing after.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.types import Evidence
from kg.vocab import digest

__all__ = [
    "REDIRECTS",
    "Identity",
    "entity_mark",
    "evidence_mark",
    "follow",
    "read_pairs",
    "write_pairs",
]

REDIRECTS: Final = "redirects.tsv"
"""Old IRI, tab, new IRI, a line each; in the folder of a graph where there are any."""

Identity = tuple[str, str]
"""A mark of something a document speaks of, and the IRI of the thing."""


def entity_mark(document: str, local: str) -> str:
    """The mark of an entity of a document (its id), by its id in there."""
    return f"{document}\t{local}"


def evidence_mark(evidence: Evidence) -> str:
    """What tells a piece of evidence apart, whatever its statement is called."""
    spans = (evidence.subject_span, evidence.relation_span, evidence.object_span)
    place = digest(
        repr((evidence.begin, evidence.end, *spans)),
        evidence.subject_text,
        evidence.relation_text,
        evidence.object_text,
        evidence.reporting_verb or "",
        evidence.rule,
    )
    return f"{evidence.document}\t{place}"


def follow(former: Path, present: Path, redirects: Mapping[str, str]) -> dict[str, str]:
    """The redirects of the present state, old IRI → new IRI, each straight to what is there.

    An IRI that is gone leads to what most of its document's mentions are now called; one whose
    mentions are all gone leads nowhere. What is kept in memory grows with what changed alone.

    Args:
        former: the file of identities, sorted by mark, of the state that was there.
        present: that of the state that takes its place.
        redirects: those of the former state.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for old, new in _renamed(read_pairs(former), read_pairs(present)):
        votes[old][new] += 1
    asked = {
        *votes,
        *redirects,
        *redirects.values(),
        *(new for found in votes.values() for new in found),
    }
    there = {iri for _, iri in read_pairs(present) if iri in asked}
    moved = {
        iri: min(found, key=lambda i: (-found[i], i))
        for iri, found in votes.items()
        if iri not in there
    }
    every = {old: moved.get(new, new) for old, new in redirects.items()} | moved
    return {old: every[old] for old in sorted(every) if old not in there and every[old] in there}


def _renamed(former: Iterable[Identity], present: Iterable[Identity]) -> Iterator[Identity]:
    """Old and new IRI of marks in both whose IRI changed; both are sorted by mark."""
    others = iter(present)
    mark, now = next(others, ("", ""))
    for known, iri in former:
        while mark and mark < known:
            mark, now = next(others, ("", ""))
        if mark == known and now != iri:
            yield iri, now


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of a file of pairs; none where it is not there."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            key, tab, value = line.rstrip("\n").rpartition("\t")
            if tab:
                yield key, value


def write_pairs(pairs: Iterable[tuple[str, str]], path: Path) -> None:
    """Writes pairs as tab-separated lines; no second part may hold a tab."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{key}\t{value}\n" for key, value in pairs)
