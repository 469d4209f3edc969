"""Portuguese days and times, in our own sentences."""

import pytest

from tests.language.sayings import NOW, heard
from truebook.language.temporal import read
from truebook.language.temporal.model import Context

pytestmark = pytest.mark.unit

SAYINGS = [
    ("na sexta às 10h e uma cor", "03-06 10:00"),
    ("às 10 um corte", "10:00"),
    ("Tem algo amanhã às 15h?", "03-05 15:00"),
    ("amanhã de manhã", "03-05 part 07:00-12:00"),
    ("pode ser amanhã cedo", "03-05 part 07:00-12:00"),
    ("depois de amanhã às dez e meia", "03-06 10:30"),
    ("na sexta às quinze para as cinco", "03-06 16:45"),
    ("sexta-feira à tarde", "03-06 part 12:00-18:00"),
    ("segunda às 9 da manhã", "03-09 09:00"),
    ("próxima terça", "03-10"),
    ("terça que vem às 14:30", "03-10 14:30"),
    ("dia 9 às 16h", "03-09 16:00"),
    ("12/03", "03-12"),
    ("até ao fim do ano", "12-21..12-31"),
    ("no dia 3 de maio de 2027", "2027-05-03"),
    ("daqui a duas semanas", "03-18"),
    ("em três dias", "03-07"),
    ("hoje às oito da noite", "03-04 20:00"),
    ("hoje à noite", "03-04 part 19:00-23:00"),
    ("depois das 17h", ">17:00"),
    ("antes das 12h", "<12:00"),
    ("entre as 14h e as 16h", "14:00-16:00"),
    ("das 10h às 12h na quinta", "03-05 10:00-12:00"),
    ("ao meio-dia", "12:00"),
    ("por volta das 10h15", "~10:15"),
    ("semana que vem", "03-09..03-15"),
    ("quarta-feira da semana que vem", "03-11"),
    ("às três e quinze", "15:15"),
    ("sete e meia", "07:30"),
    ("primeira segunda de abril", "04-06"),
    ("vinte e dois de junho", "06-22"),
    ("Bom dia, pode ser na quinta às onze?", "03-05 11:00"),
    ("sabado as 9", "03-07 09:00"),
    ("no natal", "12-25"),
    ("no fim de semana", "03-07..03-08"),
    ("de segunda a quarta", "03-09..03-11"),
    ("em uma hora", "03-04 11:00"),
    ("15.30", "15:30"),
    ("de 10 a 12 de março", "03-10..03-12"),
    ("dia 12 do mês que vem", "04-12"),
    ("dez para as cinco", "16:50"),
    ("em uma hora e meia", "03-04 11:30"),
]

NOT_TIMES = [
    "para 3 pessoas",
    "dura 30 minutos",
    "meu número é 91234 5678",
    "custa 45 reais",
    "boa tarde",
    "as 4 pessoas",
    "tenho dois filhos",
    "opção 2",
    "ontem não pude",
    "está ótimo",
]


@pytest.mark.parametrize(("text", "meaning"), SAYINGS)
def test_saying(text: str, meaning: str) -> None:
    """Each sentence means what a receptionist would write down."""
    assert heard(text, "pt") == meaning


@pytest.mark.parametrize("text", NOT_TIMES)
def test_other_numbers(text: str) -> None:
    """Numbers and words that are no dates or times are left alone, or at least not trusted."""
    reading = read(text, Context(NOW, "pt"))
    assert not [found for found in (*reading.days, *reading.times) if found.confidence >= 0.5]
