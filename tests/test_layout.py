from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from kg.export.layout import positions

BOX = (60.0, 40.0)


def boxes(count: int) -> dict[int, tuple[float, float]]:
    return dict.fromkeys(range(count), BOX)


def test_an_empty_graph_has_no_positions():
    assert positions({}, []) == {}


def test_every_node_stands_on_whole_pixels():
    placed = positions(boxes(5), [(0, 1), (1, 2), (2, 2)])
    assert sorted(placed) == [0, 1, 2, 3, 4]
    assert all(type(x) is int and type(y) is int for x, y in placed.values())


def test_the_same_graph_always_looks_the_same_whatever_the_order_of_its_edges():
    edges = [(0, 1), (1, 2), (2, 0), (2, 3), (4, 5)]
    assert positions(boxes(6), edges) == positions(boxes(6), [(b, a) for a, b in reversed(edges)])


@pytest.mark.parametrize("leaves", [3, 40])
def test_the_leaves_of_a_hub_do_not_cover_each_other(leaves: int):
    placed = positions(boxes(leaves + 1), [(0, leaf) for leaf in range(1, leaves + 1)])
    assert min(dist(a, b) for a, b in combinations(placed.values(), 2)) > 40


def test_neighbours_stand_nearer_than_strangers():
    placed = positions(boxes(6), [(i, i + 1) for i in range(5)])
    assert dist(placed[0], placed[1]) < dist(placed[0], placed[3]) < dist(placed[0], placed[5])


def test_a_path_lies_flat():
    placed = positions(boxes(6), [(i, i + 1) for i in range(5)])
    xs, ys = zip(*placed.values(), strict=True)
    assert max(xs) - min(xs) > 3 * (max(ys) - min(ys))


def test_unconnected_parts_do_not_mix():
    placed = positions(boxes(7), [(0, 1), (1, 2), (3, 4), (5, 6)])
    for part, other in combinations([(0, 1, 2), (3, 4), (5, 6)], 2):
        assert min(dist(placed[a], placed[b]) for a in part for b in other) > 60


def test_a_component_beyond_the_core_is_placed_whole():
    placed = positions(boxes(450), [(i // 3, i) for i in range(1, 450)])
    assert len(set(placed.values())) == 450
