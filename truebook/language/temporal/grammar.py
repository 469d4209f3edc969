"""A small bottom-up grammar: rules that turn a run of items into one item."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise, product
from typing import Any

from truebook.language.temporal import almanac
from truebook.language.temporal.model import Context
from truebook.language.words.model import TimeWords

MAX_GLUE = 2
SILENT = frozenset({"glue", "stop", "courtesy"})
PROPOSING = SILENT | {"suiting", "weak_at"}
CLOSING = tuple(
    "glue stop courtesy suiting clock at weak_at around joined on daypart day relative weekday part".split()
)


@dataclass(slots=True)
class Item:
    """A stretch of the text and what it may be: kind -> meaning."""

    start: int
    end: int
    kinds: dict[str, Any] = field(default_factory=dict)
    glued: bool = False  # no space before it
    name: bool = False  # an unknown word that is written like a name


@dataclass(slots=True)
class Match:
    """The items a rule matched, with their neighbours."""

    pairs: tuple[tuple[str, Item], ...]
    before: Item | None
    after: tuple[Item, ...]  # what follows, up to the first item that is not glue
    alone: bool  # nothing else is in the text
    suited: bool  # nothing else but the words of a proposal: "is 4 ok", "can we do 4"
    context: Context
    words: TimeWords

    def __getitem__(self, kind: str) -> Any:
        """Return the meaning of the first item matched as kind."""
        return next(item.kinds[kind] for name, item in self.pairs if name == kind)

    def get(self, *kinds: str) -> Any:
        """Return the meaning of the first item matched as one of kinds, the first kind first, or None."""
        return next((item.kinds[name] for kind in kinds for name, item in self.pairs if name == kind), None)

    def all(self, kind: str) -> list[Any]:
        """Return the meanings of all items matched as kind, in order."""
        return [item.kinds[kind] for name, item in self.pairs if name == kind]

    def has(self, kind: str) -> bool:
        """Tell whether some item was matched as kind."""
        return any(name == kind for name, _ in self.pairs)

    def doubles(self, kind: str, *others: str) -> bool:
        """Tell whether an item matched as kind might as well be one of others."""
        return any(other in item.kinds for name, item in self.pairs if name == kind for other in others)

    @property
    def is_parted(self) -> bool:
        """Tell whether a sign stands between two items, such as a comma and a space."""
        gaps = (second.start - first.end for (_, first), (_, second) in pairwise(self.pairs))
        return self.has("mark") or any(gap == len(", ") for gap in gaps)

    @property
    def today(self) -> date:
        """Return the day on which this was said."""
        return self.context.now.date()

    def day_of_month(self, day: int, weekday: int | None = None) -> date | None:
        """Return a day of the month that was spoken of, else the next such day."""
        return almanac.next_day_of_month(self.today, day, weekday, near=self.context.about)

    @property
    def closed(self) -> bool:
        """Tell whether nothing follows that a number could be counting."""
        return not self.after or any(kind in self.after[0].kinds for kind in CLOSING)

    def follows(self, *kinds: str) -> bool:
        """Tell whether the item before the match can be one of kinds."""
        return self.before is not None and any(kind in self.before.kinds for kind in kinds)

    def precedes(self, *kinds: str) -> bool:
        """Tell whether the item right after the match can be one of kinds."""
        return any(kind in item.kinds for item in self.after[:1] for kind in kinds)

    @property
    def leads_to_name(self) -> bool:
        """Tell whether a name follows the match: "5 Bon Air Road" is an address."""
        return bool(self.after) and self.after[0].name and not self.words.capital_nouns

    def leads_to(self, *kinds: str) -> bool:
        """Tell whether what follows the match, past glue, can be one of kinds."""
        return any(kind in item.kinds for item in self.after for kind in kinds)


Kinds = dict[str, Any] | None
Handler = Callable[[Match], Kinds]


@dataclass(slots=True)
class Node:
    """A place in the tree of all rules of a level."""

    next: dict[str, "Node"] = field(default_factory=dict)
    handlers: list[tuple[int, Handler]] = field(default_factory=list)


class Level:
    """A set of rules that are tried together; of several that fit, the longest wins, then the first written."""

    def __init__(self) -> None:
        """Start without rules."""
        self.root = Node()
        self.count = 0

    def rule(self, *patterns: str) -> Callable[[Handler], Handler]:
        """Register a handler for patterns such as "at? num|ord ~oclock"; it returns new kinds, or None to refuse.

        Between two elements glue may stand, except before one that begins with "~".
        """

        def register(handler: Handler) -> Handler:
            for pattern in patterns:
                for kinds in _spelled_out(pattern):
                    self._add(kinds, handler)
            self.count += 1
            return handler

        return register

    def _add(self, kinds: tuple[str, ...], handler: Handler) -> None:
        node = self.root
        for kind in kinds:
            node = node.next.setdefault(kind, Node())
        node.handlers.append((self.count, handler))

    def reduce(self, items: list[Item], context: Context, words: TimeWords) -> list[Item]:
        """Return the items with every run that a rule fits replaced by what the rule makes of it."""
        result: list[Item] = []
        index = 0
        while index < len(items):
            made, after = self._best(items, index, context, words)
            result.append(made or items[index])
            index = after
        return result

    def _best(self, items: list[Item], index: int, context: Context, words: TimeWords) -> tuple[Item | None, int]:
        walked = enumerate(self._walk(self.root, items, index, (), 0))
        found = sorted((-end, order, number, handler, pairs) for number, (end, order, handler, pairs) in walked)
        for end, handler, pairs in ((-end, handler, pairs) for end, _, _, handler, pairs in found):
            before = items[index - 1] if index else None
            silent, proposing = (_alone(items, index, end, kinds) for kinds in (SILENT, PROPOSING))
            match = Match(pairs, before, _following(items, end), silent, proposing, context, words)
            kinds = handler(match)
            if kinds is not None:
                return Item(items[index].start, items[end - 1].end, kinds, items[index].glued), end
        return None, index + 1

    def _walk(
        self, node: Node, items: list[Item], index: int, pairs: tuple[tuple[str, Item], ...], glue: int
    ) -> Iterator[tuple[int, int, Handler, tuple[tuple[str, Item], ...]]]:
        if pairs and not glue:
            for order, handler in node.handlers:
                yield index, order, handler, pairs
        if index == len(items):
            return
        item = items[index]
        for kind in item.kinds:
            for child in (node.next.get(kind), None if glue else node.next.get("~" + kind)):
                if child is not None:
                    yield from self._walk(child, items, index + 1, (*pairs, (kind, item)), 0)
        if pairs and glue < MAX_GLUE and "glue" in item.kinds and node.next:
            yield from self._walk(node, items, index + 1, pairs, glue + 1)


def _spelled_out(pattern: str) -> Iterator[tuple[str, ...]]:
    """Yield every plain sequence of kinds that a pattern with "|" and "?" stands for."""
    choices = []
    for element in pattern.split():
        options = element.rstrip("?").split("|")
        choices.append([*options, ""] if element.endswith("?") else options)
    for chosen in product(*choices):
        yield tuple(kind for kind in chosen if kind)


def _following(items: list[Item], start: int) -> tuple[Item, ...]:
    """Return the items from start on, up to the first that is not glue."""
    end = start
    while end < len(items) and end < start + MAX_GLUE and "glue" in items[end].kinds:
        end += 1
    return tuple(items[start : end + 1])


def _alone(items: list[Item], start: int, end: int, silent: frozenset[str]) -> bool:
    return all(item.kinds.keys() & silent for item in (*items[:start], *items[end:]))
