"""A name that is known is changed by whoever says what it is not, or writes it better; a guest's never takes its place."""

from dataclasses import replace
from datetime import datetime

import pytest

from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.names import Named
from truebook.language.state import Asked, Booked, Desk, ReadBack, Slot, State

pytestmark = pytest.mark.unit
NOW = datetime(2026, 12, 1, 10)
SLOT = Slot("one", "cut", "anna", NOW.date(), datetime(2026, 12, 1, 13).time())
CUT = Named("cut", "Haircut", ("Haarschnitt", "corte", "coupe", "taglio", "knippen"))


def told(
    language: str,
    text: str,
    *,
    known: str | None = None,
    after: ReadBack | Booked | Asked | None = None,
    first: str = "",
) -> State:
    """Return the state after a message, and one before it, to a desk that knows a name, and read it back, if so."""
    staff = (Named("anna", "Anna"), Named("ben", "Ben"), Named("clara", "Clara"))
    state = begin(Desk((CUT,), staff, languages=(language,)))
    state = replace(state, wish=replace(state.wish, name=known))
    state = heard_customer(state, first, NOW) if first else state
    return heard_customer(heard_assistant(state, [after], NOW) if after else state, text, NOW)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "hi Moira Kelly here, a haircut on friday please", "Moira Kelly"),
        ("en", "Moira here, haircut friday", "Moira"),
        ("en", "haircut friday please. Thanks, Moira", "Moira"),
        ("en", "haircut friday at 10, Anna Berger", "Anna Berger"),
        ("de", "Servus, Gerlinde Hofstätter hier. Haarschnitt am Freitag um 10", "Gerlinde Hofstätter"),
        ("de", "hier ist Clara Moser, einen Haarschnitt bitte am Freitag", "Clara Moser"),
        ("de", "Haarschnitt am Freitag. LG Stadler", "Stadler"),
        ("es", "hola, aquí Ainhoa Zubiri, un corte el viernes", "Ainhoa Zubiri"),
        ("es", "soy Ainhoa, un corte el viernes", "Ainhoa"),
        ("fr", "une coupe vendredi. Merci, Dupont", "Dupont"),
        ("it", "qui Ludovica Ansaldi, un taglio venerdì", "Ludovica Ansaldi"),
        ("nl", "u spreekt met mevrouw de Graaf, knippen vrijdag", "de Graaf"),
        ("de", "Lukas Prohaska, und i bin die Herta Prohaska", "Herta Prohaska"),
        ("nl", "knippen vrijdag. Groetjes Sanne", "Sanne"),
        ("pt", "aqui é a Lúcia Prates, um corte na sexta", "Lúcia Prates"),
    ],
)
def test_whoever_introduces_or_signs_themselves_is_known(language: str, text: str, name: str) -> None:
    assert told(language, text).wish.name == name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is Moira here on friday?"),
        ("en", "haircut with Anna. Thanks Anna"),
        ("en", "haircut friday, im allergic"),
        ("en", "im vegan, haircut friday"),
        ("en", "Highlights here friday?"),
        ("de", "Haarschnitt am Freitag. Vielen Dank, Liebes"),
        ("de", "ich bin Studentin, Haarschnitt am Freitag"),
        ("es", "un corte el viernes. Gracias, Besos"),
        ("fr", "je suis crevée, une coupe vendredi"),
        ("it", "un taglio venerdì. Grazie, Baci"),
        ("pt", "um corte na sexta. Obrigada, Beijinhos"),
        ("de", "ist der Ben hier am Freitag?"),
        ("nl", "ben ik vrijdag nog welkom voor knippen"),
    ],
)
def test_others_are_not_the_customer(language: str, text: str) -> None:
    assert told(language, text).wish.name is None


