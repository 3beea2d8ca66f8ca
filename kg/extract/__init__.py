"""What the sentences of a document say, as extractions in the sentences' own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, Literal, get_args

from spacy.tokens import Doc

from kg.annotate import in_own_words, load_pipeline, plain
from kg.extract.attributes import valued
from kg.extract.attribution import attribution_of
from kg.extract.clauses import Clauses
from kg.extract.confidence import confidence
from kg.extract.contrast import contrasted
from kg.extract.exact import folded
from kg.extract.facts import Facts
from kg.extract.factuality import factuality
from kg.extract.lists import Introduction, introductions, mend_items
from kg.extract.nouns import nominalisation
from kg.extract.phrases import argument, conjuncts
from kg.extract.quotations import with_speakers
from kg.extract.render import render
from kg.extract.repair import repair
from kg.extract.roles import appositions, titles
from kg.extract.rules import Rules, rules
from kg.extract.sentence import Parse, Sentence, Word
from kg.extract.subjects import is_predicate
from kg.extract.tokens import deps, feature, is_name
from kg.extract.tuples import implied, nary
from kg.extract.values import find_values
from kg.types import Document, Extraction, Relation

__all__ = ["PROFILES", "Profile", "extract", "extract_sentences"]

Profile = Literal["graph", "benchie", "carb"]
PROFILES: Final[tuple[Profile, ...]] = get_args(Profile)


def extract(document: Document, doc: Doc) -> list[Extraction]:
    """The facts of a document, in the order of their sentences; its trees are repaired in place.

    Titles, headings and boilerplate say nothing. Pronouns and null subjects are left for
    `kg.resolve`.
    """
    table = rules(document.language)
    parse = repair(doc, document.language)
    clauses = Clauses(table)
    owners: list[int] = doc.user_data["blocks"]
    intros = introductions(document, parse, owners, clauses, table)
    if intros:
        mend_items(parse.tree, owners, intros, document.language)
        parse.tree.write()
        parse, clauses = Parse(parse.tree), Clauses(table)
    found: list[Extraction] = []
    titled: set[tuple[str, str, str]] = set()
    for sent in parse.sentences:
        block = owners[sent.start]
        if block < 0 or document.blocks[block].kind in ("title", "heading", "boilerplate"):
            continue
        facts = _sentence(sent, clauses, table, intros.get(block))
        found += [f for f in facts if not _known_title(f, titled)]
    return with_speakers(doc, found)


def extract_sentences(
    lines: Iterable[str], language: str, *, pretokenized: bool = False, profile: Profile = "graph"
) -> Iterator[tuple[int, Doc, list[Extraction]]]:
    """One sentence a line: (number of the line from 1, its Doc, its extractions).

    With ``pretokenized`` tokens are cut at spaces and nowhere else. ``profile`` says how clauses
    are rendered: ``graph`` (what a build uses), ``benchie`` (binary, one argument folded, nothing
    implicit) or ``carb`` (one n-ary tuple a predicate, implicit copulas).
    """
    nlp = load_pipeline(language)
    table = rules(language)

    def docs() -> Iterator[tuple[Doc | str, tuple[int, str]]]:
        for number, line in enumerate(lines, start=1):
            text = line.strip()
            if not text:
                continue
            if pretokenized:
                yield Doc(nlp.vocab, words=[plain(w) for w in text.split()]), (number, text)
            else:
                yield plain(text), (number, text)

    for parsed, (number, text) in nlp.pipe(docs(), as_tuples=True):
        words = text.split() if pretokenized else [text[t.idx : t.idx + len(t)] for t in parsed]
        doc = in_own_words(parsed, words)
        parse = repair(doc, language)
        clauses = Clauses(table)
        found = (f for s in parse.sentences for f in _sentence(s, clauses, table, None, profile))
        yield number, doc, list(found)


def _sentence(
    sent: Sentence,
    clauses: Clauses,
    table: Rules,
    intro: Introduction | None,
    profile: Profile = "graph",
) -> Iterator[Extraction]:
    if not sent.root.dep:
        return
    if profile != "graph":
        yield from _distinct(_exact(sent, clauses, table, profile))
        return
    seen: set[tuple[object, ...]] = set()
    for fact in _facts(sent, clauses, table, intro):
        object_ = fact.object.tokens if fact.object else ()
        key = (
            fact.subject.tokens,
            fact.subject.head,
            fact.relation.lemma,
            fact.relation.noun,
            fact.relation.case,
            object_,
        )
        if key not in seen and _says_something(fact, table):
            seen.add(key)
            yield fact


def _distinct(facts: Iterable[Extraction]) -> Iterator[Extraction]:
    seen: set[tuple[str, str, str]] = set()
    for fact in facts:
        key = (fact.subject.text, fact.relation.text, fact.object.text if fact.object else "")
        if key not in seen:
            seen.add(key)
            yield fact


def _exact(
    sent: Sentence, clauses: Clauses, table: Rules, profile: Profile
) -> Iterator[Extraction]:
    """The facts of a sentence for a benchmark's profile."""
    bounds = (sent.start, sent.end)
    for token in sent:
        if is_predicate(token) and not (token.dep == "ROOT" and _imperative(token, table)):
            negated, modality = factuality(token, table)
            said = attribution_of(token, clauses, table)
            clause = clauses.clause(token, turn=False)
            rule = _rule(token, clause.passive)
            sure = confidence(rule, len(sent))
            facts = Facts(bounds, negated, modality, said, sure, rule)
            yield from (folded if profile == "benchie" else nary)(clause, facts, table)
        elif profile == "carb" and token.pos in ("NOUN", "PROPN"):
            yield from implied(token, Facts(bounds, False, "asserted", None, 0.0, ""), table)


