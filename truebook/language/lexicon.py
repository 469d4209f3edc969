"""A phrase table, compiled."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from truebook.language.misspelling import respelled
from truebook.language.phrases import Phrases, phrases
from truebook.language.text import any_of

_NEVER = r"(?!)"


class Lexicon:
    """The patterns of one language, ready to search in plain clauses."""

    def __init__(self, table: Phrases) -> None:
        self.table = table
        self._known = _vocabulary(table)
        self._compile_answers(table)
        self._compile_sentences(table)
        self._compile_choices(table)
        self._compile_names(table)

    def _compile_answers(self, table: Phrases) -> None:
        self.yes = any_of(table.yes)
        self.no = any_of(table.no)
        self.hedge = any_of(table.hedge)
        self.doubtful = any_of(table.doubtful)
        self.keeping = any_of(table.keeping)
        self.not_no = any_of(table.not_no)
        self.acknowledgement = _whole(table.acknowledgement)
        self.praise = _whole(table.praise)

    def _compile_sentences(self, table: Phrases) -> None:
        self.question = any_of(table.question)
        self.appointment = any_of(table.appointment)
        self.elsewhere = any_of(table.elsewhere)
        self.background = any_of(table.background)
        self.wishing = any_of(table.wishing)
        self.besides = any_of(table.besides)
        self.pause = _at_end(table.pause)
        self.refused_before = _at_end(table.refuse_before)
        self.refused_after = _at_start(table.refuse_after)
        self.target = _at_start(table.target_before)
        self.pronoun = re.compile("|".join(table.pronoun) or _NEVER, re.IGNORECASE)
        self.shifts = _compiled(table.shifts)
        self.or_words = any_of(table.or_words)
        self.farewell = any_of(tuple(p for cue in table.cues["bye"] for p in cue.patterns))
        self.cues = {
            intent: [(cue.weight, any_of(cue.patterns)) for cue in cues] for intent, cues in table.cues.items()
        }
        self.aside = any_of((*(p for cue in table.cues["bye"] for p in cue.patterns), *table.courtesy))
        self._turning = any_of(table.turning)
        self._openers = re.compile(rf"^(?:(?:{'|'.join(table.openers) or _NEVER})(?!\w) ?)+")

    def _compile_choices(self, table: Phrases) -> None:
        self.ordinals = _compiled(table.ordinals)
        self.minutes = _compiled(table.minutes)
        self.earlier = any_of(table.earlier)
        self.later = any_of(table.later)
        self.whichever = any_of(table.whichever)
        self.neither = any_of(table.neither)
        self.someone_else = any_of(table.someone_else)
        self.that_one = any_of(table.that_one)
        self.chosen = any_of((rf"(?:{'|'.join(table.choosing) or _NEVER}) (?:{'|'.join(table.that_one) or _NEVER})",))
        self.anyone = any_of(table.anyone)
        self.adding = any_of(table.adding)
        self.joining = re.compile(rf"(?<!\w)(?:{'|'.join(table.joining) or _NEVER})(?!\w)|[&+]", re.IGNORECASE)
        self.counts = [(_at_end((pattern,)), number) for pattern, number in table.counts.items()]
        self.right_after = any_of(table.right_after)
        self.same_day = any_of(table.same_day)
        self.same_time = any_of(table.same_time)
        self.any_time = any_of(table.any_time)
        self.any_day = any_of(table.any_day)

    def _compile_names(self, table: Phrases) -> None:
        self.name_before = any_of(table.name_before)
        self.own_name = _at_end(table.own_name)
        self.place_before = _at_end(table.place_before)
        self.staff_before = _at_end(table.staff_before)

    def head(self, clause: str) -> str:
        """Return clause without the politeness in front of what is meant."""
        return self._openers.sub("", clause) or clause

    def heads(self, clause: str) -> tuple[str, str, str]:
        """Return clause, and twice what is meant in it: without its politeness, and from the last polite turn on."""
        turned = clause[max((m.end() for m in self._turning.finditer(clause)), default=len(clause)) :].strip()
        return clause, self.head(clause), self.head(turned) if turned else clause

    def respelled(self, clause: str) -> str:
        """Return clause with its misspelled commands put right."""
        return respelled(clause, self.table.commands, self._known)


def _vocabulary(table: Phrases) -> frozenset[str]:
    """Return the words that the table itself uses, whole or as the beginning of a pattern."""
    lists = [value for value in vars(table).values() if isinstance(value, tuple)]
    cues = [cue.patterns for kinds in table.cues.values() for cue in kinds]
    return table.common | {word for patterns in (*lists, *cues) for word in re.findall(r"[a-z]+", " ".join(patterns))}


def _whole(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(patterns) or _NEVER})$")


def _at_start(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(patterns) or _NEVER})(?!\w)")


def _at_end(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns) or _NEVER})$")


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
