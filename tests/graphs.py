"""A small graph made by hand: four short articles, every kind of entity, statement and value."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from kg.store.order import normalised
from kg.types import (
    Block,
    Document,
    Entity,
    Evidence,
    GraphData,
    Modality,
    Property,
    Qualifier,
    Statement,
    Value,
)

ROMA = (
    "Accordo a Tokyo\n\n"
    "Sanae Takaichi ha firmato un accordo con gli Stati Uniti a Tokyo il 28 ottobre 2025.\n"
    "Toyota investirà 10 miliardi di dollari negli Stati Uniti.\n"
    "La Cina controlla oltre il 70% delle terre rare.\n"
    "La Cina non ha firmato l’accordo.\n"
)
BOSTON = (
    "Deal signed in Tokyo\n\n"
    "Prime Minister Sanae Takaichi signed the agreement with the U.S. on October 28, 2025.\n"
    "Toyota will invest $10 billion in the United States.\n"
    "Analysts say China controls over 90% of rare earths.\n"
    "Donald Trump praised Sanae Takaichi at the Akasaka Palace.\n"
)
MILANO = (
    "Takaichi nominerà Donald Trump per il Premio Nobel per la pace.\n"
    "L’accordo potrebbe colpire la Cina.\n"
    "Se la Cina reagisse, entrambi i Paesi fermerebbero il vertice.\n"
)
ODD = (
    'A "Quoted" <b>bold</b> firm \\ opened 17 mines & paid ¥5.50 by 2027 \U0001f600.\n'
    "It said: } SERVICE <http://x/> { ?s ?p ?o }\n"
)


def _document(name: str, text: str, language: str, **more: str | None) -> Document:
    blocks = []
    begin = 0
    for line in text.split("\n"):
        if line:
            kind = "heading" if not blocks and not line.endswith(".") else "paragraph"
            blocks.append(Block(begin, begin + len(line), kind))  # type: ignore[arg-type]
        begin += len(line) + 1
    return Document(
        id=hashlib.sha256(text.encode()).hexdigest()[:32],
        source=name,
        text=text,
        language=language,
        blocks=tuple(blocks),
        **more,  # type: ignore[arg-type]
    )


DOCUMENTS = (
    _document(
        "roma.txt",
        ROMA,
        "it",
        title="Accordo a Tokyo",
        published="2025-10-28",
        publisher="Il Giornale di Prova",
        author="Anna Verdi",
        url="https://example.org/roma?a=1&b=2",
    ),
    _document("boston.txt", BOSTON, "en", title="Deal signed in Tokyo", published="2025-10-29"),
    _document("milano.txt", MILANO, "it"),
    _document("odd.txt", ODD, "en", title='"Quoted" <script>alert(1)</script>', published="2025"),
)
BY_NAME = {document.source: document for document in DOCUMENTS}

ENTITIES = (
    Entity("17_mines", "group", (("en", "17 mines"),)),
    Entity("Agreement_of_Tokyo", "agreement", (("en", "agreement"), ("it", "accordo"))),
    Entity("Akasaka_Palace", "place", (("en", "Akasaka Palace"),)),
    Entity(
        "China",
        "country",
        (("en", "China"), ("it", "Cina")),
        (("en", "PRC"), ("it", "Repubblica Popolare Cinese")),
        ("https://sws.geonames.org/1814991/",),
    ),
    Entity("Donald_Trump", "person", (("en", "Donald Trump"), ("it", "Donald Trump"))),
    Entity('Firm_Qu%ot"ed<>', "organization", (("en", 'A "Quoted" <b>firm</b> \\'),)),
    Entity(
        "Japan",
        "country",
        (("en", "Japan"), ("it", "Giappone")),
        links=("https://sws.geonames.org/1861060/",),
    ),
    Entity(
        "Japan_and_United_States",
        "group",
        (("en", "both countries"), ("it", "entrambi i Paesi")),
        members=("Japan", "United_States"),
    ),
    Entity(
        "Nobel_Peace_Prize", "award", (("en", "Nobel Peace Prize"), ("it", "Nobel per la pace"))
    ),
    Entity("Prime_Minister", "concept", (("en", "Prime Minister"), ("it", "prima ministra"))),
    Entity("Prius", "product", (("en", "Prius"),)),
    Entity("Sanae_Takaichi", "person", (("en", "Sanae Takaichi"), ("it", "Sanae Takaichi"))),
    Entity("Summit", "event", (("en", "summit"), ("it", "vertice"))),
    Entity("Tokyo", "city", (("en", "Tokyo"), ("it", "Tokyo"))),
    Entity("Toyota", "organization", (("en", "Toyota"), ("it", "Toyota"))),
    Entity(
        "United_States",
        "country",
        (("en", "United States"), ("it", "Stati Uniti")),
        (("en", "U.S."), ("en", "USA"), ("it", "USA")),
        ("https://sws.geonames.org/6252001/",),
    ),
    Entity("White_Paper", "work", (("en", "White Paper"), ("it", "libro bianco"))),
    Entity("rare_earth", "concept", (("en", "rare earth"), ("it", "terre rare"))),
    Entity("Città_della_Pieve", "city", (("it", "Città della Pieve"),)),
)

PROPERTIES = (
    Property("affect", (("en", "affect"), ("it", "colpire"))),
    Property("be", (("en", "be"), ("it", "essere"))),
    Property("control", (("en", "control"), ("it", "controllare"))),
    Property("invest_in", (("en", "invest in"), ("it", "investire in")), broader="involve"),
    Property("involve", (("en", "involve"), ("it", "coinvolgere"))),
    Property("nominate", (("en", "nominate"), ("it", "nominare"))),
    Property("open", (("en", "open"), ("it", "aprire"))),
    Property("pay", (("en", "pay"), ("it", "pagare"))),
    Property("praise", (("en", "praise"), ("it", "lodare"))),
    Property("sign", (("en", "sign"), ("it", "firmare"))),
    Property("stop", (("en", "stop"), ("it", "fermare"))),
)


def _span(text: str, words: str) -> tuple[int, int] | None:
    begin = text.find(words)
    return None if not words or begin < 0 else (begin, begin + len(words))


def _evidence(
    name: str, quote: str, subject: str, relation: str, object_: str, **more: object
) -> Evidence:
    """Evidence from a line of a document, its spans found by their words within that line."""
    document = BY_NAME[name]
    begin = document.text.index(quote)
    end = begin + len(quote)

    def place(words: str) -> tuple[int, int] | None:
        span = _span(quote, words)
        return None if span is None else (begin + span[0], begin + span[1])

    evidence = Evidence(
        document=document.id,
        begin=begin,
        end=end,
        quote=quote,
        relation_text=relation,
        subject_text=subject,
        object_text=object_,
        subject_span=place(subject),
        relation_span=place(relation),
        object_span=place(object_),
        confidence=0.9,
        rule="clause",
    )
    return replace(evidence, **more)  # type: ignore[arg-type]


def _statement(
    subject: str,
    relation: str,
    object_: str | Value | None,
    *evidence: Evidence,
    qualifiers: tuple[Qualifier, ...] = (),
    negated: bool = False,
    modality: Modality = "asserted",
    confidence: float = 0.91,
) -> Statement:
    said = repr((subject, relation, object_, qualifiers, negated, modality))
    return Statement(
        id=hashlib.sha256(said.encode()).hexdigest()[:32],
        subject=subject,
        relation=relation,
        object=object_,
        qualifiers=qualifiers,
        negated=negated,
        modality=modality,
        confidence=confidence,
        evidence=evidence,
    )


def money(amount: str, unit: str = "USD") -> Value:
    return Value("money", amount, "decimal", unit=unit)


OCTOBER = Qualifier("time", Value("date", "2025-10-28", "date"))

SIGNED = _statement(
    "Sanae_Takaichi",
    "sign",
    "Agreement_of_Tokyo",
    _evidence(
        "roma.txt",
        "Sanae Takaichi ha firmato un accordo con gli Stati Uniti a Tokyo il 28 ottobre 2025.",
        "Sanae Takaichi",
        "ha firmato",
        "un accordo",
    ),
    qualifiers=(
        Qualifier("accompaniment", "United_States"),
        Qualifier("place", "Tokyo"),
        OCTOBER,
    ),
)
SIGNED_LESS = replace(
    _statement(
        "Sanae_Takaichi",
        "sign",
        "Agreement_of_Tokyo",
        _evidence(
            "boston.txt",
            "Prime Minister Sanae Takaichi signed the agreement with the U.S. on October 28, 2025.",
            "Sanae Takaichi",
            "signed",
            "the agreement",
        ),
        qualifiers=(Qualifier("accompaniment", "United_States"), OCTOBER),
    ),
    less_specific_than=(SIGNED.id,),
)
INVESTED = _statement(
    "Toyota",
    "invest_in",
    "United_States",
    _evidence(
        "boston.txt",
        "Toyota will invest $10 billion in the United States.",
        "Toyota",
        "will invest in",
        "the United States",
    ),
    _evidence(
        "roma.txt",
        "Toyota investirà 10 miliardi di dollari negli Stati Uniti.",
        "Toyota",
        "investirà",
        "Stati Uniti",
    ),
    qualifiers=(Qualifier("amount", money("10000000000")),),
    modality="planned",
    confidence=0.9833333333333333,
)
SHARE_70 = _statement(
    "China",
    "control",
    "rare_earth",
    _evidence(
        "roma.txt",
        "La Cina controlla oltre il 70% delle terre rare.",
        "La Cina",
        "controlla",
        "delle terre rare",
    ),
    qualifiers=(Qualifier("amount", Value("percent", "70", "decimal", "gt", "%")),),
)
SHARE_90 = _statement(
    "China",
    "control",
    "rare_earth",
    _evidence(
        "boston.txt",
        "China controls over 90% of rare earths.",
        "China",
        "controls",
        "of rare earths",
        reporting_verb="say",
    ),
    qualifiers=(Qualifier("amount", Value("percent", "90", "decimal", "gt", "%")),),
)
NOT_SIGNED = _statement(
    "China",
    "sign",
    "Agreement_of_Tokyo",
    _evidence(
        "roma.txt", "La Cina non ha firmato l’accordo.", "La Cina", "non ha firmato", "accordo"
    ),
    negated=True,
)
PRAISED = _statement(
    "Donald_Trump",
    "praise",
    "Sanae_Takaichi",
    _evidence(
        "boston.txt",
        "Donald Trump praised Sanae Takaichi at the Akasaka Palace.",
        "Donald Trump",
        "praised",
        "Sanae Takaichi",
    ),
    qualifiers=(Qualifier("place", "Akasaka_Palace"),),
)
ROLE = _statement(
    "Sanae_Takaichi",
    "be",
    "Prime_Minister",
    _evidence(
        "boston.txt",
        "Prime Minister Sanae Takaichi signed the agreement with the U.S. on October 28, 2025.",
        "Sanae Takaichi",
        "",
        "Prime Minister",
        rule="title",
    ),
)
NOMINATED = _statement(
    "Sanae_Takaichi",
    "nominate",
    "Donald_Trump",
    _evidence(
        "milano.txt",
        "Takaichi nominerà Donald Trump per il Premio Nobel per la pace.",
        "Takaichi",
        "nominerà",
        "Donald Trump",
    ),
    qualifiers=(Qualifier("purpose", "Nobel_Peace_Prize"),),
    modality="planned",
)
AFFECTED = _statement(
    "Agreement_of_Tokyo",
    "affect",
    "China",
    _evidence(
        "milano.txt",
        "L’accordo potrebbe colpire la Cina.",
        "accordo",
        "potrebbe colpire",
        "la Cina",
        attributed_to="Donald_Trump",
        reporting_verb="ha detto",
    ),
    modality="possible",
)
CLAIMED = _statement(
    "United_States",
    "praise",
    "Japan",
    _evidence(
        "boston.txt",
        "Donald Trump praised Sanae Takaichi at the Akasaka Palace.",
        "",
        "praised",
        "",
        attributed_to="Donald_Trump",
        reporting_verb="said",
    ),
)
STOPPED = _statement(
    "Japan_and_United_States",
    "stop",
    "Summit",
    _evidence(
        "milano.txt",
        "entrambi i Paesi fermerebbero il vertice",
        "entrambi i Paesi",
        "fermerebbero",
        "il vertice",
    ),
    modality="hypothetical",
)
OPENED = _statement(
    'Firm_Qu%ot"ed<>',
    "open",
    Value("quantity", "17", "integer", unit="mine"),
    _evidence(
        "odd.txt", 'A "Quoted" <b>bold</b> firm \\ opened 17 mines', "firm", "opened", "17 mines"
    ),
    qualifiers=(
        Qualifier("manner", Value("text", 'with "care" \\ <b>', "string", language="en")),
        Qualifier("other", Value("duration", "P6M", "duration")),
        Qualifier("time", Value("date", "2027", "gYear", "le")),
        Qualifier("time", Value("date", "2026-03", "gYearMonth")),
    ),
)
PAID = _statement(
    'Firm_Qu%ot"ed<>',
    "pay",
    money("5.5", "JPY"),
    _evidence("odd.txt", "paid ¥5.50 by 2027", "", "paid", "¥5.50"),
)
PAID_ON = _statement(
    'Firm_Qu%ot"ed<>',
    "pay",
    Value("date", "2027", "gYear"),
    _evidence("odd.txt", "paid ¥5.50 by 2027", "", "paid", "2027"),
)
RESIGNED = _statement(
    "Donald_Trump",
    "stop",
    None,
    _evidence("milano.txt", "Takaichi nominerà Donald Trump", "Donald Trump", "", ""),
)

STATEMENTS = (
    SIGNED,
    SIGNED_LESS,
    INVESTED,
    SHARE_70,
    SHARE_90,
    NOT_SIGNED,
    PRAISED,
    ROLE,
    NOMINATED,
    AFFECTED,
    CLAIMED,
    STOPPED,
    OPENED,
    PAID,
    PAID_ON,
    RESIGNED,
)


def news() -> GraphData:
    """The whole graph, in the order every graph is in."""
    return normalised(
        GraphData(
            documents=DOCUMENTS,
            entities=ENTITIES,
            properties=PROPERTIES,
            statements=STATEMENTS,
            provenance=(
                ("tool", "kg-news 0.1.0"),
                ("pipeline en", "0f0f"),
                ("pipeline it", "1e1e"),
            ),
        )
    )
