"""A document's text through its language's spaCy pipeline: one Doc a document, in UD."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import spacy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.symbols import NOUN, SPACE
from spacy.tokens import Doc
from spacy.vocab import Vocab

import kg.lemmas
import kg.segment  # noqa: F401 - both register components of the shipped pipelines
from kg.biaffine import is_exact  # which registers the parser, too
from kg.convert import adapt
from kg.errors import PipelineError
from kg.lang import table
from kg.types import Block, Document

__all__ = [
    "TOGETHER",
    "annotate",
    "block_of",
    "in_own_words",
    "languages",
    "load_pipeline",
    "pipeline_hash",
    "plain",
    "reads_alike",
]

TOGETHER: Final = 20_000
"""Characters of short documents that are parsed together."""

_SHIPPED: Final = Path(__file__).parent / "pipelines"
_ATTRS: Final = [POS, TAG, MORPH, LEMMA, DEP, HEAD, ENT_IOB, ENT_TYPE]
_INSIDE: Final = 1  # spaCy's number for the IOB tag I
# The treebanks are typed with straight quotes and hyphens; each character has one substitute, so
# that offsets stay. The words of the Doc are the text's own.
_PLAIN: Final = str.maketrans("’‘‛ʼ“”„«»–\u00a0\u202f", '\'\'\'\'"""""-  ')
_DASH: Final = re.compile(r"(?<=\s)—(?=\s)")
# *Rome, 3 March 2024 - *, *ROME (Reuters) - *, *NEW YORK - *: where and when a story was written.
_PLACE: Final = r"[A-ZÀ-Ý][\w.'’-]*(?:[ /][A-ZÀ-Ý][\w.'’-]*){0,3}"
_DATELINE: Final = re.compile(
    rf"(?:{_PLACE}, [^.!?\n–—]{{0,30}}\d[^.!?\n–—]{{0,10}}"
    rf"|{_PLACE}(?:, [^.!?()\n–—]{{1,30}})? \([^)\n]{{2,30}}\)"
    r"|[A-ZÀ-Ý]{3,}(?: [A-ZÀ-Ý]{2,}){0,3})"
    r" ?[-–—]{1,2} (?=[A-ZÀ-Ý\"“«])"
)
_LONGEST: Final = 50_000  # characters of a text that is parsed in one
_STOP: Final = re.compile(r"[.!?…][\"”»’)]*(?= )")
# A long dash without spaces (*Rare earths—17 minerals—have …*) is a token of its own.
_INFIX_DASH: Final = r"(?<=\S)—(?=\S)"


def languages() -> tuple[str, ...]:
    """The languages whose pipelines ship, as ISO 639-1 codes."""
    return tuple(sorted(p.parent.name for p in _SHIPPED.glob("*/config.cfg")))


@cache
def load_pipeline(language: str, name: str | None = None) -> Language:
    """The pipeline for a language: the one that ships, or ``name``, a package or a folder.

    Raises:
        PipelineError: there is none, or ``name`` is not installed.
    """
    path = name or _SHIPPED / language
    if name is None and not (_SHIPPED / language).is_dir():
        known = ", ".join(languages())
        raise PipelineError(f"no pipeline for language {language!r} (there is one for: {known})")
    try:
        nlp = spacy.load(path)
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise PipelineError(f"cannot load pipeline {str(path)!r}: {reason}") from error
    adapt(nlp)
    infixes = [*(nlp.Defaults.infixes or ()), _INFIX_DASH]
    nlp.tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer  # type: ignore[union-attr]
    return nlp


@cache
def pipeline_hash(language: str, name: str | None = None) -> str:
    """A hash of a pipeline's configuration and files, for the cache and the graph's provenance."""
    digest = hashlib.sha256()
    folder = Path(name) if name else _SHIPPED / language
    if folder.is_dir():
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    else:
        digest.update(json.dumps(load_pipeline(language, name).meta, sort_keys=True).encode())
    return digest.hexdigest()[:32]


def annotate(
    documents: Iterable[Document], pipelines: Mapping[str, str] | None = None
) -> Iterator[tuple[Document, Doc]]:
    """Documents with their Docs, in order.

    ``Doc.text`` equals ``Document.text``, so ``token.idx`` is an offset in the document. No
    sentence crosses a block. What lies between blocks, and boilerplate, is an unparsed token a gap.
    Short documents of a language that follow each other are parsed together, which is faster,
    where that makes no difference to what is found.

    Raises:
        PipelineError: no pipeline for a document's language.
    """
    for language, group in _groups(documents, pipelines or {}):
        nlp = load_pipeline(language, (pipelines or {}).get(language))
        blocks = [_blocks(document) for document in group]
        texts = (
            plain(document.text[b.begin : b.end])
            for document, parts in zip(group, blocks, strict=True)
            for _, b in parts
        )
        parsed = nlp.pipe(texts)
        for document, parts in zip(group, blocks, strict=True):
            found = list(islice(parsed, len(parts)))
            yield document, _assemble(document, nlp.vocab, parts, found)


def _groups(
    documents: Iterable[Document], pipelines: Mapping[str, str]
) -> Iterator[tuple[str, list[Document]]]:
    """Documents that are parsed together, with their language."""
    group: list[Document] = []
    size = 0
    for document in documents:
        size += len(document.text)
        alone = group and not reads_alike(group[0].language, pipelines.get(group[0].language))
        if group and (alone or group[0].language != document.language or size > TOGETHER):
            yield group[0].language, group
            group, size = [], len(document.text)
        group.append(document)
    if group:
        yield group[0].language, group


