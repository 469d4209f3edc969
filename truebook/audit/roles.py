"""What a column refers to by the role it plays: its own table for parent_id, people for creator_id, ends of a join."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from truebook.audit import names
from truebook.audit.model import Column, Database, Table
from truebook.audit.vocabulary import Guess, Parent, Reading, Vocabulary


class Roles:
    """Who plays which role in one database."""

    def __init__(self, database: Database, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._people = _actors(vocabulary)
        self._learned = _learned(database)

    def guesses(self, read: Reading) -> Iterator[Guess]:
        """Yield the parents a role stands for."""
        learned = self._learned.get(read.column.name)
        if learned and learned[0] is not read.table:
            yield Guess(*learned, "role", 3 if read.claims else 2)
        if self._vocabulary.has_table(read.stem) or read.is_told_by_type or read.is_key:
            return
        if read.stem == ("tenant",):
            yield from _all(one for one in self._vocabulary.parents if one.thing[-1:] and _is_tenant(one))
        joined = self._joined(read)
        if joined:
            yield Guess(joined.table, joined.key, "role", 2)
        elif read.table.key and names.itself(read.name, read.own) and _may_be_id(read):
            yield Guess(read.table, read.table.key, "role", 2)
        elif self._is_person(read):
            yield from _all(self._people, certain=len(self._people) == 1)

    def _is_person(self, read: Reading) -> bool:
        if read.refers or names.last(read.name) == "to":
            return names.person(read.name) or read.stem in (("from",), ("to",))
        return read.claims and read.stem[-1] in names.ACTORS

    def _joined(self, read: Reading) -> Parent | None:
        """Return what the end of a join means: comment_trees.ancestor_id, account_merges.from_id."""
        side = _end(read)
        if side is None:
            return None
        thing, holding = names.thing(read.table.name), self._vocabulary.holding
        both = [
            (first, second)
            for start in (0, 1)
            for place in range(len(thing) - 1, start, -1)
            if (first := holding(thing[start:place])) and (second := holding(thing[place:]))
        ]
        before = [one for place in range(len(thing) - 1, 0, -1) if (one := holding(thing[:place]))]
        return both[0][side] if both else before[0] if before else None


def _all(parents: Iterator[Parent] | list[Parent], certain: bool = True) -> Iterator[Guess]:
    return (Guess(one.table, one.key, "role", 2, certain) for one in parents)


def _is_tenant(parent: Parent) -> bool:
    return parent.thing[-1] in names.TENANTS


def _may_be_id(read: Reading) -> bool:
    return read.refers or read.column.kind in ("integer", "uuid")


def _end(read: Reading) -> int | None:
    """Return which end of a join a column names, 0 or 1: from and to, entity_1 and entity_2; None where neither.

    `parent` alone is a row's own parent, and an end only where there is a `child` as well.
    """
    stem, stems = read.stem, [names.stem(other.name) for other in read.table.columns]
    for side, (these, others) in enumerate(((names.FIRSTS, names.SECONDS), (names.SECONDS, names.FIRSTS))):
        if len(stem) == 1 and stem[0] in these:
            matched = any(len(one) == 1 and one[0] in others for one in stems)
            return side if matched or stem[0] not in names.SELVES else None
    numbered = sorted(
        other.name
        for other in read.table.columns
        if names.words(other.name)[-1:] != stem[-1:] and names.stem(other.name) == stem
    )
    return numbered.index(read.column.name) if len(numbered) == 2 and read.column.name in numbered else None


def _actors(vocabulary: Vocabulary) -> list[Parent]:
    """Return the table of those who act in a system; several where that is not clear: users, else who else there is."""
    named = {word: [one for one in vocabulary.parents if (word,) in one.things] for word in names.PEOPLE}
    if named["user"]:
        return named["user"][:1]
    acting = [one for word in names.PEOPLE if word not in names.SERVED for one in named[word]]
    joined = vocabulary.things  # app_user, auth_user; but account_user joins two tables
    longer = [one for one in vocabulary.parents if one.thing[-1:] == ("user",) and one.thing[:-1] not in joined]
    return acting or longer or [one for word in names.SERVED for one in named[word]]


def _learned(database: Database) -> dict[str, tuple[Table, Column]]:
    """Return the column names that, wherever they are declared, point to one and the same key."""
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    there = Counter(column.name for table in database.tables for column in table.columns)
    declared = Counter(name for table in database.tables for key in table.foreign_keys for name in key.columns)
    for table in database.tables:
        for key in table.foreign_keys:
            if len(key.columns) == 1 and len(key.parent_columns) == 1 and key.columns[0] not in ("id", "code", "name"):
                seen[key.columns[0]].add((key.parent, key.parent_columns[0]))
    found = {}
    for name, targets in seen.items():
        label, key_name = next(iter(targets))
        parent = database.by_label.get(label)
        key_column = parent.column(key_name) if parent else None
        rare = not names.refers(name) and declared[name] * 2 < there[name]  # `gid` is an end of few, and a name of many
        if len(targets) == 1 and parent and key_column and not rare:
            found[name] = (parent, key_column)
    return found
