"""The text of a PDF, through pypdf: lines put together to paragraphs, page numbers left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import BinaryIO, Final

from kg.errors import ReadError
from kg.read.decode import clean
from kg.read.draft import Draft
from kg.read.lines import join_lines
from kg.read.text import whole

__all__ = ["read_pdf"]

_MARGIN: Final = 2
"""Lines at the top and at the bottom of a page that may be a running head or foot."""
_PAGE_NUMBER: Final = re.compile(
    r"\W*(?:[^\W\d_]{1,8}\.?\s)?\d{1,4}(?:\s?(?:/|[^\W\d_]{1,4})\s?\d{1,4})?\W*"
)


def read_pdf(source: str, stream: BinaryIO, max_bytes: int) -> Iterator[Draft]:
    """The one article of a PDF. Its metadata are the word processor's, so they are not believed.

    Raises:
        ReadError: it is encrypted, broken, without text, or too large.
    """
    pages = [clean(page).split("\n") for page in _pages(whole(stream, max_bytes), max_bytes)]
    paragraphs = join_lines(_without_margins(pages))
    if not any(character.isalpha() for text in paragraphs for character in text):
        raise ReadError("no text in the PDF (scanned pages?); recognise its characters first")
    yield Draft(source, "\n\n".join(paragraphs))


def _pages(data: bytes, max_bytes: int) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    size = 0
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileNotDecryptedError
        for page in reader.pages:
            text = page.extract_text()
            size += len(text)
            if size > max_bytes:
                raise ReadError(f"more than {max_bytes / 1_000_000:g} MB of text in the PDF")
            yield text
    except ReadError:
        raise
    except (DependencyError, FileNotDecryptedError, WrongPasswordError):
        raise ReadError("encrypted PDF; save a copy without a password") from None
    except Exception as error:  # noqa: BLE001 - a broken PDF fails in any way one can think of
        reason = str(error).split("\n", 1)[0] or type(error).__name__
        raise ReadError(f"broken PDF: {reason}") from None


def _without_margins(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all pages, less page numbers and what heads or ends most pages alike."""
    stripped = [[line.rstrip() for line in page if line.strip()] for page in pages]
    common = Counter(
        shape for page in stripped for shape in {_shape(line) for line in _margins(page)}
    )
    usual = {shape for shape, n in common.items() if n > 1 and 2 * n > len(pages)}
    return [line for page in pages for line in _inner(list(page), usual)]


def _margins(lines: Sequence[str]) -> list[str]:
    return [*lines[:_MARGIN], *lines[_MARGIN:][-_MARGIN:]]


def _inner(lines: list[str], usual: set[str]) -> list[str]:
    filled = [i for i, line in enumerate(lines) if line.strip()]
    edges = {*filled[:_MARGIN], *filled[_MARGIN:][-_MARGIN:]}
    dropped = {
        i for i in edges if _shape(lines[i]) in usual or _PAGE_NUMBER.fullmatch(lines[i].strip())
    }
    kept = [line for i, line in enumerate(lines) if i not in dropped]
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _shape(line: str) -> str:
    """A line without its numbers, which change from page to page."""
    return re.sub(r"\d+", "#", line.strip())
