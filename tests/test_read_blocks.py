"""What a line of an article is: title, heading, paragraph, list item, quotation, boilerplate."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from kg.read import document_from_text, read
from kg.types import Block, Document

SEEDS = Path(__file__).parent.parent / "seeds"

ITALIAN = """\
ECONOMIA
Milano chiude in rialzo: spread in calo | Il Quotidiano

Milano chiude in rialzo: spread in calo

Il Ftse Mib guadagna l'1,2% trainato dalle banche.

di Giulia Ferri

Pubblicato il 28 ottobre 2025 alle 18:05 - Aggiornato il 29 ottobre 2025 alle 9:12

Condividi su Facebook

Piazza Affari chiude in rialzo dell'1,2%. Lo spread scende a 78 punti base.

LEGGI ANCHE: Bce, Lagarde annuncia un nuovo taglio dei tassi

Leggi anche
Mutui, quanto costano oggi

Tra i titoli migliori ci sono le banche. Secondo gli analisti:

1. la crescita continuerà nel 2026;
2. i dividendi saliranno del 10%;

3. i tassi resteranno fermi.

– Non siamo preoccupati – ha detto il presidente di Confindustria.

"Il mercato ha reagito bene alle parole della presidente della Bce".

Come si muove il mercato

Il dollaro si indebolisce a 1,17 sull'euro.

