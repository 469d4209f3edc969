"""What is wished for beside what was just booked is one more; a change that was declined leaves nothing behind."""

import pytest

from tests.assistant.salon import carla, talk
from tests.assistant.scripted import visits
from tests.assistant.test_giving_back import yoga
from tests.assistant.test_notes import YES
from tests.desk import Desk

pytestmark = pytest.mark.anyio
COLOUR = {
    "en": "colour with Clara on friday at 10", "de": "Farbe bei Clara am Freitag um 10", "es": "color con Clara el viernes a las 10",
    "fr": "couleur avec Clara vendredi à 10h", "it": "colore con Clara venerdì alle 10", "nl": "kleuring bij Clara vrijdag om 10 uur",
    "pt": "cor com a Clara na sexta às 10",
}  # fmt: skip
CUT_FOR_ZOE = {
    "en": "and the haircut for Zoe, same day at 12 with Ben",
    "de": "Und jetzt no da Haarschnitt für d'Zoe, selber Tag um zwölf, beim Ben",
    "es": "y el corte para Zoe, el mismo día a las 12 con Ben",
    "fr": "et la coupe pour Zoe, même jour à 12h avec Ben",
    "it": "il taglio per Zoe si aggiunge, stesso giorno alle 12 con Ben",
    "nl": "het knippen voor Zoe komt erbij, zelfde dag om 12 uur bij Ben",
    "pt": "e o corte para a Zoe, no mesmo dia às 12 com o Ben",
}
DECLINED = {
    "en": ("can Anna do me a haircut instead?", "no, leave the colour as it is", "can we push my colour back an hour"),
    "de": ("kann die Anna stattdessen einen Haarschnitt machen?", "nein, die Farbe bleibt", "Schieb ma mei Farb a Stund nach hint"),
    "it": ("può farmi un taglio Anna invece?", "no, il colore resta", "può spostare il mio colore di un'ora più tardi?"),
}  # fmt: skip


@pytest.mark.parametrize("language", CUT_FOR_ZOE)
async def test_another_service_at_an_hour_of_its_own_is_one_more(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, COLOUR[language], YES[language], CUT_FOR_ZOE[language], YES[language])
    assert await visits(desk) == ["confirmed: Colour Clara 12-05 10:00", "confirmed: Haircut Ben Zoe 12-05 12:00"]


@pytest.mark.parametrize("language", DECLINED)
async def test_who_was_named_in_a_declined_change_is_not_carried_on(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, COLOUR[language], YES[language], *DECLINED[language], YES[language])
    assert await visits(desk) == ["confirmed: Colour Clara 12-05 11:00"]


AS_WELL = {
    "en": (
        "a haircut with Ben on wednesday 10 december at 10",
        "and thursday the 11th at 10 as well",
        "yes, both of them",
    ),
    "de": ("Haarschnitt bei Ben am Mittwoch 10. Dezember um 10", "und am Donnerstag den 11. um 10 auch", "ja, beide"),
    "es": ("corte con Ben el miércoles 10 de diciembre a las 10", "y también el jueves 11 a las 10", "sí, las dos"),
    "fr": ("une coupe avec Ben mercredi 10 décembre à 10h", "et le jeudi 11 à 10h aussi", "oui, les deux"),
    "it": ("taglio con Ben mercoledì 10 dicembre alle 10", "e anche giovedì 11 alle 10", "sì, tutti e due"),
    "nl": ("knippen bij Ben woensdag 10 december om 10 uur", "en donderdag 11 om 10 uur ook", "ja, allebei"),
    "pt": ("corte com o Ben na quarta 10 de dezembro às 10", "e na quinta 11 às 10 também", "sim, os dois"),
}


@pytest.mark.parametrize("language", AS_WELL)
async def test_another_day_as_well_is_no_other_day_instead(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, *AS_WELL[language])
    assert await visits(desk) == ["confirmed: Haircut Ben 12-10 10:00", "confirmed: Haircut Ben 12-11 10:00"]


async def test_one_hour_for_both_days_answers_for_both(desk: Desk) -> None:
    chat = await carla(desk)
    wish = "two haircuts with Ben, wed 10 and thu 11, in the morning"
    await talk(chat, wish, "10 both days", "yes")
    assert await visits(desk) == ["confirmed: Haircut Ben 12-10 10:00", "confirmed: Haircut Ben 12-11 10:00"]


