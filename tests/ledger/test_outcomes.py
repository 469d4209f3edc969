"""Which of two reports counts: whatever order they come in, all end in the same state."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truebook.kernel import ids
from truebook.ledger.attempts import Token, read_token
from truebook.ledger.outcomes import ARRIVED, LADDER, later, overall

pytestmark = pytest.mark.unit
REPORTS = ["unknown", "accepted", "held", "sent", "delivered", "read", "played", "failed"]


@given(st.lists(st.sampled_from(REPORTS), min_size=1, max_size=4))
def test_any_order_of_reports_ends_in_the_same_state(reports: list[str]) -> None:
    ends = set()
    for order in permutations(reports):
        state = "sending"
        for report in (*order, *order):
            state = later(state, report)
        ends.add(state)
    assert len(ends) == 1


@pytest.mark.parametrize(
    ("before", "reported", "after"),
    [
        ("delivered", "sent", "delivered"),
        ("failed", "sent", "failed"),
        ("sent", "failed", "failed"),
        ("failed", "delivered", "delivered"),
        ("delivered", "failed", "delivered"),
        ("sent", "read", "read"),
        ("unknown", "sent", "sent"),
        ("accepted", "unknown", "accepted"),
    ],
)
def test_a_state_never_goes_back(before: str, reported: str, after: str) -> None:
    assert later(before, reported) == after


@given(st.lists(st.sampled_from(list(LADDER)), min_size=1))
def test_what_arrived_once_has_arrived(attempts: list[str]) -> None:
    assert (overall(attempts) in ARRIVED) == any(one in ARRIVED for one in attempts)


def test_mail_after_a_failure_is_on_its_way() -> None:
    assert overall(["failed", "sending"]) == "sending"


def test_a_token_comes_back_as_it_went_out() -> None:
    token = Token(ids.uuid7(), 3)
    assert read_token(str(token)) == token


@pytest.mark.parametrize(
    "text", [None, "", "tb1", "tb1.x.1", f"tb1.{'0' * 36}.1", "tb1.0190a11c-0000-7000-8000-00000000000a.0"]
)
def test_anything_else_is_no_token(text: str | None) -> None:
    assert read_token(text) is None
