"""A corpus of any size, the same for a seed: articles as JSON lines that ``kg build`` reads.

    python tests/benchmarks/scale_corpus.py FILE [--documents N] [--seed N] [--data SHARED_DATA]

Half of the articles are English, half Italian, of 3 to 40 sentences, 10 on average, which are
drawn at random from the treebanks (see ``scale_sentences``) and get other names, numbers and, every
fourth time, other nouns. Each name is drawn by a Zipf-Mandelbrot law over a list without end, whose
first entries are the names of the data, so that different names grow with the articles by
Heaps's law whatever their number; an article comes back to the names it has. 5% of the articles
are an earlier one with a sentence more or less, 1% an earlier one word for word, from another
source; ``copy`` and ``copy_of`` (its line) say so. As nothing depends on the number of articles,
a smaller corpus is the beginning of a larger one and yet as rich in names as any of its size.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from scale_sentences import Part, Sentences, Slot, load_sentences

__all__ = ["DATA", "SEED", "Article", "articles", "write_corpus"]

DATA: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
SEED: Final = 8
_NEAR, _EXACT = 0.05, 0.01
_WINDOW: Final = 500
"""Articles back that one may copy: memory does not grow with the corpus."""
_FEWEST, _MOST = 3, 40
_MEDIAN, _SPREAD = 8.6, 0.6
"""Of the log-normal number of sentences; 10 on average."""
_FLAT, _SLOPE = 20, 0.35
"""Of the frequency of names: rank r or later has probability (1 + r / flat) ** -slope, so that the
first has 1.7% and names grow with the 0.74th power of the text."""
_LAST: Final = 2**31
_AGAIN: Final = 0.55
"""How often a name is one that the article has already."""
_OTHER_NOUN: Final = 0.25
_FIRST_DAY: Final = date(2024, 1, 1)
_DAYS: Final = 730
_PUBLISHERS: Final = [
    f"{name} {place}"
    for name in ("The Morning", "Il Corriere di", "Daily", "Gazzetta di", "The Evening", "Agenzia")
    for place in ("Lavara", "Norwell", "Sant'Olmo", "Kestrel", "Brindale", "Montefosco", "Halden")
]
_SYLLABLES: Final = [
    onset + vowel
    for onset in "b c d f g l m n p r s t v z br tr st".split()
    for vowel in ("a", "e", "i", "o")
]
_ENDINGS: Final = {
    "person": "ni lli son ner ri ley tti man ssi rd".split(),
    "place": "ton ville rno burg gnano ford te mouth ra vik".split(),
    "organization": "x co tek lis ma nor gen va trade plan".split(),
}
_FORMS: Final = (
    "{} Group", "{} S.p.A.", "{} Holdings", "Banca {}", "{} Industries", "Fondazione {}",
    "{} Inc.", "Gruppo {}", "{} University", "{} Energia",
)  # fmt: skip
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


class Names:
    """Names by rank without end: those of the data, the most frequent first, then made ones."""

    def __init__(self, kind: str, known: Sequence[str], firsts: Sequence[str] = ()) -> None:
        self._kind = kind
        self._known = known
        self._firsts = firsts

    def draw(self, by: random.Random) -> str:
        """A name, the earlier in the list the oftener."""
        tail = (1 - by.random()) ** (-1 / _SLOPE) - 1
        rank = int(min(_FLAT * tail, _LAST))
        return self._known[rank] if rank < len(self._known) else self._make(rank)

    def _make(self, rank: int) -> str:
        number = rank // 3 if self._firsts else rank  # three people bear a surname
        ending = _ENDINGS[self._kind][number % 10]
        number, first = divmod(number, len(_SYLLABLES))
        number, second = divmod(number, len(_SYLLABLES))
        word = _SYLLABLES[first] + _SYLLABLES[second]
        while number:
            number, further = divmod(number, len(_SYLLABLES))
            word += _SYLLABLES[further]
        word = word.capitalize() + ending
        if self._kind == "person":
            return f"{self._firsts[rank * 7919 % len(self._firsts)]} {word}"
        return _FORMS[rank % len(_FORMS)].format(word) if self._kind == "organization" else word


class Writer:
    """What fills the places in sentences, one article after the other."""

    def __init__(self, sentences: Mapping[str, Sentences], by: random.Random) -> None:
        self._by = by
        self._sentences = sentences
        people = [n for n in _by_frequency(sentences.values(), "person") if n.count(" ") in {1, 2}]
        firsts = sorted({name.split()[0] for name in people[:3000] if name.isascii()})
        firms = Names("organization", _by_frequency(sentences.values(), "organization"))
        self._names = {
            language: {
                "person": Names("person", people, firsts),
                "organization": firms,
                "place": Names("place", _by_frequency([own], "place")),
            }
            for language, own in sentences.items()
        }
        self._language = ""
        self._cast: dict[str, list[str]] = {}

    def begin(self, language: str) -> None:
        """Begin another article."""
        self._language = language
        self._cast = {"person": [], "organization": [], "place": []}

    def sentence(self) -> str:
        """A sentence of the article."""
        parts = self._by.choice(self._sentences[self._language].sentences)
        text = "".join([part if type(part) is str else self._fill(part) for part in parts])
        return text[0].upper() + text[1:]

    def _fill(self, part: Part) -> str:
        assert isinstance(part, Slot)
        if part.kind in self._cast:
            return self._name(part)
        if part.kind == "number":
            return self._number(part.text)
        if self._by.random() < _OTHER_NOUN:
            return self._by.choice(self._sentences[self._language].nouns[part.kind])
        return part.text

    def _name(self, slot: Slot) -> str:
        used = self._cast[slot.kind]
        if len(used) > 1 and self._by.random() < _AGAIN:
            # Not the last one again, which is likely in this sentence already.
            place = self._by.randrange(len(used) - 1)
            used.append(name := used.pop(place))
            if slot.kind == "person" and " " not in slot.text:
                return name.rpartition(" ")[2]
            return name
        name = self._names[self._language][slot.kind].draw(self._by)
        used.append(name)
        return name

    def _number(self, text: str) -> str:
        """Another number of its kind: a year, a day, an amount of as many digits."""
        if _YEAR.fullmatch(text):
            return str(self._by.randint(1960, 2025))
        if len(text) == 2:
            return str(self._by.randint(*((10, 28) if int(text) <= 31 else (32, 99))))
        digits = (str(self._by.randint(0, 9)) if c.isdigit() else c for c in text[1:])
        return text[0] + "".join(digits)


def _by_frequency(sentences: Iterable[Sentences], kind: str) -> list[str]:
    """The data's names of a kind, the most frequent first."""
    found = Counter[str]()
    for own in sentences:
        found.update(own.names[kind])
    return [name for name, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))]


