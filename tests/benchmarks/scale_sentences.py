"""Sentences of the treebanks with places to fill in: names, numbers, common nouns.

Read are training and development parts of the treebanks and of the sets of named entities in
``shared/data`` (its README says where each is from); nothing that is held out. The articles of
``shared/articles`` are GUM's and KIND's, so their sentences are among these. Names come from the
named entities where a sentence has them marked, else from runs of proper nouns that are marked
elsewhere. A noun is a place to fill in where its word is a noun of one gender and number wherever
the treebanks have it; another stands for it that takes the same form of the article.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from pathlib import Path
from typing import Final

__all__ = ["KINDS", "Part", "Sentences", "Slot", "load_sentences"]

_TREEBANKS: Final = {
    "en": {
        "ud/en/en_ewt-train.conllu": "",
        "ud/en/en_ewt-dev.conllu": "ner/en/uner_ewt-dev.iob2",
        "ud/en/en_gum-train.conllu": "ner/en/gum_names-train.iob2",
        "ud/en/en_gum-dev.conllu": "ner/en/gum_names-dev.iob2",
        "ud/en/en_lines-train.conllu": "",
        "ud/en/en_partut-train.conllu": "",
    },
    "it": {
        "ud/it/it_isdt-dev.conllu": "",
        "ud/it/it_vit-dev.conllu": "",
        "ud/it/it_partut-train.conllu": "",
        "ud/it/it_parlamint-train.conllu": "",
    },
}
"""Treebanks, each with the file that has the named entities of its sentences, if there is one."""
_NEWS: Final = {"en": (), "it": ("ner/it/kind_wn-train.iob2", "ner/it/kind_wn-dev.iob2")}
"""Sentences as tokens with named entities only: Italian Wikinews."""
_NAMES: Final = {"en": "ner/en/wikineural-val.iob2", "it": "ner/it/wikineural-val.iob2"}
"""Where further names are from, but no sentences."""
KINDS: Final = {"PER": "person", "ORG": "organization", "LOC": "place"}
_NAME: Final = re.compile(r"[A-ZÀ-Ý][\w'’.&-]+(?: [\w'’.&-]+){0,4}")
_TITLE: Final = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|President|Justice|St)\.?")
_NUMBER: Final = re.compile(r"\d[\d.,]*\d")
_NOUN: Final = re.compile(r"[a-zà-ÿ]{4,}")
_WHOLE: Final = re.compile(r"[\"“«'(]?[A-ZÀ-Ý0-9].*[.!?][\"”»')]*", re.DOTALL)
_JUNK: Final = re.compile(r"https?:|www\.|[@|<>_*#\\]|\.\.\.")
_LONGEST, _SHORTEST = 50, 5
_ALWAYS: Final = 0.95
"""The share of a word's occurrences that must be a noun of one class."""
_IMPURE: Final = re.compile(r"s[bcdfglmnpqrtvz]|z|gn|ps|x|y|i[aeou]")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a sentence where something else may stand."""

    kind: str
    """``person``, ``organization``, ``place``, ``number``, or the class of a noun."""
    text: str
    """What stands there in the treebank."""


Part = str | Slot


@dataclass(slots=True)
class Sentences:
    """A language's sentences, and what may stand in their places."""

    sentences: list[tuple[Part, ...]] = field(default_factory=list)
    names: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """How often the data has each name, by kind."""
    nouns: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Nouns by class, each as often as the treebanks have it."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    space: bool
    part: str = ""
    features: str = ""
    words: int = 1
    """Syntactic words in it: 2 for *don't*, *della*."""


_Tagged = tuple[list[_Token], list[str] | None]
"""A sentence and the tags of its tokens, where it has any."""


def load_sentences(data: Path) -> dict[str, Sentences]:
    """The sentences of each language, from ``shared/data``; always in the same order."""
    return {language: _load(data, language) for language in sorted(_TREEBANKS)}


def _load(data: Path, language: str) -> Sentences:
    found = list(_tagged(data, language))
    result = Sentences()
    for name, kind in _names(data / _NAMES[language], found):
        result.names[kind][name] += 1
    nouns = _noun_classes([tokens for tokens, _ in found], language)
    kinds = {name: kind for kind in sorted(result.names) for name in result.names[kind]}
    for tokens, tags in found:
        for token in tokens:
            if token.part == "NOUN" and token.text in nouns:
                result.nouns[nouns[token.text]].append(token.text)
        if _good(tokens):
            spans = list(_spans(tags)) if tags is not None else list(_runs(tokens, kinds))
            result.sentences.append(tuple(_parts(tokens, spans, nouns)))
    return result


def _tagged(data: Path, language: str) -> Iterator[_Tagged]:
    for treebank, names in _TREEBANKS[language].items():
        tagged = _iob2(data / names) if names else iter(())
        for tokens, rows in zip_longest(_conllu(data / treebank), tagged):
            yield tokens, _spread(tokens, rows) if rows else None
    for path in _NEWS[language]:
        for rows in _iob2(data / path):
            yield _spaced([word for word, _ in rows]), [tag for _, tag in rows]


def _names(further: Path, found: Iterable[_Tagged]) -> Iterator[tuple[str, str]]:
    """The named entities, each with its kind, as often as they are there."""
    marked = ((words(tokens), tags) for tokens, tags in found if tags is not None)
    others = (([word for word, _ in rows], [tag for _, tag in rows]) for rows in _iob2(further))
    for texts, tags in chain(marked, others):
        for begin, end, kind in _spans(tags):
            name = " ".join(texts[begin:end]).replace("' ", "'")
            if _NAME.fullmatch(name) and not name.endswith(("'s", "’s")):
                yield name, kind


