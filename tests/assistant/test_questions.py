"""Every question is answered from the rows and the owner's words, or said back as one that is passed on.

That goes for questions alone, beside a wish, and while something is offered, read back or booked; and the thread goes on.
"""

import pytest

from tests.assistant.salon import carla, rows, talk
from tests.desk import Desk
from truebook.language import wording
from truebook.tenants import questions
from truebook.tenants.questions import QUESTIONS

pytestmark = pytest.mark.anyio
HAIRCUT = {
    "en": ("a haircut with Anna tomorrow at 10", "yes"),
    "de": ("Haarschnitt bei Anna morgen um 10 Uhr", "ja"),
    "es": ("un corte con Anna mañana a las 10", "sí"),
    "fr": ("une coupe avec Anna demain à 10h", "oui"),
    "it": ("un taglio con Anna domani alle 10", "sì"),
    "nl": ("knippen bij Anna morgen om 10 uur", "ja"),
    "pt": ("um corte com Anna amanhã às 10h", "sim"),
}


def passed_on(answer: str, language: str) -> bool:
    """Tell whether an answer says that a question was passed on."""
    table = wording.table(language)
    return any(said in answer for said in (*table["fact_unknown"], *table["written_down"], *table["nothing_more"]))


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "does Anna speak any Polish?"),
        ("en", "which language is it in"),
        ("de", "wollte nur wissen ob ich da auch als Anfängerin richtig bin"),
        ("de", "muss ich vorher etwas ausfüllen?"),
        ("es", "¿se puede pagar a plazos?"),
        ("es", "¿hay descuento para estudiantes?"),
        ("fr", "on peut venir comme ça ou il faut un rendez-vous ?"),
        ("fr", "est-ce que ça fait mal ?"),
        ("it", "mi scusi ma Anna viene anche a casa? abitiamo fuori città"),
        ("it", "posso portare un'amica solo a guardare?"),
        ("nl", "krijg ik studentenkorting?"),
        ("nl", "moet ik nuchter komen?"),
        ("pt", "posso levar uma amiga só pra me acompanhar?"),
        ("pt", "é em que língua?"),
    ],
)
async def test_a_mere_question_nobody_answered_is_passed_on_and_no_menu_follows(
    desk: Desk, language: str, question: str
) -> None:
    chat = await carla(desk)
    said = await talk(chat, question)
    assert passed_on(said, language), said
    assert chat.last and not chat.last.buttons
    assert [kept.question for kept in await QUESTIONS.page(desk.db, desk.scope)] == [question]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "and is it really Anna herself or a trainee?"),
        ("de", "und gibt es einen Studentenrabatt?"),
        ("es", "¿y hay que rellenar algo antes?"),
        ("fr", "et c'est en quelle langue ?"),
        ("it", "e devo compilare qualcosa prima?"),
        ("nl", "en mag ik een vriendin meenemen die alleen kijkt?"),
        ("pt", "e dá pra parcelar?"),
    ],
)
async def test_a_question_beside_a_wish_is_passed_on_and_the_wish_is_acted_on(
    desk: Desk, language: str, question: str
) -> None:
    wish, yes = HAIRCUT[language]
    chat = await carla(desk)
    said = await talk(chat, f"{wish}, {question}")
    assert passed_on(said.split("\n")[0], language), said
    await chat.say(yes)
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "question", "not_this"),
    [
        ("en", "can it be paid in instalments?", "cash"),
        ("it", "si può pagare a rate?", "contanti"),
        ("nl", "krijg ik studentenkorting?", "35"),
        ("fr", "si j'ai un quart d'heure de retard vous me prenez quand même ?", "2 h"),
        ("es", "¿me lo rehacen gratis si sale mal?", "35"),
    ],
)
async def test_no_question_is_answered_with_the_answer_to_another(
    desk: Desk, language: str, question: str, not_this: str
) -> None:
    chat = await carla(desk)
    await chat.say(HAIRCUT[language][0])
    first = (await talk(chat, question)).split("\n")[0]
    assert passed_on(first, language) and not_this not in first


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "can you remind me the day before?"),
        ("en", "remind me the morning of please"),
        ("de", "schickt ihr mir einen Tag vorher eine Erinnerung?"),
        ("es", "¿me podéis avisar el día antes?"),
        ("fr", "pensez à me rappeler par sms la veille"),
        ("it", "me lo ricordate il giorno prima?"),
        ("nl", "kunnen jullie me de dag ervoor herinneren?"),
        ("pt", "me lembra um dia antes?"),
    ],
)
async def test_who_wants_to_be_reminded_is_told_when_that_is_and_nothing_changes(
    desk: Desk, language: str, question: str
) -> None:
    chat = await carla(desk)
    await talk(chat, *HAIRCUT[language])
    said = await talk(chat, question)
    assert said == wording.say(language, "reminds", before="24 h")
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "wish"),
    [
        ("en", "Could you send the invoice to my company please"),
        ("de", "ich bräuchte eine Rechnung für die Firma"),
        ("es", "necesito un recibo con los datos de la empresa"),
        ("fr", "je pourrais avoir une facture ?"),
        ("it", "mi mandate una mail di conferma?"),
        ("nl", "kan er een factuur komen voor mijn bedrijf?"),
        ("pt", "preciso de nota fiscal em nome da empresa"),
    ],
)
async def test_an_invoice_is_passed_on(desk: Desk, language: str, wish: str) -> None:
    chat = await carla(desk)
    await talk(chat, *HAIRCUT[language])
    assert passed_on(await talk(chat, wish), language)
    assert len(await QUESTIONS.page(desk.db, desk.scope)) == 1


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "am I tied to it then or can I still cancel?"),
        ("de", "bin ich dann gebunden oder kann ich noch absagen?"),
        ("nl", "zit ik er dan aan vast of kan ik het nog afzeggen?"),
        ("fr", "je suis engagé ou je peux encore annuler ?"),
    ],
)
async def test_whether_one_may_still_cancel_is_told_from_the_settings(desk: Desk, language: str, question: str) -> None:
    chat = await carla(desk)
    wish, yes = HAIRCUT[language]
    await chat.say(wish)
    assert "2 h" in await talk(chat, question)
    await chat.say(yes)
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "what's the code for?"),
        ("de", "wofür ist der Code?"),
        ("es", "¿para qué es el código?"),
        ("fr", "il sert à quoi le code ?"),
        ("it", "a cosa serve il codice?"),
        ("nl", "wat is die code voor?"),
        ("pt", "pra que serve o código?"),
    ],
)
async def test_what_the_code_is_for_is_told(desk: Desk, language: str, question: str) -> None:
    chat = await carla(desk)
    await talk(chat, *HAIRCUT[language])
    assert await talk(chat, question) == wording.say(language, "code_opens")


