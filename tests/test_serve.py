"""The graph over HTTP: the SPARQL protocol, real clients, pages of things, limits, refusals."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import graphs
import pytest
import rdflib
import uvicorn
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.query import Limits
from kg.serve import Settings, application
from kg.serve.negotiation import preferred
from kg.serve.resources import address_of, iri_of
from kg.store import KnowledgeGraph
from kg.vocab import Names

SETTINGS = Settings(Limits(2, memory=2**30, answer=2**20), slots=2, slow=2)
LABELS = "SELECT ?label { ?s a schema:Country ; kg:label ?label } ORDER BY ?label"
COUNTRIES = ["China", "Japan", "United States"]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}

Response = tuple[int, http.client.HTTPMessage, bytes]


class Server:
    """A server of a graph in a thread, on a port of its own."""

    def __init__(self, path: Path, settings: Settings = SETTINGS) -> None:
        app = application(path, settings)
        self._server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical"))
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]
        self.endpoint = f"http://127.0.0.1:{self.port}/sparql"

    def ask(
        self, target: str, *, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Response:
        """One request, word for word."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, body, named)
        answer = connection.getresponse()
        found = answer.status, answer.headers, answer.read()
        connection.close()
        return found

    def query(self, sparql: str, **headers: str) -> Response:
        return self.ask(f"/sparql?query={quote(sparql)}", **headers)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    KnowledgeGraph.from_data(graphs.news(), path=folder / "store")
    (folder / "graph.html").write_text("<!doctype html><title>The page</title>")
    entity = "https://kg.example/entity/"
    (folder / "redirects.tsv").write_text(
        f"{entity}Cina\t{entity}China\n"
        f"{entity}Elsewhere\thttps://other.example/thing\n"
        f"{entity}Tokyo\t{entity}China\n"
        f"{entity}Evil\tjavascript:alert(1)\n"
    )
    return folder


@pytest.fixture(scope="module")
def server(output: Path) -> Iterator[Server]:
    server = Server(output)
    yield server
    server.stop()


# -- the protocol ----------------------------------------------------------------------------
# https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/: the cases by their names. Of
# the dataset cases those that name graphs expect a service that loads graphs; they are refused.

GOOD = {
    "query_get": ("GET", "/sparql?query=ASK%20%7B%7D", {}, b""),
    "query_post_form": ("POST", "/sparql/", FORM, b"query=ASK%20%7B%7D"),
    "query_post_direct": ("POST", "/sparql/", DIRECT, b"ASK {}"),
}
TYPES = {
    "query_content_type_select": ("SELECT (1 AS ?value) {}", "application/sparql-results+json"),
    "query_content_type_ask": ("ASK {}", "application/sparql-results+json"),
    "query_content_type_describe": ("DESCRIBE <http://example.org/>", "text/turtle"),
    "query_content_type_construct": (
        "CONSTRUCT { <x:s> <x:p> 1 } WHERE {}",
        "text/turtle",
    ),
}
PLAIN = {"Content-Type": "text/plain"}
UTF16 = "; charset=UTF-16"
BAD = {
    "bad_query_method": ("PUT", "/sparql?query=ASK%20%7B%7D", {}, b"", 405),
    "bad_multiple_queries": (
        *("GET", "/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", {}, b"", 400),
    ),
    "bad_query_wrong_media_type": ("POST", "/sparql/", PLAIN, b"ASK {}", 415),
    "bad_query_missing_form_type": ("POST", "/sparql/", {}, b"query=ASK%20%7B%7D", 415),
    "bad_query_missing_direct_type": ("POST", "/sparql/", {}, b"ASK {}", 415),
    "bad_query_non_utf8": (
        *("POST", "/sparql/", {"Content-Type": DIRECT["Content-Type"] + UTF16}),
        *("ASK {}".encode("utf-16"), 415),
    ),
    "bad_query_syntax": ("GET", "/sparql?query=ASK%20%7B", {}, b"", 400),
    "bad_update_get": ("GET", "/sparql?update=CLEAR%20ALL", {}, b"", 403),
    "bad_multiple_updates": (
        "POST",
        "/sparql/",
        FORM,
        b"update=DROP%20ALL&update=CLEAR%20ALL",
        403,
    ),
    "bad_update_wrong_media_type": ("POST", "/sparql/", PLAIN, b"CLEAR NAMED", 415),
    "bad_update_missing_form_type": ("POST", "/sparql/", {}, b"update=CLEAR%20NAMED", 415),
    "bad_update_non_utf8": (
        *("POST", "/sparql/", {"Content-Type": "application/sparql-update" + UTF16}),
        *("CLEAR NAMED".encode("utf-16"), 403),
    ),
    "bad_update_syntax": ("POST", "/sparql/", FORM, b"update=CLEAR%20XYZ", 403),
    "bad_update_dataset_conflict": (
        *("POST", "/sparql/", FORM, b"using-named-graph-uri=x%3Ay&update=CLEAR%20ALL", 403),
    ),
    "update_post_direct": (
        *("POST", "/sparql", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 403),
    ),
    "query_dataset_default_graph": (
        *("POST", "/sparql/?default-graph-uri=x%3Ay", DIRECT, b"ASK {}", 400),
    ),
    "query_dataset_named_graphs_get": (
        *("GET", "/sparql?query=ASK%20%7B%7D&named-graph-uri=x%3Ay", {}, b"", 400),
    ),
    "bytes_that_are_no_text": ("POST", "/sparql/", DIRECT, b"ASK { ?s ?p '\xff' }", 400),
    "form_that_is_no_text": ("POST", "/sparql/", FORM, b"query=%ff", 400),
    "no_query": ("POST", "/sparql/", FORM, b"", 400),
    "empty_query": ("GET", "/sparql?query=", {}, b"", 400),
    "too_long": ("POST", "/sparql/", DIRECT, b"#" * 2**20, 413),
    "a_little_too_long": ("POST", "/sparql/", DIRECT, b"#" * (2**15 + 1), 422),
    "too_many_parameters": ("GET", "/sparql?" + "a=1&" * 200, {}, b"", 400),
}


