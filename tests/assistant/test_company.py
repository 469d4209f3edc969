"""Several people, several days, several questions, and less of what was booked: nothing of a message is dropped."""

import pytest

from tests.assistant.salon import carla, talk
from tests.assistant.scripted import visits
from tests.desk import Desk

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("wish", "yes", "guest"),
    [
        ("a haircut for me and my daughter on friday at 10", "yes", "daughter"),
        ("einen Haarschnitt für mich und meine Tochter am Freitag um 10 Uhr", "ja", "Tochter"),
        ("un corte para mí y para mi hija el viernes a las 10", "sí", "hija"),
        ("une coupe pour moi et ma fille vendredi à 10h", "oui", "fille"),
        ("un taglio per me e mia figlia venerdì alle 10", "sì", "figlia"),
        ("knippen voor mij en mijn dochter vrijdag om 10 uur", "ja", "dochter"),
        ("um corte para mim e para a minha filha na sexta às 10h", "sim", "filha"),
    ],
)
async def test_two_people_are_one_visit_with_one_yes(desk: Desk, wish: str, yes: str, guest: str) -> None:
    chat = await carla(desk)
    await talk(chat, wish, yes)
    assert await visits(desk) == [f"confirmed: Haircut Anna 12-05 10:00 + Haircut Ben {guest} 12-05 10:00"]


@pytest.mark.parametrize(
    ("wish", "yes"),
    [
        ("haircuts for two on Friday at 3 pm, please", "yes"),
        ("Haarschnitt für zwei am Freitag um 15 Uhr, bitte", "ja"),
        ("corte para dos el viernes a las 15:00, por favor", "sí"),
        ("coupe pour deux vendredi à 15h, s'il vous plaît", "oui"),
        ("taglio per due venerdì alle 15, per favore", "sì"),
        ("knippen voor twee op vrijdag om 15 uur, graag", "ja"),
        ("corte para dois na sexta às 15h, por favor", "sim"),
        ("haircut for two on friday", "yes"),
        ("haircut for 2 on friday", "yes"),
        ("corte para dos el viernes", "sí"),
        ("une coupe pour deux vendredi", "oui"),
        ("taglio per due venerdì", "sì"),
        ("knippen voor twee op vrijdag", "ja"),
        ("um corte para dois na sexta", "sim"),
    ],
)
async def test_for_two_is_for_two_wherever_it_stands(desk: Desk, wish: str, yes: str) -> None:
    await talk(
        await carla(desk), wish, yes, yes
    )  # where it was offered first, the second is the yes to what was read back
    (row,) = await visits(desk)
    assert row.count("Haircut") == 2, row


@pytest.mark.parametrize(
    ("wish", "more", "yes", "guest"),
    [
        ("haircut with anna on friday at 10", "yes please! and can my boyfriend Luis come along too?", "yes", "Luis"),
        ("knippen bij Anna vrijdag om 10 uur", "ja graag! en kan mijn vriend Luis ook mee?", "ja", "Luis"),
    ],
)
async def test_whoever_comes_too_beside_a_yes_is_read_back_with_it(
    desk: Desk, wish: str, more: str, yes: str, guest: str
) -> None:
    chat = await carla(desk)
    said = await talk(chat, wish, more)
    assert "€70" in said.replace(" ", "").replace("\xa0", "") and "yes" not in said.lower().split("?")[0]
    await talk(chat, yes)
    assert await visits(desk) == [f"confirmed: Haircut Anna 12-05 10:00 + Haircut Ben {guest} 12-05 10:00"]


async def test_one_more_for_somebody_right_after_a_receipt_is_theirs(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "haircut and beard trim with Ben on friday at 10", "yes")
    said = await talk(chat, "oh and can my brother get a trim too, same time? hes the groom lol")
    assert "(for your brother)" in said
    said = await talk(chat, "his name's Luke Turner, but yeah that works")
    assert "Anna (for Luke Turner), Friday 5 December, 10:00" in said
    await talk(chat, "yes")
    assert len(await visits(desk)) == 2


async def test_whoever_cannot_come_at_once_comes_after(desk: Desk) -> None:
    chat = await carla(desk)
    said = await talk(chat, "me and my three friends all need a haircut on friday at 10, at the same time please")
    assert said.startswith("Not at the same time, but one after the other.")
    await talk(chat, "the first one", "yes")
    assert (await visits(desk))[0].count("friend ") == 3


async def test_each_gets_what_was_said_for_them(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a cut for me and a colour for my mum on friday at 10", "yes")
    (made,) = await visits(desk)
    assert "Colour" in made and "mum 12-05 10:00" in made


@pytest.mark.parametrize(
    ("wish", "answer", "yes"),
    [
        (
            "a haircut with anna on thursday and a colour with clara on saturday",
            "thursday at 10 and saturday at 11",
            "yes",
        ),
        (
            "Haarschnitt bei Anna am Donnerstag und Farbe bei Clara am Samstag",
            "Donnerstag um 10 und Samstag um 11 Uhr",
            "ja",
        ),
    ],
)
async def test_two_days_answered_in_one_line_are_two_bookings(desk: Desk, wish: str, answer: str, yes: str) -> None:
    chat = await carla(desk)
    await talk(chat, wish, answer, yes, yes)
    assert await visits(desk) == ["confirmed: Haircut Anna 12-04 10:00", "confirmed: Colour Clara 12-06 11:00"]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("how much is a haircut and do you take cards?", "€35", "card"),
        ("was kostet der Haarschnitt und kann man mit Karte zahlen?", "35", "Karte"),
        ("¿cuánto cuesta el corte y se puede pagar con tarjeta?", "35", "tarjeta"),
        ("combien coûte la coupe et vous prenez la carte ?", "35", "carte"),
        ("quanto costa il taglio e si può pagare con la carta?", "35", "carta"),
        ("wat kost knippen en kan ik met pin betalen?", "35", "kaart"),
        ("quanto custa o corte e aceitam cartão?", "35", "cartão"),
    ],
)
async def test_a_second_question_in_one_clause_is_answered_too(
    desk: Desk, question: str, first: str, second: str
) -> None:
    said = await talk(await carla(desk), question)
    assert first in said and second in said


