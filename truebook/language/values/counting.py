"""How many: times and weeks of what comes again ("for ten weeks"), and people who come together ("two places")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from truebook.language.languages import ours
from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import Word, phrases, places_of, words_of
from truebook.language.lists.timewords import spelled
from truebook.language.remembering import remembers
from truebook.language.spans import within
from truebook.language.temporal.spelling import variants
from truebook.language.text import plain
from truebook.language.words import table

Unit = Literal["day", "week", "month"]
UNITS: tuple[Unit, ...] = ("day", "week", "month")
MOST = 60
_FAR = 4  # words from a number to the "in a row" that it counts
_SHORT = 4  # words of an answer that is a number, or says no to one
_PARTY = 6  # people who come together, where the number behind a "for" may be an hour as well
_NEAR = 3  # words between a count and the "a week" that belongs to it
_STOPS = ".,;:!?\n"
_FIGURES = re.compile(r"\d+(?:[:.,/h]\d+)+")  # hours and dates: "4:15", "16h30", "4.12."
_STOPPED = re.compile(r"[.;:!?\n]")
_PARTS_OF_HOUR = ("half", "quarter", "three_quarters", "past_hour", "to_hour", "minus", "plus")
_TIMES = ("x", "mal", "maal")
"""What is written in one with a number that counts times."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a message counts: dates, or so many days, weeks or months; how far apart; people; a number and no more.

    `through`: "for" so many weeks, beside a weekday. `party`: "for two" with nothing that it counts, which may as well
    be a time of day; `weekly`: so many times a week, which tells nothing of how many in all; `each`: "every" is said,
    or "regularly"; `row`: so many of the same one right after the other, or so many `hours` of it: "two in a row".
    `once`: it is not to come again: "not every week". `single`: "just one".
    """

    times: int | None = None
    lasting: tuple[int, Unit] | None = None
    every: Unit | None = None
    interval: int | None = None
    people: int | None = None
    party: int | None = None
    bare: int | None = None
    weekly: bool = False
    each: bool = False
    row: int | None = None
    hours: bool = False
    through: bool = False
    once: bool = False
    single: bool = False

    @property
    def again(self) -> bool:
        """Tell whether something is to come again and again."""
        return bool(self.each or self.every or self.interval or self.weekly)


@remembers(4096)
def counted(text: str, language: str) -> Counted:
    """Return what a message counts."""
    for start, end in (*habits(text, language), *_written(text, language)):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    whole = words_of(text, language)
    words = [word.text for word in whole]
    known, numbers, said = lists_of("counting", language), number_words(language), set(words)
    spaced = f" {' '.join(words)} "
    weekly = _is_weekly(whole, language)
    whenever = phrases(whole, lists(language)["any_time"])
    free = {word.text for first, last in whenever.items() for word in whole[first : last + 1]}  # "jede Zeit ist recht"
    nots = phrases(whole, lists(language)["not_before"]).values()
    denied = {last + 1 for last in nots}  # "just once, not every week"
    idle = places_of(phrases(whole, known["no_series"]))
    each = {word for place, word in enumerate(words) if place not in denied | idle} - free
    once = any(words[place] in known["every"] for place in denied if place < len(words)) and not known["every"] & each
    again = bool(known["every"] & each) or bool(phrases(whole, known["regular"]))
    if phrases(whole, known["once"]):  # "no series, just the 14th"
        once, again = True, False
    single = bool(_single(whole, language))
    found = Counted(each=again, weekly=weekly, once=once, single=single)
    found = replace(found, every="week" if weekly else None)
    others = phrases(whole, known["other"])
    if any(_is_often(words, first, last, language) for first, last in others.items()):
        found = replace(found, interval=2)
    if any(f" {twice} " in spaced for twice in known["double"]):
        found = replace(found, row=2)
    rows, told_away = _rows(whole, language), _told_away(whole, language)
    figures = [one.span() for one in _FIGURES.finditer(text)]
    nouns = tuple(one for one in known["times"] if len(one) > _SHORT)  # "zwei Englischstunden"
    times = {place for place, word in enumerate(words) if word in known["times"] or word.endswith(nouns)}
    times -= places_of(phrases(whole, lists(language)["same_time"]))
    for place, word in enumerate(words):
        before, (after, second) = words[max(0, place - 2) : place], (*words[place + 1 : place + 3], "", "")[:2]
        number, unit, last = numbers.get(word), _unit(after, language), before[-1] if before else ""
        if (glued := 2 if word in known.get("twice", ()) else _glued(word, numbers)) and not weekly:
            found = replace(found, times=glued)
        if word in known["every"] and unit and place not in denied:
            found = replace(found, every=unit)
        if place in rows:
            found = replace(found, row=number, hours=after in spelled(language, "units.hour"))
            continue
        timed = last in spelled(language, "after") and not unit  # "na vieren plek" is a time of day
        timed = timed or within(whole[place].start, figures)
        if number is None or timed or (place in told_away and word not in before):
            continue
        if number > 1 and after in spelled(language, "weekdays") and any(f" {one} " in spaced for one in known["row"]):
            found = replace(found, times=number, every="week", each=True)  # "three tuesdays in a row"
            continue
        if unit and (bool(known["every"] & set(before)) or word in before or place - 1 in others.values()):
            found = replace(found, every=unit, interval=number)  # "toutes les 4 semaines", "de 4 em 4 semanas"
        elif unit:
            lasts = {last, second} & spelled(language, "lasting")
            through = bool(lasts) and _by_weekday(whole, place, text, language)
            in_row = bool(phrases(whole, known["back_to_back"])) and bool(said & spelled(language, "weekdays"))
            found = replace(found, lasting=(number, unit), through=number > 1 and (through or in_row))
        elif not weekly and (_counts(whole, place, times, text, language) or _in_all(whole, place, text, language)):
            found = replace(found, times=number)
        elif known["people"] & {after, f"{after} {second}"}:
            found = replace(found, people=number)
        elif last in known["for"] and (
            not after
            or after in known["then"] | spelled(language, "weekdays")
            or any(sign in _STOPS for sign in text[whole[place].end : whole[place + 1].start])
        ):
            hour = _is_hour(words[place + 1 :], language) or number > _PARTY
            hour = hour or (len(before) > 1 and before[0] in lists(language)["me"])  # "book me for 4 on wednesday"
            found = found if hour else replace(found, party=number)
        elif _is_bare(words, place, language):
            found = replace(found, bare=number)
    often = found.times or found.lasting or found.every not in (None, "day")
    if not often and phrases(whole, lists(language)["any_day"]):
        found = replace(found, every=None, each=False)  # "jeder Tag ginge" wants none every day
    return found


def _is_often(words: Sequence[str], first: int, last: int, language: str) -> bool:
    """Tell whether an "every other" is said of weeks, days or a weekday; that of "alle zwei Kinder" is not."""
    often = spelled(language, "weekdays", *(f"units.{unit}" for unit in UNITS))
    behind = [word for word in words[last + 1 : last + 3] if word not in number_words(language)]
    return bool(often & {*behind[:1], *words[max(0, first - 1) : first]})


def _counts(words: Sequence[Word], place: int, times: set[int], text: str, language: str) -> bool:
    """Tell whether a number counts times: of "9 Termin" an "um" makes it an hour, of "the 16th; 3 visits" a stop."""
    led = place > 0 and words[place - 1].text in _at(language)
    small = words[place + 1].text in lists(language)["skip"] if place + 1 < len(words) else False
    ahead = [at for at in (place + 1, *(() if small else (place + 2,))) if at in times]
    return bool(ahead) and not led and not _STOPPED.search(text, words[place].end, words[ahead[0]].start)


def _in_all(words: Sequence[Word], place: int, text: str, language: str) -> bool:
    """Tell whether an "in all" follows a number at once: that of "at 19:30, the two of us" counts nothing."""
    after = words[place + 1 : place + 3]
    joined = bool(after) and text[words[place].end : after[0].start].isspace()
    return joined and " ".join(word.text for word in after) in lists(language)["in_all"]


def _single(words: Sequence[Word], language: str) -> dict[int, int]:
    """Return where it is said that there is to be one and no more: "just one", not "just one question"."""
    other = lists_of("consent", language)["question"] | spelled(language, "units.minute", "units.hour")
    said = phrases(words, lists_of("counting", language)["single"])
    return {first: last for first, last in said.items() if not {w.text for w in words[last + 1 : last + 2]} & other}


def _at(language: str) -> frozenset[str]:
    """Return the words that make an hour of a number; an article does not, alone."""
    return spelled(language, "at") - spelled(language, "the")


def _told_away(words: Sequence[Word], language: str) -> set[int]:
    """Return the places of the numbers that tell how far away something is: "in two weeks", "two weeks ago"."""
    led = phrases(words, spelled(language, "within", "ago") - spelled(language, "lasting"))
    behind = phrases(words, spelled(language, "from_now", "ago", "later"))
    return {last + 1 for last in led.values()} | {first - 2 for first in behind}


def habits(text: str, language: str) -> list[tuple[int, int]]:
    """Return the clauses that only tell what somebody does every week anyway: "I work every monday"."""
    words, known, cutting = words_of(text, language), lists(language), lists_of("counting", language)
    starts = [words[first].start for first in phrases(words, known["and"] | known["but"] | cutting["so"])]
    found = list[tuple[int, int]]()
    for start, end, inside in _clauses(text, words, starts):
        often = any(word.text in cutting["every"] for word in inside) or phrases(inside, cutting["weekly"])
        if often and phrases(inside, cutting["habit"]):
            found.append((start, end))
    return found


def _written(text: str, language: str) -> list[tuple[int, int]]:
    """Return the clauses that only tell how often somebody has asked for it: "that's the third time I'm writing"."""
    words, told = words_of(text, language), lists_of("counting", language)["written"]
    return [(start, end) for start, end, inside in _clauses(text, words) if phrases(inside, told)]


def _clauses(text: str, words: Sequence[Word], starts: Sequence[int] = ()) -> Iterator[tuple[int, int, list[Word]]]:
    """Yield where the clauses of a text begin and end, cut at stops and at starts, with the words of each."""
    cuts = sorted({0, len(text), *starts, *(at + 1 for at, sign in enumerate(text) if sign in _STOPS)})
    for start, end in pairwise(cuts):
        yield start, end, [word for word in words if start <= word.start < end]


def _by_weekday(words: Sequence[Word], place: int, text: str, language: str) -> bool:
    """Tell whether a weekday stands in the sentence of a word."""
    days = (word for word in words if word.text in spelled(language, "weekdays"))
    return any(not _STOPPED.search(text, *sorted((day.start, words[place].start))) for day in days)


def _is_weekly(words: Sequence[Word], language: str) -> bool:
    """Tell whether so many times a week are wished for: "twice a week", but neither "in der Woche vom 7." nor "a week
    later"."""
    known, said = lists_of("counting", language), [word.text for word in words]
    counting = number_words(language).keys() | known["times"] | spelled(language, "article") | known.get("twice", set())
    away = phrases(words, lists(language)["week_after"] | lists(language)["week_before"])
    for first, last in phrases(words, known["weekly"]).items():
        of = said[last + 1 : last + 2]
        before = said[max(0, first - _NEAR) : first + 1]  # with the "twice" of "twice a week"
        counted_before = any(one in counting or _glued(one, number_words(language)) for one in before)
        told_away = any(begin <= last and first <= end for begin, end in away.items())
        if not told_away and not spelled(language, "of") & set(of) and (first == last or counted_before):
            return True
    return False


