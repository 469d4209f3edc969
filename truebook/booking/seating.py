"""Who does what: a small search, since roles that want the same resource at the same time must share out the few."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from truebook.booking.errors import TooMuch
from truebook.booking.needs import Need
from truebook.booking.visits import Resource

LOOKS = 400_000
"""How often a search may look at whether somebody could do something, half a second of the processor. What shares out
in no time takes a handful; nobody waits for the rest."""

Options = Sequence[Sequence[Resource]]
"""For each need, who is free for it."""


class Patience:
    """How much longer a search may take: for all starts of a question together."""

    def __init__(self) -> None:
        self.looks = LOOKS

    def spend(self, looks: int) -> None:
        """Take note of some looks; raise TooMuch where they were the last."""
        self.looks -= looks
        if self.looks < 0:
            raise TooMuch("segments", "that takes too long to work out: ask for fewer days, or fewer segments at once")


def seat(
    needs: Sequence[Need], together: list[list[int]], options: Options, patience: Patience
) -> tuple[Resource, ...] | None:
    """Return who fills each need, the least busy first; None where they do not suffice. `together` is from `groups`.

    A guest keeps a room or a chair where that is possible. Needs that are nobody's rivals decide for themselves.
    """
    if not all(options):
        return None
    chosen: dict[int, Resource] = {}
    for group in together:
        if len(group) == 1:
            (n,) = group
            chosen[n] = min(options[n], key=_preference(needs, n, chosen))
        elif not _seat(needs, group, {n: options[n] for n in group}, chosen, patience):
            return None
    return tuple(chosen[n] for n in range(len(needs)))


def short_of(needs: Sequence[Need], options: Options) -> int:
    """Return the place of the first need that cannot be filled beside those before it, where `seat` fails."""
    for count in range(1, len(needs)):
        before = [replace(one, rivals=frozenset(n for n in one.rivals if n < count)) for one in needs[:count]]
        if seat(before, groups(before), options[:count], Patience()) is None:
            return count - 1
    return len(needs) - 1


def groups(needs: Sequence[Need]) -> list[list[int]]:
    """Return the places of needs that decide about one another, directly or through others, in order."""
    left, found = dict.fromkeys(range(len(needs))), []
    while left:
        todo, group = [next(iter(left))], set[int]()
        while todo:
            n = todo.pop()
            if n in left:
                del left[n]
                group.add(n)
                todo += needs[n].rivals
        found.append(sorted(group))
    return found


def _seat(
    needs: Sequence[Need],
    group: list[int],
    options: dict[int, Sequence[Resource]],
    chosen: dict[int, Resource],
    patience: Patience,
) -> bool:
    """Seat a group: the need with the fewest options left first, and no choice that leaves a rival without any."""

    def go(left: dict[int, Sequence[Resource]]) -> bool:
        if not left:
            return True
        if not _enough(needs, left, patience):
            return False
        n = min(left, key=lambda one: len(left[one]))
        rest = {one: of for one, of in left.items() if one != n}
        for who in sorted(left[n], key=_preference(needs, n, chosen)):
            chosen[n] = who
            narrowed = {
                one: [other for other in of if other is not who] if one in needs[n].rivals else of
                for one, of in rest.items()
            }
            if all(narrowed.values()) and go(narrowed):
                return True
            del chosen[n]
        return False

    return go(options)


def _preference(needs: Sequence[Need], n: int, chosen: dict[int, Resource]) -> Callable[[Resource], Any]:
    """Prefer what the same guest has already, then who has least to do; else the order they came in."""
    guest = needs[n].asks[0].guest
    had = {who for one, who in chosen.items() if needs[one].asks[0].guest == guest}
    return lambda who: (who not in had, len(who.taken))


def _enough(needs: Sequence[Need], left: dict[int, Sequence[Resource]], patience: Patience) -> bool:
    """Tell whether at every moment as many are free as are needed, each for somebody: else no search finds any."""
    patience.spend(len(left))
    for moment in {begin for n in left for begin, _ in needs[n].work}:
        at_once = [n for n in left if any(begin <= moment < until for begin, until in needs[n].work)]
        if len(at_once) > 1 and not _matched(at_once, left, patience):
            return False
    return True


def _matched(at_once: list[int], options: dict[int, Sequence[Resource]], patience: Patience) -> bool:
    """Tell whether each can have one of its own. Source: Kuhn's algorithm for bipartite matching."""
    held: dict[Resource, int] = {}

    def find(n: int, seen: set[Resource]) -> bool:
        patience.spend(len(options[n]))
        for who in options[n]:
            if who not in seen:
                seen.add(who)
                if who not in held or find(held[who], seen):
                    held[who] = n
                    return True
        return False

    return all(find(n, set()) for n in at_once)
