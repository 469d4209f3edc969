"""What was told of the later ones of several, of how many come, and of which dates of a series, is what is looked for.
Pure: what the engine calls, on Monday 30 November 2026."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from pydantic_ai.messages import UserPromptPart

from truebook.assistant.offline.decide import decide
from truebook.assistant.offline.step import Call, Step
from truebook.assistant.offline.understanding import written
from truebook.language import dialogue
from truebook.language.names import Named
from truebook.language.state import SERIES, Act, Desk, Offered, ReadBack, Slot

pytestmark = pytest.mark.unit
LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pt")
MATHS = ("maths", "Mathe", "mates", "cours de maths", "matematica", "wiskunde", "matemática")
BLOOD = ("bloods", "Blutabnahme", "análisis de sangre", "prise de sang", "prelievo", "bloedonderzoek", "análises")
SERVICES = (
    Named("Maths", "Maths", MATHS),
    Named("Yoga", "Yoga", ("ioga",)),
    Named("Blood", "Blood test", BLOOD),
    Named("Consultation", "Consultation", ("Beratung", "consulta", "visita", "consult")),
)
DESK = Desk(
    SERVICES, (Named("Sara", "Sara"), Named("Weber", "Dr. Weber", ("Weber",))), time(8), time(20), LANGUAGES,
    classes=frozenset({"Yoga"}),
)  # fmt: skip
LESSON = Slot(SERIES, "Maths", "Sara", date(2026, 12, 7), time(16), 60, dates=3)
CLASS = Slot("class", "Yoga", "Sara", date(2026, 12, 4), time(18), 60, people=3)


class Talk:
    def __init__(self, language: str) -> None:
        self.state = dialogue.begin(DESK, language=language)
        self.step = Step(classes=("Yoga",), lasts=(("Maths", 60), ("Yoga", 60), ("Blood", 10), ("Consultation", 20)))

    def says(self, text: str, *shown: Act) -> Call:
        said = UserPromptPart(text, timestamp=datetime(2026, 11, 30, 9, tzinfo=UTC))
        self.state, self.step = written(self.state, self.step, shown, said, ZoneInfo("Europe/Vienna"))
        return decide(self.state, self.step)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The bloods tomorrow at 8 am. And a consultation with Dr Weber next week, Monday or Wednesday."),
        ("en", "the bloods tomorrow at 8 and the doctor next week, Monday or Wednesday"),
        ("en", "bloods tomorrow at 8 if possible and the doctor Monday or Wednesday next week"),
        ("de", "Die Blutabnahme morgen um 8 Uhr und eine Beratung nächste Woche, Montag oder Mittwoch"),
        ("de", "Blutabnahme morgen um 8 und die Ärztin nächste Woche Montag oder Mittwoch"),
        ("es", "análisis de sangre mañana a las 8 y la doctora el lunes o el miércoles que viene"),
        ("fr", "prise de sang demain à 8h et le médecin lundi ou mercredi prochain"),
        ("it", "prelievo domani alle 8 e la dottoressa lunedì o mercoledì prossimo"),
        ("nl", "bloedonderzoek morgen om 8 uur en de dokter volgende week maandag of woensdag"),
        ("pt", "análises amanhã às 8h e a médica na próxima semana, segunda ou quarta"),
    ],
)
def test_the_next_of_several_is_looked_for_on_its_own_days(language: str, text: str) -> None:
    chat = Talk(language)
    call = chat.says(text)
    assert (call.tool, call.arguments["service"]) == ("findSlots", "Blood")
    slot = {"id": "b", "service": "Blood", "staff": "Sara", "day": "2026-12-01", "time": "08:00", "minutes": 10}
    chat.step = chat.step.after("bookAppointment", {"status": "booked", "slot": slot})
    following = chat.step.turn
    assert following
    assert following.service == "Consultation"
    days = [one.first for told in following.on("day") for one in told.values]  # type: ignore[union-attr]
    assert days == [date(2026, 12, 7), date(2026, 12, 9)]
    assert not following.on("time")


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "the bloods on Friday and the week after a consultation with Dr Weber, Tuesday or Thursday", "08 10"),
        ("de", "Blutabnahme am Freitag früh, danach eine Beratung bei Dr. Weber, Dienstag oder Donnerstag", "08 10"),
        ("de", "Blutabnahme am Freitag und die Woche drauf eine Beratung bei Dr. Weber am Montag", "07"),
        ("en", "the bloods on Friday and the week after a consultation, Tuesday or Thursday", "08 10"),
        ("it", "il prelievo venerdì e la settimana dopo una visita, martedì o giovedì", "08 10"),
        ("pt", "análises na sexta e depois uma consulta terça ou quinta", "08 10"),
        ("es", "análisis de sangre el viernes y luego una consulta con la Dra. Weber el martes o el jueves", "08 10"),
        ("fr", "prise de sang vendredi et ensuite une consultation mardi ou jeudi", "08 10"),
        ("it", "un prelievo venerdì mattina e poi una visita martedì o giovedì", "08 10"),
        ("nl", "bloedonderzoek vrijdagochtend en daarna een consult bij Dr. Weber dinsdag of donderdag", "08 10"),
        ("pt", "análises na sexta e depois uma consulta com o Dr. Weber terça ou quinta", "08 10"),
    ],
)
def test_the_weekdays_of_what_comes_after_are_counted_from_the_first(language: str, text: str, days: str) -> None:
    chat = Talk(language)
    call = chat.says(text)
    assert (call.tool, call.arguments["service"]) == ("findSlots", "Blood")
    assert "staff" not in [one["on"] for one in call.arguments["limits"]]
    (later,) = chat.step.later
    told = [one.first for told in later.on("day") for one in told.values]  # type: ignore[union-attr]
    assert told == [date(2026, 12, int(day)) for day in days.split()]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("pt", "Eu e mais duas amigas queríamos yoga na sexta. Há lugar para as três?", "Sim, para as três"),
        ("pt", "yoga na sexta às 18h para mim e duas amigas", "as três às 18h"),
        ("es", "Mis dos amigas y yo queremos yoga el viernes. ¿Hay sitio para las tres?", "sí, las tres a las 18h"),
        ("de", "Zwei Freundinnen und ich möchten am Freitag zum Yoga", "ja, alle drei um 18 Uhr"),
        ("fr", "Moi et deux amies, on voudrait du yoga vendredi", "oui, toutes les trois à 18h"),
        ("fr", "Moi et deux autres amies, yoga vendredi", "oui pour les trois"),
        ("it", "Io e due amiche vorremmo venire a yoga venerdì", "sì, tutte e tre alle 18"),
        ("nl", "Ik en twee vriendinnen willen vrijdag naar yoga", "ja, alle drie om 18 uur"),
        ("en", "Me and two friends would like to come to yoga on Friday", "yes, all three at 6pm please"),
        ("en", "me and two more friends, yoga friday", "yes for all three"),
    ],
)
def test_as_many_come_as_came_before(language: str, first: str, second: str) -> None:
    chat = Talk(language)
    call = chat.says(first)
    assert call.tool == "findSlots"
    assert len(call.arguments["also"]) == 2
    assert "15:00" not in str(call.arguments["limits"])  # "para as três" is no hour
    chat.step = chat.step.calling(call).after(
        "findSlots", {"offers": [{"id": "class"}], "moving": None, "reason": None}
    )
    chat.says(second, Offered((CLASS,)))
    assert len(chat.step.shape.along) == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "all three of us, yes please"),
        ("de", "ja, für uns drei"),
        ("es", "sí, para las tres"),
        ("fr", "oui, nous trois"),
        ("it", "sì per tutte e tre"),
        ("nl", "ja, voor alle drie"),
        ("pt", "sim, nós as três"),
    ],
)
def test_a_yes_for_all_who_were_read_back_is_one(language: str, text: str) -> None:
    chat = Talk(language)
    chat.says("yoga", ReadBack(CLASS))
    chat.says(text, ReadBack(CLASS))
    assert chat.state.meaning.agreed


@pytest.mark.parametrize(
    ("language", "wish", "text"),
    [
        ("nl", "wiskunde elke maandag om 16 uur vanaf 7 december, 3 keer",
         "De 21e zijn wij al met vakantie, die liever niet. De andere twee graag wel."),
        ("nl", "wiskunde elke maandag om 16 uur vanaf 7 december, 3 keer",
         "op de 21e zijn we weg, dus die niet. de rest is prima"),
        ("en", "maths every Monday at 4pm from 7 December, 3 times",
         "On the 21st we're already on holiday, better not that one. The other two please."),
        ("en", "maths every Monday at 4pm from 7 December, 3 times", "the 21st we fly out, so not that one"),
        ("de", "Mathe jeden Montag um 16 Uhr ab 7. Dezember, 3 mal",
         "Am 21. sind wir schon weggefahren, den also nicht. Die anderen zwei gern."),
        ("es", "mates todos los lunes a las 16 desde el 7 de diciembre, 3 veces",
         "El 21 ya habremos salido de viaje, ese no. Los otros dos sí"),
        ("fr", "cours de maths tous les lundis à 16h à partir du 7 décembre, 3 fois",
         "Le 21 on est déjà en vacances, celui-là plutôt pas. Les deux autres oui."),
        ("it", "matematica ogni lunedì alle 16 dal 7 dicembre, 3 volte",
         "Il 21 saremo già partiti, quello meglio di no. Gli altri due sì."),
        ("pt", "matemática todas as segundas às 16h a partir de 7 de dezembro, 3 vezes",
         "No dia 21 já viajámos, esse não. Os outros dois sim"),
    ],
)  # fmt: skip
def test_a_date_that_is_pointed_away_is_left_out_of_a_series(language: str, wish: str, text: str) -> None:
    chat = Talk(language)
    call = chat.says(wish)
    assert call.tool == "bookSeries"
    chat.step = chat.step.calling(call).after("bookSeries", {"status": "read_back"})
    call = chat.says(text, ReadBack(LESSON))
    assert (call.tool, call.arguments["starts_on"]) == ("bookSeries", "2026-12-07")
    assert call.arguments["without"] == ["2026-12-21"]
