"""Relations: what a predicate is called in the graph, the same whatever language says it."""

from __future__ import annotations

import re
from typing import Final

from kg.lang import table
from kg.lang.lexicon import Pos, lexicon
from kg.resolve.facts import LocalRelation
from kg.resolve.labels import Parts, english_phrases, labels_elsewhere
from kg.resolve.participles import participle
from kg.resolve.reading import Reading, Token
from kg.resolve.words import Words, fold, shared
from kg.types import Relation

__all__ = ["relation_of"]

_ENGLISH: Final = "en"
_UNFIT: Final = re.compile(r"[^a-z0-9_]+")
_AFTER: Final = re.compile(r" (?:of|in|for|at|on|to|during) ")
_MODIFIED: Final = 2  # words


def relation_of(
    relation: Relation, doc: Reading, words: Words, *, place: bool = False
) -> LocalRelation:
    """The relation of an extraction: English verb, noun and preposition (``invest_in``).

    A verb without a known English equivalent keeps its own lemma after its language's code
    (``it_stracciare``). ``place`` says that the object is a place: ``firmare a`` is ``sign_in``
    there.
    """
    language = words.language
    verb, known = _verb(relation.lemma, language)
    noun = _noun(relation, doc, words) if known else ""
    known = known and (noun is not None) and _has_preposition(relation, words)
    noun = noun if known and noun else relation.noun
    case = _preposition(verb, relation, words, place=place and not noun) if known else relation.case
    inner = _inner_preposition(relation, doc, words) if relation.noun and known else ""
    if not noun and case and not relation.passive and verb.endswith(f" {case}"):
        case = ""  # the English verb has its preposition already: "belong to"
    active = verb
    if relation.passive and known:
        verb = f"be {participle(verb)}"
    english = " ".join(p for p in (verb, inner, noun, case) if p)
    if phrase := _as_phrase(relation, doc, words):
        english, known = phrase, True
        verb = english.partition(" ")[0]
    name = _local_name(english)
    quality = any(
        doc[i].pos_ == "ADJ" and fold(doc[i].lemma_) == fold(relation.noun) for i in relation.tokens
    )
    parts = Parts(active.replace("_", " "), noun, inner, case, relation.passive, quality)
    wording = " ".join(
        p
        for p in (
            _said(relation, doc, words),
            _inner_wording(relation, doc),
            relation.noun,
            relation.case,
        )
        if p
    )
    return LocalRelation(
        id=name if known else _local_name(f"{language}_{wording}"),
        label=wording,
        english=english.replace("_", " ") if known else "",
        language=language,
        verb=_local_name(verb if known else f"{language}_{relation.lemma}"),
        general=_general(verb, noun, case) if known and noun and case else (),
        elsewhere=labels_elsewhere(parts, english.replace("_", " "), language) if known else (),
    )


def _general(verb: str, noun: str, case: str) -> tuple[str, ...]:
    """``be_professor_of`` and ``be_of`` for *assistant professor of*, the nearest first."""
    names = (" ".join(p for p in (verb, n, case) if p) for n in (_broader(noun), ""))
    return tuple(dict.fromkeys(map(_local_name, names)))


def _broader(noun: str) -> str:
    """A folded noun without its modifiers: an *assistant professor of* is a *professor of*.

    Empty for one word and where the modifier denies it (*former*, *vice*: the non-subsective
    adjectives of Kamp & Partee 1995, "Prototype Theory and Compositionality").
    """
    words = _AFTER.split(noun)[0].split()
    if len(words) < _MODIFIED and words == noun.split():
        return ""
    if shared().denying_modifiers & set(words[:-1]):
        return ""
    return words[-1] if words and lexicon().is_lemma(words[-1], "n", _ENGLISH) else ""


def _said(relation: Relation, doc: Reading, words: Words) -> str:
    """The verb for the label: its lemma; in a passive the auxiliary and the participle as said."""
    if not relation.passive:
        return relation.lemma
    forms = [doc[i] for i in relation.tokens if doc[i].lemma_.lower() == relation.lemma.split()[0]]
    form = forms[-1].lower_ if forms else relation.lemma
    passive = table(words.language, "participles").get("passive")
    if passive is None:
        return form
    return f"{passive['auxiliary']} {form[:-1]}{passive['endings'].get(form[-1:], form[-1:])}"


