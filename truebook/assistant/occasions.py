"""When a move applies: what the last message did, beside what stands open. Each is a yes or a no."""

from truebook.assistant.odds import CERTAIN, FAINT, LIKELY, SURE
from truebook.assistant.step import Step
from truebook.language.meaning import only_doubts
from truebook.language.state import Meaning, Slot, State

IN_SO_MANY_WORDS = 0.99
CLEARLY = 0.2
"""How much more a whole wish right after a receipt must be a move than a booking, to be no further one."""
TALK = ("greet", "thank", "bye", "smalltalk", "complain", "coming", "instruct", "offtopic")


def agreed(state: State, step: Step) -> bool:
    """Tell whether the customer says yes to what was read back."""
    return state.meaning.agreed and state.readback is not None


def costs_together(state: State) -> bool:
    """Tell whether a price that is asked is that of a visit of several services, of which none is singled out."""
    shown = [one for one in (state.readback, *state.offered) if one]
    named = len(state.meaning.named)
    return named > 1 or (not named and any(len({*one.parts}) > 1 for one in shown))


def wants_a_person(state: State, step: Step) -> bool:
    """Tell whether the customer wants to talk to a person."""
    other = state.meaning.likeliest("book", "move", "cancel", "more", "ask")  # "yes, please book one" goes on instead
    goes_on = bool(state.meaning.changed) or state.meaning.question or other >= LIKELY
    accepts = step.offers_person and state.meaning.yes and not goes_on
    person = state.meaning.likeliest("person")
    return accepts or (person >= SURE and person >= state.meaning.likeliest("book", "move", "cancel", "tell"))


def asks_for_a_person(state: State, step: Step) -> bool:
    """Tell whether a person is asked for in so many words: that wins, whatever question is open."""
    return state.meaning.likeliest("person") >= IN_SO_MANY_WORDS


def gives_a_code(state: State, step: Step) -> bool:
    """Tell whether a code is given."""
    return state.meaning.code is not None


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


def keeps_it(state: State, step: Step) -> bool:
    """Tell whether what would be cancelled, or changed, is to stay."""
    meaning = state.meaning
    changes = state.readback is not None and state.asks("move") and meaning.keeps  # "no, leave the colour as it is"
    return (changes or (bool(step.cancelling) and (meaning.no or meaning.keeps))) and not meaning.changed


def leaves(state: State, step: Step) -> bool:
    """Tell whether the customer says goodbye, and nothing that would have to be done before."""
    bye = state.meaning.likeliest("bye")
    other = state.meaning.likeliest("book", "move", "cancel", "ask", "lookup", "person", "more", "refuse")
    only = not state.meaning.changed or (bool(step.just) and not corrects(state, step))
    only = only and not state.meaning.asks  # "bye, oh and do you take cards?"
    if _says_till_then(state, step):
        return True
    return (
        not state.asks("count") and bye >= FAINT and bye >= max(other, state.meaning.likeliest("thank") - 0.15) and only
    )


def _says_till_then(state: State, step: Step) -> bool:
    """Tell whether nothing but the day of what is booked is named, in thanks or a goodbye: "super, until friday!"."""
    meaning = state.meaning
    if meaning.changed != {"day"} or not _is_on_its_day(state) or meaning.question or state.readback or state.offered:
        return False
    polite = max(meaning.likeliest("bye", "thank"), LIKELY if meaning.yes and step.just else 0.0)
    return polite >= LIKELY and polite >= meaning.likeliest("book", "move", "cancel", "available", "more")


def _is_on_its_day(state: State) -> bool:
    """Tell whether the day that is wished for, or the last of them, is that of what is booked: it asks for no other."""
    booked, visit = state.booked, state.wish.visit
    return booked is not None and visit.days is not None and visit.days.last == booked.day and visit.times is None


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


