"""A name that was given is taken, wherever it stands and however it is written; ordinary words never are one."""

from datetime import datetime

import pytest

from truebook.language.dialogue import begin, heard_assistant, heard_customer
from truebook.language.names import Named
from truebook.language.state import Act, Asked, Booked, Desk, Offered, Slot

pytestmark = pytest.mark.unit
NOW = datetime(2026, 12, 1, 10)
OFFER = Offered((Slot("one", "cut", "anna", NOW.date(), datetime(2026, 12, 1, 13).time()),))


def name_in(language: str, text: str, after: Act | None) -> str | None:
    staff = (Named("anna", "Anna"), Named("ben", "Ben"), Named("clara", "Clara"))
    cut = Named("cut", "Haircut", ("Haarschnitt", "corte", "coupe", "taglio", "knippen"))
    state = begin(Desk((cut,), staff, languages=(language,)))
    if after:
        state = heard_assistant(state, [after], NOW)
    return heard_customer(state, text, NOW).wish.name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "hiya, a haircut for wed about 4, after school. cormac tierney", "Cormac Tierney"),
        ("en", "haircut on friday, Oona Tierney 0660 1234567", "Oona Tierney"),
        ("de", "Haarschnitt am Freitag um 10, was kostet das? LG Greta Stadler", "Greta Stadler"),
        ("de", "grüß gott da is die stadler greta i brauch an haarschnitt", "Stadler Greta"),
        ("de", "einen Haarschnitt am Freitag für gernot stadler", "Gernot Stadler"),
        ("es", "un corte el viernes, soy Ainhoa Zubiri", "Ainhoa Zubiri"),
        ("fr", "une coupe vendredi après 16h si possible. Solène Guivarc 0660 4471823", "Solène Guivarc"),
        ("it", "un taglio venerdì, Ludovica Ansaldi 0660 4471823", "Ludovica Ansaldi"),
        ("nl", "knippen op vrijdag graag. wouter hoekstra", "Wouter Hoekstra"),
        ("pt", "um corte na sexta, é só uma pessoa, o Thiago Moreira. às 14h está ótimo", "Thiago Moreira"),
    ],
)
def test_a_name_in_the_first_message_is_taken(language: str, text: str, name: str) -> None:
    assert name_in(language, text, None) == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "1pm with anna is grand, cormac tierney", "Cormac Tierney"),
        ("de", "13 uhr passt und was macht des i heiß greta stadler", "Greta Stadler"),
        ("es", "a la una está bien, Ainhoa Zubiri 655 208 914", "Ainhoa Zubiri"),
        ("fr", "13h parfait, Solène Guivarc, 0612 77 40 93", "Solène Guivarc"),
        ("it", "alle 13 va bene, ludovica ansaldi 3471908865", "Ludovica Ansaldi"),
        ("nl", "13u is ok, Wouter Hoekstra 0681 204417", "Wouter Hoekstra"),
        ("pt", "às 13h pode ser, Thiago Moreira 912 604 377", "Thiago Moreira"),
    ],
)
def test_a_name_beside_a_choice_is_taken(language: str, text: str, name: str) -> None:
    assert name_in(language, text, OFFER) == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "cormac tierney for me, rory tierney for the lad. 2 cuts at 4", "Cormac Tierney"),
        ("en", "rory tierney for the lad, cormac tierney for me", "Cormac Tierney"),
        ("de", "stadler greta hab i eh scho gsagt und bitte i hab a empfindliche kopfhaut", "Stadler Greta"),
        ("de", "Der Termin ist für Gernot Stadler. Und fünfmal, also was macht das zusammen?", "Gernot Stadler"),
        ("es", "ainhoa zubiri y mi hermana es leire zubiri", "Ainhoa Zubiri"),
        ("fr", "Solène Guivarc comme écrit plus haut", "Solène Guivarc"),
        ("it", "ludovica ansaldi 3471908865 e il prezzo quindi??", "Ludovica Ansaldi"),
        ("nl", "sanne de graaf. oh wacht woensdag is beter", "Sanne de Graaf"),
        ("nl", "wouter", "Wouter"),
        ("pt", "pro Thiago Moreira, o paciente é ele", "Thiago Moreira"),
        ("pt", "thiago", "Thiago"),
        ("en", "priyanka s", "Priyanka S"),
        ("en", "its priyanka", "Priyanka"),
        ("en", "i just said its priyanka", "Priyanka"),
        ("en", "Keane Moira Keane", "Moira Keane"),
        ("en", "Keane, Moira Keane", "Moira Keane"),
        ("de", "das ist die greta s.", "Greta S"),
        ("es", "soy yo, ainhoa", "Ainhoa"),
        ("fr", "c'est pour moi, Paul", "Paul"),
        ("fr", "moi c'est solène", "Solène"),
        ("it", "sono io, ludovica", "Ludovica"),
        ("nl", "het is wouter", "Wouter"),
        ("pt", "é o thiago m", "Thiago M"),
    ],
)
def test_a_name_that_was_asked_for_is_taken(language: str, text: str, name: str) -> None:
    assert name_in(language, text, Asked("name")) == name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "hang on"),
        ("en", "weekly, four times"),
        ("en", "what would i be paying"),
        ("de", "fünfmal"),
        ("de", "Fünfmal bitte"),
        ("de", "und was kostet das"),
        ("es", "espera un momento"),
        ("fr", "attendez un instant"),
        ("it", "aspetta un attimo"),
        ("nl", "wacht even"),
        ("nl", "Wacht even"),
        ("nl", "gaat niet"),
        ("pt", "espera um pouco"),
    ],
)
@pytest.mark.parametrize("after", [Asked("name"), OFFER])
def test_ordinary_words_are_no_name(language: str, text: str, after: Act) -> None:
    assert name_in(language, text, after) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "wheres rorys?"),
        ("de", "wo ist gernots?"),
        ("es", "¿dónde está leires?"),
        ("fr", "où est gwendal ?"),
        ("it", "dov'è ludovico?"),
        ("nl", "waar is wouters?"),
        ("pt", "onde está thiago?"),
    ],
)
def test_where_somebody_is_left_asks_for_no_address(language: str, text: str) -> None:
    state = begin(Desk((Named("cut", "Haircut"),), (Named("anna", "Anna"),), languages=(language,)))
    state = heard_customer(heard_assistant(state, [OFFER], NOW), text, NOW)
    assert "address" not in state.meaning.asks


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Wie oben schon geschrieben: Niedergesäß, Horst.", "Horst Niedergesäß"),
        ("en", "Tierney, Cormac", "Cormac Tierney"),
        ("fr", "Guivarc, Solène", "Solène Guivarc"),
        ("it", "Ansaldi, Ludovica.", "Ludovica Ansaldi"),
        ("es", "Zubiri, Ainhoa", "Ainhoa Zubiri"),
        ("nl", "Hoekstra, Wouter", "Wouter Hoekstra"),
        ("pt", "Moreira, Thiago", "Thiago Moreira"),
        ("en", "Cormac, thanks", "Cormac"),
        ("de", "Greta Stadler, danke", "Greta Stadler"),
    ],
)
def test_the_surname_may_come_first_before_a_comma(language: str, text: str, name: str) -> None:
    assert name_in(language, text, Asked("name")) == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "hier schreibt Niedergesäß, Horst. Ich möchte am Mittwoch einen Haarschnitt", "Horst Niedergesäß"),
        ("de", "mein Name ist Niedergesäß, Horst", "Horst Niedergesäß"),
        ("en", "My name is Tierney, Cormac.", "Cormac Tierney"),
        ("en", "Name is Probe Three", "Probe Three"),
        ("de", "ein Haarschnitt am Freitag, Max Sonntag, 0660 1234567", "Max Sonntag"),
        ("de", "ein Haarschnitt für meinen Sohn Lukas Prohaska am Freitag", "Lukas Prohaska"),
        ("en", "a haircut for my son luke barrow on friday", "Luke Barrow"),
        ("es", "un corte para mi hijo Lucas Ferrer el viernes", "Lucas Ferrer"),
        ("fr", "une coupe pour mon fils Lucas Moreau vendredi", "Lucas Moreau"),
        ("it", "un taglio per mio figlio luca ferri venerdì", "Luca Ferri"),
        ("nl", "knippen voor mijn zoon Siem de Wit vrijdag", "Siem de Wit"),
        ("pt", "um corte para o meu filho Lucas Moreira na sexta", "Lucas Moreira"),
        ("de", "Haarschnitt am Freitag auf den namen stadler", "Stadler"),
        ("fr", "une coupe vendredi au nom de guivarc", "Guivarc"),
    ],
)
def test_a_name_that_is_announced_is_taken(language: str, text: str, name: str) -> None:
    assert name_in(language, text, None) == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Eve", "Eve"),
        ("en", "Eve, 0660 1234567", "Eve"),
        ("en", "friday at 3, Eve Barrow", "Eve Barrow"),
        ("en", "it's Tom March", "Tom March"),
        ("en", "April May", "April May"),
        ("en", "I'm June Noon", "June Noon"),
        ("en", "my name is Jack Seven", "Jack Seven"),
        ("de", "Max Freitag", "Max Freitag"),
        ("de", "Frau Sonntag", "Sonntag"),
        ("de", "Name: Mai, Erika", "Erika Mai"),
        ("de", "Niedergesäß, Horst, 0664 1234567", "Horst Niedergesäß"),
        ("es", "Domingo Ruiz", "Domingo Ruiz"),
        ("es", "Soy Abril Santos", "Abril Santos"),
        ("fr", "Noël Petit", "Noël Petit"),
        ("it", "Domenica Neri", "Domenica Neri"),
        ("pt", "Domingos Silva", "Domingos Silva"),
        ("en", "Friday", None),
        ("en", "Tuesday then", None),
        ("en", "in the evening", None),
        ("de", "Dienstag bitte", None),
        ("de", "Sonntag Nachmittag", None),
        ("it", "Domenica va bene", None),
        ("en", "for two", None),
    ],
)
def test_a_day_written_as_a_name_is_one_where_a_name_was_asked_for(language: str, text: str, name: str | None) -> None:
    assert name_in(language, text, Asked("name")) == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "hi im moira, a haircut on friday at 10 please", "Moira"),
        ("en", "hi im moira kelly, a haircut on friday at 10", "Moira Kelly"),
        ("en", "im clara and id like a haircut with anna on friday", "Clara"),
        ("en", "could you book me, that's Nora Byrne, for a haircut on friday", "Nora Byrne"),
        ("de", "hallo ich bin die resi, haarschnitt am freitag", "Resi"),
        ("es", "hola soy lucía, un corte el viernes", "Lucía"),
        ("fr", "bonjour moi c'est chloé, une coupe vendredi", "Chloé"),
        ("it", "sono giulia, vorrei un taglio venerdì", "Giulia"),
        ("nl", "hoi ik ben sanne, knippen vrijdag", "Sanne"),
        ("pt", "olá, sou o tiago, quero um corte na sexta", "Tiago"),
        ("en", "im vegan, a haircut on friday", None),
        ("en", "im late for my haircut", None),
        ("de", "ich bin müde, haarschnitt am freitag", None),
        ("fr", "je suis crevée, une coupe vendredi", None),
    ],
)
def test_a_first_name_in_small_letters_is_one(language: str, text: str, name: str | None) -> None:
    assert name_in(language, text, None) == name


