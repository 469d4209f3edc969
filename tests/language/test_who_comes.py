"""Only somebody for whom a service is wished comes; who is only spoken of does not, and how many come is counted right."""

from datetime import datetime, time

import pytest

from tests.language.conversations import after, say
from truebook.language.names import Named, directory
from truebook.language.state import Desk
from truebook.language.values.counting import counted
from truebook.language.values.reading import values_of
from truebook.language.values.said import Listening, Values
from truebook.language.visits.company import company
from truebook.language.visits.party import party_of, whom_of
from truebook.language.visits.several import comes_alone, person_shares
from truebook.language.visits.sharing import shares

pytestmark = pytest.mark.unit
SERVICES = (
    Named(
        "cut", "Haircut", ("cut", "Haarschnitt", "Schnitt", "corte", "coupe", "taglio", "knippen", "Haare schneiden")
    ),
    Named("colour", "Colour", ("Farbe", "color", "couleur", "colore", "kleuring", "cor")),
)
STAFF = (Named("anna", "Anna"), Named("ben", "Ben"))


def values(language: str, text: str) -> Values:
    desk = Desk(SERVICES, STAFF, languages=(language,), opens=time(9), closes=time(18))
    return values_of(text, language, Listening(desk, directory(STAFF), directory(SERVICES), datetime(2031, 12, 2, 9)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on friday after 3, first I have to fetch my son from school"),
        ("en", "haircut thursday at 10 please, my daughter can drive me there then"),
        ("en", "haircut thursday at 10 please my daughter can drive me there"),
        ("en", "hi, my wife told me about you, could I get a cut friday at 11?"),
        ("en", "need a cut on friday 10am because my sister is getting married"),
        ("en", "not the morning, my son has the dentist then. the afternoon"),
        ("en", "a cut on friday, my boss wants me back by 2"),
        ("en", "I need to fetch my son and my daughter at 3"),
        ("en", "a haircut on friday after I drop my son at school"),
        ("en", "I am the dad"),
        ("en", "so my boyfriend keeps telling me to get a cut, anything friday at 10?"),
        ("en", "is it dear for kids?"),
        ("de", "vorher muss ich meinen Sohn abholen"),
        ("de", "meine Frau hat mir von euch erzählt. Haarschnitt am Freitag"),
        ("de", "Haarschnitt Freitag 10 Uhr, meine Kinder sind da in der Schule"),
        ("de", "lieber am Nachmittag, da passt meine Mutter auf die Kinder auf"),
        ("de", "Haarschnitt am Freitag, weil meine Mutter krank ist"),
        ("es", "un corte el viernes a las 10, porque mi madre está enferma y el jueves no puedo"),
        ("es", "un corte el viernes, mi marido me lleva al aeropuerto después"),
        ("es", "antes tengo que recoger a mi hijo"),
        ("es", "mi amiga Laura me habló muy bien de vosotros, quería un corte el viernes"),
        ("fr", "je dépose ma fille à la danse donc plutôt vendredi 10h pour une coupe"),
        ("es", "mi hermana me recomendó el corte"),
        ("fr", "une coupe vendredi à 10h, mon mari garde les enfants"),
        ("fr", "une coupe vendredi, je dois ensuite chercher mon fils à l'école"),
        ("it", "un taglio venerdì alle 10, mia figlia mi accompagna in macchina"),
        ("it", "dopo le 15, prima devo andare a prendere mio figlio"),
        ("nl", "knippen vrijdag om 10 uur graag, ik moet om 12 uur weg (voor kids)"),
        ("nl", "knippen vrijdag, mijn man brengt me"),
        ("pt", "um corte na sexta às 10h, a minha irmã recomendou o salão"),
        ("pt", "oi minha filha, um corte na sexta"),
        ("en", "a cut on friday, my sister is coming with me but she's only keeping me company"),
        ("de", "einen Haarschnitt am Freitag, mein Mann kommt mit und schaut nur zu"),
        ("es", "un corte el viernes, viene mi madre conmigo pero solo a mirar"),
        ("fr", "une coupe vendredi, mon mari vient avec moi juste pour regarder"),
        ("it", "un taglio venerdì, mio marito viene anche lui ma guarda e basta"),
        ("nl", "knippen vrijdag, mijn man komt mee maar kijkt alleen toe"),
        ("pt", "um corte na sexta, a minha filha vem comigo, vem só assistir"),
    ],
)
def test_whoever_is_only_spoken_of_does_not_come(language: str, text: str) -> None:
    assert company(values(language, text)) == ()


