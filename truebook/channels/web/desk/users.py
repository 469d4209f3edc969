"""Who may sign in to the business, as what, and into whose calendar; a link for each who has no password."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from truebook.channels.web import pages
from truebook.channels.web.visitors import Visitor, WhoNamesUsers
from truebook.kernel import clock
from truebook.kernel.errors import Conflict, Invalid
from truebook.tenants import contact, sessions
from truebook.tenants.roles import Role
from truebook.tenants.staff import STAFF
from truebook.tenants.users import USERS, User

ROLES: tuple[Role, ...] = ("owner", "admin", "staff")
MOST = 500
routes = pages.routes()


@dataclass(frozen=True, slots=True)
class Line:
    """A user, the name of the calendar that is their own, and in how many browsers they are signed in."""

    user: User
    calendar: str
    sessions: int


@routes.get("/desk/users", response_model=None)
async def list_users(request: Request, who: WhoNamesUsers) -> Response:
    """Show who may sign in."""
    return await _shown(request, who)


@routes.post("/desk/users", response_model=None)
async def add_user(request: Request, who: WhoNamesUsers) -> Response:
    """Let somebody in: by an address, as something, and with a calendar of their own if one is chosen."""
    form = who.form
    typed = {name: form.text(name, most=200) for name in ("email", "name", "role", "staff")}
    try:
        email = contact.email(typed["email"])
        if email is None:
            raise Invalid("email", "give an address")
        if typed["role"] not in ROLES:
            raise Invalid("role", "choose one")
        staff_id = UUID(typed["staff"]) if typed["staff"] else None
        await sessions.let_in(
            who.db, who.scope, email=email, name=typed["name"] or None, role=typed["role"], staff_id=staff_id
        )  # fmt: skip
    except (Invalid, Conflict) as wrong:
        return await _shown(request, who, 422, typed=typed, wrong=str(wrong.data.get("field")))
    except ValueError:
        return await _shown(request, who, 422, typed=typed, wrong="staff")
    return RedirectResponse("/desk/users", 303)


@routes.post("/desk/users/{user_id:uuid}/link", response_model=None)
async def make_link(request: Request, who: WhoNamesUsers, user_id: UUID) -> Response:
    """Make a link that signs somebody in once, to be handed over; it is shown this once."""
    token = await sessions.link(who.db, who.scope, user_id, now=clock.now())
    user = await USERS.get(who.db, who.scope, user_id)
    base = request.app.state.settings.base_url
    return await _shown(request, who, link=f"{base}/sign-in/{token}", link_for=user.name or user.email)


@routes.post("/desk/users/{user_id:uuid}/role", response_model=None)
async def set_role(request: Request, who: WhoNamesUsers, user_id: UUID) -> Response:
    """Give somebody another role, from their next click on. Nobody changes their own, so an owner is always left.

    Whoever is an owner no more takes the API keys along that they made.
    """
    role = who.form.text("role")
    if role not in ROLES:
        raise Invalid("role", "choose one")
    if user_id == who.person.user_id:
        raise Conflict("nobody can change their own role", field="user_id")
    await USERS.change(who.db, who.scope, user_id, {"role": role})
    return RedirectResponse("/desk/users", 303)


@routes.post("/desk/users/{user_id:uuid}/sign-out", response_model=None)
async def sign_out_user(request: Request, who: WhoNamesUsers, user_id: UUID) -> Response:
    """Sign somebody out everywhere, and let no link of theirs open anything any more."""
    await sessions.end_all(who.db, who.scope, user_id, now=clock.now())
    return RedirectResponse("/desk/users" if user_id != who.person.user_id else "/sign-in", 303)


@routes.post("/desk/users/{user_id:uuid}/remove", response_model=None)
async def remove_user(request: Request, who: WhoNamesUsers, user_id: UUID) -> Response:
    """Let somebody in no more: their sessions, links and API keys end with them. Nobody removes themselves."""
    if user_id == who.person.user_id:
        raise Conflict("nobody can remove themselves", field="user_id")
    await USERS.remove(who.db, who.scope, user_id)
    return RedirectResponse("/desk/users", 303)


async def _shown(
    request: Request, who: Visitor, status: int = 200, *, typed: dict[str, str] | None = None, wrong: str = "",
    link: str = "", link_for: str = "",
) -> Response:  # fmt: skip
    people = await STAFF.page(who.db, who.scope, limit=MOST)
    own = {one.user_id: one.name for one in people if one.user_id}
    users = await USERS.page(who.db, who.scope, limit=MOST)
    living = await sessions.counts(who.db, who.scope, now=clock.now())
    lines = [
        Line(one, own.get(one.id, ""), living.get(one.id, 0))
        for one in sorted(users, key=lambda one: (ROLES.index(one.role), one.email))
    ]
    values = {"email": "", "name": "", "role": "staff", "staff": "", **(typed or {})}
    free = [one for one in people if one.is_active and one.user_id is None]
    return pages.page(
        request, "desk/users.html", status, who=who, here="users", lines=lines, free=free, typed=values, wrong=wrong,
        link=link, link_for=link_for,
    )  # fmt: skip