@pytest.mark.parametrize("case", GOOD)
def test_a_query_comes_by_get_form_and_post(case: str, server: Server) -> None:
    method, target, headers, body = GOOD[case]
    status, answered, text = server.ask(target, method=method, body=body, **headers)
    assert (status, json.loads(text)["boolean"]) == (200, True)
    assert answered["Content-Type"] == "application/sparql-results+json"
    assert answered["Content-Length"] == str(len(text))


@pytest.mark.parametrize("case", TYPES)
def test_without_wishes_each_kind_has_its_type(case: str, server: Server) -> None:
    sparql, media_type = TYPES[case]
    status, headers, _ = server.ask("/sparql/", method="POST", body=sparql.encode(), **DIRECT)
    assert (status, headers.get_content_type()) == (200, media_type)


@pytest.mark.parametrize("case", BAD)
def test_a_bad_request_is_a_problem_in_json(case: str, server: Server) -> None:
    """https://www.rfc-editor.org/rfc/rfc9457"""
    method, target, headers, body, status = BAD[case]
    found, answered, text = server.ask(target, method=method, body=body, **headers)
    problem = json.loads(text)
    assert (found, problem["status"]) == (status, status)
    assert answered["Content-Type"] == "application/problem+json"
    assert "\n" not in problem["detail"]
    assert "Traceback" not in text.decode()


def test_a_mistake_is_shown_where_it_is(server: Server) -> None:
    _, _, text = server.query("SELECT *\n{ ?s ?p ?o } LIMIT x")
    assert json.loads(text)["detail"].startswith("line 2, column 20: not valid SPARQL at 'x'")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml", "application/sparql-results+xml"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/sparql-results+json"),
        ("application/json;q=0, text/*", "text/csv"),
        ("TEXT/CSV ; Q=0.9", "text/csv"),
    ],
)
def test_the_client_chooses_the_format(accept: str, media_type: str, server: Server) -> None:
    status, headers, _ = server.query(LABELS, Accept=accept)
    assert (status, headers.get_content_type()) == (200, media_type)
    assert headers["Vary"] == "Accept"


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "application/json;q=0"])
def test_what_cannot_be_sent_is_not_sent(accept: str, server: Server) -> None:
    assert server.query(LABELS, Accept=accept)[0] == 406


