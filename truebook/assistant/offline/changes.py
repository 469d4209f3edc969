"""When a message is about what is booked, or about to be: to move it, give it up, leave it as it is, or look at it.

Each is a yes or a no, as in `occasions`.
"""

from truebook.assistant.offline.arranging import TAKING, only_talks
from truebook.assistant.offline.odds import CERTAIN, LIKELY
from truebook.assistant.offline.step import Step
from truebook.language.lists.ordinary import rare_words
from truebook.language.state import Meaning, State

CLEARLY = 0.2
"""How much more a whole wish right after a receipt must be a move than a booking, to be no further one."""
_FEW = 3
"""Words of a message that says no more than a no."""


def keeps_it(state: State, step: Step) -> bool:
    """Tell whether what would be cancelled, or changed, is to stay."""
    meaning = state.meaning
    changes = state.readback is not None and state.asks("move") and meaning.keeps  # "no, leave the colour as it is"
    return (changes or (bool(step.cancelling) and (meaning.no or meaning.keeps))) and not meaning.changed


def wants_both(state: State, step: Step) -> bool:
    """Tell whether what was read back to be moved stays where it is, and that time is for one more: "no, extra"."""
    meaning = state.meaning
    return state.readback is not None and state.asks("move") and meaning.adding and (meaning.no or meaning.keeps)


def is_on_its_day(state: State) -> bool:
    """Tell whether the day that is wished for, or the last of them, is that of what is booked: it asks for no other."""
    booked, visit = state.booked, state.wish.visit
    return booked is not None and visit.days is not None and visit.days.last == booked.day and visit.times is None


def gives_up(state: State, step: Step) -> bool:
    """Tell whether something that is booked is given up in so many words, or another one than was read back for that.

    Days and times that are named with it say which one; they are no new wish.
    """
    meaning, standing = state.meaning, bool(state.booked or state.appointments)
    names = bool(meaning.named or meaning.days or meaning.clocks or meaning.pointing)
    other = bool(step.cancelling) and bool(meaning.named or meaning.days or meaning.clocks or meaning.meant)
    if meaning.code or step.waiting or meaning.might or _only_asks_whether(meaning):
        return False
    return (standing and step.given_up is not None and names) or (other and meaning.no)


def moves_instead(state: State, step: Step) -> bool:
    """Tell whether what is given up on one day is wanted on another, or an offer is taken for it: that is one move:
    "cancel friday and put me on monday", "friday at ten, and so cancel wednesday"; or it is to be moved, not cancelled.
    """
    meaning, gone = state.meaning, step.given_up
    if meaning.following:  # "cancel the 16th and all that follow"
        return False
    if gone is None or meaning.named - gone.named:  # "cancel that and book me a colour on friday" is another one
        return step.parting.denied and bool(state.booked or step.cancelling) and bool(meaning.changed & {"day", "time"})
    left = set(meaning.days) - set(gone.days) or set(meaning.clocks) - set(gone.clocks) or meaning.picked
    if not (state.booked or state.appointments or step.cancelling):
        return False  # "forget the beard, and make it saturday" of what was only read back
    standing = not (meaning.adding or meaning.keeps)
    taken = standing and bool(gone.days or gone.pointing) and (meaning.picked or meaning.does("choose"))
    return bool(left) and (meaning.likeliest("move", "book") >= LIKELY or bool(taken))


def is_done(state: State, step: Step) -> bool:
    """Tell whether the customer says that this was all: then it is time to say goodbye.

    "Leave it so", where it was asked whether to cancel, keeps it.
    """
    meaning = state.meaning
    wishes = meaning.changed or meaning.named or meaning.days or meaning.clocks or meaning.question
    moving = state.readback is not None and state.asks("move")  # what is booked stays as it is, then
    wishes = wishes or meaning.likeliest("doubt") >= LIKELY  # "só um instante"
    return step.parting.done and not wishes and step.given_up is None and not (moving or keeps_it(state, step))


