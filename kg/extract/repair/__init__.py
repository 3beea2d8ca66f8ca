"""Systematic errors of a small parser, mended by rule before extraction.

Each repair is a function over one sentence of a `Tree` that gives the number of repairs it made.
They run in the order of `REPAIRS`: words first, then the noun phrases, then the clauses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacy.tokens import Doc

from kg.extract.names import mend_names, retype_examples
from kg.extract.repair import (
    amounts,
    clauses,
    coordination,
    misread,
    names,
    nominal,
    nouns,
    phrases,
    speech,
    subjects,
    times,
    words,
)
from kg.extract.rules import Rules, rules
from kg.extract.sentence import Parse
from kg.extract.tree import Tree

__all__ = ["REPAIRS", "repair"]


def repair(doc: Doc, language: str) -> Parse:
    """Mend the trees of a Doc in place; gives their words."""
    tree, table = Tree(doc), rules(language)
    mend_names(tree, language)
    for sent in tree.sentences():
        for fix in REPAIRS:
            fix(tree, sent, table)
    tree.write()
    parse = Parse(tree)
    retype_examples(parse, language)
    return parse


REPAIRS: Final[tuple[Callable[[Tree, range, Rules], int], ...]] = (
    phrases.function_phrases,
    words.adjectives_as_verbs,
    words.names_as_verbs,
    words.nouns_as_verbs,
    words.verb_lemmas,
    words.participles_as_objects,
    words.participles_as_nouns,
    words.no_longer,
    words.infinitives_after_to,
    words.modals_on_nouns,
    words.nouns_that_govern_clauses,
    misread.hyphenated,
    misread.nouns_after_to,
    misread.clauses_of_adjectives,
    names.split_names,
    names.names_after_roles,
    names.titles_of_one,
    times.bare_dates,
    amounts.bounded_amounts,
    amounts.measures_of_change,
    nouns.comparatives,
    nouns.second_objects,
    nouns.verbs_with_articles,
    nouns.examples,
    nouns.nearest_examples,
    nouns.complements,
    coordination.conjunctions_of_modifiers,
    coordination.owners_read_as_conjuncts,
    coordination.noun_conjuncts,
    coordination.conjuncts_of_objects,
    coordination.main_verbs_after_relatives,
    coordination.modifiers_read_as_heads,
    nouns.bare_modifiers,
    nouns.participles_after_nouns,
    clauses.copulas_before_participles,
    nominal.compound_subjects,
    nominal.subjects_with_prepositions,
    nominal.second_subjects,
    names.bearers_of_roles,
    speech.inverted_speech,
    misread.verbs_after_their_nouns,
    clauses.free_participles,
    clauses.relatives_without_pronoun,
    speech.clauses_after_quotes,
    speech.contrasts_after_quotes,
    coordination.stray_finite_conjuncts,
    coordination.conjuncts_of_governors,
    coordination.infinitive_conjuncts,
    subjects.subjects_of_infinitives,
    coordination.conjuncts_before_verbs,
    subjects.subjects_before_verbs,
    subjects.subjects_after_verbs,
    subjects.reflexive_subjects,
    subjects.stranded_subjects,
    subjects.number_agreement,
)
