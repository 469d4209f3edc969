"""Everything in a message that has a value: days, times, services, people, names, numbers; each with its place.

Values are found by grammar and by the desk's own names, never guessed by learning. What is only small talk ("have a
good day") has none.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from truebook.language.lists import lists, lists_of
from truebook.language.lists.bounds import led_days, numbered
from truebook.language.lists.marks import PLACES, Mark, Word, marks, phrases, places_of, words_of
from truebook.language.lists.ordinary import ordinary
from truebook.language.lists.timewords import spelled
from truebook.language.names import Directory, Hit, Surroundings, given_names
from truebook.language.spans import Placed, blanked, clear_of, spans, touched, within
from truebook.language.temporal import read
from truebook.language.temporal.model import Context, DayReading, Reading, TimeReading
from truebook.language.text import plain
from truebook.language.values import contact
from truebook.language.values.ages import ages
from truebook.language.values.counting import counted, counts, number_words
from truebook.language.values.custom import WINDOWS, by_custom, with_windows
from truebook.language.values.days_meant import after_its_first, in_its_week, of_month, still_ahead, untaken
from truebook.language.values.days_told import with_the_next_week
from truebook.language.values.disguise import names_in_disguise, unveiled, veiled
from truebook.language.values.done_to import without_deeds
from truebook.language.values.elsewhere import done_elsewhere
from truebook.language.values.lookalikes import (
    all_of_them,
    apart,
    articles,
    both,
    by_an_hour,
    is_a_sound,
    is_date,
    is_having,
    is_rank,
    is_so,
    leading_to,
    letters,
    moved_by,
    not_before,
    pronouns,
    so_many,
    so_many_of,
    without_beside,
    without_now,
    without_stop,
)
from truebook.language.values.renaming import others_named, renamed, told_once
from truebook.language.values.said import STOPS, Listening, Values
from truebook.language.values.written import Found, capitalised, of_a_pair, with_surname
from truebook.language.words import table

_CODE = re.compile(r"(?<![\w-])(?=[A-Z0-9]*\d|[A-Z]{3}-)[A-Z0-9]{3}-[A-Z0-9]{3}(?![\w-])", re.IGNORECASE)
_OWN = ("named", "name_before", "naming", "surname")
LATER_IN = ("later_in_week", "later_in_month")
_ACCENTED = {"and": ("é", "è"), "or": ("où",), "hedge": ("où",)}  # without its accent it is another word
_LONGER: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("not_all",), ("all",)),  # "after all", "alles klar"
    (("at_once",), ()),
    (("not_only",), ()),
    (("right_after", "weekday_after"), ("only", "soonest")),  # the "juste" of "juste après", "subito dopo"
    (("day_after", "week_after"), ("right_after",)),
    (("their_name",), _OWN),
    (("not_early", "not_late"), ("too_early", "too_late")),
    (("idle",), ("later", "earlier", "hedge")),  # "on verra plus tard"
    (("own_gender",), ("gender",)),
    (("moment",), PLACES),  # "un segundo", "secondo lei"
)
"""Lists of longer phrases, and those of which a phrase that begins within one is only a part (none: all others)."""
_TOGETHER = ("both", "for_all", "three_of_us")  # none of them is the "toutes les deux" of "toutes les deux semaines"
_NO_TIME = (*_TOGETHER, *"too_early too_late soonest latest anyone any_day that_week in_turn at_once adding".split())
"""Closed phrases in which no day and no hour is named, whatever their words are: "los dos"."""
_TAKES_A_DAY = frozenset("after dopo depois despues lendemain apres".split())  # "the day after tomorrow"
_HAIRCUT = "haircut"  # the kind of a service that hair is cut with
_CONSULTATION = "consultation"  # the kind of a service for which somebody sees a doctor
_FAR = 12  # words from a doctor to whom the visit is for, with a day and an hour between
_BESIDE = 4  # words between a doctor and the "reden" that is about them
_HOURS = 12  # numbers up to which one may be an hour, or how many
_FIRST = re.compile(r"\b([^\W\d_a-zß-ÿ][\w'’-]*) ")
_NO_WORD = "q"  # what a service is read as where it must keep apart what stands beside it


def values_of(text: str, language: str, to: Listening) -> Values:
    """Return the values of a message."""
    if (text, language) not in to.read:
        to.read[text, language] = _values(text, language, to)
    return to.read[text, language]


def _values(text: str, language: str, to: Listening) -> Values:
    words = words_of(text, language)
    said = _alone(marks(words, language), text)
    said = [
        m for m in said if m.key != "right_after" or not m.first or words[m.first - 1].text not in _clocked(language)
    ]
    mail, number, code = contact.email(text), contact.phone(text, to.desk.country, language), _code(text)
    masked = blanked(text, spans((mail, number, code)))
    asked = to.asked - {"name"} if contact.is_outright(said) else to.asked  # "Clara cuts her hair. My name is Rita"
    around = _surroundings(language, asked)
    people = _without_own(tuple(to.staff.find(masked, around)), masked, said, language, to.services, around)
    people = tuple(hit for hit in people if not is_a_sound(hit, words, text, language))
    care = [m for m in said if m.key in ("in_care", "figure")]  # nobody wishes for those: "that's cutting it fine"
    services = tuple(to.services.find(blanked(masked, spans(people, care)), around.for_things()))
    services = _with_consultation(
        _without_surnames(services, people, text, language, to), people, said, words, language, to
    )
    services = _with_hair(Values(text, language, words, tuple(said), services), to)
    services = without_deeds(Values(text, language, words, tuple(said), services), to)
    others = done_elsewhere(words, spans(people, services, care), to.desk.elsewhere, language)
    services = tuple(sorted((*services, *others), key=lambda hit: hit.start))
    whole = all_of_them(words, text, language, to)
    together = spans(m for m in said if m.key in ("for_all", "both"))  # of several people, and no dates
    whole = [one for one in whole if not touched(one, together)]
    said = [*(m for m in said if m.key not in _TOGETHER or not touched(m, spans(whole))), *whole]
    said.sort(key=lambda mark: mark.start)
    counting, limits = counts(words, language), numbered(words, text, language)
    summed = _summed(words, said, text, language)
    said += [Mark("in_all", n, n, word.start, word.end) for n, word in enumerate(words) if word in summed]
    said.sort(key=lambda mark: mark.start)
    found = Values(text, language, words, tuple(said), services, people)
    spoken = _spoken(masked, found, [*whole, *counting, *limits, *summed], asked="time" in to.asked)
    begins = {one.start for one in counting}
    reckoned = [m for m in said if any(word.start in begins for word in words[m.first : m.last + 1])]
    said = [m for m in said if m.key not in _TOGETHER or m not in reckoned]
    reading = _read(spoken, text, said, language, to)
    said = [mark for mark in said if not is_date(mark, words, reading, language)]
    reading = replace(reading, times=tuple(not_before(one, reading, words, text, language) for one in reading.times))
    times = with_windows([by_custom(one, language) for one in reading.times], said, to.desk)
    unnamed = blanked(text, spans(people, services, [code]))
    own = _own_name(text, language, words, said, unnamed, reading, to)
    own = replace(own, text=capitalised(own.text)) if own else None
    series = counted(text, language)
    again = series.again or (series.times or 0) > 1
    led = led_days(words, text, language, to.about.day if to.about else 0) if to.about or again else []
    numbers = (*limits, *untaken(led, reading, limits))
    told = sorted((*reading.days, *(of_month(one, to) for one in numbers)), key=lambda day: day.start)
    ahead = (still_ahead(day, to, weekend=any(m.key == "weekend" for m in said)) for day in told)
    days = tuple(in_its_week(day, text, language, to) for day in ahead)
    days = tuple(after_its_first(day, days, text, language) if again else day for day in days)
    days = with_the_next_week(days, replace(found, marks=tuple(said)))
    return replace(
        found,
        marks=tuple(said),
        days=without_beside(without_now(tuple(d for d in days if not _is_name(d, own)), said, text, language), said),
        times=tuple(sorted((one for one in times if not _is_name(one, own)), key=lambda one: one.start)),
        shifts=reading.shifts or moved_by(reading, said),
        lengths=reading.lengths,
        name=own,
        phone=number, email=mail, code=code,
    )  # fmt: skip


def _spoken(masked: str, found: Values, idle: Sequence[Placed], *, asked: bool) -> str:
    """Return a message with all that tells no day and no hour blanked out: names, what is idle, closed phrases.

    asked: it answers when, so that even idle words may tell it.
    """
    words, language, said = found.words, found.language, list(found.marks)
    stopped = ("", *STOPS)  # "the day after, half ten" is not after half ten
    orders = [m for m in said if m.key in _NO_TIME]
    orders += [
        m
        for m in found.marked("day_after", "week_after", "right_after")
        if found.text[m.end :].strip(" ")[:1] in stopped
        or (m.key == "day_after" and words[m.last].text not in _TAKES_A_DAY)
    ]
    after, whose = lists(language)["weekday_after"], lists(language)["whose"]
    ones = [m for m in found.marked("one") if not (m.first and words[m.first - 1].text in after)]  # "after this one"
    small = [] if asked else [*ones, *found.marked("idle", *WINDOWS)]
    kin = [words[m.first - 1] for m in found.marked("kin") if m.first and words[m.first - 1].text in whose]  # "mi hija"
    names = [
        *articles(words, found.services, language),
        *letters(words, language),
        *both(found.text, words, said),
        *kin,
    ]
    names += so_many(words, (*found.services, *found.marked("asks_places")), found.marked("us"), language)
    names += so_many_of(words, found.text, found.services, language)
    names += [*pronouns(words, found.people, language), *leading_to(found.people, words, said)]
    names += [old for one in found.marked("kin") for old in ages(one.last, words, found.text, language)]
    other_days = phrases(words, lists_of("ordering", language)["apart"])  # "in due giorni diversi" is not in two days
    names += [words[at] for at in places_of(other_days)]
    spoken = blanked(masked, spans(found.people, found.services, idle, orders, small, names))
    limits = spelled(language, "before")
    # "às 8h e as análises às 8h20" is no range, nor "voor een knipbeurt om 10 uur" a limit
    joined = {m.end for m in said if m.key in ("and", "week_after", "day_after")} | {
        word.end for word in words if word.text in limits
    }
    for hit in found.services:
        if any(not spoken[end : hit.start].strip() for end in joined if end <= hit.start):
            spoken = spoken[: hit.start] + _NO_WORD * (hit.end - hit.start) + spoken[hit.end :]
    barring = (m for m in found.marked("not_after") if m.last > m.first)  # "nine is too early, half ten" is two hours
    for mark in (*found.marked("adding", "in_turn"), *barring):  # "friday, and one more next week" is none of that
        spoken = spoken[: mark.start] + _NO_WORD * (mark.end - mark.start) + spoken[mark.end :]
    return spoken


def _read(spoken: str, text: str, said: list[Mark], language: str, to: Listening) -> Reading:
    """Return the days and times of a message as they stand in its text, without what is only a place in a row."""
    reading = read(spoken, Context(to.now, language, to.desk.opens, to.desk.closes, to.about))
    days = [replace(d, end=d.start + len(text[d.start : d.end].rstrip(" ,"))) for d in reading.days]
    days = [day for day in days if not is_rank(day, text, said, language)]
    days = [day for day in days if not is_so(day, text, language, begun=to.about is not None)]
    times = tuple(without_stop(one, text) for one in reading.times if not is_having(one, text, language))
    return by_an_hour(apart(replace(reading, days=tuple(days), times=times), text, language), text, said, language)


def _alone(said: list[Mark], text: str) -> list[Mark]:
    """Return the small words without those that only are part of a longer phrase: of "one after the other", of "on the
    day after", of "her name is Aoife" or "my son's name"."""
    said = [m for m in said if text[m.start : m.end].casefold() not in _ACCENTED.get(m.key, ())]
    said = [m for m in said if m.key != "in_turn" or not any(one in text[m.start : m.end] for one in STOPS)]
    for longer, parts in _LONGER:
        if where := spans(m for m in said if m.key in longer):
            said = [m for m in said if m.key in longer or not within(m.start, where) or (parts and m.key not in parts)]
    turns = spans(m for m in said if m.key == "in_turn")
    said = [m for m in said if m.key in ("in_turn", "and", "no", "not_before") or not within(m.start, turns)]
    theirs = [(m.start, m.end) for m in said for kin in said if kin.key == "kin" and kin.last + 1 == m.first]
    later_in = spans(m for m in said if m.key in LATER_IN)  # "something later in the month"
    listed = spans(m for m in said if m.key in (*PLACES, "last", "earlier_one", "later_one"))
    kept = [m for m in said if m.key not in _OWN or not within(m.start, theirs)]
    kept = [m for m in kept if m.key != "later" or not touched(m, later_in)]
    inner = ("earlier", "later")  # "la prima" is no "prima"
    return [m for m in kept if m.key not in inner or not any(start < m.start < end for start, end in listed)]


