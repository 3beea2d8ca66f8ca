"""Datasets: records too many for memory are grouped, joined and kept on disk, always alike."""

from __future__ import annotations

import itertools
import pickle
import random
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

import networkx as nx
import pytest

from kg.dataset import Local, components
from kg.dataset.sorting import external_sort
from kg.types import Evidence, Value

Row = tuple[str, int]


def key(row: Row) -> str:
    return row[0]


def number(row: Row) -> int:
    return row[1]


@pytest.mark.parametrize("run", [1, 1_000, 5_000, 1_000_000])  # bytes
@pytest.mark.parametrize("merged", [2, 3, 64])  # runs
def test_sorting_is_the_same_in_memory_and_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: int, merged: int
) -> None:
    monkeypatch.setattr("kg.dataset.sorting._RUNS", merged)
    draw = random.Random(1)
    rows = [(draw.randrange(40), n) for n in range(500)]  # the second tells that it is stable
    found = [row for _, row in external_sort(rows, itemgetter(0), tmp_path, run=run)]
    assert found == sorted(rows, key=itemgetter(0))
    assert not list(tmp_path.iterdir())  # nothing is left on disk


def test_a_group_has_all_records_of_a_key_in_order_and_may_be_left_half_read(
    tmp_path: Path,
) -> None:
    rows = [(name, n) for n in range(3_000, 0, -1) for name in "ba"]

    def least(name: str, group: Iterator[Row]) -> Iterator[tuple[str, list[int]]]:
        yield name, [n for _, n in itertools.islice(group, 3)]

    found = Local(lambda: rows, tmp_path).group(key, number, least)
    assert list(found) == [("a", [1, 2, 3]), ("b", [1, 2, 3])]
    assert list(found) == list(found)  # read as often as one likes


@pytest.mark.parametrize("in_order", [True, False])
def test_rows_are_attached_to_the_record_with_their_key(tmp_path: Path, in_order: bool) -> None:
    rows = [("b", 1), ("b", 2), ("c", 3), ("z", 4)]
    found = Local(lambda: "abd", tmp_path).attach(
        Local(lambda: rows if in_order else rows[::-1], tmp_path),
        str,
        key,
        lambda name, group: [(name, sorted(map(number, group)))],
        in_order=in_order,
    )
    assert list(found) == [("a", []), ("b", [1, 2]), ("d", [])]


def test_what_is_kept_is_worked_out_once_and_split_by_number(tmp_path: Path) -> None:
    read = []

    def records() -> Iterator[int]:
        read.append("once")
        yield from range(10_000)

    even, odd = Local(records, tmp_path).split(lambda n: [(n % 2, n)], 2)
    assert list(odd) == list(range(1, 10_000, 2))
    assert list(even) == list(even) == list(range(0, 10_000, 2))
    assert even.total(lambda n: n) == sum(range(0, 10_000, 2))
    assert read == ["once"]


@pytest.mark.parametrize(("nodes", "edges"), [(1, 3), (60, 40), (800, 600), (500, 1_000)])
def test_components_are_those_of_the_graph(tmp_path: Path, nodes: int, edges: int) -> None:
    draw = random.Random(nodes)
    found = [(f"n{draw.randrange(nodes)}", f"n{draw.randrange(nodes)}") for _ in range(edges)]
    found += [(f"chain{n}", f"chain{n + 1}") for n in range(100)]  # far from end to end
    graph: nx.Graph[str] = nx.Graph(found)
    wanted = {n: min(c) for c in nx.connected_components(graph) for n in c if n != min(c)}
    stars = list(components(Local(lambda: found, tmp_path)))
    assert dict(stars) == wanted
    assert len(stars) == len(wanted)


def test_records_are_the_same_after_their_way_to_disk() -> None:
    value = Value("date", "2025-10-28", "date", comparator="ge")
    evidence = Evidence("d", 0, 4, "words", "say", "who", "what", subject_span=(0, 3), rule="svo")
    assert pickle.loads(pickle.dumps((value, evidence))) == (value, evidence)
