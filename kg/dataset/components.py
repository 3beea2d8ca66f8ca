"""Connected components of a graph that is too large for memory.

Large-star and small-star by turns until nothing changes: Kiveris et al. 2014, "Connected
Components in MapReduce and Beyond", https://doi.org/10.1145/2670979.2670997.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from kg.dataset.types import Dataset, Key

__all__ = ["Edge", "components"]

Edge = tuple[str, str]
"""Two nodes that are of one component."""


def components(edges: Dataset[Edge]) -> Dataset[Edge]:
    """For each node of the edges but the smallest of its component: the node, and the smallest."""
    stars = edges.flat_map(_directed).group(_first, _second, _distinct).keep()
    before = -1
    while (now := stars.total(_mark)) != before:
        before = now
        large = stars.flat_map(_both_ways).group(_first, _second, _large_star)
        stars = large.group(_first, _second, _small_star).group(_first, _second, _distinct).keep()
    return stars


def _directed(edge: Edge) -> Iterator[Edge]:
    """The larger node first; none where both are one."""
    if edge[0] != edge[1]:
        yield max(edge), min(edge)


def _both_ways(edge: Edge) -> Iterator[Edge]:
    yield edge
    yield edge[1], edge[0]


def _first(edge: Edge) -> str:
    return edge[0]


def _second(edge: Edge) -> str:
    return edge[1]


def _distinct(_: Key, edges: Iterator[Edge]) -> Iterator[Edge]:
    last = None
    for edge in edges:
        if edge != last:
            yield edge
        last = edge


def _large_star(_: Key, edges: Iterator[Edge]) -> Iterator[Edge]:
    """Each larger neighbour hangs on the smallest of the neighbours and the node itself."""
    least = ""
    for own, other in edges:
        least = least or min(own, other)
        if other > own:
            yield other, least


def _small_star(_: Key, edges: Iterator[Edge]) -> Iterator[Edge]:
    """The node and its smaller neighbours hang on the smallest of them."""
    least = ""
    for own, other in edges:
        if not least:
            least = other
            yield own, least
        elif other != least:
            yield other, least


def _mark(edge: Edge) -> int:
    """A number whose sum tells one set of edges from another."""
    return int.from_bytes(blake2b("\n".join(edge).encode(), digest_size=7).digest())
