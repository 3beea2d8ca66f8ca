"""Who or what a predicate is said of: its own subject, its antecedent, or one that it shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.extract.factuality import control
from kg.extract.phrases import name_in, spread
from kg.extract.rules import Rules
from kg.extract.sentence import Word
from kg.extract.tokens import case_of, deps, feature, finite, is_name
from kg.lang.lexicon import lexicon
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

    head: Word
    role: Role
    case: str = ""
    null: bool = False


_NO_PREDICATES: Final = frozenset(("PUNCT", "DET", "ADP", "CCONJ", "SCONJ", "PART", "SPACE", ""))
_EVENTS: Final = frozenset({"noun.act", "noun.communication", "noun.event"})
_MEANS: Final = frozenset(
    f"noun.{kind}"
    for kind in ("attribute", "cognition", "communication", "possession", "state", "time")
)
"""What somebody has to do something with does not do it."""
_NUMBERS: Final = ("Number=Sing", "Number=Plur")
_WITHIN_PHRASES: Final = frozenset("aux cop amod case compound mark fixed flat".split())


def is_predicate(token: Word) -> bool:
    """True for verbs that are no auxiliaries and for nouns and adjectives with a copula."""
    pos = token.pos
    if pos in _NO_PREDICATES:
        return False
    if pos == "VERB" and token.relation not in _WITHIN_PHRASES:
        return True
    if pos == "AUX" and token.relation not in ("aux", "cop"):
        return bool(deps(token, "nsubj", "obl", "obj"))
    return bool(deps(token, "cop"))


def is_participle(p: Word) -> bool:
    """True for a past participle."""
    return feature(p, "VerbForm", "Part") and not feature(p, "Tense", "Pres")


class Subjects:
    """The subjects of a document's predicates, remembered, since many predicates share one."""

    def __init__(self, table: Rules) -> None:
        self.table = table
        self._known: dict[int, list[Slot]] = {}

    def of(self, p: Word) -> list[Slot]:
        """The subjects of a predicate, none where nothing says who it is said of."""
        if p.i not in self._known:
            self._known[p.i] = []  # a cycle finds nothing
            self._known[p.i] = self._find(p)
        return self._known[p.i]

    def _find(self, p: Word) -> list[Slot]:
        own = deps(p, "nsubj")
        if own:
            return _slots(antecedent(own[0], p, self.table))
        relation, head = p.relation, p.head
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
            if p.lemma in self.table.event_verbs and head.i < p.i and not deps(p, "mark"):
                return _slots(_event(head, self.table)) or self.of(head)
            return self.of(head) if is_predicate(head) else self._holder(head)
        if p.lemma in self.table.impersonal or deps(p, "expl:impers", "csubj"):
            return []
        return self._null(p)

    def _null(self, p: Word) -> list[Slot]:
        """The subject that a finite verb implies where the language need not say it."""
        if not self.table.pro_drop or not finite(p):
            return []
        if any(t.lemma in self.table.free_relatives for t in p.subtree if t.i < p.i):
            return []  # chi controllerà le miniere controllerà il mercato
        governors = deps(p.head, "nsubj") if p.head != p else []
        if any(t.lemma in self.table.free_relatives for t in governors):
            return []
        return [Slot(p, "subject", null=True)]

    def _modified(self, p: Word, noun: Word) -> list[Slot]:
        """What a participle, infinitive or relative clause says of its noun."""
        if noun.pos == "ADJ" and noun.relation in ("amod", "acl", "conj"):  # capace di dialogare
            noun = noun.head
        if p.dep == "acl:relcl":
            return self._null(p)
        marked = feature(p, "VerbForm", "Inf") or bool(deps(p, "mark"))
        doer = self._doer(p, noun, marked=marked)
        if doer is not None:
            return self.of(doer)
        if marked and noun.lemma in self.table.planned:
            return self._holder(noun)
        if noun.relation == "appos" and feature(p, "VerbForm", "Inf"):
            noun = name_in(noun.head) or noun.head
        return _slots(noun)

    def _doer(self, p: Word, noun: Word, *, marked: bool) -> Word | None:
        """The predicate whose subjects do what the clause ``p`` says, where the noun does not."""
        verb, known = noun.head, self.table
        if marked and noun.dep == "obl:agent" and verb.lemma in known.object_control:
            return verb  # the army was ordered by the general to leave
        if marked and deps(noun, "cop"):
            return noun  # non sono in grado di fornire
        if noun.relation == "obj" and verb.lemma in known.instrument_verbs:
            return verb  # used a microscope to look at cells
        if p.lemma in known.instrument_verbs and not finite(p) and not is_participle(p):
            return verb if noun.relation in ("obj", "obl") and is_predicate(verb) else None
        if marked and noun.relation == "obj" and verb.lemma in known.having_verbs:
            means = lexicon().supersense(noun.lemma, "n", known.language) in _MEANS
            return verb if means and noun.lemma not in known.planned else None
        return None

    def _holder(self, noun: Word) -> list[Slot]:
        """Whose plan it is: the possessor, else the subject of the verb that has it as object."""
        for c in deps(noun, "nmod"):
            if c.dep == "nmod:poss" or (
                case_of(c) in self.table.possessor_cases and (is_name(c) or c.pos == "PROPN")
            ):
                return _slots(c)
        if noun.relation == "obj" and is_predicate(noun.head):
            return self.of(noun.head)
        return []

    def _shared(self, p: Word, first: Word) -> list[Slot]:
        """The first conjunct's subject; another, not said, where the numbers of verbs differ."""
        if not is_predicate(first):
            return self._null(p)
        shared = self.of(first)
        if self.table.pro_drop and finite(p) and not deps(p, "aux"):
            number = _numbers(p)
            other = _numbers((deps(first, "aux") or [first])[0])
            if number and other and number != other:
                return self._null(p)
        return shared

    def _controller(self, head: Word) -> list[Slot]:
        """Of an infinitive: its governor's object with verbs of ordering, else its subject."""
        if head.lemma in self.table.object_control:
            objects = deps(head, "obj", "iobj") or [
                c for c in deps(head, "obl") if case_of(c) in self.table.recipient_cases
            ]  # ha ordinato all'esercito di partire
            if objects:
                return _slots(antecedent(objects[0], head, self.table))
        return self.of(head)


