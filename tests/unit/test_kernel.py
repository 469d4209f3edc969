"""Ids, clocks and codes."""

import time
from datetime import date, datetime
from uuid import RFC_4122
from zoneinfo import ZoneInfo

import pytest

from truebook.kernel import clock, ids
from truebook.kernel.settings import Settings

pytestmark = pytest.mark.unit


def test_uuid7_is_version_7_and_sorts_after_those_made_before() -> None:
    made = [ids.uuid7() for _ in range(5000)]
    assert {one.version for one in made} == {7} and {one.variant for one in made} == {RFC_4122}
    assert made == sorted(set(made))
    assert abs((made[0].int >> 80) / 1000 - time.time()) < 60


def test_uuid7_goes_on_where_the_clock_steps_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ids.uuid7()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000)
    assert before < ids.uuid7() < ids.uuid7()


def test_codes_have_no_look_alike_letters() -> None:
    letters = set("".join(ids.code() for _ in range(500))) - {"-"}
    assert letters <= set(ids.ALPHABET)
    assert not letters & set("01OI")
    assert len(ids.ALPHABET) == 32


def test_a_skipped_wall_clock_time_does_not_exist() -> None:
    vienna = ZoneInfo("Europe/Vienna")
    assert not clock.exists(datetime(2026, 3, 29, 2, 30, tzinfo=vienna))
    assert clock.exists(datetime(2026, 3, 29, 3, 30, tzinfo=vienna))


def test_minutes_of_a_day_become_instants_across_the_clock_change() -> None:
    vienna = ZoneInfo("Europe/Vienna")
    assert clock.at(date(2026, 3, 28), 600, vienna).hour == 9
    assert clock.at(date(2026, 3, 29), 600, vienna).hour == 8
    assert clock.at(date(2026, 3, 28), 1440, vienna) == clock.at(date(2026, 3, 29), 0, vienna)


def test_an_unknown_zone_is_named() -> None:
    with pytest.raises(ValueError, match="Mars/Base"):
        clock.zone("Mars/Base")


def test_an_address_of_ipv6_stands_in_brackets_in_a_url() -> None:
    assert Settings(host="::1", port=8001).base_url == "http://[::1]:8001"
    assert Settings(host="127.0.0.1").base_url == "http://127.0.0.1:8000"
