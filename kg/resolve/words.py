"""A language's resolution tables as one typed object, with the look-ups that resolution makes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, Literal

from kg.lang import table
from kg.types import EntityType

__all__ = ["Features", "Kind", "Shared", "Words", "fold", "shared", "words"]

_STAGE: Final = "resolve"
_VALUES: Final = "values"
_MULTILINGUAL: Final = "mul"
_PLAIN: Final = str.maketrans("’‘‛ʼ‐‑–", "''''---")


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """A name as it is compared: no case, accents, typographic quotes or double spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN).casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


@dataclass(frozen=True, slots=True)
class Features:
    """What agreement looks at; an empty string or 0 is unknown and agrees with everything."""

    person: int = 3
    number: Literal["s", "p", ""] = ""
    gender: Literal["m", "f", ""] = ""
    human: bool | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of synonymous nouns whose instances a text speaks of as one thing (an agreement)."""

    name: str
    type: EntityType


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of ``kg/lang/<code>/resolve.toml``; what each is for is said there."""

    language: str
    conjunction: str
    head_last: bool
    """Compounds end in their head, which alone shows the plural (*rare earths*)."""
    pronouns: Mapping[str, Features | None]
    """None: the pronoun never picks something up by itself (``there``, ``ciò``)."""
    possessives: Mapping[str, Features]
    honorifics: Mapping[str, str]
    post_nominals: frozenset[str]
    """What stands after a name and is no part of it: ``FRS``, ``QC``."""
    aliases: Mapping[str, frozenset[str]]
    """Phrases that lead to another name of the same thing (``known as``), by their last word."""
    roles: Mapping[str, str]
    role_length: int
    role_prefixes: frozenset[str]
    role_joins: frozenset[str]
    genders: Mapping[str, str]
    first_names: Mapping[str, str]
    anaphors: Mapping[str, EntityType]
    kinds: Mapping[str, Kind]
    quantifiers: Mapping[str, int]
    numerals: Mapping[str, int]
    group_nouns: Mapping[str, EntityType | None]
    """None: the noun stands for members of any type (``both sides``)."""
    name_types: Mapping[str, EntityType]
    legal_forms: frozenset[str]
    neutral: frozenset[str]
    contrast: frozenset[str]
    vague: frozenset[str]
    shells: frozenset[str]
    unique: frozenset[str]
    generic_senses: frozenset[str]
    """WordNet's classes of nouns whose kind has the definite article (*la musica*)."""
    kin: frozenset[str]
    """Nouns of relatives that with the article alone are the subject's (*con la moglie*)."""
    judging: frozenset[str]
    acknowledging: frozenset[str]
    impersonal: frozenset[str]
    name_joins: frozenset[str]
    qualifiers: Mapping[str, Mapping[str, str]]
    prepositions: Mapping[str, str]
    calendar: frozenset[str]
    """Months and days of the week; by themselves they are no names."""
    reflexives: Mapping[str, Features]


@dataclass(frozen=True, slots=True)
class Shared:
    """Word lists of ``kg/lang/mul/resolve.toml``, which hold for every language."""

    role_classes: Mapping[str, frozenset[str]]
    metonymic: frozenset[str]
    not_metonymic: frozenset[str]
    party_nouns: frozenset[str]
    seats: Mapping[str, str]
    seats_of_institutions: Mapping[str, str]
    institutions: Mapping[str, str]
    institution_types: Mapping[str, EntityType]
    verb_prepositions: Mapping[str, Mapping[str, str]]
    verb_synonyms: Mapping[str, str]
    preposition_synonyms: Mapping[str, str]
    denying_modifiers: frozenset[str]


def _features(code: str) -> Features | None:
    """Features from their code in the tables: person, number, gender, kind (``3sfh``)."""
    person, number, gender, kind = tuple(code)
    if person == "0":
        return None
    return Features(
        int(person),
        {"s": "s", "p": "p"}.get(number, ""),  # type: ignore[arg-type]
        {"m": "m", "f": "f"}.get(gender, ""),  # type: ignore[arg-type]
        {"h": True, "n": False}.get(kind),
    )