def test_the_weight_of_the_most_specific_range_counts() -> None:
    forms = ("json", "xml", "csv")
    assert preferred("text/*;q=0.9, text/csv;q=0.1, */*;q=0.5", forms) == "json"
    assert preferred("text/csv;q=nonsense, application/xml;q=0.1", forms) == "xml"
    assert preferred("", forms) == preferred(None, forms) == "json"
    assert preferred("a/b", forms) is None


def test_head_has_no_body(server: Server) -> None:
    status, headers, body = server.ask(f"/sparql?query={quote(LABELS)}", method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 0


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/rdf+xml", "application/n-triples"]
)
def test_the_service_describes_itself(media_type: str, server: Server) -> None:
    status, headers, body = server.ask("/sparql", Accept=media_type)
    assert (status, headers.get_content_type()) == (200, media_type)
    found = rdflib.Graph().parse(data=body, format=media_type)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert [*found.objects(None, sd.endpoint)] == [rdflib.URIRef(server.endpoint)]
    assert [*found.objects(None, sd.supportedLanguage)] == [sd.SPARQL11Query]
    assert len([*found.objects(None, sd.resultFormat)]) == 8


def test_a_host_that_is_no_host_does_no_harm(server: Server) -> None:
    status, _, body = server.ask("/sparql", Host="<x> <y>")
    assert (status, b"<y>" in body) in {(200, False), (400, False)}


# -- real clients ----------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_sparqlwrapper_reads_the_answers(method: str, form: str, server: Server) -> None:
    client = SPARQLWrapper(server.endpoint)
    client.setMethod(method)
    client.setReturnFormat(form)
    client.setQuery(LABELS)
    found = client.queryAndConvert()
    if form == JSON:
        assert [row["label"]["value"] for row in found["results"]["bindings"]] == COUNTRIES
    elif form == XML:
        assert [node.firstChild.data for node in found.getElementsByTagName("literal")] == COUNTRIES
    else:
        assert found.decode().splitlines() == ["label", *COUNTRIES]


def test_sparqlwrapper_reads_triples_and_mistakes(server: Server) -> None:
    client = SPARQLWrapper(server.endpoint)
    client.setReturnFormat(TURTLE)
    client.setQuery("CONSTRUCT { ?s rel:control ?o } { ?s rel:control ?o }")
    assert len(rdflib.Graph().parse(data=client.queryAndConvert())) == 1
    client.setReturnFormat(JSON)
    client.setQuery("SELECT * {")
    with pytest.raises(QueryBadFormed, match="not valid SPARQL"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rdflib_reads_the_answers(method: str, form: str, server: Server) -> None:
    store = SPARQLStore(server.endpoint, method=method, returnFormat=form)
    graph = rdflib.Graph(store)
    assert [str(row[0]) for row in graph.query(LABELS)] == COUNTRIES
    entity = rdflib.Namespace("https://kg.example/entity/")
    control = rdflib.URIRef("https://kg.example/relation/control")
    assert [*graph.objects(entity.China, control)] == [entity.rare_earth]
    assert (entity.China, control, None) in graph
    if form in {"json", "xml"}:  # the others have no form for yes and no
        assert bool(graph.query("ASK { e:China rel:control e:rare_earth }"))


# -- the page and the things -----------------------------------------------------------------


def test_the_page_is_at_the_root(server: Server) -> None:
    status, headers, body = server.ask("/")
    assert (status, headers.get_content_type()) == (200, "text/html")
    assert b"The page" in body
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_health(server: Server) -> None:
    status, headers, body = server.ask("/health")
    assert (status, headers.get_content_type()) == (200, "application/json")
    assert json.loads(body)["status"] == "ok"


RDF_TYPES = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
    "application/n-triples": "nt",
}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own use
@pytest.mark.parametrize("media_type", RDF_TYPES)
def test_a_thing_is_at_its_iri_in_every_format(media_type: str, server: Server) -> None:
    status, headers, body = server.ask("/entity/China", Accept=media_type)
    assert (status, headers.get_content_type()) == (200, media_type)
    found = rdflib.Graph().parse(data=body, format=RDF_TYPES[media_type])
    china = rdflib.URIRef("https://kg.example/entity/China")
    assert {str(label) for label in found.objects(china, rdflib.SKOS.prefLabel)} == {
        "China",
        "Cina",
    }
    statements = {*found.subjects(rdflib.URIRef("https://kg.example/vocab#subject"), china)}
    assert len(statements) == 3
    same = server.ask(f"/entity/China?format={headers.get_content_type()}", Accept=media_type)
    assert same[2] == body