def _is_hour(after: Sequence[str], language: str) -> bool:
    """Tell whether a part of the day stands behind a number: "for four in the evening" counts nobody."""
    small = lists(language)["skip"] - spelled(language, "this")
    following = next((word for word in after if word not in small), "")
    return bool(after) and after[0] in small and following in spelled(language, "parts")


def counts(words: Sequence[Word], language: str) -> list[Word]:
    """Return the words that only count, and are no hours or days: the "1" of "1 plaza", "every 4 weeks"."""
    known, found, rows = lists_of("counting", language), list[Word](), _rows(words, language)
    found += [words[last] for last in _single(words, language).values()]
    if _is_weekly(words, language):  # "twice a week until christmas" is no week before christmas
        found += [words[place] for place in sorted(places_of(phrases(words, known["weekly"])))]
    for place, (one, after) in enumerate(pairwise(words)):
        if place in rows:
            hours = after.text in spelled(language, "units.hour")  # "two hours in a row" is no hour
            found += [one, after] if hours else [one]
        before = words[max(0, place - 2) : place]
        beyond = [w for w in words[place + 1 : place + 3] if _unit(w.text, language) == "week"]
        if one.text in known["every"] and beyond and (beyond[0] is after or after.text in lists(language)["skip"]):
            found += [one, beyond[0]]  # "every week from the 15th", "todas as semanas": no week from the 15th
        if one.text not in number_words(language):
            continue
        hour = bool(before) and before[-1].text in spelled(language, "after") | _at(language)
        if after.text in known["people"] | known["times"] and not hour:
            found.append(one)
        every = any(w.text in known["every"] or w.text == one.text for w in before)
        if _unit(after.text, language) and (every or " ".join(w.text for w in before) in known["other"]):
            found += [*before, one, after]  # "every 4 weeks" is no day in four weeks, nor is "om de twee weken"
    return found


