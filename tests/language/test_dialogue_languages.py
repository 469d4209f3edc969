"""Yes, no, picks and requests in the languages that are spoken less."""

import pytest

from tests.language.conversations import NOW, THURSDAY, desk, offered, read_back, say
from truebook.language.dialogue import Intent, begin, heard_customer

pytestmark = pytest.mark.unit

AGREED = {
    "es": ("sí", "vale", "perfecto, gracias", "de acuerdo", "me viene bien"),
    "pt": ("sim", "perfeito", "pode ser", "está bem", "pode marcar"),
    "fr": ("oui", "d'accord", "ça me va", "parfait, merci", "c'est bon"),
    "it": ("sì", "va bene", "perfetto", "certo", "mi va bene"),
    "nl": ("ja", "prima", "is goed", "graag", "dat klopt"),
}
NOT_AGREED = {
    "es": ("no", "sí, pero a las 16", "sí, a las 16:00", "quizás", "¿cuánto cuesta?", "no me viene bien"),
    "pt": ("não", "sim, mas às 16h", "sim, às 16:00", "talvez", "quanto custa?", "não posso"),
    "fr": ("non", "oui, mais à 16h", "oui, à 16 heures", "peut-être", "combien ça coûte ?", "ça ne me convient pas"),
    "it": ("no", "sì, ma alle 16", "sì, alle 16:00", "forse", "quanto costa?", "non va bene"),
    "nl": ("nee", "ja, maar om 16 uur", "ja, om 16:00", "misschien", "wat kost het?", "dat komt niet uit"),
}
PICKS = {
    "es": ("el segundo", "15:30", "la más tarde"),
    "pt": ("o segundo", "15:30", "o mais tarde"),
    "fr": ("le deuxième", "15h30", "le plus tard"),
    "it": ("il secondo", "alle 15:30", "quello più tardi"),
    "nl": ("de tweede", "15:30", "de latere"),
}
REQUESTS: dict[str, dict[str, Intent]] = {
    "es": {
        "Quisiera reservar una cita": "book",
        "¿Tienen algo libre el viernes?": "availability",
        "Quiero cambiar mi cita": "move",
        "Tengo que cancelar": "cancel",
        "¿Cuándo es mi cita?": "mine",
        "¿Cuánto cuesta?": "price",
        "Quiero hablar con una persona": "person",
        "Llego diez minutos tarde": "late",
        "Hola": "greet",
        "Muchas gracias": "thanks",
        "Adiós": "bye",
    },
    "pt": {
        "Queria marcar uma consulta": "book",
        "Tem algum horário livre na sexta?": "availability",
        "Quero remarcar": "move",
        "Preciso de cancelar": "cancel",
        "Quais são as minhas consultas?": "mine",
        "Quanto custa?": "price",
        "Quero falar com uma pessoa": "person",
        "Estou atrasado": "late",
        "Olá": "greet",
        "Muito obrigada": "thanks",
        "Tchau": "bye",
    },
    "fr": {
        "Je voudrais prendre rendez-vous": "book",
        "Avez-vous quelque chose de libre vendredi ?": "availability",
        "Je voudrais déplacer mon rendez-vous": "move",
        "Je dois annuler": "cancel",
        "Quand est mon rendez-vous ?": "mine",
        "Combien ça coûte ?": "price",
        "Je veux parler à une personne": "person",
        "J'ai dix minutes de retard": "late",
        "Bonjour": "greet",
        "Merci beaucoup": "thanks",
        "Au revoir": "bye",
    },
    "it": {
        "Vorrei prenotare un appuntamento": "book",
        "Avete qualcosa di libero venerdì?": "availability",
        "Vorrei spostare il mio appuntamento": "move",
        "Devo disdire": "cancel",
        "Quando è il mio appuntamento?": "mine",
        "Quanto costa?": "price",
        "Vorrei parlare con una persona": "person",
        "Sono in ritardo di dieci minuti": "late",
        "Ciao": "greet",
        "Grazie mille": "thanks",
        "Arrivederci": "bye",
    },
    "nl": {
        "Ik wil graag een afspraak maken": "book",
        "Heeft u vrijdag nog iets vrij?": "availability",
        "Ik wil mijn afspraak verzetten": "move",
        "Ik moet helaas afzeggen": "cancel",
        "Wanneer is mijn afspraak?": "mine",
        "Wat kost het?": "price",
        "Ik wil iemand spreken": "person",
        "Ik kom tien minuten te laat": "late",
        "Hallo": "greet",
        "Dank u wel": "thanks",
        "Tot ziens": "bye",
    },
}
THURSDAY_SAME_TIME = {
    "es": "no, mejor el jueves a la misma hora",
    "pt": "não, melhor na quinta-feira à mesma hora",
    "fr": "non, plutôt jeudi à la même heure",
    "it": "no, meglio giovedì alla stessa ora",
    "nl": "nee, liever donderdag op dezelfde tijd",
}


def pairs(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(code, text) for code, texts in table.items() for text in texts]


@pytest.mark.parametrize(("code", "text"), pairs(AGREED))
def test_agreement_to_the_read_back(code: str, text: str) -> None:
    assert say(read_back(code), text).meaning.agreed


@pytest.mark.parametrize(("code", "text"), pairs(NOT_AGREED))
def test_no_agreement_to_the_read_back(code: str, text: str) -> None:
    assert not say(read_back(code), text).meaning.agreed


@pytest.mark.parametrize(("code", "text"), pairs(PICKS))
def test_one_of_several_offers_is_picked(code: str, text: str) -> None:
    assert say(offered(code), text).meaning.picked == "half"


@pytest.mark.parametrize(
    ("code", "text", "intent"), [(code, text, intent) for code, ask in REQUESTS.items() for text, intent in ask.items()]
)
def test_requests(code: str, text: str, intent: Intent) -> None:
    assert say(begin(desk(code)), text).meaning.intent == intent


@pytest.mark.parametrize(("code", "text"), list(THURSDAY_SAME_TIME.items()))
def test_a_change_of_mind_keeps_the_time(code: str, text: str) -> None:
    wish = say(read_back(code), text).wish
    assert (wish.day, wish.time) == (THURSDAY, read_back(code).wish.time)


@pytest.mark.parametrize("code", ["es", "pt", "fr", "it", "nl"])
def test_the_language_is_detected(code: str) -> None:
    [sentence] = [text for text, intent in REQUESTS[code].items() if intent == "move"]
    state = heard_customer(begin(desk("en", "de", code)), sentence + ", " + THURSDAY_SAME_TIME[code], NOW)
    assert state.language == code