def _facts(
    sent: Sentence, clauses: Clauses, table: Rules, intro: Introduction | None
) -> Iterator[Extraction]:
    bounds = (sent.start, sent.end)
    plain = Facts(bounds, False, "asserted", None, 0.0, "")
    if intro is not None:
        yield from _item(sent, clauses, table, intro)
    for token in sent:
        if is_predicate(token):
            if token.dep == "ROOT" and _imperative(token, table):
                continue
            negated, modality = factuality(token, table)
            said = attribution_of(token, clauses, table)
            clause = clauses.clause(token)
            rule = _rule(token, clause.passive)
            sure = confidence(rule, len(sent))
            facts = Facts(bounds, negated, modality, said, sure, rule)
            yield from (contrasted(f, token.parse, table) for f in render(clause, facts, table))
        if token.pos in ("NOUN", "PROPN"):
            found = list(_noun_facts(token, plain, table))
            said = attribution_of(token, clauses, table) if found else None
            yield from (replace(f, attribution=said) for f in found)


def _noun_facts(token: Word, facts: Facts, table: Rules) -> Iterator[Extraction]:
    if is_name(token) and not (token.dep == "flat" and is_name(token.head)):
        yield from titles(token, facts, table)
    if token.children:
        yield from appositions(token, facts, table)
        yield from nominalisation(token, facts, table)
        yield from valued(token, facts, table)


def _known_title(fact: Extraction, seen: set[tuple[str, str, str]]) -> bool:
    """A title before a name says the same each time; one evidence a document is enough."""
    if fact.rule != "title" or not fact.subject.text:
        return False
    of = fact.object.text if fact.object is not None else ""
    key = (fact.subject.text.split()[-1], fact.relation.noun, of.lower())
    if key in seen:
        return True
    seen.add(key)
    return False


def _rule(token: Word, passive: bool) -> str:
    if token.dep == "acl:relcl":
        return "relative-clause"
    if token.dep in ("acl", "advcl"):
        return "participle" if feature(token, "VerbForm", "Part") else "subordinate"
    if token.dep == "xcomp":
        return "control"
    return "passive" if passive else "clause"


def _imperative(token: Word, table: Rules) -> bool:
    """*Read more about …*: an order to the reader says nothing of the world."""
    if feature(token, "Mood", "Imp"):
        return not deps(token, "nsubj")
    bare = (
        not table.pro_drop
        and token.pos == "VERB"
        and not deps(token, "nsubj", "aux", "cop", "expl", "csubj")
    )
    return bare and not feature(token, "VerbForm", "Ger") and not feature(token, "VerbForm", "Part")


def _item(
    sent: Sentence, clauses: Clauses, table: Rules, intro: Introduction
) -> Iterator[Extraction]:
    """A list item completes the clause of the line that introduces it."""
    root = sent.root
    negated, modality = factuality(intro.predicate, table)
    said = attribution_of(intro.predicate, clauses, table)
    sure = confidence("list-item", len(sent))
    facts = Facts((sent.start, sent.end), negated, modality, said, sure, "list-item")
    if intro.infinitive and root.pos == "VERB" and not deps(root, "nsubj"):
        clause = replace(clauses.clause(root), subjects=intro.subjects)
        if modality == "asserted":
            facts = replace(facts, modality="planned")
        yield from render(clause, facts, table)
        return
    if root.pos in ("NOUN", "PROPN") and not deps(root, "nsubj", "cop"):
        verb = intro.predicate
        relation = Relation((verb.i,), verb.text, verb.lemma)
        for slot in intro.subjects:
            for top in conjuncts(root):
                yield facts.extraction(
                    argument(slot.head, "subject", table, case=""),
                    relation,
                    argument(top, "object", table, case=""),
                )


def _says_something(fact: Extraction, table: Rules) -> bool:
    """False for facts whose slots are empty words: *it is this*, *nails (= claws)*."""
    if not any(c.isalpha() for c in fact.relation.lemma):
        return False
    if fact.subject.text.lower() in table.empty_words:
        return False
    if fact.object is not None and fact.object.text.lower() in table.empty_words:
        return False
    if fact.object is None:
        counted = any(
            v.kind == "quantity" for *_, v in find_values(fact.subject.text, table.language)
        )
        return bool(fact.subject.tokens) and (bool(fact.arguments) or counted)
    if not fact.object.tokens:
        return False
    words = fact.object.text.lower()
    return words not in table.filler_objects or fact.object.role != "predicative"
