"""Times of day: 10:30, 3 p.m., alle 20.30, a mezzogiorno."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from kg.extract.comparators import LOOK_BACK
from kg.extract.numerals import alternatives

__all__ = ["Times"]

_HOURS: Final = 24
_NOON: Final = 12
_MINUTES: Final = 60
_DIGITS: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:(?P<point>[:.,])(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?(?![\d%])"
    r"(?:\s?(?P<half>[ap])(?:\.\s?m\.|m(?!\w)))?"
)


class Times:
    """The times of day of a language, as xsd:time."""

    def __init__(self, own: Mapping[str, Any]) -> None:
        self._named: Mapping[str, str] = own["named"]
        lead, hours = alternatives(own["lead"]), alternatives(own["hours"])
        self._led = re.compile(rf"(?<!\w)(?:{lead})\s*(?:(?:{hours})\s*)?$", re.IGNORECASE)
        self._hours = re.compile(rf"(?<!\w)(?:{hours})\s*$", re.IGNORECASE)
        self._bare: bool = own["bare"]
        self._zones: Mapping[str, str] = own["zones"]
        self._zone = re.compile(rf"\s?(?:\(?(?P<zone>{alternatives(self._zones)})\)?)(?!\w)")
        self._follows = re.compile(
            rf"\s*(?:$|[.,;:!?](?!\d)|[)(\"”»]|(?:{alternatives(own['follow'])})(?!\w))"
        )
        self._word = re.compile(rf"(?P<name>{alternatives(self._named)})(?!\w)")
        #: How a time may begin, apart from digits.
        self.beginnings = [*self._named]

    def match(self, text: str, at: int) -> tuple[int, str] | None:
        """The end of the time that begins at an offset, and its lexical form."""
        named = self._word.match(text, at)
        if named:
            return (named.end(), self._named[named["name"]]) if self._is_led(text, at) else None
        found = _DIGITS.match(text, at)
        if not found:
            return None
        hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
        zone = self._zone.match(text, found.end())
        if found["half"]:
            if not 0 < hour <= _NOON:
                return None
            hour = hour % _NOON + (_NOON if found["half"] == "p" else 0)
        elif not (
            (zone and found["point"])
            or self._hours.search(text, max(0, at - LOOK_BACK), at)
            or self._reads_as_time(text, at, found)
        ):
            return None
        if hour >= _HOURS or minute >= _MINUTES or second >= _MINUTES:
            return None
        offset = self._zones[zone["zone"]] if zone else ""
        return (
            zone.end() if zone else found.end(),
            f"{hour:02}:{minute:02}:{second:02}{offset}",
        )

    def _is_led(self, text: str, at: int) -> bool:
        return self._led.search(text, max(0, at - LOOK_BACK), at) is not None

    def _reads_as_time(self, text: str, at: int, found: re.Match[str]) -> bool:
        """Whether a word for times of day stands before digits that may be one (``alle 20.30``)."""
        if not self._is_led(text, at):
            return False
        if found["point"]:
            return found["point"] == ":" or self._bare
        return self._bare and self._follows.match(text, found.end()) is not None
