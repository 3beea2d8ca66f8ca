"""Files of news become documents: text, language, title, day of publication, blocks.

>>> document = document_from_text("Tokyo, 28 ottobre 2025 – Il premier ha firmato l'accordo.", "-")
>>> document.language, document.published, [block.kind for block in document.blocks]
('it', '2025-10-28', ['paragraph'])
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final, TypeAlias

from kg.errors import ReadError
from kg.read.blocks import body, lay_out, lines_of
from kg.read.dates import parse_date
from kg.read.decode import clean, one_line
from kg.read.draft import Draft, ReadFailure
from kg.read.html import read_html
from kg.read.jsonl import read_article, read_jsonl
from kg.read.language import detect_language
from kg.read.pdf import read_pdf
from kg.read.sources import STDIN, file_of, shown, sources
from kg.read.text import read_text
from kg.types import Document

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "ReadFailure",
    "document_from_text",
    "file_of",
    "read",
    "read_bytes",
    "read_line",
    "reader_of",
    "text_id",
]

Reader: TypeAlias = Callable[[str, BinaryIO, int], Iterator[Draft | ReadFailure]]
FORMATS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        ".txt": read_text,
        ".text": read_text,
        ".html": read_html,
        ".htm": read_html,
        ".xhtml": read_html,
        ".pdf": read_pdf,
        ".jsonl": read_jsonl,
        ".ndjson": read_jsonl,
    }
)
"""The reader of each suffix: from source, stream and limit in bytes to drafts."""
MAX_BYTES: Final = 20_000_000
_CODE: Final = re.compile(r"([a-z]{2,3})(?:[-_]\w+)*", re.IGNORECASE)


def read(
    paths: Iterable[str | Path], *, max_bytes: int = MAX_BYTES, stdin: BinaryIO | None = None
) -> Iterator[Document | ReadFailure]:
    """The documents of files, folders, patterns (``news/*.html``) and standard input (``-``).

    They come in the order of ``paths``; a folder's are sorted. What cannot be read gives a failure
    in its place. ``max_bytes`` is the largest file (of JSON Lines: line) that is read; ``stdin``
    stands for standard input.

    Raises:
        ReadError: nothing of what ``paths`` name is there; raised at once.
    """
    named = [paths] if isinstance(paths, (str, Path)) else paths
    found = sources(named, FORMATS.keys())
    return (result for source in found for result in _read_source(source, max_bytes, stdin))


def document_from_text(
    text: str,
    source: str,
    *,
    language: str | None = None,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    url: str | None = None,
) -> Document:
    """The document of a text; what is not given is found in the text, as far as it says so.

    ``published`` may be any complete date ("28 ottobre 2025").

    Raises:
        ReadError: the text holds no word.
    """
    return _document(
        Draft(
            source,
            clean(text),
            title=title and one_line(title),
            date=published,
            publisher=publisher,
            author=author,
            url=url,
            language=language,
        )
    )


def read_bytes(
    data: bytes, source: str, *, max_bytes: int = MAX_BYTES
) -> Iterator[Document | ReadFailure]:
    """The documents of a file's bytes, as :func:`read` gives them for a file of this name."""

    def drafts() -> Iterator[Draft | ReadFailure]:
        yield from reader_of(source)(source, BytesIO(data), max_bytes)

    return _finished(source, drafts())


def read_line(
    line: bytes, source: str, number: int, *, max_bytes: int = MAX_BYTES
) -> Iterator[Document | ReadFailure]:
    """The document of a line of JSON, as :func:`read` gives it for a file of articles; or none.

    Args:
        line: without its end.
        source: of the file.
        number: of the line, the first being 1.
        max_bytes: the longest line that is read.
    """
    article = read_article(source, number, line if len(line) <= max_bytes else None, max_bytes)
    return _finished(source, iter([article] if article else ()))


def text_id(text: str) -> str:
    """The id of the document with a text: 32 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def reader_of(source: str) -> Reader:
    """The reader of a file by its name's suffix; a file without one is text.

    Raises:
        ReadError: there is none for this suffix.
    """
    suffix = Path(source).suffix.lower()
    reader = FORMATS.get(suffix) if suffix else read_text
    if reader is None:
        known = ", ".join(sorted(FORMATS))
        raise ReadError(f"no reader for {suffix} files (there are for: {known})")
    return reader


def _read_source(
    source: str | ReadFailure, max_bytes: int, stdin: BinaryIO | None
) -> Iterator[Document | ReadFailure]:
    if isinstance(source, ReadFailure):
        return iter([source])
    return _finished(shown(source), _drafts(source, max_bytes, stdin))


def _finished(name: str, drafts: Iterator[Draft | ReadFailure]) -> Iterator[Document | ReadFailure]:
    """The documents of a source's drafts; the errors of its reader become failures."""
    try:
        for draft in drafts:
            try:
                yield draft if isinstance(draft, ReadFailure) else _document(draft)
            except ReadError as error:
                yield ReadFailure(draft.source, str(error))
    except ReadError as error:
        yield ReadFailure(name, str(error))
    except OSError as error:
        yield ReadFailure(name, (error.strerror or str(error)).lower())


def _drafts(source: str, max_bytes: int, stdin: BinaryIO | None) -> Iterator[Draft | ReadFailure]:
    if source == STDIN:
        yield from read_text(source, stdin or sys.stdin.buffer, max_bytes)
        return
    reader = reader_of(source)
    with Path(source).open("rb") as stream:
        yield from reader(shown(source), stream, max_bytes)


def _document(draft: Draft) -> Document:
    text, lines = lines_of(draft)
    code = _CODE.fullmatch(draft.language or "")
    language = code[1].lower() if code else detect_language(body(lines))
    if language is None or not lines:
        raise ReadError("no words in the text" if lines else "empty file")
    layout = lay_out(lines, language, draft.title)
    return Document(
        id=text_id(text),
        source=draft.source,
        text=text,
        language=language,
        title=layout.title,
        published=(parse_date(draft.date, language) if draft.date else None) or layout.published,
        publisher=draft.publisher,
        author=draft.author or layout.author,
        url=draft.url,
        blocks=layout.blocks,
    )
