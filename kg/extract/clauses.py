"""Clauses: who does what to whom. Subjects, objects and obliques of a predicate over UD."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.extract.factuality import control, is_quoting
from kg.extract.names import is_role_noun
from kg.extract.phrases import is_adjunct, spread
from kg.extract.rules import Rules
from kg.extract.sentence import Word
from kg.extract.subjects import (
    Slot,
    Subjects,
    absolute_subject,
    antecedent,
    is_participle,
    is_relative,
)
from kg.extract.tokens import case_of, deps, feature, finite, is_place, is_share, is_time
from kg.types import Role

_REFERRED: Final = frozenset({"obj", "nsubj", "obl", "conj"})  # what a clitic may stand for

__all__ = ["Clause", "Clauses", "role_of"]


@dataclass(slots=True)
class Clause:
    """One predicate with everything it governs, each coordination spread out."""

    predicate: Word
    copular: bool = False
    passive: bool = False
    subjects: list[Slot] = field(default_factory=list)
    objects: list[Slot] = field(default_factory=list)
    obliques: list[Slot] = field(default_factory=list)
    predicatives: list[Slot] = field(default_factory=list)
    complement: Word | None = None
    purpose: list[Word] = field(default_factory=list)
    governors: list[Word] = field(default_factory=list)
    """Control verbs above, outermost first: *seeks* in *seeks to diversify*."""


class Clauses:
    """The clauses of a document."""

    def __init__(self, table: Rules) -> None:
        self.table = table
        self._subjects = Subjects(table)

    def subjects(self, p: Word) -> list[Slot]:
        """The subjects of a predicate."""
        return self._subjects.of(p)

    def _reflexive_passive(self, p: Word, made: Clause) -> bool:
        """*si vendono case*: what is done to the thing that follows; a person does it himself."""
        clitics = [c for c in deps(p, "expl") if c.lower in self.table.reflexives]
        if not clitics or made.passive or p.lemma in self.table.intransitive or deps(p, "obj"):
            return False
        things = deps(p, "nsubj")
        after = bool(things) and things[0].i > p.i
        return after and not things[0].entity and not is_role_noun(things[0], self.table.language)

    def clause(self, p: Word, *, turn: bool = True) -> Clause:
        """The clause of a predicate; with ``turn`` a passive with its agent is turned active."""
        made = Clause(p, copular=bool(deps(p, "cop")), passive=_is_passive(p, self.table))
        made.subjects = self.subjects(p)
        if self._reflexive_passive(p, made):
            made.passive = True
            for slot in made.subjects:
                self._object_modifiers(slot.head, p, made)
        self._objects(p, made)
        self._obliques(p, made)
        self._complements(p, made)
        made.governors = _governors(p, self.table)
        for governor in made.governors:
            self._governor_obliques(governor, made)
        if made.passive and turn:
            agents = [s for s in made.obliques if self._is_agent(s)]
            if agents:
                made.obliques = [s for s in made.obliques if s not in agents]
                made.objects = [Slot(s.head, "object", null=s.null) for s in made.subjects]
                made.subjects = [Slot(s.head, "subject") for s in agents]
                made.passive = False
        return made

    def _governor_obliques(self, governor: Word, made: Clause) -> None:
        """*Con l'accordo, Roma si impegna a investire*: what stands with the verb above."""
        if governor.pos == "VERB":
            for c in deps(governor, "obl"):
                does_it = any(s.head is c for s in made.subjects)  # ordered … to leave
                if not self._is_empty(c) and not does_it:
                    self._oblique(c, governor, made)

    def _is_agent(self, slot: Slot) -> bool:
        if slot.head.dep == "obl:agent":
            return True
        return slot.case in self.table.agent_cases and not is_time(slot.head, self.table)

    # -- objects and obliques --------------------------------------------------------------

    def _objects(self, p: Word, made: Clause) -> None:
        for c in deps(p, "obj"):
            if case_of(c) in self.table.member_cases or self._is_no_object(c):
                continue
            head = antecedent(c, p, self.table)
            if head is not None:
                made.objects += [Slot(t, "object") for t in spread(head)]
        for c in deps(p, "iobj"):
            if c.lower in self.table.particles:
                continue
            head = antecedent(c, p, self.table)
            if head is not None:
                made.obliques += [Slot(t, "indirect_object", "to") for t in spread(head)]
        if not made.objects:
            made.objects = self._enclitic(p, made)
        if not made.objects and self._lacks_object(p, made):
            made.objects = [Slot(t, "object") for t in spread(p.head)]

    def _is_no_object(self, c: Word) -> bool:
        """*ha detto lunedì*, *crescono più delle importazioni*, a clause read as a phrase."""
        if self._compared(c) or (c.pos == "VERB" and feature(c, "VerbForm", "Fin")):
            return True
        return is_time(c, self.table) and not c.children

    def _compared(self, c: Word) -> str:
        """What leads to a phrase that something is compared with: *più di*, *faster than*."""
        case = case_of(c)
        before = c.parse[c.begin - 1] if case in self.table.comparison_cases else c
        degree = before.lemma in self.table.degrees or "Degree=Cmp" in before.features
        return f"{before.lower} {case}" if degree and before.i < c.i else ""

    def _enclitic(self, p: Word, made: Clause) -> list[Slot]:
        """*comprarla*: the nearest thing before it in the sentence that the pronoun can stand for.

        What no sentence names before it is left out.
        """
        if not feature(p, "Clitic", "Yes"):
            return []
        form = next((f for f in self.table.enclitics if p.lower.endswith(f)), None)
        if form is None or p.lower.endswith(p.lemma):
            return []
        gender, number = self.table.enclitics[form].split()
        wanted = {f"Gender={gender}", f"Number={number}"}
        subjects = {s.head.i for s in made.subjects}
        before = p.sentence[: p.i - p.sentence.start]
        for word in reversed(before):
            nominal = word.pos == "NOUN" and word.relation in _REFERRED
            if nominal and wanted <= word.features and word.i not in subjects:
                return [Slot(word, "object")]
        return []

    def _lacks_object(self, p: Word, made: Clause) -> bool:
        """*the plan Tokyo signed*: a relative clause with a subject, and its noun as the object."""
        if p.dep != "acl:relcl" or made.passive or made.copular or not deps(p, "nsubj"):
            return False
        return not any(is_relative(t, self.table) for t in p.subtree if t.i < p.i)

    def _obliques(self, p: Word, made: Clause) -> None:
        if p.pos in ("VERB", "AUX") or made.copular:
            for c in deps(p, "obl", "nmod"):
                if not _is_in_predicate(c, made) and not self._is_empty(c):
                    self._oblique(c, p, made)
            made.obliques += [
                Slot(c, "time") for c in deps(p, "obj") if is_time(c, self.table) and not c.children
            ]
        for c in deps(p, "advmod", "xcomp"):
            made.obliques += self._adverb(c)
        made.obliques += [
            Slot(c, "oblique", case) for c in deps(p, "obj") if (case := self._compared(c))
        ]
        for slot in made.objects:
            self._object_modifiers(slot.head, p, made)
        made.obliques.sort(key=lambda s: s.head.i)

    def _is_empty(self, c: Word) -> bool:
        lemma = c.lemma
        if c.pos in ("ADP", "PUNCT", "PART") or lemma in self.table.filler_objects:
            return True
        # in realtà, dal canto suo, in fact: a turn of phrase
        return lemma in self.table.adverbial_nouns and not deps(c, "nmod", "acl", "amod", "nummod")

    def _oblique(self, phrase: Word, p: Word, made: Clause) -> None:
        c, case = self._unfold(phrase)
        head = antecedent(c, p, self.table)
        if head is None or self._is_subject_of_absolute(c, p):
            return
        if case in self.table.attribution_cases and c.entity != "LOC":
            return  # according to Reuters: who says so
        role = role_of(c, case, self.table)
        if not case and role == "oblique":
            return
        if case in self.table.predicative_cases and made.objects:
            made.predicatives.append(Slot(c, "predicative", case))
            return
        if head.pos == "ADJ" and not deps(head, "det", "nmod"):
            return
        first, *more = spread(head)
        made.obliques.append(Slot(first, role, case))
        made.obliques += [Slot(t, role, case_of(t) or case) for t in more if t.pos != "ADJ"]
        setting = case in self.table.setting_cases or phrase.dep == "obl:agent"
        for k in deps(c, "nmod"):  # during a meeting in Tokyo; to 2% of GDP
            if (setting and is_adjunct(k, self.table)) or self._is_whole(k):
                made.obliques.append(Slot(k, role_of(k, case_of(k), self.table), case_of(k)))

    def _adverb(self, c: Word) -> Iterator[Slot]:
        """*today* is a time; *ahead of the election* has a preposition of two words."""
        if c.dep == "xcomp" and "Degree=Cmp" not in c.features:
            return
        if c.lemma in self.table.time_nouns:
            yield Slot(c, "time")
        if "Degree=Cmp" in c.features:
            for k in deps(c, "nmod", "obl", "obj"):
                if compared := self._compared(k):
                    yield Slot(k, "oblique", compared)
            return
        for k in deps(c, "nmod", "obl"):
            case = case_of(k)
            if case:
                yield Slot(k, role_of(k, case, self.table), f"{c.lemma} {case}")

    def _object_modifiers(self, head: Word, p: Word, made: Clause) -> None:
        """Obliques and predicatives of the verb that the parser hung on its object."""
        names = p.lemma in self.table.naming
        for c in deps(head, "nmod"):
            case = case_of(c)
            if names and case in self.table.predicative_cases:
                made.predicatives.append(Slot(c, "predicative", case))
            elif self._is_whole(c):
                made.obliques.append(Slot(c, "oblique", case))
            elif is_adjunct(c, self.table) and not deps(head, "cop"):
                role = role_of(c, case, self.table)
                made.obliques += [Slot(t, role, case_of(t) or case) for t in spread(c)]

    def _is_whole(self, c: Word) -> bool:
        """*70% of the market*: what a percentage is of."""
        return is_share(c.head, self.table) and case_of(c) in self.table.possessor_cases

    def _unfold(self, c: Word) -> tuple[Word, str]:
        """*nel corso di un incontro* is *durante* a meeting: the noun is part of a preposition."""
        instead = self.table.preposition_nouns.get(c.lemma)
        inner = [k for k in deps(c, "nmod") if case_of(k) and k.i > c.i]
        if instead and inner and case_of(c) and not deps(c, "amod", "det:poss", "nmod:poss"):
            return inner[0], instead
        return c, case_of(c)

    def _is_subject_of_absolute(self, c: Word, p: Word) -> bool:
        if p.relation != "advcl":
            return False
        absolute = absolute_subject(p, self.table)
        return absolute is not None and c in spread(absolute)

    # -- complements -----------------------------------------------------------------------

    def _complements(self, p: Word, made: Clause) -> None:
        for c in deps(p, "ccomp"):
            if finite(c) or p.lemma not in self.table.planned_verbs:
                made.complement = made.complement or c
        if made.complement is None and is_quoting(p, self.table):
            made.complement = p.head
        for c in deps(p, "xcomp"):
            if any(self._compared(k) for k in deps(c, "obl", "obj", "nmod")):
                continue  # grew faster than imports
            if c.pos in ("NOUN", "PROPN", "ADJ", "PRON") and not deps(c, "mark", "cop"):
                made.predicatives.append(Slot(c, "predicative", case_of(c)))
        for c in deps(p, "advcl"):
            if feature(c, "VerbForm", "Inf") and deps(c, "mark") and not control(c, self.table):
                made.purpose.append(c)


