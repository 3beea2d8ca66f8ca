"""RDF: what stands as a plain triple, what a statement's node says, Turtle that all tools read."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import graphs
import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from rdflib.compare import to_isomorphic
from value_tables import PUBLISHED, rows

from kg.errors import KGError, StoreError
from kg.export.rdf import FORMATS, write_rdf
from kg.extract.values import find_values
from kg.store import KnowledgeGraph
from kg.store.render import descriptions, plain_form
from kg.store.terms import clean, decimal
from kg.store.values import as_literal, describe_value, is_literal, literal_value, wording
from kg.types import Entity, GraphData, Property, Statement, Value
from kg.vocab import (
    KG,
    OA,
    OWL,
    PLAN,
    PROV,
    RDF,
    RDFS,
    REL,
    SCHEMA,
    SKOS,
    VAL,
    XSD,
    Names,
    Namespace,
)

NAMES = Names()


def triples(data: GraphData) -> Iterator[Triple]:
    for description in descriptions(data, NAMES):
        yield from description.triples()


def write(
    data: GraphData, path: Path, form: str = "turtle", base: str = "https://kg.example/"
) -> None:
    write_rdf(KnowledgeGraph.from_data(data, base), path, form)


@pytest.fixture(scope="module")
def graph() -> set[Triple]:
    return set(triples(graphs.news()))


def e(name: str) -> NamedNode:
    return NAMES.entity(name)


def facts(graph: set[Triple], subject: NamedNode) -> dict[str, list[str]]:
    """What is said of a subject, by the last part of the property's name."""
    said: dict[str, list[str]] = {}
    for triple in sorted(graph, key=str):
        if triple.subject == subject:
            name = triple.predicate.value.replace("#", "/").rpartition("/")[2]
            said.setdefault(name, []).append(str(triple.object))
    return said


# -- what stands as a plain triple --


@pytest.mark.parametrize(
    ("statement", "form"),
    [
        (graphs.SIGNED, REL),
        (graphs.INVESTED, PLAN),
        (graphs.PAID, VAL),
        (graphs.NOT_SIGNED, None),  # negated
        (graphs.AFFECTED, None),  # possible
        (graphs.STOPPED, None),  # hypothetical
        (graphs.CLAIMED, None),  # only a speaker says so
        (graphs.SHARE_90, None),  # reported, though nobody is named
        (graphs.RESIGNED, None),  # no object
        (replace(graphs.PAID, modality="planned"), None),
        (replace(graphs.INVESTED, negated=True), None),
        (replace(graphs.SIGNED, evidence=()), None),
        (replace(graphs.CLAIMED, evidence=graphs.CLAIMED.evidence + graphs.SIGNED.evidence), REL),
    ],
)
def test_only_what_a_source_affirms_in_its_own_voice_is_a_plain_triple(
    statement: Statement, form: Namespace | None
) -> None:
    assert plain_form(statement) is form


def test_plain_triples(graph: set[Triple]) -> None:
    plain = {
        (t.subject, t.predicate, t.object)
        for t in graph
        if any(n.name(t.predicate) for n in (REL, PLAN, VAL))
    }
    firm = e('Firm_Qu%ot"ed<>')
    assert plain == {
        (e("Sanae_Takaichi"), REL["sign"], e("Agreement_of_Tokyo")),
        (e("Sanae_Takaichi"), REL["be"], e("Prime_Minister")),
        (e("Donald_Trump"), REL["praise"], e("Sanae_Takaichi")),
        (e("China"), REL["control"], e("rare_earth")),
        (e("Toyota"), PLAN["invest_in"], e("United_States")),
        (e("Sanae_Takaichi"), PLAN["nominate"], e("Donald_Trump")),
        (firm, VAL["open"], Literal("17 mine")),
        (firm, VAL["pay"], Literal("5.5 JPY")),
        (firm, VAL["pay"], Literal("2027", datatype=XSD["gYear"])),
    }


def test_every_property_is_declared_and_none_twice(graph: set[Triple]) -> None:
    kinds: dict[NamedNode, set[object]] = {}
    for triple in graph:
        if triple.predicate == RDF["type"] and isinstance(triple.subject, NamedNode):
            kinds.setdefault(triple.subject, set()).add(triple.object)
    known = {RDF["type"], RDFS["label"], RDFS["comment"], RDFS["domain"], RDFS["range"]}
    known |= {RDFS["subClassOf"], RDFS["subPropertyOf"], RDFS["seeAlso"], OWL["sameAs"]}
    for predicate in {triple.predicate for triple in graph} - known:
        assert len(kinds[predicate]) == 1, predicate
    used = {t.object for t in graph if t.predicate == RDF["type"]}
    assert {c for c in used if not c.value.startswith(OWL.iri)} <= kinds.keys()  # type: ignore[union-attr]