© Riproduzione riservata
Editoriale Il Quotidiano S.p.A.
Via Solferino 12, 20121 Milano
P.IVA 01234567890
"""

ENGLISH = """\
Skip to content
Oil prices climb after OPEC cuts output
By Jane Doe and John Roe, Reuters
Published: 03/04/2024, 10:30 AM EST | Updated 2 hours ago
3 min read
LONDON (Reuters) - Oil prices rose 3% on Monday after OPEC agreed to cut output.
Advertisement
Brent crude settled at $84.10 a barrel, up $2.50.
Why it matters
The cut will take effect in June. It will
* reduce supply by 1 million barrels a day
* raise prices for consumers
Will prices go higher?
Analysts expect so, and they have been right before.
“We are ready to act again if needed.”
Read next
Gas prices hit a new high in California
Sign up for our newsletter to get the latest news in your inbox.
Copyright © 2024 The Daily Test
"""


def of_kind(document: Document, kind: str) -> list[str]:
    return [text_of(document, block) for block in document.blocks if block.kind == kind]


def text_of(document: Document, block: Block) -> str:
    return document.text[block.begin : block.end]


def parents(document: Document) -> dict[str, str | None]:
    """Each list item with the words of the line that introduces it."""
    blocks = document.blocks
    return {
        text_of(document, b): None if b.parent is None else text_of(document, blocks[b.parent])
        for b in blocks
        if b.kind == "list_item"
    }


def kinds(text: str) -> list[str]:
    return [block.kind for block in document_from_text(text, "x").blocks]


# -- a whole page in each language -----------------------------------------------------------


def test_the_blocks_of_an_italian_page() -> None:
    document = document_from_text(ITALIAN, "x")
    assert document.title == "Milano chiude in rialzo: spread in calo"
    assert document.published == "2025-10-28"
    assert document.author == "Giulia Ferri"
    assert of_kind(document, "heading") == ["ECONOMIA", "Come si muove il mercato"]
    assert of_kind(document, "paragraph") == [
        "Il Ftse Mib guadagna l'1,2% trainato dalle banche.",
        "Piazza Affari chiude in rialzo dell'1,2%. Lo spread scende a 78 punti base.",
        "Tra i titoli migliori ci sono le banche. Secondo gli analisti:",
        "– Non siamo preoccupati – ha detto il presidente di Confindustria.",
        "Il dollaro si indebolisce a 1,17 sull'euro.",
    ]
    assert of_kind(document, "quote") == [
        '"Il mercato ha reagito bene alle parole della presidente della Bce".'
    ]
    assert set(parents(document).values()) == {
        "Tra i titoli migliori ci sono le banche. Secondo gli analisti:"
    }
    assert list(parents(document)) == [
        "la crescita continuerà nel 2026;",
        "i dividendi saliranno del 10%;",
        "i tassi resteranno fermi.",
    ]
    assert len(of_kind(document, "boilerplate")) == 11


def test_the_blocks_of_an_english_page() -> None:
    document = document_from_text(ENGLISH, "x")
    assert document.title == "Oil prices climb after OPEC cuts output"
    assert document.published == "2024-03-04"
    assert document.author == "Jane Doe and John Roe"
    assert of_kind(document, "heading") == ["Why it matters"]
    assert of_kind(document, "paragraph") == [
        "LONDON (Reuters) - Oil prices rose 3% on Monday after OPEC agreed to cut output.",
        "Brent crude settled at $84.10 a barrel, up $2.50.",
        "The cut will take effect in June. It will",
        "Will prices go higher?",
        "Analysts expect so, and they have been right before.",
    ]
    assert of_kind(document, "quote") == ["“We are ready to act again if needed.”"]
    assert parents(document) == {
        "reduce supply by 1 million barrels a day": "The cut will take effect in June. It will",
        "raise prices for consumers": "The cut will take effect in June. It will",
    }


# -- the seeds -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seeds() -> dict[str, Document]:
    return {Path(d.source).name[:3]: d for d in read([SEEDS]) if isinstance(d, Document)}


def test_the_boilerplate_of_the_seeds_and_nothing_else(seeds: dict[str, Document]) -> None:
    titles = {n: d.title for n, d in seeds.items()}
    assert {n: of_kind(d, "boilerplate") for n, d in seeds.items()} == {
        "000": [],
        "001": [
            "| 28/10/2025",
            titles["001"],
            "Barberio & Partners s.r.l.",
            "Via Donatello 67/D - 00196 Roma",
            "P.IVA 16376771008",
            "Policy",
            "Privacy Policy",
            "Cookie Policy",
            "Termini e Condizioni",
            "iscriviti alla nostra newsletter",
            (
                "Questo sito è protetto da reCAPTCHA e la Informativa sulla Privacy di Google, "
                "nonché i Termini di Servizio sono applicabili."
            ),
        ],
        "002": [
            titles["002"],
            titles["002"],
            "Also Read:",
            "Read More:",
            "Post a Comment",
            "0 Comments",
        ],
        "003": ["ago 3 hours", titles["003"]],
        "004": [
            (
                "In other news also read about Japan’s New PM Sanae Takaichi Faces Key Decision "
                "on U.S. Trade Deal Strategy"
            )
        ],
    }


def test_the_headings_of_the_seeds(seeds: dict[str, Document]) -> None:
    assert {n: len(of_kind(d, "heading")) for n, d in seeds.items()} == {
        "000": 2,
        "001": 8,
        "002": 0,
        "003": 2,
        "004": 4,
    }
    assert of_kind(seeds["004"], "heading") == [
        "Strategic Importance of the Deal",
        "Economic & Political Impact",
        "Geopolitical Reactions",
        "A New Era of Strategic Cooperation",
    ]


def test_the_lists_of_the_seeds_have_their_introducing_line(seeds: dict[str, Document]) -> None:
    plan = (
        "Giappone e Stati Uniti hanno firmato un piano congiunto da 550 miliardi di dollari che "
        "prevede:"
    )
    assert parents(seeds["001"]) == {
        "investimenti americani in infrastrutture navali e cantieristica giapponese": plan,
        (
            "l’aumento delle importazioni giapponesi di soia, gas naturale e veicoli statunitensi"
        ): plan,
        (
            "e una collaborazione tecnologica nei settori dell’intelligenza artificiale e "
            "dell’energia avanzata."
        ): plan,
    }
    assert list(parents(seeds["003"]).values()) == [None] * 4
    assert list(parents(seeds["004"]).values()) == ["The deal includes provisions to:"] * 3


# -- titles and headings ---------------------------------------------------------------------

BODY = "The government approved the new budget law on Monday."


def test_a_title_stands_over_prose() -> None:
    assert kinds(f"Budget law approved\n\n{BODY}") == ["title", "paragraph"]
    assert kinds(f"Who pays for the budget?\n{BODY}") == ["title", "paragraph"]
    assert kinds(f"The minister said no.\n{BODY}") == ["paragraph", "paragraph"]


def test_a_sentence_alone_is_a_paragraph_even_without_its_full_stop() -> None:
    assert kinds("Toyota invests 10 billion dollars in the United States") == ["paragraph"]
    assert kinds("Toyota investe negli Stati Uniti\nSony investe in Italia") == ["paragraph"] * 2


def test_prose_without_full_stops_is_not_taken_for_headings() -> None:
    lines = [f"Company number {i} builds a plant in Ohio this year" for i in range(6)]
    assert kinds("\n".join([*lines, BODY])) == ["title", *["paragraph"] * 6]


def test_a_title_that_comes_again_is_boilerplate_but_for_the_first() -> None:
    text = f"Budget law approved\n\nBUDGET LAW APPROVED\n{BODY}\nBudget law approved"
    assert kinds(text) == ["title", "boilerplate", "paragraph", "boilerplate"]


def test_a_section_that_comes_again_is_boilerplate() -> None:
    assert kinds(f"{BODY}\nIt costs 3 billion euros a year.\n{BODY}") == [
        "paragraph",
        "paragraph",
        "boilerplate",
    ]


def test_a_known_title_is_found_in_the_text() -> None:
    document = document_from_text(f"News\nBudget law\n{BODY}", "x", title="Budget Law - The Test")
    assert document.title == "Budget Law - The Test"
    assert [block.kind for block in document.blocks][1:] == ["title", "paragraph"]


# -- lists -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["•", "-", "*", "–", "▪", "→"])
def test_an_item_begins_after_its_mark(mark: str) -> None:
    document = document_from_text(f"The plan includes:\n  {mark}  roads\n\n{mark} schools", "x")
    assert parents(document) == {"roads": "The plan includes:", "schools": "The plan includes:"}


def test_numbers_and_letters_make_lists_where_they_count() -> None:
    assert kinds(f"{BODY}\n1. First point\n2. Second point")[1:] == ["list_item"] * 2
    assert kinds(f"{BODY}\na) First point\nb) Second point")[1:] == ["list_item"] * 2
    assert "list_item" not in kinds(f"{BODY}\n12. Dezember was the day of the vote.\n{BODY[4:]}")
    assert "list_item" not in kinds(f"1. Budget\n{BODY}\n2. Taxes\n{BODY[4:]}")


def test_a_lone_dash_opens_a_line_of_dialogue() -> None:
    document = document_from_text(f"{BODY}\n- We agree - said the minister.", "x")
    assert of_kind(document, "paragraph")[1] == "- We agree - said the minister."


def test_an_item_may_introduce_items() -> None:
    text = (
        "It covers:\n- roads, namely:\n  - bridges\n  - tunnels\n- schools\n\nThat is all there is."
    )
    assert parents(document_from_text(text, "x")) == {
        "roads, namely:": "It covers:",
        "bridges": "roads, namely:",
        "tunnels": "roads, namely:",
        "schools": "It covers:",
    }


def test_an_advertisement_does_not_part_a_list_from_its_line() -> None:
    text = "It covers:\nAdvertisement\n- roads\nRead more: Bridges\n- schools\n\nThat is all."
    assert parents(document_from_text(text, "x")) == {
        "roads": "It covers:",
        "schools": "It covers:",
    }
    text = "Read more:\n- roads to ruin and how we build them\n- schools"
    assert set(parents(document_from_text(f"{BODY}\n{text}", "x")).values()) <= {None}


def test_short_items_may_come_under_two_heads() -> None:
    text = "Japan buys:\n- soy\n- gas\nItaly buys:\n- soy\n- gas"
    assert kinds(text).count("list_item") == 4


# -- boilerplate -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Terms were not disclosed.",
        "Share prices rose 3% on Monday.",
        "The report was published on Tuesday by the United Nations.",
        "Reporting by the New York Times revealed the deal.",
        "By using tariffs, the president hopes that Japan will accept.",
        "Unauthorized protests were prohibited on Sunday.",
        "In other news, Japan agreed to buy soybeans.",
        "Read the agreement: that was his advice to senators.",
        "Follow the money, said the prosecutor in Milan.",
        "Comment from the ministry was not available.",
        "Iscritto nel registro degli indagati, il sindaco si è dimesso.",
        "L'articolo è stato pubblicato su Nature da un gruppo di Pisa.",
        "Per accedere al bonus bisogna essere iscritti all'Inps.",
        "Proseguendo su questa strada, il governo ha accettato la riforma.",
        "Sede legale e fabbrica restano a Torino, ha detto il gruppo.",
        "Pubblicità ingannevole: multa da 3 milioni a Google.",
        "La società Alfa S.p.A. ha comprato la Beta S.r.l.",
        "Leggi e decreti sono stati approvati ieri dalla Camera.",
        "Il sito utilizza energia solare.",
        "Redazione e direzione sono in sciopero da ieri.",
    ],
)
def test_a_sentence_is_not_taken_for_furniture(sentence: str) -> None:
    other = "Il ministro ha parlato alla Camera dei deputati per due ore."
    for text in (
        f"{sentence}\n{other}",
        f"{other}\n{sentence}\n{other[3:]}",
        f"{other}\n{sentence}",
    ):
        assert "boilerplate" not in kinds(text)


@pytest.mark.parametrize(
    "line",
    [
        "Follow us on Twitter and Facebook",
        "Subscribe to our newsletter",
        "We use cookies to improve your experience.",
        "12 comments",
        "Related articles",
        "Sign up now",
        "All rights reserved.",
        "Tags: Japan, trade",
        "Photo: Jane Doe/Reuters",
        "3 hours ago",
        "5 ore fa",
        "Leggi anche: Il governo vara la manovra",
        "Nessun commento",
        "Seguici su Telegram",
        "Iscriviti alla newsletter",
        "Utilizziamo i cookie per migliorare la tua esperienza.",
        "© RIPRODUZIONE RISERVATA",
        "Tempo di lettura 3 minuti",
        "Partita IVA 01234567890",
        "Testata giornalistica registrata presso il Tribunale di Roma",
        "Il tuo indirizzo e-mail non sarà pubblicato.",
    ],
)
def test_furniture_is_marked_wherever_it_stands(line: str) -> None:
    text = f"{line}\n{BODY}\n{line[:-1]}{line[-1].upper()}!\nIt passed by 210 votes to 190."
    assert kinds(text) == ["boilerplate", "paragraph", "boilerplate", "paragraph"]


def test_the_items_of_an_introduced_list_are_no_furniture() -> None:
    text = "The code was signed by:\n- Facebook\n- Twitter\n- TikTok"
    assert kinds(f"{BODY}\n{text}")[1:] == ["paragraph", *["list_item"] * 3]
    assert kinds(f"{BODY}\n- Facebook\n- Twitter")[1:] == ["boilerplate"] * 2


def test_a_company_and_its_address_are_furniture_only_in_a_page_s_foot() -> None:
    address = "Rossi & Figli s.r.l.\nVia Roma 12 - 00100 Roma"
    assert kinds(f"{BODY}\n{address}\nPrivacy Policy")[1:] == ["boilerplate"] * 3
    assert "boilerplate" not in kinds(f"{BODY}\n{address}")


# -- lines -----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_hard_wrapped_text_has_the_blocks_of_the_unwrapped(width: int) -> None:
    paragraphs = [
        "Vertice a Tokyo",
        (
            "Il presidente degli Stati Uniti ha incontrato ieri a Tokyo la premier giapponese; i "
            "due hanno firmato un accordo che riguarda le terre rare, le navi e la difesa comune."
        ),
        "L'intesa prevede:",
        (
            "- investimenti per 550 miliardi di dollari in infrastrutture navali e nella "
            "cantieristica giapponese, secondo fonti del ministero;"
        ),
        "- una collaborazione tecnologica.",
        (
            "La premier ha detto che il Giappone non vuole dipendere da Pechino – né oggi né "
            "domani – per le materie prime della sua industria, e che l'accordo apre una nuova "
            "stagione."
        ),
    ]
    wrapped = "\n\n".join(textwrap.fill(text, width) for text in paragraphs)
    plain = document_from_text("\n".join(paragraphs), "x")
    document = document_from_text(wrapped, "x")
    assert [(b.kind, b.parent) for b in document.blocks] == [
        (b.kind, b.parent) for b in plain.blocks
    ]
    assert [text_of(document, b) for b in document.blocks] == [
        text_of(plain, b) for b in plain.blocks
    ]
    # a blank stands for each line end within a paragraph, so that offsets are the file's
    assert document.text.split() == wrapped.split()
    assert len(document.text) == len(wrapped)


def test_a_paragraph_a_line_is_not_joined() -> None:
    lines = [
        "The government approved the budget on Monday.",
        "The opposition voted against it.",
        "The law takes effect in January and will cost 3 billion euros.",
        "Economists doubt the figures.",
    ]
    assert kinds("\n".join(lines)) == ["paragraph"] * 4


def test_a_block_is_never_longer_than_parsers_bear() -> None:
    document = document_from_text("La legge è stata approvata ieri. " * 10_000, "x")
    assert max(block.end - block.begin for block in document.blocks) <= 50_000
    assert "".join(text_of(document, b) for b in document.blocks).count("approvata") == 10_000
