"""The words that make what follows a limit: until when, before, from when on, after; and the bare days behind them."""

from collections.abc import Iterator, Sequence

from truebook.language.lists import lists, lists_of
from truebook.language.lists.marks import Word, phrases
from truebook.language.lists.timewords import spelled

LIMITS = "limits"
_BOUNDS = ("by", "before", "from", "on", "after")
_MOST, _HOURS = 31, 12
_UNLIKE_DAYS = ("oclock", "am", "pm", "months", "units")  # what follows an hour, or a day whose month is told


def bounds(words: Sequence[Word], language: str) -> Iterator[tuple[str, int, int]]:
    """Yield the phrases that make what follows a limit: which, its first word and last; none within a longer one."""
    known = lists_of(LIMITS, language)
    found = [(first, last, key) for key in _BOUNDS for first, last in phrases(words, known[key]).items()]
    for first, last, key in found:
        if not any(a <= first and last <= b and b - a > last - first for a, b, _ in found):
            yield key, first, last


def numbered(words: Sequence[Word], text: str, language: str) -> list[Word]:
    """Return the numbers behind them that are days of a month, as their article tells: "vor dem 12.", "hasta el 12"."""
    led, every = lists_of(LIMITS, language)["led"], lists_of("counting", language)["every"]
    found = list[Word]()
    for _, first, last in bounds(words, language):
        often = any(word.text in every for word in words[max(0, first - 3) : first])  # "cada semana desde el 14"
        if first and words[first - 1].text in spelled(language, "units.week") and not often:
            continue  # "la semana del 7"
        at = last + 1
        while at < len(words) and words[at].text in led:
            at += 1
        if at == len(words) or not (words[at - 1].text in led or words[last].text in led):
            continue
        if _may_be_a_day(words, at, text, language):
            found.append(words[at])
    return found


def led_days(words: Sequence[Word], text: str, language: str, about: int = 0) -> list[Word]:
    """Return the numbers that nothing but an article makes days of a month: "le 18 toujours à 15h"; those up to twelve,
    which may count what follows, only where they stand alone, or are the day that is talked about."""
    led, known = lists_of(LIMITS, language)["led"], lists(language)
    small = known["always"] | known["rather"] | known["not_before"] | known["not_after"]  # "il 10 non il 3"
    found = list[Word]()
    for at in range(1, len(words)):
        last = at + 1 == len(words) or text[words[at].end :].strip(" ")[:1] in tuple(",;!?.")
        alone = last or words[at + 1].text in small
        if words[at - 1].text in led and _may_be_a_day(words, at, text, language):
            found += [words[at]] if alone or int(words[at].text) in (about, *range(_HOURS + 1, _MOST + 1)) else []
    return found


def _may_be_a_day(words: Sequence[Word], at: int, text: str, language: str) -> bool:
    """Tell whether a word is the number of a day of a month, no hour, no date with its month, nor the first of a
    stretch: "del 7 al 13 de diciembre"."""
    until, number_then = [*(word.text for word in words[at + 1 : at + 3]), "", ""][:2]
    number, rest = words[at].text, text[words[at].end : words[at].end + 2]
    following = next((word.text for word in words[at + 1 :] if word.text not in spelled(language, "of")), "")
    hour = rest[:1] in (":", "h") or rest[1:].isdigit() or following in spelled(language, *_UNLIKE_DAYS)
    stretch = until in spelled(language, "until") and number_then.isdecimal()
    return number.isdecimal() and 1 <= int(number) <= _MOST and not hour and not stretch
