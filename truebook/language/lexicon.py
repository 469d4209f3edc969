"""A phrase table, compiled."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from truebook.language.phrases import Phrases, phrases
from truebook.language.text import any_of


class Lexicon:
    """The patterns of one language, ready to search in plain clauses."""

    def __init__(self, table: Phrases) -> None:
        self.table = table
        self.yes = any_of(table.yes)
        self.no = any_of(table.no)
        self.acknowledgement = re.compile(rf"(?:{'|'.join(table.acknowledgement)})")
        self.hedge = any_of(table.hedge)
        self.doubtful = any_of(table.doubtful)
        self.not_no = any_of(table.not_no)
        self.praise = re.compile(rf"(?:{'|'.join(table.praise)})")
        self.chosen = re.compile(rf"(?<!\w)(?:{'|'.join(table.choosing)}) (?:{'|'.join(table.that_one)})(?!\w)")
        self.question = any_of(table.question)
        self.appointment = any_of(table.appointment)
        self.elsewhere = any_of(table.elsewhere)
        self.whichever = any_of(table.whichever)
        self.neither = any_of(table.neither)
        self.anyone = any_of(table.anyone)
        self.someone_else = any_of(table.someone_else)
        self.that_one = any_of(table.that_one)
        self.same_day = any_of(table.same_day)
        self.same_time = any_of(table.same_time)
        self.any_time = any_of(table.any_time)
        self.any_day = any_of(table.any_day)
        self.earlier = any_of(table.earlier)
        self.later = any_of(table.later)
        self.or_words = any_of(table.or_words)
        self.name_before = any_of(table.name_before)
        self.staff_before = re.compile(rf"(?<!\w)(?:{'|'.join(table.staff_before)})$")
        self.own_name = re.compile(rf"(?<!\w)(?:{'|'.join(table.own_name)})$" if table.own_name else r"(?!)")
        self.place_before = re.compile(
            rf"(?<!\w)(?:{'|'.join(table.place_before)})$" if table.place_before else r"(?!)"
        )
        self.refused_before = re.compile(rf"(?<!\w)(?:{'|'.join(table.refuse_before)})$")
        self.background = any_of(table.background)
        self.wishing = any_of(table.wishing)
        self.refused_after = re.compile(rf"^(?:{'|'.join(table.refuse_after)})(?!\w)")
        self.pause = re.compile(rf"(?<!\w)(?:{'|'.join(table.pause)})" if table.pause else r"(?!)")
        self.pronoun = re.compile("|".join(table.pronoun) or r"(?!)")
        self.target = re.compile(rf"^(?:{'|'.join(table.target_before)})(?!\w)")
        self.farewell = any_of(tuple(p for cue in table.cues["bye"] for p in cue.patterns))
        self.ordinals = _compiled(table.ordinals)
        self.minutes = _compiled(table.minutes)
        self.cues = {
            intent: [(cue.weight, any_of(cue.patterns)) for cue in cues] for intent, cues in table.cues.items()
        }
        self._openers = re.compile(rf"^(?:(?:{'|'.join(table.openers)})(?!\w) ?)+")

    def head(self, clause: str) -> str:
        """Return clause without the politeness in front of what is meant."""
        return self._openers.sub("", clause) or clause


def _compiled(patterns: Mapping[str, int]) -> list[tuple[re.Pattern[str], int]]:
    return [(any_of((pattern,)), value) for pattern, value in patterns.items()]


def first_value(patterns: list[tuple[re.Pattern[str], int]], clauses: list[str]) -> Iterator[int]:
    """Yield the values of the patterns that are found in clauses."""
    for pattern, value in patterns:
        if any(pattern.search(c) for c in clauses):
            yield value


@lru_cache(maxsize=16)
def lexicon(code: str) -> Lexicon:
    """Return the compiled phrase table of a language code."""
    return Lexicon(phrases(code))
