"""Files of news become documents: formats, paths, metadata, and every kind of bad input."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from kg.errors import ReadError
from kg.read import FORMATS, ReadFailure, document_from_text, read
from kg.types import Document

SEEDS = Path(__file__).parent.parent / "seeds"
NEWS = "Il governo ha approvato ieri la nuova legge sul bilancio dello Stato."
ENGLISH = "The government approved the new budget law on Monday after a long debate."


def one(path: Path | str, **options: object) -> Document:
    results = list(read([path], **options))
    assert [type(result) for result in results] == [Document]
    return results[0]


def why_not(path: Path | str, **options: object) -> str:
    results = list(read([path], **options))
    assert [type(result) for result in results] == [ReadFailure]
    assert "\n" not in results[0].reason
    return results[0].reason


def pdf_of(pages: Sequence[Sequence[str]], *, password: str | None = None) -> bytes:
    """A PDF with a text line under each other, as a word processor sets them."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
        shown = " ".join(
            f"1 0 0 1 50 {800 - 14 * i} Tm ({line}) Tj" for i, line in enumerate(lines)
        )
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf {shown} ET".encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# -- plain text ------------------------------------------------------------------------------


def test_a_text_file_is_one_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS, "utf-8")
    document = one(path)
    assert (document.source, document.text, document.language) == (str(path), NEWS, "it")
    assert document.title is document.published is document.author is document.url is None


def test_text_is_nfc_without_mark_and_with_unix_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + f"Perche\u0301 no?\r\n{NEWS}\rFine.".encode())
    assert one(path).text == f"Perché no?\n{NEWS}\nFine."


def test_the_same_text_has_the_same_id_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS + "\n", "utf-8", newline="\r\n")
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbf" + (NEWS + "\n").encode())
    first, second = (d.id for d in read([tmp_path]) if isinstance(d, Document))
    assert first == second
    assert len(first) == 32
    assert first != document_from_text(ENGLISH, "c").id


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("È già così: la libertà.".encode(encoding))
    assert one(path).text == "È già così: la libertà."


@pytest.mark.parametrize(
    "text", ["La città è più bella così, perché no?", "Zürich’s café is open."]
)
def test_another_encoding_is_guessed_and_the_guess_is_told(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("cp1252"))
    assert one(path).text == text
    assert [record.getMessage() for record in caplog.records] == [
        f"{path}: not UTF-8; read as cp1252"
    ]


# -- HTML ------------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html lang="it"><head><meta charset="utf-8">
<title>Accordo a Tokyo | Il Giornale di Prova</title>
<meta property="og:site_name" content="Il Giornale di Prova">
<meta name="author" content="Maria Bianchi">
<meta property="article:published_time" content="2025-10-28T10:00:00+01:00">
<link rel="canonical" href="https://example.org/accordo"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/x">Politica</a></li></ul></nav>
<div class="cookie-banner"><p>Questo sito utilizza cookie.</p><button>Accetta</button></div>
<main><article><h1>Accordo a Tokyo</h1>
<p>Il presidente ha firmato un accordo con il <a href="/g">Giappone</a> a Tokyo,
   secondo fonti del ministero. L'intesa prevede:</p>