async def test_whoever_wants_a_call_is_not_asked_for_a_day(desk: Desk) -> None:
    chat = await carla(desk)
    wish = (
        "Könnten Sie mich bitte zurückrufen? 0660 1234567, am besten nach 18 Uhr. Es geht um eine Farbe. Frau Tscherne"
    )
    said = await talk(chat, wish)
    assert "weitergegeben" in said and chat.last and not chat.last.buttons


async def test_what_the_owner_answered_to_one_question_is_no_answer_to_every_other(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "is there wifi?")
    [kept] = await QUESTIONS.page(desk.db, desk.scope)
    await questions.settle(desk.db, desk.scope, kept.id, answer="The wifi password is at the counter.")
    assert "at the counter" in await talk(chat, "and does the wifi reach the chairs?")
    assert passed_on(await talk(chat, "does it hurt?"), "en")


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("de", "Was verlangen Sie denn dafür?"),
        ("de", "Aber den Preis haben Sie mir noch nicht verraten."),
        ("fr", "mais vous ne m'avez toujours pas dit le prix"),
        ("en", "you still haven't told me the price"),
        ("nl", "maar wat rekenen jullie ervoor?"),
    ],
)
async def test_a_price_nobody_told_is_told(desk: Desk, language: str, question: str) -> None:
    chat = await carla(desk)
    said = await talk(chat, HAIRCUT[language][0], question)
    assert "35" in said.split("\n")[0], said


