"""Who works here, and what each of them does."""

from functools import partial
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from truebook.channels.web import pages
from truebook.channels.web.desk.settings.keeping import chosen, keep, page, parts
from truebook.channels.web.visitors import Visitor, WhoSets
from truebook.kernel.errors import Invalid
from truebook.tenants.services import SERVICES
from truebook.tenants.staff import STAFF, Staff, services_by_staff, write_services

HERE = "/desk/settings/staff"
ONE = HERE + "/{staff_id:uuid}"
MOST = 500
routes = pages.routes()


@routes.get(HERE, response_model=None)
async def listing(request: Request, who: WhoSets) -> Response:
    """Show who works here."""
    people = sorted(await STAFF.page(who.db, who.scope, limit=MOST), key=lambda one: (not one.is_active, one.name))
    names = {one.id: one.name for one in await SERVICES.page(who.db, who.scope, limit=MOST) if one.is_active}
    offers = await services_by_staff(who.db, who.scope)
    does = {one.id: ", ".join(sorted(names[s] for s in offers.get(one.id, ()) if s in names)) for one in people}
    return page(request, who, "staff", "people", people=people, does=does)


@routes.get(f"{HERE}/new", response_model=None)
async def ask(request: Request, who: WhoSets) -> Response:
    """Ask for somebody new."""
    return await _shown(request, who, None)


@routes.post(HERE, response_model=None)
async def add(request: Request, who: WhoSets) -> Response:
    """Let somebody new work here."""
    return await _kept(request, who, None)


@routes.get(ONE, response_model=None)
async def show(request: Request, who: WhoSets, staff_id: UUID) -> Response:
    """Show somebody who works here."""
    return await _shown(request, who, await STAFF.get(who.db, who.scope, staff_id))


@routes.post(ONE, response_model=None)
async def save(request: Request, who: WhoSets, staff_id: UUID) -> Response:
    """Keep what was typed of somebody."""
    return await _kept(request, who, await STAFF.get(who.db, who.scope, staff_id))


async def _kept(request: Request, who: Visitor, person: Staff | None) -> Response:
    async def change(tx: Any) -> None:
        name = who.form.text("name", most=200)
        if not name:
            raise Invalid("name", "give a name")
        called = parts(who.form.text("synonyms", most=500))
        values = {"name": name, "synonyms": called, "is_active": who.form.has("is_active")}
        if person is None:
            kept = await STAFF.write(tx, values)
        else:
            kept = await STAFF.rewrite(tx, person.id, values, version=who.form.version())
        await write_services(tx, kept.id, chosen(who, "services"))

    return await keep(request, who, change, HERE, partial(_shown, request, who, person))


async def _shown(
    request: Request, who: Visitor, person: Staff | None, status: int = 200, *, wrong: str = ""
) -> Response:
    services = [one for one in await SERVICES.page(who.db, who.scope, limit=MOST) if one.is_active]
    offers = await services_by_staff(who.db, who.scope)
    if who.form.fields:
        typed = {"name": who.form.text("name"), "synonyms": who.form.text("synonyms")}
        active, does = who.form.has("is_active"), who.form.all("services")
    elif person is None:
        typed, active, does = {"name": "", "synonyms": ""}, True, [str(one.id) for one in services]
    else:
        typed = {"name": person.name, "synonyms": ", ".join(person.synonyms)}
        active, does = person.is_active, [str(one) for one in offers.get(person.id, ())]
    return page(
        request, who, "staff", "person", status, person=person, typed=typed, active=active, does=does,
        services=services, wrong=wrong,
    )  # fmt: skip
