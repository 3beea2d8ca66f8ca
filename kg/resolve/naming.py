"""Which name means the same as which within a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from kg.resolve.aliases import may_be_called
from kg.resolve.clusters import Cluster
from kg.resolve.linker import Linker, initials
from kg.resolve.mentions import Mention
from kg.resolve.words import fold, shared

__all__ = ["link_name"]


def link_name(linker: Linker, mention: Mention, known_as: Mention | None = None) -> None:
    """Puts a name to the same place or institution, the same wording or one longer name.

    Or to what bears the name ``known_as``, if the text says that it is another of the same thing.
    """
    place = mention.name.place if mention.name else None
    states = mention.name.states if mention.name else ()
    institution = shared().institutions.get(fold(mention.text), "")
    bearer = linker.of.get(known_as.head) if known_as is not None else None
    cluster: Cluster | None
    if states:
        members = tuple(linker.country(code) for code in states)
        cluster, reason = linker.group(members), "states joined by a dash"
    elif place is not None:
        cluster, reason = linker.at(place), "same place"
    elif institution:
        cluster, reason = linker.institution(institution), "same institution"
    elif bearer is not None and may_be_called(bearer, mention):
        cluster, reason = bearer, "also known as"
    else:
        cluster, reason = _same_name(linker, mention)
    if cluster is None:
        cluster = Cluster(mention.type, place=place, institution=institution)
    linker.put(mention, cluster, reason if cluster.mentions else "")


def _same_name(linker: Linker, mention: Mention) -> tuple[Cluster | None, str]:
    candidates = [c for c in linker.sharing(mention.text) if c.place is None]
    titled = bool(mention.features.gender)  # "Mrs Smith" tells more than "Smith"
    for reason, sieve in sorted(_SIEVES, key=lambda s: titled and s[1] is not _part_of_person):
        found = [c for c in candidates if sieve(linker, c, mention)]
        if len(found) > 1 and sieve is _part_of_person:
            found = _introduced(found, mention)
        if found:
            return (found[0], reason) if len(found) == 1 else (None, "")
    return None, ""


def _introduced(bearers: list[Cluster], mention: Mention) -> list[Cluster]:
    """Of those who share a surname the one introduced, or so called, before it stands alone.

    An article on *Ada Hill* calls her *Hill* before and after it names *Sherri Hill*, too.
    """
    before = [c for c in bearers if c.mentions[0].position < mention.position]
    subject = [c for c in before if _is_subject(c)]
    if len(subject) == 1:
        return _nearer(subject[0], before, mention) or subject
    known = [c for c in before if fold(mention.text) in {fold(n) for n in c.names}]
    if len(known) == 1:
        return known
    return before or bearers


def _is_subject(cluster: Cluster) -> bool:
    """Whether a text is about somebody: its first sentence names them, and it does so again."""
    in_full = [m for m in cluster.mentions if m.form == "name" and " " in m.text]
    return bool(in_full) and in_full[0].sentence == 0 and len(in_full) > 1


def _nearer(subject: Cluster, bearers: list[Cluster], mention: Mention) -> list[Cluster]:
    """The one other bearer named in this sentence or the one before, where the subject is not."""

    def near(cluster: Cluster) -> bool:
        last = cluster.before(mention)
        return last is not None and mention.sentence - last.sentence <= 1

    others = [c for c in bearers if c is not subject and near(c)]
    return others if len(others) == 1 and not near(subject) else []


def _exact(_: Linker, cluster: Cluster, mention: Mention) -> bool:
    """The same wording; a surname only where no full name is known, since others may bear it."""
    if cluster.type and mention.type and cluster.type != mention.type:
        return False
    name = fold(mention.text)
    known = {fold(n) for n in cluster.names}
    if " " not in name and cluster.type == "person" and any(" " in n for n in known):
        return False
    return name in known and cluster.fits(mention)


def _part_of_person(linker: Linker, cluster: Cluster, mention: Mention) -> bool:
    """``Takaichi`` and ``Sanae Takaichi``; ``Donald`` too, but not a middle name."""
    if cluster.type != "person" or mention.type not in ("person", None):
        return False
    if not cluster.fits(mention):
        return False
    parts = fold(mention.text).split()
    for full in _forms(linker, cluster):
        if len(parts) < len(full) and (full[-len(parts) :] == parts or full[: len(parts)] == parts):
            return True
        if len(parts) > 1 and len(full) > len(parts) and [full[0], full[-1]] == parts:
            return True
    return False


def _forms(linker: Linker, cluster: Cluster) -> Iterator[list[str]]:
    """The words of a person's names; *Ada King of Kent* is *Ada King*, too."""
    for name in cluster.names:
        full = fold(name).split()
        yield full
        at = next((i for i, w in enumerate(full) if w in linker.words.name_joins), 0)
        if at > 1:
            yield full[:at]


def _short_form(linker: Linker, cluster: Cluster, mention: Mention) -> bool:
    """``Toyota`` and ``Toyota Motor Corporation``, ``Church`` and ``Church of Scientology``.

    What the longer name adds must be a legal form or what it is *of*: *Ford* is not the *Ford
    Foundation*.
    """
    if cluster.type != "organization" or mention.type not in ("organization", None):
        return False
    parts = fold(mention.text).split()
    for full in (fold(n).split() for n in cluster.names):
        if len(full) > len(parts) and full[: len(parts)] == parts:
            rest = full[len(parts) :]
            if rest[0] in linker.words.name_joins or rest[-1] in linker.words.legal_forms:
                return True
    return False


def _acronym(_: Linker, cluster: Cluster, mention: Mention) -> bool:
    """``ECB`` and ``European Central Bank``."""
    letters = initials(mention.text) if " " not in mention.text else ""
    if not letters or cluster.type in ("person", "country"):
        return False
    return any(initials(n) == letters for n in cluster.names if " " in n)


_SIEVES: Final[tuple[tuple[str, Callable[[Linker, Cluster, Mention], bool]], ...]] = (
    ("same name", _exact),
    ("part of a person's name", _part_of_person),
    ("short form of an organization", _short_form),
    ("acronym", _acronym),
)
