"""Words for the customer: templates, filled from acts, that is, from rows, and from the business's own data.

No word of a model's own ever goes out. It chooses what kind of thing is said next; what that says about times and
bookings comes from what its tool calls really did.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, TypeVar

from truebook.assistant.acts import (
    Act,
    Done,
    Listing,
    NameWanted,
    Noted,
    Offers,
    Question,
    ReadBack,
    Refused,
    SeriesReceipt,
    Time,
)
from truebook.assistant.answers import sums, vacancies
from truebook.assistant.answers.business import Concern, about, costs_and_takes, is_known, reopens
from truebook.assistant.answers.reasons import why
from truebook.assistant.answers.scene import Answer, Scene
from truebook.assistant.answers.shown import act_in_words, free_in_words, quoted
from truebook.assistant.answers.things import parts
from truebook.assistant.turn import Say, Topic
from truebook.kernel import clock
from truebook.language import wording
from truebook.language.meaning.questions import FACTS
from truebook.language.wording.voice import Voice, sentence

Read = TypeVar("Read", date, time)
MOST = 5
"""Names or days listed in one question: more is a wall of text."""
BUTTONS = 10
"""Buttons under one question, as many as a list on WhatsApp has."""


def compose(scene: Scene, acts: list[Act], say: Say) -> Answer:
    """Return the answer of a turn: what was done first, then side questions, then the next step."""
    told = [scene.voice.say("unheard", words=one) for one in say.unheard if say.move != "lost"]
    if say.name and not any(isinstance(act, ReadBack) for act in acts):  # there it stands with the rest
        told.append(scene.voice.say("met" if scene.voice.before else "met_first", name=say.name))
    day = _read(date.fromisoformat, say.day or "")
    noted = any(isinstance(act, Noted) for act in acts)  # it stands in the row: that is said, and the team reads it too
    stands = any(isinstance(act, Listing) and act.times for act in acts)
    unsaid = {"note"} if noted else set[str]()
    unsaid |= set[str]() if stands else {"stands"}  # only rows may say so
    asked = sorted((topic for topic in dict.fromkeys(say.about) if topic not in unsaid), key=lambda one: one == "other")
    if "works" in asked:  # what it costs and how long it is stands there
        asked = [topic for topic in asked if topic not in ("price", "length", "who")]
    apart = len(asked) > 1 or any(isinstance(act, Done) for act in acts)
    concern = Concern(
        say.service,
        say.staff,
        day,
        say.phone or scene.phone,
        say.when,
        say.not_here,
        tuple(say.named),
        tuple(say.besides),
        say.move == "ask_service",
        say.wonders,
        apart,
    )
    again, every = _asked_again(scene, asked, concern)
    if every:
        concern = replace(concern, service=None, besides=())
    if again:
        told.append(scene.voice.say("nothing_more"))
    asked = [topic for topic in asked if topic not in again]
    if {"price", "length"} <= {*asked} and not scene.total:
        told += costs_and_takes(scene.voice, scene.shop, ("price", "length"), concern)
        asked = [topic for topic in asked if topic not in ("price", "length")]
    told += [line for topic in asked if topic != "free" for line in _told(scene, topic, concern)]
    if "free" in say.about:
        told += [free_in_words(scene.voice, act.time) for act in acts if isinstance(act, NameWanted) and act.time]
    told = list(dict.fromkeys(told))
    shown = [act for act in acts if isinstance(act, Done)]
    last = _next_step(acts, say)
    if "free" in say.about and isinstance(last, NameWanted):
        last = NameWanted()  # that its time is free was said just now
    done, parts = _done_in_words(scene, shown), list[str]()
    moved = any(isinstance(act, Refused) and act.reason == "stale" for act in acts)
    if moved and not shown and isinstance(last, Question):  # what they agreed to stands otherwise by now
        done.append(scene.voice.say("not_done"))
    buttons: tuple[str, ...] = ()
    if isinstance(last, Listing) and say.move.startswith("ask_"):
        listed = act_in_words(scene, last)[0]
        text, buttons = _move(scene, say, answered=True)
        parts += [listed, text]
    elif isinstance(last, Offers) and say.move == "kept":  # it was to be moved there only if that could be
        parts += [why(scene, last), scene.voice.say("kept")]
    elif last is not None:
        text, buttons = act_in_words(scene, last, again=0 if say.about else say.again)
        pardon = f"{scene.voice.say('pardon')} " if say.move == "lost" else ""
        follows = bool(shown) and isinstance(last, Offers | Question | NameWanted)
        parts.append(pardon + _introduced(scene.voice, say, sentence(text), follows=follows))
    elif not shown or say.move == "person" or say.move.startswith("ask_"):
        text, buttons = _move(scene, say, answered=bool(told))
        parts.append(_introduced(scene.voice, say, text, follows=bool(shown) and say.move != "person"))
    lines = [*done, " ".join(told), *parts]
    text = "\n".join(line for line in lines if line).strip()
    return Answer(text, buttons, hand_over=say.move == "person", asked_again=again)


def _done_in_words(scene: Scene, shown: Sequence[Act]) -> list[str]:
    """Return what was done, a line each; what was noted with all dates of a series is said once."""
    if not any(isinstance(act, SeriesReceipt) for act in shown):
        return [act_in_words(scene, act)[0] for act in shown]
    notes = {act.notes: None for act in shown if isinstance(act, Noted)}
    told = [act_in_words(scene, act)[0] for act in shown if not isinstance(act, Noted)]
    return [*told, *(scene.voice.say("noted_too", words=quoted(one)) for one in notes)]


def put_into_words(acts: Sequence[Act], say: Say | None, before: Sequence[Act] = ()) -> list[Act]:
    """Return the acts of a turn without the questions that its answer does not ask: nobody can say yes to those.

    before: the acts of the last answer; a question that it has asked already is marked so.
    """
    asked = _next_step(acts, say) if say else None
    return [_marked(act, before) for act in acts if act is asked or not isinstance(act, Question)]


def _marked(act: Act, before: Sequence[Act]) -> Act:
    """Return an act, marked where the last answer asked for a yes to the very same, perhaps by another offer's id."""
    if not isinstance(act, Question):
        return act
    asked = [_seen(one) for one in before if isinstance(one, Question)]
    return act.model_copy(update={"again": _seen(act) in asked})


