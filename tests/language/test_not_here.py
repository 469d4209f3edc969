"""Somebody who is taken for one of the team, and nobody there is called so: that is said, and not passed over."""

from dataclasses import replace

import pytest

from tests.language.conversations import NOW, after, desk
from truebook.language.dialogue import begin, heard_customer

NOBODY = [
    ("en", "a haircut with Julia on friday at 10 please", "Julia"),
    ("en", "I'd like an appointment with Dr Stein on thursday", "Dr Stein"),
    ("en", "Is Laura still working for you?", "Laura"),
    ("de", "Haarschnitt bei Julia am Freitag um 10, bitte", "Julia"),
    ("de", "ich möchte zu Frau Doktor Steiner, am Donnerstag", "Frau Doktor Steiner"),
    ("de", "Arbeitet Julia noch bei euch?", "Julia"),
    ("es", "un corte con Julia el viernes", "Julia"),
    ("es", "una cita con la doctora Ortega el jueves", "doctora Ortega"),
    ("pt", "um corte com a Julia na sexta", "Julia"),
    ("pt", "uma consulta com o doutor Prates na quinta", "doutor Prates"),
    ("fr", "une coupe avec Julie vendredi", "Julie"),
    ("fr", "un rendez-vous chez le docteur Lemoine jeudi", "docteur Lemoine"),
    ("it", "un taglio con Giulia venerdì", "Giulia"),
    ("it", "vorrei un appuntamento dalla dottoressa Ricci giovedì", "dottoressa Ricci"),
    ("nl", "knippen bij Julia op vrijdag", "Julia"),
    ("nl", "Werkt dokter Stein niet meer bij jullie?", "dokter Stein"),
]
SOMEBODY = [
    ("en", "a haircut with Anna on friday at 10"),
    ("en", "a haircut with Dr Maier on friday at 10"),
    ("en", "a haircut for Julia on friday at 10"),
    ("en", "a haircut on friday, I come with my friend Julia"),
    ("en", "a haircut with Julia and me on friday"),
    ("en", "my name is Julia Stein, a haircut on friday"),
    ("en", "my doctor, Dr Stein, sent me. friday at 10?"),
    ("en", "a haircut with beard on friday"),
    ("en", "I'd like my usual at Lina's on friday"),
    ("de", "Haarschnitt bei Anna am Freitag"),
    ("de", "ich hab eine Überweisung von Dr. Stein, geht Freitag?"),
    ("de", "einen Haarschnitt mit Waschen am Freitag"),
    ("de", "für meine Mutter einen Termin bei Herrn Dr. Maier, ein Haarschnitt"),
    ("de", "Frau Steiner hier, einen Haarschnitt am Freitag bitte"),
    ("de", "bei Lina am Freitag um 10 ein Haarschnitt"),
    ("fr", "une coupe avec brushing vendredi"),
    ("es", "un corte para mi hija Julia el viernes"),
    ("it", "sono Giulia Ricci, un taglio venerdì"),
    ("it", "la barba per Paolo c'è ancora?"),
    ("de", "Ist der Schnitt für Paul noch dabei?"),
    ("nl", "knippen met mijn man Julian op vrijdag"),
]


@pytest.mark.unit
@pytest.mark.parametrize(("language", "text", "whom"), NOBODY)
def test_whoever_does_not_work_here_is_named(language: str, text: str, whom: str) -> None:
    heard = heard_customer(begin(desk(language)), text, NOW).meaning
    assert (heard.not_here, heard.asks[:1]) == (whom, ("nobody",))


@pytest.mark.unit
@pytest.mark.parametrize(("language", "text"), SOMEBODY)
def test_everybody_else_is_somebody(language: str, text: str) -> None:
    lina = replace(desk(language), name="Salon Lina")
    assert heard_customer(begin(lina), text, NOW).meaning.not_here is None


@pytest.mark.unit
def test_to_a_class_one_comes_with_friends() -> None:
    lina = replace(desk("en"), classes=frozenset({"cut"}))
    assert heard_customer(begin(lina), "a haircut with Julia on friday", NOW).meaning.not_here is None


@pytest.mark.unit
def test_a_guest_who_was_named_before_is_no_stranger() -> None:
    state = after(said=("a haircut for Julia on friday",))
    assert heard_customer(state, "is Julia free then?", NOW).meaning.not_here is None
