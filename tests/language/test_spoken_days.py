"""Which day is meant: a weekday with a number is one date, and what points at a day counts from the one spoken of."""

from datetime import date, time

import pytest

from tests.language.conversations import after, desk, read_back, say
from truebook.language.dialogue import begin
from truebook.language.state import Asked, Booked, Offered, ReadBack, Slot
from truebook.language.wish import Days, Times, Visit

pytestmark = pytest.mark.unit
FAR = Slot("far", "cut", "anna", date(2026, 12, 10), time(11))
"""On a Thursday of the week after the one that it is."""


def days(visit: Visit, *, allow: bool = True) -> list[tuple[str, str]]:
    found = [v for c in visit.constraints if c.on == "day" and c.allow == allow for v in c.values]
    return [(one.first.isoformat()[5:], one.last.isoformat()[5:]) for one in found if isinstance(one, Days)]


def one(day: str) -> list[tuple[str, str]]:
    return [(day, day)]


def times(visit: Visit) -> list[Times]:
    return [v for c in visit.constraints if c.on == "time" for v in c.values if isinstance(v, Times)]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "a haircut on wednesday afternoon, the 16th", "12-16"),
        ("en", "a haircut, tuesday this week, the 8th of december", "12-08"),
        ("en", "haircut saturday day 12 please", "12-12"),
        ("de", "einen Haarschnitt am Mittwoch Nachmittag, den 16.", "12-16"),
        ("de", "Haarschnitt Samstag am zwölften", "12-12"),
        ("es", "un corte el sábado día doce", "12-12"),
        ("es", "un corte el lunes 14 por la mañana", "12-14"),
        ("fr", "une coupe vendredi de cette semaine, le 11 décembre", "12-11"),
        ("fr", "une coupe samedi 12 le matin", "12-12"),
        ("it", "un taglio mercoledì 16 dopo le 15", "12-16"),
        ("it", "un taglio il giorno 16, mercoledì", "12-16"),
        ("nl", "knippen zaterdag dag 12", "12-12"),
        ("nl", "knippen woensdag in de middag, de 16e", "12-16"),
        ("pt", "um corte na quinta dia dezassete", "12-17"),
        ("pt", "um corte na segunda 14 de tarde", "12-14"),
        ("pt", "um corte quarta dia DEZASSEIS de dezembro, não 9", "12-16"),
    ],
)
def test_a_weekday_with_a_number_is_one_date(language: str, text: str, day: str) -> None:
    assert days(say(begin(desk(language)), text).wish.visit) == one(day)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no friday the 18th i mean"),
        ("de", "nein freitag den 18. mein ich"),
        ("es", "no, el viernes 18 digo"),
        ("fr", "non vendredi 18 je voulais dire"),
        ("it", "no venerdì 18 intendevo"),
        ("nl", "nee vrijdag 18 dec bedoel ik"),
        ("pt", "não, sexta dia 18 quis dizer"),
    ],
)
def test_a_no_before_another_date_answers_what_was_read_back(language: str, text: str) -> None:
    assert days(say(after(ReadBack(FAR), Asked("booking"), language=language), text).wish.visit) == one("12-18")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "wednesday, but not the 2nd"),
        ("de", "Mittwoch, aber nicht am 2."),
        ("es", "el miércoles, pero no el 2"),
        ("fr", "mercredi, mais pas le 2"),
        ("it", "mercoledì, ma non il 2"),
        ("nl", "woensdag, maar niet de 2e"),
        ("pt", "na quarta, mas não dia 2"),
    ],
)
def test_a_date_that_is_denied_excludes_only_that(language: str, text: str) -> None:
    assert days(say(begin(desk(language)), text).wish.visit) == one("12-09")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "can we do the friday after?"),
        ("en", "rather the friday after that"),
        ("de", "lieber am Freitag drauf"),
        ("de", "geht der Freitag danach?"),
        ("es", "mejor el viernes siguiente"),
        ("fr", "plutôt le vendredi suivant"),
        ("it", "meglio il venerdì dopo"),
        ("nl", "liever de vrijdag erna"),
        ("pt", "melhor na sexta seguinte"),
    ],
)
@pytest.mark.parametrize("said", [ReadBack(FAR), Offered((FAR,)), Booked(FAR)])
def test_the_friday_after_is_after_the_day_spoken_of(language: str, text: str, said: object) -> None:
    assert days(say(after(said, language=language), text).wish.visit) == one("12-11")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "move it to the next day, same time"),
        ("de", "bitte auf den Tag danach verschieben, selbe Zeit"),
        ("es", "muévela al día siguiente, misma hora"),
        ("fr", "repoussez-le au lendemain, même heure"),
        ("it", "spostalo al giorno dopo, stessa ora"),
        ("nl", "zet het op de dag erna, zelfde tijd"),
        ("pt", "mude para o dia seguinte, mesma hora"),
    ],
)
def test_the_next_day_is_that_after_what_was_booked(language: str, text: str) -> None:
    visit = say(after(Booked(FAR), language=language), text).wish.visit
    assert days(visit) == one("12-11")
    assert times(visit) == [Times(time(11), time(11))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is there anything else that week?"),
        ("de", "gibt es noch was in derselben Woche?"),
        ("es", "¿hay otra cosa esa semana?"),
        ("fr", "autre chose la même semaine ?"),
        ("it", "c'è altro quella settimana?"),
        ("nl", "is er nog iets anders die week?"),
        ("pt", "há mais alguma coisa nessa semana?"),
    ],
)
def test_that_week_is_the_week_spoken_of(language: str, text: str) -> None:
    assert days(say(after(Booked(FAR), language=language), text).wish.visit) == [("12-07", "12-13")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "not thursday. wednesday"),
        ("de", "nicht Donnerstag. Mittwoch"),
        ("es", "el jueves no. miércoles"),
        ("fr", "pas jeudi. mercredi"),
        ("it", "non giovedì. mercoledì"),
        ("nl", "niet donderdag. woensdag"),
        ("pt", "quinta não. quarta"),
    ],
)
def test_another_weekday_lies_in_the_week_spoken_of(language: str, text: str) -> None:
    said = after(ReadBack(FAR), Asked("booking"), language=language, said=())
    assert days(say(said, text).wish.visit) == one("12-09")


