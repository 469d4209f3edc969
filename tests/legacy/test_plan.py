"""What becomes of a row, case by case: in with a note where a reference dangles, outside where it is broken."""

from pathlib import Path
from typing import Any

import pytest

from tests.legacy.running import ALICE, BOB, main_row, notes, planned, reason, segment_row
from truebook.kernel.errors import Invalid
from truebook.legacy.options import Options
from truebook.legacy.outcome import LeftOut
from truebook.legacy.promises import claims

pytestmark = pytest.mark.unit

CUT = {"id": "cut", "account_id": "alice", "name": "Cut", "price": 30, "duration_minutes": 30}
VISIT = {
    "id": "v1",
    "account_id": "alice",
    "customer_name": "Carla",
    "customer_phone": "0660 1234567",
    "datetime": "2025-05-05 10:00",
    "duration": 30,
    "status": "confirmed",
    "appointment_type": "cut",
    "created_at": "2025-05-01 10:00:00",
}


def two_businesses(**tables: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    return {"accounts": [ALICE, BOB], "services": [CUT], **tables}


def visit(**changes: Any) -> dict[str, Any]:
    return {**VISIT, **changes}


def test_a_sound_row_goes_in_whole(tmp_path: Path) -> None:
    outcome = planned(tmp_path, two_businesses(appointments=[VISIT]))["appointments/v1"]
    row = main_row(outcome)
    assert (
        segment_row(outcome)["service_name"] == "Cut"
        and row["customer_phone"] == "+436601234567"
        and row["customer_id"]
    )
    assert notes(outcome) == {"new-id", "phone"}


@pytest.mark.parametrize(
    ("changes", "note", "name"),
    [
        ({"appointment_type": "deadbeef-0000-4000-8000-000000000000"}, "dangling-service", None),
        ({"account_id": "bob"}, "foreign-service", None),
        ({"appointment_type": "broken"}, "service-refused", "Broken"),
        ({"appointment_type": "CUT"}, "service-by-name", "CUT"),
        ({"appointment_type": "Perm"}, "free-text", "Perm"),
    ],
)
def test_a_dangling_service_is_dropped_and_its_name_kept(
    changes: dict[str, Any], note: str, name: str | None, tmp_path: Path
) -> None:
    broken = {"id": "broken", "account_id": "alice", "name": "Broken", "price": 1, "duration_minutes": 0}
    tables = two_businesses(appointments=[visit(**changes)]) | {"services": [CUT, broken]}
    outcome = planned(tmp_path, tables)["appointments/v1"]
    assert note in notes(outcome)
    assert segment_row(outcome)["service_name"] == name
    assert (segment_row(outcome)["service_id"] is None) == (note != "service-by-name")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"account_id": None}, "no-business"),
        ({"account_id": ""}, "no-business"),
        ({"account_id": "carol"}, "orphan"),
        ({"datetime": "soon"}, "time"),
        ({"datetime": None}, "time"),
        ({"duration": 0}, "duration"),
        ({"duration": -30}, "duration"),
        ({"duration": 1441}, "duration"),
        ({"duration": "30 min"}, "duration"),
        ({"duration": 30.5}, "duration"),
        ({"status": "maybe"}, "status"),
        ({"status": None}, "status"),
        ({"customer_name": " ", "customer_phone": ""}, "no-customer"),
        ({"notes": "a\x00b"}, "not-text"),
        ({"customer_name": b"\xff"}, "not-text"),
    ],
)
def test_a_broken_row_stays_outside(changes: dict[str, Any], why: str, tmp_path: Path) -> None:
    assert reason(planned(tmp_path, two_businesses(appointments=[visit(**changes)]))["appointments/v1"]) == why


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("booked", "confirmed"),
        ("Confirmed", "confirmed"),
        (" PENDING ", "pending"),
        ("noshow", "no_show"),
        ("no-show", "no_show"),
        ("No Show", "no_show"),
        ("canceled", "cancelled"),
        ("completed", "completed"),
    ],
)
def test_statuses(said: str, status: str, tmp_path: Path) -> None:
    outcome = planned(tmp_path, two_businesses(appointments=[visit(status=said)]))["appointments/v1"]
    assert main_row(outcome)["status"] == status
    assert ("status" in notes(outcome)) == (said.strip() != status)


