"""What a customer tells of themselves is seen in the read-back, and a number is kept under its own country or not."""

import pytest

from tests.assistant.salon import carla, talk
from tests.desk import Desk
from truebook.kernel import phones

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("wish", "whom"),
    [
        ("a haircut with anna on friday at 10, Oona Tierney 0660 1234567", "for Oona Tierney, +43 660 1234567"),
        ("Haarschnitt bei Anna am Freitag um 10, Greta Stadler", "auf den Namen Greta Stadler"),
        ("un corte con Anna el viernes a las 10, Ainhoa Zubiri", "a nombre de Ainhoa Zubiri"),
        ("une coupe avec Anna vendredi à 10h, Solène Guivarc", "au nom de Solène Guivarc"),
        ("un taglio con Anna venerdì alle 10, Ludovica Ansaldi 3471908865", "a nome di Ludovica Ansaldi, +39 347"),
        ("knippen bij Anna vrijdag om 10 uur, Wouter Hoekstra", "op naam van Wouter Hoekstra"),
        ("um corte com Anna na sexta às 10h, Thiago Moreira 912 604 377", "em nome de Thiago Moreira, +351 912"),
    ],
)
async def test_the_read_back_shows_the_name_and_the_number(desk: Desk, wish: str, whom: str) -> None:
    chat = await carla(desk, name=None, phone=None)
    assert whom in await talk(chat, wish)


async def test_a_number_of_no_known_country_is_left_out_in_so_many_words(desk: Desk) -> None:
    chat = await carla(desk, name=None, phone=None)
    said = await talk(chat, "a haircut with anna on friday at 10, Oona Tierney, my number is 555 1234")
    assert "I cannot read the number 555 1234" in said


async def test_whom_the_channel_knows_is_not_told_who_they_are(desk: Desk) -> None:
    assert "Carla" not in await talk(await carla(desk), "a haircut with anna on friday at 10")


@pytest.mark.unit
@pytest.mark.parametrize(
    ("written", "region", "language", "number"),
    [
        ("0660 1234567", "AT", "de", "+436601234567"),
        ("3471908865", "AT", "it", "+393471908865"),
        ("06-21874430", "DE", "nl", "+31621874430"),
        ("11 98844-3071", "DE", "pt", "+5511988443071"),
        ("0612 77 40 93", "ES", "fr", "+33612774093"),
        ("07700 918 344", "ES", "en", "+447700918344"),
        ("655 208 914", "ES", "de", "+34655208914"),
        ("+44 7700 918344", "AT", "de", "+447700918344"),
        ("3471908865", "AT", "de", None),
        ("555 1234", "AT", "en", None),
    ],
)
def test_a_national_number_is_of_the_business_or_of_the_language(
    written: str, region: str, language: str, number: str | None
) -> None:
    assert phones.spoken(written, region, language) == number
