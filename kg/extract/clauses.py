"""Clauses: who does what to whom. Subjects, objects and obliques of a predicate over UD."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract.factuality import control
from kg.extract.phrases import (
    argument,
    case_of,
    conjuncts,
    deps,
    feature,
    finite,
    is_adjunct,
    is_name,
    is_place,
    is_time,
    name_in,
)
from kg.extract.rules import Rules
from kg.extract.tree import base
from kg.types import Argument, Role

__all__ = ["Clause", "Clauses", "Slot", "is_predicate", "slot_argument"]


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument's head, its role and preposition. ``null`` marks a subject that is not said."""

    head: Token
    role: Role
    case: str = ""
    null: bool = False


@dataclass(slots=True)
class Clause:
    """One predicate with everything it governs, each coordination spread out."""

    predicate: Token
    copular: bool = False
    passive: bool = False
    subjects: list[Slot] = field(default_factory=list)
    objects: list[Slot] = field(default_factory=list)
    obliques: list[Slot] = field(default_factory=list)
    predicatives: list[Slot] = field(default_factory=list)
    complement: Token | None = None
    purpose: list[Token] = field(default_factory=list)
    governors: list[Token] = field(default_factory=list)
    """Control verbs above, outermost first: *seeks* in *seeks to diversify*."""


def is_predicate(token: Token) -> bool:
    """True for verbs that are no auxiliaries and for nouns and adjectives with a copula."""
    if token.pos_ == "VERB" and base(token.dep_) not in (
        "aux",
        "cop",
        "amod",
        "case",
        "compound",
        "mark",
        "fixed",
        "flat",
    ):
        return True
    if token.pos_ == "AUX" and base(token.dep_) not in ("aux", "cop"):
        return bool(deps(token, "nsubj", "obl", "obj"))
    return bool(deps(token, "cop"))


