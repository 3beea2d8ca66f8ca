"""Documents to their facts, through annotate, extract and resolve; what was found is cached."""

from __future__ import annotations

import contextlib
import functools
import json
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
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

__all__ = ["KINDS", "Limits", "Settings", "Written", "facts_of", "facts_together", "kept_facts"]

KINDS: Final = ("docs", "facts")
"""The caches that are kept."""

_ANNOTATION: Final = (
    "annotate.py",
    "biaffine",
    "convert.py",
    "lang",
    "lemmas.py",
    "segment.py",
    "types.py",
)
"""What a parse depends on, besides its pipeline."""
_FACTS: Final = (*_ANNOTATION, "extract", "resolve")
_MODELS: Final = ("numpy", "spacy", "thinc")
_VALUES: Final = (*_MODELS, "dateparser")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take in a worker process before it is set aside."""

    seconds: float | None = None
    """Time by the clock; None gives two minutes and a second for each 500 characters."""
    memory: int = 4 * 2**30
    """Bytes of data above what the libraries take, pipelines included; watched over on Linux."""

    def seconds_for(self, document: Document) -> float:
        """How long a document may take, in seconds."""
        return self.seconds or _LEAST_SECONDS + len(document.text) / _CHARACTERS_A_SECOND


_LEAST_SECONDS: Final = 120.0  # reading a pipeline is in the first document's time
_CHARACTERS_A_SECOND: Final = 500


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides a document's facts besides the document; plain data that travels to workers."""

    pipelines: Mapping[str, str] = field(default_factory=dict)
    """Pipelines to use in place of those that ship, by language."""
    cache: Path | None = None
    """Folder that keeps results between runs; None keeps nothing."""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Written:
    """A document with its facts as the line of JSON that is kept; read only where it is needed."""

    document: Document
    line: str

    @property
    def facts(self) -> DocumentFacts:
        """The facts."""
        return replace(DocumentFacts.from_json(self.line), document=self.document)


def facts_together(
    documents: Sequence[Document], settings: Settings
) -> Iterator[DocumentFacts | ReadFailure]:
    """Each document's facts, or why it has none; they are parsed together.

    Raises:
        MemoryError: there is not enough memory for them.
    """
    docs: dict[int, Doc] = {}
    if len(documents) > 1:
        try:
            docs = _docs_together(documents, settings)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - one of them is at fault: each is tried by itself
            docs = {}
    for number, document in enumerate(documents):
        yield facts_of(document, settings, docs.pop(number, None))


def facts_of(
    document: Document, settings: Settings, doc: Doc | None = None
) -> DocumentFacts | ReadFailure:
    """A document's facts, or why it has none: what goes wrong in it must not stop the others.

    ``doc`` is its parse, if it was parsed already.

    Raises:
        MemoryError: there is not enough memory for it.
    """
    try:
        return _document_facts(document, settings, doc)
    except KGError as error:
        return ReadFailure(document.source, str(error))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a defect of ours, in this document only
        *_, frame = traceback.extract_tb(error.__traceback__)
        what = f"{type(error).__name__}: {error}, at {Path(frame.filename).name}:{frame.lineno}"
        return ReadFailure(document.source, f"internal error, please report it ({what})")


def kept_facts(document: Document, settings: Settings) -> DocumentFacts | None:
    """A document's facts where the cache has them."""
    if settings.cache is None:
        return None
    with contextlib.suppress(KGError):
        kept = Cache("facts", settings.cache).get(_facts_key(document, settings))
        if kept is not None:
            with contextlib.suppress(ValueError):  # not what this version writes: made anew
                return replace(DocumentFacts.from_json(kept.decode()), document=document)
    return None


def _document_facts(document: Document, settings: Settings, doc: Doc | None) -> DocumentFacts:
    """Kept facts where there are some, else new ones."""
    if settings.cache is None:
        return _new_facts(document, doc or _annotated(document, settings))
    if (kept := kept_facts(document, settings)) is not None:
        return kept
    facts = _new_facts(document, doc or _kept_doc(document, settings, settings.cache))
    key = _facts_key(document, settings)
    Cache("facts", settings.cache).put(key, facts.to_json().encode())
    return facts


def _facts_key(document: Document, settings: Settings) -> str:
    return key_of(_content(document), _pipeline(document, settings), _facts_code())


def _pipeline(document: Document, settings: Settings) -> str:
    return pipeline_hash(document.language, settings.pipelines.get(document.language))


def _new_facts(document: Document, doc: Doc) -> DocumentFacts:
    return resolve_document(document, doc, extract(document, doc))


def _docs_together(documents: Sequence[Document], settings: Settings) -> dict[int, Doc]:
    """The Docs of documents by their number, kept ones and new ones, which are kept."""
    folder = settings.cache
    kept = {
        number: doc
        for number, document in enumerate(documents)
        if folder is not None and (doc := _doc_in_cache(document, settings, folder)) is not None
    }
    new = [number for number in range(len(documents)) if number not in kept]
    parsed = annotate((documents[number] for number in new), settings.pipelines)
    for number, (document, doc) in zip(new, parsed, strict=True):
        kept[number] = doc
        if folder is not None:
            Cache("docs", folder).put(_doc_key(document, settings), doc.to_bytes())
    return kept


def _kept_doc(document: Document, settings: Settings, folder: Path) -> Doc:
    """A document's Doc, kept apart from its facts: rules change more often than parses."""
    kept = _doc_in_cache(document, settings, folder)
    if kept is not None:
        return kept
    doc = _annotated(document, settings)
    Cache("docs", folder).put(_doc_key(document, settings), doc.to_bytes())
    return doc


def _doc_in_cache(document: Document, settings: Settings, folder: Path) -> Doc | None:
    kept = Cache("docs", folder).get(_doc_key(document, settings))
    if kept is not None:
        nlp = load_pipeline(document.language, settings.pipelines.get(document.language))
        with contextlib.suppress(ValueError, KeyError, TypeError):
            return Doc(nlp.vocab).from_bytes(kept)
    return None


def _doc_key(document: Document, settings: Settings) -> str:
    blocks = json.dumps([asdict(block) for block in document.blocks])
    pipeline = _pipeline(document, settings)
    return key_of(document.language, document.text, blocks, pipeline, _annotation_code())


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
