"""When a move applies: what the last message did, beside what stands open. Each is a yes or a no."""

from truebook.assistant.offline.arranging import only_talks
from truebook.assistant.offline.changes import (
    asks_of_read_back,
    books,
    corrects,
    is_on_its_day,
    looks_up,
    only_waits,
    says_again,
)
from truebook.assistant.offline.odds import CERTAIN, FAINT, LIKELY, SURE
from truebook.assistant.offline.step import Step
from truebook.language.meaning.meant import only_doubts, wants_others
from truebook.language.state import Meaning, Slot, State

IN_SO_MANY_WORDS = 0.99
TALK = ("greet", "thank", "bye", "smalltalk", "complain", "coming", "instruct", "offtopic")


def agreed(state: State, step: Step) -> bool:
    """Tell whether the customer says yes to what was read back."""
    return state.meaning.agreed and state.readback is not None


def tells_of_the_next(state: State, step: Step) -> bool:
    """Tell whether all that is said is of a visit that waits: what is open is asked once more, with that."""
    meaning = state.meaning
    return meaning.of_next and not (meaning.changed or meaning.picked or meaning.no)


def costs_together(state: State) -> bool:
    """Tell whether a price that is asked is that of several services or places, of which none is singled out."""
    named = len(state.meaning.named)
    of = state.shown or (() if state.booked is None else (state.booked,))
    return named > 1 or (not named and any(len({*one.parts}) > 1 or one.people > 1 for one in of))


def wants_a_person(state: State, step: Step) -> bool:
    """Tell whether the customer wants to talk to a person."""
    agree = state.meaning.likeliest("agree")
    says_so = state.meaning.yes or (agree >= CERTAIN and agree > state.meaning.likeliest("refuse"))
    accepts = step.offers_person and says_so and not _goes_on(state)
    accepts = accepts or (step.offers_person and step.pending is None and state.meaning.only_contacts)  # who to call
    person = state.meaning.likeliest("person")
    return accepts or (person >= SURE and person >= state.meaning.likeliest("book", "move", "cancel", "tell"))


def _goes_on(state: State) -> bool:
    """Tell whether a yes to a person goes on with something else: "yes, please book one"; who waits, and on which day
    that is booked, only tells why."""
    meaning = state.meaning
    booked = {one.day for one in (*state.appointments, *filter(None, (state.booked,)))}
    days = {day for span in meaning.days for day in span}
    wishes = meaning.changed - {"staff"} - ({"day"} if days <= booked else set())
    other = meaning.likeliest("book", "move", "cancel", "more", "ask")
    return bool(wishes) or meaning.question or other >= max(LIKELY, meaning.likeliest("agree"))


def asks_for_a_person(state: State, step: Step) -> bool:
    """Tell whether a person is asked for in so many words: that wins, whatever question is open."""
    return state.meaning.likeliest("person") >= IN_SO_MANY_WORDS


def gives_a_code(state: State, step: Step) -> bool:
    """Tell whether a code is given."""
    return state.meaning.code is not None


def has_no_code(state: State, step: Step) -> bool:
    """Tell whether nothing is told where the code was asked for: "never got one", "I can't find it"."""
    meaning = state.meaning
    tells = bool(meaning.changed) or meaning.question or meaning.code is not None or {*meaning.asks} - {"code"}
    other = meaning.likeliest("book", "move", "cancel", "bye", "thank", "smalltalk", "complain", "agree")
    return state.asks("code") and not tells and other < LIKELY


def describes_own(state: State, step: Step) -> bool:
    """Tell whether the appointment is described of which the code was asked for: "it's the one on friday at ten"."""
    told = state.meaning.changed & {"day", "time", "staff", "service"}
    return state.asks("code") and bool(told) and state.meaning.likeliest("book", "available") < CERTAIN


def will_come(state: State, step: Step) -> bool:
    """Tell whether the customer says after a reminder that they will come, and nothing that speaks against it."""
    meaning = state.meaning
    coming = max(meaning.likeliest("coming"), LIKELY if meaning.yes else 0.0)
    against = meaning.likeliest("not_coming", "cancel", "move", "late", "person")
    return state.after == "reminder" and coming >= max(LIKELY, against) and not meaning.changed & {"day", "time"}


