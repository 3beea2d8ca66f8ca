"""Words the tagger or the lemmatizer got wrong."""

from __future__ import annotations

from typing import Final

from kg.extract.rules import Rules
from kg.extract.tree import Tree, base
from kg.lang.lexicon import Lexicon, Pos, lexicon

__all__ = [
    "adjectives_as_verbs",
    "infinitives_after_to",
    "modals_on_nouns",
    "names_as_verbs",
    "no_longer",
    "nouns_as_verbs",
    "nouns_that_govern_clauses",
    "participles_as_nouns",
    "participles_as_objects",
    "verb_lemmas",
]

# Parts of speech that the lexicon knows: a word in only one of them can be nothing else.
_OPEN: Final[tuple[Pos, ...]] = ("v", "n", "a")

_TELLING: Final = 4  # letters of an ending that tells the verb by itself
_CLAUSAL: Final = ("nsubj", "aux", "obj", "cop", "ccomp", "xcomp")
"""Relations of a verb's dependents that no adjective or noun has."""


def verb_lemmas(tree: Tree, sent: range, table: Rules) -> int:
    """A verb's lemma that no dictionary has is rebuilt from the form's ending.

    *formatasi* / ``formatadere`` → ``formare``; *permitting* / ``permitt`` → ``permit``.
    """
    words, made = lexicon(), 0
    for i in tree.tagged(sent, "VERB"):
        if words.is_lemma(tree.lemma[i], "v", table.language):
            continue
        known = table.verb_forms.get(tree.lower[i])
        candidates = [known] if known else _infinitives(tree.lower[i], table)
        for candidate in candidates:
            if words.is_lemma(candidate, "v", table.language):
                tree.tag(i, "VERB", candidate)
                made += 1
                break
    return made


def _infinitives(form: str, table: Rules) -> list[str]:
    """Infinitives that a form may belong to, with and without a clitic at its end."""
    cut = [c for c in table.clitics if form.endswith(c) and len(form) > len(c) + 4]
    stems = [form, *(form[: -len(clitic)] for clitic in cut)]
    found: list[str] = []
    for stem in stems:
        for ending, replacements in table.verb_endings:
            shortest = 1 if len(ending) > _TELLING else 2  # svolte: s + volgere
            if not stem.endswith(ending) or len(stem) < len(ending) + shortest:
                continue
            root = stem[: -len(ending)]
            found += [root + r for r in replacements]
            if table.doubling and len(root) > 3 and root[-1] == root[-2]:
                found.append(root[:-1])
        found.append(stem)
    return found


def adjectives_as_verbs(tree: Tree, sent: range, table: Rules) -> int:
    """An adjective after its noun that was read as a verb: *terre rare* (``rare``, xcomp).

    What hung on it belongs to the verb above: *il partito repubblicano (attaccò) con bombe*.
    """
    words, made = lexicon(), 0
    for i in tree.tagged(sent, "VERB"):
        if i == sent.start or tree.pos[i - 1] != "NOUN":
            continue
        if words.is_lemma(tree.lemma[i], "v", table.language) or tree.children(i, *_CLAUSAL):
            continue
        form, verb = tree.lower[i], _verb_above(tree, i)
        if tree.children(i) and verb is None:
            continue
        for lemma in (form, form[:-1] + "o", form[:-1] + "e"):
            if words.is_lemma(lemma, "a", table.language):
                _release(tree, i, verb)
                tree.tag(i, "ADJ", lemma)
                made += tree.attach(i, i - 1, "amod")
                break
    return made


def nouns_as_verbs(tree: Tree, sent: range, table: Rules) -> int:
    """*ha incontrato il ministro e consorte*: a coordinated noun that is no verb at all."""
    words, made = lexicon(), 0
    for i in tree.tagged(sent, "VERB"):
        first = tree.head[i]
        if tree.dep[i] != "conj" or tree.pos[first] not in ("NOUN", "PROPN"):
            continue
        if words.is_lemma(tree.lemma[i], "v", table.language) or tree.children(i, *_CLAUSAL):
            continue
        if words.is_lemma(tree.lower[i], "n", table.language):
            _release(tree, i, _verb_above(tree, i))
            tree.tag(i, "NOUN", tree.lower[i])
            made += 1
    return made


