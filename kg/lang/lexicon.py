"""What words mean, across languages: the wordnets joined in memory, and tables of our own.

Each shipped table keeps one source (``data/<source>/meta.json`` names it and its licence); what
wordnets get wrong for news is corrected by ``<language>/lexicon.toml``.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from math import log
from typing import Final, Literal

from kg.lang import table

__all__ = ["Lexicon", "Pos", "lexicon"]

Pos = Literal["n", "v", "a"]

_ENGLISH: Final = "en"
_AGREEING: Final = 1.6
"""How much likelier a sense is that a second wordnet also gives."""
_COGNATE: Final = 1.5
"""How much likelier a translation is that begins alike (``imporre``, ``impose``)."""
_CERTAIN: Final = 2.0
"""By how much a translation must beat the second to count as certain."""
_MOSTLY: Final = 0.4
"""The share of its use in which a noun must name a doing for a verb to be looked for."""
_MAIN: Final = 0.6
"""The share of a word's use that its main sense must be more than."""
_STEM: Final = 3
"""Letters that must remain of a noun without its ending."""
_SAME_FORM: Final = 0.25
"""How common a verb must be beside a noun of the same form (``visit``, not ``letter``)."""
_NOUNS_OF_DOING: Final = frozenset(
    f"noun.{name}"
    for name in "act event communication state process cognition phenomenon possession".split()
)

_REMEMBERED: Final = 1 << 15  # words


@dataclass(frozen=True, slots=True)
class _Sense:
    """A sense of an English lemma: its synset, lexicographer file and count in SemCor."""

    synset: str
    file: str
    count: int


