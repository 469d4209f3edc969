"""Learn the acts of every language from its examples and write the weights: `python -m training`.

`python -m training curve` says how well sentences of held-back writers are read, and what the last 200 examples gave.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from training.examples import LANGUAGES, digest, read_file
from training.fit import learn
from training.held_back import calibrated, first_right, gain_of_the_last, held_back, macro_f1, right_when_sure
from training.writing import folder, written


def train(language: str) -> str:
    """Write the weights of a language and return a line about them."""
    examples = read_file(language)
    data = written(learn(examples), calibrated(held_back(examples)), digest(language))
    (folder() / f"{language}.bin").write_bytes(data)
    return f"{language}  {len(examples):5} examples  {len(data) / 1024:5.0f} KB"


def curve(language: str) -> str:
    """Return a line of figures about the sentences of held-back writers."""
    examples = read_file(language)
    held = held_back(examples)
    probabilities = calibrated(held).probabilities(held.scores)
    right, sure = right_when_sure(probabilities, held.wanted)
    return (
        f"{language}  {len(examples):5} examples  {len({one.by for one in examples}):2} writers"
        f"  mean F1 {macro_f1(probabilities, held.wanted):.3f} (at .3: {macro_f1(probabilities, held.wanted, 0.3):.3f})"
        f"  first act right {first_right(probabilities, held.wanted):.3f}"
        f"  told at .8 or more: {right:.3f} right, {sure:.3f} sure"
        f"  last 200 examples {gain_of_the_last(examples):+.3f}"
    )


def main() -> None:
    """Do what the command line asks for, two languages at a time."""
    task: Callable[[str], str] = curve if sys.argv[1:] == ["curve"] else train
    with ProcessPoolExecutor(2) as pool:
        for line in pool.map(task, LANGUAGES):
            print(line, flush=True)


if __name__ == "__main__":
    main()
