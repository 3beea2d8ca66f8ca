"""Documents shared out to worker processes, the longest first; a bad one costs only itself."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from operator import itemgetter
from queue import LifoQueue
from typing import Final

from kg.annotate import TOGETHER
from kg.read import ReadFailure
from kg.resolve import DocumentFacts
from kg.types import Document
from kg.workers.facts import Settings, Written, facts_of, kept_facts
from kg.workers.process import Death, Outcome, Worker

__all__ = ["document_facts"]

_AHEAD: Final = 64
"""Documents a worker that may wait: enough to begin with the longest, few enough for memory."""
_AHEAD_CHARACTERS: Final = 8_000_000
"""Characters of all documents that wait."""


def document_facts(
    documents: Iterable[Document], settings: Settings, jobs: int = 0
) -> Iterator[Outcome]:
    """The facts of documents, or why a document has none.

    Args:
        documents: read as they are needed.
        settings: what decides the facts.
        jobs: worker processes. They give the documents in any order; a document that takes too
            much, or brings its worker down, becomes a failure. With 0 the work is done in this
            process, in order and without limits: a document that crashes it ends it.

    Raises:
        KGError: a worker process cannot be started.
    """
    if jobs < 1:
        return (_written(_here(document, settings)) for document in documents)
    return _in_workers(documents, settings, jobs)


def _written(found: DocumentFacts | ReadFailure) -> Outcome:
    return found if isinstance(found, ReadFailure) else Written(found.document, found.to_json())


def _here(document: Document, settings: Settings) -> DocumentFacts | ReadFailure:
    try:
        return facts_of(document, settings)
    except MemoryError:
        return ReadFailure(document.source, "there is not enough memory for it")


def _in_workers(documents: Iterable[Document], settings: Settings, jobs: int) -> Iterator[Outcome]:
    """Facts as they come; what is cached needs no worker."""
    pool = _Pool(settings, jobs)
    # A limit that a person sets is for a document, so each is done by itself.
    waiting = _Waiting(jobs * _AHEAD, TOGETHER if settings.limits.seconds is None else 0)
    try:
        for document in documents:
            kept = kept_facts(document, settings)
            if kept is not None:
                yield _written(kept)
                continue
            waiting.put(document)
            pool.take(waiting)
            yield from pool.finished(seconds=None if waiting.full else 0)
        while waiting or pool.busy:
            pool.take(waiting)
            yield from pool.finished()
        yield from pool.second_tries()
    finally:
        pool.stop()


class _Pool:
    """Workers, a thread each to talk with it."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._workers = [Worker(settings) for _ in range(jobs)]
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="kg-worker")
        self._free: LifoQueue[Worker] = LifoQueue()  # one that runs before one to be started
        for worker in self._workers:
            self._free.put(worker)
        self._running: dict[Future[list[Outcome | Death]], list[Document]] = {}
        self._again: list[Document] = []

    @property
    def busy(self) -> bool:
        """Whether a document has been taken and its facts not given."""
        return bool(self._running)

    def take(self, waiting: _Waiting) -> None:
        """Take as many as there are workers more than these can do, so that none is idle."""
        while waiting and len(self._running) < 2 * len(self._workers):
            documents = waiting.longest()
            self._running[self._threads.submit(self._work, documents)] = documents

    def finished(self, seconds: float | None = None) -> Iterator[Outcome]:
        """What is done, once something is or after so many seconds.

        Documents whose worker died are kept for later.
        """
        for future in wait(self._running, seconds, FIRST_COMPLETED).done:
            documents = self._running.pop(future)
            for document, outcome in zip(documents, future.result(), strict=True):
                if isinstance(outcome, Death):
                    self._again.append(document)
                else:
                    yield outcome

    def second_tries(self) -> Iterator[Outcome]:
        """Documents whose worker died, each by itself: all together may have been too much."""
        for document in self._again:
            yield self._workers[0].last_try(document)

    def stop(self) -> None:
        """End the workers, whatever they do."""
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def _work(self, documents: list[Document]) -> list[Outcome | Death]:
        worker = self._free.get()
        try:
            return worker.facts(documents)
        finally:
            self._free.put(worker)


class _Waiting:
    """Documents that were read and wait for a worker, short ones in company."""

    def __init__(self, most: int, together: int = TOGETHER) -> None:
        self._most = most
        self._together = together
        self._heaps: dict[str, list[tuple[int, int, Document]]] = {}
        self._number = 0
        self.characters = 0

    @property
    def full(self) -> bool:
        """Whether no more should be read for now."""
        return len(self) >= self._most or self.characters >= _AHEAD_CHARACTERS

    def __len__(self) -> int:
        return sum(map(len, self._heaps.values()))

    def put(self, document: Document) -> None:
        size = len(document.text)
        heap = self._heaps.setdefault(document.language, [])
        heapq.heappush(heap, (-size, self._number, document))
        self._number += 1
        self.characters += size

    def longest(self) -> list[Document]:
        """The longest document, and further ones of its language if they are short together."""
        heap = min(filter(None, self._heaps.values()), key=itemgetter(0))
        found: list[Document] = []
        taken = 0
        while heap and (not found or taken - heap[0][0] <= self._together):
            size, _, document = heapq.heappop(heap)
            taken -= size
            found.append(document)
        self.characters -= taken
        return found