def test_literals_stand_under_datatype_properties_and_nodes_under_object_properties(
    graph: set[Triple],
) -> None:
    kinds = {t.subject: t.object for t in graph if t.predicate == RDF["type"]}
    for triple in graph:
        if kinds.get(triple.predicate) == OWL["ObjectProperty"]:
            assert isinstance(triple.object, NamedNode), triple
        if kinds.get(triple.predicate) == OWL["DatatypeProperty"]:
            assert isinstance(triple.object, Literal), triple


def test_a_planned_property_leads_to_the_one_that_will_hold(graph: set[Triple]) -> None:
    assert facts(graph, PLAN["invest_in"]) == {
        "type": [str(OWL["ObjectProperty"])],
        "label": [
            '"invest in (planned)"@en',
            '"investire in (previsto)"@it',
            '"invest in (planned)"',
        ],
        "plannedForm": [str(REL["invest_in"])],
    }


def test_a_property_leads_to_the_broader_one(graph: set[Triple]) -> None:
    assert Triple(REL["invest_in"], RDFS["subPropertyOf"], REL["involve"]) in graph


# -- nodes --


def test_a_statement_says_all_there_is(graph: set[Triple]) -> None:
    said = facts(graph, NAMES.statement(graphs.SIGNED.id))
    del said["evidence"]
    assert said == {
        "type": [str(KG["Statement"])],
        "subject": [str(e("Sanae_Takaichi"))],
        "predicate": [str(REL["sign"])],
        "object": [str(e("Agreement_of_Tokyo"))],
        "accompaniment": [str(e("United_States"))],
        "place": [str(e("Tokyo"))],
        "time": ['"2025-10-28"^^<http://www.w3.org/2001/XMLSchema#date>'],
        "polarity": [str(KG["positive"])],
        "modality": [str(KG["asserted"])],
        "confidence": ['"0.91"^^<http://www.w3.org/2001/XMLSchema#decimal>'],
        "sources": ['"1"^^<http://www.w3.org/2001/XMLSchema#integer>'],
        "wasDerivedFrom": [str(NAMES.document(graphs.BY_NAME["roma.txt"].id))],
    }


def test_a_fact_of_two_sources_is_one_statement_with_two_pieces_of_evidence(
    graph: set[Triple],
) -> None:
    said = facts(graph, NAMES.statement(graphs.INVESTED.id))
    assert len(said["evidence"]) == len(said["wasDerivedFrom"]) == 2


def test_what_says_less_leads_to_what_says_more(graph: set[Triple]) -> None:
    less, more = (NAMES.statement(item.id) for item in (graphs.SIGNED_LESS, graphs.SIGNED))
    assert Triple(less, KG["lessSpecificThan"], more) in graph


def test_evidence_quotes_its_document_and_points_into_it(graph: set[Triple]) -> None:
    said = facts(graph, NAMES.statement(graphs.AFFECTED.id))
    (evidence,) = (t.object for t in graph if str(t.object) in said["evidence"])
    assert isinstance(evidence, NamedNode)
    document = graphs.BY_NAME["milano.txt"]
    spoken = facts(graph, evidence)
    selectors = [NamedNode(iri.strip("<>")) for iri in spoken.pop("hasSelector")]
    spans = {name: spoken.pop(f"{name}Selector") for name in ("subject", "relation", "object")}
    assert spoken == {
        "type": [str(OA["SpecificResource"])],
        "hasSource": [str(NAMES.document(document.id))],
        "attributedTo": [str(e("Donald_Trump"))],
        "reportingVerb": ['"ha detto"@it'],
        "wording": ['"potrebbe colpire"@it'],
        "subjectText": ['"accordo"@it'],
        "objectText": ['"la Cina"@it'],
        "confidence": ['"0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>'],
        "rule": ['"clause"'],
    }
    position, quotation = (facts(graph, selector) for selector in selectors)
    begin, end = (int(position[name][0].split('"')[1]) for name in ("start", "end"))
    assert document.text[begin:end] == "L’accordo potrebbe colpire la Cina."
    assert quotation["exact"] == ['"L’accordo potrebbe colpire la Cina."']
    assert quotation["prefix"] == [str(Literal(document.text[begin - 32 : begin]))]
    assert quotation["suffix"] == [str(Literal(document.text[end : end + 32]))]
    words = []
    for node in spans.values():
        place = facts(graph, NamedNode(node[0].strip("<>")))
        first, last = (int(place[name][0].split('"')[1]) for name in ("start", "end"))
        words.append(document.text[first:last])
    assert words == ["accordo", "potrebbe colpire", "la Cina"]


