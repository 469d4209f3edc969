"""Words for the customer. Whatever is said about times and bookings is a template filled from acts, that is, from rows.

The model's own words go out in one case only: nothing about a booking was done or shown in this turn, none is being
arranged, and the words themselves could not be taken for a claim about one.
"""

from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from truebook.assistant.acts import (
    Act,
    Listing,
    NameWanted,
    Offers,
    ReadBack,
    Receipt,
    Refused,
    Securing,
    Time,
)
from truebook.assistant.claims import could_claim
from truebook.assistant.turn import Say, Topic
from truebook.booking.links import Links
from truebook.language import wording
from truebook.language.voice import Voice, receipt
from truebook.tenants.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out: the text, the buttons under it, and whether a person takes over."""

    text: str
    buttons: tuple[str, ...] = ()
    hand_over: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and to whom something is said: a voice, a business, its links, and how lost the customer is."""

    voice: Voice
    catalogue: Catalogue
    links: Links
    misunderstood: int = 0


def _what(voice: Voice, one: Time) -> str:
    return voice.what(one.service, one.staff)


def compose(scene: Scene, acts: list[Act], say: Say, *, arranging: bool) -> Answer:
    """Return the answer of a turn: side questions first, then what was done, then the next step."""
    told = [part for topic in say.about for part in _about(scene, topic, say.service)]
    shown = [act for act in acts if isinstance(act, Receipt)]
    last = next((act for act in reversed(acts) if not isinstance(act, Receipt) and _speaks(act)), None)
    parts = [_receipt(scene, act) for act in shown]
    buttons: tuple[str, ...] = ()
    if last is not None:
        text, buttons = _act(scene, last)
        parts.append(text)
    elif not shown:
        text, buttons = _move(scene, say, answered=bool(told), arranging=arranging)
        parts.append(text)
    return Answer("\n".join([" ".join(told), *parts]).strip(), buttons, hand_over=say.move == "person")


def _speaks(act: Act) -> bool:
    """A list of one, looked up on the way to moving or cancelling it, is not worth saying."""
    return not (isinstance(act, Listing) and act.purpose != "tell" and len(act.times) == 1)


def _act(scene: Scene, act: Act) -> tuple[str, tuple[str, ...]]:
    voice = scene.voice
    match act:
        case Offers():
            return _offers(scene, act)
        case ReadBack():
            return _read_back(voice, act)
        case Refused():
            return _refused(voice, act)
        case Listing():
            return _listing(voice, act)
        case NameWanted():
            return voice.say("ask_name"), ()
        case Securing(time=one):
            return voice.say("securing", time=voice.clock(one.local.time())), ()
        case Receipt():
            return _receipt(scene, act), ()


def _offers(scene: Scene, act: Offers) -> tuple[str, tuple[str, ...]]:
    voice, why = scene.voice, _why(scene, act)
    if not act.times:
        return f"{why} {voice.say('none_free', service=act.service)}".strip(), ()
    which = voice.say("does_it_suit" if len(act.times) == 1 else "which_one")
    return f"{why} {_times(voice, act.times, which)}".strip(), _labels(voice, act.times)


def _times(voice: Voice, times: tuple[Time, ...], which: str) -> str:
    """Return offered times in one sentence: one day, one person where that is so."""
    days, people = {one.local.date() for one in times}, {one.staff for one in times}
    if len(days) > 1:
        items = [voice.say("free_item", **_free(voice, one)) for one in times]
        return voice.say("free_several", times=voice.one_of(items), which=which)
    day = voice.near_date(times[0].local.date())
    if len(people) == 1:
        clocks = voice.one_of([voice.clock(one.local.time()) for one in times])
        return voice.say("free_one_day", date=day, staff=times[0].staff, times=clocks, which=which)
    items = [voice.say("time_with", time=voice.clock(one.local.time()), staff=one.staff) for one in times]
    return voice.say("free_several", times=f"{day}, {voice.one_of(items)}", which=which)


def _free(voice: Voice, one: Time) -> dict[str, object]:
    return {"date": voice.near_date(one.local.date()), "time": voice.clock(one.local.time()), "staff": one.staff}


