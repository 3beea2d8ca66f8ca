"""The graph's relations: labels in every language, and what each is a kind of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg.lang import languages_with
from kg.resolve.corrections import Corrections
from kg.resolve.facts import DocumentFacts, LocalRelation
from kg.resolve.labels import verb_label
from kg.types import Property, Statement

__all__ = ["build_properties"]

_ENGLISH: Final = "en"
_BE: Final = "be"
_SHARED: Final = 2
"""Relations that must have it in common for a broader one to be there that nothing is said with."""
_Labels = dict[str, Counter[str]]


def build_properties(
    facts: Iterable[DocumentFacts], statements: Sequence[Statement], corrections: Corrections
) -> tuple[Property, ...]:
    """The relations in use with their labels, and the broader ones that several of them share.

    ``sign_agreement_with`` is under ``sign_with``, that under ``sign``; nothing is under ``be``:
    who is president of a country is not that country. What sources call a relation comes before
    what it is called by translation.
    """
    used = {s.relation for s in statements}
    said: dict[str, _Labels] = defaultdict(lambda: defaultdict(Counter))
    translated: dict[str, _Labels] = defaultdict(lambda: defaultdict(Counter))
    wider: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for f in facts:
        for local in f.statements:
            name = corrections.relations.get(local.relation.id, local.relation.id)
            for language, text in _said(local.relation):
                said[name][language][text] += 1
            for language, text in local.relation.elsewhere:
                translated[name][language][text] += 1
            wider[name].add(_wider(local.relation))
    parents = _parents(used, wider)
    declared = used | set(parents.values())
    return tuple(
        Property(
            id=name,
            labels=_best(said[name], translated[name]) if name in used else _labels_of(name),
            broader=parents.get(name),
        )
        for name in sorted(declared)
    )


def _said(relation: LocalRelation) -> Iterable[tuple[str, str]]:
    if relation.english:
        yield _ENGLISH, relation.english
    if relation.language != _ENGLISH:
        yield relation.language, relation.label


def _wider(relation: LocalRelation) -> tuple[str, ...]:
    """The broader relations that a relation could be under, the nearest first."""
    verb = "" if relation.verb == _BE else relation.verb
    return tuple(w for w in (relation.general, verb) if w and w != relation.id)


def _parents(used: set[str], wider: Mapping[str, Iterable[tuple[str, ...]]]) -> dict[str, str]:
    """The broader relation of each: one in use, or one that several relations could be under."""
    chains = {name: min(wider[name]) for name in sorted(used) if wider.get(name)}
    counts = Counter(w for chain in chains.values() for w in chain)
    parents: dict[str, str] = {}
    for name, chain in chains.items():
        kept = [w for w in chain if w in used or counts[w] >= _SHARED]
        for narrow, broad in zip((name, *kept), kept, strict=False):
            parents.setdefault(narrow, broad)
    return parents


def _best(said: _Labels, translated: _Labels) -> tuple[tuple[str, str], ...]:
    every = {**translated, **said}
    return tuple(
        (language, min(texts, key=lambda t: (-texts[t], t)))
        for language, texts in sorted(every.items())
        if texts
    )


def _labels_of(name: str) -> tuple[tuple[str, str], ...]:
    """The labels of a relation that nothing is said with, from its name."""
    text = name.replace("_", " ")
    prefixes = {code: f"{code} " for code in languages_with("relations")}
    own = next((code for code, prefix in prefixes.items() if text.startswith(prefix)), "")
    if own:
        return ((own, text.removeprefix(prefixes[own])),)
    found = ((code, verb_label(text, code)) for code in prefixes)
    return tuple(sorted([(_ENGLISH, text), *((code, label) for code, label in found if label)]))
