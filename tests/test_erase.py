"""A person taken out of documents: statements, quotations, names; everybody else stays."""

from __future__ import annotations

from dataclasses import replace

from kg.erase import BLACK, Subject, erase, erase_corrections, is_erased
from kg.read import text_id
from kg.resolve import Corrections, DocumentFacts, LocalEntity, LocalRelation, LocalStatement
from kg.types import Block, Document, EntityType, Evidence, Qualifier

TEXT = (
    "Rossi's plan\n"
    "Maria Rossi praised Acme.\n"
    "She left Rome.\n"
    "Acme bought Bolt.\n"
    "Bolt thanked the Rossi family.\n"
    "Anna Rossi leads Bolt.\n"
    "Later MARIA\nROSSI smiled.\n"
)
SUBJECT = Subject(frozenset({"Maria Rossi", "Rossi"}))


def entity(identifier: str, name: str, kind: EntityType = "organization") -> LocalEntity:
    return LocalEntity(identifier, kind, f"{kind}:{name.lower()}", "en", ((name, 1),), named=True)


ENTITIES = (
    replace(entity("m", "Maria Rossi", "person"), names=(("Maria Rossi", 2), ("Rossi", 1))),
    entity("a", "Acme"),
    entity("b", "Bolt"),
    entity("r", "Rome", "city"),
    entity("f", "Rossi family", "group"),
    entity("n", "Anna Rossi", "person"),
)


def said(subject: str, verb: str, target: str, line: str, **more: object) -> LocalStatement:
    begin = TEXT.index(line)
    evidence = Evidence("", begin, begin + len(line), line, verb, subject, target)
    statement = LocalStatement(
        subject, LocalRelation(verb, verb, verb, "en"), target, (), False, "asserted", evidence
    )
    return replace(statement, **more)  # type: ignore[arg-type]


STATEMENTS = (
    said("m", "praise", "a", "Maria Rossi praised Acme."),
    said("m", "leave", "r", "She left Rome."),
    said("a", "buy", "b", "Acme bought Bolt."),
    said("b", "thank", "f", "Bolt thanked the Rossi family."),
    said("n", "lead", "b", "Anna Rossi leads Bolt."),
)
DOCUMENT = Document(
    text_id(TEXT),
    "news/maria-rossi.txt",
    TEXT,
    "en",
    title="Rossi's plan",
    author="Maria Rossi",
    publisher="The Times",
    url="https://news.example/2025/maria_rossi%20praises/",
    blocks=(Block(0, 12, "title"),),
)
FACTS = DocumentFacts(DOCUMENT, ENTITIES, STATEMENTS)


def erased(
    facts: DocumentFacts = FACTS, own: tuple[str, ...] = ("m",), subject: Subject = SUBJECT
) -> DocumentFacts:
    found = erase(facts, subject, own)
    assert found is not None
    return found[0]


def test_statements_of_the_person_and_of_what_is_named_after_them_are_gone() -> None:
    assert erased().statements == (STATEMENTS[2], STATEMENTS[4])
    found = erase(FACTS, SUBJECT, ("m",))
    assert found is not None
    assert found[1] == (STATEMENTS[0], STATEMENTS[1], STATEMENTS[3])


def test_their_passages_and_names_are_black_and_every_offset_holds() -> None:
    text = erased().document.text
    assert len(text) == len(TEXT)
    lines = [
        f"{BLACK * 5}'s plan",
        BLACK * len("Maria Rossi praised Acme."),
        BLACK * len("She left Rome."),
        "Acme bought Bolt.",
        BLACK * len("Bolt thanked the Rossi family."),
        "Anna Rossi leads Bolt.",
        f"Later {BLACK * 5}",
        f"{BLACK * 5} smiled.",
        "",
    ]
    assert text == "\n".join(lines)
    kept = [s.evidence for s in erased().statements]
    assert [text[e.begin : e.end] for e in kept] == [e.quote for e in kept]


def test_entities_that_nothing_speaks_of_any_more_are_gone() -> None:
    assert {e.id for e in erased().entities} == {"a", "b", "n"}


def test_what_describes_the_document_names_them_no_more() -> None:
    document = erased().document
    assert (document.title, document.author, document.url) == (None, None, None)
    assert document.publisher == "The Times"
    assert document.source == f"news/{DOCUMENT.id}.txt"
    assert document.id == DOCUMENT.id
    assert is_erased(document)
    assert not is_erased(DOCUMENT)


def test_a_surname_alone_is_theirs_only_where_they_are_spoken_of() -> None:
    text = "Rossi won.\nMaria Rossi cheered.\n"
    document = replace(DOCUMENT, text=text, id=text_id(text), source="a.txt", url=None, author=None)
    facts = DocumentFacts(replace(document, title="Rossi won."))
    left = erased(facts, ()).document
    assert left.text == f"Rossi won.\n{BLACK * 11} cheered.\n"
    assert left.title == "Rossi won."


def test_a_document_that_does_not_know_them_is_left_alone() -> None:
    assert erase(replace(FACTS, document=replace(DOCUMENT, text="Rome.")), SUBJECT, ()) is not None
    other = DocumentFacts(Document("0", "a.txt", "Acme bought Bolt.", "en"), ENTITIES[1:3])
    assert erase(other, SUBJECT, ()) is None


def test_a_speaker_a_qualifier_and_a_group_member_count() -> None:
    line = "Acme bought Bolt."
    group = LocalEntity(
        "g", "group", "group", "en", (("both", 1),), named=False, members=("m", "n")
    )
    quoted = said("a", "buy", "b", line)
    for statement in (
        replace(quoted, evidence=replace(quoted.evidence, attributed_to="m")),
        replace(quoted, qualifiers=(Qualifier("recipient", "m"),)),
        replace(quoted, object="g"),
    ):
        facts = replace(FACTS, entities=(*ENTITIES, group), statements=(statement,))
        assert erased(facts).statements == ()
        assert line not in erased(facts).document.text


def test_all_that_rests_on_the_same_passage_goes_with_it() -> None:
    line = "Maria Rossi praised Acme."
    facts = replace(FACTS, statements=(said("a", "please", "r", line),))
    assert erased(facts).statements == ()
    assert line not in erased(facts).document.text


def test_a_description_is_no_name() -> None:
    minister = replace(ENTITIES[0], names=(("the minister", 1),), named=False)
    assert Subject.of([minister]).names == frozenset()
    assert Subject.of(ENTITIES[:1]) == SUBJECT


def test_corrections_forget_the_name() -> None:
    corrections = Corrections(
        same=(("Maria Rossi", "Mrs R."), ("Acme", "Acme Ltd")),
        aliases={"Mimi": "Maria_Rossi", "ACM": "Acme"},
        reject=frozenset({"4f1c"}),
    )
    left = erase_corrections(corrections, SUBJECT)
    assert (left.same, dict(left.aliases)) == ((("Acme", "Acme Ltd"),), {"ACM": "Acme"})
    assert left.reject == corrections.reject


def test_words_made_of_a_name_are_found() -> None:
    assert SUBJECT.derived("i rossiani, Rossi e la Rossini") == {"rossiani", "Rossini"}
