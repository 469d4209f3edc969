"""The people of the simulator, their phones, and what stands in their chats."""

import asyncio
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from truebook.kernel import clock
from truebook.simulator.diary import Diary

Json = dict[str, Any]
WINDOW = timedelta(hours=24)
TICKS = {"accepted": 0, "sent": 1, "delivered": 2, "read": 3}
TYPING = timedelta(seconds=25)
"""How long a phone shows that somebody is typing, if no message comes."""


def new_id() -> str:
    """Return an id as WhatsApp writes those of messages."""
    return f"wamid.{secrets.token_urlsafe(24)}"


@dataclass(slots=True)
class Bubble:
    """One message in a chat. `ticks`: how far it came, as the business is told; `mine`: the person wrote it."""

    id: str
    mine: bool
    kind: str
    text: str
    at: datetime
    choices: list[Json] = field(default_factory=list)
    opens: str | None = None
    footer: str | None = None
    ticks: str = "sent"
    error: str | None = None
    token: str | None = None


@dataclass(slots=True)
class Person:
    """Somebody with a phone. Without `shows_number` the business learns their id and user name only."""

    id: str
    name: str
    phone: str
    user_id: str
    username: str | None = None
    shows_number: bool = True
    has_blocked: bool = False
    looks: bool = True
    """Whether they read what comes in."""
    heard_at: datetime | None = None
    typing_at: datetime | None = None
    """Since when the business has been typing, as it says."""
    chat: list[Bubble] = field(default_factory=list)

    def contact(self) -> Json:
        """Return the person as a webhook names them; what the business may not know is left out."""
        profile = {"name": self.name, **({"username": self.username} if self.username else {})}
        number = {"wa_id": self.phone} if self.shows_number else {}
        return {"profile": profile, **number, "user_id": self.user_id}

    def signed(self) -> Json:
        """Return the fields by which a message names its writer."""
        number = {"from": self.phone} if self.shows_number else {}
        return {**number, "from_user_id": self.user_id}

    @property
    def window_is_open(self) -> bool:
        """Tell whether the business may write freely."""
        return self.heard_at is not None and clock.now() < self.heard_at + WINDOW

    @property
    def sees_typing(self) -> bool:
        """Tell whether their phone shows that somebody is typing."""
        return self.typing_at is not None and clock.now() < self.typing_at + TYPING


@dataclass(slots=True)
class Outages:
    """What goes wrong: each is on until it is switched off."""

    lost_answer: bool = False
    """The message is sent, its answer never arrives."""
    slow: bool = False
    unavailable: bool = False
    """503 before anything is done."""
    failing: bool = False
    """500 without a Graph error, after the message was sent."""
    doubled: bool = False
    """Every webhook comes twice."""
    shuffled: bool = False
    """Statuses come in another order, some before our own answer."""
    no_payment: bool = False
    """Messages are accepted, and never delivered."""
    closed_window: bool = False
    held: bool = False
    no_webhooks: bool = False
    old: bool = False
    """What people write reaches the business more than a day later."""
    batched: bool = False
    """What happens in the same moments comes in one webhook, along with something of another number."""
    slow_review: bool = False
    """A new template is approved after a while, or when somebody decides."""
    limit_reached: bool = False
    """The portfolio's other numbers have written to as many people as it may."""
    version_23: bool = False
    """Statuses tell of a conversation, as they did up to v23."""
    throttled: bool = False
    """Every call is refused for some minutes, which the answer's header tells."""


@dataclass
class World:
    """Everything the simulator knows. `changed` wakes whoever waits for something new."""

    people: dict[str, Person] = field(default_factory=dict)
    outages: Outages = field(default_factory=Outages)
    templates: dict[tuple[str, str], Json] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    """Files that people sent, by their ids."""
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    revision: int = 0
    limit: int | None = 250
    """How many people the portfolio may write to outside their windows within 24 hours; None: as many as it likes."""
    reached: dict[str, datetime] = field(default_factory=dict)
    """Who was last written to outside their window, and when."""
    portfolio: int = 1
    """Which portfolio owns the number: people have another id in each."""
    strangers: set[str] = field(default_factory=set)
    """Ids that people have in portfolios which do not own the number."""
    diary: Diary | None = None
    """Where everything is written down that happens, if anybody wants to know later."""

    def note(self, what: str, **facts: Any) -> None:
        """Write down what happened."""
        if self.diary is not None:
            self.diary.note(what, **facts)

    def add(
        self, name: str, *, phone: str | None = None, username: str | None = None, called: str | None = None
    ) -> Person:
        """Add somebody; without a number they are known by a user name only. `called`: their id in here."""
        number = phone or f"4366{secrets.randbelow(10**8):08}"
        person = Person(called or secrets.token_hex(4), name, number, f"AT.{secrets.randbelow(10**17):017}", username)
        person.shows_number = phone is not None or username is None
        self.people[person.id] = person
        self.note(
            "person", person=person.id, name=name, phone=number, user_id=person.user_id, username=username,
            shows_number=person.shows_number,
        )  # fmt: skip
        return person

    def find(self, to: str | None, recipient: str | None) -> Person | None:
        """Return whom a message goes to: `to` wins over `recipient`, as at Meta."""
        digits = (to or "").lstrip("+")
        people = self.people.values()
        if to:
            return next((one for one in people if one.phone == digits), None)
        return next((one for one in people if one.user_id == recipient), None)

    def may_reach(self, person: Person) -> bool:
        """Tell whether the portfolio's messaging limit lets it write to somebody outside their window; count them."""
        now = clock.now()
        self.reached = {one: at for one, at in self.reached.items() if now < at + WINDOW}
        full = self.outages.limit_reached or (self.limit is not None and len(self.reached) >= self.limit)
        if full and person.id not in self.reached:
            return False
        self.reached[person.id] = now
        return True

    def change_portfolio(self) -> None:
        """Let another portfolio own the number: everybody has another id there, and no webhook tells which."""
        self.portfolio += 1
        for person in self.people.values():
            self.strangers.add(person.user_id)
            person.user_id = f"AT.{secrets.randbelow(10**17):017}"

    def bubbles(self) -> Iterator[tuple[Person, Bubble]]:
        """Return every message with the person in whose chat it stands."""
        return ((person, one) for person in self.people.values() for one in person.chat)

    async def touch(self) -> None:
        """Tell whoever waits that something has changed."""
        async with self.changed:
            self.revision += 1
            self.changed.notify_all()
