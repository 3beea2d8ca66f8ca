"""A language's extraction tables as one typed object."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Final

from kg.errors import PipelineError
from kg.lang import table

__all__ = ["Rules", "rules"]

_SECTIONS: Final = ("morphology", "factuality", "speech", "verbs", "nouns", "connectives")


@dataclass(frozen=True, slots=True)
class Rules:
    """Word lists of ``kg/lang/<code>/extract.toml``; what each is for is said there."""

    language: str
    pro_drop: bool
    with_article: bool
    """Whether a title has an article before its bearer's name: *l'attore X*, *actor X*."""
    verb_endings: tuple[tuple[str, tuple[str, ...]], ...]
    doubling: bool
    infinitive_marks: frozenset[str]
    perfect_auxiliaries: frozenset[str]
    participle_endings: frozenset[str]
    clitics: tuple[str, ...]
    verb_forms: dict[str, str]
    negations: frozenset[str]
    negative_determiners: frozenset[str]
    noun_negations: frozenset[str]
    contrasting: frozenset[str]
    negative_subjects: frozenset[str]
    not_only: frozenset[str]
    negating_marks: frozenset[str]
    hypothetical_marks: frozenset[str]
    planned_auxiliaries: frozenset[str]
    possible_auxiliaries: frozenset[str]
    asserted_auxiliaries: frozenset[str]
    future_features: frozenset[str]
    possible_features: frozenset[str]
    possible_adverbs: frozenset[str]
    planned_verbs: frozenset[str]
    possible_verbs: frozenset[str]
    negating_verbs: frozenset[str]
    object_control: frozenset[str]
    planned_adjectives: frozenset[str]
    possible_adjectives: frozenset[str]
    reporting_verbs: frozenset[str]
    denying_verbs: frozenset[str]
    attribution_cases: frozenset[str]
    be: str
    is_: str
    be_forms: dict[str, tuple[str, str]]
    copulas: frozenset[str]
    instrument_verbs: frozenset[str]
    intransitive: frozenset[str]
    impersonal: frozenset[str]
    reflexives: frozenset[str]
    naming: frozenset[str]
    light: frozenset[str]
    predicative_cases: frozenset[str]
    existential: frozenset[str]
    reciprocal_cases: frozenset[str]
    partner_cases: frozenset[str]
    recipient_cases: frozenset[str]
    possessor_cases: frozenset[str]
    possessive_clitics: frozenset[str]
    agent_cases: frozenset[str]
    source_cases: frozenset[str]
    firm_nouns: frozenset[str]
    not_roles: frozenset[str]
    planned: frozenset[str]
    percent_words: frozenset[str]
    free_relatives: frozenset[str]
    bounds: frozenset[str]
    bound_links: frozenset[str]
    preposition_nouns: dict[str, str]
    noun_complements: dict[str, tuple[str, ...]]
    event_verbs: frozenset[str]
    having_verbs: frozenset[str]
    contrast_marks: frozenset[str]
    inner: frozenset[str]
    ordinals: frozenset[str]
    member_cases: frozenset[str]
    time_cases: frozenset[str]
    time_nouns: frozenset[str]
    setting_cases: frozenset[str]
    adverbial_nouns: frozenset[str]
    place_cases: frozenset[str]
    comparison_cases: frozenset[str]
    measure_cases: frozenset[str]
    partitives: frozenset[str]
    adjunct_cases: frozenset[str]
    change_cases: frozenset[str]
    change_verbs: frozenset[str]
    degrees: frozenset[str]
    object_genitives: frozenset[str]
    particles: frozenset[str]
    enclitics: dict[str, str]
    relative_pronouns: frozenset[str]
    personal_relatives: frozenset[str]
    subject_marks: frozenset[str]
    subject_cases: frozenset[str]
    empty_words: frozenset[str]
    filler_objects: frozenset[str]
    purpose_marks: frozenset[str]
    clause_marks: frozenset[str]


@cache
def rules(language: str) -> Rules:
    """The tables of a language.

    Raises:
        PipelineError: the language has no extraction table.
    """
    data = table(language, "extract")
    if not data:
        raise PipelineError(f"no extraction table for language {language!r}")
    flat: dict[str, Any] = {k: v for section in _SECTIONS for k, v in data[section].items()}
    irregular = {
        ending[:-1] + gender: new
        for ending, new in flat["participles"].items()
        for gender in "oaie"
    }
    flat["verb_endings"] = {**flat["verb_endings"], **irregular}
    flat["participle_endings"] = list(irregular)
    flat["verb_forms"] = dict(data["verb_forms"])
    flat["reporting_verbs"] = flat["reporting_verbs"] + flat["denying_verbs"]
    values: dict[str, Any] = {"language": language}
    for field in fields(Rules):
        if field.name == "language":
            continue
        value = flat[field.name.rstrip("_")]
        if field.name == "verb_endings":
            ordered = sorted(value.items(), key=lambda item: (-len(item[0]), item[0]))
            value = tuple((ending, tuple(new)) for ending, new in ordered)
        elif field.name == "clitics":
            value = tuple(value)
        elif isinstance(value, list):
            value = frozenset(value)
        values[field.name] = value
    return Rules(**values)