@dataclass(frozen=True, slots=True)
class Article:
    """An article in the making."""

    language: str
    title: str
    publisher: str
    day: date
    paragraphs: tuple[tuple[str, ...], ...]
    copy: str = ""
    """``near`` or ``exact`` where it is one."""
    copy_of: int = 0
    """The line of what it copies; the first is 1."""

    def record(self, number: int) -> dict[str, Any]:
        """What stands in its line."""
        words = re.sub(r"\W+", "-", self.title.lower()).strip("-")
        host = re.sub(r"\W+", "", self.publisher.lower())
        found: dict[str, Any] = {
            "title": self.title,
            "date": self.day.isoformat(),
            "publisher": self.publisher,
            "url": f"https://{host}.example/{self.day:%Y/%m}/{words[:60]}-{number}",
            "language": self.language,
            "text": "\n\n".join(" ".join(paragraph) for paragraph in self.paragraphs),
            "sentences": sum(map(len, self.paragraphs)),
        }
        return found | ({"copy": self.copy, "copy_of": self.copy_of} if self.copy else {})


def articles(count: int, sentences: Mapping[str, Sentences], seed: int = SEED) -> Iterator[Article]:
    """So many articles, in the order of their lines."""
    by = random.Random(seed)
    writer = Writer(sentences, by)
    earlier: deque[tuple[int, Article]] = deque(maxlen=_WINDOW)
    for line in range(1, count + 1):
        chance = by.random()
        if earlier and chance < _NEAR + _EXACT:
            yield _copied(*by.choice(earlier), "near" if chance < _NEAR else "exact", writer, by)
            continue
        article = _written(("en", "it")[line % 2], writer, by)
        earlier.append((line, article))
        yield article


def _written(language: str, writer: Writer, by: random.Random) -> Article:
    writer.begin(language)
    size = round(by.lognormvariate(0, _SPREAD) * _MEDIAN)
    lines = [writer.sentence() for _ in range(min(max(size, _FEWEST), _MOST))]
    paragraphs = []
    while lines:
        length = by.randint(1, 4)
        paragraphs.append(tuple(lines[:length]))
        del lines[:length]
    title = " ".join(min((writer.sentence() for _ in range(3)), key=len).rstrip(".").split()[:14])
    day = _FIRST_DAY + timedelta(days=by.randrange(_DAYS))
    return Article(language, title, by.choice(_PUBLISHERS), day, tuple(paragraphs))


def _copied(line: int, article: Article, kind: str, writer: Writer, by: random.Random) -> Article:
    """An article as another publisher has it, a sentence more or less, or word for word."""
    paragraphs = list(article.paragraphs)
    if kind == "near":
        writer.begin(article.language)
        place = by.randrange(len(paragraphs))
        lines = list(paragraphs[place])
        if by.random() < 0.5 and sum(map(len, paragraphs)) > _FEWEST:
            del lines[by.randrange(len(lines))]
        else:
            lines.insert(by.randint(0, len(lines)), writer.sentence())
        paragraphs[place : place + 1] = [tuple(lines)] if lines else []
    return replace(
        article,
        publisher=by.choice([name for name in _PUBLISHERS if name != article.publisher]),
        day=article.day + timedelta(days=by.randint(0, 2)),
        paragraphs=tuple(paragraphs),
        copy=kind,
        copy_of=line,
    )


def write_corpus(path: Path, count: int, *, seed: int = SEED, data: Path = DATA) -> Path:
    """Write a corpus, a line at a time; it is in its place only once it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.part")
    with unfinished.open("w", encoding="utf-8") as stream:
        for number, article in enumerate(articles(count, load_sentences(data), seed), 1):
            stream.write(json.dumps(article.record(number), ensure_ascii=False) + "\n")
    return unfinished.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--data", type=Path, default=DATA, help="shared/data")
    options = parser.parse_args()
    begin = time.perf_counter()
    path = write_corpus(options.file, options.documents, seed=options.seed, data=options.data)
    size = path.stat().st_size / 1e6
    print(f"{path}: {options.documents:,} articles, {size:,.1f} MB, "
          f"{time.perf_counter() - begin:.1f} s")  # fmt: skip


if __name__ == "__main__":
    main()
