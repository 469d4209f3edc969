"""The turn: a stored message is understood, tools are called, and the answer is stored, all of it repeatable.

If the process dies anywhere in between, the job runs again: bookings have the offer's id as their key, the answer has
the message's id, and both exist once.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic_ai.messages import ModelMessage
from pydantic_ai.models import Model

from truebook.assistant import forgetting, handover
from truebook.assistant.acts import (
    Act,
    Done,
    Listing,
    NameWanted,
    Offers,
    Question,
    Receipt,
    Securing,
    SeriesReceipt,
    brief,
)
from truebook.assistant.answers import order, reasons, reminders, sums, vacancies
from truebook.assistant.answers.business import PASSED_ON, is_known, pertinent, unanswered
from truebook.assistant.answers.choices import choices
from truebook.assistant.answers.composer import cannot_read, closed_for_now, compose, put_into_words
from truebook.assistant.answers.scene import Answer, Scene
from truebook.assistant.desks import other_names
from truebook.assistant.doing import again
from truebook.assistant.incoming import gathering, numbers_asked
from truebook.assistant.models.bounds import Bounds
from truebook.assistant.models.engine import Engine
from truebook.assistant.models.llm import Engines
from truebook.assistant.models.patience import USUAL, Patience
from truebook.assistant.models.thinking import think
from truebook.assistant.past import history, memory
from truebook.assistant.past.history import AlreadyAnswered, Conversation
from truebook.assistant.turn import Say, Turn
from truebook.booking import rota
from truebook.booking.links import Links
from truebook.booking.rota import Duty
from truebook.db import Database, Scope, Transaction
from truebook.jobs import MessageReceived, OutcomeOpen, publish
from truebook.kernel import clock, figures, ids, log
from truebook.kernel.errors import Fact
from truebook.language import wording
from truebook.language.idiom import language_of
from truebook.language.wording.voice import Voice, located
from truebook.ledger import alerts
from truebook.tenants import catalogue, questions
from truebook.tenants.catalogue import Catalogue

TOO_MANY = "A chat was answered so often in ten minutes that the assistant is silent there: it may be a machine."
SETTLING = timedelta(seconds=5)
"""How long after an open outcome it is looked into for the first time."""
PATIENT = 4
"""Messages in a row that are not understood, and answered with offers of a person; at the next a person is called."""
logger = log.get(__name__)


class StillOpen(Fact):
    """What became of a change cannot be known yet."""

    code = "still_open"


@dataclass(frozen=True, slots=True)
class Assistant:
    """Everything a turn needs that does not depend on the turn."""

    db: Database
    model: Model[Any]
    links: Links
    clock: Callable[[], datetime] | None = None
    """Where the time comes from, if not from the real clocks: for plays of old conversations."""
    patience: Patience = USUAL
    bounds: Bounds = field(default_factory=Bounds)
    engines: Engines | None = None
    """What businesses have chosen for themselves, where they may."""
    most_ahead: int = 10
    """Appointments that somebody may have ahead through a chat."""
    by_mail: bool = False
    """Whether this installation sends e-mails."""

    async def answer(self, event: MessageReceived) -> None:
        """Answer a message, once; for a business that is suspended or closing, without the model."""
        scope = Scope(event.tenant, f"customer:{event.conversation}", f"message:{event.message}")
        async with self.db.reading(scope) if event.direct else self.db.transaction(scope) as tx:
            turn_id = event.message if event.direct else await gathering.turn_of(tx, event.conversation, event.message)
            if turn_id is None:
                return
            conversation = await history.load(tx, event.conversation, turn_id)
            silent = conversation.channel == "whatsapp" and await gathering.talks_too_much(tx, event.conversation)
            if silent:
                await alerts.alert(tx, "too_many_answers", event.conversation, TOO_MANY)
        if conversation.answered or silent:
            return
        passed_on = conversation.status == "handed_over"
        if passed_on and not await self._waits_for_a_person(scope, conversation):
            return
        shop = await catalogue.read(self.db, scope)
        conversation = replace(conversation, past=(*conversation.past, *_by_itself(conversation)))
        turn = self._turn(scope, shop, conversation, turn_id)
        understands = shop.account.status == "active" and not conversation.unread
        with figures.TURNS.labels(conversation.channel).time():
            say, run = (
                await think(turn, conversation, await self._engine(turn, conversation)) if understands else (None, [])
            )
            if passed_on and not (say and _needs_nobody(turn, say)):
                await self._leave(scope, conversation, turn_id, shop)
                return
            try:
                await self._reply(turn, conversation, say, run)
            except AlreadyAnswered:
                logger.info("another worker was faster", conversation=str(conversation.id))

    async def _waits_for_a_person(self, scope: Scope, conversation: Conversation) -> bool:
        async with self.db.reading(scope) as tx:
            return await handover.waits_for_a_person(tx, conversation.id)

    async def _leave(self, scope: Scope, conversation: Conversation, message_id: UUID, shop: Catalogue) -> None:
        """Leave a message to the person, and say so, where nobody has said anything since they were called."""
        text = wording.say(_language(conversation, shop), "with_team")
        async with self.db.transaction(scope) as tx:
            await handover.leave(tx, conversation.id, message_id, text, self.clock() if self.clock else None)
            await history.call_out(tx, message_id)

    async def _engine(self, turn: Turn, conversation: Conversation) -> Engine:
        if self.engines is None:
            return Engine(self.model, self.patience, self.bounds)
        return await self.engines.of(turn.catalogue.account.id, conversation.choice)

    def _turn(self, scope: Scope, shop: Catalogue, conversation: Conversation, message_id: UUID) -> Turn:
        return Turn(
            db=self.db,
            scope=scope,
            catalogue=shop,
            conversation_id=conversation.id,
            message_id=message_id,
            customer=conversation.customer,
            source=conversation.channel,
            now=self.clock() if self.clock else clock.now(),
            text=conversation.text,
            language=conversation.language or shop.account.languages[0],
            last_acts=conversation.last_acts,
            most_ahead=self.most_ahead,
            by_mail=self.by_mail,
        )

    async def _reply(self, turn: Turn, conversation: Conversation, say: Say | None, run: list[ModelMessage]) -> None:
        """Store the answer, or without a move why there is none to give; nothing is told twice."""
        message_id = ids.uuid7()
        lost = conversation.misunderstood + 1 if say and say.move == "lost" else 0
        if lost > PATIENT:
            say = Say(move="person")
        language = _language(conversation, turn.catalogue)
        async with self.db.transaction(turn.scope) as tx:
            untold = [act for act in turn.acts if await _untold(tx, act, message_id)]
            acts = put_into_words(untold, say, turn.last_acts)
            voice = self._voice(turn, conversation, language)
            services = [name for one in turn.catalogue.services for name in (one.name, *other_names(one))]
            of = voice.service(say.service) if say and say.service else ""
            wonders, topics = (say.wonders, say.about) if say else ("", [])
            facts = pertinent(conversation.facts, conversation.text, language, services, of, wonders, topics)
            scene = Scene(
                voice, turn.catalogue, self.links, facts, lost, _is_unsettled(turn),
                await _duties(tx, say, voice.now.date()), turn.customer.phone, await sums.total(tx, turn, say),
                await vacancies.of(tx, turn, say),
                await order.of(tx, turn, say),
                await reasons.working(tx, acts, ZoneInfo(turn.catalogue.account.timezone)),
                await reminders.of(tx, turn, say),
            )  # fmt: skip
            answer = compose(scene, acts, say) if say else _without_a_move(turn, scene)
            answer = _located(conversation, turn.catalogue, acts, answer)
            if conversation.status == "handed_over":
                answer = replace(answer, text=f"{answer.text}\n{voice.say('person_still')}")
            await history.add_answer(
                tx, conversation, message_id, turn.message_id, answer,
                acts=acts, run=memory.as_read(run, answer.text), language=language, misunderstood=lost,
                at=self._at(turn), taps=_taps(conversation, voice, acts, answer, message_id),
            )  # fmt: skip
            if _may_be_asked(turn, conversation, acts):
                await numbers_asked.ask(tx, conversation.id, language)
            for topic in dict.fromkeys(say.about) if say else ():
                told = (topic == "places" and scene.places) or (topic == "order" and scene.visit)
                left = unanswered(scene.shop, topic, wonders, language)
                if topic in answer.asked_again or left or not (is_known(scene.shop, topic) or told):
                    kept = "other" if topic in (*PASSED_ON, "places", "order", "remind") else topic
                    await questions.keep(tx, conversation.id, kept, conversation.text)
            if say and say.move == "sorry":
                await questions.keep(tx, conversation.id, "other", conversation.text)
            if any(isinstance(act, Securing) for act in acts):
                event = OutcomeOpen(tx.tenant, conversation.id, message_id)
                await publish(tx, event, at=turn.now + SETTLING)

    def forget(self) -> None:
        """Let go of what this process remembers of customers' words."""
        forgetting.forget(self.db)

    async def settle(self, event: OutcomeOpen) -> None:
        """Find out what became of something nobody knew the outcome of, by doing the very same thing again.

        Raises StillOpen while it cannot be known; then this is tried again soon.
        """
        scope = Scope(event.tenant, f"customer:{event.conversation}", f"message:{event.message}")
        async with self.db.transaction(scope) as tx:
            open_answer = await history.open_answer(tx, event.conversation, event.message)
            conversation = await history.load(tx, event.conversation, open_answer.reply_to)
        turn = self._turn(scope, await catalogue.read(self.db, scope), conversation, open_answer.reply_to)
        for act in open_answer.acts:
            if isinstance(act, Securing):
                turn.acts.append(await again(turn, act))
        if any(isinstance(act, Securing) for act in turn.acts):
            raise StillOpen("the outcome cannot be known yet")
        with suppress(AlreadyAnswered):
            await self._tell(turn, conversation, ids.derived(event.message, "settled"))

    async def _tell(self, turn: Turn, conversation: Conversation, message_id: UUID) -> None:
        """Write news into a conversation, once: the receipt or the honest no that was still open."""
        async with self.db.transaction(turn.scope) as tx:
            acts = [act for act in turn.acts if await _untold(tx, act, message_id)]
            if acts:
                voice = self._voice(turn, conversation, conversation.language or "en")
                scene = Scene(voice, turn.catalogue, self.links)
                acts = put_into_words(acts, Say(move="shown"))
                answer = compose(scene, acts, Say(move="shown"))
                await history.add_answer(
                    tx, replace(conversation, status="active"), message_id, None, answer,
                    acts=acts, run=[], language=voice.language, misunderstood=0, at=self._at(turn),
                    taps=_taps(conversation, voice, acts, answer, message_id),
                )  # fmt: skip

    def _at(self, turn: Turn) -> datetime | None:
        return turn.now if self.clock else None

    def _voice(self, turn: Turn, conversation: Conversation, language: str) -> Voice:
        zone = clock.zone(turn.catalogue.account.timezone)
        called = {one.name: one.called(language) for one in turn.catalogue.services}
        return Voice(language, turn.now.astimezone(zone), conversation.last_text, called)


