"""The account of rows: what came in, what became of it, and whether the two agree."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from truebook.kernel.errors import Fact
from truebook.legacy.outcome import Imported, LeftOut, Outcome, Quarantined
from truebook.legacy.promises import Promise

Key = tuple[str, str]
"""A source table and a row's key in it."""


class RowsLost(Fact):
    """Rows in and rows accounted for differ: the import is not to be trusted, and says where."""

    code = "rows_lost"


@dataclass
class Line:
    """One source table. `rows` is the source's own count; `imported` and `quarantined` hold earlier runs' rows too."""

    table: str
    rows: int
    imported: int = 0
    imported_now: int = 0
    quarantined: int = 0
    quarantined_now: int = 0
    left_out: int = 0

    @property
    def adds_up(self) -> bool:
        """Tell whether every row of the table is accounted for."""
        return self.rows == self.imported + self.quarantined + self.left_out


@dataclass(frozen=True, slots=True)
class Entry:
    """A row in quarantine, or a note on one that went in; `kind` is the reason's or the note's stable name."""

    table: str
    key: str
    kind: str
    text: str


@dataclass
class Report:
    """What an import did, or with `dry` would do."""

    source: str
    dry: bool
    lines: dict[str, Line] = field(default_factory=dict)
    quarantine: list[Entry] = field(default_factory=list)
    notes: list[Entry] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    changed: list[Key] = field(default_factory=list)
    """Rows that earlier runs brought in, and that are no longer what they were in the old database."""
    left_out: set[Key] = field(default_factory=set)
    strange: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)

    def count(self, outcome: Outcome, *, before: bool) -> None:
        """Book one row; `before` tells that an earlier run had booked it just so."""
        line = self.lines[outcome.raw.table]
        match outcome:
            case Imported():
                line.imported += 1
                line.imported_now += not before
                if not before:
                    self.notes.extend(Entry(outcome.raw.table, outcome.raw.key, n.kind, n.text) for n in outcome.notes)
            case Quarantined():
                line.quarantined += 1
                line.quarantined_now += not before
                self.quarantine.append(Entry(outcome.raw.table, outcome.raw.key, outcome.reason, outcome.detail))
            case LeftOut():
                line.left_out += 1
                self.left_out.add((outcome.raw.table, outcome.raw.key))

    @staticmethod
    def kinds(entries: Iterable[Entry]) -> Counter[str]:
        """Count entries by kind, most frequent first."""
        return Counter(dict(Counter(entry.kind for entry in entries).most_common()))

    def check(self) -> None:
        """Raise RowsLost where a table's rows are not all accounted for."""
        wrong = [line for line in self.lines.values() if not line.adds_up]
        if wrong:
            said = "; ".join(
                f"{line.table}: {line.rows} rows, {line.imported} imported + {line.quarantined} in quarantine"
                f" + {line.left_out} left out"
                for line in wrong
            )
            raise RowsLost(f"the account of rows does not add up: {said}", tables=[line.table for line in wrong])

    def json(self) -> dict[str, Any]:
        """Return the whole report as plain JSON."""
        return {
            "source": self.source,
            "dry_run": self.dry,
            "tables": [asdict(line) for line in self.lines.values()],
            "quarantine": [asdict(entry) for entry in self.quarantine],
            "notes": [asdict(entry) for entry in self.notes],
            "changed_since_imported": [{"table": table, "key": key} for table, key in self.changed],
            "promised_but_not_booked": [
                {**asdict(promise), "at": promise.at.isoformat() if promise.at else None} for promise in self.promises
            ],
            "tables_left_alone": self.strange,
            "columns_not_carried_over": self.unread,
        }