def gives_up(state: State, step: Step) -> bool:
    """Tell whether something that is booked is given up in so many words, or another one than was read back for that.

    Days and times that are named with it say which one; they are no new wish.
    """
    meaning, standing = state.meaning, bool(state.booked or state.appointments)
    names = bool(meaning.named or meaning.days or meaning.clocks or meaning.pointing)
    other = bool(step.cancelling) and bool(meaning.named or meaning.days or meaning.clocks or meaning.meant)
    if meaning.code or step.waiting or meaning.might or (not step.cancelling and _moves_instead(state, step)):
        return False
    if _only_asks_whether(meaning):
        return False
    return (standing and step.given_up is not None and names) or (other and meaning.no)


def _moves_instead(state: State, step: Step) -> bool:
    """Tell whether what is given up on one day is wanted on another: "cancel friday and put me on monday"."""
    meaning, gone = state.meaning, step.given_up
    if gone is None or meaning.named - gone.named:  # "cancel that and book me a colour on friday" is another one
        return False
    left = set(meaning.days) - set(gone.days) or set(meaning.clocks) - set(gone.clocks)
    return bool(left) and meaning.likeliest("move", "book") >= LIKELY


def is_done(state: State, step: Step) -> bool:
    """Tell whether the customer says that this was all: then it is time to say goodbye.

    "Leave it so", where it was asked whether to cancel, keeps it.
    """
    meaning = state.meaning
    wishes = meaning.changed or meaning.named or meaning.days or meaning.clocks or meaning.question
    moving = state.readback is not None and state.asks("move")  # what is booked stays as it is, then
    return step.parting.done and not wishes and step.given_up is None and not (moving or keeps_it(state, step))


def has_nothing_yet(state: State, step: Step) -> bool:
    """Tell whether the customer says that nothing is booked yet, and nothing is known that would be: no code is asked
    for then, and nothing looked up."""
    known = state.booked or state.appointments
    return step.parting.unbooked and not known and state.meaning.code is None and not step.waiting


def stands_already(state: State, step: Step) -> bool:
    """Tell whether what the desk goes on about is booked already, as the customer says."""
    new = step.pending is None or step.pending.tool in ("findSlots", "freeDays", "bookAppointment")
    moved = state.meaning.likeliest("move") >= LIKELY and bool(state.meaning.changed & {"day", "time"})
    if state.meaning.keeps and state.booked and new and not step.moving and not moved:
        return True  # "no, Thursday's visit stays as it is"
    sure = state.booked or state.meaning.likeliest("bye", "thank") + state.meaning.no > 0
    return step.parting.stands and bool(sure) and not step.waiting and not state.meaning.agreed


def cancels(state: State, step: Step) -> bool:
    """Tell whether something is to be cancelled."""
    meaning = state.meaning
    if might_cancel(state, step):
        return False
    asked = meaning.likeliest("cancel", "not_coming")
    mine = bool(state.booked or state.appointments)
    if _only_asks_whether(meaning):
        return False
    if _only_takes_back(state, step) or (not mine and CERTAIN > asked < meaning.likeliest("book")):
        return False
    answers = state.aim == "cancel" and (state.asked_which or meaning.everything) and not meaning.no
    outright = bool(step.parting.clause) and mine and not meaning.changed & {"day", "time"}
    return (asked >= LIKELY and (outright or asked >= meaning.likeliest("move", "withdraw"))) or answers


def _only_asks_whether(meaning: Meaning) -> bool:
    """Tell whether it is only asked until when one may cancel."""
    return "policy" in meaning.asks and meaning.likeliest("cancel", "not_coming") < CERTAIN


def might_cancel(state: State, step: Step) -> bool:
    """Tell whether somebody only may have to cancel what is booked: "heads up, I might have to cancel"."""
    meaning = state.meaning
    only = meaning.might or meaning.likeliest("doubt") >= LIKELY
    return only and bool(state.booked) and not step.cancelling and meaning.likeliest("cancel", "not_coming") >= LIKELY


def _only_takes_back(state: State, step: Step) -> bool:
    """Tell whether "cancel that" drops what was offered or read back, not an appointment."""
    proposed = bool(state.readback or state.offered) and not step.moving and state.aim != "move"
    return proposed and not state.booked and not state.appointments and not state.meaning.everything