def _rows(words: Sequence[Word], language: str) -> frozenset[int]:
    """Return the places of the numbers that count what comes in a row; neither weeks, weekdays nor people do."""
    known, found = lists_of("counting", language), set[int]()
    at = _at(language) | spelled(language, "after", "before")
    numbers = [place for place, one in enumerate(words) if number_words(language).get(one.text, 0)]
    idle = places_of(phrases(words, known["no_series"]))  # "8 uur. Hoe lang duurt het?"
    for end in phrases(words, known["back_to_back"]).keys() - idle:
        place = max((place for place in numbers if place < end), default=end)
        before, after = words[place - 1].text if place else "", words[place + 1].text if place + 1 < end else ""
        two = " ".join(word.text for word in words[max(0, place - 2) : place])
        led = {before, two}  # "a las 9 seguidos", "na vier uur. Hoe lang ...?"
        others = (
            before in known["for"] | spelled(language, "the")  # "den 8. hintereinander"
            or after in known["people"] | spelled(language, "weekdays")
            or _unit(after, language)
        )
        counts_it = not others and not at & led
        if 0 < end - place <= _FAR and number_words(language)[words[place].text] > 1 and counts_it:
            found.add(place)
    return frozenset(found)


def _is_bare(words: Sequence[str], place: int, language: str) -> bool:
    """Tell whether a number is that of a short answer, and no hour: "make it eight instead", "lieber acht"."""
    at = spelled(language, "at", "after") | {w for one in spelled(language, *_PARTS_OF_HOUR) for w in one.split()}
    others = sum(word in number_words(language) for word in words)
    return len(words) <= _SHORT and others == 1 and not (place and words[place - 1] in at)


