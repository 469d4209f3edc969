"""Series and the waiting list in words: what was asked for as a whole, and what became of it, from the rows."""

from collections.abc import Sequence
from datetime import date, time
from zoneinfo import ZoneInfo

from truebook.assistant.acts import (
    Missed,
    SeriesReadBack,
    SeriesReceipt,
    Time,
    Waiting,
    WaitingList,
    WaitingReadBack,
    WaitingReceipt,
    Window,
)
from truebook.assistant.things import Words, details, unread, what
from truebook.language import wording
from truebook.language.voice import Voice

FEW = 3
"""So many dates that cannot be had are told with why; more only by name."""


def series_in_words(voice: Voice, act: SeriesReadBack | SeriesReceipt) -> Words:
    """Return the words of a series: the question, or what became of its dates."""
    one = act.time
    local = one.local
    values = {
        "what": what(voice, one),
        "time": voice.clock(local.time()),
        "zone": one.zone,
        "count": len(act.dates),
        "rhythm": voice.rhythm(act.rhythm.every, act.rhythm.interval, act.rhythm.weekdays or (local.weekday(),))
        if act.rhythm
        else "",
    }
    missed = _missed(voice, act.missed, one)
    listed = act.rhythm is None
    if isinstance(act, SeriesReceipt):
        zone = ZoneInfo(one.zone)
        days = [dated.start.astimezone(zone).date() for dated in act.dates]
        codes = voice.say("comma").join(dated.code for dated in act.dates)
        key = "receipt_dates" if listed and act.topic != "cancelled" else "receipt_series"
        return voice.say(f"{key}_{act.topic}", codes=codes, missed=missed, **values, **_dates(voice, days)), ()
    if act.purpose == "cancel_series":
        buttons = (voice.say("yes"), voice.say("keep_it"))
        return voice.say("read_back_series_cancel", **values, **_dates(voice, act.dates)), buttons
    told = voice.say(
        "read_back_dates" if listed else "read_back_series",
        details=details(voice, one, act.given), missed=missed, **values, **_dates(voice, act.dates),
    )  # fmt: skip
    return unread(voice, act.given) + told, (voice.say("yes"), voice.say("another_time"))


def waiting_in_words(voice: Voice, act: WaitingReadBack | WaitingReceipt | WaitingList) -> Words:
    """Return the words of the waiting list."""
    items = voice.one_of([_waiting(voice, one) for one in act.entries], "and")
    match act:
        case WaitingReadBack(purpose="wait"):
            return voice.say("read_back_wait", items=items), (voice.say("yes"), voice.say("another_time"))
        case WaitingReadBack():
            return voice.say("read_back_wait_no_more", items=items), (voice.say("yes"), voice.say("keep_it"))
        case WaitingReceipt(topic="waiting"):
            return voice.say("receipt_waiting", items=items), ()
        case WaitingReceipt():
            return voice.say("receipt_waiting_no_more", items=items), ()
        case WaitingList(entries=()):
            return voice.say("waiting_none"), ()
        case WaitingList():
            return voice.say("waiting", items=items), ()


def _dates(voice: Voice, days: Sequence[date]) -> dict[str, str]:
    told = [voice.full_date(day) for day in days]
    return {"first": told[0], "last": told[-1], "dates": voice.one_of(told, "and")}


def _missed(voice: Voice, missed: Sequence[Missed], one: Time) -> str:
    """Return which dates cannot be had, and why where they are few; what follows is set off by a space."""
    if not missed:
        return ""
    table = wording.table(voice.language)
    if len(missed) > FEW or not all(f"why_{miss.reason}" in table for miss in missed):
        days = voice.one_of([voice.full_date(miss.on) for miss in missed], "and")
        return voice.say("not_free", dates=days) + " "
    service = voice.service(one.service)
    told = {"time": voice.clock(one.local.time()), "staff": one.staff or service, "service": service}
    return "".join(voice.say(f"why_{miss.reason}", date=voice.full_date(miss.on), **told) + " " for miss in missed)


def _waiting(voice: Voice, one: Waiting) -> str:
    zone = ZoneInfo(one.zone)
    windows = voice.one_of([_window(voice, window, zone) for window in one.windows])
    return voice.say("item_waiting", what=voice.what(one.service, one.staff), windows=windows)


def _window(voice: Voice, window: Window, zone: ZoneInfo) -> str:
    """Return a window by its days where it is whole days, else by its day and hours."""
    begin, end = window.start.astimezone(zone), window.end.astimezone(zone)
    if begin.time() == end.time() == time():
        last = date.fromordinal(end.date().toordinal() - 1)
        first = voice.full_date(begin.date())
        return first if last == begin.date() else f"{first} – {voice.full_date(last)}"
    return f"{voice.full_date(begin.date())}, {voice.clock(begin.time())}–{voice.clock(end.time())}"
