"""What is written of a graph, a piece at a time: pure functions that any process can run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from kg.store.arrange import Blocks, Places, placed
from kg.store.described import Described, described, triple_lines
from kg.store.evidence import describe_evidence
from kg.store.render import describe_document, describe_statement
from kg.store.turtle import TurtleWriter
from kg.types import Document, Evidence, Statement
from kg.vocab import Names

__all__ = ["Article", "Piece", "Rendered", "describe_piece", "render"]


class Article(NamedTuple):
    """A document and its evidence, each piece with the id of its statement, as the text runs."""

    document: Document
    told: tuple[tuple[str, Evidence], ...]


Piece = Article | Statement | Described


class Rendered(NamedTuple):
    """What is said of some subjects, as text."""

    triples: bytes
    """N-Triples."""
    blocks: Blocks
    """Turtle."""


def describe_piece(names: Names, piece: Piece) -> Iterator[Described]:
    """What a piece says: an article's of all its evidence and passages, too."""
    if isinstance(piece, Described):
        yield piece
    elif isinstance(piece, Statement):
        yield described(describe_statement(piece, names))
    else:
        yield described(describe_document(piece.document, names))
        yield from map(described, describe_evidence(piece.document, piece.told, names))


def render(names: Names, pieces: Iterable[Piece]) -> Rendered:
    """What pieces say, no subject twice."""
    place_of, block = _tools(names)
    said = [*chain.from_iterable(describe_piece(names, piece) for piece in pieces)]
    return Rendered("".join(map(triple_lines, said)).encode(), placed(said, place_of, block))


@cache
def _tools(names: Names) -> tuple[Places, TurtleWriter]:
    return Places(names), TurtleWriter(names)
