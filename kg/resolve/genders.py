"""Which gender a first name shows, where nearly all who bear it share one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from kg.resolve.words import Words, fold

__all__ = ["gender_of"]

_TABLE: Final = ("data", "census", "first_names.tsv")


def gender_of(name: str, words: Words) -> Literal["m", "f", ""]:
    """``f`` for *Mary Smith*; empty for a surname alone and for names of either gender."""
    parts = fold(name).split()
    if len(parts) < 2:
        return ""
    found = words.first_names.get(parts[0]) or _census().get(parts[0], "")
    if found == "m":
        return "m"
    return "f" if found == "f" else ""


@cache
def _census() -> Mapping[str, str]:
    path = files("kg.lang").joinpath(*_TABLE)
    return dict(line.split("\t", 1) for line in path.read_text("utf-8").splitlines())
