"""Talk to the desk in a test: the very turn that every channel runs, one message at a time, without a worker."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from pydantic_ai.models import Model

from tests.desk import Desk
from truebook.assistant.conversation import Assistant
from truebook.assistant.incoming import inbox
from truebook.assistant.incoming.inbox import Answered
from truebook.assistant.models.bounds import Bounds
from truebook.assistant.models.patience import Patience
from truebook.assistant.offline.model import Offline
from truebook.booking.links import Links
from truebook.delivery.notify import Messenger
from truebook.jobs import AppointmentChanged, MessageReceived

LINKS = Links("http://desk.test", b"secret")
PATIENT = Patience(request=300.0, turn=600.0)
"""On a busy machine a model of a test is slow, and not wrong: another engine must not answer for it."""


@dataclass
class Chat:
    """One customer's conversation with a desk."""

    desk: Desk
    conversation: UUID
    model: Model = field(default_factory=Offline)
    last: Answered | None = None
    now: datetime | None = None
    """When the conversation takes place, if not now; it moves on a minute with every message."""
    patience: Patience = PATIENT
    bounds: Bounds = field(default_factory=Bounds)
    most_ahead: int = 10
    by_mail: bool = False

    async def say(self, text: str) -> str:
        """Send a message and return the answer's text."""
        if self.now:
            self.now += timedelta(minutes=1)
        message = await inbox.receive(self.desk.db, self.desk.scope, self.conversation, text, at=self.now)
        clock = self._clock if self.now else None
        assistant = Assistant(
            self.desk.db,
            self.model,
            LINKS,
            clock,
            self.patience,
            self.bounds,
            most_ahead=self.most_ahead,
            by_mail=self.by_mail,
        )
        await assistant.answer(MessageReceived(self.desk.account, self.conversation, message))
        self.last = await inbox.answer(self.desk.db, self.desk.scope, message)
        assert self.last is not None
        return self.last.text

    def _clock(self) -> datetime:
        assert self.now
        return self.now + timedelta(seconds=1)


async def chat(desk: Desk, *, name: str | None = "Carla", phone: str | None = "+436601234567", **more) -> Chat:
    """Open a test chat with a desk, as a customer the channel knows (or does not)."""
    _, conversation, _ = await inbox.open_test_chat(desk.db, desk.scope, name=name, phone=phone)
    return Chat(desk, conversation, **more)


async def deliver(desk: Desk) -> None:
    """Run the jobs that tell customers."""
    messenger = Messenger(desk.db, LINKS)
    async with desk.db.transaction(desk.scope) as tx:
        notes = await tx.rows("SELECT id FROM outbox ORDER BY created_at")
    for (note,) in notes:
        await messenger.tell(AppointmentChanged(desk.account, note))
