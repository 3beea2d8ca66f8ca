"""Content negotiation: which of the forms that there are a client likes best.

https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.query import FORMATS, MEDIA_TYPES
from kg.query.formats import Kind

__all__ = ["ALIASES", "preferred", "wanted"]

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "json": ("application/json",),
    "xml": ("application/xml", "text/xml"),
    "rdfxml": ("application/xml", "text/xml"),
    "jsonld": ("application/json",),
    "ttl": ("application/x-turtle",),
    "nt": ("text/plain",),
}
"""Other media types that clients name a format by."""


def wanted(accept: str | None) -> dict[Kind, str]:
    """The media type for an answer of each kind; a kind is missing where no type would do.

    An empty result means that nothing that is accepted is there at all.
    """
    found: dict[Kind, str] = {}
    for kind, forms in FORMATS.items():
        form = preferred(accept, forms)
        if form is not None:
            found[kind] = MEDIA_TYPES[form]
    return found


def preferred(accept: str | None, forms: Sequence[str]) -> str | None:
    """The format to send, None where the client accepts none; among equals the first.

    ``forms`` are names of ``MEDIA_TYPES``, or ``html``.
    """
    if not accept or not accept.strip():
        return forms[0]
    ranges = [_range(item) for item in accept.split(",") if item.strip()]
    best, quality = None, 0.0
    for form in forms:
        found = _quality(MEDIA_TYPES.get(form, "text/html"), ranges)
        for alias in ALIASES.get(form, ()):  # only where it is named: it is not what will be sent
            found = max(found, *(weight for name, weight in ranges if name == alias), 0.0)
        if found > quality:
            best, quality = form, found
    return best


def _range(item: str) -> tuple[str, float]:
    """A media range and its weight; parameters besides the weight are passed over."""
    media_range, *parameters = (part.strip().lower() for part in item.split(";"))
    weight = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = min(max(float(value), 0.0), 1.0)
            except ValueError:
                weight = 0.0
    return media_range, weight


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the most specific range that a media type falls in."""
    whole = media_type.partition("/")[0] + "/*"
    for pattern in (media_type, whole, "*/*"):
        weights = [weight for media_range, weight in ranges if media_range == pattern]
        if weights:
            return max(weights)
    return 0.0
