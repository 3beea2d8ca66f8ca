"""The yardsticks, on gold small enough to score by hand."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg import cli
from kg.evaluate import FactGold, GoldError, Said, benchie, calibrate, carb, read_facts
from kg.types import Document, Entity, Evidence, GraphData, Property, Statement

BENCHIE = """\
sent_id:1\tHe became a judge of the court .
1--> Cluster 1:
He --> became --> [a] judge [of the court]
1--> Cluster 2:
He --> became [a] judge of --> [the] court
He --> became [a] judge --> of [the] court

sent_id:2\tShe sang songs .
2--> Cluster 1:
She --> sang --> songs
"""
CARB = (
    "Ann founded Acme in Rome .\tfounded\tAnn\tAcme\tin Rome\n"
    "Ann founded Acme in Rome .\tis in\tAcme\tRome\tC: probably\n"
    "Bob left .\tleft\tBob\n"
)


@pytest.fixture
def gold(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a file of gold."""

    def write(text: str) -> Path:
        path = tmp_path / "gold.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def said(*slots: str, confidence: float = 1.0) -> Said:
    return Said(slots, confidence)


# -- BenchIE ---------------------------------------------------------------------------------


def test_words_in_brackets_may_be_left_out() -> None:
    assert sorted(benchie.forms("[a] judge [of the court]")) == [
        "a judge",
        "a judge of the court",
        "judge",
        "judge of the court",
    ]


def test_a_fact_counts_once_and_a_wrong_triple_against_precision(
    gold: Callable[[str], Path],
) -> None:
    sentences = benchie.read(gold(BENCHIE))
    assert [sentence.text for sentence in sentences] == [
        "He became a judge of the court .",
        "She sang songs .",
    ]
    first = [
        said("He", "became", "judge", confidence=0.9),
        said("He", "became", "a judge", confidence=0.8),  # the same fact
        said("He", "became a judge of", "court", confidence=0.7),
        said("He", "became", "a court", confidence=0.6),
    ]
    scores, judged = benchie.score(sentences, [first, []])
    assert (scores.facts, scores.extractions) == (3, 4)
    assert scores.precision == pytest.approx(2 / 3)
    assert scores.recall == pytest.approx(2 / 3)
    assert scores.f1 == pytest.approx(2 / 3)
    assert judged == [(0.9, True), (0.8, True), (0.7, True), (0.6, False)]


def test_slots_of_different_triples_do_not_mix(gold: Callable[[str], Path]) -> None:
    mixed = said("He", "became a judge of", "of the court")
    scores, _ = benchie.score(benchie.read(gold(BENCHIE)), [[mixed], []])
    assert scores.precision == scores.recall == scores.f1 == 0


def test_only_loose_comparison_overlooks_case_and_tokens(gold: Callable[[str], Path]) -> None:
    sentences = benchie.read(gold("sent_id:1\tx\n1--> Cluster 1:\n[L'] uomo --> è --> un' ape\n"))
    extractions = [[said("l'uomo", "è", "un'ape")]]
    assert benchie.score(sentences, extractions)[0].f1 == 0
    assert benchie.score(sentences, extractions, benchie.loose)[0].f1 == 1


def test_saying_nothing_scores_nothing(gold: Callable[[str], Path]) -> None:
    scores, judged = benchie.score(benchie.read(gold(BENCHIE)), [[], []])
    assert (scores.precision, scores.recall, scores.f1) == (0, 0, 0)
    assert calibrate(judged).bins == ()


@pytest.mark.parametrize("text", ["He --> is --> x", "1--> Cluster 1:", "sent_id:1"])
def test_what_is_not_benchie_is_told_by_its_line(gold: Callable[[str], Path], text: str) -> None:
    path = gold(text)
    with pytest.raises(GoldError, match=rf"{path}:1: "):
        benchie.read(path)


# -- CaRB ------------------------------------------------------------------------------------