def _summed(words: tuple[Word, ...], said: list[Mark], text: str, language: str) -> list[Word]:
    """Return the numbers that tell of how many the price is asked: the "cuatro" of "how much are the four"."""
    if not any(mark.key == "asks_price" for mark in said):
        return []
    small = lists(language)["whose"] | lists(language)["all"]
    at = spelled(language, "at", "after", "before", "between")  # "dopo le quattro. Quanto costa?"
    found = list[Word]()
    for n, word in enumerate(words):
        before = [one.text for one in words[max(0, n - 2) : n]]
        led = bool(before) and before[-1] in small and not {before[0], " ".join(before)} & at
        raw = text[words[n - 1].start : words[n - 1].end].casefold()
        if led and raw == words[n - 1].text and 1 < number_words(language).get(word.text, 0) <= _HOURS:
            found.append(word)  # "quanto custa às quatro" names an hour
    return found


@cache
def _clocked(language: str) -> frozenset[str]:
    """Return the words that stand last where a length of hours or minutes is told."""
    last = {one.split()[-1] for one in spelled(language, "lengths")}
    return spelled(language, "units.hour", "units.minute") | last


def _without_own(
    people: tuple[Hit, ...], masked: str, said: list[Mark], language: str, services: Directory, around: Surroundings
) -> tuple[Hit, ...]:
    """Return those of the staff who are not only named in the customer's longer name: "Anna Berger", "Moll-Huber"."""
    without = blanked(masked, spans(services.find(masked, around.for_things()))) if people else ""
    own = contact.name(masked, language, said, without, False, None) if people else None
    if own is None:
        return people
    return tuple(hit for hit in people if not own.start <= hit.start < own.end or hit.end - hit.start >= len(own.text))


