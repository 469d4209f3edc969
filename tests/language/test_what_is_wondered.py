"""What a question is about: a remark beside it is none, what nobody told is named in the customer's own words."""

from dataclasses import replace

import pytest

from tests.assistant.test_since_it_was_booked import DESK
from tests.language.conversations import HALF_PAST, NOW, THREE, after, desk, offered, say
from truebook.language.dialogue import begin, heard_assistant
from truebook.language.lists.ordinary import mentions, shared_words
from truebook.language.state import Offered, Slot, State
from truebook.language.wish import Visit

pytestmark = pytest.mark.unit
BOTH = Slot("both", "cut", "anna", THREE.day, THREE.time, parts=("cut", "color"), at_once=True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "how much would that be, my hair is short?"),
        ("de", "was kostet das, ich hab kurzes Haar?"),
        ("es", "¿cuánto cuesta, tengo el pelo corto?"),
        ("fr", "ça coûte combien, j'ai les cheveux courts ?"),
        ("it", "quanto costa, ho i capelli corti?"),
        ("nl", "wat kost dat, ik heb kort haar?"),
        ("pt", "quanto custa, tenho o cabelo curto?"),
    ],
)
def test_a_remark_beside_a_question_asks_nothing(language: str, text: str) -> None:
    assert say(offered(language), text).meaning.asks == ("price",)


@pytest.mark.parametrize(
    ("language", "text", "wonders"),
    [
        ("en", "what does a haircut cost and do you have wifi?", "do you have wifi"),
        ("de", "Was kostet das, und gibt es Rabatt für Geschwister?", "gibt es Rabatt für Geschwister"),
        ("es", "¿cuánto cuesta? ¿hay descuento si venimos dos?", "hay descuento si venimos dos"),
        ("fr", "c'est combien ? et il y a une remise si on vient ensemble ?", "il y a une remise si on vient ensemble"),
        ("it", "quanto costa? e se vengono in due c'è uno sconto?", "se vengono in due c'è uno sconto"),
        ("nl", "wat kost dat? en krijg je korting met z'n tweeën?", "krijg je korting met z'n tweeën"),
        ("pt", "quanto custa? e há desconto para dois?", "há desconto para dois"),
    ],
)
def test_what_is_on_no_topic_of_ours_is_kept_as_it_was_asked(language: str, text: str, wonders: str) -> None:
    meaning = say(offered(language), text).meaning
    assert {*meaning.asks} == {"price", "other"}
    assert meaning.wonders.strip("¿ ") == wonders


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "How does the haircut work?"),
        ("de", "Wie läuft so ein Haarschnitt ab?"),
        ("es", "¿en qué consiste el corte?"),
        ("fr", "comment se passe la coupe ?"),
        ("it", "come funziona il taglio?"),
        ("nl", "hoe gaat knippen in zijn werk?"),
        ("pt", "como funciona o corte?"),
    ],
)
def test_what_a_service_is_like_is_a_question_of_its_own(language: str, text: str) -> None:
    assert say(begin(desk(language)), text).meaning.asks == ("works",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is that at the same time or one after the other?"),
        ("de", "geht das gleichzeitig oder hintereinander?"),
        ("es", "¿es a la misma hora o uno tras otro?"),
        ("fr", "c'est en même temps ou l'un après l'autre ?"),
        ("it", "è alla stessa ora o uno dopo l'altro?"),
        ("nl", "is dat tegelijk of na elkaar?"),
        ("pt", "é ao mesmo tempo ou um a seguir ao outro?"),
    ],
)
def test_which_way_several_come_is_known_of_what_is_offered(language: str, text: str) -> None:
    shown = after(Offered((BOTH,)), language=language)
    heard = say(shown, text)
    assert heard.meaning.asks == ("order",)
    assert not heard.meaning.in_turn and heard.offered == shown.offered


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hi, anybody there? Would Friday from about 3 be possible?"),
        ("de", "Hallo, sind Sie da? Ginge Donnerstag so ab 14 Uhr?"),
        ("de", "bei der Anna um zehne, geht des beim Ben zur söbn zeit?"),
        ("es", "el miércoles después de las cinco, cuando sale del cole"),
        ("fr", "jeudi, après 17 heures, quand elle rentre du collège"),
        ("it", "potremmo fare venerdì, più o meno alla stessa ora?"),
        ("nl", "donderdag na vieren, als mijn zoon uit school komt"),
        ("pt", "quarta-feira, depois das quatro, quando ele sai da escola"),
    ],
)
def test_what_tells_a_time_and_what_only_leads_in_asks_nothing(language: str, text: str) -> None:
    meaning = say(offered(language), text).meaning
    assert not meaning.asks and meaning.changed & {"day", "time"}