def _seen(act: Question) -> dict[str, Any]:
    """Return what a customer sees of what they are asked to agree to."""
    return act.model_dump(exclude={"again": True, "given": True, "concerns": True, "time": {"id"}})


def _next_step(acts: Sequence[Act], say: Say) -> Act | None:
    """Return the one act that is the next step, and said last; None where a person is called instead."""
    return None if say.move == "person" else next((act for act in reversed(acts) if _speaks(act)), None)


def _told(scene: Scene, topic: Topic, concern: Concern) -> list[str]:
    """Return what is told about a topic."""
    if topic == "price" and scene.total:
        return [sums.in_words(scene.voice, scene.total)]
    if topic == "places" and scene.places:
        return [vacancies.in_words(scene.voice, scene.places, clock.zone(scene.catalogue.account.timezone))]
    if topic == "order" and scene.visit:
        return [scene.voice.in_turn(parts(scene.visit))]
    if topic == "length" and scene.visit and len(scene.visit.segments) <= 1:
        return [_how_long(scene.voice, scene.visit)]
    return about(scene.voice, scene.shop, topic, concern)


def _how_long(voice: Voice, visit: Time) -> str:
    """Return how long a visit that stands takes, and when it is over."""
    over = voice.say("until_hour", end=voice.clock((visit.local + timedelta(minutes=visit.minutes)).time()))
    told = voice.say("comma").join((voice.say("minutes", minutes=visit.minutes), over))
    return voice.say("costs_and_takes", service=voice.service(visit.service), told=told)


