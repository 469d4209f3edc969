"""What looks like a day, a time or a place in a list and is none: "a las 10 un corte", "on the 2nd floor".

Pure filters over what the grammar read and the small words around it; `values.py` calls them in its order.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from truebook.language.lists import in_any, lists, lists_of
from truebook.language.lists.bounds import LIMITS
from truebook.language.lists.marks import PLACES, Mark, Word, phrases
from truebook.language.lists.timewords import spelled, weekday_in
from truebook.language.names import Hit
from truebook.language.spans import covered, spans, within
from truebook.language.temporal.model import DayReading, Reading, ShiftReading, TimeReading
from truebook.language.text import plain
from truebook.language.values.counting import number_words
from truebook.language.values.said import Listening

_LED = 10  # letters between a "from" and the day that it leads to: "a partir do dia 10"
_BOTH = (("las", "dos"), ("los", "dos"), ("as", "duas"), ("os", "dois"))
_CLOCK, _HOUR_TOLD = re.compile(r"\d[:h.]\d\d"), re.compile(r"\b(?:las|às) \d")
_ORDINAL = re.compile(r"\d{1,2}(?:[^\W\d]{1,3}|[ºª°.])")
_MANY = 4  # how many may come together
_HOUR_FOLLOWS = frozenset("in im pm uhr oclock de del da du di dans nachmittags s smiddags".split())
_HOUR = 60
_SHORT = 3  # words of an ordinal with its article
_NOT_NOW = ("asks_price", "in_all", "asks_order", "yes", "same_time")


def apart(reading: Reading, text: str, language: str) -> Reading:
    """Return the reading with a weekday and the part of a day behind its comma as two stretches: "thursday, in the
    mornings I work" speaks of both, and only of one it says that it is no good."""
    days, times = list(reading.days), list(reading.times)
    for at, day in enumerate(days):
        for place, hours in enumerate(times):
            comma = text.find(",", day.start, day.end)
            whole = (day.start, day.end) == (hours.start, hours.end) and comma >= 0
            behind = text[comma + 1 : day.end]
            if whole and not weekday_in(plain(behind).split(), language) and not any(c.isdigit() for c in behind):
                days[at] = replace(day, end=comma)
                times[place] = replace(hours, start=day.end - len(behind.lstrip()))
    return replace(reading, days=tuple(days), times=tuple(times))


def without_stop(time: TimeReading, text: str) -> TimeReading:
    """Return an hour without the stop of its sentence: not that of "3 p.m."."""
    words = text[time.start : time.end]
    stopped = words.endswith(".") and "." not in words.split()[-1][:-1]
    return replace(time, end=time.end - 1) if stopped else time


def not_before(time: TimeReading, reading: Reading, words: tuple[Word, ...], text: str, language: str) -> TimeReading:
    """Return an hour as a limit where "at the earliest" stands beside it: "friday, at ten at the earliest"; the "vanaf"
    of "om 16 uur vanaf 10 december" leads to the day."""
    found = phrases(words, lists_of(LIMITS, language)["earliest"]).items()
    said = [(words[a].start, words[b].end) for a, b in found]
    said = [(a, b) for a, b in said if not any(0 <= day.start - b <= _LED for day in reading.days)]
    gaps = (text[end : time.start] if end <= time.start else text[time.end : start] for start, end in said)
    beside = any(not gap.strip() for gap in gaps)
    return replace(time, relation="after") if beside and time.relation == "at" else time


def is_so(day: DayReading, text: str, language: str, *, begun: bool) -> bool:
    """Tell whether a "so" is a small word and no sunday: it is not written as a name ("nein, so 11:15"), or only
    because a sentence begins with it, where a day was spoken of before."""
    *before, said = text[day.start : day.end].split() or [""]
    led = bool(before) and plain(before[-1]) in spelled(language, "on", "this", "next", "coming")
    begins = not text[: day.start].strip() or text[: day.start].rstrip()[-1] in ".!?\n"
    return language == "de" and not led and (said == "so" or (said == "So" and begun and begins))


