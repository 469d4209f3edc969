"""Names, phone numbers and addresses that customers give of themselves."""

import re

from truebook.language.lexicon import Lexicon

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w:/.-])(?:\+|00)?\(?\d[\d\s()/.-]{5,18}\d(?![\w:/-])")
_NAME = re.compile(r"[^\W\d_][\w'’-]*(?:\.? [^\W\d_][\w'’.-]*){0,3}")
_FEWEST_DIGITS = 7


def email(text: str) -> str | None:
    """Return the e-mail address in text."""
    found = _EMAIL.search(text)
    return found.group().rstrip(".") if found else None


def phone(text: str) -> str | None:
    """Return the phone number in text as it was written; dates and times are none."""
    for found in _PHONE.finditer(text):
        if sum(c.isdigit() for c in found.group()) >= _FEWEST_DIGITS and not re.search(
            r"\d[./-]\d\d?[./-]\d{4}", found.group()
        ):
            return found.group().strip()
    return None


def name(text: str, lexicon: Lexicon, asked: bool) -> str | None:
    """Return the customer's own name: after "my name is", or the whole answer when it was asked for."""
    introduced = re.search(
        rf"(?<!\w)(?:{'|'.join(lexicon.table.name_before)})\s+(?P<name>[^,.!?;\n]+)", _straight(text), re.IGNORECASE
    )
    if introduced and (asked or introduced.group("name")[:1].isupper()):
        return _leading_name(introduced.group("name"), lexicon, asked)
    return _leading_name(text, lexicon, asked) if asked else None


def _leading_name(text: str, lexicon: Lexicon, asked: bool) -> str | None:
    words = []
    for word in text.strip(" .,!?").split()[:4]:
        bare = word.strip(".,!?'’").casefold()
        if not _NAME.fullmatch(word.strip(",!?")) or bare in lexicon.table.common or not (asked or word[0].isupper()):
            break
        words.append(word.strip(",!?"))
    return " ".join(words) or None


def _straight(text: str) -> str:
    return re.sub(r"(?<=\w)['’](?=\w)", "", text)
