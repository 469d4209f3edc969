"""Everything a conversation remembers between two messages."""

from dataclasses import dataclass, field
from datetime import date

from truebook.language.names import Directory
from truebook.language.state import Desk, Intent, Meaning, Slot, Wish


@dataclass(frozen=True, slots=True)
class State:
    """One conversation: what the customer wants, what the last message meant, and what the assistant said before it."""

    desk: Desk
    language: str
    wish: Wish = field(default_factory=Wish)
    meaning: Meaning = field(default_factory=Meaning)
    misunderstood: int = 0  # messages in a row of which nothing could be used
    aim: Intent | None = None  # the request the conversation is about: book, move, cancel …
    subject: str | None = None  # the appointment to be moved or cancelled
    offered: tuple[Slot, ...] = ()
    readback: Slot | None = None  # only while it is the assistant's last word
    asked: frozenset[str] = frozenset()
    appointments: tuple[Slot, ...] = ()  # the customer's own, as last told
    asked_which: bool = False
    booked: Slot | None = None
    failed: bool = False
    spoken_of: frozenset[str] = frozenset()  # staff that was offered, read back or wished: settles "Dr. Chen"
    mentioned_day: date | None = None  # named while talking about something else
    staff_names: Directory = field(default_factory=lambda: Directory(()), compare=False, repr=False)
    service_names: Directory = field(default_factory=lambda: Directory(()), compare=False, repr=False)

    def asks(self, what: str) -> bool:
        """Tell whether the assistant's last message asked for what."""
        return what in self.asked
