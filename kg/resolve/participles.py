"""Past participles of English verbs, by which passive relations are named."""

from __future__ import annotations

from typing import Final

from kg.lang import table

__all__ = ["participle"]

_ENGLISH: Final = "en"


def participle(verb: str) -> str:
    """The past participle of an English verb, particles kept: ``use`` → ``used``."""
    head, _, particle = verb.partition(" ")
    irregular = table(_ENGLISH, "participles")["irregular"].get(head)
    if irregular is None:
        if head.endswith("e"):
            irregular = head + "d"
        elif head.endswith("y") and head[-2:-1] not in "aeiou":
            irregular = head[:-1] + "ied"
        elif head in table(_ENGLISH, "participles")["doubled"]["verbs"]:
            irregular = f"{head}{head[-1]}ed"
        else:
            irregular = head + "ed"
    return f"{irregular} {particle}".strip()
