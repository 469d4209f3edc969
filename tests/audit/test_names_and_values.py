"""What identifiers and values say: the pure part of the audit."""

from datetime import UTC, datetime

import pytest

from truebook.audit import names, values

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("identifier", "stem"),
    [
        ("account_id", ("account",)),
        ("billingAddressID", ("billing", "address")),
        ("statuses_id", ("status",)),
        ("companies_uuid", ("company",)),
        ("created_by", ("created", "by")),
        ("boxes", ("box",)),
        ("staff_id", ("staff",)),
        ("people_id", ("person",)),
    ],
)
def test_a_column_is_named_after_a_thing(identifier: str, stem: tuple[str, ...]) -> None:
    assert names.stem(identifier) == stem


@pytest.mark.parametrize("column", ["creator_id", "assignee_id", "approved_by", "author_id", "attendant_id"])
def test_a_role_people_play_is_known(column: str) -> None:
    assert names.person(column)


@pytest.mark.parametrize("column", ["order_status", "color", "for_id", "number", "bay_id"])
def test_other_words_are_no_people(column: str) -> None:
    assert not names.person(column)


def test_starts_are_told_from_ends_and_stamps() -> None:
    assert [
        name for name in ("datetime", "starts_at", "created_at", "ends_at", "expires_at") if names.is_start(name)
    ] == [
        "datetime",
        "starts_at",
    ]


@pytest.mark.parametrize(
    ("value", "format"),
    [
        ("703409ee-1105-41c0-9a7e-fb5b3612a135", "dashed"),
        ("703409EE-1105-41C0-9A7E-FB5B3612A135", "dashed upper case"),
        ("089DE75EC79BF6E4B00E4159135D545F", "hex upper case"),
        ("089de75ec79bf6e4b00e4159135d545f", "hex"),
        ("-12", "number"),
        ("default-account", "word"),
    ],
)
def test_spellings_of_ids(value: str, format: str) -> None:
    assert values.id_format(value) == format


def test_all_spellings_of_a_uuid_are_one_when_normal() -> None:
    found = values.spellings("089DE75EC79BF6E4B00E4159135D545F")
    assert len(found) == 4
    assert {values.normal(one) for one in found} == {"089de75ec79bf6e4b00e4159135d545f"}


@pytest.mark.parametrize(
    ("value", "format"),
    [
        ("1762163400000", "epoch"),
        ("2025-11-03T10:15:00", "ISO with T"),
        ("2025-11-03 10:15", "ISO with a space"),
        ("2025-12-24", "a plain date"),
        ("02.12.2025 14:00", "a local date"),
        ("soon", "something else"),
    ],
)
def test_spellings_of_times(value: str, format: str) -> None:
    assert values.time_format(value) == format


def test_times_are_comparable_however_they_are_stored() -> None:
    wanted = datetime(2025, 11, 3, 9, 50, tzinfo=UTC)
    stored = [
        "2025-11-03 09:50",
        "2025-11-03T10:50:00+01:00",
        1762163400000,
        1762163400.0,
        wanted,
        wanted.replace(tzinfo=None),
    ]
    assert {values.instant(value) for value in stored} == {wanted}
    assert values.instant("02.12.2025 14:00") is None


def test_counts_are_written_as_people_write_them() -> None:
    assert [values.plural(count, "row") for count in (0, 1, 1204)] == ["0 rows", "1 row", "1,204 rows"]
    assert values.some(["a", "b", "c", "d"]) == "'a', 'b', 'c' …"


def test_reports_show_the_form_of_a_contact_and_not_the_contact() -> None:
    assert values.veiled("0660/7654321") == "••••/•••••21"
    assert values.veiled("whatsapp:+43 660 12") == "whatsapp:+•• ••• 12"
    assert values.veiled("Susi@example.test") == "S•••@example.test"