def _asked_again(scene: Scene, asked: Sequence[Topic], concern: Concern) -> tuple[frozenset[str], bool]:
    """Return what is asked again though the last answer has told all there is, and whether a price is asked again, of
    which only a part was told: then all prices are."""
    every, again = replace(concern, service=None, besides=()), set[str]()
    for topic in asked:
        sums_up = topic == "price" and scene.total
        if topic in (*FACTS, "price", "other") and is_known(scene.shop, topic) and not sums_up:
            again |= {topic} if _was_said(scene, _told(scene, topic, concern)) else set[str]()
    whole = "price" in again and not _was_said(scene, about(scene.voice, scene.shop, "price", every))
    return frozenset(again - ({"price"} if whole else set[str]())), whole


def _was_said(scene: Scene, lines: Sequence[str]) -> bool:
    """Tell whether the last answer has said all of some lines, word for word."""
    return bool(lines) and all(line in scene.voice.before for line in lines)


def _introduced(voice: Voice, say: Say, text: str, *, follows: bool) -> str:
    """Return a step with the words before it: that it comes next, or that it is the first of several."""
    if follows:
        return voice.say("next", step=text)
    words = [voice.say("one_by_one"), *([_then(voice, say)] if say.then else []), text]
    return " ".join(words) if say.more else text


def _then(voice: Voice, say: Say) -> str:
    """Return which appointments come after the one that is talked about, and on which days if that was told."""
    told = list[str]()
    for one in say.then:
        when = voice.one_of([voice.full_date(date.fromisoformat(day)) for day in one.days])
        if one.days_after and not one.days:
            when = voice.say("days_later", number=one.days_after) if one.days_after > 1 else voice.say("other_day")
        at = [voice.clock(time.fromisoformat(one.at))] if one.at else []
        whom = [voice.for_guest(one.guest)] if one.guest and one.guest[:1].isalpha() else []
        what = [voice.service(one.service)] if one.service else []
        told.append(voice.say("comma").join([*what, *whom, *([when] if when else []), *at]))
    return voice.say("comes_after", what="; ".join(told))


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
    return not (isinstance(act, Done) or on_the_way)


def _move(scene: Scene, say: Say, *, answered: bool) -> tuple[str, tuple[str, ...]]:
    """Return the words of a conversational move; what a model adds to it counts only where it names what there is."""
    voice, shop = scene.voice, scene.catalogue
    theirs = {id for one in shop.staff if one.name == say.staff for id in shop.offers.get(one.id, ())}
    offered = [one.name for one in shop.services if not theirs or one.id in theirs]
    services = [voice.service(one) for one in _named(offered, say.options)]
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
            return voice.say("ask_day", service=voice.one_of([voice.service(one) for one in wanted])), ()
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
        case "answer" if say.about == ["services"]:
            return "", tuple(services[:BUTTONS])
        case "answer" | "shown":
            return "" if answered else voice.say("smalltalk"), () if answered else _choices(voice)
        case "late" | "sorry":
            return voice.say(say.move), (voice.say("person"),)
        case "ask_change":
            return voice.say("ask_change"), (voice.say("another_time"),)
        case "ask_code":
            return voice.say("mine_unknown"), (voice.say("person"),)
        case "no_code":
            return voice.say("no_code"), (voice.say("person"),)
        case "stuck":
            return voice.say("stuck"), (voice.say("person"), *_choices(voice))
        case "smalltalk":
            return voice.say("smalltalk"), _choices(voice)
        case "no_hurry":
            return voice.say("no_hurry" if scene.unsettled else "think_it_over"), ()
        case "thanks" if scene.unsettled:
            return voice.say("thanks_open"), ()
        case "bye" if scene.unsettled:
            return voice.say("bye_open"), ()
        case "bye" if (day := _read(date.fromisoformat, say.day or "")) and day > voice.now.date():
            return voice.say("bye_until", day=voice.weekday(day)), ()
        case "thanks" | "bye" | "kept" | "declined" | "trouble" | "coming" | "ask_count":
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