def has_enough(state: State, step: Step) -> bool:
    """Tell whether no other appointment is wanted than the one that is booked: "I don't want another one, the one on
    friday will do"; what was proposed beside it is dropped."""
    meaning, parting, booked = state.meaning, step.parting, state.booked
    if booked is None or meaning.agreed or step.waiting:
        return False
    weekday = booked.day.weekday() if booked.day else None
    its = {day for span in meaning.days for day in span if day.weekday() == weekday}  # "the one on thursday"
    own = {*its, booked.day, booked.time, booked.staff, booked.service, *booked.parts}
    proposed = {state.wish.visit.service, *(one.service for one in (*state.shown, *state.declined))}
    on_its_day = bool(its)
    gone = meaning.likeliest("cancel") >= LIKELY  # "cancel the 31st, that's all"
    another = parting.another and not gone  # "cancel it, I'll take another one some day"
    refuses = another or parting.unchanged or (parting.done and not gone and (meaning.no or on_its_day))
    enough = parting.enough and not gone and (on_its_day or meaning.no) and not (meaning.picked or meaning.question)
    return _named(state) <= own | proposed and (refuses or enough)


def refuses_nothing(state: State, step: Step) -> bool:
    """Tell whether a "no" is all that is said, once something is booked and nothing is asked: it stays so."""
    meaning = state.meaning
    bare = not (meaning.changed or meaning.asks or meaning.question or _named(state))
    bare = bare and meaning.likeliest("refuse") >= meaning.likeliest("thank")  # "no worries, thanks"
    return state.booked is not None and step.pending is None and meaning.no and bare and meaning.words <= _FEW


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
    if _is_said_once_more(state, step):
        return True
    sure = state.booked or state.meaning.likeliest("bye", "thank") + state.meaning.no > 0
    asks = state.meaning.agreed or asks_of_read_back(state)
    return step.parting.stands and bool(sure) and not step.waiting and not asks


def _is_said_once_more(state: State, step: Step) -> bool:
    """Tell whether nothing but what was just booked is wished for: "wednesday please, the colour, then the cut"."""
    meaning, booked = state.meaning, state.booked
    if booked is None or step.just != booked.id or meaning.question or meaning.no or step.recurs or step.parting:
        return False
    if meaning.less & booked.services:
        return False  # "only the cut in the end, not the beard"
    days, parts = {day for span in meaning.days for day in span}, booked.services
    visit = len(parts) > 1 and meaning.named == parts and not days  # "first the hair, then the beard, whoever does it"
    same = (visit or days == {booked.day}) and booked.meets(state.wish.visit.constraints)
    guests = any(one.whom or one.service is None for one in step.shape.along)
    more = guests or meaning.adding or bool(meaning.party or meaning.changed & {"whom", "name"})
    more = more or not set() < meaning.named <= parts
    other = meaning.asks or meaning.likeliest("cancel", "withdraw", "bye", "thank", "late", "complain") >= LIKELY
    return same and not (more or other)


def mistakes_the_day(state: State, step: Step) -> bool:
    """Tell whether a goodbye names another day than that of what was just booked: it is told how it stands."""
    meaning, booked = state.meaning, state.booked
    if booked is None or step.pending or state.shown or meaning.question or meaning.clocks or meaning.named:
        return False
    told = {day for span in meaning.days for day in span}
    another = bool(told) and not told & {booked.day, *(one.day for one in state.appointments)}
    wished = meaning.likeliest("book", "cancel", "available", "more", "not_coming")
    bye = meaning.likeliest("bye", "thank")
    return another and bye >= CERTAIN and wished < LIKELY and bye > meaning.likeliest("move")


def cancels(state: State, step: Step) -> bool:
    """Tell whether something is to be cancelled."""
    meaning = state.meaning
    if might_cancel(state, step) or step.parting.denied:
        return False
    asked = meaning.likeliest("cancel", "not_coming")
    mine = bool(state.booked or state.appointments)
    if _only_asks_whether(meaning):
        return False
    if _only_takes_back(state, step) or (not mine and CERTAIN > asked < meaning.likeliest("book")):
        return False
    only_one = state.asks("cancel") and bool(meaning.spared and meaning.told_by - meaning.spared)  # "only Anna's"
    answers = state.aim == "cancel" and (state.asked_which or meaning.everything or only_one) and not meaning.no
    outright = bool(step.parting.clause) and mine and not meaning.changed & {"day", "time"}
    return (asked >= LIKELY and (outright or asked >= meaning.likeliest("move", "withdraw"))) or answers


