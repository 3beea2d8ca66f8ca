"""Coreference and entity clusters measured: known values, the gold's formats."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from resolving import entity, facts

from kg.evaluate import GoldError, conll_f1, read_coreference, read_entities
from kg.evaluate.clusters import METRICS, Tally, score
from kg.resolve import DocumentFacts, LocalMention
from kg.types import Document, EntityType

KEY = [set("abc"), set("defg")]
RESPONSE = [set("ab"), set("cd"), set("fghi")]
"""The example of Pradhan et al. (2014), section 4, with the values that it works out."""


@pytest.mark.parametrize(
    ("metric", "recall", "precision"),
    [("MUC", 0.4, 0.4), ("B3", 2.9167 / 7, 0.5), ("CEAFe", 0.65, 1.3 / 3)],
)
def test_the_example_of_the_reference_scorer(metric: str, recall: float, precision: float) -> None:
    tally = METRICS[metric](KEY, RESPONSE)
    assert tally.recall == pytest.approx(recall, abs=1e-4)
    assert tally.precision == pytest.approx(precision)


@pytest.mark.parametrize("metric", METRICS)
def test_the_gold_itself_is_perfect_and_nothing_is_nothing(metric: str) -> None:
    assert METRICS[metric](KEY, KEY).f1 == 1
    assert METRICS[metric](KEY, []).f1 == 0
    assert METRICS[metric]([], []) == Tally()


@pytest.mark.parametrize("metric", METRICS)
def test_precision_and_recall_change_places_with_the_clusterings(metric: str) -> None:
    there, back = METRICS[metric](KEY, RESPONSE), METRICS[metric](RESPONSE, KEY)
    assert (there.precision, there.recall) == pytest.approx((back.recall, back.precision))


def test_muc_does_not_see_singletons() -> None:
    assert METRICS["MUC"]([*KEY, {"x"}], KEY).f1 == 1
    assert METRICS["B3"]([*KEY, {"x"}], KEY).recall == pytest.approx(7 / 8)


def test_ceaf_takes_the_best_pairs_not_the_first() -> None:
    key, response = [{"a", "b"}, {"c", "d", "e"}], [{"a", "c"}, {"b", "d", "e"}]
    assert METRICS["CEAFe"](key, response).recall == pytest.approx((2 / 4 + 4 / 6) / 2)


def test_documents_are_added_up_before_they_are_divided() -> None:
    scores = score([(KEY, KEY), (KEY, RESPONSE)])
    assert scores["MUC"].recall == pytest.approx((5 + 2) / (5 + 5))
    assert conll_f1(scores) == pytest.approx(sum(s.f1 for s in scores.values()) / 3)


# -- GUM --------------------------------------------------------------------------------------

ROWS = """\
# newdoc id = two
# global.Entity = GRP-etype
# newpar
# text = Ann Lee didn't leave Rome.
1	Ann	Ann	PROPN	_	_	5	nsubj	_	Entity=(1-person-new-cf1
2	Lee	Lee	PROPN	_	_	1	flat	_	Entity=1)
3-4	didn't	_	_	_	_	_	_	_	_
3	did	do	AUX	_	_	5	aux	_	_
4	n't	not	PART	_	_	5	advmod	_	_
5	leave	leave	VERB	_	_	0	root	_	_
6	Rome	Rome	PROPN	_	_	5	obj	_	Entity=(2-place-new-cf2)|SpaceAfter=No
7	.	.	PUNCT	_	_	5	punct	_	_

