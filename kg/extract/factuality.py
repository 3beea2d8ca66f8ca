"""Is it so, will it be, may it be, or is it not? Negation and modality of a predicate."""

from __future__ import annotations

from typing import Final

from kg.extract.rules import Rules
from kg.extract.sentence import Word
from kg.extract.tokens import deps, feature, finite
from kg.types import Modality

__all__ = ["control", "factuality", "is_not_only", "is_quoting"]

_NEAR: Final = 4  # words between not and only: non è solo, is not just, non si misura più solo
_ORDER: Final[tuple[Modality, ...]] = ("asserted", "planned", "possible", "hypothetical")


def _weaker(a: Modality, b: Modality) -> Modality:
    """The one that claims less: asserted > planned > possible > hypothetical."""
    return a if _ORDER.index(a) >= _ORDER.index(b) else b


def factuality(predicate: Word, table: Rules) -> tuple[bool, Modality]:
    """(negated, modality) of a predicate, with what its governors say of it.

    *Toyota will invest* is planned, *plans to invest* too, *failed to invest* is negated, *if
    Toyota invests*, *whether it invests* and *would it invest?* are hypothetical, *senza investire*
    and *denied that it invests* are negated (the latter by who denies it).
    """
    negated, modality = _own(predicate, table)
    inherited_negation, inherited = _inherited(predicate, table)
    return negated != inherited_negation, _weaker(modality, inherited)


def _own(p: Word, table: Rules) -> tuple[bool, Modality]:
    negated = False
    modality: Modality = "asserted"
    for c in p.children:
        lemma = c.lemma
        if lemma in table.negations or c.lower in table.negations:
            negated = negated or not is_not_only(c, table)
        elif (c.relation in ("nsubj", "obj") and _negative_phrase(c, table)) or (
            c.dep == "mark" and lemma in table.negating_marks
        ):
            negated = True
        elif c.dep == "mark" and lemma in table.hypothetical_marks:
            modality = _weaker(modality, "hypothetical")
        elif c.relation in ("aux", "cop"):
            modality = _weaker(modality, _auxiliary(c, table))
        elif c.dep == "advmod" and lemma in table.possible_adverbs:
            modality = _weaker(modality, "possible")
    if p.pos in ("VERB", "AUX"):
        modality = _weaker(modality, _mood(p, table))
    if any(c.relation == "advcl" and _conditional(c, table) for c in p.children):
        modality = _weaker(modality, "hypothetical")
    if p.dep == "ROOT" and p.sentence.text.rstrip("\"'”’» \n").endswith("?"):
        modality = _weaker(modality, "hypothetical")
    return negated, modality


def is_not_only(negation: Word, table: Rules) -> bool:
    """*not only … but also* denies nothing."""
    after = negation.parse[negation.i + 1 : negation.i + _NEAR + 1]
    return any(t.lemma in table.not_only for t in after)


def _negative_phrase(head: Word, table: Rules) -> bool:
    if head.lemma in table.negative_subjects:
        return True
    return any(c.lower in table.negative_determiners for c in deps(head, "det", "cc:preconj"))


def _auxiliary(aux: Word, table: Rules) -> Modality:
    lemma, form = aux.lemma, aux.lower
    if form in table.planned_auxiliaries or lemma in table.planned_auxiliaries:
        return "planned"
    if form in table.asserted_auxiliaries:
        return "asserted"
    if lemma in table.possible_auxiliaries or form in table.possible_auxiliaries:
        return "possible"
    return _mood(aux, table)


def _mood(verb: Word, table: Rules) -> Modality:
    if verb.lower in table.verb_forms:
        return "asserted"  # a past tense, whatever the tagger made of it
    if verb.features & table.possible_features:
        return "possible"
    return "planned" if verb.features & table.future_features else "asserted"


def _conditional(clause: Word, table: Rules) -> bool:
    return any(c.lemma in table.hypothetical_marks for c in deps(clause, "mark"))


def _inherited(p: Word, table: Rules) -> tuple[bool, Modality]:
    """What the governor says of the clause it governs."""
    head, relation = p.head, p.relation
    if head == p:
        return False, "asserted"
    if relation == "conj":
        return _shared(p, head, table)
    if relation in ("xcomp", "ccomp") or (relation == "advcl" and control(p, table)):
        infinitive = relation == "ccomp" and not finite(p) and not deps(p, "nsubj")
        planned = infinitive and head.lemma in table.planned_verbs
        return _governed(head, table, reported=relation == "ccomp" and not planned)
    if relation == "advcl" and not feature(p, "VerbForm", "Fin"):
        purpose = feature(p, "VerbForm", "Inf") and not deps(p, "aux") and _is_goal(p, table)
        modality = factuality(head, table)[1]
        return False, _weaker(modality, "planned") if purpose else modality
    if relation == "acl" and p.dep != "acl:relcl":
        first_ever = any(feature(c, "NumType", "Ord") for c in deps(head, "amod"))
        if first_ever and feature(p, "VerbForm", "Inf"):
            return False, "asserted"  # la prima donna a guidare il governo
        if feature(p, "VerbForm", "Inf") or head.lemma in table.planned:
            return False, "planned"
    return False, "asserted"


def _is_goal(p: Word, table: Rules) -> bool:
    """*to sign*, *per firmare*; not *senza firmare*, *dopo aver firmato*."""
    return any(c.lemma in table.purpose_marks for c in deps(p, "mark"))


def _shared(p: Word, first: Word, table: Rules) -> tuple[bool, Modality]:
    """A conjunct without auxiliaries or subject of its own shares those of the first."""
    if deps(p, "aux", "nsubj", "cop"):
        return False, _inherited(first, table)[1]
    if feature(p, "VerbForm", "Fin") and not deps(first, "aux"):
        return False, _inherited(first, table)[1]
    negated, modality = factuality(first, table)
    own_negation = any(c.lemma in table.negations for c in first.children)
    return negated and not own_negation, modality


def _governed(head: Word, table: Rules, *, reported: bool) -> tuple[bool, Modality]:
    lemma = head.lemma
    negated, modality = factuality(head, table)
    if lemma in table.denying_verbs:
        return not negated, "possible" if negated else "asserted"
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


def control(p: Word, table: Rules) -> bool:
    """True for a clause that completes its verb though it hangs there as an adverbial.

    *focuses on securing supplies*, *is designed to counter*, *impegnandosi a sostenere il Paese*.
    """
    head = p.head
    if p.relation != "advcl" or head.pos not in ("VERB", "ADJ") or p.i < head.i or finite(p):
        return False
    known = table.planned_verbs | table.negating_verbs | table.possible_verbs
    if head.lemma not in known | table.planned_adjectives | table.possible_adjectives:
        passive_purpose = bool(deps(head, "aux:pass")) and feature(p, "VerbForm", "Inf")
        return passive_purpose and not deps(head, "obl:agent") and p.i - head.i <= 5
    marks = deps(p, "mark")
    return len(marks) == 1 and not deps(head, "obj") and marks[0].lemma not in table.clause_marks


def is_quoting(p: Word, table: Rules) -> bool:
    """True for a verb of saying that hangs under what is said: *“…”, he said*."""
    reporting = p.relation == "parataxis" and p.pos == "VERB" and p.lemma in table.reporting_verbs
    said = p.head.pos == "VERB" or bool(deps(p.head, "cop", "nsubj"))
    return reporting and said and bool(deps(p, "nsubj")) and not deps(p, "ccomp", "obj", "mark")
