"""What an answer showed, for clients that know single appointments: a series is told as those, too."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Act = dict[str, Any]
"""One act as it is stored with an answer (`truebook.assistant.acts`)."""


def told_singly(acts: Sequence[Act]) -> list[Act]:
    """Return acts, before each series what it is to whoever knows no series: one read-back, or a receipt a date.

    The read-back has the first date in `time` and all of them in `times`; the series' own act stays as it is.
    """
    return [one for act in acts for one in (*_single(act), act)]


def _single(act: Act) -> Iterator[Act]:
    if act["kind"] == "series_read_back":
        times = [{**act["time"], "start": _on(one, act["time"])} for one in act["dates"]]
        whose = {name: act.get(name) for name in ("given", "whom")}
        yield {"kind": "read_back", "purpose": act["purpose"], "time": act["time"], "times": times, **whose}
    if act["kind"] == "series_receipt":
        for one in act["dates"]:
            told = {"topic": act["topic"], "time": _row(one, act["time"]), "code": one["code"]}
            yield {"kind": "receipt", **told, "version": one["version"], "changed": False, "notes": ""}


def _row(one: Act, first: Act) -> Act:
    """Return the appointment of one date as a time; who does the further parts is known of the first date only."""
    away = datetime.fromisoformat(one["start"]) - datetime.fromisoformat(first["start"])
    parts = [
        {**part, "start": _text(datetime.fromisoformat(part["start"]) + away), "staff": "" if away else part["staff"]}
        for part in first.get("segments", ())
    ]
    who = {"staff_id": one.get("staff_id"), "staff": one.get("staff", "")}
    return {**first, **who, "id": one["id"], "code": one["code"], "start": one["start"], "segments": parts}


def _on(day: str, first: Act) -> str:
    """Return the start of a date of a series, whose first start is known: the same hour of the business's clock."""
    zone = ZoneInfo(first["zone"])
    clock = datetime.fromisoformat(first["start"]).astimezone(zone).time()
    return _text(datetime.combine(date.fromisoformat(day), clock, zone))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