def _numbers(word: Word) -> list[str]:
    return [number for number in _NUMBERS if number in word.features]


def _slots(head: Word | None) -> list[Slot]:
    return [] if head is None else [Slot(t, "subject") for t in spread(head)]


def _event(verb: Word, table: Rules) -> Word | None:
    """What came about by a deed: *signed an agreement, marking a shift*: the agreement marks it."""
    for noun in deps(verb, "obj", "nsubj:pass"):
        if lexicon().supersense(noun.lemma, "n", table.language) in _EVENTS:
            return noun
    return None


def absolute_subject(p: Word, table: Rules) -> Word | None:
    """The phrase before a participle: *con entrambi i Paesi intenzionati a ridurre*."""
    if not is_participle(p):
        return None
    return next(
        (c for c in deps(p, "obl") if c.i < p.i and case_of(c) in table.partner_cases), None
    )


def is_relative(token: Word, table: Rules) -> bool:
    """True for a relative pronoun or adverb; *that* which points at something is none."""
    known = token.pos in ("PRON", "DET", "SCONJ", "ADV") and token.lemma in table.relative_pronouns
    return known and "PronType=Dem" not in token.features


def antecedent(token: Word, p: Word, table: Rules) -> Word | None:
    """The noun a relative pronoun stands for, else the token itself; None for a free relative."""
    if not is_relative(token, table):
        return token
    clause = p
    while clause.relation in ("conj", "xcomp", "ccomp", "aux") and clause.head != clause:
        clause = clause.head
    if clause.dep not in ("acl:relcl", "acl"):
        return None
    noun = clause.head
    if noun.pos in ("VERB", "AUX"):  # è arrivato il padre, che …: hung on the verb
        return _nominal_before(token)
    near = None if table.pro_drop else _name_before(token)
    person = token.lower in table.personal_relatives
    if near is not None and is_name(near) != person:
        near = None  # a feud with Hall, which …
    if near is not None and near != noun and noun.is_ancestor(near):
        return near  # reliance on China, which …: the name right before the pronoun
    return _measured(noun)


def _nominal_before(pronoun: Word) -> Word | None:
    """The head of the noun phrase that ends before a relative pronoun and its comma."""
    at = pronoun.i - 1
    while at > pronoun.sentence.start and pronoun.parse[at].is_punct:
        at -= 1
    word = pronoun.parse[at]
    while word.relation in ("flat", "compound", "amod", "nmod") and word.head.i < pronoun.i:
        word = word.head
    return word if word.pos in ("NOUN", "PROPN") else None


def _measured(noun: Word) -> Word:
    """What an amount is of, since nobody says anything of an amount.

    *un piano da 550 miliardi di dollari che prevede*: the plan foresees, not the dollars.
    """
    while deps(noun, "nummod") or (noun.relation == "nmod" and deps(noun.head, "nummod")):
        above = noun.head
        if above.pos == "VERB":
            objects = [k for k in deps(above, "obj", "nsubj") if k.i < noun.i]
            return objects[-1] if objects else noun
        if above == noun or above.pos not in ("NOUN", "PROPN"):
            break
        noun = above
    return noun


def _name_before(pronoun: Word) -> Word | None:
    """The head of the name that stands right before a relative pronoun and its comma."""
    at = pronoun.i - 1
    if at > 0 and pronoun.parse[at].text == ",":
        at -= 1
    name = pronoun.parse[at]
    while name.relation in ("flat", "compound") and name.head.entity == name.entity:
        name = name.head
    return name if name.entity and name.pos == "PROPN" else None
