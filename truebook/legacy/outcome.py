"""What becomes of a raw row: imported, kept in quarantine, or left out because its business was not asked for."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from truebook.legacy.raw import Raw
from truebook.legacy.words import NOTES, REASONS


class Elsewhere(Exception):
    """Raised by a conversion for a row of no business the operator chose."""


class Quarantine(Exception):
    """Raised by a conversion where a row cannot become true rows of Truebook. `reason` is stable, `detail` is prose."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        assert reason in REASONS, reason
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Note:
    """Something the import had to decide about a row it took in: nothing is changed without one."""

    kind: str
    text: str

    def __post_init__(self) -> None:
        assert self.kind in NOTES, self.kind


@dataclass(frozen=True, slots=True)
class Row:
    """A row for one of Truebook's tables. `shared` rows (a customer, the default staff) may be there already."""

    table: str
    values: dict[str, Any]
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """A raw row that becomes `rows` of a tenant; `new_id` is the id of the one that stands for it."""

    raw: Raw
    tenant: UUID
    new_id: UUID
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A raw row that stays outside, whole, with the reason; `tenant` is whose it is, None for nobody's."""

    raw: Raw
    reason: str
    detail: str
    tenant: UUID | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A raw row that belongs to no business the operator chose."""

    raw: Raw


@dataclass(frozen=True, slots=True)
class Made:
    """Rows of a tenant that stand for no raw row: the business itself, where the old database knew only one."""

    tenant: UUID
    rows: tuple[Row, ...]


Outcome = Imported | Quarantined | LeftOut
