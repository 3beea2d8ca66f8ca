"""Collections too large for memory, and the few steps that resolution takes on them.

The steps are pure functions; what runs them is an engine: :class:`kg.dataset.local.Local` on this
machine, its files holding what memory does not.
"""

from __future__ import annotations

from kg.dataset.components import Edge, components
from kg.dataset.local import Local
from kg.dataset.parallel import environment, in_processes
from kg.dataset.records import Record, without_collector
from kg.dataset.sorting import external_sort, frames
from kg.dataset.types import Dataset, Key, Part

__all__ = [
    "Dataset",
    "Edge",
    "Key",
    "Local",
    "Part",
    "Record",
    "components",
    "environment",
    "external_sort",
    "frames",
    "in_processes",
    "without_collector",
]
