"""Writing the tables that ship: deterministic bytes, and beside each its source and licence."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

__all__ = ["COMMAND", "write_meta", "write_table"]

COMMAND: Final = "kg train lexicon --data ../shared/data"


def write_table(path: Path, rows: Iterable[Iterable[str]]) -> None:
    """Tab-separated rows, compressed where the name ends in ``.gz``; the folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join("\t".join(row) + "\n" for row in rows).encode()
    if path.suffix == ".gz":
        data = gzip.compress(data, compresslevel=9, mtime=0)
    path.write_bytes(data)


def write_meta(folder: Path, **fields: str) -> None:
    """``meta.json``: source, address, licence and the command that made the table."""
    text = json.dumps({**fields, "command": COMMAND}, indent=2, sort_keys=True, ensure_ascii=False)
    (folder / "meta.json").write_text(text + "\n", "utf-8")
