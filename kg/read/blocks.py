"""The blocks of a document: title, headings, paragraphs, list items, quotations, boilerplate.

Nothing is cut: what is no part of the article is marked. Tables of patterns tell the furniture of
pages, the structure of the text tells the rest; where neither does, a line is a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from kg.read.dates import headline_date
from kg.read.draft import Draft
from kg.read.furniture import furniture
from kg.read.head import imprint
from kg.read.line import Line, fold, line_of
from kg.read.lines import chunks_of, unwrapped
from kg.read.lists import parents, real_items
from kg.types import Block, BlockKind

__all__ = ["Layout", "body", "lay_out", "lines_of"]

_HEAD: Final = 8
_FOOT_WORDS: Final = 12
_REPEATED_ITEM_WORDS: Final = 8
_SITE: Final = (" | ", " - ", " – ", " — ", " » ")


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's blocks, and what was read off the lines that are no part of the article."""

    blocks: tuple[Block, ...]
    title: str | None
    published: str | None
    author: str | None


def lines_of(draft: Draft) -> tuple[str, tuple[Line, ...]]:
    """The text of a draft, unwrapped, and its lines: the draft's own or those of the text."""
    chunks = draft.chunks if draft.chunks is not None else chunks_of(draft.text)
    text = unwrapped(draft.text, chunks)
    return text, tuple(line_of(text, chunk) for chunk in real_items(text, chunks))


def body(lines: Sequence[Line]) -> str:
    """The prose among the lines, by which the language is told; all lines where there is none."""
    known = furniture()
    kept = [line.text for line in lines if not known.is_boilerplate(line.text)]
    prose = [line.text for line in lines if line.is_prose and not known.is_boilerplate(line.text)]
    return "\n".join(prose or kept or [line.text for line in lines])


def lay_out(lines: Sequence[Line], language: str, title: str | None = None) -> Layout:
    """The blocks of a document in a language, whose title may be known already."""
    waste = set(_furniture(lines))
    waste |= _links(lines, waste)
    head = imprint(lines, waste, language)
    foot = _foot(lines, waste)
    waste |= head.lines | foot
    titled = _title(lines, waste, title)
    waste |= _repeated(lines, waste, titled, title)
    published = head.published
    if titled is not None and title is None:
        again = [i for i in range(titled + 1, len(lines))[:_HEAD] if _again(lines, titled, i)]
        title = min((" ".join(lines[i].text.split()) for i in (titled, *again)), key=len)
        dated = headline_date(title, language)
        if dated:
            title, published = dated[0], published or dated[1]
    kinds = list(_kinds(lines, waste, titled))
    kept = [i for i, kind in enumerate(kinds) if kind != "boilerplate"]
    found = parents([lines[i] for i in kept], [kinds[i] == "list_item" for i in kept])
    introduced = {kept[item]: kept[intro] for item, intro in found.items()}
    blocks = tuple(
        Block(line.chunk.begin, line.chunk.end, kind, introduced.get(i))
        for i, (line, kind) in enumerate(zip(lines, kinds, strict=True))
    )
    return Layout(blocks, title, published, head.author)


def _furniture(lines: Sequence[Line]) -> Iterator[int]:
    """The lines that the tables tell, but for the items of an introduced list: "Facebook" is one
    of those who signed there, and a button elsewhere.
    """
    known = furniture()
    introduced = False
    for i, line in enumerate(lines):
        if not (line.is_item and introduced) and known.is_boilerplate(line.text):
            yield i
        elif not line.is_item:
            introduced = line.text.endswith(":")


def _links(lines: Sequence[Line], waste: AbstractSet[int]) -> set[int]:
    """The headlines of other articles below "Also Read:"."""
    known = furniture()
    found: set[int] = set()
    for i, line in enumerate(lines):
        below = i - 1 in found or (i - 1 in waste and known.is_link_header(lines[i - 1].text))
        if below and line.is_headline and not line.chunk.hint:
            found.add(i)
    return found


def _foot(lines: Sequence[Line], waste: AbstractSet[int]) -> set[int]:
    """The page's foot: the short lines below the last prose, from the first that gives it away.

    The company's name and address say nothing alone; beside a tax number or a privacy policy they
    do.
    """
    begin = len(lines)
    while begin and not _is_body(lines[begin - 1], begin - 1 in waste):
        begin -= 1
    found = range(begin, len(lines))
    if not any(i in waste for i in found):
        return set()
    known = furniture()
    signs = [i for i in found if i in waste or known.is_foot(lines[i].text)]
    return set(range(signs[0], len(lines)))


