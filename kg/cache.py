"""What slow stages gave, kept between runs in the user's cache folder by a hash of what made it.

An entry is its payload behind the payload's own SHA-256: one that a crash, a full disk or another
program damaged is treated as missing and written again. Entries appear whole (written beside, then
renamed), so several processes may share the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

__all__ = ["Cache", "default_folder", "key_of", "source_hash"]

DEFAULT_LIMIT: Final = 2 * 1024**3
"""Bytes that the cache may hold after :meth:`Cache.prune`."""

_DIGEST: Final = hashlib.sha256().digest_size
_PACKAGE: Final = Path(__file__).parent


def default_folder() -> Path:
    """``$KG_CACHE``, or the user's cache folder for ``kg-news``."""
    configured = os.environ.get("KG_CACHE")
    return Path(configured) if configured else user_cache_path("kg-news", appauthor=False)


def key_of(*parts: str) -> str:
    """A key from strings, in hexadecimal: different lists of parts give different keys."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def source_hash(modules: Iterable[str], distributions: Iterable[str] = ()) -> str:
    """A hash of what stages are made of, so that an edit makes their cached results stale.

    Args:
        modules: files or folders below the package, every file of which counts (code and tables).
        distributions: installed distributions whose version counts.
    """
    digest = hashlib.sha256()
    for name in sorted(modules):
        root = _PACKAGE / name
        for path in [root] if root.is_file() else sorted(_files(root)):
            data = path.read_bytes()
            digest.update(f"{path.relative_to(_PACKAGE).as_posix()}\0{len(data)}\0".encode())
            digest.update(data)
    for name in sorted(distributions):
        with contextlib.suppress(PackageNotFoundError):
            digest.update(f"{name}={version(name)}\0".encode())
    return digest.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    """The files below a folder, without what Python compiles there."""
    return (p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


@dataclass(frozen=True, slots=True)
class Cache:
    """Entries of one kind (``name``) under a folder; nothing here raises where a disk fails."""

    name: str
    folder: Path

    def get(self, key: str) -> bytes | None:
        """An entry's payload, or None where there is none or it is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        digest, packed = data[:_DIGEST], data[_DIGEST:]
        if hashlib.sha256(packed).digest() != digest:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # prune() drops what was not used for longest
        try:
            return zlib.decompress(packed)
        except zlib.error:
            return None

    def put(self, key: str, payload: bytes) -> None:
        """Keep a payload; where it cannot be written, a later run computes it again."""
        path = self._path(key)
        packed = zlib.compress(payload, 1)
        temporary: str | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
                temporary = file.name
                file.write(hashlib.sha256(packed).digest() + packed)
            Path(temporary).replace(path)
        except OSError:
            _discard(temporary)
        except BaseException:
            _discard(temporary)
            raise

    def forget(self, unwanted: Callable[[bytes], bool]) -> None:
        """Drop the entries whose payload is unwanted."""
        for path in (self.folder / self.name).glob("??/*"):
            payload = self.get(path.parent.name + path.name)
            if payload is not None and unwanted(payload):
                with contextlib.suppress(OSError):
                    path.unlink()

    def prune(self, limit: int = DEFAULT_LIMIT) -> None:
        """Drop the entries unused for longest until at most ``limit`` bytes stay."""
        entries = []
        for path in (self.folder / self.name).glob("??/*"):
            with contextlib.suppress(OSError):
                stat = path.stat()
                entries.append((stat.st_mtime_ns, stat.st_size, path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= limit:
                break
            with contextlib.suppress(OSError):
                path.unlink()
            total -= size

    def _path(self, key: str) -> Path:
        return self.folder / self.name / key[:2] / key[2:]


def _discard(path: str | None) -> None:
    """Remove a file that was not finished, if it exists."""
    if path:
        with contextlib.suppress(OSError):
            Path(path).unlink(missing_ok=True)
