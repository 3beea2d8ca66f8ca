"""The folder of a graph: what it was made from, and a place beside it to make the next one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from kg.errors import StoreError
from kg.resolve import Corrections, load_corrections
from kg.spool import Spool

__all__ = ["Configuration", "Workspace", "kept_facts", "new_workspace", "revision"]

_CONFIGURATION: Final = "build.json"
_CORRECTIONS: Final = "corrections.toml"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a graph was built with; kept with it, so that what is added later is treated alike."""

    base: str
    pipelines: Mapping[str, str] = field(default_factory=dict)
    """Pipelines to use in place of those that ship, by language."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """``output/.new``: where the next state of a graph is made, held by this process alone."""

    output: Path
    configuration: Configuration

    @property
    def folder(self) -> Path:
        """Files that are being made."""
        return self.output / ".new"

    @property
    def spool(self) -> Spool:
        """What the documents of the next state say."""
        return Spool(self.folder / "documents")

    def keep_corrections(self, path: str | Path) -> None:
        """Copy a user's corrections file, so that what is added later obeys it too.

        Raises:
            CorrectionsError: the file cannot be read or is malformed.
        """
        load_corrections(path)
        (self.spool.folder / _CORRECTIONS).write_bytes(Path(path).read_bytes())

    def corrections(self) -> Corrections | None:
        """The kept corrections, if there are any."""
        path = self.spool.folder / _CORRECTIONS
        return load_corrections(path) if path.is_file() else None

    def publish_documents(self) -> None:
        """Put the spool and the configuration in the place of those of the former state."""
        text = json.dumps(asdict(self.configuration), ensure_ascii=False, indent=1, sort_keys=True)
        (self.spool.folder / _CONFIGURATION).write_text(f"{text}\n", "utf-8")
        kept = _kept(self.output)
        if kept.exists():
            kept.rename(self.folder / "replaced")
        self.spool.folder.rename(kept)


@contextmanager
def new_workspace(output: Path, configuration: Configuration) -> Iterator[Workspace]:
    """An empty workspace for a build; it is gone at the end, whatever the end.

    Raises:
        StoreError: another process holds it, or the folder cannot be written.
    """
    workspace = Workspace(output, configuration)
    made = not output.exists()
    try:
        workspace.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(workspace.folder / "lock", timeout=0):
            try:
                _empty(workspace.folder)
                workspace.spool.folder.mkdir()
                yield workspace
            finally:
                shutil.rmtree(workspace.folder, ignore_errors=True)
                if made and not any(output.iterdir()):
                    output.rmdir()
    except Timeout:
        raise StoreError(f"{output}: another build is writing here; wait until it ends") from None
    except OSError as error:
        where, reason = error.filename or output, error.strerror or str(error)
        raise StoreError(f"{where}: cannot be written ({reason})") from error


@contextmanager
def revision(output: Path) -> Iterator[Workspace]:
    """A workspace with a copy of what the graph in a folder was made from, to be changed.

    Raises:
        StoreError: there is no graph in the folder, or as :func:`new_workspace`.
    """
    kept = _kept(output)
    with new_workspace(output, _configuration(kept)) as workspace:
        Spool(kept).copy_to(workspace.spool.folder)
        if (kept / _CORRECTIONS).is_file():
            workspace.keep_corrections(kept / _CORRECTIONS)
        yield workspace


def kept_facts(output: Path) -> tuple[Spool, Corrections | None]:
    """What the graph in a folder was made from, to be read.

    Raises:
        StoreError: there is no graph in the folder.
    """
    kept = _kept(output)
    _configuration(kept)
    path = kept / _CORRECTIONS
    return Spool(kept), load_corrections(path) if path.is_file() else None


def _kept(output: Path) -> Path:
    """Where the documents of the present state are."""
    return output / "store" / "documents"


def _configuration(folder: Path) -> Configuration:
    path = folder / _CONFIGURATION
    try:
        return Configuration(**json.loads(path.read_text("utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(f"{path.parents[2]}: no graph here; make one with `kg build`") from None
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"{path}: damaged ({error}); build the graph again") from error


def _empty(folder: Path) -> None:
    """Remove what an interrupted build left."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "lock":
            path.unlink()
