"""Which of the times on offer is taken: by its hour or minute, its place, the person, the part of the day, the weekday.

A pick is only read back, so what is taken wrongly costs a message; what another time is wished for is none.
"""

from datetime import date, datetime, time

import pytest

from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.state import Desk, Named, Offered, Slot

pytestmark = pytest.mark.unit

NOW = datetime(2026, 12, 1, 10)  # a Tuesday
WISHED = {
    "en": ("haircut", " on friday"), "de": ("Haarschnitt bitte", " am Freitag"), "es": ("un corte por favor", " el viernes"),
    "fr": ("une coupe svp", " vendredi"), "it": ("un taglio per favore", " venerdì"), "nl": ("knippen graag", " op vrijdag"),
    "pt": ("um corte por favor", " na sexta"),
}  # fmt: skip
SERVICES = (Named("cut", "Haircut", ("Haarschnitt", "corte", "coupe", "taglio", "knippen")),)
STAFF = (Named("anna", "Anna"), Named("ben", "Ben"))
OFFERS: dict[str, tuple[tuple[int, str, str], ...]] = {
    "one day": ((4, "10:00", "anna"), (4, "11:15", "anna"), (4, "15:30", "anna")),
    "two people": ((4, "10:00", "anna"), (4, "10:30", "ben")),
    "three days": ((3, "11:00", "anna"), (4, "14:30", "ben"), (7, "09:00", "anna")),
    "quarters": ((4, "10:15", "anna"), (4, "10:45", "anna")),
}
TAKEN = (
    ("en", "two people", "the earlier one", 0),
    ("en", "two people", "the one with Ben", 1),
    ("en", "two people", "10:00 with Anna, then", 0),
    ("de", "two people", "10:30 bei Ben, dann", 1),
    ("fr", "two people", "10h avec Anna, alors", 0),
    ("nl", "two people", "10:30 bij Ben, dan", 1),
    ("en", "one day", "second option", 1),
    ("en", "one day", "quarter past", 1),
    ("en", "one day", "whatever's first", 0),
    ("en", "one day", "half three works... i mean half past three", 2),
    ("en", "two people", "half ten with ben", 1),
    ("en", "three days", "the monday one", 2),
    ("en", "three days", "i'll take friday", 1),
    ("en", "one day", "the half three", 2),
    ("en", "one day", "ok the 10 one", 0),
    ("en", "one day", "the afternoon one", 2),
    ("en", "one day", "morning one, whichever is earliest", 0),
    ("en", "quarters", "quarter to eleven's fine", 1),
    ("en", "one day", "number two please", 1),
    ("en", "one day", "last of those", 2),
    ("en", "one day", "first of the three", 0),
    ("en", "one day", "10am works for me", 0),
    ("en", "one day", "let's go with ten", 0),
    ("en", "three days", "thursday's grand", 0),
    ("en", "one day", "can i grab the 3.30", 2),
    ("en", "one day", "the latest you have there", 2),
    ("en", "one day", "1115", 1),
    ("en", "one day", "11.15 sounds alright", 1),
    ("en", "two people", "ben's one", 1),
    ("de", "one day", "die um zehn", 0),
    ("de", "two people", "halb elf passt", 1),
    ("de", "quarters", "viertel nach zehn", 0),
    ("de", "one day", "den ersten nehm ich", 0),
    ("de", "one day", "das zweite", 1),
    ("de", "three days", "der am montag", 2),
    ("de", "two people", "die bei ben", 1),
    ("de", "one day", "den späteren bitte", 2),
    ("de", "one day", "viertel zwölf", 1),
    ("de", "one day", "um zehne", 0),
    ("de", "one day", "halb vier wär super", 2),
    ("de", "one day", "zehn passt", 0),
    ("de", "one day", "option 3", 2),
    ("de", "quarters", "dreiviertel elf", 1),
    ("de", "one day", "den am nachmittag", 2),
    ("de", "one day", "das früheste", 0),
    ("de", "one day", "nehmen wir 15:30", 2),
    ("de", "one day", "egal, der erste der geht", 0),
    ("es", "one day", "lo de las once", 1),
    ("es", "one day", "el primero que haya", 0),
    ("es", "one day", "la segunda opción", 1),
    ("es", "two people", "con Ben", 1),
    ("es", "one day", "a las diez me va", 0),
    ("es", "three days", "el del lunes", 2),
    ("es", "one day", "y cuarto", 1),
    ("es", "one day", "la de las tres y media", 2),
    ("es", "one day", "la más temprana", 0),
    ("es", "one day", "la de la tarde", 2),
    ("es", "one day", "el último", 2),
    ("es", "two people", "diez y media", 1),
    ("es", "one day", "me quedo con la primera", 0),
    ("fr", "one day", "celui de dix heures", 0),
    ("fr", "one day", "le premier dispo", 0),
    ("fr", "two people", "celui avec Ben", 1),
    ("fr", "one day", "la deuxième option", 1),
    ("fr", "one day", "et quart", 1),
    ("fr", "one day", "le plus tôt", 0),
    ("fr", "three days", "celui de lundi", 2),
    ("fr", "one day", "quinze heures trente ça ira", 2),
    ("fr", "one day", "va pour dix heures", 0),
    ("fr", "one day", "le dernier", 2),
    ("fr", "two people", "dix heures et demie me va", 1),
    ("fr", "one day", "celui de l'après-midi", 2),
    ("fr", "one day", "15h30 nickel", 2),
    ("it", "one day", "quello delle dieci", 0),
    ("it", "one day", "il primo disponibile", 0),
    ("it", "two people", "quello con Ben", 1),
    ("it", "one day", "la seconda opzione", 1),
    ("it", "one day", "e un quarto", 1),
    ("it", "one day", "il più presto", 0),
    ("it", "three days", "quello di lunedì", 2),
    ("it", "one day", "alle quindici e trenta va bene", 2),
    ("it", "one day", "facciamo le dieci", 0),
    ("it", "one day", "l'ultimo", 2),
    ("it", "two people", "dieci e mezza", 1),
    ("it", "one day", "quello del pomeriggio", 2),
    ("it", "one day", "le dieci vanno bene", 0),
    ("nl", "one day", "die om tien uur", 0),
    ("nl", "one day", "de eerste die vrij is", 0),
    ("nl", "two people", "die met Ben", 1),
    ("nl", "one day", "de tweede optie", 1),
    ("nl", "one day", "kwart over", 1),
    ("nl", "one day", "de vroegste", 0),
    ("nl", "three days", "die van maandag", 2),
    ("nl", "one day", "half vier is prima", 2),
    ("nl", "one day", "doe tien uur maar", 0),
    ("nl", "one day", "de laatste", 2),
    ("nl", "two people", "half elf graag", 1),
    ("nl", "one day", "die in de middag", 2),
    ("nl", "one day", "tien uur dan", 0),
    ("pt", "one day", "o das dez", 0),
    ("pt", "one day", "o primeiro que tiver", 0),
    ("pt", "two people", "o com o Ben", 1),
    ("pt", "one day", "a segunda opção", 1),
    ("pt", "one day", "e quinze", 1),
    ("pt", "one day", "o mais cedo", 0),
    ("pt", "three days", "o de segunda", 2),
    ("pt", "one day", "três e meia tá bom", 2),
    ("pt", "one day", "fica às dez", 0),
    ("pt", "one day", "o último", 2),
    ("pt", "two people", "dez e meia pode ser", 1),
    ("pt", "one day", "o da tarde", 2),
    ("pt", "one day", "pode ser às 10", 0),
    ("en", "one day", "ten o'clock sharp please", 0),
    ("en", "one day", "the middle one", 1),
    ("en", "two people", "whoever's at half ten", 1),
    ("en", "one day", "go for the first", 0),
    ("en", "three days", "friday it is", 1),
    ("en", "one day", "the quarter past one please", 1),
    ("en", "one day", "do the last one", 2),
    ("en", "three days", "the one on thursday", 0),
    ("en", "two people", "anna's slot please", 0),
    ("en", "quarters", "the later of the two", 1),
    ("de", "one day", "das um zehn bitte", 0),
    ("de", "one day", "der erste passt", 0),
    ("de", "three days", "den freitag nehm ich", 1),
    ("de", "two people", "bei Ben um halb elf", 1),
    ("de", "one day", "den letzten", 2),
    ("de", "one day", "die viertel nach", 1),
    ("de", "quarters", "den um dreiviertel", 1),
    ("es", "one day", "la primera me vale", 0),
    ("es", "three days", "el viernes mejor", 1),
    ("es", "one day", "la última opción", 2),
    ("es", "two people", "la de Ben", 1),
    ("es", "one day", "a las 11 y cuarto", 1),
    ("fr", "one day", "je prends le premier", 0),
    ("fr", "one day", "le dernier svp", 2),
    ("fr", "two people", "avec Ben alors", 1),
    ("fr", "one day", "11h15 parfait", 1),
    ("it", "one day", "prendo il primo", 0),
    ("it", "three days", "venerdì allora", 1),
    ("it", "one day", "l'ultima", 2),
    ("it", "two people", "con Ben", 1),
    ("it", "one day", "alle undici e un quarto", 1),
    ("nl", "one day", "doe de eerste maar", 0),
    ("nl", "three days", "vrijdag graag", 1),
    ("nl", "one day", "die laatste", 2),
    ("nl", "two people", "bij Ben graag", 1),
    ("nl", "one day", "kwart over elf", 1),
    ("pt", "one day", "fico com o primeiro", 0),
    ("pt", "three days", "sexta então", 1),
    ("pt", "one day", "o último por favor", 2),
    ("pt", "two people", "com o Ben", 1),
    ("pt", "one day", "onze e quinze", 1),
)
OTHERS = (
    ("en", "one day", "ok, the 9 one"),
    ("en", "one day", "10:30?"),
    ("en", "one day", "is 12 possible?"),
    ("en", "one day", "none of these really"),
    ("en", "three days", "friday but with anna"),
    ("en", "one day", "15"),
    ("de", "one day", "gibts auch 12?"),
    ("es", "one day", "¿a las doce no hay?"),
    ("fr", "one day", "midi c'est possible ?"),
    ("it", "one day", "a mezzogiorno c'è?"),
    ("nl", "one day", "kan 12 uur ook?"),
    ("pt", "one day", "tem meio-dia?"),
    ("en", "one day", "can't do any of those"),
    ("en", "one day", "is there one at 2?"),
    ("de", "one day", "keiner davon"),
    ("es", "one day", "ninguna"),
    ("fr", "one day", "aucun"),
)


