"""Dates that are named one by one: read back date by date, booked with one yes, given up one by one or several at once."""

import pytest

from tests.assistant.salon import carla, rows, speaks, talk
from tests.assistant.scripted import Made, play, visits
from tests.assistant.test_notes import YES
from tests.assistant.test_right_after import standing
from tests.desk import Desk

pytestmark = pytest.mark.anyio
DATES = ["12-10", "12-17", "12-31", "01-07"]
LISTED = {
    "en": "a haircut with anna on the 10th, the 17th, the 31st of december and 7 january, always at 5pm",
    "de": "Haarschnitt bei Anna am 10., 17. und 31. Dezember und am 7. Jänner, immer um 17 Uhr",
    "es": "corte con Anna el 10, el 17 y el 31 de diciembre y el 7 de enero, siempre a las 17h",
    "fr": "une coupe avec Anna le 10 décembre, le 17 décembre, le 31 décembre et le 7 janvier, toujours à 17h",
    "it": "un taglio con Anna il 10, il 17, il 31 dicembre e il 7 gennaio, sempre alle 17",
    "nl": "knippen bij Anna op 10, 17 en 31 december en 7 januari, steeds om 17 uur",
    "pt": "corte com a Anna nos dias 10, 17 e 31 de dezembro e 7 de janeiro, sempre às 17h",
}
BUT_ONE = {
    "en": "a haircut with anna every wednesday at 5pm, four times from 10 december, but not the 24th",
    "de": "Haarschnitt bei Anna jeden Mittwoch um 17 Uhr, viermal ab dem 10. Dezember, aber nicht am 24.",
    "es": "corte con Anna cada miércoles a las 17h, cuatro veces desde el 10 de diciembre, pero no el 24",
    "fr": "une coupe avec Anna chaque mercredi à 17h à partir du 10 décembre, quatre fois, mais pas le 24 décembre",
    "it": "taglio con Anna ogni mercoledì alle 17, quattro volte dal 10 dicembre, ma non il 24",
    "nl": "knippen bij Anna elke woensdag om 17 uur, vier keer vanaf 10 december, maar niet op de 24e",
    "pt": "corte com a Anna todas as quartas às 17h, quatro vezes a partir do dia 10 de dezembro, mas não no dia 24",
}
WEEKLY = {
    "en": "a haircut with anna every wednesday at 5pm, four times from 10 december",
    "de": "Haarschnitt bei Anna jeden Mittwoch um 17 Uhr, viermal ab dem 10. Dezember",
    "es": "corte con Anna cada miércoles a las 17h, cuatro veces desde el 10 de diciembre",
    "fr": "une coupe avec Anna chaque mercredi à 17h à partir du 10 décembre, quatre fois",
    "it": "taglio con Anna ogni mercoledì alle 17, quattro volte dal 10 dicembre",
    "nl": "knippen bij Anna elke woensdag om 17 uur, vier keer vanaf 10 december",
    "pt": "corte com a Anna todas as quartas às 17h, quatro vezes a partir de 10 de dezembro",
}
FIRST = {
    "en": "a haircut with anna on wednesday the 10th at 5pm",
    "de": "Haarschnitt bei Anna am Mittwoch, 10. Dezember um 17 Uhr",
    "es": "corte con Anna el miércoles 10 de diciembre a las 17h",
    "fr": "une coupe avec Anna mercredi 10 décembre à 17h",
    "it": "un taglio con Anna mercoledì 10 dicembre alle 17",
    "nl": "knippen bij Anna woensdag 10 december om 17 uur",
    "pt": "corte com a Anna na quarta, 10 de dezembro, às 17h",
}


def on(*days: str) -> list[str]:
    return [f"Haircut Anna {day} 17:00" for day in days]


