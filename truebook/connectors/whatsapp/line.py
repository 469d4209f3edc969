"""A number at its provider: how a message is written for it, how it is sent, and what is known afterwards.

Meta's own API is one provider, Twilio the other; whoever sends knows neither.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from truebook.connectors.whatsapp import messages
from truebook.connectors.whatsapp.graph import Graph, Result
from truebook.connectors.whatsapp.messages import Choice, To

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its values by name, what its quick replies say when tapped, and the end of its link."""

    name: str
    language: str
    values: Mapping[str, str]
    replies: Sequence[str] = ()
    link: str | None = None


class Line(Protocol):
    """A number at its provider."""

    def free(self, to: To, text: str, choices: Sequence[Choice], opens: str) -> Json:
        """Return a message as it is sent within the window."""
        ...

    def contact(self, to: To, text: str) -> Json:
        """Return a message that asks for somebody's number."""
        ...

    def template(self, to: To, filled: Filled) -> Json:
        """Return a message as it is sent outside of it."""
        ...

    def code(self, to: To, name: str, language: str, digits: str) -> Json:
        """Return a code as it is sent outside of it, by an authentication template."""
        ...

    async def send(self, message: Json, token: str) -> Result:
        """Send one message, once; `token` comes back with every status."""
        ...

    async def seen(self, message_id: str) -> None:
        """Show whoever wrote that it was read, where the provider can; best effort."""
        ...

    async def found(self, to: To, text: str, since: datetime, known: Sequence[str]) -> Result | None:
        """Ask what became of a message whose answer was lost; None where the provider cannot say.

        `known`: the provider's ids of messages that are accounted for.
        """
        ...


@dataclass(frozen=True, slots=True)
class AtMeta:
    """A number at Meta."""

    graph: Graph
    number_id: str
    token: str = field(repr=False)

    def free(self, to: To, text: str, choices: Sequence[Choice], opens: str) -> Json:
        """Return text, with up to three buttons, or with a list."""
        if not choices:
            return messages.text(to, text)
        is_short = all(messages.units(one.title) <= messages.BUTTON for one in choices)
        if len(choices) <= messages.BUTTONS and is_short:
            return messages.buttons(to, text, choices)
        return messages.menu(to, text, choices, opens=opens)

    def contact(self, to: To, text: str) -> Json:
        """Return text with the button by which people share their number."""
        return messages.contact(to, text)

    def template(self, to: To, filled: Filled) -> Json:
        """Return a template with named parameters."""
        return messages.template(to, filled.name, filled.language, filled.values, filled.replies, filled.link)

    def code(self, to: To, name: str, language: str, digits: str) -> Json:
        """Return the template of a code."""
        return messages.code(to, name, language, digits)

    async def send(self, message: Json, token: str) -> Result:
        """Send one message, once."""
        return await self.graph.send(self.number_id, self.token, {**message, "biz_opaque_callback_data": token})

    async def seen(self, message_id: str) -> None:
        """Show the two blue ticks and that somebody is typing."""
        await self.graph.mark_read(self.number_id, self.token, message_id)

    async def found(self, to: To, text: str, since: datetime, known: Sequence[str]) -> Result | None:
        """Return None: Meta has no way to list what was sent."""
        return None