@pytest.mark.parametrize(("language", "text"), [
    ("de", "nach 9.10"), ("es", "a partir de 9.10"), ("fr", "après 9.10"), ("it", "dopo le 9.10"), ("nl", "na 9.10"),
    ("pt", "depois das 9.10"), ("en", "after 9.10"),
])  # fmt: skip
def test_two_numbers_with_a_point_are_a_time_once_a_day_is_known(language: str, text: str) -> None:
    visit = say(read_back(language), text).wish.visit
    assert [(one.first, one.last) for one in times(visit)] == [(time(9, 10), None)]
    assert days(visit) in ([], one("12-02"))


@pytest.mark.parametrize("text", ["9.50 is good", "9.50", "8.10 then", "the 9.50 one"])
def test_a_time_with_a_point_is_never_a_date_a_year_ahead(text: str) -> None:
    assert all(day < "12-32" and day > "11-30" for day, _ in days(say(read_back(), text).wish.visit))


@pytest.mark.parametrize("text", ["my 7th friend comes too", "the 7th (tara) comes too", "and the 7th girl?"])
def test_somebodys_place_in_a_row_is_no_date(text: str) -> None:
    assert days(say(begin(desk()), text).wish.visit) == []


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("de", "um dreiviertel zehn", time(9, 45), time(9, 45)),
        ("de", "viertel elf", time(10, 15), time(10, 15)),
        ("nl", "om half elf", time(10, 30), time(10, 30)),
        ("es", "a las once menos cuarto", time(10, 45), time(10, 45)),
        ("it", "a mezzogiorno e mezza", time(12, 30), time(12, 30)),
        ("en", "10 in the mornin", time(10), time(10)),
        ("fr", "onze heures moins le quart", time(10, 45), time(10, 45)),
        ("pt", "às onze menos um quarto", time(10, 45), time(10, 45)),
        ("it", "venerdì 11 dopo le 17", time(17), None),
        ("es", "viernes 11 después de las 17", time(17), None),
        ("pt", "sexta 11 depois das 17", time(17), None),
        ("nl", "vrijdag 11 na 17 uur", time(17), None),
        ("fr", "vendredi 11 après 17h", time(17), None),
        ("de", "Freitag 11. nach 17 Uhr", time(17), None),
        ("en", "friday 11 after 17:00", time(17), None),
    ],
)
def test_how_times_are_said(language: str, text: str, first: time, last: time | None) -> None:
    visit = say(begin(desk(language)), text).wish.visit
    assert times(visit) == [Times(first, last)]
    assert days(visit) in ([], one("12-11"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "viertel elf is mir z'früh, dreiviertel zwölf passt"),
        ("en", "quarter past ten is too early for me, quarter to twelve is good"),
        ("nl", "kwart over tien is te vroeg, kwart voor twaalf is goed"),
        ("es", "las diez y cuarto es muy temprano, doce menos cuarto está bien"),
        ("fr", "dix heures et quart c'est trop tôt, midi moins le quart me va"),
        ("it", "le dieci e un quarto è troppo presto, le dodici meno un quarto va bene"),
        ("pt", "dez e um quarto é muito cedo, meio-dia menos um quarto serve"),
    ],
)
def test_a_time_that_is_too_early_is_not_wanted(language: str, text: str) -> None:
    visit = say(begin(desk(language)), text).wish.visit
    wanted = [v for c in visit.constraints if c.on == "time" and c.allow for v in c.values]
    assert wanted == [Times(time(11, 45), time(11, 45))]


