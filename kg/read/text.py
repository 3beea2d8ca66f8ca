"""Plain text files, and the limit that every format's reader keeps to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import ReadError
from kg.read.decode import clean, decode
from kg.read.draft import Draft

__all__ = ["read_text", "too_large", "whole"]


def read_text(source: str, stream: BinaryIO, max_bytes: int) -> Iterator[Draft]:
    """The one article of a text file.

    Raises:
        ReadError: the file is no text, or too large.
    """
    yield Draft(source, clean(decode(whole(stream, max_bytes), source)))


def whole(stream: BinaryIO, max_bytes: int) -> bytes:
    """All the bytes of a stream.

    Raises:
        ReadError: there are none, or more than ``max_bytes``.
    """
    data = stream.read(max_bytes + 1)
    if not data:
        raise ReadError("empty file")
    if len(data) > max_bytes:
        raise too_large(max_bytes)
    return data


def too_large(max_bytes: int) -> ReadError:
    """The error of a file with more bytes than one article may have."""
    return ReadError(f"larger than {max_bytes / 1_000_000:g} MB, too large for one article")
