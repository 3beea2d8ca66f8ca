"""What something is: clauses with a copula, linking verbs, and what a naming verb calls it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.arguments import other_arguments, pairs, slot_argument
from kg.extract.clauses import Clause
from kg.extract.facts import Facts
from kg.extract.phrases import argument, clause_argument, words_of
from kg.extract.relations import clause_relation, copula_relation, verb_words
from kg.extract.rules import Rules
from kg.extract.sentence import Word
from kg.extract.tokens import case_of, deps
from kg.types import Argument, Attribution, Extraction, Relation

__all__ = ["copula", "linking", "naming"]

_NAMED = 0.9  # that a predicative is what its object is called, where the clause is right


def copula(
    clause: Clause, subjects: list[Argument], facts: Facts, table: Rules
) -> Iterator[Extraction]:
    """*X is Y and Z*: each coordinated predicate with its subjects."""
    p = clause.predicate
    words = tuple(i for i in verb_words(p) if i != p.i)
    cop = deps(p, "cop")[0]
    relation = copula_relation(table, words, words_of(p.parse, words), cop.lemma)
    others = other_arguments(clause, table)
    more = [c for c in deps(p, "conj") if not deps(c, "nsubj", "cop") and c.pos == p.pos]
    if clause.objects and p.pos == "ADJ":
        yield from _worth(clause, subjects, relation, others, facts, table)
        return
    for head in (p, *more):
        yield from _be(head, subjects, relation, others, facts, table)


def _worth(
    clause: Clause,
    subjects: list[Argument],
    relation: Relation,
    others: list[Argument],
    facts: Facts,
    table: Rules,
) -> Iterator[Extraction]:
    """*is worth | $5 billion*: a quality with an object."""
    p = clause.predicate
    words = tuple(sorted({*relation.tokens, p.i}))
    folded = replace(relation, tokens=words, text=words_of(p.parse, words), noun=p.lemma)
    for s, o in pairs(subjects, [slot_argument(slot, table) for slot in clause.objects]):
        yield facts.extraction(s, folded, o, tuple(others), rule="copula-fold")


def linking(
    clause: Clause, subjects: list[Argument], facts: Facts, table: Rules
) -> Iterator[Extraction]:
    """*X became Y*, *X è diventata Y*."""
    relation = clause_relation(clause)
    others = other_arguments(clause, table)
    for slot in clause.predicatives:
        yield from _be(slot.head, subjects, relation, others, facts, table)


def naming(clause: Clause, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """*hailed it as a win*: the object is what the subject calls it, by the subject's own word."""
    p = clause.predicate
    if p.lemma not in table.naming or facts.negated:
        return
    speaker = slot_argument(clause.subjects[0], table)
    said = Attribution(speaker, p.i, p.lemma, words_of(p.parse, verb_words(p)))
    named = replace(facts, attribution=said, confidence=facts.confidence * _NAMED, rule="naming")
    relation = copula_relation(table)
    for slot in clause.predicatives:
        if slot.head.pos == "VERB":
            continue
        what = argument(slot.head, "predicative", table, case="")
        for slot_ in clause.objects:
            o = slot_argument(slot_, table)
            if "Reflex=Yes" in slot_.head.features:
                o = speaker  # calling themselves the National Congress
            if what.tokens and o.head != what.head:
                yield named.extraction(replace(o, role="subject", case=""), relation, what)


def _be(
    p: Word,
    subjects: list[Argument],
    relation: Relation,
    others: list[Argument],
    facts: Facts,
    table: Rules,
) -> Iterator[Extraction]:
    """*X is Y*, folded where Y is a quality with a complement: *is essential for | Z*."""
    case = case_of(p)
    if case and p.pos != "ADJ":
        relation = replace(relation, text=f"{relation.text} {case}", case=case)
        objects = [argument(p, "oblique", table)]
    elif p.pos == "VERB" and deps(p, "mark"):
        goal = clause_argument(p, "complement", table, predicate=True)
        for s in subjects:
            yield facts.extraction(s, relation, goal, rule="copula")
        return
    elif p.pos in ("ADJ", "VERB"):
        yield from _quality(p, subjects, relation, others, facts, table)
        return
    else:
        objects = [argument(p, "predicative", table, case="")]
    for s, o in pairs(subjects, objects):
        yield facts.extraction(s, relation, o, tuple(others), rule="copula")


def _quality(
    p: Word,
    subjects: list[Argument],
    relation: Relation,
    others: list[Argument],
    facts: Facts,
    table: Rules,
) -> Iterator[Extraction]:
    """*is rare*; with a complement the quality goes into the relation: *is essential for | Z*."""
    target = next(
        (a for a in others if a.role in ("oblique", "place") and not a.clause and a.case), None
    )
    if target is None:
        quality = Argument("predicative", (p.i,), p.i, p.text)
        for s in subjects:
            yield facts.extraction(s, relation, quality, tuple(others), rule="copula")
        return
    same = [a for a in others if a.case == target.case and a.role == target.role]
    degree = [c.i for c in deps(p, "advmod") if c.lemma in table.degrees and c.i < p.i]
    quality_words = words_of(p.parse, [*degree, p.i])
    folded = replace(
        relation,
        tokens=tuple(sorted({*relation.tokens, *degree, p.i})),
        text=f"{relation.text} {quality_words} {target.case}".strip(),
        noun=quality_words.lower() if degree or "Degree=Cmp" in p.features else p.lemma,
        case=target.case,
    )
    rest = tuple(a for a in others if a not in same)
    for s, o in pairs(subjects, same):
        yield facts.extraction(s, folded, o, rest, rule="copula-fold")
