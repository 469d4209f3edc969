"""What the desk says about the business itself: services, prices, hours, address. All of it from the owner's data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from truebook.assistant.answers import rota
from truebook.assistant.turn import Topic
from truebook.booking.rota import Duty
from truebook.kernel.phones import international
from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import phrases, words_of
from truebook.language.lists.ordinary import mentions, shared_words
from truebook.language.meaning.questions import FACTS
from truebook.language.wording.voice import Voice
from truebook.tenants.bots import Fact
from truebook.tenants.catalogue import Catalogue
from truebook.tenants.services import Service


@dataclass(frozen=True, slots=True)
class Shop:
    """A business as its customers see it, with what its owner told about it besides."""

    catalogue: Catalogue
    facts: tuple[Fact, ...] = ()
    duties: tuple[Duty, ...] = ()
    """Who works when, where that was asked."""
    reminds: tuple[int, ...] = ()
    """How many minutes before an appointment its customer is reminded, the most first, where that was asked."""


@dataclass(frozen=True, slots=True)
class Concern:
    """What a side question is about, as far as it is known: a service, a member of staff, a day."""

    service: str | None = None
    staff: str | None = None
    day: date | None = None
    phone: str | None = None
    when: str = ""
    """When somebody wants to be called, in their own words."""
    not_here: str | None = None
    """Whom they take for one of the team, as they write them."""
    named: tuple[str, ...] = ()
    """Services that are not done here, as they write them."""
    besides: tuple[str, ...] = ()
    """Further services that it is about."""
    chooses: bool = False
    """Whether they are asked next which service they want."""
    wonders: str = ""
    """What they ask on no topic of ours, in their own words."""
    apart: bool = False
    """Whether something else is told as well: then it is said what of it all is not known."""


_FROM_DATA = (
    "services", "price", "length", "hours", "who", "code", "free", "number", "stands", "whom", "nobody", "works",
    "offered", "not_offered",
)  # fmt: skip
PASSED_ON = ("callback", "complaint", "in_writing")
"""What a person is to see to: it is kept among the open questions, in the customer's own words."""


def about(voice: Voice, shop: Shop, topic: Topic, of: Concern) -> list[str]:
    """Return the answer to a side question, about one service, person or day where it is known which.

    What nobody told the desk it says it does not know; the owner reads the question.
    """
    match topic:
        case "callback":
            return [_callback(voice, of)]
        case "complaint" | "in_writing":
            return [voice.say(topic)]
        case "services":
            return [voice.say("services", services=_every(voice, shop))]
        case "not_offered":
            listed = [False] * len(of.named[1:]) + [not of.chooses]
            return [_not_offered(voice, shop, one, lists=last) for one, last in zip(of.named, listed, strict=True)]
        case "offered":
            named = [voice.service(one.name) for one in _named(shop, of)]
            return [voice.say("services_yes", services=voice.one_of(named, "and"))]
        case "price" | "length":
            return costs_and_takes(voice, shop, [topic], of)
        case "works":
            told = fact_about(shop.facts, "other", voice.language)
            return [*costs_and_takes(voice, shop, ["price", "length", "who"], of), *([told] if told else [])]
        case "address" if shop.catalogue.account.address:
            return [voice.say("address", address=shop.catalogue.account.address)]
        case "hours" if of.day and not of.staff and rota.opens(shop.duties, of.day):
            return [rota.open_in_words(voice, shop.duties, of.day)]
        case "who" | "hours" if rota.tells(shop.duties, of.staff, of.day):
            return [rota.in_words(voice, shop.duties, of.staff, of.day)]
        case "hours":
            return [_hours(voice, shop.catalogue)]
        case "who":
            return [line for one in _named(shop, of) if (line := _who(voice, shop.catalogue, one))]
        case "nobody" | "whom":
            return _whom(voice, shop, topic, of)
        case "stands":
            return [voice.say("stands")]
        case "number":
            return [voice.say("own_number", phone=international(of.phone)) if of.phone else voice.say("no_number")]
        case "code":
            return [voice.say("code_opens")]
        case "remind" if shop.reminds:
            return [voice.say("reminds", before=voice.one_of([voice.span(one) for one in shop.reminds], "and"))]
        case "note" | "remind":
            return [voice.say("written_down")]
        case _:
            told = fact_about(shop.facts, topic, voice.language)
            left = unanswered(shop, topic, of.wonders, voice.language)
            unsaid = [_unsaid(voice, shop, topic, replace(of, wonders=left, apart=True))] if left else []
            return [told, *unsaid] if told else [_unsaid(voice, shop, topic, of)]


