"""Finds references between tables, declared or only meant: by name, type, learned roles and values."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from truebook.audit import values
from truebook.audit.likeness import by_name
from truebook.audit.model import Column, ForeignKey, Table
from truebook.audit.questions import Questions
from truebook.audit.roles import Roles
from truebook.audit.sources.source import normalised
from truebook.audit.vocabulary import Guess, How, Vocabulary

PROBED = 200
"""Distinct values of a column that are looked up in other tables' keys."""


@dataclass(frozen=True)
class Link:
    """A reference from a column to a key. Counts are of rows: `orphans` find no parent whatever the spelling,
    `misspelt` find one only once both sides are normalised."""

    child: Table
    column: Column
    parent: Table
    key: Column
    how: How
    foreign_key: ForeignKey | None = None
    rows: int = 0
    orphans: int = 0
    misspelt: int = 0
    samples: tuple[str, ...] = ()
    misspelt_samples: tuple[str, ...] = ()
    certain: bool = True
    """Whether no other table could be meant as well, by the name alone."""

    @property
    def sql(self) -> str:
        """Return the reference as people write it."""
        return f"{self.child.label}.{self.column.name} → {self.parent.label}.{self.key.name}"


def links(asked: Questions) -> Iterator[Link]:
    """Yield every single-column reference, declared ones first, each with its orphans counted."""
    database = asked.database
    vocabulary = Vocabulary(database)
    roles = Roles(database, vocabulary)
    pending = []
    for table in database.tables:
        for key in table.foreign_keys:
            link = _declared(asked, table, key)
            if link:
                yield link
        pending += [(table, column) for column in table.columns if _may_refer(table, column, vocabulary)]
    for done, (table, column) in enumerate(pending):
        asked.progress(f"looking for references: {table.label}.{column.name}", done, len(pending))
        read = vocabulary.read(table, column)
        found = _meant(asked, table, column, [*by_name(vocabulary, read), *roles.guesses(read)])
        if found:
            yield found


def depths(found: Iterable[Link]) -> dict[str, int]:
    """Return by table label the length of the longest way up to a table without parents; circles count once."""
    parents: dict[str, set[str]] = defaultdict(set)
    for link in found:
        if link.child.label != link.parent.label:
            parents[link.child.label].add(link.parent.label)
    known: dict[str, int] = {}
    for label in list(parents):
        _height(label, parents, known)
    return known


def _height(label: str, parents: dict[str, set[str]], known: dict[str, int]) -> int:
    if label not in known:
        known[label] = 0  # what a circle that comes back here will see
        above = [_height(parent, parents, known) for parent in sorted(parents.get(label, ()))]
        known[label] = 1 + max(above, default=-1)
    return known[label]


def _declared(asked: Questions, table: Table, key: ForeignKey) -> Link | None:
    parent = asked.database.by_label.get(key.parent)
    column = table.column(key.columns[0])
    target = parent.column(key.parent_columns[0]) if parent and key.parent_columns else None
    if len(key.columns) != 1 or parent is None or column is None or target is None:
        return None
    guess = Guess(parent, target, "declared", 3)
    return (
        Link(table, column, parent, target, "declared", key)
        if key.valid
        else _measured(asked, table, column, guess, key)
    )


def _may_refer(table: Table, column: Column, vocabulary: Vocabulary) -> bool:
    """Tell whether a column could be a reference nobody declared."""
    if column.kind not in ("uuid", "text", "integer", "other") or table.foreign_key_on(column.name):
        return False
    return not (table.key and table.key.name == column.name and not vocabulary.extends(table, column))


def _meant(asked: Questions, table: Table, column: Column, guesses: list[Guess]) -> Link | None:
    """Return the most likely reference a column stands for, or None."""
    measured = [(guess, _measured(asked, table, column, guess)) for guess in _best_per_parent(guesses)]
    likely = [(guess, link) for guess, link in measured if _convincing(guess, link)]
    if likely:
        return max(likely, key=lambda pair: (_share(pair[1]), pair[0].weight, -pair[1].parent.rows))[1]
    return _by_values(asked, table, column)


def _best_per_parent(guesses: list[Guess]) -> list[Guess]:
    best: dict[tuple[str, str], Guess] = {}
    for guess in sorted(guesses, key=lambda guess: (guess.weight, guess.how == "name")):
        best[guess.parent.label, guess.key.name] = guess
    return list(best.values())


