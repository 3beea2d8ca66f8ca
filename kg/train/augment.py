"""Variants of sentences as news writes them: capitals, headlines without a full stop, quotes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Final

from kg.train.conllu import Word

__all__ = ["VARIANTS", "vary"]

_DOUBLE: Final = (("“", "”"), ("«", "»"), ('"', '"'), ("„", "“"))
_DASHES: Final = ("–", "—", "-")
_QUOTES: Final = frozenset('"“”«»„')
_STOPS: Final = frozenset(".!?")


def vary(words: list[Word], name: str, random: Random) -> list[Word] | None:
    """A copy of the words in the variant called ``name``; None where it would change nothing."""
    changed = VARIANTS[name]([replace(w, feats=dict(w.feats)) for w in words], random)
    return changed if changed is not None and changed != words else None


def _capitals(words: list[Word], _: Random) -> list[Word]:
    """*ITALIA E GIAPPONE FIRMANO*: a headline in capitals."""
    return [
        replace(w, form=w.form.upper()) if len(w.form.upper()) == len(w.form) else w for w in words
    ]


def _lower(words: list[Word], _: Random) -> list[Word]:
    """*italia e giappone firmano*: lower case throughout."""
    return [
        replace(w, form=w.form.lower()) if len(w.form.lower()) == len(w.form) else w for w in words
    ]


def _title(words: list[Word], random: Random) -> list[Word] | None:
    """*Italy and Japan Sign a Deal*: a headline with capitals on content words, without a stop."""
    shorter = _bare(words, random) or words
    small = {"ADP", "CCONJ", "DET", "PART", "SCONJ", "PRON", "AUX"}
    return [
        w if w.upos in small else replace(w, form=w.form[:1].upper() + w.form[1:]) for w in shorter
    ]


def _bare(words: list[Word], _: Random) -> list[Word] | None:
    """A sentence without its full stop, as headlines and list items are."""
    *rest, last = words
    leaf = all(w.head != len(rest) for w in rest)
    if not rest or last.form not in _STOPS or not leaf or last.dep == "ROOT":
        return None
    return rest


def _marks(words: list[Word], random: Random) -> list[Word] | None:
    """Other quotes, dashes and apostrophes, as long as the ones replaced."""
    opening, closing = random.choice(_DOUBLE)
    dash = random.choice(_DASHES)
    inside = False
    out = []
    for word in words:
        form = word.form
        if form in _QUOTES:
            form, inside = (closing if inside else opening), not inside
        elif form in _DASHES:
            form = dash
        else:
            form = form.replace("'", "’")
        lemma = form if word.lemma == word.form and word.upos == "PUNCT" else word.lemma
        out.append(replace(word, form=form, lemma=lemma))
    return out


VARIANTS: Final[Mapping[str, Callable[[list[Word], Random], list[Word] | None]]] = {
    "capitals": _capitals,
    "lower": _lower,
    "title": _title,
    "bare": _bare,
    "marks": _marks,
}
"""By the names that the options use."""
