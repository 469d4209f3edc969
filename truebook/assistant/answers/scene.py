"""Where something is said, and what goes out."""

from dataclasses import dataclass

from truebook.assistant.acts import Time
from truebook.assistant.answers.business import Shop
from truebook.assistant.answers.sums import Total
from truebook.booking.links import Links
from truebook.booking.rota import Duty
from truebook.booking.sessions import Session
from truebook.language.wording.voice import Voice
from truebook.tenants.bots import Fact
from truebook.tenants.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out: the text, the buttons under it, whether a person takes over, and on what the team is asked that
    was answered before, and is asked again."""

    text: str
    buttons: tuple[str, ...] = ()
    hand_over: bool = False
    asked_again: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and to whom something is said: a voice, a business, its links, how lost the customer is, and what is open.

    `unsettled`: the last answer offered something or read it back, and nothing came of it. `duties`: who works when,
    where that was asked. `working`: who works on the day of a wish that its hours refuse. `total`: what everything
    together costs, where that was asked.
    """

    voice: Voice
    catalogue: Catalogue
    links: Links
    facts: tuple[Fact, ...] = ()
    misunderstood: int = 0
    unsettled: bool = False
    duties: tuple[Duty, ...] = ()
    phone: str | None = None
    """The number that the customer is known by."""
    total: Total | None = None
    places: tuple[Session, ...] = ()
    """The classes whose places are asked about."""
    visit: Time | None = None
    """The visit of which it is asked when its parts begin."""
    working: tuple[Duty, ...] = ()
    reminds: tuple[int, ...] = ()

    @property
    def shop(self) -> Shop:
        """The business with what its owner told about it."""
        return Shop(self.catalogue, self.facts, self.duties, self.reminds)