def declines(state: State, step: Step) -> bool:
    """Tell whether what was offered or read back is declined."""
    meaning = state.meaning
    dropped = meaning.likeliest("cancel") >= LIKELY and "policy" not in meaning.asks and _only_takes_back(state, step)
    return (meaning.no or dropped) and not meaning.changed and step.arranging and not _says_again(state)


def _says_again(state: State) -> bool:
    """Tell whether a no says again what is wished for: "no, friday at 10, with anna"."""
    meaning = state.meaning
    read = state.readback
    again = read is not None and (meaning.person is not None or read.time in meaning.clocks)
    return meaning.no and bool(meaning.days or meaning.named or meaning.alone or meaning.party or again)


def begins_anew(state: State, step: Step) -> bool:
    """Tell whether a new appointment is wished for once it was said that there is none: "then book me one"."""
    meaning, none = state.meaning, state.after == "list" and not state.appointments
    if state.after == "receipt" and not state.booked and not state.appointments:  # what was is cancelled
        return bool(meaning.changed & {"day", "time"}) and not meaning.of_mine
    return none and _books(state) and bool(meaning.changed & {"service", "day", "time"}) and meaning.code is None


def moves(state: State, step: Step) -> bool:
    """Tell whether an appointment is to be moved or changed."""
    meaning = state.meaning
    if state.asks("booking") and state.booked is None and meaning.changed & {"service", "staff", "day", "time"}:
        return False  # nothing is booked that could be moved, and that was said
    if _only_waits(state, step) and not meaning.of_mine:
        return False  # "nothing to change, the 16th is fine, book it"
    if corrects(state, step) or _withdraws(state, step) or _moves_what_stands(state) or _moves_on(state, step):
        return True
    after_receipt = step.just is not None
    if meaning.adding and (meaning.named or after_receipt or meaning.likeliest("move") < CERTAIN):
        return False  # "also one for my son, same day at 4" is one more
    if after_receipt and _is_another(state):
        return False
    whole = bool(meaning.named and meaning.days and meaning.clocks) and not (meaning.less or meaning.prefers)
    clearly = CLEARLY if whole and after_receipt else 0.0  # "the beard with Ben on friday at 11" is one more
    if meaning.named and meaning.likeliest("book") + clearly > meaning.likeliest("move"):
        return False
    goes_on = bool(meaning.changed or state.asked_which or meaning.yes) and not state.asks("booking")
    continues = state.aim == "move" and goes_on and not step.waiting
    booking = state.aim == "book" and step.pending is not None and step.just is None
    bare = not (meaning.changed or meaning.days or meaning.clocks or meaning.person)
    wanted = CERTAIN if bare and after_receipt else LIKELY  # "that is dear" moves nothing
    return (meaning.likeliest("move") >= max(wanted, meaning.likeliest("remind")) and not booking) or continues


def _is_another(state: State) -> bool:
    """Tell whether a message wishes for another service than was just booked, for somebody else or at an hour of its
    own, and not instead of it: "and the cut for Mia, same day at ten with Ben"."""
    meaning, booked = state.meaning, state.booked
    if booked is None or not meaning.named or meaning.named & {booked.service, *booked.parts} or meaning.less:
        return False
    theirs = state.wish.visit.whom not in (None, booked.guest)
    rather = meaning.prefers or meaning.instead
    return not rather and (theirs or bool(meaning.clocks and meaning.person))


def _moves_what_stands(state: State) -> bool:
    """Tell whether "yes, move it" answers a read-back that would book what is booked already at another time."""
    booked, read, meaning = state.booked, state.readback, state.meaning
    if booked is None or read is None or state.asks("move") or state.asks("cancel") or meaning.changed:
        return False
    return meaning.tells_to_move and booked.service == read.service


def _moves_on(state: State, step: Step) -> bool:
    """Tell whether another time is told for what was read back to be moved or changed: "yes, but an hour later"."""
    read, meaning = state.readback, state.meaning
    if read is None or not step.moving or not state.asks("move") or meaning.adding:
        return False
    return bool(meaning.changed & {"day", "time"}) and meaning.named <= {read.service, *read.parts}