def names_as_verbs(tree: Tree, sent: range, table: Rules) -> int:
    """*lodando Takaichi per la visione*: a capital within a sentence, on a verb that is none.

    The name is the object of the verb before it, to which its phrases belong.
    """
    words, made = lexicon(), 0
    for i in tree.tagged(sent, "VERB"):
        if i == sent.start or not tree.words[i].istitle() or not tree.words[i - 1].isalpha():
            continue
        lemmas = (tree.lemma[i], tree.lower[i])
        if any(words.is_lemma(lemma, "v", table.language) for lemma in lemmas):
            continue
        verb = tree.head[i]
        if tree.dep[i] not in ("xcomp", "ccomp", "advcl") or tree.pos[verb] != "VERB" or verb > i:
            continue
        if tree.children(i, *_CLAUSAL) or tree.children(verb, "obj"):
            continue
        _release(tree, i, verb)
        tree.tag(i, "PROPN", tree.words[i])
        tree.dep[i] = "obj"
        made += 1
    return made


def _verb_above(tree: Tree, i: int) -> int | None:
    at = tree.head[i]
    while tree.head[at] != at and tree.pos[at] != "VERB":
        at = tree.head[at]
    return at if tree.pos[at] == "VERB" and at != i else None


def _release(tree: Tree, i: int, verb: int | None) -> None:
    """Phrases on a word that is no verb go to the verb above it."""
    for k in tree.children(i, "obl", "advmod", "advcl"):
        if verb is not None:
            tree.attach(k, verb, tree.dep[k])


def modals_on_nouns(tree: Tree, sent: range, table: Rules) -> int:
    """A modal auxiliary on a noun, with an unseen verb between: *could destabilize trade flows*."""
    made = 0
    for noun in tree.heads_of(sent, "aux"):
        if tree.pos[noun] not in ("NOUN", "PROPN") or tree.children(noun, "cop"):
            continue
        modals = [k for k in tree.children(noun, "aux") if k < noun]
        if not modals:
            continue
        verb = _unseen_verb(tree, range(modals[-1] + 1, noun), table)
        if verb is not None:
            _take_over(tree, verb, noun, modals[-1])
            made += 1
    return made


def _unseen_verb(tree: Tree, between: range, table: Rules) -> int | None:
    """The first word that a dictionary has as a verb and as nothing else."""
    words = lexicon()
    for i in between:
        if tree.pos[i] in ("ADV", "PART", "PUNCT"):
            continue
        if _parts_of_speech(tree.lemma[i], table, words) == ["v"]:
            return i
    return None


def _parts_of_speech(lemma: str, table: Rules, words: Lexicon) -> list[Pos]:
    return [pos for pos in _OPEN if words.is_lemma(lemma, pos, table.language)]


def _take_over(tree: Tree, verb: int, noun: int, modal: int) -> None:
    """``verb`` becomes the head of the clause that hung on ``noun``, and the noun its object."""
    tree.tag(verb, "VERB")
    tree.attach(verb, noun, "obj")
    tree.promote(verb)
    tree.dep[noun] = "obj"
    for k in list(tree.children(noun)):
        if k < verb or base(tree.dep[k]) in ("nsubj", "aux", "mark", "advcl", "ccomp"):
            tree.attach(k, verb, tree.dep[k])
    for k in range(modal + 1, verb):
        if tree.head[k] == noun:
            tree.attach(k, verb, "advmod" if tree.pos[k] == "ADJ" else tree.dep[k])


def nouns_that_govern_clauses(tree: Tree, sent: range, table: Rules) -> int:
    """A finite verb read as a noun: *The U.S. and Japan plan to collaborate*."""
    words, made = lexicon(), 0
    for i in tree.heads_of(sent, "nsubj"):
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


