"""Dutch days and times, in our own sentences."""

import pytest

from tests.language.sayings import NOW, heard
from truebook.language.temporal import read
from truebook.language.temporal.model import Context

pytestmark = pytest.mark.unit

SAYINGS = [
    ("vrijdag om 10 uur en een knipbeurt", "03-06 10:00"),
    ("Heeft u morgen om 15 uur plek?", "03-05 15:00"),
    ("morgenochtend om acht uur", "03-05 08:00"),
    ("overmorgen rond half vier", "03-06 ~15:30"),
    ("vrijdag om kwart voor vijf", "03-06 16:45"),
    ("vrijdagmiddag", "03-06 part 12:00-18:00"),
    ("maandagochtend om 9 uur", "03-09 09:00"),
    ("volgende week dinsdag", "03-10"),
    ("aanstaande vrijdag om 14:30", "03-06 14:30"),
    ("de 9e om 16 uur", "03-09 16:00"),
    ("12-3", "03-12"),
    ("op 3 mei 2027 om 17.30", "2027-05-03 17:30"),
    ("over twee weken", "03-18"),
    ("over drie dagen", "03-07"),
    ("vanavond om 8 uur", "03-04 20:00"),
    ("vanmiddag", "03-04 part 12:00-18:00"),
    ("na 17 uur", ">17:00"),
    ("voor 12 uur", "<12:00"),
    ("tussen 2 en 4", "14:00-16:00"),
    ("van 10 tot 12 uur op donderdag", "03-05 10:00-12:00"),
    ("rond 10:15", "~10:15"),
    ("volgende week", "03-09..03-15"),
    ("kwart over drie", "15:15"),
    ("tien over half negen", "08:40"),
    ("vijf voor half acht", "07:25"),
    ("eerste maandag van april", "04-06"),
    ("tweeëntwintig juni", "06-22"),
    ("Goedemorgen, kan het donderdag om elf uur?", "03-05 11:00"),
    ("20.15u", "20:15"),
    ("woensdag om 1 uur", "03-11 13:00"),
    ("met kerst", "12-25"),
    ("dit weekend", "03-07..03-08"),
    ("van maandag tot woensdag", "03-09..03-11"),
    ("over een uur", "03-04 11:00"),
    ("8 uur 's avonds", "20:00"),
    ("dinsdag over een week", "03-10"),
    ("van 10 tot 12 maart", "03-10..03-12"),
    ("over anderhalf uur", "03-04 11:30"),
    ("half negen 's ochtends", "08:30"),
    ("donderdagavond om 9 uur", "03-05 21:00"),
    ("ok voor 15u30", "15:30"),
    ("akkoord voor half vier", "15:30"),
    ("boek me maar voor donderdag, 11 uur", "03-05 11:00"),
    ("zet me dan voor 14 uur", "14:00"),
    ("ok, maar voor 11 uur", "<11:00"),
]

NOT_TIMES = [
    "voor 3 personen",
    "het duurt 30 minuten",
    "mijn nummer is 06-12345678",
    "het kost 45 euro",
    "goedenavond",
    "ik neem de tweede",
    "ik heb twee kinderen",
    "optie 2",
    "gisteren kon ik niet",
    "ik zat te denken",
    "ja, prima",
]


@pytest.mark.parametrize(("text", "meaning"), SAYINGS)
def test_saying(text: str, meaning: str) -> None:
    """Each sentence means what a receptionist would write down."""
    assert heard(text, "nl") == meaning


@pytest.mark.parametrize("text", NOT_TIMES)
def test_other_numbers(text: str) -> None:
    """Numbers and words that are no dates or times are left alone, or at least not trusted."""
    reading = read(text, Context(NOW, "nl"))
    assert not [found for found in (*reading.days, *reading.times) if found.confidence >= 0.5]
