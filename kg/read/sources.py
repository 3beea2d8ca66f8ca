"""From what a person names - files, folders, patterns, standard input - to files in order."""

# os.path says False where Path raises: a name too long, a folder forbidden.
# ruff: noqa: PTH112, PTH113, PTH118, PTH207

from __future__ import annotations

import glob
import logging
import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

from kg.errors import ReadError
from kg.read.draft import ReadFailure

__all__ = ["STDIN", "file_of", "shown", "sources"]

STDIN: Final = "-"
_LINE: Final = re.compile(r"(.+\.(?:jsonl|ndjson|parquet))#[0-9]+", re.IGNORECASE | re.DOTALL)
_log = logging.getLogger(__name__)


def sources(paths: Iterable[str | Path], suffixes: Collection[str]) -> list[str | ReadFailure]:
    """The files to read, in the order given, each once; a folder's and a pattern's are sorted.

    Folders are searched through and through; hidden files, and in folders those with another
    suffix, are passed over. A path that is not there, a pattern or folder with nothing to read in
    it is a failure in its place.

    Raises:
        ReadError: there is nothing to read at all.
    """
    seen: set[str] = set()
    found: list[str | ReadFailure] = []
    for path in map(str, paths):
        for source in _expanded(path, suffixes):
            key = source if isinstance(source, ReadFailure) else _identity(source)
            if isinstance(key, ReadFailure) or key not in seen:
                found.append(source)
            if isinstance(key, str):
                seen.add(key)
    failures = [source for source in found if isinstance(source, ReadFailure)]
    if not found:
        raise ReadError(
            "nothing to read: name a file, a folder, a pattern, or - for standard input"
        )
    if len(failures) == len(found):
        raise ReadError("; ".join(f"{failure.source}: {failure.reason}" for failure in failures))
    return found


def shown(path: str) -> str:
    """A path as text that can be written: a file's name need not be valid Unicode."""
    return os.fsencode(path).decode("utf-8", "replace")


def file_of(source: str) -> str:
    """The file that a document's source is in.

    >>> file_of("news.jsonl#3"), file_of("today.txt")
    ('news.jsonl', 'today.txt')
    """
    line = _LINE.fullmatch(source)
    return line[1] if line else source


def _identity(path: str) -> str:
    return path if path == STDIN else os.path.realpath(path)


def _expanded(path: str, suffixes: Collection[str]) -> Iterator[str | ReadFailure]:
    if path == STDIN:
        yield path
    elif not path or "\0" in path:
        yield ReadFailure(path.replace("\0", "\\0"), "no such file or folder")
    elif os.path.isdir(path):
        yield from _folder(path, suffixes)
    elif os.path.lexists(path):
        yield path
    elif glob.has_magic(path):
        yield from _matches(path, suffixes)
    else:
        yield ReadFailure(shown(path), "no such file or folder")


def _folder(path: str, suffixes: Collection[str]) -> Iterator[str | ReadFailure]:
    refused: list[OSError] = []
    files: list[str] = []
    for folder, inner, names in os.walk(path, onerror=refused.append):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        files += (os.path.join(folder, name) for name in names if not name.startswith("."))
    known = sorted((f for f in files if _readable(f, suffixes)), key=lambda f: Path(f).parts)
    yield from known
    for error in sorted(refused, key=lambda error: str(error.filename)):
        yield ReadFailure(shown(str(error.filename)), _why(error))
    if not known and not refused:
        yield ReadFailure(shown(path), f"no file to read in the folder ({_listed(suffixes)})")


def _matches(pattern: str, suffixes: Collection[str]) -> Iterator[str | ReadFailure]:
    matches = sorted(glob.glob(pattern, recursive=True))
    files = [match for match in matches if not os.path.isdir(match) and _readable(match, suffixes)]
    # "news/**" matches the folders and what is in them: these come once, by themselves.
    folders = [match for match in matches if os.path.isdir(match)] if not files else []
    within = [source for folder in folders for source in _folder(folder, suffixes)]
    yield from files or [source for source in within if isinstance(source, str)]
    if not files and not within:
        yield ReadFailure(
            shown(pattern), f"the pattern matches no file to read ({_listed(suffixes)})"
        )


def _readable(path: str, suffixes: Collection[str]) -> bool:
    if Path(path).suffix.lower() not in suffixes:
        _log.info("%s: passed over, of no known format", shown(path))
        return False
    return os.path.isfile(path)


def _listed(suffixes: Collection[str]) -> str:
    return ", ".join(sorted(suffixes))


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
