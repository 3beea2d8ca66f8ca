"""What counts as a value, and what it is written as."""

from __future__ import annotations

import random

import pytest
from value_tables import PUBLISHED, Row, rows, short, wrong

from kg.extract.values import find_values, parse_value
from kg.types import Value


def found(text: str, language: str, reference: str | None = None) -> list[tuple[str, str | None]]:
    return [(text[b:e], short(v)) for b, e, v in find_values(text, language, reference=reference)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # dates
        ("en", "October 28, 2025", "date 2025-10-28 date"),
        ("en", "28 October 2025", "date 2025-10-28 date"),
        ("en", "the 28th of October 2025", "date 2025-10-28 date"),
        ("en", "Sept. 11, 2001", "date 2001-09-11 date"),
        ("en", "Monday, July 28, 2014", "date 2014-07-28 date"),
        ("en", "October 2025", "date 2025-10 gYearMonth"),
        ("en", "2022", "date 2022 gYear"),
        ("en", "in 2026", "date 2026 gYear"),
        ("en", "by 2027", "date le 2027 gYear"),
        ("en", "since 2005", "date ge 2005 gYear"),
        ("en", "2025-10-28", "date 2025-10-28 date"),
        ("it", "28 ottobre 2025", "date 2025-10-28 date"),
        ("it", "il 1º gennaio 1997", "date 1997-01-01 date"),
        ("it", "l’11 agosto 1596", "date 1596-08-11 date"),
        ("it", "15 di luglio 1542", "date 1542-07-15 date"),
        ("it", "sabato 24 dicembre 2016", "date 2016-12-24 date"),
        ("it", "28/10/2025", "date 2025-10-28 date"),
        ("it", "febbraio del 1832", "date 1832-02 gYearMonth"),
        ("it", "nel 2026", "date 2026 gYear"),
        ("it", "entro il 2027", "date le 2027 gYear"),
        ("it", "entro il 30 giugno 2005", "date le 2005-06-30 date"),
        ("it", "prima del 2020", "date lt 2020 gYear"),
        ("it", "fino al 2019", "date le 2019 gYear"),
        # money
        ("en", "$400 billion", "money 400000000000 USD"),
        ("en", "more than $400 billion", "money gt 400000000000 USD"),
        ("en", "US$10bn", "money 10000000000 USD"),
        ("en", "€1.5m", "money 1500000 EUR"),
        ("en", "£1,250.50", "money 1250.5 GBP"),
        ("en", "10 billion yen", "money 10000000000 JPY"),
        ("en", "two hundred thousand dollars", "money 200000 USD"),
        ("en", "5 million pounds", "money 5000000 GBP"),
        ("en", "EUR 50 million", "money 50000000 EUR"),
        ("it", "10 miliardi di dollari", "money 10000000000 USD"),
        ("it", "più di 400 miliardi di dollari", "money gt 400000000000 USD"),
        ("it", "1.500,50 euro", "money 1500.5 EUR"),
        ("it", "2,5 milioni di euro", "money 2500000 EUR"),
        ("it", "due milioni e mezzo di euro", "money 2500000 EUR"),
        ("it", "un miliardo di yen", "money 1000000000 JPY"),
        ("it", "5 dollari USA", "money 5 USD"),
        ("it", "100mila euro", "money 100000 EUR"),
        # percentages
        ("en", "over 90%", "percent gt 90 %"),
        ("en", "70 percent", "percent 70 %"),
        ("en", "-2.5%", "percent -2.5 %"),
        ("it", "oltre il 70%", "percent gt 70 %"),
        ("it", "il 70 per cento", "percent 70 %"),
        ("it", "5,5 percento", "percent 5.5 %"),
        ("it", "meno del 3%", "percent lt 3 %"),
        # durations
        ("en", "six months", "duration 6 month"),
        ("en", "within six months", "duration le 6 month"),
        ("en", "two and a half years", "duration 2.5 year"),
        ("it", "Sessantatre anni", "duration 63 year"),
        ("it", "novant’anni", "duration 90 year"),
        ("it", "due anni e mezzo", "duration 2.5 year"),
        # counts and measures
        ("en", "250 cherry trees", "quantity 250 cherry tree"),
        ("en", "17 essential minerals", "quantity 17 mineral"),
        ("en", "at least 12 people", "quantity ge 12 person"),
        ("en", "two American soldiers", "quantity 2 soldier"),
        ("en", "up to 5 million barrels", "quantity le 5000000 barrel"),
        ("en", "180 pounds", "quantity 180 pound"),
        ("en", "about 2000 words", "quantity about 2000 word"),
        ("it", "due voti", "quantity 2 vote"),
        ("it", "oltre dieci grandi conglomerati nipponici", "quantity gt 10 conglomerate"),
        ("it", "un milione di persone", "quantity 1000000 person"),
        ("it", "duecentocinquantamila persone", "quantity 250000 person"),
        ("it", "circa 300 chilometri", "quantity about 300 kilometre"),
        ("it", "20 o più persone", "quantity ge 20 person"),
        # numbers
        ("en", "one hundred and fifty", "number 150"),
        ("en", "1,500.50", "number 1500.5"),
        ("it", "ventitré", "number 23"),
        # a wording broken over lines
        ("en", "5 million euro or\nmore", "money ge 5000000 EUR"),
        ("it", "5 milioni di euro o\npiù", "money ge 5000000 EUR"),
        ("it", "centottanta", "number 180"),
    ],
)
def test_a_whole_text_is_a_value(language: str, text: str, expected: str | None) -> None:
    assert short(parse_value(text, language)) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "US"),
        ("en", "one of the"),
        ("en", "the two leaders"),
        ("en", "both countries"),
        ("en", "10:30"),
        ("en", "G7"),
        ("en", "may 2"),
        ("en", "67/D"),
        ("en", ""),
        ("it", "prima"),
        ("it", "i due leader"),
        ("it", "un"),
        ("it", "due terzi"),
        ("it", "31 febbraio 2025"),
    ],
)
def test_what_is_no_value(language: str, text: str) -> None:
    assert parse_value(text, language) is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "yesterday", "date 2025-10-27 date"),
        ("en", "two years ago", "date 2023 gYear"),
        ("en", "next year", "date 2026 gYear"),
        ("en", "last month", "date 2025-09 gYearMonth"),
        ("en", "last Monday", "date 2025-10-27 date"),
        ("en", "next Tuesday", "date 2025-11-04 date"),
        ("en", "January 3", "date 2026-01-03 date"),
        ("it", "ieri", "date 2025-10-27 date"),
        ("it", "tre giorni fa", "date 2025-10-25 date"),
        ("it", "l’anno prossimo", "date 2026 gYear"),
        ("it", "lunedì scorso", "date 2025-10-27 date"),
        ("it", "il 30 ottobre", "date 2025-10-30 date"),
    ],
)
def test_relative_dates_count_from_the_day_of_publication(
    language: str, text: str, expected: str
) -> None:
    assert short(parse_value(text, language, reference=PUBLISHED)) == expected
    assert parse_value(text, language) is None
    assert find_values(text, language) == []


