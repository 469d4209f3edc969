"""Whose name is what, where customers tell their own and their guest's in one sentence, in whatever order."""

from dataclasses import replace

import pytest

from tests.language.conversations import HALF_PAST, NOW, after, say
from truebook.language.dialogue import heard_assistant
from truebook.language.state import Asked, State
from truebook.language.wish import Visit

pytestmark = pytest.mark.unit

SON = {"de": "Sohn", "en": "son", "es": "hijo", "fr": "fils", "it": "figlio", "nl": "zoon", "pt": "filho"}


def asked(language: str, *, both: bool = False) -> State:
    """Return the state in which the name is asked for, of a visit for a son, or for the customer and a son."""
    state, his = after(language=language), Visit("cut", SON[language])
    wish = replace(state.wish, visit=Visit("cut") if both else his)
    return heard_assistant(replace(state, wish=wish, along=(his,) if both else ()), [Asked("name", HALF_PAST)], NOW)


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize(
    ("language", "text", "own", "guest"),
    [
        ("de", "Petra Wallner, der Bub heißt Jonas", "Petra Wallner", "Jonas"),
        ("de", "Ja gern. Petra Wallner, der Bub heißt Jonas. 0664 1234567", "Petra Wallner", "Jonas"),
        ("de", "Der Kleine heißt Jonas, Petra Wallner", "Petra Wallner", "Jonas"),
        ("de", "Wallner, Petra Wallner. Jonas ist mein Sohn.", "Petra Wallner", "Jonas"),
        ("en", "Ann Lee, and the little one's called Max", "Ann Lee", "Max"),
        ("en", "Ann Lee - the boy is called Max", "Ann Lee", "Max"),
        ("en", "Max is my son, I'm Ann Lee", "Ann Lee", "Max"),
        ("es", "Perfecto. Lucía Fernández, el peque se llama Mateo", "Lucía Fernández", "Mateo"),
        ("fr", "Parfait, ça nous va. Sophie Marchand, et le petit s'appelle Hugo.", "Sophie Marchand", "Hugo"),
        ("fr", "Sophie Marchand, et le petit c'est Hugo", "Sophie Marchand", "Hugo"),
        ("it", "Chiara Bellini, e il piccolo si chiama Luca", "Chiara Bellini", "Luca"),
        ("it", "Chiara Bellini e mio figlio Luca", "Chiara Bellini", "Luca"),
        ("nl", "Joost van Dalen, en de kleine heet Sem", "Joost van Dalen", "Sem"),
        ("pt", "Regina Duarte, e o pequeno chama-se Tomé", "Regina Duarte", "Tomé"),
    ],
)
def test_both_names_are_taken(language: str, text: str, own: str, guest: str, *, both: bool) -> None:
    heard = say(asked(language, both=both), text)
    assert heard.wish.name == own
    assert [one.whom for one in (heard.wish.visit, *heard.along)][-1] == guest


@pytest.mark.parametrize(
    "text", ["Petra Wallner, der Bub heißt Jonas", "Mein Sohn heißt Jonas, ich bin die Petra Moll"]
)
def test_the_name_of_a_guest_holds_for_what_waits(text: str) -> None:
    waits = Visit("color", "Sohn"), Visit("cut"), Visit("cut", "Tochter")
    heard = say(replace(asked("de"), later=waits), text)
    assert [one.whom for one in heard.later] == ["Jonas", None, "Tochter"]


@pytest.mark.parametrize(
    ("language", "text", "own", "guest"),
    [
        ("en", "Sam and Alex Green", "Sam Green", "Alex Green"),
        ("en", "Jo and Pete Smith.", "Jo Smith", "Pete Smith"),
        ("en", "it's Sam and Alex Green, thanks", "Sam Green", "Alex Green"),
        ("en", "Sam Green and Alex Moss", "Sam Green", "Alex Moss"),
        ("en", "Sam & Alex", "Sam", "Alex"),
        ("de", "Anna und Peter Maier", "Anna Maier", "Peter Maier"),
        ("es", "Ana y Luis García", "Ana García", "Luis García"),
        ("fr", "Claire et Marc Dubois", "Claire Dubois", "Marc Dubois"),
        ("it", "Giulia e Marco Ferri", "Giulia Ferri", "Marco Ferri"),
        ("nl", "Emma en Joost de Wit", "Emma de Wit", "Joost de Wit"),
        ("pt", "Ana e Rui Reis", "Ana Reis", "Rui Reis"),
    ],
)
def test_two_names_of_two_who_come_are_the_customers_and_the_guests(
    language: str, text: str, own: str, guest: str
) -> None:
    state = after(language=language)
    pair = replace(state, wish=replace(state.wish, visit=Visit("cut")), along=(Visit(),))
    heard = say(heard_assistant(pair, [Asked("name", HALF_PAST)], NOW), text)
    assert (heard.wish.name, [one.whom for one in heard.along]) == (own, [guest])


@pytest.mark.parametrize(
    ("language", "kid", "text"),
    [
        ("en", "kid", "Eva Berg, the kids are Max and Leo"),
        ("de", "kind", "Eva Berg, die Kinder heißen Max und Leo"),
        ("es", "hijo", "Eva Berg, mis hijos se llaman Max y Leo"),
        ("fr", "enfant", "Eva Berg, les enfants s'appellent Hugo et Leo"),
        ("it", "figlio", "Eva Berg, i figli si chiamano Max e Leo"),
        ("nl", "kind", "Eva Berg, de kinderen heten Max en Leo"),
        ("pt", "filho", "Eva Berg, os meus filhos são o Max e o Leo"),
    ],
)
def test_the_names_of_two_children_are_one_for_each(language: str, kid: str, text: str) -> None:
    state, theirs = after(language=language), Visit("cut", kid)
    state = replace(state, wish=replace(state.wish, visit=theirs), along=(replace(theirs, service=None),))
    heard = say(heard_assistant(state, [Asked("name", HALF_PAST)], NOW), text)
    assert heard.wish.name == "Eva Berg"
    assert [one.whom for one in (heard.wish.visit, *heard.along)] == ["Hugo" if "Hugo" in text else "Max", "Leo"]
