"""A small desk, its days and a few short cuts for tests of conversations."""

from datetime import date, datetime, time

from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.names import Named
from truebook.language.state import Act, Asked, Desk, Offered, ReadBack, Slot, State

NOW = datetime(2026, 12, 1, 10)  # a Tuesday
WEDNESDAY, THURSDAY = date(2026, 12, 2), date(2026, 12, 3)
THREE = Slot("three", "cut", "anna", WEDNESDAY, time(15))
HALF_PAST = Slot("half", "cut", "anna", WEDNESDAY, time(15, 30))
COLOUR = Slot("colour", "color", "ben", date(2026, 12, 11), time(10))


def desk(*languages: str) -> Desk:
    """Return a salon with two services and three people."""
    services = (
        Named("cut", "Haircut", ("Haarschnitt", "corte", "coupe", "taglio", "knippen")),
        Named("color", "Colour"),
    )
    staff = (Named("anna", "Anna Berger"), Named("ben", "Dr. Benedikt Maier", ("Ben",)), Named("chen", "Prof. Li Chen"))
    return Desk(services, staff, time(9), time(19), languages or ("en",))


def after(*acts: Act, language: str = "en", said: tuple[str, ...] = ()) -> State:
    """Return the state after the customer said something and the assistant answered with acts."""
    state = begin(desk(language))
    for text in said:
        state = heard_customer(state, text, NOW)
    return heard_assistant(state, acts, NOW)


def offered(language: str = "en") -> State:
    """Return the state in which 15:00 and 15:30 were offered."""
    return after(Offered((THREE, HALF_PAST)), language=language)


def read_back(language: str = "en") -> State:
    """Return the state in which 15:30 was picked and read back."""
    picked = heard_customer(offered(language), "15:30", NOW)
    return heard_assistant(picked, [ReadBack(HALF_PAST), Asked("booking")], NOW)


def say(state: State, text: str) -> State:
    """Return the state after the customer wrote text."""
    return heard_customer(state, text, NOW)
