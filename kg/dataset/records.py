"""Immutable records that are made, compared, written and read again by compiled code."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import Field, field, make_dataclass
from functools import cache
from typing import Any, ClassVar

import msgspec

__all__ = ["Record", "without_collector"]


class _Fields:
    """What ``dataclasses`` asks a class for, told when it is asked."""

    def __get__(self, _: object, owner: type[Record]) -> dict[str, Field[Any]]:
        return _as_dataclass(owner)


@cache
def _as_dataclass(owner: type[Record]) -> dict[str, Field[Any]]:
    told = [
        (f.name, f.type, field() if f.required else field(default=f.default))
        for f in msgspec.structs.fields(owner)
    ]
    made: Any = make_dataclass(owner.__name__, told)
    found: dict[str, Field[Any]] = made.__dataclass_fields__
    return found


class Record(msgspec.Struct, frozen=True):
    """Base of plain data that no one changes.

    Frozen data classes with slots to all who use them: ``dataclasses`` has ``replace``, ``fields``
    and ``asdict`` for them. They are ``msgspec.Struct``, since an object of fourteen fields takes
    half the time to make, ``pickle`` a third to read, and JSON a fifth.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]] = _Fields()  # type: ignore[assignment]


@contextmanager
def without_collector() -> Iterator[None]:
    """Without the collector of cycles: records have none, and it looks at each of them again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
