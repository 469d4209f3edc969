"""Asked "shall I book it?", people often say what to do ("add it", "resérvalo"); asked again, they need no listed words."""

import pytest

from tests.language.test_consent import FRIDAY, NOW, SERVICES, STAFF, sentences
from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.languages import LANGUAGES
from truebook.language.state import Asked, Desk, Question, ReadBack

pytestmark = pytest.mark.unit

DEEDS: dict[str, dict[Question, str]] = {
    "en": {
        "booking": "Yes, add it|ok, pencil it in then|sure, arrange that|yes put me in for it|lovely, get it booked",
        "move": "yes, change it|yes please reschedule it|ok swap them|yep, push it back|please update it",
        "cancel": "Yes, take it out|yes, strike it|yes please remove them both|ok get rid of it|delete it, thanks",
    },
    "de": {
        "booking": "ja, trag mich ein|ja bitte vermerken|passt, nimm ihn|ja, schreibs rein|gern, reservier uns das",
        "move": "ja, leg ihn um|ja, ändern bitte|ok, tausch das|ja verschieb das|gut, umbuchen bitte",
        "cancel": "ja, nimm ihn raus|ja, streichen bitte|ok, trag mich aus|ja, lösch alles|ja bitte absagen",
    },
    "es": {
        "booking": "si resérvalo|vale, agéndamela|sí, inclúyela|perfecto, añádelo|¡Sí, resérvalo ya!",
        "move": "Sí, cámbialo|sí, muévela|vale, pásamela|sí por favor modifíquela|claro, retrásalo",
        "cancel": "sí, quítala|vale, elimínelo|sí, anúlamela|sí por favor bórralas|sí, dela de baja",
    },
    "fr": {
        "booking": "oui, ajoutez-la|d'accord, réservez-moi|oui bloquez-le|ok, mettez-nous|oui, validez",
        "move": "oui merci, changez|oui, décalez-le|ok, avancez-la|oui reportez|d'accord, modifiez-le",
        "cancel": "oui, enlevez-le|oui, supprimez tout|d'accord, retirez-moi|oui effacez|oui annulez-les",
    },
    "it": {
        "booking": "Sì, aggiunga pure|va bene, segnami|sì, lo inserisca|ok, bloccala|sì, la metta pure",
        "move": "sì, lo sposti|va bene, cambiatelo|sì, posticipa pure|ok, anticipalo|sì, la modifichi",
        "cancel": "sì, lo tolga|sì, eliminala|va bene, annullatelo|sì, lo cancelli pure|ok, levalo",
    },
    "nl": {
        "booking": "Ja, zet ons er maar in|ja, noteer het|prima, leg het vast|ja voeg die maar toe|ja doe",
        "move": "ja, zet hem maar om|ja, verschuif het|oké, wijzig het maar|ja graag verplaatsen|ja doe dat maar",
        "cancel": "ja, haal het weg|ja, schrap die maar|oké, zeg maar af|ja verwijder ze|ja, streep het eraf",
    },
    "pt": {
        "booking": "isso, pode marcar|sim, adiciona aí|ok, bloqueia|sim, ponha-me|Sim, fica assim",
        "move": "sim, troque|sim, mude então|ok, remarca|sim, adie|sim, altera isso",
        "cancel": "sim, tira|sim, apague tudo|ok, desmarca então|sim, pode anular|sim, remova",
    },
}  # fmt: skip
QUESTIONS: tuple[Question, ...] = ("booking", "move", "cancel")
CASES = [
    (language, question, text)
    for language, by in DEEDS.items()
    for question, texts in by.items()
    for text in texts.split("|")
]


def agreed(text: str, language: str, question: Question, *, times: int = 1) -> bool:
    """Tell whether text agrees to what was read back so often, each time but the last answered by nothing of use."""
    state = begin(Desk(SERVICES, STAFF, FRIDAY.time, FRIDAY.time, (language,)))
    for _ in range(times):
        state = heard_assistant(state, [ReadBack(FRIDAY), Asked(question)], NOW)
    return heard_customer(state, text, NOW).meaning.agreed


@pytest.mark.parametrize(("language", "question", "text"), CASES)
def test_what_we_are_told_to_do_is_a_yes(language: str, question: Question, text: str) -> None:
    assert agreed(text, language, question)


@pytest.mark.parametrize(("language", "question", "text"), CASES)
def test_it_is_none_to_a_question_of_another_sort(language: str, question: Question, text: str) -> None:
    other = "cancel" if question != "cancel" else "booking"
    if "doe" not in text.split():  # "ja doe" does whatever was asked for
        assert not agreed(text, language, other)


AGAIN = {
    "en": "Yes, that suits her|yes, my diary loves it",
    "de": "ja schnell bitte|Ja, das schaffe ich mit dem Bus",
    "es": "Sí, hija, apúntame|sí, fenómeno chaval",
    "fr": "oui, correct|Oui, elle sera ravie",
    "it": "sì, magnifico direi io|sì, una favola",
    "nl": "ja, helemaal jofel|ja, dat red ik met de fiets",
    "pt": "Sim senhor, fico muito agradecido|sim, show de bola demais",
}


@pytest.mark.parametrize(
    ("language", "text"), [(lang, text) for lang, all_ in AGAIN.items() for text in all_.split("|")]
)
def test_who_is_asked_again_and_begins_with_yes_is_believed(language: str, text: str) -> None:
    assert agreed(text, language, "booking", times=2)


HARMLESS = {
    "yes this is Carla",
    "sì sono Carla",
    "sim, sou a Carla",
    "sí, soy Carla",
    "ja met Carla",
    "ja, hier ist Carla",
}
"""Said to "This is not booked yet. Shall I book it?", they are a yes."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_looks_like_a_yes_is_none_at_the_second_time_either(language: str) -> None:
    taken = [text for text in sentences(language, "-") if agreed(text, language, "booking", times=2)]
    assert set(taken) <= HARMLESS