def _withdraws(state: State, step: Step) -> bool:
    """Tell whether the day just booked does not suit after all, while nothing else is being arranged."""
    booked = state.booked
    if booked is None or booked.day is None or step.pending or "day" not in state.meaning.changed:
        return False
    return any(not c.holds(booked.day) for c in state.wish.visit.on("day", allow=False))


def corrects(state: State, step: Step) -> bool:
    """Tell whether the message right after a receipt changes the appointment that was just booked."""
    meaning, booked = state.meaning, state.booked
    listed = meaning.besides and len(meaning.days) > 1  # "and the same on the 9th and the 16th too"
    anew = meaning.adding or listed or bool(meaning.named) or meaning.likeliest("cancel") >= CERTAIN
    changes = bool(meaning.changed & {"day", "time"}) and not meaning.changed & {"service", "name"}
    if _is_on_its_day(state):
        changes = False  # "see you on friday then", "bis Freitag" name the day that is booked
    return bool(booked and step.just == booked.id and changes and not anew)


def looks_up(state: State, step: Step) -> bool:
    """Tell whether the customer asks what they have."""
    meaning = state.meaning
    lookup = meaning.likeliest("lookup")
    wished = bool(meaning.changed & {"service", "day", "time"}) and meaning.likeliest("book", "move") > lookup
    known = state.booked or state.appointments or meaning.of_mine or lookup >= CERTAIN
    whole = "service" in meaning.changed and bool(meaning.changed & {"day", "time"})
    wished = wished or (whole and not known)  # "will you keep me a place in saturday's yoga?"
    if _asks_of_what_is_booked(state):
        return True
    return lookup >= max(LIKELY, meaning.likeliest("instruct")) and not wished


def _asks_of_what_is_booked(state: State) -> bool:
    """Tell whether a question names only what is booked: "it is on Thursday, right?", "and the beard is in it too?"."""
    meaning, booked = state.meaning, state.booked
    if booked is None or not meaning.question or set(meaning.asks) - {"other", "included"} or "whom" in meaning.changed:
        return False
    wished = state.wish.visit
    other = wished.day not in (None, booked.day) or wished.time not in (None, booked.time)
    window = wished.times if wished.times and not wished.times.point else None
    away = window is not None and booked.time is not None and not window.holds(booked.time)
    if away or (other and meaning.likeliest("move") >= LIKELY):
        return False
    more = meaning.adding and not (meaning.named and booked.parts)  # "and a cut as well?" of somebody's only cut
    said = _named(state)
    return bool(said) and not more and said <= {booked.day, booked.time, booked.staff, booked.service, *booked.parts}


def _named(state: State) -> set[object]:
    """Return the days, times, services and the person that a message names."""
    meaning = state.meaning
    days = {day for span in meaning.days for day in span}
    return {*days, *meaning.named, *meaning.clocks, *([meaning.person] if meaning.person else [])}


def asks_if_it_stands(state: State, step: Step) -> bool:
    """Tell whether it is asked if what was booked stands, and nothing else is named: "that's booked, right?"."""
    booked = state.booked
    if booked is None or not step.parting.holds or step.waiting or state.readback or state.meaning.code:
        return False
    here = {booked.day, booked.time, booked.staff, booked.service, *booked.parts}
    return _named(state) <= here and state.meaning.likeliest("move", "cancel") < LIKELY


def hesitates(state: State, step: Step) -> bool:
    """Tell whether somebody has to think over what was offered, or read back: that is not booked, and not urgent."""
    asked = step.pending is not None and step.pending.tool in ("findSlots", "freeDays", "bookAppointment", "bookSeries")
    doubts = only_doubts(state, state.meaning) and not state.meaning.alone
    return asked and not step.moving and doubts and not topics(state)


def wants_it_otherwise(state: State, step: Step) -> bool:
    """Tell whether a yes with a "but" says no more of what is to be different than can be understood."""
    meaning = state.meaning
    told = bool(meaning.changed or meaning.asks or meaning.note or meaning.calls)
    told = told or step.more or step.fewer or step.recurs
    told = told or bool(meaning.named)  # "yes, but the cut as well": it is there, and read back once more
    new = state.readback is not None and not (state.asks("move") or state.asks("cancel"))
    return new and meaning.yes and meaning.but and not told


