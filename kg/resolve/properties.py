"""The graph's relations: labels in every language, and what each is a kind of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from kg.dataset import Dataset, Key
from kg.lang import languages_with
from kg.resolve.corrections import Corrections
from kg.resolve.facts import DocumentFacts, LocalRelation
from kg.resolve.labels import verb_label
from kg.types import Property

__all__ = ["Called", "build_properties", "called"]

_ENGLISH: Final = "en"
_BE: Final = "be"
_SHARED: Final = 2
"""Relations that must have it in common for a broader one to be there that nothing is said with."""
_Labels = tuple[tuple[str, str], ...]


class Called(NamedTuple):
    """How often a document calls a relation so, by its own words or (``translated``) by ours."""

    relation: str
    language: str
    text: str
    translated: bool
    times: int
    wider: tuple[str, ...]


class _Known(NamedTuple):
    """What the documents together tell of a relation."""

    relation: str
    labels: _Labels
    wider: tuple[str, ...]


def build_properties(called: Dataset[Called], used: Dataset[str]) -> tuple[Property, ...]:
    """The relations in use with their labels, and the broader ones that several of them share.

    ``sign_agreement_with`` is under ``sign_with``, that under ``sign``; nothing is under ``be``:
    who is president of a country is not that country. What sources call a relation comes before
    what it is called by translation. Unlike the things they relate, relations are few: the result
    is in memory.
    """
    known = called.union(used).group(_name, _order, _known)
    labels = {}
    wider = {}
    for item in known:
        labels[item.relation] = item.labels
        if item.wider:
            wider[item.relation] = item.wider
    parents = _parents(wider, labels)
    declared = {*labels, *parents.values()}
    return tuple(
        Property(
            id=name,
            labels=labels[name] if name in labels else _labels_of(name),
            broader=parents.get(name),
        )
        for name in sorted(declared)
    )


def called(facts: DocumentFacts, corrections: Corrections) -> Iterator[Called]:
    """What a document calls relations."""
    relations = corrections.relations
    found: Counter[Called] = Counter()
    for local in facts.statements:
        relation = local.relation
        name = relations.get(relation.id, relation.id)
        wider = _wider(relation)
        for language, text in _said(relation):
            found[Called(name, language, text, False, 1, wider)] += 1
        for language, text in relation.elsewhere:
            found[Called(name, language, text, True, 1, wider)] += 1
    for row, times in found.items():
        yield row._replace(times=times)


def _name(row: Called | str) -> str:
    return row if isinstance(row, str) else row.relation


def _order(row: Called | str) -> Key:
    if isinstance(row, str):
        return (0,)
    return (1, *row[1:])


def _known(name: str, rows: Iterator[Called | str]) -> Iterator[_Known]:
    """A relation in use; what nothing is said with, since it was corrected, is left out."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    translated: dict[str, Counter[str]] = defaultdict(Counter)
    chains: set[tuple[str, ...]] = set()
    used = False
    for row in rows:
        if isinstance(row, str):
            used = True
        elif not used:
            return
        else:
            (translated if row.translated else said)[row.language][row.text] += row.times
            chains.add(row.wider)
    yield _Known(name, _best({**translated, **said}), min(chains, default=()))


def _said(relation: LocalRelation) -> Iterator[tuple[str, str]]:
    if relation.english:
        yield _ENGLISH, relation.english
    if relation.language != _ENGLISH:
        yield relation.language, relation.label


def _wider(relation: LocalRelation) -> tuple[str, ...]:
    """The broader relations that a relation could be under, the nearest first."""
    verb = "" if relation.verb == _BE else relation.verb
    return tuple(w for w in (*relation.general, verb) if w and w != relation.id)


def _parents(chains: Mapping[str, tuple[str, ...]], used: Mapping[str, object]) -> dict[str, str]:
    """The broader relation of each: one in use, or one that several relations could be under."""
    counts = Counter(w for chain in chains.values() for w in chain)
    parents: dict[str, str] = {}
    for name, chain in sorted(chains.items()):
        kept = [w for w in chain if w in used or counts[w] >= _SHARED]
        for narrow, broad in zip((name, *kept), kept, strict=False):
            parents.setdefault(narrow, broad)
    return parents


def _best(labels: Mapping[str, Counter[str]]) -> _Labels:
    return tuple(
        (language, min(texts, key=lambda t: (-texts[t], t)))
        for language, texts in sorted(labels.items())
        if texts
    )


def _labels_of(name: str) -> _Labels:
    """The labels of a relation that nothing is said with, from its name."""
    text = name.replace("_", " ")
    prefixes = {code: f"{code} " for code in languages_with("relations")}
    own = next((code for code, prefix in prefixes.items() if text.startswith(prefix)), "")
    if own:
        return ((own, text.removeprefix(prefixes[own])),)
    found = ((code, verb_label(text, code)) for code in prefixes)
    return tuple(sorted([(_ENGLISH, text), *((code, label) for code, label in found if label)]))
