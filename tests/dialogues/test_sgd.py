"""Recorded customers against the whole desk: nobody gets an appointment they did not agree to, most get theirs.

The dialogues are people's, written by others (../shared/data/dialogues, or the folder named by TRUEBOOK_SHARED).
"""

import pytest

from bench.dialogues.replay import DATA, dialogues, errors, replay, table
from bench.dialogues.scorers import shared
from truebook.assistant.offline.model import Offline

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
PART = 52
"""Dialogues in each half; together more than a hundred."""
RIGHT = 0.94
"""Of what is wanted, reached: the rest ends with a person, or comes with four where four o'clock was meant."""


@pytest.mark.parametrize("half", [0, 1])
async def test_recorded_customers_end_in_the_appointment_they_wanted(
    database: str, half: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shared() / DATA
    if not path.is_file():
        pytest.skip(f"the dialogues are not here: {path} (TRUEBOOK_SHARED names the folder that holds them)")
    played = await replay(database, dialogues(path)[half * PART : (half + 1) * PART], Offline())
    with capsys.disabled():
        print("\n" + table(played))
    assert len(played) == PART
    assert [one.id for one in played if one.unconfirmed] == [], errors(played)
    assert [one.id for one in played if one.wrong] == [], errors(played)
    assert sum(one.right for one in played) >= RIGHT * PART, errors(played)
