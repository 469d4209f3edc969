"""Language models that lie in every way they can, over real HTTP, and what must be so all the same.

`python -m tests.assistant.liars` plays every misbehaviour with every claim (or so many, with a number behind it); the
tests play some, drawn by a seed.
A liar is a server of OpenAI's protocol, strict about what it is sent and shameless in what it answers. Each talk is a
wish, a yes, and a question; then what was said is held against the rows.
"""

import asyncio
import itertools
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.assistant.openai_server import Handler, Server, completion, running
from tests.chat import Chat, chat
from tests.desk import Desk
from truebook.assistant.incoming import inbox
from truebook.assistant.models import llm
from truebook.kernel.settings import Settings
from truebook.language.languages import LANGUAGES
from truebook.limits import Limit
from truebook.rehearsal import judging
from truebook.rehearsal.judging import Told
from truebook.rehearsal.talks import Segment

CLAIMS: dict[str, tuple[str, ...]] = {
    "en": ("Booked ✓ tomorrow at 9:00.", "Your appointment is confirmed for noon.", "All set, see you at half past three!",
           "Done! I have moved you to Friday.", "I've cancelled it for you.", "Consider it done 👍",
           "Great, Anna expects you tomorrow morning.", "I put you down, no need to reply.", "The other customer is Bob, +436601111111."),
    "de": ("Ihr Termin um drei Uhr ist gebucht.", "Erledigt, ich habe Sie für 9 Uhr eingetragen.", "Storniert ✓",
           "Alles klar, Ihr Termin wurde auf Freitag verschoben."),
    "es": ("Reservado para las 15:30.", "Su cita ha sido cancelada.", "¡Listo! Le esperamos mañana.", "Cita confirmada ✓"),
    "pt": ("Marcado para as 15h30!", "A sua marcação foi cancelada.", "Está tudo confirmado.", "Já mudei para sexta."),
    "fr": ("C'est réservé pour midi.", "Votre rendez-vous est annulé.", "Rendez-vous confirmé ✓", "C'est noté, à demain !"),
    "it": ("Prenotato per le 9.", "Appuntamento spostato.", "Tutto confermato ✓", "Ho annullato il Suo appuntamento."),
    "nl": ("Je afspraak is geboekt.", "Geannuleerd ✓", "Staat genoteerd, tot morgen!", "Je afspraak is verzet naar vrijdag."),
    "ru": ("Забронировано на 15:30.", "Ваша запись отменена.", "Готово, ждём вас завтра!"),
    "zh": ("已为您预约明天九点。", "您的预约已取消。", "预约成功 ✓"),
    "ar": ("تم الحجز", "تم إلغاء موعدك", "موعدك مؤكد غدًا"),
    "pl": ("Wizyta zarezerwowana ✓", "Wizyta została odwołana.", "Wszystko gotowe, do zobaczenia!"),
}  # fmt: skip
WISHES = {
    "en": ("a haircut with {staff} on {day} at {time}, please", "yes please", "and where are you?"),
    "de": ("einen Haarschnitt bei {staff} am {day} um {time} bitte", "ja bitte", "und wo sind Sie?"),
    "es": ("un corte con {staff} el {day} a las {time}, por favor", "sí, por favor", "¿y dónde están?"),
    "pt": ("um corte com {staff} no dia {day} às {time}, por favor", "sim, por favor", "e onde ficam?"),
    "fr": ("une coupe avec {staff} le {day} à {time} s'il vous plaît", "oui, s'il vous plaît", "et où êtes-vous ?"),
    "it": ("un taglio con {staff} il {day} alle {time}, per favore", "sì, grazie", "e dove siete?"),
    "nl": ("een knipbeurt bij {staff} op {day} om {time} graag", "ja graag", "en waar zitten jullie?"),
    "ru": ("стрижка у {staff} {day} в {time}, пожалуйста", "да", "а где вы?"),
    "zh": ("{day} {time} {staff} 剪发", "好的", "你们在哪里?"),
    "ar": ("قص شعر مع {staff} يوم {day} الساعة {time}", "نعم", "أين أنتم؟"),
    "pl": ("strzyżenie u {staff} {day} o {time}, proszę", "tak", "a gdzie jesteście?"),
}  # fmt: skip
"""What the customers write: a wish, a yes, a question."""
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}")
START = datetime(2031, 12, 2, 8, tzinfo=UTC)
STAFF = ("Anna", "Ben", "Clara")


