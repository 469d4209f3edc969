"""German days and times, in our own sentences."""

import pytest

from tests.language.sayings import NOW, heard
from truebook.language.temporal import read
from truebook.language.temporal.model import Context

pytestmark = pytest.mark.unit

SAYINGS = [
    ("Haben Sie morgen um 15 Uhr etwas frei?", "03-05 15:00"),
    ("morgen früh um acht", "03-05 08:00"),
    ("übermorgen gegen halb vier", "03-06 ~15:30"),
    ("uebermorgen mittags", "03-06 part 12:00-14:00"),
    ("am Freitag um viertel vor fünf", "03-06 16:45"),
    ("Freitagnachmittag", "03-06 part 12:00-18:00"),
    ("Montag Morgen um 9", "03-09 09:00"),
    ("um dreiviertel vier", "15:45"),
    ("viertel vier am Nachmittag", "15:15"),
    ("fünf vor halb acht", "07:25"),
    ("zehn nach drei", "15:10"),
    ("fünfzehn Uhr dreißig", "15:30"),
    ("17h15", "17:15"),
    ("am 12.3. um 10:30 Uhr", "03-12 10:30"),
    ("Donnerstag, den 19. März", "03-19"),
    ("der 3. April 2027", "2027-04-03"),
    ("am zweiundzwanzigsten Juni", "06-22"),
    ("am 9.", "03-09"),
    ("in zwei Wochen", "03-18"),
    ("heute in einer Woche", "03-11"),
    ("Montag in einer Woche", "03-09"),
    ("nächsten Freitag", "03-06"),
    ("nächste Woche Mittwoch", "03-11"),
    ("übernächste Woche am Dienstag", "03-17"),
    ("irgendwann nächste Woche", "03-09..03-15"),
    ("ab 17 Uhr", ">17:00"),
    ("nach 16:00 Uhr am Dienstag", "03-10 >16:00"),
    ("zwischen 10 und 12 Uhr", "10:00-12:00"),
    ("von 14 bis 16 Uhr am Samstag", "03-07 14:00-16:00"),
    ("vor 12 Uhr", "<12:00"),
    ("heute Abend um sieben", "03-04 19:00"),
    ("heute nachmittag", "03-04 part 12:00-18:00"),
    ("um 3", "15:00"),
    ("erster Montag im April", "04-06"),
    ("am Heiligabend", "12-24"),
    ("von Montag bis Mittwoch", "03-09..03-11"),
    ("Guten Morgen, haben Sie am Montag um elf Zeit?", "03-09 11:00"),
    ("Do um 14:15", "03-05 14:15"),
    ("am wochenende", "03-07..03-08"),
    ("lieber um 20.15", "20:15"),
    ("in einer Stunde", "03-04 11:00"),
    ("Dienstg um zwölf", "03-10 12:00"),
    ("in anderthalb Stunden", "03-04 11:30"),
    ("vom 10. bis 12. März", "03-10..03-12"),
    ("Donnerstagabend um 7", "03-05 19:00"),
    ("um 9 oder um 10", "09:00 10:00"),
    ("nächsten Monat am 12.", "04-12"),
    ("zwischen zehne und dreiviertel elfe", "10:00-10:45"),
    ("zwischen viertl zehne und höchstens elfe", "09:15-11:00"),
    ("um zehne umadum", "~10:00"),
]

NOT_TIMES = [
    "für 3 Personen",
    "das dauert 30 Minuten",
    "0171 2345678",
    "es hat 45 Euro gekostet",
    "Montage der Reifen bitte",
    "guten Abend",
    "das mache ich so",
    "ich nehme den zweiten Vorschlag",
    "Nummer 4",
    "ich habe zwei Kinder",
    "vor zwei Wochen war ich schon da",
    "danke, das passt",
]


@pytest.mark.parametrize(("text", "meaning"), SAYINGS)
def test_saying(text: str, meaning: str) -> None:
    """Each sentence means what a receptionist would write down."""
    assert heard(text, "de") == meaning


@pytest.mark.parametrize("text", NOT_TIMES)
def test_other_numbers(text: str) -> None:
    """Numbers and words that are no dates or times are left alone, or at least not trusted."""
    reading = read(text, Context(NOW, "de"))
    assert not [found for found in (*reading.days, *reading.times) if found.confidence >= 0.5]