def _by_last_word(phrases: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for phrase in map(fold, phrases):
        found.setdefault(phrase.split()[-1], set()).add(phrase)
    return {last: frozenset(group) for last, group in found.items()}


def _inverted(section: Mapping[str, Any]) -> dict[str, Any]:
    """``{type: [nouns]}`` as ``{noun: type}``."""
    return {fold(noun): key for key, nouns in section.items() for noun in nouns}


@cache
def words(language: str) -> Words:
    """The tables of a language (ISO 639-1); a language without a table has empty ones."""
    rows = table(language, _STAGE)

    def section(name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = rows.get(name, {})
        return found

    kinds = {
        fold(noun): Kind(name, row["type"])
        for name, row in section("kinds").items()
        for noun in row["nouns"]
    }
    groups = section("groups")
    nouns = {t: groups[t] for t in ("country", "person", "organization") if t in groups}
    roles = {fold(form): role for form, role in section("roles").items()}
    neutral = section("neutral")
    return Words(
        language=language,
        conjunction=rows.get("and", ""),
        head_last=rows.get("head_last", False),
        pronouns={fold(p): _features(code) for p, code in section("pronouns").items()},
        possessives={
            fold(p): f for p, code in section("possessives").items() if (f := _features(code))
        },
        honorifics={fold(h): gender for h, gender in section("honorifics").items()},
        post_nominals=frozenset(section("post_nominals").get("words", ())),
        aliases=_by_last_word(section("aliases").get("phrases", ())),
        roles=roles,
        role_length=max((len(r.replace("-", " - ").split()) for r in roles), default=1),
        role_prefixes=frozenset(section("role_prefixes").get("words", ())),
        role_joins=frozenset(section("role_prefixes").get("joins", ())),
        genders=_inverted(section("gender")),
        first_names=_inverted(section("first_names")),
        anaphors=_inverted(section("anaphors")),
        kinds=kinds,
        quantifiers=groups.get("quantifiers", {}),
        numerals=groups.get("numerals", {}),
        group_nouns=_inverted(nouns) | {fold(n): None for n in groups.get("any", ())},
        name_types=_inverted({k: v for k, v in section("name_types").items() if k != "joins"}),
        legal_forms=frozenset(section("legal_forms").get("words", ())),
        neutral=frozenset((*neutral.get("adjectives", ()), *neutral.get("determiners", ()))),
        contrast=frozenset(section("contrast").get("adjectives", ())),
        vague=frozenset(section("generic").get("vague", ())),
        shells=frozenset(section("generic").get("shells", ())),
        unique=frozenset(section("generic").get("unique", ())),
        generic_senses=frozenset(section("generic").get("senses", ())),
        kin=frozenset(section("owners").get("kin", ())),
        judging=frozenset(section("owners").get("judging", ())),
        acknowledging=frozenset(section("owners").get("acknowledging", ())),
        impersonal=frozenset(section("impersonal").get("verbs", ())),
        name_joins=frozenset(section("name_types").get("joins", ())),
        qualifiers=section("qualifiers"),
        prepositions=section("prepositions"),
        calendar=_calendar(language),
        reflexives={
            fold(p): f for p, code in section("reflexives").items() if (f := _features(code))
        },
    )


def _calendar(language: str) -> frozenset[str]:
    dates = table(language, _VALUES).get("dates", {})
    return frozenset(fold(n) for key in ("months", "weekdays") for n in dates.get(key, ()))


@cache
def shared() -> Shared:
    """The tables that hold for every language."""
    rows = table(_MULTILINGUAL, _STAGE)
    return Shared(
        role_classes={name: frozenset(roles) for name, roles in rows["role_classes"].items()},
        metonymic=frozenset(rows["metonymy"]["verbs"]),
        not_metonymic=frozenset(rows["metonymy"]["not_verbs"]),
        party_nouns=frozenset(rows["metonymy"]["nouns"]),
        seats_of_institutions={fold(n): i for n, i in rows["seats_of_institutions"].items()},
        seats={fold(name): code for name, code in rows["seats"].items()},
        institutions={
            fold(form): name
            for name, forms in rows["institutions"].items()
            for written in (name, *forms)
            for form in (written, written.replace("ization", "isation"))
        },
        institution_types=rows["institution_types"],
        verb_prepositions=rows["verb_prepositions"],
        verb_synonyms=rows["verb_synonyms"],
        preposition_synonyms=rows["preposition_synonyms"],
        denying_modifiers=frozenset(rows["denying_modifiers"]["words"]),
    )