def test_values_are_found_in_running_text_with_the_words_that_bound_them() -> None:
    text = "La spesa salirà al 2% del PIL entro il 2027, con oltre 10 miliardi di dollari."
    assert found(text, "it") == [
        ("2%", "percent 2 %"),
        ("entro il 2027", "date le 2027 gYear"),
        ("oltre 10 miliardi di dollari", "money gt 10000000000 USD"),
    ]


def test_a_range_is_one_value_with_both_ends() -> None:
    assert found("between 5 and 10 million people", "en") == [
        ("between 5 and 10 million people", "quantity 5000000..10000000 person"),
    ]
    assert found("compresa tra i 15 e i 64 anni", "it") == [
        ("compresa tra i 15 e i 64 anni", "duration 15..64 year"),
    ]
    assert found("dal 2020 al 2025", "it") == [("dal 2020 al 2025", "date 2020..2025 gYear")]
    assert found("$5-10 million", "en") == [("$5-10 million", "money 5000000..10000000 USD")]
    assert parse_value("from 2016 to 2019", "en") == Value(
        "date", "2016", "gYear", "between", upper="2019"
    )


def test_a_change_is_no_range() -> None:
    assert found("rose from 5% to 8%", "en") == [("5%", "percent 5 %"), ("8%", "percent 8 %")]


