"""Evidence → RDF: Web Annotation selectors for the words that a statement rests on.

Passages are nodes of their own, shared by all evidence of the same passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from pyoxigraph import NamedNode

from kg.store.terms import Description, Term, decimal, integer, literal, optional
from kg.types import Document, Evidence
from kg.vocab import KG, OA, RDF, Names, digest

__all__ = ["describe_evidence", "evidence_node"]

_CONTEXT = 32
"""Characters of text before and after a quotation that help to find it again."""


def evidence_node(statement: str, evidence: Evidence, names: Names) -> NamedNode:
    """The node of evidence for a statement (its id), minted from all it says."""
    spans = (evidence.subject_span, evidence.relation_span, evidence.object_span)
    return names.evidence(
        digest(
            statement,
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


def describe_evidence(
    document: Document | None, found: Iterable[tuple[str, Evidence]], names: Names
) -> Iterator[Description]:
    """All evidence that a document gives, and the passages it points to.

    Args:
        document: None where it is not in the graph.
        found: the evidence with the ids of the statements it is for.
        names: mint the IRIs.
    """
    language, text = ("", "") if document is None else (document.language, document.text)
    spans: dict[tuple[int, int], Evidence] = {}
    quotations: dict[tuple[int, int, str], Evidence] = {}
    for statement, evidence in found:
        yield _evidence(statement, evidence, language, names)
        quotations[evidence.begin, evidence.end, evidence.quote] = evidence
        for span in (
            (evidence.begin, evidence.end),
            evidence.subject_span,
            evidence.relation_span,
            evidence.object_span,
        ):
            if span is not None:
                spans[span] = evidence
    for (begin, end), evidence in spans.items():
        yield _position(names.selector(f"{evidence.document}_{begin}_{end}"), begin, end)
    for evidence in quotations.values():
        if evidence.quote:
            yield _quotation(evidence, text, names)


def _evidence(statement: str, evidence: Evidence, language: str, names: Names) -> Description:
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
