"""What a column refers to by its name: how alike the names of columns and tables are."""

from collections.abc import Iterator

from truebook.audit import names
from truebook.audit.model import Column
from truebook.audit.vocabulary import Guess, Parent, Reading, Thing, Vocabulary


def by_name(vocabulary: Vocabulary, read: Reading) -> Iterator[Guess]:
    """Yield the parents a column is named after: account_id, billing_address_id, country_code, sku."""
    found = [(parent, _weight(vocabulary, read, parent)) for parent in vocabulary.parents]
    sure = any(weight > 1 for _, weight in found)
    meant = [] if sure else _by_parts(read, [parent for parent, weight in found if weight])
    for parent, weight in found:
        if weight:
            yield Guess(parent.table, parent.key, "name", 2 if parent in meant else weight)


def _by_parts(read: Reading, named: list[Parent]) -> list[Parent]:
    """Return those of the likely parents that the names of table and column together make certain."""
    if not read.claims:
        return []
    if parts := [parent for parent in named if _is_part(read.own, read.stem, parent.thing)]:
        return parts
    related = [parent for parent in named if parent.thing[:1] == read.own[:1]]
    clear = named if len(named) == 1 and read.refers else related if len(related) == 1 else []
    loose = [parent for parent in named if read.refers and _is_loose(read.own, read.stem, parent.thing)]
    return [parent for parent in clear if _tail(parent.thing, read.stem)] or loose


def _weight(vocabulary: Vocabulary, read: Reading, parent: Parent) -> int:
    """Return how strongly a column's name says that it means a parent's key: 0 not at all, 3 is its very name."""
    itself = parent.table is read.table
    if not read.stem or (itself and parent.key.name == read.column.name):
        return 0
    whole = (*parent.thing, *names.words(parent.key.name))
    if names.words(read.name) == whole or (read.claims and read.stem in parent.things):
        return 1 if itself else 3
    if not read.claims:
        return 0 if itself else _natural_weight(read.column, parent.key, read.stem == parent.thing)
    if read.is_told_by_type or (read.stem == names.thing(read.table.name) and len(read.table.primary_key) > 1):
        return 0
    if _is_part(read.own, read.stem, parent.thing) and not itself:
        return 1
    if any(one is not read.table for one in vocabulary.things.get(read.stem, ())):
        return 0
    if any(_tail(read.stem, thing) for thing in parent.things):
        return 1 if names.has(read.name, names.ELSEWHERE) else 2
    return 1 if not itself and (_tail(parent.thing, read.stem) or _is_loose(read.own, read.stem, parent.thing)) else 0


def _is_part(own: Thing, stem: Thing, thing: Thing) -> bool:
    """Tell whether a parent is called after table and column together: builds.config_id → build_configs,
    current_node_tags.node_id → current_nodes."""
    before = thing[: -len(stem)]
    one = (*own[:-1], names.singular(own[-1])) if own else ()
    return _tail(thing, stem) and before in (own[: len(before)], one)


def _is_loose(own: Thing, stem: Thing, thing: Thing) -> bool:
    """Tell whether that is so for the end of the column's name: workflows.published_version_id → workflow_versions."""
    return any(_is_part(own, stem[start:], thing) for start in range(1, len(stem)))


def _tail(longer: Thing, shorter: Thing) -> bool:
    return 0 < len(shorter) < len(longer) and longer[-len(shorter) :] == shorter


def _natural_weight(column: Column, key: Column, named_after: bool) -> int:
    """Return how strongly a name without an id word means a key: `sku` twice, `currency` for currencies.code."""
    if column.kind == "uuid" and named_after:
        return 3
    same = names.words(column.name) == names.words(key.name) and column.kind == key.kind
    if (
        same
        and key.name not in ("id", "name", "key", "code")
        and (len(names.words(key.name)) > 1 or key.kind == "text")
    ):
        return 2
    return 1 if named_after and column.kind == key.kind else 0
