"""What stands is changed by what names it: its day, its service or who comes; what is only supposed is answered, and
thanks are no yes."""

import pytest

from tests.assistant.salon import carla, talk
from tests.assistant.scripted import visits
from tests.assistant.test_giving_back import BOOK, ONE, yoga
from tests.assistant.test_since_it_was_booked import called
from tests.desk import Desk
from truebook.language.visits.parting import parting

CUT = "Haircut Ben 12-08 14:00"
ALSO = {
    "en": "and a haircut with Ben on monday the 8th at 2pm", "de": "und einen Haarschnitt bei Ben am Montag, 8. um 14 Uhr",
    "es": "y un corte con Ben el lunes 8 a las 14", "fr": "et une coupe avec Ben lundi 8 à 14h",
    "it": "e un taglio con Ben lunedì 8 alle 14", "nl": "en knippen bij Ben op maandag 8 om 14 uur",
    "pt": "e um corte com o Ben na segunda 8 às 14h",
}  # fmt: skip


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("language", "line", "thanks"),
    [
        ("en", "Joe's dropped out of saturday, so it's just me for the yoga now", "thanks, sorry for the trouble"),
        ("de", "Beim Yoga bitte auf einen Platz runter, mein Bruder ist raus", "danke und sorry für das Hin und Her"),
        ("es", "la de yoga del sábado déjala en 1 plaza solo", "gracias y perdona el lío"),
        ("es", "la del yoga del sábado, quita a la Marta y me dejas a mí", "gracias y perdona el lío"),
        ("fr", "pour le yoga de samedi, laissez une seule place, ma copine ne vient plus", "merci et désolée"),
        ("it", "per lo yoga di sabato togli Anna e lascia me", "scusi il disturbo e grazie"),
        ("nl", "haal voor zaterdag mijn zus er maar af, ik kom alleen", "bedankt en sorry voor het gedoe"),
        ("pt", "na aula de yoga de sábado deixe só um lugar", "obrigada e desculpe a confusão"),
    ],
)
async def test_a_place_is_given_back_where_another_appointment_was_booked_since(
    desk: Desk, language: str, line: str, thanks: str
) -> None:
    await yoga(desk)
    chat = await carla(desk)
    wish, yes = BOOK[language]
    await talk(chat, wish.format(2), yes, ALSO[language], yes)
    both = sorted([f"confirmed: {ONE} + {ONE}", f"confirmed: {CUT}"])
    assert sorted(await visits(desk)) == both, chat.last
    asked = await talk(chat, line)
    assert "Ben" not in asked, asked
    told = await talk(chat, thanks)
    assert sorted(await visits(desk)) == both
    assert "Clara" not in told, (asked, told)
    await talk(chat, yes, yes)
    assert sorted(await visits(desk)) == sorted([f"confirmed: {ONE}", f"confirmed: {CUT}"]), chat.last


SUPPOSED = [
    ("en", "If my sister gets ill, could I cancel just hers?"),
    ("en", "could I cancel later, if need be?"),
    ("de", "Könnte ich im Notfall auch nur die Farbe absagen?"),
    ("de", "Falls mein Mann nicht kann, darf ich dann absagen?"),
    ("es", "y si hiciera falta, ¿podría cancelar solo lo de él?"),
    ("fr", "Au cas où, je pourrais annuler juste la sienne ?"),
    ("it", "Se mio marito non può, posso disdire solo la sua?"),
    ("nl", "Als hij ziek wordt, kan ik dan alleen de zijne afzeggen?"),
    ("pt", "Se ele não puder, posso cancelar só a dele?"),
]


@pytest.mark.unit
@pytest.mark.parametrize(("language", "text"), SUPPOSED)
def test_what_is_only_supposed_is_answered(language: str, text: str) -> None:
    _, call = called(language, text)
    assert (call.tool, call.arguments["move"], call.arguments["about"]) == (None, "kept", ["policy"])


@pytest.mark.unit
@pytest.mark.parametrize(
    ("language", "text", "onward"),
    [
        ("en", "I'm stuck at work, can you put me in the next one instead?", True),
        ("de", "Ich muss länger arbeiten, können Sie mich in den nächsten Kurs umbuchen?", True),
        ("es", "salgo tarde del curro, me puedes pasar a la siguiente?", True),
        ("es", "mejor a la próxima semana", False),
        ("fr", "je finis tard, vous pouvez me mettre au cours suivant ?", True),
        ("it", "esco tardi, mi può spostare alla prossima?", True),
        ("nl", "ik moet overwerken, kan ik naar de volgende les?", True),
        ("pt", "saio tarde, pode passar-me para a próxima aula?", True),
        ("en", "on the next day please", False),
    ],
)
def test_the_next_one_of_its_kind_is_told(language: str, text: str, onward: bool) -> None:
    assert parting(text, language).onward is onward


@pytest.mark.unit
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Zut, mon patron vient de me coller une réunion vendredi. On peut décaler au samedi matin ?"),
        ("de", "Da kam mir eine Sitzung dazwischen. Geht auch Samstag Vormittag?"),
    ],
)
def test_a_reason_makes_no_other_appointment_of_a_move(language: str, text: str) -> None:
    _, call = called(language, text)
    assert (call.tool, call.arguments.get("moving")) == ("findSlots", "b")