async def test_who_works_when_is_told_from_the_hours(desk: Desk) -> None:
    chat = await carla(desk)
    assert (await talk(chat, "which days does Anna work?")).startswith(
        "Anna: Mon 13:00–19:00; Tue–Fri 09:00–18:00; Sat 09:00–14:00."
    )
    assert (await talk(chat, "who works on saturday?")).startswith(
        "Saturday 6 December: Anna, Ben and Clara 09:00–14:00."
    )
    assert (await talk(chat, "is ben in on sunday?")).startswith("Ben is not here on Sunday 7 December.")


@pytest.mark.parametrize("less", ["cancel the colour", "only the haircut please", "actually without the colour"])
async def test_a_service_is_taken_out_of_a_visit_that_stands(desk: Desk, less: str) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut and a colour with anna on friday at 10", "yes", less, "yes")
    assert await visits(desk) == ["confirmed: Haircut Anna 12-05 10:00"]


async def test_a_cut_becomes_a_colour(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with anna on friday at 10", "yes", "can i have a colour instead of the haircut?", "yes")
    assert await visits(desk) == ["confirmed: Colour Anna 12-05 10:00"]


async def test_one_date_of_a_series_becomes_something_else(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with clara every tuesday at 5pm for three weeks", "yes")
    await talk(chat, "can the haircut on the 16th be a beard trim instead?", "yes")
    assert "confirmed: Beard trim Clara 12-16 17:00" in await visits(desk)


@pytest.mark.parametrize(
    ("line", "yes"),
    [
        ("cancel the one on the 16th and all following", "yes"),
        ("bitte den am 16. Dezember und alle folgenden absagen", "ja"),
    ],
)
async def test_one_date_of_a_series_and_those_after_it_are_cancelled(desk: Desk, line: str, yes: str) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with anna every tuesday at 5pm for three weeks", "yes", line, yes)
    assert [one.split(":")[0] for one in await visits(desk)] == ["confirmed", "cancelled", "cancelled"]


@pytest.mark.parametrize(
    ("wish", "named", "guest"),
    [
        ("für mich und meinen Sohn einen Haarschnitt am Freitag um 10", "mein Sohn heisst Jonas", "Jonas"),
        ("un taglio per me e mio marito venerdì alle 10", "mio marito è Paolo", "Paolo"),
    ],
)
async def test_whoever_comes_along_is_called_by_their_name(desk: Desk, wish: str, named: str, guest: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, wish, named)
    assert f" {guest})" in said


@pytest.mark.parametrize(
    "remark",
    ["muss man fuer kinder eigentlich auch voll zahlen?", "eine Freundin sagte mir, ihr seid gut", "ich bin der Papa"],
)
async def test_who_is_only_spoken_of_does_not_come(desk: Desk, remark: str) -> None:
    chat = await carla(desk)
    await talk(chat, "Haarschnitt bei Anna am Freitag um 10", remark, "ja")
    assert await visits(desk) == ["confirmed: Haircut Anna 12-05 10:00"]


@pytest.mark.parametrize(
    ("wish", "line", "yes", "people"),
    [
        ("a haircut for me and my son on friday at 10", "my daughter wants one too", "yes", 3),
        ("a haircut for two on friday at 10", "my mother would like to come too", "yes", 3),
        ("Haarschnitt für mich und meinen Sohn am Freitag um 10", "meine Tochter kommt auch mit", "ja", 3),
        ("Haarschnitt für zwei am Freitag um 10", "meine Mutter will auch mitkommen", "ja", 3),
        ("Haarschnitt am Freitag um 10 Uhr", "und mei Freundin kommt a mit", "ja", 2),
        ("un corte para mí y mi hijo el viernes a las 10", "mi hija también quiere uno", "sí", 3),
        ("une coupe pour deux vendredi à 10h", "ma mère voudrait venir aussi", "oui", 3),
        ("un taglio per me e mio figlio venerdì alle 10", "anche mia figlia ne vuole uno", "sì", 3),
        ("knippen voor mij en mijn zoon vrijdag om 10 uur", "mijn dochter wil ook", "ja", 3),
        ("um corte para mim e o meu filho na sexta às 10h", "a minha filha também quer um", "sim", 3),
        ("a haircut for me and my son on friday at 10", "me and my son, both at 10", "yes", 2),
        ("Haarschnitt für zwei am Freitag um 10", "ich und meine Schwester", "ja", 2),
        ("une coupe pour moi et mon fils vendredi à 10h", "pour mon fils et pour moi, oui", "oui", 2),
    ],
)
async def test_one_more_who_comes_sends_nobody_away(desk: Desk, wish: str, line: str, yes: str, people: int) -> None:
    said = await talk(await carla(desk), wish, line, yes, yes)
    (row,) = await visits(desk)
    assert row.count("Haircut") == people, said