def test_carb_reads_arguments_and_leaves_out_context(gold: Callable[[str], Path]) -> None:
    first, second = carb.read(gold(CARB))
    assert first.tuples == (("Ann", "founded", "Acme", "in Rome"), ("Acme", "is in", "Rome"))
    assert second.tuples == (("Bob", "left"),)


def test_a_line_without_a_relation_is_no_tuple(gold: Callable[[str], Path]) -> None:
    with pytest.raises(GoldError, match=r":2: not a line of CaRB's format"):
        carb.read(gold("a\tb\tc\nonly a sentence\n"))


FOUNDED = ("Ann", "founded", "Acme", "in Rome")


@pytest.mark.parametrize(
    ("tuple_", "extraction", "expected"),
    [
        (FOUNDED, FOUNDED, (1, 1)),
        (FOUNDED, ("Ann", "founded", "Acme"), (1, 3 / 5)),
        (FOUNDED, ("Ann", "founded in", "Rome"), (3 / 4, 3 / 5)),
        (FOUNDED, ("Ann", "left", "Acme"), (0, 0)),  # the relations share no word
        (FOUNDED, ("Ann", "founded", ""), (0, 0)),  # no object where the gold has one
        (("Bob", "left"), ("Bob", "left", "Rome"), (1, 1)),  # an object where it has none
        (("Ann", "was", "here"), ("Ann", "be", "here"), (1, 1)),
        (("Ann", "said", "it rains"), ("it rains", "said", "Ann"), (1, 1)),
        (("Ann", "ate", "fish"), ("fish", "ate", "Ann"), (1 / 3, 1 / 3)),
    ],
)
def test_carb_compares_words_of_each_slot(
    tuple_: tuple[str, ...], extraction: tuple[str, ...], expected: tuple[float, float]
) -> None:
    assert carb.overlap(tuple_, extraction) == pytest.approx(expected)


def test_carb_takes_the_confidence_of_best_f1() -> None:
    sentence = carb.Sentence("", (FOUNDED, ("Bob", "left", "Acme")))
    sure = said("Ann", "founded", "Acme", confidence=0.9)
    unsure = said("Ann", "founded in", "Rome", confidence=0.5)
    scores = carb.score([sentence], [[unsure, sure]])
    assert (scores.precision, scores.recall) == pytest.approx((1, 0.3))
    assert (scores.facts, scores.extractions) == (2, 2)
    assert scores.auc == pytest.approx(0.3)
    both = carb.score([sentence], [[unsure, replace(sure, confidence=0.5)]])
    assert (both.precision, both.recall) == pytest.approx((0.5, 0.3))
    assert both.auc == pytest.approx(0.3 * 0.75)


def test_carb_recall_takes_the_best_for_each_tuple_precision_pairs_them() -> None:
    sentence = carb.Sentence("", (("Ann", "saw", "Bob"), ("Ann", "saw", "Eve")))
    scores = carb.score([sentence], [[said("Ann", "saw", "Bob Eve")]])
    assert scores.precision == pytest.approx(3 / 4)
    assert scores.recall == pytest.approx(1)


def test_carb_with_nothing_said() -> None:
    scores = carb.score([carb.Sentence("", (FOUNDED,))], [[]])
    assert (scores.precision, scores.recall, scores.f1, scores.auc) == (0, 0, 0, 0)


# -- calibration -----------------------------------------------------------------------------


def test_calibration_is_the_mean_distance_of_confidence_from_the_share_right() -> None:
    found = calibrate([(0.95, True), (0.95, False), (0.55, True)])
    assert [(b.low, b.number, b.right) for b in found.bins] == [(0.5, 1, 1.0), (0.9, 2, 0.5)]
    assert found.error == pytest.approx((0.45 + 2 * 0.45) / 3)


def test_certainty_is_in_the_last_bin() -> None:
    (only,) = calibrate([(1.0, True), (0.9, True)]).bins
    assert (only.low, only.number) == (0.9, 2)


# -- facts -----------------------------------------------------------------------------------

