"""Whether a description means a kind of thing, alike in every text, or one particular thing.

*Rare earths*, *security*, *la musica* are the same wherever they stand; *the school*, *una
commissione*, *people who fled*, *the problem* are what one text means by them. After the
distinction of kinds and individuals in Carlson 1977, "Reference to Kinds in English"; nouns that
only stand for what a text says elsewhere are the shell nouns of Schmid 2000, "English Abstract
Nouns as Conceptual Shells".
"""

from __future__ import annotations

from typing import Final

from kg.lang.lexicon import lexicon
from kg.resolve.clusters import Cluster
from kg.resolve.kinds import kind_of
from kg.resolve.linker import Linker
from kg.resolve.mentions import Mention
from kg.resolve.reading import Reading, Token
from kg.resolve.titles import marks
from kg.resolve.words import Words, fold

__all__ = ["is_generic", "term"]

_NOUNS: Final = frozenset(("NOUN", "PROPN"))
_PASSING: Final = frozenset(("noun.time",))
_RESTRICTING: Final = frozenset(("acl", "acl:relcl"))
_DETERMINERS: Final = frozenset(("det", "det:predet", "nummod"))
_ARTICLE: Final = "Def"
_POSSESSIVES: Final = frozenset(("det:poss", "nmod:poss"))


def is_generic(cluster: Cluster, linker: Linker) -> bool:
    """Whether all that a cluster is called means a kind or something there is only one of.

    What says what something is (*she is a writer*) names a kind, whatever its article.
    """
    spoken = [m for m in cluster.mentions if m.form == "nominal"]
    if all(m.head in linker.predicative for m in spoken):
        return bool(spoken) and all(linker.doc[m.head].pos_ in _NOUNS for m in spoken)
    if kind_of(cluster, linker.doc, linker.words.language) == "group":
        return False
    return all(_generic(mention, linker) for mention in spoken)


def _generic(mention: Mention, linker: Linker) -> bool:
    head = linker.doc[mention.head]
    if head.pos_ not in _NOUNS:
        return False
    if mention.head in linker.predicative:
        return True
    words = linker.words
    sense = lexicon().supersense(mention.lemma, "n", words.language)
    owned = bool(mention.inner or mention.country or linker.owner(mention))
    compound = any(c.dep_ == "compound" for c in head.children)  # rare earth elements
    if sense in _PASSING or (fold(mention.lemma) in words.shells and not owned and not compound):
        return False
    if mention.indefinite or mention.demonstrative:
        return False
    if mention.modifiers & (words.contrast | words.vague):
        return False
    if any(_restricts(c, head, linker.doc) for c in head.children):
        return False
    if any(_counts(c) for c in _determiners(head)):
        return False
    if not (mention.definite or any(map(_is_definite, _determiners(head)))):
        return True
    return bool(
        owned
        or fold(mention.lemma) in words.unique
        or (mention.features.number != "p" and sense in words.generic_senses)
        or (" " in mention.text and term(mention.text, mention.lemma, mention.modifiers, words))
    )


def term(label: str, lemma: str, modifiers: frozenset[str], words: Words) -> str | None:
    """The English of a description that the wordnets have as a whole: *terre rare*.

    In the plural it is looked up by its lemmas (*diritti umani*; of *rare earths*, by its head's).
    """
    found = lexicon().english(label.lower(), "n", words.language)
    if found is not None or " " not in label:
        return found
    if words.head_last:
        singular = " ".join((*label.lower().split()[:-1], lemma))
    elif len(modifiers) == 1:
        singular = " ".join((lemma, *modifiers))
    else:
        return None
    return lexicon().english(singular, "n", words.language)


def _restricts(clause: Token, head: Token, doc: Reading) -> bool:
    """Whether a clause tells which are meant: *people who fled*, not *Greeks, who came*."""
    if clause.dep_ not in _RESTRICTING or clause.i < head.i:
        return False
    first = clause.subtree[0].i
    return all(doc[i].pos_ != "PUNCT" for i in (first, first - 1))


def _determiners(head: Token) -> list[Token]:
    """What determines a noun; a conjunct has its first noun's (*the offices and locations*)."""
    own = [c for c in head.children if c.dep_ in _DETERMINERS or c.dep_ == "case"]
    owned = any(c.dep_ in _POSSESSIVES for c in head.children)
    if not own and not owned and head.dep_ == "conj" and head.head.pos_ in _NOUNS:
        return _determiners(head.head)
    return own


def _is_definite(token: Token) -> bool:
    return _ARTICLE in marks(token, "Definite")


def _counts(token: Token) -> bool:
    """Whether a determiner says how many or which: all but articles and possessives."""
    if token.dep_ not in _DETERMINERS or marks(token, "Poss"):
        return False
    return not _is_definite(token)
