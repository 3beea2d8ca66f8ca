"""Mentions: every name, description, pronoun and silent subject that a document refers with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal

from kg.lang.lexicon import lexicon
from kg.resolve.genders import gender_of
from kg.resolve.phrases import (
    EDGES,
    GENDERS,
    NUMBERS,
    gender_of_noun,
    is_possessive,
    label_of,
    modifiers_of,
    number_of,
    phrase_of,
    role_of,
)
from kg.resolve.reading import Reading, Token
from kg.resolve.titles import Name, country_of, marks
from kg.resolve.words import Features, Kind, Words, fold
from kg.types import Argument, EntityType, Extraction

__all__ = ["Group", "Mention", "Mentions", "collect_mentions", "mention_key"]

Form = Literal["name", "nominal", "pronoun", "null"]

_NOMINAL: Final = frozenset(("NOUN", "PROPN", "PRON"))
_INNER: Final = frozenset(("flat", "flat:name", "flat:foreign", "compound", "fixed", "nmod:desc"))
_OWNERS: Final = frozenset(("det:poss", "nmod:poss"))
_SUBJECTS: Final = frozenset(("nsubj", "nsubj:pass"))
_OBJECTS: Final = frozenset(("obj", "iobj"))
_PERSON: Final = "noun.person"
_NEW: Final = frozenset(("Ind", "Neg", "Int"))
"""Types of determiners (UD's PronType) that bring something up."""


@dataclass(frozen=True, slots=True)
class Group:
    """``both countries``: how many members, and of which type (None: any)."""

    size: int
    type: EntityType | None


@dataclass(frozen=True, slots=True)
class Mention:
    """One wording that refers; ``head`` (see `mention_key`) and ``position`` are token indices."""

    head: int
    position: int
    end: int
    """Index after its last token; with titles it begins at ``position``."""
    sentence: int
    """Ordinal of the sentence in the document."""
    form: Form
    text: str
    type: EntityType | None = None
    features: Features = field(default_factory=Features)
    subject: bool = False
    bare: bool = False
    """No preposition before it, and not an object: it could be a subject."""
    governor: int = -1
    """The predicate whose argument it is."""
    name: Name | None = None
    lemma: str = ""
    kind: Kind | None = None
    group: Group | None = None
    compound: bool = False
    """A noun inside a longer one (*food* in *food supply*): repeated, hardly taken up."""
    definite: bool = False
    indefinite: bool = False
    """``a mine``, ``some people``: brought up new."""
    demonstrative: bool = False
    reflexive: bool = False
    possessed: bool = False
    modifiers: frozenset[str] = frozenset()
    inner: tuple[int, ...] = ()
    """Heads of the names inside the description."""
    role: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions in document order, and which of them a token belongs to."""

    ordered: tuple[Mention, ...]
    by_head: Mapping[int, Mention]
    owner: Mapping[int, int]
    """Token → head of the name (with its titles) that it is part of."""


def mention_key(argument: Argument) -> int:
    """What an argument's mention is found by: its head, or below zero for a silent subject.

    A silent subject has its verb's token, which may head an argument of its own.
    """
    return argument.head if argument.tokens else -1 - argument.head


def collect_mentions(
    doc: Reading,
    extractions: Sequence[Extraction],
    names: Sequence[Name],
    words: Words,
    silent: frozenset[int] = frozenset(),
) -> Mentions:
    """The mentions of a document; what fills a slot of an extraction is always among them."""
    sentences = {t.i: number for number, sent in enumerate(doc.sents) for t in sent.tokens}
    owner: dict[int, int] = {}
    found: dict[int, Mention] = {}
    for name in names:
        head = _name_head(doc, name)
        for begin, end in ((name.begin, name.end), *((t.begin, t.end) for t in name.titles)):
            owner.update(dict.fromkeys(range(begin, end), head))
        found[head] = _name_mention(doc, name, head, sentences[head], words)
    arguments: dict[int, Argument] = {}
    for slot in _arguments(extractions):
        if not slot.tokens:
            found[mention_key(slot)] = _null(doc, slot, sentences[slot.head])
        elif not slot.clause:
            arguments[slot.head] = slot
    heads = {t.i for t in doc if t.pos_ in _NOMINAL and t.dep_ not in _INNER and t.i not in owner}
    inner_nouns = {t.i for t in doc if t.pos_ == "NOUN" and t.dep_ == "compound"} - owner.keys()
    owners = {t.i for t in doc if t.dep_ in _OWNERS and is_possessive(t, words)}
    heads = (heads | inner_nouns | owners) - silent
    inside = {i for name in names for i in range(name.begin, name.end)}
    for head in sorted(heads | {h for h in arguments if h not in inside}):
        argument = arguments.get(head)
        if head in found and argument is None:
            continue
        tokens = argument.tokens if argument else tuple(sorted(phrase_of(doc[head])))
        inner = tuple(sorted({owner[i] for i in tokens if i in owner and owner[i] != head}))
        found[head] = _described(doc, head, tokens, inner, sentences[head], words)
    ordered = tuple(sorted(found.values(), key=lambda m: (m.position, m.head)))
    return Mentions(ordered, found, owner)


def _arguments(extractions: Iterable[Extraction]) -> Iterator[Argument]:
    for extraction in extractions:
        yield extraction.subject
        if extraction.object:
            yield extraction.object
        yield from extraction.arguments
        if extraction.attribution and extraction.attribution.speaker:
            yield extraction.attribution.speaker


# -- names -----------------------------------------------------------------------------------


def _name_head(doc: Reading, name: Name) -> int:
    inside = range(name.begin, name.end)
    return next((i for i in inside if doc[i].head.i not in inside), name.begin)


def _name_mention(doc: Reading, name: Name, head: int, sentence: int, words: Words) -> Mention:
    outer = _climb(doc[head], {t for title in name.titles for t in range(title.begin, title.end)})
    gender = next((t.gender for t in name.titles if t.gender), "")
    if name.type == "person":
        gender = gender or gender_of(name.text, words)
    role = next((t for t in name.titles if t.role), None)
    begin = min((name.begin, *(t.begin for t in name.titles)))
    return Mention(
        head=head,
        position=begin,
        end=name.end,
        sentence=sentence,
        form="name",
        text=name.text.strip(EDGES) if not name.text.endswith(".") else name.text,
        type=name.type,
        features=Features(3, "", gender, name.type == "person" if name.type else None),  # type: ignore[arg-type]
        subject=outer.dep_ in _SUBJECTS or _conjunct_of_subject(outer),
        bare=_bare(outer),
        governor=_governor(outer),
        name=name,
        definite=True,
        role=role.role if role else "",
        country=next((t.country for t in name.titles if t.country), ""),
    )


def _climb(token: Token, titles: set[int]) -> Token:
    """The token by which a name with its titles hangs in the sentence."""
    while token.head.i in titles and token.head != token:
        token = token.head
    return token


def _governor(token: Token) -> int:
    while token.dep_ == "conj" and token.head.pos_ in _NOMINAL:
        token = token.head
    return token.head.i


def _bare(token: Token) -> bool:
    return token.dep_ not in _OBJECTS and all(c.dep_ != "case" for c in token.children)


def _conjunct_of_subject(token: Token) -> bool:
    while token.dep_ in ("conj", "flat", "appos") and token.head != token:
        token = token.head
        if token.dep_ in _SUBJECTS:
            return True
    return False


# -- descriptions and pronouns -----------------------------------------------------------------


def _described(
    doc: Reading,
    head: int,
    tokens: Sequence[int],
    inner: tuple[int, ...],
    sentence: int,
    words: Words,
) -> Mention:
    token = doc[head]
    base = partial(
        Mention,
        head=head,
        position=min(tokens),
        end=max(tokens) + 1,
        sentence=sentence,
        form="nominal",
        text=label_of(doc, tokens, words),
        subject=token.dep_ in _SUBJECTS or _conjunct_of_subject(token),
        bare=_bare(token),
        governor=_governor(token),
        lemma=token.lemma_.lower(),
    )
    key = fold(token.text)
    group = _group(doc, head, tokens, words)
    pronoun = token.pos_ in ("PRON", "DET") or len(tokens) == 1
    if group is None and token.pos_ == "PRON" and (own := words.reflexives.get(key)):
        return base(form="pronoun", features=own, reflexive=True)
    if group is None and pronoun and (key in words.pronouns or key in words.possessives):
        features = words.pronouns.get(key) or words.possessives.get(key)
        if token.pos_ in ("PRON", "DET", "ADJ", "PART") or features is None:
            refers = features is not None and token.dep_ != "expl"
            features = features or Features(0)
            return base(form="pronoun", features=features if refers else Features(0))
    if group is None and token.pos_ == "PRON":
        return base(form="pronoun", features=Features(0))
    role, role_tokens = role_of(doc, head, tokens, words)
    kind = words.kinds.get(fold(token.lemma_)) or words.kinds.get(key)
    number = number_of(token)
    type_ = _nominal_type(token, kind, role, number, words)
    before = [doc[i] for i in tokens] + [c for c in token.children if c.dep_ in ("det", "case")]
    before = [t for t in before if t.i <= head]
    return base(
        type="group" if group else type_,
        features=Features(3, number, gender_of_noun(token, words), type_ == "person"),
        kind=kind,
        group=group,
        compound=token.dep_ == "compound",
        definite=any("Def" in marks(t, "Definite") for t in before),
        indefinite=any(_brings_up(t) for t in before if t.i < head),
        demonstrative=any("Dem" in marks(t, "PronType") for t in before),
        possessed=any(is_possessive(doc[i], words) for i in tokens),
        modifiers=frozenset(modifiers_of(doc, head, tokens, role_tokens, words)),
        inner=inner,
        role=role,
        country=next((c for i in tokens if i != head and (c := country_of(doc, i, words))), ""),
    )


def _brings_up(token: Token) -> bool:
    """Whether a determiner introduces what was not spoken of yet."""
    return "Ind" in marks(token, "Definite") or bool(
        _NEW & {*marks(token, "PronType")} and token.pos_ in ("DET", "PRON", "ADJ")
    )


def _null(doc: Reading, argument: Argument, sentence: int) -> Mention:
    """A silent subject, with what the verb, its auxiliary and its participle show of it."""
    head = argument.head
    verb = doc[head]
    finite = [verb, *(c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop"))]
    number = next(
        (n for t in finite if "Fin" in marks(t, "VerbForm") for n in marks(t, "Number")), ""
    )
    person = next((p for t in finite for p in marks(t, "Person")), "3")
    agrees = any(c.dep_ in ("aux:pass", "cop") for c in verb.children)
    gender = next(iter(marks(verb, "Gender")), "")
    if gender == "Masc" and not agrees:
        gender = ""  # the default of a compound tense
    features = Features(int(person), NUMBERS.get(number, ""), GENDERS.get(gender, ""))
    return Mention(
        mention_key(argument), min(t.i for t in finite), head + 1, sentence, "null", "",
        features=features, subject=True, governor=head,
    )  # fmt: skip


def _group(doc: Reading, head: int, tokens: Sequence[int], words: Words) -> Group | None:
    token = doc[head]
    surface = fold(token.text)
    if surface in words.quantifiers and token.pos_ in ("PRON", "DET", "NUM"):
        return Group(words.quantifiers[surface], None)
    noun = fold(token.lemma_)
    if noun not in words.group_nouns or "Sing" in marks(token, "Number"):
        return None
    before = {fold(doc[i].text) for i in tokens if i < head}
    before |= {fold(c.text) for c in token.children if c.i < head}
    for word, size in words.quantifiers.items():
        if fold(word) in before:
            return Group(size, words.group_nouns[noun])
    definite = any("Def" in marks(t, "Definite") for t in token.children)
    for word, size in words.numerals.items():
        if word in before and definite:
            return Group(size, words.group_nouns[noun])
    return None


def _nominal_type(
    token: Token, kind: Kind | None, role: str, number: str, words: Words
) -> EntityType:
    if kind:
        return kind.type
    if role:
        return "group" if number == "p" else "person"
    if number == "p" and fold(token.lemma_) in words.group_nouns:
        return "group"
    sense = lexicon().supersense(token.lemma_.lower(), "n", words.language)
    if sense != _PERSON or token.pos_ not in ("NOUN", "PROPN"):
        return "concept"
    return "group" if number == "p" else "person"
