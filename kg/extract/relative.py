"""Dates that count from the day of publication: yesterday, on Monday, next week, due anni fa."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from kg.extract.numerals import Numerals, alternatives, plain
from kg.extract.periods import Dated, Moment, Periods, nearby, span_of, stretch, year_of
from kg.types import Value

__all__ = ["Relative"]

_MANY: Final = 2200  # units; nothing that far away is a date
_DAYS: Final = {"day": 1, "week": 7}
_YEARS: Final = {"year": 1, "decade": 10, "century": 100}
_HOURS_A_DAY: Final = 24
_DAYS_A_WEEK: Final = 7
_SEASON: Final = 3  # months
_SATURDAY: Final = 6


class Relative:
    """The relative dates of a language."""

    def __init__(self, values: Mapping[str, Any], numbers: Numerals, periods: Periods) -> None:
        dates, near, spans = values["dates"], values["near"], values["spans"]
        flags = re.NOFLAG if dates["cased"] else re.IGNORECASE
        self._numbers, self._periods = numbers, periods
        self._months = {name.lower(): n for name, n in dates["months"].items()}
        self._weekdays = {name.lower(): n for name, n in dates["weekdays"].items()}
        self._moves = {_spaced(phrase): move for phrase, move in values["relative"].items()}
        part = rf"(?:\s+(?:{alternatives(dates['day_parts'])}))?(?!\w)"
        self._phrase = re.compile(
            rf"(?P<phrase>{alternatives(values['relative'])})(?!\w){part}", re.IGNORECASE
        )
        self._units = {word: u for u, words in near["units"].items() for word in words}
        self._before = {_spaced(word): n for word, n in near["before"].items()}
        self._after = {_spaced(word): n for word, n in near["after"].items()}
        unit = rf"(?i:{alternatives([*self._units, *periods.seasons()])})"
        named = rf"{alternatives([*dates['months'], *dates['weekdays']])}"
        lead = rf"(?:(?i:{alternatives(near['lead'])})\s+)?" if near["lead"] else ""
        self._near = re.compile(
            rf"{lead}(?P<word>(?i:{alternatives(near['before'])}))(?:\s+|(?<=['’]))"
            rf"(?P<unit>{unit}|{named}){part}",
            flags,
        )
        self._near_after = re.compile(
            rf"(?P<unit>{unit}|{named})\s+(?P<word>(?i:{alternatives(near['after'])}))(?!\w)",
            flags,
        )
        self._weekday = re.compile(rf"(?P<day>{alternatives(dates['weekdays'])}){part}", flags)
        self._not_days = re.compile(rf"(?:{alternatives(dates['not_days'])})(?!\w)")
        times = values["units"]["time"]
        self._times = {word.lower(): u for u, words in times.items() for word in words}
        self._singular = frozenset(words[0].lower() for words in times.values())
        time = alternatives(self._times)
        ago, ahead = alternatives(dates["ago"]), alternatives(dates["ahead"]["after"])
        self._moved = re.compile(
            rf"[\s'’-]+(?P<unit>{time})(?!\w)['’]?\s+(?:(?P<ago>{ago})|(?P<ahead>{ahead}))(?!\w)",
            re.IGNORECASE,
        )
        self._unit = re.compile(rf"[\s'’-]*(?P<unit>{time})(?!\w)", re.IGNORECASE)
        first = alternatives(dates["ahead"]["before"])
        self._ahead = re.compile(rf"(?:{first})\s+", re.IGNORECASE)
        self._spans = {
            w: s for s, words in ((-1, spans["back"]), (1, spans["ahead"])) for w in words
        }
        self._single = frozenset(spans["single"])
        self._span = re.compile(
            rf"(?P<word>{alternatives(self._spans)})(?:\s+|(?<=['’]))", re.IGNORECASE
        )
        #: How a relative date may begin, as words.
        self.beginnings = [
            *dates["weekdays"], *values["relative"], *near["before"], *near["lead"],
            *(self._units if near["after"] else ()), *periods.seasons(), *self._spans,
            *dates["ahead"]["before"], *dates["months"],
        ]  # fmt: skip

    def match(self, text: str, at: int, moment: Moment) -> Dated | None:
        """The relative date that begins at an offset."""
        if self._not_days.match(text, at):
            return None
        phrase = self._phrase.match(text, at)
        if phrase:
            steps, unit = self._moves[_spaced(phrase["phrase"])]
            if unit == "weekend" and moment.day and not moment.future:
                steps -= moment.day.isoweekday() < _SATURDAY  # the one that is over
            return Dated(phrase.end(), span_of(moment.day, steps, unit) if moment.day else None)
        near = self._near.match(text, at) or self._near_after.match(text, at)
        if near:
            word = _spaced(near["word"])
            lean = self._before[word] if word in self._before else self._after[word]
            return Dated(near.end(), self._nearby(near["unit"].lower(), lean, moment))
        weekday = self._weekday.match(text, at)
        if weekday:
            day = self._weekdays[weekday["day"].lower()]
            return Dated(weekday.end(), _weekday(day, moment))
        return self._match_span(text, at, moment) or self._match_moved(text, at, moment)

    def current(self, text: str, at: int, moment: Moment) -> Dated | None:
        """``the year`` or ``mese``, where what stands before it makes it this year's."""
        found = self._unit.match(text, at)
        if not found or found["unit"].lower() not in self._singular:
            return None
        unit = self._times[found["unit"].lower()]
        return Dated(found.end(), span_of(moment.day, 0, unit) if moment.day else None)

    def _nearby(self, unit: str, lean: int, moment: Moment) -> Value | None:
        """The last, this or next week, month, spring, March or Monday."""
        unit = " ".join(unit.split())
        if moment.day is None:
            return None
        if unit in self._weekdays:
            return _weekday(self._weekdays[unit], moment, lean)
        if unit in self._months:
            return nearby(self._months[unit], 1, moment, lean)
        if season := self._periods.season(unit):
            return nearby(season, _SEASON, moment, lean)
        return span_of(moment.day, lean, self._units[unit])

    def _match_moved(self, text: str, at: int, moment: Moment) -> Dated | None:
        """``two years ago``, ``three days from now``, ``fra tre giorni``."""
        ahead = self._ahead.match(text, at)
        number = self._numbers.match(text, ahead.end() if ahead else at)
        if number is None:
            return None
        found = self._unit.match(text, number.end) if ahead else self._moved.match(text, number.end)
        if not found or number.amount != int(number.amount):
            return None
        back = not ahead and found["ago"] is not None
        unit, steps = self._times[found["unit"].lower()], int(number.amount) * (-1 if back else 1)
        value = _far(moment.day, steps, unit) if moment.day and number.amount < _MANY else None
        return Dated(found.end(), value, ago=back)

    def _match_span(self, text: str, at: int, moment: Moment) -> Dated | None:
        """``the past three years``, ``negli ultimi due mesi``, ``nelle prossime 24 ore``."""
        found = self._span.match(text, at)
        if not found:
            return None
        word = _spaced(found["word"])
        number = self._numbers.match(text, found.end())
        amount, end = (number.amount, number.end) if number else (Decimal(1), found.end())
        unit = self._unit.match(text, end)
        if not unit or amount != int(amount) or amount > _MANY:
            return None
        if number is None and (
            word not in self._single or unit["unit"].lower() not in self._singular
        ):
            return None
        name = self._times[unit["unit"].lower()]
        if moment.day is None:
            return Dated(unit.end(), Value("duration", plain(amount), "decimal", unit=name))
        return Dated(unit.end(), _up_to(moment.day, int(amount) * self._spans[word], name))


