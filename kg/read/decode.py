"""From bytes to clean text: encoding, line ends, NFC, and no characters that nobody can see."""

from __future__ import annotations

import codecs
import logging
import re
import unicodedata
from typing import Final

import charset_normalizer

from kg.errors import ReadError

__all__ = ["clean", "decode", "one_line"]

_log = logging.getLogger(__name__)

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a Western newsroom writes where it does not write UTF-8, tried before a free guess: on a
# short text the guess takes an Italian "è" for a letter of some other alphabet.
_USUAL: Final[tuple[list[str] | None, ...]] = (["cp1252"], ["mac_roman"], None)
_MOST_CHAOS: Final = 0.1
_MOST_CONTROLS: Final = 0.02
_SAMPLE: Final = 1_000_000

_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_BLANKS: Final = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Byte order mark, soft hyphen, zero-width space and word joiner, marks and overrides of writing
# direction, tags. Zero-width (non-)joiners stay: scripts and emoji are written with them.
_INVISIBLE: Final = re.compile(
    "[\ufeff\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f]"
)
# Halves of a pair, and code points that XML forbids.
_UNWRITABLE: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")


def decode(data: bytes, source: str, *, declared: str | None = None) -> str:
    """The text of a file, not yet cleaned.

    UTF-8 first, then a byte order mark, then the encoding the file itself ``declared`` (HTML), then
    a guess, which is logged as a warning.

    Raises:
        ReadError: the bytes are no text.
    """
    text = _decoded(data, source, declared)
    controls = len(_CONTROLS.findall(text[:_SAMPLE]))
    if controls > _MOST_CONTROLS * len(text[:_SAMPLE]):
        raise ReadError("binary file, not text")
    return text


def clean(text: str) -> str:
    """Text in NFC, lines ending in LF, without control and invisible characters.

    Tabs, control characters and blanks of special width become plain blanks, one each: they still
    part words, offsets stay, and "28\u00a0ottobre" is what it looks like.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _BLANKS.sub(" ", _CONTROLS.sub(" ", text))
    text = _UNWRITABLE.sub("\ufffd", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Clean text with every run of white space as one blank, for titles and messages."""
    return " ".join(clean(text).split())


def _decoded(data: bytes, source: str, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise ReadError(f"broken {encoding.upper()} text: {error.reason}") from None
    if b"\0" in data:
        raise ReadError("binary file, not text")
    for name in ("utf-8", declared or "utf-8"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return _guessed(data, source)


def _guessed(data: bytes, source: str) -> str:
    for candidates in _USUAL:
        match = charset_normalizer.from_bytes(data[:_SAMPLE], cp_isolation=candidates).best()
        if match is None or (candidates and match.chaos > _MOST_CHAOS):
            continue
        try:
            text = data.decode(match.encoding)
        except UnicodeDecodeError:  # the guess was made on a sample
            continue
        _log.warning("%s: not UTF-8; read as %s", source, match.encoding)
        return text
    raise ReadError("not UTF-8, and no other encoding fits: binary file, or broken text")
