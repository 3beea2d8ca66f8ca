"""A person's corrections, which the build obeys: a small TOML file."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.errors import KGError

__all__ = ["Corrections", "CorrectionsError", "dump_corrections", "load_corrections"]

_PROPERTY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_KEYS: Final = ("same", "different", "aliases", "relations", "reject")


class CorrectionsError(KGError):
    """A corrections file is missing or malformed."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a person knows better. Entities go by id or by any of their names.

    ``same``: names of one thing; ``different``: names never to be merged across documents;
    ``aliases``: a further name → the entity's name; ``relations``: property id → the id to use;
    ``reject``: ids of statements to leave out.
    """

    same: tuple[tuple[str, ...], ...] = ()
    different: tuple[tuple[str, ...], ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    reject: frozenset[str] = frozenset()


def load_corrections(path: str | Path) -> Corrections:
    """The corrections in a TOML file::

        same = [["Tycoon", "Donald Trump"]]
        different = [["Ford", "Henry Ford"]]
        reject = ["4f1c…"]
        [aliases]
        "The Donald" = "Donald Trump"
        [relations]
        it_siglare = "sign"

    Raises:
        CorrectionsError: the file cannot be read, is not TOML, or holds something else.
    """
    try:
        rows = tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise CorrectionsError(f"corrections file {str(path)!r}: {reason}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise CorrectionsError(f"corrections file {str(path)!r} is not TOML: {reason}") from error
    for key in sorted(rows):
        if key not in _KEYS:
            known = ", ".join(_KEYS)
            raise CorrectionsError(
                f"corrections file {str(path)!r}: unknown key {key!r} (known: {known})"
            )
    relations = _mapping(path, rows, "relations")
    for name in relations.values():
        if not _PROPERTY.fullmatch(name):
            raise CorrectionsError(
                f"corrections file {str(path)!r}: {name!r} is no name for a relation "
                "(ASCII letters, digits, _ and -, no digit first)"
            )
    return Corrections(
        same=_groups(path, rows, "same"),
        different=_groups(path, rows, "different"),
        aliases=_mapping(path, rows, "aliases"),
        relations=relations,
        reject=frozenset(_strings(path, "reject", rows.get("reject", []))),
    )


def dump_corrections(corrections: Corrections) -> str:
    """The text of a corrections file that says the same."""
    lists = {
        "same": [list(group) for group in corrections.same],
        "different": [list(group) for group in corrections.different],
        "reject": sorted(corrections.reject),
    }
    tables = {"aliases": corrections.aliases, "relations": corrections.relations}
    lines = [f"{key} = {_toml(value)}" for key, value in lists.items()]
    for name, table in tables.items():
        lines += [f"[{name}]", *(f"{_toml(k)} = {_toml(v)}" for k, v in sorted(table.items()))]
    return "\n".join((*lines, ""))


def _toml(value: object) -> str:
    """Strings and lists of them are written in TOML as in JSON, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _groups(path: str | Path, rows: Mapping[str, Any], key: str) -> tuple[tuple[str, ...], ...]:
    value = rows.get(key, [])
    if not isinstance(value, list):
        raise _wrong(path, key, 'a list of lists of names, such as [["A", "B"]]')
    groups = tuple(_strings(path, key, group) for group in value)
    if any(len(group) < 2 for group in groups):
        raise _wrong(path, key, "lists of at least two names")
    return groups


def _strings(path: str | Path, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise _wrong(path, key, "lists of names or ids in quotes")
    return tuple(value)


def _mapping(path: str | Path, rows: Mapping[str, Any], key: str) -> dict[str, str]:
    value = rows.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(v, str) and v for v in value.values()):
        raise _wrong(path, key, 'a table of texts, such as "a" = "b"')
    return dict(sorted(value.items()))


def _wrong(path: str | Path, key: str, wanted: str) -> CorrectionsError:
    return CorrectionsError(f"corrections file {str(path)!r}: {key!r} must hold {wanted}")
