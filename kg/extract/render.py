"""Clauses rendered as extractions: the profile ``graph`` (binary, compact, one fold)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from typing import Final

from spacy.tokens import Token

from kg.extract.clauses import Clause, Slot, slot_argument
from kg.extract.phrases import argument, case_of, clause_argument, deps, feature, members, words_of
from kg.extract.rules import Rules
from kg.extract.tree import base
from kg.types import Argument, Attribution, Extraction, Modality, Relation

__all__ = ["Facts", "be", "copula_relation", "render"]

_MOST_PAIRS: Final = 16  # subjects × objects of one predicate


class Facts:
    """What holds of every extraction of a clause."""

    def __init__(
        self,
        sentence: tuple[int, int],
        negated: bool,
        modality: Modality,
        attribution: Attribution | None,
        confidence: float,
        rule: str,
    ) -> None:
        self.sentence, self.negated, self.modality = sentence, negated, modality
        self.attribution, self.confidence, self.rule = attribution, confidence, rule

    def extraction(
        self,
        subject: Argument,
        relation: Relation,
        object_: Argument | None,
        arguments: tuple[Argument, ...] = (),
        rule: str | None = None,
    ) -> Extraction:
        """An extraction with these arguments."""
        return Extraction(
            self.sentence,
            subject,
            relation,
            object_,
            arguments,
            self.negated,
            self.modality,
            self.attribution,
            round(self.confidence, 3),
            rule or self.rule,
        )


def render(clause: Clause, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """The binary facts of a clause, its other arguments as qualifiers."""
    subjects = [
        slot_argument(s, table) for slot in clause.subjects for s in _with_members(slot, table)
    ]
    if not subjects:
        return
    if clause.copular:
        yield from _copula(clause, subjects, facts, table)
        return
    if (
        clause.predicatives
        and not clause.objects
        and clause.predicate.lemma_.lower() in table.copulas
    ):
        yield from _linking(clause, subjects, facts, table)
        return
    if any(c.dep_ == "expl" and c.lower_ in table.existential for c in clause.predicate.children):
        return  # there is, c'è: says of nothing that it exists
    objects = [
        slot_argument(o, table) for slot in clause.objects for o in _with_members(slot, table)
    ]
    others = _others(clause, table)
    relation = _relation(clause, table)
    if objects:
        light = clause.predicate.lemma_.lower() in table.light
        rest = tuple(others + [slot_argument(s, table) for s in clause.predicatives])
        for s, o in _pairs(subjects, objects):
            folded = _fold(clause, s, o, rest, facts, table) if light else None
            yield folded or facts.extraction(s, relation, o, rest)
        yield from _said_of(clause, facts, table)
        return
    if clause.complement is not None and clause.complement.pos_ != "ADP":
        said = clause_argument(clause.complement, "complement", table)
        if said.tokens:
            for s in subjects[:_MOST_PAIRS]:
                yield facts.extraction(s, relation, said, tuple(others))
        return
    weighty = [
        o for o in others if o.role in ("oblique", "place", "indirect_object") and not o.clause
    ]
    if weighty:
        for s, o in _pairs(subjects, weighty):
            rest = tuple(a for a in others if (a is not o and a.role != o.role) or a.clause)
            yield facts.extraction(
                s, _with_case(relation, o, clause), replace(o, case=o.case), rest
            )
        return
    if (others and not clause.governors) or clause.predicate.dep_ in ("ROOT", "ccomp"):
        for s in subjects[:_MOST_PAIRS]:
            yield facts.extraction(
                s, relation, None, tuple(others), rule=f"{facts.rule}-intransitive"
            )


def _pairs(
    subjects: list[Argument], objects: list[Argument]
) -> Iterator[tuple[Argument, Argument]]:
    for s, o in islice(product(subjects, objects), _MOST_PAIRS):
        if s.head != o.head or not s.tokens:
            yield s, o


def _with_members(slot: Slot, table: Rules) -> list[Slot]:
    if slot.null:
        return [slot]
    found = [slot]
    for m in members(slot.head, table):
        if (
            case_of(m) not in table.predicative_cases
            or slot.head.head.lemma_.lower() not in table.naming
        ):
            found.append(Slot(m, slot.role, slot.case))
    return found


def _others(clause: Clause, table: Rules) -> list[Argument]:
    found: list[Argument] = []
    for slot in clause.obliques:
        for s in _with_members(slot, table):
            found.append(slot_argument(s, table))
    for purpose in clause.purpose:
        mark = deps(purpose, "mark")[0]
        found.append(clause_argument(purpose, "adverbial", table, case=mark.lemma_.lower()))
    return [a for a in found if a.tokens]


# -- the relation's words --------------------------------------------------------------------


def _verb_words(p: Token) -> list[int]:
    words = {p.i}
    for c in p.children:
        relation = base(c.dep_)
        if (
            relation in ("aux", "cop")
            or (c.dep_ in ("compound:prt", "expl") and c.pos_ != "PUNCT")
            or (relation == "advmod" and feature(c, "Polarity", "Neg"))
        ):
            words.add(c.i)
    return sorted(words)


def _relation(clause: Clause, table: Rules) -> Relation:
    p = clause.predicate
    words = set(_verb_words(p))
    for governor in clause.governors:
        words.update(_verb_words(governor))
        words.update(c.i for c in deps(p, "mark"))
    lemma = p.lemma_.lower()
    particles = [c.lemma_.lower() for c in deps(p, "compound:prt")]
    tokens = tuple(sorted(words))
    return Relation(
        tokens=tokens,
        text=words_of(p.doc, tokens),
        lemma=" ".join([lemma, *particles]),
        passive=clause.passive,
    )


def _with_case(relation: Relation, o: Argument, clause: Clause) -> Relation:
    if not o.case:
        return relation
    doc = clause.predicate.doc
    marks = [c.i for c in deps(doc[o.head], "case")]
    tokens = tuple(sorted({*relation.tokens, *marks}))
    return replace(relation, tokens=tokens, text=f"{relation.text} {o.case}", case=o.case)


def _fold(
    clause: Clause,
    s: Argument,
    o: Argument,
    others: tuple[Argument, ...],
    facts: Facts,
    table: Rules,
) -> Extraction | None:
    """A light verb's object goes into the relation: *had | an impact on | prices*."""
    doc = clause.predicate.doc
    noun = doc[o.head]
    inner = [
        c
        for c in deps(noun, "nmod")
        if case_of(c) and c.i > noun.i and case_of(c) not in table.member_cases
    ]
    outer = [
        a for a in others if a.role in ("oblique", "indirect_object") and not a.clause and a.case
    ]
    if noun.pos_ != "NOUN" or not (inner or outer):
        return None
    partner = [a for a in outer if doc[a.head].ent_type_ or a.case in table.partner_cases]
    if partner:
        target, edge = partner[0], len(doc)
    else:
        target = argument(inner[0], "oblique", table) if inner else outer[0]
        edge = inner[0].left_edge.i if inner else len(doc)
    head_words = tuple(i for i in o.tokens if i not in target.tokens and i < edge)
    base_relation = _relation(clause, table)
    tokens = tuple(sorted({*base_relation.tokens, *head_words}))
    relation = Relation(
        tokens=tokens,
        text=f"{words_of(doc, tokens)} {target.case}",
        lemma=base_relation.lemma,
        case=target.case,
        noun=noun.lemma_.lower(),
        passive=base_relation.passive,
    )
    rest = tuple(a for a in others if a is not target)
    return facts.extraction(s, relation, target, rest, rule="light-verb")


