"""The other database, where one was given to compare with."""

from collections import defaultdict
from collections.abc import Iterator

from truebook.audit.findings import Comparison, Finding, Severity
from truebook.audit.inspection import Inspection
from truebook.audit.registry import rule

_LEVELS = {"table": Severity.ERROR, "column": Severity.ERROR, "rows": Severity.INFO, "null": Severity.HINT}


@rule("parity", Severity.WARNING)
def parity(inspection: Inspection) -> Iterator[Finding]:
    """Two databases that should have one schema do not: what works here fails there.

    `truebook audit A --against B` compares tables, columns, types, defaults, keys and numbers of rows. Types that only
    the engines name differently (datetime and timestamptz, text and json) count as the same.

    Fix: bring both to the same migrations; develop on the engine you deploy on.
    """
    by_place: dict[tuple[str, str, str], list[Comparison]] = defaultdict(list)
    for difference in inspection.differences:
        by_place[difference.table, difference.column, difference.aspect].append(difference)
    for (table, column, aspect), found in by_place.items():
        yield Finding(
            table,
            column,
            f"The {aspect} of {table}{'.' + column if column else ''} is not the same in both databases.",
            tuple(f"here {one.here}, there {one.there}" for one in found[:5]),
            severity=_LEVELS.get(aspect),
        )