@pytest.mark.parametrize(
    ("language", "text", "people"),
    [
        ("en", "my son needs a haircut on friday at 10", ["son"]),
        ("en", "and my husband too", ["husband"]),
        ("de", "und mei Bua, da Kevin, braucht an Haarschnitt", ["Kevin"]),
        ("it", "un taglio con la mia vicina Pina", ["Pina"]),
        ("en", "my daughter with Ben", ["daughter"]),
        ("en", "could you squeeze my husband Raj in straight after?", ["Raj"]),
        ("en", "a haircut for my son on friday at 10, my wife will bring him", ["son"]),
        ("en", "can someone cut my daughter Aoife's hair while I'm there?", ["Aoife"]),
        ("en", "because my son needs a haircut too", ["son"]),
        ("en", "a haircut for my wife and my daughter", ["wife", "daughter"]),
        ("en", "could you fit my little boy in for a cut friday at 10?", ["boy"]),
        ("en", "could my mum come along for one as well?", ["mum"]),
        ("en", "me my wife and our daughter, haircuts friday at 10", ["wife", "daughter"]),
        ("de", "mein Mann braucht auch einen", ["Mann"]),
        ("de", "die Oma bräuchte einen Haarschnitt", ["Oma"]),
        ("de", "können Sie meinen Mann dazunehmen", ["Mann"]),
        ("de", "meine Tochter bei Ben", ["Tochter"]),
        ("es", "mi hijo necesita un corte", ["hijo"]),
        ("es", "color y mientras tanto un corte para mi hija", ["hija"]),
        ("fr", "mon mari en voudrait une aussi", ["mari"]),
        ("fr", "et mon fils après moi", ["fils"]),
        ("it", "anche mio marito", ["marito"]),
        ("nl", "mijn man heeft er ook een nodig", ["man"]),
        ("pt", "o meu marido também quer", ["marido"]),
        ("pt", "a minha filha precisa de um corte", ["filha"]),
        ("de", "und kann mein Freund Luis auch mitkommen?", ["Luis"]),
        ("es", "¿y mi hermana puede venir también?", ["hermana"]),
        ("fr", "et mon copain Luis peut venir aussi ?", ["Luis"]),
        ("it", "e può venire anche mia sorella?", ["sorella"]),
        ("nl", "kan mijn zus er ook een krijgen?", ["zus"]),
    ],
)
def test_whoever_something_is_wished_for_comes(language: str, text: str, people: list[str]) -> None:
    assert [one.name for one in company(values(language, text))] == people


@pytest.mark.parametrize(
    ("language", "text", "me", "others"),
    [
        ("es", "somos dos, mi mujer y yo, un corte los dos el viernes", True, 1),
        ("en", "me and my two kids need haircuts", True, 2),
        ("en", "haircuts for both my sons, not for me", False, 2),
        ("de", "wir sind zu zweit, meine Frau und ich, Haarschnitt Freitag", True, 1),
        ("de", "Haarschnitt für meine beiden Buben", False, 2),
        ("fr", "on est deux, mon mari et moi, une coupe pour les deux", True, 1),
        ("it", "siamo in tre, io e i miei due figli, taglio venerdì", True, 2),
        ("nl", "we zijn met z'n tweeën, mijn man en ik, knippen vrijdag", True, 1),
        ("pt", "somos dois, eu e o meu marido, corte para os dois", True, 1),
        ("de", "einen Termin für mich und danach für meinen Mann, beide schneiden", True, 1),
        ("en", "one for me and then for my husband, both haircuts", True, 1),
        ("nl", "een afspraak voor mij en daarna voor mijn man, allebei knippen", True, 1),
    ],
)
def test_how_many_come_is_counted_once(language: str, text: str, me: bool, others: int) -> None:
    party = party_of(values(language, text), 0.9)
    assert (party.me, len(party.others)) == (me, others)


@pytest.mark.parametrize(
    ("language", "text", "whom"),
    [
        ("en", "haircuts for my two kids, 4pm for the big one, 5pm for the little one", ["big one", "little one"]),
        ("en", "the first for me and the last for my friend", [None, "friend"]),
        ("de", "Haarschnitt für mich um 10 und für meinen Sohn um 11", [None, "Sohn"]),
        ("de", "um 16 Uhr für den Großen, um 17 Uhr für den Kleinen", ["Großen", "Kleinen"]),
        ("de", "meine Tochter um 9 und mein Sohn um 10, jeweils Haarschnitt", ["Tochter", "Sohn"]),
        ("es", "dos cortes: a las 10 para mí y a las 12 para mi hija", [None, "hija"]),
        ("fr", "une coupe à 10h pour moi et à 11h pour mon fils", [None, "fils"]),
        ("it", "taglio per me con Anna e per mio marito con Ben", [None, "marito"]),
        ("nl", "knippen om 10 uur voor mij en om 11 uur voor mijn zoon", [None, "zoon"]),
        ("pt", "corte às 10h para mim e às 11h para o meu filho", [None, "filho"]),
    ],
)
def test_each_has_an_hour_a_place_or_a_person_of_their_own(language: str, text: str, whom: list[str | None]) -> None:
    told = values(language, text)
    assert [whom_of(told, one.start, one.end) for one in person_shares(told)] == whom


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "haircut for my son friday at 10 or 11"),
        ("en", "a cut with Anna or Ben for me"),
        ("de", "für meinen Sohn zwischen 10 und 11 Uhr"),
        ("en", "for me at 10, no, at 11"),
    ],
)
def test_two_hours_of_one_person_are_no_shares(language: str, text: str) -> None:
    assert person_shares(values(language, text)) == ()


