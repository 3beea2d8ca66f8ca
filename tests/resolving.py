"""Hand-built Docs, extractions and facts for the tests of resolution."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.resolve import DocumentFacts, LocalEntity, LocalRelation, LocalStatement, resolve_document
from kg.types import (
    Argument,
    Attribution,
    Document,
    EntityType,
    Evidence,
    Extraction,
    Qualifier,
    Relation,
    Role,
    Value,
)


def doc_of(*sentences: str) -> Doc:
    """A Doc from sentences of ``word/POS/dep/head`` tokens, further parts optional.

    ``head`` counts from 1 inside the sentence, 0 is the root; then come an entity tag (``B-PER``),
    the lemma and the morphology.
    """
    rows: list[list[str]] = []
    heads: list[int] = []
    for sentence in sentences:
        start = len(rows)
        for at, token in enumerate(sentence.split()):
            parts = token.split("/")
            head = int(parts[3])
            heads.append(start + head - 1 if head else start + at)
            rows.append(parts + [""] * (7 - len(parts)))
    return Doc(
        Vocab(),
        words=[r[0] for r in rows],
        pos=[r[1] for r in rows],
        deps=["ROOT" if r[3] == "0" else r[2] for r in rows],
        heads=heads,
        ents=[r[4] or "O" for r in rows],
        lemmas=[r[5] or r[0].lower() for r in rows],
        morphs=[r[6] for r in rows],
    )


def arg(doc: Doc, text: str, role: Role, *, nth: int = 0, case: str = "") -> Argument:
    """The argument that some words are; an empty text is the silent subject of token ``nth``."""
    if not text:
        return Argument(role, (), nth, "")
    words = text.split()
    starts = [
        i
        for i in range(len(doc) - len(words) + 1)
        if [t.text for t in doc[i : i + len(words)]] == words
    ]
    tokens = tuple(range(starts[nth], starts[nth] + len(words)))
    head = next(i for i in tokens if doc[i].head.i not in tokens or doc[i].head.i == i)
    return Argument(role, tokens, head, text, case)


def fact(
    doc: Doc,
    subject: Argument,
    verb: str,
    object_: Argument | None = None,
    *arguments: Argument,
    case: str = "",
    attribution: Attribution | None = None,
    rule: str = "clause",
) -> Extraction:
    """An extraction whose predicate is one verb of the Doc."""
    near = object_ or subject
    anchor = near.head
    at = min((t.i for t in doc if t.text == verb), key=lambda i: abs(i - anchor))
    sentence = doc[at].sent
    relation = Relation((at,), verb, doc[at].lemma_, case)
    return Extraction(
        (sentence.start, sentence.end), subject, relation, object_, arguments,
        attribution=attribution, rule=rule,
    )  # fmt: skip


def document_of(doc: Doc, language: str = "en", published: str | None = None) -> Document:
    """The document a Doc is of."""
    return Document("d1", "d1.txt", doc.text, language, published=published)


def resolved(doc: Doc, *extractions: Extraction, language: str = "en") -> list[tuple[str, ...]]:
    """``(subject, relation, object)`` of every statement, by labels and lexical forms."""
    facts = resolve_document(document_of(doc, language), doc, extractions)
    labels = {e.id: label(facts, e) for e in facts.entities}
    rows: list[tuple[str, ...]] = []
    for s in facts.statements:
        target = labels[s.object] if isinstance(s.object, str) else s.object and s.object.lexical
        rows.append((labels[s.subject], s.relation.id, target or ""))
    return rows


def label(facts: DocumentFacts, entity: LocalEntity) -> str:
    """An entity's key if it is a place, else its best name; members for a group."""
    if entity.members:
        by_id = {e.id: e for e in facts.entities}
        return " + ".join(label(facts, by_id[m]) for m in entity.members)
    place = entity.key.partition(":")[0] in ("country", "city", "region")
    return entity.key if place or not entity.names else entity.names[0][0]


# -- facts -----------------------------------------------------------------------------------


def entity(
    local: str,
    name: str,
    type_: EntityType = "person",
    *,
    key: str | None = None,
    language: str = "en",
    kind: str = "",
    members: tuple[str, ...] = (),
) -> LocalEntity:
    """A named entity; with ``kind`` a described one that only its document knows."""
    known = f"{type_}:{name.lower()}" if key is None and not kind else key or ""
    return LocalEntity(local, type_, known, language, ((name, 1),), not kind, kind, members)


def said(
    subject: str,
    relation: str,
    object_: str | Value | None,
    *qualifiers: Qualifier,
    document: str,
    confidence: float = 0.8,
    speaker: str | None = None,
    begin: int = 0,
) -> LocalStatement:
    """A statement of a document, by local ids."""
    return LocalStatement(
        subject, LocalRelation(relation, relation, relation.replace("_", " "), "en"), object_,
        qualifiers, False, "asserted",
        Evidence(document, begin, begin + 5, "words", relation, subject, str(object_),
                 attributed_to=speaker, confidence=confidence),
    )  # fmt: skip


def facts(
    document: str,
    entities: list[LocalEntity],
    statements: list[LocalStatement],
    *,
    language: str = "en",
    published: str | None = None,
) -> DocumentFacts:
    """A document's facts."""
    about = Document(document, f"{document}.txt", "words", language, published=published)
    return DocumentFacts(about, tuple(entities), tuple(statements))
