"""Which language a text is written in, as far as its length lets one tell."""

from __future__ import annotations

from functools import cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from kg.read.furniture import languages

__all__ = ["detect_language"]

# The model knows 140 languages, among them Ligurian, Venetian and Nigerian Pidgin, which a short
# Italian or English text easily resembles: only what newspapers are commonly written in.
_PRESS: Final = frozenset(
    "af ar bg bn ca cs cy da de el en es et eu fa fi fr ga he hi hr hu hy id is it ja ka kk ko lt"
    " lv mk ml mn mr ms mt nl no pl pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur vi zh".split()
)
_SURE: Final = 0.8
_ENOUGH: Final = 5000
"""Characters looked at: more change nothing."""


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; None where it holds no letter.

    A language that has no table is answered only where the text leaves little doubt; otherwise the
    likeliest of those that have one, in a short text ("Ciao") as in a doubtful one.
    """
    first = next((i for i, character in enumerate(text) if character.isalpha()), None)
    if first is None:
        return None
    sample = text[first : first + _ENOUGH]
    known = languages()
    ranked: list[tuple[str, float]] = _identifier().rank(sample)
    best, probability = ranked[0]
    if best in known or probability >= _SURE or not _is_latin(sample):
        return best
    return next(code for code, _ in ranked if code in known)


def _is_latin(text: str) -> bool:
    """Whether most letters are Latin ones, as those of all languages with a table are."""
    letters = [character for character in text if character.isalpha()]
    return 2 * sum(character < "\u0250" for character in letters) >= len(letters)


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_PRESS & set(identifier.labels))
    return identifier
