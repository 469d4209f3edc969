"""What was said of a series stays said: a date that is left out, whatever else of it changes, and days told from it."""

import pytest

from tests.assistant.salon import carla, talk
from tests.assistant.scripted import visits
from tests.assistant.test_giving_back import yoga
from tests.assistant.test_notes import YES
from tests.assistant.test_right_after import agreed, standing
from tests.desk import Desk
from truebook.language import wording

pytestmark = pytest.mark.anyio
SERIES = {
    "en": "a haircut with anna every wednesday at 4pm from 10 december, four times, but not on the 24th",
    "de": "Haarschnitt bei Anna jeden Mittwoch um 16 Uhr ab dem 10. Dezember, viermal, aber nicht am 24.",
    "es": "un corte con Anna todos los miércoles a las 16h desde el 10 de diciembre, cuatro veces, menos el 24",
    "fr": "une coupe avec Anna tous les mercredis à 16h, quatre fois à partir du 10 décembre, mais pas le 24",
    "it": "un taglio con Anna ogni mercoledì alle 16 dal 10 dicembre, quattro volte, ma non il 24",
    "nl": "knippen bij Anna, elke woensdag om 16 uur vanaf 10 december, vier keer, maar niet op de 24e",
    "pt": "um corte com a Anna todas as quartas às 16h a partir do dia 10 de dezembro, quatro vezes, menos no dia 24",
}
DATES = ("12-10", "12-17", "12-31", "01-07")
FOR_FINN = {
    "en": "it's for my son Finn", "de": "es ist für meinen Sohn Finn", "es": "es para mi hijo Finn",
    "fr": "c'est pour mon fils Finn", "it": "è per mio figlio Finn", "nl": "het is voor mijn zoon Finn",
    "pt": "é para o meu filho Finn",
}  # fmt: skip
LATER = {
    "en": "rather at 5pm", "de": "doch lieber um 17 Uhr", "es": "mejor a las 17", "fr": "plutôt à 17h",
    "it": "meglio alle 17", "nl": "liever om 17 uur", "pt": "melhor às 17h",
}  # fmt: skip
LAST = {
    "en": "can the last one go to the thursday after, same time?",
    "de": "kann der letzte auf den Donnerstag danach, gleiche Zeit?",
    "es": "la última pásela al jueves siguiente, a la misma hora",
    "fr": "la dernière, on peut la mettre au jeudi suivant, même heure ?",
    "it": "l'ultima si può spostare al giovedì dopo, stessa ora?",
    "nl": "kan de laatste naar de donderdag erna, zelfde tijd?",
    "pt": "a última pode passar para a quinta seguinte, à mesma hora?",
}


@pytest.mark.parametrize("language", FOR_FINN)
async def test_a_date_that_is_left_out_stays_out_when_it_is_told_whom_it_is_for(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, SERIES[language], FOR_FINN[language], YES[language])
    assert sorted(await visits(desk)) == sorted(f"confirmed: Haircut Anna Finn {day} 16:00" for day in DATES)


@pytest.mark.parametrize("language", LATER)
async def test_a_date_that_is_left_out_stays_out_at_another_hour(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, SERIES[language], LATER[language], YES[language])
    assert sorted(await visits(desk)) == sorted(f"confirmed: Haircut Anna {day} 17:00" for day in DATES)


@pytest.mark.parametrize("language", LAST)
async def test_the_thursday_after_is_told_from_the_date_that_is_moved(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, SERIES[language], YES[language], LAST[language])
    await agreed(chat, language)
    assert sorted(await standing(desk)) == sorted(f"Haircut Anna {day} 16:00" for day in (*DATES[:3], "01-08"))


TWICE_A_WEEK = {
    "en": ("a haircut with anna twice a week until 20 december", "wednesdays and fridays at 4pm"),
    "de": ("Haarschnitt bei Anna, zweimal pro Woche bis zum 20. Dezember", "Mittwoch und Freitag um 16 Uhr"),
    "es": ("un corte con Anna dos veces por semana hasta el 20 de diciembre", "miércoles y viernes a las 16"),
    "fr": ("une coupe avec Anna deux fois par semaine jusqu'au 20 décembre", "mercredi et vendredi à 16h"),
    "it": ("un taglio con Anna due volte alla settimana fino al 20 dicembre", "mercoledì e venerdì alle 16"),
    "nl": ("knippen bij Anna, twee keer per week tot 20 december", "woensdag en vrijdag om 16 uur"),
    "pt": ("um corte com a Anna duas vezes por semana até 20 de dezembro", "quartas e sextas às 16h"),
}


@pytest.mark.parametrize("language", TWICE_A_WEEK)
async def test_the_days_of_a_series_are_asked_for_where_only_its_end_is_told(desk: Desk, language: str) -> None:
    wish, days = TWICE_A_WEEK[language]
    chat = await carla(desk)
    asked = await talk(chat, wish)
    assert any(one.format(service="").rstrip("?.) (")[:9] in asked for one in wording.table(language)["ask_day"]), asked
    await talk(chat, days, YES[language])
    dates = ("12-03", "12-05", "12-10", "12-12", "12-17", "12-19")
    assert sorted(await visits(desk)) == sorted(f"confirmed: Haircut Anna {day} 16:00" for day in dates)


A_CLASS = {
    "en": "yoga every saturday until the end of the year", "de": "jeden Samstag Yoga bis Jahresende",
    "es": "yoga todos los sábados hasta fin de año", "fr": "yoga tous les samedis jusqu'à la fin de l'année",
    "it": "yoga ogni sabato fino a fine anno", "nl": "elke zaterdag yoga tot het einde van het jaar",
    "pt": "yoga todos os sábados até ao fim do ano",
}  # fmt: skip


@pytest.mark.parametrize("language", A_CLASS)
async def test_a_class_that_comes_again_is_joined_date_by_date_until_its_end(desk: Desk, language: str) -> None:
    await yoga(desk)
    chat = await carla(desk)
    answer = await talk(chat, A_CLASS[language])
    assert all(f" {day}" in answer for day in (13, 20, 27)), answer
    await talk(chat, YES[language])
    assert await visits(desk) == ["confirmed: Yoga Clara 12-06 10:00"]


SUPPOSED = {
    "en": "and what if I miss one day?", "de": "und was ist, wenn ich zwei Wochen krank bin?", "es": "¿y si falto un día?",
    "fr": "et si je rate une semaine ?", "it": "e se salto un giorno?", "nl": "en als ik een week ziek ben?",
    "pt": "e se eu faltar duas semanas?",
}  # fmt: skip


@pytest.mark.parametrize("language", SUPPOSED)
async def test_what_is_only_asked_of_a_series_counts_none_of_it(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, SERIES[language], SUPPOSED[language], YES[language])
    assert sorted(await visits(desk)) == sorted(f"confirmed: Haircut Anna {day} 16:00" for day in DATES), chat.last
