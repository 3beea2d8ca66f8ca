"""The words and lemmas of a relation: a verb with its auxiliaries, governors and preposition."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.clauses import Clause
from kg.extract.phrases import words_of
from kg.extract.rules import Rules
from kg.extract.sentence import Parse, Word
from kg.extract.tokens import deps, feature
from kg.types import Argument, Relation

__all__ = ["clause_relation", "copula_relation", "verb_words", "with_case"]


def verb_words(p: Word) -> list[int]:
    """A predicate with its auxiliaries, copula, particles, clitics and negation."""
    words = {p.i}
    for c in p.children:
        relation = c.relation
        if (
            relation in ("aux", "cop")
            or (c.dep in ("compound:prt", "expl") and c.pos != "PUNCT")
            or (relation == "advmod" and feature(c, "Polarity", "Neg"))
        ):
            words.add(c.i)
    return sorted(words)


def clause_relation(clause: Clause) -> Relation:
    """The relation of a verbal clause, with its governors: *seeks to diversify*."""
    p = clause.predicate
    words = set(verb_words(p))
    for governor in clause.governors:
        words.update(verb_words(governor))
        words.update(c.i for c in deps(p, "mark"))
    particles = [c.lemma for c in deps(p, "compound:prt")]
    tokens = tuple(sorted(words))
    return Relation(
        tokens=tokens,
        text=words_of(p.parse, tokens),
        lemma=" ".join([p.lemma, *particles]),
        passive=clause.passive,
    )


def with_case(relation: Relation, o: Argument, parse: Parse) -> Relation:
    """The relation with the preposition of its object: *invested in*."""
    if not o.case:
        return relation
    marks = [c.i for c in deps(parse[o.head], "case")]
    tokens = tuple(sorted({*relation.tokens, *marks}))
    return replace(relation, tokens=tokens, text=f"{relation.text} {o.case}", case=o.case)


def copula_relation(
    table: Rules, words: tuple[int, ...] = (), text: str | None = None, lemma: str | None = None
) -> Relation:
    """The relation *be* (*essere* …) of the language, without words where the text has none."""
    return Relation(words, table.is_ if text is None else text, lemma or table.be)