def test_an_hour_right_before_in_a_row_is_an_hour() -> None:
    told = values("es", "un corte para mi padre y otro para mí, el miércoles 10 a las 9 seguidos")
    assert [one.time for one in told.times] == [time(9)] and [day.date.day for day in told.days] == [10]


def test_what_is_for_both_is_nobodys_alone() -> None:
    both = "io e mia sorella Ornella vorremmo un taglio alle 9, e poi per me sola anche un colore"
    assert shares(values("it", both)) == ()
    apart = shares(values("it", "un taglio per mia sorella Ornella e per me un colore"))
    assert [(one.service, one.whom) for one in apart] == [("cut", "Ornella"), ("colour", None)]


@pytest.mark.parametrize(
    ("language", "said", "hours"),
    [
        ("es", "no no, de momento vamos las dos", 0),
        ("es", "¿seguimos apuntadas las dos el jueves?", 0),
        ("es", "sí, mi madre también viene, ¿caben las dos?", 0),
        ("es", "iremos los dos el viernes a las dos", 1),
        ("es", "nos vemos a las dos el jueves", 1),
        ("es", "mejor las dos", 1),
        ("pt", "a minha irmã também vem, dá para pôr as duas?", 0),
        ("pt", "terça às 19:30, as duas, eu e a Inês", 1),
        ("pt", "a minha irmã vem às duas", 1),
    ],
)
def test_two_who_come_are_no_hour(language: str, said: str, hours: int) -> None:
    assert len(say(after(language=language), said).meaning.clocks) == hours


@pytest.mark.parametrize(
    ("language", "text", "times", "party"),
    [
        ("pt", "pilates na quinta às 19:30, os dois", None, None),
        ("it", "giovedì alle 19:30, tutti e due", None, None),
        ("pt", "2 no total", 2, None),
        ("pt", "quinta às 15:30 para dois, sou a Teresa", None, 2),
        ("de", "Donnerstag 15 Uhr für zwei, ich bin die Eva", None, 2),
        ("fr", "jeudi pour deux, au nom de Morel", None, 2),
    ],
)
def test_the_minutes_of_an_hour_count_nobody(language: str, text: str, times: int | None, party: int | None) -> None:
    found = counted(text, language)
    assert (found.times, found.party) == (times, party)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut on friday, without my son"),
        ("de", "ein Haarschnitt am Freitag, ohne meinen Mann"),
        ("es", "un corte el viernes, sin mi hijo"),
        ("fr", "une coupe vendredi, sans mon fils"),
        ("it", "un taglio venerdì, senza mio figlio"),
        ("nl", "knippen vrijdag, zonder mijn zoon"),
        ("pt", "um corte na sexta, sem o meu filho"),
    ],
)
def test_nothing_is_wished_for_whoever_stays_away(language: str, text: str) -> None:
    assert company(values(language, text)) == ()
    assert comes_alone(values(language, text))


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        ("en", "haircut for my kids on friday", ["kid", "kid"]),
        ("en", "do you do kids' cuts? my boys are 4 and 7", ["boy", "boy"]),
        ("en", "my girls are 3, 5 and 9, they need a cut", ["girl"] * 3),
        ("en", "my daughter (7) needs a cut friday at 4", ["daughter"]),
        ("en", "a cut for my two sons Tim and Leo on friday", ["Tim", "Leo"]),
        ("de", "meine Buben (4 und 7) brauchen am Samstag einen Haarschnitt", ["Buben"] * 2),
        ("de", "meine Kinder brauchen am Samstag einen Haarschnitt", ["kind"] * 2),
        ("de", "Haarschnitt für meine Töchter am Freitag", ["tochter"] * 2),
        ("de", "Haarschnitt für meine Tochter, 6 Jahre, am Freitag um 4", ["Tochter"]),
        ("es", "un corte para mis hijos, 5 y 8 años, el sábado", ["hijo"] * 2),
        ("fr", "une coupe pour mes filles de 6 et 9 ans samedi matin", ["fille"] * 2),
        ("it", "un taglio per i miei figli, hanno 5 e 8 anni, sabato", ["figlio"] * 2),
        ("nl", "mijn kinderen zijn 4 en 7, kunnen ze zaterdag geknipt worden?", ["kind"] * 2),
        ("pt", "um corte para os meus filhos, de 5 e 8 anos, no sábado", ["filho"] * 2),
    ],
)
def test_my_children_are_as_many_as_their_ages_and_at_least_two(language: str, text: str, who: list[str]) -> None:
    found = values(language, text)
    assert [one.name for one in company(found) for _ in range(one.number)] == who
    assert [text[one.start : one.end] for one in found.times] == [
        at for at in ("at 4", "um 4", "samedi matin") if at in text
    ]


@pytest.mark.parametrize(
    ("text", "people"),
    [("ben 12h45 n'est plus libre ?", 0), ("bah ben je sais pas", 0), ("avec ben à 10h", 1), ("Ben est libre ?", 1)],
)
def test_a_sound_is_nobody_of_the_team(text: str, people: int) -> None:
    assert len(values("fr", text).people) == people