TEXT = "Acme signed a pact. The firm, said Bob, may buy Zeta. Read more: Zeta sold Acme."
QUOTES = ("Acme signed a pact.", "The firm, said Bob, may buy Zeta.", "Read more: Zeta sold Acme.")
KINDS = ("body", "body", "boilerplate")
ENTITIES: list[dict[str, Any]] = [
    {
        "id": "Acme",
        "label": {"en": "Acme", "it": None},
        "aliases": [{"doc": "a.txt", "string": name} for name in ("Acme", "The firm")],
        "mentions": [],
        "coref": [],
    },
    {"id": "Acme_pact", "label": {"en": "pact"}, "aliases": [], "mentions": [], "coref": []},
    {"id": "Zeta", "label": {"en": "Zeta"}, "aliases": [], "mentions": [], "coref": []},
    {"id": "Bob", "label": {"en": "Bob"}, "aliases": [], "mentions": [], "coref": []},
    {
        "id": "Both",
        "label": {"en": "both"},
        "aliases": [],
        "mentions": [],
        "coref": [],
        "members": ["Acme", "Zeta", "Both"],
    },
]


def fact(identifier: str, number: int, slots: str, salience: int, **other: Any) -> dict[str, Any]:
    subject, relation, object_ = slots.split(" ")
    return {
        "id": identifier,
        "doc": "a.txt",
        "sentence_no": number,
        "subject": subject,
        "subject_type": "entity",
        "accept_subjects": [],
        "relation_lemma": relation,
        "relation_en": relation,
        "accept_relations": [],
        "object": object_,
        "object_type": "entity",
        "accept_objects": [],
        "negated": False,
        "modality": "asserted",
        "attributed_to": None,
        "salience": salience,
        "group": None,
        **other,
    }


FACTS = [
    fact("1", 1, "Acme sign Acme_pact", 3),
    fact("2", 2, "Acme acquire Zeta", 2, accept_relations=["buy"], modality="possible"),
    fact("3", 2, "Bob say Zeta", 1),
]


