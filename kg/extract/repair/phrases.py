"""Function words of more than one word: *no longer*, *no one*, *a meno che*."""

from __future__ import annotations

from functools import cache

from kg.extract.rules import Rules, rules
from kg.extract.tree import Tree

__all__ = ["function_phrases"]


def function_phrases(tree: Tree, sent: range, table: Rules) -> int:
    """The word by which such a phrase hangs gets all of it as its lemma, for the tables to find.

    *Toyota no longer invests*: ``longer`` is ``no longer``; *a meno che* hangs by its first word.
    """
    made = 0
    for first, phrases in _phrases(table.language).items():
        for i in sent:
            if tree.lower[i] != first:
                continue
            for phrase in phrases:
                inside = range(i, min(i + len(phrase), sent.stop))
                if tuple(tree.lower[k] for k in inside) != phrase:
                    continue
                tops = [k for k in inside if tree.head[k] not in inside or tree.head[k] == k]
                top = next((k for k in tops if tree.dep[k] == "mark"), tops[0])
                words = " ".join(phrase)
                tree.tag(top, tree.pos[top], words)
                clause = tree.head[top]
                if words in table.hypothetical_marks and tree.dep[clause] == "ccomp":
                    tree.dep[clause] = "advcl"  # no question, but a condition
                made += 1
    return made


@cache
def _phrases(language: str) -> dict[str, list[tuple[str, ...]]]:
    """The phrases of the tables of negation, condition and purpose, by their first word."""
    table = rules(language)
    lists = (
        table.negations,
        table.negative_subjects,
        table.negating_marks,
        table.hypothetical_marks,
        table.purpose_marks,
    )
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(entry for entries in lists for entry in entries if " " in entry):
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found
