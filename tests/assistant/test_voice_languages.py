"""One conversation in each further language: asked and answered in it, and the row it ends in."""

import pytest

from tests.assistant.salon import carla, rows, salon, speaks, talk

pytestmark = pytest.mark.anyio
BOOKED, MOVED, GONE = "Haircut Anna 12-03 15:30 confirmed", "Haircut Anna 12-04 15:30 confirmed", "cancelled"


@pytest.mark.parametrize(
    ("language", "lines", "starts", "row"),
    [
        (
            "es",
            ("Hola, quisiera un Haircut con Anna mañana a las 15:30", "¿cuánto cuesta?", "sí por favor"),
            ("Corte con Anna, miércoles, 3 de diciembre", "Corte: 35", "Reservada ✓"),
            BOOKED,
        ),
        (
            "fr",
            ("Bonjour, je voudrais un Coupe avec Anna demain à 15h30", "oui merci", "déplacez-le à jeudi", "oui"),
            ("Coupe avec Anna, mercredi 3 décembre", "Réservé ✓", "Je déplacerais Coupe avec Anna", "Déplacé ✓"),
            MOVED,
        ),
        (
            "it",
            ("Vorrei un Haircut con Anna domani alle 15:30", "sì", "vorrei annullare l'appuntamento", "sì"),
            ("Taglio con Anna, mercoledì 3 dicembre", "Prenotato ✓", "Taglio con Anna", "Annullato ✓"),
            GONE,
        ),
        (
            "nl",
            ("Ik wil graag een Knipbeurt bij Anna morgen om 15:30", "ja graag", "kan ik mijn afspraak naar donderdag verzetten?", "ja"),
            ("Knipbeurt bij Anna, woensdag 3 december", "Geboekt ✓", "Ik zou Knipbeurt bij Anna verzetten", "Verzet ✓"),
            MOVED,
        ),
        (
            "pt",
            ("Gostaria de um Corte com Anna amanhã às 15:30", "não, obrigado"),
            ("Corte com Anna, quarta-feira, 3 de dezembro", "Tudo bem."),
            None,
        ),
    ],
)  # fmt: skip
async def test_a_conversation_in_another_language(
    database: str, language: str, lines: tuple[str, ...], starts: tuple[str, ...], row: str | None
) -> None:
    async with salon(database) as desk:
        await speaks(desk, language, "en")
        chat = await carla(desk)
        for line, start in zip(lines, starts, strict=True):
            assert (await talk(chat, line)).startswith(start)
        made = await rows(desk)
    assert len(made) == (1 if row else 0)
    assert all(one.endswith(row or "") for one in made)