def _is_name(found: DayReading | TimeReading, own: Found | None) -> bool:
    """Tell whether a day or a time is the customer's name: the "Eve" of "Eve, 0660 1234567" is no evening, nor the
    "van Jan" of "op naam van Jan de Wit" a month."""
    return own is not None and own.start < found.end <= own.end


def _own_name(
    text: str, language: str, words: Sequence[Word], said: list[Mark], masked: str, reading: Reading, to: Listening
) -> Found | None:
    """Return the name that the customer gives: one that is known is changed in so many words, corrected, or asked for.

    A day or a time that is written as a part of a name is one, where the name was asked for, is announced, or stands
    beside a number.
    """
    asked = "name" in to.asked
    told = spans(reading.days, reading.times)
    meant = names_in_disguise(masked, told, said, language, asked=asked)
    taken = {at for start, end in told if (start, end) not in meant for at in range(start, end)}
    taken -= {at for start, end in meant for at in range(start, end)}
    taken |= {at for one in others_named(masked, said, language) for at in range(one.start, one.end)}
    about = phrases(words, lists_of("noting", language)["about"]).values()  # "sou principiante" is nobody's name
    small = [words[last] for last in about if text[words[last].start].islower()]
    taken |= {at for one in small for at in range(one.start, one.end)}
    masked = "".join("," if at in taken else one for at, one in enumerate(masked))
    if to.name and not asked:
        other = renamed(masked, to.name, words, said, language, read_back=to.read_back)
        if other or not contact.is_outright(said):
            return other
    if asked:  # "its priyanka" answers that
        own = phrases(words, lists_of("consent", language)["own"]).items()
        leads = [(a, b) for a, b in own if text[words[a].start : words[b].end] != "e"]  # "Ana Reis e Rui Reis"
        said = [*said, *(Mark("name_before", a, b, words[a].start, words[b].end) for a, b in leads)]
    first = min((one[0] for one in told if one not in meant), default=None)
    found = contact.name(text, language, said, veiled(masked, meant), asked, first)
    asking = [m.end for m in said if m.key == "asking" and found and m.end <= found.start]  # "wos tuat do de clara?"
    if found and found.text.islower() and any("?" not in text[at : found.end] for at in asking[-1:]):
        found = found if text[found.end :].lstrip()[:1] != "?" else None
    found = told_once(unveiled(found, text) if meant else found, text) if found else None
    found = with_surname(found, text, language) if found else None
    return (of_a_pair(text, language) if asked else None) or found