def participles_as_objects(tree: Tree, sent: range, table: Rules) -> int:
    """*ha promesso* read as *ha* and a noun: the participle is the verb, *ha* its auxiliary."""
    made = 0
    for i in sent if table.perfect_auxiliaries else ():
        if tree.lemma[i] not in table.perfect_auxiliaries or i + 1 >= sent.stop:
            continue
        noun = i + 1
        if (
            tree.head[noun] != i
            or tree.pos[noun] not in ("NOUN", "ADJ", "VERB")
            or base(tree.dep[noun]) != "obj"
        ):
            continue
        lemma = next((c for c in _participles(tree.lower[noun], table)), None)
        if lemma is None:
            continue
        tree.tag(noun, "VERB", lemma)
        tree.promote(noun)
        tree.dep[i] = "aux"
        tree.tag(i, "AUX")
        for k in list(tree.children(i)):
            tree.attach(k, noun, tree.dep[k])
        for k in tree.children(noun, "acl"):
            tree.dep[k] = "xcomp"
        made += 1
    return made


def _participles(form: str, table: Rules) -> list[str]:
    known = lexicon()
    found = []
    for ending, replacements in table.verb_endings:
        if (
            form.endswith(ending)
            and (len(form) > len(ending) + 1 or form == ending)
            and ending in table.participle_endings
        ):
            found += [form[: -len(ending)] + r for r in replacements]
    return [f for f in found if known.is_lemma(f, "v", table.language)]


def participles_as_nouns(tree: Tree, sent: range, table: Rules) -> int:
    """*sono partiti* read as *are parties*: after the auxiliary, of a verb that takes no object."""
    made = 0
    for i in tree.heads_of(sent, "cop"):
        cops = tree.children(i, "cop")
        if tree.pos[i] not in ("NOUN", "ADJ") or tree.children(i, "det", "amod", "case"):
            continue
        if i - cops[-1] > 2 or not table.participle_endings:
            continue
        lemma = next((c for c in _participles(tree.lower[i], table)), None)
        if lemma in table.intransitive:
            tree.tag(i, "VERB", lemma)
            for k in cops:
                tree.dep[k] = "aux"
            tree.changed = True
            made += 1
    return made


def no_longer(tree: Tree, sent: range, table: Rules) -> int:
    """*non compra più gas*: after a negated verb *più* is its adverb, no amount of the noun."""
    made = 0
    for i in tree.tagged(sent, "ADV"):
        verb = i - 1
        if tree.lower[i] not in table.degrees or verb < sent.start or tree.pos[verb] != "VERB":
            continue
        if tree.head[i] == verb or tree.lower[i + 1 : i + 2] == ["di"]:
            continue
        group = [verb, *tree.children(verb, "aux")]
        denied = any(tree.lower[k - 1] in table.negations for k in group if k > sent.start)
        if denied and tree.head[i] > i:
            made += tree.attach(i, verb, "advmod")
    return made


def infinitives_after_to(tree: Tree, sent: range, table: Rules) -> int:
    """*intends to nominate President X*: after a verb and *to* a word that is only a verb is one.

    The parser read ``nominate`` as a modifier of the noun, which is its object.
    """
    words, made = lexicon(), 0
    for i in tree.tagged(sent, "ADJ", "NOUN", "PROPN", "X"):
        if i < sent.start + 2 or tree.pos[i - 2] != "VERB":
            continue
        if tree.lower[i - 1] not in table.infinitive_marks or tree.head[i] <= i:
            continue
        lemma, verb, noun = tree.lower[i], i - 2, tree.head[i]
        if _parts_of_speech(lemma, table, words) != ["v"] or tree.dominates(i, verb):
            continue
        while tree.head[noun] not in (verb, noun) and tree.head[noun] > i:
            noun = tree.head[noun]
        if not tree.attach(i, verb, "xcomp"):
            continue
        tree.tag(i, "VERB", lemma)
        tree.attach(noun, i, "obj")
        tree.attach(i - 1, i, "mark")
        for k in tree.children(verb, "obl", "advcl"):
            if k > noun:
                tree.attach(k, i, tree.dep[k])
        made += 1
    return made
