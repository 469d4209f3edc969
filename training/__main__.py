"""Learn the acts of every language from its examples and write the weights: `python -m training`.

`python -m training curve` says how well sentences of held-back writers are read, and what the last 200 examples gave;
`python -m training sure` how often acts that are told with a probability are right.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from training.examples import digest, read_file
from training.fit import Learned, answers, inverse, rows_of
from training.held_back import (
    calibrated,
    first_right,
    gain_of_the_last,
    held_back,
    macro_f1,
    reliability,
    right_when_sure,
)
from training.languages import IDIOMS, packed, table
from training.writing import folder, written
from truebook.language.languages import LANGUAGES
from truebook.language.temporal.spelling import variants
from truebook.language.words import table as time_words

_AS_OFTEN = 8
"""How often the words for days count, beside the examples."""


def learned(language: str) -> bytes:
    """Return the weights of a language, learned from its examples."""
    examples = read_file(language)
    rows = rows_of(examples)
    known = inverse(rows)
    calibration = calibrated(held_back(examples, known))
    return written(Learned(rows, known @ answers(examples)), calibration, digest(language))


def train(language: str) -> str:
    """Write the weights of a language and return a line about them."""
    data = learned(language)
    (folder() / f"{language}.bin").write_bytes(data)
    return f"{language}  {len(data) / 1024:4.0f} KB"


def curve(language: str) -> str:
    """Return a line of figures about the sentences of held-back writers."""
    examples = read_file(language)
    known = inverse(rows_of(examples))
    held = held_back(examples, known)
    probabilities = calibrated(held).probabilities(held.scores)
    right, told = right_when_sure(probabilities, held.wanted)
    return (
        f"{language}  {len(examples):5} examples  {len({one.by for one in examples}):2} writers"
        f"  mean F1 {macro_f1(probabilities, held.wanted):.3f} (at .3: {macro_f1(probabilities, held.wanted, 0.3):.3f})"
        f"  first act right {first_right(probabilities, held.wanted):.3f}"
        f"  told at .8 or more: {right:.3f} right, {told:.3f} sure"
        f"  last 200 examples {gain_of_the_last(examples, known):+.3f}"
    )


def sure(language: str) -> str:
    """Return a line of how often the acts of held-back sentences are right that are told with about a probability."""
    examples = read_file(language)
    held = held_back(examples, inverse(rows_of(examples)))
    tenths = reliability(calibrated(held).probabilities(held.scores), held.wanted)
    return f"{language}  " + "  ".join(f"{told:.2f} {right:.2f} ({count})" for told, right, count in tenths)


def idioms() -> bytes:
    """Return the table by which the seven languages are told apart."""
    written = ((language, one.text) for language in LANGUAGES for one in read_file(language))
    dates = ((language, _dates(language)) for language in LANGUAGES for _ in range(_AS_OFTEN))
    return packed(table([*written, *dates]))


def _dates(language: str) -> str:
    """Return how days and times are called in a language: in the examples they are masked."""
    words = time_words(language)
    days = (*words.weekdays, *words.months, *words.relative_days.values(), *words.parts.values())
    clock = (*words.numbers, *words.tens.values(), words.half, words.quarter, words.three_quarters, words.oclock)
    every = (*days, *clock, *words.quarter_of.values(), words.either, words.minus, words.plus)
    return " ".join(one for spellings in every for one in variants(spellings))


def main() -> None:
    """Do what the command line asks for, two languages at a time."""
    tasks: dict[str, Callable[[str], str]] = {"curve": curve, "sure": sure}
    task = tasks[sys.argv[1]] if sys.argv[1:] else train
    if task is train:
        IDIOMS.write_bytes(idioms())
    with ProcessPoolExecutor(2) as pool:
        for line in pool.map(task, LANGUAGES):
            print(line, flush=True)


if __name__ == "__main__":
    main()