def _without_surnames(
    services: tuple[Hit, ...], people: tuple[Hit, ...], text: str, language: str, to: Listening
) -> tuple[Hit, ...]:
    """Return the services without a surname that is like one: the "Pinto" of "Rui Pinto" is no colour; "Jakob Mathe,
    Lena Englisch" and "Jack maths, Ella English" are two lessons."""
    exact = {plain(one.name) for one in to.desk.services}
    if len({hit.ids for hit in services}) > 1:
        names, nouns = [name for one in to.desk.services for name in one.synonyms], table(language).capital_nouns
        exact |= {plain(name) for name in names if nouns or (language == "en" and name[0].isupper())}
    firsts = [m for m in _FIRST.finditer(text) if plain(m[1]) in given_names()]
    firsts = [m for m in firsts if not any(hit.start <= m.start() < hit.end for hit in people)]
    ends = {m.end() for m in firsts}
    surnames = [hit for hit in services if hit.start in ends and text[hit.start].isupper()]
    return tuple(hit for hit in services if hit not in surnames or plain(text[hit.start : hit.end]) in exact)


def _with_consultation(
    services: tuple[Hit, ...],
    people: tuple[Hit, ...],
    said: list[Mark],
    words: tuple[Word, ...],
    language: str,
    to: Listening,
) -> tuple[Hit, ...]:
    """Return the services with the consultation for which somebody wants to see a doctor: "talk to Dr Weber", "the
    blood test for me, the doctor for my husband", "the bloods tomorrow and the doctor next week"."""
    known = [s.id for s in to.desk.services if _CONSULTATION in map(plain, (s.name, *s.synonyms))]
    if len(known) != 1 or any(known[0] in hit.ids for hit in services):
        return services
    doctors = [m.first for m in said if m.key == "doctor"]
    doctors += [i for i, word in enumerate(words) for hit in people if hit.start <= word.start < hit.end]
    sees = (m for m in said if m.key == "sees")
    seen = [m for m in sees if any(0 < m.first - at <= _BESIDE or 0 < at - m.last <= _BESIDE for at in doctors)]
    theirs = {m.first for m in said if m.key in ("me", "object", "kin")}  # and no "besoin d'une prise de sang"
    whose = [m.first for m in said if m.key == "for_whom" and theirs & {m.last + 1, m.last + 2}]
    whose = whose if services and not seen else []
    seen += [
        m
        for m in said
        if m.key == "doctor" and len(whose) > 1 and any(0 < at - m.last <= _FAR for at in whose)
        and not any(hit.start < m.end and m.start < hit.end for hit in services)
    ]  # fmt: skip
    small, ands = ({at for m in said if m.key == key for at in range(m.first, m.last + 1)} for key in ("skip", "and"))
    for mark in (m for m in said if m.key == "doctor" and services and not seen):
        lead = next((at for at in range(mark.first - 1, -1, -1) if at not in small - ands), -1)
        told = mark.last + 1 in phrases(words, lists_of("company", language)["says"])  # "and the doctor told me to"
        seen += [mark] if lead in ands and not told else []
    return tuple(sorted((*services, *(Hit((known[0],), m.start, m.end) for m in seen[:1])), key=lambda hit: hit.start))


