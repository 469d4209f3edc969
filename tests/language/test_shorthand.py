"""What is typed in haste is written out before it is understood, and no name is."""

import pytest

from tests.language.conversations import desk, say
from truebook.language.dialogue import begin
from truebook.language.shorthand import written_out

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("en", "2moro b4 5, any1 is fine", "tomorrow before 5, anyone is fine"),
        ("de", "vllt übermorgn nachm", "vielleicht übermorgen nachmittag"),
        ("es", "kiero una sita x la tarde xfa", "quiero una cita por la tarde por favor"),
        (
            "fr",
            "slt jvoudrai une couleur mercredi, ki c'est égal",
            "salut je voudrais une couleur mercredi, qui c'est égal",
        ),
        ("fr", "l aprem ça va ossi", "l'après-midi ça va aussi"),
        ("it", "dmn pome, kiunque va bene", "domani pomeriggio, chiunque va bene"),
        ("nl", "kan k ff langskomen, mrgn", "kan ik even langskomen, morgen"),
        ("pt", "hj à tarde, qq um", "hoje à tarde, qualquer um"),
    ],
)
def test_haste_is_written_out(language: str, text: str, meant: str) -> None:
    assert written_out(text, language) == meant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "je suis Ki Tran"),
        ("it", "sono Anke Keller"),
        ("es", "soy Kike Toy"),
        ("nl", "met Ff de Vries"),
        ("fr", "jean-k@example.test"),
        ("en", "my code is 2MR-W4U"),
        ("fr", "jeudi ou jamais"),
        ("pt", "um corte na sexta"),
    ],
)
def test_names_addresses_and_plain_words_stay(language: str, text: str) -> None:
    assert written_out(text, language) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "need me haircutt 2moro"),
        ("fr", "slt jvoudrai une koupe dmain"),
        ("es", "kiero un corte mñn"),
        ("pt", "qro um corte amnh"),
        ("it", "vorei un taglio dmn"),
        ("nl", "ff knippen mrgn"),
    ],
)
def test_a_wish_in_haste_is_a_wish(language: str, text: str) -> None:
    visit = say(begin(desk(language)), text).wish.visit
    assert (visit.service, f"{visit.day:%m-%d}") == ("cut", "12-02")
