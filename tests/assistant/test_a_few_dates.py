"""Dates that are told one after the other are those dates: neither a choice among them, nor every week. A weekday that
is only explained away is none of them. Pure: what the engine calls, on Monday 30 November 2026."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from pydantic_ai.messages import UserPromptPart

from truebook.assistant.offline.decide import decide
from truebook.assistant.offline.step import Call, Step
from truebook.assistant.offline.understanding import written
from truebook.language import dialogue
from truebook.language.names import Named
from truebook.language.state import Desk
from truebook.language.values.counting import counted

pytestmark = pytest.mark.unit
MATHS = ("maths", "Mathe", "mates", "cours de maths", "matematica", "wiskunde", "matemática")
DESK = Desk(
    (Named("Maths", "Maths", MATHS),), (Named("Nora", "Nora"),), time(14), time(20),
    ("en", "de", "es", "fr", "it", "nl", "pt"),
)  # fmt: skip


def called(language: str, text: str) -> Call:
    said = UserPromptPart(text, timestamp=datetime(2026, 11, 30, 9, tzinfo=UTC))
    begun = dialogue.begin(DESK, language=language)
    return decide(*written(begun, Step(lasts=(("Maths", 60),)), [], said, ZoneInfo("Europe/Vienna")))


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("en", "maths. Tuesdays are choir so Wednesday at 7pm, one this week and one next, same time?", "02 09"),
        ("en", "Tuesdays don't work. Just this Wednesday the 2nd and next Wednesday the 9th for maths, 7pm", "02 09"),
        ("en", "Forget Tuesday. Only two maths lessons: Wed 2 Dec 7pm and Wed 9 Dec 7pm", "02 09"),
        ("de", "Mathe, eine Stunde diese Woche und eine nächste, immer Mittwoch um 17 Uhr", "02 09"),
        ("es", "Dos clases de mates, los lunes no podemos; este jueves y el jueves que viene a las 18", "03 10"),
        ("es", "una clase de mates esta semana y otra la que viene, el jueves a las 18", "03 10"),
        ("fr", "maths ce mercredi et mercredi prochain à 17h, le mardi il a foot", "02 09"),
        ("it", "matematica mercoledì 9 e mercoledì 16 alle 17, il martedì ha danza", "09 16"),
        ("nl", "wiskunde, dinsdag kan hij niet want dan heeft hij hockey, dus woensdag 9 en 16 december om 18 uur", "09 16"),
        ("nl", "een les wiskunde deze week en een volgende week, donderdag 17 uur", "03 10"),
        ("pt", "matemática nesta quarta e na próxima quarta às 17h, às terças ela tem ballet", "02 09"),
    ],
)  # fmt: skip
def test_they_are_read_back_as_those_dates(language: str, text: str, dates: str) -> None:
    call = called(language, text)
    assert call.tool == "bookSeries"
    assert call.arguments["dates"] == [f"2026-12-{day}" for day in dates.split()]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "maths on Wednesday or Thursday at 5pm"),
        ("fr", "un cours de maths cette semaine ou la semaine prochaine, le jeudi à 17h"),
    ],
)
def test_a_choice_stays_one(language: str, text: str) -> None:
    assert called(language, text).tool == "findSlots"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "one at a time then. Wednesday 2 December at 7pm"),
        ("en", "I only want a single lesson on 2 December. Please cancel the series"),
        ("de", "keine Serie, nur eine Stunde am 14. Dezember"),
        ("es", "sin serie, solo el 14"),
        ("fr", "pas de série, juste le 14"),
        ("it", "niente serie, solo il 14"),
        ("nl", "geen reeks, alleen de 14e"),
        ("pt", "sem série, só no dia 14"),
    ],
)
def test_it_is_said_that_nothing_comes_again(language: str, text: str) -> None:
    said = counted(text, language)
    assert (said.once, said.again) == (True, False)
