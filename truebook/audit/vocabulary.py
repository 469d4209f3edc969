"""The names of one database: what its tables are called, and how its columns say that they refer to one."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from truebook.audit import names
from truebook.audit.model import Column, Database, Table

How = Literal["declared", "name", "role", "values"]
Thing = tuple[str, ...]
HABIT = 10
"""Columns of one way of naming that make it the schema's own: `artist` for `artist.id`, `artistid`."""
FAMILY = 5
"""Tables that begin with one word, from which on it says what they belong to, and not what they are: `spree_users`."""
_BARE = frozenset("version position number order level rank priority count size year month day hour length".split())
"""Words that are numbers by themselves, whatever tables there are."""


@dataclass(frozen=True)
class Guess:
    """A parent a column may mean, and how much that weighs (3: its very name, 1: a faint likeness).

    It is `certain` where no other table has as good a claim.
    """

    parent: Table
    key: Column
    how: How
    weight: int
    certain: bool = True


@dataclass(frozen=True)
class Parent:
    """A table that can be referred to, and the names of what it holds: `spree_users` holds a spree user, or a user."""

    table: Table
    key: Column
    things: tuple[Thing, ...]

    @property
    def thing(self) -> Thing:
        """Return the whole name."""
        return self.things[0]


@dataclass(frozen=True)
class Reading:
    """A column as its name reads: `stem` is what it is named after, `refers` tells that it has an id word.

    `claims` tells that it says to be a reference, with an id word or in the schema's own way.
    """

    table: Table
    column: Column
    name: str
    refers: bool
    claims: bool
    own: Thing
    """The words of its table."""

    @property
    def stem(self) -> Thing:
        """Return what the column is named after."""
        return names.stem(self.name)

    @property
    def is_key(self) -> bool:
        """Tell whether it is its own table's key."""
        return self.table.key is not None and self.table.key.name == self.column.name

    @property
    def is_told_by_type(self) -> bool:
        """Tell whether its meaning stands in the column beside it: record_id with record_type points anywhere."""
        beside = (*self.stem, "type")
        return any(names.words(other.name) == beside for other in self.table.columns)


class Vocabulary:
    """The words of one database."""

    def __init__(self, database: Database) -> None:
        tables = [table for table in database.tables if not names.is_ledger(table.name)]
        self._whole = {names.thing(table.name) for table in tables}
        families = Counter(words[0] for table in tables if len(words := names.words(table.name)) > 1)
        self._families = {
            word
            for word, count in families.items()
            if count >= max(FAMILY, len(tables) // 10) and (names.singular(word),) not in self._whole
        }
        self.parents = [Parent(table, key, self._names_of(table)) for table in tables if (key := table.key)]
        self.things: dict[Thing, list[Table]] = defaultdict(list)
        for table in tables:
            for thing in self._names_of(table):
                self.things[thing].append(table)
        columns = [column for table in tables for column in table.columns]
        self._run_together = {"".join(thing): thing for thing in self.things}
        self._runs_together = self._is_habit(columns, self._is_run_together)
        self._names_naturally = self._is_habit(columns, self._is_natural)

    def read(self, table: Table, column: Column) -> Reading:
        """Return how a column's name reads in this database."""
        name = self._spelt(column.name)
        refers = names.refers(name)
        return Reading(table, column, name, refers, refers or self._claims(name, column), names.words(table.name))

    def _claims(self, name: str, column: Column) -> bool:
        found = names.words(name)
        return (
            self._names_naturally
            and column.kind in ("integer", "uuid")
            and bool(found)
            and found[-1] == names.singular(found[-1])
            and name.lower() not in _BARE
        )

    def extends(self, table: Table, column: Column) -> bool:
        """Tell whether a table's own key says that its rows belong one to one to another table's: `user_id`, `area`."""
        name = self._spelt(column.name)
        others = self.things.get(names.stem(name), ())
        own = any(names.stem(name) == thing for thing in self._names_of(table))
        return names.refers(column.name) or (
            (name != column.name or self._names_naturally) and not own and any(one is not table for one in others)
        )

    def has_table(self, stem: Thing) -> bool:
        """Tell whether a table holds what a stem ends in."""
        return any(stem[start:] in self.things for start in range(len(stem)))

    def holding(self, thing: Thing) -> Parent | None:
        """Return the table that holds such things."""
        named = (*thing[:-1], names.singular(thing[-1])) if thing else ()
        return next((parent for parent in self.parents if named in parent.things), None)

    def _names_of(self, table: Table) -> tuple[Thing, ...]:
        whole = names.thing(table.name)
        within = [whole[1:]] if whole[:1] and whole[0] in self._families and whole[1:] not in self._whole else []
        counted = [(*whole[:-1], whole[-1][:-1])] if whole and whole[-1].endswith("us") else []  # otus, menus
        return (whole, *(thing for thing in within if thing), *counted)

    def _spelt(self, name: str) -> str:
        """Return a name with its words apart, where the schema runs them together: geographiczoneid, operatedbyid."""
        if not self._is_one_word(name) or not self._runs_together:
            return name
        stem = name[:-2]
        if stem in self._run_together:
            return "_".join((*self._run_together[stem], "id"))
        if stem.endswith("by"):
            return f"{stem[:-2]}_by_id"
        ends = [start for start in range(2, len(stem) - 3) if stem[start:] in self._run_together]
        return "_".join((stem[: ends[0]], *self._run_together[stem[ends[0] :]], "id")) if ends else f"{stem}_id"

    @staticmethod
    def _is_one_word(name: str) -> bool:
        return len(name) > 4 and name.islower() and name.isalpha() and name.endswith("id")

    def _is_run_together(self, column: Column) -> bool:
        return self._is_one_word(column.name) and column.name[:-2] in self._run_together

    def _is_natural(self, column: Column) -> bool:
        return column.kind == "integer" and names.words(column.name) in self.things

    def _is_habit(self, columns: list[Column], way: Callable[[Column], bool]) -> bool:
        """Tell whether more references are named in a way than with an id word."""
        found = sum(1 for column in columns if way(column))
        return found >= HABIT and found > sum(1 for column in columns if names.refers(column.name))
