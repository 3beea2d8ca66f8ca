"""The day of publication and the language: told by the text, or left open."""

from __future__ import annotations

import pytest

from kg.read import document_from_text
from kg.read.dates import dateline, parse_date
from kg.read.language import detect_language

BODY = "The government approved the new budget law on Monday."
CORPO = "Il governo ha approvato ieri la nuova legge sul bilancio."


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("28 ottobre 2025", "it", "2025-10-28"),
        ("martedì 28 ottobre 2025", "it", "2025-10-28"),
        ("1° maggio 2024", "it", "2024-05-01"),
        ("28/10/2025", "it", "2025-10-28"),
        ("10/11/2025", "it", "2025-11-10"),  # the day first
        ("10.11.2025", "it", "2025-11-10"),
        ("October 28, 2025", "en", "2025-10-28"),
        ("28 October 2025", "en", "2025-10-28"),
        ("Oct. 28, 2025", "en", "2025-10-28"),
        ("10/11/2025", "en", "2025-10-11"),  # the month first
        ("28/10/2025", "en", "2025-10-28"),  # where it can be
        ("2025-10-28T23:30:00-05:00", "en", "2025-10-28"),  # the day where it was written
        ("2025-10-28 10:00", "it", "2025-10-28"),
        ("October 28, 2025", "it", "2025-10-28"),
        ("28 octobre 2025", "fr", "2025-10-28"),
        ("3 hours ago", "en", None),
        ("ieri", "it", None),
        ("2025", "en", None),
        ("October 2025", "en", None),
        ("October 28", "en", None),
        ("10/11/25", "it", None),
        ("31 febbraio 2025", "it", None),
        ("32/13/2025", "it", None),
        ("28 morti 2025", "it", None),
        ("192.168.10.2025", "en", None),
        ("1 January 0900", "en", None),
        ("28 ottobre 2025", "en", "2025-10-28"),  # pages are built from foreign parts
        ("28 ottobre 2025", "xx", "2025-10-28"),
    ],
)
def test_a_complete_date_is_read_and_no_other(text: str, language: str, date: str | None) -> None:
    assert parse_date(text, language) == date


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tokyo, 28 ottobre 2025 – Nel corso di un incontro", "it"),
        ("ROMA, 28 ottobre 2025 (Adnkronos) – Il governo", "it"),
        ("(ANSA) - ROMA, 28 ottobre 2025 - Il governo", "it"),
        ("Reggio nell'Emilia, martedì 28 ottobre 2025 - Il sindaco", "it"),
        ("28 ottobre 2025 - Il governo", "it"),
        ("WASHINGTON, Oct. 28, 2025 /PRNewswire/ -- Acme Inc.", "en"),
        ("New York, NY – October 28, 2025 – Acme", "en"),
        ("TOKYO, October 28, 2025 (Reuters) - The premier", "en"),
        ("Tuesday, October 28, 2025 The premier said", "en"),
    ],
)
def test_a_dateline_opens_with_place_and_date(text: str, language: str) -> None:
    assert dateline(text, language) == "2025-10-28"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("On October 28, 2025 – a Tuesday – the premier spoke.", "en"),
        ("Daniel Bernoulli (8 February 1700 – 17 March 1782) was a physicist.", "en"),
        ("The agreement, finalized on October 28, 2025, focuses on supplies.", "en"),
        ("Donald Trump, October 28, 2025, said", "en"),
        ("Il 28 ottobre 2025 - un martedì - il premier ha parlato.", "it"),
        ("Nato a Roma il 3 marzo 1950 – e morto nel 2000 – era un poeta.", "it"),
        ("Dal 28 ottobre 2025: nuove regole per i monopattini.", "it"),
    ],
)
def test_a_date_in_a_sentence_is_no_dateline(text: str, language: str) -> None:
    assert dateline(text, language) is None