class Lexicon:
    """Lookups of lemmas in lower case; ``pos`` is ``n``, ``v`` or ``a`` (noun, verb, adjective).

    Every answer is a function of the tables alone. Tables are read when first needed.
    """

    def __init__(self, data: Traversable) -> None:
        self._data = data
        # The same few thousand words are asked for again and again.
        self._choice = lru_cache(maxsize=_REMEMBERED)(self._find_choice)
        self._back = cache(self._read_back)
        self._files_of = lru_cache(maxsize=_REMEMBERED)(self._find_files)
        self._verb_of = lru_cache(maxsize=_REMEMBERED)(self._find_verb)
        self._senses = lru_cache(maxsize=_REMEMBERED)(self._find_senses)

    # -- what callers ask --------------------------------------------------------------------

    def english(self, lemma: str, pos: Pos, language: str) -> str | None:
        """The best English equivalent of a lemma (``firmare`` → ``sign``), or None."""
        choice = self._choice(lemma, pos, language)
        return choice[0] if choice else None

    def concept(self, lemma: str, pos: Pos, language: str) -> str | None:
        """An English lemma that stands for all of one meaning: firmare, siglare, initial → sign.

        Conservative: None where the translation is a guess, and only near-certain synonyms (the
        table ``concepts`` of ``en/lexicon.toml``) share one.
        """
        choice = self._choice(lemma, pos, language)
        if choice is None or not choice[1]:
            return None
        return self._concepts.get((pos, choice[0]), choice[0])

    def supersense(self, lemma: str, pos: Pos, language: str) -> str:
        """The lexicographer file of the likeliest sense (``noun.person``); empty if unknown."""
        return next(iter(self.supersenses(lemma, pos, language)), "")

    def supersenses(self, lemma: str, pos: Pos, language: str) -> tuple[str, ...]:
        """The lexicographer files of all senses, the likeliest first."""
        return self._files_of(lemma, pos, language)

    def noun_senses(self, lemma: str, language: str) -> Iterator[tuple[str, float]]:
        """The synsets a noun may stand for, with their likelihoods.

        Where our own table says which supersense the noun has, only the synsets of that.
        """
        found = list(self._weighted_senses(lemma.lower(), "n", language))
        choice = self._choice(lemma, "n", language)
        meant = choice and table(_ENGLISH, "lexicon")["supersenses"]["n"].get(choice[0])
        fitting = [(s, weight) for s, weight in found if s.file == meant] or found
        yield from ((sense.synset, weight) for sense, weight in fitting)

    def _find_files(self, lemma: str, pos: Pos, language: str) -> tuple[str, ...]:
        weights: dict[str, float] = defaultdict(float)
        for sense, weight in self._weighted_senses(lemma.lower(), pos, language):
            weights[sense.file] += weight
        choice = self._choice(lemma, pos, language)
        meant = choice and table(_ENGLISH, "lexicon")["supersenses"].get(pos, {}).get(choice[0])
        if meant:
            weights[meant] = max(weights.values(), default=0.0) + 1.0
        return tuple(sorted(weights, key=lambda file: (-weights[file], file)))

    def is_lemma(self, lemma: str, pos: Pos, language: str) -> bool:
        """Whether a wordnet or our own table lists the lemma."""
        key = f"{lemma.lower()}\t{pos}"
        if language == _ENGLISH:
            return key in self._english
        return (pos, lemma.lower()) in _overrides(language) or any(
            key in wordnet for wordnet in self._wordnets.get(language, ())
        )

    def back(self, lemma: str, pos: Pos, language: str) -> str | None:
        """The word of another language for an English lemma, None where it is not certain.

        Certain is what two wordnets agree on for the sense that the lemma is mostly used in, and
        what leads back to it (``kg train lexicon`` writes the table).
        """
        return self._back(language).get(f"{lemma.lower()}\t{pos}")

    def frequency(self, lemma: str, pos: Pos, language: str) -> int:
        """How often SemCor has an English lemma; for other languages 1 if it is one at all."""
        lemma = lemma.lower()
        if language == _ENGLISH:
            return self._count(lemma, pos)
        return int(self.is_lemma(lemma, pos, language))

    def verb_of(self, noun: str, language: str) -> str | None:
        """The verb of which a noun names the doing: agreement → agree, costruzione → costruire.

        None for nouns of people, things and places, even where a verb looks like them.
        """
        return self._verb_of(noun.lower(), language)

    def _find_verb(self, noun: str, language: str) -> str | None:
        rules = table(language, "lexicon").get("verb_of", {})
        if noun in rules.get("irregular", {}):
            return str(rules["irregular"][noun]) or None
        for suffix, endings in rules.get("suffixes", {}).items():
            stem = noun.removesuffix(suffix)
            if not noun.endswith(suffix) or len(stem) < _STEM:
                continue
            verbs: list[str] = [
                stem + ending for ending in endings if self._makes(noun, stem + ending, language)
            ]
            if verbs and not self._names_doing(noun, language):
                return None
            if verbs:
                return max(verbs, key=lambda verb: self._count(verb, "v"))
        return None

    def _makes(self, noun: str, verb: str, language: str) -> bool:
        """Whether a verb can be a noun's; one that looks the same must be common beside it."""
        if not self.is_lemma(verb, "v", language):
            return False
        return noun != verb or self._count(verb, "v") >= _SAME_FORM * self._count(noun, "n")

    def _names_doing(self, noun: str, language: str) -> bool:
        """Whether the noun is mostly used of an act, event, state or the like."""
        total = doing = 0.0
        for sense, weight in self._weighted_senses(noun, "n", language):
            total += weight
            doing += weight if sense.file in _NOUNS_OF_DOING else 0.0
        return total > 0 and doing >= _MOSTLY * total

    # -- senses ------------------------------------------------------------------------------

    def _weighted_senses(
        self, lemma: str, pos: Pos, language: str
    ) -> Iterator[tuple[_Sense, float]]:
        """Senses with weights that add up to about one."""
        if language == _ENGLISH:
            senses = self._senses(lemma, pos)
            total = sum(s.count for s in senses) + 1
            for rank, sense in enumerate(senses):
                yield sense, (sense.count + 0.5**rank) / total
            return
        choice = self._choice(lemma, pos, language)
        if choice:
            own = dict(self._synsets(lemma, pos, language))
            for sense, weight in self._weighted_senses(choice[0], pos, _ENGLISH):
                yield sense, weight * (2.0 if sense.synset in own else 0.25)
        for synset, weight in self._synsets(lemma, pos, language):
            members = self._members.get((pos, synset), ())
            for member, count in members[:1]:
                file = next(s.file for s in self._senses(member, pos) if s.synset == synset)
                yield _Sense(synset, file, count), 0.1 * weight

    def _find_senses(self, lemma: str, pos: Pos) -> tuple[_Sense, ...]:
        senses = []
        for item in self._english.get(f"{lemma}\t{pos}", "").split():
            synset, file, count = (*item.split(":"), "0")[:3]
            senses.append(_Sense(synset, self._files[int(file)], int(count)))
        return tuple(senses)

    def _synsets(self, lemma: str, pos: Pos, language: str) -> list[tuple[str, float]]:
        """The synsets that a language's wordnets give a lemma, weighted by their agreement."""
        weights: dict[str, float] = {}
        for wordnet in self._wordnets.get(language, ()):
            for synset in wordnet.get(f"{lemma}\t{pos}", "").split():
                weights[synset] = weights[synset] * _AGREEING if synset in weights else 1.0
        return sorted(weights.items())

    # -- translation -------------------------------------------------------------------------

    def _find_choice(self, lemma: str, pos: Pos, language: str) -> tuple[str, bool] | None:
        """The English equivalent and whether it is certain."""
        lemma = lemma.lower()
        if language == _ENGLISH:
            return (lemma, True) if f"{lemma}\t{pos}" in self._english else None
        own = _overrides(language).get((pos, lemma))
        if own:
            return own, True
        ranking = self._ranking(lemma, pos, language)
        if not ranking:
            return None
        (word, best), second = ranking[0], ranking[1][1] if len(ranking) > 1 else 0.0
        return word, best > _CERTAIN * second

    def _ranking(self, lemma: str, pos: Pos, language: str) -> list[tuple[str, float]]:
        """English candidates by score: likely senses, and words that mostly have these senses."""
        scores: dict[str, float] = defaultdict(float)
        for synset, weight in self._synsets(lemma, pos, language):
            members = self._members.get((pos, synset), ())
            total = sum(count for _, count in members)
            prior = weight * log(2 + total)
            for word, count in members:
                share = (count + 0.5) / (total + 0.5 * len(members))
                back = (count + 0.5) / (self._count(word, pos) + 1.0)
                scores[word] += prior * share * back**0.5
        for word in scores:
            if _alike(lemma, word):
                scores[word] *= _COGNATE
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))

    def _count(self, word: str, pos: Pos) -> int:
        return sum(sense.count for sense in self._senses(word, pos))

    def main_synset(self, word: str, pos: Pos) -> str:
        """The synset in whose sense an English word mostly stands, empty where there is none."""
        senses = self._senses(word, pos)
        total = sum(sense.count for sense in senses)
        best = max(senses, key=lambda sense: sense.count, default=None)
        if best is None or (len(senses) > 1 and best.count <= _MAIN * total):
            return ""
        return best.synset

    def is_certain(self, lemma: str, pos: Pos, language: str, english: str) -> bool:
        """Whether a lemma certainly translates as an English word."""
        return self._choice(lemma, pos, language) == (english, True)

    # -- tables ------------------------------------------------------------------------------

    @cached_property
    def _files(self) -> list[str]:
        return (self._data / "wordnet" / "files.tsv").read_text("utf-8").splitlines()

    @cached_property
    def _english(self) -> Mapping[str, str]:
        return _read(self._data / "wordnet" / "senses.tsv.gz")

    @cached_property
    def _members(self) -> Mapping[tuple[str, str], Sequence[tuple[str, int]]]:
        """The English lemmas of a synset with their counts, the commonest first."""
        members: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
        for key, senses in self._english.items():
            lemma, _, pos = key.partition("\t")
            for item in senses.split(" "):
                synset, _, rest = item.partition(":")
                members[pos, synset].append((lemma, int(rest.partition(":")[2] or 0)))
        for group in members.values():
            group.sort(key=lambda member: (-member[1], member[0]))
        return members

    def _read_back(self, language: str) -> Mapping[str, str]:
        path = self._data / "bilingual" / f"{language}.tsv.gz"
        return _read(path) if path.is_file() else {}

    @cached_property
    def _wordnets(self) -> Mapping[str, Sequence[Mapping[str, str]]]:
        """The wordnets of each language, by folder name."""
        wordnets: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        for folder in sorted(self._data.iterdir(), key=lambda item: item.name):
            path = folder / "lemmas.tsv.gz"
            if path.is_file():
                meta = json.loads((folder / "meta.json").read_text("utf-8"))
                wordnets[meta["language"]].append(_read(path))
        return wordnets

    @cached_property
    def _concepts(self) -> Mapping[tuple[str, str], str]:
        """The representative of every member of a synonym class, by part of speech and lemma."""
        classes = table(_ENGLISH, "lexicon").get("concepts", {})
        return {
            (pos, member): name
            for pos, groups in classes.items()
            for name, members in groups.items()
            for member in members
        }


@cache
def lexicon() -> Lexicon:
    """The lexicon over the shipped tables."""
    return Lexicon(files(__package__) / "data")


@cache
def _overrides(language: str) -> Mapping[tuple[str, str], str]:
    """Our own translations, ``english.<pos>`` of the language's ``lexicon.toml``."""
    own = table(language, "lexicon").get("english", {})
    return {(pos, lemma): word for pos, words in own.items() for lemma, word in words.items()}


def _read(path: Traversable) -> dict[str, str]:
    """``lemma<tab>pos`` → the rest of the line."""
    text = gzip.decompress(path.read_bytes()).decode()
    return dict(line.rsplit("\t", 1) for line in text.splitlines())


def _alike(word: str, other: str) -> bool:
    """Whether two words share their first four letters, a first sign of a common origin."""
    return len(word) > 4 and word[:4] == other[:4]
