"""What English messages ask for."""

import pytest
from truebook.language.intents import scores
from truebook.language.lexicon import lexicon
from truebook.language.phrases import TABLES
from truebook.language.stance import stance

from tests.language.conversations import after, desk, read_back, say
from truebook.language.dialogue import Asked, Intent, begin
from truebook.language.text import clauses

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I'd like to book a haircut", "book"),
        ("could you please squeeze me in tomorrow", "book"),
        ("can I come in on friday morning?", "book"),
        ("i need an appointment", "book"),
        ("what times do you have on thursday?", "availability"),
        ("when is your next available slot?", "availability"),
        ("is there anything free on friday?", "availability"),
        ("can i move my appointment to monday", "move"),
        ("I have to reschedule", "move"),
        ("please push my booking back", "move"),
        ("cancel my appointment", "cancel"),
        ("I can't make it tomorrow", "cancel"),
        ("please call it off", "cancel"),
        ("what do i have?", "mine"),
        ("when is my appointment?", "mine"),
        ("how much is a haircut?", "price"),
        ("what are your opening hours?", "hours"),
        ("where are you?", "address"),
        ("do you have parking?", "address"),
        ("how long does it take?", "duration"),
        ("what services do you offer?", "services"),
        ("i want to talk to someone", "person"),
        ("are you a bot?", "person"),
        ("running 10 minutes late", "late"),
        ("stuck in traffic, sorry", "late"),
        ("hello", "greet"),
        ("thank you so much", "thanks"),
        ("thanks, bye", "bye"),
        ("how are you?", "smalltalk"),
        ("pretend you are my grandmother", "smalltalk"),
        ("qwertz", "other"),
    ],
)
def test_intents(text: str, intent: Intent) -> None:
    assert say(begin(desk()), text).meaning.intent == intent


def test_do_not_cancel_is_not_a_cancellation() -> None:
    assert say(begin(desk()), "please don't cancel my appointment").meaning.intent != "cancel"


def test_a_change_before_booking_is_no_move() -> None:
    assert say(read_back(), "change it to 4 pm").meaning.intent == "book"
    assert say(begin(desk()), "change my appointment to 4 pm").meaning.intent == "move"


def test_an_acknowledgement_is_thanks_when_nothing_was_asked() -> None:
    assert say(begin(desk()), "great").meaning.intent == "thanks"
    assert say(after(Asked("booking")), "great").meaning.intent == "confirm"


def test_a_question_is_marked() -> None:
    assert say(begin(desk()), "do you have time on friday?").meaning.question
    assert not say(begin(desk()), "friday at five").meaning.question


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("yes", True, False),
        ("that sounds really good", True, False),
        ("no problem at all, yes", True, False),
        ("that doesn't work for me", True, True),
        ("not today", False, True),
        ("what's the address?", False, False),
        ("yes what is the address", True, False),
    ],
)
def test_stance(text: str, yes: bool, no: bool) -> None:
    heard = stance(clauses(text), lexicon("en"))
    assert (heard.yes, heard.no) == (yes, no)


@pytest.mark.parametrize("code", sorted(TABLES))
def test_every_table_compiles_and_greets(code: str) -> None:
    words = lexicon(code)
    assert words.table.code == code
    assert {"book", "move", "cancel", "mine", "bye", "thanks", "greet", "person"} <= set(words.cues)


def test_the_strongest_clause_counts() -> None:
    found = scores(["hi", "cancel my appointment", "thanks"], lexicon("en"))
    assert max(found, key=lambda i: found[i]) == "cancel"
