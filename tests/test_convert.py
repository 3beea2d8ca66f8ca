"""ClearNLP trees, as the stock English pipelines draw them, become UD trees."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.convert import adapt, to_four_types, to_universal

Row = tuple[str, str, str, str]
"""A word, its part of speech, its ClearNLP label and its head's word (the first with that text)."""


def parsed(*rows: Row) -> Doc:
    """A Doc from rows; ``be`` is lemmatised and ``to`` tagged, as the rules need."""
    words = [word for word, *_ in rows]
    forms = {"is": "be", "was": "be", "are": "be", "been": "be", "'s": "be"}
    return Doc(
        Vocab(),
        words=words,
        pos=[pos for _, pos, _, _ in rows],
        tags=["TO" if pos == "PART" and word == "to" else "" for word, pos, _, _ in rows],
        lemmas=[forms.get(word, word) for word in words],
        deps=[dep for _, _, dep, _ in rows],
        heads=[words.index(head) for *_, head in rows],
    )


def arcs(doc: Doc) -> dict[str, tuple[str, str]]:
    """Each word's label and head after conversion."""
    to_universal(doc)
    return {token.text: (token.dep_, token.head.text) for token in doc}


def test_object_and_oblique() -> None:
    got = arcs(
        parsed(
            ("leaders", "NOUN", "nsubj", "signed"),
            ("signed", "VERB", "ROOT", "signed"),
            ("deal", "NOUN", "dobj", "signed"),
            ("in", "ADP", "prep", "signed"),
            ("Tokyo", "PROPN", "pobj", "in"),
        )
    )
    assert got == {
        "leaders": ("nsubj", "signed"),
        "signed": ("ROOT", "signed"),
        "deal": ("obj", "signed"),
        "in": ("case", "Tokyo"),
        "Tokyo": ("obl", "signed"),
    }


def test_preposition_below_a_noun_is_nmod() -> None:
    got = arcs(
        parsed(
            ("investment", "NOUN", "ROOT", "investment"),
            ("of", "ADP", "prep", "investment"),
            ("firms", "NOUN", "pobj", "of"),
            ("in", "ADP", "prep", "firms"),
            ("Japan", "PROPN", "pobj", "in"),
        )
    )
    assert got["firms"] == ("nmod", "investment")
    assert got["Japan"] == ("nmod", "firms")
    assert got["of"] == ("case", "firms")


def test_passive_with_agent() -> None:
    got = arcs(
        parsed(
            ("deal", "NOUN", "nsubjpass", "signed"),
            ("was", "AUX", "auxpass", "signed"),
            ("signed", "VERB", "ROOT", "signed"),
            ("by", "ADP", "agent", "signed"),
            ("ministers", "NOUN", "pobj", "by"),
        )
    )
    assert got["deal"] == ("nsubj:pass", "signed")
    assert got["was"] == ("aux:pass", "signed")
    assert got["ministers"] == ("obl:agent", "signed")
    assert got["by"] == ("case", "ministers")


def test_copula_with_nominal_predicate() -> None:
    got = arcs(
        parsed(
            ("She", "PRON", "nsubj", "is"),
            ("is", "AUX", "ROOT", "is"),
            ("not", "PART", "neg", "is"),
            ("minister", "NOUN", "attr", "is"),
            ("of", "ADP", "prep", "minister"),
            ("Japan", "PROPN", "pobj", "of"),
        )
    )
    assert got == {
        "She": ("nsubj", "minister"),
        "is": ("cop", "minister"),
        "not": ("advmod", "minister"),
        "minister": ("ROOT", "minister"),
        "of": ("case", "Japan"),
        "Japan": ("nmod", "minister"),
    }


def test_copula_with_adjective_and_auxiliary() -> None:
    got = arcs(
        parsed(
            ("prices", "NOUN", "nsubj", "been"),
            ("have", "AUX", "aux", "been"),
            ("been", "AUX", "ROOT", "been"),
            ("high", "ADJ", "acomp", "been"),
        )
    )
    assert got["high"] == ("ROOT", "high")
    assert got["been"] == ("cop", "high")
    assert got["have"] == ("aux", "high")


def test_copula_in_a_place() -> None:
    got = arcs(
        parsed(
            ("meeting", "NOUN", "nsubj", "was"),
            ("was", "AUX", "ROOT", "was"),
            ("in", "ADP", "prep", "was"),
            ("Tokyo", "PROPN", "pobj", "in"),
        )
    )
    assert got["Tokyo"] == ("ROOT", "Tokyo")
    assert got["was"] == ("cop", "Tokyo")
    assert got["meeting"] == ("nsubj", "Tokyo")


