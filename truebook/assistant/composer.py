"""Words for the customer: templates, filled from acts, that is, from rows, and from the business's own data.

No word of a model's own ever goes out. It chooses what kind of thing is said next; what that says about times and
bookings comes from what its tool calls really did.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from truebook.assistant.acts import (
    Act,
    CodeRefused,
    FreeDays,
    Listing,
    NameWanted,
    Offers,
    ReadBack,
    Receipt,
    Refused,
    Securing,
    Time,
)
from truebook.assistant.business import Shop, about, reopens
from truebook.assistant.turn import Say
from truebook.booking.links import Links
from truebook.language import wording
from truebook.language.voice import PLACED, Voice, receipt, sentence
from truebook.tenants.bots import Fact
from truebook.tenants.catalogue import Catalogue

Read = TypeVar("Read", date, time)
MOST = 5
"""Names or days listed in one question: more is a wall of text."""
BUTTONS = 10
"""Buttons under one question, as many as a list on WhatsApp has."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out: the text, the buttons under it, and whether a person takes over."""

    text: str
    buttons: tuple[str, ...] = ()
    hand_over: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and to whom something is said: a voice, a business, its links, how lost the customer is, and what is open.

    `unsettled`: the last answer offered something or read it back, and nothing came of it. `shows_place`: a receipt
    is all that somebody keeps, so it says where to come.
    """

    voice: Voice
    catalogue: Catalogue
    links: Links
    facts: tuple[Fact, ...] = ()
    misunderstood: int = 0
    unsettled: bool = False
    shows_place: bool = False

    @property
    def shop(self) -> Shop:
        """The business with what its owner told about it."""
        return Shop(self.catalogue, self.facts)


def _what(voice: Voice, one: Time) -> str:
    return voice.what(one.service, one.staff)


def compose(scene: Scene, acts: list[Act], say: Say) -> Answer:
    """Return the answer of a turn: side questions first, then what was done, then the next step."""
    told = [scene.voice.say("unheard", words=one) for one in say.unheard if say.move != "lost"]
    told += [line for topic in dict.fromkeys(say.about) for line in about(scene.voice, scene.shop, topic, say.service)]
    shown = [act for act in acts if isinstance(act, Receipt)]
    last = None if say.move == "person" else next((act for act in reversed(acts) if _speaks(act)), None)
    parts = [_receipt(scene, act) for act in shown]
    buttons: tuple[str, ...] = ()
    if last is not None:
        text, buttons = _act(scene, last, again=say.again)
        pardon = f"{scene.voice.say('pardon')} " if say.move == "lost" else ""
        follows = bool(shown) and isinstance(last, Offers | ReadBack | NameWanted)
        parts.append(pardon + _introduced(scene.voice, say, sentence(text), follows=follows))
    elif not shown or say.move == "person" or say.move.startswith("ask_"):
        text, buttons = _move(scene, say, answered=bool(told))
        parts.append(_introduced(scene.voice, say, text, follows=bool(shown) and say.move != "person"))
    return Answer("\n".join([" ".join(told), *parts]).strip(), buttons, hand_over=say.move == "person")


def _introduced(voice: Voice, say: Say, text: str, *, follows: bool) -> str:
    """Return a step with the words before it: that it comes next, or that it is the first of several."""
    if follows:
        return voice.say("next", step=text)
    return f"{voice.say('one_by_one')} {text}" if say.more else text


def closed_for_now(scene: Scene) -> Answer:
    """Return the answer of a business that takes no appointments now: one sentence, and nothing to choose from.

    That needs no model. The link in the receipt still shows the row; nothing is moved or cancelled there meanwhile.
    """
    return Answer(scene.voice.say("closed_for_now", business=scene.catalogue.account.name))


def cannot_read(scene: Scene) -> Answer:
    """Return the answer to a picture, a place, a voice: what the desk can read is words."""
    return Answer(scene.voice.say("cannot_read"))


def _speaks(act: Act) -> bool:
    """Tell whether an act is the next step: receipts come before it, a list of one only leads to it."""
    on_the_way = isinstance(act, Listing) and act.purpose != "tell" and len(act.times) == 1
    return not (isinstance(act, Receipt) or on_the_way)


def _act(scene: Scene, act: Act, *, again: int = 0) -> tuple[str, tuple[str, ...]]:
    voice = scene.voice
    match act:
        case Offers():
            return _offers(scene, act)
        case FreeDays():
            return _free_days(voice, act)
        case ReadBack():
            return _read_back(voice, act, again)
        case Refused():
            return _refused(voice, act)
        case Listing():
            return _listing(voice, act)
        case CodeRefused(limit=limit):
            return voice.say("code_limit" if limit else "code_wrong"), (voice.say("person"),)
        case NameWanted():
            return voice.say("ask_name"), ()
        case Securing(time=one):
            return voice.say("securing", time=voice.clock(one.local.time())), ()
        case Receipt():
            return _receipt(scene, act), ()


def _free_days(voice: Voice, act: FreeDays) -> tuple[str, tuple[str, ...]]:
    if not act.days:
        return voice.say("none_free", service=act.service), (voice.say("person"),)
    days = tuple(voice.full_date(day) for day in act.days)
    return voice.say("ask_day_of", service=act.service, days=voice.one_of(list(days))), days


def _offers(scene: Scene, act: Offers) -> tuple[str, tuple[str, ...]]:
    voice, why = scene.voice, _why(scene, act)
    if not act.times:
        return f"{why} {voice.say('none_free', service=act.service)}".strip(), ()
    which = voice.say("does_it_suit" if len(act.times) == 1 else "which_one")
    return f"{why} {sentence(_times(voice, act.times, which))}".strip(), _labels(voice, act.times)


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
    """Return why the wished time is not among the offers, or what had to give; nothing where the wish is met."""
    voice, account = scene.voice, scene.catalogue.account
    told = act.reason in (None, "booked", "buffer", "full")
    if told and "staff" in act.gave and act.staff:
        return voice.say("gave_staff", staff=act.staff)
    if act.reason is None or act.wished is None:
        return voice.say("gave_time") if act.gave and act.times else ""
    local = act.wished.astimezone(ZoneInfo(account.timezone))
    known = f"why_{act.reason}"
    key = known if known in wording.table(voice.language) else "why_full"
    staff = act.staff or account.name
    return voice.say(
        key, time=voice.clock(local.time()), date=voice.full_date(local.date()), staff=staff, service=act.service
    )


def _read_back(voice: Voice, act: ReadBack, again: int) -> tuple[str, tuple[str, ...]]:
    """Return what is asked for a yes; where it was asked before, first what stands meanwhile."""
    text, buttons = _asked_back(voice, act)
    still = {"cancel": "nothing_cancelled", "move": "nothing_moved"}.get(act.purpose, "nothing_booked")
    return f"{voice.say(still)} {text}" if again else text, buttons


def _asked_back(voice: Voice, act: ReadBack) -> tuple[str, tuple[str, ...]]:
    one = act.time
    values = _values(voice, one)
    if act.purpose == "cancel" and act.also:
        items = [voice.say("item", **_values(voice, one)) for one in (act.time, *act.also)]
        buttons = (voice.say("yes"), voice.say("keep_it"))
        return voice.say("read_back_cancel_all", items=voice.one_of(items, "and")), buttons
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
    told = receipt(scene.voice, act.topic, act.code, link, one.service, one.staff, one.local, one.zone)
    place = scene.catalogue.account.address if scene.shows_place and act.topic in PLACED else None
    return f"{told} {scene.voice.say('address', address=place)}" if place else told


def _refused(voice: Voice, act: Refused) -> tuple[str, tuple[str, ...]]:
    if act.reason == "cancel_notice":
        hours = (act.minutes or 0) / 60
        notice = f"{hours:g} h" if hours >= 1 else voice.say("minutes", minutes=act.minutes)
        return voice.say("too_late", notice=notice), (voice.say("person"),)
    taken = act.reason in ("booked", "buffer") and act.time is not None
    no = voice.say("gone", time=voice.clock(act.time.local.time())) if taken and act.time else voice.say("not_done")
    if not act.times:
        return no, ()
    return f"{no} {sentence(_times(voice, act.times, voice.say('which_one')))}", _labels(voice, act.times)


def _listing(voice: Voice, act: Listing) -> tuple[str, tuple[str, ...]]:
    if not act.times:
        return (voice.say("mine_none"), ()) if act.known else (voice.say("mine_unknown"), (voice.say("person"),))
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


def _move(scene: Scene, say: Say, *, answered: bool) -> tuple[str, tuple[str, ...]]:
    """Return the words of a conversational move; what a model adds to it counts only where it names what there is."""
    voice, shop = scene.voice, scene.catalogue
    services = _named([one.name for one in shop.services], say.options)
    people = _named([one.name for one in shop.staff], say.options)
    match say.move:
        case "greet":
            return voice.say("greet", business=shop.account.name), _choices(voice)
        case "ask_service":
            return voice.say("ask_service", services=voice.one_of(services[:MOST])), tuple(services[:BUTTONS])
        case "ask_staff":
            return voice.say("ask_staff", staff=voice.one_of(people[:MOST])), tuple(people[:BUTTONS])
        case "ask_day":
            wanted = _named([one.name for one in shop.services], [say.service or ""])
            return voice.say("ask_day", service=voice.one_of(wanted)), ()
        case "ask_time" if day := _read(date.fromisoformat, say.day or ""):
            return sentence(voice.say("ask_time", date=voice.near_date(day))), ()
        case "ask_time" | "ask_new_time":
            return voice.say("ask_new_time"), ()
        case "ask_which_day":
            days = [voice.full_date(day) for one in say.options if (day := _read(date.fromisoformat, one))]
            return _which(voice, "ask_which_day", "days", days)
        case "ask_which_time":
            clocks = [
                voice.clock(clock) for one in say.options if (clock := _read(time.fromisoformat, one)) is not None
            ]
            return _which(voice, "ask_which_time", "times", clocks)
        case "person":
            return _hand_over(scene), ()
        case "lost":
            return _lost(scene)
        case "answer" | "shown":
            return "" if answered else voice.say("smalltalk"), () if answered else _choices(voice)
        case "late" | "sorry":
            return voice.say(say.move), (voice.say("person"),)
        case "stuck":
            return voice.say("stuck"), (voice.say("person"), *_choices(voice))
        case "smalltalk":
            return voice.say("smalltalk"), _choices(voice)
        case "bye" if scene.unsettled:
            return voice.say("bye_open"), ()
        case "thanks" | "bye" | "kept" | "declined" | "trouble" | "coming" | "ask_code":
            return voice.say(say.move), ()


def _named(known: list[str], wanted: list[str]) -> list[str]:
    """Return those of the known names that are wanted, or all."""
    return [name for name in known if name in wanted] or known


def _which(voice: Voice, key: str, gap: str, items: list[str]) -> tuple[str, tuple[str, ...]]:
    """Return a question between a few things, or the plain question for a day and a time where there are none."""
    if not items:
        return voice.say("ask_new_time"), ()
    return voice.say(key, **{gap: voice.one_of(items[:MOST])}), tuple(items[:3])


def _read(reader: Callable[[str], Read], text: str) -> Read | None:
    try:
        return reader(text)
    except ValueError:
        return None


def _hand_over(scene: Scene) -> str:
    """Return that a person takes over, and when they can answer, by the week's hours."""
    opens = reopens(scene.catalogue, scene.voice.now)
    if opens is None:
        return scene.voice.say("handover")
    day, clock = sentence(scene.voice.near_date(opens.date())), scene.voice.clock(opens.time())
    return scene.voice.say("handover_later", date=day, time=clock)


def _choices(voice: Voice) -> tuple[str, ...]:
    """Return the buttons that lead on from anywhere."""
    return tuple(wording.table(voice.language)["choices"])


def _lost(scene: Scene) -> tuple[str, tuple[str, ...]]:
    """Return a rephrasing with buttons, then a person."""
    voice = scene.voice
    choices = _choices(voice)
    if scene.misunderstood <= 1:
        return voice.say("lost_1"), choices
    if scene.misunderstood == 2:
        return voice.say("lost_2", choices=voice.one_of(list(choices))), choices
    return voice.say("lost_3"), (voice.say("person"),)
