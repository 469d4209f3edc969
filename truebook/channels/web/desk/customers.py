"""The customers: found by name, number, address or code; what is known of one, and what they are known by."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.booking.model import Appointment
from truebook.channels.web import pages, words
from truebook.channels.web.desk.telling import Say
from truebook.channels.web.visitors import Visitor, WhoSeesCustomers
from truebook.kernel import clock
from truebook.kernel.errors import Conflict, Invalid
from truebook.people import finding, listing
from truebook.people.finding import Found, Profile
from truebook.tenants import contact
from truebook.tenants.customers import CUSTOMERS

ONE = "/desk/customers/{customer_id:uuid}"
FIELDS = {"name": 200, "phone": 40, "email": 200, "notes": 2000}
"""What a customer is known by, and how long each may be."""
routes = pages.routes()


@dataclass(frozen=True, slots=True)
class Line:
    """An appointment in a customer's list, in words."""

    id: UUID
    code: str
    status: str
    when: str
    what: str
    name: str


@routes.get("/desk/customers", response_model=None)
async def find(request: Request, who: WhoSeesCustomers) -> Response:
    """Show who is found, or without a question those who came last into the list."""
    asked, say, now = request.query_params.get("q", "")[:200].replace("\0", ""), Say(request, who), clock.now()
    found = await finding.find(who.db, who.scope, asked, now=now)
    nameless = await finding.nameless_visits(who.db, who.scope, asked)
    return pages.page(
        request, "desk/customers.html", who=who, here="customers", asked=asked, found=found, say=say,
        nameless=[line(say, one) for one in nameless],
    )  # fmt: skip


@routes.post("/desk/customers/of/{appointment_id:uuid}", response_model=None)
async def put_in_list(request: Request, who: WhoSeesCustomers, appointment_id: UUID) -> Response:
    """Put whoever an appointment is for into the list, and show them."""
    record = await listing.put_in_list(who.db, who.scope, appointment_id)
    return RedirectResponse(f"/desk/customers/{record.id}", 303)


@routes.get(ONE, response_model=None)
async def show(request: Request, who: WhoSeesCustomers, customer_id: UUID) -> Response:
    """Show what is known of a customer."""
    return await shown(request, who, await finding.profile(who.db, who.scope, customer_id))


@routes.post(ONE, response_model=None)
async def change(request: Request, who: WhoSeesCustomers, customer_id: UUID) -> Response:
    """Keep what was typed of a customer."""
    typed = {name: who.form.text(name, most=most) for name, most in FIELDS.items()}
    profile = await finding.profile(who.db, who.scope, customer_id)
    try:
        values = {
            "name": typed["name"] or None,
            "phone": contact.phone(typed["phone"], who.person.timezone),
            "email": contact.email(typed["email"]),
            "notes": typed["notes"] or None,
        }
        await CUSTOMERS.change(who.db, who.scope, customer_id, values, version=who.form.version())
    except (Invalid, Conflict) as wrong:
        field = str(wrong.data.get("field"))
        status = 409 if isinstance(wrong, Conflict) else 422
        return await shown(request, who, profile, status, typed=typed, wrong="stale" if field == "If-Match" else field)
    return RedirectResponse(f"/desk/customers/{customer_id}?saved=1", 303)


async def shown(
    request: Request, who: Visitor, profile: Profile, status: int = 200, *, typed: dict[str, str] | None = None,
    wrong: str = "",
) -> Response:  # fmt: skip
    """Return a customer's page, with what was typed where it could not be kept."""
    say, now = Say(request, who), clock.now()
    record = profile.record
    ahead = [one for one in profile.visits if one.start > now and one.status in ("held", "pending", "confirmed")]
    past = [one for one in profile.visits if one not in ahead]
    return pages.page(
        request, "desk/customer.html", status, who=who, here="customers", profile=profile, say=say,
        typed=typed or {name: getattr(record, name) or "" for name in FIELDS}, wrong=wrong,
        came=profile.came(now), ahead=[line(say, one) for one in reversed(ahead)],
        past=[line(say, one) for one in past], saved="saved" in request.query_params,
    )  # fmt: skip


def line(say: Say, one: Appointment) -> Line:
    """Return an appointment in words."""
    what = ", ".join(dict.fromkeys(part.service_name for part in one.segments if part.service_name))
    people = ", ".join(dict.fromkeys(part.staff_name for part in one.segments if part.staff_name))
    return Line(one.id, one.code, one.status, say.day_and_time(one.start), say.what(what, people), one.customer.name)


def called(found: Found | Profile, language: str) -> str:
    """Return what a customer is called where a name has to stand."""
    record = found.record if isinstance(found, Profile) else found
    nobody = words.catalog(language).gettext(NOBODY)
    return record.name or record.phone or record.email or nobody


def _(text: str) -> str:
    """Mark a text for the catalogs; it is said later."""
    return text


NOBODY = _("without a name")
