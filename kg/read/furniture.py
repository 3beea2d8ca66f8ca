"""What a page carries besides its article, told by the language tables' patterns.

The tables of all languages are used for every document: Italian sites have English footers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from kg.lang import table

__all__ = ["Furniture", "furniture", "languages"]

_FLAGS: Final = re.IGNORECASE | re.DOTALL
_EDGES: Final = " \u00a0.:;,!?…|•·»«<>›‹→←↓↑▼▲►▶+*#-–—_=/\\[]()\"“”'"
# "Maria de Rossi", "J. K. Rowling", "Anna Bianchi e Luca Verdi"; never a whole sentence.
_NAME: Final = (
    r"(?:[A-ZÀ-Þ][\w.’'-]*)(?:[ ](?:(?:de|di|del|della|van|von|der|al|la|le|da|bin)[ ])?"
    r"[A-ZÀ-Þ][\w.’'-]*){1,3}"
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """The compiled tables."""

    links: re.Pattern[str]
    whole: re.Pattern[str]
    begins: re.Pattern[str]
    within: re.Pattern[str]
    foot: re.Pattern[str]
    relative: re.Pattern[str]
    by_name: re.Pattern[str]
    by_staff: re.Pattern[str]
    name: re.Pattern[str]
    most_words: int
    weekdays: frozenset[str]
    published: frozenset[str]
    updated: frozenset[str]
    date_words: frozenset[str]
    opening: frozenset[str]

    def is_boilerplate(self, text: str) -> bool:
        """Whether a block is none of the article's, whatever stands beside it."""
        if len(text) > 1000 or len(text.split()) > self.most_words:
            return False
        core = text.strip(_EDGES)
        return bool(
            self.begins.match(text.lstrip(" -–—•|>»"))
            or self.within.search(text)
            or self.whole.fullmatch(core)
            or self.links.fullmatch(core)
            or self.relative.fullmatch(core)
        )

    def is_link_header(self, text: str) -> bool:
        """Whether a block announces links to other articles ("Also Read:")."""
        return bool(self.links.fullmatch(text.strip(_EDGES)))

    def is_foot(self, text: str) -> bool:
        """Whether a block is such as only a page's foot holds: a company's name, an address."""
        return len(text) < 120 and bool(self.foot.search(text))

    def author(self, text: str) -> str | None:
        """Whom a byline names: "" where it names nobody in particular, None where it is none.

        >>> furniture().author("By Jane Doe and John Roe"), furniture().author("By the river")
        ('Jane Doe and John Roe', None)
        """
        line = text.strip(" .|,-–—")
        if len(line) > 120:
            return None
        named = self.by_name.fullmatch(line)
        if named:
            return named["name"].strip()
        return "" if self.by_staff.fullmatch(line) else None

    def is_name(self, text: str) -> bool:
        """Whether a text is one to four words written like a person's or a place's name."""
        return bool(self.name.fullmatch(text.strip(_EDGES)))


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a table for this stage, as ISO 639-1 codes."""
    folders = (entry for entry in files("kg.lang").iterdir() if entry.is_dir())
    return tuple(sorted(entry.name for entry in folders if (entry / "read.toml").is_file()))


@cache
def furniture() -> Furniture:
    """The tables of all languages, compiled once."""
    tables = [table(language, "read") for language in languages()]
    lists = [t["boilerplate"] for t in tables]
    by = _either(tables, "byline")
    staff = _either(tables, "staff")
    names = rf"{_NAME}(?:(?:,| and| e| &) {_NAME})*"
    return Furniture(
        links=_pattern(_either(lists, "links")),
        whole=_pattern(_either(lists, "whole")),
        begins=_pattern(rf"(?:{_either(lists, 'begins')})"),
        within=_pattern(_either(lists, "within")),
        foot=_pattern(_either(lists, "foot")),
        relative=_pattern(rf"\b(?:{_either(tables, 'relative')})\b"),
        by_name=re.compile(
            rf"(?i:{by})[: ]+(?P<name>{names})"
            rf"(?:\s*[,|–—-]\s*(?:(?i:{staff})|[A-Z][\w .]{{1,30}}))?"
        ),
        by_staff=_pattern(rf"(?:(?:{by})[: ]+)?(?:{staff})(?: .{{1,30}})?"),
        name=re.compile(rf"{_NAME}|[A-ZÀ-Þ][\w.’'-]*"),
        most_words=max(int(t["begins_words"]) for t in lists),
        weekdays=_words(tables, "weekdays"),
        published=_words(tables, "published"),
        updated=_words(tables, "updated"),
        date_words=_words(tables, "date_words"),
        opening=_words(tables, "opening"),
    )


def _either(tables: Iterable[Mapping[str, Any]], key: str) -> str:
    """One alternative of all the patterns under a key; a typographic apostrophe stands for both."""
    patterns = (pattern for t in tables for pattern in t[key])
    return "|".join(pattern.replace("’", "[’']") for pattern in patterns)


def _pattern(alternatives: str) -> re.Pattern[str]:
    return re.compile(alternatives, _FLAGS)


def _words(tables: Iterable[Mapping[str, Any]], key: str) -> frozenset[str]:
    return frozenset(word for t in tables for word in t[key])