@pytest.mark.parametrize(
    ("language", "pick", "question"),
    [
        ("fr", "8 heures, très bien.", "Mais dois-je être à jeun, oui ou non ?"),
        ("de", "8 Uhr passt.", "Muss ich nüchtern kommen, ja oder nein?"),
        ("en", "8 is fine.", "So must I come fasting or not?"),
        ("it", "alle 8 va bene.", "Ma devo stare a digiuno, sì o no?"),
    ],
)
async def test_a_question_with_yes_or_no_behind_it_takes_nothing_of_a_pick(
    desk: Desk, language: str, pick: str, question: str
) -> None:
    chat = await carla(desk)
    day = {"fr": "une coupe jeudi", "de": "Haarschnitt am Donnerstag", "en": "a haircut on thursday"}
    await chat.say(day.get(language, "un taglio giovedì"))
    said = await talk(chat, f"{pick} {question}".replace("8", chat.last.buttons[0].split()[0]))
    assert passed_on(said.split("\n")[0], language) and "35" in said, said


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "yes and what's the address again?"),
        ("de", "ja bitte, wie war die Adresse nochmal?"),
        ("es", "sí, ¿cuál es la dirección?"),
        ("fr", "oui c'est bon, et c'est à quelle adresse déjà ?"),
        ("it", "sì va bene, qual è l'indirizzo?"),
        ("nl", "ja graag, wat is het adres ook alweer?"),
        ("pt", "sim, e qual é o endereço mesmo?"),
        ("en", "yes and whats the address again"),
        ("nl", "ja graag, en waar zitten jullie precies"),
    ],
)
async def test_the_address_beside_a_yes_is_told_and_it_is_booked(desk: Desk, language: str, line: str) -> None:
    said = await talk(await carla(desk), HAIRCUT[language][0], line)
    assert "Lindengasse 12" in said and await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"], said


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "is the beard trim in there as well?"),
        ("de", "ist da die Farbe auch dabei?"),
        ("es", "¿está incluido el color también?"),
        ("fr", "la couleur est comprise ou pas ?"),
        ("it", "c'è anche il colore insieme?"),
        ("nl", "zit het kleuren er ook bij in?"),
        ("pt", "a coloração está incluída também?"),
    ],
)
async def test_whether_a_service_is_in_it_is_told_by_what_stands(desk: Desk, language: str, question: str) -> None:
    chat = await carla(desk)
    wish, yes = HAIRCUT[language]
    await chat.say(wish)
    assert "10:00" in await chat.say(question) and chat.last and chat.last.acts[-1]["kind"] == "read_back"
    await chat.say(yes)
    said = await chat.say(question)
    assert chat.last and [act["kind"] for act in chat.last.acts] == ["listing"], said
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "yes and remind me the day before"),
        ("de", "ja, und erinnert mich bitte am Tag davor"),
        ("es", "sí, ¿me recordáis el día antes?"),
        ("fr", "oui, et vous me rappelez la veille par sms ?"),
        ("it", "sì, mi mandate un promemoria il giorno prima?"),
        ("nl", "ja, sturen jullie een herinnering de dag ervoor?"),
        ("pt", "sim! vocês me lembram no dia?"),
    ],
)
async def test_a_reminder_beside_a_yes_is_told_and_it_is_booked(desk: Desk, language: str, line: str) -> None:
    said = await talk(await carla(desk), HAIRCUT[language][0], line)
    assert wording.say(language, "reminds", before="24 h") in said, said
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]


async def test_no_reminder_is_promised_for_which_it_is_too_late(desk: Desk) -> None:
    chat = await carla(desk)
    await talk(chat, "a haircut with Anna today at 4pm", "yes")
    said = await talk(chat, "can you remind me the day before?")
    assert passed_on(said, "en") and "24 h" not in said


