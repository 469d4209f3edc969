"""Why a wish cannot be met, in words: the hours of that day, who is taken then, or what had to give."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from truebook.assistant.acts import Act, Offers
from truebook.assistant.answers.rota import spans_in_words
from truebook.assistant.answers.scene import Scene
from truebook.booking import rota
from truebook.booking.rota import Duty, Spans
from truebook.db import Transaction
from truebook.language import wording

CLOSED = ("closed", "closed_day")
"""Refusals that are told with the hours of the day."""


async def working(tx: Transaction, acts: Sequence[Act], zone: ZoneInfo) -> tuple[Duty, ...]:
    """Return who works on the day that was wished for, where a wish is refused because of the hours."""
    refused = [one.wished for one in acts if isinstance(one, Offers) and one.reason in CLOSED and one.wished]
    return await rota.read(tx, refused[-1].astimezone(zone).date(), 1) if refused else ()


def why(scene: Scene, act: Offers) -> str:
    """Return why the wished time is not among the offers, or what had to give; nothing where the wish is met."""
    voice, account = scene.voice, scene.catalogue.account
    if act.gave == ["together"]:
        return voice.say("gave_together")
    has_one = any(part.staff == act.staff for one in act.times for part in one.segments)  # of several who come
    told = act.reason in (None, "booked", "buffer", "full") and not has_one
    if told and act.staff and (act.gave == ["staff"] or ("staff" in act.gave and act.reason is None)):
        key = "gave_staff" if _does(scene, act) else "why_not_offered"
        return voice.say(key, staff=act.staff, service=voice.service(act.service))
    if act.reason is None or act.wished is None:
        return _gave(scene, act)
    local = act.wished.astimezone(ZoneInfo(account.timezone))
    if act.reason == "closed" and act.times and local.minute % 5:
        return _gave(scene, act)  # "later": right after an offer, at a minute that nobody named
    if act.reason in ("full", "no_class") and any(one.local.date() == local.date() for one in act.times):
        return _gave(scene, act)
    if act.reason in CLOSED:
        return _hours(scene, act, local)
    several = any(len(one.segments) > 1 for one in act.times)  # of whom another may be the one who is busy
    taken = act.reason == "booked" and act.staff and "staff" in act.gave and not (has_one or several)
    known = "why_taken" if taken else f"why_{act.reason}"
    return _say(scene, act, local, known if known in wording.table(voice.language) else "why_full")


def _gave(scene: Scene, act: Offers) -> str:
    """Return what of the wish none of the offers meets."""
    only = act.gave[0] if len(act.gave) == 1 else None
    key = "gave_day" if only == "day" else "gave_clock" if only == "time" else "gave_time"
    key = f"gave_{act.part}" if only == "time" and act.part else key
    return scene.voice.say(key) if act.gave and act.times else ""


def _hours(scene: Scene, act: Offers, local: datetime) -> str:
    """Return the hours of a day that refuse a wish: of whoever is asked for, or of us all."""
    day, minute = local.date(), local.hour * 60 + local.minute
    every = _all_of(scene.working, day)
    named = [one for one in scene.working if one.name == act.staff]
    spans = named[0].days.get(day, ()) if named else every
    if not every:
        return _say(scene, act, local, "why_closed_day")
    if not spans:
        return _say(scene, act, local, "works_not_on")
    if any(begin <= minute < end for begin, end in spans):
        return _say(scene, act, local, "why_too_long")
    return _say(scene, act, local, "why_works" if named and spans != every else "why_open", hours=spans_in_words(spans))


def _all_of(duties: Sequence[Duty], day: date) -> Spans:
    """Return when anybody works on a day, stretches that touch as one."""
    found = list[tuple[int, int]]()
    for begin, end in sorted(span for one in duties for span in one.days.get(day, ())):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return tuple(found)


def _say(scene: Scene, act: Offers, local: datetime, key: str, **more: str) -> str:
    voice = scene.voice
    told = {"time": voice.clock(local.time()), "date": voice.full_date(local.date())}
    staff = act.staff or scene.catalogue.account.name
    return voice.say(key, staff=staff, service=voice.service(act.service), **told, **more)


def _does(scene: Scene, act: Offers) -> bool:
    """Tell whether the person of an offer does its service."""
    shop = scene.catalogue
    what = {one.id for one in shop.services if one.name == act.service}
    return any(what & set(shop.offers.get(one.id, ())) for one in shop.staff if one.name == act.staff)
