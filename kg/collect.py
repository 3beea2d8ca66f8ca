"""The first pass: what every article says by itself, into the spool; and out of it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from kg.cache import Cache, default_folder
from kg.erase import is_erased
from kg.errors import StoreError
from kg.read import ReadFailure, file_of, read
from kg.spool import Spool
from kg.types import Document
from kg.workers import KINDS, Limits, Settings, document_facts
from kg.workspace import Workspace

__all__ = ["Collected", "Progress", "collect", "drop", "drop_former"]

Progress = Callable[[str, int], None]
"""Called with a stage (``reading``, ``merging``, ``writing``) and the documents so far."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What reading came to."""

    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of the documents by their source."""
    failures: tuple[ReadFailure, ...] = ()
    repeated: tuple[tuple[str, str], ...] = ()
    withheld: tuple[str, ...] = ()

    def report(self) -> Collected:
        """What people are told of it, without the documents, which take memory."""
        return replace(self, documents={})


def collect(
    paths: Iterable[str | Path],
    workspace: Workspace,
    jobs: int,
    use_cache: bool,
    progress: Progress | None,
    limits: Limits | None = None,
) -> Collected:
    """Put what the articles say into the spool."""
    pipelines = workspace.configuration.pipelines
    cache = default_folder() if use_cache else None
    settings = Settings(pipelines, cache, limits or Limits())
    spool = workspace.spool
    failures: list[ReadFailure] = []
    documents: dict[str, tuple[str, ...]] = {}
    withheld: set[str] = set()
    found = _unknown(_documents(read(paths), failures), spool, documents, withheld)
    for done, outcome in enumerate(document_facts(found, settings, jobs), 1):
        if isinstance(outcome, ReadFailure):
            failures.append(outcome)
        else:
            spool.put_line(outcome.document, outcome.line)
            _note(documents, outcome.document)
        if progress:
            progress("reading", done)
    if settings.cache:
        for kind in KINDS:
            Cache(kind, settings.cache).prune()
    failures.sort(key=lambda failure: (failure.source, failure.reason))
    repeated = tuple(_repeated(spool, documents))
    return Collected(documents, tuple(failures), repeated, tuple(sorted(withheld)))


def _documents(
    items: Iterable[Document | ReadFailure], failures: list[ReadFailure]
) -> Iterator[Document]:
    """The documents among what was read; the failures are noted."""
    for item in items:
        if isinstance(item, ReadFailure):
            failures.append(item)
        else:
            yield item


def _unknown(
    documents: Iterable[Document],
    spool: Spool,
    known: dict[str, tuple[str, ...]],
    withheld: set[str],
) -> Iterator[Document]:
    """The documents that the spool does not hold; those it does are noted by their source."""
    for document in documents:
        kept = [facts.document for facts in spool.get(document.id)]
        if any(map(is_erased, kept)):
            withheld.add(document.source)
        elif document not in kept:
            yield document
            continue
        _note(known, document)


def _note(documents: dict[str, tuple[str, ...]], document: Document) -> None:
    ids = documents.get(document.source, ())
    if document.id not in ids:
        documents[document.source] = (*ids, document.id)


def drop_former(spool: Spool, collected: Collected) -> None:
    """Forget what the same files held before: an edited article is not a second one.

    A line that could not be read this time keeps what it held; one that is gone does not, unless
    the whole file could not be read.
    """
    failed = {failure.source for failure in collected.failures}
    whole = {file_of(source) for source in collected.documents} - failed
    former = [
        (facts.document.id, source)
        for facts in spool.all()
        for source in [facts.document.source]
        if source not in failed
        and file_of(source) in whole
        and facts.document.id not in collected.documents.get(source, ())
    ]
    for identifier, source in former:
        spool.drop(identifier, source)


def _repeated(spool: Spool, documents: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Pairs of a source and the one whose text it repeats, of the documents just read."""
    for identifier in filter(spool.several, sorted(set(chain.from_iterable(documents.values())))):
        first, *others = (facts.document.source for facts in spool.get(identifier))
        yield from ((other, first) for other in others)


def drop(spool: Spool, name: str) -> None:
    """Forget the document with an id, or all from a source: its path, or its name if one has it."""
    if name in spool.ids():
        spool.drop(name)
        return
    documents = [facts.document for facts in spool.all()]
    found = [d for d in documents if Path(name) in map(Path, (d.source, file_of(d.source)))]
    found = found or [
        d for d in documents if name in (Path(d.source).name, Path(file_of(d.source)).name)
    ]
    if not found:
        raise StoreError(f"{name}: no document of the graph has this id or source")
    sources = sorted({file_of(document.source) for document in found})
    if len(sources) > 1:
        raise StoreError(f"{name}: which of {', '.join(sources)}?")
    for document in found:
        spool.drop(document.id, document.source)