def cannot_come(state: State, step: Step) -> bool:
    """Tell whether the customer says after a reminder that they cannot come, and not that it is to be cancelled."""
    meaning = state.meaning
    gone = max(meaning.likeliest("not_coming"), LIKELY if meaning.no else 0.0)
    return state.after == "reminder" and gone >= LIKELY and gone > meaning.likeliest("cancel", "late")


def leaves(state: State, step: Step) -> bool:
    """Tell whether the customer says goodbye, and nothing that would have to be done before."""
    bye = state.meaning.likeliest("bye")
    other = state.meaning.likeliest("book", "move", "cancel", "ask", "lookup", "person", "more", "refuse")
    only = not state.meaning.changed or (bool(step.just) and not corrects(state, step))
    instead = "service" in state.meaning.changed and state.meaning.likeliest("book", "move") >= LIKELY
    only = only and not instead
    only = only and not state.meaning.asks  # "bye, oh and do you take cards?"
    only = only and state.meaning.likeliest("cancel", "not_coming") < LIKELY  # "cancel it, and see you some other time"
    if _says_till_then(state, step):
        return True
    return (
        not state.asks("count") and bye >= FAINT and bye >= max(other, state.meaning.likeliest("thank") - 0.15) and only
    )


def _says_till_then(state: State, step: Step) -> bool:
    """Tell whether nothing but the day of what is booked is named, in thanks or a goodbye: "super, until friday!"."""
    meaning, booked = state.meaning, state.booked
    if booked is None or {last for _, last in meaning.days} != {booked.day} or {*meaning.clocks} - {booked.time}:
        return False
    if not meaning.changed or meaning.changed - {"day", "time"}:
        return False
    if meaning.question or state.readback or state.after == "offer":
        return False
    if meaning.likeliest("bye") >= CERTAIN:
        return True
    if state.offered or ("time" in meaning.changed and not is_on_its_day(state)):
        return False
    if any(one.on == "day" and not one.allow for one in state.wish.visit.constraints):  # "thursday does not work"
        return False
    settled = bool(step.just) or (step.pending is None and state.aim is None)
    polite = max(meaning.likeliest("bye", "thank"), LIKELY if meaning.yes and settled else 0.0)
    other = meaning.likeliest("book", "cancel", "available", "more")  # to its own day it is not moved
    return polite >= LIKELY and (polite >= other or (settled and other < SURE))


def names_themselves(state: State, step: Step) -> bool:
    """Tell whether a name is told for which an offer only waits, and nothing else is wished for beside it."""
    other = state.meaning.changed & {"whom", "service", "staff", "day", "time"}
    return step.waiting is not None and bool(state.wish.name) and not other


def complains(state: State, step: Step) -> bool:
    """Tell whether the customer complains, and asks for nothing in the same breath."""
    sorry = state.meaning.likeliest("complain")
    wanted = state.meaning.likeliest("book", "move", "cancel", "available", "lookup")
    only = not state.meaning.complaint or step.pending is None
    return (
        sorry >= SURE
        and sorry > max(wanted, state.meaning.likeliest("ask"))
        and not state.meaning.changed & {"day", "time"}
        and only
    )


def tells_the_team(state: State, step: Step) -> bool:
    """Tell whether something is to be written down for the team that was not, in this turn."""
    return state.meaning.note is not None and not any(tool == "noteAppointment" for tool, _ in step.answers)


def was_noted(state: State, step: Step) -> bool:
    """Tell whether all that a message says was written down for the team."""
    noted = any(tool == "noteAppointment" and told["status"] == "noted" for tool, told in step.answers)
    return noted and (corrects_contacts(state, step) or not (state.meaning.acts or state.meaning.changed))


def only_notes(state: State, step: Step) -> bool:
    """Tell whether all that a message says is for the team, and there is nothing yet that it could stand with."""
    meaning = state.meaning
    return meaning.note is not None and step.pending is None and not (meaning.acts or meaning.changed)


def picks(state: State, step: Step) -> bool:
    """Tell whether an offer is picked."""
    return state.meaning.picked in step.offered


def means_which_offer(state: State, step: Step) -> bool:
    """Tell whether it is open which of the offers is meant."""
    return any(doubt.field == "offer" for doubt in state.meaning.doubts)


