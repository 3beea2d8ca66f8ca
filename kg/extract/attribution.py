"""Who says so: reported speech, quotations, *according to*."""

from __future__ import annotations

from kg.extract.arguments import slot_argument
from kg.extract.clauses import Clauses
from kg.extract.phrases import argument, words_of
from kg.extract.rules import Rules
from kg.extract.sentence import Word
from kg.extract.subjects import Slot
from kg.extract.tokens import case_of, deps, finite
from kg.types import Attribution

__all__ = ["attribution_of", "is_reporting"]


def is_reporting(verb: Word, table: Rules) -> bool:
    """True for a verb of saying or thinking that has somebody who says it."""
    return verb.pos == "VERB" and verb.lemma in table.reporting_verbs


def attribution_of(p: Word, clauses: Clauses, table: Rules) -> Attribution | None:
    """The innermost speaker of a predicate, None where the text itself asserts it.

    Who a source is, is said by the text: *according to Lee, head of the board*, *… says head Lee*.
    """
    at = p
    below: list[Word] = []
    while True:
        source = _source_phrase(at, below, table)
        if source is not None:
            return source
        inverted = _inverted(at, table)
        if inverted is not None and inverted != p and not _names_speaker(inverted, below):
            return _by_verb(inverted, clauses, table)
        head, relation = at.head, at.relation
        if head == at:
            return None
        planned = not finite(at) and head.lemma in table.planned_verbs
        reported = (relation == "ccomp" and not planned) or (
            relation == "xcomp" and _says_infinitive(at, table)
        )
        if (reported or _quoted_parataxis(at)) and is_reporting(head, table):
            return _by_verb(head, clauses, table)
        below.append(at)
        at = head


def _names_speaker(verb: Word, below: list[Word]) -> bool:
    """Whether words were read that belong to the subject of a verb of saying."""
    return any(c in below for c in deps(verb, "nsubj"))


def _says_infinitive(at: Word, table: Rules) -> bool:
    """*ha detto di voler investire*; a promise is the promiser's own act and stays a plan."""
    head = at.head
    return is_reporting(head, table) and head.lemma not in table.planned_verbs and not finite(at)


def _quoted_parataxis(at: Word) -> bool:
    return at.relation == "parataxis" and any(c.text in '"“«' for c in at.children if c.is_punct)


def _inverted(at: Word, table: Rules) -> Word | None:
    """*“È una battaglia”, ha dichiarato Trump*: the verb of saying hangs under what is said."""
    if is_reporting(at, table):
        return None  # X said he believes: the second verb is what the first reports
    for c in deps(at, "parataxis", "ccomp"):
        if is_reporting(c, table) and deps(c, "nsubj") and not deps(c, "ccomp", "mark"):
            return c
    return None


def _by_verb(verb: Word, clauses: Clauses, table: Rules) -> Attribution:
    # of whom something is said says nothing: he is said to have left
    passive = bool(deps(verb, "aux:pass", "nsubj:pass"))
    speakers = [] if passive else clauses.subjects(verb)
    if not speakers and deps(verb, "obl:agent"):
        speakers = [Slot(deps(verb, "obl:agent")[0], "subject")]
    words = sorted([verb.i, *(c.i for c in deps(verb, "aux"))])
    lemma = verb.lemma
    return Attribution(
        speaker=slot_argument(speakers[0], table) if speakers else None,
        verb=verb.i,
        lemma=lemma,
        text=words_of(verb.parse, words),
        denied=lemma in table.denying_verbs,
    )


def _source_phrase(p: Word, below: list[Word], table: Rules) -> Attribution | None:
    """*Secondo il ministero, …*, *according to analysts*, unless it is ``below`` that was read."""
    for c in deps(p, "obl"):
        case = case_of(c)
        if c not in below and case in table.attribution_cases and c.entity != "LOC":
            words = [k.i for k in deps(c, "case")]
            return Attribution(argument(c, "subject", table), c.i, case, words_of(c.parse, words))
    return None