@pytest.mark.parametrize(
    "text",
    [
        "The 250th anniversary of a G7 summit in Room 12 on the A320 (v. 1.2.3).",
        "Call +1 212-848-8400 or 203.961.7523.",
        "He won 3-1 with a 28-year-old on bench no. 5.",
        "Plants came to land 1.3 billion years ago, and two hours ago it rained.",
        "It cost 20 squats a day, said the two leaders.",
        "They may march on one of the roads.",
    ],
)
def test_numbers_that_say_no_amount_are_left_alone(text: str) -> None:
    assert [v for _, v in found(text, "en") if v != "quantity 20 squat"] == []


def test_an_italian_ordinal_or_law_is_no_amount_and_an_hour_is_a_time() -> None:
    text = "Alle ore 9,40 del 29° giorno l'articolo 5 della legge n. 1209 e i due leader."
    assert found(text, "it") == [("9,40", "date 09:40:00 time")]


def test_a_weekday_or_date_without_a_year_is_not_read_as_a_count() -> None:
    assert find_values("Il 28 ottobre, lunedì", "it") == []


def test_a_language_without_a_table_has_no_values() -> None:
    assert find_values("70 %", "xx") == []
    assert parse_value("70 %", "xx") is None


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_tables_of_expressions(language: str) -> None:
    """Every value of the sentences, and nothing else, but for a known few."""
    every = list(rows(language))
    missed = [row.sentence for row in every if wrong(row) is not None]
    assert missed == [s for s in _KNOWN_MISSES if s in {row.sentence for row in every}]
    assert sum(bool(row.spans) for row in every) >= 150


_KNOWN_MISSES = [  # "a year" alone may as well be "every year": read only where it fills a slot
    "The judge gave him a year in prison.",
    "Il giudice lo ha condannato a un anno di carcere.",
]


def test_a_row_that_is_wrong_is_told() -> None:
    row = Row("en", "It costs $5.", ((9, 11),), ("money 6 USD",))
    assert wrong(row) == ["money 5 USD"]
    assert wrong(Row("en", "It costs $5.", ((0, 2),), ("money 5 USD",))) is not None


def test_no_text_breaks_it() -> None:
    """Random mixtures of what values are made of, in any script: spans are ordered and in range."""
    pieces = [
        "10", "1,500", ".000", "$", "€", "%", " ", "-", "–", "miliardi", "di", "euro", "e mezzo",
        "between", "to", "tra", "il", "2027", "entro", "28", "ottobre", "people", "\u00a0", "٣",
        "²", "½", "𝟘", "\u200b", "😀", "’", "ieri", "fa", "ago", "due", "cento", "mila", "un",
        "9" * 50, ":", "/", "°", "İ", "\n", "years", "next", "Monday", "\x00", "\ud7ff",
    ]  # fmt: skip
    rng = random.Random(1)
    for _ in range(500):
        text = "".join(rng.choice(pieces) + rng.choice(["", " "]) for _ in range(10))
        for language in ("en", "it"):
            parse_value(text, language, reference="9999-12-31")
            at = 0
            for begin, end, value in find_values(text, language, reference="0001-01-01"):
                assert at <= begin < end <= len(text)
                assert value.lexical
                at = end
