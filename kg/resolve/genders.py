"""Which gender a first name shows, where nearly all who bear it share one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from kg.resolve.words import Words, fold

__all__ = ["gender_of", "is_first_name"]

_TABLE: Final = ("data", "census", "first_names.tsv")


def gender_of(name: str, words: Words) -> Literal["m", "f", ""]:
    """``f`` for *Mary Smith*; empty for a surname alone and for names of either gender."""
    parts = fold(name).split()
    return _gender(parts[0], words) if len(parts) > 1 else ""


def is_first_name(name: str, words: Words) -> bool:
    """Whether one word is a first name that nearly only men or only women bear: *James*."""
    return bool(_gender(fold(name), words))


def _gender(word: str, words: Words) -> Literal["m", "f", ""]:
    found = words.first_names.get(word) or _census().get(word, "")
    if found == "m":
        return "m"
    return "f" if found == "f" else ""


@cache
def _census() -> Mapping[str, str]:
    path = files("kg.lang").joinpath(*_TABLE)
    return dict(line.split("\t", 1) for line in path.read_text("utf-8").splitlines())
