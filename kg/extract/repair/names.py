"""Names of persons, which are one phrase, and the nouns before them that say who they are."""

from __future__ import annotations

from kg.extract.repair.roles import is_person_noun, is_role_noun
from kg.extract.rules import Rules
from kg.extract.tree import Tree, base

__all__ = ["bearers_of_roles", "names_after_roles", "split_names", "titles_of_one"]


def _is_name(tree: Tree, i: int) -> bool:
    return tree.ent[i] == "PER" and tree.pos[i] in ("PROPN", "NOUN", "X", "VERB")


def _name_start(tree: Tree, i: int, sent: range) -> bool:
    return _is_name(tree, i) and not (i > sent.start and _is_name(tree, i - 1))


def split_names(tree: Tree, sent: range, table: Rules) -> int:
    """One person's name is one flat phrase.

    *Donald* (amod) *Trump*, *Sanae* (nmod) *Takaichi* (nmod).
    """
    made, i = 0, sent.start
    if "PER" not in tree.ent[sent.start : sent.stop]:
        return 0
    while i < sent.stop:
        if not _name_start(tree, i, sent):
            i += 1
            continue
        end = i
        while end + 1 < sent.stop and _is_name(tree, end + 1) and tree.inside[end + 1]:
            end += 1
        span = range(i, end + 1)
        outside = [k for k in span if tree.head[k] not in span or tree.head[k] == k]
        if len(outside) > 1:
            top = outside[0]
            for k in outside[1:]:
                made += tree.attach(k, top, "flat")
        for k in span:
            if tree.pos[k] in ("VERB", "X", "NOUN"):
                tree.tag(k, "PROPN", tree.words[k])
        i = end + 1
    return made


def names_after_roles(tree: Tree, sent: range, table: Rules) -> int:
    """A name after the noun for its bearer's role is an apposition of it and shares its place.

    *la premier giapponese Sanae Takaichi* (parataxis), *il presidente degli Stati Uniti, Donald
    Trump, e la prima ministra giapponese, Sanae Takaichi, hanno siglato*.
    """
    made = 0
    for i in sent if "PER" in tree.ent[sent.start : sent.stop] else ():
        if not _name_start(tree, i, sent):
            continue
        name = i
        while (
            _is_name(tree, tree.head[name])
            and tree.head[name] != name
            and _same_name(tree, i, tree.head[name])
        ):
            name = tree.head[name]
        role = _role_before(tree, i, sent, table)
        if role is None or (tree.head[name] == role and base(tree.dep[name]) in ("appos", "flat")):
            continue
        if tree.dominates(name, role):
            continue
        old_head, old_dep = tree.head[name], tree.dep[name]
        if not tree.attach(name, role, "appos"):
            continue
        made += 1
        if base(old_dep) in ("nsubj", "obj", "obl", "iobj") and not tree.dominates(role, old_head):
            first = role
            while base(tree.dep[first]) == "conj":
                first = tree.head[first]
            if not tree.children(first, "case") or base(old_dep) == "obl":
                tree.attach(first, old_head, old_dep)
    return made


def titles_of_one(tree: Tree, sent: range, table: Rules) -> int:
    """Two titles of one person, or a long one, before the name: the name is what the clause is of.

    *actor and director Paul Berg won*, *l'attore e regista Paolo Verri*, *executive director of the
    chapter of the Council Ann Hill said*. With an article each (*the president and the minister X*)
    or, where a title needs none, with one at all they are two people.
    """
    made = 0
    for i in sent if "PER" in tree.ent[sent.start : sent.stop] else ():
        if not _name_start(tree, i, sent) or (i > sent.start and tree.words[i - 1] == ","):
            continue
        role = tree.head[i]
        if base(tree.dep[i]) in ("appos", "nmod") and role < i and tree.dep[role] == "conj":
            first = tree.head[role]
            links = [tree.words[k] for k in range(first + 1, role) if tree.dep[k] != "amod"]
            if len(links) == 1 and tree.children(role, "cc") and not tree.children(role, "det"):
                made += _entitle(tree, i, (first, role), table)
        elif base(tree.dep[i]) == "nsubj":
            for first in tree.children(tree.head[i], "nsubj"):
                if first < i and tree.end(first) == i - 1 and not tree.children(first, "det"):
                    made += _entitle(tree, i, (first,), table)
    return made


