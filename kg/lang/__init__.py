"""What differs between languages, as tables: one folder a language, one file a stage."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["languages_with", "table"]


@cache
def table(language: str, stage: str) -> Mapping[str, Any]:
    """The table of a language (ISO 639-1) for a stage; empty where the language has none."""
    path = files(__package__) / language / f"{stage}.toml"
    if not path.is_file():
        return {}
    return tomllib.loads(path.read_text("utf-8"))


@cache
def languages_with(stage: str) -> tuple[str, ...]:
    """The languages (ISO 639-1) that have a table for a stage, sorted."""
    folders = sorted(files(__package__).iterdir(), key=lambda folder: folder.name)
    return tuple(folder.name for folder in folders if (folder / f"{stage}.toml").is_file())