def is_having(hour: TimeReading, text: str, language: str) -> bool:
    """Tell whether an "at one" is the verb and the article of "ma fille a un contrôle"."""
    return language == "fr" and text[hour.start : hour.end] in ("a un", "a une")


def without_beside(days: tuple[DayReading, ...], said: list[Mark]) -> tuple[DayReading, ...]:
    """Return the days without those that are only told from another one: "l'11 dicembre, quindi il giorno prima", "la
    misma mañana, jueves 3"."""
    beside = spans(mark for mark in said if mark.key in ("day_before", "day_after", "same_day"))
    return tuple(day for day in days if not covered(day, beside)) or days


def without_now(days: tuple[DayReading, ...], said: list[Mark], text: str, language: str) -> tuple[DayReading, ...]:
    """Return the days without a "now" that is none: beside another day, in "how much is it now?", in "yes, now it is
    right", or as the "ora" of "stessa ora"."""
    known = lists_of(LIMITS, language)["now"]
    left = tuple(day for day in days if plain(text[day.start : day.end]) not in known)
    none = any(mark.key in _NOT_NOW for mark in said)  # the "ora" of "a che ora"
    return left if left or none else days


def is_a_sound(hit: Hit, words: tuple[Word, ...], text: str, language: str) -> bool:
    """Tell whether a name is written as what only sounds: the "ben" of "ben 12h45 est pris ?", not "avec ben"."""
    before = {word.text for word in words if word.end == hit.start - 1}
    led = before & in_any(language, "staff_before", "with_whom", "for_whom")
    return text[hit.start : hit.end] in lists(language)["courtesy"] and not led


def articles(words: tuple[Word, ...], services: tuple[Hit, ...], language: str) -> list[Word]:
    """Return the "un" of "a las 10 un corte", of "una de inglés" and of "un pomeriggio", and the "die" of "die Haare
    schneiden": no hours and no days."""
    known, ours, parts = (spelled(language, *kinds) for kinds in (("article", "the"), ("article",), ("parts",)))
    known |= {f"d{one}" for one in ours}  # "besoin d'une coupe semaine prochaine"
    of = spelled(language, "of") - known
    before = [next((w for w in reversed(words) if w.end <= hit.start and w.text not in of), None) for hit in services]
    pairs = [{one.text, f"{one.text} {two.text}"} for one, two in pairwise([*words[1:], Word("", 0, 0)])]
    led = [word for word, names in zip(words, pairs, strict=False) if word.text in ours and parts & names]
    return [*(word for word in before if word and word.text in known), *led]


def pronouns(words: tuple[Word, ...], people: tuple[Hit, ...], language: str) -> list[Word]:
    """Return the "one" of "the afternoon one", "friday's one" and "ben's one": no hour."""
    known, parts = lists(language).get("pronoun", ()), spelled(language, "parts")
    named = [
        word for word in words if within(word.start, spans(people)) or weekday_in([word.text], language) is not None
    ]
    leads = {*named, *(word for word in words if word.text in parts)}
    return [two for one, two in pairwise(words) if two.text in known and one in leads]


def both(text: str, words: tuple[Word, ...], said: list[Mark]) -> list[Word]:
    """Return the "las dos" and "as duas" that are two people, where somebody of the customer's own is named or another
    hour is told: "às 19:30, as duas, eu e a Inês". An hour has its "a" ("a las dos", "às duas")."""
    free = any(mark.key == "kin" for mark in said) or _CLOCK.search(text)
    found = list[Word]()
    for led, one, two in zip(("", *(word.text for word in words)), words, words[1:], strict=False):
        apart = text[: one.start].rstrip().endswith(",") and _HOUR_TOLD.search(text)  # "a las 16 y a las 17, las dos"
        if (one.text, two.text) in _BOTH and led != "a" and text[one.start] not in "àáÀÁ" and (free or apart):
            found += (one, two)
    return found