@pytest.mark.parametrize("wishes", [LISTED, BUT_ONE], ids=["listed", "all but one"])
@pytest.mark.parametrize("language", LISTED)
async def test_they_are_read_back_one_by_one_and_booked_with_one_yes(
    desk: Desk, language: str, wishes: dict[str, str]
) -> None:
    chat = await carla(desk)
    said = await chat.say(wishes[language])
    assert all(f" {day}" in said for day in ("10", "17", "31", "7")) and "24" not in said, said
    told = await chat.say(YES[language])
    assert await standing(desk) == on(*DATES), said
    assert "✓" in told and all(f" {day}" in told for day in ("10", "17", "31", "7")), told


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "no, only the 10th and the 17th please"),
        ("de", "nein, nur am 10. und am 17. bitte"),
        ("es", "no, solo el 10 y el 17 por favor"),
        ("fr", "non, seulement le 10 et le 17 s'il vous plaît"),
        ("it", "no, solo il 10 e il 17 per favore"),
        ("nl", "nee, alleen op de 10e en de 17e graag"),
        ("pt", "não, só nos dias 10 e 17 por favor"),
    ],
)
async def test_of_a_series_only_some_dates_are_taken(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, WEEKLY[language], line, YES[language])
    assert await standing(desk) == on("12-10", "12-17")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "thanks. now add the same again on the 17th, the 31st and 7 january"),
        ("de", "danke, bitte noch mal dasselbe am 17., am 31. und am 7. Jänner"),
        ("es", "gracias, lo mismo el 17, el 31 y el 7 de enero"),
        ("fr", "merci. ajoutez maintenant la même chose le 17 décembre, le 31 décembre et le 7 janvier"),
        ("it", "grazie, lo stesso anche il 17, il 31 dicembre e il 7 gennaio"),
        ("nl", "dank u, hetzelfde nog een keer op 17 en 31 december en 7 januari"),
        ("pt", "obrigada, o mesmo também nos dias 17 e 31 de dezembro e 7 de janeiro"),
    ],
)
async def test_the_same_again_on_several_days_is_at_the_same_time(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, FIRST[language], YES[language])
    said = await talk(chat, line, YES[language])
    assert await standing(desk) == on(*DATES), said


