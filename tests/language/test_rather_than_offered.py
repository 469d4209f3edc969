"""What was offered and is only spoken of is not wished for beside what is: another person, another part of the day."""

from datetime import time

import pytest

from tests.language.conversations import desk, say
from truebook.language.dialogue import begin
from truebook.language.wish import Times

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut. Does it have to be Ben? I'd rather Anna"),
        ("de", "Haarschnitt. Muss es der Ben sein? Lieber wäre mir Anna"),
        ("es", "corte. ¿Tiene que ser Ben? Prefiero a Anna"),
        ("it", "taglio. Deve essere per forza Ben? Preferirei con Anna"),
        ("nl", "knippen. Moet het Ben zijn? Liever Anna"),
        ("pt", "corte. Tem de ser o Ben? Preferia a Anna"),
    ],
)
def test_whoever_is_preferred_is_the_only_one(language: str, text: str) -> None:
    visit = say(begin(desk(language)), text).wish.visit
    assert [value for one in visit.on("staff") for value in one.values] == ["anna"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "those are all afternoons, anything in the morning?"),
        ("de", "Das ist leider alles nachmittags. Gibt es was am Vormittag?"),
        ("es", "son todas por la tarde, ¿no hay nada por la mañana?"),
        ("fr", "tout ça c'est l'après-midi, rien le matin ?"),
        ("it", "sono tutti di pomeriggio, c'è qualcosa di mattina?"),
        ("nl", "dat is allemaal 's middags, is er iets in de ochtend?"),
        ("pt", "são todas à tarde, há alguma de manhã?"),
    ],
)
def test_the_part_of_the_day_of_all_that_was_offered_is_not_wished_for(language: str, text: str) -> None:
    visit = say(begin(desk(language)), text).wish.visit
    windows = [value for one in visit.on("time") for value in one.values if isinstance(value, Times)]
    assert [(one.first, one.last and one.last <= time(13)) for one in windows] == [(windows[0].first, True)]