def so_many(words: tuple[Word, ...], told: Sequence[Hit | Mark], us: Sequence[Mark], language: str) -> list[Word]:
    """Return the numbers that tell for how many a service or a place is told, right behind it: the "two" of "a haircut
    for two on friday" and "is there room for two?" is no hour, that of "for two in the afternoon" is one; nor is the
    "three" of "we're three, Jan comes too" a day."""
    led, numbers, ends = lists_of("counting", language)["for"], number_words(language), {one.end for one in told}
    hours = spelled(language, "units.hour") | _HOUR_FOLLOWS
    found = list[Word]()
    for place, (before, one) in enumerate(pairwise(words)):
        behind = words[place + 2].text if place + 2 < len(words) else ""
        stands = place > 0 and words[place - 1].end in ends and before.text in led
        stands = stands or before.end in {mark.end for mark in us}
        many = 1 < numbers.get(one.text, 0) <= _MANY
        into = {word.start for word in words[place + 3 : place + 5]} & {one.start for one in told}  # "in the pilates"
        if stands and many and (behind not in hours or into) and behind not in numbers:
            found.append(one)
    return found


def so_many_of(words: tuple[Word, ...], text: str, services: tuple[Hit, ...], language: str) -> list[Word]:
    """Return the numbers with which a message begins, or a part of it, right before a service: the "two" of "two
    haircuts please" is no hour, that of "friday two, a haircut" is one."""
    numbers, starts, found = number_words(language), {hit.start for hit in services}, list[Word]()
    for one, after in pairwise(words):
        begins = text[: one.start].rstrip()[-1:] in ("", *".!?,;:\n")
        joined = not text[one.end : after.start].strip()
        if begins and joined and after.start in starts and 1 < numbers.get(one.text, 0) <= _MANY:
            found.append(one)
    return found


def all_of_them(words: tuple[Word, ...], text: str, language: str, to: Listening) -> list[Mark]:
    """Return where all that was read back, or all who come, are meant by their number: "sí, las tres", "tous les
    trois", "as duas", "me and two friends, room for all three?"; an hour has its accent ("às duas")."""
    articles = spelled(language, "the") | lists(language)["all"]
    at = spelled(language, "at", "of") | {"a"}  # "a las dos"
    numbers, for_, kin = number_words(language), lists_of("counting", language)["for"], lists(language)["kin"]
    beside = [after for after, word in enumerate(words) if word.text in kin]
    kin_told = {numbers.get(word.text, 0) for after in beside for word in words[max(0, after - 2) : after]} - {0}
    told = kin_told | {1 + number for number in kin_told}  # "we are three friends", "me and two friends"
    told |= {1 + len(beside)} - {1, 2}  # "my sister, my mum and me"
    return [
        Mark("all" if numbers[two.text] in to.counts else "for_all", place, place + 1, one.start, two.end)
        for place, (one, two) in enumerate(pairwise(words))
        if one.text in articles and text[one.start] not in "àÀ" and not (place and words[place - 1].text in at)
        and (numbers.get(two.text) in to.counts | {to.people} - {1}
             or (numbers.get(two.text) in told and place and words[place - 1].text in for_ and two.text.isalpha()))
    ]  # fmt: skip


def letters(words: tuple[Word, ...], language: str) -> list[Word]:
    """Return what only spells a name: the "un h" of "Guivarch avec un h" is no hour."""
    known, before = lists(language)["with_whom"], [Word("", 0, 0), *words]
    pairs = [pair for two, pair in zip(before, pairwise(words), strict=False) if two.text in known]
    return [one for pair in pairs if len(pair[1].text) == 1 and pair[1].text.isalpha() for one in pair]


def is_date(mark: Mark, words: tuple[Word, ...], reading: Reading, language: str) -> bool:
    """Tell whether a place in a list is a part of a date: the "4th" of "march 4th", but not "the 4th" alone."""
    if mark.key not in (*PLACES, "last"):
        return False
    small = {word for phrase in lists(language)["skip"] for word in phrase.split()}
    for day in reading.days:
        if day.start <= mark.start and mark.end <= day.end:
            beside = [
                w for i, w in enumerate(words) if day.start <= w.start < day.end and not mark.first <= i <= mark.last
            ]
            return any(w.text not in small for w in beside)
    return False