def write_gold(folder: Path, facts: list[dict[str, Any]]) -> Path:
    (folder / "gold").mkdir(parents=True)
    rows = [
        {"n": n, "kind": kind, "text": text}
        for n, (kind, text) in enumerate(zip(KINDS, QUOTES, strict=True), 1)
    ]
    (folder / "gold/entities.json").write_text(json.dumps(ENTITIES))
    (folder / "gold/sentences.json").write_text(json.dumps({"a.txt": rows}))
    (folder / "gold/facts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in facts))
    return folder


def statement(number: int, slots: str, **other: Any) -> Statement:
    """A statement with evidence in a sentence of the text."""
    subject, relation, object_ = slots.split(" ")
    quote = QUOTES[number - 1]
    begin = TEXT.index(quote)
    evidence = Evidence("d", begin, begin + len(quote), quote, relation, subject, object_)
    evidence = replace(evidence, attributed_to=other.pop("speaker", None))
    fields: dict[str, Any] = {
        "qualifiers": (),
        "negated": False,
        "modality": "asserted",
        "confidence": 1.0,
    }
    identifier = f"{number} {slots}"
    return Statement(identifier, subject, relation, object_, evidence=(evidence,), **fields | other)


def graph(*statements: Statement) -> GraphData:
    names = {s.subject for s in statements} | {str(s.object) for s in statements} | {"Bob"}
    return GraphData(
        documents=(Document("d", "news/a.txt", TEXT, "en"),),
        entities=tuple(Entity(n, "concept", (("en", n.replace("_", " ")),)) for n in sorted(names)),
        properties=tuple(
            Property(r, (("en", r),)) for r in sorted({s.relation for s in statements})
        ),
        statements=statements,
    )


SIGNED = statement(1, "Acme signed the_pact")
BOUGHT = statement(2, "The_firm buy Zeta", modality="possible")


@pytest.fixture
def facts(tmp_path: Path) -> Callable[..., FactGold]:
    """Gold of one document, read from files."""

    def read(*rows: dict[str, Any]) -> FactGold:
        return read_facts(write_gold(tmp_path, list(rows or FACTS)))

    return read


def test_facts_are_found_under_any_accepted_name(facts: Callable[..., FactGold]) -> None:
    scores = facts().score(graph(SIGNED, BOUGHT, statement(2, "Zeta buy Bob")))
    assert (scores.facts, scores.statements, scores.leaks) == (3, 3, 0)
    assert scores.precision == pytest.approx(2 / 3)
    assert scores.recall == pytest.approx({3: 1, 2: 1, 1: 2 / 3})
    assert scores.f1 == pytest.approx(0.8)
    assert scores.flags == {"modality": (2, 2), "negated": (2, 2)}


def test_a_fact_is_found_only_where_its_sentence_says_it(facts: Callable[..., FactGold]) -> None:
    elsewhere = statement(2, "Acme signed the_pact")
    assert facts().score(graph(elsewhere)).precision == 0


def test_a_fact_is_found_in_its_context_too(facts: Callable[..., FactGold]) -> None:
    gold = facts(fact("1", 1, "Acme sign Acme_pact", 3, context_sentences=[{"sentence_no": 2}]))
    assert gold.score(graph(statement(2, "Acme signed the_pact"))).precision == 1


def test_the_facts_of_a_group_count_as_one(facts: Callable[..., FactGold]) -> None:
    gold = facts(
        FACTS[0],
        *(fact(n, 2, f"Acme buy {o}", 3, group="g") for n, o in (("4", "Zeta"), ("5", "Bob"))),
    )
    scores = gold.score(graph(BOUGHT))
    assert scores.recall[3] == pytest.approx(0.5 / 2)


def test_a_group_goes_by_the_names_of_its_members(facts: Callable[..., FactGold]) -> None:
    gold = facts(fact("1", 2, "Both buy Zeta", 3))
    assert gold.score(graph(BOUGHT)).recall[3] == 1


def test_flags_are_counted_apart(facts: Callable[..., FactGold]) -> None:
    gold = facts(*(replaced | {"attributed_to": "Bob"} for replaced in FACTS))
    denied = statement(1, "Acme signed the_pact", negated=True, speaker="Bob")
    asserted = statement(2, "Acme buy Zeta")
    assert gold.score(graph(denied, asserted)).flags == {
        "attribution": (1, 2),
        "modality": (1, 2),
        "negated": (1, 2),
    }


def test_a_statement_without_object_states_no_fact_with_one(facts: Callable[..., FactGold]) -> None:
    silent = replace(SIGNED, object=None)
    assert facts().score(graph(silent)).precision == 0


def test_an_optional_object_may_be_left_out(facts: Callable[..., FactGold]) -> None:
    gold = facts(fact("1", 1, "Acme sign Acme_pact", 3, accept_objects=[None]))
    assert gold.score(graph(replace(SIGNED, object=None))).precision == 1


def test_statements_from_furniture_are_leaks(facts: Callable[..., FactGold]) -> None:
    scores = facts().score(graph(statement(3, "Zeta sell Acme")))
    assert (scores.leaks, scores.precision) == (1, 0)


def test_other_documents_do_not_count(facts: Callable[..., FactGold]) -> None:
    data = graph(SIGNED)
    other = replace(SIGNED.evidence[0], document="e")
    data = replace(
        data,
        documents=(*data.documents, Document("e", "b.txt", TEXT, "en")),
        statements=(SIGNED, replace(SIGNED, id="x", evidence=(other,))),
    )
    assert facts().score(data).statements == 1


def test_gold_of_a_document_that_is_not_there(facts: Callable[..., FactGold]) -> None:
    gold = facts()
    data = graph(SIGNED)
    with pytest.raises(GoldError, match=r"a\.txt: has gold but is not among the documents"):
        gold.score(replace(data, documents=(), statements=()))
    edited = replace(data.documents[0], text="Something else.")
    with pytest.raises(GoldError, match=r"a\.txt: sentence 1 of the gold"):
        gold.score(replace(data, documents=(edited,)))


def test_facts_not_in_the_format_are_one_line(tmp_path: Path) -> None:
    write_gold(tmp_path, [{"id": "1"}])
    with pytest.raises(GoldError, match="not in the format of the gold"):
        read_facts(tmp_path)


# -- the command -----------------------------------------------------------------------------


GUM = """\
# newdoc id = a
# newpar
# text = Acme grew.
1\tAcme\tAcme\tPROPN\t_\t_\t2\tnsubj\t_\tEntity=(1-organization)
2\tgrew\tgrow\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs ``kg evaluate`` on a small folder of data: exit code, output, messages."""
    data = write_gold(tmp_path / "data", FACTS[:1])
    files = {
        "oie/benchie/dev.txt": "sent_id:1\tAnn founded Acme .\n1--> Cluster 1:\n"
        "Ann --> founded --> Acme\n1--> Cluster 2:\nAnn --> owns --> Acme\n",
        "oie/carb/dev.tsv": "Ann founded Acme .\tfounded\tAnn\tAcme\n",
        "oie/pud-dev/pud_oie.en.txt": "sent_id:1\tAnn founded Acme.\n1--> Cluster 1:\n"
        "ann --> founded --> acme\n",
        "oie/pud-dev/pud_oie.it.txt": "sent_id:1\tAnna ha fondato l'azienda.\n1--> Cluster 1:\n"
        "Anna --> ha fondato --> [l'] azienda\n",
        "coref/en/gum_coref-dev.conllu": GUM,
        "../seeds/a.txt": TEXT,
    }
    for name, text in files.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", "evaluate", "--data", "data", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return int(end.value.code or 0), *capsys.readouterr()

    return run


def test_evaluate_measures_what_the_code_does_now(run: Any) -> None:
    code, out, _ = run("--format", "json")
    report = json.loads(out)
    assert code == 0
    assert list(report["extraction"]) == ["BenchIE en", "CaRB en", "PUD en", "PUD it"]
    assert report["extraction"]["BenchIE en"] == {
        "precision": 1.0,
        "recall": 0.5,
        "f1": 0.6667,
        "auc": None,
        "facts": 2,
        "extractions": 1,
    }
    assert [s["f1"] for s in report["extraction"].values()] == [0.6667, 1.0, 1.0, 1.0]
    assert [b["right"] for b in report["calibration"]["bins"]] == [1.0]
    assert report["facts"]["recall"]["3"] == 1.0
    assert report["coreference"]["with singletons"]["B3"]["recall"] == 1.0
    assert report["entities"]["B3"]["precision"] == 1.0


def test_evaluate_as_tables(run: Any) -> None:
    code, out, _ = run("extraction")
    lines = out.splitlines()
    assert code == 0
    assert lines[0].split() == "extraction precision recall f1 auc facts extractions".split()
    assert lines[1].split() == "BenchIE en 1.000 0.500 0.667 - 2 1".split()
    assert "recall ≥3" not in out


def test_evaluate_facts_alone_needs_no_sentences(run: Any) -> None:
    Path("data/oie/carb/dev.tsv").unlink()
    code, out, _ = run("facts", "--seeds", "seeds/a.txt")
    assert code == 0
    assert "negated 1 of 1" in out


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("data/oie/carb/dev.tsv", "data/oie/carb/dev.tsv: no such file or directory"),
        ("data/gold/facts.jsonl", "data/gold/facts.jsonl: no such file or directory"),
        ("seeds/a.txt", "seeds"),
    ],
)
def test_a_file_that_lacks_is_one_line(run: Any, missing: str, message: str) -> None:
    Path(missing).unlink()
    code, out, err = run("facts" if missing.startswith("seeds") else "all")
    assert (code, out) == (1, "")
    assert message in err.splitlines()[-1]


def test_help_shows_an_example() -> None:
    result = CliRunner().invoke(cli.app, ["evaluate", "--help"])
    assert result.exit_code == 0
    assert "Example: kg evaluate" in result.output