def test_json_ld_is_compact(server: Server) -> None:
    document = json.loads(server.ask("/entity/China", Accept="application/ld+json")[2])
    assert document["@context"]["rel"] == "https://kg.example/relation/"
    (china,) = (node for node in document["@graph"] if node["@id"] == "e:China")
    assert china["rel:control"] == {"@id": "e:rare_earth"}
    assert china["kg:label"] == "China"


def test_a_person_reads_what_is_said_and_by_whom(server: Server) -> None:
    status, headers, body = server.ask("/entity/China", Accept="text/html,*/*;q=0.8")
    text = body.decode()
    assert (status, headers.get_content_type()) == (200, "text/html")
    assert "<h1>China</h1>" in text
    assert "La Cina controlla oltre il 70% delle terre rare." in text
    assert '<a href="/entity/rare_earth">rare earth</a>' in text
    assert '<span class="mark">says Donald Trump</span>' in text
    assert '<span class="mark">not</span>' in text
    assert 'href="?format=ttl"' in text


def test_every_link_of_a_page_leads_somewhere(server: Server) -> None:
    seen, queue = set(), ["/entity/Sanae_Takaichi"]
    while queue and len(seen) < 40:
        target = queue.pop()
        status, _, body = server.ask(target, Accept="text/html")
        assert status == 200, target
        seen.add(target)
        links = [part.split('"')[0] for part in body.decode().split('href="')[1:]]
        queue += [
            link for link in links if link.startswith("/") and link not in seen and link != "/"
        ]
    kinds = {target.split("/")[1] for target in seen}
    assert {"entity", "statement", "document", "evidence"} <= kinds


@pytest.mark.parametrize(
    "target",
    [
        "/entity/Citt%C3%A0_della_Pieve",
        "/entity/Citt%c3%a0_della_Pieve",
        "/entity/Citt%C3%A0%5Fdella%5FPieve",
    ],
)
def test_a_path_may_be_encoded_in_other_ways(target: str, server: Server) -> None:
    assert server.ask(target, Accept="text/turtle")[0] == 200


def test_text_of_strangers_is_text(server: Server) -> None:
    hostile = "/entity/" + quote('Firm_Qu%ot"ed<>', safe="")
    status, headers, body = server.ask(hostile, Accept="text/html")
    assert status == 200
    assert b"<b>" not in body
    assert b"&lt;b&gt;" in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    odd = next(document for document in graphs.DOCUMENTS if document.source == "odd.txt")
    body = server.ask(f"/document/{odd.id}", Accept="text/html")[2]
    assert b"<script" not in body


@pytest.mark.parametrize(
    "target",
    [
        "/entity/Nothing",
        "/nothing",
        "/entity/../../etc/passwd",
        "/entity/%00",
        "/entity/%ff%3E%22",
        "/entity/Evil",
    ],
)
def test_what_is_not_there_is_not_found(target: str, server: Server) -> None:
    status, _, body = server.ask(target)
    assert (status, json.loads(body)["status"]) == (404, 404)


def test_an_iri_that_changed_leads_to_the_new_one(server: Server) -> None:
    status, headers, _ = server.ask("/entity/Cina")
    assert (status, headers["Location"]) == (301, "/entity/China")
    status, headers, _ = server.ask("/entity/Elsewhere")
    assert (status, headers["Location"]) == (303, "https://other.example/thing")
    assert server.ask("/entity/Tokyo")[0] == 200  # it is there again


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("https://kg.example/", "/entity/A"),
        ("https://news.example/graph/", "/graph/entity/A"),
        ("https://news.example:8080/graph#", "/entity/A"),
        ("urn:news:x/", ""),
    ],
)
def test_a_path_and_an_iri_of_any_base(base: str, path: str) -> None:
    names = Names(base)
    iri = names.entity("A").value
    if path:
        assert iri_of(path, names) == iri
    assert address_of(iri, names) == path
    assert address_of("https://elsewhere.example/x", names) == "https://elsewhere.example/x"
    assert address_of("javascript:alert(1)", names) == ""
    assert address_of("https://kg.example/vocab#positive", names) == ""