def _labels(voice: Voice, times: tuple[Time, ...]) -> tuple[str, ...]:
    """Return one button per offered time, as short as it can be told apart."""
    days, people = {one.local.date() for one in times}, {one.staff for one in times}
    return tuple(
        " ".join(
            part
            for part in (
                voice.full_date(one.local.date()) if len(days) > 1 else "",
                voice.clock(one.local.time()),
                one.staff if len(people) > 1 else "",
            )
            if part
        )
        for one in times
    )


def _why(scene: Scene, act: Offers) -> str:
    """Return why the wished time is not among the offers, or nothing where it is or none was wished for."""
    if act.reason is None or act.wished is None:
        return ""
    voice, account = scene.voice, scene.catalogue.account
    local = act.wished.astimezone(ZoneInfo(account.timezone))
    known = f"why_{act.reason}"
    key = known if known in wording.table(voice.language) else "why_full"
    staff = act.staff or account.name
    return voice.say(
        key, time=voice.clock(local.time()), date=voice.full_date(local.date()), staff=staff, service=act.service
    )


def _read_back(voice: Voice, act: ReadBack) -> tuple[str, tuple[str, ...]]:
    one = act.time
    values = _values(voice, one)
    if act.purpose == "cancel":
        return voice.say("read_back_cancel", **values), (voice.say("yes"), voice.say("keep_it"))
    buttons = (voice.say("yes"), voice.say("another_time"))
    if act.purpose == "move" and act.before is not None:
        before = act.before.local
        old = f"{voice.full_date(before.date())}, {voice.clock(before.time())}"
        return voice.say("read_back_move", old=old, **values), buttons
    key = "read_back_request" if act.purpose == "request" else "read_back"
    return voice.say(key, details=_details(voice, one), **values), buttons


def _receipt(scene: Scene, act: Receipt) -> str:
    one = act.time
    link = scene.links.of(scene.catalogue.account.slug, act.code)
    return receipt(scene.voice, act.topic, act.code, link, one.service, one.staff, one.local, one.zone)


def _refused(voice: Voice, act: Refused) -> tuple[str, tuple[str, ...]]:
    if act.reason == "cancel_notice":
        hours = (act.minutes or 0) / 60
        notice = f"{hours:g} h" if hours >= 1 else voice.say("minutes", minutes=act.minutes)
        return voice.say("too_late", notice=notice), (voice.say("person"),)
    taken = act.reason in ("booked", "buffer") and act.time is not None
    no = voice.say("gone", time=voice.clock(act.time.local.time())) if taken and act.time else voice.say("not_done")
    if not act.times:
        return no, ()
    return f"{no} {_times(voice, act.times, voice.say('which_one'))}", _labels(voice, act.times)


def _listing(voice: Voice, act: Listing) -> tuple[str, tuple[str, ...]]:
    if not act.times:
        return voice.say("mine_none"), ()
    items = [voice.say("item", **_values(voice, one)) for one in act.times]
    if act.purpose == "tell":
        return voice.say("mine_one", items="; ".join(items)), ()
    return voice.say("which_appointment", items=voice.one_of(items)), tuple(items)


def _details(voice: Voice, one: Time) -> str:
    """Return how long it takes and what it costs."""
    parts = [voice.say("minutes", minutes=one.minutes)]
    if one.price_minor is not None and one.currency:
        parts.append(voice.money(one.price_minor, one.currency))
    return voice.say("comma").join(parts)


def _values(voice: Voice, one: Time) -> dict[str, object]:
    local = one.local
    return {
        "what": _what(voice, one),
        "date": voice.full_date(local.date()),
        "time": voice.clock(local.time()),
        "zone": one.zone,
    }