@pytest.mark.parametrize(
    ("language", "known", "text", "name"),
    [
        ("en", "Tom Reed", "not Tom, Tim", "Tim Reed"),
        ("en", "Tom Reed", "no, Tim Reed", "Tim Reed"),
        ("en", "Tom Reed", "the name is wrong, it's Tim Reed", "Tim Reed"),
        ("en", "moira kely", "Kelly with two l", "moira Kelly"),
        ("en", "Aoife", "the haircut is for ME, Moira", "Moira"),
        ("en", "Aoife", "I said Moira Kelly for the haircut", "Moira Kelly"),
        ("en", "Tom Reed", "yes, under Reed-Hale please", "Reed-Hale"),
        ("de", "Horst Meier", "nicht Meier, Maier", "Horst Maier"),
        ("nl", "jan de vries", "nee, Jan de Fries met een f", "Jan de Fries"),
        ("en", "Zoe", "sorry, that's my daughter's name, I'm Kate Hale", "Kate Hale"),
        ("en", "Cait Byrne", "it's Cáit with a fada", "Cáit Byrne"),
        ("de", "torben wieck", "nein nicht torben silke die silke macht das", "Silke Wieck"),
        ("de", "torben wieck", "der name silke wieck", "Silke Wieck"),
        ("fr", "Solène Guivarc", "mon nom c'est Guivarch avec un h à la fin", "Solène Guivarch"),
        ("it", "Ludovica Ansaldi", "sì ma il cognome è Ansaldo, con la o", "Ludovica Ansaldo"),
        ("es", "Ruben Gomes", "Rubén Gómez, no Gomes", "Rubén Gómez"),
        ("nl", "joost van eck", "nee niet joost maar joris", "Joris van Eck"),
        ("pt", "Ana Souza", "o apelido é Sousa", "Ana Sousa"),
        ("en", "Tom Smit", "my surname is with two t", None),
        ("de", "Paul Moser", "der Nachname ist falsch", None),
        ("pt", "Conceição Val", "o horário está certo mas o nome não. Eu chamo-me Ana Valadares", "Ana Valadares"),
        ("pt", "Rui Melo", "sim, mas ponham Inês no lugar de Rui, por favor", "Inês Melo"),
        ("fr", "Paul Morel", "oui mais mettez Claire à la place de Paul", "Claire Morel"),
        ("de", "maria moll gö", "passt, oba da nam is nur Maria Moll", "Maria Moll"),
        ("de", "Josef Vogl", "ja gerne, aber bitte auf Petra Vogl eintragen", "Petra Vogl"),
        ("nl", "Kees Bakker", "prima, maar dan op Sanne Bakker", "Sanne Bakker"),
        ("en", "Margaret", "Yes, but it's for Peter, Peter Lind.", "Peter Lind"),
        ("es", "Paco Ruiz", "a nombre de Carmen Ruiz, es ella quien viene", "Carmen Ruiz"),
    ],
)
def test_a_name_in_a_read_back_is_corrected(language: str, known: str, text: str, name: str | None) -> None:
    state = told(language, text, known=known, after=ReadBack(SLOT))
    assert state.wish.name == name and state.wish.under == name
    assert "name" in state.meaning.changed and not state.meaning.agreed and not state.meaning.clocks


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is the name right?"),
        ("en", "yes, perfect, thanks so much"),
        ("en", "no, friday is better"),
        ("de", "ja, passt so, liebe Grüße"),
        ("de", "nein, lieber Dienstag bei Clara"),
        ("fr", "non, plutôt samedi matin"),
        ("en", "it's for my mother Amparo Gil"),
        ("es", "no es para mí, es para Silke Wieck"),
        ("de", "ja aber bitte Strähnchen Foliensträhnen"),
        ("it", "no, Piega Mossa"),
        ("pt", "então mas não tínhamos dito 13:00? prefiro as 13:00"),
    ],
)
def test_a_name_stays_that_nobody_corrects(language: str, text: str) -> None:
    assert told(language, text, known="Tom Reed", after=ReadBack(SLOT)).wish.name == "Tom Reed"


@pytest.mark.parametrize(
    ("language", "text", "whom"),
    [
        ("es", "un corte para mi madre Amparo Gil el viernes, soy Ana Gil", "Amparo Gil"),
        ("en", "a haircut for my son Arun (12) on friday, Ana Gil", "Arun"),
        ("de", "Haarschnitt am Freitag für meine Mutter, Hedwig Stadler. Ich bin die Ana Gil", "Hedwig Stadler"),
        ("fr", "une coupe vendredi pour ma fille, elle s'appelle Inès. Ana Gil", "Inès"),
        ("de", "Haarschnitt am Mittwoch um 16 Uhr für meinen Neffen, den Leo. Ana Gil", "Leo"),
    ],
)
def test_whom_a_visit_is_for_has_a_name_beside_the_customers(language: str, text: str, whom: str) -> None:
    wish = told(language, text).wish
    assert (wish.visit.whom, wish.name) == (whom, "Ana Gil")