def test_subordinate_copula_keeps_its_clause() -> None:
    got = arcs(
        parsed(
            ("says", "VERB", "ROOT", "says"),
            ("she", "PRON", "nsubj", "is"),
            ("is", "AUX", "ccomp", "says"),
            ("ready", "ADJ", "acomp", "is"),
        )
    )
    assert got["ready"] == ("ccomp", "says")


def test_existential_there_keeps_its_verb() -> None:
    got = arcs(
        parsed(
            ("There", "PRON", "expl", "is"),
            ("is", "VERB", "ROOT", "is"),
            ("agreement", "NOUN", "attr", "is"),
        )
    )
    assert got["is"] == ("ROOT", "is")
    assert got["agreement"] == ("nsubj", "is")


def test_it_is_clear_that() -> None:
    got = arcs(
        parsed(
            ("It", "PRON", "expl", "is"),
            ("is", "AUX", "ROOT", "is"),
            ("clear", "ADJ", "acomp", "is"),
            ("they", "PRON", "nsubj", "agree"),
            ("agree", "VERB", "ccomp", "is"),
        )
    )
    assert got["clear"] == ("ROOT", "clear")
    assert got["agree"] == ("csubj", "clear")


def test_become_has_no_copula() -> None:
    got = arcs(
        parsed(
            ("She", "PRON", "nsubj", "became"),
            ("became", "VERB", "ROOT", "became"),
            ("minister", "NOUN", "attr", "became"),
        )
    )
    assert got["became"] == ("ROOT", "became")
    assert got["minister"] == ("xcomp", "became")


@pytest.mark.parametrize(
    ("clearnlp", "universal"),
    [
        ("oprd", "xcomp"),
        ("dative", "iobj"),
        ("neg", "advmod"),
        ("prt", "compound:prt"),
        ("npadvmod", "obl"),
        ("intj", "discourse"),
        ("csubjpass", "csubj:pass"),
    ],
)
def test_labels_below_a_verb(clearnlp: str, universal: str) -> None:
    got = arcs(parsed(("call", "VERB", "ROOT", "call"), ("x", "NOUN", clearnlp, "call")))
    assert got["x"] == (universal, "call")


@pytest.mark.parametrize(
    ("clearnlp", "universal"),
    [
        ("poss", "nmod:poss"),
        ("relcl", "acl:relcl"),
        ("predet", "det:predet"),
        ("preconj", "cc:preconj"),
        ("npadvmod", "nmod"),
        ("nmod", "compound"),
        ("appos", "appos"),
    ],
)
def test_labels_below_a_noun(clearnlp: str, universal: str) -> None:
    got = arcs(parsed(("x", "NOUN", clearnlp, "deal"), ("deal", "NOUN", "ROOT", "deal")))
    assert got["x"] == (universal, "deal")


def test_prepositional_dative_is_oblique() -> None:
    got = arcs(
        parsed(
            ("gave", "VERB", "ROOT", "gave"),
            ("trees", "NOUN", "dobj", "gave"),
            ("to", "ADP", "dative", "gave"),
            ("Washington", "PROPN", "pobj", "to"),
        )
    )
    assert got["Washington"] == ("obl", "gave")
    assert got["to"] == ("case", "Washington")


def test_infinitive_to_is_a_mark() -> None:
    got = arcs(
        parsed(
            ("agreed", "VERB", "ROOT", "agreed"),
            ("to", "PART", "aux", "invest"),
            ("invest", "VERB", "xcomp", "agreed"),
        )
    )
    assert got["to"] == ("mark", "invest")


def test_clause_below_a_preposition() -> None:
    got = arcs(
        parsed(
            ("grew", "VERB", "ROOT", "grew"),
            ("by", "ADP", "prep", "grew"),
            ("buying", "VERB", "pcomp", "by"),
            ("rivals", "NOUN", "dobj", "buying"),
        )
    )
    assert got["buying"] == ("advcl", "grew")
    assert got["by"] == ("mark", "buying")


def test_adverb_below_a_preposition() -> None:
    got = arcs(
        parsed(
            ("closed", "VERB", "ROOT", "closed"),
            ("until", "ADP", "prep", "closed"),
            ("recently", "ADV", "pcomp", "until"),
        )
    )
    assert got["recently"] == ("obl", "closed")
    assert got["until"] == ("case", "recently")


def test_chained_prepositions_share_their_noun() -> None:
    got = arcs(
        parsed(
            ("moved", "VERB", "ROOT", "moved"),
            ("out", "ADP", "prep", "moved"),
            ("of", "ADP", "prep", "out"),
            ("Tokyo", "PROPN", "pobj", "of"),
        )
    )
    assert got["Tokyo"] == ("obl", "moved")
    assert got["out"] == ("case", "Tokyo")
    assert got["of"] == ("case", "Tokyo")


