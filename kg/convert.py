"""Stock English pipelines in the project's labels: ClearNLP trees to UD, OntoNotes names to four.

The shipped pipelines are in Universal Dependencies already. A configured one whose parser has
ClearNLP labels (``en_core_web_sm``, ``en_core_web_trf``) gets a last component that rewrites its
trees: prepositions and copulas stop being heads, conjuncts hang on the first of them, labels get
their UD names. The constructions follow the Universal Dependencies guidelines for English
(https://universaldependencies.org/en/) and the ClearNLP label guide
(https://github.com/clir/clearnlp-guidelines/blob/master/md/specifications/dependency_labels.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

__all__ = ["adapt", "to_four_types", "to_universal"]

_CLEARNLP: Final = frozenset({"dobj", "pobj", "nsubjpass", "auxpass"})
"""Labels that UD does not have: a parser with any of them is a ClearNLP one."""

_RENAMED: Final = {
    "acomp": "xcomp",
    "attr": "xcomp",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "dep",
    "neg": "advmod",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prt": "compound:prt",
    "relcl": "acl:relcl",
}
_PREPOSITIONAL: Final = frozenset({"prep", "agent", "dative"})
_PREDICATIVE: Final = frozenset({"attr", "acomp"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "DET"})
_CLAUSAL: Final = frozenset({"VERB", "AUX"})

_FOUR_TYPES: Final = {
    "PERSON": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "NORP": "MISC",
    "PRODUCT": "MISC",
    "EVENT": "MISC",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
    "LANGUAGE": "MISC",
}
"""OntoNotes names; its dates, amounts and numbers are no names and are dropped."""


def adapt(nlp: Language) -> None:
    """Add to a pipeline the converters that its labels call for; none where it is UD already."""
    labels = {label for names in nlp.pipe_labels.values() for label in names}
    if labels & _CLEARNLP:
        nlp.add_pipe("kg_to_universal", last=True)
    if "GPE" in labels:
        nlp.add_pipe("kg_to_four_types", last=True)


@Language.component("kg_to_four_types", requires=["doc.ents"], assigns=["doc.ents"])
def to_four_types(doc: Doc) -> Doc:
    """OntoNotes entity labels to PER, ORG, LOC and MISC."""
    doc.ents = tuple(
        Span(doc, ent.start, ent.end, label=_FOUR_TYPES[ent.label_])
        for ent in doc.ents
        if ent.label_ in _FOUR_TYPES
    )
    return doc


@Language.component(
    "kg_to_universal",
    requires=["token.dep", "token.head", "token.pos", "token.tag", "token.lemma"],
    assigns=["token.dep", "token.head"],
)
def to_universal(doc: Doc) -> Doc:
    """A Doc's ClearNLP trees as UD trees, in place; tokens, tags and features stay."""
    if not doc.has_annotation("DEP"):
        return doc
    rows = np.zeros((len(doc), 2), dtype="uint64")
    for sentence in doc.sents:
        begin = sentence.start
        tree = _Tree(
            tuple(sentence), [t.head.i - begin for t in sentence], [t.dep_ for t in sentence]
        )
        for step in (_prepositions, _copulas, _conjuncts, _labels):
            step(tree)
        for i, (head, label) in enumerate(zip(tree.heads, tree.deps, strict=True)):
            rows[begin + i, 0] = np.int64(head - i).astype("uint64")  # a head is a distance
            rows[begin + i, 1] = doc.vocab.strings.add(label)
    return doc.from_array([HEAD, DEP], rows)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Tree:
    """A sentence's parse being rewritten: each token's head and label, by position in it."""

    tokens: tuple[Token, ...]
    heads: list[int]
    deps: list[str]

    def children(self, i: int, *labels: str) -> list[int]:
        """A token's dependents in order, all or those with one of the labels."""
        return [
            j
            for j, head in enumerate(self.heads)
            if head == i and j != i and (not labels or self.deps[j] in labels)
        ]

    def attach(self, i: int, head: int, label: str) -> None:
        self.heads[i], self.deps[i] = head, label

    def replace(self, old: int, new: int, label: str) -> None:
        """``new`` takes the place of ``old``, which becomes its dependent with ``label``."""
        is_root = self.heads[old] == old
        self.attach(new, new if is_root else self.heads[old], self.deps[old])
        self.attach(old, new, label)


# -- prepositions ----------------------------------------------------------------------------


def _prepositions(tree: _Tree) -> None:
    """``invest → in → Japan`` to ``invest → Japan → in``; innermost (rightmost) first."""
    for i in reversed(range(len(tree.deps))):
        if tree.children(i, "pobj", "pcomp"):
            _turn_preposition(tree, i)
    for i, label in enumerate(tree.deps):
        if label in {"prep", "agent"}:
            _objectless_preposition(tree, i)


def _turn_preposition(tree: _Tree, preposition: int) -> None:
    """A preposition's complement takes its place; the preposition becomes its case or mark.

    ``in Tokyo``, ``by signing``, ``in Tokyo and in Osaka``, ``in and around Tokyo``.
    """
    complement, *others = tree.children(preposition, "pobj", "pcomp")
    label, head = tree.deps[preposition], tree.heads[preposition]
    if label == "conj" and tree.deps[head] in _PREPOSITIONAL and _has_no_complement(tree, head):
        tree.attach(complement, head, tree.deps[complement])  # [in and around] Tokyo
        return
    clausal = tree.deps[complement] == "pcomp" and _is_clause(tree, complement)
    tree.replace(preposition, complement, "mark" if clausal else "case")
    if label == "pcomp":  # from behind the house: the outer preposition turns it once more
        tree.deps[complement] = "pobj"
    elif label in _PREPOSITIONAL:
        tree.deps[complement] = _complement_label(label, clausal, _is_nominal(tree, head))
    for other in others:
        tree.attach(other, complement, "conj")
    joined = {i for i in tree.children(preposition, "conj") if tree.tokens[i].pos_ == "ADP"}
    for child in tree.children(preposition):
        if child not in joined and not (joined and tree.deps[child] == "cc"):
            tree.heads[child] = complement


