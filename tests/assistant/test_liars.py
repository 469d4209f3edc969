"""Three hundred talks with models that lie, over real HTTP: not one untrue sentence, not one leak, each booking told once.

All of them: `python -m tests.assistant.liars`.
"""

import pytest

from tests.assistant.liars import CLAIMS, MISBEHAVIOURS, drawn, play
from tests.assistant.salon import salon, speaks
from truebook.language.languages import LANGUAGES

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
PARTS = 4


def test_there_are_enough_of_them() -> None:
    assert len(MISBEHAVIOURS) >= 15
    assert (len(CLAIMS), sum(map(len, CLAIMS.values())) >= 39) == (11, True)


@pytest.mark.parametrize("part", range(PARTS))
async def test_no_liar_gets_a_word_out(database: str, part: int) -> None:
    said: list[str] = []
    async with salon(database) as desk:
        await speaks(desk, *LANGUAGES)
        assert await play(desk, drawn(300, seed=2031)[part::PARTS], said.append) == {}, said