@pytest.mark.parametrize("name", ["Sepp", "moira", "Moira Kelly"])
def test_a_name_told_alone_beside_offers_is_taken(name: str) -> None:
    assert name_in("en", name, OFFER) == name.title()


@pytest.mark.parametrize("name", ["Anna", "ben", "Perfect", "Mark it"])
def test_a_member_of_staff_or_a_word_alone_is_no_name(name: str) -> None:
    assert name_in("en", name, OFFER) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "is de anna de mit de roten hoa? bei der woar i letztes moi ned zfriedn"),
        ("de", "Bringense nu alles durchananda"),
        ("en", "Yer havin a laugh"),
        ("it", "guardi che sta facendo casino"),
        ("nl", "gij haalt alles dooreen zulle"),
    ],
)
def test_a_reproach_is_nobodys_name(language: str, text: str) -> None:
    assert name_in(language, text, Asked("name")) is None


@pytest.mark.parametrize("asked", [Asked("name"), None])
@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Name Schulze, Detlef Schulze", "Detlef Schulze"),
        ("en", "The name is Bond, James Bond", "James Bond"),
        ("fr", "Je m'appelle Martin, Claire Martin", "Claire Martin"),
    ],
)
def test_a_name_that_begins_with_the_surname_is_whole(language: str, text: str, name: str, asked: Act | None) -> None:
    assert name_in(language, text, asked) == name


@pytest.mark.parametrize("code", ["FMN-V4V", "CB6-MNW", "VRJ-6UB", "6XY-22G", "JGQ-QLL", "bee-l63"])
def test_a_code_is_nobodys_name(code: str) -> None:
    """Right after a receipt, where whoever writes a name corrects theirs."""
    assert name_in("en", code, Booked(Slot("one", "cut", "anna", NOW.date(), datetime(2026, 12, 1, 13).time()))) is None