class Clauses:
    """The clauses of one sentence; subjects are remembered, since many predicates share one."""

    def __init__(self, table: Rules) -> None:
        self.table = table
        self._subjects: dict[int, list[Slot]] = {}

    def clause(self, p: Token) -> Clause:
        """The clause of a predicate."""
        made = Clause(p, copular=bool(deps(p, "cop")), passive=self._is_passive(p))
        made.subjects = self.subjects(p)
        self._objects(p, made)
        self._obliques(p, made)
        self._complements(p, made)
        made.governors = self._governors(p)
        if made.passive:
            agents = [s for s in made.obliques if self._is_agent(s, p)]
            if agents:
                made.obliques = [s for s in made.obliques if s not in agents]
                made.objects = [Slot(s.head, "object", null=s.null) for s in made.subjects]
                made.subjects = [Slot(s.head, "subject") for s in agents]
                made.passive = False
        return made

    # -- voice -----------------------------------------------------------------------------

    def _is_passive(self, p: Token) -> bool:
        if p.lemma_.lower() in self.table.intransitive:
            return False  # il putter appartenuto ad Abe: a participle without a passive
        if deps(p, "aux:pass", "nsubj:pass"):
            return True
        if p.pos_ != "VERB" or not _participle(p) or deps(p, "aux", "cop"):
            return False
        if p.dep_ in ("acl", "advcl", "amod"):
            return not deps(p, "obj")
        return base(p.dep_) == "conj" and not deps(p, "nsubj") and self._is_passive(p.head)

    def _is_agent(self, slot: Slot, p: Token) -> bool:
        if slot.head.dep_ == "obl:agent":
            return True
        case = slot.case
        return (
            case in self.table.agent_cases and case != "from" and not is_time(slot.head, self.table)
        )

    # -- subjects --------------------------------------------------------------------------

    def subjects(self, p: Token) -> list[Slot]:
        """The subjects of a predicate: its own, its antecedent, or the one it shares."""
        if p.i not in self._subjects:
            self._subjects[p.i] = []  # a cycle finds nothing
            self._subjects[p.i] = self._find_subjects(p)
        return self._subjects[p.i]

    def _find_subjects(self, p: Token) -> list[Slot]:
        own = deps(p, "nsubj")
        if own:
            head = self.antecedent(own[0], p)
            return [] if head is None else [Slot(t, "subject") for t in self.spread(head)]
        relation, head = base(p.dep_), p.head
        if relation == "acl":
            return self._modified(p, head)
        if relation == "conj":
            return self._shared(p, head)
        if relation == "xcomp" or (relation == "advcl" and control(p, self.table)):
            return self._controller(head)
        if relation in ("advcl", "ccomp") and not finite(p):
            absolute = self._absolute(p)
            if absolute:
                return absolute
            return self.subjects(head) if is_predicate(head) else self._holder(head)
        if p.lemma_.lower() in self.table.impersonal:
            return []
        if self.table.pro_drop and finite(p) and not deps(p, "expl:impers", "csubj"):
            return [Slot(p, "subject", null=True)]
        return []

    def _modified(self, p: Token, noun: Token) -> list[Slot]:
        """What a participle, infinitive or relative clause says of its noun."""
        if noun.pos_ == "ADJ" and base(noun.dep_) in ("amod", "acl", "conj"):  # capace di dialogare
            noun = noun.head
        if p.dep_ == "acl:relcl":
            if self.table.pro_drop and finite(p):
                return [Slot(p, "subject", null=True)]
            return []
        marked = feature(p, "VerbForm", "Inf") or bool(deps(p, "mark"))
        if marked and noun.lemma_.lower() in self.table.planned:
            return self._holder(noun)
        if base(noun.dep_) == "appos" and feature(p, "VerbForm", "Inf"):
            noun = name_in(noun.head) or noun.head
        return [Slot(t, "subject") for t in self.spread(noun)]

    def _holder(self, noun: Token) -> list[Slot]:
        """Whose plan it is: the possessor, else the subject of the verb that has the noun as object."""
        for c in deps(noun, "nmod"):
            if c.dep_ == "nmod:poss" or (
                case_of(c) in self.table.possessor_cases and (is_name(c) or c.pos_ == "PROPN")
            ):
                return [Slot(t, "subject") for t in self.spread(c)]
        if base(noun.dep_) == "obj" and is_predicate(noun.head):
            return self.subjects(noun.head)
        return []

    def _shared(self, p: Token, first: Token) -> list[Slot]:
        if not is_predicate(first):
            return [Slot(p, "subject", null=True)] if self.table.pro_drop and finite(p) else []
        shared = self.subjects(first)
        if self.table.pro_drop and finite(p) and not deps(p, "aux"):
            number = p.morph.get("Number", [])
            other = (deps(first, "aux") or [first])[0].morph.get("Number", [])
            if number and other and number != other:
                return [Slot(p, "subject", null=True)]
        return shared

    def _controller(self, head: Token) -> list[Slot]:
        """The subject of an infinitive: its governor's object with verbs of ordering, else its subject."""
        if head.lemma_.lower() in self.table.object_control:
            objects = deps(head, "obj", "iobj")
            if objects:
                top = self.antecedent(objects[0], head)
                return [] if top is None else [Slot(t, "subject") for t in self.spread(top)]
        return self.subjects(head)

    def _absolute(self, p: Token) -> list[Slot]:
        """*con entrambi i Paesi intenzionati a ridurre*: the phrase before the participle is its subject."""
        for c in deps(p, "obl"):
            if _participle(p) and c.i < p.i and case_of(c) in self.table.partner_cases:
                return [Slot(t, "subject") for t in self.spread(c)]
        return []

    def antecedent(self, token: Token, p: Token) -> Token | None:
        """The noun a relative pronoun stands for, else the token itself; None for a free relative."""
        if not self._relative(token):
            return token
        clause = p
        while base(clause.dep_) in ("conj", "xcomp", "ccomp", "aux") and clause.head != clause:
            clause = clause.head
        if clause.dep_ not in ("acl:relcl", "acl"):
            return None
        noun = clause.head
        near = None if self.table.pro_drop else _before(token)
        if near is not None and near != noun and noun.is_ancestor(near):
            return near  # reliance on China, which …: the name right before the pronoun
        # nobody says anything of an amount: *un piano da 550 miliardi di dollari che prevede*
        while deps(noun, "nummod") or (base(noun.dep_) == "nmod" and deps(noun.head, "nummod")):
            above = noun.head
            if above.pos_ == "VERB":
                objects = [k for k in deps(above, "obj", "nsubj") if k.i < noun.i]
                return objects[-1] if objects else noun
            if above == noun or above.pos_ not in ("NOUN", "PROPN"):
                break
            noun = above
        return noun

    def _relative(self, token: Token) -> bool:
        return (
            token.pos_ in ("PRON", "DET", "SCONJ", "ADV")
            and token.lemma_.lower() in self.table.relative_pronouns
        )

    def spread(self, head: Token) -> list[Token]:
        """The conjuncts of a phrase; a name takes the place of the role before it."""
        return [name_in(t) or t for t in conjuncts(head)]

    # -- objects and obliques --------------------------------------------------------------

    def _objects(self, p: Token, made: Clause) -> None:
        for c in deps(p, "obj"):
            if c.dep_ == "expl" or (case_of(c) and case_of(c) in self.table.member_cases):
                continue
            head = self.antecedent(c, p)
            if head is not None:
                made.objects += [Slot(t, "object") for t in self.spread(head)]
        for c in deps(p, "iobj"):
            head = self.antecedent(c, p)
            if head is not None:
                made.obliques += [Slot(t, "indirect_object", "to") for t in self.spread(head)]
        gap = p.dep_ == "acl:relcl" and not made.objects and not made.passive and not made.copular
        if gap and not any(self._relative(t) for t in p.subtree if t.i < p.i) and deps(p, "nsubj"):
            made.objects = [Slot(t, "object") for t in self.spread(p.head)]

    def _obliques(self, p: Token, made: Clause) -> None:
        for c in deps(p, "obl", "nmod") if p.pos_ in ("VERB", "AUX") or made.copular else []:
            if base(c.dep_) == "nmod" and (
                made.copular and p.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET")
            ):
                continue
            if c.pos_ in ("ADP", "PUNCT", "PART") or c.lemma_.lower() in self.table.filler_objects:
                continue
            c, case = self._unfold(c)
            head = self.antecedent(c, p)
            if head is None or self._is_subject_of_absolute(c, p):
                continue
            role = self.role(c, case)
            if not case and role == "oblique":
                continue
            if case in self.table.predicative_cases and made.objects:
                made.predicatives.append(Slot(c, "predicative", case))
                continue
            if head.pos_ == "ADJ" and not deps(head, "det"):
                continue
            first, *more = self.spread(head)
            made.obliques.append(Slot(first, role, case))
            made.obliques += [Slot(t, role, case_of(t) or case) for t in more if t.pos_ != "ADJ"]
        for c in deps(p, "advmod"):
            if c.lemma_.lower() in self.table.time_nouns:
                made.obliques.append(Slot(c, "time"))
            for k in deps(c, "nmod", "obl"):  # ahead of the election
                if case_of(k):
                    made.obliques.append(
                        Slot(k, self.role(k, case_of(k)), f"{c.lemma_.lower()} {case_of(k)}")
                    )
        for slot in made.objects:
            for c in deps(slot.head, "nmod"):
                if (
                    case_of(c) in self.table.predicative_cases
                    and p.lemma_.lower() in self.table.naming
                ):
                    made.predicatives.append(Slot(c, "predicative", case_of(c)))
                    continue
                if is_adjunct(c, self.table) and not deps(slot.head, "cop"):
                    role = self.role(c, case_of(c))
                    made.obliques += [
                        Slot(t, role, case_of(t) or case_of(c)) for t in self.spread(c)
                    ]
        made.obliques.sort(key=lambda s: s.head.i)

    def _unfold(self, c: Token) -> tuple[Token, str]:
        """*nel corso di un incontro* is *durante* a meeting: the noun is part of the preposition."""
        instead = self.table.preposition_nouns.get(c.lemma_.lower())
        inner = [k for k in deps(c, "nmod") if case_of(k) and k.i > c.i]
        if instead and inner and case_of(c) and not deps(c, "amod", "det:poss", "nmod:poss"):
            return inner[0], instead
        return c, case_of(c)

    def _is_subject_of_absolute(self, c: Token, p: Token) -> bool:
        return base(p.dep_) == "advcl" and any(s.head == c for s in self._absolute(p))

    def role(self, token: Token, case: str) -> Role:
        """Time, place or any other oblique."""
        if is_time(token, self.table):
            return "time"
        if is_place(token) and case in self.table.place_cases:
            return "place"
        return "oblique"

    # -- complements -----------------------------------------------------------------------

    def _complements(self, p: Token, made: Clause) -> None:
        for c in deps(p, "ccomp"):
            if finite(c) or p.lemma_.lower() not in self.table.planned_verbs:
                made.complement = made.complement or c
        for c in deps(p, "xcomp"):
            if c.pos_ in ("NOUN", "PROPN", "ADJ", "PRON") and not deps(c, "mark", "cop"):
                made.predicatives.append(Slot(c, "predicative", case_of(c)))
        for c in deps(p, "advcl"):
            if feature(c, "VerbForm", "Inf") and deps(c, "mark") and not control(c, self.table):
                made.purpose.append(c)

    def _governors(self, p: Token) -> list[Token]:
        chain: list[Token] = []
        at = p
        while (
            base(at.dep_) in ("xcomp", "conj")
            or control(at, self.table)
            or _planned_complement(at, self.table)
        ):
            if base(at.dep_) == "conj":
                if deps(at, "nsubj", "aux", "mark") or finite(at):
                    break
            elif at.head.pos_ in ("VERB", "ADJ", "AUX"):
                chain.insert(0, at.head)
            at = at.head
        return chain


def slot_argument(slot: Slot, table: Rules) -> Argument:
    """A slot as an argument; a subject that is not said has no words."""
    if slot.null:
        return Argument(slot.role, (), slot.head.i, "")
    return argument(slot.head, slot.role, table, case=slot.case)


def _before(pronoun: Token) -> Token | None:
    """The head of the name that stands right before a relative pronoun and its comma."""
    at = pronoun.i - 1
    if at > 0 and pronoun.doc[at].text == ",":
        at -= 1
    name = pronoun.doc[at]
    while base(name.dep_) in ("flat", "compound") and name.head.ent_type_ == name.ent_type_:
        name = name.head
    return name if name.ent_type_ and name.pos_ == "PROPN" else None


def _planned_complement(p: Token, table: Rules) -> bool:
    """*prevede di portare*: an infinitive that completes a verb of planning, whatever its label."""
    return p.dep_ == "ccomp" and not finite(p) and p.head.lemma_.lower() in table.planned_verbs


def _participle(p: Token) -> bool:
    return feature(p, "VerbForm", "Part") and not feature(p, "Tense", "Pres")
