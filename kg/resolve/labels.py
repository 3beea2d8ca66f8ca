"""What a relation is called in a language that no source says it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.lang import languages_with, table
from kg.lang.lexicon import Pos, lexicon
from kg.resolve.participles import participle

__all__ = ["Parts", "labels_elsewhere", "verb_label"]

_STAGE = "relations"


@dataclass(frozen=True, slots=True)
class Parts:
    """The English parts of a relation's name: ``serve [as] prime minister [of]``.

    ``verb`` is an infinitive, of a ``passive`` relation too; ``quality`` tells that ``noun`` is an
    adjective (*be essential for*).
    """

    verb: str
    noun: str = ""
    inner: str = ""
    case: str = ""
    passive: bool = False
    quality: bool = False


def labels_elsewhere(parts: Parts, english: str, language: str) -> tuple[tuple[str, str], ...]:
    """``(language, label)`` in every language but English and a document's own.

    A language in which no label is certain enough is left out: no label is better than a wrong one.
    """
    others = (code for code in languages_with(_STAGE) if code not in ("en", language))
    found = ((code, _label(parts, english, code)) for code in others)
    return tuple((code, label) for code, label in found if label)


def verb_label(english: str, language: str) -> str:
    """A bare verb (with its preposition) in another language; empty where it is not certain."""
    rows = table(language, _STAGE)
    head, _, rest = english.partition(" ")
    if head == rows["copula"]:
        word, _, case = rest.partition(" ")
        active = _actives(language).get(word)
        if active:
            return _label(Parts(active, case=case, passive=True), english, language)
    words = english.split()
    case = words[-1] if len(words) > 1 and words[-1] in rows["prepositions"] else ""
    verb = english.removesuffix(f" {case}") if case else english
    return _label(Parts(verb, case=case), english, language)


@cache
def _actives(language: str) -> Mapping[str, str]:
    """The verbs of the table by their English participles."""
    return {participle(verb): verb for verb in table(language, _STAGE)["verbs"]}


@cache
def _label(parts: Parts, english: str, language: str) -> str:
    rows = table(language, _STAGE)
    phrase = _phrase(english, rows)
    if phrase:
        return phrase
    verb = _verb(parts.verb, language, rows)
    if parts.passive:
        verb = _passive(verb, rows)
    noun = _noun(parts, language, rows) if parts.noun else ""
    links = [
        rows["prepositions"].get(case, "") if case else "" for case in (parts.inner, parts.case)
    ]
    wanted = ((parts.noun, noun), (parts.inner, links[0]), (parts.case, links[1]))
    if not verb or any(said and not known for said, known in wanted):
        return ""
    governs = verb.rsplit(" ", 1)[-1] in rows["prepositions"].values() and " " in verb
    if governs and (parts.case or parts.noun or parts.passive):
        return ""  # "partecipare a con" reads wrong
    return " ".join(word for word in (verb, links[0], noun, links[1]) if word)


def _phrase(english: str, rows: Mapping[str, Any]) -> str:
    """A whole relation in the table, or one with a preposition behind it."""
    known: str | None = rows["phrases"].get(english)
    if known:
        return known
    for size in (1, 2):
        words = english.rsplit(" ", size)
        head, case = words[0], " ".join(words[1:])
        if " " in head and head in rows["phrases"] and case in rows["prepositions"]:
            label = rows["phrases"][head]
            if label.rsplit(" ", 1)[-1] not in rows["prepositions"].values():
                return f"{label} {rows['prepositions'][case]}"
    return ""


def _verb(verb: str, language: str, rows: Mapping[str, Any]) -> str:
    own: str | None = rows["verbs"].get(verb)
    return own or _agreed(verb, "v", language)


def _passive(verb: str, rows: Mapping[str, Any]) -> str:
    """The passive of an infinitive: ``usare`` → ``essere usato``."""
    head, _, rest = verb.partition(" ")
    endings = (head[i:] for i in range(len(head)))
    ending = next((e for e in endings if e in rows["participles"]), "")
    if not ending:
        return ""  # a reflexive verb has none
    participle = head.removesuffix(ending) + rows["participles"][ending]
    return f"{rows['passive']} {participle} {rest}".strip()


def _noun(parts: Parts, language: str, rows: Mapping[str, Any]) -> str:
    sections: tuple[tuple[str, Pos], ...] = (("nouns", "n"), ("adjectives", "a"))
    if parts.quality:
        sections = sections[::-1]
    own = next((rows[s][parts.noun] for s, _ in sections if parts.noun in rows[s]), "")
    return own or _agreed(parts.noun, sections[0][1], language)


def _agreed(word: str, pos: Pos, language: str) -> str:
    return lexicon().back(word, pos, language) or ""
