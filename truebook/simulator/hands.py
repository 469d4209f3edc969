"""What people do with their phones: type, tap, react, edit, take back, change their number."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from truebook.kernel import clock
from truebook.simulator.phones import Bubble, Person, World, new_id
from truebook.simulator.webhooks import Webhooks, seconds

Json = dict[str, Any]
LATE = timedelta(hours=26)


class Hands:
    """Acts for the people of a world, towards one business."""

    def __init__(self, world: World, webhooks: Webhooks) -> None:
        self.world, self.webhooks = world, webhooks

    async def type(self, person: Person, text: str, *, named: str | None = None) -> Bubble:
        """Write a text."""
        return await self.send(person, {"type": "text", "text": {"body": text}}, text, named=named)

    async def tap(self, person: Person, bubble_id: str, choice_id: str, *, named: str | None = None) -> Bubble | None:
        """Tap a button or a row, however old the message is; None where it is not there."""
        bubble = next((one for one in person.chat if one.id == bubble_id), None)
        choice = next((one for one in bubble.choices if one["id"] == choice_id), None) if bubble else None
        if bubble is None or choice is None or not choice_id:
            return None
        return await self.send(person, tapped(person, bubble, choice), choice["title"], about=bubble.id, named=named)

    async def send(
        self, person: Person, what: Json, shown: str, *, about: str | None = None, named: str | None = None
    ) -> Bubble:
        """Send a message of any type; the window opens with it. `named`: its id, where that is not a new one."""
        at = clock.now() - (LATE if self.world.outages.old else timedelta())
        bubble = Bubble(named or new_id(), True, what["type"], shown, at)
        message = {"id": bubble.id, "timestamp": seconds(at), **person.signed(), **what}
        if about:
            message["context"] = {"from": self.webhooks.phone.lstrip("+"), "id": about}
        person.chat.append(bubble)
        person.heard_at = at
        self.world.note("written", person=person.id, bubble=asdict(bubble), message=message)
        self.webhooks.tell({"contacts": [person.contact()], "messages": [message]}, f"{what['type']} of {person.name}")
        await self.world.touch()
        return bubble

    async def speak(self, person: Person, recording: bytes) -> Bubble:
        """Send a voice note."""
        media = new_id()
        self.world.media[media] = recording
        audio = {"id": media, "mime_type": "audio/ogg; codecs=opus", "voice": True}
        return await self.send(person, {"type": "audio", "audio": audio}, "🎤")

    async def edit(self, person: Person, bubble_id: str, text: str) -> None:
        """Change what a message says."""
        change = {"original_message_id": bubble_id, "message": {"type": "text", "text": {"body": text}}}
        await self.send(person, {"type": "edit", "edit": change}, f"(edited) {text}")

    async def take_back(self, person: Person, bubble_id: str) -> None:
        """Take a message back."""
        await self.send(person, {"type": "revoke", "revoke": {"original_message_id": bubble_id}}, "(deleted)")

    async def react(self, person: Person, bubble_id: str, emoji: str) -> None:
        """React to a message."""
        await self.send(person, {"type": "reaction", "reaction": {"message_id": bubble_id, "emoji": emoji}}, emoji)

    async def change_number(self, person: Person, phone: str) -> None:
        """Move to another number, which brings another id at the business."""
        before, old = person.user_id, person.phone
        person.phone, person.user_id = phone, f"{before}9"
        system = {
            "type": "user_changed_number", "body": "changed", "wa_id": phone, "user_id": person.user_id,
            "previous_user_id": before,
        }  # fmt: skip
        message = {"id": new_id(), "timestamp": seconds(), "from": old, "type": "system", "system": system}
        self.webhooks.tell({"messages": [message]}, f"new number of {person.name}")
        await self.world.touch()


def tapped(person: Person, bubble: Bubble, choice: Json) -> Json:
    """Return the message of a tap: a template's quick reply is of another type than a free message's button."""
    if bubble.kind == "contact":
        phones = [{"phone": f"+{person.phone}", "wa_id": person.phone, "type": "CELL"}]
        return {"type": "contacts", "contacts": [{"origin": "contact_request", "phones": phones}]}
    if choice.get("quick"):
        return {"type": "button", "button": {"payload": choice["id"], "text": choice["title"]}}
    kind = "list_reply" if bubble.kind == "list" else "button_reply"
    reply = {name: choice[name] for name in ("id", "title", "description") if choice.get(name)}
    return {"type": "interactive", "interactive": {"type": kind, kind: reply}}
