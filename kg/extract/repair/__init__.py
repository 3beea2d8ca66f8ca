"""Systematic errors of a small parser, mended by rule before extraction.

Each repair is a function over one sentence of a `Tree` that gives the number of repairs it made.
They run in the order of `REPAIRS`: words first, then the noun phrases, then the clauses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacy.tokens import Doc

from kg.extract.names import mend_names
from kg.extract.repair import clauses, nouns, words
from kg.extract.rules import Rules, rules
from kg.extract.tree import Tree

__all__ = ["REPAIRS", "repair"]

_FINITE: Final = "VerbForm=Fin"
_PARTICIPLE: Final = "VerbForm=Part"


def repair(doc: Doc, language: str) -> int:
    """Mend the trees of a Doc in place; gives the number of repairs."""
    made = mend_names(doc, language)
    tree, table = Tree(doc), rules(language)
    made += sum(fix(tree, s, table) for s in tree.sentences() for fix in REPAIRS)
    tree.write()
    return made


REPAIRS: Final[tuple[Callable[[Tree, range, Rules], int], ...]] = (
    words.adjectives_as_verbs,
    words.verb_lemmas,
    words.participles_as_objects,
    words.infinitives_after_to,
    words.modals_on_nouns,
    words.nouns_that_govern_clauses,
    nouns.split_names,
    nouns.names_after_roles,
    nouns.comparatives,
    nouns.second_objects,
    nouns.verbs_with_articles,
    nouns.examples,
    nouns.noun_conjuncts,
    nouns.modifiers_read_as_heads,
    nouns.bare_modifiers,
    nouns.participles_after_nouns,
    clauses.copulas_before_participles,
    clauses.compound_subjects,
    clauses.second_subjects,
    clauses.inverted_speech,
    clauses.relatives_without_pronoun,
    clauses.clauses_after_quotes,
    clauses.stray_finite_conjuncts,
    clauses.infinitive_conjuncts,
    clauses.subjects_of_infinitives,
    clauses.subjects_before_verbs,
    clauses.reflexive_subjects,
    clauses.stranded_subjects,
    clauses.number_agreement,
)
