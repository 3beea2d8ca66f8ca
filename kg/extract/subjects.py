"""Who or what a predicate is said of: its own subject, its antecedent, or one that it shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.extract.factuality import control
from kg.extract.phrases import name_in, spread
from kg.extract.rules import Rules
from kg.extract.tokens import case_of, deps, feature, finite, is_name
from kg.extract.tree import base
from kg.types import Role

__all__ = [
    "Slot",
    "Subjects",
    "absolute_subject",
    "antecedent",
    "is_participle",
    "is_predicate",
    "is_relative",
]


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument's head, its role and preposition. ``null`` marks a subject that is not said."""

    head: Token
    role: Role
    case: str = ""
    null: bool = False


_NO_PREDICATES: Final = frozenset(("PUNCT", "DET", "ADP", "CCONJ", "SCONJ", "PART", "SPACE", ""))
_WITHIN_PHRASES: Final = frozenset("aux cop amod case compound mark fixed flat".split())


def is_predicate(token: Token) -> bool:
    """True for verbs that are no auxiliaries and for nouns and adjectives with a copula."""
    pos = token.pos_
    if pos in _NO_PREDICATES:
        return False
    if pos == "VERB" and base(token.dep_) not in _WITHIN_PHRASES:
        return True
    if pos == "AUX" and base(token.dep_) not in ("aux", "cop"):
        return bool(deps(token, "nsubj", "obl", "obj"))
    return bool(deps(token, "cop"))


def is_participle(p: Token) -> bool:
    """True for a past participle."""
    return feature(p, "VerbForm", "Part") and not feature(p, "Tense", "Pres")


class Subjects:
    """The subjects of a document's predicates, remembered, since many predicates share one."""

    def __init__(self, table: Rules) -> None:
        self.table = table
        self._known: dict[int, list[Slot]] = {}

    def of(self, p: Token) -> list[Slot]:
        """The subjects of a predicate, none where nothing says who it is said of."""
        if p.i not in self._known:
            self._known[p.i] = []  # a cycle finds nothing
            self._known[p.i] = self._find(p)
        return self._known[p.i]

    def _find(self, p: Token) -> list[Slot]:
        own = deps(p, "nsubj")
        if own:
            return _slots(antecedent(own[0], p, self.table))
        relation, head = base(p.dep_), p.head
        if relation == "acl":
            return self._modified(p, head)
        if relation == "conj":
            return self._shared(p, head)
        if relation == "xcomp" or (relation == "advcl" and control(p, self.table)):
            return self._controller(head)
        if relation in ("advcl", "ccomp") and not finite(p):
            absolute = absolute_subject(p, self.table)
            if absolute is not None:
                return _slots(absolute)
            return self.of(head) if is_predicate(head) else self._holder(head)
        if p.lemma_.lower() in self.table.impersonal or deps(p, "expl:impers", "csubj"):
            return []
        return self._null(p)

    def _null(self, p: Token) -> list[Slot]:
        """The subject that a finite verb implies where the language need not say it."""
        if not self.table.pro_drop or not finite(p):
            return []
        if any(t.lemma_.lower() in self.table.free_relatives for t in p.subtree if t.i < p.i):
            return []  # chi controllerà le miniere controllerà il mercato
        governors = deps(p.head, "nsubj") if p.head != p else []
        if any(t.lemma_.lower() in self.table.free_relatives for t in governors):
            return []
        return [Slot(p, "subject", null=True)]

    def _modified(self, p: Token, noun: Token) -> list[Slot]:
        """What a participle, infinitive or relative clause says of its noun."""
        if noun.pos_ == "ADJ" and base(noun.dep_) in ("amod", "acl", "conj"):  # capace di dialogare
            noun = noun.head
        if p.dep_ == "acl:relcl":
            return self._null(p)
        marked = feature(p, "VerbForm", "Inf") or bool(deps(p, "mark"))
        if marked and deps(noun, "cop"):
            return self.of(noun)  # non sono in grado di fornire
        if marked and noun.lemma_.lower() in self.table.planned:
            return self._holder(noun)
        if base(noun.dep_) == "obj" and noun.head.lemma_.lower() in self.table.instrument_verbs:
            return self.of(noun.head)  # used a microscope to look at cells
        if base(noun.dep_) == "appos" and feature(p, "VerbForm", "Inf"):
            noun = name_in(noun.head) or noun.head
        return _slots(noun)

    def _holder(self, noun: Token) -> list[Slot]:
        """Whose plan it is: the possessor, else the subject of the verb that has it as object."""
        for c in deps(noun, "nmod"):
            if c.dep_ == "nmod:poss" or (
                case_of(c) in self.table.possessor_cases and (is_name(c) or c.pos_ == "PROPN")
            ):
                return _slots(c)
        if base(noun.dep_) == "obj" and is_predicate(noun.head):
            return self.of(noun.head)
        return []

    def _shared(self, p: Token, first: Token) -> list[Slot]:
        """The first conjunct's subject; another, not said, where the numbers of verbs differ."""
        if not is_predicate(first):
            return self._null(p)
        shared = self.of(first)
        if self.table.pro_drop and finite(p) and not deps(p, "aux"):
            number = p.morph.get("Number", [])
            other = (deps(first, "aux") or [first])[0].morph.get("Number", [])
            if number and other and number != other:
                return self._null(p)
        return shared

    def _controller(self, head: Token) -> list[Slot]:
        """Of an infinitive: its governor's object with verbs of ordering, else its subject."""
        if head.lemma_.lower() in self.table.object_control:
            objects = deps(head, "obj", "iobj")
            if objects:
                return _slots(antecedent(objects[0], head, self.table))
        return self.of(head)