def test_an_amount_is_a_node_with_its_currency(graph: set[Triple]) -> None:
    (amount,) = (
        t.object
        for t in graph
        if t.subject == NAMES.statement(graphs.INVESTED.id) and t.predicate == KG["amount"]
    )
    assert isinstance(amount, NamedNode)
    assert facts(graph, amount) == {
        "type": [str(SCHEMA["MonetaryAmount"])],
        "label": ['"10000000000 USD"'],
        "valueKind": ['"money"'],
        "comparator": [str(KG["eq"])],
        "value": ['"10000000000"^^<http://www.w3.org/2001/XMLSchema#decimal>'],
        "currency": ['"USD"'],
    }


def test_a_document_keeps_its_text_but_not_its_folder() -> None:
    document = replace(graphs.DOCUMENTS[0], source="/home/anna/private/roma.txt")
    text = KnowledgeGraph.from_data(GraphData((document,), (), (), ())).to_turtle()
    assert "anna" not in text
    assert 'kg:fileName "roma.txt"' in text
    assert 'schema:datePublished "2025-10-28"^^xsd:date' in text


def test_an_entity_has_labels_in_its_languages_and_links(graph: set[Triple]) -> None:
    said = facts(graph, e("United_States"))
    assert said["prefLabel"] == ['"Stati Uniti"@it', '"United States"@en']
    assert said["label"] == ['"United States"']
    assert said["altLabel"] == ['"U.S."@en', '"USA"@en', '"USA"@it']
    assert said["sameAs"] == ["<https://sws.geonames.org/6252001/>"]
    assert facts(graph, e("Città_della_Pieve"))["label"] == ['"Città della Pieve"']


def test_the_graph_says_what_made_it(graph: set[Triple]) -> None:
    (build,) = (t.object for t in graph if t.predicate == PROV["wasGeneratedBy"])
    assert Triple(build, RDF["type"], PROV["Activity"]) in graph  # type: ignore[arg-type]
    settings = [t.object for t in graph if t.subject == build and t.predicate == KG["setting"]]
    names = {
        t.object.value for t in graph if t.subject in settings and t.predicate == SCHEMA["name"]
    }  # type: ignore[union-attr]
    assert names == {"tool", "pipeline en", "pipeline it"}


# -- values --


@pytest.mark.parametrize(
    "value",
    [
        Value("date", "2025-10-28", "date"),
        Value("date", "2025-10", "gYearMonth"),
        Value("date", "2025", "gYear"),
        Value("text", "con forza", "string", language="it"),
        Value("text", "17%", "string"),
    ],
)
def test_dates_and_words_are_literals_that_can_be_read_back(value: Value) -> None:
    assert is_literal(value)
    assert literal_value(as_literal(value)) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Value("percent", "70", "decimal", "gt", "%"), "> 70 %"),
        (Value("money", "10000000000", "decimal", "about", "USD"), "≈ 10000000000 USD"),
        (Value("date", "2027", "gYear", "le"), "≤ 2027"),
        (Value("quantity", "17", "integer", unit="mineral"), "17 mineral"),
        (Value("duration", "6", "decimal", "lt", "month"), "< 6 month"),
        (Value("number", "250", "integer"), "250"),
    ],
)
def test_amounts_and_bounds_are_nodes_and_written_out(value: Value, written: str) -> None:
    assert not is_literal(value)
    assert wording(value) == written


def test_numbers_have_no_exponent() -> None:
    assert [decimal(x).value for x in (1.0, 0.91, 1e-05, 0.1 + 0.2)] == [
        "1",
        "0.91",
        "0.00001",
        "0.30000000000000004",
    ]


# -- Turtle --


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rdf") / "graph.ttl"
    write(graphs.news(), path)
    return path


def test_rdflib_and_oxigraph_read_the_same_triples(path: Path, graph: set[Triple]) -> None:
    assert {quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)} == graph
    read = rdflib.Graph().parse(path)
    again = parse(read.serialize(format="nt", encoding="utf-8"), RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in again} == graph


