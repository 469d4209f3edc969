"""What is said since something was booked, also when a question was answered in between: it changes what stands, wishes
for one more for somebody, or only asks. Pure: what the engine calls, on Monday 30 November 2026."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic_ai.messages import ToolCallPart, UserPromptPart

from truebook.assistant.acts_of import of_answer, of_end
from truebook.assistant.offline.decide import decide
from truebook.assistant.offline.step import Call, Step
from truebook.assistant.offline.understanding import written
from truebook.language import dialogue, kinds
from truebook.language.names import Named
from truebook.language.state import Desk, State
from truebook.language.wish import Visit

pytestmark = pytest.mark.unit
ZONE = ZoneInfo("Europe/Vienna")
LASTS = {"Haircut": 45, "Colour": 90, "Beard trim": 20}
MORE = {"Colour": ("cor",)}
DESK = Desk(
    tuple(Named(name, name, (*kinds.names(name), *MORE.get(name, ()))) for name in LASTS),
    tuple(Named(name, name) for name in ("Anna", "Ben", "Clara")),
    time(9), time(19), ("en", "de", "es", "fr", "it", "nl", "pt"), name="Salon Lina",
)  # fmt: skip
COLOUR = {"id": "b", "service": "Colour", "staff": "Anna", "day": "2026-12-11", "time": "15:00", "minutes": 90}
HOW_LONG = {
    "en": "how long does it take?", "de": "wie lange dauert das?", "es": "¿cuánto dura?", "fr": "ça dure combien de temps ?",
    "it": "quanto dura?", "nl": "hoe lang duurt dat?", "pt": "quanto tempo demora?",
}  # fmt: skip


def heard(state: State, step: Step, text: str, acts: list[Any]) -> tuple[State, Step, Call]:
    """Return what a message comes to, and what is called then."""
    said = UserPromptPart(text, timestamp=datetime(2026, 11, 30, 9, tzinfo=UTC))
    state, step = written(state, step, acts, said, ZONE)
    return state, step, decide(state, step)


def called(
    language: str, text: str, *, asked: bool = False, booked: dict[str, Any] | None = COLOUR
) -> tuple[Step, Call]:
    """Return the step and the last call for a message right after a receipt; asked: with a question in between."""
    state, step, acts = dialogue.begin(DESK, language=language), Step(lasts=tuple(LASTS.items())), list[Any]()
    if booked:
        done = {"status": "booked", "slot": booked}
        state = replace(state, wish=replace(state.wish, visit=Visit(booked["service"])), after="readback")
        step = step.calling(Call("bookAppointment", {"offer_id": "o"})).after("bookAppointment", done)
        acts = list(of_answer("bookAppointment", done))
    if asked:
        state, step, call = heard(state, step, HOW_LONG[language], acts)
        step, acts = step.calling(call), list(of_end(ToolCallPart("final_result", json.dumps(call.arguments))))
    state, step, call = heard(state, step, text, acts)
    if call.tool == "myAppointments" and booked:
        mine = {"purpose": call.arguments["purpose"], "appointments": [booked], "known": True}
        step = step.calling(call).after("myAppointments", mine)
        call = decide(state, step)
    return step, call


def limits(call: Call, on: str) -> list[str]:
    """Return what a search is limited to, of one kind; what is not wanted has a "not"."""
    told = [one for one in call.arguments.get("limits", ()) if one["on"] == on]
    return [f"{'' if one.get('allow', True) else 'not '}{value}" for one in told for value in one["values"]]


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize(
    ("language", "text", "day", "at"),
    [
        ("en", "Hm, that's cutting it fine for my train. Could I come half an hour sooner than we said?", 11, "14:30"),
        ("en", "the monday after that friday please, same time", 14, "15:00"),
        ("de", "An dem Tag hab ich viel um die Ohren. Bitte am Tag davor", 10, "15:00"),
        ("de", "Ginge der Montag gleich danach, zur selben Zeit?", 14, "15:00"),
        ("es", "Uy, se me hace tarde para la cena. Prefiero ese mismo viernes, pero por la mañana.", 11, "07:00-12:00"),
        ("fr", "Finalement je viendrais bien une heure plus tard que prévu", 11, "16:00"),
        ("it", "Si può fare il lunedì subito dopo, alla stessa ora?", 14, "15:00"),
        ("it", "Il lunedì dopo quel venerdì, alla stessa ora", 14, "15:00"),
        ("nl", "kan het een uur naar voren?", 11, "14:00"),
        ("pt", "vou andar numa correria nesse dia. Passe-me para a véspera, também de manhã.", 10, "07:00-12:00"),
    ],
)  # fmt: skip
def test_another_time_is_that_of_what_is_booked(language: str, text: str, day: int, at: str, asked: bool) -> None:
    step, call = called(language, text, asked=asked)
    assert (call.tool, call.arguments.get("moving"), call.arguments.get("service")) == ("findSlots", "b", "Colour")
    assert (limits(call, "day"), limits(call, "time")) == ([date(2026, 12, day).isoformat()], [at])
    assert step.shape.again is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "swap Anna for Clara, the day stays"),
        ("de", "Lieber doch bei Clara statt bei Anna, Tag und Zeit bleiben"),
        ("es", "Cambie a Anna por Clara, el mismo día por la tarde"),
        ("fr", "Mettez-moi avec Clara à la place d'Anna"),
        ("it", "Preferirei Clara al posto di Anna, il giorno e l'ora restano"),
        ("nl", "Ruil Anna voor Clara, zelfde dag in de middag"),
        ("pt", "Afinal prefiro que seja a Clara em vez da Anna. O dia mantém-se, e à tarde na mesma."),
        ("pt", "Troque a Anna pela Clara, no mesmo dia à tarde"),
    ],
)
def test_who_does_it_changes(language: str, text: str) -> None:
    _, call = called(language, text)
    assert (call.arguments.get("moving"), limits(call, "day")) == ("b", ["2026-12-11"])
    assert {*limits(call, "staff")} - {"not Anna"} == {"Clara"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On reflection just a haircut rather than the colour. Same day, same time."),
        ("de", "Farbe brauch ich doch keine, nur schneiden, Zeit bleibt"),
        ("es", "al final sin tinte, solo cortar, la hora se queda"),
        ("fr", "À la réflexion, juste une coupe à la place de la couleur. Même jour, même heure."),
        ("it", "Ripensandoci, solo un taglio al posto del colore. Stesso giorno, stessa ora."),
        ("nl", "Bij nader inzien alleen knippen in plaats van kleuren. Zelfde dag, zelfde tijd."),
        ("pt", "Pensando bem, só um corte em vez da cor. Mesmo dia, mesma hora."),
    ],
)
def test_what_it_is_changes(language: str, text: str) -> None:
    _, call = called(language, text)
    assert (call.arguments.get("moving"), call.arguments.get("service")) == ("b", "Haircut")
    assert (limits(call, "day"), limits(call, "time")) == (["2026-12-11"], ["15:00"])


@pytest.mark.parametrize(
    ("language", "text", "at"),
    [
        ("en", "while I'm having my colour done, could my daughter get a haircut with Ben?", ["15:00"]),
        ("de", "nach meiner Farbe bräuchte mein Sohn einen Haarschnitt", ["16:30", "not -16:30"]),
        ("es", "mientras me hacen el tinte, mi hija necesitaría un corte con Ben, a la misma hora", ["15:00"]),
        ("fr", "et mon mari juste après moi, une coupe", ["16:30", "not -16:30"]),
        ("it", "Mentre mi fanno il colore, a mia figlia servirebbe un taglio: stessa ora, con Ben. È un appuntamento in più", ["15:00"]),
        ("nl", "en mijn vader wil ook geknipt worden meteen na mij dat mag op mijn naam", ["16:30", "not -16:30"]),
        ("pt", "enquanto me fazem a cor, a minha filha precisava de um corte com o Ben", ["15:00"]),
    ],
)  # fmt: skip
def test_one_more_for_somebody_is_on_that_day(language: str, text: str, at: list[str]) -> None:
    _, call = called(language, text)
    assert (call.arguments.get("service"), call.arguments.get("moving")) == ("Haircut", None)
    assert "also" not in call.arguments and call.arguments.get("guest")
    assert (limits(call, "day"), limits(call, "time")) == (["2026-12-11"], at)


@pytest.mark.parametrize("booked", [COLOUR, None])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "and how long would a haircut take instead?"),
        ("de", "sagen Sie, und ein Haarschnitt, wie lange dauert das?"),
        ("es", "¿y cuánto se tarda en hacer un corte en vez del tinte?"),
        ("fr", "Et une coupe, ça prend combien de temps ?"),
        ("it", "Senta, e a fare il taglio invece quanto ci vuole?"),
        ("nl", "en knippen, hoe lang duurt dat eigenlijk?"),
        ("pt", "E já agora, o corte quanto tempo leva?"),
    ],
)
def test_how_long_something_takes_is_only_asked(language: str, text: str, booked: dict[str, Any] | None) -> None:
    _, call = called(language, text, booked=booked)
    assert (call.tool, call.arguments) == (None, {"move": "answer", "about": ["length"], "service": "Haircut"})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "haircut, friday in two weeks' time, 3pm"),
        ("en", "I had my hair cut six weeks ago, friday at 10 again please, haircut"),
        ("de", "Haarschnitt Freitag in zwei Wochen um 15 Uhr"),
        ("de", "Freitag um 9 Termin bei Anna, Haarschnitt, dieses Mal bitte kurz"),
        ("es", "arreglo de barba, viernes dentro de dos semanas, por la tarde"),
        ("es", "corte el miércoles dieciséis en vez del jueves, a las 10"),
        ("fr", "coupe vendredi dans deux semaines à 15h"),
        ("it", "taglio mercoledì 16 invece di giovedì, questa volta alle 10"),
        ("nl", "knippen vrijdag over twee weken om 15 uur, deze keer bij Anna"),
        ("pt", "corte, quarta dia dezasseis em vez de quinta, de manhã"),
    ],
)
def test_nothing_comes_again_but_by_its_words(language: str, text: str) -> None:
    step, call = called(language, text, booked=None)
    assert step.shape.again is None and call.tool == "findSlots"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a standing appointment fridays at 10 for a haircut"),
        ("de", "Haarschnitt regelmäßig freitags um 10"),
        ("es", "corte todos los viernes a las 10"),
        ("fr", "coupe tous les vendredis à 10h"),
        ("it", "taglio fisso il venerdì alle 10"),
        ("nl", "knippen elke vrijdag om 10 uur"),
        ("pt", "corte regular às sextas às 10"),
    ],
)
def test_what_comes_again_is_asked_how_often(language: str, text: str) -> None:
    step, call = called(language, text, booked=None)
    assert step.shape.again is not None and call.arguments.get("move") == "ask_count"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "and how much would a haircut be?"),
        ("de", "und ein Haarschnitt, was kostet der?"),
        ("es", "¿y el corte cuánto sale?"),
        ("fr", "Et une coupe, c'est combien ?"),
        ("it", "e il taglio quanto viene?"),
        ("nl", "en knippen, wat kost dat?"),
        ("pt", "e o corte, quanto custa?"),
    ],
)
def test_what_something_else_costs_is_only_asked(language: str, text: str) -> None:
    _, call = called(language, text)
    assert (call.tool, call.arguments) == (None, {"move": "answer", "about": ["price"], "service": "Haircut"})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "brilliant, see you thursday then, cheers"),
        ("de", "Alles klar, dann bis Donnerstag, meine Frau wird sich freuen"),
        ("es", "nada más, muchas gracias, hasta el jueves"),
        ("fr", "c'est tout, merci beaucoup et à jeudi"),
        ("it", "ok perfetto, a giovedì allora"),
        ("pt", "obrigada, até quinta!"),
    ],
)
def test_a_goodbye_with_another_day_is_told_how_it_stands_and_moves_nothing(language: str, text: str) -> None:
    step, call = called(language, text)
    assert (step.calls[-1].arguments, call.tool) == ({"purpose": "tell"}, None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "what have I got booked with you now?"),
        ("de", "wos hob i iatz olls fia Termine?"),
        ("es", "entonces tengo una, ¿no?"),
        ("fr", "donc j'ai bien un seul rendez-vous, c'est ça ?"),
        ("nl", "welke afspraken heb ik nu staan?"),
    ],
)
def test_what_is_booked_is_told(language: str, text: str) -> None:
    step, _ = called(language, text)
    assert step.calls[-1].arguments == {"purpose": "tell"}


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "ok I'll think about it"), ("es", "ah vale, me lo pienso"), ("fr", "d'accord, je vais y réfléchir")],
)
def test_another_service_that_was_asked_about_is_thought_over(language: str, text: str) -> None:
    state, step, acts = dialogue.begin(DESK, language=language), Step(lasts=tuple(LASTS.items())), list[Any]()
    done = {"status": "booked", "slot": COLOUR}
    state = replace(state, wish=replace(state.wish, visit=Visit("Colour")), after="readback")
    step = step.calling(Call("bookAppointment", {"offer_id": "o"})).after("bookAppointment", done)
    asks = {"en": "how much is a haircut?", "es": "¿cuánto cuesta un corte?", "fr": "une coupe, c'est combien ?"}
    state, step, call = heard(state, step, asks[language], list(of_answer("bookAppointment", done)))
    acts = list(of_end(ToolCallPart("final_result", json.dumps(call.arguments))))
    *_, call = heard(state, step.calling(call), text, acts)
    assert (call.tool, call.arguments["move"]) == (None, "no_hurry")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a colour on friday the 11th, that's what I'd like"),
        ("de", "also Farbe am Freitag, den 11., bitte"),
        ("es", "quiero el tinte el viernes 11, por favor"),
        ("fr", "je voudrais une couleur le vendredi 11"),
        ("it", "vorrei il colore venerdì 11"),
        ("nl", "kleuren op vrijdag 11 december graag"),
        ("pt", "quero a cor na sexta, dia 11"),
    ],
)
def test_what_is_wished_for_once_more_is_told_and_not_booked_twice(language: str, text: str) -> None:
    _, call = called(language, text)
    assert (call.tool, call.arguments.get("move")) == (None, "shown")


@pytest.mark.parametrize(
    "text", ["another colour on friday the 11th please", "a colour on friday the 11th for my sister"]
)
def test_one_more_is_looked_for(text: str) -> None:
    assert called("en", text)[1].tool == "findSlots"


SLOTS = [
    {"id": name, "service": "Colour", "staff": "Anna", "day": "2026-12-11", "time": at, "minutes": 90}
    for name, at in (("x", "13:00"), ("y", "14:45"), ("z", "16:30"))
]


@pytest.mark.parametrize(
    ("language", "text", "taken"),
    [
        ("en", "from one o'clock would be fine", True),
        ("de", "Ab 13:00 wäre fein", True),
        ("es", "a partir de la una me va bien", True),
        ("fr", "à partir de 13h c'est bien", True),
        ("it", "dalle 13 in poi va bene", True),
        ("nl", "vanaf één uur is prima", True),
        ("pt", "a partir das 13 está bem", True),
        ("en", "have you nothing after one?", False),
        ("de", "Wer wäre das denn um 13 Uhr?", False),
    ],
)
def test_the_same_times_are_not_offered_twice(language: str, text: str, taken: bool) -> None:
    state, step = dialogue.begin(DESK, language=language), Step(lasts=tuple(LASTS.items()))
    found = {"offers": SLOTS, "reason": None, "exact": False, "moving": None, "refused": None}
    begins = {"en": "a colour on friday the 11th, from one", "de": "Farbe am Freitag, den 11., ab 13 Uhr"}
    first = begins.get(language, begins["en"])
    state, step, call = heard(state, step, first, [])
    step = step.calling(call).after("findSlots", found)
    step = step.calling(decide(state, step))
    state, step, call = heard(state, step, text, list(of_answer("findSlots", found)))
    call = decide(state, step.calling(call).after("findSlots", found)) if call.tool == "findSlots" else call
    assert (call.tool == "bookAppointment") is taken


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I have to look after my niece that Friday, so please cancel it. I'll make a new one some other day"),
        ("de", "da muss ich auf meinen Neffen aufpassen, bitte stornieren. Einen neuen mach ich mir ein andermal aus"),
        ("es", "ese viernes me quedo con mi sobrino, ¿me lo cancelas? Ya pediré hora otro día"),
        ("fr", "ce vendredi je garde mon neveu, annulez s'il vous plaît. J'en reprendrai un une autre fois"),
        ("it", "quel venerdì devo stare con mio nipote, me lo annulla? Poi un altro giorno riprenoto io"),
        ("nl", "die vrijdag moet ik op mijn neefje passen, wilt u hem annuleren? Later boek ik wel een nieuwe"),
        ("pt", "nessa sexta fico com o meu sobrinho, pode cancelar? Depois marco outro dia"),
    ],
)
def test_whoever_will_ask_again_some_day_wants_nothing_booked_now(language: str, text: str) -> None:
    step, call = called(language, text)
    assert (call.tool, step.later) == ("cancelAppointment", ())