def role_of(token: Word, case: str, table: Rules) -> Role:
    """Time, place or any other oblique."""
    if is_time(token, table):
        return "time"
    if is_place(token) and case in table.place_cases:
        return "place"
    return "oblique"


def _is_in_predicate(c: Word, made: Clause) -> bool:
    """*is the capital of France*: what modifies a nominal predicate is a part of its phrase."""
    nominal = made.predicate.pos in ("NOUN", "PROPN", "PRON", "NUM", "DET")
    return made.copular and nominal and c.relation == "nmod"


def _is_passive(p: Word, table: Rules) -> bool:
    if p.lemma in table.intransitive:
        return False  # il putter appartenuto ad Abe: a participle without a passive
    if deps(p, "aux") + deps(p, "aux:pass") and any(
        c.lower in table.reflexives for c in deps(p, "expl")
    ):
        return False  # si è scontrato: a perfect, though it looks like a passive
    if deps(p, "aux:pass", "nsubj:pass"):
        return True
    if p.pos != "VERB" or not is_participle(p) or deps(p, "aux", "cop"):
        return False
    if p.dep in ("acl", "advcl", "amod"):
        return not deps(p, "obj")
    return p.relation == "conj" and not deps(p, "nsubj") and _is_passive(p.head, table)


def _governors(p: Word, table: Rules) -> list[Word]:
    chain: list[Word] = []
    at = p
    while at.relation in ("xcomp", "conj") or control(at, table) or _planned_complement(at, table):
        if at.relation == "conj":
            if deps(at, "nsubj", "aux", "mark") or finite(at):
                break
        elif at.head.lemma in table.object_control and deps(at.head, "obj", "iobj"):
            break  # ordered the army to leave: who leaves is another
        elif at.head.pos in ("VERB", "ADJ", "AUX"):
            chain.insert(0, at.head)
        at = at.head
    return chain


def _planned_complement(p: Word, table: Rules) -> bool:
    """*prevede di portare*: an infinitive that completes a verb of planning, whatever its label."""
    return p.dep == "ccomp" and not finite(p) and p.head.lemma in table.planned_verbs
