"""Documents that crash, hang or swell are set aside with their reason; the others are built."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.errors import KGError
from kg.pipeline import build
from kg.read import ReadFailure, document_from_text
from kg.types import Document
from kg.workers import Limits, Settings, document_facts
from kg.workers.facts import facts_of, facts_together
from kg.workers.pool import _Waiting

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals")

SABOTAGE = '''
"""Imported by each worker as it starts: words in a text do to it what they say."""
import os, signal, sys, time
from pathlib import Path
import kg.workers.facts as facts

extract = facts.extract

def sabotaged(document, doc):
    words = document.text
    if "SEGFAULT" in words:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "LEAVE" in words:
        sys.exit(3)
    if "HANG" in words:
        time.sleep(600)
    if "SWELL" in words:
        [bytearray(2**26) for _ in range(1000)]
    if "ONCE" in words and not Path("killed").exists():
        Path("killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if "THREADS" in words:
        raise facts.KGError(os.environ["OPENBLAS_NUM_THREADS"])
    if "SLOWLY" in words:
        time.sleep(1)
    return extract(document, doc)

facts.extract = sabotaged
'''


@pytest.fixture(autouse=True)
def sabotage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the test's own, from which workers import what disturbs them."""
    (tmp_path / "path").mkdir()
    (tmp_path / "path/sitecustomize.py").write_text(SABOTAGE)
    monkeypatch.syspath_prepend(tmp_path / "path")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))


def documents(*texts: str) -> list[Document]:
    return [
        document_from_text(text, f"{number}.txt", language="en")
        for number, text in enumerate(texts)
    ]


def outcomes(
    texts: Sequence[str], limits: Limits | None = None, jobs: int = 1
) -> dict[str, str | None]:
    """Each source with the reason it was set aside for, None where it was read."""
    settings = Settings(limits=limits or Limits())
    return {
        found.source if isinstance(found, ReadFailure) else found.document.source: (
            found.reason if isinstance(found, ReadFailure) else None
        )
        for found in document_facts(documents(*texts), settings, jobs)
    }


def test_a_document_that_brings_its_worker_down_is_set_aside() -> None:
    texts = ["Acme met SEGFAULT.", "Acme built a plant in Turin.", "Acme had to LEAVE."]
    assert outcomes(texts) == {
        "0.txt": "set aside: its process crashed (SIGSEGV)",
        "1.txt": None,
        "2.txt": "set aside: its process ended by itself (exit code 3)",
    }


def test_a_document_that_takes_too_much_is_set_aside() -> None:
    texts = ["Acme built a plant in Turin.", "Acme was left to HANG.", "Acme began to SWELL."]
    found = outcomes(texts, Limits(seconds=15, memory=2**31), jobs=2)
    assert found == {
        "0.txt": None,
        "1.txt": "set aside: it took more than 15 seconds",
        "2.txt": "set aside: it took more than 2 GiB of memory",
    }


def test_what_a_document_does_to_its_worker_costs_those_beside_it_nothing() -> None:
    texts = [f"Acme built {number} plants." for number in range(12)]
    texts[5], texts[7] = "Acme met SEGFAULT.", "Acme began to SWELL."
    found = outcomes(texts, Limits(memory=2**31))
    assert {source: reason for source, reason in found.items() if reason} == {
        "5.txt": "set aside: its process crashed (SIGSEGV)",
        "7.txt": "set aside: it took more than 2 GiB of memory",
    }
    assert len(found) == 12


def test_facts_are_the_same_whatever_is_parsed_beside_a_document() -> None:
    texts = documents(*(f"Acme built {number} plants in Turin. It grew." for number in range(9)))
    alone = [facts_of(document, Settings()) for document in texts]
    assert list(facts_together(texts, Settings())) == alone
    assert {found.line for found in document_facts(texts, Settings(), 1)} == {  # type: ignore[union-attr]
        found.to_json()  # type: ignore[union-attr]
        for found in alone
    }


def test_a_worker_killed_from_outside_costs_no_document() -> None:
    """The system kills the largest process, whichever document is at fault."""
    texts = ["Acme was killed ONCE.", "Acme built a plant in Turin."]
    assert outcomes(texts) == {"0.txt": None, "1.txt": None}


@pytest.mark.parametrize("wanted", [None, "3"])
def test_a_job_is_one_thread_unless_the_user_wants_more(
    monkeypatch: pytest.MonkeyPatch, wanted: str | None
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if wanted is not None:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", wanted)
    assert outcomes(["THREADS are few."]) == {"0.txt": wanted or "1"}


def test_longer_documents_may_take_longer() -> None:
    short, long = documents("Acme grew.", "Acme grew. " * 10_000)
    assert Limits().seconds_for(short) < Limits().seconds_for(long)
    assert Limits(seconds=5).seconds_for(long) == 5


def test_the_longest_document_that_waits_goes_first_and_short_ones_together() -> None:
    waiting = _Waiting(3, together=30)
    for document in documents("Acme grew.", "Acme grew and grew and grew.", "Acme grew a bit."):
        waiting.put(document)
    assert waiting.full
    first, second = waiting.longest(), waiting.longest()
    assert [d.source for d in (*first, *second)] == ["1.txt", "2.txt", "0.txt"]
    assert (len(first), len(second)) == (1, 2)
    assert (waiting.full, waiting.characters) == (False, 0)


def test_a_build_goes_on_past_poison_and_says_so() -> None:
    Path("news").mkdir()
    for document in documents("Acme built a plant in Turin.", "Acme met SEGFAULT."):
        Path("news", document.source).write_text(document.text)
    result = build(["news"], jobs=1)
    assert result.documents == 1
    assert [failure.source for failure in result.failures] == ["news/1.txt"]


def test_what_is_cached_needs_no_worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = Settings(cache=tmp_path / "cache")
    texts = documents(*(f"Acme built {number} plants." for number in range(40)))
    first = {f.source if isinstance(f, ReadFailure) else f.document.id: f
             for f in document_facts(texts, settings, 2)}  # fmt: skip
    monkeypatch.setattr("kg.workers.process._COMMAND", ("no such program",))
    again = list(document_facts(texts, settings, 2))
    assert {f.document.id: f for f in again if not isinstance(f, ReadFailure)} == first


def test_ending_early_ends_the_workers() -> None:
    found = document_facts(documents(*["Acme goes SLOWLY."] * 9), Settings(), 2)
    next(found)
    begin = time.monotonic()
    found.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begin < 10


def test_a_worker_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("path/sitecustomize.py").write_text("")
    Path("path/spacy.py").write_text("raise ImportError('spacy is in pieces')")
    with pytest.raises(KGError, match="cannot start: ImportError: spacy is in pieces"):
        list(document_facts(documents("Acme grew."), Settings(), 1))
    assert "spacy" in sys.modules