def _glued(word: str, numbers: dict[str, int]) -> int | None:
    """Return the number of "10x" and "zehnmal"."""
    return next((numbers.get(word.removesuffix(end)) for end in _TIMES if word.endswith(end)), None)


def _unit(word: str, language: str) -> Unit | None:
    return next((unit for unit in UNITS if word in spelled(language, f"units.{unit}")), None)


def without_echo(text: str, language: str) -> str:
    """Return a text without how many, asked back, where a "no" or an "only" follows: "For two? No, just him"."""
    asked, mark, rest = text.partition("?")
    known, words = lists(language), {word.text for word in words_of(asked, language)}
    counts, small = known["both"] | number_words(language).keys(), known["common"] | known["skip"] | known["whose"]
    behind = {word.text for word in words_of(rest, language)[:_SHORT]} & (known["no"] | known["only"])
    echo = mark and behind and counts & words and len(words) <= _SHORT and words <= counts | small | known["for_whom"]
    return rest.lstrip() if echo else text


@cache
def number_words(language: str) -> dict[str, int]:
    """Return the numbers up to MOST, by how they are written in digits and in words."""
    words = table(ours(language))
    found = {str(number): number for number in range(1, MOST + 1)}
    named = [*enumerate(words.numbers), *words.tens.items()]
    return found | {plain(one): n for n, names in named for one in variants(names) if 0 < n <= MOST}
