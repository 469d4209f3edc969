"""The words of a table as a list of spellings, each with what it can mean."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from truebook.language.temporal.spelling import variants
from truebook.language.temporal.values import Number
from truebook.language.words.model import TimeWords

Entry = tuple[str, str, Any]  # spellings, kind, meaning

PLAIN = (
    "article", "within", "from_now", "ago", "few", "couple", "lasting", "this", "next",
    "coming", "after_next", "last", "past", "starting", "at", "weak_at", "around", "after", "before", "between",
    "since", "until", "later", "earlier", "joined", "either", "oclock", "past_hour", "to_hour", "minus", "plus", "half",
    "quarter", "three_quarters", "noon", "midnight", "am", "pm", "ish", "the", "of", "on", "glue", "counted", "labels",
    "early", "mid", "late", "until_the",
)  # fmt: skip


def entries(words: TimeWords) -> Iterator[Entry]:
    """Yield (spellings, kind, meaning) for everything in a table."""
    yield from _numbers(words)
    if words.years:
        yield from _years(words)
    for weekday, names in enumerate(words.weekdays):
        yield names, "weekday", weekday
    for weekday, names in words.weak_weekdays.items():
        yield names, "weak", weekday
    for month, names in enumerate(words.months, 1):
        yield names, "month", month
    tables: dict[str, Mapping[Any, str]] = {
        "holiday": words.holidays,
        "relative": words.relative_days,
        "daypart": words.day_parts,
        "part": words.parts,
        "unit": words.units,
        "week_after": words.week_after,
        "fixed": words.fixed_times,
        "length": words.lengths,
        "quarter_of": words.quarter_of,
    }
    for kind, meanings in tables.items():
        for meaning, names in meanings.items():
            yield names, kind, meaning
    if words.weekday_parts:
        yield from _weekday_parts(words)
    yield words.ignored, "courtesy", True
    yield words.suiting, "suiting", True
    for kind in PLAIN:
        yield getattr(words, kind), kind, True


def _weekday_parts(words: TimeWords) -> Iterator[Entry]:
    for weekday, names in enumerate(words.weekdays):
        for part, spellings in words.parts.items():
            joined = "|".join(
                name + word for name in variants(names) for word in variants(spellings) if " " not in word
            )
            yield joined, "weekday_part", (weekday, part)


def _numbers(words: TimeWords) -> Iterator[Entry]:
    for value, names in enumerate(words.numbers):
        yield names, "num", Number(value)
    for value, names in enumerate(words.ordinals, 1):
        yield names, "ord", Number(value)
    for ten, names in words.tens.items():
        yield names, "num", Number(ten)
        for unit in range(max(1, len(words.numbers) - ten), 10):
            yield "|".join(_compounds(words, words.compounds, ten, unit)), "num", Number(ten + unit)
    for ten, names in words.ordinal_tens.items():
        yield names, "ord", Number(ten)
        for unit in range(1, 10 if ten < 30 else 2):
            yield "|".join(_compounds(words, words.ordinal_compounds, ten, unit)), "ord", Number(ten + unit)


def _years(words: TimeWords) -> Iterator[Entry]:
    """Yield the years 2001 to 2059 in words."""
    spoken = {meaning.value: names for names, kind, meaning in _numbers(words) if kind == "num"}
    for value in range(1, 60):
        names = "|".join(
            template.replace("{n}", name) for template in variants(words.years) for name in variants(spoken[value])
        )
        yield names, "year", 2000 + value


def _compounds(words: TimeWords, templates: tuple[str, ...], ten: int, unit: int) -> Iterator[str]:
    """Yield every spelling of a number made of a ten and a unit."""
    spellings = {
        "ten": words.tens[ten],
        "unit": words.numbers[unit],
        "ordinal_ten": words.ordinal_tens.get(ten, ""),
        "ordinal_unit": words.ordinals[unit - 1],
    }
    for template in templates:
        used = [name for name in spellings if f"{{{name}}}" in template]
        for chosen in product(*(variants(spellings[name]) for name in used)):
            yield template.format(**dict(zip(used, chosen, strict=True)))
