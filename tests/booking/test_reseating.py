"""Whoever has a unit that is to be closed gets another, if and only if trying everything finds a way."""

import random
from itertools import product
from uuid import UUID, uuid4

import pytest

from truebook.booking import bits
from truebook.booking.model import Taken
from truebook.booking.reseating import Holder, shared_out
from truebook.booking.visits import Resource

pytestmark = pytest.mark.unit


def unit(number: int, busy: list[tuple[int, int]]) -> Resource:
    starts, ends = tuple(one[0] for one in busy), tuple(one[1] for one in busy)
    return Resource(UUID(int=number), f"Chair {number}", UUID(int=99), taken=Taken(starts, ends, starts, ends))


def works(wanted: dict[Holder, list[tuple[int, int]]], units: tuple[Resource, ...]) -> bool:
    """Tell whether a choice of units, one for each holder, overlaps nothing."""
    held = [(who, one) for who, ranges in zip(units, wanted.values(), strict=True) for one in ranges]
    held += [(who, one) for who in {*units} for one in zip(who.taken.starts, who.taken.ends, strict=True)]
    return not any(a is b and bits.clash([one], [other]) for n, (a, one) in enumerate(held) for b, other in held[:n])


def test_everybody_is_seated_if_and_only_if_there_is_a_way() -> None:
    found = 0
    for seed in range(300):
        rnd = random.Random(seed)
        units = [unit(n, [(at, at + 2) for at in rnd.sample(range(0, 12, 3), rnd.randrange(3))]) for n in range(3)]
        wanted: dict[Holder, list[tuple[int, int]]] = {}
        for at in rnd.sample(range(12), rnd.randrange(1, 5)):
            wanted[Holder(uuid4(), 1, None)] = [(at, at + 1), (at + 2, at + 2 + rnd.randrange(1, 4))]
        chosen = shared_out(wanted, units)
        possible = any(works(wanted, choice) for choice in product(units, repeat=len(wanted)))
        assert (chosen is not None) == possible, f"seed {seed}"
        if chosen:
            assert works(wanted, tuple(chosen.values()))
            found += 1
    assert 50 < found < 290