# -- copulas ---------------------------------------------------------------------------------


def copula_relation(
    words: tuple[int, ...], text: str, table: Rules, lemma: str | None = None
) -> Relation:
    """The relation *be* (*essere* …) of the language."""
    return Relation(words, text, lemma or table.be)


def _copula(
    clause: Clause, subjects: list[Argument], facts: Facts, table: Rules
) -> Iterator[Extraction]:
    p = clause.predicate
    words = tuple(i for i in _verb_words(p) if i != p.i)
    cop = deps(p, "cop")[0]
    relation = copula_relation(words, words_of(p.doc, words), table, cop.lemma_.lower())
    others = _others(clause, table)
    for head in [
        p,
        *(c for c in deps(p, "conj") if not deps(c, "nsubj", "cop") and c.pos_ == p.pos_),
    ]:
        yield from be(head, subjects, relation, others, facts, table)


def be(
    p: Token,
    subjects: list[Argument],
    relation: Relation,
    others: list[Argument],
    facts: Facts,
    table: Rules,
) -> Iterator[Extraction]:
    """*X is Y*, folded where Y is a role or quality with a complement: *is essential for | Z*."""
    case = case_of(p)
    if case and p.pos_ != "ADJ":
        target = argument(p, "oblique", table)
        relation = replace(relation, text=f"{relation.text} {case}", case=case)
        for s, o in _pairs(subjects, [target]):
            yield facts.extraction(s, relation, o, tuple(others), rule="copula")
        return
    if p.pos_ == "VERB" and deps(p, "mark"):
        for s in subjects:
            yield facts.extraction(
                s,
                relation,
                clause_argument(p, "complement", table, predicate=True),
                (),
                rule="copula",
            )
        return
    if p.pos_ == "ADJ" or p.pos_ == "VERB":
        targets = [a for a in others if a.role in ("oblique", "place") and not a.clause and a.case]
        for target in targets[:1]:
            with_case = [a for a in others if a.case == target.case and a.role == target.role]
            folded = replace(
                relation,
                tokens=tuple(sorted({*relation.tokens, p.i})),
                text=f"{relation.text} {p.text} {target.case}".strip(),
                noun=p.lemma_.lower(),
                case=target.case,
            )
            rest = tuple(a for a in others if a not in with_case)
            for s, o in _pairs(subjects, with_case):
                yield facts.extraction(s, folded, o, rest, rule="copula-fold")
        if targets:
            return
        quality = Argument("predicative", (p.i,), p.i, p.text)
        for s in subjects:
            yield facts.extraction(s, relation, quality, tuple(others), rule="copula")
        return
    role = argument(p, "predicative", table, case="")
    for s, o in _pairs(subjects, [role]):
        yield facts.extraction(s, relation, o, tuple(others), rule="copula")


