"""What sources disagree on, as the summary of a build says it."""

from __future__ import annotations

from dataclasses import replace

import graphs
import pytest

from kg import conflicts
from kg.conflicts import find_conflicts
from kg.store import KnowledgeGraph
from kg.store.order import normalised

DENIED = replace(
    graphs.SIGNED, id="d" * 32, negated=True, qualifiers=(), evidence=graphs.NOT_SIGNED.evidence
)
SAID = (
    "Sanae Takaichi — sign — agreement: affirmed in boston.txt, denied in roma.txt",
    "Sanae Takaichi — sign — agreement: affirmed in roma.txt, denied in roma.txt",
    "China — control — rare earth: > 70 % in roma.txt, > 90 % in boston.txt",
)


@pytest.fixture
def graph() -> KnowledgeGraph:
    data = graphs.news()
    return KnowledgeGraph.from_data(
        normalised(replace(data, statements=(*data.statements, DENIED)))
    )


def test_what_is_affirmed_and_denied_and_values_that_differ(graph: KnowledgeGraph) -> None:
    assert find_conflicts(graph, 5) == (SAID, ())


def test_a_query_that_takes_too_long_is_named(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conflicts, "_SECONDS", 1e-3)  # no process starts as fast
    found = find_conflicts(graph, conflicts._LARGE + 1)
    assert found == ((), ("contradictions", "disagreements"))
    assert find_conflicts(graph, conflicts._LARGE).lines == SAID
