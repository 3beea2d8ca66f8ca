"""Clauses: auxiliaries, subjects the parser hung elsewhere, coordination, reported speech."""

from __future__ import annotations

from typing import Final

from kg.extract.rules import Rules
from kg.extract.tree import Tree, base

__all__ = [
    "clauses_after_quotes",
    "compound_subjects",
    "copulas_before_participles",
    "infinitive_conjuncts",
    "inverted_speech",
    "number_agreement",
    "reflexive_subjects",
    "relatives_without_pronoun",
    "second_subjects",
    "stranded_subjects",
    "stray_finite_conjuncts",
    "subjects_before_verbs",
    "subjects_of_infinitives",
]

_FINITE: Final = "VerbForm=Fin"
_PARTICIPLE: Final = "VerbForm=Part"
_SUBJECTS: Final = ("nsubj", "csubj", "expl:impers")
_CLOSING: Final = frozenset('”»"')


def copulas_before_participles(tree: Tree, sent: range, table: Rules) -> int:
    """*è nata*, *was signed*: a form of *be* on a participle that is a verb is an auxiliary."""
    made = 0
    for i in sent:
        if tree.pos[i] != "VERB" or not tree.has(i, _PARTICIPLE):
            continue
        for k in tree.children(i, "cop"):
            if k < i:
                tree.dep[k] = "aux:pass" if tree.children(i, "nsubj:pass", "obl:agent") else "aux"
                tree.changed = True
                made += 1
    return made


def compound_subjects(tree: Tree, sent: range, table: Rules) -> int:
    """*This deal marks …*: a noun with its own determiner before a finite verb is its subject."""
    made = 0
    for i in sent:
        verb = tree.head[i]
        if (
            base(tree.dep[i]) not in ("compound", "nmod", "dep")
            or tree.pos[verb] != "VERB"
            or i > verb
        ):
            continue
        if (
            tree.children(i, "case")
            or tree.children(verb, *_SUBJECTS)
            or not tree.has(verb, _FINITE)
        ):
            continue
        for k in list(tree.children(verb)):
            if k < i and base(tree.dep[k]) in ("det", "amod", "nmod", "compound"):
                tree.attach(k, i, tree.dep[k])
        made += tree.attach(i, verb, "nsubj")
    return made


def stray_finite_conjuncts(tree: Tree, sent: range, table: Rules) -> int:
    """A finite verb coordinated with a noun belongs to the finite verb before it.

    *marks a step in relations and highlights …* (``highlights`` conj of ``relations``).
    """
    made = 0
    for i in sent:
        head = tree.head[i]
        if base(tree.dep[i]) != "conj" or tree.pos[i] != "VERB" or not tree.has(i, _FINITE):
            continue
        if (
            tree.pos[head] not in ("NOUN", "PROPN")
            or tree.children(head, "cop")
            or tree.children(i, *_SUBJECTS)
        ):
            continue
        at = head
        while tree.head[at] != at and not (tree.pos[at] == "VERB" and tree.has(at, _FINITE)):
            at = tree.head[at]
        if tree.pos[at] == "VERB" and at != i:
            made += tree.attach(i, at, "conj")
    return made


def infinitive_conjuncts(tree: Tree, sent: range, table: Rules) -> int:
    """*seeks to diversify …, reduce … and establish*: bare infinitives go on with the infinitive."""
    made = 0
    for i in sent:
        head = tree.head[i]
        if (
            tree.dep[i] != "conj"
            or tree.pos[i] != "VERB"
            or tree.children(i, "aux", "cop", *_SUBJECTS)
        ):
            continue
        infinitives = [k for k in tree.children(head, "xcomp") if head < k < i]
        bare = tree.has(i, "VerbForm=Inf") or tree.lower[i] == tree.lemma[i]
        if (
            infinitives
            and bare
            and tree.has(head, _FINITE)
            and tree.lower[head] != tree.lemma[head]
        ):
            made += tree.attach(i, infinitives[-1], "conj")
    return made


def stranded_subjects(tree: Tree, sent: range, table: Rules) -> int:
    """A bare noun phrase before a verb without subject that the parser hung elsewhere.

    *During a meeting in Tokyo, President Trump and …, signed*: ``Trump`` amod of ``meeting``.
    Languages with null subjects are left alone unless the verb is plural and the phrase coordinated.
    """
    made = 0
    for verb in sent:
        if (
            tree.pos[verb] != "VERB"
            or not tree.has(verb, _FINITE)
            or tree.children(verb, *_SUBJECTS)
        ):
            continue
        if base(tree.dep[verb]) not in ("ROOT", "ccomp", "advcl", "parataxis") or tree.has(
            verb, "Mood=Imp"
        ):
            continue
        if any(tree.pos[k] == "AUX" for k in tree.children(verb, "aux")) and table.pro_drop:
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
        left = min([i, *tree.children(i)])
        between = range(min(head, left), left)
        if not any(tree.words[k] == "," for k in between):
            continue
        if table.pro_drop and not (tree.children(i, "conj") and tree.has(verb, "Number=Plur")):
            continue
        return i
    return None