def open_offers(state: State, step: Step) -> list[Slot]:
    """Return the offers that fit what was said, where it was asked on which day; none where it was not."""
    if step.pending is None or step.pending.arguments.get("move") != "ask_which_day":
        return []
    days, musts = step.pending.arguments["options"], [c for c in state.wish.visit.constraints if c.must]
    return [one for one in state.offered if one.day and one.day.isoformat() in days and one.meets(musts)]


def leaves_it_open(state: State, step: Step) -> bool:
    """Tell whether an answer to "on which day?" chooses none: "either is fine", the hour once more."""
    meaning = state.meaning
    return bool(open_offers(state, step)) and not (meaning.no or topics(state) or step.more or step.fewer)


def moves_a_part(state: State, step: Step) -> bool:
    """Tell whether one part of what is booked is to be on another day, and the others stay."""
    return step.once == "moved" and step.several and bool(step.later)


def hesitates(state: State, step: Step) -> bool:
    """Tell whether somebody has to think over what was offered, or read back: that is not booked, and not urgent."""
    asked = step.pending is not None and step.pending.tool in ("findSlots", "freeDays", "bookAppointment", "bookSeries")
    doubts = only_doubts(state, state.meaning) and not state.meaning.alone
    doubts = doubts and not state.meaning.changed & {"day", "time"}
    asked = asked or (state.booked is not None and step.pending is None)  # another one that was asked about
    asks = state.meaning.likeliest("lookup") >= LIKELY  # "hang on, what did I book?"
    return asked and not step.moving and doubts and not (topics(state) or asks)


def wants_it_otherwise(state: State, step: Step) -> bool:
    """Tell whether a yes with a "but" says no more of what is to be different than can be understood."""
    meaning = state.meaning
    told = bool(meaning.changed or meaning.asks or meaning.note or meaning.calls)
    told = told or step.more or step.fewer or step.recurs
    told = told or bool(meaning.named)  # "yes, but the cut as well": it is there, and read back once more
    new = state.readback is not None and not (state.asks("move") or state.asks("cancel"))
    return new and meaning.yes and meaning.but and not told


def asks_of_what_waits(state: State, step: Step) -> bool:
    """Tell whether somebody asks for what was read back and only waits for a yes; whoever has something else already
    names it, or points at it: "and the laser on friday is booked, right?"."""
    looked = step.pending is not None and step.pending.tool in ("findSlots", "freeDays") and not step.moving
    wished = {state.wish.visit.service, *(one.service for one in (*step.later, *step.shape.along))}
    named = bool(state.meaning.named) and state.meaning.named <= wished and not (state.booked or state.appointments)
    waits = only_waits(state, step) or (looked and named)  # "did the pilates go through?"
    return (waits or (asks_of_read_back(state) and not step.moving)) and looks_up(state, step)


def is_late(state: State, step: Step) -> bool:
    """Tell whether the customer will be late, and does not rather want it later: "could it be an hour later?"."""
    new = state.readback is not None and state.booked is None and not state.asks("move")
    late, moved = state.meaning.likeliest("late"), state.meaning.likeliest("move")
    timed = bool(state.meaning.changed & {"day", "time"})
    open_question = state.meaning.question and not state.meaning.might  # "and if I come at 8:10?"
    rather = timed and (moved > late or (open_question and late < CERTAIN))
    open_ = bool(state.meaning.named or state.offered) and not (state.booked or state.appointments)
    rather = rather or (timed and open_)
    return late >= LIKELY and not rather and not new  # for what is only wished for or read back nobody is late


def wants_other_times(state: State, step: Step) -> bool:
    """Tell whether other times are asked for than those that were read back or offered, and is not said which."""
    return bool(state.shown or step.waiting) and wants_others(state, state.meaning)