def test_preposition_below_a_preposition_as_its_complement() -> None:
    got = arcs(
        parsed(
            ("came", "VERB", "ROOT", "came"),
            ("from", "ADP", "prep", "came"),
            ("behind", "ADP", "pcomp", "from"),
            ("walls", "NOUN", "pobj", "behind"),
        )
    )
    assert got["walls"] == ("obl", "came")
    assert got["from"] == ("case", "walls")
    assert got["behind"] == ("case", "walls")


def test_coordinated_prepositional_phrases() -> None:
    got = arcs(
        parsed(
            ("met", "VERB", "ROOT", "met"),
            ("in", "ADP", "prep", "met"),
            ("Tokyo", "PROPN", "pobj", "in"),
            ("and", "CCONJ", "cc", "in"),
            ("at", "ADP", "conj", "in"),
            ("sea", "NOUN", "pobj", "at"),
        )
    )
    assert got["Tokyo"] == ("obl", "met")
    assert got["sea"] == ("conj", "Tokyo")
    assert got["at"] == ("case", "sea")
    assert got["and"] == ("cc", "sea")


def test_coordinated_prepositions() -> None:
    got = arcs(
        parsed(
            ("met", "VERB", "ROOT", "met"),
            ("in", "ADP", "prep", "met"),
            ("and", "CCONJ", "cc", "in"),
            ("around", "ADP", "conj", "in"),
            ("Tokyo", "PROPN", "pobj", "around"),
        )
    )
    assert got["Tokyo"] == ("obl", "met")
    assert got["in"] == ("case", "Tokyo")
    assert got["around"] == ("conj", "in")
    assert got["and"] == ("cc", "around")


def test_stranded_preposition() -> None:
    got = arcs(
        parsed(
            ("house", "NOUN", "ROOT", "house"),
            ("they", "PRON", "nsubj", "live"),
            ("live", "VERB", "relcl", "house"),
            ("in", "ADP", "prep", "live"),
        )
    )
    assert got["in"] == ("obl", "live")
    assert got["live"] == ("acl:relcl", "house")


def test_conjuncts_hang_on_the_first() -> None:
    got = arcs(
        parsed(
            ("ships", "NOUN", "ROOT", "ships"),
            (",", "PUNCT", "punct", "ships"),
            ("chips", "NOUN", "conj", "ships"),
            ("and", "CCONJ", "cc", "chips"),
            ("energy", "NOUN", "conj", "chips"),
        )
    )
    assert got["chips"] == ("conj", "ships")
    assert got["energy"] == ("conj", "ships")
    assert got["and"] == ("cc", "energy")


def test_sentences_and_unparsed_docs_stay() -> None:
    unparsed = Doc(Vocab(), words=["Tokyo", "."])
    assert to_universal(unparsed) is unparsed
    two = parsed(
        ("go", "VERB", "ROOT", "go"),
        ("home", "NOUN", "dobj", "go"),
        ("sign", "VERB", "ROOT", "sign"),
        ("deals", "NOUN", "dobj", "sign"),
    )
    assert arcs(two)["deals"] == ("obj", "sign")
    assert [sent.text for sent in two.sents] == ["go home", "sign deals"]


def test_names_become_four_types() -> None:
    doc = Doc(Vocab(), words=["Ada", "Lovelace", "left", "Paris", "on", "Monday"])
    doc.ents = (
        Span(doc, 0, 2, label="PERSON"),
        Span(doc, 3, 4, label="GPE"),
        Span(doc, 5, 6, label="DATE"),
    )
    to_four_types(doc)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Ada Lovelace", "PER"),
        ("Paris", "LOC"),
    ]


def test_only_a_clearnlp_pipeline_gets_the_converters() -> None:
    stock, universal = spacy.blank("en"), spacy.blank("en")
    for label in ("dobj", "pobj"):
        _parser(stock).add_label(label)
    stock.add_pipe("ner").add_label("GPE")  # type: ignore[attr-defined]
    for label in ("obj", "obl"):
        _parser(universal).add_label(label)
    adapt(stock)
    adapt(universal)
    assert stock.pipe_names[-2:] == ["kg_to_universal", "kg_to_four_types"]
    assert universal.pipe_names == ["parser"]


def _parser(nlp: spacy.language.Language):  # type: ignore[no-untyped-def]
    return nlp.get_pipe("parser") if nlp.has_pipe("parser") else nlp.add_pipe("parser")
