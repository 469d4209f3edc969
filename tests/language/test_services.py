"""Services are heard as they are called, whatever trade they belong to."""

from datetime import datetime, time

import pytest

from truebook.language import dialogue, kinds
from truebook.language.names import Named
from truebook.language.state import Asked, Desk

pytestmark = pytest.mark.unit
NOW = datetime(2026, 12, 1, 10, 0)
SERVICES = tuple(
    Named(name, name, synonyms)
    for name, synonyms in (
        ("Haircut", ("cut", "trim")),
        ("Colour", ("color", "dye")),
        ("Beard trim", ("beard", "shave")),
        ("Dental check-up", ("check-up",)),
        ("Massage", ()),
    )
)
DESK = Desk(SERVICES, (Named("Anna", "Anna"), Named("Ben", "Ben")), time(9), time(18))


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("hey can i get a haircut tmrw around 3ish", "Haircut"),
        ("I'd like a cut with Ben", "Haircut"),
        ("hair cut please", "Haircut"),
        ("do you do haircuts on friday", "Haircut"),
        ("can you colour my hair on friday", "Colour"),
        ("a shave at 10", "Beard trim"),
        ("Dental check-up next week", "Dental check-up"),
        ("i need a check-up", "Dental check-up"),
        ("massage", "Massage"),
        ("a hairct on monday", "Haircut"),
        ("can I see the Massage people", "Massage"),
    ],
)
def test_a_service_is_heard(text: str, service: str) -> None:
    state = dialogue.heard_customer(dialogue.begin(DESK), text, NOW)
    assert state.wish.visit.service == service


@pytest.mark.parametrize("text", ["hello", "what do you do?", "my hair is long", "i'd like to come tomorrow"])
def test_no_service_is_made_up(text: str) -> None:
    state = dialogue.heard_customer(dialogue.begin(DESK), text, NOW)
    assert state.wish.visit.service is None


def test_a_name_that_was_asked_for_is_the_customers_own() -> None:
    state = dialogue.heard_customer(dialogue.begin(DESK), "a haircut with Ben on friday at 11", NOW)
    state = dialogue.heard_assistant(state, [Asked("name")], NOW)
    state = dialogue.heard_customer(state, "Anna Smith", NOW)
    assert (state.wish.name, state.wish.visit.staff) == ("Anna Smith", "Ben")


TRADES = {
    "salon": (("Haircut", "Colour", "Beard trim"), ("Anna", "Ben", "Clara")),
    "clinic": (("Consultation", "Laser treatment", "Blood test"), ("Weber", "Huber", "Eva")),
    "tutor": (("Maths lesson", "English lesson", "Trial lesson"), ("Nora",)),
}


def wished(trade: str, language: str, text: str) -> list[str | None]:
    services, staff = TRADES[trade]
    named = tuple(Named(one, one, kinds.names(one)) for one in services)
    desk = Desk(named, tuple(Named(one, one) for one in staff), time(8), time(18), (language,))
    wish = dialogue.heard_customer(dialogue.begin(desk), text, NOW).wish
    return [one.service for one in (wish.visit, *wish.others)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Spitzn schneidn, des is a Haarschnitt, Bart hob i no kan! Donnerstag bei da Clara"),
        ("en", "just a haircut on thursday, a beard I haven't got"),
        ("en", "I don't have a beard, only a haircut please"),
        ("es", "un corte el jueves, barba no tengo"),
        ("fr", "une coupe jeudi, de barbe je n'en ai pas"),
        ("it", "un taglio giovedì, la barba non ce l'ho"),
        ("nl", "knippen donderdag, een baard heb ik niet"),
        ("pt", "corte na quinta, barba não tenho"),
        ("de", "die Haare müssten ab, am besten Freitag"),
        ("de", "Hoar schneidn am Freitag, ginget des?"),
    ],
)
def test_what_somebody_has_not_is_no_wish(language: str, text: str) -> None:
    assert wished("salon", language, text) == ["Haircut"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is it ok if I get my hair dyed on friday?"),
        ("es", "¿está bien si me tiño el pelo el viernes?"),
        ("it", "posso tingermi i capelli venerdì?"),
        ("pt", "tem problema se eu pinto o cabelo na sexta?"),
    ],
)
def test_a_wish_may_be_asked_for_as_leave(language: str, text: str) -> None:
    assert wished("salon", language, text) == ["Colour"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a trial lesson for English on thursday"),
        ("en", "an English trial lesson on thursday"),
        ("de", "eine Probestunde in Mathe am Donnerstag"),
        ("es", "una clase de prueba de inglés el jueves"),
        ("fr", "un cours d'essai en maths jeudi"),
        ("it", "una lezione di prova di matematica giovedì"),
        ("nl", "een proefles voor Engels donderdag"),
        ("pt", "uma aula experimental de inglês na quinta"),
    ],
)
def test_what_tells_more_of_a_service_is_no_other(language: str, text: str) -> None:
    assert wished("tutor", language, text) == ["Trial lesson"]


