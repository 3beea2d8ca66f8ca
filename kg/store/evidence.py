"""Evidence → RDF: Web Annotation selectors for the words that a statement rests on.

Passages are nodes of their own, shared by all evidence of the same passage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from pyoxigraph import NamedNode

from kg.store.terms import Description, Term, decimal, integer, literal, optional
from kg.types import Evidence, GraphData, Statement
from kg.vocab import KG, OA, RDF, Names, digest

__all__ = ["describe_evidence", "describe_passages", "evidence_node"]

_CONTEXT = 32
"""Characters of text before and after a quotation that help to find it again."""


def evidence_node(statement: Statement, evidence: Evidence, names: Names) -> NamedNode:
    """The node of a statement's evidence, minted from all it says."""
    spans = (evidence.subject_span, evidence.relation_span, evidence.object_span)
    return names.evidence(
        digest(
            statement.id,
            evidence.document,
            str((evidence.begin, evidence.end, *spans)),
            evidence.quote,
            evidence.relation_text,
            evidence.subject_text,
            evidence.object_text,
            evidence.attributed_to or "",
            evidence.reporting_verb or "",
            repr(evidence.confidence),
            evidence.rule,
        )
    )


def describe_evidence(data: GraphData, names: Names) -> Iterator[Description]:
    """All evidence, statement by statement."""
    languages = {document.id: document.language for document in data.documents}
    for statement in data.statements:
        found = (
            _evidence(statement, evidence, languages.get(evidence.document, ""), names)
            for evidence in statement.evidence
        )
        yield from sorted(found, key=lambda description: description.subject.value)


def _evidence(statement: Statement, evidence: Evidence, language: str, names: Names) -> Description:
    text = partial(_words, language=language)
    speaker = evidence.attributed_to
    return Description.of(
        evidence_node(statement, evidence, names),
        [
            (RDF["type"], [OA["SpecificResource"]]),
            (OA["hasSource"], [names.document(evidence.document)]),
            (OA["hasSelector"], _passage_nodes(evidence, names)),
            (KG["attributedTo"], [] if speaker is None else [names.entity(speaker)]),
            (KG["reportingVerb"], optional(evidence.reporting_verb, language)),
            (KG["subjectText"], text(evidence.subject_text)),
            (KG["subjectSelector"], _span_node(evidence, evidence.subject_span, names)),
            (KG["wording"], text(evidence.relation_text)),
            (KG["relationSelector"], _span_node(evidence, evidence.relation_span, names)),
            (KG["objectText"], text(evidence.object_text)),
            (KG["objectSelector"], _span_node(evidence, evidence.object_span, names)),
            (KG["confidence"], [decimal(evidence.confidence)]),
            (KG["rule"], _words(evidence.rule, "")),
        ],
    )


def _words(text: str, language: str) -> list[Term]:
    return [literal(text, language)] if text else []


# -- passages: Web Annotation selectors, shared by all evidence of a passage -----------------


def _quote_node(evidence: Evidence, names: Names) -> NamedNode:
    place = f"{evidence.document}_{evidence.begin}_{evidence.end}"
    return names.selector(f"{place}_{digest(evidence.quote)[:8]}")


def _passage_nodes(evidence: Evidence, names: Names) -> list[Term]:
    quote: list[Term] = [_quote_node(evidence, names)] if evidence.quote else []
    return quote + _span_node(evidence, (evidence.begin, evidence.end), names)


def _span_node(evidence: Evidence, span: tuple[int, int] | None, names: Names) -> list[Term]:
    return [] if span is None else [names.selector(f"{evidence.document}_{span[0]}_{span[1]}")]


def describe_passages(data: GraphData, names: Names) -> Iterator[Description]:
    """The passages evidence points to, document by document as the text runs."""
    passages: dict[str, dict[tuple[int, int, str], Evidence]] = defaultdict(dict)
    for statement in data.statements:
        for item in statement.evidence:
            passages[item.document][item.begin, item.end, item.quote] = item
            for span in (item.subject_span, item.relation_span, item.object_span):
                if span is not None:
                    passages[item.document].setdefault((*span, ""), item)
    texts = {document.id: document.text for document in data.documents}
    for document in sorted(passages):
        spans = {(begin, end) for begin, end, _ in passages[document]}
        for begin, end in sorted(spans):
            yield _position(names.selector(f"{document}_{begin}_{end}"), begin, end)
        for (_, _, quote), item in sorted(passages[document].items(), key=lambda pair: pair[0]):
            if quote:
                yield _quotation(item, texts.get(document, ""), names)


def _position(node: NamedNode, begin: int, end: int) -> Description:
    return Description.of(
        node,
        [
            (RDF["type"], [OA["TextPositionSelector"]]),
            (OA["start"], [integer(begin)]),
            (OA["end"], [integer(end)]),
        ],
    )


def _quotation(evidence: Evidence, text: str, names: Names) -> Description:
    before = text[max(0, evidence.begin - _CONTEXT) : evidence.begin]
    after = text[evidence.end : evidence.end + _CONTEXT]
    return Description.of(
        _quote_node(evidence, names),
        [
            (RDF["type"], [OA["TextQuoteSelector"]]),
            (OA["exact"], [literal(evidence.quote)]),
            (OA["prefix"], [literal(before)]),
            (OA["suffix"], [literal(after)]),
        ],
    )
