"""Command words with a typing slip in them: "cancle", "reschedual", "apointment"."""

from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import OSA

_SHORT, _LONG = 5, 8  # letters: from here on one slip is forgiven, and two


def respelled(clause: str, commands: tuple[str, ...], known: Collection[str]) -> str:
    """Return a plain clause with its misspelled commands put right; known words are never touched."""
    return " ".join(word if word in known else _command(word, commands) for word in clause.split())


@lru_cache(maxsize=4096)
def _command(word: str, commands: tuple[str, ...]) -> str:
    if len(word) < _SHORT or not word.isalpha() or word.startswith(commands):
        return word
    return next((command for command in commands if _is_slip(word, command)), word)


def _is_slip(word: str, command: str) -> bool:
    """Tell whether word is command with letters swapped, doubled or left out; another letter makes a short word new."""
    if word[0] != command[0]:
        return False
    distance = OSA.distance(word, command)
    if min(len(word), len(command)) >= _LONG:
        return distance <= 2
    return distance == 1 and (len(word) != len(command) or sorted(word) == sorted(command))