@pytest.mark.parametrize(
    ("language", "question", "told"),
    [
        ("en", "how long is it and do you take cards?", ("45", "card")),
        ("de", "wie lange dauert das und kann ich mit Karte zahlen?", ("45", "Karte")),
        ("es", "¿cuánto dura y se puede pagar con tarjeta?", ("45", "tarjeta")),
        ("fr", "ça dure combien de temps et je peux payer par carte ?", ("45", "carte")),
        ("it", "quanto dura e si può pagare con la carta?", ("45", "carta")),
        ("nl", "hoe lang duurt het en kan ik pinnen?", ("45", "kaart")),
        ("pt", "quanto tempo demora e aceitam cartão?", ("45", "cartão")),
        ("en", "how much was that again and where are you?", ("35", "Lindengasse")),
        ("de", "wie viel war das nochmal und wo seid ihr?", ("35", "Lindengasse")),
    ],
)
async def test_two_questions_have_two_answers(desk: Desk, language: str, question: str, told: tuple[str, ...]) -> None:
    chat = await carla(desk)
    wish, yes = HAIRCUT[language]
    first = (await talk(chat, wish, question)).split("\n")[0]
    assert all(one in first for one in told) and not passed_on(first, language), first
    await chat.say(yes)
    assert await rows(desk) == ["Haircut Anna 12-03 10:00 confirmed"]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "when does Clara work?"),
        ("de", "wann arbeitet die Clara eigentlich?"),
        ("es", "¿qué días trabaja Clara?"),
        ("fr", "elle travaille quand, Clara ?"),
        ("it", "in che giorni lavora Clara?"),
        ("nl", "wanneer werkt Clara eigenlijk?"),
        ("pt", "quando é que a Clara trabalha?"),
    ],
)
async def test_when_somebody_works_is_told_after_a_receipt(desk: Desk, language: str, question: str) -> None:
    chat = await carla(desk)
    await talk(chat, *HAIRCUT[language])
    assert "Clara: " in await talk(chat, question)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "great. can my daughter come along to watch?"),
        ("de", "darf meine Tochter mitkommen und zuschauen?"),
        ("es", "¿puede venir mi hija a mirar?"),
        ("fr", "ma fille peut venir regarder ?"),
        ("it", "mia figlia può venire a guardare?"),
        ("nl", "mag mijn dochter mee om te kijken?"),
        ("pt", "a minha filha pode ir só para ver?"),
    ],
)
async def test_whether_a_child_may_come_books_nothing(desk: Desk, language: str, question: str) -> None:
    chat = await carla(desk)
    await talk(chat, *HAIRCUT[language])
    said = await chat.say(question)
    assert passed_on(said, language) and chat.last and not chat.last.acts, said


@pytest.mark.parametrize(
    ("vague", "question", "told"),
    [
        (("I need a haircut", "hmm", "dunno"), "how much is it?", "35"),
        (("Haarschnitt", "weiß nicht", "keine Ahnung"), "wie lange dauert das denn?", "45"),
        (("un corte", "no sé", "ni idea"), "¿dónde estáis?", "Lindengasse"),
    ],
)
async def test_a_question_at_the_third_asking_is_answered(
    desk: Desk, vague: tuple[str, ...], question: str, told: str
) -> None:
    assert told in await talk(await carla(desk), *vague, question)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "thanks and tell me should I skip breakfast or not"),
        ("de", "danke und sagens mir noch soll ich daheim frühstücken oder nicht"),
        ("es", "gracias y dígame tengo que ir en ayunas o no"),
        ("fr", "merci et dites-moi il faut venir à jeun ou pas"),
        ("it", "grazie e mi dica devo venire a digiuno o no"),
        ("nl", "bedankt en zeg eens moet ik nuchter komen of niet"),
        ("pt", "obrigado e diga-me tenho de ir em jejum ou não"),
    ],
)
async def test_a_question_dictated_behind_thanks_is_noted(desk: Desk, language: str, line: str) -> None:
    chat = await carla(desk)
    assert passed_on(await talk(chat, *HAIRCUT[language], line), language)
