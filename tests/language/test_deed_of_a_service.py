"""A verb that is done to what was named before is no second service: "his beard is wild, could you trim it?"."""

import pytest

from tests.assistant.test_since_it_was_booked import DESK
from tests.language.conversations import say
from truebook.language.dialogue import begin

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("his beard has got out of hand! Could somebody trim it on a Saturday morning?", {"Beard trim"}),
        ("my beard is wild, please trim it friday", {"Beard trim"}),
        ("colour my hair and cut it", {"Colour", "Haircut"}),
        ("a beard trim and a haircut", {"Beard trim", "Haircut"}),
    ],
)
def test_a_verb_done_to_it_is_part_of_what_was_named(text: str, named: set[str]) -> None:
    assert say(begin(DESK, language="en"), text).meaning.named == named
