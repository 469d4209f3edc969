"""Reports: what happened in some weeks, as tables with a chart beside each, and as files for spreadsheets."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import Request, Response

from truebook.channels.web import headers, pages
from truebook.channels.web.desk import spreadsheet
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Visitor, WhoReads
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.reports import figures
from truebook.reports.figures import Figures, Report

USUAL = 4
"""Weeks that are shown where nobody says otherwise, this one included."""
BAR = 200
"""Width of the longest bar."""
GROUPS = ("week", "channel", "service", "staff")
routes = pages.routes()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its name, its figures, and how long its bars are."""

    name: str
    figures: Figures
    came: int
    lost: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures by something."""

    by: str
    lines: tuple[Line, ...]


@routes.get("/desk/reports", response_model=None)
async def show(request: Request, who: WhoReads) -> Response:
    """Show the figures of some days, the last four weeks' if the address names none."""
    first, last, wrong = _days(request, who)
    found = await figures.read(who.db, who.scope, first, last, zone=who.zone)
    say = Say(request, who)
    return pages.page(
        request, "desk/reports.html", 422 if wrong else 200, who=who, here="reports", say=say, found=found, wrong=wrong,
        tables=[Table(by, _lines(say, found, by)) for by in GROUPS], bar=BAR,
    )  # fmt: skip


@routes.get("/desk/reports/{by}.csv", response_model=None)
async def download(request: Request, who: WhoReads, by: str) -> Response:
    """Hand a table out as a file for spreadsheets."""
    if by not in GROUPS:
        raise Invalid("by", "there is no such report")
    first, last, _ = _days(request, who)
    found = await figures.read(who.db, who.scope, first, last, zone=who.zone)
    say = Say(request, who)
    head = [say(HEADS[by]), say(BOOKED), say(CANCELLED), say(MISSED), say(MINUTES), say(FULL)]
    rows = [
        [
            one.name,
            one.figures.booked,
            one.figures.cancelled,
            one.figures.no_show,
            one.figures.minutes,
            one.figures.fill,
        ]
        for one in _lines(say, found, by)
    ]
    name = f"{by}-{first}-{last}.csv"
    sent = {
        **headers.of_page(secure=pages.is_secure(request)),
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(spreadsheet.table([head, *rows]), headers=sent, media_type="text/csv; charset=utf-8")


def _days(request: Request, who: Visitor) -> tuple[date, date, bool]:
    """Return the first and last day that the address names, and whether it names ones that cannot be shown."""
    today = clock.now().astimezone(who.zone).date()
    last = figures.monday(today) + timedelta(days=6)
    first = last - timedelta(days=7 * USUAL - 1)
    asked = request.query_params
    try:
        named = (date.fromisoformat(asked.get("from") or str(first)), date.fromisoformat(asked.get("to") or str(last)))
    except ValueError:
        return first, last, True
    if not timedelta() <= named[1] - named[0] <= timedelta(days=figures.LONGEST) or not 2000 <= named[0].year < 2199:
        return first, last, True
    return *named, False


def _lines(say: Say, found: Report, by: str) -> tuple[Line, ...]:
    groups: dict[str, Figures] = getattr(found, f"by_{by}")
    most = max((one.booked for one in groups.values()), default=0) or 1
    return tuple(
        Line(
            _name(say, by, name),
            one,
            BAR * (one.booked - one.cancelled - one.no_show) // most,
            BAR * (one.cancelled + one.no_show) // most,
        )
        for name, one in groups.items()
    )


def _name(say: Say, by: str, name: str) -> str:
    if by == "week":
        return say(WEEK_OF, day=say.date(date.fromisoformat(name)))
    if by == "channel":
        return say(CHANNELS.get(name, name))
    return name or say(UNKNOWN)


def _(text: str) -> str:
    """Mark a text for the catalogs; it is said later."""
    return text


WEEK_OF = _("Week of %(day)s")
UNKNOWN = _("unknown")
BOOKED, CANCELLED, MISSED = _("Booked"), _("Cancelled"), _("No-shows")
MINUTES, FULL = _("Minutes"), _("How full, %%")
HEADS: dict[str, Any] = {"week": _("Week"), "channel": _("Channel"), "service": _("Service"), "staff": _("Staff")}
CHANNELS = {
    "whatsapp": "WhatsApp",
    "web": _("Booking page"),
    "test": _("Test chat"),
    "api": "API",
    "staff": _("At the desk"),
    "import": _("From the old system"),
}
