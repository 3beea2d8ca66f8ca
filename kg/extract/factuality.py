"""Is it so, will it be, may it be, or is it not? Negation and modality of a predicate."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kg.extract.rules import Rules
from kg.extract.tokens import deps, feature, finite
from kg.extract.tree import base
from kg.types import Modality

__all__ = ["control", "factuality"]

_NEAR: Final = 4  # words between not and only: non è solo, is not just, non si misura più solo
_ORDER: Final[tuple[Modality, ...]] = ("asserted", "planned", "possible", "hypothetical")


def _weaker(a: Modality, b: Modality) -> Modality:
    """The one that claims less: asserted > planned > possible > hypothetical."""
    return max(a, b, key=_ORDER.index)


def factuality(predicate: Token, table: Rules) -> tuple[bool, Modality]:
    """(negated, modality) of a predicate, with what its governors say of it.

    *Toyota will invest* is planned, *plans to invest* too, *failed to invest* is negated, *if
    Toyota invests* and *would Toyota invest?* are hypothetical, *senza investire* is negated.
    """
    negated, modality = _own(predicate, table)
    inherited_negation, inherited = _inherited(predicate, table)
    return negated != inherited_negation, _weaker(modality, inherited)


def _own(p: Token, table: Rules) -> tuple[bool, Modality]:
    negated = False
    modality: Modality = "asserted"
    for c in p.children:
        lemma = c.lemma_.lower()
        if lemma in table.negations or c.lower_ in table.negations:
            negated = negated or not _not_only(c, table)
        elif (base(c.dep_) in ("nsubj", "obj") and _negative_phrase(c, table)) or (
            c.dep_ == "mark" and lemma in table.negating_marks
        ):
            negated = True
        elif c.dep_ == "mark" and lemma in table.hypothetical_marks and not _indirect_question(p):
            modality = _weaker(modality, "hypothetical")
        elif base(c.dep_) in ("aux", "cop"):
            modality = _weaker(modality, _auxiliary(c, table))
        elif c.dep_ == "advmod" and lemma in table.possible_adverbs:
            modality = _weaker(modality, "possible")
    if p.pos_ in ("VERB", "AUX"):
        modality = _weaker(modality, _mood(p, table))
    if any(base(c.dep_) == "advcl" and _conditional(c, table) for c in p.children):
        modality = _weaker(modality, "hypothetical")
    if p.dep_ == "ROOT" and p.sent.text.rstrip("\"'”’» \n").endswith("?"):
        modality = _weaker(modality, "hypothetical")
    return negated, modality


def _not_only(negation: Token, table: Rules) -> bool:
    """*not only … but also* denies nothing."""
    after = negation.doc[negation.i + 1 : negation.i + _NEAR + 1]
    return any(t.lemma_.lower() in table.not_only for t in after)


def _negative_phrase(head: Token, table: Rules) -> bool:
    if head.lemma_.lower() in table.negative_subjects:
        return True
    return any(c.lemma_.lower() in table.negative_determiners for c in deps(head, "det"))


def _auxiliary(aux: Token, table: Rules) -> Modality:
    lemma, form = aux.lemma_.lower(), aux.lower_
    if form in table.planned_auxiliaries or lemma in table.planned_auxiliaries:
        return "planned"
    if form in table.asserted_auxiliaries:
        return "asserted"
    if lemma in table.possible_auxiliaries or form in table.possible_auxiliaries:
        return "possible"
    return _mood(aux, table)


def _mood(verb: Token, table: Rules) -> Modality:
    if verb.lower_ in table.verb_forms:
        return "asserted"  # a past tense, whatever the tagger made of it
    features = set(str(verb.morph).split("|"))
    if features & table.possible_features:
        return "possible"
    return "planned" if features & table.future_features else "asserted"


def _conditional(clause: Token, table: Rules) -> bool:
    return any(c.lemma_.lower() in table.hypothetical_marks for c in deps(clause, "mark"))


def _indirect_question(p: Token) -> bool:
    return p.dep_ == "ccomp"


def _inherited(p: Token, table: Rules) -> tuple[bool, Modality]:
    """What the governor says of the clause it governs."""
    head, relation = p.head, base(p.dep_)
    if head == p:
        return False, "asserted"
    if relation == "conj":
        return _shared(p, head, table)
    if relation in ("xcomp", "ccomp") or (relation == "advcl" and control(p, table)):
        infinitive = relation == "ccomp" and not finite(p) and not deps(p, "nsubj")
        planned = infinitive and head.lemma_.lower() in table.planned_verbs
        return _governed(head, table, reported=relation == "ccomp" and not planned)
    if relation == "advcl" and not feature(p, "VerbForm", "Fin"):
        purpose = feature(p, "VerbForm", "Inf") and bool(deps(p, "mark"))
        modality = factuality(head, table)[1]
        return False, _weaker(modality, "planned") if purpose else modality
    if relation == "acl" and p.dep_ != "acl:relcl":
        first_ever = any(feature(c, "NumType", "Ord") for c in deps(head, "amod"))
        if first_ever and feature(p, "VerbForm", "Inf"):
            return False, "asserted"  # la prima donna a guidare il governo
        if feature(p, "VerbForm", "Inf") or head.lemma_.lower() in table.planned:
            return False, "planned"
    return False, "asserted"


def _shared(p: Token, first: Token, table: Rules) -> tuple[bool, Modality]:
    """A conjunct without auxiliaries or subject of its own shares those of the first."""
    if deps(p, "aux", "nsubj", "cop"):
        return False, _inherited(first, table)[1]
    if feature(p, "VerbForm", "Fin") and not deps(first, "aux"):
        return False, _inherited(first, table)[1]
    negated, modality = factuality(first, table)
    own_negation = any(c.lemma_.lower() in table.negations for c in first.children)
    return negated and not own_negation, modality


def _governed(head: Token, table: Rules, *, reported: bool) -> tuple[bool, Modality]:
    lemma = head.lemma_.lower()
    negated, modality = factuality(head, table)
    if reported and lemma in table.reporting_verbs:
        # the speaker asserts it; only doubt about the saying itself carries over
        return False, "hypothetical" if modality == "hypothetical" else "asserted"
    if lemma in table.planned_verbs or lemma in table.planned_adjectives:
        return negated, _weaker(modality, "planned")
    if lemma in table.possible_verbs or lemma in table.possible_adjectives:
        return negated, _weaker(modality, "possible")
    if lemma in table.negating_verbs:
        return not negated, modality
    # nobody knows which ants belong there: what is not known is not denied
    return negated and not reported, modality


def control(p: Token, table: Rules) -> bool:
    """True for a clause that completes its verb though it hangs there as an adverbial.

    *focuses on securing supplies*, *is designed to counter*, *impegnandosi a sostenere il Paese*.
    """
    head = p.head
    if base(p.dep_) != "advcl" or head.pos_ not in ("VERB", "ADJ") or p.i < head.i or finite(p):
        return False
    known = table.planned_verbs | table.negating_verbs | table.possible_verbs
    if head.lemma_.lower() not in known | table.planned_adjectives | table.possible_adjectives:
        passive_purpose = bool(deps(head, "aux:pass")) and feature(p, "VerbForm", "Inf")
        return passive_purpose and not deps(head, "obl:agent") and p.i - head.i <= 5
    marks = deps(p, "mark")
    return (
        len(marks) == 1
        and not deps(head, "obj")
        and marks[0].lemma_.lower() not in table.clause_marks
    )
