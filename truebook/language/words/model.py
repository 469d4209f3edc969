"""The shape of a language's table of date and time words.

Every string is a list of spellings separated by "|". Parentheses hold endings: "nächste(r|n|)" is three words.
Spellings are compared without case and accents; a hyphen between two words counts as a space. Phrases of several
words are fine. An empty string means the language has no such word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """All words by which one language speaks of days and times."""

    # How we write a day ourselves, as a Babel pattern with {weekday} and {month}, and what a year adds.
    say_day: str
    say_first: str = ""  # how the first day of a month is written, where not as a number
    say_year: str = " y"
    say_twelve_hours: str = ""  # Babel pattern of the 12-hour clock, where people use one

    # Numbers. `teens` are 0..19 or further (whatever is irregular), in order; compounds combine {ten} and {unit}.
    numbers: tuple[str, ...]
    tens: Mapping[int, str]
    compounds: tuple[str, ...] = ("{ten} {unit}",)  # also {ordinal_ten} and {ordinal_unit}
    ordinals: tuple[str, ...]  # first, second, ... as far as irregular
    ordinal_tens: Mapping[int, str] = field(default_factory=dict)
    ordinal_compounds: tuple[str, ...] = ("{ten} {ordinal_unit}",)
    ordinal_suffixes: str = ""  # what follows digits: 1st, 2e, 3º
    ordinal_dot: bool = False  # "15." is an ordinal
    years: str = ""  # how 2000 and later are said, with {n} for the rest
    article: str = ""  # a, an, one: counts as 1 before a unit

    # Names.
    weekdays: tuple[str, str, str, str, str, str, str]
    weekday_parts: bool = False  # a weekday and a part of the day are written as one word
    weak_weekdays: Mapping[int, str] = field(default_factory=dict)  # short forms that are also other words
    months: tuple[str, str, str, str, str, str, str, str, str, str, str, str]
    holidays: Mapping[str, str] = field(default_factory=dict)  # "12-25", "easter+1", "11-thu4" -> names

    # Days relative to today: offset -> words; a day and a part of it in one word: (offset, part) -> words.
    relative_days: Mapping[int, str]
    day_parts: Mapping[tuple[int, str], str] = field(default_factory=dict)
    parts: Mapping[str, str]  # morning, noon, afternoon, evening, night, dawn, lunch, first: see temporal.values.PARTS

    # Units, and the words that make an offset out of "two weeks".
    units: Mapping[str, str]  # minute, hour, day, week, fortnight, month, year, workday, weekend
    within: str  # in two weeks
    from_now: str  # two weeks from now, hence, later
    later: str = ""  # two days later
    earlier: str = ""  # two days earlier
    ago: str
    week_after: Mapping[int, str] = field(default_factory=dict)  # "monday week": extra days -> words
    days_called: Mapping[int, int] = field(default_factory=dict)  # "quince días" are two weeks: said -> days
    few: str = ""  # "a few", "a couple of": 3 and 2 are told apart by `couple`
    couple: str = ""
    lengths: Mapping[int, str] = field(default_factory=dict)  # minutes -> half an hour
    lasting: str = ""  # "for" before a length of time: it is not an offset

    # Pointing words.
    this: str
    next: str
    coming: str = ""  # surely the nearest one
    after_next: str = ""  # übernächste
    last: str = ""  # the last friday of october, the last day
    past: str = ""  # last friday: gone
    early: str = ""  # the beginning of a month, its middle and its end
    mid: str = ""
    late: str = ""
    next_weekday: Literal["coming", "next week"] = "next week"  # what custom means by "next friday"

    # Clock words.
    at: str
    weak_at: str = ""  # at, but also another word: only where nothing follows that the number could count
    around: str
    after: str
    before: str
    between: str
    since: str  # from 2 (to 4)
    starting: str = ""  # starting friday: no offset, unlike "two weeks from friday"
    until: str
    until_the: str = ""  # a day of the month follows, and no hour: "bis zum"
    joined: str  # and
    either: str = ""  # or
    oclock: str
    past_hour: str = ""  # quarter past
    to_hour: str = ""  # quarter to
    minus: str = ""  # las ocho menos cuarto
    plus: str = ""  # sept heures et demie
    half: str = ""
    half_means: Literal[30, -30] = 30  # "half four" is 4:30 or 3:30
    quarter: str = ""
    three_quarters: str = ""
    quarter_of: Mapping[int, str] = field(default_factory=dict)  # "dreiviertel vier": minutes of the hour before
    noon: str
    midnight: str
    am: str = "am|a m|a.m"
    pm: str = "pm|p m|p.m"
    glued_am: str = ""  # only right after digits: 9a
    glued_pm: str = ""
    ish: str = ""
    fixed_times: Mapping[str, str] = field(default_factory=dict)  # "10:00" -> mid-morning

    # Small words.
    the: str = ""
    of: str = ""
    on: str = ""
    ignored: str = ""  # "good morning" names no morning
    suiting: str = ""  # around a number they make a proposal: "is 4 ok", "can we do 4"
    glue: str = ""  # may stand inside a date or time without changing it
    counted: str = ""  # people, euros: the number before is neither
    labels: str = ""  # room, number, $: the number after is neither
    not_misspelled: str = ""  # real words that look like a misspelling of one above
    capital_nouns: bool = False  # a capital makes no name
    numeric_order: Literal["dm", "md"] = "dm"
    month_ordinals: bool = False  # "der siebte vierte"
    number_dates: bool = False  # "le 17 02"
    dot_dates: bool = True  # "10.10" is a date rather than a time
