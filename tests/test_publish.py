"""What is written of a graph in pieces is what is written of the whole in memory."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import graphs
import pytest

from kg.dataset import Local
from kg.export.excerpt import excerpt
from kg.export.tables import rows
from kg.publish.streams import describe, identities, lines, tell
from kg.redirects import follow, write_pairs
from kg.resolve.corpus import Resolved
from kg.resolve.entities import Assigned
from kg.store.described import triple_lines
from kg.store.order import normalised
from kg.store.pieces import describe_piece
from kg.store.render import descriptions, quads
from kg.types import GraphData
from kg.vocab import Names

NAMES = Names()
DATA = normalised(graphs.news())


@pytest.fixture
def found(tmp_path: Path) -> Resolved:
    assigned = [Assigned(DATA.documents[0].id, f"e{i}", e.id) for i, e in enumerate(DATA.entities)]
    unused = Assigned(DATA.documents[0].id, "unused", "Nobody")
    return Resolved(
        documents=Local(lambda: DATA.documents, tmp_path),
        entities=Local(lambda: DATA.entities, tmp_path),
        properties=DATA.properties,
        statements=Local(lambda: DATA.statements[::-1], tmp_path),
        assigned=Local(lambda: [*assigned, unused], tmp_path),
    )


def test_triples(found: Resolved) -> None:
    own, others = describe(found, tell(found), DATA.provenance, NAMES)
    said = [*own, *others.flat_map(partial(describe_piece, NAMES))]
    assert len({item.subject for item in said}) == len(said)
    found_lines = "".join(map(triple_lines, said)).split("\n")[:-1]
    whole = {f"{quad.triple} ." for quad in quads(descriptions(DATA, NAMES))}
    assert len(found_lines) == len(whole)
    assert set(found_lines) == whole


def test_rows(found: Resolved) -> None:
    made = sorted(lines(found, tell(found), NAMES))
    assert [json.loads(line) for _, line in made] == json.loads(json.dumps([*rows(DATA)]))


def test_marks_are_of_what_is_in_the_graph(found: Resolved) -> None:
    marks = list(identities(found, NAMES))
    document = DATA.documents[0].id
    assert (f"{document}\te0", NAMES.entity(DATA.entities[0].id).value) in marks
    assert not any("unused" in mark for mark, _ in marks)
    spoken = {iri for _, iri in marks}
    assert {NAMES.statement(s.id).value for s in DATA.statements if s.evidence} <= spoken


def test_an_excerpt_of_a_small_graph_is_all_of_it_but_texts(found: Resolved) -> None:
    part = excerpt(found)
    assert part.statements == DATA.statements
    assert part.entities == DATA.entities
    assert [d.id for d in part.documents] == [d.id for d in DATA.documents]
    assert not any(d.text for d in part.documents)


@pytest.mark.parametrize("limit", [12, 40, 400])
def test_an_excerpt_of_a_large_graph_holds_all_it_names(
    found: Resolved, tmp_path: Path, limit: int
) -> None:
    many = [replace(s, id=f"{s.id[:-1]}{i}") for s in DATA.statements for i in range(10)]
    part = excerpt(found._replace(statements=Local(lambda: many, tmp_path)), limit)
    shown = sum(len(s.evidence) for s in part.statements)
    most = max(len(s.evidence) for s in many)
    assert min(limit, sum(len(s.evidence) for s in many)) - most < shown <= limit
    assert named(part) <= {entity.id for entity in part.entities}
    assert {s.relation for s in part.statements} <= {item.id for item in part.properties}
    assert {e.document for s in part.statements for e in s.evidence} <= {
        document.id for document in part.documents
    }


def named(data: GraphData) -> set[str]:
    slots = [x for s in data.statements for x in (s.subject, s.object)]
    slots += [q.value for s in data.statements for q in s.qualifiers]
    slots += [e.attributed_to for s in data.statements for e in s.evidence]
    slots += [member for entity in data.entities for member in entity.members]
    return {slot for slot in slots if isinstance(slot, str)}


def test_an_iri_that_is_gone_leads_to_what_most_of_its_mentions_are_called(tmp_path: Path) -> None:
    former = [
        ("d\t1", "Rossi"),
        ("d\t2", "Rossi"),
        ("d\t3", "Rossi"),
        ("d\t4", "Roma"),
        ("e\t1", "X"),
    ]
    present = [
        ("c\t9", "New"),
        ("d\t1", "Maria"),
        ("d\t2", "Carlo"),
        ("d\t3", "Maria"),
        ("d\t4", "Roma"),
    ]
    write_pairs(former, tmp_path / "former")
    write_pairs(present, tmp_path / "present")
    known = {"Signora_Rossi": "Rossi", "Roman": "Roma", "Xavier": "X", "New": "Roma"}
    assert follow(tmp_path / "former", tmp_path / "present", known) == {
        "Rossi": "Maria",
        "Signora_Rossi": "Maria",
        "Roman": "Roma",
    }