def _move(scene: Scene, say: Say, *, answered: bool, arranging: bool) -> tuple[str, tuple[str, ...]]:
    """Return the words of a conversational move."""
    voice, shop = scene.voice, scene.catalogue
    services = voice.one_of([one.name for one in shop.services])
    people = voice.one_of([one.name for one in shop.staff])
    match say.move:
        case "greet":
            return voice.say("greet", business=shop.account.name), ()
        case "ask_service":
            return voice.say("ask_service", services=services), tuple(one.name for one in shop.services[:3])
        case "ask_staff":
            return voice.say("ask_staff", staff=people), ()
        case "ask_day":
            return voice.say("ask_day", service=say.service or services), ()
        case "ask_time" if say.day:
            return voice.say("ask_time", date=voice.near_date(date.fromisoformat(say.day))), ()
        case "ask_time" | "ask_new_time":
            return voice.say("ask_new_time"), ()
        case "ask_which_day":
            days = tuple(voice.full_date(date.fromisoformat(one)) for one in say.options)
            return voice.say("ask_which_day", days=voice.one_of(list(days))), days
        case "ask_which_time":
            clocks = tuple(voice.clock(time.fromisoformat(one)) for one in say.options)
            return voice.say("ask_which_time", times=voice.one_of(list(clocks))), clocks
        case "person":
            return voice.say("handover"), ()
        case "lost":
            return _lost(scene)
        case "answer" | "shown":
            return _own_words(voice, say, answered=answered, arranging=arranging), ()
        case "thanks" | "bye" | "late" | "kept" | "declined" | "smalltalk" | "trouble":
            return voice.say(say.move), ()


def _own_words(voice: Voice, say: Say, *, answered: bool, arranging: bool) -> str:
    """Return the model's own words where they cannot lie; otherwise the desk's."""
    if say.words and not arranging and not could_claim(say.words):
        return say.words.strip()
    return "" if answered else voice.say("already_told" if say.move == "shown" else "smalltalk")


def _lost(scene: Scene) -> tuple[str, tuple[str, ...]]:
    """Return a rephrasing, then buttons, then a person."""
    voice = scene.voice
    choices = wording.table(voice.language)["choices"]
    if scene.misunderstood <= 1:
        return voice.say("lost_1"), ()
    if scene.misunderstood == 2:
        return voice.say("lost_2", choices=voice.one_of(list(choices))), choices
    return voice.say("lost_3"), (voice.say("person"),)


def _about(scene: Scene, topic: Topic, service: str | None) -> list[str]:
    """Return the answer to a side question, from the business's own data."""
    voice, shop = scene.voice, scene.catalogue
    named = [one for one in shop.services if service is None or one.name == service]
    match topic:
        case "services":
            return [voice.say("services", services=voice.one_of([one.name for one in shop.services], "and"))]
        case "price":
            return [_price(voice, one.name, one.price_minor, one.currency) for one in named]
        case "duration":
            return [voice.say("duration", service=one.name, minutes=one.duration_minutes) for one in named]
        case "address":
            known = shop.account.address
            return [voice.say("address", address=known) if known else voice.say("address_unknown")]
        case "hours":
            return [_hours(scene)]


def _price(voice: Voice, service: str, minor: int | None, currency: str) -> str:
    if minor is None:
        return voice.say("price_unknown", service=service)
    return voice.say("price", service=service, price=voice.money(minor, currency))


def _hours(scene: Scene) -> str:
    """Return the week's hours, days with the same hours taken together."""
    voice, week = scene.voice, scene.catalogue.week
    if not week:
        return voice.say("hours_unknown")
    by_hours: dict[str, list[int]] = {}
    for day in (1, 2, 3, 4, 5, 6, 0):
        spans = [f"{_clock(one.opens_minute)}–{_clock(one.closes_minute)}" for one in week if one.weekday == day]
        if spans:
            by_hours.setdefault(" ".join(spans), []).append(day)
    said = [f"{_weekdays(voice, days)} {hours}" for hours, days in by_hours.items()]
    return voice.say("hours", hours="; ".join(said))


def _weekdays(voice: Voice, days: list[int]) -> str:
    from_monday = [(day - 1) % 7 for day in days]
    names = [wording.weekday(voice.language, day) for day in from_monday]
    if len(days) > 2 and from_monday == list(range(from_monday[0], from_monday[0] + len(days))):
        return f"{names[0]}–{names[-1]}"
    return voice.say("comma").join(names)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