# -- what is refused, and limits -------------------------------------------------------------


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM:x { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "INSERT DATA { <a:b> <a:b> 1 }",
        "DROP ALL",
    ],
)
def test_a_query_only_reads_this_graph(sparql: str, server: Server) -> None:
    status, _, body = server.query(sparql)
    assert status == 403
    assert "is not allowed" in json.loads(body)["detail"]


def healthy(server: Server) -> bool:
    begin = time.monotonic()
    found = [row["label"]["value"] for row in rows(server.query(LABELS))]
    return found == COUNTRIES and time.monotonic() - begin < 3


def rows(response: Response) -> list[dict[str, dict[str, str]]]:
    return json.loads(response[2])["results"]["bindings"]


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "larger than 1 MiB"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f", "more memory or time|more than 2 s"),
        ("ASK " + "{" * 8_000, "more memory or time|not valid"),
    ],
)
def test_limits_end_a_query_and_nothing_else(sparql: str, message: str, server: Server) -> None:
    status, _, body = server.ask("/sparql", method="POST", body=sparql.encode(), **DIRECT)
    assert status in {400, 422}
    assert any(part in json.loads(body)["detail"] for part in message.split("|"))
    assert healthy(server)


def test_a_heavy_query_never_blocks_the_others(server: Server) -> None:
    with ThreadPoolExecutor(8) as threads:
        heavy = [threads.submit(server.query, ENDLESS) for _ in range(6)]
        time.sleep(0.3)
        for _ in range(5):
            assert healthy(server)
        ends = [json.loads(item.result()[2]) for item in heavy]
    assert {end["status"] for end in ends} <= {422, 503}
    slow = [end["detail"] for end in ends if end["status"] == 422]
    assert len(slow) >= 2
    assert {*slow} == {"the query took more than 2 s and was stopped; narrow it down"}
    assert healthy(server)


def test_many_clients_each_get_their_own_answer(server: Server) -> None:
    def client(number: int) -> bool:
        found = rows(server.query(f"SELECT ({number} AS ?n) ?label {{ e:China kg:label ?label }}"))
        return [(row["n"]["value"], row["label"]["value"]) for row in found] == [
            (str(number), "China")
        ]

    with ThreadPoolExecutor(20) as threads:
        assert all(threads.map(client, range(100)))


def test_other_sites_read_nothing_unless_they_may(server: Server, output: Path) -> None:
    origin = "https://site.example"
    assert "Access-Control-Allow-Origin" not in server.query("ASK {}", Origin=origin)[1]
    open_to = Server(output, replace(SETTINGS, origins=(origin,)))
    try:
        assert open_to.query("ASK {}", Origin=origin)[1]["Access-Control-Allow-Origin"] == origin
        other = open_to.query("ASK {}", Origin="https://other.example")[1]
        assert "Access-Control-Allow-Origin" not in other
    finally:
        open_to.stop()


# -- the graph changes -----------------------------------------------------------------------


def test_a_new_state_of_the_graph_is_served_at_once(tmp_path: Path) -> None:
    data = graphs.news()
    KnowledgeGraph.from_data(replace(data, statements=()), path=tmp_path / "store")
    server = Server(tmp_path)
    count = "SELECT (COUNT(*) AS ?n) { ?s a kg:Statement }"
    try:
        assert rows(server.query(count))[0]["n"]["value"] == "0"
        KnowledgeGraph.from_data(data, path=tmp_path / "store")
        assert rows(server.query(count))[0]["n"]["value"] == "16"
        (tmp_path / "store" / "current").write_text("999\n")
        assert rows(server.query(count))[0]["n"]["value"] == "16"
        (tmp_path / "redirects.tsv").write_text(
            "https://kg.example/entity/Old\thttps://kg.example/entity/China\n"
        )
        (tmp_path / "store" / "current").write_text("000002\n")
        assert server.ask("/entity/Old")[0] == 301
        assert server.ask("/")[0] == 404
    finally:
        server.stop()


def test_a_turtle_file_can_be_served(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(KnowledgeGraph.from_data(graphs.news()).to_turtle(), "utf-8")
    server = Server(path)
    try:
        assert healthy(server)
    finally:
        server.stop()