@pytest.mark.parametrize(
    ("language", "line", "left"),
    [
        ("en", "cancel the first two", ["12-31", "01-07"]),
        ("en", "cancel the 10th and the 31st", ["12-17", "01-07"]),
        ("en", "we'll be away on the 31st, so drop that one, the others stay", ["12-10", "12-17", "01-07"]),
        ("de", "die ersten beiden bitte absagen", ["12-31", "01-07"]),
        ("de", "am 31. sind wir weg, bitte den absagen, die anderen bleiben", ["12-10", "12-17", "01-07"]),
        ("es", "cancele las dos primeras", ["12-31", "01-07"]),
        ("es", "anule la del 17 y la del 31", ["12-10", "01-07"]),
        ("fr", "annulez le rendez-vous du 31 décembre, un point c'est tout", ["12-10", "12-17", "01-07"]),
        ("fr", "nous serons encore à la montagne le 31, supprimez celle-là, les autres restent",
         ["12-10", "12-17", "01-07"]),
        ("it", "annulli le prime due", ["12-31", "01-07"]),
        ("nl", "zeg de eerste twee maar af", ["12-31", "01-07"]),
        ("pt", "cancele as duas primeiras", ["12-31", "01-07"]),
        ("en", "cancel all but the 10th", ["12-10"]),
        ("en", "we can't do the last two, cancel those", ["12-10", "12-17"]),
        ("it", "il 31 non possiamo, lo tolga, gli altri vanno bene", ["12-10", "12-17", "01-07"]),
        ("nl", "zeg die van 31 december maar af", ["12-10", "12-17", "01-07"]),
        ("de", "sagen Sie den am 31. Dezember bitte ab", ["12-10", "12-17", "01-07"]),
        ("en", "cancel the one on the 24th", DATES),
    ],
)  # fmt: skip
async def test_one_or_some_of_several_are_given_up(desk: Desk, language: str, line: str, left: list[str]) -> None:
    chat = await carla(desk)
    await talk(chat, LISTED[language], YES[language], line, YES[language])
    assert await standing(desk) == on(*left)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I have to cancel one of them"),
        ("de", "ich muss einen davon absagen"),
        ("es", "tengo que cancelar una"),
        ("fr", "je dois en annuler un"),
        ("it", "devo annullarne uno"),
        ("nl", "ik moet er een afzeggen"),
        ("pt", "preciso cancelar uma"),
    ],
)
async def test_a_tap_on_one_of_them_goes_on_with_the_cancelling(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, LISTED[language], YES[language], line)
    assert chat.last and len(chat.last.buttons) == len(DATES), chat.last
    said = await chat.say(chat.last.buttons[2])
    assert chat.last.acts[-1]["kind"] == "read_back" and chat.last.acts[-1]["purpose"] == "cancel", said
    await chat.say(YES[language])
    assert await standing(desk) == on("12-10", "12-17", "01-07")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "no, not the 17th but the 18th"),
        ("de", "nein, den 17. nicht, dafür den 18."),
        ("fr", "non, pas le 17 décembre mais le 18 décembre"),
    ],
)
async def test_one_of_them_is_exchanged_before_they_are_booked(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, LISTED[language], line, YES[language])
    assert await standing(desk) == on("12-10", "12-18", "12-31", "01-07")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "move it to wednesday the 10th at 5pm"),
        ("fr", "déplacez-le au mercredi 10 décembre à 17h"),
        ("nl", "verzet het naar woensdag 10 december om 17 uur"),
    ],
)
async def test_their_own_time_is_not_offered_to_them(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, FIRST[language], YES[language])
    await chat.say(line)
    assert chat.last and not [one for one in chat.last.acts if one["kind"] in ("offers", "read_back")], chat.last
    assert await standing(desk) == on("12-10")


async def test_dates_without_a_rhythm_are_a_series_of_just_these(desk: Desk) -> None:
    dates = ["2031-12-10", "2031-12-12", "2032-02-03"]
    call: Made = (
        "bookSeries",
        {"service": "Haircut", "staff": "Anna", "starts_on": dates[0], "at": "15:00", "dates": dates, "guest": "Mia"},
    )
    chat = await carla(desk)
    said = await play(chat, "for Mia at 15:00 on 10 December, 12 December and 3 February", call)
    assert said == (
        "Haircut with Anna (for Mia), 15:00, 3 times: Wednesday 10 December, Friday 12 December and Tuesday 3 February, "
        "45 minutes, €35 each. Shall I book them all?"
    )
    await play(chat, "yes", call)
    assert await visits(desk) == [f"confirmed: Haircut Anna Mia {day} 15:00" for day in ("12-10", "12-12", "02-03")]


@pytest.mark.parametrize(
    ("language", "wish", "yes"),
    [
        ("de", "Haarschnitt bei Anna am 9., 16. und 19. Dezember um 10 Uhr", "ja, alle drei"),
        ("es", "un corte con Anna el 9, el 16 y el 19 de diciembre a las 10", "sí, las tres"),
        ("fr", "une coupe avec Anna le 9, le 16 et le 19 décembre à 10h", "oui, tous les trois"),
        ("it", "un taglio con Anna il 9, il 16 e il 19 dicembre alle 10", "sì, tutte e tre"),
        ("nl", "knippen bij Anna op 9, 16 en 19 december om 10 uur", "ja, alle drie"),
        ("pt", "corte com a Anna nos dias 9, 16 e 19 de dezembro às 10h", "sim, os três"),
    ],
)
async def test_all_of_them_by_their_number_is_no_hour_and_nobody(
    desk: Desk, language: str, wish: str, yes: str
) -> None:
    await speaks(desk, language)
    chat = await carla(desk)
    said = await talk(chat, wish, yes)
    assert len(await rows(desk)) == 3, said
