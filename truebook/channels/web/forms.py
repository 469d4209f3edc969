"""What a form sent: read once, only from our own pages, small, and each field by name."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from fastapi import Request

from truebook.kernel import signs
from truebook.kernel.errors import Fact, Invalid

MOST_FIELDS = 1000
LINES = frozenset({"notes", "text", "csv", "answer", "prompt", "framed_by", "description", "people"})
"""Fields of several lines, besides what is added to messages (`note_` and a language); any other is one."""
FILE = "csv"
"""A whole file, whose cells are looked at one by one."""


class Elsewhere(Fact):
    """A form that did not come from one of our own pages, or from an old one."""

    code = "elsewhere"


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form; one that was not sent is empty."""

    fields: tuple[tuple[str, str], ...]

    def text(self, name: str, *, most: int = 500) -> str:
        """Return a field without space around it; raise Invalid where it is longer than `most` letters."""
        found = next(iter(self.all(name)), "").strip()
        if len(found) > most:
            raise Invalid(name, f"that is too long: {most} letters at most")
        return found

    def whole(self, name: str, least: int, most: int) -> int:
        """Return a whole number that was typed; raise Invalid for anything else, or out of range."""
        text = self.text(name, most=12)
        if not (text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most):
            raise Invalid(name, f"give a number from {least} to {most}")
        return int(text)

    def version(self) -> int | None:
        """Return the version of the row that the form was made from; None where it does not say."""
        text = self.text("version")
        if text and not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Invalid("version", "that is no version")
        return int(text) if text else None

    def id(self, name: str) -> UUID | None:
        """Return the id that a field names; None where it was not sent, raise Invalid where it names none."""
        text = self.text(name, most=36)
        try:
            return UUID(text) if text else None
        except ValueError:
            raise Invalid(name, "that is no id") from None

    def all(self, name: str) -> list[str]:
        """Return every value of a field that may come several times; raise Invalid where it holds a control sign."""
        found = [value for key, value in self.fields if key == name]
        if name != FILE and (sign := next(filter(None, map(signs.control, found)), None)):
            raise Invalid(name, f"leave out the control sign {sign}: it cannot be kept")
        return found if name in LINES or name.startswith("note_") else [signs.line(one) for one in found]

    def has(self, name: str) -> bool:
        """Tell whether a field was sent."""
        return any(key == name for key, _ in self.fields)


async def read(request: Request) -> Form:
    """Return the form of a request; raise Elsewhere where another site's page sent it."""
    expect_own_page(request)
    try:
        pairs = parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Invalid("body", "that form cannot be read") from error
    return Form(tuple(pairs))


def expect_own_page(request: Request) -> None:
    """Raise Elsewhere for what a browser sends for another site's page; without Origin it is no browser."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:  # every browser of today says it; Origin is null where a page sends no referrer
        own = site in ("same-origin", "none")
    else:
        own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not own:
        raise Elsewhere("that form was sent from another page")