def _only_waits(state: State, step: Step) -> bool:
    """Tell whether what is talked about was only read back, and nothing is known that is booked."""
    waits = step.pending is not None and step.pending.tool == "bookAppointment" and not step.moving
    return waits and not (state.booked or state.appointments)


def asks_of_what_waits(state: State, step: Step) -> bool:
    """Tell whether somebody who has nothing yet asks for what was read back and only waits for a yes."""
    looked = step.pending is not None and step.pending.tool in ("findSlots", "freeDays") and not step.moving
    wished = {state.wish.visit.service, *(one.service for one in step.later)}
    named = bool(state.meaning.named) and state.meaning.named <= wished and not (state.booked or state.appointments)
    waits = _only_waits(state, step) or (looked and named)  # "did the pilates go through?"
    return waits and looks_up(state, step)


def is_late(state: State, step: Step) -> bool:
    """Tell whether the customer will be late, and does not rather want it later: "could it be an hour later?"."""
    new = state.readback is not None and state.booked is None and not state.asks("move")
    late, moved = state.meaning.likeliest("late"), state.meaning.likeliest("move")
    timed = bool(state.meaning.changed & {"day", "time"})
    rather = timed and (moved > late or state.meaning.question)
    open_ = bool(state.meaning.named or state.offered) and not (state.booked or state.appointments)
    rather = rather or (timed and open_)
    return late >= LIKELY and not rather and not new  # for what is only wished for or read back nobody is late


def searches(state: State, step: Step) -> bool:
    """Tell whether times are to be looked for."""
    meaning = state.meaning
    if meaning.calls and not meaning.changed & {"day", "time"}:
        return False  # what it names is what the call is about
    if meaning.changed & {"service", "whom", "staff", "day", "time"}:
        wishes = _books(state) or (meaning.adding and bool(meaning.named) and not meaning.asks)
        return not (meaning.asks and not meaning.changed & {"whom", "day", "time"} and not wishes)
    new = state.asks("booking") and state.readback is None  # what was read back is not looked for once more
    answers = meaning.yes and not meaning.asks and (new or state.asks("day"))
    again = (
        _says_again(state) or meaning.alone or meaning.party or (meaning.likeliest("tell") >= LIKELY and meaning.clocks)
    )
    answers = answers or (step.arranging and bool(again))
    known = state.booked is not None and step.pending is None
    named = "name" in meaning.changed and state.aim in ("book", None) and not step.pending_own
    named = named and not known and not meaning.calls
    return _books(state) or answers or named


def _books(state: State) -> bool:
    meaning = state.meaning
    wanted = meaning.likeliest("book", "available", "more", "class", "services", "people", "every", "same")
    only_asks = bool(meaning.asks) and not meaning.changed  # whoever only asks is not asked what to book
    return wanted >= (CERTAIN if only_asks else LIKELY) and wanted >= max(
        meaning.likeliest("ask") - 0.2, meaning.likeliest("instruct")
    )


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
    faint = {act.topic for act in state.meaning.acts if act.act == "ask" and act.probability < SURE} | {"other"}
    asks = [topic for topic in state.meaning.asks if not (looks_up and topic in faint)]
    besides_me = state.meaning.likeliest("people") >= LIKELY or state.meaning.same_time
    if besides_me and state.meaning.changed:
        asks = [topic for topic in asks if topic not in ("other", "children")]  # "may I bring a friend?" is two places
    if state.meaning.picked and state.meaning.person:  # "the last one, and it is with Sara, yes?" is read back
        asks = [topic for topic in asks if topic != "who"]
    passed = [*(["complaint"] if state.meaning.complaint else []), *(["callback"] if state.meaning.calls else [])]
    if passed or state.meaning.note:  # whoever asks what became of that asks no fact
        asks = [topic for topic in asks if topic != "other"]
    noted = 0.0 if passed or state.meaning.note else noted  # it is written down with the booking
    return list(dict.fromkeys([*passed, *(["note"] if noted >= LIKELY else []), *asks]))