def _is_body(line: Line, waste: bool) -> bool:
    if waste or furniture().is_foot(line.text):
        return False
    return line.is_prose or line.is_item or line.words > _FOOT_WORDS


def _title(lines: Sequence[Line], waste: AbstractSet[int], title: str | None) -> int | None:
    """The index of the title's first appearance.

    Without a known title: the first line, if it reads like a headline over prose, or if it comes
    again in the next few lines.
    """
    hinted = [i for i, line in enumerate(lines) if line.chunk.hint == "title"]
    if hinted:
        return hinted[0]
    rest = [i for i in range(len(lines)) if i not in waste]
    if title is not None:
        names = _names(title)
        return next((i for i in rest[:_HEAD] if lines[i].folded in names), None)
    if not rest or lines[rest[0]].is_item or lines[rest[0]].chunk.hint == "quote":
        return None
    if len(rest) > 1 and lines[rest[0]].is_kicker and not lines[rest[1]].is_kicker:
        return rest[1] if _is_title(lines, rest[1:]) and lines[rest[1]].words > 2 else rest[0]
    return rest[0] if _is_title(lines, rest) else None


def _is_title(lines: Sequence[Line], rest: Sequence[int]) -> bool:
    first = lines[rest[0]]
    if any(_again(lines, rest[0], i) for i in rest[1:_HEAD]):
        return first.is_headline or not first.is_prose
    return first.is_headline and any(lines[i].is_prose for i in rest[1:])


def _again(lines: Sequence[Line], titled: int, index: int) -> bool:
    return lines[index].folded in _names(lines[titled].text)


def _names(title: str) -> set[str]:
    """What a title looks like when it comes again: with or without the name of the site."""
    pieces = [title.rsplit(mark, 1)[0] for mark in _SITE if mark in title]
    return {fold(title), *(fold(piece) for piece in pieces if len(piece.split()) > 1)}


def _repeated(
    lines: Sequence[Line], waste: AbstractSet[int], titled: int | None, title: str | None
) -> set[int]:
    """Lines that stand in the document already; a short list item may come under two heads."""
    seen: set[str] = set()
    if titled is not None:
        seen = _names(lines[titled].text) | ({fold(title)} if title else set())
    found: set[int] = set()
    for i, line in enumerate(lines):
        if i in waste or i == titled:
            continue
        short_item = line.is_item and line.words < _REPEATED_ITEM_WORDS
        if line.folded in seen and not short_item:
            found.add(i)
        seen.add(line.folded)
    return found


def _kinds(
    lines: Sequence[Line], waste: AbstractSet[int], titled: int | None
) -> Iterator[BlockKind]:
    headings = _headings(lines, waste, titled)
    for i, line in enumerate(lines):
        if i in waste:
            yield "boilerplate"
        elif i == titled:
            yield "title"
        elif line.is_item:
            yield "list_item"
        elif line.chunk.hint == "quote" or line.is_quote:
            yield "quote"
        else:
            yield "heading" if i in headings else "paragraph"


def _headings(lines: Sequence[Line], waste: AbstractSet[int], titled: int | None) -> set[int]:
    """Short open lines with prose or a list below them.

    Where they outweigh all the prose, the text is merely written without full stops, and only what
    the format calls a heading is one.
    """
    told = {i for i, line in enumerate(lines) if line.chunk.hint == "heading"}
    rest = [i for i in range(len(lines)) if i not in waste and i != titled]
    last = max((i for i in rest if lines[i].is_prose or lines[i].is_item), default=-1)
    open_lines = {i for i in rest if i < last and lines[i].is_heading and not lines[i].is_item}
    words = sum(lines[i].words for i in open_lines)
    if 2 * words > sum(lines[i].words for i in rest):
        return told
    introducing = {i for i in open_lines if i + 1 in rest and _introduces(lines, i)}
    return told | (open_lines - introducing)


def _introduces(lines: Sequence[Line], index: int) -> bool:
    """Whether a line without a full stop is the beginning of the list below it."""
    last_word = lines[index].text.rsplit(maxsplit=1)[-1].casefold()
    return lines[index + 1].is_item and last_word in furniture().opening