def picked(language: str, offers: str, text: str) -> str | None:
    state = begin(Desk(SERVICES, STAFF, time(9), time(19), (language,)))
    service, day = WISHED[language]
    state = heard_customer(state, service + (day if offers != "three days" else ""), NOW)
    slots = (
        Slot(str(place), "cut", who, date(2026, 12, on), time.fromisoformat(at), 45)
        for place, (on, at, who) in enumerate(OFFERS[offers])
    )
    return heard_customer(heard_assistant(state, [Offered(tuple(slots))], NOW), text, NOW).meaning.picked


@pytest.mark.parametrize(("language", "offers", "text", "place"), TAKEN)
def test_an_offer_is_taken(language: str, offers: str, text: str, place: int) -> None:
    assert picked(language, offers, text) == str(place)


@pytest.mark.parametrize(("language", "offers", "text"), OTHERS)
def test_another_time_takes_none(language: str, offers: str, text: str) -> None:
    assert picked(language, offers, text) is None


@pytest.mark.parametrize(("language", "text"), [("es", "la segunda"), ("it", "la seconda"), ("fr", "la deuxième")])
def test_an_ordinal_of_a_woman_is_no_date(language: str, text: str) -> None:
    state = begin(Desk(SERVICES, STAFF, time(9), time(19)), language=language)
    state = heard_customer(state, "".join(WISHED[language]), NOW)
    assert heard_customer(state, text, NOW).wish.visit.day == date(2026, 12, 4)
