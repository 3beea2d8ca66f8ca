"""Frozen data classes that travel fast: ``pickle`` takes them as a class and its arguments."""

from __future__ import annotations

import copyreg
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

__all__ = ["record", "without_collector"]

C = TypeVar("C", bound=type)


def record(cls: C) -> C:
    """Registers a frozen data class with slots, of two or more fields; above ``dataclass``.

    What ``dataclasses`` does for such classes takes four times as long, and the ``__init__`` that
    it makes, which has to go around the class's being frozen, half as long again as this.
    """
    names = [field.name for field in fields(cls)]
    values: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)
    restored = _restoring(cls, names)
    setattr(cls, restored.__name__, staticmethod(restored))
    copyreg.pickle(cls, lambda item: (restored, values(item)))
    return cls


def _restoring(cls: type, names: list[str]) -> Callable[..., Any]:
    """A function that makes an object of its fields' values, which were checked before."""
    lines = [
        f"def _restored({', '.join(names)}):",
        "    made = _new(_cls)",
        *(f"    _set_{name}(made, {name})" for name in names),
        "    return made",
    ]
    space: dict[str, Any] = {f"_set_{name}": getattr(cls, name).__set__ for name in names}
    space |= {"_new": object.__new__, "_cls": cls, "__name__": cls.__module__}
    exec("\n".join(lines), space)  # noqa: S102 - as dataclasses do: names of our own fields
    made: Callable[..., Any] = space["_restored"]
    made.__qualname__ = f"{cls.__qualname__}._restored"  # how pickle finds it again
    return made


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