def _complement_label(label: str, clausal: bool, nominal_head: bool) -> str:
    """What a preposition's complement is to the preposition's head."""
    if clausal:
        return "acl" if nominal_head else "advcl"
    if label == "agent":
        return "obl:agent"
    return "nmod" if nominal_head else "obl"


def _objectless_preposition(tree: _Tree, i: int) -> None:
    """``the house they live in``; ``out`` in ``out of Tokyo``, whose inner noun it shares."""
    label, head = tree.deps[i], tree.heads[i]
    inner = tree.children(i, "obl", "nmod", "advcl", "acl")
    if inner and head != i:
        clausal = tree.deps[inner[0]] in {"advcl", "acl"}
        tree.replace(i, inner[0], "case")
        tree.deps[inner[0]] = _complement_label(label, clausal, _is_nominal(tree, head))
        for child in tree.children(i):
            tree.heads[child] = inner[0]
    elif tree.tokens[i].pos_ == "ADV":
        tree.deps[i] = "advmod"
    else:
        tree.deps[i] = "nmod" if _is_nominal(tree, head) else "obl"


def _has_no_complement(tree: _Tree, i: int) -> bool:
    return not tree.children(i, "pobj", "pcomp")


def _is_nominal(tree: _Tree, i: int) -> bool:
    """True for the head of a noun phrase, not for a noun that is a predicate with its copula."""
    return tree.tokens[i].pos_ in _NOMINAL and not tree.children(i, "cop")


def _is_clause(tree: _Tree, i: int) -> bool:
    """True for a verb and for a noun or adjective with a subject or an auxiliary of its own."""
    subjects = tree.children(i, "nsubj", "nsubjpass", "aux", "auxpass", "csubj")
    return tree.tokens[i].pos_ in _CLAUSAL or bool(subjects)


# -- copulas ---------------------------------------------------------------------------------


def _copulas(tree: _Tree) -> None:
    """``Tokyo ← is → capital`` to ``capital → Tokyo, is``; ``there is a deal`` keeps its verb."""
    for verb in reversed(range(len(tree.deps))):
        if tree.tokens[verb].lemma_ != "be" or tree.deps[verb] in {"aux", "auxpass"}:
            continue
        predicates = tree.children(verb, *_PREDICATIVE)
        if any(tree.tokens[i].text.lower() == "there" for i in tree.children(verb, "expl")):
            for predicate in predicates[:1]:
                tree.deps[predicate] = "nsubj"
            continue
        predicates = predicates or _locative_predicates(tree, verb)
        if predicates:
            _turn_copula(tree, verb, predicates[0])


def _locative_predicates(tree: _Tree, verb: int) -> list[int]:
    """``the meeting is in Tokyo``: where there is a subject and no other complement."""
    if not tree.children(verb, "nsubj") or tree.children(verb, "ccomp", "xcomp", "advcl"):
        return []
    return [i for i in tree.children(verb, "obl") if i > verb]


def _turn_copula(tree: _Tree, verb: int, predicate: int) -> None:
    """The predicate takes the copula's place and its other dependents."""
    tree.replace(verb, predicate, "cop")
    for child in tree.children(verb):
        tree.heads[child] = predicate
        if tree.deps[child] in _PREDICATIVE:
            tree.deps[child] = "parataxis"
        elif tree.deps[child] == "ccomp" and tree.children(predicate, "expl"):
            tree.deps[child] = "csubj"  # it is clear that …


# -- coordination ----------------------------------------------------------------------------


def _conjuncts(tree: _Tree) -> None:
    """Every conjunct on the first one, every conjunction on the conjunct that follows it."""
    for i, label in enumerate(tree.deps):
        if label == "cc":
            following = [j for j in tree.children(tree.heads[i], "conj") if j > i]
            if following:
                tree.heads[i] = following[0]
    for i, label in enumerate(tree.deps):
        if label == "conj":
            while tree.deps[tree.heads[i]] == "conj":
                tree.heads[i] = tree.heads[tree.heads[i]]


# -- labels ----------------------------------------------------------------------------------


def _labels(tree: _Tree) -> None:
    """What remains has the same heads in both schemes and another name."""
    for i, label in enumerate(tree.deps):
        tree.deps[i] = _renamed(tree, i, label)


def _renamed(tree: _Tree, i: int, label: str) -> str:
    token, head = tree.tokens[i], tree.heads[i]
    if label == "aux" and token.tag_ == "TO":
        return "mark"
    if label == "npadvmod":
        return "nmod" if _is_nominal(tree, head) else "obl"
    if label == "quantmod":
        return "compound" if token.pos_ == "NUM" else "advmod"
    if label == "nmod" and i < head and not tree.children(i, "case"):
        return "compound"  # ClearNLP's nmod is a premodifier: a [10 billion dollar] deal
    if label in {"pobj", "pcomp"}:  # their preposition was lost in parsing
        return "obl"
    return _RENAMED.get(label, label)
