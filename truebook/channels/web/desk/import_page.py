"""Customers and upcoming appointments from another system: shown first what becomes of each row, then taken."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response

from truebook.channels.web import headers, pages
from truebook.channels.web.desk import spreadsheet
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Visitor, WhoSeesCustomers
from truebook.kernel import clock
from truebook.kernel.errors import Invalid
from truebook.people import importing
from truebook.people.importing import Row, Sheet
from truebook.tenants import catalogue

HERE = "/desk/customers/import"
routes = pages.routes()


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words: whom it is about, when and what, and what becomes of it."""

    row: Row
    who: str
    when: str
    what: str
    told: str


@routes.get(HERE, response_model=None)
async def ask(request: Request, who: WhoSeesCustomers) -> Response:
    """Ask for a file."""
    return _page(request, who, None, "")


@routes.post(HERE, response_model=None)
async def foresee(request: Request, who: WhoSeesCustomers) -> Response:
    """Show what would become of each row; with `take` do it, and give back what could not be taken."""
    try:
        text = who.form.text("csv", most=importing.LARGEST)
        shop = await catalogue.read(who.db, who.scope)
        now = clock.now()
        sheet = importing.read(text, shop, zone=who.zone, now=now)
        taken = who.form.has("take")
        if taken:
            sheet = await importing.take(who.db, who.scope, sheet, now=now)
        else:
            sheet = await importing.foresee(who.db, who.scope, sheet, now=now)
    except Invalid as wrong:
        return _page(request, who, None, who.form.text("csv", most=2 * importing.LARGEST)[:2000], wrong=wrong.message)
    names = {one.id: one.name for one in shop.services} | {one.id: one.name for one in shop.staff}
    return _page(request, who, sheet, text, names=names, taken=taken)


@routes.post(f"{HERE}/back", response_model=None)
async def give_back(request: Request, who: WhoSeesCustomers) -> Response:
    """Hand out the rows that could not be taken, each with its reason, as a file to be mended and sent again."""
    shop, say = await catalogue.read(who.db, who.scope), Say(request, who)
    text = who.form.text("csv", most=importing.LARGEST)
    sheet = importing.read(text, shop, zone=who.zone, now=clock.now())
    told = dict(zip(who.form.all("row"), who.form.all("why"), strict=False))
    rows = [[*row.cells, told[str(row.number)]] for row in sheet.rows if str(row.number) in told]
    sent = {
        **headers.of_page(secure=pages.is_secure(request)),
        "Content-Disposition": 'attachment; filename="given-back.csv"',
    }
    body = spreadsheet.table([[*sheet.heads, say(WHY)], *rows])
    return Response(body, headers=sent, media_type="text/csv; charset=utf-8")


def _page(
    request: Request, who: Visitor, sheet: Sheet | None, text: str, *, wrong: str = "", taken: bool = False,
    names: dict[UUID, str] | None = None,
) -> Response:  # fmt: skip
    say = Say(request, who)
    lines = [_line(say, row, names or {}, taken=taken) for row in sheet.rows] if sheet else []
    return pages.page(
        request, "desk/import.html", 422 if wrong else 200, who=who, here="customers", sheet=sheet, text=text,
        wrong=wrong, taken=taken, lines=lines, most=importing.MOST,
    )  # fmt: skip


def _line(say: Say, row: Row, names: dict[UUID, str], *, taken: bool) -> Line:
    one = row.customer
    whom = (one and (one.name or one.phone or one.email)) or ", ".join(cell for cell in row.cells if cell)[:80]
    what = " ".join(names[part] for part in (row.service_id, row.staff_id) if part and part in names)
    if row.problem is not None:
        told = say(PROBLEMS[row.problem])
    elif taken:
        told = row.code or say(IN_LIST)
    elif row.start is not None:
        told = say(BEYOND) if row.beyond else say(BOOKS)
    else:
        told = say(KNOWN) if row.known else say(NEW)
    return Line(row, whom, say.day_and_time(row.start) if row.start else "", what, told)


def _(text: str) -> str:
    """Mark a text for the catalogs; it is said later."""
    return text


WHY = _("Why")
IN_LIST, KNOWN, NEW = _("in the list"), _("in the list already"), _("comes into the list")
BOOKS, BEYOND = _("will be booked"), _("will be booked, outside the hours")
PROBLEMS = {
    "nobody": _("no name, number or address"),
    "name": _("an appointment needs a name"),
    "phone": _("no telephone number"),
    "email": _("no e-mail address"),
    "date": _("no date"),
    "time": _("no time"),
    "service": _("no such service"),
    "staff": _("nobody of that name works here"),
    "past": _("in the past"),
    "length": _("too long"),
    "taken": _("somebody else has that time"),
    "not_offered": _("nobody does that then"),
    "later": _("not possible just now"),
}