# text = She and Bob like it.
1	She	she	PRON	_	_	4	nsubj	_	Entity=(3-person-cf2(1-person-giv-cf1)
2	and	and	CCONJ	_	_	3	cc	_	_
3	Bob	Bob	PROPN	_	_	1	conj	_	Entity=(4-person-new-cf3)3)
4	like	like	VERB	_	_	0	root	_	_
5	it	it	PRON	_	_	4	obj	_	Entity=(2-place-giv-cf4)|SpaceAfter=No
6	.	.	PUNCT	_	_	4	punct	_	_
"""


def write_coreference(folder: Path, text: str) -> Path:
    path = folder / "coref/en/gum_coref-dev.conllu"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return folder


def test_gold_mentions_are_the_offsets_of_their_heads(tmp_path: Path) -> None:
    [(document, clusters)] = read_coreference(write_coreference(tmp_path, ROWS)).documents
    assert document.text == "Ann Lee didn't leave Rome. She and Bob like it."
    assert [block.kind for block in document.blocks] == ["paragraph"]
    heads = {
        frozenset(document.text[m:].split()[0].strip(".") for m in cluster if isinstance(m, int))
        for cluster in clusters
    }
    assert heads == {
        frozenset({"Ann", "She"}),
        frozenset({"Rome", "it"}),
        frozenset({"Bob"}),
        frozenset(),  # "She and Bob" has the head of "She"
    }


def test_the_whole_way_from_the_text_to_the_scores(tmp_path: Path) -> None:
    scores = read_coreference(write_coreference(tmp_path, ROWS)).evaluate()
    assert 0 < scores.conll <= 1
    assert scores.everything["MUC"] == scores.chains["MUC"]


@pytest.mark.parametrize("text", ["", "# newdoc id = x\nnothing\n"])
def test_a_file_that_is_no_coreference_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(GoldError, match=r"gum_coref-dev\.conllu"):
        read_coreference(write_coreference(tmp_path, text))


# -- entities ---------------------------------------------------------------------------------

TEXT = "Ann Lee met Bob. Lee, a poet, praised Rome. He left. Read: Lee."
SENTENCES = [
    ("body", "Ann Lee met Bob."),
    ("body", "Lee, a poet, praised Rome."),
    ("body", "He left."),
    ("boilerplate", "Read: Lee."),
]


def alias(text: str) -> dict[str, str]:
    return {"doc": "a.txt", "string": text}


ENTITIES = [
    {
        "id": "Ann",
        "aliases": [alias("Ann Lee"), alias("Lee")],
        "mentions": [],
        "coref": [{**alias("a poet"), "sentence_no": 2, "kind": "apposition"}],
    },
    {
        "id": "Bob",
        "aliases": [alias("Bob")],
        "mentions": [],
        "coref": [{**alias("He"), "sentence_no": 3, "kind": "pronoun"}],
    },
    {"id": "Rome", "aliases": [alias("Rome")], "mentions": [], "coref": []},
]


Cluster = tuple[str, EntityType, tuple[str, ...]]


def document(*clusters: Cluster) -> DocumentFacts:
    """Facts in which entities are spoken of by wordings, each at its first place."""
    found = []
    for name, type_, wordings in clusters:
        mentions = tuple(LocalMention(i, i + len(w), i, "") for w in wordings for i in [at(w)])
        found.append(replace(entity(name, name, type_), mentions=mentions))
    made = facts("a", found, [])
    return DocumentFacts(Document("a", "in/a.txt", TEXT, "en"), made.entities, made.statements)


def at(wording: str) -> int:
    return TEXT.index(wording)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    rows = [{"n": n, "kind": k, "text": t} for n, (k, t) in enumerate(SENTENCES, 1)]
    (tmp_path / "gold/sentences.json").write_text(json.dumps({"a.txt": rows}))
    (tmp_path / "gold/entities.json").write_text(json.dumps(ENTITIES))
    return tmp_path


RIGHT = document(
    ("Ann Lee", "person", ("Ann Lee", "Lee, a")),
    ("Bob", "person", ("Bob", "He")),
    ("Rome", "place", ("Rome",)),
)


def test_entities_as_in_the_gold(folder: Path) -> None:
    scores = read_entities(folder).score([RIGHT])
    assert (scores.tally.f1, scores.mentions, scores.found) == (1, 5, 5)


def test_a_wrong_merge_costs_precision_and_a_split_recall(folder: Path) -> None:
    merged = document(
        ("Ann Lee", "person", ("Ann Lee", "Lee, a", "Bob", "He")), ("Rome", "place", ("Rome",))
    )
    tally = read_entities(folder).score([merged]).tally
    assert (tally.recall, tally.precision) == (1, pytest.approx(3 / 5))
    split = document(("Ann Lee", "person", ("Ann Lee",)), ("Lee", "organization", ("Lee, a",)))
    scores = read_entities(folder).score([split])
    assert (scores.tally.precision, scores.tally.recall, scores.found) == (1, 0.5, 2)


def test_gold_of_a_document_that_is_not_there(folder: Path) -> None:
    with pytest.raises(GoldError, match=r"a\.txt: has gold"):
        read_entities(folder).score([])


def test_entities_not_in_the_format_are_one_line(folder: Path) -> None:
    (folder / "gold/entities.json").write_text('[{"id": "x"}]')
    with pytest.raises(GoldError, match="not in the format of the gold"):
        read_entities(folder)
