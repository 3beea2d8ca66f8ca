"""The folder of a graph: what it was made from, and a place beside it to make the next one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from filelock import FileLock, Timeout

from kg.errors import StoreError
from kg.redirects import REDIRECTS, Identity, follow, read_pairs, write_pairs
from kg.resolve import Corrections, dump_corrections, load_corrections
from kg.spool import Spool
from kg.store import STORE_FOLDER
from kg.store.disk import current_folder

__all__ = [
    "Configuration",
    "Workspace",
    "kept_facts",
    "new_workspace",
    "put_in_place",
    "revision",
    "waiting_files",
]

_CONFIGURATION: Final = "build.json"
_CORRECTIONS: Final = "corrections.toml"
_IDENTITIES: Final = "identities.tsv"
_DOCUMENTS: Final = "documents"
_FILES: Final = "files"


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
    former: Path | None = None
    """The documents of the state that is being revised; None where one is built from nothing."""

    @property
    def folder(self) -> Path:
        """What is being made."""
        return self.output / ".new"

    @property
    def spool(self) -> Spool:
        """What the documents of the next state say."""
        return Spool(self.folder / _DOCUMENTS)

    @contextmanager
    def temporary(self) -> Iterator[Path]:
        """A folder for what does not fit into memory, on the disk that the graph is for."""
        with TemporaryDirectory(dir=self.folder) as folder:
            yield Path(folder)

    @property
    def changed(self) -> bool:
        """Whether the next state says anything that the former does not, or the other way."""
        return self.former is None or not self.spool.same_as(Spool(self.former))

    def keep_corrections(self, path: str | Path) -> None:
        """Copy a user's corrections file, so that what is added later obeys it too.

        Raises:
            CorrectionsError: the file cannot be read or is malformed.
        """
        load_corrections(path)
        (self.spool.folder / _CORRECTIONS).write_bytes(Path(path).read_bytes())

    def rewrite_corrections(self, corrections: Corrections) -> None:
        """Keep these in place of the user's."""
        (self.spool.folder / _CORRECTIONS).write_text(dump_corrections(corrections), "utf-8")

    def corrections(self) -> Corrections | None:
        """The kept corrections, if there are any."""
        path = self.spool.folder / _CORRECTIONS
        return load_corrections(path) if path.is_file() else None

    def redirects(self, identities: Iterable[Identity]) -> dict[str, str]:
        """Where the IRIs of the former state lead; keeps those of the next one.

        Args:
            identities: marks and IRIs of all that the next state speaks of, sorted, each mark once.
        """
        path = self.spool.folder / _IDENTITIES
        write_pairs(identities, path)
        if self.former is None:
            return {}
        known = dict(read_pairs(self.former / REDIRECTS))
        return follow(self.former / _IDENTITIES, path, known)

    def hand_over(self, generation: Path, redirects: Mapping[str, str]) -> None:
        """Put what the next state is made from, and sorted redirects, into its generation."""
        folder = self.spool.folder
        text = json.dumps(asdict(self.configuration), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / _CONFIGURATION).write_text(f"{text}\n", "utf-8")
        write_pairs(redirects.items(), folder / REDIRECTS)
        folder.rename(generation / _DOCUMENTS)
        write_pairs(redirects.items(), waiting_files(generation) / REDIRECTS)


def waiting_files(generation: Path) -> Path:
    """The folder for the files that :func:`put_in_place` is to put in place."""
    files = generation / _FILES
    files.mkdir(exist_ok=True)
    return files


def put_in_place(output: Path) -> None:
    """Move the files of the current state into the output folder.

    They wait in the state's own folder, so that a change which was killed after the store had
    changed is completed by the next one.
    """
    waiting = current_folder(output / STORE_FOLDER) / _FILES
    if not waiting.is_dir():
        return
    for path in sorted(waiting.iterdir()):
        if path.name == REDIRECTS and not path.stat().st_size:
            (output / path.name).unlink(missing_ok=True)
            path.unlink()
        else:
            path.replace(output / path.name)
    waiting.rmdir()


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
    _kept(output)  # where there is none, nothing is made
    with new_workspace(output, Configuration("")) as held:
        kept = _kept(output)
        workspace = replace(held, configuration=_configuration(kept), former=kept)
        put_in_place(output)
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
    try:
        return current_folder(output / STORE_FOLDER) / _DOCUMENTS
    except StoreError:
        raise StoreError(f"{output}: no graph here; make one with `kg build`") from None


def _configuration(folder: Path) -> Configuration:
    path = folder / _CONFIGURATION
    try:
        return Configuration(**json.loads(path.read_text("utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(
            f"{path.parents[3]}: a graph without its documents; build it again"
        ) from None
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"{path}: damaged ({error}); build the graph again") from error


def _empty(folder: Path) -> None:
    """Remove what an interrupted build left."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "lock":
            path.unlink()