def _with_hair(values: Values, to: Listening) -> tuple[Hit, ...]:
    """Return the services with the cut that hair stands for beside another one: "hair and beard"."""
    known = [one.id for one in to.desk.services if _HAIRCUT in map(plain, (one.name, *one.synonyms))]
    if len(known) != 1 or any(known[0] in hit.ids for hit in values.services):
        return values.services
    for mark in clear_of(values.marked("hair"), spans(values.services)):
        for hit in values.services:
            start, end = sorted((mark.start, hit.start))[1], min(mark.end, hit.end)
            joint = values.text[end:start].strip() in ("+", "&", ",") or any(
                end <= m.start < start for m in values.marked("and", "adding")
            )
            if joint and values.joined(end, start, "and", "adding", "skip", "whose"):
                return tuple(
                    sorted((*values.services, Hit((known[0],), mark.start, mark.end)), key=lambda one: one.start)
                )
    return values.services


def _code(text: str) -> Found | None:
    found = _CODE.search(text)
    return Found(found.group().upper(), found.start(), found.end()) if found else None


def _surroundings(language: str, asked: frozenset[str]) -> Surroundings:
    table = lists(language)
    answer = bool(asked & {"staff", "service"})
    other = bool(asked & {"name", "phone", "email", "other"}) and not answer
    return Surroundings(
        common=table["common"],
        trade=table["trade"],
        ordinary=ordinary(language),
        before=contact.at_end(language, "staff_before"),
        place=contact.at_end(language, "place_before"),
        answer=answer,
        own=contact.at_end(language, "name_before", "kin"),
        own_answer="name" in asked and not answer,
        other_answer=other,
    )