def _share(link: Link) -> float:
    return 1 - link.orphans / link.rows if link.rows else 0.0


def _convincing(guess: Guess, link: Link) -> bool:
    """Tell whether the values bear the name out; the very name needs least, a faint likeness nearly all."""
    alike = link.column.kind == link.key.kind
    if not link.rows:
        return (guess.weight == 3 and (alike or {link.column.kind, link.key.kind} == {"uuid", "text"})) or (
            guess.weight == 2 and alike
        )
    if guess.weight == 3:
        return _share(link) > 0 or (alike and link.parent.rows > 0)
    return _share(link) >= (0.5 if guess.weight == 2 else 0.9) and link.parent.rows > 1


def _by_values(asked: Questions, table: Table, column: Column) -> Link | None:
    """Return the reference that the values alone prove: ids too long to meet by chance that stand in another's key."""
    if column.kind not in ("uuid", "text"):
        return None
    own = [value for value in asked.texts(table, column, limit=PROBED) if values.is_uuid(value)]
    if not own:
        return None
    hits = [
        (len(asked.present(parent, own)), parent)
        for parent in asked.database.tables
        if _can_be_met(parent, table, column)
    ]
    best = max(hits, key=lambda hit: (hit[0], -hit[1].rows), default=(0, table))
    if best[0] < max(1, 0.3 * len(own)) or best[1].key is None:
        return None
    return _measured(asked, table, column, Guess(best[1], best[1].key, "values", 1))


def _can_be_met(parent: Table, table: Table, column: Column) -> bool:
    key = parent.key
    return key is not None and key.kind in ("uuid", "text") and not (parent is table and key.name == column.name)


def _measured(
    asked: Questions, table: Table, column: Column, guess: Guess, foreign_key: ForeignKey | None = None
) -> Link:
    """Return the link with its rows counted: matched, misspelt, orphaned."""
    link = Link(table, column, guess.parent, guess.key, guess.how, foreign_key, certain=guess.certain)
    if not table.rows:
        return link
    measured = _measure_sql(asked, link)
    counted = asked.rows(
        "SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (WHERE NOT near), 0), "
        f"coalesce(sum(n) FILTER (WHERE near AND NOT exact), 0) FROM ({measured}) x"
    )
    rows, orphans, misspelt = (int(number) for number in counted[0]) if counted else (0, 0, 0)
    return replace(
        link,
        rows=rows,
        orphans=orphans,
        misspelt=misspelt,
        samples=_some(asked, measured, "NOT near") if orphans else (),
        misspelt_samples=_some(asked, measured, "near AND NOT exact") if misspelt else (),
    )


def _some(asked: Questions, measured: str, condition: str) -> tuple[str, ...]:
    found = asked.rows(f"SELECT v FROM ({measured}) x WHERE {condition} ORDER BY v LIMIT 3")
    return tuple(row[0] for row in found)


def _measure_sql(asked: Questions, link: Link) -> str:
    """Return SQL for v, n (rows), exact (a match?), near (a match once normalised?); numbers need no normalising."""
    key, column = link.key.sql, link.column.sql
    child = f"SELECT {column} AS v, count(*) AS n FROM {asked.sample(link.child)} WHERE {column} IS NOT NULL GROUP BY 1"
    if link.column.kind == link.key.kind and link.column.kind in ("integer", "uuid"):
        match = f"EXISTS (SELECT 1 FROM {link.parent.sql} p WHERE p.{key} = c.v)"
        return f"SELECT CAST(c.v AS text) AS v, c.n, {match} AS exact, {match} AS near FROM ({child}) c"
    return (
        f"SELECT CAST(c.v AS text) AS v, c.n, e.k IS NOT NULL AS exact, m.k IS NOT NULL AS near FROM ({child}) c "
        f"LEFT JOIN (SELECT DISTINCT CAST({key} AS text) AS k FROM {link.parent.sql}) e ON e.k = CAST(c.v AS text) "
        f"LEFT JOIN (SELECT DISTINCT {normalised(key)} AS k FROM {link.parent.sql}) m ON m.k = {normalised('c.v')}"
    )
