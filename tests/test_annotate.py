"""The Doc of a document has the document's text, offsets and blocks, whatever its characters."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.annotate import annotate, block_of, languages, load_pipeline, pipeline_hash
from kg.errors import PipelineError
from kg.types import Block, Document

ENGLISH = (
    "Leaders Sign a Deal\n\n"
    "The minister said: “It’s a new era — for all.” He didn't stay.\n\n"
    "Accept all cookies   \n\n"
    "  • The firms agreed to invest $10 billion in ships.\n"
)
ITALIAN = (
    "La premier ha firmato l’accordo dell’anno.\n\n"
    "«È una svolta», ha detto. Potrà comprarla nel 2027…\n"
)
_SPACES = str.maketrans("\u00a0\u202f", "  ")


def document(text: str, language: str, boilerplate: str = "Accept") -> Document:
    """A document with one block a line."""
    blocks, at = [], 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            begin = at + line.index(stripped)
            kind = "boilerplate" if stripped.startswith(boilerplate) else "paragraph"
            blocks.append(Block(begin, begin + len(stripped), kind))  # type: ignore[arg-type]
        at += len(line)
    return Document("0" * 32, "test.txt", text, language, blocks=tuple(blocks))


def doc_of(doc: Document) -> Doc:
    ((given, result),) = annotate([doc])
    assert given is doc
    return result


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (ITALIAN, "it")])
def test_text_and_offsets_are_the_documents(text: str, language: str) -> None:
    doc = doc_of(document(text, language))
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


@pytest.mark.parametrize("text", ["", "\n\n  \n", " x ", "x", "\tTabs\u00a0and\u2028lines \n"])
def test_odd_texts_survive(text: str) -> None:
    assert doc_of(document(text, "en")).text == text


ROBUST = {
    "one word": "Italy",
    "no punctuation": "the minister said that the firms will pay " * 100,
    "all capitals": "ITALY AND JAPAN SIGN A DEAL. " * 20,
    "mixed languages": "Il premier said: 日本と合意した, и это всё. Punto.",
    "emoji": "🇮🇹 e 🇯🇵 firmano 👩‍💻🎉!!! 😀😀😀",
    "right to left": "The \u202eevil\u202c firm שלום \u200fpaid.",
    "one long word": "a" * 5000,
    "punctuation only": "... --- ??? !!! " * 50,
}


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("text", ROBUST.values(), ids=ROBUST)
def test_every_text_gets_trees(text: str, language: str) -> None:
    doc = doc_of(document(text, language))
    assert doc.text == text
    for sentence in doc.sents:
        assert all(token.head in sentence for token in sentence)


def test_a_long_paragraph_is_parsed_in_parts_that_end_where_sentences_do() -> None:
    text = "The firms agreed to invest ten million dollars in ships and steel. " * 3000
    doc = doc_of(document(text, "en"))
    assert doc.text == text
    assert len(list(doc.sents)) == 3000


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("Rome, 3 March 2024 -", "Acme signed a deal."),
        ("Tokyo, October 28, 2025 —", "The two leaders met."),
        ("ROMA (ANSA) -", "“Firmeremo”, ha detto."),
        ("NEW YORK –", "Shares fell."),
    ],
)
def test_a_dateline_is_a_sentence_apart(dateline: str, rest: str) -> None:
    doc = doc_of(document(f"{dateline} {rest}", "en"))
    assert doc.text == f"{dateline} {rest}"
    assert rest[0] in [s.text[0] for s in doc.sents]
    begin = len(dateline) + 1
    assert [t.is_sent_start for t in doc if t.idx == begin] == [True]


def test_a_dash_inside_a_sentence_is_no_dateline() -> None:
    doc = doc_of(document("Rare earths - Seventeen minerals - are scarce.", "en"))
    assert [t.is_sent_start for t in doc if t.text == "Seventeen"] == [False]


def test_a_part_without_a_stop_ends_between_words() -> None:
    text = "word " * 15_000
    doc = doc_of(document(text, "en"))
    assert doc.text == text
    assert {token.text for token in doc if not token.is_space} == {"word"}


def test_no_sentence_crosses_a_block() -> None:
    source = document(ENGLISH, "en")
    doc = doc_of(source)
    for sentence in doc.sents:
        assert len({block_of(doc, t.i) for t in sentence}) == 1
    assert [t.text for t in doc if block_of(doc, t.i) == 0] == ["Leaders", "Sign", "a", "Deal"]


def test_boilerplate_and_gaps_are_single_unparsed_tokens() -> None:
    doc = doc_of(document(ENGLISH, "en"))
    outside = [t for t in doc if block_of(doc, t.i) == -1]
    assert any("Accept all cookies" in t.text for t in outside)
    assert all(t.head == t and not t.pos_ and not t.ent_type_ for t in outside)


def test_curly_quotes_are_parsed_like_straight_ones() -> None:
    curly = doc_of(document("The minister said: “It’s over.”", "en"))
    straight = doc_of(document('The minister said: "It\'s over."', "en"))
    assert [(t.pos_, t.dep_, t.head.i) for t in curly] == [
        (t.pos_, t.dep_, t.head.i) for t in straight
    ]
    assert "“" in [t.text for t in curly]


def test_no_break_spaces_are_parsed_like_plain_ones() -> None:
    text = "The United\u00a0States invested 10\u00a0billion in\u202fJapan. It grew."
    odd, plain = doc_of(document(text, "en")), doc_of(document(text.translate(_SPACES), "en"))
    words = [t for t in odd if not t.is_space]
    assert odd.text == text
    assert [(t.text, t.pos_, t.dep_, t.head.text) for t in words] == [
        (t.text, t.pos_, t.dep_, t.head.text) for t in plain
    ]
    assert [len(list(s)) for s in plain.sents] == [9, 3]
    assert len(list(odd.sents)) == 2
    assert [e.text.translate(_SPACES) for e in odd.ents] == [e.text for e in plain.ents]
    assert "United States" in [e.text for e in plain.ents]


def test_italian_prepositions_with_articles_are_one_token() -> None:
    doc = doc_of(document(ITALIAN, "it"))
    (preposition,) = (t for t in doc if t.text == "dell’")
    assert (preposition.pos_, preposition.lemma_) == ("ADP", "di")


def test_a_language_without_pipeline() -> None:
    with pytest.raises(PipelineError, match=r"no pipeline for language 'de' .*en, it"):
        doc_of(document("Guten Tag.", "de"))


def test_a_configured_pipeline_that_is_not_installed() -> None:
    with pytest.raises(PipelineError, match="en_core_nowhere"):
        load_pipeline("en", "en_core_nowhere")


def test_pipelines_that_ship_are_known_by_their_content() -> None:
    assert languages() == ("en", "it")
    assert pipeline_hash("en") != pipeline_hash("it")


def test_a_doc_survives_the_cache() -> None:
    doc = doc_of(document(ITALIAN, "it"))
    again = Doc(load_pipeline("it").vocab).from_bytes(doc.to_bytes())
    assert again.to_json() == doc.to_json()
    assert [block_of(again, t.i) for t in again] == [block_of(doc, t.i) for t in doc]
    assert [str(t.morph) for t in again] == [str(t.morph) for t in doc]


def test_a_noun_for_women_keeps_its_own_lemma() -> None:
    """The treebanks call *figlia* a form of *figlio*; English has a word for each."""
    doc = doc_of(document("La figlia di Anna è arrivata. Il figlio è partito.\n", "it"))
    assert [t.lemma_ for t in doc if t.pos_ == "NOUN"] == ["figlia", "figlio"]