def _by_itself(conversation: Conversation) -> list[ModelMessage]:
    """Return what the desk wrote last without being asked, where an answer to it may have come."""
    kept = conversation.kept
    if kept is None:
        return []
    returned = {"status": "read_back", "slot": brief(kept.time)}
    return memory.by_itself("takeWaitlistOffer", returned, conversation.last_text, conversation.written_at)


def _language(conversation: Conversation, shop: Catalogue) -> str:
    """Return the language to answer in: the customer's, whatever the business's own are.

    What stands for a photo or a voice message was not written by the customer and tells nothing of theirs.
    """
    spoken = conversation.language or shop.account.languages[0]
    if conversation.unread:
        return spoken
    return language_of(conversation.text, spoken, begun=bool(conversation.last_text))


def _taps(
    conversation: Conversation, voice: Voice, acts: list[Act], answer: Answer, message_id: UUID
) -> dict[str, Any] | None:
    """Return what can be tapped, where buttons are something else than their words."""
    if conversation.channel != "whatsapp" or not answer.buttons:
        return None
    return {"choices": choices(voice, acts, answer.buttons, message_id), "opens": voice.say("choose")}


async def _duties(tx: Transaction, say: Say | None, today: date) -> tuple[Duty, ...]:
    """Return who works when, where a side question asks that of somebody or of a day."""
    if say is None or not {"who", "hours"} & set(say.about) or not (say.staff or say.day):
        return ()
    with suppress(ValueError):
        return await rota.read(tx, date.fromisoformat(say.day), 1) if say.day else await rota.read(tx, today)
    return ()


