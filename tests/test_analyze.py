"""Analysis: finding entities by name, the networkx view, measures, counts, passages, samples."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import graphs
import networkx as nx
import pytest

from kg.analyze import (
    bridges,
    corroborated,
    explain,
    find_entity,
    measures,
    sample,
    show_label,
    stats,
    structure,
    to_networkx,
)
from kg.errors import KGError
from kg.types import Entity, GraphData

NEWS = graphs.news()


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("United_States", "United_States"),
        ("united states", "United_States"),
        ("  Stati   Uniti ", "United_States"),
        ("usa", "United_States"),
        ("e:United_States", "United_States"),
        ("https://kg.example/entity/United_States", "United_States"),
        ("<https://kg.example/entity/Citt%C3%A0_della_Pieve>", "Città_della_Pieve"),
        ("https://sws.geonames.org/6252001/", "United_States"),
        ("CITTÀ DELLA PIEVE", "Città_della_Pieve"),
        ("citta della pieve", "Città_della_Pieve"),
    ],
)
def test_an_entity_is_found_by_id_iri_label_or_alias(name: str, identifier: str) -> None:
    assert find_entity(NEWS.entities, name).id == identifier


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Donald Tramp", "did you mean Donald Trump"),
        ("takaichi", "did you mean Sanae Takaichi"),
        ("zzzzzz", "most-connected"),
        ("", "no entity is called ''"),
    ],
)
def test_an_entity_that_is_not_there(name: str, message: str) -> None:
    with pytest.raises(KGError, match=message):
        find_entity(NEWS.entities, name)


def test_a_name_of_several_entities_is_asked_back() -> None:
    twins = tuple(Entity(f"Paris_{n}", "city", (("en", "Paris"),)) for n in "12")
    with pytest.raises(KGError, match="Paris_1, Paris_2"):
        find_entity(twins, "paris")


def test_an_id_goes_before_a_label_and_a_label_before_an_alias() -> None:
    entities = (
        Entity("Georgia", "country", (("en", "Georgia"),)),
        Entity("Georgia_2", "place", (("en", "Georgia"),)),
        Entity("Peach_State", "place", (("en", "Peach"),), (("en", "Georgia_2"),)),
    )
    assert find_entity(entities, "Georgia").id == "Georgia"
    assert find_entity(entities, "georgia 2").id == "Georgia_2"


def test_the_english_label_is_shown_else_the_first() -> None:
    assert show_label(find_entity(NEWS.entities, "Cina")) == "China"
    assert show_label(find_entity(NEWS.entities, "Città_della_Pieve")) == "Città della Pieve"
    assert show_label(Entity("X", "concept", ())) == "X"


def test_networkx_has_an_edge_for_each_statement_between_entities() -> None:
    graph = to_networkx(NEWS)
    assert set(graph) == {entity.id for entity in NEWS.entities}
    between = [item for item in NEWS.statements if isinstance(item.object, str)]
    assert {key for *_, key in graph.edges(keys=True)} == {item.id for item in between}
    assert graph.nodes["Tokyo"] == {"label": "Tokyo", "type": "city"}
    assert graph.edges["Sanae_Takaichi", "Agreement_of_Tokyo", graphs.SIGNED.id] == {
        "relation": "sign",
        "label": "sign",
        "negated": False,
        "modality": "asserted",
        "attributed": False,
        "plain": True,
        "confidence": 0.91,
        "documents": 1,
        "accompaniment": "United States",
        "place": "Tokyo",
        "time": "2025-10-28",
    }
    claimed = graph.edges["United_States", "Japan", graphs.CLAIMED.id]
    assert (claimed["attributed"], claimed["plain"]) == (True, False)


def test_measures_count_plain_facts_only() -> None:
    found = measures(NEWS)
    assert found["Sanae_Takaichi"].degree == 3
    assert found["Japan"].degree == 0
    assert max(found, key=lambda name: found[name].pagerank) == "Sanae_Takaichi"
    assert sum(item.pagerank for item in found.values()) == pytest.approx(1)
    together = {name for name, item in found.items() if item.community == 0}
    assert together == {"Sanae_Takaichi", "Donald_Trump", "Agreement_of_Tokyo", "Prime_Minister"}


def test_measures_do_not_depend_on_the_order_of_hashes() -> None:
    code = (
        "import graphs; from kg.analyze import measures;"
        "print(sorted((k, v.community, v.pagerank) for k, v in measures(graphs.news()).items()))"
    )
    tests = Path(__file__).parent
    answers = set()
    for seed in "12":
        env = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(map(str, (tests, tests.parent))),
        }
        command = [sys.executable, "-c", code]
        answers.add(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    assert len(answers) == 1


def test_measures_of_an_empty_graph() -> None:
    empty = GraphData((), (), (), ())
    assert measures(empty) == {}
    found = structure(empty)
    assert (found.betweenness, found.communities, found.components, found.bridges) == ((),) * 4


def test_how_the_graph_hangs_together() -> None:
    found = structure(NEWS)
    assert [len(nodes) for nodes in found.components] == [4, 2, 2]
    assert set(found.components[1]) == {"China", "rare_earth"}
    assert found.communities[0][0] == "Sanae_Takaichi"
    # Three neighbours that have only her in common: all paths between them lead through her.
    assert found.betweenness[0][0] == "Sanae_Takaichi"
    assert [value for _, value in found.betweenness][1:] == [0] * 7
    assert len(found.bridges) == 5
    assert all(item.cut == 1 for item in found.bridges)


def test_bridges_are_sorted_by_what_they_cut_off() -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from([(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3), (5, 6)])
    assert bridges(graph) == [(2, 3, 3), (5, 6, 1)]


def test_facts_of_several_documents() -> None:
    found = corroborated(NEWS)
    assert [(fact.subject, fact.relation, fact.object, fact.documents) for fact in found] == [
        ("Toyota", "invest_in", "United_States", 2),
        ("Sanae_Takaichi", "sign", "Agreement_of_Tokyo", 2),
    ]
    assert found[0].modality == "planned"
    assert corroborated(NEWS, 1) == found[:1]


def test_stats_count_what_there_is() -> None:
    found = stats(NEWS)
    assert (found.documents, found.entities, found.relations) == (4, 19, 10)
    assert (found.statements, found.evidence, found.plain) == (16, 17, 10)
    assert (found.negated, found.attributed, found.qualified, found.shared) == (1, 3, 8, 1)
    assert found.languages == (("en", 2), ("it", 2))
    assert found.modalities[:2] == (("asserted", 12), ("planned", 2))
    assert found.frequent_relations[0] == ("sign", 3)
    assert found.rules == (("clause", 16), ("title", 1))


def test_explain_gives_the_sentences_in_the_order_of_the_documents() -> None:
    found = explain(NEWS, "cina")
    assert found.entity.id == "China"
    assert [(item.document.source, item.relation, item.object) for item in found.passages] == [
        ("boston.txt", "control", "rare earth"),
        ("milano.txt", "affect", "China"),
        ("roma.txt", "control", "rare earth"),
        ("roma.txt", "sign", "agreement"),
    ]
    assert found.passages[2].qualifiers == (("amount", "> 70 %"),)
    assert found.passages[1].speaker == "Donald Trump"


def test_explain_knows_who_speaks_and_who_takes_part() -> None:
    said = {item.statement.id for item in explain(NEWS, "Donald Trump").passages}
    assert {graphs.CLAIMED.id, graphs.PRAISED.id, graphs.NOMINATED.id} <= said
    took_part = {item.statement.id for item in explain(NEWS, "Stati Uniti").passages}
    assert graphs.SIGNED.id in took_part


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    assert sample(NEWS, 5, seed=1) == sample(NEWS, 5, seed=1)
    assert sample(NEWS, 5, seed=1) != sample(NEWS, 5, seed=2)
    assert len({item.statement.id for item in sample(NEWS, 5)}) == 5


@pytest.mark.parametrize(("number", "drawn"), [(0, 0), (-1, 0), (1000, 16)])
def test_a_sample_holds_what_there_is(number: int, drawn: int) -> None:
    assert len(sample(NEWS, number)) == drawn


def test_a_sample_leaves_out_what_has_no_evidence() -> None:
    data = replace(NEWS, statements=(replace(graphs.SIGNED, evidence=()),))
    assert sample(data, 1) == ()