<ul><li>investimenti in infrastrutture navali per dieci miliardi;</li>
<li>l'aumento delle <b>importazioni</b> di soia:<ul><li>dal Brasile;</li></ul></li></ul>
<h2>Le reazioni</h2>
<p>La Cina ha criticato l'accordo con una nota del ministero degli Esteri.<br>
Il Giappone ha risposto.</p>
<blockquote><p>Non accetteremo pressioni da nessuno in questa vicenda.</p></blockquote>
<p>Il testo sarà votato il 3 dicembre 2025 dal parlamento giapponese.</p></article></main>
<footer><p>Privacy Policy - P.IVA 0123456789</p></footer></body></html>"""


def test_an_html_page_gives_its_article_and_metadata(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    document = one(path)
    assert document.title == "Accordo a Tokyo"
    assert document.published == "2025-10-28"
    assert document.author == "Maria Bianchi"
    assert document.publisher == "Il Giornale di Prova"
    assert document.url == "https://example.org/accordo"
    assert document.language == "it"
    assert "cookie" not in document.text
    assert "P.IVA" not in document.text
    assert "Politica" not in document.text


def test_html_markup_tells_the_blocks(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_text(PAGE, "utf-8")
    document = one(path)
    blocks = [(b.kind, document.text[b.begin : b.end], b.parent) for b in document.blocks]
    assert blocks == [
        ("title", "Accordo a Tokyo", None),
        (
            "paragraph",
            (
                "Il presidente ha firmato un accordo con il Giappone a Tokyo, secondo fonti del "
                "ministero. L'intesa prevede:"
            ),
            None,
        ),
        ("list_item", "investimenti in infrastrutture navali per dieci miliardi;", 1),
        ("list_item", "l'aumento delle importazioni di soia:", 1),
        ("list_item", "dal Brasile;", 3),
        ("heading", "Le reazioni", None),
        (
            "paragraph",
            "La Cina ha criticato l'accordo con una nota del ministero degli Esteri.",
            None,
        ),
        ("paragraph", "Il Giappone ha risposto.", None),
        ("quote", "Non accetteremo pressioni da nessuno in questa vicenda.", None),
        (
            "paragraph",
            "Il testo sarà votato il 3 dicembre 2025 dal parlamento giapponese.",
            None,
        ),
    ]


def test_html_without_a_date_in_its_metadata_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    dated = '<meta property="article:published_time" content="2025-10-28T10:00:00+01:00">'
    assert dated in PAGE
    path.write_text(PAGE.replace(dated, ""), "utf-8")
    document = one(path)
    assert "3 dicembre 2025" in document.text
    assert document.published is None


def test_the_date_of_an_html_page_does_not_depend_on_today(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace("2025-10-28T10", "2095-10-28T10"), "utf-8")
    assert one(path).published == "2095-10-28"


def test_a_page_of_the_old_school_keeps_its_paragraphs_and_lists(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        """<html><head><title>Oil prices climb</title></head><body><table><tr>
        <td><a href="x">World</a></td><td><h1>Oil prices climb</h1>
        <span>Posted on October 28, 2025</span><p>By Jane Doe</p>
        <p>Oil prices rose 3% on Monday after OPEC agreed to cut output, officials&nbsp;said.
        <br><br>Brent crude settled at $84.10 a barrel, up $2.50 from the previous day.</p>
        <p>The cut will have two effects:</p>
        <ol><li>supply falls by one million barrels.</li><li>prices go up.</li></ol>
        <p>Share this:</p></td></tr></table></body></html>""",
        "utf-8",
    )
    document = one(path)
    assert (document.published, document.author) == ("2025-10-28", "Jane Doe")
    told = [(b.kind, document.text[b.begin : b.end]) for b in document.blocks]
    assert [pair for pair in told if pair[0] in ("paragraph", "list_item")] == [
        (
            "paragraph",
            "Oil prices rose 3% on Monday after OPEC agreed to cut output, officials said.",
        ),
        (
            "paragraph",
            "Brent crude settled at $84.10 a barrel, up $2.50 from the previous day.",
        ),
        ("paragraph", "The cut will have two effects:"),
        ("list_item", "supply falls by one million barrels."),
        ("list_item", "prices go up."),
    ]


def test_html_may_declare_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.replace('charset="utf-8"', 'charset="iso-8859-15"').encode("iso-8859-15"))
    assert "sarà votato" in one(path).text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><nav><a href='/'>Home</a><a href='/b'>Sport</a></nav></body></html>",
        "<html><body><p>We use cookies to improve your experience on this site.</p></body></html>",
        "<html><body><img src='a.png'></body></html>",
        "no markup",
    ],
)
def test_html_without_an_article_is_refused(tmp_path: Path, page: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")
    assert why_not(path) == "no article in the HTML page"


def test_a_short_article_in_html_is_an_article(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><p>{ENGLISH}</p></body></html>", "utf-8")
    document = one(path)
    assert [block.kind for block in document.blocks] == ["paragraph"]
    assert document.text == ENGLISH


# -- PDF -------------------------------------------------------------------------------------

PDF_LINES = [
    "Accordo sul clima a Roma",
    "Il ministro ha firmato ieri a Roma un accordo inter-",
    "nazionale per ridurre le emissioni di gas serra entro",
    "il 2030.",
    "La misura, ha detto, costa dieci miliardi di euro ai",
    "bilanci dei Paesi membri.",
]


def test_a_pdf_gives_paragraphs_with_whole_words(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of([PDF_LINES]))
    document = one(path)
    assert [document.text[b.begin : b.end] for b in document.blocks] == [
        "Accordo sul clima a Roma",
        (
            "Il ministro ha firmato ieri a Roma un accordo internazionale per ridurre le "
            "emissioni di gas serra entro il 2030."
        ),
        "La misura, ha detto, costa dieci miliardi di euro ai bilanci dei Paesi membri.",
    ]
    assert document.title == "Accordo sul clima a Roma"
    assert document.language == "it"
    assert document.published is None  # the day the file was made is none of the article's


def test_page_numbers_and_running_heads_do_not_part_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pages = [
        ["La Gazzetta n. 12", *PDF_LINES[1:3], "1"],
        ["La Gazzetta n. 12", "il 2030, e non oltre, secondo il testo che i ministri", "2"],
        ["La Gazzetta n. 12", "hanno firmato.", "3"],
    ]
    path.write_bytes(pdf_of(pages))
    assert one(path).text == (
        "Il ministro ha firmato ieri a Roma un accordo internazionale per ridurre le emissioni di "
        "gas serra entro il 2030, e non oltre, secondo il testo che i ministri hanno firmato."
    )


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of([PDF_LINES], password="secret"))
    assert why_not(path) == "encrypted PDF; save a copy without a password"


def test_a_pdf_of_scanned_pages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of([[], []]))
    assert why_not(path).startswith("no text in the PDF")


@pytest.mark.parametrize("data", [b"%PDF-1.4 and no more", b"no PDF at all", b"%PDF-1.7\n\x00\xff"])
def test_a_broken_pdf_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert why_not(path).startswith("broken PDF: ")


# -- JSON Lines ------------------------------------------------------------------------------


def test_json_lines_hold_an_article_each(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    article = {
        "text": ENGLISH,
        "title": "Budget\nlaw",
        "date": "October 28, 2025",
        "url": "https://example.org/1",
        "author": "Jane Doe",
        "publisher": "The Daily Test",
        "language": "en-GB",
        "more": 1,
    }
    path.write_text(json.dumps(article) + "\n\n" + json.dumps({"text": NEWS}) + "\n", "utf-8")
    first, second = read([path])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.source, second.source) == (f"{path}#1", f"{path}#3")
    assert first.text == ENGLISH
    assert first.title == "Budget law"
    assert (first.published, first.language) == ("2025-10-28", "en")
    assert (first.author, first.publisher) == ("Jane Doe", "The Daily Test")
    assert first.url == "https://example.org/1"
    assert (second.language, second.title, second.published) == ("it", None, None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "unfinished', "line 2 is no JSON: Unterminated string starting at"),
        (b'["text"]', 'line 2 is no JSON object such as {"text": …}'),
        (b'{"title": "no text"}', 'line 2 has no "text"'),
        (b'{"text": " "}', 'line 2 has no "text"'),
        (b'{"text": 3}', 'line 2 has no "text"'),
        (b'{"text": "123 456"}', "no words in the text"),
        (b"[" * 100_000, "line 2 is no JSON: its numbers or brackets run too deep"),
        (b"\x00\x01\x02", "line 2: binary file, not text"),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_read(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": NEWS}).encode()
    path.write_bytes(b"\n".join([good, line, good]))
    first, bad, third = read([path])
    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert bad == ReadFailure(f"{path}#2", reason)


def test_a_line_that_is_too_long_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": text}) for text in (NEWS, NEWS * 40, ENGLISH)]
    path.write_text("\n".join(lines), "utf-8")
    results = list(read([path], max_bytes=1000))
    assert [type(result) for result in results] == [Document, ReadFailure, Document]
    assert results[1].source == f"{path}#2"


def test_json_text_may_hold_anything_and_is_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": f"A\x00B \ud800 {ENGLISH}\r\n"}) + "\n", "utf-8")
    assert one(path).text == f"A B \ufffd {ENGLISH}\n"
    path.write_text(json.dumps({"text": f"{NEWS}\u2028{NEWS}"}, ensure_ascii=False), "utf-8")
    assert one(path).text == f"{NEWS}\n{NEWS}"


# -- which files -----------------------------------------------------------------------------


def test_a_folder_is_read_in_order_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/c.txt", "a/image.png", "C.TXT"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{NEWS} ({name})", "utf-8")
    names = [Path(d.source).relative_to(tmp_path).as_posix() for d in read([tmp_path])]
    assert names == ["C.TXT", "a/z.txt", "b.txt"]


def test_a_quoted_pattern_is_matched_in_order(tmp_path: Path) -> None:
    for name in ("2.txt", "1.txt", "3.md", "sub/4.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{NEWS} ({name})", "utf-8")
    names = [Path(d.source).name for d in read([str(tmp_path / "*.txt")])]
    assert names == ["1.txt", "2.txt"]
    names = [Path(d.source).name for d in read([str(tmp_path / "**/*")])]
    assert names == ["1.txt", "2.txt", "4.txt"]


def test_a_name_may_look_like_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "news [1].txt"
    path.write_text(NEWS, "utf-8")
    assert one(path).source == str(path)


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS, "utf-8")
    assert len(list(read([path, tmp_path, str(tmp_path / "*.txt")]))) == 1


def test_one_path_needs_no_list(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS, "utf-8")
    assert len(list(read(tmp_path))) == len(list(read(str(tmp_path)))) == 1


def test_a_hyphen_is_standard_input() -> None:
    document = one("-", stdin=io.BytesIO(ENGLISH.encode()))
    assert (document.source, document.text) == ("-", ENGLISH)


def test_standard_input_is_the_process_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NEWS.encode())))
    assert one("-").text == NEWS


def test_a_file_without_suffix_is_text(tmp_path: Path) -> None:
    (tmp_path / "article").write_text(NEWS, "utf-8")
    assert one(tmp_path / "article").text == NEWS


def test_the_order_is_that_of_the_paths(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{NEWS} {name}", "utf-8")
    found = [d.source for d in read([tmp_path / "b.txt", tmp_path / "gone", tmp_path / "a.txt"])]
    assert found == [str(tmp_path / name) for name in ("b.txt", "gone", "a.txt")]


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_a_file_name_need_not_be_unicode(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caff\xe8.txt")).write_text(NEWS, "utf-8")
    assert one(tmp_path).source.endswith("caff\ufffd.txt")


# -- bad input -------------------------------------------------------------------------------


def test_paths_that_are_all_wrong_raise_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gone\.txt: no such file or folder"):
        read([tmp_path / "gone.txt"])
    with pytest.raises(ReadError, match="the pattern matches no file to read"):
        read([str(tmp_path / "*.txt")])
    with pytest.raises(ReadError, match="no file to read in the folder"):
        read([tmp_path])
    with pytest.raises(ReadError, match="nothing to read"):
        read([])
    with pytest.raises(ReadError, match="no such file"):
        read(["", "a\0b", "x" * 5000])


def test_a_wrong_path_among_good_ones_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS, "utf-8")
    _, failure = read([tmp_path / "a.txt", tmp_path / "gone.txt"])
    assert failure == ReadFailure(str(tmp_path / "gone.txt"), "no such file or folder")


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file_of_any_format_is_refused(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    assert why_not(path)


def test_a_text_without_a_word_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(" \n12 345 — 🎉\n", "utf-8")
    assert why_not(path) == "no words in the text"
    path.write_text(" \n\n", "utf-8")
    assert why_not(path) == "empty file"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"some text and a \x00 within",
        bytes(range(1, 32)) * 20 + b"letters",
        b"\xff\xfe\x00\xd8",
    ],
)
def test_a_binary_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert "binary" in why_not(path) or "broken" in why_not(path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS * 100, "utf-8")
    assert why_not(path, max_bytes=2000) == "larger than 0.002 MB, too large for one article"
    assert one(path, max_bytes=20_000)


def test_a_format_nobody_reads_is_refused_with_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK")
    assert why_not(path).startswith("no reader for .docx files (there are for: .htm, .html, ")


def test_a_file_that_vanishes_is_told(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(NEWS, "utf-8")
    results = read([tmp_path])
    next(results)
    (tmp_path / "b.txt").unlink()
    assert list(results) == [ReadFailure(str(tmp_path / "b.txt"), "no such file or directory")]


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS, "utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert why_not(path) == "permission denied"


# -- hostile Unicode -------------------------------------------------------------------------

HOSTILE = [
    "\u202eRoma\u202c, \u200fil\u200e premier\u200b ha firmato\u00ad la legge\ufeff di bilancio.",
    "Prima riga.\u2028Seconda riga.\u2029Terza\x0criga\x0bfine.\x85Coda.",
    "🎉🇮🇹 Il governo 👨‍👩‍👧 ha vinto 🏆\n\u00a0\u00a0•\u00a0\u00a0uno 🥇\n\u00a0•\u00a0due",
    "\u00a0Il\u00a0governo\u202fha\u2003deciso.\u00a0\n\u3000\n\u200b\n\u00a0\n",
    "a\u0301" * 500 + " e\u0300 vero.",
    '•\n-\n1.\n—\n***\n• \n:\n“”\n""\n|',
    "• \n• uno:\n- due\n  - tre:\n    1. quattro\n    2. cinque\n- sei",
    "مرحبا بالعالم: توقيع الاتفاق في طوكيو.",
    "I" * 200_000,
    ("parola " * 30_000).strip() + ".",
    "\n".join("- " + "x" * i for i in range(100)),
    "\ufffe\uffff\ud83d Il governo ha deciso.",
    "ǅ ŉ ﬁrma ①② ½ Ⅷ del governo italiano.",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_blocks_hold_whatever_the_text_is(text: str) -> None:
    document = document_from_text(text + "\nIl ministro ha parlato alla Camera.", "x")
    assert unicodedata.is_normalized("NFC", document.text)
    document.text.encode()
    end = 0
    for i, block in enumerate(document.blocks):
        words = document.text[block.begin : block.end]
        assert end <= block.begin < block.end
        assert words == words.strip()
        assert block.parent is None or block.parent < i
        # only blanks and bullets lie between blocks
        between = document.text[end : block.begin].strip()
        assert len(between) <= 4
        assert not any(c.isalpha() for c in between)
        end = block.end
    assert not document.text[end:].strip()


def test_blanks_of_any_width_are_blanks_and_offsets_stay() -> None:
    text = "Roma,\u00a028\u202fottobre\u00a02025\u2009–\tIl governo ha deciso."
    document = document_from_text(text, "x")
    assert document.text == "Roma, 28 ottobre 2025 – Il governo ha deciso."
    assert document.published == "2025-10-28"
    assert len(document.text) == len(text)


def test_invisible_characters_do_not_part_words() -> None:
    document = document_from_text(HOSTILE[0], "x")
    assert document.text == "Roma, il premier ha firmato la legge di bilancio."


# -- the seeds -------------------------------------------------------------------------------


def test_the_seeds_are_read() -> None:
    documents = {Path(d.source).name[:3]: d for d in read([SEEDS])}
    assert {n: (d.language, d.published) for n, d in documents.items()} == {
        "000": ("it", "2025-10-28"),
        "001": ("it", "2025-10-28"),
        "002": ("en", None),
        "003": ("en", None),  # "ago 3 hours"; the date in its body is that of the agreement
        "004": ("en", None),
    }
    assert {n: d.title for n, d in documents.items()} == {
        "000": None,
        "001": "Trump torna in Asia: con Takaichi nasce la nuova alleanza del Pacifico",
        "002": "Trump and Japan’s Takaichi Forge New Era with Rare Earths Deal",
        "003": "Trump Meets Japan’s First Female Leader, Signs Critical Mineral Supply Deal",
        "004": None,
    }


def test_nothing_is_logged_on_good_files(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assert len(list(read([SEEDS]))) == 5
    assert not caplog.records