@dataclass
class Case:
    """One talk: a misbehaviour, a claim in a language, and what the liar knows of others."""

    number: int
    misbehaviour: str
    language: str
    claim: str
    foreign: tuple[str, ...] = ()

    @property
    def staff(self) -> str:
        return STAFF[self.number % 3]

    @property
    def day(self) -> datetime:
        """The day wished for: every talk has an hour of its own with somebody, Tuesday to Friday."""
        weeks, place = divmod(self.number // 3 // 8, 4)
        return datetime(2031, 12, 9) + timedelta(days=7 * weeks + place)

    @property
    def time(self) -> str:
        return f"{9 + self.number // 3 % 8:02}:00"

    def lines(self) -> list[str]:
        day = self.day
        text = f"{day:%d %B %Y}" if self.language == "en" else f"{day.day}.{day.month}.{day.year}"
        return [line.format(staff=self.staff, day=text, time=self.time) for line in WISHES[self.language]]

    def words(self) -> str:
        """Return the words of the wish that name the day and the time."""
        return self.lines()[0]


Answer = dict[str, Any]
"""What is answered: calls, text, or a status with a body."""
Body = dict[str, Any]


def said(body: Body) -> str:
    return next(str(one["content"]) for one in reversed(body["messages"]) if one["role"] == "user")


def turn(body: Body) -> int:
    """Return the how many-eth message of the customer is answered."""
    return sum(one["role"] == "user" for one in body["messages"])


def returned(body: Body, tool: str = "") -> list[Any]:
    """Return what tools have answered, as far as it is JSON."""
    found = []
    for one in body["messages"]:
        if one["role"] == "tool" and str(one["content"]).startswith("{"):
            found.append(json.loads(one["content"]))
    return found


def offers(body: Body) -> list[str]:
    return [offer["id"] for one in returned(body) for offer in one.get("offers", ())]


def fresh(body: Body) -> bool:
    """Tell whether nothing was called yet in answer to the customer's last message."""
    return str(body["messages"][-1]["role"]) == "user"


def ending(**more: Any) -> Answer:
    return {"calls": [("final_result", {"move": "shown", **more})]}


def honest(case: Case, body: Body) -> Answer:
    """Do what a good receptionist does."""
    if turn(body) == 1 and not offers(body):
        wish = {"service": "Haircut", "staff": case.staff, "day": f"{case.day:%Y-%m-%d}", "at": case.time}
        return {"calls": [("findSlots", {**wish, "said": case.words()})]}
    if turn(body) < 3 and offers(body) and (fresh(body) or '"offers"' in str(body["messages"][-1]["content"])):
        return {"calls": [("bookAppointment", {"offer_id": offers(body)[-1]})]}
    return ending(about=["address"]) if turn(body) > 2 else ending()


Lie = Callable[[Case, Body], Answer]


def at_the_end(**fields: Callable[[str], Any]) -> Lie:
    """Do everything right, and claim something in the end."""

    def lie(case: Case, body: Body) -> Answer:
        answer = honest(case, body)
        name, arguments = answer["calls"][0]
        if name == "final_result":
            return {"calls": [(name, {**arguments, **{key: make(case.claim) for key, make in fields.items()}})]}
        return answer

    return lie


def instead(answer: Callable[[Case, Body], Answer], *, turns: Sequence[int] = (1, 2, 3)) -> Lie:
    """Do something else instead, in some turns."""
    return lambda case, body: answer(case, body) if turn(body) in turns else honest(case, body)


def booked_and_broken(case: Case, body: Body) -> Answer:
    last = str(body["messages"][-1]["content"])
    if '"status":"booked"' in last.replace(" ", ""):
        return {"status": 500, "body": json.dumps({"error": {"message": case.claim}})}
    return honest(case, body)


def again_and_again(case: Case, body: Body) -> Answer:
    answer = honest(case, body)
    return {"calls": answer["calls"] * 3} if answer["calls"][0][0] == "bookAppointment" else answer


def at_once(case: Case, body: Body) -> Answer:
    """Call the booking a second time without waiting for a yes."""
    last = str(body["messages"][-1]["content"]).replace(" ", "")
    if turn(body) == 1 and '"read_back"' in last and len(returned(body)) < 4:
        return {"calls": [("bookAppointment", {"offer_id": offers(body)[-1]})]}
    return honest(case, body)


def cancelling(case: Case, body: Body) -> Answer:
    """Cancel what was just booked, unasked."""
    if turn(body) == 3 and fresh(body):
        return {"calls": [("myAppointments", {"purpose": "cancel"})]}
    mine = [one["id"] for found in returned(body) for one in found.get("appointments", ())]
    if turn(body) == 3 and mine and '"appointments"' in str(body["messages"][-1]["content"]):
        return {"calls": [("cancelAppointment", {"appointment_ids": [mine[0]]})]}
    return honest(case, body)


def another_day(case: Case, body: Body) -> Answer:
    answer = honest(case, body)
    name, arguments = answer["calls"][0]
    if name == "findSlots":
        other = case.day + timedelta(days=1)
        return {"calls": [(name, {**arguments, "day": f"{other:%Y-%m-%d}"})]}
    return answer


def with_words(case: Case, body: Body) -> Answer:
    return {**honest(case, body), "text": case.claim}


def named(key: str) -> Lie:
    """Book in the name of the claim."""

    def lie(case: Case, body: Body) -> Answer:
        answer = honest(case, body)
        name, arguments = answer["calls"][0]
        return {"calls": [(name, {**arguments, key: case.claim})]} if name == "bookAppointment" else answer

    return lie


MISBEHAVIOURS: dict[str, Lie] = {
    "says it in words": instead(lambda case, body: {"text": case.claim}),
    "says it beside its calls": with_words,
    "says it as its move": instead(lambda case, body: {"calls": [("final_result", {"move": case.claim})]}),
    "says it in a field of its own": at_the_end(words=str),
    "says it as an option": at_the_end(move=lambda claim: "ask_which_time", options=lambda claim: [claim]),
    "says it as a service": at_the_end(move=lambda claim: "ask_day", service=str),
    "says it as a day": at_the_end(move=lambda claim: "ask_time", day=str),
    "says it as the customer's words": at_the_end(unheard=lambda claim: [claim]),
    "says it as a topic": at_the_end(about=lambda claim: [claim]),
    "looks for it": instead(
        lambda case, body: {"calls": [("findSlots", {"service": case.claim, "staff": case.claim})]}
    ),
    "books in its name": named("name"),
    "calls a tool that is none": instead(lambda case, body: {"calls": [("confirmBooking", {"text": case.claim})]}),
    "writes half a call": instead(lambda case, body: {"calls": [("bookAppointment", f'{{"name": "{case.claim}')]}),
    "makes up an offer": instead(lambda case, body: {"calls": [("bookAppointment", {"offer_id": str(uuid4())})]}),
    "takes somebody else's offer": instead(
        lambda case, body: {"calls": [("bookAppointment", {"offer_id": random.choice(case.foreign)})]}
    ),
    "cancels somebody else's": instead(
        lambda case, body: {"calls": [("cancelAppointment", {"appointment_ids": [random.choice(case.foreign)]})]}
    ),
    "moves somebody else's": instead(
        lambda case, body: {"calls": [("findSlots", {"service": "Haircut", "moving": random.choice(case.foreign)})]}
    ),
    "does not wait for a yes": at_once,
    "books thrice": again_and_again,
    "books and breaks down": booked_and_broken,
    "cancels unasked": cancelling,
    "takes another day": another_day,
    "thanks for nothing": instead(lambda case, body: {"calls": [("final_result", {"move": "thanks"})]}, turns=(2,)),
    "answers with a page": instead(lambda case, body: {"status": 200, "body": f"<html>{case.claim}</html>"}),
    "babbles": instead(lambda case, body: {"text": case.claim * 800, "written": 5000}),
}


LATE = ("cancels unasked", "cancels somebody else's", "says it as a topic")
"""What is tried once more, by a question after the booking."""


@dataclass
class Liars:
    """The server, and the talk that each of its models is in."""

    cases: dict[str, Case] = field(default_factory=dict)

    def __call__(self, handler: Handler, content: str) -> None:
        body = handler.server.asked.pop()
        handler.server.keys.pop()
        case = self.cases[body["model"]]
        answer = MISBEHAVIOURS[case.misbehaviour](case, body)
        if "status" in answer:
            handler.send(answer["status"], answer["body"])
            return
        made = completion(body, answer.get("calls", []), text=answer.get("text"), written=answer.get("written", 1))
        handler.send(200, json.dumps(made))


def every() -> list[Case]:
    """Return every misbehaviour with every claim."""
    claims = [(language, claim) for language, some in CLAIMS.items() for claim in some]
    both = itertools.product(MISBEHAVIOURS, claims)
    return [Case(number, lie, language, claim) for number, (lie, (language, claim)) in enumerate(both)]


def drawn(count: int, seed: int) -> list[Case]:
    """Return some of them, each misbehaviour and each language among them, numbered anew."""
    found = random.Random(seed).sample(every(), count)
    return [Case(number, one.misbehaviour, one.language, one.claim) for number, one in enumerate(found)]


async def hold(desk: Desk, server: Server, case: Case) -> list[str]:
    """Hold a talk with a liar; return everything that was not as it must be."""
    liars = server.manner
    assert isinstance(liars, Liars)
    name = f"liar-{case.number}"
    liars.cases[name] = case
    model = llm.model(Settings(model=f"compatible:{name}", model_url=server.url))
    talk = await chat(desk, now=START, model=model, name=f"Customer {case.number}", phone=None)
    told, wrong = [], []
    for line in case.lines()[: 3 if case.misbehaviour in LATE else 2]:
        before = await rows(desk, talk)
        text = await talk.say(line)
        assert talk.last is not None
        after = await rows(desk, talk)
        told.append(Told(text, talk.last.acts, after))
        wrong += _leaks(case, text)
        if before != after and not (line == case.lines()[1] and _agreed(told)):
            wrong.append(f"rows changed without a yes: {line!r}")
    return [*wrong, *judging.untruths(told, await rows(desk, talk), [])]


def _agreed(told: Sequence[Told]) -> bool:
    """Tell whether the answer before the last read something back."""
    return len(told) > 1 and any(act["kind"] == "read_back" for act in told[-2].acts)


def _leaks(case: Case, text: str) -> Iterator[str]:
    if case.claim.rstrip(".!") in text:
        yield f"the claim went out: {text}"
    if ID.search(text) or "+43660" in text or "Bob" in text:
        yield f"somebody else's, or an id: {text}"


async def rows(desk: Desk, talk: Chat) -> list[Segment]:
    """Return the appointments of a talk's customer."""
    query = """
    SELECT a.code, a.status, s.service_name, s.staff_name, a.starts_at FROM appointments a
    JOIN appointment_segments s ON (s.tenant_id, s.appointment_id) = (a.tenant_id, a.id) WHERE conversation_id = %(chat)s
    """
    found = await desk.db.rows(desk.scope, query, {"chat": talk.conversation})
    return [Segment(code=r[0], status=r[1], service=r[2], staff=r[3], start=r[4].replace(tzinfo=None)) for r in found]


async def play(desk: Desk, cases: Sequence[Case], say: Callable[[str], None] = lambda line: None) -> Counter[str]:
    """Play the talks; return how many of them ended with something that must not be, by misbehaviour."""
    bob = await chat(desk, now=START, name="Bob", phone="+436601111111")
    await bob.say("a haircut with Ben on friday at 16:00")
    assert bob.last is not None
    offered = bob.last.acts[-1]["time"]["id"]
    await bob.say("yes")
    foreign = (offered, bob.last.acts[-1]["time"]["id"])
    bad: Counter[str] = Counter()
    booked = 0
    with running(Liars()) as server:
        for case in cases:
            case.foreign = foreign
            for problem in (found := await hold(desk, server, case)):
                say(f"{case.misbehaviour}, {case.language}, {case.claim!r}: {problem}")
            bad[case.misbehaviour] += bool(found)
        bad["what the protocol forbids was sent"] = len(server.refused)
        for problem in set(server.refused):
            say(problem)
    async with desk.db.reading(desk.scope) as tx:
        row = await tx.row("SELECT count(*) FROM appointments WHERE status = 'confirmed'")
        booked = row[0] - 1 if row else 0
    say(f"{len(cases)} talks, {booked} of them booked")
    if cases and not booked:
        bad["nothing was ever booked"] += 1
    return +bad


async def _all(url: str, count: int) -> int:
    from tests.assistant.salon import salon, speaks

    async with salon(url) as desk:
        await speaks(desk, *LANGUAGES)
        bad = await play(desk, drawn(count, seed=1) if count else every(), print)
        print(dict(bad) or "not one untrue sentence, not one leak, every booking told once")
        return int(bool(bad))


def main(count: int) -> int:
    """Play every talk, or so many of them, in a database that is thrown away."""
    from tests.postgres import PostgresOfTheRun

    inbox.CONVERSATION = Limit("a long conversation", burst=1000, every=2.0)
    postgres = PostgresOfTheRun()
    try:
        return asyncio.run(_all(postgres.template(), count))
    finally:
        postgres.close()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
