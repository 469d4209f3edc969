"""What a demo business is: who it is, the calls that set it up, and what a newcomer may try there."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the REST API. What it makes can be named: then "{name}" stands for its id in paths and bodies.

    Dates are said as "{mon}" … "{sun}": the next such day from tomorrow on.
    """

    method: str
    path: str
    body: Body
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo business: its account (the address comes last, and says that it is whole), its calls, what to try."""

    account: Body
    address: str
    calls: tuple[Call, ...]
    tries: tuple[str, ...]

    @property
    def slug(self) -> str:
        """Its place on the web."""
        return str(self.account["slug"])


def add(path: str, named: str | None = None, **body: Any) -> Call:
    """Return the call that makes something."""
    return Call("POST", path, body, named)


def put(path: str, **body: Any) -> Call:
    """Return the call that sets something."""
    return Call("PUT", path, body)


def week(*openings: tuple[str, str, str], **rules: int) -> Call:
    """Return the call that sets the opening hours: weekdays ("mon-fri"), from, to; and the rules of booking."""
    hours = [
        {"weekday": day, "opens": opens, "closes": closes} for days, opens, closes in openings for day in _days(days)
    ]
    return put("/hours", week=hours, **rules)


DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def _days(text: str) -> range:
    first, _, last = text.partition("-")
    return range(DAYS.index(first), DAYS.index(last or first) + 1)


def needs(service: str, *roles: tuple[str, str | None, list[tuple[int, int]]]) -> Call:
    """Return the call that says what a service needs: role, pool (None: whoever does it), busy minutes."""
    body = [{"role": role, "pool_id": pool and f"{{{pool}}}", "busy": busy} for role, pool, busy in roles]
    return put(f"/services/{{{service}}}/requirements", roles=body)


def pool(name: str, kind: str, count: int, named: str) -> tuple[Call, Call]:
    """Return the calls that make a pool with so many units."""
    return add("/pools", named, name=name, kind=kind), add(f"/pools/{{{named}}}/units", count=count)


def person(name: str, *services: str, **more: Any) -> tuple[Call, Call]:
    """Return the calls that make a member of staff who offers some services."""
    key = name.casefold().split()[-1]
    offered = put(f"/staff/{{{key}}}/services", service_ids=[f"{{{one}}}" for one in services])
    return add("/staff", key, name=name, **more), offered


def facts(business: str) -> Call:
    """Return the call that tells the assistant what a business tells about itself: topic, language, text."""
    every = tomllib.loads(files(__package__).joinpath("facts.toml").read_text("utf-8"))[business]
    told = [
        {"topic": one["topic"], "language": language, "text": text}
        for one in every
        for language, text in one.items()
        if language != "topic"
    ]
    return add("/bots", "desk", name="Desk", facts=told)