def _only_asks_whether(meaning: Meaning) -> bool:
    """Tell whether it is only asked until when one may cancel."""
    return "policy" in meaning.asks and meaning.likeliest("cancel", "not_coming") < CERTAIN


def moves_onward(state: State, step: Step) -> bool:
    """Tell whether what is booked is to be the next one of its kind: "I'm late, can you put me in the next one?"."""
    meaning, mine = state.meaning, (*state.standing, *state.appointments)
    other = meaning.likeliest("book", "cancel", "waitlist")
    only = {day for span in meaning.days for day in span} <= {one.day for one in mine} and not meaning.adding
    wanted = meaning.likeliest("move", "late", "available", "choose", "ask")
    only = only and not (step.waiting or state.offered)
    return step.parting.onward and bool(mine) and only and wanted >= min(other, CERTAIN)


def only_supposes(state: State, step: Step) -> bool:
    """Tell whether it is asked what could be given up of what is booked, should something happen: that is answered."""
    meaning = state.meaning
    mine = bool(state.readback or state.booked or state.appointments or state.standing)
    gives = bool(step.parting or step.given_up) or "policy" in meaning.asks
    gives = gives or meaning.likeliest("cancel", "not_coming") >= LIKELY
    return meaning.supposes and mine and gives and not meaning.changed & {"day", "time"} and not step.waiting


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
    return (meaning.no or dropped) and not meaning.changed and step.arranging and not says_again(state)


def says_again(state: State) -> bool:
    """Tell whether a no says again what is wished for: "no, friday at 10, with anna", "no, both at 10 as I said"."""
    meaning, read = state.meaning, state.readback
    again = (read.time if read else state.wish.visit.time) in meaning.clocks or (read and meaning.person is not None)
    return meaning.no and bool(meaning.days or meaning.named or meaning.alone or meaning.party or again)


def begins_anew(state: State, step: Step) -> bool:
    """Tell whether a new appointment is wished for once it was said that there is none: "then book me one"."""
    meaning, none = state.meaning, state.after == "list" and not state.appointments
    if state.after == "receipt" and not state.booked and not state.appointments:  # what was is cancelled
        return bool(meaning.changed & {"day", "time"}) and not meaning.of_mine
    return none and books(state) and bool(meaning.changed & {"service", "day", "time"}) and meaning.code is None


def only_thanks(state: State, step: Step) -> bool:
    """Tell whether what was read back to be changed gets nothing but thanks: that is no yes, and nobody is pressed."""
    meaning, asked = state.meaning, step.pending.tool if step.pending else None
    more = meaning.changed or meaning.named or meaning.asks or meaning.no or meaning.clocks or meaning.days
    thanks = meaning.likeliest("thank")
    return asked in TAKING and thanks >= max(LIKELY, meaning.likeliest("agree", "move", "cancel")) and not more


def agrees_after_all(state: State, step: Step) -> bool:
    """Tell whether a bare yes comes to what had been read back to be changed, or no more than its name is said: it is
    read back once more."""
    meaning, read = state.meaning, state.readback
    if read is not None and step.pending is not None and step.pending.tool in TAKING and meaning.words <= _FEW:
        return bool(meaning.named) and meaning.named <= read.services and not (meaning.no or meaning.yes)
    waits = step.pending is not None and step.pending.tool in TAKING and state.readback is None
    return waits and meaning.yes and not (meaning.no or meaning.changed or meaning.question)


