"""Services are heard as they are called, whatever trade they belong to."""

from datetime import datetime, time

import pytest

from truebook.language import dialogue
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
