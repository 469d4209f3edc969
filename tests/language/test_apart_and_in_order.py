"""Several services keep the days told between them, and the order and the hours told of each once times are offered."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.names import Named
from truebook.language.state import Desk, Offered, Slot, State
from truebook.language.wish import Days, Visit

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 30, 8)  # a Monday
THURSDAY = date(2026, 12, 3)
SERVICES = (
    Named("blood", "Blood test", ("bloods", "Blutabnahme", "análisis", "prise de sang", "prelievo", "bloedprikken")),
    Named("laser", "Laser treatment", ("laser",)),
    Named("maths", "Maths lesson", ("maths", "Mathe", "matemáticas", "matematica", "wiskunde", "matemática")),
    Named("english", "English lesson", ("English", "Englisch", "inglés", "anglais", "inglese", "Engels", "inglês")),
)


def said(language: str, text: str, *, to: State | None = None) -> State:
    desk = Desk(SERVICES, (Named("huber", "Dr. Huber", ("Huber",)),), time(8), time(19), (language,))
    return heard_customer(to or begin(desk), text, NOW)


def offered(language: str, text: str) -> State:
    """Return the state after a wish for a visit of several parts, and three times of it."""
    state = said(language, text)
    visit, others = state.wish.visit, state.wish.others
    parts = tuple(one.service or "" for one in (visit, *others))
    slots = tuple(Slot(str(h), visit.service, None, THURSDAY, time(h), 60, parts) for h in (10, 13, 16))
    state = replace(state, wish=replace(state.wish, others=()), along=others)
    return heard_assistant(state, [Offered(slots)], NOW)


def last_days(visit: Visit) -> list[date]:
    return [one.last for c in visit.on("day") for one in c.values if isinstance(one, Days)]


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "bloods and laser, the bloods at least two days before the laser", 2),
        ("en", "laser and bloods, the laser three days after the bloods", 3),
        ("en", "bloods and then the laser, not on the same day please", 1),
        ("de", "Blutabnahme und Laser, mindestens zwei Tage dazwischen", 2),
        ("de", "eine Blutabnahme und Laser, aber nicht am selben Tag", 1),
        ("es", "un análisis y el laser, el análisis dos días antes del laser", 2),
        ("es", "un análisis y laser en días distintos", 1),
        ("fr", "une prise de sang et un laser, la prise de sang au moins deux jours avant le laser", 2),
        ("it", "un prelievo e il laser, in giorni diversi", 1),
        ("nl", "bloedprikken en laser, op verschillende dagen", 1),
        ("pt", "prise de sang e laser, não no mesmo dia", 1),
    ],
)
def test_days_that_lie_between(language: str, text: str, days: int) -> None:
    wish = said(language, text).wish
    assert [(one.service, one.days_after) for one in (wish.visit, *wish.others)] == [("blood", 0), ("laser", days)]


def test_what_comes_first_leaves_the_days_for_what_comes_after() -> None:
    wish = said("en", "bloods and laser, both before the 10th, the bloods two days before the laser").wish
    assert last_days(wish.others[0]) == [date(2026, 12, 9)]
    assert not all(c.holds(date(2026, 12, 8)) for c in wish.visit.constraints)
    assert all(c.holds(date(2026, 12, 7)) for c in wish.visit.constraints)


def test_one_visit_is_set_apart_after_an_offer() -> None:
    state = said("en", "sorry, not on the same day", to=offered("en", "bloods and a laser treatment"))
    assert (state.along, state.meaning.picked) == ((), None)
    assert [(one.service, one.days_after) for one in state.wish.others] == [("laser", 1)]
    state = said("en", "bloods on wednesday and the laser friday", to=offered("en", "bloods and a laser treatment"))
    assert [one.day for one in (state.wish.visit, *state.wish.others)] == [date(2026, 12, 2), date(2026, 12, 4)]


WISHES = {
    "en": "my son Leo needs maths and my daughter Emma English on thursday",
    "de": "mein Sohn Leo braucht Mathe und meine Tochter Emma Englisch am Donnerstag",
    "es": "matemáticas para mi hijo Leo e inglés para mi hija Emma el jueves",
    "fr": "des maths pour mon fils Leo et de l'anglais pour ma fille Emma jeudi",
    "it": "matematica per mio figlio Leo e inglese per mia figlia Emma giovedì",
    "nl": "wiskunde voor mijn zoon Leo en Engels voor mijn dochter Emma donderdag",
    "pt": "matemática para o meu filho Leo e inglês para a minha filha Emma na quinta",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no, Emma first, then Leo"),
        ("en", "English first please"),
        ("de", "Nein, erst Emma dann Leo"),
        ("es", "no, primero Emma y luego Leo"),
        ("fr", "d'abord l'anglais et ensuite les maths"),
        ("it", "no, prima Emma e poi Leo"),
        ("nl", "eerst Emma en dan Leo graag"),
        ("pt", "primeiro a Emma e depois o Leo"),
    ],
)
def test_who_comes_first_is_told_after_an_offer(language: str, text: str) -> None:
    state = said(language, text, to=offered(language, WISHES[language]))
    assert [(one.service, one.whom) for one in (state.wish.visit, *state.along)] == [
        ("english", "Emma"),
        ("maths", "Leo"),
    ]
    assert (state.meaning.picked, state.meaning.no, state.wish.visit.on("time")) == (None, False, ())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "English at 4 and maths at 5 please"),
        ("en", "Emma at 4 and Leo at 5 please"),
        ("de", "nein, 16 Uhr Englisch für Emma, 17 Uhr Mathe für Leo. Geht das?"),
        ("es", "inglés a las 16 y matemáticas a las 17"),
    ],
)
def test_each_at_the_hour_told_of_it(language: str, text: str) -> None:
    wish = said(language, text, to=offered(language, WISHES[language])).wish
    assert [(one.service, one.whom, one.time) for one in (wish.visit, *wish.others)] == [
        ("english", "Emma", time(16)),
        ("maths", "Leo", time(17)),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "both kids need a lesson Wednesday, one after the other: first Leo maths and then Emma English"),
        ("es", "el miércoles, primero Leo, matemáticas, y luego Emma, inglés"),
        ("de", "am Mittwoch erst Leo Mathe und dann Emma Englisch"),
    ],
)
def test_names_beside_what_each_has(language: str, text: str) -> None:
    wish = said(language, text).wish
    assert [(one.service, one.whom) for one in (wish.visit, *wish.others)] == [("maths", "Leo"), ("english", "Emma")]
    assert wish.visit.day == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "bloods on friday, not with Dr. Huber"), ("de", "Blutabnahme, bitte nicht Dr. Huber")]
)
def test_a_doctor_who_is_not_wanted(language: str, text: str) -> None:
    (staff,) = (c for c in said(language, text).wish.visit.constraints if c.on == "staff")
    assert not staff.allow
