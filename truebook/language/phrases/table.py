"""The shape of a language's phrase table.

Every entry is a regular expression over a plain clause (lower case, no accents, no apostrophes, single spaces; see
`truebook.language.text`). It matches whole words only. "^" means the clause begins there, after the openers. Long
lists are written one entry a line and cut by `lines`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cue:
    """Words that speak for an intent, and how strongly: 3 settles it, 1 is a hint, below 0 speaks against."""

    weight: float
    patterns: tuple[str, ...]


def lines(text: str) -> tuple[str, ...]:
    """Return the entries of a list that is written one a line."""
    return tuple(entry for line in text.splitlines() if (entry := line.strip()))


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """Everything the dialogue needs to know about one language; what a table leaves out is never heard in it."""

    code: str
    common: frozenset[str]  # frequent words: they tell the language, and are never a name on their own
    trade: frozenset[str] = frozenset()  # what stands on shop signs: a name with such a word is not a person's
    cues: Mapping[str, tuple[Cue, ...]]  # intent → cues

    commands: tuple[str, ...] = ()  # what is often misspelled, of five letters or more
    # Yes and no.
    yes: tuple[str, ...]
    no: tuple[str, ...]
    acknowledgement: tuple[str, ...] = ()  # a yes that only says "heard you" when a question follows
    praise: tuple[str, ...] = ()  # a yes to a read-back, but no choice, when a question follows
    hedge: tuple[str, ...] = ()  # makes a yes no agreement: "but", "only if", "wait"
    doubtful: tuple[str, ...] = ()  # makes it half a yes: enough to take an offer, not to agree to a read-back
    keeping: tuple[str, ...] = ()  # a no to "shall I cancel it?"
    not_no: tuple[str, ...] = ()  # begins like a no and is none: "no problem"

    # Sentences.
    openers: tuple[str, ...] = ()  # politeness in front of what is meant: "could you please"
    question: tuple[str, ...] = ()  # how questions begin
    appointment: tuple[str, ...] = ()  # words for what the desk does
    elsewhere: tuple[str, ...] = ()  # what no appointment desk does: taxis, weather, films
    pause: tuple[str, ...] = ()  # "wait a second": no time is meant

    courtesy: tuple[str, ...] = ()  # "how are you today": no day is meant
    turning: tuple[str, ...] = ()  # politeness in mid-sentence, before what is meant

    besides: tuple[str, ...] = ()  # after a yes, a further request begins: "also", "another one"

    # Days and times that are not wanted.
    refuse_before: tuple[str, ...] = ()  # directly before a day, time or name that is not wanted
    refuse_after: tuple[str, ...] = ()  # directly after it
    background: tuple[str, ...] = ()  # before a day or time that is a reason, not a wish: "I have a wedding on"
    wishing: tuple[str, ...] = ()  # after background, these begin the wish again
    pronoun: tuple[str, ...] = ()  # number words that stand for a thing: the "one" of "that one"
    target_before: tuple[str, ...] = ()  # "to 5" after "change it": the time itself, not the end of a window
    or_words: tuple[str, ...] = ()
    shifts: Mapping[str, int] = field(default_factory=dict)  # "an hour later" → minutes

    # Choosing among offers.
    ordinals: Mapping[str, int] = field(default_factory=dict)  # pattern → index into what was offered (-1: the last)
    minutes: Mapping[str, int] = field(default_factory=dict)  # "half past" without its hour → 30
    earlier: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    whichever: tuple[str, ...] = ()  # any of the offered is fine
    neither: tuple[str, ...] = ()
    someone_else: tuple[str, ...] = ()  # another than the one offered
    choosing: tuple[str, ...] = ()  # before that_one: the customer takes what was offered
    that_one: tuple[str, ...] = ()  # the one just spoken of

    # Carry-over and freedom.
    anyone: tuple[str, ...] = ()  # no wish about who
    adding: tuple[str, ...] = ()  # "also one for me": one more appointment, not another time for the last
    joining: tuple[str, ...] = ()  # between two appointments: "and"
    counts: Mapping[str, int] = field(default_factory=dict)  # before what is wanted more than once: "two" → 2
    right_after: tuple[str, ...] = ()  # when the appointment just booked ends
    same_day: tuple[str, ...] = ()
    same_time: tuple[str, ...] = ()
    any_time: tuple[str, ...] = ()
    any_day: tuple[str, ...] = ()

    # Names.
    name_before: tuple[str, ...] = ()  # "my name is"
    own_name: tuple[str, ...] = ()  # before the name of the customer or their people, never of the staff
    place_before: tuple[str, ...] = ()  # "in", "near": a town follows, not a person
    staff_before: tuple[str, ...] = ()  # "with", "see", "dr": a name follows
