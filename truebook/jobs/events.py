"""What can happen: each event is a frozen fact with ids only, never personal data, because jobs outlive erasure."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

INBOUND = "inbound"
"""The queue of what came in and is only taken in yet: quick work, which never waits behind any other."""
TURNS = "turns"
"""The queue of conversations' turns."""
ANSWERS = "answers"
"""The queue of what leaves and somebody waits for: answers in a chat, codes, links; never behind news."""
OUTBOUND = "outbound"
"""The queue of what leaves: news to customers."""
CHORES = "chores"
"""The queue of what is done by the clock."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a tenant. `name` is the job's task name; jobs with one `lock` run one at a time.

    In its `queue` a job takes turns with those of other businesses, however many one of them has waiting.
    """

    name: ClassVar[str]
    queue: ClassVar[str]
    tenant: UUID

    @property
    def lock(self) -> str | None:
        """The lock that keeps the order, or None where order does not matter."""
        return None


@dataclass(frozen=True, slots=True)
class MessageReceived(Event):
    """A customer's message is in the inbox and waits for its answer."""

    name: ClassVar[str] = "message_received"
    queue: ClassVar[str] = TURNS
    conversation: UUID
    message: UUID
    direct: str = ""
    """Anything where it came by no provider: then nobody is shown that it was read, and there is no voice to hear."""

    @property
    def lock(self) -> str | None:
        """A conversation is answered one message at a time, in order."""
        return str(self.conversation)


@dataclass(frozen=True, slots=True)
class AppointmentChanged(Event):
    """An appointment was booked, moved or cancelled, and somebody must be told: the outbox row says what."""

    name: ClassVar[str] = "appointment_changed"
    queue: ClassVar[str] = OUTBOUND
    outbox: UUID


@dataclass(frozen=True, slots=True)
class OutcomeOpen(Event):
    """An answer had to say that nothing is certain yet: find out what became of it, and tell the customer."""

    name: ClassVar[str] = "outcome_open"
    queue: ClassVar[str] = TURNS
    conversation: UUID
    message: UUID

    @property
    def lock(self) -> str | None:
        """Told in order with the conversation's other answers."""
        return str(self.conversation)


@dataclass(frozen=True, slots=True)
class UpdatesStored(Event):
    """A webhook brought something that is stored and waits to be worked on."""

    name: ClassVar[str] = "updates_stored"
    queue: ClassVar[str] = INBOUND
    batch: UUID


@dataclass(frozen=True, slots=True)
class MessageDue(Event):
    """Something waits to be sent in a chat."""

    name: ClassVar[str] = "message_due"
    queue: ClassVar[str] = OUTBOUND
    conversation: UUID

    @property
    def lock(self) -> str | None:
        """What is said in a chat leaves one message at a time, in order; answers are made meanwhile."""
        return f"send:{self.conversation}"


@dataclass(frozen=True, slots=True)
class AnswerDue(MessageDue):
    """Something waits to be sent in a chat to somebody who waits for it."""

    name: ClassVar[str] = "answer_due"
    queue: ClassVar[str] = ANSWERS


@dataclass(frozen=True, slots=True)
class DeliveryOpen(Event):
    """A message failed, or nobody knows whether it left: look at it again."""

    name: ClassVar[str] = "delivery_open"
    queue: ClassVar[str] = OUTBOUND
    message: UUID


@dataclass(frozen=True, slots=True)
class TimeFreed(Event):
    """Time can be had again from `begin` to `end` (ISO 8601), or is looked for: who waits is asked, in turn."""

    name: ClassVar[str] = "time_freed"
    queue: ClassVar[str] = CHORES
    begin: str
    end: str


@dataclass(frozen=True, slots=True)
class MailDue(Event):
    """A message waits to be sent by e-mail."""

    name: ClassVar[str] = "mail_due"
    queue: ClassVar[str] = OUTBOUND
    message: UUID

    @property
    def lock(self) -> str | None:
        """One letter is handed over once at a time."""
        return f"mail:{self.message}"


@dataclass(frozen=True, slots=True)
class SignInAsked(Event):
    """Somebody who works with the desk asked, at a moment (ISO 8601), for a link that signs them in."""

    name: ClassVar[str] = "sign_in_asked"
    queue: ClassVar[str] = ANSWERS
    user: UUID
    asked_at: str


@dataclass(frozen=True, slots=True)
class CodeAsked(Event):
    """Whoever holds a time on the page asked, at a moment (ISO 8601), for the code that shows whose address it is."""

    name: ClassVar[str] = "code_asked"
    queue: ClassVar[str] = ANSWERS
    appointment: UUID
    asked_at: str


@dataclass(frozen=True, slots=True)
class RemindersDue(Event):
    """A business has more reminders due than were sent at once."""

    name: ClassVar[str] = "reminders_due"
    queue: ClassVar[str] = OUTBOUND

    @property
    def lock(self) -> str | None:
        """A business's reminders are sent by one at a time."""
        return f"remind:{self.tenant}"


@dataclass(frozen=True, slots=True)
class ChecksAsked(Event):
    """A business wants its checks of the assistant played."""

    name: ClassVar[str] = "checks_asked"
    queue: ClassVar[str] = CHORES

    @property
    def lock(self) -> str | None:
        """Each play has a database server of its own: one at a time in the whole installation."""
        return "checks"


@dataclass(frozen=True, slots=True)
class SeriesBooked(Event):
    """Dates of a series were booked, and their customer must be told of them, once."""

    name: ClassVar[str] = "series_booked"
    queue: ClassVar[str] = OUTBOUND
    series: UUID

    @property
    def lock(self) -> str | None:
        """Of a series is told one message at a time, so that no date is told twice."""
        return f"series:{self.series}"


KINDS: tuple[type[Event], ...] = (
    MessageReceived, AppointmentChanged, OutcomeOpen, UpdatesStored, MessageDue, AnswerDue, DeliveryOpen,
    TimeFreed, MailDue, SignInAsked, CodeAsked, RemindersDue, ChecksAsked, SeriesBooked,
)  # fmt: skip
EVENTS: dict[str, type[Event]] = {kind.name: kind for kind in KINDS}
