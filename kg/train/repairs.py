"""Labels of treebanks made alike: what one set lacks or names otherwise, repaired by rule."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.train.conllu import Sentence, Word

__all__ = ["REPAIRS", "Context", "auxiliaries", "normalise", "respace"]

_OPENING: Final = frozenset("([{«“‘")
_CLOSING: Final = frozenset(
    [".", ",", ";", ":", "!", "?", ")", "]", "}", "»", "”", "...", "%", "…"]
)
_ELIDED: Final = re.compile(r"[^\W\d_]['’]$")
_DEPTH: Final = 3  # links between a relative clause's verb and its pronoun, at most


@dataclass(frozen=True, slots=True)
class Context:
    """What the repairs of a language go by (``[LANG.words]`` in sources.toml).

    ``auxiliary`` counts, per verb lemma, how often the passive's auxiliary is ``aux`` and
    ``aux:pass`` in the treebanks that tell them apart.
    """

    words: Mapping[str, Any] = field(default_factory=dict)
    auxiliary: Mapping[str, Counter[str]] = field(default_factory=dict)


def normalise(sentence: Sentence, labels: Mapping[str, Any]) -> None:
    """Keep the labels and features of labels.toml; other subtypes are cut off (obl:tmod → obl)."""
    keep, renamed, feats = set(labels["keep"]), labels["rename"], set(labels["features"])
    for i, word in enumerate(sentence.words):
        dep = renamed.get(word.dep, word.dep)
        word.dep = dep if dep in keep else dep.partition(":")[0]
        if word.head == i:
            word.dep = "ROOT"
        word.feats = {k: v.split(",")[0] for k, v in sorted(word.feats.items()) if k in feats}


def auxiliaries(sentences: Iterable[Sentence], lemma: str) -> Mapping[str, Counter[str]]:
    """How often ``lemma`` is ``aux`` and ``aux:pass`` of each verb."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word in sentence.words:
            if word.dep in ("aux", "aux:pass") and word.lemma == lemma:
                counts[sentence.words[word.head].lemma][word.dep] += 1
    return counts


def respace(words: list[Word], context: Context) -> None:
    """Natural spacing for text with a space round every token: *l' accordo .* → *l'accordo.*"""
    apostrophe = set(context.words.get("apostrophe", ()))
    quoted = False
    for i, word in enumerate(words):
        word.space = word.form not in _OPENING
        if _ELIDED.search(word.form) and word.form.lower().replace("’", "'") not in apostrophe:
            word.space = not context.words.get("elision", False)
        if word.form == '"':
            if not quoted:
                word.space = False
            elif i:
                words[i - 1].space = False
            quoted = not quoted
        elif i and (word.form in _CLOSING or word.form in context.words.get("attached", ())):
            words[i - 1].space = False


def _agents(words: list[Word], context: Context) -> None:
    """``obl`` with the agent's preposition under a passive is ``obl:agent``."""
    for i, word in enumerate(words):
        if word.dep == "obl" and any(
            c.head == i and c.dep == "case" and c.lemma.lower() == context.words.get("agent")
            for c in words
        ):
            siblings = (c.dep for c in words if c.head == word.head)
            if any(dep in ("aux:pass", "nsubj:pass") for dep in siblings):
                word.dep = "obl:agent"


def _possessives(words: list[Word], _: Context) -> None:
    """``det`` with ``Poss=Yes`` is ``det:poss``."""
    for word in words:
        if word.dep == "det" and word.feats.get("Poss") == "Yes":
            word.dep = "det:poss"


def _relatives(words: list[Word], _: Context) -> None:
    """``acl`` with a relative pronoun below it is ``acl:relcl``."""
    for i, word in enumerate(words):
        if word.dep == "acl" and any(
            other.feats.get("PronType") == "Rel" and _below(words, k, i)
            for k, other in enumerate(words)
        ):
            word.dep = "acl:relcl"


def _below(words: list[Word], index: int, ancestor: int) -> bool:
    for _ in range(_DEPTH):
        if words[index].head == index:
            return False
        index = words[index].head
        if index == ancestor:
            return True
    return False


def _passives(words: list[Word], context: Context) -> None:
    """The last auxiliary of a passive is ``aux:pass``, its subject ``nsubj:pass``.

    *è stata fondata*, *viene fondata* always; *è fondata* where other treebanks mostly say so.
    """
    forms = context.words.get("passive", ())
    for i, verb in enumerate(words):
        if verb.upos != "VERB":
            continue
        found = [w for w in words if w.head == i and w.dep == "aux" and w.lemma in forms]
        if not found:
            continue
        counts = context.auxiliary.get(verb.lemma, Counter())
        always = len(found) > 1 or found[-1].lemma != forms[0]
        if always or counts["aux:pass"] > counts["aux"]:
            found[-1].dep = "aux:pass"
            for word in words:
                if word.head == i and word.dep == "nsubj":
                    word.dep = "nsubj:pass"


REPAIRS: Final[Mapping[str, Callable[[list[Word], Context], None]]] = {
    "respace": respace,
    "agents": _agents,
    "possessives": _possessives,
    "relatives": _relatives,
    "passives": _passives,
}
"""By the names that sources.toml uses; each changes a sentence in place."""
