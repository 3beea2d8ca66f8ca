"""Subjects the parser hung elsewhere, took for objects, or found twice."""

from __future__ import annotations

from kg.extract.repair.agreement import SUBJECTS, agrees, is_finite, number_of
from kg.extract.repair.roles import is_person_noun, is_role_noun
from kg.extract.rules import Rules
from kg.extract.tree import Tree, base

__all__ = [
    "number_agreement",
    "reflexive_subjects",
    "stranded_subjects",
    "subjects_after_verbs",
    "subjects_before_verbs",
    "subjects_of_infinitives",
]


def subjects_of_infinitives(tree: Tree, sent: range, table: Rules) -> int:
    """*announced plans for Japan to gift 250 trees*: the phrase after *for* is who does it."""
    made = 0
    for verb in tree.tagged(sent, "VERB"):
        if tree.children(verb, "nsubj") or base(tree.dep[verb]) not in ("advcl", "acl", "xcomp"):
            continue
        marks = [k for k in tree.children(verb, "mark") if tree.lower[k] in table.infinitive_marks]
        if not marks:
            continue
        for noun in range(marks[0] - 1, max(sent.start, marks[0] - 6), -1):
            cases = tree.children(noun, "case")
            if (
                tree.pos[noun] not in ("NOUN", "PROPN")
                or not cases
                or tree.lower[cases[0]] not in table.subject_marks
            ):
                continue
            above = tree.head[noun]
            if max([noun, *tree.children(noun)]) == marks[0] - 1 and tree.attach(
                verb, above, "acl" if tree.pos[above] == "NOUN" else "advcl"
            ):
                made += tree.attach(noun, verb, "nsubj")
                tree.attach(cases[0], verb, "mark")
            break
    return made


def subjects_before_verbs(tree: Tree, sent: range, table: Rules) -> int:
    """A bare noun phrase before a verb that has no subject is its subject.

    *Giappone* (obj) *e Stati Uniti hanno firmato*; *Trump* (obl)*, al contrario, si muove*;
    *Con l'accordo siglato, Washington e Tokyo* (nmod of *accordo*) *si impegnano*.
    """
    made = 0
    for verb in tree.tagged(sent, "VERB"):
        if not is_finite(tree, verb) or base(tree.dep[verb]) == "acl":
            continue
        subjects = tree.children(verb, *SUBJECTS)
        if subjects:
            made += _coordinate(tree, verb, subjects[0])
            continue
        bare = [
            k
            for k in tree.children(verb, "obj", "obl", "nmod", "dep")
            if k < verb
            and tree.pos[k] in ("PROPN", "NOUN")
            and not tree.children(k, "case", "nummod")
            and tree.lemma[k].lower() not in table.time_nouns
            and agrees(tree, k, verb)
        ]
        if bare and tree.dep[bare[0]] != "obl:agent":
            tree.dep[bare[0]] = "nsubj"
            tree.changed = True
            made += 1
            continue
        top = _phrase_before(tree, verb, sent) or _after_oblique(tree, verb, sent)
        if top is not None and agrees(tree, top, verb):
            made += tree.attach(top, verb, "nsubj")
    return made


def _coordinate(tree: Tree, verb: int, subject: int) -> int:
    """*X e Y V* where only Y is the subject: X is the subject and Y its conjunct."""
    joined = [k for k in tree.children(subject, "cc") if k < subject]
    if not joined:
        return 0
    for k in tree.children(verb, "obj", "obl", "nmod", "dep", "parataxis"):
        if (
            k < joined[0]
            and tree.pos[k] in ("PROPN", "NOUN")
            and not tree.children(k, "case")
            and joined[0] - k < 5
        ):
            tree.dep[k] = tree.dep[subject]
            return int(tree.attach(subject, k, "conj"))
    return 0


def _after_oblique(tree: Tree, verb: int, sent: range) -> int | None:
    """*In cambio Uber riceverà*, *questa mattina il papa ha visto*: a bare phrase after an oblique.

    Right before its verb, it was read as a part of the oblique, which would need a preposition.
    """
    group = [verb, *tree.children(verb, "aux", "expl", "advmod")]
    last = min(k for k in group if k <= verb) - 1
    top = last
    while top > sent.start and tree.head[top] < top and base(tree.dep[top]) in ("flat", "amod"):
        top = tree.head[top]
    above = tree.head[top]
    if top < sent.start or above >= top or base(tree.dep[top]) not in ("nmod", "appos"):
        return None
    if tree.pos[top] not in ("PROPN", "PRON", "NOUN") or tree.children(top, "case", "nummod"):
        return None
    outer = above
    while base(tree.dep[outer]) == "nmod" and tree.head[outer] < outer:
        outer = tree.head[outer]
    hung = tree.head[outer] == verb and base(tree.dep[outer]) == "obl"
    own = tree.ent[top] != tree.ent[above] if tree.pos[above] == "PROPN" else True
    return top if hung and own else None


def _phrase_before(tree: Tree, verb: int, sent: range) -> int | None:
    """The first conjunct of the bare names between a comma and the verb group."""
    at = verb - 1
    while (
        at >= sent.start
        and tree.head[at] == verb
        and (base(tree.dep[at]) in ("aux", "expl", "advmod") or tree.pos[at] in ("AUX", "ADV"))
    ):
        at -= 1
    last = at
    while at >= sent.start and (
        tree.pos[at] in ("PROPN", "CCONJ", "DET") or tree.words[at] in ("'", "’")
    ):
        at -= 1
    if at < sent.start or tree.words[at] != "," or at == last:
        return None
    names = [
        k
        for k in range(at + 1, last + 1)
        if tree.pos[k] == "PROPN" and not tree.children(k, "case")
    ]
    outer = [k for k in names if not at < tree.head[k] <= last]
    return outer[0] if outer and base(tree.dep[outer[0]]) not in ("nsubj", "conj") else None


