"""Documents to facts through annotate, extract and resolve: cached, in one process or several."""

from __future__ import annotations

import contextlib
import functools
import json
import multiprocessing
import signal
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

from spacy.tokens import Doc

from kg.annotate import annotate, load_pipeline, pipeline_hash
from kg.cache import Cache, key_of, source_hash
from kg.errors import KGError
from kg.extract import extract
from kg.read import ReadFailure
from kg.resolve import DocumentFacts, resolve_document
from kg.types import Document

__all__ = ["KINDS", "Settings", "document_facts"]

KINDS: Final = ("docs", "facts")
"""The caches that are kept."""

_CHUNK: Final = 4
"""Documents that a worker gets at once."""

_AHEAD: Final = 4
"""Chunks a worker that may wait, so that reading ahead does not fill the memory."""

_ANNOTATION: Final = ("annotate.py", "convert.py", "types.py")
_FACTS: Final = (*_ANNOTATION, "extract", "lang", "resolve")
_MODELS: Final = ("numpy", "spacy", "thinc")
_VALUES: Final = (*_MODELS, "dateparser")


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides a document's facts besides the document; plain data that travels to workers."""

    pipelines: Mapping[str, str] = field(default_factory=dict)
    """Pipelines to use in place of those that ship, by language."""
    cache: Path | None = None
    """Folder that keeps results between runs; None keeps nothing."""


def document_facts(
    documents: Iterable[Document], settings: Settings, jobs: int = 1
) -> Iterator[DocumentFacts | ReadFailure]:
    """The facts of documents in their order, or why a document has none.

    Raises:
        KGError: a worker process died.
    """
    if jobs <= 1:
        return (_facts(document, settings) for document in documents)
    return _in_processes(documents, settings, jobs)


def _in_processes(
    documents: Iterable[Document], settings: Settings, jobs: int
) -> Iterator[DocumentFacts | ReadFailure]:
    """The same in ``jobs`` processes, a chunk at a time; results keep the order of the input."""
    chunks = _chunks(documents)
    waiting: deque[Future[list[DocumentFacts | ReadFailure]]] = deque()
    context = multiprocessing.get_context("spawn")  # fork is unsafe beside threads
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_interrupts)
    try:
        for chunk in islice(chunks, jobs * _AHEAD):
            waiting.append(pool.submit(_chunk_facts, chunk, settings))
        while waiting:
            yield from waiting.popleft().result()
            for chunk in islice(chunks, 1):
                waiting.append(pool.submit(_chunk_facts, chunk, settings))
    except BrokenProcessPool as error:
        raise KGError(
            "a worker process died (out of memory?); what was finished is cached: "
            "run again with fewer --jobs"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """Ctrl-C is the parent's: a worker finishes its chunk and is told to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    iterator = iter(documents)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


def _chunk_facts(
    documents: list[Document], settings: Settings
) -> list[DocumentFacts | ReadFailure]:
    return [_facts(document, settings) for document in documents]


def _facts(document: Document, settings: Settings) -> DocumentFacts | ReadFailure:
    """One document's facts; what goes wrong in it must not stop the others."""
    try:
        return _document_facts(document, settings)
    except KGError as error:
        return ReadFailure(document.source, str(error))
    except Exception as error:  # noqa: BLE001 - a defect of ours, in this document only
        *_, frame = traceback.extract_tb(error.__traceback__)
        what = f"{type(error).__name__}: {error}, at {Path(frame.filename).name}:{frame.lineno}"
        return ReadFailure(document.source, f"internal error, please report it ({what})")


def _document_facts(document: Document, settings: Settings) -> DocumentFacts:
    """Kept facts where there are some, else new ones."""
    name = settings.pipelines.get(document.language)
    if settings.cache is None:
        return _new_facts(document, _annotated(document, settings))
    cache = Cache("facts", settings.cache)
    pipeline = pipeline_hash(document.language, name)
    key = key_of(_content(document), pipeline, _facts_code())
    kept = cache.get(key)
    if kept is not None:
        with contextlib.suppress(ValueError):  # not what this version writes: compute it again
            return replace(DocumentFacts.from_json(kept.decode()), document=document)
    facts = _new_facts(document, _kept_doc(document, settings, settings.cache, pipeline))
    cache.put(key, facts.to_json().encode())
    return facts


def _new_facts(document: Document, doc: Doc) -> DocumentFacts:
    return resolve_document(document, doc, extract(document, doc))


def _kept_doc(document: Document, settings: Settings, folder: Path, pipeline: str) -> Doc:
    """A document's Doc, kept apart from its facts: rules change more often than parses."""
    cache = Cache("docs", folder)
    blocks = json.dumps([asdict(block) for block in document.blocks])
    key = key_of(document.language, document.text, blocks, pipeline, _annotation_code())
    kept = cache.get(key)
    if kept is not None:
        nlp = load_pipeline(document.language, settings.pipelines.get(document.language))
        with contextlib.suppress(ValueError, KeyError, TypeError):
            return Doc(nlp.vocab).from_bytes(kept)
    doc = _annotated(document, settings)
    cache.put(key, doc.to_bytes())
    return doc


def _annotated(document: Document, settings: Settings) -> Doc:
    ((_, doc),) = annotate([document], settings.pipelines)
    return doc


def _content(document: Document) -> str:
    """All of a document but where it lies: a moved file is not read anew."""
    return json.dumps(asdict(replace(document, source="")), sort_keys=True)


@functools.cache
def _facts_code() -> str:
    return source_hash(_FACTS, _VALUES)


@functools.cache
def _annotation_code() -> str:
    return source_hash(_ANNOTATION, _MODELS)