def _spaced(phrase: str) -> str:
    return " ".join(phrase.lower().replace("’", "'").split())


def _weekday(day: int, moment: Moment, lean: int | None = None) -> Value | None:
    """The last or next day of a name; the day of publication itself only if nothing is said."""
    if moment.day is None:
        return None
    today = moment.day.isoweekday()
    if lean == 0:
        return span_of(moment.day, day - today, "day")
    sign = lean or (1 if moment.future else -1)
    distance = (day - today) * sign % _DAYS_A_WEEK
    return span_of(moment.day, sign * (distance or (_DAYS_A_WEEK if lean else 0)), "day")


def _far(day: date, steps: int, unit: str) -> Value | None:
    """The day, month or year some units away; weeks, decades and centuries away only about."""
    try:
        if unit in _DAYS:
            moved = (day + timedelta(days=steps * _DAYS[unit])).isoformat()
            return Value("date", moved, "date", "eq" if unit == "day" else "about")
    except OverflowError:
        return None
    if unit == "month":
        return span_of(day, steps, "month")
    if unit in _YEARS:
        value = year_of(day.year + steps * _YEARS[unit])
        if value is None or unit == "year":
            return value
        return Value("date", value.lexical, "gYear", "about")
    return None


def _up_to(day: date, steps: int, unit: str) -> Value | None:
    """From the day of publication some units back or ahead, as a stretch of time."""
    if unit in _YEARS:
        other = year_of(day.year + steps * _YEARS[unit])
        here = year_of(day.year)
    elif unit == "month":
        other, here = span_of(day, steps, "month"), span_of(day, 0, "month")
    else:
        days = steps * _DAYS.get(unit, 0)
        if unit == "hour":
            days = -(-abs(steps) // _HOURS_A_DAY) * (1 if steps > 0 else -1)
        if not days:
            return None
        other, here = span_of(day, days, "day"), span_of(day, 0, "day")
    if other is None or here is None:
        return None
    first, last = sorted((other.lexical, here.lexical))
    return stretch(first, last, here.datatype)