@pytest.mark.skipif(shutil.which("rapper") is None, reason="raptor is not installed")
@pytest.mark.parametrize("form", ["turtle", "ntriples", "rdfxml", "trig"])
def test_raptor_reads_the_same_triples(form: str, graph: set[Triple], tmp_path: Path) -> None:
    write(graphs.news(), tmp_path / "graph", form)
    command = ["rapper", "-q", "-i", form, "-o", "ntriples", str(tmp_path / "graph")]
    done = subprocess.run(command, capture_output=True, check=True)
    assert not done.stderr
    assert {quad.triple for quad in parse(done.stdout, RdfFormat.N_TRIPLES)} == graph


def test_names_that_some_parsers_cannot_shorten_are_written_out(path: Path) -> None:
    """rdflib.js stops at a percent sign in a prefixed name."""
    text = path.read_text("utf-8")
    assert "<https://kg.example/entity/Citt%C3%A0_della_Pieve> a schema:City" in text
    assert "e:Toyota a schema:Organization" in text


def test_there_are_no_blank_nodes_and_no_brackets(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "_:" not in text
    assert "[" not in text.replace("[A-Za-z", "")


def test_the_same_graph_gives_the_same_bytes_in_any_order(path: Path, tmp_path: Path) -> None:
    data = graphs.news()
    statements = [
        replace(
            item,
            evidence=item.evidence[::-1] + item.evidence,
            qualifiers=item.qualifiers[::-1],
        )
        for item in data.statements
    ]
    shuffled = GraphData(
        data.documents[::-1],
        data.entities[::-1],
        data.properties[::-1],
        tuple(statements[::-1]),
        data.provenance[::-1],
    )
    write(shuffled, tmp_path / "graph.ttl")
    assert (tmp_path / "graph.ttl").read_bytes() == path.read_bytes()


def test_data_to_turtle_to_data(path: Path) -> None:
    graph = KnowledgeGraph.from_turtle(path)
    assert graph.data == graphs.news()
    assert graph.to_turtle() == path.read_text("utf-8")


def test_another_base_moves_things_and_not_the_vocabulary(tmp_path: Path) -> None:
    write(graphs.news(), tmp_path / "graph.ttl", base="https://news.example/x/")
    graph = KnowledgeGraph.from_turtle(tmp_path / "graph.ttl")
    assert graph.base == "https://news.example/x/"
    assert graph.data == graphs.news()
    left = {
        node.value
        for quad in graph.store
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, NamedNode) and node.value.startswith("https://kg.example/")
    }
    fixed = tuple(namespace.iri for namespace in (KG, REL, PLAN, VAL))
    assert {iri for iri in left if not iri.startswith(fixed)} == {"https://kg.example/vocab"}


def test_untrusted_text_breaks_out_of_nothing(tmp_path: Path) -> None:
    evil = '"""\\" . <x:a> <x:b> <x:c> . \r\n\t@prefix \x00\x0b\ufffe\ud800 {}'
    entity = Entity(f"a> <x:b> {evil[:20]}", "person", (("en", evil), ("en> <x:y", evil)))
    data = GraphData((), (entity,), (), (), ((evil, evil),))
    write(data, tmp_path / "graph.ttl")
    found = {quad.triple for quad in parse(path=tmp_path / "graph.ttl")}
    assert not any(str(triple.predicate).startswith("<x:") for triple in found)
    labels = {t.object for t in found if t.predicate == SKOS["prefLabel"]}
    assert labels == {Literal(clean(evil), language="en"), Literal(clean(evil))}
    assert "\x00" not in clean(evil)
    assert len(clean(evil)) == len(evil)


def test_a_relation_that_is_no_name_is_an_error(tmp_path: Path) -> None:
    data = GraphData((), (), (Property("a b", ()),), ())
    with pytest.raises(StoreError, match="'a b'"):
        write(data, tmp_path / "graph.ttl")


# -- other formats --

OXIGRAPH = {
    "jsonld": RdfFormat.JSON_LD,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,
}
RDFLIB = {"jsonld": "json-ld", "ntriples": "nt", "rdfxml": "xml", "turtle": "turtle"}


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_holds_the_same_triples(form: str, graph: set[Triple], tmp_path: Path) -> None:
    path = tmp_path / "graph"
    write(graphs.news(), path, form)
    assert {quad.triple for quad in parse(path.read_bytes(), OXIGRAPH[form])} == graph


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's JSON-LD uses it
@pytest.mark.parametrize("form", RDFLIB)
def test_rdflib_reads_the_same_triples(form: str, graph: set[Triple], tmp_path: Path) -> None:
    write(graphs.news(), tmp_path / "graph", form)
    read = rdflib.Graph().parse(tmp_path / "graph", format=RDFLIB[form])
    again = parse(read.serialize(format="nt", encoding="utf-8"), RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in again} == graph


