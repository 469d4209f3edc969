"""Everything a single message says, before the conversation gives it its meaning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from truebook.language.intents import scores
from truebook.language.lexicon import Lexicon, first_value, lexicon
from truebook.language.model import Context, DayReading, TimeReading
from truebook.language.names import Directory, Hit, Surroundings
from truebook.language.stance import Stance, stance
from truebook.language.state import Desk, Intent
from truebook.language.temporal import read
from truebook.language.text import Clause, clauses, plain, sentences

_MARKS = ".!?;,\n"
T = TypeVar("T", DayReading, TimeReading, Hit)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message, taken apart. days and times hold only what is wanted; refused ones are apart."""

    text: str
    clauses: list[str]
    question: bool
    elsewhere: bool  # part of it is about something no appointment desk does
    stance: Stance
    scores: dict[Intent, float]
    services: tuple[Hit, ...]
    people: tuple[Hit, ...]
    refused_people: tuple[Hit, ...]
    days: tuple[DayReading, ...]
    refused_days: tuple[DayReading, ...]
    times: tuple[TimeReading, ...]
    refused_times: tuple[TimeReading, ...]
    mentioned_days: tuple[DayReading, ...]  # named while talking about something else
    either_or: bool
    shift: int | None  # minutes by which the time is to move
    lexicon: Lexicon

    def says(self, what: str) -> bool:
        """Tell whether a clause matches the lexicon's pattern called what ("same_day")."""
        pattern = getattr(self.lexicon, what)
        return any(pattern.search(c) for c in self.clauses)

    @property
    def bare(self) -> bool:
        """Tell whether the message holds no day, time or name."""
        return not (self.days or self.times or self.people or self.services)


def hear(
    text: str, language: str, desk: Desk, staff: Directory, services: Directory, now: datetime, asked: frozenset[str]
) -> Heard:
    """Take text apart; asked is what the assistant asked for just before."""
    words = lexicon(language)
    around = _surroundings(words, asked)
    people = staff.find(text, around)
    unnamed = _blank(text, people)
    wanted = services.find(unnamed, around.for_things())
    spans = sentences(text) if desk.tells_foreign else []
    foreign = [span for span in spans if _is_foreign(unnamed, span, [*people, *wanted], words)]
    aside = [span for span in sentences(text) if span in foreign or _is_courtesy(unnamed, span, words)]
    spoken = (
        words.pronoun.sub(lambda m: " " * len(m.group()), _blank(unnamed, wanted)) if "time" not in asked else unnamed
    )
    reading = read(spoken, Context(now, language, desk.opens, desk.closes))
    parts = _clauses(_without(unnamed, foreign), words)
    told = [d for d in _outside(aside, reading.days) if not _is_pause(d, unnamed, words)]
    clocks = _clocks(_outside(aside, reading.times), unnamed, words)
    days, refused_days = _sift(unnamed, told, words, desk.tells_foreign)
    times, refused_times = _sift(unnamed, clocks, words, desk.tells_foreign)
    wanted_people, refused_people = _sift(text, people, words, False)
    return Heard(
        text=text,
        clauses=[c.text for c in parts],
        question=any(_asks(c, words) for c in parts),
        elsewhere=bool(foreign),
        stance=stance(_clauses(unnamed, words), words),
        scores=scores([c.text for c in parts], words),
        services=tuple(wanted),
        people=wanted_people,
        refused_people=refused_people,
        days=days,
        refused_days=refused_days,
        times=times,
        refused_times=refused_times,
        mentioned_days=tuple(d for d in reading.days if d.until is None and any(s <= d.start < e for s, e in foreign)),
        either_or=any(words.or_words.search(c.text) for c in parts),
        shift=next(first_value(words.shifts, [c.text for c in parts]), None),
        lexicon=words,
    )


def _clauses(text: str, words: Lexicon) -> list[Clause]:
    return [Clause(words.respelled(c.text), c.asked) for c in clauses(text)]


def _surroundings(words: Lexicon, asked: frozenset[str]) -> Surroundings:
    table = words.table
    answer = bool(asked & {"staff", "service"})
    other = bool(asked & {"name", "phone", "email", "other"}) and not answer
    own = "name" in asked and not answer
    return Surroundings(
        common=table.common,
        trade=table.trade,
        before=words.staff_before,
        place=words.place_before,
        answer=answer,
        own=words.own_name,
        own_answer=own,
        other_answer=other,
    )


def _asks(clause: Clause, words: Lexicon) -> bool:
    head = words.head(clause.text)
    return bool(words.question.search(head)) or (clause.asked and head == clause.text)


def _is_foreign(text: str, span: tuple[int, int], named: Sequence[Hit], words: Lexicon) -> bool:
    """Tell whether a sentence is about something no appointment desk does."""
    start, end = span
    sentence = plain(text[start:end])
    ours = any(start <= h.start < end for h in named) or words.appointment.search(sentence)
    return not ours and bool(words.elsewhere.search(sentence))


def _is_courtesy(text: str, span: tuple[int, int], words: Lexicon) -> bool:
    """Tell whether a sentence only says hello or goodbye: the day of "that's all for today" is not wanted."""
    return bool(words.aside.search(plain(text[span[0] : span[1]])))


def _clocks(found: Sequence[TimeReading], text: str, words: Lexicon) -> list[TimeReading]:
    """Return what is a time of day: the second of "wait a second" is none."""
    return [_pointed(t, text, words) for t in found if not _is_pause(t, text, words)]


def _is_pause(reading: DayReading | TimeReading, text: str, words: Lexicon) -> bool:
    return bool(words.pause.search(plain(text[: reading.end])))


def _pointed(reading: TimeReading, text: str, words: Lexicon) -> TimeReading:
    """Return the point in time that "change it to 5" means, which alone reads like the end of a window."""
    if reading.time is None and reading.until and words.target.search(plain(text[reading.start : reading.end])):
        return replace(reading, time=reading.until, until=None, relation="at")
    return reading


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _outside(spans: Sequence[tuple[int, int]], found: Sequence[T]) -> list[T]:
    return [f for f in found if not any(start <= f.start < end for start, end in spans)]


def _blank(text: str, hits: Sequence[Hit]) -> str:
    """Return text with the hits blanked out, so that no name is read as a day or a word."""
    for hit in hits:
        text = text[: hit.start] + " " * (hit.end - hit.start) + text[hit.end :]
    return text


def _sift(text: str, found: Sequence[T], words: Lexicon, stories: bool) -> tuple[tuple[T, ...], tuple[T, ...]]:
    """Split what was found into wanted and refused ("not thursday"); with stories, what is only told is neither."""
    refused = [f for f in found if _is_refused(text, f.start, f.end, words)]
    wanted = [f for f in found if f not in refused and not (stories and _is_background(text, f, words))]
    return tuple(wanted), tuple(refused)


def _is_background(text: str, found: DayReading | TimeReading | Hit, words: Lexicon) -> bool:
    """Tell whether a day or time belongs to the story around the wish ("I have a wedding on friday")."""
    clause = text[max(text.rfind(m, 0, found.start) for m in _MARKS) + 1 : found.start]
    story = words.background.split(plain(clause))
    return not isinstance(found, Hit) and len(story) > 1 and not words.wishing.search(story[-1])


def _is_refused(text: str, start: int, end: int, words: Lexicon) -> bool:
    before = text[max(text.rfind(m, 0, start) for m in _MARKS) + 1 : start]
    after = text[end : min((i for m in _MARKS if (i := text.find(m, end)) >= 0), default=len(text))]
    return bool(words.refused_before.search(plain(before)) or words.refused_after.search(plain(after)))