def moves(state: State, step: Step) -> bool:
    """Tell whether an appointment is to be moved or changed."""
    meaning = state.meaning
    if state.asks("booking") and state.booked is None and meaning.changed & {"service", "staff", "day", "time"}:
        return False  # nothing is booked that could be moved, and that was said
    if only_waits(state, step) and not meaning.of_mine:
        return False  # "nothing to change, the 16th is fine, book it"
    nothing_yet = state.after == "nothing" and not (state.booked or state.appointments)
    if nothing_yet and meaning.likeliest("book") > meaning.likeliest("move"):
        return False  # "an appointment with Huber, rather not on monday"
    if corrects(state, step) or _withdraws(state, step) or _moves_what_stands(state) or _moves_on(state, step):
        return True
    after_receipt = step.just is not None
    if meaning.adding and (meaning.named or after_receipt or meaning.likeliest("move") < CERTAIN):
        return False  # "also one for my son, same day at 4" is one more
    if after_receipt and _is_another(state):
        return False
    whole = bool(meaning.named and meaning.days and meaning.clocks) and not (meaning.less or meaning.prefers)
    clearly = CLEARLY if whole and after_receipt else 0.0  # "the beard with Ben on friday at 11" is one more
    books_one = meaning.likeliest("book") + clearly > meaning.likeliest("move")
    if meaning.named and books_one and not (state.asked_which and meaning.likeliest("book") < LIKELY):
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
    if booked is None or not meaning.named or meaning.named & booked.services or meaning.less:
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
    return bool(meaning.changed & {"day", "time"}) and meaning.named <= read.services


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
    changes = bool(meaning.changed & {"day", "time"}) or _wants_somebody_else(state)
    changes = changes and not meaning.changed & {"service", "name"}
    if is_on_its_day(state) or only_talks(state, step):
        changes = False  # "see you on friday then", "bis Freitag" name the day that is booked
    return bool(booked and step.just == booked.id and changes and not anew)


def _wants_somebody_else(state: State) -> bool:
    """Tell whether somebody else is wished for than with whom it is booked: "rather with Clara", "not with Anna"."""
    barred = state.wish.visit.on("staff", allow=False)
    refused = state.booked is not None and any(state.booked.staff in one.values for one in barred)
    return "staff" in state.meaning.changed and (refused or state.meaning.prefers)


def looks_up(state: State, step: Step) -> bool:
    """Tell whether the customer asks what they have."""
    meaning = state.meaning
    lookup = meaning.likeliest("lookup")
    when = bool(meaning.changed & {"day", "time"})
    wished = (when or "service" in meaning.changed) and meaning.likeliest("book", "move") > lookup
    known = state.booked or state.appointments or meaning.of_mine or lookup >= CERTAIN
    whole = when and ("service" in meaning.changed or state.readback is not None)
    wished = wished or (whole and not known)  # "will you keep me a place in saturday's yoga?", "the other two, yes"
    wished = wished or (when and meaning.no and state.readback is not None)  # "no!! monday the 7th, not then"
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
    said, called = _named(state), [name for one in state.desk.services for name in (one.name, *one.synonyms)]
    if rare_words(meaning.wonders, state.language, called):  # "may I come in with him?"
        return False
    return bool(said) and not more and said <= {booked.day, booked.time, booked.staff, booked.service, *booked.parts}


def asks_of_read_back(state: State) -> bool:
    """Tell whether a question names, or points at, nothing but what was read back: "and the laser is booked, too?"."""
    slot, meaning = state.readback, state.meaning
    said = _named(state)
    here = {slot.day, slot.time, slot.staff, slot.service, *slot.parts} if slot else set[object]()
    return slot is not None and meaning.question and bool(said or meaning.pointing) and said <= here


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
    said, moves = _named(state), state.meaning.likeliest("move")  # to when it is, it is not moved
    return said <= here and state.meaning.likeliest("cancel") < LIKELY and (bool(said) or moves < CERTAIN)


def only_waits(state: State, step: Step) -> bool:
    """Tell whether what is talked about was only read back, and nothing is known that is booked."""
    waits = step.pending is not None and step.pending.tool == "bookAppointment" and not step.moving
    return waits and not (state.booked or state.appointments)


def books(state: State) -> bool:
    meaning = state.meaning
    wanted = meaning.likeliest("book", "available", "more", "class", "services", "people", "every", "same")
    only_asks = bool(meaning.asks) and not meaning.changed  # whoever only asks is not asked what to book
    return wanted >= (CERTAIN if only_asks else LIKELY) and wanted >= max(
        meaning.likeliest("ask") - 0.2, meaning.likeliest("instruct")
    )