@cache
def reads_alike(language: str, name: str | None = None) -> bool:
    """Whether a pipeline reads a text alike, to the last bit, whatever texts are beside it.

    Measured, as it depends on the processor; of a pipeline that is not ours nothing is known.
    """
    if name is not None:
        return False
    pipes = (pipe for _, pipe in load_pipeline(language).pipeline)
    return all(is_exact(pipe.model) for pipe in pipes if isinstance(pipe, TrainablePipe))


def _blocks(document: Document) -> list[tuple[int, Block]]:
    """The parts of a document that are parsed, each with the index of its block."""
    return [
        (i, part)
        for i, block in enumerate(document.blocks)
        if block.kind != "boilerplate"
        for part in _parts(document.text, block)
    ]


def _parts(text: str, block: Block) -> Iterator[Block]:
    """A block, its dateline apart, and in parts if it is very long, so that memory stays bounded.

    Cut after the last sentence that ends there, else between words, else anywhere.
    """
    begin, end = block.begin, block.end
    if dateline := _DATELINE.match(text, begin, end):
        begin = dateline.end()
        yield replace(block, end=begin - 1)
    while end - begin > _LONGEST:
        window = text[begin : begin + _LONGEST]
        stops = [m.end() for m in _STOP.finditer(window, _LONGEST // 2)]
        cut = begin + (stops[-1] if stops else max(window.rfind(" "), 0) or _LONGEST)
        yield replace(block, begin=begin, end=cut)
        begin = cut
        while begin < end - 1 and text[begin] == " ":
            begin += 1
    yield replace(block, begin=begin, end=end)


def plain(text: str) -> str:
    """The text as the treebanks type it, character for character: straight quotes, hyphens."""
    return _DASH.sub("-", text.translate(_PLAIN))


def in_own_words(doc: Doc, words: Sequence[str]) -> Doc:
    """The Doc of a plain text with the words of the text itself, everything else kept."""
    if [t.text for t in doc] == list(words):
        return doc
    spaces = [bool(t.whitespace_) for t in doc]
    own = Doc(doc.vocab, words=list(words), spaces=spaces)
    own.from_array(_ATTRS, doc.to_array(_ATTRS))  # type: ignore[arg-type]
    return own


def _assemble(
    document: Document, vocab: Vocab, blocks: list[tuple[int, Block]], parts: list[Doc]
) -> Doc:
    """One Doc over the whole text from the Docs of its blocks."""
    words: list[str] = []
    spaces: list[bool] = []
    owner: list[int] = []
    rows: list[np.ndarray] = []
    root = vocab.strings.add("ROOT")
    at = 0

    def gap(end: int) -> None:
        nonlocal at
        filler = document.text[at:end]
        if filler.startswith(" ") and words:
            spaces[-1], filler = True, filler[1:]
        if filler:
            words.append(filler)
            spaces.append(False)
            owner.append(-1)
            row = np.zeros((1, len(_ATTRS)), dtype="uint64")
            row[0, _ATTRS.index(DEP)] = root  # a root of its own: no sentence reaches into a gap
            rows.append(row)
        at = end

    for (index, block), part in zip(blocks, parts, strict=True):
        gap(block.begin)
        breaks = []
        for token in part:
            begin = block.begin + token.idx
            end = begin + len(token)
            words.append(document.text[begin:end])
            spaces.append(bool(token.whitespace_) and document.text[end] == " ")
            owner.append(index)
            if token.whitespace_ and not spaces[-1]:  # a no-break space, which was parsed as plain
                breaks.append(token.i)
                words.append(document.text[end])
                spaces.append(False)
                owner.append(index)
        rows.append(_with_breaks(part, breaks))
        at = block.end
    gap(len(document.text))
    doc = Doc(vocab, words=words, spaces=spaces)
    if rows:
        doc.from_array(_ATTRS, np.concatenate(rows))  # type: ignore[arg-type]
    doc.user_data["blocks"] = owner
    _keep_apart(doc, words, document.language)
    return doc


def _keep_apart(doc: Doc, words: Sequence[str], language: str) -> None:
    """Sets lemmas of nouns that treebanks give another noun's: *figlia* is no *figlio*."""
    own: Mapping[str, str] = table(language, "lexicon").get("lemmas", {}).get("n", {})
    if not own:
        return
    for i, word in enumerate(words):
        if (lemma := own.get(word.lower())) is not None and doc[i].pos == NOUN:
            doc[i].lemma_ = lemma


def _with_breaks(part: Doc, breaks: list[int]) -> np.ndarray:
    """A part's attributes with a row more after each token in ``breaks``, for its space."""
    rows = part.to_array(_ATTRS)
    if not breaks:
        return rows
    head, entity = _ATTRS.index(HEAD), _ATTRS.index(ENT_IOB)
    old = np.arange(len(rows))
    new = old + np.searchsorted(breaks, old)
    longer = np.zeros((len(rows) + len(breaks), len(_ATTRS)), dtype="uint64")
    longer[new] = rows
    longer[new, head] = (new[old + rows[:, head].astype("int64")] - new).astype("uint64")
    for token in breaks:
        row, following = longer[new[token] + 1], rows[token + 1]
        row[_ATTRS.index(POS)] = SPACE
        row[_ATTRS.index(DEP)] = part.vocab.strings.add("dep")
        row[head] = np.int64(-1).astype("uint64")
        if following[entity] == _INSIDE:
            row[entity], row[_ATTRS.index(ENT_TYPE)] = _INSIDE, following[_ATTRS.index(ENT_TYPE)]
    return longer


def block_of(doc: Doc, index: int) -> int:
    """The index in ``Document.blocks`` of a token's block, -1 for a gap."""
    owners: list[int] = doc.user_data["blocks"]
    return owners[index]