@pytest.mark.parametrize(
    "text", ["four of them startin the 8th", "starting tuesday the 8th", "startin tuesday the 8th"]
)
def test_a_start_is_a_day(text: str) -> None:
    assert days(say(begin(desk()), f"a haircut on tuesdays, {text}").wish.visit) == one("12-08")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "friday after 5"),
        ("it", "venerdì dopo le 17"),
        ("es", "el viernes después de las 17"),
        ("pt", "sexta depois das 17"),
        ("fr", "vendredi après 17h"),
    ],
)
def test_an_after_with_a_time_belongs_to_the_time(language: str, text: str) -> None:
    visit = say(after(Booked(Slot("x", "cut", "anna", date(2026, 12, 2), time(9))), language=language), text).wish.visit
    assert days(visit) == one("12-04")
    assert times(visit) == [Times(time(17), None)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a haircut friday the 11th in the morning, but not before half past nine"),
        ("de", "Haarschnitt am Freitag den 11. am Vormittag, aber nicht vor halb zehn"),
        ("es", "un corte el viernes día 11 por la mañana, pero no antes de las 9:30"),
        ("fr", "une coupe vendredi le 11 au matin, mais pas avant 9h30"),
        ("it", "un taglio venerdì 11 di mattina, ma non prima delle 9:30"),
        ("nl", "knippen vrijdag de 11e in de ochtend, maar niet voor half tien"),
        ("pt", "um corte na sexta dia 11 de manhã, mas não antes das 9h30"),
    ],
)
def test_a_limit_holds_within_the_part_of_the_day(language: str, text: str) -> None:
    visit = say(begin(desk(language)), text).wish.visit
    assert days(visit) == one("12-11")
    limits = [c for c in visit.constraints if c.on == "time"]
    assert [all(c.holds(time(hour)) for c in limits) for hour in (9, 10, 14)] == [False, True, False]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "cut on friday, first my daughter and then me"),
        ("es", "corte el viernes, primero mi hija y luego yo"),
        ("fr", "coupe vendredi, première ma fille et moi après"),
        ("it", "taglio venerdì, prima mia figlia e poi io"),
        ("pt", "corte na sexta, primeiro a minha filha e depois eu"),
    ],
)
def test_a_first_behind_a_weekday_and_a_comma_is_no_date(language: str, text: str) -> None:
    assert days(say(begin(desk(language)), text).wish.visit) == one("12-04")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "cut. thursday no, we have church. friday at 4"),
        ("de", "Haarschnitt. Donnerstag nein, da ist Firmung. Freitag um 16 Uhr"),
        ("es", "corte. el jueves no, que hay catequesis. el viernes a las 16"),
        ("fr", "coupe. jeudi non, on a le caté. Vendredi à 16h"),
        ("it", "taglio. giovedì no che c'è catechismo. Venerdì alle 16"),
        ("it", "taglio. giovedì non possiamo. venerdì alle 16"),
        ("nl", "knippen. donderdag nee, dan is er training. vrijdag om 16 uur"),
        ("pt", "corte. quinta não, que há catequese. sexta às 16"),
    ],
)
def test_a_day_with_a_no_behind_it_is_barred(language: str, text: str) -> None:
    visit = say(begin(desk(language)), text).wish.visit
    assert (days(visit), days(visit, allow=False)) == (one("12-04"), one("12-03"))