def _slots(head: Token | None) -> list[Slot]:
    return [] if head is None else [Slot(t, "subject") for t in spread(head)]


def absolute_subject(p: Token, table: Rules) -> Token | None:
    """The phrase before a participle: *con entrambi i Paesi intenzionati a ridurre*."""
    if not is_participle(p):
        return None
    return next(
        (c for c in deps(p, "obl") if c.i < p.i and case_of(c) in table.partner_cases), None
    )


def is_relative(token: Token, table: Rules) -> bool:
    """True for a relative pronoun or adverb."""
    return (
        token.pos_ in ("PRON", "DET", "SCONJ", "ADV")
        and token.lemma_.lower() in table.relative_pronouns
    )


def antecedent(token: Token, p: Token, table: Rules) -> Token | None:
    """The noun a relative pronoun stands for, else the token itself; None for a free relative."""
    if not is_relative(token, table):
        return token
    clause = p
    while base(clause.dep_) in ("conj", "xcomp", "ccomp", "aux") and clause.head != clause:
        clause = clause.head
    if clause.dep_ not in ("acl:relcl", "acl"):
        return None
    noun = clause.head
    if noun.pos_ in ("VERB", "AUX"):  # è arrivato il padre, che …: hung on the verb
        return _nominal_before(token)
    near = None if table.pro_drop else _name_before(token)
    if near is not None and near != noun and noun.is_ancestor(near):
        return near  # reliance on China, which …: the name right before the pronoun
    return _measured(noun)


def _nominal_before(pronoun: Token) -> Token | None:
    """The head of the noun phrase that ends before a relative pronoun and its comma."""
    at = pronoun.i - 1
    while at > pronoun.sent.start and pronoun.doc[at].is_punct:
        at -= 1
    word = pronoun.doc[at]
    while base(word.dep_) in ("flat", "compound", "amod", "nmod") and word.head.i < pronoun.i:
        word = word.head
    return word if word.pos_ in ("NOUN", "PROPN") else None


def _measured(noun: Token) -> Token:
    """What an amount is of, since nobody says anything of an amount.

    *un piano da 550 miliardi di dollari che prevede*: the plan foresees, not the dollars.
    """
    while deps(noun, "nummod") or (base(noun.dep_) == "nmod" and deps(noun.head, "nummod")):
        above = noun.head
        if above.pos_ == "VERB":
            objects = [k for k in deps(above, "obj", "nsubj") if k.i < noun.i]
            return objects[-1] if objects else noun
        if above == noun or above.pos_ not in ("NOUN", "PROPN"):
            break
        noun = above
    return noun


def _name_before(pronoun: Token) -> Token | None:
    """The head of the name that stands right before a relative pronoun and its comma."""
    at = pronoun.i - 1
    if at > 0 and pronoun.doc[at].text == ",":
        at -= 1
    name = pronoun.doc[at]
    while base(name.dep_) in ("flat", "compound") and name.head.ent_type_ == name.ent_type_:
        name = name.head
    return name if name.ent_type_ and name.pos_ == "PROPN" else None