@pytest.mark.parametrize("form", FORMATS)
def test_any_store_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    on_disk = KnowledgeGraph.from_data(graphs.news(), path=tmp_path / "store")
    write(graphs.news(), tmp_path / "a", form)
    write_rdf(on_disk, tmp_path / "b", form)
    shuffled = Store()
    shuffled.extend(sorted(on_disk.store, key=lambda quad: str(quad.object)))
    write_rdf(KnowledgeGraph(shuffled), tmp_path / "c", form)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes() == (tmp_path / "c").read_bytes()


FOREIGN = r"""
PREFIX kg: <https://kg.example/vocab#> PREFIX x: <http://x.example/>
PREFIX s: <https://schema.org/> PREFIX e: <https://kg.example/entity/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<https://kg.example/graph> a kg:Graph .
x:1 x:name "tab\tline\nreturn\r\n quote\" back\\ <b>&amp; ]]> \U0001F600 e\u0301 \u007F"@en-GB,
    "", "1.50"^^xsd:decimal, "01"^^xsd:integer, 7, -3, 12345678901234567890, 1.0E2, true,
    "x"^^x:type, x:1, <mailto:a@b.example>, _:b .
_:b skos:prefLabel "a"@it, "b"@it, "c", x:1, "2"^^xsd:date ; kg:polarity x:2, kg:positive, "text" .
e:a%20b a x:T, kg:Group ; kg:subject "no node" ; skos:altLabel x:1 ; kg:confidence "high", 0.5, 1 ;
    s:url <https://x.example/?a=1&b='2'#f>, <urn:x> .
<https://kg.example/document/> x:p <https://kg.example/vocab#>, <http://x.example//a> .
<https://kg.example/selector/odd> x:p "passage" . <https://kg.example/evidence/1> kg:rule "r" .
"""


@pytest.mark.parametrize("form", FORMATS)
def test_whatever_is_in_the_store_is_written(form: str, tmp_path: Path) -> None:
    """Triples of others, blank nodes, odd IRIs and literals: nothing is lost or changed."""
    store = Store()
    store.load(FOREIGN.encode(), RdfFormat.TURTLE)
    write_rdf(KnowledgeGraph(store), tmp_path / "graph", form)
    read = Store()
    read.load(path=str(tmp_path / "graph"), format=OXIGRAPH[form])
    assert to_isomorphic(rdf(read)) == to_isomorphic(rdf(store))


def rdf(store: Store) -> rdflib.Graph:
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return rdflib.Graph().parse(data=text, format="nt")


def test_json_ld_is_compact(tmp_path: Path) -> None:
    write(graphs.news(), tmp_path / "graph.jsonld", "jsonld")
    nodes = {
        node["@id"]: node for node in json.loads((tmp_path / "graph.jsonld").read_text())["@graph"]
    }
    assert nodes["e:United_States"] == {
        "@id": "e:United_States",
        "@type": "schema:Country",
        "label": "United States",
        "skos:prefLabel": {"en": "United States", "it": "Stati Uniti"},
        "skos:altLabel": {"en": ["U.S.", "USA"], "it": "USA"},
        "owl:sameAs": "https://sws.geonames.org/6252001/",
    }
    statement = nodes[f"st:{graphs.INVESTED.id}"]
    assert statement["subject"] == "e:Toyota"
    assert (statement["modality"], statement["polarity"]) == ("planned", "positive")
    assert statement["confidence"] == "0.9833333333333333"


def test_rdf_xml_says_what_it_cannot_name(tmp_path: Path) -> None:
    graph = KnowledgeGraph.from_data(GraphData((), (), (), ()))
    graph.store.add(Quad(NamedNode("x:a"), NamedNode("x:p/1"), Literal("")))
    with pytest.raises(KGError, match="cannot name the property <x:p/1>"):
        write_rdf(graph, tmp_path / "graph", "rdfxml")


def test_an_unknown_format_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KGError, match=r"'docx'.*jsonld"):
        write(graphs.news(), tmp_path / "graph", "docx")


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_store_keeps_literals_as_they_are_written(language: str) -> None:
    """Oxigraph writes numbers and times in one way; ours must be that, for files to be equal."""
    store = Store()
    seen = 0
    for row in rows(language):
        for _, _, value in find_values(row.sentence, language, reference=PUBLISHED):
            node = NamedNode("urn:x")
            terms = [t for d in [describe_value(value, NAMES)] for _, ts in d.facts for t in ts]
            for term in (as_literal(value), *terms):
                store.clear()
                store.add(Quad(node, KG["value"], term))
                assert next(iter(store)).object == term
                seen += 1
    assert seen > 300
