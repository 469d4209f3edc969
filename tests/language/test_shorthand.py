"""What is typed in haste is written out before it is understood, and no name is."""

from datetime import time

import pytest

from tests.language.conversations import after, desk, say
from truebook.language.dialogue import begin
from truebook.language.shorthand import written_out
from truebook.language.state import Asked

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
        ("de", "i wü obsogn, kennts des vaschiam?", "ich will absagen, könnt ihr des verschieben?"),
        ("de", "d'Mia kummt noch viere", "die Mia kommt nach viere"),
        ("de", "hoi, chönt ich morn am drü cho", "hoi, könnte ich morgen um drei kommen"),
        ("de", "hätted Sie zmittag no öppis frei", "hätten Sie mittags noch etwas frei"),
        ("de", "mei Freundin kommt a mit", "mei Freundin kommt auch mit"),
        ("en", "fridee mornin, hauf ten", "friday morning, half ten"),
        ("es", "nececito algo oy, la de sinco", "necesito algo hoy, la de cinco"),
        ("it", "nun c'è gnente, me serve 'n tajo", "non c'è niente, me serve un taglio"),
        ("nl", "hedde overmrgn nog plek? 't is goe", "heb je overmorgen nog plek? het is goed"),
        ("pt", "cansela, n vo na sesta", "cancela, não vo na sexta"),
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
        ("es", "soy paco ruiz"),
        ("de", "blut abnehmen beim huber"),
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
        ("de", "i brauchat an hoarschnitt am midwoch"),
        ("nl", "kan k mrgn langskomen, ff knippen"),
        ("it", "domani devo fare un taglio"),
        ("es", "tengo que hacerme un crote mañana"),
    ],
)
def test_a_wish_in_haste_is_a_wish(language: str, text: str) -> None:
    visit = say(begin(desk(language)), text).wish.visit
    assert (visit.service, f"{visit.day:%m-%d}") == ("cut", "12-02")


@pytest.mark.parametrize(
    ("language", "text", "hour"),
    [
        ("de", "haarschnitt morgen um viertl fünfe", time(16, 15)),
        ("de", "haarschnitt morgen am drü", time(15)),
        ("de", "haarschnitt morgen um neine", time(9)),
        ("nl", "kan ik morgen langskomen voor knippen om 10 uur", time(10)),
        ("nl", "half drei knippen, morgen", time(14, 30)),
        ("es", "mñn a las sinco menos cuarto, corte", time(16, 45)),
    ],
)
def test_hours_in_dialect_are_hours(language: str, text: str, hour: time) -> None:
    assert say(begin(desk(language)), text).wish.visit.time == hour


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "tengo que mover mi cita para el viernes"),
        ("fr", "je dois déplacer mon rendez-vous à vendredi"),
        ("it", "devo spostare l'appuntamento a venerdì"),
        ("nl", "ik moet mijn afspraak verzetten naar vrijdag"),
        ("pt", "tenho que mudar meu horário para sexta"),
        ("de", "i miassat mein termin vaschiam, geht a freidog a?"),
    ],
)
def test_what_must_be_moved_is_moved_to_the_day_that_is_told(language: str, text: str) -> None:
    heard = say(begin(desk(language)), text)
    assert (heard.aim, f"{heard.wish.visit.day:%m-%d}") == ("move", "12-04")


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "its gaz, gaz murphy", "gaz murphy"),
        ("fr", "moi c'est fatou, fatou ndiaye", "fatou ndiaye"),
        ("de", "schreibs afn huber sepp", "huber sepp"),
        ("pt", "põe no nome da luana prado", "luana prado"),
        ("it", "scrivi gennaro savastano", "gennaro savastano"),
    ],
)
def test_a_name_that_was_asked_for_is_told_whole(language: str, text: str, name: str) -> None:
    asked = after(Asked("name"), language=language)
    assert (say(asked, text).wish.name or "").lower() == name
