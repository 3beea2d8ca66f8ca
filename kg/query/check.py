"""What a query may do: read this graph, and nothing else.

Oxigraph refuses updates by its grammar; what it would allow and we do not is ``SERVICE``, which
reaches the network, and ``FROM``, which names graphs that are not here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from kg.errors import QueryError, RefusedError

__all__ = ["check", "syntax_error"]

_FORMS: Final = frozenset({"ASK", "CONSTRUCT", "DESCRIBE", "SELECT"})
_UPDATES: Final = frozenset(
    {"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"}
)
_PROLOGUE: Final = frozenset({"BASE", "PREFIX"})

# https://www.w3.org/TR/sparql11-query/#sparqlGrammar; what matters is where words are no keywords.
_TOKEN: Final = re.compile(
    r"""
      \#[^\n\r]*                                               # comment
    | \"{3}(?:(?:\"|\"\")?(?:[^"\\]|\\.))*\"{3} | '{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'            # strings
    | <[^<>"{}|^`\x00-\x20]*>                                  # IRI
    | [?$]\w+ | @[A-Za-z]+(?:-[A-Za-z0-9]+)*                   # variable, language tag
    | (?P<prefix>(?:[^\W\d_][\w.-]{0,99}+)?):(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*+  # prefixed name
    | (?P<word>[A-Za-z_]\w*)
    | .
    """,
    re.VERBOSE | re.DOTALL,
)

# A clause that leaves the graph, wherever it stands, even in a string or a comment: which of two
# `<` begins an IRI and which is less-than only a parser knows, so a clause could hide from the
# tokens above. No text says `SERVICE <…> {` or `FROM <…> {` by chance; variables and prefixed
# names are passed over, but for `FROM:name`, which is the keyword and a name without prefix.
_GAP: Final = r"(?:\s|\#[^\n\r]*[\n\r])*+"
_PART: Final = r"(?:\\.|[^\s{}<>()\"?$\#\\])"
_NAME: Final = rf"(?:<[^<>]*+>|(?:(?!:){_PART})*+:{_PART}*+)"
_ELSEWHERE: Final = re.compile(
    rf"""
      [?$]\w++
    | (?P<clause>SERVICE{_GAP}(?:SILENT{_GAP})?(?:{_NAME}|[?$]\w++){_GAP}\{{
      # https://www.w3.org/TR/sparql11-query/#rDatasetClause and what can come after it
      | FROM{_GAP}(?:NAMED{_GAP})?{_NAME}{_GAP}
        (?:\{{|FROM|WHERE|GROUP|HAVING|ORDER|LIMIT|OFFSET|VALUES|\Z))
    | [^\W\d_][\w.-]*+:[\w.:-]*+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_HERE: Final = "a query stays in this graph"
_SHORT: Final = 80
"""Characters that the parser's list of what it expected may have to be of use to people."""
_POSITION: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def check(sparql: str) -> None:
    """Raises ``RefusedError`` where a query would do more than read this graph."""
    for text in (sparql, _CODE_POINT.sub(_code_point, sparql)):
        for found in _ELSEWHERE.finditer(text):
            if found["clause"]:
                word = "SERVICE" if found["clause"][:1] in "sS" else "FROM"
                raise _refusal(text, found.start(), word, _HERE)
    for token in _TOKEN.finditer(sparql):
        word = (token["word"] or "").upper()
        if word in _UPDATES:
            raise _refusal(sparql, token.start(), word, f"only {', '.join(sorted(_FORMS))}")
        if word and word not in _PROLOGUE:
            break


def syntax_error(sparql: str, message: str, prefixes: Collection[str]) -> QueryError:
    """One line for people from the parser's message; ``prefixes`` are those predeclared."""
    for token in _undeclared(sparql, prefixes):
        line = _line(sparql, token.start())
        return QueryError(f"line {line}: the prefix of {token[0]} is not declared")
    found = _POSITION.match(message)
    if not found:
        return QueryError(f"the query is not valid SPARQL: {' '.join(message.split())}")
    line, column, problem = int(found[1]), int(found[2]), " ".join(found[3].split())
    here = "".join(sparql.splitlines()[line - 1 : line])[column - 1 :][:30].strip()
    expected = f" ({problem})" if len(problem) <= _SHORT else ""
    place = f"at {here!r}" if here else "here, at the end of the line"
    return QueryError(f"line {line}, column {column}: not valid SPARQL {place}{expected}")


def _undeclared(sparql: str, prefixes: Collection[str]) -> Iterator[re.Match[str]]:
    """The prefixed names whose prefix neither the query nor anybody before it declares."""
    declared = set(prefixes)
    before = ""
    for token in _TOKEN.finditer(sparql):
        if token["prefix"] is not None:
            if before == "PREFIX":
                declared.add(token["prefix"])
            elif token["prefix"] not in declared and token[0] != ":" and before != "_":
                yield token
        if not token[0].isspace():
            before = token[0].upper()


def _refusal(sparql: str, position: int, word: str, why: str) -> RefusedError:
    return RefusedError(f"line {_line(sparql, position)}: {word} is not allowed, {why}")


def _line(sparql: str, position: int) -> int:
    return sparql.count("\n", 0, position) + 1


def _code_point(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"
