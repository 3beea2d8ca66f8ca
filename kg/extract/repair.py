"""Systematic errors of a small parser, mended by rule before extraction.

Each repair is a function over one sentence of a `Tree` that gives the number of repairs it made.
They run in the order of `REPAIRS`: words first, then the noun phrases, then the clauses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacy.tokens import Doc

from kg.extract.rules import Rules, rules
from kg.extract.tree import NOMINAL, Tree, base
from kg.lang.lexicon import lexicon

__all__ = ["REPAIRS", "repair"]

_FINITE: Final = "VerbForm=Fin"
_PARTICIPLE: Final = "VerbForm=Part"
_COMMAS: Final = frozenset({",", "–", "—", "-"})
_SUBJECTS: Final = ("nsubj", "csubj", "expl")


def repair(doc: Doc, language: str) -> int:
    """Mend the trees of a Doc in place; gives the number of repairs."""
    tree, table = Tree(doc), rules(language)
    made = sum(fix(tree, s, table) for s in tree.sentences() for fix in REPAIRS)
    tree.write()
    return made


# -- words -----------------------------------------------------------------------------------


def verb_lemmas(tree: Tree, sent: range, table: Rules) -> int:
    """A verb's lemma that no dictionary has is rebuilt from the form's ending.

    *formatasi* / ``formatadere`` → ``formare``; *permitting* / ``permitt`` → ``permit``.
    """
    words, made = lexicon(), 0
    for i in sent:
        if tree.pos[i] != "VERB" or words.is_lemma(tree.lemma[i], "v", table.language):
            continue
        for candidate in _infinitives(tree.lower[i], table):
            if words.is_lemma(candidate, "v", table.language):
                tree.tag(i, "VERB", candidate)
                made += 1
                break
    return made


def _infinitives(form: str, table: Rules) -> list[str]:
    stems = [form]
    for clitic in table.clitics:
        if form.endswith(clitic) and len(form) > len(clitic) + 4:
            stems.append(form[: -len(clitic)])
    found: list[str] = []
    for stem in stems:
        for ending, replacements in table.verb_endings:
            if not stem.endswith(ending) or len(stem) <= len(ending) + 1:
                continue
            root = stem[: -len(ending)]
            found += [root + r for r in replacements]
            if table.doubling and len(root) > 3 and root[-1] == root[-2]:
                found.append(root[:-1])
        found.append(stem)
    return found


def adjectives_as_verbs(tree: Tree, sent: range, table: Rules) -> int:
    """An adjective after its noun that was read as a verb: *terre rare* (``rare``, xcomp)."""
    words, made = lexicon(), 0
    for i in sent:
        if tree.pos[i] != "VERB" or i == sent.start or tree.pos[i - 1] != "NOUN":
            continue
        if words.is_lemma(tree.lemma[i], "v", table.language) or tree.children(i):
            continue
        form = tree.lower[i]
        for lemma in (form, form[:-1] + "o", form[:-1] + "e"):
            if words.is_lemma(lemma, "a", table.language):
                tree.tag(i, "ADJ", lemma)
                made += tree.attach(i, i - 1, "amod")
                break
    return made


def modals_on_nouns(tree: Tree, sent: range, table: Rules) -> int:
    """A modal auxiliary on a noun, with an unseen verb between: *could destabilize trade flows*."""
    words, made = lexicon(), 0
    for noun in sent:
        if tree.pos[noun] not in ("NOUN", "PROPN") or tree.children(noun, "cop"):
            continue
        modals = [k for k in tree.children(noun, "aux") if k < noun]
        if not modals:
            continue
        for i in range(modals[-1] + 1, noun):
            lemma = tree.lemma[i]
            if tree.pos[i] in ("ADV", "PART", "PUNCT") or words.is_lemma(lemma, "n", table.language):
                continue
            if words.is_lemma(lemma, "v", table.language):
                tree.tag(i, "VERB")
                tree.attach(i, noun, "obj")
                tree.promote(i)
                tree.dep[noun] = "obj"
                for k in list(tree.children(noun)):
                    if k < i or base(tree.dep[k]) in ("nsubj", "aux", "mark", "advcl", "ccomp"):
                        tree.attach(k, i, tree.dep[k])
                for k in range(modals[-1] + 1, i):
                    if tree.head[k] == noun:
                        tree.attach(k, i, "advmod" if tree.pos[k] == "ADJ" else tree.dep[k])
                made += 1
                break
    return made


def nouns_that_govern_clauses(tree: Tree, sent: range, table: Rules) -> int:
    """A finite verb read as a noun: *The U.S. and Japan plan to collaborate*."""
    words, made = lexicon(), 0
    for i in sent:
        if tree.pos[i] != "NOUN" or tree.children(i, "cop", "det", "case", "aux"):
            continue
        if not words.is_lemma(tree.lemma[i], "v", table.language):
            continue
        subject = [k for k in tree.children(i, "nsubj") if k < i]
        complement = [k for k in tree.children(i, "acl", "xcomp", "obj", "ccomp") if k > i]
        if subject and complement:
            tree.tag(i, "VERB")
            for k in complement:
                if base(tree.dep[k]) == "acl":
                    tree.dep[k] = "xcomp"
            tree.changed = True
            made += 1
    return made


# -- noun phrases ----------------------------------------------------------------------------


def _is_name(tree: Tree, i: int) -> bool:
    return tree.ent[i] == "PER" and tree.pos[i] in ("PROPN", "NOUN", "X", "VERB")


def _name_start(tree: Tree, i: int, sent: range) -> bool:
    return _is_name(tree, i) and not (i > sent.start and _is_name(tree, i - 1))


def _roles(tree: Tree, i: int, language: str) -> bool:
    """True for a noun that names people by what they do (president, ministra)."""
    if tree.pos[i] not in ("NOUN", "PROPN"):
        return False
    return "noun.person" in lexicon().supersenses(tree.lemma[i].lower(), "n", language)[:2]


def split_names(tree: Tree, sent: range, table: Rules) -> int:
    """One person's name is one flat phrase: *Donald*/amod *Trump*/flat, *Sanae*/nmod *Takaichi*/nmod."""
    made, i = 0, sent.start
    while i < sent.stop:
        if not _name_start(tree, i, sent):
            i += 1
            continue
        end = i
        while end + 1 < sent.stop and _is_name(tree, end + 1) and tree.doc[end + 1].ent_iob_ == "I":
            end += 1
        span = range(i, end + 1)
        outside = [k for k in span if tree.head[k] not in span or tree.head[k] == k]
        if len(outside) > 1:
            top = outside[0]
            for k in outside[1:]:
                made += tree.attach(k, top, "flat")
        for k in span:
            if tree.pos[k] in ("VERB", "X", "NOUN"):
                tree.tag(k, "PROPN", tree.words[k])
        i = end + 1
    return made