def number_agreement(tree: Tree, sent: range, table: Rules) -> int:
    """Subject and object the wrong way round: a plural verb with a singular subject before a plural object.

    *nasce la nuova alleanza* stays; a post-verbal noun that alone agrees becomes the subject.
    """
    if not table.pro_drop:
        return 0
    made = 0
    for verb in sent:
        if tree.pos[verb] != "VERB":
            continue
        number = _number(tree, verb)
        subjects, objects = tree.children(verb, "nsubj"), tree.children(verb, "obj")
        if number is None or len(subjects) != 1 or len(objects) != 1:
            continue
        s, o = subjects[0], objects[0]
        if tree.children(s, "conj") or tree.children(o, "conj") or tree.pos[s] == "PRON":
            continue
        if _number(tree, s) == number or _number(tree, s) is None or _number(tree, o) != number:
            continue
        tree.dep[s], tree.dep[o] = "obj", "nsubj"
        tree.changed = True
        made += 1
    return made


def _number(tree: Tree, i: int) -> str | None:
    for k in (*tree.children(i, "aux"), i):
        for value in ("Sing", "Plur"):
            if tree.has(k, f"Number={value}") and (tree.pos[i] != "VERB" or tree.has(k, _FINITE)):
                return value
    return None


def _is_finite(tree: Tree, verb: int) -> bool:
    return any(tree.has(k, _FINITE) for k in (*tree.children(verb, "aux", "cop"), verb))


def subjects_before_verbs(tree: Tree, sent: range, table: Rules) -> int:
    """A bare noun phrase before a verb that has no subject is its subject.

    *Giappone* (obj) *e Stati Uniti hanno firmato un piano*; *Trump* (obl)*, al contrario, si muove*;
    *Con l'accordo siglato, Washington e Tokyo* (nmod of *accordo*) *si impegnano*.
    """
    made = 0
    for verb in sent:
        if (
            tree.pos[verb] != "VERB"
            or not _is_finite(tree, verb)
            or base(tree.dep[verb]) in ("acl",)
        ):
            continue
        subjects = tree.children(verb, *_SUBJECTS)
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
            and _agrees(tree, k, verb)
        ]
        if bare and tree.dep[bare[0]] != "obl:agent":
            tree.dep[bare[0]] = "nsubj"
            tree.changed = True
            made += 1
            continue
        top = _phrase_before(tree, verb, sent)
        if top is not None and _agrees(tree, top, verb):
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
            dep = tree.dep[subject]
            tree.dep[k] = dep
            return int(tree.attach(subject, k, "conj"))
    return 0