def reflexive_subjects(tree: Tree, sent: range, table: Rules) -> int:
    """*si cela un equilibrio*, *si vendono case*: with *si* the verb's subject follows it."""
    made = 0
    for verb in tree.tagged(sent, "VERB"):
        if tree.children(verb, "nsubj", "ccomp", "xcomp") or not is_finite(tree, verb):
            continue
        objects = [
            k for k in tree.children(verb, "obj") if k > verb and tree.pos[k] in ("NOUN", "PROPN")
        ]
        clitics = [k for k in tree.children(verb, "expl") if tree.lower[k] in table.reflexives]
        if objects and clitics and agrees(tree, objects[0], verb):
            tree.dep[objects[0]] = "nsubj"
            tree.changed = True
            made += 1
    return made


def stranded_subjects(tree: Tree, sent: range, table: Rules) -> int:
    """A bare noun phrase before a verb without subject that the parser hung elsewhere.

    *During a meeting in Tokyo, President Trump and …, signed*: ``Trump`` amod of ``meeting``.
    Where subjects need not be said, only a coordination before a plural verb is one, or a person
    that the parser made an apposition of what is none: *durante un incontro, il ministro ha detto*.
    """
    made = 0
    for verb in tree.tagged(sent, "VERB"):
        if not is_finite(tree, verb) or tree.children(verb, *SUBJECTS):
            continue
        if base(tree.dep[verb]) not in ("ROOT", "ccomp", "advcl", "parataxis") or tree.has(
            verb, "Mood=Imp"
        ):
            continue
        found = _bare_phrase(tree, verb, sent, table)
        if found is not None:
            made += tree.attach(found, verb, "nsubj")
    return made


def _bare_phrase(tree: Tree, verb: int, sent: range, table: Rules) -> int | None:
    for i in range(sent.start, verb):
        if tree.pos[i] not in ("NOUN", "PROPN") or tree.children(i, "case") or tree.head[i] == verb:
            continue
        if base(tree.dep[i]) not in (
            "amod",
            "appos",
            "dep",
            "parataxis",
            "nmod",
            "compound",
            "conj",
        ):
            continue
        head = tree.head[i]
        if head > i or tree.pos[head] not in ("NOUN", "PROPN") or not tree.children(head, "case"):
            continue
        if "," not in tree.words[head:i]:
            continue
        several = bool(tree.children(i, "conj")) and number_of(tree, verb) == "Plur"
        if table.pro_drop and not several and not _person_apart(tree, i, verb, table):
            continue
        return i
    return None


def _person_apart(tree: Tree, i: int, verb: int, table: Rules) -> bool:
    """True for a person in apposition to what is no person, whose number is the verb's."""
    above = tree.head[i]
    person = tree.ent[i] == "PER" or is_person_noun(tree, i, table)
    other = tree.ent[above] == "PER" or is_role_noun(tree, above, table)
    apart = base(tree.dep[i]) == "appos" and person and not other
    return apart and agrees(tree, i, verb)


def number_agreement(tree: Tree, sent: range, table: Rules) -> int:
    """Subject and object the wrong way round: of the two only the object agrees with the verb.

    *nasce la nuova alleanza* stays; a post-verbal noun that alone agrees becomes the subject.
    """
    if not table.pro_drop:
        return 0
    made = 0
    for verb in tree.tagged(sent, "VERB"):
        number = number_of(tree, verb)
        subjects, objects = tree.children(verb, "nsubj"), tree.children(verb, "obj")
        if number is None or len(subjects) != 1 or len(objects) != 1:
            continue
        s, o = subjects[0], objects[0]
        if tree.children(s, "conj") or tree.children(o, "conj") or tree.pos[s] == "PRON":
            continue
        if (
            number_of(tree, s) == number
            or number_of(tree, s) is None
            or number_of(tree, o) != number
        ):
            continue
        tree.dep[s], tree.dep[o] = "obj", "nsubj"
        tree.changed = True
        made += 1
    return made


def subjects_after_verbs(tree: Tree, sent: range, table: Rules) -> int:
    """The subject after its verb, read as an object: *come ha riferito l'Ansa*, *è morto il re*.

    A verb that takes no object has none, and after *come* a verb of saying has its speaker.
    """
    if not table.pro_drop:
        return 0
    made = 0
    for verb in tree.tagged(sent, "VERB"):
        if tree.children(verb, *SUBJECTS) or not is_finite(tree, verb):
            continue
        after = [
            k
            for k in tree.children(verb, "obj", "obl")
            if k > verb and tree.pos[k] in ("NOUN", "PROPN") and not tree.children(k, "case")
        ]
        lemma = tree.lemma[verb].lower()
        quoting = lemma in table.reporting_verbs and any(
            tree.lower[k] in table.predicative_cases for k in tree.children(verb) if k < verb
        )
        if not after or tree.lemma[after[0]].lower() in table.time_nouns:
            continue
        passive = bool(tree.children(verb, "aux:pass"))  # è stato iscritto il direttore
        known = quoting or passive or lemma in table.intransitive
        if known and agrees(tree, after[0], verb):
            tree.dep[after[0]] = "nsubj:pass" if passive else "nsubj"
            tree.changed = True
            made += 1
    return made