TOO = {
    "en": ("a haircut with Ben for my son on wednesday 10 december at 10", "and thursday too?"),
    "de": ("Haarschnitt bei Ben für meinen Sohn am Mittwoch 10. Dezember um 10", "und am Donnerstag auch?"),
    "es": ("corte con Ben para mi hijo el miércoles 10 de diciembre a las 10", "¿y el jueves también?"),
    "fr": ("une coupe avec Ben pour mon fils mercredi 10 décembre à 10h", "et jeudi aussi ?"),
    "it": ("taglio con Ben per mio figlio mercoledì 10 dicembre alle 10", "e anche giovedì?"),
    "nl": ("knippen bij Ben voor mijn zoon woensdag 10 december om 10 uur", "en donderdag ook?"),
    "pt": ("corte com o Ben para o meu filho na quarta 10 de dezembro às 10", "e na quinta também?"),
}


@pytest.mark.parametrize("language", TOO)
async def test_another_day_too_is_asked_for_beside_what_is_read_back(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, *TOO[language], YES[language])
    days = [one[-11:] for one in await visits(desk)]
    assert days == ["12-10 10:00", "12-11 10:00"]


TWO_IN_A_WEEK = {
    "en": ("a haircut with Ben twice next week please", "wednesday and friday at 16:00"),
    "de": ("zweimal Haarschnitt bei Ben nächste Woche bitte", "Mittwoch und Freitag um 16 Uhr"),
    "es": ("un corte con Ben dos veces la semana que viene", "miércoles y viernes a las 16"),
    "fr": ("une coupe avec Ben deux fois la semaine prochaine", "mercredi et vendredi à 16h"),
    "it": ("un taglio con Ben due volte la settimana prossima", "mercoledì e venerdì alle 16"),
    "nl": ("twee keer knippen bij Ben volgende week", "woensdag en vrijdag om 16 uur"),
    "pt": ("um corte com o Ben duas vezes na próxima semana", "quarta e sexta às 16h"),
}


@pytest.mark.parametrize("language", TWO_IN_A_WEEK)
async def test_two_days_told_of_a_week_lie_in_it_and_share_their_hour(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, *TWO_IN_A_WEEK[language])
    assert "16:00" in said
    await talk(chat, YES[language], YES[language])
    assert [one[-11:] for one in await visits(desk)] == ["12-10 16:00", "12-12 16:00"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "can I also sign up for the friday after?"),
        ("es", "¿me puedo apuntar también para el viernes siguiente?"),
        ("fr", "je peux aussi m'inscrire pour le vendredi d'après ?"),
    ],
)
async def test_whoever_also_signs_up_for_another_day_moves_nothing(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, COLOUR[language], YES[language])
    await talk(chat, line, YES[language])
    assert "confirmed: Colour Clara 12-05 10:00" in await visits(desk)


THE_WEEK_AFTER = {
    "en": ("a haircut with Ben on wednesday 10 december at 10", "and the same time the week after as well"),
    "de": ("Haarschnitt bei Ben am Mittwoch 10. Dezember um 10", "und die Woche darauf auch, gleiche Uhrzeit"),
    "es": ("corte con Ben el miércoles 10 de diciembre a las 10", "y la misma hora la semana siguiente también"),
    "fr": ("une coupe avec Ben mercredi 10 décembre à 10h", "et la semaine d'après aussi, à la même heure"),
    "it": ("taglio con Ben mercoledì 10 dicembre alle 10", "vorrei anche la settimana dopo alla stessa ora"),
    "nl": ("knippen bij Ben woensdag 10 december om 10 uur", "en de week erna ook, zelfde tijd"),
    "pt": ("corte com o Ben na quarta 10 de dezembro às 10", "e na semana seguinte também, à mesma hora"),
}


@pytest.mark.parametrize("language", THE_WEEK_AFTER)
async def test_the_week_after_as_well_leaves_this_one_as_it_is(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, *THE_WEEK_AFTER[language], YES[language])
    assert [one[-11:] for one in await visits(desk)] == ["12-10 10:00", "12-17 10:00"]


IN_A_CLASS = {
    "en": ("a place in yoga on saturday at 10", "and next week too?"),
    "de": ("einen Platz im Yoga am Samstag um 10 Uhr", "und nächste Woche auch?"),
    "es": ("una plaza de yoga el sábado a las 10", "¿y puedo apuntarme también la semana que viene?"),
    "fr": ("une place au yoga samedi à 10h", "et la semaine prochaine aussi ?"),
    "it": ("un posto per yoga sabato alle 10", "e anche la prossima settimana?"),
    "nl": ("een plaats bij yoga zaterdag om 10 uur", "en volgende week ook?"),
    "pt": ("um lugar no yoga sábado às 10h", "e também na próxima semana?"),
}


@pytest.mark.parametrize("language", IN_A_CLASS)
async def test_another_class_as_well_does_not_lose_the_first(desk: Desk, language: str) -> None:
    await yoga(desk)
    chat = await carla(desk)
    await talk(chat, *IN_A_CLASS[language], YES[language])
    assert await visits(desk) == ["confirmed: Yoga Clara 12-06 10:00"]