def _located(conversation: Conversation, shop: Catalogue, acts: list[Act], answer: Answer) -> Answer:
    """Return an answer with the place to come to, where it is the receipt that somebody keeps on their phone."""
    topics = [act.topic for act in acts if isinstance(act, Receipt)]
    if conversation.channel != "whatsapp" or not topics:
        return answer
    return replace(answer, text=located(answer.text, topics[-1], shop.account.address))


def _may_be_asked(turn: Turn, conversation: Conversation, acts: list[Act]) -> bool:
    """Tell whether somebody has booked whose number WhatsApp does not tell."""
    booked = any(isinstance(act, Receipt) and act.topic in ("booked", "requested") for act in acts)
    return booked and conversation.channel == "whatsapp" and turn.customer.phone is None


def _without_a_move(turn: Turn, scene: Scene) -> Answer:
    return cannot_read(scene) if turn.catalogue.account.status == "active" else closed_for_now(scene)


def _needs_nobody(turn: Turn, say: Say) -> bool:
    """Tell whether a turn has something to show that needs no person: a time, a receipt, their own appointments.

    Whoever waits for a person and only talks, asks or complains has them to wait for.
    """
    shown = (Offers, Question, NameWanted, Done)
    return say.move != "person" and any(
        isinstance(act, shown) or (isinstance(act, Listing) and bool(act.times)) for act in turn.acts
    )


def _is_unsettled(turn: Turn) -> bool:
    """Tell whether the last answer offered something or read it back, and this turn has made nothing of it."""
    proposed = any(isinstance(act, Offers | Question) for act in turn.last_acts)
    return proposed and not any(isinstance(act, Done) for act in turn.acts)


async def _untold(tx: Transaction, act: Act, message_id: UUID) -> bool:
    """Tell whether an act is still news: a receipt that was delivered some other way meanwhile is not.

    A series is told as a whole, whatever was told of single dates of it.
    """
    for one in act.dates if isinstance(act, SeriesReceipt) else ():
        await history.told_here(tx, one.id, one.version, message_id)
    if not isinstance(act, Receipt):
        return True
    return await history.told_here(tx, UUID(act.time.id), act.version, message_id)
