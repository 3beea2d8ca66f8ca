"""List items under the line that introduces them."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.annotate import block_of
from kg.extract.clauses import Clauses, Slot, is_predicate
from kg.extract.rules import Rules
from kg.types import Document

__all__ = ["Introduction", "introductions"]


@dataclass(frozen=True, slots=True)
class Introduction:
    """The clause that an introducing line leaves open: its predicate and its subjects.

    ``infinitive`` is True where the items go on with a verb (*provisions to:*), else they are objects
    of the predicate (*prevede:*).
    """

    predicate: Token
    subjects: list[Slot]
    infinitive: bool


def introductions(document: Document, doc: Doc, clauses: Clauses, table: Rules) -> dict[int, Introduction]:
    """The introduction of each list item, by the item's block index."""
    last: dict[int, Span] = {}
    for sent in doc.sents:
        block = block_of(doc, sent.start)
        if block >= 0:
            last[block] = sent
    found: dict[int, Introduction] = {}
    for index, block in enumerate(document.blocks):
        if block.kind != "list_item" or block.parent is None or block.parent not in last:
            continue
        made = _introduction(last[block.parent], clauses, table)
        if made is not None:
            found[index] = made
    return found


def _introduction(sent: Span, clauses: Clauses, table: Rules) -> Introduction | None:
    words = [t for t in sent if not t.is_punct and not t.is_space]
    if not words or ":" not in sent.text[-3:]:
        return None
    verbs = [t for t in sent if is_predicate(t) and t.pos_ == "VERB"]
    if not verbs:
        return None
    final = words[-1]
    infinitive = final.pos_ in ("ADP", "PART", "SCONJ") and final.lemma_.lower() in table.purpose_marks
    verb = max(verbs, key=lambda t: t.i)
    subjects = clauses.subjects(verb)
    return Introduction(verb, subjects, infinitive) if subjects else None
