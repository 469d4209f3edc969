"""Italian days and times, in our own sentences."""

import pytest

from tests.language.sayings import NOW, heard
from truebook.language.temporal import read
from truebook.language.temporal.model import Context

pytestmark = pytest.mark.unit

SAYINGS = [
    ("venerdì alle 10 e un taglio", "03-06 10:00"),
    ("alle 10 un taglio", "10:00"),
    ("Avete posto domani alle 15?", "03-05 15:00"),
    ("domani mattina", "03-05 part 07:00-12:00"),
    ("dopodomani alle dieci e mezza", "03-06 10:30"),
    ("venerdì alle cinque meno un quarto", "03-06 16:45"),
    ("venerdì pomeriggio", "03-06 part 12:00-18:00"),
    ("lunedì mattina alle 9", "03-09 09:00"),
    ("martedì prossimo", "03-10"),
    ("martedì della prossima settimana alle 14:30", "03-10 14:30"),
    ("il 9 alle 16", "03-09 16:00"),
    ("il 12/03", "03-12"),
    ("il 3 maggio 2027 alle 17.30", "2027-05-03 17:30"),
    ("fra due settimane", "03-18"),
    ("tra tre giorni", "03-07"),
    ("stasera alle 8", "03-04 20:00"),
    ("oggi pomeriggio", "03-04 part 12:00-18:00"),
    ("dopo le 17", ">17:00"),
    ("prima di mezzogiorno", "<12:00"),
    ("tra le 2 e le 4", "14:00-16:00"),
    ("dalle 10 alle 12 di giovedì", "03-05 10:00-12:00"),
    ("a mezzogiorno e mezzo", "12:30"),
    ("verso le 10:15", "~10:15"),
    ("la prossima settimana", "03-09..03-15"),
    ("alle tre e un quarto", "15:15"),
    ("le otto e venti", "08:20"),
    ("il primo lunedì di aprile", "04-06"),
    ("il ventidue giugno", "06-22"),
    ("Buongiorno, giovedì alle undici?", "03-05 11:00"),
    ("alle ore 18", "18:00"),
    ("mercoledi all'una", "03-11 13:00"),
    ("a natale", "12-25"),
    ("nel fine settimana", "03-07..03-08"),
    ("da lunedì a mercoledì", "03-09..03-11"),
    ("tra un'ora", "03-04 11:00"),
    ("le 8 di sera", "20:00"),
    ("dal 10 al 12 marzo", "03-10..03-12"),
    ("il 12 del mese prossimo", "04-12"),
    ("stasera alle 7 e mezza", "03-04 19:30"),
    ("le otto meno dieci", "07:50"),
]

NOT_TIMES = [
    "per 3 persone",
    "dura 30 minuti",
    "il mio numero è 347 123 4567",
    "costa 45 euro",
    "buona serata",
    "prendo il secondo",
    "ho due figli",
    "opzione 2",
    "ieri non ho potuto",
    "una domanda",
    "va bene, grazie",
]


@pytest.mark.parametrize(("text", "meaning"), SAYINGS)
def test_saying(text: str, meaning: str) -> None:
    """Each sentence means what a receptionist would write down."""
    assert heard(text, "it") == meaning


@pytest.mark.parametrize("text", NOT_TIMES)
def test_other_numbers(text: str) -> None:
    """Numbers and words that are no dates or times are left alone, or at least not trusted."""
    reading = read(text, Context(NOW, "it"))
    assert not [found for found in (*reading.days, *reading.times) if found.confidence >= 0.5]
