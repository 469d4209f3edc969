"""A visit of two people that was offered goes to another day as a whole: nobody is lost, and no other one comes."""

from dataclasses import replace
from datetime import date, time

import pytest

from tests.language.conversations import NOW, THURSDAY, WEDNESDAY, desk, offered, say
from truebook.language.dialogue import begin, heard_assistant
from truebook.language.merge import on_day
from truebook.language.state import Asked, Offered, ReadBack, Slot, State
from truebook.language.wish import Times, Visit

pytestmark = pytest.mark.unit
FRIDAY = date(2026, 12, 4)
FOUR = Slot("four", "cut", "anna", WEDNESDAY, time(16), parts=("cut", "color"), guests=("Leo", "Mia"), people=2)


def two(language: str) -> State:
    visit, state = Visit("cut", "Leo", (on_day(WEDNESDAY),)), begin(desk(language))
    state = replace(state, wish=replace(state.wish, visit=visit), along=(Visit("color", "Mia"),))
    return heard_assistant(state, [Offered((FOUR, replace(FOUR, id="five", time=time(17))))], NOW)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "thursday at 4, is there room?", THURSDAY),
        ("en", "no no FRIDAY 4 december at 4", FRIDAY),
        ("en", "but I want thursday! when on thursday afternoon is there room for both?", THURSDAY),
        ("de", "ist am Donnerstag um 16 Uhr noch Platz?", THURSDAY),
        ("de", "nein nein FREITAG um 16 Uhr", FRIDAY),
        ("de", "ach, wann hättet ihr am Donnerstag Nachmittag Platz für beide?", THURSDAY),
        ("es", "¿el jueves a las 16 hay sitio?", THURSDAY),
        ("es", "no no el VIERNES a las 16", FRIDAY),
        ("es", "¿el jueves por la tarde cuándo hay sitio para los dos?", THURSDAY),
        ("fr", "jeudi à 16h il y a de la place ?", THURSDAY),
        ("fr", "mais non, VENDREDI 4 à 16h", FRIDAY),
        ("fr", "jeudi après-midi, quand avez-vous de la place pour les deux ?", THURSDAY),
        ("it", "giovedì alle 16 c'è posto?", THURSDAY),
        ("it", "no no VENERDÌ 4 dicembre, alle 16", FRIDAY),
        ("it", "Giovedì pomeriggio quando avete posto per tutti e due?", THURSDAY),
        ("nl", "is er donderdag om 16 uur plek?", THURSDAY),
        ("nl", "nee nee VRIJDAG om 16 uur", FRIDAY),
        ("nl", "wanneer is er donderdagmiddag plek voor allebei?", THURSDAY),
        ("pt", "quinta às 16h tem lugar?", THURSDAY),
        ("pt", "não não SEXTA às 16h", FRIDAY),
        ("pt", "quinta à tarde quando tem lugar para os dois?", THURSDAY),
    ],
)
def test_another_day_is_for_both(language: str, text: str, day: date) -> None:
    state = say(two(language), text)
    assert (state.wish.visit.day, state.wish.visit.whom, state.wish.others) == (day, "Leo", ())
    assert state.wish.visit.times and not state.wish.visit.on("day", allow=False)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "tuesday but not before 4, they get out of school then"),
        ("de", "Dienstag, aber nicht vor 16 Uhr, vorher haben sie Schule"),
        ("es", "el martes pero no antes de las 16, que salen del cole"),
        ("fr", "mardi mais pas avant 16h, ils sortent de l'école"),
        ("it", "martedì ma non prima delle 16 che escono da scuola"),
        ("nl", "dinsdag maar niet voor 16 uur, dan komen ze uit school"),
        ("pt", "terça mas não antes das 16 que saem da escola"),
    ],
)
def test_it_does_not_begin_before_the_limit(language: str, text: str) -> None:
    visit = say(two(language), text).wish.visit
    times = (*visit.on("time"), *visit.on("time", allow=False))
    assert times and all(one.holds(time(16)) and not one.holds(time(14)) for one in times)
    assert not visit.on("staff")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "friday would be good, but only after work, I'm on until two"),
        ("de", "Freitag wäre gut, aber erst nach der Arbeit, ich hab bis zwei Dienst"),
        ("de", "Freitog warat guat, oba erst nach da Oabeit, i hob bis zwa Dienst"),
        ("es", "el viernes estaría bien, pero después del trabajo, salgo a las dos"),
        ("fr", "vendredi ce serait bien, mais après le travail, je finis à 14h"),
        ("it", "venerdì andrebbe bene, ma dopo il lavoro, finisco alle due"),
        ("nl", "vrijdag zou goed zijn, maar pas na het werk, ik werk tot twee"),
        ("pt", "sexta seria bom, mas só depois do trabalho, saio às duas"),
    ],
)
def test_a_day_with_a_limit_is_a_wish_however_unsure(language: str, text: str) -> None:
    state = say(offered(language), text)
    assert (state.wish.visit.day, state.wish.visit.times) == (FRIDAY, Times(time(14, 15), None))
    assert {"day", "time"} <= state.meaning.changed


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "I'll let you know on friday"), ("de", "ich muss noch schauen, am Freitag weiß ich's")],
)
def test_when_somebody_knows_is_no_wish(language: str, text: str) -> None:
    assert not say(offered(language), text).meaning.changed