def test_of_two_that_overlap_the_confirmed_stays_and_then_the_elder(tmp_path: Path) -> None:
    rows = [
        visit(id="pending", status="pending", created_at="2025-04-01 10:00:00"),
        visit(id="younger", datetime="2025-05-05 10:15", created_at="2025-05-02 10:00:00"),
        visit(id="elder", created_at="2025-05-01 10:00:00"),
        visit(id="next", datetime="2025-05-05 10:30"),
        visit(id="over", status="cancelled"),
        visit(id="elsewhere", account_id="bob"),
    ]
    found = planned(tmp_path, two_businesses(appointments=rows))
    stay = [key.split("/")[1] for key, one in found.items() if key.startswith("app") and hasattr(one, "new_id")]
    assert sorted(stay) == ["elder", "elsewhere", "next", "over"]
    assert reason(found["appointments/younger"]) == reason(found["appointments/pending"]) == "overlap"


def test_only_the_chosen_business_goes_in(tmp_path: Path) -> None:
    tables = two_businesses(appointments=[VISIT, visit(id="v2", account_id="bob"), visit(id="v3", account_id=None)])
    found = planned(tmp_path, tables, Options(businesses=("BOB",)))
    assert [key for key, one in found.items() if not isinstance(one, LeftOut)] == ["accounts/bob", "appointments/v2"]


def test_a_business_that_is_not_there_is_refused_with_the_names_that_are(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"Salon Alice \(alice\), Bob's Barber \(bob\)"):
        planned(tmp_path, two_businesses(), Options(businesses=("carol",)))


def test_settings_of_another_business_are_not_linked(tmp_path: Path) -> None:
    bots = [{"id": "b", "account_id": "bob", "system_prompt": "Hi"}]
    found = planned(tmp_path, two_businesses(bot_configs=bots) | {"services": [{**CUT, "bot_config_id": "b"}]})
    assert main_row(found["services/cut"])["bot_config_id"] is None
    assert "dangling-bot" in notes(found["services/cut"])


def test_a_number_that_cannot_be_read_makes_no_customer_and_is_kept(tmp_path: Path) -> None:
    outcome = planned(tmp_path, two_businesses(appointments=[visit(customer_phone="+43 ask Dora")]))["appointments/v1"]
    assert main_row(outcome)["customer_phone"] == "+43 ask Dora" and main_row(outcome)["customer_id"] is None
    assert "phone-unread" in notes(outcome)


def test_one_customer_behind_one_number(tmp_path: Path) -> None:
    later = visit(id="v2", datetime="2025-05-06 10:00", customer_phone="+43 660 1234567", customer_name="C.")
    found = planned(tmp_path, two_businesses(appointments=[VISIT, later]))
    assert main_row(found["appointments/v1"])["customer_id"] == main_row(found["appointments/v2"])["customer_id"]


@pytest.mark.parametrize(
    "text",
    [
        "You're booked for Monday at 10!",
        "Ihr Termin ist gebucht.",
        "Su cita está confirmada.",
        "Votre rendez-vous est réservé.",
        "Hello. I have booked it. Anything else?",
        "L'appuntamento è stato prenotato",
    ],
)
def test_a_claim(text: str) -> None:
    assert claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Shall I get it booked?",
        "It is not booked yet.",
        "Sobald es gebucht ist, melde ich mich.",
        "Monday is fully booked.",
        "That time is already booked.",
        "Wir sind leider ausgebucht.",
        "Your booking wish arrived.",
        "",
    ],
)
def test_no_claim(text: str) -> None:
    assert not claims(text)
