"""What the operator decides before an import."""

from dataclasses import dataclass
from uuid import UUID

from truebook.legacy.ids import spelling
from truebook.legacy.times import Reading


@dataclass(frozen=True, slots=True)
class Options:
    """`businesses` are ids or names, none of them means all; `zone` and `region` help rows that name none."""

    reading: Reading = Reading.LOCAL
    businesses: tuple[str, ...] = ()
    zone: str | None = None
    region: str | None = None

    def chosen(self, key: str, name: str, new_id: UUID) -> bool:
        """Tell whether a business is to go in, by its old id in any spelling, its new id, or its name."""
        names = {wish.strip().casefold() for wish in self.businesses}
        return not names or bool(names & {key.casefold(), spelling(key).casefold(), str(new_id), name.casefold()})