@pytest.mark.parametrize(
    ("language", "text", "services"),
    [
        ("en", "I need to talk to dr huber on tuesday morning", ["Consultation"]),
        ("de", "ich müsste mal mit dem Doktor reden, am Dienstag", ["Consultation"]),
        ("es", "necesito hablar con el doctor Huber el martes", ["Consultation"]),
        ("fr", "il faudrait que je parle au docteur Weber, je voudrais voir le médecin", ["Consultation"]),
        ("it", "vorrei parlare con la dottoressa Weber martedì", ["Consultation"]),
        ("nl", "ik wil dokter Weber spreken op dinsdag", ["Consultation"]),
        ("pt", "preciso falar com a doutora Weber na terça", ["Consultation"]),
        ("de", "Blut abnehmen und hinterher mit dem Doktor Weber reden", ["Blood test", "Consultation"]),
        ("fr", "Bonjour docteur, j'aurais besoin d'une prise de sang, faut-il être à jeun ?", ["Blood test"]),
        ("fr", "une prise de sang pour moi, et le docteur pour mon mari", ["Blood test", "Consultation"]),
        ("pt", "Boa tarde doutor, era para um exame de sangue, é preciso vir em jejum?", ["Blood test"]),
        ("en", "see you then", [None]),
        ("en", "can I talk to somebody", [None]),
    ],
)
def test_who_wants_to_see_a_doctor_wants_a_consultation(language: str, text: str, services: list[str | None]) -> None:
    assert wished("clinic", language, text) == services


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'm under treatment with Dr Huber"),
        ("de", "ich bin bei ihr in Behandlung"),
        ("es", "estoy en tratamiento con ella"),
        ("fr", "je suis en traitement chez elle"),
        ("nl", "ik ben bij haar onder behandeling"),
    ],
)
def test_who_is_under_treatment_wishes_for_none(language: str, text: str) -> None:
    assert wished("clinic", language, text) == [None]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A blood test? No, I just want a consultation"),
        ("de", "Blutabnahme? Nein, eine Beratung bitte"),
        ("nl", "Bloedonderzoek? Nee hoor, gewoon een consult"),
        ("pt", "Análises? Não, era uma consulta"),
    ],
)
def test_what_is_echoed_and_denied_is_not_wished_for(language: str, text: str) -> None:
    assert wished("clinic", language, text) == ["Consultation"]


def test_a_name_between_two_stops_is_one() -> None:
    services, staff = TRADES["salon"]
    named = tuple(Named(one, one, kinds.names(one)) for one in services)
    desk = Desk(named, tuple(Named(one, one) for one in staff), time(8), time(18), ("nl",))
    wish = dialogue.heard_customer(dialogue.begin(desk), "Baard. Ben. Dinsdag.", NOW).wish
    assert (wish.visit.service, wish.visit.staff, wish.name) == ("Beard trim", "Ben", None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "could you cut my beard on friday?"),
        ("de", "ich möchte am Freitag den Bart schneiden lassen"),
        ("es", "quiero cortarme la barba el viernes"),
        ("fr", "je voudrais me faire couper la barbe vendredi"),
        ("it", "vorrei tagliare la barba venerdì"),
        ("nl", "ik wil vrijdag mijn baard laten knippen"),
        ("pt", "queria cortar a barba na sexta"),
    ],
)
def test_a_beard_that_is_cut_is_no_haircut(language: str, text: str) -> None:
    assert wished("salon", language, text) == ["Beard trim"]


def test_hair_and_beard_that_are_cut_are_both() -> None:
    assert wished("salon", "it", "vorrei tagliare i capelli e la barba venerdì") == ["Haircut", "Beard trim"]


def test_whoever_wants_to_have_a_taste_has_a_trial() -> None:
    assert wished("tutor", "de", "könnte meine Tochter mal zum Schnuppern kommen?") == ["Trial lesson"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "al final prefiero cancelarla, lo siento"),
        ("es", "prefiero por la mañana"),
        ("de", "ich werde Ihnen dann schreiben"),
    ],
)
def test_an_everyday_word_is_no_service_of_which_two_letters_differ(language: str, text: str) -> None:
    services = (Named("blood", "Blood test", ("Prelievo",)), Named("cut", "Haircut", ("schneiden",)))
    state = dialogue.begin(Desk(services, (), time(9), time(18)), language=language)
    assert dialogue.heard_customer(state, text, NOW).wish.visit.service is None
    state = dialogue.heard_customer(
        dialogue.begin(Desk(services, (), time(9), time(18)), language="it"), "un preliveo", NOW
    )
    assert state.wish.visit.service == "blood"


@pytest.mark.parametrize(
    ("language", "text", "service"),
    [
        ("es", "pues la de prueba, el jueves a las 5", "trial"),
        ("es", "mejor una de inglés", "english"),
        ("it", "allora quella di prova, giovedì alle 17", "trial"),
        ("pt", "então a de inglês, quinta às 17", "english"),
        ("fr", "plutôt celui d'essai, jeudi à 17h", "trial"),
    ],
)
def test_one_of_several_is_told_by_the_word_that_no_other_has(language: str, text: str, service: str) -> None:
    services = (
        Named("maths", "Maths lesson", ("Clase de matemáticas", "Matemática", "Matematica", "Cours de maths")),
        Named("english", "English lesson", ("Clase de inglés", "Inglês", "Inglese", "Cours d'anglais")),
        Named("trial", "Trial lesson", ("Clase de prueba", "Aula experimental", "Lezione di prova", "Cours d'essai")),
    )
    state = dialogue.begin(Desk(services, (), time(14), time(20)), language=language)
    state = dialogue.heard_customer(state, "maths", NOW)
    visit = dialogue.heard_customer(state, text, NOW).wish.visit
    assert visit.service == service
    assert visit.times is None or visit.time == time(17)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "mi hija tiene una prueba el martes"),
        ("pt", "ele tem uma prova na terça"),
        ("es", "me sale sangre de la nariz"),
    ],
)
def test_a_part_of_a_name_alone_is_no_service(language: str, text: str) -> None:
    services = (
        Named("trial", "Trial lesson", ("Clase de prueba", "Lezione di prova")),
        Named("blood", "Blood test", ("Análisis de sangre",)),
    )
    state = dialogue.begin(Desk(services, (), time(14), time(20)), language=language)
    assert dialogue.heard_customer(state, text, NOW).wish.visit.service is None