def of_two(language: str, *, offers: bool = False) -> State:
    """Return the state in which the customer's colour by Anna and their husband's cut by Ben were read back, at four;
    offers: they were offered at four and at five."""
    slot = replace(FOUR, service="color", parts=("color", "cut"), guests=(None, HUSBAND[language]))
    state = begin(desk(language))
    wish = replace(state.wish, visit=Visit("color", None, (on_day(WEDNESDAY),)), name="Jo Hill")
    state = replace(state, wish=wish, along=(Visit("cut", HUSBAND[language]),), aim="book")
    five = replace(slot, id="five", time=time(17))
    return heard_assistant(state, [Offered((slot, five))] if offers else [ReadBack(slot), Asked("booking")], NOW)


HUSBAND = {"en": "husband", "de": "Mann", "es": "marido", "fr": "mari", "it": "marito", "nl": "man", "pt": "marido"}
BESIDE_IT = [
    ("en", "no, it's Joan Hill. I was only asking how long the colour takes"),
    ("en", "what would the colour alone cost?"),
    ("en", "the haircut is still in there, isn't it?"),
    ("de", "nein, Joe Hill. Ich wollte nur wissen, was die Colour kostet"),
    ("de", "was würde nur der Haarschnitt kosten?"),
    ("de", "der Haarschnitt ist aber schon noch dabei, oder?"),
    ("es", "no, me llamo Joana Hill. Solo preguntaba cuánto dura el corte"),
    ("es", "¿el corte sigue apuntado, verdad?"),
    ("fr", "non, c'est Joan Hill. Je demandais seulement combien dure la coupe"),
    ("fr", "la coupe de mon mari est toujours comprise ?"),
    ("it", "no, mi chiamo Joan Hill. Chiedevo solo quanto ci vuole per il taglio"),
    ("it", "ma il taglio c'è ancora, vero?"),
    ("nl", "nee, Joan Hill. Ik vroeg alleen hoe lang het knippen duurt"),
    ("nl", "het knippen zit er toch nog in?"),
    ("pt", "não, chamo-me Joana Hill. Só perguntava quanto demora o corte"),
    ("pt", "o corte ainda está incluído, não está?"),
]


