"""People's names that the tagger missed, found by a title before them or by another mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Span

from kg.extract.phrases import members
from kg.extract.rules import rules
from kg.extract.sentence import Parse, Word
from kg.extract.tree import Tree
from kg.lang import table
from kg.lang.gazetteer import gazetteer
from kg.lang.lexicon import lexicon

__all__ = ["is_office", "is_role", "is_role_noun", "mend_names", "retype_examples"]


class _Name(NamedTuple):
    """A named entity: token indices and type."""

    start: int
    end: int
    label: str


def is_role_noun(word: Word, language: str) -> bool:
    """True for a noun that says what people are or do: *president*, *ministra*."""
    return is_role(word.pos, word.lemma, word.lower, language)


@cache
def is_role(pos: str, lemma: str, lower: str, language: str) -> bool:
    """What `is_role_noun` asks, of a lemma and a form in lower case."""
    if pos not in ("NOUN", "PROPN"):
        return False
    if lemma in rules(language).not_roles:
        return False
    if pos == "PROPN":  # James and Paul are nouns for persons too
        return lemma in _titles(language) or lower in _titles(language)
    return "noun.person" in lexicon().supersenses(lemma, "n", language)[:2]


def is_office(word: Word, language: str) -> bool:
    """True for a noun of the language's table of titles, offices and what people do for a country.

    A *French president* is France's; a *French realist* is somebody French.
    """
    return not _titles(language).isdisjoint((word.lemma, word.lower))


def retype_examples(parse: Parse, language: str) -> int:
    """Names given as examples of firms are organizations: *conglomerati, tra cui Hitachi*.

    The types change in the parse, its tree and its Doc; gives how many names changed.
    """
    table_ = rules(language)
    firms = [word for word in parse if word.lemma in table_.firm_nouns]
    examples = [m.i for firm in firms for m in members(firm, table_)]
    if not examples:
        return 0
    ents = [_Name(e.start, e.end, e.label_) for e in parse.tree.doc.ents]
    named = (next((e for e in ents if e.start <= i < e.end), None) for i in examples)
    found = {name for name in named if name is not None and name.label != "ORG"}
    if found:
        _set(parse.tree, [e._replace(label="ORG") if e in found else e for e in ents])
        for name in found:
            for word in parse[name.start : name.end]:
                word.entity = "ORG"
    return len(found)


def _set(tree: Tree, names: Iterable[_Name]) -> None:
    doc = tree.doc
    doc.ents = tuple(Span(doc, start, end, label=label) for start, end, label in names)
    tree.read_entities()


def _is_role_in(tree: Tree, i: int, language: str) -> bool:
    return is_role(tree.pos[i], tree.lemma[i].lower(), tree.lower[i], language)


@cache
def _titles(language: str) -> frozenset[str]:
    """The last words of the titles and offices that the language's table knows."""
    roles = (role.split() for role in table(language, "resolve").get("roles", ()))
    # prime minister → minister, but: secretary of state → secretary
    return frozenset(words[-1] if len(words) < 3 else words[0] for words in roles)


def mend_names(tree: Tree, language: str) -> int:
    """Set persons' entities in the tree and its Doc; gives how many spans changed.

    *Prime Minister Sanae Takaichi* untagged is a person after a title; *Takaichi* tagged as
    anything else is the person whose full name the document has.
    """
    old = [_Name(e.start, e.end, e.label_) for e in tree.doc.ents]
    nouns = (i for i, pos in enumerate(tree.pos) if pos in ("NOUN", "PROPN"))
    roles = {i for i in nouns if _is_role_in(tree, i, language)}
    titled = [s for s in _after_titles(tree, roles) if not _known_place(tree, s)]
    fixed = (_without_titles(tree, s, roles) if s.label == "PER" else s for s in old)
    names = _longest([*titled, *(s for s in fixed if s is not None)])
    again = list(_echoes(tree, [s for s in names if s.label == "PER"]))
    taken = {i for s in again for i in range(s.start, s.end)}
    names = [s for s in names if taken.isdisjoint(range(s.start, s.end))]
    new = _longest([*again, *names])
    if old == new:
        return 0
    _set(tree, new)
    return len(set(new) - set(old))


def _longest(names: list[_Name]) -> list[_Name]:
    """The names without those that overlap a longer one, or one as long before it."""
    taken: set[int] = set()
    kept = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start)):
        span = range(name.start, name.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(name)
    return sorted(kept)


def _after_titles(tree: Tree, roles: set[int]) -> Iterator[_Name]:
    starts = {begin for begin, _ in tree.bounds}
    for i in sorted(roles):
        if tree.ent[i] in ("LOC", "ORG"):
            continue
        last = i + 1
        while last < len(tree.words) and _name_like(tree, last) and last not in roles:
            last += 1
        if 1 <= last - i - 1 <= 4 and i + 1 not in starts:
            yield _Name(i + 1, last, "PER")


def _name_like(tree: Tree, i: int) -> bool:
    capital = tree.pos[i] == "PROPN" and tree.words[i][0].isupper()
    return capital and tree.ent[i] not in ("LOC", "ORG")


def _known_place(tree: Tree, name: _Name) -> bool:
    words = zip(tree.words[name.start : name.end], tree.spaces[name.start : name.end], strict=True)
    text = "".join(f"{word}{space}" for word, space in words).rstrip(" ")
    return gazetteer().place(text) is not None


def _without_titles(tree: Tree, name: _Name, roles: set[int]) -> _Name | None:
    """*President Trump* tagged as one name is *Trump*; a title alone is no name."""
    start = name.start
    while start < name.end and start in roles:
        start += 1
    if start == name.end:  # a surname can be a role, but is written with a capital
        if not tree.words[name.end - 1][0].isupper():
            return None
        start -= 1
    return _Name(start, name.end, "PER")


def _echoes(tree: Tree, persons: list[_Name]) -> Iterator[_Name]:
    """Further mentions of a person by full or last name, whatever their tag."""
    words = tree.words
    full = {tuple(words[s.start : s.end]) for s in persons if s.end - s.start > 1}
    first = {name[0] for name in full}
    last = {name[-1] for name in full}
    longest = max((len(name) for name in full), default=0)
    i, end = 0, len(words) if full else 0
    while i < end:
        word, step = words[i], 1
        sizes = range(min(longest, end - i), 1, -1) if word in first else ()
        size = next((n for n in sizes if tuple(words[i : i + n]) in full), 0)
        if size:
            yield _Name(i, i + size, "PER")
            step = size
        elif word in last and word[0].isupper():
            inside = tree.ent[i] and tree.inside[i]
            if tree.ent[i] not in ("PER", "ORG") and not inside:
                yield _Name(i, i + 1, "PER")
        i += step
