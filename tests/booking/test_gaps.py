"""Gaps: what a start makes unsellable, minute by minute, and what offering tight starts is worth."""

import random
from datetime import UTC, datetime, timedelta
from itertools import groupby
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truebook.booking import bits
from truebook.booking.gaps import NEAR, gap_cost, offered, tight

pytestmark = pytest.mark.unit
DAY = bits.mask([(540, 1080)], 1440)
ZERO = datetime(2030, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "ranges", "cost"),
    [
        (540, ((0, 45),), 0),
        (555, ((0, 45),), 15),
        (570, ((0, 45),), 0),
        (1035, ((0, 45),), 0),
        (1020, ((0, 45),), 15),
        (540, ((0, 30), (45, 60)), 15),
        (540, ((0, 30), (60, 90)), 0),
    ],
)
def test_a_start_costs_the_gaps_that_it_leaves(at: int, ranges: tuple[tuple[int, int], ...], cost: int) -> None:
    assert gap_cost(DAY, at, ranges, 30) == cost


def test_filling_a_gap_that_nobody_could_book_is_a_gain() -> None:
    assert gap_cost(bits.mask([(540, 560)], 1440), 540, ((0, 20),), 30) == -20


def instant(at: int) -> datetime:
    return ZERO + timedelta(minutes=at)


def unsellable(minutes: set[int], shortest: int) -> int:
    runs = [len(list(run)) for _, run in groupby(sorted(minutes), key=lambda m, n=iter(range(1440)): m - next(n))]
    return sum(run for run in runs if run < shortest)


@given(
    st.sets(st.integers(0, 99)),
    st.integers(0, 99),
    st.lists(st.integers(1, 12), min_size=1, max_size=4),
    st.integers(5, 30),
)
def test_the_cost_is_what_counting_minute_by_minute_gives(
    free: set[int], at: int, lengths: list[int], shortest: int
) -> None:
    ranges, begin = [], 0
    for n, length in enumerate(lengths):
        if n % 2 == 0:
            ranges.append((begin, begin + length))
        begin += length
    free |= {at + minute for a, b in ranges for minute in range(a, b)}
    left = free - {at + minute for a, b in ranges for minute in range(a, b)}
    cost = gap_cost(sum(1 << minute for minute in free), at, ranges, shortest)
    assert cost == unsellable(left, shortest) - unsellable(free, shortest)


def test_tight_starts_are_offered_only_where_one_is_near() -> None:
    starts = {ZERO: 15, ZERO + NEAR: 0, ZERO + 2 * NEAR: 0}
    assert tight(list(starts), ZERO, lambda one: one, starts.__getitem__) == [ZERO + NEAR]
    assert tight(list(starts), ZERO - timedelta(minutes=1), lambda one: one, starts.__getitem__) == list(starts)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 1)), max_size=20), st.integers(-5, 45))
def test_without_a_wish_everything_is_offered_that_would_be_for_some_wish(
    drawn: list[tuple[int, int]], wished: int
) -> None:
    """Though nothing that leaves a gap where something near it leaves none."""
    starts = dict(sorted((ZERO + n * timedelta(minutes=15), cost) for n, cost in drawn))
    kept = offered(list(starts), lambda one: one, starts.__getitem__)
    for one in starts:
        near = [other for other, cost in starts.items() if not cost and abs(other - one) <= NEAR]
        assert (one in kept) == (not starts[one] or not near)
    at = ZERO + wished * timedelta(minutes=15)
    shown = tight(kept, at, lambda one: one, starts.__getitem__)
    assert bool(shown) == bool(starts)


def test_days_that_are_offered_tight_sell_more() -> None:
    """The same people ask on the same days; everybody takes the offer next to the wish."""

    def sold(seed: int, offered_tight: bool) -> int:
        rnd, free, minutes = random.Random(seed), DAY, 0
        for _ in range(20):
            length, wish = rnd.choice((30, 45, 45, 60, 90)), ZERO + timedelta(minutes=rnd.randrange(540, 1080, 15))
            offers = list(bits.places(bits.starts(free, [(0, length)]) & bits.grid(0, 1440, 15)))
            if offered_tight:
                costs = {at: gap_cost(free, at, [(0, length)], 30) for at in offers}
                offers = tight(offers, wish, instant, costs.__getitem__)
            if offers:
                at = min(offers, key=[abs(instant(at) - wish) for at in range(1440)].__getitem__)
                free &= ~bits.mask([(at, at + length)], 1440)
                minutes += length
        return minutes

    assert mean(sold(seed, True) for seed in range(60)) > mean(sold(seed, False) for seed in range(60))
