"""One turn of a conversation: what the tools may know, and what they did."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from truebook.assistant.acts import Act
from truebook.booking.model import Customer, Source
from truebook.db import Database, Scope
from truebook.tenants.catalogue import Catalogue

Move = Literal[
    "greet", "ask_service", "ask_staff", "ask_day", "ask_time", "ask_which_day", "ask_which_time", "ask_new_time",
    "answer", "shown", "thanks", "bye", "late", "kept", "declined", "person", "smalltalk", "lost", "trouble",
    "stuck", "sorry", "coming", "ask_code", "ask_count", "ask_change",
    "no_code", "no_hurry",
]  # fmt: skip
Topic = Literal[
    "price", "length", "hours", "address", "services", "parking", "payment", "who", "included", "children", "animals",
    "access", "bring", "policy", "works", "callback", "complaint", "places", "order", "code", "remind", "other",
    "note", "free", "number", "stands", "whom", "nobody", "in_writing", "offered",
    "not_offered",
]  # fmt: skip


class Following(BaseModel):
    """An appointment that comes after the one that is talked about, as far as it was told: ISO dates, HH:MM, and how
    many days later it is to be at the least."""

    service: str | None = None
    days: list[str] = []
    at: str | None = None
    guest: str | None = None
    days_after: int = 0


class Say(BaseModel):
    """How a turn ends: one conversational move. The desk finds all the words.

    `about` lists side questions to answer first, from the business's own data; "note" is no question but something
    that the team is to read: a message for the staff, a wish to be called, money back. "code": what the code is for,
    "remind": whether and when they are reminded, "number": whether their own is kept, "free": whether the time can be
    had for which a name is asked, "stands": whether what is booked stands, "order": when the parts of a visit begin,
    "works": what a service is like, "offered": whether one that is named is offered, "whom": with whom it can be had,
    "nobody": that whom they named does not work here (`not_here`), "in_writing": that they need not be called.
    "not_offered": that what they named is not done here (`named`).
    `options` are what an ask_which move offers: ISO dates, HH:MM times, or names. `more`: the message asks for further
    appointments, which come after: `then` are those whose day was told.
    `service`, `staff` and `day` say which one a side question is about; `day` of a goodbye: when they come.
    `name`: what they said they are called, where they said nothing else.
    `phone`: the number at which they want to be called, `when`: when, in their own words.
    `wonders`: their own words for what "other" stands for.
    `unheard`: parts of the customer's message that could not be understood, in their own words. `again`: how often in
    a row the open question has been asked before. `in_all`: the price of everything is asked, not of one; `besides`:
    the services of visits that come after.
    """

    model_config = ConfigDict(extra="forbid")

    move: Move
    about: list[Topic] = []
    options: list[str] = []
    service: str | None = None
    staff: str | None = None
    day: str | None = None
    name: str | None = None
    phone: str | None = None
    when: str = ""
    not_here: str | None = None
    named: list[str] = []
    wonders: str = ""
    more: bool = False
    then: list[Following] = []
    unheard: list[str] = []
    again: int = 0
    in_all: bool = False
    besides: list[str] = []


@dataclass(slots=True)
class Turn:
    """One customer message being answered. The tenant comes from the channel, never from the model."""

    db: Database
    scope: Scope
    catalogue: Catalogue
    conversation_id: UUID
    message_id: UUID
    customer: Customer
    source: Source
    now: datetime
    text: str = ""
    language: str = "en"
    last_acts: tuple[Act, ...] = ()
    most_ahead: int = 10
    by_mail: bool = False
    """Whether this installation sends e-mails."""
    acts: list[Act] = field(default_factory=list)

    @property
    def known_name(self) -> bool:
        """Tell whether the customer's name is known already."""
        return bool(self.customer.name)