# -- the files ---------------------------------------------------------------------------------


def _conllu(path: Path) -> Iterator[list[_Token]]:
    tokens: list[_Token] = []
    inside = 0  # the last word of a token of several words
    for line in path.read_text("utf-8").splitlines():
        row = line.split("\t")
        if not line and tokens:
            yield tokens
            tokens, inside = [], 0
        elif len(row) == 10:
            first, _, last = row[0].partition("-")
            if not last and int(first) <= inside:
                continue
            inside = int(last or 0)
            count = inside - int(first) + 1 if last else 1
            space = "SpaceAfter=No" not in row[9]
            tokens.append(_Token(row[1], space, row[3], row[5], count))


def _iob2(path: Path) -> Iterator[list[tuple[str, str]]]:
    rows: list[tuple[str, str]] = []
    for line in path.read_text("utf-8").splitlines():
        if line:
            word, _, tag = line.partition("\t")
            rows.append((word, tag.strip()))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def words(tokens: Iterable[_Token]) -> list[str]:
    """The words of tokens."""
    return [token.text for token in tokens]


def _spread(tokens: Sequence[_Token], rows: Sequence[tuple[str, str]]) -> list[str] | None:
    """The tags of tokens from those of their words; None where the two files do not agree."""
    if sum(token.words for token in tokens) != len(rows):
        return None
    tags, at = [], 0
    for token in tokens:
        tags.append(rows[at][1])
        at += token.words
    return tags


def _spaced(texts: Sequence[str]) -> list[_Token]:
    """Tokens with the spaces that print would have."""
    tokens, quoted = [], False
    for text, following in zip_longest(texts, texts[1:], fillvalue=""):
        opening = text in {"(", "[", "«", "“"} or (text == '"' and not quoted)
        quoted ^= text == '"'
        closes = following in {")", "]", "»", "”", ",", ".", ";", ":", "!", "?", "%"}
        closes |= following == '"' and quoted and text != '"'
        elided = text.endswith(("'", "’")) and len(text) > 1
        tokens.append(_Token(text, not (opening or closes or elided)))
    return tokens


# -- what may be replaced ----------------------------------------------------------------------


def _spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Begin, end and kind of the named entities."""
    begin = -1
    for index, tag in enumerate((*tags, "O")):
        if begin >= 0 and not tag.startswith("I-"):
            if (kind := KINDS.get(tags[begin][2:])) is not None:
                yield begin, index, kind
            begin = -1
        if tag.startswith("B-"):
            begin = index


def _runs(tokens: Sequence[_Token], kinds: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """Runs of proper nouns that are named entities elsewhere."""
    begin = -1
    for index, token in enumerate((*tokens, _Token("", False))):
        if begin >= 0 and token.part != "PROPN":
            if kind := kinds.get(" ".join(words(tokens[begin:index]))):
                yield begin, index, kind
            begin = -1
        elif begin < 0 and token.part == "PROPN":
            begin = index


def _noun_classes(sentences: Iterable[Sequence[_Token]], language: str) -> dict[str, str]:
    """Words that are nouns of one class wherever they are, with the class."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for tokens in sentences:
        for token in tokens:
            if token.part and _NOUN.fullmatch(token.text):
                seen[token.text][_noun_class(token, language)] += 1
    found = {}
    for word, classes in seen.items():
        name, count = classes.most_common(1)[0]
        if name and count >= 2 and count >= _ALWAYS * classes.total():
            found[word] = name
    return found


def _noun_class(token: _Token, language: str) -> str:
    """Gender, number, and what decides the article before it; empty for what is no noun."""
    features = dict(f.split("=") for f in token.features.split("|") if "=" in f)
    if token.part != "NOUN" or token.words > 1 or "Number" not in features:
        return ""
    sound = "vowel" if token.text[0] in "aeiouàèéìòù" else "consonant"
    if language == "it" and _IMPURE.match(token.text):
        sound = "impure"
    return " ".join(("noun", features["Number"], features.get("Gender", "-"), sound))


def _good(tokens: Sequence[_Token]) -> bool:
    """Whether a sentence is one: whole, of usual length, no address or table."""
    text = _text(tokens)
    return (
        _SHORTEST <= len(tokens) <= _LONGEST
        and bool(_WHOLE.fullmatch(text))
        and not _JUNK.search(text)
        and text.count('"') % 2 == 0
        and sum(map(str.islower, text)) > 0.6 * len(text)
    )


def _text(tokens: Sequence[_Token]) -> str:
    return "".join(t.text + " " * t.space for t in tokens).strip()


def _parts(
    tokens: Sequence[_Token], spans: Iterable[tuple[int, int, str]], nouns: dict[str, str]
) -> Iterator[Part]:
    """A sentence in parts. A name behind an apostrophe (*l'Italia*) stays."""
    names: dict[int, tuple[int, str]] = {}
    for first, end, kind in spans:
        begin = first + (end - first > 1 and bool(_TITLE.fullmatch(tokens[first].text)))
        if begin == 0 or not tokens[begin - 1].text.endswith(("'", "’")):
            names[begin] = (end, kind)
    literal, index = "", 0
    while index < len(tokens):
        end, kind = names.get(index, (index + 1, ""))
        text = _text(tokens[index:end])
        if not kind:
            kind = "number" if _NUMBER.fullmatch(text) else nouns.get(text, "")
        if kind:
            if literal:
                yield literal
            name = text.removesuffix("'s").removesuffix("’s")
            yield Slot(kind, name)
            literal = text[len(name) :]
        else:
            literal += text
        literal += " " * (tokens[end - 1].space and end < len(tokens))
        index = end
    if literal:
        yield literal