def _every(voice: Voice, shop: Shop) -> str:
    return voice.one_of([voice.service(one.name) for one in shop.catalogue.services], "and")


def _not_offered(voice: Voice, shop: Shop, what: str, *, lists: bool) -> str:
    """Return what the owner told about something that is no service of theirs; else that it is none, and what they do,
    where that is to be listed."""
    told = next((one.text for one in shop.facts if mentions(one.text, what)), None)
    services = {"services": _every(voice, shop)} if lists else {}
    return told or voice.say("not_offered" if lists else "not_offered_here", what=what, **services)


def costs_and_takes(voice: Voice, shop: Shop, topics: Sequence[Topic], of: Concern) -> list[str]:
    """Return what each service in question costs, how long it takes, or both: "Haircut: €35, 45 minutes."; with "who"
    also with whom it is, where that is one person."""
    people = {one.name: _people(shop.catalogue, [one]) if "who" in topics else [] for one in _named(shop, of)}
    with_whom = {name: some[0] if len(some) == 1 else "" for name, some in people.items()}
    return [line for one in _named(shop, of) for line in _of_service(voice, one, topics, with_whom[one.name])]


def _of_service(voice: Voice, one: Service, topics: Sequence[Topic], staff: str) -> list[str]:
    called, told = voice.what(one.name, staff), list[str]()
    if "price" in topics and one.price_minor is not None:
        told.append(voice.money(one.price_minor, one.currency))
    if "length" in topics:
        told.append(voice.say("minutes", minutes=one.duration_minutes))
    unknown = "price" in topics and one.price_minor is None
    lines = [voice.say("costs_and_takes", service=called, told=voice.say("comma").join(told))] if told else []
    return [*lines, *([voice.say("price_unknown", service=called)] if unknown else [])]


def _named(shop: Shop, of: Concern) -> list[Service]:
    every = shop.catalogue.services
    return [one for one in every if one.name in (of.service, *of.besides)] or list(every)


def _callback(voice: Voice, of: Concern) -> str:
    """Return that a call was asked for: at which number and when, as far as they told."""
    when = voice.say("callback_when", when=of.when) if of.when else ""
    when = f"{when} {voice.say('callback_staff', staff=of.staff)}".strip() if of.staff else when
    told = voice.say("callback", phone=international(of.phone)) if of.phone else voice.say("callback_number")
    return f"{when} {told}".strip() if not of.phone else f"{told} {when}".strip()


def _unsaid(voice: Voice, shop: Shop, topic: Topic, of: Concern) -> str:
    """Return what the settings say where the owner told nothing: until when customers may change an appointment; else
    that it is not known, and beside anything else what that is."""
    notice = shop.catalogue.cancel_notice_minutes
    if topic != "policy" or notice is None:
        named = topic in FACTS or (topic == "other" and of.wonders)
        called = voice.say(f"topic_{topic}", words=of.wonders) if named and of.apart else ""
        return voice.say("fact_unknown_of", topic=called) if called else voice.say("fact_unknown")
    return voice.say("policy_notice", notice=voice.span(notice)) if notice else voice.say("policy_free")


def unanswered(shop: Shop, topic: str, wonders: str, language: str) -> str:
    """Return which of several questions on no topic of ours the fact that answers one of them does not answer."""
    told, every = fact_about(shop.facts, topic, language) if topic == "other" else None, wonders.split(" – ")
    left = [one for one in every if told and not shared_words(told, one, language)]
    return " – ".join(left) if len(left) < len(every) else ""


def is_known(shop: Shop, topic: Topic) -> bool:
    """Tell whether the desk has an answer for a topic."""
    from_data = topic in _FROM_DATA or (topic == "remind" and shop.reminds)
    if topic == "policy" and shop.catalogue.cancel_notice_minutes is not None:
        return True
    address = topic == "address" and bool(shop.catalogue.account.address)
    return bool(from_data) or address or fact_about(shop.facts, topic, "") is not None


