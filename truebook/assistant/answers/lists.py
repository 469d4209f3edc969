"""Series and the waiting list in words: what was asked for as a whole, and what became of it, from the rows."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
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
)
from truebook.assistant.answers.scene import Scene
from truebook.assistant.answers.things import Words, details, unread, what
from truebook.language import wording
from truebook.language.wording.voice import Voice

DAY = timedelta(days=1)
FEW = 3
"""So many dates are told with why they cannot be had, or with their links; of more only which they are."""


def series_in_words(scene: Scene, act: SeriesReadBack | SeriesReceipt) -> Words:
    """Return the words of a series: the question, or what became of its dates."""
    one, voice = act.time, scene.voice
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
        codes = voice.say("comma").join(_code(scene, act, dated.code) for dated in act.dates)
        key = "receipt_dates" if listed and act.topic != "cancelled" else "receipt_series"
        return voice.say(f"{key}_{act.topic}", codes=codes, missed=missed, **values, **_dates(voice, days)), ()
    if act.purpose == "cancel_series":
        buttons = (voice.say("yes"), voice.say("keep_it"))
        return voice.say("read_back_series_cancel", **values, **_dates(voice, act.dates)), buttons
    if listed and len(act.dates) == 1:  # the only one of several that can be had
        values |= {"date": voice.full_date(act.dates[0]), "details": details(voice, one, act.given)}
        told = missed + voice.say("read_back", **values)
    else:
        told = voice.say(
            "read_back_dates" if listed else "read_back_series",
            details=details(voice, one, act.given, each=True), missed=missed, **values, **_dates(voice, act.dates),
        )  # fmt: skip
    return unread(voice, act.given) + told, (voice.say("yes"), voice.say("another_time"))


def _code(scene: Scene, act: SeriesReceipt, code: str) -> str:
    """Return a code, with its link where there are few and something stands that could be changed."""
    few = len(act.dates) <= FEW and act.topic != "cancelled"
    return f"{code} ({scene.links.of(scene.catalogue.account.slug, code)})" if few else code


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
    local = [(window.start.astimezone(zone), window.end.astimezone(zone)) for window in one.windows]
    windows = voice.one_of([_window(voice, begin, end) for begin, end in _in_a_row(local)])
    return voice.say("item_waiting", what=voice.what(one.service, one.staff), windows=windows)


def _in_a_row(windows: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return windows, the same hours of days in a row as one that ends on the last of these."""
    found = list[tuple[datetime, datetime]]()
    for begin, end in windows:
        first, last = found[-1] if found else (begin, begin)
        follows = _last_day(last) + DAY == begin.date() == _last_day(end)
        if found and follows and (first.time(), last.time()) == (begin.time(), end.time()):
            found[-1] = (first, end)
        else:
            found.append((begin, end))
    return found


def _window(voice: Voice, begin: datetime, end: datetime) -> str:
    """Return a window by its days, and by its hours where it is not whole days."""
    first, last = begin.date(), _last_day(end)
    days = voice.full_date(first) if first == last else f"{voice.full_date(first)} – {voice.full_date(last)}"
    hours = {"begin": voice.clock(begin.time()), "end": voice.clock(end.time())}
    match begin.time() != time(), end.time() != time():
        case False, False:
            return days
        case True, True:
            return f"{days}, {hours['begin']}–{hours['end']}"
        case True, False:
            return f"{days}, {voice.say('from_hour', **hours)}"
        case _:
            return f"{days}, {voice.say('until_hour', **hours)}"


def _last_day(end: datetime) -> date:
    """Return the day on which a window ends: midnight ends the day before."""
    return end.date() - DAY if end.time() == time() else end.date()
