"""Dates in text, absolute and relative to the day of publication, by the tables of a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final

from kg.extract.comparators import LOOK_BACK
from kg.extract.numerals import Numerals, alternatives, numerals
from kg.extract.periods import Dated, Moment, Periods, day_of, months_from, nearby, stretch, year_of
from kg.extract.relative import Relative
from kg.extract.times import Times
from kg.lang import table
from kg.types import Value

__all__ = ["Calendar", "calendar"]

_FIRST_YEAR: Final = 1000
_LAST_YEAR: Final = 2200
_ISO: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?\S*)?(?![\d-])", re.ASCII
)
_NUMERIC: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![./-]?\d)", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}(?![\w%°º]|[.,:/]\d|[-–]\w)", re.ASCII)
_SEASON: Final = re.compile(r"(\d{4})[-–/](\d{4}|\d{2})(?![\w%]|[-–/.,]\d)", re.ASCII)
_MONTHS_A_YEAR: Final = 12
_BEHIND: Final = 4  # how much farther a day that is over seems to a sentence that looks ahead
_SENTENCE: Final = 300  # characters around a date in which its sentence is looked for
_STOP: Final = re.compile(r"(?<=[^\s.]{2}[.!?…])[\"”»']?\s+(?=[^a-z])|\n")


class Calendar:
    """The dates of a language."""

    def __init__(self, values: Mapping[str, Any], numbers: Numerals) -> None:
        own = values["dates"]
        flags = re.NOFLAG if own["cased"] else re.IGNORECASE
        every = {**own["months"], **own["short_months"]}
        self._months = {name.lower(): number for name, number in every.items()}
        self._order = values["date_order"]
        self._times = Times(values["times"])
        self._periods = Periods(values["periods"])
        self._relative = Relative(values, numbers, self._periods)
        self._future = re.compile(rf"(?<!\w)(?:{own['future']})(?!\w)", re.IGNORECASE)
        month = rf"{alternatives(every)}"
        weekday = rf"(?:{alternatives(own['weekdays'])})"
        lead = rf"(?:{weekday},?\s+)?(?:(?:{alternatives(own['articles'])})\s*)?"
        ending = rf"(?:{alternatives(own['day_endings'])})?"
        day = rf"\d{{1,2}}{ending}(?![\d%])"
        joint = rf"(?:\s*(?:{alternatives(own['between'])})\s*|\s+)"
        to = rf"\s*(?:{alternatives(values['ranges']['between'])})\s*"
        year = r"(?P<year>\d{4})(?![\d%]|[.,]\d)"
        past = rf"(?:\s+(?P<past>{alternatives(values['near']['after'])}))?"
        named, days = rf"(?P<month>{month})\b\.?", rf"(?P<day>{day})(?:{to}(?P<last>{day}))?"
        months = rf"{named}(?:{to}(?P<last_month>{month})\b\.?)?"
        forms = [
            rf"{lead}{days}{joint}{named}(?:{joint}{year}|{past})(?!\w)",
            rf"{lead}{named}\s+{days}(?:{joint}{year})?(?!\w)",
            rf"{months}{joint}{year}(?!\w)",
        ]
        self._forms = [re.compile(form, flags) for form in forms]
        name = alternatives(own["months"])
        self._month = re.compile(rf"(?P<month>{name})(?:{to}(?P<last>{name}))?(?!\w)", flags)
        month_before = alternatives(own["month_before"])
        self._month_led = re.compile(rf"(?<!\w)(?:{month_before})\s*$", re.IGNORECASE)
        self._to = re.compile(to, re.IGNORECASE)
        opening = alternatives([*values["ranges"]["before"], *values["ranges"]["years"]])
        articles = alternatives(values["comparators"]["articles"])
        self._opened = re.compile(rf"(?<!\w)(?:{opening})\s*(?:(?:{articles})\s*)?$", re.IGNORECASE)
        edges = own["edges"]
        self._edges = {word: kind for kind, words in edges.items() for word in words}
        of = alternatives(own["edge_links"])
        self._edge = re.compile(
            rf"(?P<edge>{alternatives(self._edges)})(?:(?:\s*-\s*|\s+)(?:{of})?\s*)", re.IGNORECASE
        )
        self._deadline = re.compile(
            rf"(?<!\w)(?:{alternatives(own['deadlines'])})\s*$", re.IGNORECASE
        )
        eras = own["eras"]
        self._common_era = frozenset(eras["common"])
        every_era = alternatives([*eras["common"], *eras["before"]])
        self._era = re.compile(
            rf"(?P<behind>\d{{1,4}})\s?(?P<era>{every_era})(?!\w)"
            rf"|(?P<lead>{alternatives(eras['lead'])})\s(?P<before>\d{{1,4}})(?![\w.,]\d|\w)"
        )
        at = alternatives(own["time_links"])
        self._then_time = re.compile(rf",?\s+(?:(?:{at})\s*)?", re.IGNORECASE)
        of_day = alternatives(own["day_links"])
        self._then_day = re.compile(rf",?\s+(?:(?:{of_day})\s*)?", re.IGNORECASE)
        #: How a date may begin, apart from digits.
        self.beginnings = "|".join((
            alternatives([
                *every, *self._relative.beginnings, *self._periods.beginnings, *self._edges,
                *self._times.beginnings, *own["current"],
            ]),
            self._periods.patterns,
            alternatives(own["eras"]["lead"]),
        ))  # fmt: skip

    def moment(self, text: str, at: int, day: date | None) -> Moment:
        """The day of publication, and whether the sentence around an offset looks ahead."""
        first = max(0, at - _SENTENCE)
        begin = max((m.end() for m in _STOP.finditer(text, first, at)), default=first)
        stop = _STOP.search(text, at, at + _SENTENCE)
        sentence = text[begin : stop.start() if stop else at + _SENTENCE]
        return Moment(day, future=self._future.search(sentence) is not None)

    def match(self, text: str, at: int, reference: date | None) -> Dated | None:
        """The date that begins at an offset.

        A date without a year is the one nearest to the day of publication, if that is known.
        """
        moment = self.moment(text, at, reference)
        time = self._times.match(text, at)
        if time:
            return self._with_day(text, time, moment)
        found = self._point(text, at, moment) or self._at_edge(text, at, moment)
        if found is None or found.value is None:
            return found
        return self._with_last(text, at, found, moment) or self._with_time(text, found) or found

    def year(self, text: str, at: int) -> tuple[int, Value] | None:
        """A year of four digits that stands alone."""
        year = _YEAR.match(text, at)
        if not year or not _FIRST_YEAR <= int(year[0]) <= _LAST_YEAR:
            return None
        return year.end(), Value("date", year[0], "gYear")

    # -- one date ----------------------------------------------------------------------------

    def _point(self, text: str, at: int, moment: Moment, year: int | None = None) -> Dated | None:
        return (
            self._match_numeric(text, at)
            or self._match_written(text, at, moment, year)
            or self._periods.match(text, at, moment)
            or self._relative.match(text, at, moment)
            or self._match_month(text, at, moment)
        )

    def _match_numeric(self, text: str, at: int) -> Dated | None:
        iso = _ISO.match(text, at)
        if iso:
            return Dated(iso.end(), day_of(int(iso[1]), int(iso[2]), int(iso[3])))
        era = self._era.match(text, at)
        if era:
            year = int(era["before"] or era["behind"])
            known = (era["era"] or era["lead"]).replace(" ", "") in self._common_era
            return Dated(era.end(), year_of(year) if known else None)
        years = _SEASON.match(text, at)
        if years and (int(years[1]) + 1) % 10 ** len(years[2]) == int(years[2]):
            first = int(years[1])
            value = stretch(f"{first:04}", f"{first + 1:04}", "gYear")
            return Dated(years.end(), value, ranged=True)
        numeric = _NUMERIC.match(text, at)
        if not numeric:
            return None
        first, second, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
        if len(numeric[4]) == 2:
            return Dated(numeric.end(), None)
        if self._order == "dmy" or first > _MONTHS_A_YEAR:
            return Dated(numeric.end(), day_of(year, second, first))
        if self._order == "mdy" or second > _MONTHS_A_YEAR:
            return Dated(numeric.end(), day_of(year, first, second))
        return Dated(numeric.end(), None)

    def _match_written(self, text: str, at: int, moment: Moment, year: int | None) -> Dated | None:
        for form in self._forms:
            found = form.match(text, at)
            if not found:
                continue
            parts = found.groupdict()
            month = self._months[parts["month"].lower()]
            year = int(parts["year"]) if parts["year"] else year
            if "day" not in parts:
                last = self._months[(parts["last_month"] or parts["month"]).lower()]
                size = last - month + 1
                value = months_from(int(parts["year"]), month, size) if size > 0 else None
                return Dated(found.end(), value, ranged=size > 1)
            first = self._day(month, parts["day"], year, moment, past=bool(parts.get("past")))
            if first is None or not parts["last"]:
                return Dated(found.end(), first)
            value = _days(first, int(re.sub(r"\D", "", parts["last"])))
            return Dated(found.end(), value, ranged=True)
        return None

    def _day(
        self, month: int, day: str, year: int | None, moment: Moment, *, past: bool
    ) -> Value | None:
        number = int(re.sub(r"\D", "", day))
        if year is not None:
            return day_of(year, month, number)
        return _nearest(month, number, moment, past=past)

    def _match_month(self, text: str, at: int, moment: Moment) -> Dated | None:
        """A month alone behind a preposition: ``in March``, ``from May to July``."""
        found = self._month.match(text, at)
        if not found or not self._month_led.search(text, max(0, at - LOOK_BACK), at):
            return None
        first = self._months[found["month"].lower()]
        last = self._months[(found["last"] or found["month"]).lower()]
        size = (last - first) % _MONTHS_A_YEAR + 1
        return Dated(found.end(), nearby(first, size, moment), ranged=size > 1)

    def _at_edge(self, text: str, at: int, moment: Moment) -> Dated | None:
        """``early 2026``, ``the end of the year``, ``fine 2026``, ``primi anni Novanta``."""
        edge = self._edge.match(text, at)
        if not edge:
            if not self._deadline.search(text, max(0, at - LOOK_BACK), at):
                return None
            return self._relative.current(text, at, moment)
        kind = self._edges[" ".join(edge["edge"].lower().replace("’", "'").split())]
        year = self.year(text, edge.end())
        if year:
            return Dated(*year, edge=kind)
        found = self._point(text, edge.end(), moment) or self._relative.current(
            text, edge.end(), moment
        )
        if found is None:
            month = self._month.match(text, edge.end())
            if month and not month["last"]:
                value = nearby(self._months[month["month"].lower()], 1, moment)
                return Dated(month.end(), value, edge=kind)
        return replace(found, edge=kind) if found else None

    # -- more than one -----------------------------------------------------------------------

    def _with_last(self, text: str, at: int, first: Dated, moment: Moment) -> Dated | None:
        """``from October 28 to November 2``: both ends of a range that a word opens."""
        to = self._to.match(text, first.end)
        if not to or not self._opened.search(text, max(0, at - LOOK_BACK), at):
            return None
        last = self._point(text, to.end(), moment)
        if last is None or last.value is None or first.value is None:
            return None
        begin, end = first.value, last.value
        if begin.datatype == "date" and end.datatype == "date":
            again = self._point(text, at, moment, year=int(end.lexical[:4]))
            begin = again.value if again and again.value else begin
        highest = end.upper or end.lexical
        if begin.datatype != end.datatype or begin.lexical >= highest:
            return None
        return Dated(last.end, stretch(begin.lexical, highest, begin.datatype), ranged=True)

    def _with_time(self, text: str, found: Dated) -> Dated | None:
        """``Thursday at 8 pm``."""
        value = found.value
        if value is None or value.datatype != "date" or value.upper:
            return None
        link = self._then_time.match(text, found.end)
        time = self._times.match(text, link.end()) if link else None
        return Dated(time[0], _at(value, time[1])) if time else None

    def _with_day(self, text: str, time: tuple[int, str], moment: Moment) -> Dated:
        """``at 10:30 on Tuesday``, ``alle 20 di ieri``."""
        link = self._then_day.match(text, time[0])
        day = self._point(text, link.end(), moment) if link else None
        if day and day.value and day.value.datatype == "date" and not day.value.upper:
            return Dated(day.end, _at(day.value, time[1]))
        return Dated(time[0], Value("date", time[1], "time"))


@cache
def calendar(language: str) -> Calendar:
    """The dates of a language that has a ``values.toml``."""
    return Calendar(table(language, "values"), numerals(language))


def _at(day: Value, time: str) -> Value:
    return Value("date", f"{day.lexical}T{time}", "dateTime")


def _days(first: Value, last: int) -> Value | None:
    """Days of one month, from a day to a later one."""
    end = day_of(int(first.lexical[:4]), int(first.lexical[5:7]), last)
    if end is None or end.lexical <= first.lexical:
        return None
    return stretch(first.lexical, end.lexical, "date")


def _nearest(month: int, day: int, moment: Moment, *, past: bool) -> Value | None:
    """The day of a month in the year that brings it nearest to the day of publication."""
    if moment.day is None:
        return None
    near = []
    for year in (moment.day.year - 1, moment.day.year, moment.day.year + 1):
        value = day_of(year, month, day)
        distance = (date.fromisoformat(value.lexical) - moment.day).days if value else 0
        if value is None or (past and distance > 0):
            continue
        ahead = distance > 0
        near.append((abs(distance) * (1 if ahead or not moment.future else _BEHIND), value))
    return min(near, key=lambda item: item[0])[1] if near else None