@pytest.mark.parametrize(("language", "text"), BESIDE_IT)
def test_what_is_asked_of_a_part_leaves_the_visit_whole(language: str, text: str) -> None:
    state = say(of_two(language), text)
    meaning = state.meaning
    assert (state.wish.visit.service, [one.service for one in state.along]) == ("color", ["cut"])
    assert not (meaning.only or meaning.less or meaning.alone or state.wish.others or "service" in meaning.changed)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "just the colour, then"),
        ("de", "dann nur die Colour"),
        ("es", "solo el corte entonces"),
        ("fr", "alors seulement la coupe"),
        ("it", "allora solo il taglio"),
        ("nl", "dan alleen knippen"),
        ("pt", "então só o corte"),
    ],
)
def test_only_beside_a_service_leaves_the_others_out(language: str, text: str) -> None:
    assert say(of_two(language), text).meaning.only


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no, both at 5 pm as you proposed"),
        ("de", "nein, beide um 17 Uhr, wie ihr es vorgeschlagen habt"),
        ("es", "no, los dos a las 17 como proponían"),
        ("fr", "non, tous les deux à 17h comme proposé"),
        ("it", "no, tutti e due alle 17, lo avevate proposto voi"),
        ("nl", "nee, allebei om 17 uur zoals voorgesteld"),
        ("pt", "não, os dois às 17h como propuseram"),
    ],
)
def test_both_at_one_hour_is_at_the_same_time(language: str, text: str) -> None:
    state = say(of_two(language), text)
    assert state.meaning.same_time
    assert (state.wish.visit.day, state.wish.visit.time) == (WEDNESDAY, time(17))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He at 5 pm with Ben while I'm with Anna"),
        ("de", "Er um 17 Uhr beim Ben, während ich bei Anna bin"),
        ("fr", "Lui à 17h avec Ben pendant que je suis chez Anna"),
        ("it", "L'ora! Lui alle 17 con Ben mentre io sono da Anna"),
        ("nl", "Hij om 17 uur bij Ben terwijl ik bij Anna ben"),
        ("pt", "Ele às 17h com o Ben enquanto eu estou com a Anna"),
    ],
)
def test_who_does_each_is_told_in_one_sentence(language: str, text: str) -> None:
    state = say(of_two(language), text)
    assert (state.wish.visit.day, state.wish.visit.time, state.wish.visit.staff) == (WEDNESDAY, time(17), "anna")
    assert [one.staff for one in state.along] == ["ben"] and state.meaning.same_time


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut for me and one for her on thursday"),
        ("de", "einen Haarschnitt für mich und einen für ihn am Donnerstag"),
        ("de", "hoarschnitt fia mi und fia mei dirndl am donnerstog"),
        ("de", "i brauch an haarschnitt und da bua a, am donnerstag"),
        ("es", "un corte para mí y otro para ella el jueves"),
        ("fr", "une coupe pour moi et une coupe pour elle, en même temps, jeudi"),
        ("it", "un taglio per me e uno per lui giovedì"),
        ("nl", "knippen voor mij en voor haar donderdag"),
        ("pt", "um corte para mim e um para ele na quinta"),
    ],
)
def test_whoever_is_only_called_her_or_him_comes_too(language: str, text: str) -> None:
    visit, *others = (wish := say(begin(desk(language)), text).wish).visit, *wish.others
    assert (visit.service, visit.whom, visit.day) == ("cut", None, THURSDAY)
    assert len(others) == 1 and others[0].service == "cut" and others[0].whom


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "me a colour with Anna thursday at 4 pm, him a haircut with Ben thursday at 4 pm"),
        ("de", "ich Colour bei Anna am Donnerstag um 16 Uhr, er Haarschnitt bei Ben am Donnerstag um 16 Uhr"),
        ("es", "yo colour con Anna el jueves a las 16, él corte con Ben el jueves a las 16"),
        ("fr", "moi colour avec Anna jeudi 16h, lui coupe avec Ben jeudi 16h"),
        ("it", "io colour con Anna giovedì alle 16, lui taglio con Ben giovedì alle 16"),
        ("nl", "ik colour bij Anna donderdag om 16 uur, hij knippen bij Ben donderdag om 16 uur"),
        ("pt", "eu colour com a Anna quinta às 16h, ele corte com o Ben quinta às 16h"),
    ],
)
def test_each_has_what_is_told_of_them(language: str, text: str) -> None:
    wish = say(begin(desk(language)), text).wish
    (other,) = wish.others
    assert (wish.visit.service, wish.visit.whom, wish.visit.staff) == ("color", None, "anna")
    assert (other.service, other.staff, other.time, bool(other.whom)) == ("cut", "ben", time(16), True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'd like a colour with Anna, could she do a haircut as well?"),
        ("de", "passt das für Sie am Donnerstag? ich bräuchte Haarschnitt und Colour"),
        ("es", "un corte para mí y otro para el jueves"),
        ("fr", "je voudrais une colour et il me faut une coupe"),
    ],
)
def test_nobody_else_comes_by_a_word_for_somebody_else(language: str, text: str) -> None:
    wish = say(begin(desk(language)), text).wish
    assert not any(one.whom for one in (wish.visit, *wish.others))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "4 is too early for us, 5 pm is great. And how long is the haircut?"),
        ("de", "um 16 Uhr ist zu früh, um 17 Uhr wär super"),
        ("es", "a las 16 es demasiado pronto, a las 17 perfecto"),
        ("fr", "16h c'est trop tôt, 17h c'est parfait. La coupe, ça dure combien ?"),
        ("it", "Le 16 sono troppo presto, le 17 vanno bene"),
        ("nl", "16 uur is te vroeg, 17 uur is prima"),
        ("pt", "16h é muito cedo, 17h é ótimo"),
    ],
)
def test_an_hour_that_is_refused_is_not_taken(language: str, text: str) -> None:
    state = say(of_two(language, offers=True), text)
    assert time(16) not in state.meaning.clocks
    assert state.wish.visit.time == time(17) and state.meaning.picked in (None, "five")


def test_half_an_hour_behind_a_refused_one_is_an_hour_of_its_own() -> None:
    state = say(begin(desk("de")), "Um 9 ist mir zu früh, halb elf wär super")
    assert state.wish.visit.time == time(10, 30)
