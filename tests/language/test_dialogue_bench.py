"""The scorers' protocols, spoken with sentences of our own."""

import io
import json
import sys
from pathlib import Path

import pytest

from bench.dialogues import __main__ as table
from bench.dialogues import booking_engine, intents_engine, scorers

pytestmark = pytest.mark.unit

START = {"t": "start", "id": "x/1", "today": "2026-12-01", "providers": {"Salon": ["Anna Berger", "Ben Maier"]}}


def talk(*lines: dict[str, object]) -> list[dict[str, object]]:
    """Return the engine's answers to the user lines of a conversation."""
    engine, answers = booking_engine.Engine(), []
    for line in (START, *lines):
        match line["t"]:
            case "start":
                engine.start(line)
            case "system":
                engine.system(line)
            case "user":
                answers.append(engine.user(line))
    return answers


def test_a_booking_with_acts() -> None:
    confirm = [["CONFIRM", "provider", "Ben Maier"], ["CONFIRM", "date", "2026-12-04"], ["CONFIRM", "time", "15:00"]]
    first, second = talk(
        {"t": "user", "text": "an appointment with Ben on friday at 3 pm"},
        {"t": "system", "text": "Ben Maier, Friday, 3 pm?", "acts": confirm},
        {"t": "user", "text": "yes please"},
    )
    assert first == {
        "intent": "book",
        "provider": "Ben Maier",
        "date": "2026-12-04",
        "time": "15:00",
        "call": None,
    }
    assert second["call"] == {"provider": "Ben Maier", "date": "2026-12-04", "time": "15:00"}


def test_a_booking_by_words_alone() -> None:
    *_, last = talk(
        {"t": "user", "text": "an appointment with Ben on friday at 3 pm"},
        {"t": "system", "text": "Sorry, Ben is not available at 3 pm. Ben has an opening at 4 pm instead.", "acts": []},
        {"t": "user", "text": "that works"},
    )
    assert (last["provider"], last["date"], last["time"]) == ("Ben Maier", "2026-12-04", "16:00")


def test_nothing_is_committed_when_the_answer_changes_the_time() -> None:
    confirm = [["CONFIRM", "provider", "Ben Maier"], ["CONFIRM", "date", "2026-12-04"], ["CONFIRM", "time", "15:00"]]
    *_, last = talk(
        {"t": "user", "text": "an appointment with Ben on friday at 3 pm"},
        {"t": "system", "text": "Friday, 3 pm?", "acts": confirm},
        {"t": "user", "text": "yes at 4 pm"},
    )
    assert last["call"] is None
    assert last["time"] == "16:00"


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("add dentist on friday at 3", None, "create"),
        ("move it to monday", "I've put that on your calendar.", "reschedule"),
        ("delete my lunch", None, "cancel"),
        ("what do i have on friday?", None, "query"),
        ("looks good", "Shall I add it?", "confirm"),
        ("no, leave it", "Shall I add it?", "reject"),
        ("thanks a lot", "I've put that on your calendar.", "chat"),
    ],
)
def test_intents_protocol(text: str, said: str | None, expected: str) -> None:
    assert intents_engine.intent(text, said) == expected


def test_the_intents_engine_answers_line_by_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"t": "intent", "text": "delete my lunch", "prev": null}\n'))
    intents_engine.main()
    assert json.loads(capsys.readouterr().out) == {"intent": "cancel"}


def test_without_the_data_the_table_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("TRUEBOOK_SHARED", str(tmp_path / "nowhere"))
    table.main()
    assert "not here" in capsys.readouterr().out


def test_a_row_stands_beside_its_target() -> None:
    reached = table.Row("wrong bookings", 148, 0.0, 0.003, "lower")
    missed = table.Row("joint", 1396, 0.95, 0.96)
    assert table.line(reached).split() == ["wrong", "bookings", "148", "0.000", "≤", "0.003"]
    assert table.line(missed).split() == ["joint", "1396", "0.950", "≥", "0.960", "missed"]


def test_the_scorers_lines_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = "accuracy 0.9100  n 3\ncancel       n     2  P 1.000 R 0.500 F1 0.667\nmacro-F1 0.6667\n"
    monkeypatch.setattr(scorers, "_run", lambda *_: printed)
    assert scorers.intents() == {"cancel": 0.667, "macro": 0.6667, "cases": 3}
