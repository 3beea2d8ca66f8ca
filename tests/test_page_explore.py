"""Ways through the page: filters, focus, paths, hiding, pinning, the address, table, downloads."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages import EN, GRAPH, Reader, entity, evidence, statement
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

from kg.export.page import write_page
from kg.store import KnowledgeGraph
from kg.types import GraphData, Property

Open = Callable[..., Reader]


@pytest.fixture
def at(chromium: WebDriver, page: Path) -> Open:
    """The page opened at a state."""
    return lambda fragment="", **more: Reader(chromium, page, fragment=fragment, **more)


def shown(reader: Reader) -> set[str]:
    return set(reader.run("return nodesShown.getIds().map(nodeName)"))


def arrows(reader: Reader) -> list[str]:
    return sorted(reader.run("return edgesShown.get().map((edge) => edge.label)"))


def choose(reader: Reader, facet: str, option: str) -> None:
    reader.click(f'[data-facet="{facet}"][data-option="{option}"]')


def counts(reader: Reader, facet: str) -> dict[str, str]:
    rows = reader.driver.find_elements(By.CSS_SELECTOR, f'[data-section="{facet}"] .option')
    return {
        row.find_element(By.CSS_SELECTOR, ".label").text: row.find_element(
            By.CSS_SELECTOR, ".n"
        ).text
        for row in rows
    }


def document(reader: Reader, name: str) -> str:
    return str(reader.run("return data.documents.findIndex(({ id }) => id === arguments[0])", name))


# -- filters ---------------------------------------------------------------------------------


def test_every_filter_shows_how_much_it_would_leave(reader: Reader):
    assert counts(reader, "status") == {
        "stated": "4",
        "planned": "1",
        "possible": "1",
        "negated": "1",
    }
    assert counts(reader, "type") == {
        "City": "1",
        "Country": "1",
        "Organisation": "1",
        "Person": "1",
        "Product": "1",
        "Value": "1",
    }
    assert counts(reader, "relation") == {"own": "3", "thank": "2", "invest in": "1", "lead": "1"}
    assert counts(reader, "document") == {
        "Acme comes to France": "6",
        "Acme arriva in Francia": "2",
    }
    assert counts(reader, "language") == {"English": "6", "Italian": "2"}
    assert reader.all("#filter-sources option") == ["1 (7)", "2 (1)"]


def test_counts_of_a_filter_are_under_the_others(reader: Reader):
    choose(reader, "document", document(reader, "it1"))
    assert counts(reader, "relation") == {"own": "1", "thank": "0", "invest in": "1", "lead": "0"}
    assert counts(reader, "document")["Acme comes to France"] == "6"
    assert reader.all("#filter-sources option") == ["1 (2)", "2 (1)"]


def test_a_document_leaves_what_it_says(reader: Reader):
    choose(reader, "document", document(reader, "it1"))
    assert shown(reader) == {"Acme", "France", "more than 70%"}
    assert arrows(reader) == ["invest in", "own"]
    assert reader.all(".chip bdi") == ["1 filter"]
    reader.click("#clear")
    assert len(shown(reader)) == 5


@pytest.mark.parametrize(
    ("facet", "option", "left"),
    [
        ("status", "negated", ["invest in +1", "lead", "own", "thank"]),
        ("status", "planned", ["lead", "own", "own", "thank", "thank"]),
        ("language", "en", ["invest in", "own"]),
    ],
)
def test_options_are_switched_off(reader: Reader, facet: str, option: str, left: list[str]):
    choose(reader, facet, option)
    assert arrows(reader) == left


def test_only_one_option_and_all_of_them_again(reader: Reader):
    for expected in (["own"], ["invest in +1", "lead", "own", "own", "thank"]):
        row = '[data-section="status"] li:last-child'
        reader.run("document.querySelector(arguments[0]).scrollIntoView()", row)
        reader.run("document.querySelector(`${arguments[0]} .only`).click()", row)
        assert arrows(reader) == expected


def test_a_relation_is_found_and_chosen(reader: Reader):
    choose(
        reader,
        "relation",
        str(reader.run("return data.relations.findIndex((r) => r.id === 'lead')")),
    )
    assert shown(reader) == {"Ada Verdi", "Acme"}


def test_at_least_two_sources(reader: Reader):
    reader.run(
        "const box = document.getElementById('filter-sources');"
        "box.value = 2; box.dispatchEvent(new Event('change'))"
    )
    assert arrows(reader) == ["invest in"]


def test_a_range_of_dates(at: Open):
    assert arrows(at("#to=2025-10-28")) == ["invest in", "own"]
    assert arrows(at("#from=2025-10-29")) == ["invest in +1", "lead", "own", "thank"]
    assert arrows(at("#from=2025-10-30")) == []


def test_what_somebody_is_quoted_for(chromium: WebDriver, tmp_path: Path):
    said = {"attributed_to": "Ada_Verdi", "reporting_verb": "said"}
    told = statement(
        8, "Acme", "own", "France",
        evidence(EN, "France thanked Acme.", "France", "thanked", "Acme", **said),
    )  # fmt: skip
    path = tmp_path / "graph.html"
    write_page(
        GraphData(GRAPH.documents, GRAPH.entities, GRAPH.properties, (*GRAPH.statements, told)),
        path,
    )
    reader = Reader(chromium, path)
    assert counts(reader, "voice") == {"the article itself": "7", "somebody it quotes": "1"}
    choose(reader, "voice", "own")
    assert arrows(reader) == ["own"]


def test_the_panel_says_what_the_filters_leave_out(at: Open):
    reader = at("#node=Acme&document=it1")
    assert "more are left out by the filters" in reader.panel
    assert "own Bolt" not in reader.panel


# -- arrows ----------------------------------------------------------------------------------


def test_what_more_sources_say_is_drawn_thicker(reader: Reader):
    widths = reader.run("return edgesShown.get().map(({ label, width }) => [label, width])")
    thick = dict(widths)
    assert thick["invest in +1"] > thick["lead"]


# -- focus, paths ----------------------------------------------------------------------------


def test_focus_on_a_node_one_step_and_two(at: Open):
    reader = at("#node=Ada_Verdi")
    reader.click("#focus-1")
    assert shown(reader) == {"Ada Verdi", "Acme"}
    assert reader.all(".chip bdi") == ["around Ada Verdi"]
    reader.click("#focus-2")
    assert shown(reader) == {"Ada Verdi", "Acme", "France", "Bolt", "more than 70%"}
    reader.press(Keys.ESCAPE, Keys.ESCAPE)
    assert reader.all(".chip") == []


def test_the_path_between_two_nodes(at: Open):
    reader = at("#node=Ada_Verdi")
    reader.click("#path-to")
    assert reader.all(".chip bdi") == ["Path from Ada Verdi: choose the other end"]
    reader.press(*"bolt", Keys.ENTER)
    assert reader.run("return location.hash") == "#path=Ada_Verdi&path=Bolt"
    assert shown(reader) == {"Ada Verdi", "Acme", "Bolt"}
    assert "a shortest path, 2 steps" in reader.panel
    assert "Acme does not own Bolt." in reader.panel
    reader.click("#leave")
    assert len(shown(reader)) == 5


def test_where_no_path_is(at: Open):
    reader = at("#path=Ada_Verdi&path=Rome")
    assert "No path joins them" in reader.panel
    assert shown(reader) == {"Ada Verdi", "Rome"}


# -- hide, pin, history ----------------------------------------------------------------------


def test_a_hidden_node_comes_back_with_a_click_or_a_search(at: Open):
    reader = at("#node=Bolt")
    reader.click("#hide")
    assert "Bolt" not in shown(reader)
    assert reader.all(".chip bdi") == ["1 hidden"]
    reader.press("/", *"bolt", Keys.ENTER)
    assert "Bolt" in shown(reader)
    reader.click("#hide")
    reader.click(".chip button")
    assert "Bolt" in shown(reader)


def test_a_pinned_node_keeps_its_place_and_stays_in_sight(at: Open):
    reader = at("#node=Bolt")
    place = reader.run("return network.getPosition(placeOf.get('Bolt'))")
    reader.click("#pin")
    reader.run("focusOn(placeOf.get('Ada_Verdi'), 1)")
    assert shown(reader) == {"Ada Verdi", "Acme", "Bolt"}
    reader.click(".chip button")  # out of the focus
    again = at(reader.run("return location.hash"))
    now = again.run("return network.getPosition(placeOf.get('Bolt'))")
    assert now == pytest.approx(place, abs=2)
    assert again.run("return nodesShown.get(placeOf.get('Bolt')).fixed")


def test_nodes_move_only_when_asked_to(reader: Reader):
    assert not reader.run("return network.physics.physicsEnabled")
    reader.click("#move")
    assert reader.run("return network.physics.physicsEnabled")
    reader.click("#move")
    assert not reader.run("return network.physics.physicsEnabled")


def test_back_and_forward(at: Open):
    reader = at("#node=France")
    reader.click("#focus-1")
    reader.press("/", *"bolt", Keys.ENTER)
    for button, name in (
        ("#back", "France"),
        ("#back", "France"),
        ("#forward", "France"),
        ("#forward", "Bolt"),
    ):
        reader.click(button)
        WebDriverWait(reader.driver, 30).until(lambda _, n=name: reader.all("#panel h2") == [n])


@pytest.mark.parametrize(
    "state",
    [
        "node=Acme",
        "around=Acme&steps=2&hide=Bolt",
        "add=*Acme&add=.Rome&more=3",
        "view=table&sort=-relation&statement=00000000000000000000000000000002",
        "edge=00000000000000000000000000000004",
        "hide=%3D00000000000000000000000000000004",
        "-type=person&-status=negated&relation=own&document=en1&from=2025-01-01&to=2026-01-01&sources=2",
        "path=Acme&path=Ada_Verdi",
    ],
)
def test_the_address_holds_the_whole_state(at: Open, state: str):
    assert at("#" + state).run("return encodeState(state)") == state


@pytest.mark.parametrize(
    "state",
    [
        "node=Nobody&around=&path=Acme&edge=constructor&pin=1,2&pin=x&add=&steps=-7&more=1e99",
        "%",
        "-type=__proto__&sort=constructor&view=table&sources=99999&from=soon",
        "pin=999999,-999999,Acme",
    ],
)
def test_an_address_from_elsewhere_does_no_harm(at: Open, state: str):
    reader = at("#" + state, fresh=True)
    assert reader.complaints() == []
    assert reader.all("h1") == ["Acme & friends"]


# -- SPARQL ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "filters",
    [
        "",
        "&document=it1",
        "&-status=negated&-language=it",
        "&to=2025-10-28&sources=2",
        "&-type=person&relation=own&relation=lead",
        "&-voice=own&-type=value",
    ],
)
def test_the_sparql_of_a_node_gives_the_statements_of_its_panel(at: Open, filters: str):
    reader = at("#node=Acme" + filters)
    query = reader.run("return entityQuery(placeOf.get('Acme'))")
    rows = KnowledgeGraph.from_data(GRAPH).query(query)
    shown_now = reader.run(
        "return Array.from(document.querySelectorAll('[data-statement]'),"
        " (block) => data.statements[block.dataset.statement].id)"
    )
    assert {str(row["statement"]).rpartition("/")[2] for row in rows} == set(shown_now)


def test_the_sparql_of_an_arrow(at: Open):
    reader = at("#edge=00000000000000000000000000000002")
    rows = list(
        KnowledgeGraph.from_data(GRAPH).query(
            reader.run("return edgeQuery(data.edges[state.edge])")
        )
    )
    assert len({row["statement"] for row in rows}) == 2
    assert {row["sentence"] for row in rows} >= {"Acme will invest in France, Verdi said."}
    value = at("#edge=00000000000000000000000000000004")
    rows = list(
        KnowledgeGraph.from_data(GRAPH).query(value.run("return edgeQuery(data.edges[state.edge])"))
    )
    assert [row["sentence"] for row in rows] == ["Acme possiede oltre il 70% del mercato."]


def test_the_sparql_knows_the_base_and_escapes_names(chromium: WebDriver, tmp_path: Path):
    data = GraphData(
        (EN,),
        (entity("O'Neill_(è)", "person", "O'Neill"), entity("X", "concept", "X")),
        (Property("own", ()),),
        (statement(1, "O'Neill_(è)", "own", "X", evidence(EN, "France thanked Acme.")),),
    )
    write_page(data, tmp_path / "p.html", base="https://news.example/g#")
    query = Reader(chromium, tmp_path / "p.html").run(
        'return entityQuery(placeOf.get("O\'Neill_(è)"))'
    )
    assert len(KnowledgeGraph.from_data(data, "https://news.example/g#").query(query)) == 1


def test_the_copy_button_copies(at: Open):
    reader = at("#node=Acme")
    reader.driver.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    reader.click("#copy-sparql")
    WebDriverWait(reader.driver, 30).until(lambda _: reader.all("#copy-sparql") == ["Copied"])


# -- the table -------------------------------------------------------------------------------


def column(reader: Reader, name: str) -> list[str]:
    return reader.all(f"td.{name}")


def test_the_table_has_a_row_a_statement_under_the_same_filters(reader: Reader):
    reader.click('#views [data-view="table"]')
    assert reader.all("#count") == ["7 statements"]
    assert column(reader, "relation")[0] == "invest in"  # said by two sources
    assert "amount: 10 billion USD · place: Rome" in column(reader, "object")[0]
    choose(reader, "status", "negated")
    assert reader.all("#count") == ["6 statements"]
    assert len(reader.all("tr[data-row]")) == 6


def test_a_click_on_a_head_sorts_and_another_turns_it_around(reader: Reader):
    reader.click('#views [data-view="table"]')
    reader.click('[data-sort="relation"]')
    names = column(reader, "relation")
    assert names == sorted(names)
    assert (
        reader.driver.find_element(By.CSS_SELECTOR, "th.relation").get_attribute("aria-sort")
        == "ascending"
    )
    reader.press(Keys.ENTER)  # the head is still in focus
    assert column(reader, "relation") == sorted(names, reverse=True)
    reader.click('[data-sort="sourceCount"]')
    assert column(reader, "sourceCount") == ["2", "1", "1", "1", "1", "1", "1"]


def test_a_row_opens_its_sentences_and_the_table_stays(reader: Reader):
    reader.click('#views [data-view="table"]')
    reader.click('tr[data-row="2"] td.relation button')
    assert "Acme does not own Bolt." in reader.panel
    assert len(reader.all("tr[data-row]")) == 7
    assert reader.run("return document.querySelector('tr.pointed').dataset.row") == "2"
    reader.click('tr[data-row="4"] td.status')  # its object is a text: the panel of its subject
    assert reader.all("#panel h2") == ["Acme"]
    assert reader.all(".statement.pointed .line") == ["Acme own “the market”"]


def test_the_table_of_a_focus(at: Open):
    assert at("#around=Ada_Verdi&view=table").all("td.relation") == ["lead"]


# -- downloads -------------------------------------------------------------------------------


@pytest.fixture
def downloaded(reader: Reader, tmp_path: Path) -> Callable[[str, str], bytes]:
    """The file that a click on a button brings."""
    reader.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )

    def download(button: str, name: str) -> bytes:
        reader.click(button)
        path = tmp_path / name
        WebDriverWait(reader.driver, 30).until(lambda _: path.exists() and path.stat().st_size)
        return path.read_bytes()

    return download


def test_csv_has_a_row_a_piece_of_evidence(reader: Reader, downloaded: Callable[[str, str], bytes]):
    reader.click('#views [data-view="table"]')
    text = downloaded("#csv", "statements.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 8
    assert {row["sentence"] for row in rows if row["relation"] == "invest in"} == {
        "Acme will invest in France, Verdi said.",
        "Acme investirà 10 miliardi di dollari in Francia.",
    }
    assert reader.complaints() == []


def test_json_has_the_names_of_statements_jsonl(
    reader: Reader, downloaded: Callable[[str, str], bytes]
):
    reader.click('#views [data-view="table"]')
    choose(reader, "document", document(reader, "it1"))
    rows: list[dict[str, Any]] = json.loads(downloaded("#json", "statements.json"))
    from kg.export.tables import rows as of_build

    whole = {(row["id"], row["begin"]): row for row in of_build(GRAPH)}
    assert {row["source"] for row in rows} == {"uno.txt", "two.html"}
    for row in rows:
        same = whole[row["id"], row["begin"]]
        assert set(row) == set(same)
        for name in ("source", "end", "sentence", "negated", "modality", "title", "published"):
            assert row[name] == same[name]
        assert row["subject"]["iri"] == same["subject"]["iri"]
        assert row["subject"]["text"] == same["subject"]["text"]
        assert row["spans"] == {k: v and list(v) for k, v in same["spans"].items()}


def test_png_is_the_drawing(downloaded: Callable[[str, str], bytes]):
    assert downloaded("#png", "graph.png").startswith(b"\x89PNG")


def test_cells_that_look_like_formulas_are_tamed(reader: Reader):
    cells = reader.run("return ['=1+1', '@x', '+', '-5', '-x', 'a,b', 'say \"x\"'].map(cell)")
    assert cells == ["'=1+1", "'@x", "'+", "-5", "'-x", '"a,b"', '"say ""x"""']
