"""List items under the line that introduces them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.clauses import Clauses
from kg.extract.rules import Rules
from kg.extract.sentence import Parse, Sentence, Word
from kg.extract.subjects import Slot, is_predicate
from kg.extract.tree import Tree
from kg.lang.lexicon import lexicon
from kg.types import Document

__all__ = ["Introduction", "introductions", "mend_items"]


@dataclass(frozen=True, slots=True)
class Introduction:
    """The clause that an introducing line leaves open: its predicate and its subjects.

    ``infinitive`` is True where the items go on with a verb (*provisions to:*), else they are
    objects of the predicate (*prevede:*).
    """

    predicate: Word
    subjects: list[Slot]
    infinitive: bool


def introductions(
    document: Document, parse: Parse, owners: Sequence[int], clauses: Clauses, table: Rules
) -> dict[int, Introduction]:
    """The introduction of each list item, by the item's block index.

    ``owners`` are the blocks' indices by word.
    """
    items = [(i, b) for i, b in enumerate(document.blocks) if b.kind == "list_item"]
    if not items:
        return {}
    last: dict[int, Sentence] = {}
    for sent in parse.sentences:
        owner = owners[sent.start]
        if owner >= 0:
            last[owner] = sent
    found: dict[int, Introduction] = {}
    for index, block in items:
        if block.parent is None or block.parent not in last:
            continue
        made = _introduction(last[block.parent], clauses, table)
        if made is not None:
            found[index] = made
    return found


def _introduction(sent: Sentence, clauses: Clauses, table: Rules) -> Introduction | None:
    words = [t for t in sent if not t.is_punct and not t.is_space]
    if not words or ":" not in sent.text[-3:]:
        return None
    verbs = [t for t in sent if is_predicate(t) and t.pos == "VERB"]
    if not verbs:
        return None
    final = words[-1]
    infinitive = final.pos in ("ADP", "PART", "SCONJ") and final.lemma in table.purpose_marks
    verb = max(verbs, key=lambda t: t.i)
    subjects = clauses.subjects(verb)
    return Introduction(verb, subjects, infinitive) if subjects else None


def mend_items(
    tree: Tree, owners: Sequence[int], intros: dict[int, Introduction], language: str
) -> None:
    """The first word of an item that goes on with a verb is that verb: *to: Lower tariffs …*.

    The parser, which sees the item alone, took it for an adjective or a noun.
    """
    words = lexicon()
    for sent in tree.sentences():
        intro = intros.get(owners[sent.start])
        first = sent.start
        if intro is None or not intro.infinitive or tree.pos[first] == "VERB" or len(sent) < 2:
            continue
        head = tree.head[first]
        if head == first or not words.is_lemma(tree.lower[first], "v", language):
            continue
        while tree.head[head] != head:
            head = tree.head[head]
        tree.tag(first, "VERB", tree.lower[first])
        if tree.pos[head] == "VERB":
            continue
        if tree.attach(first, head, "dep"):
            tree.promote(first)
            tree.dep[head] = "obj"
            for k in tree.children(head, "punct"):
                if k > head:
                    tree.attach(k, first, "punct")
