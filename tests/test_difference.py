"""Two graphs told apart: what is only in one, what is in both but not alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import graphs
from typer.testing import CliRunner

from kg.analyze.difference import Change, difference
from kg.cli import app
from kg.store import KnowledgeGraph

NEWS = graphs.news()


def test_equal_graphs_do_not_differ() -> None:
    assert list(difference(NEWS, NEWS)) == []


def test_what_only_one_has() -> None:
    fewer = replace(
        NEWS,
        statements=tuple(s for s in NEWS.statements if s.id != graphs.INVESTED.id),
        entities=tuple(e for e in NEWS.entities if e.id != "Toyota"),
        documents=tuple(d for d in NEWS.documents if d.source != "odd.txt"),
    )
    changes = list(difference(NEWS, fewer))
    assert {c.sign for c in changes} == {"-"}
    texts = [(c.kind, c.text) for c in changes]
    assert texts[0] == ("document", f"odd.txt (en, {graphs.BY_NAME['odd.txt'].id})")
    assert texts[1] == ("entity", "Toyota (Toyota, organization)")
    assert texts[2] == (
        "statement",
        "Toyota — invest in — United States  [planned; amount: 10000000000 USD]",
    )
    assert [(c.kind, c.text) for c in difference(fewer, NEWS)] == texts


def test_what_both_have_but_not_alike() -> None:
    tokyo = replace(
        next(e for e in NEWS.entities if e.id == "Tokyo"),
        type="place",
        labels=(("en", "Tokyo"), ("it", "Tokio")),
    )
    signed = replace(graphs.SIGNED, evidence=(), confidence=0.5)
    others = tuple(e for e in NEWS.entities if e.id != "Tokyo")
    kept = tuple(s for s in NEWS.statements if s.id != signed.id)
    unlike = replace(
        NEWS,
        entities=(*others, tokyo),
        statements=(*kept, signed),
        provenance=(("tool", "kg-news 9"),),
    )
    changes = {change.kind: change for change in difference(NEWS, unlike) if change.sign == "~"}
    assert changes["setting"] == Change("~", "setting", "tool kg-news 0.1.0 → kg-news 9")
    assert "type city → place" in changes["entity"].text
    assert "+('it', 'Tokio')" in changes["entity"].text
    assert changes["statement"].text.endswith(": confidence 0.91 → 0.5, evidence 1 → 0")


def test_the_command_says_so_by_its_exit_code(tmp_path: Path) -> None:
    first, second = tmp_path / "a.ttl", tmp_path / "b"
    first.write_text(KnowledgeGraph.from_data(NEWS).to_turtle(), "utf-8")
    KnowledgeGraph.from_data(replace(NEWS, statements=NEWS.statements[1:]), path=second)
    same = CliRunner().invoke(app, ["diff", str(first), str(first)])
    assert (same.exit_code, same.stdout) == (0, "")
    unlike = CliRunner().invoke(app, ["diff", str(first), str(second)])
    assert unlike.exit_code == 1
    assert unlike.stdout.startswith("- statement: ")