@pytest.mark.parametrize(
    "stamp",
    [
        "| 28/10/2025",
        "28 October 2025",
        "Tuesday, October 28, 2025",
        "October 28, 2025 at 10:30 AM EST",
        "Published: October 28, 2025 | Updated: October 30, 2025",
        "Last updated October 28, 2025",
        "By Jane Doe | October 28, 2025",
        "Jane Doe - 28 Oct 2025",
        "London, 28 October 2025",
        "2025-10-28 10:30",
        "Pubblicato il 28 ottobre 2025 alle ore 10.30",
        "di Maria Rossi, 28 ottobre 2025",
    ],
)
def test_a_line_of_its_own_near_the_title_gives_the_date(stamp: str) -> None:
    document = document_from_text(f"Budget law approved\n{stamp}\n\n{BODY}", "x")
    assert document.published == "2025-10-28"
    assert [block.kind for block in document.blocks] == ["title", "boilerplate", "paragraph"]


def test_the_day_of_publication_goes_before_that_of_an_update() -> None:
    stamps = "Updated October 30, 2025\nPublished October 28, 2025"
    document = document_from_text(f"Budget law approved\n{stamps}\n{BODY}", "x")
    assert document.published == "2025-10-28"


def test_a_press_release_may_be_dated_below() -> None:
    assert document_from_text(f"{CORPO}\n\nRoma, 28 ottobre 2025", "x").published == "2025-10-28"


@pytest.mark.parametrize(
    "line",
    [
        "ago 3 hours",
        "The law of October 28, 2025 is new to all of us.",
        "Budget law to be signed on October 28, 2025",
        "From 1 January 2024 to 31 December 2025 nothing changed.",
        "October 2025",
    ],
)
def test_no_other_line_gives_a_date(line: str) -> None:
    document = document_from_text(f"Budget law approved\n{line}\n{BODY}", "x")
    assert document.published is None


def test_a_chronicle_s_dates_are_headings() -> None:
    days = "\n".join(f"{day} October 2025\n{BODY[:-1]} {day}." for day in range(10, 20))
    document = document_from_text(f"{BODY}\n{BODY[4:]} Again.\nIt is so.\n{days}", "x")
    assert [block.kind for block in document.blocks].count("heading") >= 6


def test_a_date_glued_to_the_headline_is_cut_from_the_title() -> None:
    document = document_from_text(f"An interview with Jane Doe Sunday, May 28, 2006\n{BODY}", "x")
    assert (document.title, document.published) == ("An interview with Jane Doe", "2006-05-28")
    kept = document_from_text(f"Italy to vote on Sunday, May 28, 2006\n{BODY}", "x")
    assert (kept.title, kept.published) == ("Italy to vote on Sunday, May 28, 2006", None)


def test_what_is_given_goes_before_what_is_found() -> None:
    text = f"Budget law approved\nBy Jane Doe | October 28, 2025\n{BODY}"
    document = document_from_text(text, "x", published="27 October 2025", author="John Roe")
    assert (document.published, document.author) == ("2025-10-27", "John Roe")
    document = document_from_text(text, "x", published="yesterday")
    assert (document.published, document.author) == ("2025-10-28", "Jane Doe")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (CORPO, "it"),
        (BODY, "en"),
        ("Ciao", "it"),  # too short to be sure: the likeliest of the languages that have tables
        ("Toyota investe 10 miliardi.", "it"),
        ("Toyota invests $10 billion.", "en"),
        ("Der Präsident hat gestern ein Abkommen mit Japan unterschrieben.", "de"),
        ("Le président a signé hier un accord avec le Japon à Tokyo.", "fr"),
        ("El presidente firmó ayer un acuerdo con Japón en Tokio.", "es"),
        ("Президент подписал договор с Японией.", "ru"),
        ("首相は東京で協定に署名した。", "ja"),
        ("123 – 456", None),
    ],
)
def test_the_language_is_told_from_the_text(text: str, language: str | None) -> None:
    assert detect_language(text) == language


def test_the_language_is_that_of_the_body_not_of_its_furniture() -> None:
    furniture = (
        "Privacy Policy\nTerms of Service\nFollow us on Twitter\nSubscribe to our newsletter"
    )
    assert document_from_text(f"{furniture}\n{CORPO}\n{furniture}", "x").language == "it"


def test_a_given_language_is_believed() -> None:
    assert document_from_text(BODY, "x", language="it").language == "it"
    assert document_from_text(BODY, "x", language="it-IT").language == "it"
    assert document_from_text(BODY, "x", language="Italian language").language == "en"
