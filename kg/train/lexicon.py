"""Derive the shipped lexical tables from the wordnets: one table a source, with its licence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import KGError
from kg.lang import table
from kg.train.bilingual import write_back
from kg.train.first_names import derive_first_names
from kg.train.gazetteer import derive_gazetteer
from kg.train.tables import write_meta, write_table

__all__ = ["WORDNETS", "Source", "derive", "write_english", "write_types", "write_wordnet"]

_POS: Final = "nva"
_SHIFT: Final = {"v": 18, "a": 1}
"""Bytes by which some synsets of the English file lie later than in Princeton's own: two entries of
that copy of WordNet were edited. Offsets never coincide by chance (tried on all three wordnets)."""
_GAP: Final = "GAP!"  # MultiWordNet's mark for a synset that Italian has no word for


@dataclass(frozen=True, slots=True)
class Source:
    """A wordnet in another language, as lemmas by Princeton WordNet 3.0 synset."""

    file: str
    folder: str
    language: str
    name: str
    url: str
    licence: str


WORDNETS: Final = (
    Source(
        "ita-multiwordnet.tab",
        "multiwordnet",
        "it",
        "MultiWordNet 1.5 (FBK), as in the Open Multilingual Wordnet (omwn/omw-data, wns/ita)",
        "http://multiwordnet.fbk.eu/english/home.php",
        "CC BY 3.0",
    ),
    Source(
        "ita-iwn.tab",
        "italwordnet",
        "it",
        "ItalWordNet (ILC-CNR), as in the Open Multilingual Wordnet (omwn/omw-data, wns/iwn)",
        "http://datahub.io/dataset/iwn/",
        "ODC-BY 1.0",
    ),
    Source(
        "ita-wiktionary.tab",
        "wiktionary",
        "it",
        "Wiktionary, extracted by the Open Multilingual Wordnet (omwn/omw-data, wns/wikt)",
        "https://www.wiktionary.org/",
        "CC BY-SA 3.0",
    ),
)


def derive(data: Path, output: Path) -> None:
    """Write the lexical and geographical tables under ``output`` (``kg/lang/data``).

    ``data`` is a folder with ``lexical/*.tab`` and ``lexical/countries.json``.

    Raises:
        KGError: a source is missing or not in the expected form.
    """
    lexical = data / "lexical"
    known = write_english(lexical / "eng-wordnet30.tab", output / "wordnet")
    roots = table("en", "types")["roots"]
    write_types(lexical / "eng-wordnet30.tab", output / "wordnet", roots)
    for source in WORDNETS:
        write_wordnet(lexical / source.file, source, known, output / source.folder)
    for language in sorted({source.language for source in WORDNETS}):
        tables = [output / s.folder / "lemmas.tsv.gz" for s in WORDNETS if s.language == language]
        write_back(output, language, tables, data / "ud" / language)
    derive_gazetteer(lexical / "countries.json", output)
    derive_first_names(output / "census")


def write_english(path: Path, folder: Path) -> set[str]:
    """``lemma pos synset:file:count ...``, senses by rank; ``files.tsv`` numbers the files.

    Returns the synsets (``00974385-v``) of the file.
    """
    known: set[str] = set()
    senses: dict[tuple[str, str], list[tuple[int, str, str, int]]] = defaultdict(list)
    for synset, lemma, rank, count, lexicographer, *_ in _rows(path, columns=5):
        offset, _, pos = synset.partition("-")
        known.add(synset)
        if pos in _POS:
            senses[lemma, pos].append((int(rank), offset, lexicographer, int(count)))
    names = sorted({name for group in senses.values() for _, _, name, _ in group})
    number = {name: i for i, name in enumerate(names)}
    rows = (
        (
            lemma,
            pos,
            " ".join(
                f"{_synset(offset)}:{number[name]}:{count or ''}".rstrip(":")
                for _, offset, name, count in sorted(group)
            ),
        )
        for (lemma, pos), group in sorted(senses.items())
    )
    write_table(folder / "senses.tsv.gz", rows)
    (folder / "files.tsv").write_text("".join(f"{name}\n" for name in names), "utf-8")
    write_meta(
        folder,
        source="WordNet 3.0, Princeton University",
        url="https://wordnet.princeton.edu/",
        licence="WordNet 3.0 License",
    )
    return known


def write_types(path: Path, folder: Path, senses: Mapping[str, Sequence[str]]) -> None:
    """``synset type``, by the nearest hypernym among the senses (``village:1``) of each type.

    Senses of the type ``none`` end the search.

    Raises:
        KGError: a sense is not in the file.
    """
    named: dict[str, str] = {}
    above: dict[str, list[str]] = {}
    for synset, lemma, rank, _, _, hypernyms in _rows(path, columns=6):
        if synset.endswith("-n"):
            named[f"{lemma}:{rank}"] = synset
            above[synset] = hypernyms.split()
    roots: dict[str, str] = {}
    for name, group in senses.items():
        for sense in group:
            if sense not in named:
                raise KGError(f"{path}: no sense {sense} (roots of en/types.toml)")
            roots[named[sense]] = name
    typed = ((synset, _nearest(synset, above, roots)) for synset in sorted(above))
    rows = ((_synset(s.partition("-")[0]), name) for s, name in typed if name not in ("", "none"))
    write_table(folder / "types.tsv.gz", rows)


def _nearest(synset: str, above: dict[str, list[str]], roots: dict[str, str]) -> str:
    """The type of the nearest root at or above a synset, the first hypernym before the others."""
    level, seen = [synset], {synset}
    while level:
        for item in level:
            if item in roots:
                return roots[item]
        level = [h for item in level for h in above.get(item, ()) if h not in seen]
        seen.update(level)
    return ""


def write_wordnet(path: Path, source: Source, known: set[str], folder: Path) -> None:
    """``lemma pos synset ...``: the synsets a lemma of another language stands in."""
    synsets: dict[tuple[str, str], set[str]] = defaultdict(set)
    for synset, _, lemma in _rows(path, columns=3):
        offset, _, pos = synset.partition("-")
        if pos in _POS and lemma != _GAP:
            if synset not in known:
                offset = format(int(offset) + _SHIFT.get(pos, 0), "08")
            if f"{offset}-{pos}" not in known:
                raise KGError(f"{path}: synset {synset} is not in WordNet 3.0")
            synsets[lemma.lower(), pos].add(_synset(offset))
    rows = (
        (lemma, pos, " ".join(sorted(group))) for (lemma, pos), group in sorted(synsets.items())
    )
    write_table(folder / "lemmas.tsv.gz", rows)
    write_meta(
        folder,
        source=source.name,
        url=source.url,
        licence=source.licence,
        language=source.language,
    )


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    if not path.is_file():
        raise KGError(f"{path}: not found; the wordnets' tab files must lie in {path.parent}")
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.startswith("#"):
                continue
            row = line.rstrip("\n").split("\t")
            if len(row) < columns:
                raise KGError(f"{path}, line {number}: expected {columns} columns, got {len(row)}")
            yield row


def _synset(offset: str) -> str:
    """A synset offset without leading zeros, in hexadecimal: half the bytes of the tables."""
    return format(int(offset), "x")