def _agrees(tree: Tree, noun: int, verb: int) -> bool:
    plural = any(
        tree.has(k, "Number=Plur") and tree.has(k, _FINITE)
        for k in (*tree.children(verb, "aux"), verb)
    )
    singular = any(
        tree.has(k, "Number=Sing") and tree.has(k, _FINITE)
        for k in (*tree.children(verb, "aux"), verb)
    )
    if tree.children(noun, "conj") or tree.has(noun, "Number=Plur"):
        return plural or not singular
    return singular or not plural


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
    while (at >= sent.start and tree.pos[at] in ("PROPN", "CCONJ", "DET")) or (
        at >= sent.start and tree.words[at] in ("'", "’")
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


def inverted_speech(tree: Tree, sent: range, table: Rules) -> int:
    """*“…” ha dichiarato Trump*: after a quotation, who stands behind the verb of saying says it."""
    made = 0
    for verb in sent:
        if (
            tree.pos[verb] != "VERB"
            or tree.lemma[verb].lower() not in table.reporting_verbs
            or tree.children(verb, "nsubj", "ccomp")
        ):
            continue
        objects = [k for k in tree.children(verb, "obj") if 0 < k - verb <= 4]
        if (
            _is_finite(tree, verb)
            and _after_quote(tree, verb, sent)
            and objects
            and (tree.ent[objects[0]] in ("PER", "ORG") or tree.pos[objects[0]] == "PROPN")
        ):
            tree.dep[objects[0]] = "nsubj"
            tree.changed = True
            made += 1
    return made


def _after_quote(tree: Tree, verb: int, sent: range) -> bool:
    at = min([verb, *tree.children(verb, "aux")]) - 1
    while at > sent.start and tree.words[at] in (",", "."):
        at -= 1
    return at >= sent.start and tree.words[at] in _CLOSING


def relatives_without_pronoun(tree: Tree, sent: range, table: Rules) -> int:
    """Where every relative clause has its pronoun, a clause without one is the main verb of its noun.

    *hanno confermato che dieci conglomerati, …, investiranno* (acl:relcl of ``conglomerati``).
    """
    if not table.pro_drop:
        return 0
    made = 0
    for verb in sent:
        noun = tree.head[verb]
        if (
            base(tree.dep[verb]) != "acl"
            or tree.pos[verb] != "VERB"
            or not _is_finite(tree, verb)
            or noun >= verb
        ):
            continue
        between = range(noun + 1, verb)
        if any(
            tree.lemma[k].lower() in table.relative_pronouns and tree.dep[k] != "fixed"
            for k in between
        ):
            continue
        if tree.children(verb, "nsubj", "mark") or not _agrees(tree, noun, verb):
            continue
        above, dep = tree.head[noun], base(tree.dep[noun])
        if tree.lower[above] in table.clause_marks and above > sent.start:
            left = [
                k
                for k in range(sent.start, above)
                if tree.lemma[k].lower() in table.reporting_verbs
            ]
            above = left[-1] if left and tree.pos[left[-1]] == "VERB" else above
        said = tree.pos[above] == "VERB" and any(
            tree.lower[k] in table.clause_marks for k in range(above + 1, noun)
        )
        if dep not in ("obl", "obj", "nmod", "cc", "nsubj", "ROOT", "dep") or not (
            said or above == noun
        ):
            continue
        tree.promote(verb)
        tree.head[noun], tree.dep[noun] = verb, "nsubj"
        if said:
            tree.attach(verb, above, "ccomp")
            for k in range(above + 1, noun):
                if tree.lower[k] in table.clause_marks and tree.head[k] != verb:
                    tree.attach(k, verb, "mark")
        made += 1
    return made


def clauses_after_quotes(tree: Tree, sent: range, table: Rules) -> int:
    """*ha sottolineato che … “…” e ha promesso …*: what follows a quotation goes on with its speaker."""
    made = 0
    for i in sent:
        head = tree.head[i]
        if (
            base(tree.dep[i]) not in ("ccomp", "conj")
            or tree.pos[i] != "VERB"
            or not tree.children(i, "cc")
        ):
            continue
        joint = tree.children(i, "cc")[0]
        if joint <= sent.start or tree.words[joint - 1] not in _CLOSING:
            continue
        speaker = head if base(tree.dep[i]) == "ccomp" else tree.head[head]
        if tree.lemma[speaker].lower() in table.reporting_verbs and speaker != i:
            if base(tree.dep[i]) == "conj" and base(tree.dep[head]) != "ccomp":
                continue
            for k in tree.children(i, "mark"):
                tree.dep[k] = "dep"
            made += tree.attach(i, speaker, "conj")
    return made


def subjects_of_infinitives(tree: Tree, sent: range, table: Rules) -> int:
    """*announced plans for Japan to gift 250 trees*: the phrase after *for* is who does it."""
    made = 0
    for verb in sent:
        if (
            tree.pos[verb] != "VERB"
            or tree.children(verb, "nsubj")
            or base(tree.dep[verb]) not in ("advcl", "acl", "xcomp")
        ):
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


def reflexive_subjects(tree: Tree, sent: range, table: Rules) -> int:
    """*si cela un nuovo equilibrio*, *si vendono case*: with *si* what follows the verb is its subject."""
    made = 0
    for verb in sent:
        if (
            tree.pos[verb] != "VERB"
            or tree.children(verb, "nsubj", "ccomp", "xcomp")
            or not _is_finite(tree, verb)
        ):
            continue
        objects = [
            k for k in tree.children(verb, "obj") if k > verb and tree.pos[k] in ("NOUN", "PROPN")
        ]
        clitics = [k for k in tree.children(verb, "expl") if tree.lower[k] in table.reflexives]
        if objects and clitics and _agrees(tree, objects[0], verb):
            tree.dep[objects[0]] = "nsubj"
            tree.changed = True
            made += 1
    return made


def second_subjects(tree: Tree, sent: range, table: Rules) -> int:
    """*Rare earths—17 essential minerals …—have*: a second subject after a dash or comma is an apposition."""
    made = 0
    for verb in sent:
        subjects = tree.children(verb, "nsubj")
        if (
            len(subjects) != 2
            or tree.pos[subjects[0]] == "PRON"
            or tree.pos[subjects[1]] not in ("NOUN", "PROPN")
        ):
            continue
        left = min([subjects[1], *tree.children(subjects[1])])
        if tree.words[left] in ",–—-":
            left += 1
        if tree.words[left - 1] in ",–—-" and subjects[1] < verb:
            made += tree.attach(subjects[1], subjects[0], "appos")
    return made