def _entitle(tree: Tree, name: int, roles: tuple[int, ...], table: Rules) -> int:
    """Let a name take the place of the roles before it, which become its titles."""
    first = roles[0]
    if tree.children(first, "det") and not table.with_article:
        return 0
    if tree.dominates(name, first) or tree.head[first] == first:
        return 0
    for role in roles:
        if not _is_role_of_one(tree, role, table):
            return 0
    tree.attach(name, tree.head[first], tree.dep[first])
    for k in tree.children(first, "case"):
        tree.attach(k, name, "case")
    for role in roles:
        tree.attach(role, name, "nmod:desc")
    return 1


def _is_role_of_one(tree: Tree, i: int, table: Rules) -> bool:
    return (
        is_person_noun(tree, i, table) and not _is_name(tree, i) and not tree.has(i, "Number=Plur")
    )


def bearers_of_roles(tree: Tree, sent: range, table: Rules) -> int:
    """A name in an apposition to a role is its bearer's, who stands for it as after any role.

    *the director of the bank, the economist Jo Hill, resigned*: she did.
    """
    made = 0
    for i in sent if "PER" in tree.ent[sent.start : sent.stop] else ():
        if not _name_start(tree, i, sent) or base(tree.dep[i]) not in ("appos", "nmod", "flat"):
            continue
        own = tree.head[i]
        role = tree.head[own]
        while base(tree.dep[role]) == "nmod" and not is_person_noun(tree, role, table):
            role = tree.head[role]  # the mayor of Rome, the lawyer X: Rome is no lawyer
        if base(tree.dep[own]) != "appos" or not role < own < i or tree.children(i, "case"):
            continue
        if not all(_is_role_of_one(tree, k, table) for k in (role, own)):
            continue
        named = any(_is_name(tree, k) for k in tree.children(role, "appos", "nmod", "flat"))
        begin = min((own, *tree.children(own, "det", "amod")))
        if named or tree.children(own, "cc", "conj") or tree.words[begin - 1] != ",":
            continue
        tree.attach(i, role, "appos")
        tree.attach(own, i, "nmod:desc")
        made += 1
    return made


def _same_name(tree: Tree, start: int, other: int) -> bool:
    """True if both tokens are within the one name that begins at ``start``."""
    return other >= start and all(tree.inside[k] for k in range(start + 1, other + 1))


def _role_before(tree: Tree, name: int, sent: range, table: Rules) -> int | None:
    """The role noun whose phrase ends right before ``name`` (a comma may stand between)."""
    at = name - 1
    while (
        at > sent.start
        and tree.head[at] in (name, at + 1)
        and tree.pos[at] in ("PROPN", "ADJ", "NOUN")
        and not _is_name(tree, at)
    ):
        at -= 1  # its own title: … leader, Prime Minister X
    if tree.words[at] != ",":
        at = name - 1
    comma = at >= sent.start and tree.words[at] == ","
    if comma:
        at -= 1
    if tree.pos[at] == "ADP" and tree.head[at] == name:
        return None  # a partner to Washington
    steps = 0
    while at >= sent.start and steps < 6:
        if is_role_noun(tree, at, table) and not _is_name(tree, at):
            return None if comma and _is_taken(tree, at, table) else at
        if tree.pos[at] not in ("ADJ", "PROPN", "ADP", "DET", "NOUN", "PART") or _is_name(tree, at):
            return None
        # only modifiers of the role may stand between it and the name
        at, steps = at - 1, steps + 1
    return None


def _is_taken(tree: Tree, role: int, table: Rules) -> bool:
    """True where the name after a comma is not the bearer of the role before it.

    *For Jo Hill, an instructor in English, Warhol was …*; *after his arrival, Theodorus …*.
    """
    if base(tree.dep[role]) == "appos" and _is_name(tree, tree.head[role]):
        return True
    return not is_person_noun(tree, role, table)
