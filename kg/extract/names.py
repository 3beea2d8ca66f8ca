"""People's names that the tagger missed, found by a title before them or by another mention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from kg.extract.phrases import members
from kg.extract.rules import rules
from kg.lang import table
from kg.lang.gazetteer import gazetteer
from kg.lang.lexicon import lexicon

__all__ = ["is_role_noun", "mend_names", "retype_examples"]


def is_role_noun(token: Token, language: str) -> bool:
    """True for a noun that says what people are or do: *president*, *ministra*."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    lemma = token.lemma_.lower()
    if lemma in rules(language).not_roles:
        return False
    if token.pos_ == "PROPN":  # James and Paul are nouns for persons too
        return lemma in _titles(language) or token.lower_ in _titles(language)
    return "noun.person" in lexicon().supersenses(lemma, "n", language)[:2]


def retype_examples(doc: Doc, lemmas: Sequence[str], language: str) -> int:
    """Names given as examples of firms are organizations: *conglomerati, tra cui Hitachi*.

    It reads the repaired trees; ``lemmas`` are the tokens'. Gives how many names changed.
    """
    firms = rules(language).firm_nouns
    found: list[Span] = []
    for i, lemma in enumerate(lemmas):
        if lemma.lower() not in firms:
            continue
        for m in members(doc[i], rules(language)):
            span = next((e for e in doc.ents if e.start <= m.i < e.end), None)
            if span is not None and span.label_ != "ORG":
                found.append(Span(doc, span.start, span.end, label="ORG"))
    if found:
        taken = {i for s in found for i in range(s.start, s.end)}
        doc.ents = tuple(filter_spans([*(e for e in doc.ents if e.start not in taken), *found]))
    return len(found)


@cache
def _titles(language: str) -> frozenset[str]:
    """The last words of the titles and offices that the language's table knows."""
    roles = (role.split() for role in table(language, "resolve").get("roles", ()))
    # prime minister → minister, but: secretary of state → secretary
    return frozenset(words[-1] if len(words) < 3 else words[0] for words in roles)


def mend_names(doc: Doc, language: str) -> int:
    """Set persons' entities in place; gives how many spans changed.

    *Prime Minister Sanae Takaichi* untagged is a person after a title; *Takaichi* tagged as
    anything else is the person whose full name the document has.
    """
    old = list(doc.ents)
    titled = [s for s in _after_titles(doc, language) if not _known_place(s)]
    fixed = [_without_titles(s, language) if s.label_ == "PER" else s for s in old]
    spans = filter_spans([*titled, *(s for s in fixed if s is not None)])
    again = list(_echoes(doc, [s for s in spans if s.label_ == "PER"]))
    taken = {i for s in again for i in range(s.start, s.end)}
    spans = [s for s in spans if not taken & set(range(s.start, s.end))]
    new = filter_spans([*again, *spans])
    before, after = ([(s.start, s.end, s.label_) for s in spans] for spans in (old, new))
    if before == after:
        return 0
    doc.ents = tuple(new)
    return len(set(after) - set(before))


def _after_titles(doc: Doc, language: str) -> Iterator[Span]:
    for token in doc[:-1]:
        if not is_role_noun(token, language) or token.ent_type_ in ("LOC", "ORG"):
            continue
        first = token.i + 1
        last = first
        while last < len(doc) and _name_like(doc[last], language):
            last += 1
        if 1 <= last - first <= 4 and not doc[first].is_sent_start:
            yield Span(doc, first, last, label="PER")


def _name_like(token: Token, language: str) -> bool:
    if token.pos_ != "PROPN" or not token.text[0].isupper() or token.ent_type_ in ("LOC", "ORG"):
        return False
    return not is_role_noun(token, language)


def _known_place(span: Span) -> bool:
    return gazetteer().place(span.text) is not None


def _without_titles(span: Span, language: str) -> Span | None:
    """*President Trump* tagged as one name is *Trump*; a title alone is no name."""
    start = span.start
    while start < span.end and is_role_noun(span.doc[start], language):
        start += 1
    if start == span.end:  # a surname can be a role, but is written with a capital
        if not span[-1].text[0].isupper():
            return None
        start -= 1
    return Span(span.doc, start, span.end, label="PER")


def _echoes(doc: Doc, persons: list[Span]) -> Iterator[Span]:
    """Further mentions of a person by full or last name, whatever their tag."""
    full = {tuple(t.text for t in s) for s in persons if len(s) > 1}
    first = {name[0] for name in full}
    last = {name[-1] for name in full}
    longest = max((len(name) for name in full), default=0)
    words = [t.text for t in doc] if full else []
    i = 0
    while i < len(words):
        step = 1
        sizes = range(min(longest, len(words) - i), 1, -1) if words[i] in first else ()
        size = next((n for n in sizes if tuple(words[i : i + n]) in full), 0)
        if size:
            yield Span(doc, i, i + size, label="PER")
            step = size
        elif words[i] in last and words[i][0].isupper():
            token = doc[i]
            inside = token.ent_type_ and token.ent_iob_ == "I"
            if token.ent_type_ not in ("PER", "ORG") and not inside:
                yield Span(doc, i, i + 1, label="PER")
        i += step
