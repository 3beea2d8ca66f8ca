"""Treebanks as CoNLL-U: sentences of words, with multiword tokens merged on the head or split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from kg.errors import KGError

__all__ = ["Sentence", "Tokens", "Word", "read_conllu"]

Tokens = Literal["merged", "split"]
"""``merged``: *della* and *comprarla* are one token (Italian); ``split``: *do|n't* are two."""

_COLUMNS: Final = 10
_ARTICLE: Final = ("Definite", "Gender", "Number", "PronType")


@dataclass(slots=True)
class Word:
    """A token of a treebank; ``head`` is an index in the sentence, its own for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str = "_"
    feats: dict[str, str] = field(default_factory=dict)
    head: int = 0
    dep: str = "dep"
    space: bool = True


@dataclass(slots=True)
class Sentence:
    """Words, and the treebank's name of the document they are from ("" where it has none)."""

    words: list[Word]
    document: str = ""


@dataclass(slots=True)
class _Range:
    """A multiword token: its surface and the numbers of its words."""

    first: int
    last: int
    form: str
    space: bool


def read_conllu(path: Path, tokens: Tokens) -> Iterator[Sentence]:
    """The sentences of a file.

    ``merged`` makes one token of every multiword token: a preposition keeps its article's features
    (*della*: ADP, lemma *di*), a verb with pronouns gets ``Clitic=Yes``. ``split`` keeps the words
    where they spell the surface (*do|n't*), and merges otherwise.

    Raises:
        KGError: the file is missing or not CoNLL-U.
    """
    if not path.is_file():
        raise KGError(f"{path}: not found; --data must be a folder with ud/LANG/*.conllu")
    document = ""
    rows: list[list[str]] = []
    with path.open(encoding="utf-8") as lines:
        for number, raw in enumerate(lines, start=1):
            line = raw.rstrip("\n")
            if line.startswith("# newdoc"):
                document = line.partition("=")[2].strip()
            elif line and not line.startswith("#"):
                row = line.split("\t")
                if len(row) != _COLUMNS:
                    raise KGError(f"{path}, line {number}: {len(row)} columns, CoNLL-U has 10")
                rows.append(row)
            elif not line and rows:
                yield Sentence(_sentence(rows, tokens), document)
                rows = []
    if rows:
        yield Sentence(_sentence(rows, tokens), document)


def _sentence(rows: list[list[str]], tokens: Tokens) -> list[Word]:
    words: dict[int, Word] = {}
    ranges: list[_Range] = []
    for row in rows:
        if "." in row[0]:  # an empty node
            continue
        space = "SpaceAfter=No" not in row[9].split("|")
        if "-" in row[0]:
            first, _, last = row[0].partition("-")
            ranges.append(_Range(int(first), int(last), row[1], space))
        else:
            words[int(row[0])] = _word(row, space)
    owner = {number: number for number in words}
    for each in ranges:
        members = range(each.first, each.last + 1)
        if tokens == "split" and "".join(words[m].form for m in members) == each.form:
            for m in members:
                words[m].space = each.space and m == each.last
        else:
            owner.update(dict.fromkeys(members, _merge(words, members, each)))
    return _renumber(words, owner)


def _word(row: list[str], space: bool) -> Word:
    _, form, lemma, upos, xpos, feats, head, dep, *_ = row
    return Word(
        form=form,
        lemma=form if lemma in ("_", "") and form != "_" else lemma,
        upos=upos,
        xpos=xpos,
        feats={} if feats == "_" else dict(f.split("=", 1) for f in feats.split("|")),
        head=int(head) if head.isdigit() else 0,
        dep=dep,
        space=space,
    )


def _merge(words: dict[int, Word], members: Iterable[int], token: _Range) -> int:
    """Make the head of a multiword token stand for all of it; returns the head's number."""
    roots = [m for m in members if words[m].head not in members]
    root = next((m for m in roots if words[m].upos in ("VERB", "AUX")), roots[0])
    head = words[root]
    head.form, head.space = token.form, token.space
    for m in members:
        other = words[m]
        if m == root:
            continue
        if other.upos == "PRON" and head.upos in ("VERB", "AUX"):
            head.feats["Clitic"] = "Yes"
        elif other.upos == "DET" and head.upos == "ADP":
            head.feats.update({k: other.feats[k] for k in _ARTICLE if k in other.feats})
    return root


def _renumber(words: dict[int, Word], owner: dict[int, int]) -> list[Word]:
    kept = [number for number in words if owner[number] == number]
    index = {number: i for i, number in enumerate(kept)}
    for number in kept:
        word = words[number]
        head = owner.get(word.head, 0)
        word.head = index[head] if head and head != number else index[number]
    return [words[number] for number in kept]