def pertinent(
    facts: tuple[Fact, ...],
    asked: str,
    language: str,
    besides: Sequence[str] = (),
    of: str = "",
    wonders: str = "",
    about: Sequence[str] = ("other",),
) -> tuple[Fact, ...]:
    """Return the facts without those on paying that name no means, where one is asked about ("do you take cards?"), and
    of those on no topic of ours only the one that has most to do with what is asked, if any has; where it is asked what
    there is to heed, the one that names the service it is asked `of`. Where it is asked `about` what to bring, that one
    may answer better than what is told on that topic: "must I bring a referral?".

    besides: names of services, which say nothing of what is asked about them; wonders: of what is asked, the part that
    is on no topic of ours: all that counts beside other questions, and where a price is another for some.
    """
    priced = lists_of("pricing", language)
    reduced = phrases(words_of(wonders, language), priced["reduced"] | priced["some"])
    asked = wonders if wonders and (reduced or len(about) > 1) else asked
    means = _names_means(asked, language)
    silent = [
        one for one in facts if one.topic == "payment" and one.language and not _names_means(one.text, one.language)
    ]
    facts = tuple(one for one in facts if not (means and one in silent))
    others = [one for one in facts if one.topic == "other"]
    spoken = [one for one in others if one.language in ("", language)] or others
    shared = {one: shared_words(one.text, asked, language, besides) for one in spoken}
    heeds = (
        of and not reduced and phrases(words_of(wonders or asked, language), lists_of("preparing", language)["heed"])
    )
    shared |= {one: 1 for one in spoken if heeds and not shared[one] and mentions(one.text, of)}
    nearest = max(spoken, key=lambda one: shared[one], default=None)
    better = nearest if nearest and "other" not in about and shared[nearest] else None
    told = [one for one in facts if one.topic == "bring"] if better and "bring" in about else []
    if better and told and all(shared[better] > shared_words(one.text, asked, language, besides) for one in told):
        return (*(one for one in facts if one not in told), replace(better, topic="bring"))
    return tuple(one for one in facts if one.topic != "other" or (one is nearest and shared[one] > 0))


def _names_means(text: str, language: str) -> bool:
    """Tell whether a text names a means of payment."""
    return bool(phrases(words_of(text, language), lists(language)["asks_payment"]))


def fact_about(facts: tuple[Fact, ...], topic: str, language: str) -> str | None:
    """Return what the owner told about a topic, in the language if there is a text in it, else in English."""
    told = [one for one in facts if one.topic == topic]
    spoken = next((one.text for wanted in (language, "en") for one in told if one.language == wanted), None)
    return spoken or (told[0].text if told else None)


def _people(shop: Catalogue, services: Sequence[Service]) -> list[str]:
    """Return who does one of some services."""
    ids = {one.id for one in services}
    return [one.name for one in shop.staff if ids & {*shop.offers.get(one.id, ())}]


def _whom(voice: Voice, shop: Shop, topic: Topic, of: Concern) -> list[str]:
    """Return with whom it can be had; that whom they named does not work here comes before it."""
    people = _people(shop.catalogue, _named(shop, of))
    if topic == "nobody" and of.not_here and people:
        return [voice.say("not_here", name=of.not_here, staff=voice.one_of(people))]
    return [voice.say("whom", staff=voice.one_of(people, "and"))] if len(people) > 1 else []


def _who(voice: Voice, shop: Catalogue, service: Service) -> str:
    people = _people(shop, [service])
    return voice.say("who", service=voice.service(service.name), staff=voice.one_of(people, "and")) if people else ""


def _hours(voice: Voice, shop: Catalogue) -> str:
    """Return the week's hours, days with the same hours taken together."""
    if not shop.week:
        return voice.say("hours_unknown")
    week = {
        day: tuple((one.opens_minute, one.closes_minute) for one in shop.week if one.weekday == (day + 1) % 7)
        for day in range(7)
    }
    return voice.say("hours", hours=rota.week_in_words(voice, week))


def reopens(shop: Catalogue, now: datetime) -> datetime | None:
    """Return when the business opens next on its wall clock; None while it is open, or where nobody knows.

    Special opening hours are not looked at: this is when people usually answer.
    """
    midnight = datetime.combine(now.date(), datetime.min.time())
    edges = [
        (
            midnight + timedelta(days=ahead, minutes=one.opens_minute),
            midnight + timedelta(days=ahead, minutes=one.closes_minute),
        )
        for ahead in range(8)
        for one in shop.week
        if one.weekday == (midnight + timedelta(days=ahead)).isoweekday() % 7
    ]
    wall = now.replace(tzinfo=None)
    if any(opens <= wall < closes for opens, closes in edges):
        return None
    return min((opens for opens, _ in edges if opens > wall), default=None)