@pytest.mark.parametrize(
    ("language", "text", "asks", "wonders"),
    [
        ("en", "can you tell me, does she need to bring her book?", {"bring"}, ""),
        ("de", "Was kostet das Parken bei euch?", {"parking"}, ""),
        ("fr", "et le parking, c'est combien ?", {"parking"}, ""),
        ("it", "il taglio quanto dura e quanto costa?", {"price", "length"}, ""),
        ("es", "pero no me ha dicho cuánto dura", {"length"}, ""),
        (
            "de",
            "Wie lange dauert es, bis die Befunde da sind?",
            {"other"},
            "Wie lange dauert es, bis die Befunde da sind",
        ),
        ("pt", "nunca fiz isto, não faz mal? E quanto custa?", {"price", "other"}, "nunca fiz isto, não faz mal"),
        (
            "nl",
            "Is er een kinderhoek? En is er wifi? En wat kost het?",
            {"price", "other"},
            "Is er een kinderhoek – is er wifi",
        ),
        (
            "de",
            "Kann die Anna auch Zöpfe flechten, und was kostet das?",
            {"price", "other"},
            "Kann die Anna auch Zöpfe flechten",
        ),
    ],
)
def test_unknown_is_only_what_nothing_else_answers(language: str, text: str, asks: set[str], wonders: str) -> None:
    meaning = say(offered(language), text).meaning
    assert ({*meaning.asks}, meaning.wonders) == (asks, wonders)


@pytest.mark.parametrize("text", ["what does it cost and how long is it", "how much is it and how long does it take?"])
def test_both_halves_of_a_question_are_heard(text: str) -> None:
    assert {*say(offered(), text).meaning.asks} == {"price", "length"}


def test_step_by_step_asks_for_no_stairs() -> None:
    for text in ("let's go step by step, a haircut tomorrow", "one step at a time please: a haircut tomorrow"):
        assert not say(begin(desk()), text).meaning.asks


@pytest.mark.parametrize(
    ("language", "fact", "asked"),
    [
        ("en", "Please come fasting: do drink water.", "can I have a coffee beforehand?"),
        ("it", "Venga a digiuno; acqua sì.", "posso fare colazione?"),
        ("nl", "Kom nuchter; water drinken mag.", "mag ik eerst ontbijten?"),
    ],
)
def test_eating_and_drinking_are_one_matter(language: str, fact: str, asked: str) -> None:
    assert shared_words(fact, asked, language) > 0


def test_a_fact_names_a_service_by_all_its_words() -> None:
    fact = "Zur Blutabnahme kommen Sie bitte nüchtern."
    assert mentions(fact, "Blutabnahme") and not mentions(fact, "Blut spenden")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "how much would a colour be, out of interest?"),
        ("de", "was würde eigentlich Farbe kosten?"),
        ("es", "¿y no me iría mejor el color?"),
        ("fr", "une couleur dure combien de temps ?"),
        ("it", "secondo lei sarebbe meglio il colore?"),
        ("nl", "zou kleuren bij mij niet beter zijn?"),
        ("pt", "o corte resolve ou era melhor a cor?"),
    ],
)
def test_what_is_only_asked_about_is_not_wished_for_instead(language: str, text: str) -> None:
    assert say(_cut_offered(language), text).wish.visit.service == "Haircut"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "how much would a colour be? I'd rather have that"),
        ("de", "haben Sie für Farbe etwas frei?"),
        ("it", "e per il colore avete posto?"),
        ("fr", "je préfère la couleur, c'est possible ?"),
    ],
)
def test_what_is_asked_for_is(language: str, text: str) -> None:
    assert say(_cut_offered(language), text).wish.visit.service == "Colour"


def _cut_offered(language: str) -> State:
    begun = begin(DESK, language=language)
    wished = replace(begun, wish=replace(begun.wish, visit=Visit("Haircut")))
    times = tuple(replace(one, service="Haircut", staff="Anna") for one in (THREE, HALF_PAST))
    return heard_assistant(wished, [Offered(times)], NOW)