def searches(state: State, step: Step) -> bool:
    """Tell whether times are to be looked for."""
    meaning = state.meaning
    if only_talks(state, step):
        return False
    if meaning.calls and not meaning.changed & {"day", "time"}:
        return False  # what it names is what the call is about
    if (
        step.pending is None
        and state.booked
        and meaning.changed == {"service"}
        and {*meaning.asks} & {"price", "length"}
    ):
        return False  # "and a colour, how much is it?"
    if state.asks("service") and meaning.named and state.wish.visit.service in meaning.named:
        return True  # "a haircut, as I said. or is there nothing to be done?"
    if meaning.changed & {"service", "whom", "staff", "day", "time"}:
        wishes = books(state) or (meaning.adding and bool(meaning.named) and not meaning.asks)
        asks = {*meaning.asks} - {"offered", "not_offered"}
        return not (asks and not meaning.changed & {"whom", "day", "time"} and not wishes)
    new = state.asks("booking") and state.readback is None  # what was read back is not looked for once more
    answers = meaning.yes and not meaning.asks and (new or state.asks("day"))
    again = (
        says_again(state) or meaning.alone or meaning.party or (meaning.likeliest("tell") >= LIKELY and meaning.clocks)
    )
    answers = answers or (step.arranging and bool(again))
    known = state.booked is not None and step.pending is None
    named = "name" in meaning.changed and state.aim in ("book", None) and not step.pending_own
    named = named and not known and not meaning.calls
    return books(state) or answers or named


def corrects_contacts(state: State, step: Step) -> bool:
    """Tell whether another name or number is told for what is booked: only the team can write that into it."""
    return state.booked is not None and step.pending is None and state.meaning.only_contacts


def names_for_own(state: State, step: Step) -> bool:
    """Tell whether a name is told where it was asked which appointment is the customer's own."""
    return step.pending_own and "name" in state.meaning.changed


def asks_whether_free(meaning: Meaning) -> bool:
    """Tell whether it is asked if a time can be had: "is Ben free on friday at ten?"."""
    return meaning.question and meaning.likeliest("available") >= LIKELY


def asks(state: State, step: Step) -> bool:
    """Tell whether something is asked besides."""
    return bool(topics(state))


def talks(state: State, step: Step) -> bool:
    """Tell whether it is only talk."""
    return state.meaning.likeliest(*TALK) >= LIKELY


def says_yes(state: State, step: Step) -> bool:
    """Tell whether it is a yes, to nothing in particular."""
    return state.meaning.yes


def whom_and_when(state: State) -> dict[str, str]:
    """Return the person and the day that a message asks about, as the end of a turn tells them.

    Whoever it wishes for in the same breath is not asked about: "Saturday with Ben, and are you open on Sundays?"
    """
    meaning = state.meaning
    wished_for = "staff" in meaning.changed and bool(meaning.changed & {"service", "day", "time"})
    return {
        **({"staff": meaning.person} if meaning.person and not wished_for else {}),
        **({"day": meaning.on_day.isoformat()} if meaning.on_day else {}),
    }


def topics(state: State) -> list[str]:
    """Return what is asked besides; what cannot be arranged here counts as a question that the owner answers."""
    besides = state.meaning.agreed or (state.meaning.yes and state.readback is not None)
    noted = max(state.meaning.likeliest("note"), SURE if besides and state.meaning.does("waitlist", "join") else 0.0)
    looks_up = state.meaning.likeliest("lookup") >= LIKELY  # "what do I have?" is answered by the list
    faint = {act.topic for act in state.meaning.acts if act.act == "ask" and act.probability < SURE}
    faint |= set[str]() if state.meaning.wonders else {"other"}
    asks = [topic for topic in state.meaning.asks if not (looks_up and topic in faint)]
    others = bool(state.meaning.party) and state.meaning.likeliest("people") >= LIKELY
    besides_me = others or state.meaning.same_time
    if besides_me and state.meaning.changed:
        asks = [topic for topic in asks if topic not in ("other", "children")]  # "may I bring a friend?" is two places
    if state.meaning.picked and state.meaning.person:  # "the last one, and it is with Sara, yes?" is read back
        asks = [topic for topic in asks if topic != "who"]
    if not state.wish.visit.service:  # "how does that work?", and nobody knows what
        asks = ["other" if topic == "works" else topic for topic in asks]
    passed = [*(["complaint"] if state.meaning.complaint else []), *(["callback"] if state.meaning.calls else [])]
    if passed or state.meaning.note_asked:  # whoever asks what became of that asks no fact
        asks = [topic for topic in asks if topic != "other"]
    noted = 0.0 if passed or state.meaning.note else noted  # it is written down with the booking
    return list(dict.fromkeys([*passed, *(["note"] if noted >= LIKELY else []), *asks]))