@pytest.mark.parametrize(
    ("language", "text", "whom"),
    [
        ("de", "ja aber der Platz ist für die Silke, nicht für mich", "Silke"),
        ("es", "no es para mí, es para Silke Wieck", "Silke Wieck"),
        ("fr", "ce n'est pas pour moi mais pour Silke", "Silke"),
        ("en", "it's for Silke, not for me", "Silke"),
    ],
)
def test_for_somebody_and_not_for_me(language: str, text: str, whom: str) -> None:
    assert told(language, text, known="Tom Reed", after=ReadBack(SLOT)).wish.visit.whom == whom


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "her name is Aoife, mine is not asked"),
        ("en", "my daughter's name is Aoife"),
        ("pt", "o nome dele é Rui"),
        ("de", "sie heißt Silke"),
        ("nl", "ze heet Sanne"),
        ("it", "si chiama Luca"),
        ("es", "se llama Leire"),
    ],
)
def test_what_somebody_else_is_called_is_not_the_customers_name(language: str, text: str) -> None:
    assert told(language, text, after=Booked(SLOT)).wish.name is None


@pytest.mark.parametrize(
    ("language", "text", "name", "whom"),
    [
        ("pt", "Ela chama-se Inês Prates e eu sou o Rui", "Rui", "Inês Prates"),
        ("de", "moll maria hoasst s, i bin da franz", "Franz", "Moll Maria"),
        ("es", "ella se llama carmen ruiz y yo soy paco", "Paco", "Carmen Ruiz"),
        ("it", "lei si chiama Giulia Conti e io sono Marco", "Marco", "Giulia Conti"),
        ("nl", "zij heet Sanne Bakker en ik ben Kees", "Kees", "Sanne Bakker"),
        ("fr", "elle s'appelle Claire Morel, moi c'est Paul", "Paul", "Claire Morel"),
        ("en", "maria moll is her name, im frank", "Frank", "Maria Moll"),
    ],
)
def test_whom_it_is_for_and_who_asks_are_told_at_once(language: str, text: str, name: str, whom: str) -> None:
    wish = told(language, text, after=Asked("name", SLOT)).wish
    assert (wish.name, wish.visit.whom) == (name, whom)


@pytest.mark.parametrize("text", ["his name's Luke Reed, but yeah that works", "yes, but it's for Luke"])
def test_whom_it_is_for_does_not_take_the_customers_name(text: str) -> None:
    state = told("en", text, known="Tom Reed", after=ReadBack(replace(SLOT, whom="Tom Reed")))
    assert state.wish.name == "Tom Reed" and state.wish.visit.whom in ("Luke", "Luke Reed")
    assert not state.meaning.agreed


def test_a_guest_is_who_the_booking_is_in_the_name_of() -> None:
    state = told("en", "a haircut for my wife Ann Lee on friday, I'm Tom Lee")
    slot = replace(SLOT, whom="Tom Lee", guest="Ann Lee")
    after = heard_customer(heard_assistant(state, [ReadBack(slot)], NOW), "put it under the name of Ann Lee", NOW)
    assert after.wish.name == after.wish.under == "Ann Lee" and not after.meaning.agreed


def test_the_name_of_a_guest_gives_way_to_the_customers() -> None:
    state = told("en", "a haircut for my son Luke Barrow on friday")
    assert state.wish.name == state.wish.visit.whom == "Luke Barrow"
    after = heard_customer(heard_assistant(state, [ReadBack(SLOT)], NOW), "I'm Jane Barrow", NOW)
    assert (after.wish.name, after.wish.visit.whom) == ("Jane Barrow", "Luke Barrow")


@pytest.mark.parametrize(
    ("text", "first", "others"),
    [
        ("haircuts for my sons Max and Leo on saturday at 10, Jane Poole", "Max", ["Leo"]),
        ("haircut for my son Leo and me, Jane Poole", None, ["Leo"]),
        ("haircut for my son Leo, Jane Poole", "Leo", []),
    ],
)
def test_everybody_who_is_named_comes(text: str, first: str | None, others: list[str]) -> None:
    wish = told("en", text).wish
    assert (wish.name, wish.visit.whom, [one.whom for one in wish.others]) == ("Jane Poole", first, others)


def test_kisses_are_no_part_of_a_name() -> None:
    assert told("en", "Priyanka Vasudev xx", after=Asked("name")).wish.name == "Priyanka Vasudev"
