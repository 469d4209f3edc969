"""What values look like: the spellings of an id, the spellings of a time. Pure."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime

_DASHED = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HEX = re.compile(r"[0-9a-fA-F]{32}")
_DIGITS = re.compile(r"-?\d+")
_E164 = re.compile(r"\+[1-9]\d{6,14}")

_TIMES = {
    "epoch": re.compile(r"-?\d{9,13}(\.\d+)?"),
    "ISO with T": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*"),
    "ISO with a space": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d.*"),
    "a plain date": re.compile(r"\d{4}-\d\d-\d\d"),
    "a local date": re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}.*"),
}


def id_format(value: str) -> str:
    """Name the spelling of an id: dashed, hex, number or word, and whether its letters are capitals."""
    if _DASHED.fullmatch(value):
        return "dashed" + _case(value)
    if _HEX.fullmatch(value):
        return "hex" + _case(value)
    return "number" if _DIGITS.fullmatch(value) else "word"


def _case(value: str) -> str:
    return " upper case" if value != value.lower() else ""


def is_uuid(value: str) -> bool:
    """Tell whether a text is a UUID in one of its spellings."""
    return bool(_DASHED.fullmatch(value) or _HEX.fullmatch(value))


def normal(value: str) -> str:
    """Return the spelling in which ids are compared: lower case, no dashes (as `normalised` does in SQL)."""
    return value.lower().replace("-", "")


def spellings(value: str) -> set[str]:
    """Return the ways a UUID may be written: with and without dashes, in both cases."""
    plain = normal(value)
    dashed = f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"
    return {value, plain, plain.upper(), dashed, dashed.upper()}


def time_format(value: str) -> str:
    """Name the spelling of a time kept as text or number."""
    return next((name for name, pattern in _TIMES.items() if pattern.fullmatch(value)), "something else")


def naive_time(value: str) -> datetime | None:
    """Return the wall-clock time a text means, or None where it has a zone or is no ISO time."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return None if found.tzinfo else found


def instant(value: object) -> datetime | None:
    """Return a stored time as a comparable instant, naive ones read as UTC; None where it cannot be read."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    text = str(value)
    if time_format(text) == "epoch":
        number = float(text)
        return datetime.fromtimestamp(number / 1000 if abs(number) > 1e11 else number, UTC)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def is_json(value: str) -> bool:
    """Tell whether a text is JSON."""
    try:
        json.loads(value)
    except ValueError:
        return False
    return True


def is_phone(value: str) -> bool:
    """Tell whether a text is a phone number in E.164."""
    return bool(_E164.fullmatch(value))


def veiled(value: str) -> str:
    """Return what a report may show of a phone number or an e-mail address: its form, and who knows it will know it."""
    name, at, domain = value.partition("@")
    if at:
        return name[:1] + "•" * (len(name) - 1) + at + domain
    return re.sub(r"\d(?=(?:\D*\d){2})", "•", value)


def some(values: Iterable[object], limit: int = 3) -> str:
    """Return the first few values for a sentence, quoted, an ellipsis where there are more."""
    shown = list(values)
    text = ", ".join(f"'{value}'" for value in shown[:limit])
    return text + (" …" if len(shown) > limit else "")


def plural(count: int, noun: str) -> str:
    """Return `1 row`, `2 rows`, `1,204 rows`."""
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {noun[:-1] + 'ies' if noun.endswith('y') else noun + 's'}"


def agree(count: int, one: str, many: str) -> str:
    """Return the verb that goes with a count."""
    return one if count == 1 else many
