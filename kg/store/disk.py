"""Graphs on disk: each build is a fresh generation, and a pointer file names the current one.

``store/<number>`` holds all of one state of a graph: ``rdf``, an Oxigraph directory that is never
written again once it is complete, so that any number of processes may read it, and whatever else
its writer puts beside it. ``store/current`` holds the number: replacing that one small file is the
transaction, and what was killed before it leaves the former state. A reader holds a shared lock on
``store/<number>/lock``, and only generations nobody holds are removed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import weakref
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pyoxigraph import Store

from kg.errors import StoreError
from kg.store.described import Described, triple_lines
from kg.store.process import Loader

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: open files cannot be removed there anyway
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "Generation",
    "current_folder",
    "former_folders",
    "loaded",
    "loading",
    "new_generation",
    "open_current",
    "write",
]

T = TypeVar("T")

_POINTER = "current"
_BATCH = 3 * 2**20
"""Bytes loaded at a time: the loader keeps all it is given at once in memory."""


class Generation:
    """A complete graph on disk, kept from removal for as long as this object lives."""

    __slots__ = ("__weakref__", "path", "store")

    def __init__(self, path: Path, lock: int, store: Store) -> None:
        self.path = path
        self.store = store
        weakref.finalize(self, os.close, lock)


@contextlib.contextmanager
def new_generation(folder: Path) -> Iterator[Path]:
    """The folder of a fresh generation; the end of the block makes it the current one.

    A block that fails leaves the former state and no trace. Raises ``StoreError`` where the store
    folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        generation = _claim(folder)
    except OSError as error:
        raise StoreError(f"{folder}: the graph cannot be written ({error})") from error
    try:
        with _locked(generation):
            yield generation
            _point(folder, generation.name)
    except BaseException:
        shutil.rmtree(generation, ignore_errors=True)
        raise
    _remove_older(folder, generation.name)


def write(generation: Path, found: Iterable[Described]) -> None:
    """Writes the RDF of a generation that is being made; errors as of :func:`loading`."""
    with loading(generation) as loader:
        deque(loaded(loader, ((triple_lines(said).encode(), said) for said in found)), maxlen=0)


@contextlib.contextmanager
def loading(generation: Path) -> Iterator[Loader]:
    """What writes the RDF of a generation that is being made; it is written at the block's end.

    Raises ``StoreError`` where it cannot be.
    """
    with Loader(generation / "rdf") as loader:
        yield loader
        loader.finish()


def loaded(loader: Loader, found: Iterable[tuple[bytes, T]]) -> Iterator[T]:
    """What comes with N-Triples, while these are loaded; errors as of :func:`loading`."""
    batch = bytearray()
    for triples, rest in found:
        batch += triples
        yield rest
        if len(batch) >= _BATCH:
            loader.put(bytes(batch))
            batch.clear()
    loader.put(bytes(batch))
    loader.end()


def current_folder(folder: Path) -> Path:
    """The folder of a store's current generation. Raises ``StoreError`` where there is none."""
    return folder / _current(folder)


def former_folders(folder: Path) -> list[Path]:
    """The folders of a store's former generations that somebody still reads."""
    current = int(_current(folder))
    return [generation for generation in _generations(folder) if int(generation.name) < current]


def open_current(folder: Path) -> Generation:
    """The current generation of a store folder, read-only.

    Raises ``StoreError`` where there is none or it cannot be read.
    """
    for _ in range(10):  # a build may replace and remove a generation between two steps of ours
        name = _current(folder)
        with contextlib.suppress(FileNotFoundError):
            return _open(folder / name)
    raise StoreError(f"{folder}: {_POINTER} names a graph that is not there; build it again")


def _current(folder: Path) -> str:
    try:
        name = (folder / _POINTER).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{folder}: no graph here; make one with `kg build`") from error
    if not name.isdecimal():
        raise StoreError(f"{folder / _POINTER}: names no generation; build the graph again")
    return name


def _open(generation: Path) -> Generation:
    lock = os.open(generation / "lock", os.O_RDONLY)
    try:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_SH)
        if not (generation / "rdf").is_dir():  # removed while we waited for the lock
            raise FileNotFoundError(generation)
        return Generation(generation, lock, _read_only(generation / "rdf"))
    except BaseException:
        os.close(lock)
        raise


def _read_only(rdf: Path) -> Store:
    try:
        return Store.read_only(os.fspath(rdf))
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"{rdf}: the graph cannot be read ({error}); build it again") from error


def _claim(folder: Path) -> Path:
    """A new folder that no other writer has, numbered after all there are."""
    while True:
        number = 1 + max((int(path.name) for path in _generations(folder)), default=0)
        generation = folder / f"{number:06}"
        with contextlib.suppress(FileExistsError):
            generation.mkdir()
            return generation


def _point(folder: Path, name: str) -> None:
    fresh = folder / f".{_POINTER}.{name}"
    with fresh.open("w", encoding="ascii") as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())  # a power cut must not leave an empty pointer
    fresh.replace(folder / _POINTER)


def _remove_older(folder: Path, current: str) -> None:
    for generation in _generations(folder):
        if int(generation.name) < int(current):
            with contextlib.suppress(OSError), _locked(generation):
                shutil.rmtree(generation)


def _generations(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.isdecimal() and path.is_dir())


@contextlib.contextmanager
def _locked(generation: Path) -> Iterator[None]:
    """Holds a generation alone; raises ``BlockingIOError`` where somebody else holds it."""
    with (generation / "lock").open("ab") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