def _linking(
    clause: Clause, subjects: list[Argument], facts: Facts, table: Rules
) -> Iterator[Extraction]:
    relation = _relation(clause, table)
    others = _others(clause, table)
    for slot in clause.predicatives:
        yield from be(slot.head, subjects, relation, others, facts, table)


def _said_of(clause: Clause, facts: Facts, table: Rules) -> Iterator[Extraction]:
    """*hailed it as a win*: the object is what the subject calls it, by the subject's own word."""
    p = clause.predicate
    if p.lemma_.lower() not in table.naming or facts.negated:
        return
    speaker = slot_argument(clause.subjects[0], table)
    verbs = tuple(_verb_words(p))
    said = Attribution(speaker, p.i, p.lemma_.lower(), words_of(p.doc, verbs))
    inner = Facts(facts.sentence, False, facts.modality, said, facts.confidence - 0.1, "naming")
    relation = copula_relation((), table.is_, table)
    for slot in clause.predicatives:
        if not slot.head.pos_ == "VERB":
            objects = [slot_argument(o, table) for o in clause.objects]
            yield from be_named(slot, objects, relation, inner, table)


def be_named(
    slot: Slot, objects: list[Argument], relation: Relation, facts: Facts, table: Rules
) -> Iterator[Extraction]:
    """The object of a naming verb is its predicative."""
    named = argument(slot.head, "predicative", table, case="")
    for o in objects:
        if named.tokens and o.head != named.head:
            yield facts.extraction(replace(o, role="subject", case=""), relation, named)
