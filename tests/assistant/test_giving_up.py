"""What is given up is cancelled, whatever times it is named by; what stands already and "that's all" are no new wish."""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.assistant.test_notes import WISH, YES
from tests.desk import Desk
from truebook.language import wording

pytestmark = pytest.mark.anyio
COLOUR = {
    "en": "and a colour with clara on saturday at 11",
    "de": "und eine Farbe bei Clara am Samstag um 11 Uhr",
    "es": "y un color con Clara el sábado a las 11",
    "fr": "et une couleur avec Clara samedi à 11h",
    "it": "e poi vorrei anche un colore con Clara sabato alle 11",
    "nl": "en een kleuring bij Clara zaterdag om 11 uur",
    "pt": "e uma cor com a Clara no sábado às 11h",
}


CANCEL = {
    "en": "cancel it please", "de": "bitte absagen", "es": "cancélela por favor", "fr": "je voudrais annuler",
    "it": "lo annulli per favore", "nl": "graag annuleren", "pt": "cancele por favor",
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "line", "goodbye"),
    [
        ("en", "the haircut at 10 can go, the colour stays", "no thanks, that's all"),
        ("de", "den Haarschnitt um 10 bitte absagen, die Farbe bleibt", "nein danke, das wars"),
        ("es", "Falta quitar el corte de las 10:00", "no gracias, eso es todo"),
        ("fr", "finalement supprimez la coupe de 10h, la couleur reste", "non merci, c'est tout"),
        ("it", "però tolga il taglio delle 10:00", "no grazie, è tutto"),
        ("nl", "Alleen het knippen mag eruit, kleuring laten staan", "nee hoor, dat was alles"),
        ("pt", "afinal tire o corte das 10:00, a cor fica", "não, obrigada, é tudo"),
    ],
)
async def test_one_of_two_is_given_up_and_then_goodbye(desk: Desk, language: str, line: str, goodbye: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], YES[language], COLOUR[language], YES[language])
    assert len(await rows(desk)) == 2
    said = await chat.say(line)
    assert chat.last and "cancelAppointment" in chat.last.tools, said
    done = await chat.say(YES[language])
    assert "✓" in done and "?" not in done
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 cancelled", "Colour Clara 12-06 11:00 confirmed"]
    assert "?" not in await chat.say(goodbye)


async def test_cancelling_is_no_moving(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, WISH["es"], "sí", COLOUR["es"], "sí", "quite el corte de las 10:00")
    await talk(chat, "Cancelar, no cambiar. El corte de las 10:00, fuera", "sí")
    assert (await rows(desk))[0] == "Haircut Anna 12-05 10:00 cancelled"


async def test_another_day_in_the_same_breath_is_not_lost(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, WISH["en"], "yes", "can you cancel friday and put me on thursday at 10 instead", "yes", "yes")
    assert "Haircut Anna 12-04 10:00 confirmed" in await rows(desk)
    assert "Haircut Anna 12-05 10:00 confirmed" not in await rows(desk)


async def test_what_is_booked_already_is_no_new_wish(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, WISH["nl"], "ja", COLOUR["nl"], "ja", "knippen annuleren", "ja")
    said = await chat.say("nee, laat maar, de kleuring staat al. bedankt")
    assert "?" not in said
    assert (await rows(desk))[1] == "Colour Clara 12-06 11:00 confirmed"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "no, leave it like that"),
        ("de", "nein, lassen wir es so"),
        ("es", "así déjelo"),
        ("fr", "non, laissez comme ça"),
        ("it", "no, lasci così"),
        ("nl", "nee, laat het zo"),
        ("pt", "não, deixe assim"),
    ],
)
async def test_what_is_to_be_left_so_is_kept_where_it_would_be_cancelled(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], YES[language], CANCEL[language])
    assert chat.last is not None and chat.last.acts[-1].get("purpose") == "cancel", chat.last.text
    said = await chat.say(line)
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 confirmed"]
    assert said in wording.table(language)["kept"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I don't need the one at 10 any more, please cancel that one"),
        ("de", "den um 10 brauch ich nicht mehr, den bitte absagen"),
        ("es", "la de las 10 ya no la necesito, cancele esa por favor"),
        ("fr", "celui de 10h je n'en ai plus besoin, annulez celui-là s'il vous plaît"),
        ("it", "quello delle 10 non mi serve più, annulli quello per favore"),
        ("nl", "die van 10 uur heb ik niet meer nodig, annuleer die maar"),
    ],
)
async def test_that_one_is_the_one_whose_hour_was_named_before(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], YES[language], COLOUR[language], YES[language], line, YES[language])
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 cancelled", "Colour Clara 12-06 11:00 confirmed"]


CALLED_OFF = {
    "en": "actually I'd rather cancel it, sorry", "de": "ich möchte doch lieber absagen", "es": "al final prefiero cancelarla",
    "fr": "finalement je préfère annuler", "it": "preferisco annullare, scusi", "nl": "ik wil het toch liever annuleren",
    "pt": "afinal prefiro cancelar",
}  # fmt: skip


@pytest.mark.parametrize("language", CALLED_OFF)
async def test_whoever_calls_off_what_was_read_back_is_asked_for_no_other_day(desk: Desk, language: str) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language])
    said = await chat.say(CALLED_OFF[language])
    assert any(said == one for one in wording.table(language)["bye_open"]), said
    assert not await rows(desk)


UNSUITED = [
    ("en", "oh sorry, friday doesn't work after all, please cancel it"),
    ("en", "I can't do friday after all. cancel please"),
    ("de", "Oh sorry, Freitag geht doch nicht, bitte wieder absagen"),
    ("de", "am Freitag kann ich ja gar nicht, ich muss absagen"),
    ("es", "perdón, el viernes al final no puedo, cancélala por favor"),
    ("fr", "désolé, vendredi ne me va pas finalement, annulez s'il vous plaît"),
    ("it", "scusi, venerdì alla fine non posso, disdica pure"),
    ("nl", "sorry, vrijdag lukt me toch niet, annuleer maar"),
    ("nl", "vrijdag kan ik eigenlijk helemaal niet. afzeggen graag"),
    ("pt", "desculpe, sexta afinal não posso, cancele por favor"),
]


@pytest.mark.parametrize(("language", "line"), UNSUITED)
async def test_a_day_that_does_not_suit_and_is_cancelled_is_no_wish_for_another(
    desk: Desk, language: str, line: str
) -> None:
    chat = await carla(desk)
    await talk(chat, WISH[language], YES[language])
    said = await chat.say(line)
    assert chat.last and "cancelAppointment" in chat.last.tools, said
    await chat.say(YES[language])
    assert await rows(desk) == ["Haircut Anna 12-05 10:00 cancelled"]


@pytest.mark.parametrize(("language", "line"), UNSUITED)
async def test_what_is_called_off_before_it_was_booked_is_not_read_back_again(
    desk: Desk, language: str, line: str
) -> None:
    chat = await carla(desk)
    said = await talk(chat, WISH[language], line)
    assert chat.last and not chat.last.acts, said
    await chat.say(YES[language])
    assert await rows(desk) == []