def names_after_roles(tree: Tree, sent: range, table: Rules) -> int:
    """A name after the noun that says what its bearer is becomes its apposition and shares its place.

    *la premier giapponese Sanae Takaichi* (parataxis), *il presidente degli Stati Uniti, Donald
    Trump, e la prima ministra giapponese, Sanae Takaichi, hanno siglato*.
    """
    made = 0
    for i in sent:
        if not _name_start(tree, i, sent):
            continue
        name = i
        while tree.head[name] != name and _is_name(tree, tree.head[name]) and tree.head[name] in sent:
            if tree.doc[tree.head[name]].ent_iob_ == "B" and tree.head[name] != i and tree.head[name] > i:
                break
            name = tree.head[name]
        role = _role_before(tree, i, sent, table)
        if role is None or tree.head[name] == role and base(tree.dep[name]) in ("appos", "flat"):
            continue
        if tree.dominates(name, role):
            continue
        old_head, old_dep = tree.head[name], tree.dep[name]
        if not tree.attach(name, role, "appos"):
            continue
        made += 1
        if base(old_dep) in ("nsubj", "obj", "obl", "iobj") and not tree.dominates(role, old_head):
            first = role
            while base(tree.dep[first]) == "conj":
                first = tree.head[first]
            if not tree.children(first, "case") or base(old_dep) == "obl":
                tree.attach(first, old_head, old_dep)
    return made


