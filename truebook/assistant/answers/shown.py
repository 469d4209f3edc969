"""What was done and what is asked, in words: offers, read-backs, receipts, lists, each filled from its act."""

from datetime import time
from zoneinfo import ZoneInfo

from truebook.assistant.acts import (
    Act,
    CodeRefused,
    FreeDays,
    Listing,
    NameWanted,
    Noted,
    Offers,
    ReadBack,
    Receipt,
    Refused,
    Securing,
    SeriesReadBack,
    SeriesReceipt,
    Time,
    WaitingList,
    WaitingReadBack,
    WaitingReceipt,
)
from truebook.assistant.answers.lists import series_in_words, waiting_in_words
from truebook.assistant.answers.reasons import why
from truebook.assistant.answers.scene import Scene
from truebook.assistant.answers.things import Words, details, unread, what
from truebook.language.wording.voice import Voice, receipt, sentence

SERIES = 3
"""As many appointments that come again at the same time are told as one."""


def act_in_words(scene: Scene, act: Act, *, again: int = 0) -> Words:
    """Return the words of an act, and the buttons under them; `again`: how often the question was asked before."""
    voice = scene.voice
    match act:
        case Offers():
            return _offers(scene, act)
        case FreeDays():
            return _free_days(voice, act)
        case ReadBack():
            return _read_back(voice, act, again)
        case Refused():
            return _refused(scene, act)
        case Listing():
            return _listing(voice, act)
        case CodeRefused(limit=limit):
            return voice.say("code_limit" if limit else "code_wrong"), (voice.say("person"),)
        case NameWanted(time=one):
            return _whose_name(voice, one), ()
        case Securing(time=one):
            return voice.say("securing", time=voice.clock(one.local.time())), ()
        case Receipt():
            return _receipt(scene, act), ()
        case Noted():
            return voice.say("noted", words=quoted(act.notes), **_values(voice, act.time)), ()
        case SeriesReadBack() | SeriesReceipt():
            return series_in_words(scene, act)
        case WaitingReadBack() | WaitingReceipt() | WaitingList():
            return waiting_in_words(voice, act)


def _whose_name(voice: Voice, one: Time | None) -> str:
    """Return the question for the customer's name; their own, where it is for somebody who was named."""
    if one is None:
        return voice.say("ask_name")
    own = any(part.guest for part in one.segments)
    return voice.say("ask_own_name_for" if own else "ask_name_for", **_values(voice, one))


def free_in_words(voice: Voice, time: Time) -> str:
    """Return that a time may be had, where that was asked."""
    return sentence(
        _possible(voice, (time,), "") if time.segments or time.seats else _times(voice, (time,), "")
    ).strip()


def _free_days(voice: Voice, act: FreeDays) -> Words:
    if not act.days:
        return voice.say("none_free", service=_services(voice, act)), (voice.say("person"),)
    days = tuple(voice.full_date(day) for day in act.days)
    return voice.say("ask_day_of", service=_services(voice, act), days=voice.one_of(list(days))), days


def _services(voice: Voice, act: FreeDays | Offers) -> str:
    return voice.one_of([voice.service(one) for one in (act.service, *act.also)], "and")


def _offers(scene: Scene, act: Offers) -> Words:
    voice, told = scene.voice, why(scene, act)
    if not act.times:
        return f"{told} {voice.say('none_free', service=_services(voice, act))}".strip(), ()
    which = voice.say("does_it_suit" if len(act.times) == 1 else "which_one")
    if any(one.segments or one.seats for one in act.times):
        return f"{told} {sentence(_possible(voice, act.times, which))}".strip(), _labels(voice, act.times)
    return f"{told} {sentence(_times(voice, act.times, which))}".strip(), _labels(voice, act.times)


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


def _possible(voice: Voice, times: tuple[Time, ...], which: str) -> str:
    """Return the offered times of a visit, or of classes: whoever it is with is said where that is one and the same,
    and when its parts begin where they begin at once, or only one time is offered."""
    timed = len(times) == 1 or all(len({part.start for part in one.segments}) == 1 for one in times)
    told = {what(voice, one, timed=timed) for one in times}
    thing = told.pop() if len(told) == 1 else what(voice, _with_nobody(times[0]), timed=timed)
    if len({one.local.date() for one in times}) > 1:
        items = [
            voice.say("date_time", date=voice.near_date(one.local.date()), time=voice.clock(one.local.time()))
            for one in times
        ]
        return voice.say("possible_several", what=thing, times=voice.one_of(items), which=which)
    people = {one.staff for one in times}
    day = voice.near_date(times[0].local.date())
    if len(people) > 1 and all(people):
        whom = [voice.say("time_with", time=voice.clock(one.local.time()), staff=one.staff) for one in times]
        return voice.say("possible_several", what=thing, times=f"{day}, {voice.one_of(whom)}", which=which)
    clocks = voice.one_of([voice.clock(one.local.time()) for one in times])
    return voice.say("possible_one_day", date=day, what=thing, times=clocks, which=which)


def _with_nobody(one: Time) -> Time:
    segments = tuple(part.model_copy(update={"staff": ""}) for part in one.segments)
    return one.model_copy(update={"staff": "", "segments": segments})


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


def _read_back(voice: Voice, act: ReadBack, again: int) -> Words:
    """Return what is asked for a yes; where it was asked before, first what stands meanwhile."""
    text, buttons = _asked_back(voice, act)
    if act.notes and quoted(act.notes) not in voice.before:  # said once, it is not told with every read-back
        text = f"{voice.say('with_note', words=quoted(act.notes))} {text}"
    text = f"{voice.say('to_be_approved')} {text}" if act.approval else text
    still = {"cancel": "nothing_cancelled", **dict.fromkeys(("move", "change", "places"), "nothing_moved")}
    return f"{voice.say(still.get(act.purpose, 'nothing_booked'))} {text}" if again else text, buttons


