"""Derives the table of first names with their gender from the lists of the US census of 1990."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kg.errors import KGError
from kg.train.tables import write_meta

__all__ = ["derive_first_names", "write_first_names"]

_CLEAR: Final = 20.0
"""How many times commoner a name must be among one gender to count as its."""


def derive_first_names(folder: Path) -> int:
    """Write ``first_names.tsv`` and its ``meta.json``; gives the number of names.

    Raises:
        KGError: the PyPI package ``names``, which carries the lists, is not installed.
    """
    package = find_spec("names")
    if package is None or package.origin is None:
        raise KGError("deriving the tables needs names: pip install 'kg-news[train]'")
    number = write_first_names(Path(package.origin).parent, folder / "first_names.tsv")
    write_meta(
        folder,
        source="US Census Bureau, Frequently Occurring Surnames and First Names from Census 1990,"
        f" through names {version('names')}",
        url="https://www.census.gov/topics/population/genealogy/data/1990_census.html",
        licence="public domain (work of the US government)",
    )
    return number


def write_first_names(source: Path, target: Path) -> int:
    """Writes ``name, gender`` rows from ``dist.male.first`` and ``dist.female.first``.

    The lists are public domain; the PyPI package ``names`` carries them. Returns the number of
    names. Names that both genders bear are left out.
    """
    male = _shares(source / "dist.male.first")
    female = _shares(source / "dist.female.first")
    rows = []
    for name in sorted({*male, *female}):
        m, f = male.get(name, 0.0), female.get(name, 0.0)
        if m >= _CLEAR * f:
            rows.append(f"{name}\tm")
        elif f >= _CLEAR * m:
            rows.append(f"{name}\tf")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(rows) + "\n", "utf-8")
    return len(rows)


def _shares(path: Path) -> Mapping[str, float]:
    """Each name in lower case with its share of the population, in percent."""
    rows = (line.split() for line in path.read_text("ascii").splitlines())
    return {row[0].lower(): float(row[1]) for row in rows if row}
