"""Where somebody is in the calendar: which day, how many of them, whose. It stands in the address, nowhere else.

Only what the colours stand for is remembered by the browser.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request

from truebook.channels.web.visitors import Visitor
from truebook.kernel import clock
from truebook.tenants.roles import NotAllowed

View = Literal["day", "week", "month"]
VIEWS: tuple[View, ...] = ("day", "week", "month")
Colours = Literal["service", "staff"]
COLOURS = "colours"
"""Under this name an address says what the colours stand for, and a browser remembers it."""
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the calendar. Without `staff_id` it is everybody's."""

    day: date
    view: View = "day"
    staff_id: UUID | None = None
    rooms: bool = False
    """Columns are rooms and units instead of people."""
    colours: Colours = "service"
    """What the colours of appointments stand for."""

    @property
    def first(self) -> date:
        """The first day that is shown; weeks begin on Monday."""
        if self.view == "week":
            return self.day - timedelta(days=self.day.weekday())
        return self.day.replace(day=1) if self.view == "month" else self.day

    @property
    def last(self) -> date:
        """The last day that is shown."""
        if self.view == "week":
            return self.first + timedelta(days=6)
        if self.view == "month":
            return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return self.day

    @property
    def before(self) -> "Place":
        """The place one step back."""
        return replace(self, day=self.first - timedelta(days=1) if self.view != "day" else self.day - timedelta(days=1))

    @property
    def after(self) -> "Place":
        """The place one step on."""
        return replace(self, day=self.last + timedelta(days=1))

    def on(self, day: date, view: View | None = None) -> "Place":
        """Return the same place on another day, or in another view."""
        return replace(self, day=day, view=view or self.view)

    def of(self, staff_id: UUID | None) -> "Place":
        """Return the same days of somebody else, or of everybody."""
        return replace(self, staff_id=staff_id, rooms=False)

    @property
    def by_room(self) -> "Place":
        """The same day with a column for each room."""
        return replace(self, view="day", staff_id=None, rooms=True)

    @property
    def recoloured(self) -> str:
        """The address of the same place with colours that stand for the other thing."""
        return f"{self.address}&{COLOURS}={'service' if self.colours == 'staff' else 'staff'}"

    @property
    def query(self) -> str:
        """How the place stands in an address."""
        values = {
            "day": self.day.isoformat(),
            "view": self.view,
            **({"staff": str(self.staff_id)} if self.staff_id else {}),
            **({"by": "room"} if self.rooms else {}),
        }
        return urlencode(values)

    @property
    def address(self) -> str:
        """The place's own address."""
        return f"/desk?{self.query}"


def place_of(request: Request, who: Visitor) -> Place:
    """Return the place an address names, today's if it names none; staff are always at their own."""
    asked = request.query_params
    view = asked.get("view", "day")
    try:
        day = date.fromisoformat(asked["day"]) if "day" in asked else clock.now().astimezone(who.zone).date()
        staff_id = UUID(asked["staff"]) if asked.get("staff") else None
    except ValueError:
        day, staff_id = clock.now().astimezone(who.zone).date(), None
    if not who.may("all calendars"):
        if who.person.staff_id is None:
            raise NotAllowed("you have no calendar of your own yet")
        staff_id = who.person.staff_id
    day = min(max(day, EARLIEST), LATEST)
    rooms = asked.get("by") == "room" and view == "day" and who.may("all calendars")
    colours = asked.get(COLOURS) or request.cookies.get(COLOURS)
    return Place(
        day, next((one for one in VIEWS if one == view), "day"), None if rooms else staff_id, rooms,
        "staff" if colours == "staff" else "service",
    )  # fmt: skip
