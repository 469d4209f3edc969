"""Spanish days and times, in our own sentences."""

import pytest

from tests.language.sayings import NOW, heard
from truebook.language.temporal import read
from truebook.language.temporal.model import Context

pytestmark = pytest.mark.unit

SAYINGS = [
    ("¿Tienen algo mañana a las 3 de la tarde?", "03-05 15:00"),
    ("mañana por la mañana", "03-05 part 07:00-12:00"),
    ("pasado mañana a las diez y media", "03-06 10:30"),
    ("el viernes a las cinco menos cuarto", "03-06 16:45"),
    ("el lunes por la tarde", "03-09 part 12:00-18:00"),
    ("este sábado a las 11", "03-07 11:00"),
    ("el próximo martes", "03-10"),
    ("el martes que viene a las 9 de la mañana", "03-10 09:00"),
    ("el 9 de abril", "04-09"),
    ("12/03", "03-12"),
    ("el 3 de mayo de 2027 a las 17:30", "2027-05-03 17:30"),
    ("el día 15 a las cuatro y cuarto", "03-15 16:15"),
    ("dentro de dos semanas", "03-18"),
    ("en tres días", "03-07"),
    ("hoy a las ocho de la noche", "03-04 20:00"),
    ("esta noche a las 9", "03-04 21:00"),
    ("después de las 5", ">17:00"),
    ("antes de las doce", "<12:00"),
    ("entre las 2 y las 4", "14:00-16:00"),
    ("de 10 a 12 de la mañana el jueves", "03-05 10:00-12:00"),
    ("a mediodía", "12:00"),
    ("alrededor de las 10:15", "~10:15"),
    ("la semana que viene", "03-09..03-15"),
    ("el miércoles de la semana que viene", "03-11"),
    ("a las 18h", "18:00"),
    ("el viernes a las 10 y un corte", "03-06 10:00"),
    ("a las 10 un corte", "10:00"),
    ("las ocho y veinte", "08:20"),
    ("el primer lunes de abril", "04-06"),
    ("el veintidós de junio", "06-22"),
    ("Buenos días, ¿el jueves a las once?", "03-05 11:00"),
    ("el miercoles a la una", "03-11 13:00"),
    ("a las 3 y diez", "15:10"),
    ("en navidad", "12-25"),
    ("el fin de semana", "03-07..03-08"),
    ("de lunes a miércoles", "03-09..03-11"),
    ("en una hora", "03-04 11:00"),
    ("del 10 al 12 de marzo", "03-10..03-12"),
    ("el 12 del mes que viene", "04-12"),
    ("un cuarto para las ocho", "07:45"),
    ("las ocho y cuarto de la noche", "20:15"),
]

NOT_TIMES = [
    "para 3 personas",
    "dura 30 minutos",
    "mi número es 612 345 678",
    "cuesta 45 euros",
    "buenas tardes",
    "me gusta el segundo",
    "tengo dos hijos",
    "la opción 2",
    "ayer no pude",
    "sí, perfecto",
]


@pytest.mark.parametrize(("text", "meaning"), SAYINGS)
def test_saying(text: str, meaning: str) -> None:
    """Each sentence means what a receptionist would write down."""
    assert heard(text, "es") == meaning


@pytest.mark.parametrize("text", NOT_TIMES)
def test_other_numbers(text: str) -> None:
    """Numbers and words that are no dates or times are left alone, or at least not trusted."""
    reading = read(text, Context(NOW, "es"))
    assert not [found for found in (*reading.days, *reading.times) if found.confidence >= 0.5]