def _verb(lemma: str, language: str) -> tuple[str, bool]:
    """The English verb for a lemma (of one or more words), and whether there is one."""
    lemma = lemma.lower()
    first, _, rest = lemma.partition(" ")
    english = lexicon().concept(lemma, "v", language) or lexicon().english(lemma, "v", language)
    if language == _ENGLISH and english is not None:
        english = _spelled(english)
    if english is None and rest:
        head, known = _verb(first, language)
        tail = [_any_word(w, language) for w in rest.split()]
        known = known and "" not in tail
        return (f"{head} {' '.join(tail)}", True) if known else (lemma, False)
    if english is None:
        return (lemma, True) if language == _ENGLISH else (lemma, False)
    return shared().verb_synonyms.get(english, english), True


def _spelled(verb: str) -> str:
    """The one spelling of an English verb that has two: ``organise`` → ``organize``."""
    for ending, usual in table(_ENGLISH, "lexicon")["spellings"].items():
        other: str = verb.removesuffix(ending) + usual
        if verb.endswith(ending) and lexicon().is_lemma(other, "v", _ENGLISH):
            return other
    return verb


def _any_word(word: str, language: str) -> str:
    parts: tuple[Pos, ...] = ("n", "a", "v")
    found = (lexicon().english(word, pos, language) for pos in parts)
    return next((english for english in found if english), "")


def _as_phrase(relation: Relation, doc: Reading, words: Words) -> str:
    """The English relation that a turn of phrase stands for: ``fare parte di``, ``be part of``."""
    if words.language == _ENGLISH or relation.passive:
        return ""
    inner = _inner_wording(relation, doc)
    said = " ".join(p for p in (relation.lemma, inner, relation.noun, relation.case) if p)
    return english_phrases(words.language).get(said.lower(), "")


def _has_preposition(relation: Relation, words: Words) -> bool:
    """Whether English is known to have one for a relation's preposition."""
    return words.language == _ENGLISH or not relation.case or relation.case in words.prepositions


def _noun(relation: Relation, doc: Reading, words: Words) -> str | None:
    """A folded noun or quality in English (``premier`` → ``prime minister``); None if unknown."""
    noun = _without_neutral(relation.noun, words)
    language = words.language
    if role := words.roles.get(fold(noun)):
        return role
    if not noun or language == _ENGLISH:
        return noun.lower()
    parts = {doc[i].lemma_.lower(): _pos(doc[i]) for i in relation.tokens}
    single = noun.lower().split()
    whole = lexicon().english(noun.lower(), parts.get(single[-1], "n"), language)
    if whole:
        return whole
    found = [
        lexicon().english(w, parts.get(w, "n"), language) or _any_word(w, language) for w in single
    ]
    return None if "" in found else " ".join(found)


def _without_neutral(noun: str, words: Words) -> str:
    """A noun without what does not tell one from another: *current president*."""
    kept = [w for w in noun.split() if fold(w) not in words.neutral]
    return " ".join(kept) if kept and len(kept) < len(noun.split()) else noun


def _pos(token: Token) -> Pos:
    """Whether a folded word is a quality (*essential for*) or a noun."""
    return "a" if token.pos_ in ("ADJ", "VERB") else "n"


def _preposition(verb: str, relation: Relation, words: Words, *, place: bool) -> str:
    case = words.prepositions.get(relation.case, relation.case)
    case = shared().preposition_synonyms.get(case, case)
    exceptions = shared().verb_prepositions.get(verb, {})
    if case in exceptions and not relation.noun:
        return exceptions[case]
    moves = lexicon().supersense(verb, "v", _ENGLISH) == "verb.motion"
    if place and case == "to" and words.language != _ENGLISH and not moves:
        return "in"
    return case


def _inner_preposition(relation: Relation, doc: Reading, words: Words) -> str:
    """The preposition before a folded noun (``served [as] prime minister of``)."""
    wording = _inner_wording(relation, doc)
    return words.prepositions.get(wording, wording)


def _inner_wording(relation: Relation, doc: Reading) -> str:
    if not relation.noun:
        return ""
    first = fold(relation.noun.split()[0])
    for before, token in zip(relation.tokens, relation.tokens[1:], strict=False):
        if fold(doc[token].lemma_) == first or fold(doc[token].text) == first:
            at = doc[before]
            return at.lemma_.lower() if at.pos_ in ("ADP", "SCONJ") else ""
    return ""


def _local_name(text: str) -> str:
    """A name that matches ``[A-Za-z_][A-Za-z0-9_-]*``."""
    name = _UNFIT.sub("_", fold(text)).strip("_")
    return name if name and not name[0].isdigit() else f"_{name}"
