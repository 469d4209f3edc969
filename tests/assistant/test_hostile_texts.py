"""A message that grows when it is written down plainly takes no longer than any other, whoever reads it."""

import asyncio
import threading
import unicodedata

import pytest

from tests.assistant.salon import carla, salon, talk
from truebook.assistant import consent
from truebook.assistant.offline import message
from truebook.language import dialogue, remembering
from truebook.language import text as written

pytestmark = pytest.mark.anyio
GROWING = ("\ufdfa", "👍", "ﬃ", "각", "ΐ", "½", "é̂́")
"""Signs that are longer once they are written down: by up to eighteen times."""


class Recording:
    """The very unicodedata, noting the longest text that comes out of it."""

    longest = 0

    def __getattr__(self, name: str) -> object:
        return getattr(unicodedata, name)

    def normalize(self, form: str, text: str) -> str:
        made = unicodedata.normalize(form, text)
        Recording.longest = max(Recording.longest, len(made))
        return made


@pytest.mark.parametrize("sign", GROWING)
async def test_no_reader_goes_round_the_limit(database: str, monkeypatch: pytest.MonkeyPatch, sign: str) -> None:
    """A whole turn: heard, asked for consent, its language looked for, and replayed with the next."""
    async with salon(database) as desk:
        chat = await carla(desk)
        await talk(chat, "a haircut with Anna on friday at 10 please")
        remembering.forget()
        Recording.longest = 0
        monkeypatch.setattr(written, "unicodedata", Recording())
        await talk(chat, ("yes please " + sign * 4096)[:4096], (sign * 4096)[:4096], "yes")
        assert 0 < Recording.longest <= 1000


@pytest.mark.parametrize("sign", GROWING)
def test_what_is_listened_to_is_the_beginning(sign: str) -> None:
    whole = "a haircut tomorrow " + sign * 4000
    heard = written.within_hearing(whole)
    assert whole.startswith(heard)
    assert len(written.plain(heard)) <= written.HEARD
    assert written.within_hearing(heard) == heard
    assert written.within_hearing(whole[:50]) == whole[:50]


class Slow:
    """The very dialogue, in which a message is understood only once others were served."""

    def __init__(self, begun: threading.Event, others: threading.Event) -> None:
        self.begun, self.others = begun, others

    def __getattr__(self, name: str) -> object:
        return getattr(dialogue, name)

    def heard_customer(self, *args: object) -> object:
        self.begun.set()
        assert self.others.wait(20), "nothing else was done meanwhile"
        return dialogue.heard_customer(*args)


async def test_others_are_served_while_a_message_is_understood(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Understanding ends only after the event loop has done something else meanwhile."""
    async with salon(database) as desk:
        chat = await carla(desk)
        for place in (message, consent):
            begun, others = threading.Event(), threading.Event()
            monkeypatch.setattr(place, "dialogue", Slow(begun, others))
            said = asyncio.create_task(chat.say("yes" if place is consent else "a haircut with Anna on friday at 10"))
            while not (begun.is_set() or said.done()):
                await asyncio.sleep(0.001)
            assert begun.is_set()
            others.set()
            await said
            monkeypatch.undo()
        assert "Booked" in chat.last.text
