"""French days and times, in our own sentences."""

import pytest

from tests.language.sayings import NOW, heard
from truebook.language.temporal import read
from truebook.language.temporal.model import Context

pytestmark = pytest.mark.unit

SAYINGS = [
    ("vendredi à 10h et une coupe", "03-06 10:00"),
    ("Avez-vous une place demain à 15h ?", "03-05 15:00"),
    ("demain matin", "03-05 part 07:00-12:00"),
    ("après-demain à dix heures et demie", "03-06 10:30"),
    ("vendredi à cinq heures moins le quart", "03-06 16:45"),
    ("vendredi après-midi", "03-06 part 12:00-18:00"),
    ("lundi matin à 9h", "03-09 09:00"),
    ("mardi prochain", "03-10"),
    ("mardi de la semaine prochaine à 14h30", "03-10 14:30"),
    ("le 9 à 16h", "03-09 16:00"),
    ("le 12/03", "03-12"),
    ("le 3 mai 2027 à 17 h 30", "2027-05-03 17:30"),
    ("dans deux semaines", "03-18"),
    ("dans quinze jours", "03-18"),
    ("samedi en huit", "03-14"),
    ("ce soir à 8 heures", "03-04 20:00"),
    ("cet après-midi", "03-04 part 12:00-18:00"),
    ("après 17h", ">17:00"),
    ("avant midi", "<12:00"),
    ("entre 14h et 16h", "14:00-16:00"),
    ("de 10h à 12h jeudi", "03-05 10:00-12:00"),
    ("à midi et demi", "12:30"),
    ("vers 10h15", "~10:15"),
    ("la semaine prochaine", "03-09..03-15"),
    ("à trois heures et quart", "15:15"),
    ("à huit heures vingt", "08:20"),
    ("le premier lundi d'avril", "04-06"),
    ("le vingt-deux juin", "06-22"),
    ("aujourd'hui à 16 h", "03-04 16:00"),
    ("le 1er avril", "04-01"),
    ("mercredi 11 mars à onze heures", "03-11 11:00"),
    ("à Noël", "12-25"),
    ("ce week-end", "03-07..03-08"),
    ("de lundi à mercredi", "03-09..03-11"),
    ("dans une heure", "03-04 11:00"),
    ("8h du soir", "20:00"),
    ("du 10 au 12 mars", "03-10..03-12"),
    ("le 12 du mois prochain", "04-12"),
    ("dans une heure et demie", "03-04 11:30"),
    ("midi et quart", "12:15"),
    ("d'accord pour 16h30", "16:30"),
    ("va pour 14h", "14:00"),
    ("c'est bon pour 10 heures", "10:00"),
    ("réservez-moi ça pour jeudi, pour 9h15", "03-05 09:15"),
    ("c'est pour 1h30 de massage", ""),
    ("pour deux heures", ""),
]

NOT_TIMES = [
    "pour 3 personnes",
    "ça dure 30 minutes",
    "mon numéro est le 06 12 34 56 78",
    "il y a 3 enfants",
    "ça coûte 45 euros",
    "bonne soirée",
    "le deuxième me plaît",
    "j'ai deux filles",
    "option 2",
    "hier je n'ai pas pu",
    "mon fils a 3 ans",
    "oui, parfait",
]


@pytest.mark.parametrize(("text", "meaning"), SAYINGS)
def test_saying(text: str, meaning: str) -> None:
    """Each sentence means what a receptionist would write down."""
    assert heard(text, "fr") == meaning


@pytest.mark.parametrize("text", NOT_TIMES)
def test_other_numbers(text: str) -> None:
    """Numbers and words that are no dates or times are left alone, or at least not trusted."""
    reading = read(text, Context(NOW, "fr"))
    assert not [found for found in (*reading.days, *reading.times) if found.confidence >= 0.5]
