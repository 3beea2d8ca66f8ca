"""The graph as JSON-LD 1.1, compact and streamed: a context, then one node object a line.

Terms of ``kg:`` go by their bare names (``"modality": "asserted"``), those of other vocabularies by
prefix; labels are by language (``"skos:prefLabel": {"en": …, "it": …}``).
https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from pyoxigraph import NamedNode

from kg.store.arrange import arranged
from kg.store.described import Described
from kg.vocab import KG, OWL, RDF, RDFS, SKOS, XSD, Names, prefixes, vocabulary

__all__ = ["jsonld"]

_TYPE: Final = str(RDF["type"])
_BY_LANGUAGE: Final = (RDFS["label"], RDFS["comment"], SKOS["prefLabel"], SKOS["altLabel"])
_OF_VOCABULARY: Final = (KG["polarity"], KG["modality"], KG["comparator"])
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""Integers whose one lexical form every reader of JSON keeps."""


def jsonld(found: Iterable[Described], names: Names) -> Iterator[str]:
    """A graph as pieces of JSON-LD, from what it says, no subject twice."""
    writer = _Writer(names)
    context = json.dumps(writer.context, ensure_ascii=False, indent=1)
    yield f'{{"@context": {context},\n"@graph": ['
    separator = "\n"
    for section in arranged(found, names, writer.block):
        for block in section.blocks:
            yield f"{separator}{block}"
            separator = ",\n"
    yield "\n]}\n"


class _Writer:
    """Writes node objects that mean the same under its context."""

    def __init__(self, names: Names) -> None:
        self._prefixes = {iri: f"{prefix}:" for prefix, iri in prefixes(names).items()}
        self._coerced = {str(name): kind for name, kind in _coercions()}
        self.context = self._context(names)

    def _context(self, names: Names) -> dict[str, Any]:
        context: dict[str, Any] = {"@version": 1.1, "@vocab": KG.iri, **prefixes(names)}
        for name, kind in self._coerced.items():
            key = self._name(name)
            context[key] = {"@id": name[1:-1], **kind}
        return context

    def block(self, described: Described) -> str:
        node: dict[str, Any] = {"@id": self._id(described.subject)}
        for name, objects in described.facts:
            if name == _TYPE:
                node["@type"] = _one([self._name(term) for term in objects])
            else:
                node[self._name(name)] = self._values(objects, self._coerced.get(name, {}))
        return json.dumps(node, ensure_ascii=False)

    def _values(self, objects: Sequence[str], kind: Mapping[str, str]) -> Any:  # noqa: ANN401
        if kind.get("@container") == "@language":
            return self._by_language(objects)
        return _one([self._value(term, kind.get("@type", "")) for term in objects])

    def _by_language(self, objects: Sequence[str]) -> Any:  # noqa: ANN401 - of JSON
        """Texts by their language; where there is anything else, a list of all."""
        texts: dict[str, list[str]] = defaultdict(list)
        for term in objects:
            text, language, datatype = _literal(term) if term[0] == '"' else ("", "", term)
            if datatype:
                return [self._value(each, "") for each in objects]
            texts[language or "@none"].append(text)
        return {language: _one(found) for language, found in texts.items()}

    def _value(self, term: str, coerced: str) -> Any:  # noqa: ANN401 - of JSON
        if term[0] != '"':
            if coerced == "@vocab":
                return self._name(term)
            return self._id(term) if coerced == "@id" else {"@id": self._id(term)}
        text, language, datatype = _literal(term)
        if language:
            return {"@language": language, "@value": text}
        if datatype:
            if datatype == XSD["integer"].value and not coerced and _INTEGER.fullmatch(text):
                return int(text)
            if self._curie(datatype) == coerced:
                return text
            return {"@type": self._curie(datatype), "@value": text}
        return {"@value": text} if coerced else text

    def _id(self, term: str) -> str:
        return self._curie(term[1:-1]) if term[0] == "<" else term

    def _name(self, term: str) -> str:
        """A property, a class or a value of the vocabulary."""
        if not term.startswith(f"<{KG.iri}"):
            return self._id(term)
        name = term[len(KG.iri) + 1 : -1]
        return f"kg:{name}" if not name or f"{name}:" in self._prefixes.values() else name

    def _curie(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[:cut])
        return iri if prefix is None or cut == len(iri) else prefix + iri[cut:]


def _coercions() -> Iterator[tuple[NamedNode, dict[str, str]]]:
    """What a bare string under a property is, where it is no simple text."""
    special = {*_BY_LANGUAGE, *_OF_VOCABULARY}
    for name in _BY_LANGUAGE:
        yield name, {"@container": "@language"}
    for name in _OF_VOCABULARY:
        yield name, {"@type": "@vocab"}
    yield KG["confidence"], {"@type": "xsd:decimal"}
    named = {
        triple.subject
        for triple in vocabulary()
        if isinstance(triple.subject, NamedNode)
        and triple.object == OWL["ObjectProperty"]
        and triple.subject not in special
    }
    named |= {KG["predicate"], KG["plannedForm"], OWL["sameAs"]}
    for name in sorted(named, key=str):
        yield name, {"@type": "@id"}


def _one(values: list[Any]) -> Any:  # noqa: ANN401 - of JSON
    return values[0] if len(values) == 1 else values


def _literal(term: str) -> tuple[str, str, str]:
    """Text, language and datatype (or nothing) of a literal in N-Triples."""
    quoted, sign, rest = term.rpartition('"')
    text: str = json.loads(quoted + sign)  # N-Triples escapes as JSON does what Oxigraph escapes
    return text, rest[1:] if rest[:1] == "@" else "", rest[3:-1] if rest[:1] == "^" else ""
