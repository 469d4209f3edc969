"""What is written in digits and signs: 8:30, 3/7, 2026-03-04; and what must not be cut up, such as phone numbers."""

import re
from collections.abc import Iterator

from truebook.language.temporal.grammar import Item
from truebook.language.temporal.values import Number, Numeric

LITERALS = re.compile(
    r"""
      (?P<iso> (?<!\d) (?:19|20)\d\d-\d\d?-\d\d? ) (?: [T\ ](?=\d\d:) )?
    | (?P<phone>
          (?<!\d) \d\d (?:[\ .-]\d\d){3,} (?!\d)
        | \+\d [\d\ ().-]{6,} \d
        | (?<!\d) \d{3} [\ .-] \d{3,4} [\ .-]? \d{4} (?!\d)
        | (?<!\d) \d{3}-\d{4} (?!\d)
        | (?<!\d) \d{5,} )
    | (?P<money>
          [$€£]\s? \d+ (?:[.,]\d+)?
        | \d+ (?:[.,]\d+)? \s? (?: [$€£%] | (?:eur|usd|chf|gbp)\b ) )
    | (?P<decimal>
          (?<![\d.]) \d{1,2}\.\d{3,}
        | (?<!\d) \d{3,},\d+
        | (?<!\d) \d+,(?:\d|\d{3,}) (?!\d) )
    | (?P<clock> (?<![\d:]) \d{1,2}:\d\d (?: :\d\d )? (?![\d:]) )
    | (?P<numeric>
          (?<![\d.]) (?: \d{1,2} | \d{4}(?=[./-]\d{1,2}[./-]) )
          (?P<mark> \s?[./-]\s? | ,(?=[0-5]\d(?!\d)) )
          \d{1,2} (?: (?P=mark) '?\d{2,4} )? (?! \d | [./-]\d ) )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def literals(text: str) -> Iterator[Item]:
    """Yield the literals of a text in order; those without kinds are numbers that are no dates or times."""
    yield from (item for match in LITERALS.finditer(text) if (item := _literal(match)))


def _literal(match: re.Match[str]) -> Item | None:
    kind = "numeric" if match.lastgroup == "mark" else match.lastgroup
    item = Item(match.start(), match.end())
    if kind not in ("iso", "clock", "numeric"):
        return item
    digits = re.findall(r"\d+", match.group())
    numbers = tuple(int(number) for number in digits)
    if kind == "iso":
        item.kinds["iso"] = numbers
    elif kind == "numeric":
        stopped = match.string[match.end() : match.end() + 1] == "."
        item.kinds["numeric"] = Numeric(numbers, tuple(map(len, digits)), match.group("mark").strip(), stopped)
    elif numbers[0] <= 24 and numbers[1] <= 59:
        item.kinds["literal"] = (Number(numbers[0], len(digits[0])), numbers[1])
    else:
        return None
    return item
