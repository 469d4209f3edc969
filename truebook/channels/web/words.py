"""The words of the pages: English stands in the templates, every other language in a gettext catalog of `locale`.

Sentences about appointments (read-backs, receipts) are not here: they come from `language.wording`, as in the chat.
"""

from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from fastapi import Request

LOCALE = Path(__file__).parent / "locale"
COOKIE = "language"


EVERYWHERE = ("en", "de")
"""The languages that every page speaks, the desk's as well."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that customers' pages speak: English, and every one that has a catalog."""
    return ("en", *sorted(path.stem for path in LOCALE.glob("*.po")))


@cache
def catalog(language: str) -> NullTranslations:
    """Return what the pages say in a language; what its catalog does not know stays English."""
    if language not in languages() or language == "en":
        return NullTranslations()
    compiled = BytesIO()
    with (LOCALE / f"{language}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


@cache
def direction(language: str) -> str:
    """Return how a language is written: ltr or rtl."""
    return Locale.parse(language).text_direction


@cache
def own_name(language: str) -> str:
    """Return what a language calls itself, as it stands in a menu."""
    name = Locale.parse(language).get_display_name(language) or language
    return name[:1].upper() + name[1:]


def chosen(request: Request, offered: tuple[str, ...] | None = None) -> str:
    """Return the language for a request: asked for in the address, chosen before, or the browser's first that is there.

    `offered` is the choice, in the order of preference where nothing else decides; the languages of every page if not
    given.
    """
    there = [one for one in offered or EVERYWHERE if one in languages()] or ["en"]
    for wish in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if wish in there:
            return wish
    return next((one for one in _accepted(request.headers.get("accept-language", "")) if one in there), there[0])


def _accepted(header: str) -> list[str]:
    """Return the languages of an Accept-Language header, the most wanted first."""
    weighed: list[tuple[float, str]] = []
    for part in header.split(",")[:20]:
        tag, _, weight = part.partition(";q=")
        try:
            weighed.append((float(weight or 1), tag.strip().lower()[:2]))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(weighed, key=lambda one: -one[0]) if weight > 0]