def _role_before(tree: Tree, name: int, sent: range, table: Rules) -> int | None:
    """The role noun whose phrase ends right before ``name`` (a comma may stand between)."""
    at = name - 1
    if at >= sent.start and tree.words[at] == ",":
        at -= 1
    steps = 0
    while at >= sent.start and steps < 6:
        if _roles(tree, at, table.language) and not _is_name(tree, at):
            return at
        if tree.pos[at] not in ("ADJ", "PROPN", "ADP", "DET", "NOUN", "PART") or _is_name(tree, at):
            return None
        # only modifiers of the role may stand between it and the name
        at, steps = at - 1, steps + 1
    return None


def second_objects(tree: Tree, sent: range, table: Rules) -> int:
    """A second object is an apposition after a comma, and a predicative after a verb of naming.

    *ha incontrato la premier, la prima donna …*; *considera il Giappone un alleato*.
    """
    made = 0
    for i in sent:
        objects = tree.children(i, "obj") if tree.pos[i] == "VERB" else []
        if len(objects) < 2:
            continue
        first, second = objects[0], objects[1]
        left = min(tree.children(second) + [second])
        if tree.words[left - 1] == "," or tree.words[left] == ",":
            made += tree.attach(second, first, "appos")
        elif tree.lemma[i] in table.naming:
            made += tree.attach(second, i, "xcomp")
    return made


# -- clauses ---------------------------------------------------------------------------------


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
        if base(tree.dep[i]) not in ("compound", "nmod", "dep") or tree.pos[verb] != "VERB" or i > verb:
            continue
        if tree.children(i, "case") or tree.children(verb, *_SUBJECTS) or not tree.has(verb, _FINITE):
            continue
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
        if tree.pos[head] not in ("NOUN", "PROPN") or tree.children(head, "cop") or tree.children(i, *_SUBJECTS):
            continue
        at = head
        while tree.head[at] != at and not (tree.pos[at] == "VERB" and tree.has(at, _FINITE)):
            at = tree.head[at]
        if tree.pos[at] == "VERB" and at != i:
            made += tree.attach(i, at, "conj")
    return made


def stranded_subjects(tree: Tree, sent: range, table: Rules) -> int:
    """A bare noun phrase before a verb without subject that the parser hung elsewhere.

    *During a meeting in Tokyo, President Trump and …, signed*: ``Trump`` amod of ``meeting``.
    Languages with null subjects are left alone unless the verb is plural and the phrase coordinated.
    """
    made = 0
    for verb in sent:
        if tree.pos[verb] != "VERB" or not tree.has(verb, _FINITE) or tree.children(verb, *_SUBJECTS):
            continue
        if base(tree.dep[verb]) not in ("ROOT", "ccomp", "advcl", "parataxis") or tree.has(verb, "Mood=Imp"):
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
        if base(tree.dep[i]) not in ("amod", "appos", "dep", "parataxis", "nmod", "compound", "conj"):
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


REPAIRS: Final[tuple[Callable[[Tree, range, Rules], int], ...]] = (
    adjectives_as_verbs,
    verb_lemmas,
    modals_on_nouns,
    nouns_that_govern_clauses,
    split_names,
    names_after_roles,
    second_objects,
    copulas_before_participles,
    compound_subjects,
    stray_finite_conjuncts,
    stranded_subjects,
    number_agreement,
)