def _asked_back(voice: Voice, act: ReadBack) -> Words:
    one = act.time
    values = _values(voice, one)
    if act.purpose == "cancel" and act.also:
        items = [voice.say("item", **_values(voice, one)) for one in (act.time, *act.also)]
        buttons = (voice.say("yes"), voice.say("keep_it"))
        return voice.say("read_back_cancel_all", items=voice.one_of(items, "and")), buttons
    if act.purpose == "cancel":
        return voice.say("read_back_cancel", **values), (voice.say("yes"), voice.say("keep_it"))
    buttons = (voice.say("yes"), voice.say("another_time"))
    if act.purpose == "take" and act.until is not None:
        until = act.until.astimezone(ZoneInfo(one.zone))
        kept = f"{voice.near_date(until.date())}, {voice.clock(until.time())}"
        return voice.say("read_back_take", details=details(voice, one), until=kept, **values), (voice.say("yes"),)
    if act.purpose == "places":
        price = (voice.money(one.price_minor, one.currency),) if one.price_minor is not None and one.currency else ()
        values["what"] = voice.what(one.service, one.staff)
        told = voice.say("comma").join((voice.counted_places(one.seats or 1), *price))
        return voice.say("read_back_places", left=told, **values), (voice.say("yes"), voice.say("keep_it"))
    only_whom = act.before is not None and act.before.start == one.start  # the time stays, somebody else does it
    if (act.purpose == "change" or only_whom) and act.before is not None:
        old = what(voice, act.before)
        return voice.say("read_back_change", old=old, details=details(voice, one), **values), buttons
    if act.purpose == "move" and act.before is not None:
        before = act.before.local
        old = f"{voice.full_date(before.date())}, {voice.clock(before.time())}"
        return voice.say("read_back_move", old=old, **values), buttons
    key = "read_back_request" if act.purpose == "request" else "read_back"
    told = voice.say(key, details=details(voice, one, act.given), **values)
    return unread(voice, act.given) + told, buttons


def _receipt(scene: Scene, act: Receipt) -> str:
    one, voice = act.time, scene.voice
    link = scene.links.of(scene.catalogue.account.slug, act.code)
    told = receipt(voice, act.topic, act.code, link, what(voice, one), one.local, one.zone, changed=act.changed)
    return f"{told} {voice.say('noted_too', words=quoted(act.notes))}" if act.notes else told


def quoted(notes: str) -> str:
    """Return what was noted in one line."""
    return " – ".join(notes.splitlines())


def _refused(scene: Scene, act: Refused) -> Words:
    voice, slug = scene.voice, scene.catalogue.account.slug
    if act.reason == "code_wanted" and act.time and act.time.code:
        return voice.say("code_wanted", link=scene.links.of(slug, act.time.code)), ()
    if act.reason == "book_on_page":
        return voice.say("book_on_page", link=f"{scene.links.base_url}/{slug}"), ()
    if act.reason == "cancel_notice":
        return voice.say("too_late", notice=voice.span(act.minutes or 0)), (voice.say("person"),)
    if act.reason == "too_many_ahead":
        return voice.say("too_many_ahead"), (voice.say("person"),)
    if act.reason == "class_full" and act.time:
        local = act.time.local
        values = {"service": voice.service(act.time.service), "date": voice.full_date(local.date())}
        return f"{voice.say('why_class_full', **values)} {voice.say('kept')}", ()
    if act.reason == "hold_expired":
        return voice.say("not_kept"), ()
    taken = act.reason in ("booked", "buffer") and act.time is not None
    no = voice.say("gone", time=voice.clock(act.time.local.time())) if taken and act.time else voice.say("not_done")
    if not act.times:
        return no, ()
    which = voice.say("which_one")
    several = any(one.segments or one.seats for one in act.times)
    told = _possible(voice, act.times, which) if several else _times(voice, act.times, which)
    return f"{no} {sentence(told)}", _labels(voice, act.times)


def _listing(voice: Voice, act: Listing) -> Words:
    if not act.times:
        return (voice.say("mine_none"), ()) if act.known else (voice.say("mine_unknown"), (voice.say("person"),))
    if act.purpose == "tell":
        return voice.say("mine_one", items="; ".join(_grouped(voice, act.times))), ()
    items = [voice.say("item", **_values(voice, one)) for one in act.times]
    return voice.say("which_appointment", items=voice.one_of(items)), tuple(items)


def _grouped(voice: Voice, times: tuple[Time, ...]) -> list[str]:
    """Return appointments as a list; what comes again at the same time of the same weekday is one item."""
    alike: dict[tuple[str, int, time], list[Time]] = {}
    for one in times:
        alike.setdefault((what(voice, one), one.local.weekday(), one.local.time()), []).append(one)
    items = []
    for same in alike.values():
        if len(same) < SERIES:
            items += [_coded(voice, one) for one in same]
            continue
        days = [voice.full_date(one.local.date()) for one in same]
        values = _values(voice, same[0])
        items.append(voice.say("item_series", count=len(same), first=days[0], last=days[-1], **values))
    return items


def _coded(voice: Voice, one: Time) -> str:
    item = voice.say("item", **_values(voice, one))
    return voice.say("item_code", item=item, code=one.code) if one.code else item


def _values(voice: Voice, one: Time) -> dict[str, object]:
    local = one.local
    return {
        "what": what(voice, one),
        "date": voice.full_date(local.date()),
        "time": voice.clock(local.time()),
        "zone": one.zone,
    }
