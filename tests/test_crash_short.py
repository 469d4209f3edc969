"""A short run of `make crash`: two apps, two workers, everything is killed once; and one of the eight bugs is caught."""

import asyncio

import pytest

from tests.crash.bugs import BUGS, Bug, planted
from tests.crash.run import piece
from tests.crash.storm import FAULTS
from tests.crash.town import ROOT
from tests.postgres import data_folder

SHORT = (
    "a worker is killed", "an app is killed", "PostgreSQL is killed", "WhatsApp is killed", "the workers die after the send",
    "cut before a webhook's COMMIT", "cut after a booking's COMMIT",
)  # fmt: skip
QUICK = [bug for bug in BUGS if bug.name == "no idempotency"]


@pytest.mark.slow
def test_nothing_that_was_promised_is_broken_while_everything_is_killed() -> None:
    faults = {name: FAULTS[name] for name in SHORT}
    with data_folder() as folder:
        report = asyncio.run(piece(folder, 60, 4, minutes=10, faults=faults, clients=4, people=4))
    assert report.wrong == [], report
    assert set(SHORT) & set(report.happened) and report.happened["bookings acknowledged by REST"] > 20, report


@pytest.mark.unit
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_bug_can_still_be_planted(bug: Bug) -> None:
    for name, before, after in bug.patches:
        assert (ROOT / "truebook" / name).read_text().count(before) == 1, name
        assert before != after


@pytest.mark.slow
@pytest.mark.parametrize("bug", QUICK, ids=lambda bug: bug.name)
def test_a_planted_bug_is_caught(bug: Bug) -> None:
    assert planted(bug)
