"""Who speaks where: *I* and *my* inside a quotation are its speaker."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extract.quotations import quotations
from kg.resolve.mentions import Mentions, mention_key
from kg.types import Extraction

__all__ = ["Voices"]


class Voices:
    """The quotations of a document with their speakers; what is outside is the author's."""

    def __init__(self, doc: Doc, mentions: Mentions, extractions: Sequence[Extraction]) -> None:
        self._of = [0] * len(doc)
        self._speakers: dict[int, int] = {}
        for number, quotation in enumerate(quotations(doc), 1):
            for begin, end in quotation:
                self._of[begin:end] = [number] * (end - begin)
        for extraction in extractions:
            said = extraction.attribution
            if said is None or said.speaker is None or not extraction.relation.tokens:
                continue
            voice = self._of[min(extraction.relation.tokens)]
            key = mention_key(said.speaker)
            if voice and not self._of[said.speaker.head]:
                self._speakers.setdefault(voice, mentions.owner.get(key, key))
        self._said: dict[int, set[int]] = {}
        for voice, speaker in self._speakers.items():
            self._said.setdefault(speaker, set()).add(voice)

    def at(self, token: int) -> int:
        """The number of the quotation a token is in, from 1; 0 outside of all."""
        return self._of[token]

    def speaker(self, voice: int) -> int | None:
        """The head of the mention of a quotation's speaker, if it is known."""
        return self._speakers.get(voice)

    def said_by(self, speaker: int) -> frozenset[int]:
        """The numbers of the quotations that a mention's head is the speaker of."""
        return frozenset(self._said.get(speaker, ()))