def is_rank(day: DayReading, text: str, said: list[Mark], language: str) -> bool:
    """Tell whether an ordinal is a place in a row and no day: "a 7th friend", "the 7th (tara)", "on the 2nd floor", "in
    4th", "the first of those days", or "la segunda": days are men."""
    named = [m for m in said if m.key in PLACES and day.start <= m.start and m.end <= day.end]
    if named and plain(text[day.start : day.end]).split()[0] == "la":
        return True
    offers = [m for m in said if m.key == "of_those"]
    if any(day.until is None and m.start >= day.end and not text[day.end : m.start].strip() for m in offers):
        return True
    if any(m.start <= day.start < m.end and set(PLACES) & {one.key for one in said if one.end < m.end} for m in offers):
        return True  # the "dieser Tage" of "am ersten dieser Tage"
    bare = text[day.start : day.end].split()
    if not day.until and _is_led_as_rank(day.start + text[day.start : day.end].rfind(bare[-1]), bare[-1], text, said):
        return True
    if day.until or len(bare) > _SHORT or not any(c.isdigit() for c in bare[-1]) or weekday_in(bare, language):
        return False
    after = text[day.end :].lstrip(" .")
    names = re.match(r"\(\s*[^\W\d_]", after) is not None
    behind = [m for m in said if m.key in ("kin", "ranked") and m.start >= day.end]
    return names or any(not text[day.end : m.start].strip(" .") for m in behind)


def _is_led_as_rank(at: int, ordinal: str, text: str, said: list[Mark]) -> bool:
    """Tell whether an ordinal stands behind what leads to no date: "en 4e", "in der 4."."""
    return _ORDINAL.fullmatch(ordinal) is not None and any(
        m.key == "rank_led" and m.end <= at and not text[m.end : at].strip() for m in said
    )


def leading_to(people: tuple[Hit, ...], words: tuple[Word, ...], said: list[Mark]) -> list[Word]:
    """Return the words before a person, which no number counts: the "bei der" of "nach fünf bei der Anna"."""
    joining = {m.last for m in said if m.key in ("and", "or", "not_before")}
    leads = {m.last: m.first for m in said if m.key == "staff_before" and m.last not in joining}
    articles = {m.last for m in said if m.key in ("whose", "the_one")}
    found = list[Word]()
    for hit in people:
        at = sum(word.end <= hit.start for word in words) - 1
        lead = at - 1 if at in articles and at - 1 in leads else at
        found += words[leads[lead] : at + 1] if lead in leads else ()
    return found


def by_an_hour(reading: Reading, text: str, said: list[Mark], language: str) -> Reading:
    """Return the reading in which the only hour is a length where something is moved by it: "avancer d'une heure", "een
    uur later dan gepland"; an hour has its "at" then."""
    moved = {mark.key for mark in said} & {"later", "put_off", "earlier", "put_forward"}
    one = reading.times[0] if len(reading.times) == 1 and not (reading.lengths or reading.days) else None
    first, _, unit = plain(text[one.start : one.end]).partition(" ") if one and moved else ("", "", "")
    if not one or first not in spelled(language, "article") or unit not in spelled(language, "units.hour"):
        return reading
    return replace(reading, times=(), lengths=(ShiftReading(0, _HOUR, one.start, one.end),))


def moved_by(reading: Reading, said: list[Mark]) -> tuple[ShiftReading, ...]:
    """Return how far something is moved by a length of its own: "put it back two days", "later, by a quarter"."""
    keys = {mark.key for mark in said}
    later, sooner = keys & {"later", "put_off"}, keys & {"earlier", "put_forward"}
    if len(reading.lengths) != 1 or reading.days or reading.times or bool(later) == bool(sooner):
        return ()
    (one,) = reading.lengths
    sign = 1 if later else -1
    return (replace(one, days=sign * one.days, minutes=sign * one.minutes),)
